"""The accounts of an archive: made, changed, taken away; `sign_in.py` is the way in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Connection, RowMapping, delete, exc, func, insert, select, true, update

from indexer.account_names import account_name, folded_name
from indexer.errors import AccountError
from indexer.passwords import check_password, hashed, one_time_password
from indexer.records_write import put_readers
from indexer.schema import people
from indexer.sign_in import SignIn, end_sessions
from indexer.viewer import Role

FIRST = "admin"
table = people.accounts


@dataclass(frozen=True, slots=True)
class Account:
    """An account as it is listed; times are UTC without a zone."""

    name: str
    role: Role
    created: datetime
    disabled: bool
    locked_until: datetime | None
    must_change: bool  # the password at the next sign-in
    last_seen: datetime | None  # of the sessions that are still kept


class Accounts(SignIn):
    """The accounts of one archive and their sessions."""

    def create(self, name: str, role: Role, password: str, *, must_change: bool = False) -> Account:
        """A new account. Raises AccountError for a name that is taken or not allowed, a password that is too simple."""
        name, role = account_name(name), Role(role)
        check_password(password, name)
        row = _row(name, role, password, must_change)
        try:
            with self._records.noting() as connection:
                if _is_known(connection, name):
                    raise _taken(name)
                _erase_belongings(connection, name)  # an answer on its way when the account was removed came after it
                connection.execute(insert(table).values(**row))
        except exc.IntegrityError as error:  # another process was quicker
            raise _taken(name) from error
        return self.get(name)

    def first_administrator(self) -> str | None:
        """Where there is no account at all: make `admin`, who must change it, and give its one-time password."""
        if self.any_account():
            return None
        password = one_time_password()
        row = _row(FIRST, Role.ADMINISTRATOR, password, True)
        try:
            with self._records.noting() as connection:
                if connection.execute(select(table.c.name).limit(1)).first() is not None:
                    return None
                connection.execute(insert(table).values(**row))
        except exc.IntegrityError:  # another process made it in this moment and shows its password
            return None
        return password

    def any_account(self) -> bool:
        """Whether there is any."""
        with self._records.reading() as connection:
            return connection.execute(select(table.c.name).limit(1)).first() is not None

    def list(self) -> tuple[Account, ...]:
        """All accounts by name."""
        return self._listed(true())

    def _listed(self, which: ColumnElement[bool]) -> tuple[Account, ...]:
        seen = func.max(people.sessions.c.last_seen).label("last_seen")
        query = select(table, seen).outerjoin(people.sessions, people.sessions.c.account == table.c.name)
        query = query.where(which)
        with self._records.reading() as connection:
            rows = connection.execute(query.group_by(*table.c).order_by(table.c.name)).mappings()
            return tuple(_account(row) for row in rows)

    def get(self, name: str) -> Account:
        """One account. Raises AccountError where there is none."""
        found = self._listed(table.c.name == account_name(name))
        if not found:
            raise _unknown(name)
        return found[0]

    def password_mark(self, name: str) -> str:
        """What changes with every new password of the account and tells nothing of it; "" where there is no account."""
        with self._records.reading() as connection:
            kept = connection.execute(select(table.c.password).where(table.c.name == folded_name(name)))
            found = kept.scalar_one_or_none()
        return hashlib.sha256(found.encode()).hexdigest() if found else ""

    def set_password(self, name: str, password: str, *, must_change: bool = False) -> None:
        """Give a new password, which ends the account's sessions and any lock-out. Raises AccountError."""
        name = account_name(name)
        check_password(password, name)
        values = {"password": hashed(password), "must_change": must_change, "failures": 0, "locked_until": None}
        self._change(name, values, ends_sessions=True)

    def set_role(self, name: str, role: Role) -> None:
        """Give another role, in force at once. Raises AccountError for the last administrator."""
        self._change(account_name(name), {"role": Role(role).value})

    def disable(self, name: str) -> None:
        """Let the account sign in no more, and end its sessions. Raises AccountError for the last administrator."""
        self._change(account_name(name), {"disabled": True}, ends_sessions=True)

    def enable(self, name: str) -> None:
        """Let the account sign in again; a lock-out ends too. Raises AccountError."""
        self._change(account_name(name), {"disabled": False, "failures": 0, "locked_until": None})

    def remove(self, name: str) -> None:
        """Take the account away, with its sessions, history and drafts, and off every report's list.

        Its feedback stays without a name; the audit stays as it is. Raises AccountError for the last administrator.
        """
        name = account_name(name)
        with self._records.noting() as connection, _keeping_an_administrator(connection, name):
            connection.execute(delete(people.sessions).where(people.sessions.c.account == name))
            _erase_belongings(connection, name)
            _leave_lists(connection, name)
            connection.execute(delete(table).where(table.c.name == name))
        self._records.forget_erased()

    def _change(self, name: str, values: dict[str, object], *, ends_sessions: bool = False) -> None:
        with self._records.noting() as connection, _keeping_an_administrator(connection, name):
            connection.execute(update(table).where(table.c.name == name).values(**values))
            if ends_sessions:
                end_sessions(connection, people.sessions.c.account == name)


def _row(name: str, role: Role, password: str, must_change: bool) -> dict[str, object]:
    return {
        "name": name,
        "role": role.value,
        "password": hashed(password),
        "created": datetime.now(UTC).replace(tzinfo=None),
        "disabled": False,
        "failures": 0,
        "locked_until": None,
        "must_change": must_change,
    }


def _account(row: RowMapping) -> Account:
    names = ("name", "created", "disabled", "locked_until", "must_change", "last_seen")
    return Account(role=Role(row["role"]), **{name: row[name] for name in names})


def _is_known(connection: Connection, name: str) -> bool:
    return connection.execute(select(table.c.name).where(table.c.name == name)).first() is not None


def _erase_belongings(connection: Connection, name: str) -> None:
    """Erase what an account asked and drafted; what it said of answers stays, without its name."""
    for owned in (people.history, people.drafts):
        connection.execute(delete(owned).where(owned.c.account == name))
    connection.execute(update(people.feedback).where(people.feedback.c.account == name).values(account=""))


def _leave_lists(connection: Connection, name: str) -> None:
    readers = people.report_readers.c
    rows = connection.execute(select(readers.report).where(readers.account == name)).scalars().all()
    for row in rows:
        others = connection.execute(select(readers.account).where(readers.report == row, readers.account != name))
        put_readers(connection, row, others.scalars().all())


@contextmanager
def _keeping_an_administrator(connection: Connection, name: str) -> Iterator[None]:
    """A change of an account. Raises AccountError, which undoes it, where there is none, or no administrator after it."""
    able = select(table.c.name).where(table.c.role == Role.ADMINISTRATOR.value, table.c.disabled.is_(False))
    if not _is_known(connection, name):
        raise _unknown(name)
    before = connection.execute(able.with_for_update()).first()  # two who disable one another come one after the other
    yield
    if before is not None and connection.execute(able.limit(1)).first() is None:
        raise AccountError(
            "至少要留一位能登录的管理员，请先设另一位管理员。(This is the last administrator; make another one first.)"
        )


def _taken(name: str) -> AccountError:
    return AccountError(f"账号“{name}”已存在，请换一个名称。(The name is taken.)")


def _unknown(name: str) -> AccountError:
    return AccountError(f"没有账号“{name[:40]}”，请先新建或核对名称。(There is no such account.)")
