"""A subject over periods and places: one row each, changes where figures are alike, and what must be said beside them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from itertools import product

from assistant.changes import PERCENT, changes_of
from assistant.cite import Citations
from assistant.compare_notes import notes_of
from assistant.comparison import Comparison, Held, Note, NoteKind, Row
from assistant.kinds import is_annual, is_cumulative, kind_of_series, near_best, with_wholes
from assistant.nearest import nearest_subjects
from assistant.rows import Slot, fill, periods_held, place_of, without_outliers, worth
from assistant.series import Found, Kind, find_figures
from assistant.series_subject import measure_named, same_names, wanted_of
from assistant.types import Concept, Language, Searched
from assistant.wording import HEDGES, SHOWN_HEDGES
from indexer.archive import Archive
from indexer.types import Measure, Period, ReportInfo, Role, Span

DIGITS = 15  # significant digits kept where a unit is converted
MOST_ASIDE = 24
OTHER_YEARS = ("其他年份有这项数，可以改年份再查。", "Other years state it; ask for them.")
HEDGED_BEHIND = re.compile(r"以上|以下|以内|之内|左右|上下|以上的")


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be compared; what is left empty is all that the archive holds."""

    subject: str
    language: Language = Language.CHINESE
    periods: tuple[Period, ...] = ()
    places: tuple[str, ...] = ()  # canonical names of places, or offices
    report_years: tuple[int, ...] = ()  # instead of periods: what the reports of these years state of their own
    role: Role | None = None  # only plans, or only results
    measure: Measure | None = None
    unit_class: str | None = None  # assistant.features.unit_kind
    concepts: tuple[Concept, ...] = ()  # of the subject, where it was understood already


@dataclass(frozen=True, slots=True)
class Gathered:
    """The figures of a subject: all that say it, those of its kind of number, and those of them that are of one year."""

    reports: tuple[ReportInfo, ...]
    found: tuple[Found, ...]
    of_kind: tuple[Found, ...]
    annual: tuple[Found, ...]


def gather_series(archive: Archive, request: Request) -> Gathered:
    """The figures from which the rows of a comparison are chosen, best first."""
    measure = request.measure or measure_named(request.subject)
    reports = [one for one in archive.reports() if not request.places or place_of(one) in request.places]
    wanted = wanted_of(archive, request.subject, request.concepts)
    found = find_figures(archive, wanted, [one.id for one in reports], _years(request))
    kind = kind_of_series(found, request.subject, measure, request.unit_class, _years(request))
    of_kind = with_wholes(near_best([item for item in found if Kind.of(item.figure) == kind]), found)
    cumulative = is_cumulative(of_kind)
    annual = without_outliers([item for item in of_kind if is_annual(item, cumulative=cumulative)])
    return Gathered(tuple(reports), tuple(found), tuple(of_kind), tuple(annual))


def compare(archive: Archive, request: Request) -> Comparison:
    """The comparison that `request` asks for; without rows that state anything where the archive holds nothing of it."""
    series = gather_series(archive, request)
    filled = [(slot, fill(slot, series.annual)) for slot in _slots(request, series)]
    shown = [(slot, items) for slot, items in filled if items or not slot.is_plan or request.role is Role.PLAN]
    return comparison_of(archive, request, series, shown)


def comparison_of(
    archive: Archive, request: Request, series: Gathered, filled: Sequence[tuple[Slot, Sequence[Found]]]
) -> Comparison:
    """The comparison whose rows are these figures, in this order."""
    citations = Citations()
    unit, rows = _in_one_unit(_rows(archive, filled, citations))
    aside = _aside(archive, series, citations, request.periods)
    names = tuple(name for name, _ in Counter(row.name for row in rows if row.name).most_common())
    made = Comparison(
        subject=request.subject,
        language=request.language,
        unit=unit,
        rows=rows,
        changes=changes_of(rows, same_name=same_names(archive, names)),
        citations=citations.all(),
        aside=aside,
        names=names,
        searched=_searched(series.reports),
        log_number=archive.log_number,
    )
    reports = [one.id for one in series.reports]
    nearest = () if citations.all() else nearest_subjects(archive, request.subject, reports)
    notes = notes_of(made, series.reports)
    if request.periods and request.subject in nearest:  # held, but of no year that is asked for
        notes = (Note(NoteKind.PERIODS, OTHER_YEARS[made.language is Language.ENGLISH]), *notes)
        nearest = tuple(name for name in nearest if name != request.subject)
    return replace(made, notes=notes, suggestions=nearest)


def _years(request: Request) -> tuple[int, ...] | None:
    return tuple(sorted({year for period in request.periods for year in period.years})) or None


