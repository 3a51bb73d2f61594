"""The tables of a comparison draft: periods in rows and series in columns, or the places of one period in rows."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.comparison import Axis, Change, Comparison, Row
from assistant.drafting.model import Cell, Column, Run, Table
from assistant.drafting.series import GAP, Numbers, Series, periods_of
from assistant.drafting.words import word
from assistant.types import Language
from indexer.types import Period

MOST_COLUMNS = 5  # series side by side on an upright page
MOST_PERIODS = 6  # periods side by side, where the places stand in rows


def tables_of(all_series: Sequence[Series], numbers: Numbers, language: Language, title: str) -> list[Table]:
    """The tables that hold every row of the series, each with as many columns as a page takes."""
    periods = periods_of(all_series)
    places = list(dict.fromkeys(series.place for series in all_series))
    one_subject = len({id(series.comparison) for series in all_series}) == 1
    if one_subject and len(places) == 1:
        return [_with_changes(all_series, periods, numbers, language, title)]
    if one_subject and len(places) > max(MOST_COLUMNS, len(periods)):
        return _places_down(all_series, periods, numbers, language, title)
    chunks = _chunks(all_series)
    tables: list[Table] = []
    for chunk in chunks:
        columns = [
            Column(word(language, "period")),
            *(Column(_heading(series, all_series), right=True) for series in chunk),
        ]
        rows = [
            (Cell((Run(period.label),)), *(_cell(series, series.at(period), numbers) for series in chunk))
            for period in periods
        ]
        tables.append(_table(language, title, len(tables) + 1, columns, rows, unit=_unit(chunk)))
    return tables


def _chunks(all_series: Sequence[Series]) -> list[list[Series]]:
    """The series in groups of at most MOST_COLUMNS; those of one subject and place stay together."""
    groups: dict[tuple[int, str | None], list[Series]] = {}
    for series in all_series:
        groups.setdefault((id(series.comparison), series.place), []).append(series)
    chunks: list[list[Series]] = []
    for group in groups.values():
        if chunks and len(chunks[-1]) + len(group) <= MOST_COLUMNS:
            chunks[-1] += group
        else:
            chunks.append(group)
    return chunks


def _with_changes(
    all_series: Sequence[Series], periods: Sequence[Period], numbers: Numbers, language: Language, title: str
) -> Table:
    """One subject at one place: its results, its plans, and the change from the period stated before."""
    comparison = all_series[0].comparison
    steps = _steps(all_series[0])
    rated = any(change.percentage is not None for change in steps.values())
    columns = [Column(word(language, "period"))]
    columns += [Column(_role(series), right=True) for series in all_series]
    columns += [Column(word(language, "difference"), right=True)] if steps else []
    columns += [Column(word(language, "percentage"), right=True)] if rated else []
    rows = []
    for period in periods:
        cells = [Cell((Run(period.label),)), *(_cell(one, one.at(period), numbers) for one in all_series)]
        change = next((steps[id(row)] for row in all_series[0].at(period) if id(row) in steps), None)
        if steps:
            difference = change and numbers.difference(comparison, change, signed=True, unit=False)
            cells.append(Cell((difference or Run(GAP),)))
        if rated:
            percentage = change and numbers.percentage(comparison, change, signed=True)
            cells.append(Cell((percentage or Run(GAP),)))
        rows.append(tuple(cells))
    return _table(language, title, 1, columns, rows, unit=comparison.unit)


def _steps(series: Series) -> dict[int, Change]:
    """The computed change that leads to each row of a series from the one before, by the row's identity."""
    comparison = series.comparison
    own = {id(row) for row in series.rows}
    found = {}
    for change in comparison.changes:
        first, second = comparison.of_change(change)
        if change.axis is Axis.PERIODS and change.difference is not None and {id(first), id(second)} <= own:
            found[id(second)] = change
    return found


def _places_down(
    all_series: Sequence[Series], periods: Sequence[Period], numbers: Numbers, language: Language, title: str
) -> list[Table]:
    tables: list[Table] = []
    for planned in (False, True):
        here = [series for series in all_series if series.planned is planned]
        shown = [period for period in periods if any(series.at(period) for series in here)]
        for at in range(0, len(shown), MOST_PERIODS):
            chunk = shown[at : at + MOST_PERIODS]
            role = f"（{word(language, 'plan')}）" if planned else ""
            columns = [Column(word(language, "place")), *(Column(f"{one.label}{role}", right=True) for one in chunk)]
            rows = [
                (Cell((Run(series.place or GAP),)), *(_cell(series, series.at(one), numbers) for one in chunk))
                for series in here
            ]
            tables.append(_table(language, title, len(tables) + 1, columns, rows, unit=_unit(here)))
    return tables


def _table(
    language: Language,
    title: str,
    number: int,
    columns: Sequence[Column],
    rows: Sequence[tuple[Cell, ...]],
    *,
    unit: str,
) -> Table:
    key = "caption_unit" if unit else "caption"
    name = word(language, "table", number=number)
    return Table(name, word(language, key, table=name, name=title, unit=unit), tuple(columns), tuple(rows))


def _cell(series: Series, rows: Sequence[Row], numbers: Numbers) -> Cell:
    """The figures of one period: those that disagree stand beside each other."""
    if not rows:
        return Cell((Run(GAP),))
    runs: list[Run] = []
    for row in rows:
        runs += [Run(" / ")] if runs else []
        runs += numbers.cell(series.comparison, row)
    return Cell(tuple(runs))


def _unit(all_series: Sequence[Series]) -> str:
    """The unit that all share, else none: each heading names its own."""
    units = {series.comparison.unit for series in all_series}
    return units.pop() if len(units) == 1 else ""


def _role(series: Series) -> str:
    return word(series.comparison.language, "plan" if series.planned else "result")


def _heading(series: Series, beside: Sequence[Series]) -> str:
    comparison: Comparison = series.comparison
    several_places = len({one.place for one in beside}) > 1
    several_subjects = len({id(one.comparison) for one in beside}) > 1
    english = comparison.language is Language.ENGLISH
    parts = [series.place or GAP] if several_places else []
    parts += [comparison.subject] if several_subjects else []
    name = (" " if english else "").join(parts)
    plan = f" ({word(comparison.language, 'plan')})" if english else word(comparison.language, "plan")
    unit = f"（{comparison.unit}）" if several_subjects and comparison.unit else ""
    return f"{name}{plan if series.planned else ''}{unit}"
