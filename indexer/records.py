"""The records: the truth of an archive in a database. This room opens it and reads it; records_write.py changes it."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from sqlalchemy import (
    Column,
    Connection,
    Engine,
    RowMapping,
    Table,
    exc,
    func,
    inspect,
    select,
)

from indexer.errors import ArchiveError
from indexer.parsed import Provenance
from indexer.recent import Recent
from indexer.records_rows import figure_of, guesses_of, info_of, passage_of, section_of
from indexer.schema import people, tables
from indexer.schema.database import WRITES, make_tables, open_engine
from indexer.schema.migrations import migrate
from indexer.search.protocol import LogPosition, Vectors
from indexer.snapshot import HeldReport, Snapshot
from indexer.types import Figure, Passage, Section

FILE_NAME = "archive.db"
BLOCK = 500  # values in one IN list: below every database's limit
_LAST_CHANGE = "SELECT next FROM counters WHERE name = 'change'"  # looked at several times a question: written out


class Records:
    """The opened database of an archive."""

    def __init__(self, engine: Engine, where: str) -> None:
        self.engine = engine
        self.where = where

    @classmethod
    def open(cls, folder: Path, *, url: str = "", create: bool = False) -> Records:
        """The records in `folder`, or at `url`; made anew with `create` where there are none.

        Raises ArchiveError where there are none, where they are no records, damaged, or of a newer version.
        """
        path = folder / FILE_NAME
        if not url and not create and not path.is_file():
            raise ArchiveError(f"{folder} is not an archive; make one with: youju index FILES --archive {folder}")
        engine = open_engine(url, path)
        where = engine.url.render_as_string() if url else str(folder)
        records = cls(engine, where)
        try:
            records._prepare(create)
        except ArchiveError:
            engine.dispose()
            raise
        return records

    def _prepare(self, create: bool) -> None:
        with self.reading() as connection:
            names = set(inspect(connection).get_table_names())
            found = None
            if "meta" in names:
                found = read_meta(connection, "format")
        if found is None and (names or not create):
            raise ArchiveError(f"{self.where} is not an archive: its database holds something else")
        if found != str(tables.FORMAT):
            with self.writing() as connection:
                self._bring_up(connection)

    def _bring_up(self, connection: Connection) -> None:
        """Make the tables, or bring them to the present format; another process may have done so just now."""
        is_new = not inspect(connection).has_table("meta")
        found = None if is_new else read_meta(connection, "format")
        if found is None:
            make_tables(connection)
        elif int(found) != tables.FORMAT:
            migrate(connection, int(found), self.where)
            put_format = tables.meta.update().where(tables.meta.c.key == "format")
            connection.execute(put_format.values(value=str(tables.FORMAT)))

    def close(self) -> None:
        """Give the database back."""
        self.engine.dispose()

    def damage(self) -> list[str]:
        """What the database finds wrong with its own file; a server database sees to that itself."""
        if self.engine.dialect.name != "sqlite":
            return []
        try:
            with self.reading() as connection:
                found = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check(10)")]
        except ArchiveError as error:
            return [str(error)]
        return [f"{self.where}: {one}; restore the records from a copy." for one in found if one != "ok"]

    def forget_erased(self) -> None:
        """Let nothing that was erased linger in the database's own log of writes."""
        if self.engine.dialect.name == "sqlite":
            with self.engine.connect() as connection:
                connection.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one moment of the records."""
        with self._damage_told(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction: all of it is kept, or nothing."""
        with self._damage_told(), self.engine.execution_options(**{WRITES: True}).begin() as connection:
            yield connection

    @contextmanager
    def noting(self) -> Iterator[Connection]:
        """A short transaction that needs no writer lock: accounts, history and the like, several at once."""
        engine = self.engine.execution_options(**{WRITES: True})
        if self.engine.dialect.name != "sqlite":
            engine = engine.execution_options(isolation_level="READ COMMITTED")  # waits for a row, does not fail
        with self._damage_told(), engine.begin() as connection:
            yield connection

    @contextmanager
    def _damage_told(self) -> Iterator[None]:
        try:
            yield
        except exc.IntegrityError:
            raise  # a defect of ours, not of the database
        except exc.DBAPIError as error:
            raise ArchiveError(
                f"{self.where}: the records cannot be used ({error.orig}); run youju check, or restore them from a copy"
            ) from error

    def meta(self, key: str) -> str | None:
        """A value of the table `meta`, such as "archive" (the archive's own name) or "model"."""
        with self.reading() as connection:
            return read_meta(connection, key)

    def log_number(self) -> int:
        """The number of the last change; 0 where there was none."""
        with self.reading() as connection:
            return _log_number(connection)

    def snapshot(self) -> Snapshot:
        """The visible reports now."""
        with self.reading() as connection:
            log = _log_number(connection)
            held = [one for one in _held(connection) if not one.removed]
            return Snapshot(
                log, held, read_meta(connection, "model") or "", int(read_meta(connection, "dimension") or 0)
            )

    def all_reports(self) -> list[HeldReport]:
        """Every report, removed ones too, by rising row."""
        with self.reading() as connection:
            return list(_held(connection))

    def changed_since(self, number: int) -> list[tuple[int, int]]:
        """Each report's row that changed after `number`, with the number of its last change, by that number."""
        last = func.max(tables.changes.c.number)
        query = select(last, tables.changes.c.report).where(tables.changes.c.number > number)
        with self.reading() as connection:
            rows = connection.execute(query.group_by(tables.changes.c.report).order_by(last))
            return [(report, last_number) for last_number, report in rows]

    def position(self, number: int) -> LogPosition:
        """The place of change `number` in the log; position 0 where the log has no such change."""
        with self.reading() as connection:
            query = select(tables.changes.c.at).where(tables.changes.c.number == number)
            at = connection.execute(query).scalar_one_or_none()
        return LogPosition() if at is None else LogPosition(number, at.isoformat())

    def text(self, row: int) -> str:
        """The text of a report; "" where it was purged."""
        with self.reading() as connection:
            return _text(connection, row)

    def guesses(self, row: int) -> dict[str, Provenance]:
        """Where a report's metadata comes from."""
        with self.reading() as connection:
            query = select(tables.reports.c.guesses).where(tables.reports.c.row == row)
            return guesses_of(connection.execute(query).scalar_one())

    def original(self, row: int) -> bytes | None:
        """The bytes that a report was read from; None where they were purged. Raises ArchiveError where damaged."""
        with self.reading() as connection:
            query = select(tables.originals.c.compressed).where(tables.originals.c.report == row)
            compressed = connection.execute(query).scalar_one_or_none()
        if compressed is None:
            return None
        try:
            return zlib.decompress(compressed)
        except zlib.error as error:
            what = f"the original of report {row} is damaged"
            raise ArchiveError(f"{self.where}: {what}; index its file again") from error

    def sections(self, held: HeldReport) -> tuple[Section, ...]:
        """A report's sections in reading order."""
        query = select(tables.sections).where(tables.sections.c.report == held.row).order_by(tables.sections.c.ordinal)
        with self.reading() as connection:
            return tuple(section_of(row, held.info.id) for row in connection.execute(query).mappings())

    def passages_of(self, held: HeldReport, text: str) -> tuple[Passage, ...]:
        """A report's passages in reading order; `text` is its text."""
        query = select(tables.passages).where(tables.passages.c.report == held.row).order_by(tables.passages.c.id)
        with self.reading() as connection:
            return tuple(passage_of(row, held.info.id, text) for row in connection.execute(query).mappings())

    def figures_of(self, held: HeldReport) -> tuple[Figure, ...]:
        """A report's figures in reading order."""
        query = select(tables.figures).where(tables.figures.c.report == held.row).order_by(tables.figures.c.id)
        with self.reading() as connection:
            return tuple(figure_of(row, held.info.id) for row in connection.execute(query).mappings())

    def passages(self, owners: Mapping[int, HeldReport], texts: Recent[int, str]) -> list[tuple[int, Passage]]:
        """The passages of these numbers; `texts` keeps the reports' texts, read in the same moment as the passages."""
        found: list[tuple[int, Passage]] = []
        with self.reading() as connection:
            for row in _rows_by(connection, tables.passages, tables.passages.c.id, owners):
                held = owners[row["id"]]
                text = texts.get(held.row)
                if text is None:
                    text = _text(connection, held.row)
                    texts.put(held.row, text)
                found.append((row["id"], passage_of(row, held.info.id, text)))
        return found

    def figures(self, owners: Mapping[int, HeldReport]) -> list[tuple[int, Figure]]:
        """The figures of these numbers."""
        with self.reading() as connection:
            rows = _rows_by(connection, tables.figures, tables.figures.c.id, owners)
            return [(row["id"], figure_of(row, owners[row["id"]].info.id)) for row in rows]

    def figures_of_passages(self, owners: Mapping[int, HeldReport]) -> list[tuple[int, Figure]]:
        """The figures of the passages of these numbers in reading order, each with its passage's number."""
        with self.reading() as connection:
            rows = _rows_by(connection, tables.figures, tables.figures.c.passage_id, owners)
            return [(row["passage_id"], figure_of(row, owners[row["passage_id"]].info.id)) for row in rows]

    def vectors(self, held: HeldReport, model: str, dimension: int) -> Vectors | None:
        """A report's vectors by the model of that fingerprint, one row a passage; None where any is missing."""
        query = (
            select(tables.vectors.c.halves)
            .join(tables.passages, tables.passages.c.id == tables.vectors.c.passage)
            .where(tables.passages.c.report == held.row, tables.vectors.c.model == model)
            .order_by(tables.passages.c.id)
        )
        with self.reading() as connection:
            blocks: Sequence[bytes] = connection.execute(query).scalars().all()
        if len(blocks) != held.passages or any(len(block) != 2 * dimension for block in blocks):
            return None
        return np.frombuffer(b"".join(blocks), dtype="<f2").astype(np.float32).reshape(len(blocks), dimension)


