"""Reads the visible reports and their parts from the records, and keeps what was read last."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TypeVar

from indexer.recent import Recent
from indexer.records import Records
from indexer.snapshot import HeldReport, Snapshot
from indexer.types import Figure, Passage, Period, Section
from indexer.viewer import Viewer

KEPT_REPORTS, KEPT_PARTS = 256, 50_000
FRESH = 0.01  # seconds in which the log is not looked at again: one question asks for many things

Part = TypeVar("Part")


class View:
    """A snapshot with what was read of it; a newer log number gets a new view, so nothing that is kept is stale."""

    def __init__(self, snapshot: Snapshot, source: View | None = None) -> None:
        """What was read is shared with `source`, a view of the same number: it is looked up only by what is visible."""
        self.snapshot = snapshot
        self.texts: Recent[int, str] = source.texts if source else Recent(KEPT_REPORTS)
        self.sections: Recent[int, tuple[Section, ...]] = source.sections if source else Recent(KEPT_REPORTS)
        self.passages: Recent[int, Passage] = source.passages if source else Recent(KEPT_PARTS)
        self.figures: Recent[int, Figure] = source.figures if source else Recent(KEPT_PARTS)
        self.figures_of_passages: Recent[int, tuple[Figure, ...]] = (
            source.figures_of_passages if source else Recent(KEPT_PARTS)
        )

        self.told_periods: Mapping[str, frozenset[Period]] | None = None  # read when first asked for

    def seen_by(self, viewer: Viewer) -> View:
        """What of it the viewer may see: itself where that is all."""
        seen = self.snapshot.seen_by(viewer)
        return self if seen is self.snapshot else View(seen, self)


class Reading:
    """The records as they are now, for many readers at once."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._view = View(Snapshot(-1, ()))
        self._looked = -1.0
        self._lock = threading.Lock()

    def view(self) -> View:
        """The view of the newest log number, at most a hundredth of a second old."""
        now = time.monotonic()
        if now - self._looked < FRESH:
            return self._view
        with self._lock:
            if self._view.snapshot.log != self._records.log_number():
                self._view = View(self._records.snapshot())
            self._looked = now
            return self._view

    def forget(self) -> None:
        """Look at the log the next time whatever the hour: this process has changed something."""
        self._looked = -1.0

    def read_ahead(self, pause: float = 0.0) -> None:
        """Read the newest reports with their parts, as many as are kept, so that no question waits for them.

        `pause`: seconds between two reports, for whoever else wants to compute.
        """
        view = self.view()
        left = KEPT_PARTS
        for held in view.snapshot.held[: -KEPT_REPORTS - 1 : -1]:
            left -= max(held.passages, held.figures)
            if left < 0 or view is not self._view:
                return
            self._read_ahead(held, view)
            time.sleep(pause)

    def _read_ahead(self, held: HeldReport, view: View) -> None:
        text = self._records.text(held.row)
        view.texts.put(held.row, text)
        view.sections.put(held.row, self._records.sections(held))
        of_passages: dict[int, list[Figure]] = defaultdict(list)
        for figure in self._records.figures_of(held):
            view.figures.put(held.first_figure + figure.ordinal, figure)
            of_passages[figure.passage].append(figure)
        for passage in self._records.passages_of(held, text):
            view.passages.put(held.first_passage + passage.ordinal, passage)
            view.figures_of_passages.put(held.first_passage + passage.ordinal, tuple(of_passages[passage.ordinal]))

    def seen_by(self, viewer: Viewer) -> Reading:
        """The records as far as the viewer may see them."""
        return SeenReading(self, self._records, viewer)

    def snapshot(self) -> Snapshot:
        """The visible reports now."""
        return self.view().snapshot

    def text(self, held: HeldReport) -> str:
        """The text of a report."""
        kept = self.view().texts
        text = kept.get(held.row)
        if text is None:
            text = self._records.text(held.row)
            kept.put(held.row, text)
        return text

    def sections(self, held: HeldReport) -> tuple[Section, ...]:
        """A report's sections."""
        kept = self.view().sections
        sections = kept.get(held.row)
        if sections is None:
            sections = self._records.sections(held)
            kept.put(held.row, sections)
        return sections

    def passages(self, ids: Collection[int]) -> dict[int, Passage]:
        """The passages of these numbers, as far as their reports are visible."""
        view = self.view()
        owners = _owners(ids, view.snapshot.of_passage)

        def read(missing: list[int]) -> Iterable[tuple[int, Passage]]:
            return self._records.passages({number: owners[number] for number in missing}, view.texts)

        return _gather(owners, view.passages, read)

    def figures(self, ids: Collection[int]) -> dict[int, Figure]:
        """The figures of these numbers, as far as their reports are visible."""
        view = self.view()
        owners = _owners(ids, view.snapshot.of_figure)

        def read(missing: list[int]) -> Iterable[tuple[int, Figure]]:
            return self._records.figures({number: owners[number] for number in missing})

        return _gather(owners, view.figures, read)

    def figures_of_passages(self, ids: Collection[int]) -> dict[int, tuple[Figure, ...]]:
        """The figures of each passage in reading order, as far as their reports are visible."""
        view = self.view()
        owners = _owners(ids, view.snapshot.of_passage)

        def read(missing: list[int]) -> Iterable[tuple[int, tuple[Figure, ...]]]:
            found: dict[int, list[Figure]] = defaultdict(list)
            for number, figure in self._records.figures_of_passages({number: owners[number] for number in missing}):
                found[number].append(figure)
            return ((number, tuple(found[number])) for number in missing)

        return _gather(owners, view.figures_of_passages, read)

    def passage_ids_of_figures(self, ids: Collection[int]) -> dict[int, int]:
        """The number of the passage of each figure."""
        snapshot = self.snapshot()
        return {
            number: held.first_passage + figure.passage
            for number, figure in self.figures(ids).items()
            if (held := snapshot.of_figure(number)) is not None
        }


class SeenReading(Reading):
    """The records as far as one viewer may see them: the one door through which all that he is told comes."""

    def __init__(self, whole: Reading, records: Records, viewer: Viewer) -> None:
        super().__init__(records)
        self._whole = whole
        self._viewer = viewer
        self._pair = (self._view, self._view)  # a view of the whole, and what the viewer may see of it

    def view(self) -> View:
        """What the viewer may see of the newest log number."""
        whole = self._whole.view()
        source, seen = self._pair
        if source is not whole:
            seen = whole.seen_by(self._viewer)
            self._pair = (whole, seen)
        return seen

    def forget(self) -> None:
        """Look at the log the next time whatever the hour."""
        self._whole.forget()


def _owners(ids: Collection[int], owner: Callable[[int], HeldReport | None]) -> dict[int, HeldReport]:
    return {number: held for number in ids if (held := owner(number)) is not None}


def _gather(
    owners: Collection[int], kept: Recent[int, Part], read: Callable[[list[int]], Iterable[tuple[int, Part]]]
) -> dict[int, Part]:
    """The parts in the order asked: kept ones from memory, the others read at once."""
    found = {number: part for number in owners if (part := kept.get(number)) is not None}
    missing = [number for number in owners if number not in found]
    if missing:
        for number, part in read(missing):
            kept.put(number, part)
            found[number] = part
    return {number: found[number] for number in owners if number in found}
