"""Which reports are visible at one number of the log, and which passages and figures are theirs."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from indexer.types import ReportInfo


@dataclass(frozen=True, slots=True)
class HeldReport:
    """A report as the records number it; passages and figures are numbered on from the first without a gap."""

    info: ReportInfo
    row: int
    first_passage: int
    passages: int
    first_figure: int
    figures: int
    made_from: str
    removed: bool


class Snapshot:
    """The visible reports as they were at one number of the log, and the model by which they are found ("": none)."""

    def __init__(self, log: int, held: Iterable[HeldReport], model: str = "", dimension: int = 0) -> None:
        self.log = log
        self.model = model
        self.dimension = dimension
        self.held = tuple(sorted(held, key=lambda one: one.row))
        self.by_id = {one.info.id: one for one in self.held}
        self.by_row = {one.row: one for one in self.held}
        self._passages = sorted((one.first_passage, one.passages, one) for one in self.held if one.passages)
        self._figures = sorted((one.first_figure, one.figures, one) for one in self.held if one.figures)
        self._passage_starts = [first for first, _, _ in self._passages]
        self._figure_starts = [first for first, _, _ in self._figures]

    def of_passage(self, number: int) -> HeldReport | None:
        """The visible report that a passage belongs to; None where there is none."""
        return _owner(number, self._passage_starts, self._passages)

    def of_figure(self, number: int) -> HeldReport | None:
        """The visible report that a figure belongs to; None where there is none."""
        return _owner(number, self._figure_starts, self._figures)


def _owner(number: int, starts: list[int], ranges: list[tuple[int, int, HeldReport]]) -> HeldReport | None:
    place = bisect_right(starts, number) - 1
    if place < 0:
        return None
    first, count, held = ranges[place]
    return held if number < first + count else None
