"""Writes numbers, comments and whole new sheets into a workbook, and leaves every other byte of it as it was.

Libraries that load and save a whole workbook lose charts, pictures, form controls and the values of formulas.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from lxml import etree

from assistant.xlsx_package import BOOK, REL, Element, Package

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
AFTER_CALC = ("oleSize", "customWorkbookViews", "pivotCaches", "smartTagPr", "smartTagTypes", "webPublishing",
              "fileRecoveryPr", "webPublishObjects", "extLst")  # fmt: skip
REFERENCE = re.compile(r"([A-Z]+)(\d+)")


@dataclass(frozen=True, slots=True)
class NewSheet:
    """A sheet to add: rows of texts, numbers and nothing, the first of them its heading; widths in characters."""

    name: str
    rows: Sequence[Sequence[str | int | Decimal | None]]
    widths: Sequence[int]


def sheet_parts(package: Package) -> dict[str, str]:
    """The part of each worksheet by the sheet's name, in the workbook's order."""
    targets = package.related(BOOK, "worksheet")
    sheets = package.part(BOOK).iter(f"{{{MAIN}}}sheet")
    ids = {sheet.get("name"): sheet.get(f"{{{REL}}}id") for sheet in sheets}
    return {name: targets[relation] for name, relation in ids.items() if relation in targets}


def set_numbers(package: Package, part: str, numbers: Mapping[str, Decimal]) -> None:
    """Put numbers into empty cells of a sheet, by reference (B7); each keeps the cell's format."""
    root = package.part(part)
    rows = {int(row.get("r")): row for row in root.iter(f"{{{MAIN}}}row") if row.get("r")}
    data = root.find(f"{{{MAIN}}}sheetData")
    for reference, value in numbers.items():
        column, number = split_reference(reference)
        if number not in rows:
            rows[number] = _new_row(data, number)
        cell = _cell(root, rows[number], reference, column)
        for child in list(cell):
            cell.remove(child)
        cell.attrib.pop("t", None)
        etree.SubElement(cell, f"{{{MAIN}}}v").text = format(value, "f")


def add_sheet(package: Package, sheet: NewSheet) -> str:
    """Add a sheet at the end; its name, numbered where the workbook has one of that name."""
    part = package.free("xl/worksheets/sheet{}.xml")
    package.put(part, _sheet_xml(sheet))
    package.declare(part, SHEET_TYPE)
    relation = package.relate(BOOK, "worksheet", part)
    sheets = package.part(BOOK).find(f"{{{MAIN}}}sheets")
    names = {one.get("name") for one in sheets}
    name = next(n for n in (sheet.name, *(f"{sheet.name}({i})" for i in range(2, 1000))) if n not in names)
    element = etree.SubElement(sheets, f"{{{MAIN}}}sheet")
    element.set("name", name)
    element.set("sheetId", str(max((int(one.get("sheetId", "0")) for one in sheets), default=0) + 1))
    element.set(f"{{{REL}}}id", relation)
    return name


def compute_anew(package: Package) -> None:
    """Let the formulas be computed when the workbook is opened: their kept values knew nothing of the new numbers."""
    if not package.formulas():
        return
    book = package.part(BOOK)
    found = book.find(f"{{{MAIN}}}calcPr")
    if found is None:
        found = etree.Element(f"{{{MAIN}}}calcPr")
        after = next((one for one in book if etree.QName(one).localname in AFTER_CALC), None)
        if after is None:
            book.append(found)
        else:
            after.addprevious(found)
    found.set("fullCalcOnLoad", "1")


def split_reference(reference: str) -> tuple[int, int]:
    """Column and row, from 1, of B7."""
    match = REFERENCE.fullmatch(reference)
    if match is None:
        raise ValueError(f"{reference!r} is no reference of a cell")
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return column, int(match[2])


def column_letters(column: int) -> str:
    """The letters of a column, from 1: AA for 27."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _new_row(data: Element, number: int) -> Element:
    row = etree.Element(f"{{{MAIN}}}row")
    row.set("r", str(number))
    after = next((one for one in data if int(one.get("r", "0")) > number), None)
    if after is None:
        data.append(row)
    else:
        after.addprevious(row)
    return row


def _cell(root: Element, row: Element, reference: str, column: int) -> Element:
    """The cell of a row; a new one has the format of its row or column."""
    after = None
    for cell in row:
        there = cell.get("r")
        if there == reference:
            return cell
        if there and split_reference(there)[0] > column:
            after = cell
            break
    made = etree.Element(f"{{{MAIN}}}c")
    made.set("r", reference)
    style = row.get("s") if row.get("customFormat") in {"1", "true"} else _column_style(root, column)
    if style:
        made.set("s", style)
    if after is None:
        row.append(made)
    else:
        after.addprevious(made)
    return made


def _column_style(root: Element, column: int) -> str | None:
    for one in root.iter(f"{{{MAIN}}}col"):
        if int(one.get("min")) <= column <= int(one.get("max")):
            return str(one.get("style")) if one.get("style") else None
    return None


def _sheet_xml(sheet: NewSheet) -> Element:
    """A sheet with frozen heading and a filter on every column."""
    root = etree.Element(f"{{{MAIN}}}worksheet", nsmap={None: MAIN})
    view = etree.SubElement(etree.SubElement(root, f"{{{MAIN}}}sheetViews"), f"{{{MAIN}}}sheetView", workbookViewId="0")
    etree.SubElement(view, f"{{{MAIN}}}pane", ySplit="1", topLeftCell="A2", activePane="bottomLeft", state="frozen")
    columns = etree.SubElement(root, f"{{{MAIN}}}cols")
    for number, width in enumerate(sheet.widths, 1):
        place = str(number)
        etree.SubElement(columns, f"{{{MAIN}}}col", min=place, max=place, width=str(width), customWidth="1")
    data = etree.SubElement(root, f"{{{MAIN}}}sheetData")
    for number, values in enumerate(sheet.rows, 1):
        row = etree.SubElement(data, f"{{{MAIN}}}row", r=str(number))
        for column, value in enumerate(values, 1):
            _add_value(row, f"{column_letters(column)}{number}", value)
    last = f"{column_letters(len(sheet.widths))}{max(1, len(sheet.rows))}"
    etree.SubElement(root, f"{{{MAIN}}}autoFilter", ref=f"A1:{last}")
    return root


def _add_value(row: Element, reference: str, value: str | int | Decimal | None) -> None:
    if value is None or value == "":
        return
    cell = etree.SubElement(row, f"{{{MAIN}}}c", r=reference)
    if isinstance(value, str):
        cell.set("t", "inlineStr")
        text = etree.SubElement(etree.SubElement(cell, f"{{{MAIN}}}is"), f"{{{MAIN}}}t")
        text.text = printable(value)
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    else:
        etree.SubElement(cell, f"{{{MAIN}}}v").text = format(value, "f") if isinstance(value, Decimal) else str(value)


def printable(text: str) -> str:
    """The text without characters that XML cannot hold, as long as a cell may be."""
    kept = (
        c for c in text if c in "\n\t" or (ord(c) >= 32 and not 0xD800 <= ord(c) <= 0xDFFF and c not in "\ufffe\uffff")
    )
    return "".join(kept)[:32_767]


def all_of(numbers: Iterable[str]) -> list[str]:
    """References in reading order: by row, then by column."""
    return sorted(numbers, key=lambda one: split_reference(one)[::-1])
