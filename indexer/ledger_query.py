"""The figure ledger (指标台账) by filters: which rows of the records pass, a page at a time, in reading order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, Join, Select, and_, func, or_, select

from indexer.corrections import Correction
from indexer.records_rows import figure_of
from indexer.schema import tables
from indexer.types import Figure, ReportInfo, Role

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


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A figure with its report, its headings, its sentence and what a clerk says holds instead."""

    number: int  # of the figure in the archive
    figure: Figure
    report: ReportInfo
    section: tuple[str, ...]
    quote: str  # equals the report's text over `figure.sentence`, without blanks around it
    correction: Correction | None = None


def count_figures(connection: Connection, query: FigureQuery) -> int:
    """How many figures of visible reports pass."""
    counted = select(func.count()).select_from(_joined()).where(*_conditions(query))
    return int(connection.execute(counted).scalar_one())


def find_figures(
    connection: Connection, query: FigureQuery, *, after: int, limit: int, offset: int
) -> list[tuple[int, int, Figure]]:
    """Number, row of the report and figure of those that pass, by rising number from above `after` on."""
    found: Select[tuple[object, ...]] = (
        select(tables.figures, reports.id.label("report_id"))
        .select_from(_joined())
        .where(figures.id > after, *_conditions(query))
        .order_by(figures.id)
        .limit(limit)
        .offset(offset)
    )
    rows = connection.execute(found).mappings()
    return [(row["id"], row["report"], figure_of(row, row["report_id"])) for row in rows]


def _joined() -> Join:
    return tables.figures.join(tables.reports, reports.row == figures.report)


def _conditions(query: FigureQuery) -> list[ColumnElement[bool]]:
    """The filters, cheap ones first."""
    found: list[ColumnElement[bool]] = [reports.removed_at.is_(None)]
    if query.report is not None:
        found.append(reports.id == query.report)
    if query.masked is not None:
        found.append(figures.masked.is_(query.masked))
    if query.role is not None:
        found.append(figures.role == query.role.value)
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
