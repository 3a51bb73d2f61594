"""Takes files in one by one beside the asking: what is doubtful waits for a person, what is not is committed in batches."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from indexer.build import ALONE_BELOW, Job, Taken, job_for, learn_to_take_in, would_change_nothing
from indexer.doubts import Decision, Doubt, DoubtKind, Likenesses, as_before, doubts_of
from indexer.errors import ArchiveLockedError, YoujuError
from indexer.files import FoundFile
from indexer.parsed import ParsedReport
from indexer.workers import work_through

if TYPE_CHECKING:
    from indexer.archive import Archive
    from indexer.snapshot import HeldReport
    from indexer.types import ReportInfo

TOGETHER = 1_000  # passages committed at a time
PAUSE = 1.0  # seconds between two commits at least, and three times as long as the last one took
AGAIN = 1.0  # seconds until a locked archive is tried again
REVOKED = "账号的权限刚有变动，没有收入；已收入的都在。(Your account was changed: this was not taken in.)"


Waiting = tuple[FoundFile, ParsedReport]


class Outcome(StrEnum):
    """What became of a file."""

    ADDED = "added"
    UNCHANGED = "unchanged"
    REPLACED = "replaced"
    RESTORED = "restored"  # it had been removed
    FAILED = "failed"
    ASKED = "asked"  # it waits for a decision
    LEFT_OUT = "left_out"  # as decided


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a file: the report that it is, why it failed, or what is asked about it."""

    file: FoundFile
    outcome: Outcome
    report_id: str = ""
    why: str = ""
    doubts: tuple[Doubt, ...] = ()
    overtaken: bool = False  # the report to be replaced was changed by somebody else meanwhile


class Intake:
    """The taking in of files by one viewer; `learn` makes the function that reads a file.

    `is_allowed` is asked before anything is changed: a role may be taken away while files are read.
    """

    def __init__(
        self,
        archive: Archive,
        likenesses: Likenesses,
        learn: Callable[[], Callable[[Job], Taken]],
        *,
        is_allowed: Callable[[], bool] = lambda: True,
    ) -> None:
        self._archive = archive
        self._is_allowed = is_allowed
        self._likenesses = likenesses
        self._learn = learn
        self._known: tuple[int, dict[str, HeldReport]] = (-1, {})
        self._waiting: list[Waiting] = []
        self._committed_at = 0.0
        self._pause = PAUSE

    def run(self, files: Sequence[FoundFile], *, should_stop: Callable[[], bool]) -> Iterator[Result]:
        """What becomes of each file, as soon as it is known; what is committed stays, whenever the run is stopped."""
        known = self._held()
        jobs = [(file, job_for(self._archive, file, known.get(file.path))) for file in files]
        by_file = {}
        for file, job in jobs:
            held = known.get(file.path)
            if held is not None and _is_the_same(job, held):
                yield self._as_it_was(file, held)
            else:
                by_file[job.file] = file
        coming = [job for _, job in jobs if job.file in by_file]
        size = sum(job.file.stat().st_size for job in coming)
        # A process of its own for many, and no more than one: the other cores are for those who ask meanwhile.
        alone = size < ALONE_BELOW
        for job, taken in work_through(self._learn if alone else learn_to_take_in, coming, workers=0 if alone else 1):
            yield from self._taken(by_file[job.file], taken, should_stop)
            if should_stop():
                break
        yield from self._commit(should_stop)

    def settle(self, file: FoundFile, doubts: tuple[Doubt, ...], decision: Decision) -> Result:
        """What becomes of a file that was asked about; asked again where what it would replace is not as it was."""
        if decision is Decision.LEAVE_OUT:
            return Result(file, Outcome.LEFT_OUT)
        try:
            return self._settle(file, doubts, decision)
        except YoujuError as error:
            return Result(file, Outcome.FAILED, why=str(error))

    def _held(self) -> dict[str, HeldReport]:
        """Every report by its path, as the log has it now."""
        log = self._archive.log_number
        if self._known[0] != log:
            self._known = (log, self._archive.held_by_path())
        return self._known[1]

    def _taken(self, file: FoundFile, taken: Taken | None, should_stop: Callable[[], bool]) -> Iterator[Result]:
        if taken is None or taken.parsed is None:
            yield Result(file, Outcome.FAILED, why=_why(file, taken))
            return
        near = self._likenesses.near(taken.parsed.report)
        if {file.path, *(one.key for one in near)} & {waiting.path for waiting, _ in self._waiting}:
            yield from self._commit(should_stop)  # what it is to be compared with must be held
        doubts = doubts_of(taken.parsed, self._held(), near)
        if doubts:
            yield Result(file, Outcome.ASKED, doubts=doubts)
            return
        self._likenesses.add(taken.parsed.report)
        self._waiting.append((file, taken.parsed))
        is_due = time.monotonic() - self._committed_at >= self._pause
        if is_due or sum(len(parsed.passages) for _, parsed in self._waiting) >= TOGETHER:
            yield from self._commit(should_stop)

    def _commit(self, should_stop: Callable[[], bool]) -> Iterator[Result]:
        """Commit what waits, and leave the archive to others for a while."""
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return
        started = time.monotonic()
        while True:
            try:
                results = self._committed(waiting)
                break
            except ArchiveLockedError as error:  # another process indexes: wait for it
                if should_stop():
                    results = [Result(file, Outcome.FAILED, why=str(error)) for file, _ in waiting]
                    break
                time.sleep(AGAIN)
        self._committed_at = time.monotonic()
        self._pause = max(PAUSE, 3 * (self._committed_at - started))
        yield from results

    def _committed(self, waiting: Sequence[Waiting]) -> list[Result]:
        """Add all but those whose path was given to another report since they were looked at."""
        with self._archive.writing():
            if not self._is_allowed():
                return [Result(file, Outcome.FAILED, why=REVOKED) for file, _ in waiting]
            known = self._held()
            results = self._added([one for one in waiting if _is_free(one[1], known)], known)
            for file, parsed in waiting:
                if not _is_free(parsed, known):
                    doubts = doubts_of(parsed, known, self._likenesses.near(parsed.report))
                    results.append(Result(file, Outcome.ASKED, doubts=doubts))
            return results

    def _added(self, waiting: Sequence[Waiting], known: Mapping[str, HeldReport]) -> list[Result]:
        """Add reports; where one may not be added, the others are nevertheless."""
        try:
            ids = self._archive.add(*(parsed for _, parsed in waiting)) if waiting else []
        except ArchiveLockedError:
            raise
        except YoujuError as error:
            if len(waiting) == 1:
                return [Result(waiting[0][0], Outcome.FAILED, why=str(error))]
            return [result for one in waiting for result in self._added([one], known)]
        return [
            Result(file, _done(parsed, known.get(file.path)), report_id)
            for (file, parsed), report_id in zip(waiting, ids, strict=True)
        ]

    def _as_it_was(self, file: FoundFile, held: HeldReport) -> Result:
        if not held.removed:
            return Result(file, Outcome.UNCHANGED, held.info.id)
        if not self._is_allowed():
            return Result(file, Outcome.FAILED, why=REVOKED)
        try:
            self._archive.restore(held.info.id)
        except YoujuError as error:
            return Result(file, Outcome.FAILED, why=str(error))
        return Result(file, Outcome.RESTORED, held.info.id)

    def _settle(self, file: FoundFile, doubts: tuple[Doubt, ...], decision: Decision) -> Result:
        known = self._held()
        if decision is Decision.KEEP and file.path in known:
            file = replace(file, path=free_path(file.path, known))
        taken = self._learn()(job_for(self._archive, file, known.get(file.path)))
        parsed = taken.parsed
        if parsed is None:
            return Result(file, Outcome.FAILED, why=_why(file, taken))
        with self._archive.writing():
            if not self._is_allowed():
                return Result(file, Outcome.FAILED, why=REVOKED)
            known = self._held()
            if not as_before(doubts, known):
                now = doubts_of(parsed, known, self._likenesses.near(parsed.report))
                return Result(file, Outcome.ASKED, doubts=now or doubts, overtaken=True)
            if decision is Decision.KEEP and file.path in known:
                return self._settle(file, doubts, decision)  # the name was taken this very moment
            result = self._added([(file, parsed)], known)[0]
            superseded = replaced_by_name(doubts)
            if decision is Decision.REPLACE and superseded and result.report_id:
                self._archive.remove(superseded.id)  # it can be brought back for 30 days
                return replace(result, outcome=Outcome.REPLACED)
            return result


