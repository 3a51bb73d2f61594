"""The accounts as HTML: a row each with what can be done to it, and the form for a new one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from assistant.types import Language
from indexer.accounts import Account
from indexer.viewer import Role
from ui.pages import AUDIT, address_of
from ui.render import escape, text_html
from ui.text import say

COLUMNS = ("name", "role", "state", "seen", "created")


def accounts_html(accounts: Sequence[Account], language: Language, now: datetime) -> str:
    """The table of all accounts, the form for a new one and the way to what was done."""
    audit = f'<a href="{address_of(AUDIT, language)}">{text_html(language, "accounts_audit")}</a>'
    heads = "".join(f"<th scope=col>{text_html(language, f'accounts_{name}')}</th>" for name in COLUMNS)
    rows = "".join(_row(one, language, now) for one in accounts)
    table = (
        f'<div class="yj-scroll"><table class="yj-table yj-accounts"><thead><tr>{heads}<th></th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
        if accounts
        else f'<p class="yj-lead">{text_html(language, "accounts_first")}</p>'
    )
    lead = f'<p class="yj-lead">{text_html(language, "accounts_lead")} {audit}</p>'
    return f"<h2>{text_html(language, 'nav_accounts')}</h2>{lead}{table}{_add_form(language, is_first=not accounts)}"


def done_html(sentence: str) -> str:
    """What was done, in a sentence."""
    return f'<p class="yj-done" role="status">{escape(sentence)}</p>'


def refused_line(sentence: str) -> str:
    """Why nothing was done."""
    return f'<p class="yj-done yj-bad" role="alert">{escape(sentence)}</p>'


def once_html(sentence: str, password: str, language: Language) -> str:
    """A one-time password, shown this once."""
    return (
        f'<div class="yj-done" role="status"><p>{escape(sentence)}</p><p><code class="yj-once">{escape(password)}</code></p>'
        f'<p class="yj-lead">{text_html(language, "accounts_once")}</p></div>'
    )


def local_time(moment: datetime) -> str:
    """A moment in UTC without a zone, as the clock of this machine shows it, to the minute."""
    return f"{moment.replace(tzinfo=UTC).astimezone():%Y-%m-%d %H:%M}"


def state_of(account: Account, language: Language, now: datetime) -> str:
    """Whether the account can be used; `now` is UTC without a zone."""
    if account.disabled:
        return say(language, "accounts_disabled")
    if account.locked_until is not None and account.locked_until > now:
        return say(language, "accounts_locked", until=local_time(account.locked_until))
    return say(language, "accounts_must_change" if account.must_change else "accounts_active")


def _row(account: Account, language: Language, now: datetime) -> str:
    seen = local_time(account.last_seen) if account.last_seen else say(language, "accounts_never")
    is_shut = account.disabled or (account.locked_until is not None and account.locked_until > now)
    cells = (
        f"<th scope=row>{escape(account.name)}</th><td>{_roles(account.name, account.role, language)}</td>"
        f"<td>{escape(state_of(account, language, now))}</td><td>{escape(seen)}</td><td>{local_time(account.created)}</td>"
    )
    shut = "enable" if is_shut else "disable"
    buttons = "".join(_button(what, account.name, language) for what in (shut, "reset"))
    return f'<tr>{cells}<td class="yj-row-acts">{buttons}{_remove(account.name, language)}</td></tr>'


def _roles(name: str, chosen: Role, language: Language) -> str:
    label = f"{text_html(language, 'accounts_role')} {escape(name)}"
    return (
        f'<select data-do="role" data-name="{escape(name)}" aria-label="{label}">{_options(chosen, language)}</select>'
    )


def _options(chosen: Role, language: Language) -> str:
    return "".join(
        f'<option value="{role.value}"{" selected" if role is chosen else ""}>{text_html(language, f"role_{role.value}")}</option>'
        for role in Role
    )


def _button(what: str, name: str, language: Language) -> str:
    label = text_html(language, f"accounts_{what}")
    return (
        f'<button type="button" class="yj-button" data-do="{what}" data-name="{escape(name)}" '
        f'aria-label="{label} {escape(name)}">{label}</button>'
    )


def _remove(name: str, language: Language) -> str:
    """The button that opens the question to type the name once more."""
    label = text_html(language, "accounts_remove")
    field = (
        f'<label>{text_html(language, "accounts_confirm")}<input type="text" class="yj-input" maxlength="64" autocomplete="off">'
        "</label>"
    )
    return (
        f'<details class="yj-confirm"><summary class="yj-button" aria-label="{label} {escape(name)}">{label}</summary>'
        f'<form data-do="remove" data-name="{escape(name)}"><p>{text_html(language, "accounts_confirm_hint")}</p>{field}'
        f'<button type="submit" class="yj-button yj-main">{label}</button></form></details>'
    )


def _add_form(language: Language, *, is_first: bool) -> str:
    chosen = Role.ADMINISTRATOR if is_first else Role.READER
    return (
        f'<h2 class="yj-next">{text_html(language, "accounts_add_title")}</h2><form class="yj-line" data-do="add">'
        f'<label>{text_html(language, "accounts_name")}<input type="text" class="yj-input" name="name" required maxlength="64" '
        'autocomplete="off"></label>'
        f'<label>{text_html(language, "accounts_role")}<select name="role">{_options(chosen, language)}</select></label>'
        f'<button type="submit" class="yj-button yj-main">{text_html(language, "accounts_add")}</button></form>'
    )
