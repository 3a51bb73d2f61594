"""The audit of an archive: who did what with which thing and when; ids only, never a text of a question or report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Select, insert, select

from indexer.account_names import folded_name
from indexer.records import Records
from indexer.records_write import take_number
from indexer.schema import people

ACTION = re.compile(r"[a-z][a-z_]{0,39}")
OBJECT = re.compile(r"[\w@:][\w.\-@:]{0,199}|")  # an id, an account's name; no blanks, nothing a sheet would compute
COMMAND_LINE = "@cli"  # in place of an account, whose name cannot begin so: who works on the machine itself
SERVER = "@server"  # what is done by itself when it is due
UNFIT = "?"  # stands for what is no id: a guessed address may hold anything
HEADINGS = ("number", "at", "account", "action", "object", "ok")
PAGE = 1000  # rows read at a time where all are wanted
table = people.audit


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One thing that was done, or tried in vain."""

    number: int
    at: datetime  # UTC
    account: str  # "": nobody was signed in; COMMAND_LINE, SERVER
    action: str
    object: str
    ok: bool


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which entries are wanted; what is None or empty is not asked. Times are UTC, `until` exclusive."""

    account: str = ""
    action: str = ""
    object: str = ""
    since: datetime | None = None
    until: datetime | None = None
    ok: bool | None = None


EVERYTHING = AuditFilter()


class Audit:
    """The audit of one archive. It only grows."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def record(self, account: str, action: str, object: str = "", *, ok: bool = True) -> None:
        """Note that an account did something (`ask`, `open`, `export`, …) with the thing of that id.

        What is no id is noted as "?". Raises ValueError for an action that is not a word of small letters.
        """
        self.record_all(account, action, [object], ok=ok)

    def record_all(self, account: str, action: str, objects: Sequence[str], *, ok: bool = True) -> None:
        """Note the same of several things, in their order. Raises ValueError."""
        if not ACTION.fullmatch(action):
            raise ValueError(f"{action!r} is no action; write one like report_open")
        if not objects:
            return
        done = {"at": datetime.now(UTC).replace(tzinfo=None), "account": _id(account), "action": action, "ok": ok}
        with self._records.noting() as connection:
            first = take_number(connection, "audit", len(objects))
            rows = [{**done, "number": first + place, "object": _id(one)} for place, one in enumerate(objects)]
            connection.execute(insert(table), rows)

    def newest(
        self, limit: int, only: AuditFilter = EVERYTHING, *, before: int | None = None
    ) -> tuple[AuditEntry, ...]:
        """At most `limit` entries, newest first; `before`: only those of a lower number, for the next page."""
        query = _asked(only).order_by(table.c.number.desc()).limit(limit)
        if before is not None:
            query = query.where(table.c.number < before)
        return self._read(query)

    def rows(self, only: AuditFilter = EVERYTHING) -> Iterator[tuple[str, ...]]:
        """The rows of a CSV, headings first, oldest first; times are ISO 8601 in UTC."""
        yield HEADINGS
        last = 0
        while page := self._read(_asked(only).where(table.c.number > last).order_by(table.c.number).limit(PAGE)):
            for one in page:
                at = one.at.isoformat(timespec="seconds") + "Z"
                yield str(one.number), at, one.account, one.action, one.object, "yes" if one.ok else "no"
            last = page[-1].number

    def _read(self, query: Select[tuple[object, ...]]) -> tuple[AuditEntry, ...]:
        with self._records.reading() as connection:
            rows = connection.execute(query).mappings()
            return tuple(AuditEntry(**{name: row[name] for name in HEADINGS}) for row in rows)


def _asked(only: AuditFilter) -> Select[tuple[object, ...]]:
    query: Select[tuple[object, ...]] = select(table)
    wanted = {"account": folded_name(only.account), "action": only.action, "object": only.object}
    for name, value in wanted.items():
        if value:
            query = query.where(table.c[name] == value)
    if only.since is not None:
        query = query.where(table.c.at >= only.since)
    if only.until is not None:
        query = query.where(table.c.at < only.until)
    return query if only.ok is None else query.where(table.c.ok.is_(only.ok))


def _id(text: str) -> str:
    return text if OBJECT.fullmatch(text) else UNFIT
