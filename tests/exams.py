"""Question sets kept as offsets and values: resolved against the real reports, with masked copies where a set asks for them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

DIGITS = re.compile(r"\d+|[０-９]+")


def report_files(shared: Path) -> dict[str, Path]:
    """The real reports by file name."""
    return {path.name: path for path in sorted((shared / "archive").rglob("*.txt"))}


def read_report(path: Path) -> str:
    """The text of a report file, as the offsets of the sets count it."""
    return path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")


def load_exam(path: Path, shared: Path, half: str | None = None) -> list[dict[str, Any]]:
    """The questions of a set (of one half), each with the text of its evidence."""
    files = report_files(shared)
    questions = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    for question in questions:
        if question.get("report") and question.get("start") is not None:
            text = read_report(files[question["report"]])
            question["evidence"] = text[question["start"] : question["end"]]
    return [question for question in questions if half is None or question["half"] == half]


def write_masked_archive(questions: list[dict[str, Any]], shared: Path, folder: Path) -> None:
    """All real reports in `folder`, with `*` for each run of digits that a masked question asks for."""
    masks: dict[str, list[tuple[int, int]]] = {}
    for question in questions:
        if mask := question.get("mask"):
            masks.setdefault(mask["report"], []).append((mask["start"], mask["end"]))
            question["evidence"] = DIGITS.sub("*", question["evidence"])
    folder.mkdir(parents=True, exist_ok=True)
    for name, path in report_files(shared).items():
        text = read_report(path)
        for start, end in sorted(masks.get(name, ()), reverse=True):
            text = text[:start] + DIGITS.sub("*", text[start:end]) + text[end:]
        (folder / name).write_text(text, encoding="utf-8")
