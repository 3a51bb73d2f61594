"""The rows of comparisons as series, and what one of them says: the text, the reckoning and the sources of a number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from assistant.comparison import Change, Comparison, Held, Row
from assistant.drafting.model import Run, Source
from assistant.drafting.sources import HEDGES_BEHIND, Sources
from assistant.drafting.words import word
from assistant.types import Citation, Language
from indexer.fold import fold
from indexer.types import Period, Role

GAP = "—"
MASKED = "*"
POINT_UNITS = frozenset({"个百分点", "percentage points"})
MULTIPLIERS = frozenset("万亿")
TENTH = Decimal("0.1")
ROUNDING = Decimal("1e-9")  # of a value, that a conversion may lose


@dataclass(frozen=True, slots=True)
class Series:
    """The rows of one subject at one place, either the plans or all that is not one."""

    comparison: Comparison
    place: str | None
    planned: bool
    rows: tuple[Row, ...]

    def at(self, period: Period) -> tuple[Row, ...]:
        """The rows of a period: several where reports disagree."""
        return tuple(row for row in self.rows if row.period == period)

    @property
    def stated(self) -> tuple[Row, ...]:
        """The rows with a number."""
        return tuple(row for row in self.rows if row.held is Held.STATED)


def series_of(comparison: Comparison) -> list[Series]:
    """The series of a comparison by place, results before plans; plans only where one is held."""
    found = []
    for place in comparison.places:
        here = [row for row in comparison.rows if row.place == place]
        for planned in (False, True):
            rows = tuple(row for row in here if row.is_plan is planned)
            if any(row.held is not Held.MISSING for row in rows) or (rows and not planned):
                found.append(Series(comparison, place, planned, rows))
    return found


def periods_of(all_series: Sequence[Series]) -> list[Period]:
    """The periods of all rows, oldest first."""
    return sorted({row.period for series in all_series for row in series.rows}, key=lambda one: (one.start, one.end))


class Numbers:
    """The runs of a comparison's numbers: each is checked against its source before it is written."""

    def __init__(self, sources: Sources) -> None:
        self.sources = sources

    def stated(self, comparison: Comparison, row: Row) -> Run:
        """The figure of a row as its source writes it: 600多万套."""
        citation = citation_of(comparison, row)
        run = self.sources.cited(row.written, citation, shown=written_words(row, citation))
        return run or Run(word(comparison.language, "unchecked"))

    def cell(self, comparison: Comparison, row: Row) -> list[Run]:
        """What stands in the cell of a row, whose unit is in the heading: 600多, *, —."""
        citation, language = citation_of(comparison, row), comparison.language
        if row.held is Held.MISSING:
            return [Run(GAP)]
        if row.held is Held.MASKED:
            sound = citation is not None and self.sources.is_verbatim(citation)
            return [Run(MASKED, (Source(citation, citation.quote.strip()),) if citation and sound else ())]
        role = [Run(_brackets(language, word(language, row.role.value)))] if row.role is Role.ESTIMATE else []
        if row.figure is not None and row.figure.unit != row.unit:
            run = self._converted(comparison, row)
        else:
            run = self.sources.cited(row.written, citation, unit=row.unit, shown=_in_column(row, citation))
        cell = [run or Run(word(language, "unchecked")), *(role if run else [])]
        if row.correction is None:
            return cell
        before, after = (Run(word(language, key)) for key in ("corrected_before", "corrected_after"))
        return [Run(row.correction.value, calculation=word(language, "corrected")), before, *cell, after]

    def _converted(self, comparison: Comparison, row: Row) -> Run | None:
        """The number of a row in the unit of its column, with the form that the source writes in the note."""
        citation = citation_of(comparison, row)
        written = self.sources.cited(row.written, citation, shown=written_words(row, citation))
        scale = _scale_of(comparison)
        figure, value = row.figure, row.value
        if written is None or figure is None or value is None or figure.value is None or scale is None:
            return None
        if abs(figure.value * figure.scale - value * scale) > abs(value * scale) * ROUNDING:
            return None
        mark = "" if row.is_exact else written_words(row, citation).replace(figure.unit, "").strip("0123456789.．, ")
        says = word(comparison.language, "converted", written=written.text, value=digits(value), unit=row.unit)
        return Run(f"{digits(value)}{mark}", written.sources, says, row.unit)

    def difference(self, comparison: Comparison, change: Change, *, signed: bool, unit: bool) -> Run | None:
        """The difference of a change with its reckoning; None where it is not computed or does not add up."""
        first, second = comparison.of_change(change)
        values, sources = self._operands(comparison, change)
        if change.difference is None or values is None or values[1] - values[0] != change.difference:
            return None
        shown = _signed(change.difference) if signed else digits(abs(change.difference))
        says = (
            f"{digits(values[1])}{second.unit}－{digits(values[0])}{first.unit}"
            f"＝{digits(change.difference)}{change.unit}"
        )
        return Run(f"{shown}{change.unit if unit else ''}", sources, says, change.unit)

    def percentage(self, comparison: Comparison, change: Change, *, signed: bool) -> Run | None:
        """The percentage of a change with its reckoning; None where it is not computed or does not add up."""
        values, sources = self._operands(comparison, change)
        if change.percentage is None or values is None or values[0] <= 0:
            return None
        exact = (values[1] - values[0]) / values[0] * 100
        if exact.quantize(TENTH, ROUND_HALF_UP) != change.percentage.quantize(TENTH, ROUND_HALF_UP):
            return None
        shown = change.percentage.quantize(TENTH, ROUND_HALF_UP)
        text = (f"{shown:+f}" if shown else "0") if signed else f"{abs(shown):f}%"
        says = f"（{digits(values[1])}－{digits(values[0])}）÷{digits(values[0])}×100%≈{shown:f}%{word(comparison.language, 'rounded')}"
        return Run(text, sources, says, "%")

    def _operands(
        self, comparison: Comparison, change: Change
    ) -> tuple[tuple[Decimal, Decimal] | None, tuple[Source, ...]]:
        """The values of a change and where they come from; None where one of them is not exact or not verified."""
        rows = comparison.of_change(change)
        found: list[Source] = []
        for row in rows:
            run = self.sources.cited(row.written, citation_of(comparison, row), unit=row.unit) if row.is_exact else None
            if run is None:
                return None, ()
            found += run.sources
        first, second = (row.value for row in rows)
        return ((first, second) if first is not None and second is not None else None), tuple(found)


