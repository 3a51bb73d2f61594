"""What should be looked at in each report, kept as long as neither it nor its neighbours change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.doubts import Likenesses, SketchShelf
from indexer.quality import Flaw, Warned, flaws_of
from indexer.recent import Recent

if TYPE_CHECKING:
    from indexer.archive import Archive
    from indexer.types import ReportInfo

KEPT = 20_000
ARCHIVES_KEPT = 32


class QualityShelf:
    """The flaws of the reports of an archive as different viewers see it."""

    def __init__(self, sketches: SketchShelf) -> None:
        self._sketches = sketches
        self._flaws: Recent[tuple[ReportInfo, frozenset[str]], tuple[Warned, ...]] = Recent(KEPT)
        self._likenesses: Recent[Archive, Likenesses] = Recent(ARCHIVES_KEPT)

    def flaws(self, archive: Archive, info: ReportInfo) -> tuple[Warned, ...]:
        """What should be looked at in a report, near neighbours included. Raises UnknownReportError."""
        guesses = archive.metadata(info.id)
        settled = frozenset(name for name, guess in guesses.items() if guess.source in {"edited", "manifest"})
        flaws = self._flaws.get((info, settled))
        if flaws is None:
            flaws = flaws_of(archive.report(info.id), len(archive.figure_ids_of(info.id)), guesses)
            self._flaws.put((info, settled), flaws)
        near = self._near(archive, info)
        return (*flaws, near) if near else flaws

    def _near(self, archive: Archive, info: ReportInfo) -> Warned | None:
        likenesses = self._likenesses.get(archive)
        if likenesses is None:
            likenesses = Likenesses(archive, self._sketches)
            self._likenesses.put(archive, likenesses)
        near = next(iter(likenesses.near_held(info)), None)
        if near is None:
            return None
        other = next((one for one in archive.reports() if one.path == near.key), None)
        if other is None:
            return None
        name = other.title or other.file_name
        return Warned(Flaw.NEAR, shown=other.id, other=name, count=round(100 * near.likeness))
