"""Keeps the search index in step with the log of the records, and makes it anew where it cannot be used."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.errors import ArchiveError, ArchiveLockedError
from indexer.lock import WriterLock
from indexer.records import Records
from indexer.search.protocol import Batch, IndexDamagedError, IndexedReport, Recipe, ReportWords, SearchIndex
from indexer.snapshot import HeldReport, Snapshot
from indexer.types import Report

if TYPE_CHECKING:
    from indexer.segment import Segmenter

FOLDER = "index"
BATCH = 20_000  # passages taken in at a time
PATIENCE = 20.0  # seconds that a question waits for another process to make the index


class Follower:
    """The search index of an archive. Whoever holds the writer lock updates it; all others read what is there."""

    def __init__(self, folder: Path, records: Records, lock: WriterLock, segmenter: Callable[[], Segmenter]) -> None:
        self._folder = folder / FOLDER
        self._records = records
        self._lock = lock
        self._segmenter = segmenter
        self._archive = records.meta("archive") or ""
        self._index: SearchIndex | None = None
        self._recipe: Recipe | None = None
        self._opening = threading.Lock()

    def in_step(self, snapshot: Snapshot) -> SearchIndex | None:
        """The index for asking; None where nothing was ever indexed.

        Where it is behind and no other process is writing, it catches up first. While another one writes, it may be a
        little behind: what it finds is compared with the records anyway. Raises ArchiveLockedError where there is no
        usable index yet and the process that writes does not make one in time.
        """
        index = self._opened(snapshot)
        if index is None or _is_at(index, snapshot.log):
            return index
        index.refresh()
        if _is_at(index, snapshot.log):
            return index
        try:
            with self._lock.held(timeout=0):
                self.catch_up()
                self.flush()
        except ArchiveLockedError:
            self._wait_until_usable(index)
        return index

    def remake(self) -> None:
        """Throw the index away and make it from the records; for an index that turned out to be damaged."""
        with self._lock.held(timeout=PATIENCE):
            index = self._opened(self._records.snapshot())
            if index is not None:
                index.wipe()
            self.catch_up()
            self.flush()

    def catch_up(self, prepared: Mapping[int, ReportWords] | None = None) -> None:
        """Bring the index to the end of the log; the caller holds the writer lock.

        `prepared` has the words of reports that were just segmented, by row. Afterwards `flush` makes it durable.
        """
        snapshot = self._records.snapshot()
        index = self._opened(snapshot)
        if index is None:
            return
        index.refresh()
        if any(place.number and self._records.position(place.number) != place for place in index.positions()):
            index.wipe()  # it followed another history: the records were set back to a copy
        try:
            self._apply(index, snapshot, prepared or {})
        except IndexDamagedError:
            index.wipe()
            with self._refusal():
                self._apply(index, snapshot, prepared or {})

    def flush(self) -> None:
        """Make the index durable and leave it to other processes. Raises ArchiveError where the disk refuses."""
        if self._index is not None:
            with self._refusal():
                self._index.flush()

    def close(self) -> None:
        """Give the index back."""
        if self._index is not None:
            self._index.close()
            self._index = None

    def _apply(self, index: SearchIndex, snapshot: Snapshot, prepared: Mapping[int, ReportWords]) -> None:
        behind = min(place.number for place in index.positions())
        for batch in self._batches(behind, snapshot, prepared):
            index.apply(batch)

    @contextmanager
    def _refusal(self) -> Iterator[None]:
        try:
            yield
        except IndexDamagedError as error:
            why = f"the search index cannot be written ({error})"
            raise ArchiveError(f"{self._folder}: {why}; make room on the disk and run: youju check --repair") from error

    def _opened(self, snapshot: Snapshot) -> SearchIndex | None:
        if not snapshot.model:
            return None
        # Only now: who just lists reports need not wait for the search libraries.
        from indexer.search.local import FORMAT, LocalIndex

        fingerprint = self._segmenter().fingerprint
        recipe = Recipe(self._archive, snapshot.model, snapshot.dimension, fingerprint, FORMAT)
        with self._opening:
            if self._index is None or self._recipe != recipe:
                self._index, self._recipe = LocalIndex(self._folder, recipe), recipe
            return self._index

    def _wait_until_usable(self, index: SearchIndex) -> None:
        deadline = time.monotonic() + PATIENCE
        while not all(place.number for place in index.positions()):
            if time.monotonic() > deadline:
                raise ArchiveLockedError(
                    f"the search index is being made by {self._lock.holder()}; ask again when it has finished"
                )
            time.sleep(0.1)
            index.refresh()

    def _batches(self, behind: int, snapshot: Snapshot, prepared: Mapping[int, ReportWords]) -> Iterator[Batch]:
        """What changed after `behind`, by rising number of each report's last change."""
        reports: list[IndexedReport] = []
        gone: list[int] = []
        size = 0
        changed = self._records.changed_since(behind)
        for place, (row, number) in enumerate(changed, start=1):
            held = snapshot.by_row.get(row)
            if held is None:
                gone.append(row)
            else:
                reports.append(self._indexed(held, snapshot, prepared.get(row)))
                size += held.passages
            if size >= BATCH or place == len(changed):
                yield Batch(self._records.position(number), tuple(gone), tuple(reports))
                reports, gone, size = [], [], 0

    def _indexed(self, held: HeldReport, snapshot: Snapshot, words: ReportWords | None) -> IndexedReport:
        vectors = self._records.vectors(held, snapshot.model, snapshot.dimension)
        if vectors is None:
            raise ArchiveError(f"{self._records.where}: {held.info.id} lacks vectors; run: youju check --repair")
        words = words or self._words(held)
        return IndexedReport(held.row, held.first_passage, held.first_figure, words, vectors)

    def _words(self, held: HeldReport) -> ReportWords:
        text = self._records.text(held.row)
        report = Report(**{name: getattr(held.info, name) for name in held.info.__slots__}, text=text)
        passages = self._records.passages_of(held, text)
        figures = self._records.figures_of(held)
        from indexer.search.words import report_words

        return report_words(report, self._records.sections(held), passages, figures, self._segmenter())


def _is_at(index: SearchIndex, number: int) -> bool:
    return all(place.number == number for place in index.positions())
