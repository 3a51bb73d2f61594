"""One's own account as HTML: the password, the places where one is signed in, the way out."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.types import Language
from indexer.open_sessions import OpenSession
from indexer.viewer import Viewer
from ui.accounts_view import local_time
from ui.frame import sign_out_html
from ui.pages import ACCOUNT
from ui.render import escape, text_html
from ui.text import say


def account_html(viewer: Viewer, sessions: Sequence[OpenSession], language: Language) -> str:
    """The page for an account; where nobody signs in, that it is so."""
    title = f"<h2>{text_html(language, 'nav_account')}</h2>"
    if not viewer.account:
        return f'{title}<p class="yj-lead">{text_html(language, "account_none")}</p>'
    who = escape(say(language, "signed_in_as", name=viewer.account))
    role = text_html(language, f"role_{viewer.role.value}")
    return (
        f'{title}<p class="yj-lead">{who} · {role}</p>{sign_out_html(language, ACCOUNT)}'
        f"{_password(viewer, language)}{_sessions(sessions, language)}"
    )


def _password(viewer: Viewer, language: Language) -> str:
    """The form that the script account.js sends."""
    name = f'<input type="text" name="name" value="{escape(viewer.account)}" autocomplete="username" hidden readonly>'
    fields = "".join(
        f'<label>{text_html(language, f"password_{part}")}<input type="password" class="yj-input" name="{part}" required '
        f'maxlength="256" autocomplete="{"current" if part == "old" else "new"}-password"></label>'
        for part in ("old", "new", "again")
    )
    return (
        f'<h2 class="yj-next">{text_html(language, "password_title")}</h2>'
        f'<form class="yj-own-form yj-password" data-language="{language.value}" data-failed="{text_html(language, "gone")}">'
        f'{name}{fields}<p class="yj-lead">{text_html(language, "password_rule")}</p>'
        f'<button type="submit" class="yj-button yj-main">{text_html(language, "password_change")}</button>'
        '<p class="yj-done" role="status" hidden></p></form>'
    )


def _sessions(sessions: Sequence[OpenSession], language: Language) -> str:
    heads = "".join(f"<th scope=col>{text_html(language, f'sessions_{name}')}</th>" for name in ("created", "seen"))
    rows = "".join(_row(one, language) for one in sessions)
    others = (
        f'<p><button type="button" class="yj-button" data-end="others">{text_html(language, "sessions_end_others")}</button></p>'
        if len(sessions) > 1
        else ""
    )
    return (
        f'<h2 class="yj-next">{text_html(language, "sessions_title")}</h2><table class="yj-table yj-sessions"><thead><tr>'
        f"{heads}<th></th></tr></thead><tbody>{rows}</tbody></table>{others}"
    )


def _row(session: OpenSession, language: Language) -> str:
    end = (
        f"<strong>{text_html(language, 'sessions_this')}</strong>"
        if session.is_this
        else f'<button type="button" class="yj-button" data-end="{session.mark}">{text_html(language, "sessions_end")}</button>'
    )
    return f"<tr><td>{local_time(session.created)}</td><td>{local_time(session.last_seen)}</td><td>{end}</td></tr>"
