"""The pages in front of the pages, as plain HTML without a script: signing in, the first password, a refusal."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

from assistant.types import Language
from indexer.viewer import Viewer
from ui.pages import ASK, Page, address_of, page_at
from ui.render import escape
from ui.text import say


@dataclass(frozen=True, slots=True)
class Entry:
    """What the page for signing in shows; `name` is shown again after a refusal, a password never."""

    language: Language
    notice: str
    to: str = "/"  # where it leads afterwards
    name: str = ""
    error: str = ""  # a sentence


def sign_in_html(entry: Entry) -> str:
    """The form for account and password."""
    said = entry.language
    name = f'autocomplete="username" value="{escape(entry.name)}"'
    fields = _field(said, "name", "sign_in_name", name, focused=not entry.name) + _field(
        said, "password", "sign_in_password", 'autocomplete="current-password"', focused=bool(entry.name)
    )
    body = (
        f"{_error(entry)}{_form(entry, '/sign-in', fields, 'sign_in_send')}"
        f'<p class="yj-soft">{escape(say(said, "sign_in_forgotten"))}</p>'
    )
    return _page(said, say(said, "sign_in_title"), f"{body}{_notice(entry)}", _switch(entry))


def first_password_html(entry: Entry) -> str:
    """The form for a password of one's own, after signing in with one that was given."""
    said = entry.language
    rule = f'<p class="yj-soft" id="rule">{escape(say(said, "password_rule"))}</p>'
    more = 'autocomplete="new-password" minlength="10" aria-describedby="rule"'
    first = _field(said, "new", "password_new", more, focused=True)
    fields = first + rule + _field(said, "again", "password_again", more, focused=False)
    lead = f"<p>{escape(say(said, 'sign_in_first'))}</p>"
    body = f"{lead}{_error(entry)}{_form(entry, '/sign-in/password', fields, 'password_change')}"
    return _page(said, say(said, "password_title"), body, "")


def refused_html(viewer: Viewer, page: Page, language: Language) -> str:
    """Says that a page is not for the viewer's role."""
    own, role = (say(language, f"role_{one.value}") for one in (viewer.role, page.least))
    sentence = say(language, "page_refused", role=role, own=own)
    back = f'<p><a href="{address_of(ASK, language)}">{escape(say(language, "page_back"))}</a></p>'
    return _page(language, say(language, "page_refused_title"), f'<p role="alert">{escape(sentence)}</p>{back}', "")


def _field(language: Language, name: str, label: str, more: str, *, focused: bool) -> str:
    focus = " autofocus" if focused else ""
    kind = "text" if name == "name" else "password"
    return (
        f'<label for="{name}">{escape(say(language, label))}</label>'
        f'<input id="{name}" name="{name}" type="{kind}" required maxlength="256" {more}{focus}>'
    )


def _form(entry: Entry, action: str, fields: str, send: str) -> str:
    spoken = f'<input type="hidden" name="language" value="{entry.language.value}">'
    to = f'<input type="hidden" name="to" value="{escape(entry.to)}">'
    button = f'<button type="submit">{escape(say(entry.language, send))}</button>'
    return f'<form method="post" action="{action}">{to}{spoken}{fields}{button}</form>'


def _error(entry: Entry) -> str:
    return f'<p class="yj-refused" role="alert">{escape(entry.error)}</p>' if entry.error else ""


def _notice(entry: Entry) -> str:
    return f'<p class="yj-classified">{escape(entry.notice)}</p>'


def _switch(entry: Entry) -> str:
    other = Language.ENGLISH if entry.language is Language.CHINESE else Language.CHINESE
    to = address_of(page_at(entry.to) or ASK, other)
    address = f"/sign-in?language={other.value}&amp;to={escape(to)}"
    return f'<a class="yj-other" href="{address}" lang="{other.value}">{escape(say(other, "language_name"))}</a>'


def _page(language: Language, title: str, body: str, corner: str) -> str:
    tag = "zh-CN" if language is Language.CHINESE else "en"
    product, tagline = escape(say(language, "product")), escape(say(language, "tagline"))
    style = files("ui").joinpath("assets", "sign_in.css").read_text(encoding="utf-8")
    return (
        f'<!doctype html><html lang="{tag}"><head><meta charset="utf-8"><title>{escape(title)} · {product}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark"><link rel="icon" type="image/svg+xml" href="/favicon.svg">'
        f'<style>{style}</style></head><body>{corner}<main id="yj-sign-in"><p class="yj-product">{product}</p>'
        f'<p class="yj-tagline">{tagline}</p><h1>{escape(title)}</h1>{body}</main></body></html>'
    )
