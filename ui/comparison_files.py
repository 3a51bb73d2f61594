"""A comparison as a file: Excel, CSV, Markdown, or its chart as SVG."""

from __future__ import annotations

import csv
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from assistant.compare_notes import period_name
from assistant.comparison import Comparison, Held
from indexer.errors import ExportError
from indexer.whole_file import write_whole
from ui.chart import chart_svg
from ui.comparison import change_of, comparison_markdown, ends_lines, remark, state_line
from ui.ledger_table import FORMULA_STARTS, clean
from ui.text import say

COLUMNS = {
    "place": 14, "period": 12, "role": 8, "value": 14, "low": 12, "high": 12, "unit": 8, "written": 16,
    "difference": 14, "percentage": 10, "remark": 24, "name": 18, "report": 30, "section": 30, "quote": 60,
}  # fmt: skip  # keys of headings with their width in characters
Cell = str | Decimal | None


def write_comparison(path: Path, made: Comparison) -> int:
    """Write .xlsx, .csv, .md or .svg, by the name of the file; how many rows. Raises ExportError."""
    writers: dict[str, Callable[[Path, Comparison], None]] = {
        ".xlsx": _write_xlsx, ".csv": _write_csv, ".md": _write_markdown, ".svg": _write_svg,
    }  # fmt: skip
    writer = writers.get(path.suffix.lower())
    if writer is None:
        raise ExportError(
            f"{path.name} 不是 .xlsx、.csv、.md 或 .svg，请改文件名。(Name a file that ends in .xlsx, .csv, .md or .svg.)"
        )
    write_whole(path, lambda part: writer(part, made))
    return len(made.rows)


def cells_of(made: Comparison, number: int) -> list[Cell]:
    """A row's cells under COLUMNS: numbers as numbers in the common unit; what is masked or missing has none."""
    row, change = made.rows[number], change_of(made, number)
    cited = next((one for one in made.citations if one.number == row.citation), None)
    stated = row.held is Held.STATED
    return [
        row.place,
        period_name(row, made.language),
        say(made.language, f"compare_{row.role.value}"),
        row.value if stated else None,
        row.low if stated else None,
        row.high if stated else None,
        row.unit or made.unit,
        row.written
        if stated
        else say(made.language, f"compare_{'missing_word' if row.held is Held.MISSING else 'masked'}"),
        change.difference if change else None,
        change.percentage if change else None,
        remark(made, row, change) or None,
        row.name or None,
        (row.report.title or row.report.file_name) if row.report else None,
        " › ".join(cited.section) if cited else None,
        " ".join(cited.quote.split()) if cited else None,
    ]


def _headings(made: Comparison) -> list[str]:
    return [say(made.language, f"compare_{key}") for key in COLUMNS]


def _remarks(made: Comparison) -> list[str]:
    return [*ends_lines(made), *(note.text for note in made.notes), state_line(made)]


def _write_csv(path: Path, made: Comparison) -> None:
    """UTF-8 with BOM, so that Excel and WPS open it as it is."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_headings(made))
        for number in range(len(made.rows)):
            writer.writerow([_csv_cell(cell) for cell in cells_of(made, number)])


def _csv_cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return format(cell, "f")
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


def _write_markdown(path: Path, made: Comparison) -> None:
    path.write_text(comparison_markdown(made), encoding="utf-8")


def _write_svg(path: Path, made: Comparison) -> None:
    path.write_text(chart_svg(made), encoding="utf-8")


def _write_xlsx(path: Path, made: Comparison) -> None:
    """The rows on one sheet (frozen heading, filter, numbers as numbers), the notes on another."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet: Any = book.active
    sheet.title = say(made.language, "compare_value")
    sheet.append(_headings(made))
    for number in range(len(made.rows)):
        sheet.append([clean(cell) if isinstance(cell, str) else cell for cell in cells_of(made, number)])
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            if isinstance(cell.value, str):
                cell.data_type = "s"  # a text that begins with = is no formula
                cell.alignment = Alignment(vertical="top", wrap_text=True)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for number, width in enumerate(COLUMNS.values(), 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{len(made.rows) + 1}"
    notes = book.create_sheet(say(made.language, "compare_notes"))
    notes.column_dimensions["A"].width = 100
    for line in _remarks(made):
        notes.append([clean(line)])
        notes.cell(notes.max_row, 1).data_type = "s"
    book.save(path)
