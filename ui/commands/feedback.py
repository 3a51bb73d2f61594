"""`youju feedback`: what people said of answers, on the terminal, or as questions for `youju eval`."""

from __future__ import annotations

import argparse
import json
import sys

from assistant.types import Language
from indexer.archive import Archive
from indexer.audit import COMMAND_LINE
from indexer.errors import ExportError
from indexer.feedback import FeedbackEntry, Verdict
from ui.console import print_table
from ui.overwriting import may_write
from ui.text import say

HEADINGS = ("at", "verdict", "question", "answer", "reason")
LONGEST = 40  # characters of a question or an answer in the table


def run(options: argparse.Namespace) -> int:
    """Show what was said, or write the answers that were called right as a file of questions. Raises ExportError."""
    language = Language(options.lang)
    if options.out is not None:
        may_write(options.out, force=options.force)
    with Archive.open(options.archive) as archive:
        if options.out is not None:
            rows = archive.feedback.eval_rows()
            lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
            try:
                options.out.write_text(lines, encoding="utf-8")
            except OSError as error:
                raise ExportError(f"{options.out} cannot be written ({error.strerror}); name another file") from error
            archive.audit.record(COMMAND_LINE, "export", "feedback")
            print(say(language, "feedback_written", count=len(rows), path=options.out))
            return 0
        entries = [entry for entry in archive.feedback.all() if entry.verdict is Verdict.DOWN or not options.wrong]
    if not entries:
        print(say(language, "feedback_none"), file=sys.stderr)
    elif options.json:
        for entry in entries:
            print(json.dumps(_as_json(entry), ensure_ascii=False))
    else:
        print_table([say(language, f"feedback_{name}") for name in HEADINGS], [_row(one, language) for one in entries])
    return 0


def _row(entry: FeedbackEntry, language: Language) -> list[str]:
    verdict = say(language, f"feedback_{entry.verdict.value}")
    return [f"{entry.at:%Y-%m-%d}", verdict, _cut(entry.standalone), _cut(entry.answer), entry.reason]


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"


def _as_json(entry: FeedbackEntry) -> dict[str, object]:
    told = {"question": entry.question, "standalone": entry.standalone, "answer": entry.answer}
    return {"id": entry.id, "at": entry.at.isoformat(), "verdict": entry.verdict.value, **told, "reason": entry.reason}
