"""Small made reports for the tests of the figure ledger."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.chunk import chunk
from indexer.figures import extract_figures
from indexer.parse import parse
from indexer.types import Figure, Genre, Level, Passage, Period, Report, Section, Visibility


def made_report(
    text: str, *, year: int = 2024, genre: Genre = Genre.WORK_REPORT, period: Period | None = None
) -> Report:
    """A report of a fictitious place with `text`; a work report reviews the year before, unless told otherwise."""
    reviewed = period or Period.of_year(year - 1 if genre is Genre.WORK_REPORT else year)
    return Report(
        "made", "made.txt", "made", genre, None, None, Level.CITY, year, reviewed, Visibility.PUBLIC, "0" * 64, text
    )


def read(report: Report) -> tuple[Sequence[Section], Sequence[Passage], tuple[Figure, ...]]:
    """The sections, passages and figures of a report."""
    sections = parse(report)
    passages = chunk(report, sections)
    return sections, passages, extract_figures(report, sections, passages)


def figures_of(text: str, **about: object) -> tuple[Figure, ...]:
    """The figures of a made report with `text`."""
    return read(made_report(text, **about))[2]  # type: ignore[arg-type]


def stated(figures: Sequence[Figure]) -> list[str]:
    """Each figure as it is written."""
    return [figure.written for figure in figures]
