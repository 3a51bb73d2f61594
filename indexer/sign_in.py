"""Signing in to an archive: passwords checked, failures counted, sessions kept and ended."""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Connection, RowMapping, delete, insert, or_, select, update

from indexer.account_names import account_name
from indexer.errors import AccountError, SignInError
from indexer.passwords import check_password, hashed, is_right, nobodys
from indexer.recent import Recent
from indexer.records import Records
from indexer.schema import people
from indexer.settings import AccountSettings
from indexer.viewer import Role, Viewer

FAILURES = 5  # in a row: after so many the account is locked, and again after so many more, for twice as long
LOCKED, LOCKED_LONGEST = timedelta(minutes=15), timedelta(hours=4)
REFUSED_SECONDS = 0.3  # that a refusal takes, whatever its cause, so that its duration tells nothing
SEEN_AGAIN = timedelta(minutes=1)  # a session notes no oftener that it was used
CLOCK_BACK = timedelta(minutes=10)  # a session made later than this from now was made by another clock
STRANGERS = 10_000  # names without an account whose failures are remembered

accounts, sessions = people.accounts, people.sessions
WHO = (accounts.c.name, accounts.c.role, accounts.c.created.label("made"))
Failures = tuple[int, datetime | None]  # in a row, and until when the name is locked


class SignIn:
    """The way into one archive. All times are given by the caller; one with a zone is taken as that moment."""

    def __init__(self, records: Records, settings: AccountSettings) -> None:
        self._records = records
        self._idle = timedelta(hours=settings.idle_hours)
        self._absolute = timedelta(days=settings.session_days)
        self._strangers: Recent[str, Failures] = Recent(STRANGERS)
        self._counting = threading.Lock()
        self._nobodys = nobodys()

    def sign_in(self, name: str, password: str, now: datetime) -> str:
        """The token of a new session. Raises SignInError; names without an account are refused and locked alike."""
        now = utc(now)
        token = secrets.token_urlsafe(32)

        def begin(connection: Connection, account: str) -> None:
            made = {"token": _digest(token), "account": account, "created": now, "last_seen": now}
            over = or_(sessions.c.expires < now, sessions.c.ended.is_not(None))
            connection.execute(delete(sessions).where(sessions.c.account == account, over))
            connection.execute(insert(sessions).values(**made, expires=now + self._absolute))

        self._if_right(name, password, now, begin)
        return token

    def viewer_of(self, token: str, now: datetime) -> Viewer | None:
        """Who a session's token belongs to; None where it has ended or expired, or the account is disabled."""
        now = utc(now)
        row = self._session(token)
        if row is None or row["ended"] or not row["created"] - CLOCK_BACK <= now < row["expires"]:
            return None
        unused = now - row["last_seen"]
        if unused >= self._idle:
            return None
        if unused >= SEEN_AGAIN:
            with self._records.noting() as connection:
                of_token = sessions.c.token == _digest(token)
                connection.execute(update(sessions).where(of_token).values(last_seen=now))
        return _viewer(row)

    def former_viewer_of(self, token: str) -> Viewer | None:
        """Whose a session was, even though it has ended or expired: he may leave something behind, and see nothing."""
        row = self._session(token)
        return None if row is None else _viewer(row)

    def is_still(self, viewer: Viewer) -> bool:
        """Whether an account that signed in is the one it was, in no lesser role, and not disabled since."""
        if viewer.made is None:
            return True
        of_name = select(*WHO).where(accounts.c.name == viewer.account, accounts.c.disabled.is_(False))
        with self._records.reading() as connection:
            row = connection.execute(of_name).mappings().first()
        return row is not None and _viewer(row).stands_for(viewer)

    def _session(self, token: str) -> RowMapping | None:
        """The session of a token with its account, unless that is disabled."""
        query = (
            select(*WHO, sessions)
            .join(accounts, accounts.c.name == sessions.c.account)
            .where(sessions.c.token == _digest(token), accounts.c.disabled.is_(False))
        )
        with self._records.reading() as connection:
            return connection.execute(query).mappings().first()

    def end(self, token: str) -> None:
        """End one session; nothing happens where there is none."""
        with self._records.noting() as connection:
            end_sessions(connection, sessions.c.token == _digest(token))

    def end_all(self, name: str) -> None:
        """End every session of an account."""
        with self._records.noting() as connection:
            end_sessions(connection, sessions.c.account == _possible_name(name))

    def change_password(self, name: str, old: str, new: str, now: datetime) -> None:
        """Replace one's own password; every session of the account ends. Raises SignInError, AccountError."""
        check_password(new, _possible_name(name))
        if new == old:
            raise AccountError("新密码与原密码相同，请换一个。(The new password is the old one.)")
        values = {"password": hashed(new), "must_change": False}

        def change(connection: Connection, account: str) -> None:
            connection.execute(update(accounts).where(accounts.c.name == account).values(**values))
            end_sessions(connection, sessions.c.account == account)

        self._if_right(name, old, utc(now), change)

    def _if_right(self, typed: str, password: str, now: datetime, then: Callable[[Connection, str], None]) -> None:
        """Do something for an account whose password is right and that may sign in. Raises SignInError.

        The password is hashed in any case, and a refusal takes as long whatever its cause.
        """
        started = time.monotonic()
        try:
            name = _possible_name(typed)
            of_name = select(accounts.c.password).where(accounts.c.name == name)
            with self._records.reading() as connection:
                kept = connection.execute(of_name).scalar_one_or_none()
            right = is_right(password, kept or self._nobodys)
            if kept is None:
                self._count_stranger(name, now)
                raise _refused()
            with self._records.noting() as connection:  # one after another: many at once guess no more than few
                refusal = _weighed(connection, name, kept if right else None, now)
                if refusal is None:
                    then(connection, name)
            if refusal is not None:
                raise refusal
        except SignInError:
            time.sleep(max(0.0, REFUSED_SECONDS - (time.monotonic() - started)))
            raise

    def _count_stranger(self, name: str, now: datetime) -> None:
        """Lock a name without an account as if it had one, so that a lock does not tell which names have."""
        with self._counting:
            failures, until = self._strangers.get(name) or (0, None)
            if _is_locked(until, now):
                raise _locked(until, now)
            self._strangers.put(name, (failures + 1, _until(failures + 1, now)))