def _slots(request: Request, series: Gathered) -> list[Slot]:
    """A slot for each place, period and role, in the order of the rows."""
    stating = {place_of(item.report) for item in series.annual}
    places: list[str | None] = list(request.places) or [
        place for place in dict.fromkeys(place_of(report) for report in series.reports) if place in stating
    ]
    roles = [False, True] if request.role is None else [request.role is Role.PLAN]
    if request.report_years:
        return [
            Slot(place, Period.of_year(year if plan else year - 1), plan, year)
            for place, year, plan in product(places, request.report_years, roles)
        ]
    slots = []
    for place in places:
        of_place = [item for item in series.annual if place_of(item.report) == place]
        slots += [Slot(place, period, plan) for period in request.periods or periods_held(of_place) for plan in roles]
    return slots


def _rows(archive: Archive, filled: Sequence[tuple[Slot, Sequence[Found]]], citations: Citations) -> list[Row]:
    rows: list[Row] = []
    for slot, found in filled:
        if not found:
            rows.append(Row(slot.place, slot.period, Role.PLAN if slot.is_plan else Role.RESULT, Held.MISSING))
        rows += [replace(row_of(archive, item, citations), disagrees=len(found) > 1) for item in found]
    return rows


def row_of(archive: Archive, found: Found, citations: Citations) -> Row:
    """The row that states a figure, in the figure's own unit, with its citation."""
    figure, info = found.figure, found.report
    report, section = archive.report(info.id), archive.sections(info.id)[figure.section]
    number = citations.add(report, info, section, figure.sentence, Span(figure.start, figure.end))
    before = report.text[max(0, figure.start - 4) : figure.start]
    hedge = next((word for word in HEDGES if before.endswith(word)), "")
    behind = HEDGED_BEHIND.match(report.text, figure.end)
    low, high = worth(figure)
    return Row(
        place_of(info),
        found.period or Period.of_year(info.year or 1),
        found.role,
        Held.MASKED if figure.masked else Held.STATED,
        figure,
        info,
        number,
        f"{hedge if hedge in SHOWN_HEDGES else ''}{''.join(figure.written.split())}{behind[0] if behind else ''}",
        found.name,
        figure.unit,
        _scaled(low, figure.scale),
        _scaled(high, figure.scale),
        figure.approximate,
        archive.corrections(info.id)[0].get(figure.ordinal),
    )


def _aside(archive: Archive, series: Gathered, citations: Citations, periods: Sequence[Period] = ()) -> tuple[Row, ...]:
    """The figures of the same kind and unit that are not of one year, by time; those that touch the years asked for."""
    years = {year for period in periods for year in period.years}
    kept = {(item.report.id, item.figure.ordinal) for item in series.annual}
    units = {item.figure.base_unit for item in series.annual}
    others = [
        (item.period.end, item.figure.start, item)
        for item in series.of_kind
        if item.period is not None
        and (not years or years.intersection(item.period.years))
        and item.figure.base_unit in units
        and (item.report.id, item.figure.ordinal) not in kept
    ]
    others.sort(key=lambda entry: entry[:2])
    return tuple(row_of(archive, item, citations) for _, _, item in others[:MOST_ASIDE])


def _in_one_unit(rows: Sequence[Row]) -> tuple[str, tuple[Row, ...]]:
    """The unit that most rows are written in, and the rows in it as far as they can be converted."""
    stated = [row.figure for row in rows if row.figure is not None and row.held is Held.STATED]
    if not stated:
        return "", tuple(rows)
    unit = Counter(figure.unit for figure in stated).most_common(1)[0][0]
    model = next(figure for figure in stated if figure.unit == unit)
    shown = PERCENT if model.base_unit == PERCENT else unit
    scale = Decimal(1) if shown == PERCENT else model.scale
    converted = []
    for row in rows:
        figure = row.figure
        if figure is not None and figure.base_unit == model.base_unit and figure.dimension == model.dimension:
            low, high = worth(figure)
            converted.append(replace(row, unit=shown, low=_scaled(low, scale), high=_scaled(high, scale)))
        else:
            converted.append(row)
    return shown, tuple(converted)


def _scaled(value: Decimal | None, scale: Decimal) -> Decimal | None:
    """A value in base units as one in units of `scale`, without what a division leaves behind its DIGITS."""
    if value is None:
        return None
    with localcontext() as context:
        context.prec = DIGITS
        return value / scale


def _searched(reports: Sequence[ReportInfo]) -> Searched:
    years = tuple(sorted({report.year for report in reports if report.year}))
    places = tuple(sorted({report.place for report in reports if report.place}))
    return Searched(len(reports), years, places)
