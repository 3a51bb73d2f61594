"""Finds the tables of a sheet, and for each empty cell what is asked of it: indicator, time, place, role and unit."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce

from assistant.fill_labels import ASIDE_HEADS, GENERIC_HEADS, SUMS, UNIT_HEADS, Label, LabelReader, Unit
from indexer.fold import fold
from indexer.types import Period, Role

Place = tuple[int, int]  # row and column, from 1
MOST_ROWS, MOST_COLUMNS = 5000, 300
HEADER_ROWS = 4  # a header has at most so many
SUBORDINATE = "其中"


@dataclass(frozen=True, slots=True)
class Grid:
    """The values of a sheet; every cell of a merged range has the value of its first one."""

    values: Mapping[Place, object]
    rows: int
    columns: int
    hidden: frozenset[Place] = frozenset()  # merged into another cell: nothing can be written there

    def at(self, row: int, column: int) -> object:
        """The value of a cell; None where it is empty."""
        value = self.values.get((row, column))
        return None if isinstance(value, str) and not value.strip() else value

    def turned(self) -> Grid:
        """Rows as columns and columns as rows."""
        values = {(column, row): value for (row, column), value in self.values.items()}
        return Grid(values, self.columns, self.rows, frozenset((c, r) for r, c in self.hidden))

    def only_text(self, row: int) -> str:
        """All that stands in the row, where it is one text: a title, a note, or a label before empty cells."""
        values = {value for column in range(1, self.columns + 1) if (value := self.at(row, column)) is not None}
        only = values.pop() if len(values) == 1 else None
        return only.strip() if isinstance(only, str) else ""

    def titles(self) -> dict[int, str]:
        """The texts that stand alone in a row above all that looks like a table, by their row."""
        found: dict[int, str] = {}
        for row in range(1, self.rows + 1):
            if text := self.only_text(row):
                found[row] = text
            elif any(self.at(row, column) is not None for column in range(1, self.columns + 1)):
                break
        return found

    def without(self, rows: Collection[int]) -> Grid:
        """The grid with these rows empty."""
        return replace(self, values={place: value for place, value in self.values.items() if place[0] not in rows})


@dataclass(frozen=True, slots=True)
class Asked:
    """What an empty cell asks for."""

    row: int
    column: int
    indicator: str
    context: str  # what the rows above it are parts of, or its category; "" where there is none
    period: Period | None
    place: str | None
    role: Role
    unit: Unit | None


def find_asked(grid: Grid, reader: LabelReader, title: str = "") -> list[Asked]:
    """What every empty cell of the sheet's tables asks for, in reading order; empty where no table is recognised.

    The times or places may stand in a row or in a column. `title` is the sheet's name, which may name a place or a time.
    """
    named = replace(reader.read(title), rest="") if title else Label()
    upright = list(_tables(grid, reader, named))
    titles = grid.titles()
    over_all = reduce(_joined, (reader.read(text) for text in titles.values()), named)
    flat = grid.without(titles).turned()
    turned = [replace(asked, row=asked.column, column=asked.row) for asked in _tables(flat, reader, over_all)]
    best = turned if len(turned) > len(upright) else upright
    return sorted(best, key=lambda asked: (asked.row, asked.column))


def _tables(grid: Grid, reader: LabelReader, over_all: Label) -> Iterator[Asked]:
    labels = {place: reader.read(value) for place, value in grid.values.items() if value is not None}
    heads = _header_rows(grid, labels)
    above = 0
    for at, (first, last) in enumerate(heads):
        until = heads[at + 1][0] - 1 if at + 1 < len(heads) else grid.rows
        yield from _Table(grid, labels, reader, (above, first, last, until), over_all).asked()
        above = until


def _header_rows(grid: Grid, labels: Mapping[Place, Label]) -> list[tuple[int, int]]:
    """The first and last row of each header: a row with times or places behind a label, with the rows that belong to it."""
    found: list[tuple[int, int]] = []
    for row in range(1, grid.rows + 1):
        if found and row <= found[-1][1]:
            continue
        axis = [column for column in range(2, grid.columns + 1) if _is_axis(grid, labels, row, column)]
        if not axis or grid.only_text(row):
            continue
        last = row
        while last - row < HEADER_ROWS and last < grid.rows and _continues_header(grid, labels, last + 1, axis):
            last += 1
        found.append((_first_of_header(grid, row, axis, found[-1][1] if found else 0), last))
    return found


def _first_of_header(grid: Grid, row: int, axis: Sequence[int], above: int) -> int:
    """The first row of a header with times in `row`: rows right above it that name something over several columns."""
    first = row
    while first - 1 > above and row - first < HEADER_ROWS - 1:
        texts = [text for column in axis if (text := grid.at(first - 1, column)) is not None]
        if not texts or grid.only_text(first - 1) or not all(isinstance(text, str) for text in texts):
            break
        first -= 1
    return first


def _is_axis(grid: Grid, labels: Mapping[Place, Label], row: int, column: int) -> bool:
    label = labels.get((row, column))
    return label is not None and label.is_axis and len(label.rest) <= 12


def _continues_header(grid: Grid, labels: Mapping[Place, Label], row: int, axis: Sequence[int]) -> bool:
    """Whether the row still heads columns: it says 计划 and 完成, times, places or units over the values."""
    told = [labels.get((row, column), Label()) for column in range(min(axis), grid.columns + 1)]
    texts = [label for label in told if label != Label()]
    return bool(texts) and all(
        label.is_axis
        or label.role is not None
        or (label.unit is not None and not label.rest)
        or _is_measure(label.rest)
        for label in texts
    )


def _is_measure(text: str) -> bool:
    return any(word in text for word in ("增长", "增速", "同比", "增幅", "总量", "绝对", "数值", "计划", "完成"))


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of the sheet: its header, its rows, and what stands above it."""

    grid: Grid
    labels: Mapping[Place, Label]
    reader: LabelReader
    rows: tuple[int, int, int, int]  # the last row above it, the first and last of its header, the last of it
    over_all: Label  # what is said of the whole sheet

    def asked(self) -> Iterator[Asked]:
        context = self._context()
        columns = {column: label for column in range(1, self.grid.columns + 1) if (label := self._column(column))}
        if not columns:
            return
        named = [column for column in range(1, self.grid.columns + 1) if column not in columns]
        units = [column for column in named if self._head(column) in UNIT_HEADS and self._holds_units(column)]
        names = [c for c in named if c not in units and not ASIDE_HEADS.match(self._head(c))]
        names = [column for column in names if column < min(columns)] or names
        parent = ""
        for row in self._body:
            texts = [text for column in names if (text := self._text(row, column))]
            if not texts:
                continue
            row_label = self._row(row, names, units)
            subordinate = texts[-1].startswith(SUBORDINATE)
            parent = parent if subordinate else row_label.rest
            around = parent if subordinate else "".join(dict.fromkeys(texts[:-1]))
            for column, head in columns.items():
                one = _asked((row, column), row_label, head, context, around)
                if one is not None and self.grid.at(row, column) is None and (row, column) not in self.grid.hidden:
                    yield one

    @property
    def _header(self) -> range:
        return range(self.rows[1], self.rows[2] + 1)

    @property
    def _body(self) -> range:
        return range(self.rows[2] + 1, self.rows[3] + 1)

    def _column(self, column: int) -> Label | None:
        """What heads a column of values; None for one that no time or place heads."""
        found = Label()
        for row in self._header:
            found = _joined(found, self._over(row, column))
        return found if found.is_axis and column > 1 else None

    def _over(self, row: int, column: int) -> Label:
        """What a row of the header says of a column; over an empty cell above the times, what stands to its left."""
        while row < self.rows[2] and column > 2 and self.grid.at(row, column) is None:
            column -= 1
        return self.labels.get((row, column), Label())

    def _row(self, row: int, names: Sequence[int], units: Sequence[int]) -> Label:
        found = Label()
        for column in names:
            label = self.labels.get((row, column), Label())
            found = replace(_joined(found, label), rest=label.rest or found.rest)
        for column in units:
            text = self._text(row, column)
            if text:
                found = replace(found, unit=self.reader.unit(text) or found.unit)
        return replace(found, rest=found.rest.removeprefix(SUBORDINATE))

    def _context(self) -> Label:
        """What the sheet's name and the texts above the table say: place, time, unit, and the indicator of all."""
        found = self.over_all
        for row in range(self.rows[0] + 1, self.rows[1]):
            alone = bool(self.grid.only_text(row))
            for column in range(1, self.grid.columns + 1):
                label = self.labels.get((row, column), Label())
                label = label if alone else replace(label, rest="")
                found = _joined(label, found) if label != Label() else found
        return found

    def _head(self, column: int) -> str:
        texts = dict.fromkeys(self._text(row, column) for row in self._header)
        return fold("".join(texts)).strip().lower()

    def _text(self, row: int, column: int) -> str:
        value = self.grid.at(row, column)
        return value.strip() if isinstance(value, str) and not value.startswith("=") else ""

    def _holds_units(self, column: int) -> bool:
        return any(self.reader.unit(self._text(row, column)) for row in self._body)


def _joined(one: Label, other: Label) -> Label:
    """Both labels; where both say a thing, the second does."""
    rest = one.rest if other.rest in one.rest else one.rest + other.rest
    return Label(
        other.period or one.period, other.place or one.place, other.role or one.role, other.unit or one.unit, rest
    )


def _asked(cell: Place, row_label: Label, head: Label, context: Label, around: str) -> Asked | None:
    """What a cell asks for; None where nothing says which indicator it is."""
    of_row = "" if GENERIC_HEADS.match(row_label.rest) else row_label.rest
    indicator = of_row + (head.rest if head.rest not in of_row else "")
    if not of_row:
        indicator = (context.rest or "") + head.rest if row_label.is_axis else ""
    if not indicator or SUMS.match(indicator):
        return None
    period = head.period or row_label.period or context.period
    place = head.place or row_label.place or context.place
    if period is None and place is None:
        return None
    role = head.role or row_label.role or context.role or Role.RESULT
    return Asked(*cell, indicator, around, period, place, role, row_label.unit or head.unit or context.unit)
