"""The project's own exams: questions over real reports and over made bureau summaries, asked and judged.

    python -m benchmarks.exams [--half working|frozen] [--set gov|fresh|bureaus|third|fourth|compare|all] [--failures FILE]

The real reports are those of ../shared; where they are absent only the bureau summaries are asked. The frozen half is
for measuring, not for looking at: work through failures of the working half.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.chain import answer_chain
from assistant.evaluate import ask_all, judged
from assistant.judge import Judgement, points_of
from assistant.question_sets import asked_text, wanted_text
from assistant.types import Answer, Language
from indexer.archive import Archive
from indexer.build import index_paths
from ui.evaluation import kinds_text, metrics_text

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
    questions = [question for question in questions if half is None or question["half"] == half]
    for question in questions:
        for proof in (question, *(question.get("points") or (question.get("plan"), question.get("done")))):
            if proof and proof.get("report") and proof.get("start") is not None:
                text = read_report(files[proof["report"]])
                proof["evidence"] = text[proof["start"] : proof["end"]]
    return questions


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


@dataclass(frozen=True, slots=True)
class ExamSet:
    """Questions, the files and folders they are asked of, and where their archive is made."""

    questions: list[Question]
    sources: tuple[Path, ...]
    folder: Path

    def archive(self) -> Path:
        """The folder of the archive, which is made where it is not there yet."""
        if not self.folder.exists():
            with Archive.open(self.folder, create=True) as archive:
                index_paths(archive, list(self.sources))
        return self.folder

    def ask(self) -> list[Answer]:
        """The answers of the product."""
        with Archive.open(self.archive()) as archive:
            return ask_all(self.questions, answer_chain(archive))


def gov_sets(half: str | None, folder: Path, shared: Path = SHARED) -> list[ExamSet]:
    """The exam over the real reports; masked questions are asked of masked copies."""
    questions = load_exam(DATA / "exam_gov.jsonl", half, shared)
    plain = [question for question in questions if question["kind"] != "masked"]
    masked = [question for question in questions if question["kind"] == "masked"]
    write_masked_archive(masked, folder / "copies", shared)
    return [
        ExamSet(plain, (shared / "archive",), folder / "plain"),
        ExamSet(masked, (folder / "copies",), folder / "masked"),
    ]


def compare_sets(half: str | None, folder: Path, shared: Path = SHARED) -> list[ExamSet]:
    """Comparisons, and planned against done, over the real reports; those that want no number are left out."""
    questions = [one for one in load_exam(DATA / "exam_compare.jsonl", half, shared) if points_of(one)]
    return [ExamSet(questions, (shared / "archive",), folder / "plain")]


def fresh_sets(half: str | None, folder: Path, shared: Path = SHARED) -> list[ExamSet]:
    """The second exam over the real reports, from other reports than the first."""
    return [ExamSet(load_exam(DATA / "exam_fresh.jsonl", half, shared), (shared / "archive",), folder / "plain")]


def fourth_sets(half: str | None, folder: Path, shared: Path = SHARED) -> list[ExamSet]:
    """The third exam over the real reports, from the thirty that the others leave out."""
    return [ExamSet(load_exam(DATA / "exam_fourth.jsonl", half, shared), (shared / "archive",), folder / "plain")]


def bureaus_sets(half: str | None, folder: Path) -> list[ExamSet]:
    """The exam over the made bureau summaries."""
    return [ExamSet(load_exam(DATA / "exam_bureaus.jsonl", half), (DATA / "bureaus",), folder / "bureaus")]


def third_sets(half: str | None, folder: Path) -> list[ExamSet]:
    """The exam over the second archive of made bureau summaries, of other offices and by another hand."""
    return [ExamSet(load_exam(DATA / "exam_third.jsonl", half), (DATA / "bureaus_third",), folder / "third")]


def ask_sets(sets: Sequence[ExamSet]) -> tuple[list[Question], list[Answer]]:
    """All questions of some sets with their answers."""
    return [question for one in sets for question in one.questions], [answer for one in sets for answer in one.ask()]


def ask_gov(half: str | None, folder: Path, shared: Path = SHARED) -> tuple[list[Question], list[Answer]]:
    """The exam over the real reports, asked."""
    return ask_sets(gov_sets(half, folder, shared))


def ask_bureaus(half: str | None, folder: Path) -> tuple[list[Question], list[Answer]]:
    """The exam over the made bureau summaries, asked."""
    return ask_sets(bureaus_sets(half, folder))


SETS = {
    "gov": gov_sets,
    "fresh": fresh_sets,
    "bureaus": bureaus_sets,
    "third": third_sets,
    "fourth": fourth_sets,
    "compare": compare_sets,
}
MADE = {"bureaus", "third"}  # over reports that come with the project


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask, judge and print; returns the exit status."""
    options = _parser().parse_args(arguments)
    lines: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        for name in SETS if options.chosen == "all" else [options.chosen]:
            if name not in MADE and not (SHARED / "archive").is_dir():
                print(f"{name}: the real reports in ../shared are not at hand")
                continue
            questions, answers = ask_sets(SETS[name](options.half, Path(folder)))
            judgements = judged(questions, answers)
            print(f"{name}, {options.half or 'both halves'}: {len(questions)} questions")
            print(metrics_text(judgements, answers, Language.ENGLISH))
            print(f"\n{kinds_text(judgements, Language.ENGLISH)}\n")
            lines += [one_line(*item) for item in zip(questions, answers, judgements, strict=True) if not item[2].sound]
    if options.failures:
        options.failures.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


def one_line(question: Question, answer: Answer, item: Judgement) -> str:
    """A question that was not answered as it should be, in one line."""
    told = "right but not proven" if item.right else answer.status.value
    return f"{question['id']}\t{asked_text(question)}\twanted {wanted_text(question)}\t{told}: {answer.text}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--half", choices=("working", "frozen"), help="one half of the questions (default: both)")
    parser.add_argument("--set", choices=(*SETS, "all"), default="all", dest="chosen")
    parser.add_argument("--failures", type=Path, help="write what was not answered right into this file")
    return parser


if __name__ == "__main__":
    sys.exit(main())