def _viewer(row: RowMapping) -> Viewer:
    return Viewer(row["name"], Role(row["role"]), row["made"])


def end_sessions(connection: Connection, which: ColumnElement[bool]) -> None:
    """End these sessions in the transaction that is the reason for it."""
    now = datetime.now(UTC).replace(tzinfo=None)
    connection.execute(update(sessions).where(which, sessions.c.ended.is_(None)).values(ended=now))


def _possible_name(typed: str) -> str:
    """The name as it would be kept; all that can be no name are one, which no account has."""
    try:
        return account_name(typed)
    except AccountError:
        return ""


def utc(moment: datetime) -> datetime:
    """The moment as the records keep it: UTC without a zone; one without a zone is taken for UTC."""
    return moment if moment.tzinfo is None else moment.astimezone(UTC).replace(tzinfo=None)


def _weighed(connection: Connection, name: str, right: str | None, now: datetime) -> SignInError | None:
    """Count a try; why it is refused, or None. `right`: what is kept of the password that was typed, if it was right."""
    of_name = accounts.c.name == name
    row = connection.execute(select(accounts).where(of_name).with_for_update()).mappings().first()
    if row is None or (right is not None and right != row["password"]):  # removed or changed in this moment
        return _refused()
    if _is_locked(row["locked_until"], now):
        return _locked(row["locked_until"], now)
    if right is None:
        failures = row["failures"] + 1
        values = {"failures": failures, "locked_until": _until(failures, now)}
        connection.execute(update(accounts).where(of_name).values(**values))
        return _refused()
    if row["disabled"]:
        return SignInError("该账号已停用，请联系管理员。(The account is disabled.)")
    connection.execute(update(accounts).where(of_name).values(failures=0, locked_until=None))
    return None


def _until(failures: int, now: datetime) -> datetime | None:
    """Until when a name is locked after so many failures in a row: 15 minutes, doubling up to 4 hours."""
    times, rest = divmod(failures, FAILURES)
    return None if rest or not times else now + min(LOCKED * 2 ** min(times - 1, 8), LOCKED_LONGEST)


def _is_locked(until: datetime | None, now: datetime) -> bool:
    """Whether the lock is in force; one that ends later than any lock can was set by a clock that went back since."""
    return until is not None and now < until <= now + LOCKED_LONGEST


def _locked(until: datetime | None, now: datetime) -> SignInError:
    minutes = 1 if until is None else max(1, -(-(until - now) // timedelta(minutes=1)))
    return SignInError(
        f"输错次数过多，请{minutes}分钟后再试，或请管理员重设密码。(Too many failures: try again in {minutes} minutes.)"
    )


def _refused() -> SignInError:
    return SignInError(
        f"账号或密码不对。连续输错{FAILURES}次会暂时锁定。(The name or the password is wrong; {FAILURES} failures lock.)"
    )


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
