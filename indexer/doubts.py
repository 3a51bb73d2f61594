"""What a person is asked before a file is taken in: a new version, nearly the same text, named for something else."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from indexer.metadata import disagreements
from indexer.near_duplicates import Hashes, Near, Sketches, sketch
from indexer.parsed import ParsedReport
from indexer.recent import Recent
from indexer.types import Report, ReportInfo

if TYPE_CHECKING:
    from indexer.archive import Archive
    from indexer.snapshot import HeldReport

SKETCHES_KEPT = 20_000  # about 10 kB each
FRESH = 64  # sketches of a run that are put in order for each text anew; more would cost as much as reading the text


class DoubtKind(StrEnum):
    """Why a person is asked."""

    VERSION = "version"  # the archive holds a report of this path with another content
    NEAR = "near"  # it holds most of this text under another path
    PLACE = "place"  # the file's name or title names another place than the text
    YEAR = "year"
    OFFICE = "issuer"


class Decision(StrEnum):
    """What a person says."""

    REPLACE = "replace"
    KEEP = "keep"  # both, or nevertheless
    LEAVE_OUT = "leave_out"


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is asked about: the report that is held, or what is named where the text says otherwise."""

    kind: DoubtKind
    report: ReportInfo | None = None
    removed: bool = False  # the report that is held was taken away and can be brought back
    likeness: float = 0.0  # how much of the shorter text stands in the longer one, 0–1
    named: str = ""
    followed: str = ""


class SketchShelf:
    """The sketches of texts by the hash of their original, shared by all who look for near ones."""

    def __init__(self) -> None:
        self._kept: Recent[str, Hashes] = Recent(SKETCHES_KEPT)

    def sketch_of(self, report: Report) -> Hashes:
        """The sketch of a report's text."""
        return self.sketch_by(report.source_hash, lambda: report.text)

    def sketch_by(self, source_hash: str, text: Callable[[], str]) -> Hashes:
        """The sketch of the text that was read from an original of this hash; `text` is called where it is not known."""
        hashes = self._kept.get(source_hash)
        if hashes is None:
            hashes = sketch(text())
            self._kept.put(source_hash, hashes)
        return hashes


class Likenesses:
    """The texts of an archive as one viewer sees it, asked for those that are near one; made when first asked."""

    def __init__(self, archive: Archive, shelf: SketchShelf) -> None:
        self._archive = archive
        self._shelf = shelf
        self._held: Sketches[str] | None = None
        self._log = -1
        self._added: dict[str, Hashes] = {}  # by path: taken in and perhaps not committed yet
        self._in_order: Sketches[str] = Sketches(())  # of those
        self._fresh: dict[str, Hashes] = {}  # added since
        self._making = threading.Lock()

    def add(self, report: Report) -> None:
        """Compare what comes next with this one too."""
        self._fresh[report.path] = self._shelf.sketch_of(report)
        if len(self._fresh) >= FRESH:
            self._added |= self._fresh
            self._in_order, self._fresh = Sketches(self._added.items()), {}

    def near(self, report: Report) -> list[Near[str]]:
        """The paths of other reports whose text is near, nearest first."""
        hashes = self._shelf.sketch_of(report)
        found: dict[str, Near[str]] = {}
        for sketches in (self._sketches(), self._in_order, Sketches(self._fresh.items())):
            found |= {one.key: one for one in sketches.near(hashes)}
        found.pop(report.path, None)
        return sorted(found.values(), key=lambda one: -one.likeness)

    def near_held(self, info: ReportInfo) -> list[Near[str]]:
        """The paths of other reports whose text is near that of one that is held, nearest first."""
        return [one for one in self._sketches().near(self._sketch(info)) if one.key != info.path]

    def _sketches(self) -> Sketches[str]:
        with self._making:
            log = self._archive.log_number
            if self._held is None or (self._log != log and not self._added and not self._fresh):
                self._held = Sketches((info.path, self._sketch(info)) for info in self._archive.reports())
                self._log = log
            return self._held

    def _sketch(self, info: ReportInfo) -> Hashes:
        return self._shelf.sketch_by(info.source_hash, lambda: self._archive.report(info.id).text)


def doubts_of(parsed: ParsedReport, known: Mapping[str, HeldReport], near: Sequence[Near[str]]) -> tuple[Doubt, ...]:
    """What to ask about a report before it is taken in, in the order in which it is told; nothing where all is plain.

    `known`: every report by its path; `near`: the paths of those whose text is near.
    """
    report = parsed.report
    held = known.get(report.path)
    doubts: list[Doubt] = []
    if held is not None and held.info.source_hash not in {report.source_hash, ""}:
        doubts.append(Doubt(DoubtKind.VERSION, held.info, removed=held.removed))
    for one in near:
        other = known.get(one.key)
        if other is not None and not other.removed:
            doubts.append(Doubt(DoubtKind.NEAR, other.info, likeness=one.likeness))
            break
    settled = {name for name, guess in parsed.guesses.items() if guess.source in {"edited", "manifest"}}
    doubts += [
        Doubt(DoubtKind(one.field), named=one.named, followed=one.followed)
        for one in disagreements(report.path, report.text)
        if one.field not in settled
    ]
    return tuple(doubts)


def as_before(doubts: Sequence[Doubt], known: Mapping[str, HeldReport]) -> bool:
    """Whether every report that was shown with the question is still what it was."""
    for doubt in doubts:
        if doubt.report is None:
            continue
        held = known.get(doubt.report.path)
        if held is None or (held.info.source_hash, held.removed) != (doubt.report.source_hash, doubt.removed):
            return False
    return True
