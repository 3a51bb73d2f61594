"""填表: fills the empty cells of a workbook's tables with figures of the archive, each with its source beside it.

The workbook's other cells, formulas, formats and sheets stay as they were. What is masked, disputed or not sure is left
empty and listed with the reason.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from assistant.chain import ChainSteps
from assistant.fill_cell import Filled, NotFilled, Source, answer_cell
from assistant.fill_grid import MOST_COLUMNS, MOST_ROWS, Asked, Grid, find_asked
from assistant.fill_labels import LabelReader
from assistant.fill_words import FillWords
from assistant.held_names import HeldNames
from assistant.xlsx_comments import add_comments
from assistant.xlsx_package import Package
from assistant.xlsx_patch import NewSheet, add_sheet, column_letters, compute_anew, set_numbers, sheet_parts
from indexer.errors import TableError
from indexer.fold import fold
from indexer.whole_file import write_whole

OLD_FORMAT = b"\xd0\xcf\x11\xe0"  # .xls, and .xlsx with a password
LARGEST = 50 * 1024 * 1024  # bytes
SOURCE_WIDTHS = (12, 8, 28, 12, 14, 8, 14, 10, 20, 22, 40, 30, 40, 70)
LEFT_WIDTHS = (12, 8, 28, 12, 14, 8, 10, 50, 70)


@dataclass(frozen=True, slots=True)
class SheetAsked:
    """A cell of a sheet and what it asks for."""

    sheet: str
    reference: str
    asked: Asked


@dataclass(frozen=True, slots=True)
class FilledTable:
    """A workbook's cells with what was found for them, in reading order."""

    path: Path
    cells: tuple[tuple[SheetAsked, Filled | NotFilled], ...]

    @property
    def filled(self) -> list[tuple[SheetAsked, Filled]]:
        """The cells that get a number."""
        return [(cell, found) for cell, found in self.cells if isinstance(found, Filled)]

    @property
    def left(self) -> list[tuple[SheetAsked, NotFilled]]:
        """The cells that stay empty."""
        return [(cell, found) for cell, found in self.cells if isinstance(found, NotFilled)]


def fill_table(
    path: Path,
    steps: ChainSteps,
    *,
    today: date,
    place: str | None = None,
    sheet: str | None = None,
    step: Callable[[int, int], None] = lambda done, total: None,
) -> FilledTable:
    """What belongs into the empty cells of a workbook; nothing is written.

    `place` is asked of where the table names none; `step` is told how far it has come. Raises TableError where the file
    is no workbook, is protected, or holds no table that is recognised.
    """
    held = HeldNames.of(steps.archive.reports(), steps.archive.lexicon)
    reader = LabelReader(steps.archive.lexicon, held, today)
    wanted = _placed(place, reader)
    asked = list(_asked(path, reader, sheet, wanted))
    if not asked:
        raise TableError(
            f"{path.name} 里没有认出要填的表：请在一行或一列里写年份或地区（如 2023年），另一边写指标，"
            "并把要填的格子留空。(No table with empty cells was recognised.)"
        )
    cells = []
    for number, cell in enumerate(asked, 1):
        cells.append((cell, answer_cell(steps, cell.asked, today=today)))
        step(number, len(asked))
    return FilledTable(path, tuple(cells))


def write_filled(table: FilledTable, out: Path, words: FillWords) -> None:
    """Write the workbook with its cells filled, commented and listed, to `out`. Raises ExportError, TableError."""
    package = Package(table.path)
    parts = sheet_parts(package)
    for name, part in parts.items():
        numbers = {cell.reference: found.value for cell, found in table.filled if cell.sheet == name}
        comments = {cell.reference: words.comment(found) for cell, found in table.filled if cell.sheet == name}
        if numbers:
            set_numbers(package, part, numbers)
            add_comments(package, part, comments)
    sources = [words.source_heads, *(words.source_row(cell.sheet, cell.reference, one) for cell, one in table.filled)]
    add_sheet(package, NewSheet(words.source_title, sources, SOURCE_WIDTHS))
    if table.left:
        left = [words.left_heads, *(words.left_row(cell.sheet, cell.reference, one) for cell, one in table.left)]
        add_sheet(package, NewSheet(words.left_title, left, LEFT_WIDTHS))
    compute_anew(package)
    write_whole(out, package.save)


def sheets_of(path: Path) -> list[tuple[str, Grid]]:
    """The sheets of a workbook with their values, to be shown. Raises TableError."""
    return [(sheet.title, _grid(sheet)) for sheet in _opened(path).worksheets]


