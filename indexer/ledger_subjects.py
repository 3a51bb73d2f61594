"""What the figures of the ledger count, as the reports write it, each with the years and reports that say it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, func, select

from indexer.schema import tables
from indexer.types import ReportInfo

figures, reports = tables.figures.c, tables.reports.c
Counted = tuple[str, int, int, int]  # subject, row of the report, year, figures


@dataclass(frozen=True, slots=True)
class LedgerSubject:
    """A subject of figures: how many state it, for which years, of which places or offices."""

    text: str
    figures: int
    years: tuple[int, ...]
    places: tuple[str, ...]


def count_subjects(connection: Connection, rows: Sequence[int] | None = None) -> list[Counted]:
    """The subjects of visible reports by report and year; of those in `rows` where rows are given."""
    end = func.coalesce(figures.period_end, reports.period_end)
    query = (
        select(figures.subject_text, figures.report, end, func.count())
        .select_from(tables.figures.join(tables.reports, reports.row == figures.report))
        .where(reports.removed_at.is_(None), figures.subject_text != "")
        .group_by(figures.subject_text, figures.report, end)
    )
    if rows is not None:
        query = query.where(figures.report.in_(bindparam("rows", list(rows), expanding=True, literal_execute=True)))
    found = connection.execute(query)
    return [(text, row, last.year if last is not None else 0, count) for text, row, last, count in found]


def gather_subjects(counted: Iterable[Counted], infos: Mapping[int, ReportInfo]) -> tuple[LedgerSubject, ...]:
    """The subjects with their years and places, those of the most figures first; reports not in `infos` are left out."""
    numbers: dict[str, int] = {}
    years: dict[str, set[int]] = {}
    places: dict[str, set[str]] = {}
    for text, row, year, count in counted:
        if row not in infos:
            continue
        numbers[text] = numbers.get(text, 0) + count
        years.setdefault(text, set()).update({year} - {0})
        place = infos[row].place or infos[row].issuer
        places.setdefault(text, set()).update({place} if place else ())
    found = (
        LedgerSubject(text, number, tuple(sorted(years[text])), tuple(sorted(places[text])))
        for text, number in numbers.items()
    )
    return tuple(sorted(found, key=lambda one: (-one.figures, one.text)))
