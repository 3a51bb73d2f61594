"""The sessions that an account has open, listed and ended by marks that are not their tokens."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update

from indexer.records import Records
from indexer.schema import people
from indexer.settings import AccountSettings
from indexer.sign_in import utc

MARK = 16  # characters of a token's hash that name its session: enough to tell an account's sessions apart
table = people.sessions


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A session that somebody may still use; times are UTC without a zone."""

    mark: str
    created: datetime
    last_seen: datetime
    is_this: bool  # the one that asks


class OpenSessions:
    """The open sessions of the accounts of one archive."""

    def __init__(self, records: Records, settings: AccountSettings) -> None:
        self._records = records
        self._idle = timedelta(hours=settings.idle_hours)

    def of(self, account: str, now: datetime, *, token: str = "") -> tuple[OpenSession, ...]:
        """Those of an account that neither ended nor expired, the last used first; `token` is that of who asks."""
        now = utc(now)
        query = (
            select(table)
            .where(table.c.account == account, table.c.ended.is_(None), table.c.expires > now)
            .where(table.c.last_seen > now - self._idle)
            .order_by(table.c.last_seen.desc())
        )
        mine = mark_of(token)
        with self._records.reading() as connection:
            rows = connection.execute(query).mappings().all()
        return tuple(
            OpenSession(row["token"][:MARK], row["created"], row["last_seen"], row["token"][:MARK] == mine)
            for row in rows
        )

    def end(self, account: str, mark: str, now: datetime) -> None:
        """End the account's session of that mark; nothing happens where there is none."""
        self._end(account, now, lambda one: one == mark)

    def end_others(self, account: str, token: str, now: datetime) -> None:
        """End all of the account's sessions but the one of `token`."""
        mine = mark_of(token)
        self._end(account, now, lambda one: one != mine)

    def _end(self, account: str, now: datetime, wanted: Callable[[str], bool]) -> None:
        with self._records.noting() as connection:
            of_account = (table.c.account == account, table.c.ended.is_(None))
            tokens = connection.execute(select(table.c.token).where(*of_account)).scalars()
            chosen = [one for one in tokens if wanted(one[:MARK])]
            if chosen:
                connection.execute(update(table).where(table.c.token.in_(chosen)).values(ended=utc(now)))


def mark_of(token: str) -> str:
    """The mark of a token's session; "" for no token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()[:MARK] if token else ""
