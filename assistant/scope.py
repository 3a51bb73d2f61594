"""Which reports may answer a question: place and time are filters, and a filter without a match says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.held_names import bureau_of
from assistant.office_names import office_key
from assistant.places import NATION, ancestors, names_of
from assistant.types import Intent, Missing, Question
from indexer.lexicon.terms import Lexicon
from indexer.types import Genre, Level, Period, ReportInfo

Told = Mapping[str, frozenset[Period]]  # id of a report → the periods that its figures are about


@dataclass(frozen=True, slots=True)
class Scope:
    """The reports that may answer, the periods an answer may be about, and what is missing where none may."""

    reports: tuple[ReportInfo, ...]
    periods: tuple[Period, ...]
    missing: Missing | None = None
    held: tuple[ReportInfo, ...] = ()  # of the reports left out, those that come nearest


def resolve_scope(question: Question, reports: Sequence[ReportInfo], told: Told | None = None) -> Scope:
    """The scope of `question` among all `reports` that the asker may see.

    `told` has the periods that the figures of each report are about: a figure of the very time asked for may stand in
    a report of another (the plan for 1985 in that of 1982).
    """
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
    told = {} if told is None or question.intent is not Intent.FIGURE else told
    timely = [report for report in placed if not periods or _is_timely(report, periods, told)]
    return Scope(tuple(timely), periods, None if timely else Missing.PERIOD, tuple(placed))


def _is_timely(report: ReportInfo, periods: Sequence[Period], told: Told) -> bool:
    """Whether a report may tell of one of the periods."""
    if any(speaks_of(report, period) for period in periods):
        return True
    figures = told.get(report.id, frozenset())
    return any(period in figures for period in periods)


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
    return [report for report in reports if report in named or not report.issuer] if named else reports


def _recent(question: Question, reports: Sequence[ReportInfo]) -> tuple[Period, ...]:
    """近三年 means the newest so many years that the archive reviews."""
    if not question.recent_years:
        return ()
    years = sorted({report.period.end.year for report in reports if report.period})
    return tuple(Period.of_year(year) for year in years[-question.recent_years :])
