"""Which reports are visible at one number of the log, and which passages and figures are theirs."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from indexer.sights import sight_of
from indexer.types import ReportInfo
from indexer.viewer import Viewer


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
    removed_at: datetime | None = None  # UTC
    readers: frozenset[str] = frozenset()  # the accounts on its list

    @property
    def removed(self) -> bool:
        """Whether it was taken out of all that is shown."""
        return self.removed_at is not None


class Snapshot:
    """The visible reports as they were at one number of the log, and the model by which they are found ("": none).

    `whole` is False where reports that are not removed were left out, because a viewer may not see them.
    """

    def __init__(
        self, log: int, held: Iterable[HeldReport], model: str = "", dimension: int = 0, *, whole: bool = True
    ) -> None:
        self.log = log
        self.model = model
        self.dimension = dimension
        self.whole = whole
        self.held = tuple(sorted(held, key=lambda one: one.row))
        self.by_id = {one.info.id: one for one in self.held}
        self.by_row = {one.row: one for one in self.held}
        self.listed = frozenset(account for one in self.held for account in one.readers)
        self._passages = sorted((one.first_passage, one.passages, one) for one in self.held if one.passages)
        self._figures = sorted((one.first_figure, one.figures, one) for one in self.held if one.figures)
        self._passage_starts = [first for first, _, _ in self._passages]
        self._figure_starts = [first for first, _, _ in self._figures]

    def seen_by(self, viewer: Viewer) -> Snapshot:
        """What of it the viewer may see: itself where that is all."""
        seen = [one for one in self.held if viewer.may_see(one.info, one.readers)]
        if len(seen) == len(self.held):
            return self
        return Snapshot(self.log, seen, self.model, self.dimension, whole=False)

    @cached_property
    def sight(self) -> str:
        """The rows as ranges."""
        return sight_of(self.by_row)

    def rows(self) -> list[int] | None:
        """The rows to which a search is to be kept; None where all may be found."""
        return None if self.whole else list(self.by_row)

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
