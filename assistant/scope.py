"""Which reports may answer a question: place and time are filters, and a filter without a match says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.held_names import bureau_of
from assistant.office_names import office_key
from assistant.places import NATION, ancestors, names_of
from assistant.types import Missing, Question
from indexer.lexicon.terms import Lexicon
from indexer.types import Genre, Level, Period, ReportInfo


@dataclass(frozen=True, slots=True)
class Scope:
    """The reports that may answer, the periods an answer may be about, and what is missing where none may."""

    reports: tuple[ReportInfo, ...]
    periods: tuple[Period, ...]
    missing: Missing | None = None
    held: tuple[ReportInfo, ...] = ()  # of the reports left out, those that come nearest


def resolve_scope(question: Question, reports: Sequence[ReportInfo]) -> Scope:
    """The scope of `question` among all `reports` that the asker may see."""
    if not reports:
        return Scope((), (), Missing.ARCHIVE_EMPTY)
    if question.unknown_places and not question.required:
        return Scope((), question.periods, Missing.PLACE, tuple(reports))
    placed = of_places(question, reports)
    if not placed:
        return Scope((), question.periods, Missing.PLACE, tuple(reports))
    periods = question.periods or _recent(question, placed)
    if question.report_years:
        of_years = [report for report in placed if report.year in question.report_years]
        missing = None if of_years else Missing.REPORT_YEAR
        return Scope(tuple(of_years), periods, missing, tuple(placed))
    timely = [report for report in placed if not periods or any(speaks_of(report, period) for period in periods)]
    return Scope(tuple(timely), periods, None if timely else Missing.PERIOD, tuple(placed))


def widened(question: Question, lexicon: Lexicon) -> Iterator[Question]:
    """The question asked of the larger places around those it names, whose reports must then name them."""
    if question.unknown_places:
        yield replace(question, unknown_places=(), required=tuple((name,) for name in question.unknown_places))
    required = tuple(names_of(place, lexicon) for place in question.places)
    around = [ancestors(place, lexicon) for place in question.places]
    seen: set[tuple[str, ...]] = {question.places}
    for places in (tuple(dict.fromkeys(above[0] for above in around if above)), (NATION,)):
        if places and question.places and places not in seen:
            seen.add(places)
            yield replace(question, places=places, required=required)


def speaks_of(report: ReportInfo, period: Period) -> bool:
    """Whether a report reviews the period or plans for it (a summary plans for the next year); unknown times may be."""
    if report.period is None and report.year is None:
        return True
    reviews = report.period is not None and report.period.overlaps(period)
    planned = () if report.year is None else (report.year, report.year + (report.genre is Genre.WORK_SUMMARY))
    return reviews or any(year in period.years for year in planned)


def of_places(question: Question, reports: Sequence[ReportInfo]) -> list[ReportInfo]:
    """The reports of the places and offices that the question names; all where it names none."""
    return _of_offices(question, _of_places(question, reports))


def _of_places(question: Question, reports: Sequence[ReportInfo]) -> list[ReportInfo]:
    if question.places:
        return [report for report in reports if report.place in question.places]
    if question.levels:
        of_level = [report for report in reports if report.level in question.levels]
        return of_level or [report for report in reports if report.level is Level.UNKNOWN] or list(reports)
    return list(reports)


def _of_offices(question: Question, reports: list[ReportInfo]) -> list[ReportInfo]:
    named = [report for report in reports if office_key(bureau_of(report)) in question.offices]
    return named or reports


def _recent(question: Question, reports: Sequence[ReportInfo]) -> tuple[Period, ...]:
    """近三年 means the newest so many years that the archive reviews."""
    if not question.recent_years:
        return ()
    years = sorted({report.period.end.year for report in reports if report.period})
    return tuple(Period.of_year(year) for year in years[-question.recent_years :])
