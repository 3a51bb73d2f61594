"""What an administrator does to accounts, each thing recorded; says as HTML what came of it."""

from __future__ import annotations

from datetime import UTC, datetime

from assistant.types import Language
from indexer.account_names import account_name
from indexer.errors import AccountError
from indexer.passwords import one_time_password
from indexer.viewer import Role, Viewer
from ui.accounts_view import accounts_html, done_html, once_html, refused_line
from ui.site import Site
from ui.spoken import in_language
from ui.text import say


class AccountsDesk:
    """The accounts of one archive, in one language."""

    def __init__(self, site: Site, language: Language) -> None:
        self._site = site
        self._language = language

    def listed(self, viewer: Viewer) -> str:
        """All accounts as HTML; for whoever is no administrator, that he may not see them."""
        if not viewer.role.at_least(Role.ADMINISTRATOR):
            return refused_line(self._say("event_refused"))
        now = datetime.now(UTC).replace(tzinfo=None)
        return accounts_html(self._site.whole.accounts.list(), self._language, now)

    def carry_out(self, viewer: Viewer, what: str, name: str, *, role: str = "", typed: str = "") -> str:
        """Do one thing (add, role, disable, enable, reset, remove); a sentence as HTML, also where it cannot be done."""
        if not viewer.role.at_least(Role.ADMINISTRATOR):
            return refused_line(self._say("event_refused"))
        try:
            said = self._carried_out(what, name, role, typed)
        except AccountError as error:
            self._site.note(viewer, f"account_{what}", name, ok=False)
            return refused_line(in_language(error, self._language))
        self._site.note(viewer, f"account_{what}", account_name(name))
        return said

    def _carried_out(self, what: str, name: str, role: str, typed: str) -> str:
        accounts = self._site.whole.accounts
        if what == "add":
            return self._added(name, _role(role))
        if what == "reset":
            password = one_time_password()
            accounts.set_password(name, password, must_change=True)
            return once_html(self._say("accounts_was_reset", name=name), password, self._language)
        if what == "role":
            accounts.set_role(name, _role(role))
        elif what == "disable":
            accounts.disable(name)
        elif what == "enable":
            accounts.enable(name)
        elif what == "remove":
            if typed.strip() != name:
                raise AccountError(self._say("accounts_confirm_differs"))
            accounts.remove(name)
            return done_html(self._say("accounts_removed", name=name))
        else:
            raise AccountError(self._say("event_unknown"))
        return done_html(self._say("accounts_done", name=name))

    def _added(self, name: str, role: Role) -> str:
        accounts = self._site.whole.accounts
        password = one_time_password()
        if not accounts.any_account():
            role = Role.ADMINISTRATOR  # somebody must be able to make the others
        made = accounts.create(name, role, password, must_change=True)
        return once_html(self._say("accounts_added", name=made.name), password, self._language)

    def _say(self, key: str, **values: object) -> str:
        return say(self._language, key, **values)


def _role(text: str) -> Role:
    try:
        return Role(text)
    except ValueError as error:
        raise AccountError(f"没有“{text[:20]}”这种角色，请从列表里选。(There is no such role.)") from error
