"""Tables in a text: rows of cells joined by ` | ` or tabs, and each number cell with its row's and column's header.

A table begins with a row of headers that holds no number. A bare 14 is read with the unit that its column's header
gives (事故起数（起）), else a column of units, its row's header or the line above (单位：万元), else the counter in the
column's name (死亡人数).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from indexer.figures.masks import read_mask
from indexer.figures.numbers import Number, read_number
from indexer.figures.quantities import INDEX, Quantity, read_quantities
from indexer.figures.units import UnitMatch, UnitTable
from indexer.types import Span

LONGEST_CAPTION: Final = 50  # characters of the line above a table that names it
_SEPARATOR: Final = re.compile(r" *\| *|\t+ *")
_UNIT_NOTE: Final = re.compile(r"[(]([^()]{1,10})[)]|[/:]([^()/:]{1,8})$")
_SAME_UNIT: Final = re.compile(r"单位[::]\s*([^()\s,。;]{1,8})")
_COUNTER: Final = re.compile(r"([^数量]{1,2})数量?$")
_YEAR: Final = re.compile(r"\d{4}(?:年度?)?|\d{1,2}月份?")
_TOTAL: Final = re.compile(r"(?:合|总|共|小)计|[全总]\S{0,3}|总数|累计")
_PLACES: Final = re.compile(
    r"各?(?:地区|地方|区域|辖区|所在地|省份|城市|街道|[省市县区州旗镇乡街道/、()和]+)(?:名称|别)?"
)
_PLACE: Final = re.compile(r"[一-龥]{1,10}(?:(?<![小园社厂景校库片灾])区|[省市县州盟旗镇乡]|街道)")
_UNSAID: Final = frozenset({"", "名称", "单位", "单位名称"})
_UNITS: Final = re.compile(r"(?:计量)?单位")
_NUMBERING: Final = frozenset({"序号", "编号", "No.", "NO", "#"})
_MINUS: Final = "-−－"
_SIGNS: Final = f"+{_MINUS}"


@dataclass(frozen=True, slots=True)
class Header:
    """The words over a column or before a row, without the unit in brackets, and where they stand."""

    span: Span
    words: str
    unit: UnitMatch | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A number cell: its quantity, its headers, and the place that its row is about, if any."""

    quantity: Quantity
    column: Header
    index: int  # of the column, from 0
    rows: tuple[Header, ...]  # the words of the row before its first number; empty in a row of totals
    place: str | None
    total: bool
    negative: bool
    caption: Span | None
    table: int  # where the table begins


@dataclass(frozen=True, slots=True)
class _Row:
    line: Span
    cells: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Grid:
    """A table whose headers have been read."""

    text: str
    units: UnitTable
    columns: tuple[Header, ...]
    shared: UnitMatch | None
    caption: Span | None
    start: int


def find_cells(text: str, units: UnitTable) -> dict[int, list[Cell]]:
    """The number cells of each table row of folded `text`, by where the row's line begins; header rows have none."""
    found: dict[int, list[Cell]] = {}
    for caption, rows in _blocks(text):
        heads = 0
        while heads < len(rows) and not any(_is_number(text, cell, units) for cell in rows[heads].cells):
            heads += 1
        if not 0 < heads < len(rows):
            continue
        columns = tuple(_columns(text, rows[:heads], units))
        shared = _shared_unit(text, caption, units)
        grid = _Grid(text, units, columns, shared, caption, rows[0].line.start)
        found.update((row.line.start, []) for row in rows[:heads])
        found.update((row.line.start, list(_cells_of(grid, row))) for row in rows[heads:])
    return found


def _blocks(text: str) -> Iterator[tuple[Span | None, list[_Row]]]:
    """The runs of lines with as many cells, each with the line above it."""
    rows: list[_Row] = []
    above: Span | None = None
    if "|" not in text and "\t" not in text:
        return
    for match in re.finditer(r"[^\n]+", text):
        row = _row(text, Span(*match.span()))
        if row is not None and (not rows or len(row.cells) == len(rows[0].cells)):
            rows.append(row)
            continue
        if len(rows) > 1:
            yield above, rows
        above = Span(rows[-1].line.start, rows[-1].line.end) if rows else above
        rows = [] if row is None else [row]
        if row is None:
            above = Span(*match.span()) if match.end() - match.start() <= LONGEST_CAPTION else None
    if len(rows) > 1:
        yield above, rows


def _row(text: str, line: Span) -> _Row | None:
    """The cells of a line without the blanks around them; None where it has only one."""
    begin, stop = line.start, line.end
    while begin < stop and text[begin] in " |\t":
        begin += 1
    while stop > begin and text[stop - 1] in " \r":
        stop -= 1
    if stop > begin and text[stop - 1] == "|":
        stop -= 1
    cuts = [begin, *(edge for match in _SEPARATOR.finditer(text, begin, stop) for edge in match.span()), stop]
    cells = tuple(_trim(text, cuts[i], cuts[i + 1]) for i in range(0, len(cuts), 2))
    return _Row(line, cells) if len(cells) > 1 else None


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _is_number(text: str, cell: Span, units: UnitTable) -> bool:
    if _YEAR.fullmatch(text, cell.start, cell.end):
        return False
    return _quantity(text, cell, None, units) is not None


