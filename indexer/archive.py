"""The one door to an archive: open it, read and search it, change it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from indexer.check import CheckReport, index_problems, record_problems
from indexer.corrections import Correction, correction_row, figure_keys
from indexer.errors import ArchiveError, CorrectionError
from indexer.keeping import KeepingArchive
from indexer.parsed import ParsedReport
from indexer.records import FILE_NAME, Records, read_meta
from indexer.records_write import (
    put_correction,
    put_report,
    put_vectors,
    undo_correction,
    use_model,
)
from indexer.search.protocol import ReportWords, Vectors
from indexer.settings import FILE_NAME as SETTINGS_FILE
from indexer.settings import Settings, load_settings
from indexer.viewer import Role

if TYPE_CHECKING:
    from indexer.embed import Embedder


class Archive(KeepingArchive):
    """An archive of reports in a folder."""

    @classmethod
    def open(
        cls, folder: Path, *, settings: Settings | None = None, create: bool = False, embedder: Embedder | None = None
    ) -> Archive:
        """The archive in `folder`; with `create` a new one where the folder is empty or not there yet.

        `settings` None: those of the folder and the environment; `embedder` None: the one that the settings name.
        Raises ArchiveError where the folder is not an archive, is damaged, or was made by a newer version.
        """
        if create:
            _prepare(folder)
        settings = settings or load_settings(folder)
        records = Records.open(folder, url=settings.archive.records, create=create)
        return cls(folder, settings, records, embedder)

    def add(self, *parsed: ParsedReport) -> list[str]:
        """Add reports, or replace those of the same path: one transaction each. Returns their readable ids."""
        self._require(Role.CLERK)
        embedder = self.embedder
        rows: dict[int, ReportWords] = {}
        with self.writing():
            self._may_replace({one.report.path for one in parsed})
            for one, vectors in zip(parsed, _vectors(parsed, embedder), strict=True):
                with self._records.writing() as connection:
                    if not read_meta(connection, "model"):
                        use_model(connection, embedder.fingerprint, embedder.dimension)
                    row = put_report(connection, one, vectors, embedder.fingerprint)
                if one.words is not None:
                    rows[row] = one.words
            self._catch_up(rows)
        by_path = self.held_by_path()
        return [by_path[one.report.path].info.id for one in parsed]

    def catch_up(self) -> None:
        """Bring the search index to the end of the log, as every change does."""
        with self.writing():
            self._catch_up()

    def embed_anew(self, *, only_missing: bool = False) -> int:
        """Embed every report with the model of the settings, which is the archive's from then on; how many reports.

        With `only_missing` those whose vectors by that model are complete are left as they are. Killed in the middle,
        the archive stays with the model it had, and the next call goes on.
        """
        self._require(Role.ADMINISTRATOR)
        embedder = self.open_embedder()
        done = 0
        with self.writing():
            for held in self._records.all_reports():
                known = self._records.vectors(held, embedder.fingerprint, embedder.dimension)
                if known is not None and (only_missing or not held.passages):
                    continue
                passages = self._records.passages_of(held, self._records.text(held.row))
                vectors = embedder.encode_passages([passage.text for passage in passages])
                with self._records.writing() as connection:
                    put_vectors(connection, held.row, held.first_passage, vectors, embedder.fingerprint)
                done += 1
            if self._records.snapshot().model != embedder.fingerprint:
                with self._records.writing() as connection:
                    use_model(connection, embedder.fingerprint, embedder.dimension)
            self._catch_up()
        return done

    def correct(self, report_id: str, ordinal: int, *, value: str, reason: str) -> Correction:
        """Say that `value` holds instead of a figure of a report; the figure itself stays as it is.

        Raises UnknownReportError, and CorrectionError where there is no such figure, or the value is no like number.
        """
        with self.writing():
            held = self._held(report_id)
            all_of_report = self._records.figures_of(held)
            figure = next((one for one in all_of_report if one.ordinal == ordinal), None)
            if figure is None:
                raise CorrectionError(
                    f"{report_id}没有第{ordinal}号数字；用 youju figures --report {report_id} 查看编号。"
                )
            key = figure_keys(all_of_report, self._reading.text(held))[ordinal]
            row = correction_row(figure, key, value, reason)
            with self._records.writing() as connection:
                put_correction(connection, held.row, row)
            self._catch_up()
        return self.corrections(report_id)[0][ordinal]

    def undo_correction(self, report_id: str, correction: Correction) -> None:
        """Put a correction of a report out of force. Raises UnknownReportError."""
        with self.writing():
            held = self._held(report_id)
            key = {"quote": correction.quote, "written": correction.written, "nth": correction.nth}
            with self._records.writing() as connection:
                undo_correction(connection, held.row, key)
            self._catch_up()

    def check(self, *, repair: bool = False) -> CheckReport:
        """Whether the records and the search index are as they were written.

        With `repair`, vectors that are missing or of another model are made anew by the model of the settings, and an
        index that differs from the records is remade. What the records themselves have lost is only named.
        """
        self._require(Role.ADMINISTRATOR)  # it counts and names what others may not see
        with self.writing():
            problems = self._problems()
            repaired = self._repair() if repair and problems else ()
            snapshot = self._records.snapshot()
            return CheckReport(
                reports=len(snapshot.held),
                passages=sum(held.passages for held in snapshot.held),
                figures=sum(held.figures for held in snapshot.held),
                problems=problems,
                repaired=repaired,
                remaining=self._problems() if repaired else problems,
            )

    def _repair(self) -> tuple[str, ...]:
        repaired = []
        if count := self.embed_anew(only_missing=True):
            repaired.append(f"{count} reports were embedded anew.")
        if list(index_problems(self._follower, self._records.snapshot())):
            self._follower.remake()
            repaired.append("The search index was made anew.")
        return tuple(repaired)

    def _problems(self) -> tuple[str, ...]:
        snapshot = self._records.snapshot()
        model = snapshot.model and self.open_embedder().fingerprint
        found = record_problems(self._records, model, snapshot.dimension)
        return (*found, *index_problems(self._follower, snapshot))


def _vectors(parsed: Sequence[ParsedReport], embedder: Embedder) -> Iterator[Vectors]:
    """The vectors of each report; those that are missing are made in one go."""
    texts = [passage.text for one in parsed if one.vectors is None for passage in one.passages]
    made = embedder.encode_passages(texts) if texts else np.zeros((0, embedder.dimension), dtype=np.float32)
    start = 0
    for one in parsed:
        if one.vectors is not None:
            yield one.vectors
        else:
            yield made[start : start + len(one.passages)]
            start += len(one.passages)


def _prepare(folder: Path) -> None:
    """Make the folder of a new archive. Raises ArchiveError where something else is in it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        others = {path.name for path in folder.iterdir()} - {SETTINGS_FILE}
    except OSError as error:
        raise ArchiveError(f"{folder} cannot be made an archive ({error.strerror}); name another folder") from error
    if others and not (folder / FILE_NAME).exists():
        raise ArchiveError(f"{folder} holds other files and is not an archive; name an empty or a new folder")
