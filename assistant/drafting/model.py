"""What a draft is made of: paragraphs, tables and charts whose numbers carry their sources, and sheets of the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from assistant.types import Citation, Language

SheetValue = str | Decimal | int | None


class Style(StrEnum):
    """What a paragraph is; each format lays it out in its own way."""

    HEADING_1 = "heading_1"  # 一、
    HEADING_2 = "heading_2"  # （一）
    HEADING_3 = "heading_3"  # 1.
    BODY = "body"
    NOTE = "note"  # below a table, in small type
    STATE = "state"  # from which archive the draft was made


@dataclass(frozen=True, slots=True)
class Source:
    """Where a number comes from: a citation, and the slice of its report, inside the citation's, that is quoted."""

    citation: Citation
    quote: str


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text.

    With `sources` a footnote stands behind it that quotes them; with a `calculation` the text is computed from the
    sources (from the archive's own list of reports where there are none), and the footnote says how. Without sources the text holds no number but years, days and ordinals.
    """

    text: str
    sources: tuple[Source, ...] = ()
    calculation: str = ""
    unit: str = ""  # what the number in `text` is of, where it stands in the column's heading


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Runs of one style."""

    style: Style
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """The text without its notes."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one cell of a table."""

    runs: tuple[Run, ...] = ()

    @property
    def text(self) -> str:
        """The text without its notes."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Column:
    """The heading of a column, how its cells are set, and how wide it is beside the others."""

    heading: str
    right: bool = False  # numbers
    width: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its name (表1) and caption; the heading is repeated on every page."""

    name: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a chart, None for a gap; a hollow point was planned, not reached."""

    value: Decimal | None
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a chart: a point for each of its categories."""

    name: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A line chart; a category whose value is masked in the source ends in *."""

    caption: str
    unit: str
    categories: tuple[str, ...]
    lines: tuple[Line, ...]


Block = Paragraph | Table | Chart


@dataclass(frozen=True, slots=True)
class Sheet:
    """The draft's rows as a worksheet or a CSV file: numbers stay numbers, units and quotes have columns of their own."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[SheetValue, ...], ...]
    widths: tuple[int, ...] = ()  # of the columns, in characters


@dataclass(frozen=True, slots=True)
class ArchiveState:
    """From which state of the archive a draft was made."""

    log_number: int  # of the last change
    changed: datetime | None  # when that was; None in an archive that was never changed
    reports: int
    newest: int | None  # the newest year that a report is of


@dataclass(frozen=True, slots=True)
class Draft:
    """A document before it takes the form of a file."""

    title: str
    language: Language
    blocks: tuple[Block, ...]
    sheets: tuple[Sheet, ...]
    state: ArchiveState
    left_out: int = 0  # numbers that were not written, because no verified citation holds them
