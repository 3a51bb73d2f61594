"""Keeping the reports of an archive: described, limited to whom they concern, taken away, brought back, erased."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from indexer.account_names import known_accounts
from indexer.cited import erase_what_cites
from indexer.errors import NotPermittedError, UnknownReportError
from indexer.parsed import Provenance
from indexer.people_archive import PeopleArchive
from indexer.records_write import (
    hide_report,
    purge_report,
    put_metadata,
    put_readers,
    show_report,
)
from indexer.search.protocol import ReportWords
from indexer.snapshot import HeldReport
from indexer.types import ReportInfo, Visibility
from indexer.viewer import Role

PATIENCE = 10.0  # seconds that a change waits for another writer
RESTORABLE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class RemovedReport:
    """A report that was taken away and can be brought back until `until` (UTC)."""

    info: ReportInfo
    at: datetime

    @property
    def until(self) -> datetime:
        """When it is erased for good."""
        return self.at + RESTORABLE


class KeepingArchive(PeopleArchive):
    """What is done with reports once they are held. What changes something needs the role of a clerk at least."""

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Be the one writer until the end of the block, so that many changes share the making of the index.

        Raises ArchiveLockedError, naming the other writer, where it does not end in time; NotPermittedError.
        """
        self._require(Role.CLERK)
        with self._lock.held(timeout=PATIENCE) as outermost:
            try:
                yield
            finally:
                if outermost:
                    self._follower.flush()

    def remove(self, report_id: str, *, purge: bool = False) -> None:
        """Take a report out of all that is shown and found; with `purge` erase it. Raises UnknownReportError.

        What is only removed can be restored. A purge needs an administrator. It leaves the id and the path, so that
        neither names another report, erases history, feedback and items of drafts that show the report, and makes the
        search index anew, so that no word of the report stays in it.
        """
        if purge:
            self._require(Role.ADMINISTRATOR)
        with self.writing():
            held = self._any_held(report_id)
            if purge:
                self._purge([held])
            else:
                if not held.removed:
                    with self._records.writing() as connection:
                        hide_report(connection, held.row)
                self._catch_up()

    def restore(self, report_id: str) -> None:
        """Bring a removed report back. Raises UnknownReportError, also for one that was purged."""
        with self.writing():
            held = self._any_held(report_id)
            if not held.info.source_hash:
                raise UnknownReportError(f"{report_id} was purged; index its file {held.info.path} again")
            if held.removed:
                with self._records.writing() as connection:
                    show_report(connection, held.row)
            self._catch_up()

    def removed(self) -> tuple[RemovedReport, ...]:
        """The reports that can be brought back, the last removed first. Raises NotPermittedError."""
        self._require(Role.CLERK)
        return _restorable(self._all_seen())

    def purge_expired(self, now: datetime) -> tuple[str, ...]:
        """Erase the reports removed more than 30 days before `now` (UTC, without a zone); their ids."""
        self._require(Role.ADMINISTRATOR)
        if not self._expired(now):  # as a rule: nobody who writes is waited for
            return ()
        with self.writing():
            expired = self._expired(now)
            self._purge(expired)
        return tuple(held.info.id for held in expired)

    def set_metadata(self, info: ReportInfo, *, source: str = "edited", confidence: float = 1.0) -> None:
        """Describe the report with the id of `info` anew; what changes is said to come from `source`. Its id and path stay.

        Raises UnknownReportError.
        """
        with self.writing():
            held = self._held(info.id)
            told = dataclasses.replace(info, path=held.info.path, source_hash=held.info.source_hash)
            self._describe(held, told, source, confidence)
            self._catch_up()

    def set_visibility(self, report_id: str, visibility: Visibility, readers: Iterable[str] = ()) -> None:
        """Say who may see a report; `readers` are the accounts on its list, which only Visibility.LISTED has.

        It stays so when the report is indexed anew. Raises UnknownReportError, AccountError for an unknown account.
        """
        with self.writing():
            held = self._held(report_id)
            with self._records.writing() as connection:
                names = known_accounts(connection, readers) if visibility is Visibility.LISTED else ()
                put_readers(connection, held.row, names)
            self._describe(held, dataclasses.replace(held.info, visibility=visibility))
            self._catch_up()

    def readers_of(self, report_id: str) -> tuple[str, ...]:
        """The accounts on a report's list. Raises UnknownReportError, NotPermittedError."""
        self._require(Role.CLERK)
        return tuple(sorted(self._held(report_id).readers))

    def _describe(self, held: HeldReport, info: ReportInfo, source: str = "edited", confidence: float = 1.0) -> None:
        guesses = self._records.guesses(held.row)
        for field in dataclasses.fields(ReportInfo):
            value = getattr(info, field.name)
            if value != getattr(held.info, field.name):
                guesses[field.name] = Provenance("" if value is None else str(value), confidence, source)
        with self._records.writing() as connection:
            put_metadata(connection, held.row, info, guesses)

    def _expired(self, now: datetime) -> list[HeldReport]:
        every = self._records.all_reports()
        ids = {one.info.id for one in _restorable(every) if one.until < now}
        return [held for held in every if held.info.id in ids]

    def _purge(self, reports: Iterable[HeldReport]) -> None:
        for held in reports:
            with self._records.writing() as connection:
                purge_report(connection, held.row)
                erase_what_cites(connection, [held.info.id])
        self._records.forget_erased()
        self._reading.forget()
        self._follower.remake()

    def _catch_up(self, words: Mapping[int, ReportWords] | None = None) -> None:
        self._reading.forget()
        self._follower.catch_up(words)

    def _any_held(self, report_id: str) -> HeldReport:
        for held in self._all_seen():
            if held.info.id == report_id:
                return held
        raise self._unknown(report_id)

    def _may_replace(self, paths: Collection[str]) -> None:
        """Raises NotPermittedError where one of the paths is that of a report which the viewer may not see."""
        for held in self._records.all_reports():
            if held.info.path in paths and not self._may_see(held):
                raise NotPermittedError(
                    f"{held.info.path}：同名报告限定了查阅范围，请改用别的文件名，或请管理员更新。(The name is taken.)"
                )


def _restorable(reports: Iterable[HeldReport]) -> tuple[RemovedReport, ...]:
    """Those of the reports that are removed and not erased, the last removed first."""
    found = [RemovedReport(held.info, held.removed_at) for held in reports if held.removed_at and held.info.source_hash]
    return tuple(sorted(found, key=lambda one: one.at, reverse=True))