def citation_of(comparison: Comparison, row: Row) -> Citation | None:
    """The citation of a row, by its number."""
    return next((one for one in comparison.citations if one.number == row.citation), None)


def written_words(row: Row, citation: Citation | None) -> str:
    """The figure as its source writes it, folded, with what hedges it behind it: 900万人以上."""
    words = fold(row.written)
    figure = row.figure
    if citation is not None and figure is not None and citation.start <= figure.end <= citation.end:
        after = citation.quote[figure.end - citation.start :]
        hedge = next((one for one in HEDGES_BEHIND if after.startswith(one)), "")
        words += "" if words.endswith(HEDGES_BEHIND) else hedge
    if figure is not None and row.held is Held.STATED and words[-1:].isdigit() and not MULTIPLIERS & set(figure.unit):
        words += figure.unit  # a table names it in another cell
    return words


def _in_column(row: Row, citation: Citation | None) -> str:
    """The number as it stands under a heading that names its unit."""
    if row.is_exact and row.low is not None:
        return digits(row.low)
    words = written_words(row, citation)
    unit = fold(row.figure.unit) if row.figure is not None else ""
    return words.replace(unit, "").strip() if unit else words


def _scale_of(comparison: Comparison) -> Decimal | None:
    """What one of the comparison's unit is in the base unit, as a figure written in it says."""
    figures = (row.figure for row in comparison.rows if row.figure is not None)
    return next((figure.scale for figure in figures if figure.unit == comparison.unit), None)


def digits(value: Decimal) -> str:
    """A decimal without exponent, idle zeros and separators, as official documents write it."""
    return format(value.normalize(), "f") if value else "0"


def _signed(value: Decimal) -> str:
    text = digits(value)
    return f"+{text}" if value > 0 else text


def _brackets(language: Language, text: str) -> str:
    return f" ({text})" if language is Language.ENGLISH else f"（{text}）"
