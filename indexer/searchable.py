"""Reading and searching an archive: safe from several threads, and beside another process that writes."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Final

from indexer.errors import ArchiveError, UnknownReportError
from indexer.opened import OpenedArchive
from indexer.parsed import Provenance
from indexer.search.protocol import (
    FieldWeights,
    FigureFilter,
    FigureWeights,
    Group,
    Hit,
    IndexDamagedError,
    LogPosition,
    SearchIndex,
    Vectors,
)
from indexer.sights import is_within
from indexer.snapshot import HeldReport, Snapshot
from indexer.types import Figure, Passage, Report, ReportInfo, Section
from indexer.viewer import Role

EVERYTHING: Final = FigureFilter()
PASSAGE_WEIGHTS: Final = FieldWeights()
FIGURE_WEIGHTS: Final = FigureWeights()


class SearchableArchive(OpenedArchive):
    """What an archive tells."""

    @property
    def log_number(self) -> int:
        """The number of the last change; it grows with every change, by whatever process."""
        return self._records.log_number()

    @property
    def last_change(self) -> LogPosition:
        """The place of the last change in the log; its stamp is the time of it (ISO 8601, UTC), "" before the first."""
        return self._records.position(self._records.log_number())

    def read_ahead(self, pause: float = 0.0) -> None:
        """Read the newest reports into memory, as many as are kept there, so that no question waits for them.

        `pause`: seconds between two reports, for whoever else wants to compute.
        """
        self._reading.read_ahead(pause)

    def reports(self) -> tuple[ReportInfo, ...]:
        """The reports that are held and not removed, in the order they came."""
        return tuple(held.info for held in self._reading.snapshot().held)

    def holds(self, report_ids: Iterable[str]) -> bool:
        """Whether all of these reports are held and not removed."""
        by_id = self._reading.snapshot().by_id
        return all(report_id in by_id for report_id in report_ids)

    @property
    def sight(self) -> str:
        """The reports that are seen now, in short: to be kept with what is made of them."""
        return self._reading.snapshot().sight

    def still_sees(self, sight: str) -> bool:
        """Whether all reports that were seen then are held, not removed, and seen now."""
        now = self._reading.snapshot()
        return sight == now.sight or is_within(sight, now.by_row, len(now.by_row))

    def report(self, report_id: str) -> Report:
        """A report with its text. Raises UnknownReportError."""
        held = self._held(report_id)
        return report_with_text(held.info, self._reading.text(held))

    def sections(self, report_id: str) -> tuple[Section, ...]:
        """A report's sections in reading order. Raises UnknownReportError."""
        return self._reading.sections(self._held(report_id))

    def passages(self, ids: Collection[int]) -> dict[int, Passage]:
        """The passages of these numbers, as far as they are held."""
        return self._reading.passages(ids)

    def passages_of(self, report_id: str) -> tuple[Passage, ...]:
        """A report's passages in reading order. Raises UnknownReportError."""
        held = self._held(report_id)
        return self._records.passages_of(held, self._reading.text(held))

    def figures(self, ids: Collection[int]) -> dict[int, Figure]:
        """The figures of these numbers, as far as they are held."""
        return self._reading.figures(ids)

    def figures_of(self, report_id: str) -> tuple[Figure, ...]:
        """A report's figures in reading order. Raises UnknownReportError."""
        return self._records.figures_of(self._held(report_id))

    def figures_of_passages(self, ids: Collection[int]) -> dict[int, tuple[Figure, ...]]:
        """The figures of each of these passages in reading order, as far as the passages are held."""
        return self._reading.figures_of_passages(ids)

    def passage_ids_of_figures(self, ids: Collection[int]) -> dict[int, int]:
        """The number of the passage that each of these figures stands in, as far as they are held."""
        return self._reading.passage_ids_of_figures(ids)

    def passage_ids_of(self, report_id: str) -> range:
        """The numbers of a report's passages in reading order. Raises UnknownReportError."""
        held = self._held(report_id)
        return range(held.first_passage, held.first_passage + held.passages)

    def figure_ids_of(self, report_id: str) -> range:
        """The numbers of a report's figures in reading order. Raises UnknownReportError."""
        held = self._held(report_id)
        return range(held.first_figure, held.first_figure + held.figures)

    def original(self, report_id: str) -> tuple[str, bytes]:
        """The name of the file that a report was read from, and its bytes. Raises UnknownReportError, ArchiveError."""
        held = self._held(report_id)
        content = self._records.original(held.row)
        if content is None:
            raise ArchiveError(f"{report_id}: the archive has lost the original; index the file {held.info.path} again")
        return held.info.file_name, content

    def metadata(self, report_id: str) -> dict[str, Provenance]:
        """Where each piece of a report's metadata comes from. Raises UnknownReportError."""
        return self._records.guesses(self._held(report_id).row)

    def held_by_path(self) -> dict[str, HeldReport]:
        """Every report that was ever taken in, by its path; removed ones too, but for a viewer who only reads."""
        return {held.info.path: held for held in self._all_seen()}

    def settled(self, held: HeldReport, sources: Collection[str]) -> dict[str, object]:
        """The metadata of a report that comes from one of these sources ("edited", "manifest"), by field.

        Raises UnknownReportError for a report that the viewer may not see.
        """
        if not self._may_see(held):
            raise self._unknown(held.info.id)
        guesses = self._records.guesses(held.row)
        return {name: getattr(held.info, name) for name, guess in guesses.items() if guess.source in sources}

    def keyword(
        self,
        groups: Sequence[Group],
        *,
        reports: Collection[str] | None,
        k: int,
        weights: FieldWeights = PASSAGE_WEIGHTS,
    ) -> list[Hit]:
        """At most `k` passages by their words, best first, within `reports` (None: all).

        A group scores as its best word (BM25 × weight) does; the scores of the groups add up.
        """
        return self._asked(
            lambda index, rows: index.passages(groups, reports=rows, k=k, weights=weights), reports, Snapshot.of_passage
        )

    def dense(self, vector: Vectors, *, reports: Collection[str] | None, k: int) -> list[Hit]:
        """At most `k` passages by the cosine of their vector with `vector`, best first, within `reports`."""
        return self._asked(lambda index, rows: index.nearest(vector, reports=rows, k=k), reports, Snapshot.of_passage)

    def ledger(
        self,
        groups: Sequence[Group],
        *,
        reports: Collection[str] | None,
        k: int,
        only: FigureFilter = EVERYTHING,
        weights: FigureWeights = FIGURE_WEIGHTS,
    ) -> list[Hit]:
        """At most `k` figures by subject, clause and heading words, best first, within `reports` and `only`.

        Without groups: any figures that pass, all with score 0.
        """
        return self._asked(
            lambda index, rows: index.figures(groups, reports=rows, k=k, only=only, weights=weights),
            reports,
            Snapshot.of_figure,
        )

    def word_counts(self, words: Collection[str]) -> dict[str, int]:
        """In how many passages each word stands; 0 for one that stands in none."""
        snapshot = self._reading.snapshot()
        index = self._follower.in_step(snapshot)
        return dict.fromkeys(words, 0) if index is None else index.word_counts(words, reports=snapshot.rows())

    @property
    def passage_count(self) -> int:
        """How many passages are held."""
        return sum(held.passages for held in self._reading.snapshot().held)

    def _asked(
        self,
        ask: Callable[[SearchIndex, list[int] | None], list[Hit]],
        reports: Collection[str] | None,
        owner: Callable[[Snapshot, int], HeldReport | None],
    ) -> list[Hit]:
        """What the index finds, joined with the records: what is no longer held is left out."""
        snapshot = self._reading.snapshot()
        held = None if reports is None else [snapshot.by_id[one] for one in reports if one in snapshot.by_id]
        rows = snapshot.rows() if held is None else [one.row for one in held]
        try:
            hits = self._ask_in_step(ask, rows, snapshot)
        except IndexDamagedError:
            self._follower.remake()
            hits = self._ask_in_step(ask, rows, snapshot)
        return [hit for hit in hits if owner(snapshot, hit.id) is not None]

    def _ask_in_step(
        self, ask: Callable[[SearchIndex, list[int] | None], list[Hit]], rows: list[int] | None, snapshot: Snapshot
    ) -> list[Hit]:
        index = self._follower.in_step(snapshot)
        return [] if index is None else ask(index, rows)

    def _held(self, report_id: str) -> HeldReport:
        held = self._reading.snapshot().by_id.get(report_id)
        if held is None:
            raise self._unknown(report_id)
        return held

    def _all_seen(self) -> Iterator[HeldReport]:
        """Every report that the viewer may see, removed and erased ones too where he may bring them back."""
        return (held for held in self._records.all_reports() if self._may_see(held))

    def _may_see(self, held: HeldReport) -> bool:
        if held.removed and not self.viewer.role.at_least(Role.CLERK):
            return False
        return self.viewer.may_see(held.info, held.readers)

    def _unknown(self, report_id: str) -> UnknownReportError:
        return UnknownReportError(f"the archive {self.folder} holds no report {report_id!r}; see: youju reports")


def report_with_text(info: ReportInfo, text: str) -> Report:
    """The report that `info` describes."""
    fields = {field.name: getattr(info, field.name) for field in dataclasses.fields(ReportInfo)}
    return Report(**fields, text=text)
