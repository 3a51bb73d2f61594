"""`youju reports`: the reports of the archive as a table or as JSON lines."""

from __future__ import annotations

import argparse
import json

from assistant.types import Language
from indexer.archive import Archive
from indexer.types import ReportInfo
from ui.console import print_table
from ui.text import say

HEADINGS = ("id", "title", "place", "year", "period", "genre", "path")


def run(options: argparse.Namespace) -> int:
    """List the reports by place and year."""
    with Archive.open(options.archive) as archive:
        reports = sorted(archive.reports(), key=lambda report: (report.place or "", report.year or 0, report.id))
    if options.json:
        for report in reports:
            print(json.dumps(report_json(report), ensure_ascii=False))
    else:
        print_table(HEADINGS, [report_row(report) for report in reports])
    return 0


def report_row(report: ReportInfo) -> tuple[str, ...]:
    """A report's cells under `HEADINGS`; what is not known is empty."""
    genre = say(Language.CHINESE, f"genre_{report.genre.value}")
    period = report.period.label if report.period else ""
    year = "" if report.year is None else str(report.year)
    return (report.id, report.title, report.place or "", year, period, genre, report.path)


def report_json(report: ReportInfo) -> dict[str, object]:
    """What is known of a report as JSON values; null where it is not known."""
    period = report.period
    return {
        "id": report.id,
        "path": report.path,
        "title": report.title,
        "genre": report.genre.value,
        "issuer": report.issuer,
        "place": report.place,
        "level": report.level.value,
        "year": report.year,
        "period": [period.start.isoformat(), period.end.isoformat()] if period else None,
        "visibility": report.visibility.value,
        "source_hash": report.source_hash,
    }
