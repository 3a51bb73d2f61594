"""`youju figures`: the figure ledger by filters, on the terminal, as JSON lines, or as an Excel or CSV file."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date

from assistant.ledger_filters import Filters, Understood, understand_filters
from assistant.types import Language
from indexer.archive import Archive
from indexer.audit import COMMAND_LINE
from ui.console import print_table
from ui.ledger_table import row_json, terminal_row, write_ledger
from ui.overwriting import may_write
from ui.text import say

TERMINAL_HEADINGS = ("id", "place", "subject", "written", "period", "role")


def run(options: argparse.Namespace) -> int:
    """Show or write the figures that pass the filters."""
    language = Language(options.lang)
    if options.out is not None:
        may_write(options.out, force=options.force)
    filters = Filters(
        options.subject, options.year, options.place, options.role, options.unit, options.masked, options.report
    )
    with Archive.open(options.archive) as archive:
        understood = understand_filters(filters, archive, today=options.today or date.today())
        for word, others in understood.synonyms:
            listed = "、".join(others) if language is Language.CHINESE else ", ".join(others)
            print(say(language, "ledger_synonyms", word=word, others=listed), file=sys.stderr)
        if options.out is not None:
            count = write_ledger(options.out, archive.all_figures(understood.query), language)
            archive.audit.record(COMMAND_LINE, "export", "ledger")
            print(say(language, "ledger_written_out", count=count, path=options.out))
        elif options.json:
            for row in archive.all_figures(understood.query):
                print(json.dumps(row_json(row), ensure_ascii=False))
        else:
            _show(archive, understood, options, language)
    return 0


def _show(archive: Archive, understood: Understood, options: argparse.Namespace, language: Language) -> None:
    """One page of the table, and how many figures there are."""
    first = (options.page - 1) * options.limit
    rows = archive.find_figures(understood.query, limit=options.limit, offset=first)
    total = archive.count_figures(understood.query)
    if not rows:
        print(say(language, "ledger_none"), file=sys.stderr)
        return
    heads = [say(language, f"ledger_{key}") for key in TERMINAL_HEADINGS]
    print_table(heads, [terminal_row(row, language) for row in rows])
    last = first + len(rows)
    key = "ledger_more" if last < total else "ledger_total"
    print(say(language, key, total=total, first=first + 1, last=last, next=options.page + 1), file=sys.stderr)