def _held(connection: Connection) -> Iterator[HeldReport]:
    readers: dict[int, set[str]] = {}
    for report, account in connection.execute(select(people.report_readers.c.report, people.report_readers.c.account)):
        readers.setdefault(report, set()).add(account)
    columns = [column for column in tables.reports.c if column.name not in {"text", "guesses"}]
    for row in connection.execute(select(*columns).order_by(tables.reports.c.row)).mappings():
        yield HeldReport(
            info=info_of(row),
            row=row["row"],
            first_passage=row["first_passage"],
            passages=row["passages"],
            first_figure=row["first_figure"],
            figures=row["figures"],
            made_from=row["made_from"],
            removed_at=row["removed_at"],
            readers=frozenset(readers.get(row["row"], ())),
        )


def _rows_by(connection: Connection, table: Table, column: Column[int], values: Iterable[int]) -> Iterator[RowMapping]:
    """The rows of `table` whose `column` is among `values`, by rising id."""
    wanted = sorted(values)
    for start in range(0, len(wanted), BLOCK):
        query = select(table).where(column.in_(wanted[start : start + BLOCK])).order_by(table.c.id)
        yield from connection.execute(query).mappings()


def _text(connection: Connection, row: int) -> str:
    query = select(tables.reports.c.text).where(tables.reports.c.row == row)
    return connection.execute(query).scalar_one_or_none() or ""


def read_meta(connection: Connection, key: str) -> str | None:
    """A value of the table `meta`."""
    return connection.execute(select(tables.meta.c.value).where(tables.meta.c.key == key)).scalar_one_or_none()


def _log_number(connection: Connection) -> int:
    return int(connection.exec_driver_sql(_LAST_CHANGE).scalar_one()) - 1
