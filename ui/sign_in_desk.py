"""Signs people in and out of one archive, and lets them choose their passwords; each thing is recorded."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from indexer.errors import AccountError, SignInError
from indexer.recent import Recent
from indexer.viewer import Role, Viewer
from ui.sign_in import viewer_with
from ui.sign_in_limit import AddressLimit
from ui.site import Site

FIRST_MINUTES = 10
TICKETS = 1000


@dataclass(frozen=True, slots=True)
class _Ticket:
    """Who has signed in with a password that was given to him, and may choose his own."""

    account: str
    until: datetime
    mark: str  # of the password that was given


class SignInDesk:
    """What the routes of the sign-in do."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._accounts = site.whole.accounts
        self._addresses = AddressLimit(site.whole.settings.accounts.address_failures)
        self._first: Recent[str, _Ticket] = Recent(TICKETS)

    def come(self, name: str, password: str, address: str) -> tuple[str, str]:
        """The token of a new session, or the ticket of who must first choose a password. Raises SignInError."""
        now = datetime.now(UTC)
        self._addresses.enter(address, now)
        try:
            token = self._accounts.sign_in(name, password, now)
        except SignInError:
            self._site.note(Viewer(self._known(name), Role.READER), "sign_in", ok=False)
            raise
        self._addresses.right(address, now)
        account = self._accounts.get(name)
        self._site.note(Viewer(account.name, account.role), "sign_in")
        if not account.must_change:
            return token, ""
        self._accounts.end(token)
        ticket = secrets.token_urlsafe(24)
        until = now + timedelta(minutes=FIRST_MINUTES)
        self._first.put(ticket, _Ticket(account.name, until, self._accounts.password_mark(account.name)))
        return "", ticket

    def choose(self, ticket: str, password: str) -> str:
        """The token of a new session after the first password is chosen; "" where the ticket was used or is too old.

        Raises AccountError where the password is not allowed, which leaves the ticket; SignInError where the account
        was disabled meanwhile.
        """
        held = self._first.take(ticket)
        now = datetime.now(UTC)
        if held is None or now > held.until or not self._is_awaited(held):
            return ""
        try:
            self._accounts.set_password(held.account, password)
        except AccountError:
            self._first.put(ticket, held)
            raise
        self._site.note(Viewer(held.account, Role.READER), "password")
        return self._accounts.sign_in(held.account, password, now)

    def change(self, viewer: Viewer, old: str, new: str) -> str:
        """The token of a new session after one's own password is changed, which ends all others.

        Raises SignInError where the old one is wrong, AccountError where the new one is not allowed.
        """
        now = datetime.now(UTC)
        try:
            self._accounts.change_password(viewer.account, old, new, now)
        except (SignInError, AccountError):
            self._site.note(viewer, "password", ok=False)
            raise
        self._site.note(viewer, "password")
        return self._accounts.sign_in(viewer.account, new, now)

    def leave(self, token: str) -> None:
        """End the session."""
        viewer = viewer_with(self._site, token)
        if viewer is not None:
            self._accounts.end(token)
            self._site.note(viewer, "sign_out")

    def _is_awaited(self, held: _Ticket) -> bool:
        """Whether the account is there, may sign in, and still has the password that it was given."""
        try:
            account = self._accounts.get(held.account)
        except AccountError:
            return False
        is_given = self._accounts.password_mark(held.account) == held.mark
        return account.must_change and not account.disabled and is_given

    def _known(self, name: str) -> str:
        """The name where there is such an account: what is typed there by mistake may be a password."""
        try:
            return self._accounts.get(name).name
        except AccountError:
            return ""