def replaced_by_name(doubts: Sequence[Doubt]) -> ReportInfo | None:
    """The report of another path that the new one takes the place of; None where it has the path itself."""
    if any(one.kind is DoubtKind.VERSION for one in doubts):
        return None
    return next((one.report for one in doubts if one.kind is DoubtKind.NEAR), None)


def _is_the_same(job: Job, held: HeldReport) -> bool:
    """Whether the file was already taken in; what a manifest once said of it is not lost by sending it without one."""
    if would_change_nothing(job, held):
        return True
    return job.row is None and hashlib.sha256(job.file.read_bytes()).hexdigest() == held.info.source_hash


def _done(parsed: ParsedReport, held: HeldReport | None) -> Outcome:
    if held is None or not held.info.source_hash:
        return Outcome.ADDED
    return Outcome.RESTORED if held.removed and held.info.source_hash == parsed.report.source_hash else Outcome.REPLACED


def free_path(path: str, known: Iterable[str]) -> str:
    """The path with （2）, （3）… before its ending: the first that is not known yet."""
    taken = set(known)
    parts = PurePosixPath(path)
    number = 2
    while (other := str(parts.with_name(f"{parts.stem}（{number}）{parts.suffix}"))) in taken:
        number += 1
    return other


def _is_free(parsed: ParsedReport, known: Mapping[str, HeldReport]) -> bool:
    """Whether no report holds the path, or the same one read otherwise."""
    held = known.get(parsed.report.path)
    return held is None or (held.info.source_hash in {parsed.report.source_hash, ""})


def _why(file: FoundFile, taken: Taken | None) -> str:
    if taken is None:
        return f"{file.path}：读取时程序中断，请单独再传这一份。(The process that read it ended; send it by itself.)"
    return taken.why.replace(str(file.file), file.path)
