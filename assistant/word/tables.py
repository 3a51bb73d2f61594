"""Tables with three lines: a heavy one above and below, a light one under the heading, which every page repeats."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from assistant.drafting.model import Cell, Column, Run, Table
from assistant.word.marks import paragraph, run
from assistant.word.page import TEXT_WIDTH

HEAVY: Final = '<w:{side} w:val="single" w:sz="12" w:space="0" w:color="000000"/>'
LIGHT: Final = '<w:{side} w:val="single" w:sz="6" w:space="0" w:color="000000"/>'
SHORT_LABEL: Final = 12  # characters; a longer one in the first column begins at its left edge
FIRST: Final = 1.15  # the width of the first column beside the others


def table_xml(table: Table, runs_xml: Callable[[tuple[Run, ...]], str]) -> str:
    """The caption and the table; `runs_xml` writes runs with their notes."""
    widths = _widths(table.columns)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    borders = f"{HEAVY.format(side='top')}{HEAVY.format(side='bottom')}"
    properties = (
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{borders}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/>'
    )
    head = "".join(_head(column, width) for column, width in zip(table.columns, widths, strict=True))
    rows = [f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>"]
    for cells in table.rows:
        written = "".join(
            _cell(cell, column, width, runs_xml, label=at == 0 and table.columns[-1].right and table.columns[1].right)
            for at, (cell, column, width) in enumerate(zip(cells, table.columns, widths, strict=True))
        )
        rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{written}</w:tr>")
    caption = paragraph("Caption", run(table.caption))
    return f"{caption}<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def _widths(columns: tuple[Column, ...]) -> list[int]:
    shares = [column.width * (FIRST if at == 0 else 1.0) for at, column in enumerate(columns)]
    widths = [int(TEXT_WIDTH * share / sum(shares)) for share in shares]
    widths[-1] += TEXT_WIDTH - sum(widths)
    return widths


def _head(column: Column, width: int) -> str:
    line = f"<w:tcBorders>{LIGHT.format(side='bottom')}</w:tcBorders>"
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>{line}<w:vAlign w:val="center"/>'
    side = '<w:jc w:val="right"/>' if column.right else ""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph('TableHead', run(column.heading), side)}</w:tc>"


def _cell(cell: Cell, column: Column, width: int, runs_xml: Callable[[tuple[Run, ...]], str], *, label: bool) -> str:
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/>'
    style = "TableNumber" if column.right else "TableText"
    side = '<w:jc w:val="center"/>' if label and len(cell.text) <= SHORT_LABEL else ""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(style, runs_xml(cell.runs), side)}</w:tc>"
