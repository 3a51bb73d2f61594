"""Sheets as Excel workbooks and CSV files: numbers as numbers, a frozen heading with a filter, the same bytes each time."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from assistant.drafting.model import Sheet, SheetValue
from assistant.word.package import core_xml, made_again

LONGEST_CELL: Final = 32_767  # what Excel takes
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
WRAPPED_FROM: Final = 24  # characters of a column's width, from which on its text is wrapped
BOM: Final = "\ufeff"


def workbook_bytes(sheets: Sequence[Sheet], title: str, at: datetime | None) -> bytes:
    """The sheets as a workbook whose properties name `at` as its time."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        page = book.create_sheet(sheet.name[:31])
        page.freeze_panes = "A2"
        for at_row, values in enumerate((sheet.header, *sheet.rows), start=1):
            for at_column, value in enumerate(values, start=1):
                cell = page.cell(at_row, at_column)
                _put(cell, value)
                wide = at_column <= len(sheet.widths) and sheet.widths[at_column - 1] >= WRAPPED_FROM
                cell.alignment = Alignment(vertical="top", wrap_text=wide or at_row == 1)
                if at_row == 1:
                    cell.font = Font(bold=True)
        for at_column, width in enumerate(sheet.widths, start=1):
            page.column_dimensions[get_column_letter(at_column)].width = width
        page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.header))}{len(sheet.rows) + 1}"
    return _saved(book, title, at)


def cells_bytes(name: str, rows: Sequence[Sequence[SheetValue]]) -> bytes:
    """Bare rows as a workbook with one sheet."""
    from openpyxl import Workbook

    book = Workbook()
    page = book.active
    page.title = name
    for at_row, values in enumerate(rows, start=1):
        for at_column, value in enumerate(values, start=1):
            _put(page.cell(at_row, at_column), value)
    return _saved(book, name, None)


def csv_bytes(sheet: Sheet) -> bytes:
    """A sheet as CSV in UTF-8 with a byte order mark, so that Excel and WPS open it as it is."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(sheet.header)
    for row in sheet.rows:
        writer.writerow([_csv_value(value) for value in row])
    return (BOM + buffer.getvalue()).encode()


def _put(cell: Any, value: SheetValue) -> None:
    """The value in a cell; a text is never a formula."""
    if isinstance(value, str):
        cell.value = "".join(one for one in value if one in "\n\t" or ord(one) >= 32)[:LONGEST_CELL]
        cell.data_type = "s"
    else:
        cell.value = value


def _csv_value(value: SheetValue) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value, "f")
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(FORMULA_STARTS) else text


def _saved(book: Any, title: str, at: datetime | None) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return made_again(buffer.getvalue(), core_xml(title, at))
