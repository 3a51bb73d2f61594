"""Opens the database that the records live in, and makes their tables in a new one."""

from __future__ import annotations

import sqlite3
import uuid
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, exc

from indexer.errors import SettingsError
from indexer.schema import people, tables

COUNTERS = ("report", "passage", "figure", "change", *people.COUNTERS)

WRITES = "youju_writes"  # the execution option of a connection that is going to write


def open_engine(url: str, path: Path) -> Engine:
    """The database at `url`; the SQLite file at `path` where there is no URL. Raises SettingsError for a bad URL."""
    if not url:
        return _sqlite(path)
    try:
        return create_engine(url, isolation_level="REPEATABLE READ")
    except (exc.ArgumentError, ModuleNotFoundError) as error:
        why = f"archive.records cannot be used ({error})"
        raise SettingsError(f"{why}; write postgresql+psycopg://USER@HOST/NAME and install psycopg") from error


def make_tables(connection: Connection) -> None:
    """Make all tables and begin every count at 1."""
    tables.metadata.create_all(connection)
    connection.execute(tables.counters.insert(), [{"name": name, "next": 1} for name in COUNTERS])
    entries = {"format": str(tables.FORMAT), "archive": uuid.uuid4().hex}
    connection.execute(tables.meta.insert(), [{"key": key, "value": value} for key, value in entries.items()])


def _sqlite(path: Path) -> Engine:
    engine = create_engine(f"sqlite:///{path}", pool_size=16, max_overflow=32)

    @event.listens_for(engine, "connect")
    def configure(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # transactions begin where we say so, not at the driver's discretion
        for pragma in ("journal_mode=WAL", "busy_timeout=15000", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITES)
        # A transaction that reads first and writes then fails where another one wrote in between: it waits at its
        # beginning instead.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
