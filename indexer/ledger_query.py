"""The figure ledger (指标台账) by filters: which rows of the records pass, a page at a time, in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, Join, Select, and_, bindparam, func, or_, select

from indexer.corrections import Correction
from indexer.records_rows import figure_of
from indexer.schema import tables
from indexer.types import Figure, Measure, Period, ReportInfo, Role

figures, reports = tables.figures.c, tables.reports.c


@dataclass(frozen=True, slots=True)
class FigureQuery:
    """What the figures must be; what is None or empty is not asked."""

    subject: tuple[tuple[str, ...], ...] = ()  # each word with what may stand for it: one of these must be said
    phrases: tuple[str, ...] = ()  # or one of these, as a whole
    years: tuple[int, int] | None = None  # the figure's period lies within, both included
    places: tuple[str, ...] = ()  # of the report: its place, or a part of its issuer
    role: Role | None = None
    units: tuple[str, ...] = ()  # the unit as written, or its base unit
    masked: bool | None = None
    report: str | None = None  # readable id
    offices: tuple[str, ...] = ()  # a part of the report's issuer: one of these
    measure: Measure | None = None
    numbers: tuple[int, ...] | None = None  # of figures in the archive: only these


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A figure with its report, its headings, its sentence and what a clerk says holds instead."""

    number: int  # of the figure in the archive
    figure: Figure
    report: ReportInfo
    section: tuple[str, ...]
    quote: str  # equals the report's text over `figure.sentence`, without blanks around it
    correction: Correction | None = None


def count_figures(connection: Connection, query: FigureQuery, rows: Sequence[int] | None = None) -> int:
    """How many figures of visible reports pass; of those in `rows` where rows are given."""
    counted = select(func.count()).select_from(joined()).where(*conditions(query, rows))
    return int(connection.execute(counted).scalar_one())


def find_figures(
    connection: Connection,
    query: FigureQuery,
    rows: Sequence[int] | None = None,
    *,
    after: int,
    limit: int,
    offset: int,
) -> list[tuple[int, int, Figure]]:
    """Number, row of the report and figure of those that pass, by rising number from above `after` on.

    `rows`: the reports that may be looked into; None: all that are visible.
    """
    found: Select[tuple[object, ...]] = (
        select(tables.figures, reports.id.label("report_id"))
        .select_from(joined())
        .where(figures.id > after, *conditions(query, rows))
        .order_by(figures.id)
        .limit(limit)
        .offset(offset)
    )
    read = connection.execute(found).mappings()
    return [(row["id"], row["report"], figure_of(row, row["report_id"])) for row in read]


def read_periods(connection: Connection) -> Iterator[tuple[int, Period]]:
    """The row of each report with each period that one of its figures is about."""
    columns = (figures.report, figures.period_start, figures.period_end)
    for row, start, end in connection.execute(select(*columns).where(figures.period_start.is_not(None)).distinct()):
        yield row, Period(start, end)


def joined() -> Join:
    """Figures with their reports."""
    return tables.figures.join(tables.reports, reports.row == figures.report)


def conditions(query: FigureQuery, rows: Sequence[int] | None) -> list[ColumnElement[bool]]:
    """What the filters ask of `joined`, cheap ones first."""
    found: list[ColumnElement[bool]] = [reports.removed_at.is_(None)]
    if rows is not None:  # written out: there may be more of them than a statement takes parameters
        found.append(figures.report.in_(bindparam("rows", list(rows), expanding=True, literal_execute=True)))
    if query.report is not None:
        found.append(reports.id == query.report)
    if query.numbers is not None:
        found.append(figures.id.in_(bindparam("numbers", list(query.numbers), expanding=True, literal_execute=True)))
    if query.masked is not None:
        found.append(figures.masked.is_(query.masked))
    if query.role is not None:
        found.append(figures.role == query.role.value)
    if query.measure is not None:
        found.append(figures.measure == query.measure.value)
    if query.offices:
        found.append(or_(*(reports.issuer.contains(office, autoescape=True) for office in query.offices)))
    if query.units:
        found.append(or_(figures.unit.in_(query.units), figures.base_unit.in_(query.units)))
    if query.years is not None:
        found.append(_within(*query.years))
    if query.places:
        found.append(or_(*(_of_place(place) for place in query.places)))
    if query.subject or query.phrases:
        found.append(_says(query))
    return found


def _within(first: int, last: int) -> ColumnElement[bool]:
    """The figure's own period, else the report's, lies within the years."""
    start = func.coalesce(figures.period_start, reports.period_start)
    end = func.coalesce(figures.period_end, reports.period_end)
    return and_(start >= date(first, 1, 1), end <= date(last, 12, 31))


def _of_place(place: str) -> ColumnElement[bool]:
    return or_(reports.place.contains(place, autoescape=True), reports.issuer.contains(place, autoescape=True))


def _says(query: FigureQuery) -> ColumnElement[bool]:
    """Every word, or one of the phrases, is said by what is counted or by the figure's clause."""
    ways = [and_(*(_said(word) for word in query.subject))] if query.subject else []
    return or_(*ways, _said(query.phrases)) if query.phrases else or_(*ways)


def _said(words: Sequence[str]) -> ColumnElement[bool]:
    columns = (figures.subject_text, figures.said)
    return or_(*(column.contains(word, autoescape=True) for column in columns for word in words))