def _columns(text: str, heads: Sequence[_Row], units: UnitTable) -> list[Header]:
    """The headers of the columns; several header rows are read together, the lowest one giving the place."""
    columns: list[Header] = []
    for index, cell in enumerate(heads[-1].cells):
        stacked = [_header(text, head.cells[index], units) for head in heads]
        words = "".join(dict.fromkeys(header.words for header in stacked))
        unit = next((header.unit for header in reversed(stacked) if header.unit is not None), None)
        columns.append(Header(cell, words, unit))
    return columns


def _header(text: str, cell: Span, units: UnitTable) -> Header:
    written = text[cell.start : cell.end]
    for note in _UNIT_NOTE.finditer(written):
        unit = _unit(note[1] or note[2], units)
        if unit is not None:
            return Header(cell, (written[: note.start()] + written[note.end() :]).strip(), unit)
    return Header(cell, written, None)


def _unit(written: str, units: UnitTable) -> UnitMatch | None:
    written = written.removeprefix("单位:").strip()
    unit = units.read(written, 0, len(written), numeral=False) if written else None
    return unit if unit is not None and unit.end == len(written) else None


def _shared_unit(text: str, caption: Span | None, units: UnitTable) -> UnitMatch | None:
    found = None if caption is None else _SAME_UNIT.search(text, caption.start, caption.end)
    return None if found is None else _unit(found[1], units)


def _cells_of(grid: _Grid, row: _Row) -> Iterator[Cell]:
    text, columns, units = grid.text, grid.columns, grid.units
    first = next((i for i, cell in enumerate(row.cells) if _counts(grid, cell, i)), None)
    if first is None:
        return
    labels = [i for i in range(first) if columns[i].words not in _NUMBERING and row.cells[i].start < row.cells[i].end]
    of_units = [i for i in labels if _UNITS.fullmatch(columns[i].words)]
    written = text[row.cells[of_units[0]].start : row.cells[of_units[0]].end] if of_units else ""
    stated = _unit(written, units)
    if stated is not None:
        labels.remove(of_units[0])
    heads = tuple(_header(text, row.cells[i], units) for i in labels)
    total = bool(heads) and _TOTAL.fullmatch(heads[0].words) is not None
    place = None if total else _place(heads, [columns[i] for i in labels])
    rows = () if total else tuple(head for head in heads if head.words != place)
    stated = stated or next((head.unit for head in heads if head.unit), None) or grid.shared
    for index in range(first, len(row.cells)):
        unit = columns[index].unit or stated or _counter(columns[index].words, units)
        quantity = _quantity(text, row.cells[index], unit, units)
        if quantity is not None:
            negative = text[row.cells[index].start] in _MINUS
            yield Cell(quantity, columns[index], index, rows, place, total, negative, grid.caption, grid.start)


def _counts(grid: _Grid, cell: Span, index: int) -> bool:
    """Whether the cell holds a number that is no row number and not the year that the row is about."""
    words = grid.columns[index].words
    if words in _NUMBERING or (index == 0 and not words):
        return False
    year = index == 0 and _YEAR.fullmatch(grid.text, cell.start, cell.end) is not None
    return not year and _quantity(grid.text, cell, None, grid.units) is not None


def _place(heads: Sequence[Header], columns: Sequence[Header]) -> str | None:
    """The place that the row is about: its header under 地区 or 县（区）, or what is certainly the name of one."""
    for head, column in zip(heads, columns, strict=True):
        if _PLACES.fullmatch(column.words) or (column.words in _UNSAID and _PLACE.fullmatch(head.words)):
            return head.words
    return None


def _counter(words: str, units: UnitTable) -> UnitMatch | None:
    """人 of 死亡人数, 起 of 事故起数: the counter that a header's name ends with."""
    found = _COUNTER.search(words)
    if found is None:
        return None
    return _unit(found[1][-1], units) or _unit(found[1], units)


def _quantity(text: str, cell: Span, unit: UnitMatch | None, units: UnitTable) -> Quantity | None:
    """The quantity that fills the cell, with `unit` where it has none of its own; None where the cell holds words."""
    start, end = cell.start, cell.end
    if start == end:
        return None
    begin = start + 1 if text[start] in _SIGNS and start + 1 < end else start
    own = read_quantities(text, units, begin, end)
    if len(own) == 1 and own[0].outer_start == begin and own[0].outer_end == end:
        return own[0]
    masked = read_mask(text, begin, end)
    if masked == end:
        return _bare(begin, end, None, unit)
    number = read_number(text, begin, end)
    if number is None or number.end != end or number.fraction or number.chinese:
        return None
    return _bare(begin, end, number, unit)


def _bare(start: int, end: int, number: Number | None, unit: UnitMatch | None) -> Quantity:
    """A number without a unit of its own."""
    low, high = (None, None) if number is None else (number.low, number.high)
    written, base, scale, dimension = "", "", Decimal(1), INDEX
    if unit is not None:
        written, base, scale, dimension = unit.unit, unit.base, unit.scale, unit.dimension
    return Quantity(
        start, end, start, end, low, high, False, number is None, written, base, scale, dimension, words=()
    )  # fmt: skip
