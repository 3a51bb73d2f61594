"""`youju plans`: each commitment of a report's plan and what the next report says of it, as a table, JSON or a file."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence

from assistant.commitments import Pair, pairs_of
from assistant.compare_places import places_named
from assistant.plan_summary import office_name
from assistant.plans import PlanReview, review_pair
from assistant.rows import place_of
from assistant.types import Language
from indexer.archive import Archive
from indexer.audit import COMMAND_LINE
from indexer.errors import QuestionError
from indexer.fold import fold
from indexer.types import ReportInfo
from ui.console import print_table
from ui.overwriting import may_write
from ui.plan_files import write_plans
from ui.plans import counts_line, headings, review_json, table_row, title_of
from ui.terminal import plain
from ui.text import say


def run(options: argparse.Namespace) -> int:
    """Review the plans and print or write them. Raises QuestionError where no two reports can be laid side by side."""
    language = Language(options.lang)
    if options.out is not None:
        may_write(options.out, force=options.force)
    with Archive.open(options.archive) as archive:
        reports = reports_meant(archive, options.place, options.office)
        pairs = pairs_meant(reports, options.first, options.last)
        if not pairs:
            raise QuestionError(_nothing(reports, options, language))
        reviews = [review_pair(archive, pair, only_numbers=options.numbers) for pair in pairs]
        if options.json:
            print(json.dumps([review_json(review, archive) for review in reviews], ensure_ascii=False))
        if options.out is not None:
            rows = write_plans(options.out, reviews, archive, language)
            archive.audit.record(COMMAND_LINE, "export", f"plans:{options.out.suffix.lstrip('.').lower()}")
            print(say(language, "plans_written_out", path=options.out, rows=rows), file=sys.stderr)
        elif not options.json:
            _show(reviews, archive, language)
    return 0


def reports_meant(archive: Archive, place: str | None, office: str | None) -> list[ReportInfo]:
    """The reports of a place and of an office, all where neither is named. Raises QuestionError for an unknown one."""
    reports = list(archive.reports())
    if place:
        labels = places_named(archive, place)
        reports = [report for report in reports if place_of(report) in labels or report.place in labels]
    if office:
        asked = fold(office).strip()
        named = [report for report in reports if asked and asked in fold(report.issuer or "")]
        if not named:
            held = "、".join(dict.fromkeys(office_name(report) for report in reports))
            raise QuestionError(f"档案中没有“{office}”的报告，现有：{held}。(The archive holds no report of {office}.)")
        reports = named
    return reports


def pairs_meant(reports: Sequence[ReportInfo], first: int | None, last: int | None) -> list[Pair]:
    """The plans in reports of `first` on that reports up to `last` tell about; by default the newest of each office."""
    if first is not None and last is not None and last < first:
        first, last = last, first
    pairs = [pair for pair in pairs_of(reports) if pair.later]
    if first is None and last is None:
        newest = {office_name(pair.planning): pair for pair in pairs}
        return list(newest.values())
    low = first if first is not None else (last or 0) - 1
    high = last if last is not None else low + 1
    return [
        pair
        for pair in pairs
        if (pair.planning.year or 0) >= low and all((report.year or 0) <= high for report in pair.later)
    ]


def _nothing(reports: Sequence[ReportInfo], options: argparse.Namespace, language: Language) -> str:
    years = [str(year) for year in (options.first, options.last) if year is not None]
    asked = f"（{'—'.join(years)}）" if years else ""
    held = sorted({str(report.year) for report in reports if report.year})
    return say(language, "plans_nothing", asked=asked, held="、".join(held) or "—")


def _show(reviews: Sequence[PlanReview], archive: Archive, language: Language) -> None:
    for number, review in enumerate(reviews):
        if number:
            print()
        print(title_of(review, language))
        print(counts_line(review, language))
        rows = [[plain(cell) for cell in table_row(outcome, archive, language)] for outcome in review.outcomes]
        print_table(headings(language), rows)
