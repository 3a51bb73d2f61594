"""A review of plans as a file: Excel, CSV or Markdown."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant.plan_summary import office_name
from assistant.plan_words import label_of
from assistant.plans import Outcome, PlanReview
from assistant.types import Citation, Language
from indexer.archive import Archive
from indexer.errors import ExportError
from indexer.whole_file import write_whole
from ui.ledger_table import FORMULA_STARTS, clean
from ui.plans import done_of, item_of, markdown, planned_of, title_of
from ui.text import say

COLUMNS = {
    "office": 24, "year": 10, "item": 36, "planned": 18, "done": 24, "verdict": 12, "degree": 14, "gap": 12, "unit": 10,
    "planned_value": 12, "done_value": 12, "planned_report": 30, "planned_quote": 60, "done_report": 30, "done_quote": 60,
}  # fmt: skip  # keys of headings with their width in characters
Cell = str | int | Decimal | None


def write_plans(path: Path, reviews: Sequence[PlanReview], archive: Archive, language: Language) -> int:
    """Write .docx, .xlsx, .csv or .md, by the name of the file; how many commitments. Raises ExportError."""
    writers: dict[str, Callable[[Path], None]] = {
        ".xlsx": lambda part: _write_xlsx(part, reviews, archive, language),
        ".csv": lambda part: _write_csv(part, reviews, archive, language),
        ".md": lambda part: _write_markdown(part, reviews, archive, language),
        ".docx": lambda part: _write_word(part, reviews, archive, language),
    }
    writer = writers.get(path.suffix.lower())
    if writer is None:
        raise ExportError(
            f"{path.name} 不是 .docx、.xlsx、.csv 或 .md，请改文件名。(Name a file that ends in .docx, .xlsx, .csv or .md.)"
        )
    write_whole(path, writer)
    return sum(len(review.outcomes) for review in reviews)


def plans_file(reviews: Sequence[PlanReview], kind: str, archive: Archive, language: Language) -> tuple[str, bytes]:
    """Name and content of the file of that kind (docx, xlsx, csv, md). Raises ExportError."""
    name = f"{title_of(reviews[0], language)}.{kind}"
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"plans.{kind}"
        write_plans(path, reviews, archive, language)
        return name, path.read_bytes()


def _write_word(path: Path, reviews: Sequence[PlanReview], archive: Archive, language: Language) -> None:
    from assistant.draft import write_plans_draft

    write_plans_draft(reviews, path, archive, language)


def rows_of(reviews: Sequence[PlanReview], archive: Archive, language: Language) -> Iterator[list[Cell]]:
    """Each commitment's cells under COLUMNS: numbers as numbers, values in the plan's unit; what is unknown has none."""
    for review in reviews:
        for outcome in review.outcomes:
            yield _cells(review, outcome, archive, language)


def _cells(review: PlanReview, outcome: Outcome, archive: Archive, language: Language) -> list[Cell]:
    fulfilled, planned, result = outcome.fulfilled, outcome.commitment.planned, outcome.result
    scale = planned.figure.scale if planned else Decimal(1)
    done = result.figure.value if result else None
    in_plan_unit = None if done is None or result is None else done * result.figure.scale / scale
    return [
        office_name(review.pair.planning),
        review.pair.year,
        item_of(outcome),
        planned_of(outcome, archive, language) or None,
        done_of(outcome, archive) or None,
        label_of(outcome.verdict, language),
        fulfilled.degree if fulfilled else None,
        fulfilled.gap if fulfilled else None,
        planned.figure.unit if planned else None,
        planned.figure.value if planned else None,
        in_plan_unit,
        _title(outcome.planned),
        " ".join(outcome.planned.quote.split()),
        _title(outcome.done) if outcome.done else None,
        " ".join(outcome.done.quote.split()) if outcome.done else None,
    ]


def _title(citation: Citation) -> str:
    return citation.report.title or citation.report.file_name


def _headings(language: Language) -> list[str]:
    return [say(language, f"plans_{key}") for key in COLUMNS]


def _write_csv(path: Path, reviews: Sequence[PlanReview], archive: Archive, language: Language) -> None:
    """UTF-8 with BOM, so that Excel and WPS open it as it is."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_headings(language))
        writer.writerows([_csv_cell(cell) for cell in row] for row in rows_of(reviews, archive, language))


def _csv_cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return format(cell, "f")
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else str(cell)


def _write_markdown(path: Path, reviews: Sequence[PlanReview], archive: Archive, language: Language) -> None:
    path.write_text(markdown(reviews, archive, language), encoding="utf-8")


def _write_xlsx(path: Path, reviews: Sequence[PlanReview], archive: Archive, language: Language) -> None:
    """One sheet: frozen heading, filter, numbers as numbers, texts wrapped and never formulas."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet: Any = book.active
    sheet.append(_headings(language))
    for row in rows_of(reviews, archive, language):
        sheet.append([clean(cell) if isinstance(cell, str) else cell for cell in row])
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
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{sheet.max_row}"
    book.save(path)
