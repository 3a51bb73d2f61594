"""Rows of the figure ledger as cells: for the terminal, as JSON values, and as an Excel or CSV file."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from assistant.types import Language
from indexer.errors import ExportError
from indexer.ledger_query import LedgerRow
from indexer.types import Measure
from indexer.whole_file import write_whole
from ui.text import say

Cell = str | int | Decimal | bool | None

NUMBER_WIDTH, TEXT_WIDTH, QUOTE_WIDTH = 12, 18, 60  # characters
LONGEST_CELL = 32_767  # what Excel takes
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
TERMINAL_COLUMNS = ("id", "subject", "written", "period", "role", "report", "correction")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the ledger's file: the key of its heading, and its width in characters."""

    key: str
    width: int


COLUMNS = (
    Column("place", TEXT_WIDTH), Column("subject", 32), Column("value", NUMBER_WIDTH), Column("low", NUMBER_WIDTH),
    Column("high", NUMBER_WIDTH), Column("unit", 10), Column("written", TEXT_WIDTH), Column("corrected", TEXT_WIDTH),
    Column("reason", 24), Column("approximate", 8), Column("masked", 8), Column("measure", 10), Column("role", 10),
    Column("period", TEXT_WIDTH), Column("start", NUMBER_WIDTH), Column("end", NUMBER_WIDTH), Column("scope", 10),
    Column("basis", 10), Column("base_period", TEXT_WIDTH), Column("base_value", 16), Column("base_unit", 10),
    Column("report", 40), Column("report_id", TEXT_WIDTH), Column("ordinal", 8), Column("section", 40),
    Column("quote", QUOTE_WIDTH),
)  # fmt: skip


def headings(language: Language) -> list[str]:
    """The headings of the file."""
    return [say(language, f"ledger_{column.key}") for column in COLUMNS]


def cells_of(row: LedgerRow, language: Language) -> list[Cell]:
    """A row's cells under `COLUMNS`: numbers as numbers in the written unit; what is unknown or masked is None.

    `value` is what holds: the correction where there is one.
    """
    figure, correction = row.figure, row.correction
    low, high = (correction.low, correction.high) if correction else (figure.low, figure.high)
    scale = correction.scale if correction else figure.scale
    value = low if low is not None else high
    period = figure.period or row.report.period
    return [
        row.report.place, figure.subject_text, value, low, high, correction.unit if correction else figure.unit,
        " ".join(figure.written.split()), correction.value if correction else None,
        correction.reason if correction else None, yes(figure.approximate, language), yes(figure.masked, language),
        say(language, f"measure_{figure.measure.value}"), say(language, f"ledger_role_{figure.role.value}"),
        period.label if period else None, period.start.isoformat() if period else None,
        period.end.isoformat() if period else None, figure.scope, say(language, f"basis_{figure.basis.value}"),
        figure.base_period, None if value is None else value * scale, figure.base_unit,
        row.report.title or row.report.file_name, row.report.id, figure.ordinal, " › ".join(row.section), row.quote,
    ]  # fmt: skip


def yes(flag: bool, language: Language) -> str | None:
    """The word for yes; nothing for no."""
    return say(language, "yes") if flag else None


def terminal_row(row: LedgerRow, language: Language) -> list[str]:
    """A row's cells for the terminal; a correction stands before what the report states."""
    figure, correction = row.figure, row.correction
    period = figure.period or row.report.period
    written = " ".join(figure.written.split())
    if figure.measure is Measure.GROWTH:
        written = f"{say(language, 'measure_growth')} {written}"
    if correction:
        written = say(language, "corrected_to", value=correction.value, written=written)
    role = say(language, f"ledger_role_{figure.role.value}")
    period_label = period.label if period else ""
    return [
        f"{row.report.id} #{figure.ordinal}",
        row.report.place or "",
        figure.subject_text,
        written,
        period_label,
        role,
    ]


def row_json(row: LedgerRow) -> dict[str, Any]:
    """A row as JSON values; decimals as strings, so that nothing is rounded."""
    figure, correction = row.figure, row.correction
    period = figure.period or row.report.period
    return {
        "report_id": row.report.id,
        "figure": figure.ordinal,
        "report": row.report.file_name,
        "place": row.report.place,
        "subject": figure.subject_text,
        "value": _text(figure.value),
        "low": _text(figure.low),
        "high": _text(figure.high),
        "unit": figure.unit,
        "written": figure.written,
        "approximate": figure.approximate,
        "masked": figure.masked,
        "measure": figure.measure.value,
        "role": figure.role.value,
        "period": [period.start.isoformat(), period.end.isoformat()] if period else None,
        "scope": figure.scope,
        "basis": figure.basis.value,
        "base_period": figure.base_period,
        "section": list(row.section),
        "quote": row.quote,
        "start": figure.start,
        "end": figure.end,
        "correction": {"value": correction.value, "reason": correction.reason, "at": correction.at.isoformat()}
        if correction
        else None,
    }


def write_ledger(path: Path, rows: Iterable[LedgerRow], language: Language) -> int:
    """Write the rows as .xlsx or .csv, by the name of the file; how many they are. Raises ExportError."""
    writers = {".xlsx": _write_xlsx, ".csv": _write_csv}
    writer = writers.get(path.suffix.lower())
    if writer is None:
        raise ExportError(f"{path.name} 不是 .xlsx 或 .csv，请改文件名。(Name a file that ends in .xlsx or .csv.)")
    count = 0

    def counted() -> Iterator[list[Cell]]:
        nonlocal count
        for row in rows:
            count += 1
            yield cells_of(row, language)

    write_whole(path, lambda part: writer(part, headings(language), counted()))
    return count


def _write_csv(path: Path, heads: Sequence[str], rows: Iterable[list[Cell]]) -> None:
    """UTF-8 with BOM, so that Excel and WPS open it as it is."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(heads)
        for row in rows:
            writer.writerow([_csv_cell(cell) for cell in row])


def _csv_cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return format(cell, "f")
    text = str(cell)
    return f"'{text}" if isinstance(cell, str) and text.startswith(FORMULA_STARTS) else text


def _write_xlsx(path: Path, heads: Sequence[str], rows: Iterable[list[Cell]]) -> None:
    """One sheet: frozen bold heading, filter on every column, numbers as numbers and all else as text."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet("指标台账")
    sheet.freeze_panes = "A2"
    for number, column in enumerate(COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    bold, top = Font(bold=True), Alignment(vertical="top", wrap_text=True)

    def made(value: Cell, *, head: bool = False) -> Any:
        cell = WriteOnlyCell(sheet, value=clean(value) if isinstance(value, str) else value)
        if isinstance(value, str):
            cell.data_type = "s"  # a text that begins with = is no formula
        if head:
            cell.font, cell.alignment = bold, top
        return cell

    last = 1
    sheet.append([made(head, head=True) for head in heads])
    for row in rows:
        last += 1
        sheet.append([made(value) for value in row])
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{last}"
    book.save(path)


def clean(text: str) -> str:
    """The text without what a workbook cannot hold: control characters, and more than Excel takes."""
    kept = "".join(character for character in text if character in "\n\t" or ord(character) >= 32)
    return kept[:LONGEST_CELL]


def _text(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")