def filled_json(table: FilledTable, words: FillWords) -> dict[str, Any]:
    """What was filled and what not as JSON values; numbers as decimal strings in the table's unit."""
    return {
        "filled": [
            _cell_json(cell)
            | {
                "value": format(found.value, "f"),
                "unit": found.unit,
                "written": found.source.words,
                "converted": found.converted,
                "corrected": found.correction.value if found.correction else None,
                "source": _source_json(found.source),
            }
            for cell, found in table.filled
        ],
        "left": [
            _cell_json(cell)
            | {
                "why": found.why.value,
                "says": words.why(found),
                "sources": [_source_json(one) for one in found.sources],
            }
            for cell, found in table.left
        ],
    }


def _cell_json(cell: SheetAsked) -> dict[str, Any]:
    asked = cell.asked
    return {
        "sheet": cell.sheet,
        "cell": cell.reference,
        "indicator": asked.indicator,
        "place": asked.place,
        "period": asked.period.label if asked.period else None,
        "role": asked.role.value,
    }


def _source_json(source: Source) -> dict[str, Any]:
    return {
        "report": source.report.file_name,
        "report_id": source.report.id,
        "section": list(source.section),
        "quote": source.quote,
        "start": source.start,
        "end": source.end,
        "written": source.words,
    }


def _placed(place: str | None, reader: LabelReader) -> str | None:
    if place is None:
        return None
    found = reader.read(fold(place)).place
    if found is None:
        raise TableError(f"不认识地区“{place}”，请写成 youju reports 所列的名称。(The place is not known.)")
    return found


def _asked(path: Path, reader: LabelReader, only: str | None, place: str | None) -> Iterator[SheetAsked]:
    """The cells of the workbook's tables that may be written."""
    book = _opened(path)
    names = [one.title for one in book.worksheets]
    if only is not None and only not in names:
        raise TableError(f"{path.name} 里没有工作表“{only}”，有：{'、'.join(names)}。(There is no such sheet.)")
    locked: list[str] = []
    found = False
    for sheet in book.worksheets:
        if only is not None and sheet.title != only:
            continue
        for asked in find_asked(_grid(sheet), reader, sheet.title):
            if sheet.protection.sheet and sheet.cell(asked.row, asked.column).protection.locked:
                locked.append(sheet.title)
                continue
            found = True
            one = asked if asked.place is not None else replace(asked, place=place)
            yield SheetAsked(sheet.title, f"{column_letters(asked.column)}{asked.row}", one)
    if locked and not found:
        names = sorted(set(locked))
        raise TableError(f"{path.name} 的工作表“{'、'.join(names)}”受保护，请先撤销保护再填。(The sheet is protected.)")


def _grid(sheet: Any) -> Grid:
    """A sheet's values, those of merged cells repeated over their range."""
    values: dict[tuple[int, int], object] = {}
    rows, columns = min(sheet.max_row, MOST_ROWS), min(sheet.max_column, MOST_COLUMNS)
    for row in sheet.iter_rows(1, rows, 1, columns):
        for cell in row:
            if cell.value is not None:
                values[cell.row, cell.column] = cell.value
    hidden = set()
    for merged in sheet.merged_cells.ranges:
        first = values.get((merged.min_row, merged.min_col))
        for row in range(merged.min_row, min(merged.max_row, rows) + 1):
            for column in range(merged.min_col, min(merged.max_col, columns) + 1):
                if (row, column) != (merged.min_row, merged.min_col):
                    hidden.add((row, column))
                    if first is not None:
                        values[row, column] = first
    return Grid(values, rows, columns, frozenset(hidden))


def _opened(path: Path) -> Any:
    """The workbook as openpyxl reads it. Raises TableError with the remedy."""
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    if not path.is_file():
        raise TableError(f"找不到文件 {path}。(The file does not exist.)")
    try:
        with path.open("rb") as file:
            head = file.read(4)
        size = path.stat().st_size
    except OSError as error:
        raise TableError(f"{path} 读不了（{error.strerror}）。(The file cannot be read.)") from error
    if head == OLD_FORMAT:
        raise TableError(
            f"{path.name} 是旧的 .xls 或设了密码；请去掉密码，另存为 .xlsx。(An old or encrypted workbook.)"
        )
    if size > LARGEST:
        raise TableError(f"{path.name} 超过50MB，请只留要填的表。(The workbook is too large.)")
    Package(path)  # broken or unusual files are told here, in our words
    try:
        return openpyxl.load_workbook(path)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError) as error:
        raise TableError(
            f"{path.name} 读不了（{error}），请用表格软件另存为 .xlsx。(The workbook is broken.)"
        ) from error
