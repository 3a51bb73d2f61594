"""The project's own exams: questions over real reports and over made bureau summaries, asked and judged.

    python -m benchmarks.exams [--half working|frozen] [--set gov|bureaus|all] [--failures FILE]

The real reports are those of ../shared; where they are absent only the bureau summaries are asked. The frozen half is for
measuring, not for looking at: work through failures of the working half.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assistant.evaluate import ask_all, failures, judged, metrics, table
from assistant.types import Answer
from indexer.archive import Archive
from indexer.build import index_paths

ROOT = Path(__file__).parents[1]
DATA = ROOT / "tests" / "data"
SHARED = ROOT.parent / "shared"
DIGITS = re.compile(r"\d+|[０-９]+")

Question = dict[str, Any]


def report_files(shared: Path) -> dict[str, Path]:
    """The real reports by file name."""
    return {path.name: path for path in sorted((shared / "archive").rglob("*.txt"))}


def read_report(path: Path) -> str:
    """The text of a report file, as the offsets of the sets count it."""
    return path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")


def load_exam(path: Path, half: str | None, shared: Path = SHARED) -> list[Question]:
    """The questions of a set (of one half); where evidence is kept as offsets, with its text from the real reports."""
    files = report_files(shared)
    questions: list[Question] = [
        json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()
    ]
    for question in questions:
        if question.get("report") and question.get("start") is not None:
            text = read_report(files[question["report"]])
            question["evidence"] = text[question["start"] : question["end"]]
    return [question for question in questions if half is None or question["half"] == half]


def write_masked_archive(questions: Sequence[Question], folder: Path, shared: Path = SHARED) -> None:
    """All real reports in `folder`, with `*` for each run of digits that a masked question asks for."""
    masks: dict[str, list[tuple[int, int]]] = {}
    for question in questions:
        mask = question["mask"]
        masks.setdefault(mask["report"], []).append((mask["start"], mask["end"]))
        question["evidence"] = DIGITS.sub("*", question["evidence"])
    folder.mkdir(parents=True, exist_ok=True)
    for name, path in report_files(shared).items():
        text = read_report(path)
        for start, end in sorted(masks.get(name, ()), reverse=True):
            text = text[:start] + DIGITS.sub("*", text[start:end]) + text[end:]
        (folder / name).write_text(text, encoding="utf-8")


def ask_over(sources: Sequence[Path], questions: Sequence[Question], folder: Path) -> list[Answer]:
    """The answers to questions over an archive of these files and folders, made in `folder`."""
    with Archive.open(folder, create=True) as archive:
        index_paths(archive, list(sources))
        return ask_all(questions, archive)


def ask_gov(half: str | None, folder: Path, shared: Path = SHARED) -> tuple[list[Question], list[Answer]]:
    """The exam over the real reports; masked questions are asked over masked copies."""
    questions = load_exam(DATA / "exam_gov.jsonl", half, shared)
    plain = [question for question in questions if question["kind"] != "masked"]
    masked = [question for question in questions if question["kind"] == "masked"]
    write_masked_archive(masked, folder / "copies", shared)
    answers = ask_over([shared / "archive"], plain, folder / "plain")
    return [*plain, *masked], [*answers, *ask_over([folder / "copies"], masked, folder / "masked")]


def ask_bureaus(half: str | None, folder: Path) -> tuple[list[Question], list[Answer]]:
    """The exam over the made bureau summaries."""
    questions = load_exam(DATA / "exam_bureaus.jsonl", half)
    return questions, ask_over([DATA / "bureaus"], questions, folder / "bureaus")


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask, judge and print; returns the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--half", choices=("working", "frozen"), help="one half of the questions (default: both)")
    parser.add_argument("--set", choices=("gov", "bureaus", "all"), default="all", dest="chosen")
    parser.add_argument("--failures", type=Path, help="write what was not answered right into this file")
    options = parser.parse_args(arguments)
    lines: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        for name, ask in (("gov", ask_gov), ("bureaus", ask_bureaus)):
            if options.chosen not in {name, "all"}:
                continue
            if name == "gov" and not (SHARED / "archive").is_dir():
                print("gov: the real reports in ../shared are not at hand")
                continue
            questions, answers = ask(options.half, Path(folder) / name)
            judgements = judged(questions, answers)
            print(f"{name}, {options.half or 'both halves'}: {len(questions)} questions")
            print(table(metrics(judgements), answers, judgements), end="\n\n")
            lines += failures(questions, answers, judgements)
    if options.failures:
        options.failures.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
