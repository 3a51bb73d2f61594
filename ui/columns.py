"""Columns of text that stand straight on a terminal, where a Chinese character is two cells wide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size

GAP = 2  # cells between two columns


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, whether its cells end in line, and the cells it may take at most."""

    heading: str
    right: bool = False
    most: int | None = None


def aligned(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> list[str]:
    """The heading and the rows as lines, each column as wide as its widest cell; no line ends in blanks."""
    table = [[column.heading for column in columns], *rows]
    widths = [max(map(cell_len, cells)) for cells in zip(*table, strict=True)]
    widths = [min(width, column.most or width) for width, column in zip(widths, columns, strict=True)]
    return [_line(row, columns, widths) for row in table]


def clip(text: str, most: int) -> str:
    """The text, or as much of it as fits into `most` cells with … at its end."""
    return text if cell_len(text) <= most else set_cell_size(text, most - 1).rstrip() + "…"


def _line(row: Sequence[str], columns: Sequence[Column], widths: Sequence[int]) -> str:
    cells = []
    for text, column, width in zip(row, columns, widths, strict=True):
        shown = clip(text, width)
        blank = " " * (width - cell_len(shown))
        cells.append(blank + shown if column.right else shown + blank)
    return (" " * GAP).join(cells).rstrip()
