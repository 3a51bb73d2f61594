"""The ledger a page at a time in any order: the next page begins after a figure, so that it costs no more than the first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Float, and_, cast, func, or_, select

from indexer.ledger_query import FigureQuery, conditions, figures, joined, reports
from indexer.records_rows import figure_of
from indexer.schema import tables
from indexer.types import Figure

LARGEST: Final = 1e300  # beyond every value that a report states


class SortBy(StrEnum):
    """What the rows may be put in order by."""

    CAME = "came"  # as they came into the archive
    PLACE = "place"
    SUBJECT = "subject"
    VALUE = "value"  # in the base unit; masked ones last
    UNIT = "unit"
    PERIOD = "period"
    ROLE = "role"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class Sort:
    """An order of the rows; where the column says the same, as they came."""

    by: SortBy = SortBy.CAME
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a page begins: after this figure, or it ends before it; at the beginning where neither is given."""

    after: int | None = None
    before: int | None = None


def page_of_figures(
    connection: Connection, query: FigureQuery, rows: Sequence[int] | None, *, sort: Sort, cut: Cut, limit: int
) -> list[tuple[int, int, Figure]]:
    """Number, row of the report and figure of at most `limit` figures that pass, in order.

    `rows`: the reports that may be looked into; None: all that are visible. A cut at a figure that is no longer there
    gives the first page.
    """
    backwards = cut.before is not None
    descending = sort.descending is not backwards
    key = _KEYS[sort.by](sort.descending)
    where = conditions(query, rows)
    edge = cut.before if backwards else cut.after
    if edge is not None:
        of_edge = (figures.id == edge, *conditions(FigureQuery(), rows))  # one that may not be seen is none
        found = connection.execute(select(key).select_from(joined()).where(*of_edge)).first()
        if found is None:
            return page_of_figures(connection, query, rows, sort=sort, cut=Cut(), limit=limit)
        where.append(_beyond(key, found[0], edge, descending=descending))
    order = (key.desc(), figures.id.desc()) if descending else (key, figures.id)
    wanted = select(figures.id).select_from(joined()).where(*where).order_by(*order).limit(limit)
    numbers = list(connection.execute(wanted).scalars())
    return read_figures(connection, numbers[::-1] if backwards else numbers)


def figures_in_order(
    connection: Connection, query: FigureQuery, rows: Sequence[int] | None, *, sort: Sort
) -> list[int]:
    """The numbers of all figures that pass, in order."""
    key = _KEYS[sort.by](sort.descending)
    order = (key.desc(), figures.id.desc()) if sort.descending else (key, figures.id)
    wanted = select(figures.id).select_from(joined()).where(*conditions(query, rows)).order_by(*order)
    return list(connection.execute(wanted).scalars())


def _beyond(key: ColumnElement[Any], value: object, number: int, *, descending: bool) -> ColumnElement[bool]:
    if descending:
        return or_(key < value, and_(key == value, figures.id < number))
    return or_(key > value, and_(key == value, figures.id > number))


def read_figures(connection: Connection, numbers: Sequence[int]) -> list[tuple[int, int, Figure]]:
    """Number, row of the report and figure for each of the numbers, in their order; those that are gone are left out."""
    query = select(tables.figures, reports.id.label("report_id")).select_from(joined()).where(figures.id.in_(numbers))
    by_number = {row["id"]: row for row in connection.execute(query).mappings()}
    found = (by_number[number] for number in numbers if number in by_number)
    return [(row["id"], row["report"], figure_of(row, row["report_id"])) for row in found]


def _value(descending: bool) -> ColumnElement[Any]:
    stated = cast(func.coalesce(figures.low, figures.high), Float) * cast(figures.scale, Float)
    return func.coalesce(stated, -LARGEST if descending else LARGEST)


def _period(descending: bool) -> ColumnElement[Any]:
    last = date.min if descending else date.max
    return func.coalesce(figures.period_end, reports.period_end, last)


def _plain(*columns: ColumnElement[Any]) -> Callable[[bool], ColumnElement[Any]]:
    return lambda descending: columns[0] if len(columns) == 1 else func.coalesce(*columns, "")


_KEYS: Final[Mapping[SortBy, Callable[[bool], ColumnElement[Any]]]] = MappingProxyType(
    {
        SortBy.CAME: _plain(figures.id),
        SortBy.PLACE: _plain(reports.place, reports.issuer),
        SortBy.SUBJECT: _plain(figures.subject_text),
        SortBy.VALUE: _value,
        SortBy.UNIT: _plain(figures.unit),
        SortBy.PERIOD: _period,
        SortBy.ROLE: _plain(figures.role),
        SortBy.REPORT: _plain(reports.title),
    }
)
