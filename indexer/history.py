"""What each account asked: kept, searched by words, shown again as far as it may still be seen, deleted."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, delete, insert, or_, select

from indexer.cited import Holder, plain_json, reports_in
from indexer.records import Records
from indexer.records_write import take_number
from indexer.schema import people

PAGE = 200  # rows read at a time: some may not be shown
table = people.history


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """A question with its answer as it was given."""

    id: int
    asked_at: datetime  # UTC
    question: str
    turns: tuple[str, ...]  # the questions before it, oldest first
    answer: Mapping[str, Any]  # what it takes to show it again
    said: str  # the answer's text
    status: str
    cites: tuple[str, ...]  # ids of the reports that it shows something of


class History:
    """The questions of every account of one archive; nobody gets those of another account."""

    def __init__(self, records: Records, most: int) -> None:
        self._records = records
        self._most = most  # entries of an account that are kept

    def add(
        self,
        account: str,
        question: str,
        answer: Mapping[str, Any],
        *,
        said: str,
        status: str,
        turns: Sequence[str] = (),
        cites: Iterable[str] = (),
        at: datetime | None = None,
    ) -> int:
        """Keep a question; the number of the entry. Reports that `answer` names by "report_id" count as cited.

        Of an account that has asked more than is kept the oldest entries go.
        """
        asked_at = at or datetime.now(UTC).replace(tzinfo=None)
        values = {"account": account, "asked_at": asked_at, "question": question, "said": said, "status": status}
        kept = {"turns": list(turns), "answer": answer, "cites": reports_in(answer, cites)}
        with self._records.noting() as connection:
            number = take_number(connection, "history")
            texts = {name: plain_json(value) for name, value in kept.items()}
            connection.execute(insert(table).values(id=number, **values, **texts))
            _erase_oldest(connection, account, self._most)
        return number

    def search(
        self, account: str, words: str = "", *, seen: Holder, limit: int = 50, before: int | None = None
    ) -> tuple[HistoryEntry, ...]:
        """At most `limit` entries of the account that hold every word in the question or the answer, newest first.

        `seen` is the archive as the account sees it now: what shows anything else is left out. `before`: only entries
        of a lower number, for the next page.
        """
        found: list[HistoryEntry] = []
        for entry in self._entries(_asked(account, words), before):
            if seen.holds(entry.cites):
                found.append(entry)
            if len(found) >= limit:
                break
        return tuple(found)

    def holding(self, account: str, text: str, *, seen: Holder, among: int) -> tuple[HistoryEntry, ...]:
        """Those of the account's newest `among` entries whose kept answer holds `text` somewhere, newest first.

        The database looks for it, so that not all of them have to be read. `seen` as for `search`.
        """
        newest = select(table.c.id).where(table.c.account == account).order_by(table.c.id.desc()).limit(among)
        query = select(table).where(table.c.id.in_(newest.scalar_subquery()))
        holds = table.c.answer.contains(text, autoescape=True)
        with self._records.reading() as connection:
            rows = connection.execute(query.where(holds).order_by(table.c.id.desc())).mappings().all()
        return tuple(entry for entry in map(_entry, rows) if seen.holds(entry.cites))

    def get(self, account: str, number: int, *, seen: Holder) -> HistoryEntry | None:
        """One entry; None where the account has none of that number, or may not see what it shows any more."""
        with self._records.reading() as connection:
            query = select(table).where(table.c.account == account, table.c.id == number)
            row = connection.execute(query).mappings().first()
        entry = None if row is None else _entry(row)
        return entry if entry is not None and seen.holds(entry.cites) else None

    def delete(self, account: str, number: int) -> bool:
        """Erase one entry of the account; whether there was one."""
        with self._records.noting() as connection:
            of_number = delete(table).where(table.c.account == account, table.c.id == number)
            return connection.execute(of_number).rowcount > 0

    def delete_all(self, account: str) -> int:
        """Erase all that the account asked; how many entries."""
        with self._records.noting() as connection:
            return connection.execute(delete(table).where(table.c.account == account)).rowcount

    def _entries(self, query: Select[Any], before: int | None) -> Iterator[HistoryEntry]:
        last = before
        while True:
            page = query if last is None else query.where(table.c.id < last)
            with self._records.reading() as connection:
                rows = connection.execute(page.order_by(table.c.id.desc()).limit(PAGE)).mappings().all()
            yield from map(_entry, rows)
            if len(rows) < PAGE:
                return
            last = rows[-1]["id"]


def _erase_oldest(connection: Connection, account: str, most: int) -> None:
    of_account = table.c.account == account
    last_kept = select(table.c.id).where(of_account).order_by(table.c.id.desc()).limit(1).offset(most - 1)
    oldest = connection.execute(last_kept).scalar_one_or_none()
    if oldest is not None:
        connection.execute(delete(table).where(of_account, table.c.id < oldest))


def _asked(account: str, words: str) -> Select[Any]:
    query = select(table).where(table.c.account == account)
    for word in words.split():
        said = (column.icontains(word, autoescape=True) for column in (table.c.question, table.c.said))
        query = query.where(or_(*said))
    return query


def _entry(row: RowMapping) -> HistoryEntry:
    return HistoryEntry(
        id=row["id"],
        asked_at=row["asked_at"],
        question=row["question"],
        turns=tuple(json.loads(row["turns"])),
        answer=json.loads(row["answer"]),
        said=row["said"],
        status=row["status"],
        cites=tuple(json.loads(row["cites"])),
    )
