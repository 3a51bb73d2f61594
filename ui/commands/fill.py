"""`youju fill`: fill the empty cells of a table, each with its source, and list what stays empty."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path

from assistant.types import Language
from indexer.archive import Archive
from indexer.audit import COMMAND_LINE
from indexer.errors import ExportError
from ui.console import progress
from ui.overwriting import may_write
from ui.text import say

LISTED = 30  # empty cells named on the terminal


def run(options: argparse.Namespace) -> int:
    """Fill a copy of the workbook and say what was done."""
    from assistant.chain import ChainSteps
    from assistant.fill import fill_table, filled_json, write_filled
    from assistant.fill_words import FillWords

    language = Language(options.lang)
    words = FillWords(language)
    out = _out(options.table, options.out)
    may_write(out, force=options.force)
    with Archive.open(options.archive) as archive, progress() as bar:
        table = fill_table(
            options.table,
            ChainSteps(archive),
            today=options.today or date.today(),
            place=options.place,
            sheet=options.sheet,
            step=lambda done, total: bar.step(done, total, ""),
        )
        write_filled(table, out, words)
        archive.audit.record(COMMAND_LINE, "fill")
    if options.json:
        print(json.dumps({"out": str(out), **filled_json(table, words)}, ensure_ascii=False))
        return 0
    for cell, found in table.left[:LISTED]:
        print(f"{cell.sheet}!{cell.reference}\t{cell.asked.indicator}\t{words.why(found)}")
    if len(table.left) > LISTED:
        print(say(language, "fill_more", count=len(table.left) - LISTED, sheet=words.left_title))
    filled, left = len(table.filled), len(table.left)
    print(say(language, "fill_done", filled=filled, left=left, path=out), file=sys.stderr)
    return 0


def _out(table: Path, named: Path | None) -> Path:
    """Where the filled workbook goes; never over the table itself."""
    out = named or table.with_name(f"{table.stem}-已填.xlsx")
    if out.exists() and table.exists() and out.samefile(table):
        raise ExportError("--out 不能是原表本身，请另写一个文件名。(The table itself is not overwritten.)")
    if out.suffix.lower() not in {".xlsx", ".xlsm"}:
        raise ExportError(f"{out.name} 不是 .xlsx，请改文件名。(Name a file that ends in .xlsx.)")
    return out
