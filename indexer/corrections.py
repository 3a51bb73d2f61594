"""Corrections of figures: what a clerk says holds instead of what a report states, and which figure it belongs to.

The figure itself never changes. A correction is tied to the report, the sentence and the written form, not to a number
of the ledger, so that it stays in force when the same report is indexed anew; where the report no longer states the
figure so, the correction fits none and is named as such.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Connection, RowMapping, select

from indexer.errors import CorrectionError
from indexer.figures.quantities import Quantity, read_quantities
from indexer.figures.units import UnitTable
from indexer.fold import fold
from indexer.records_rows import Row
from indexer.schema import tables
from indexer.types import Figure

LONGEST_REASON = 500  # characters

FigureKey = tuple[str, str, int]  # the sentence, the figure as written in it, and which one of those, from 0


@dataclass(frozen=True, slots=True)
class Correction:
    """已更正，以…为准: what holds instead of a figure of a report."""

    number: int  # of the change that made it
    row: int  # of the report
    quote: str  # the sentence that the figure stands in
    written: str
    nth: int
    value: str  # as it is shown: 1860个
    low: Decimal | None
    high: Decimal | None
    unit: str
    scale: Decimal
    reason: str
    at: datetime  # UTC

    @property
    def key(self) -> FigureKey:
        """The figure that is corrected."""
        return self.quote, self.written, self.nth


def figure_keys(figures: Iterable[Figure], text: str) -> dict[int, FigureKey]:
    """The key of each figure of a report by its ordinal; `text` is the report's."""
    seen: dict[tuple[str, str], int] = {}
    keys: dict[int, FigureKey] = {}
    for figure in sorted(figures, key=lambda one: one.ordinal):
        place = text[figure.sentence.start : figure.sentence.end].strip(), figure.written
        nth = seen.get(place, 0)
        seen[place] = nth + 1
        keys[figure.ordinal] = (*place, nth)
    return keys


def fitting(
    corrections: Sequence[Correction], figures: Sequence[Figure], text: str
) -> tuple[dict[int, Correction], tuple[Correction, ...]]:
    """The corrections of a report by the ordinal of their figure, and those whose figure is no longer stated."""
    if not corrections:
        return {}, ()
    ordinals = {key: ordinal for ordinal, key in figure_keys(figures, text).items()}
    fit = {ordinals[one.key]: one for one in corrections if one.key in ordinals}
    return fit, tuple(one for one in corrections if one.key not in ordinals)


def correction_row(figure: Figure, key: FigureKey, value: str, reason: str) -> Row:
    """The columns of a correction; a value without a unit has the figure's. Raises CorrectionError."""
    reason = " ".join(reason.split())
    if not reason:
        raise CorrectionError("更正要写明理由：--reason 更正依据。(A correction needs a reason.)")
    if len(reason) > LONGEST_REASON:
        raise CorrectionError(f"更正理由请控制在{LONGEST_REASON}字以内。(The reason is too long.)")
    read = read_value(value, figure)
    return {
        "quote": key[0],
        "written": key[1],
        "nth": key[2],
        "value": value.strip() if read.end <= len(value.strip()) else f"{value.strip()}{figure.unit}",
        "low": None if read.low is None else str(read.low),
        "high": None if read.high is None else str(read.high),
        "unit": read.unit or figure.unit,
        "scale": str(read.scale if read.unit else figure.scale),
        "reason": reason,
    }


def read_value(value: str, figure: Figure) -> Quantity:
    """The number that a clerk gave for a figure. Raises CorrectionError where it is none, or of another kind."""
    read = _one_quantity(value.strip()) or _one_quantity(value.strip() + figure.unit)
    if read is None:
        raise CorrectionError(
            f"“{value}”不是一个带单位的数，请写成 --value 1860{figure.unit or '个'}。(The value is not a number.)"
        )
    if read.unit and read.base_unit != figure.base_unit and read.dimension != figure.dimension:
        raise CorrectionError(
            f"“{value}”与原数“{figure.written}”不是同一种单位，请换成{figure.unit}。(The units differ in kind.)"
        )
    return read


def _one_quantity(text: str) -> Quantity | None:
    """The number that a text is, hedges included; None where it is none, several, or more than a number."""
    folded = fold(text)
    found = read_quantities(folded, UnitTable.load())
    if len(found) != 1 or found[0].masked or (found[0].outer_start, found[0].outer_end) != (0, len(folded)):
        return None
    return found[0]


def read_corrections(connection: Connection, rows: Iterable[int] | None = None) -> list[Correction]:
    """The corrections in force, oldest first: of the reports of these rows, or of all."""
    table = tables.corrections
    query = select(table).where(table.c.undone_at.is_(None)).order_by(table.c.number)
    if rows is not None:
        query = query.where(table.c.report.in_(list(rows)))
    return [_correction_of(row) for row in connection.execute(query).mappings()]


def by_row(corrections: Iterable[Correction]) -> Mapping[int, list[Correction]]:
    """The corrections by the row of their report."""
    found: dict[int, list[Correction]] = {}
    for one in corrections:
        found.setdefault(one.row, []).append(one)
    return found


def _correction_of(row: RowMapping) -> Correction:
    return Correction(
        number=row["number"],
        row=row["report"],
        quote=row["quote"],
        written=row["written"],
        nth=row["nth"],
        value=row["value"],
        low=None if row["low"] is None else Decimal(row["low"]),
        high=None if row["high"] is None else Decimal(row["high"]),
        unit=row["unit"],
        scale=Decimal(row["scale"]),
        reason=row["reason"],
        at=row["at"],
    )
