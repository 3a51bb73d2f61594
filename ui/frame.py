"""The bar that every page has on top: the product, the menu, what the archive holds, who is signed in, the language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.types import Language
from indexer.viewer import Viewer
from ui.pages import ACCOUNT, PAGES, Page, address_of
from ui.render import escape
from ui.text import say

if TYPE_CHECKING:
    from indexer.archive import Archive


def header_html(archive: Archive, viewer: Viewer, language: Language, current: Page) -> str:
    """The bar as the viewer may use it: only pages that he may open, only what he may see is counted."""
    return (
        brand_html(language, current)
        + menu_html(viewer, language, current)
        + f'<div class="yj-held">{held_html(archive, language)}{_own(viewer, language, current)}</div>'
    )


def brand_html(language: Language, current: Page) -> str:
    """The product's name, which is the heading of every page, and what it is for."""
    return (
        f'<div class="yj-brand"><h1 class="yj-name">{escape(say(language, "product"))}{_heard(language, current)}</h1>'
        f'<span class="yj-tagline">{escape(say(language, "tagline"))}</span></div>'
    )


def _heard(language: Language, current: Page) -> str:
    """The page's name, for who hears the page; who sees it has the menu."""
    return f'<span class="yj-only-heard"> · {escape(say(language, current.name))}</span>'


def menu_html(viewer: Viewer, language: Language, current: Page) -> str:
    """The links to the pages that the viewer may open, the current one marked."""
    links = "".join(
        f'<a href="{address_of(page, language)}"{" aria-current=page" if page is current else ""}>'
        f"{escape(say(language, page.name))}</a>"
        for page in PAGES
        if page.in_menu and viewer.role.at_least(page.least)
    )
    return f'<nav class="yj-menu" aria-label="{escape(say(language, "nav"))}">{links}</nav>'


def held_html(archive: Archive, language: Language) -> str:
    """How many reports the archive holds, and of which years."""
    reports = archive.reports()
    years = [report.year for report in reports if report.year is not None]
    facts = [say(language, "archive_held", reports=len(reports))] if reports else []
    if years:
        key = "archive_year" if min(years) == max(years) else "archive_years"
        facts.append(say(language, key, first=min(years), last=max(years)))
    return "".join(f'<span class="yj-fact">{escape(fact)}</span>' for fact in facts)


def _own(viewer: Viewer, language: Language, current: Page) -> str:
    """The switch to the other language and, where people sign in, the way to one's own account and out."""
    other = Language.ENGLISH if language is Language.CHINESE else Language.CHINESE
    switch = f'<a class="yj-language" href="{address_of(current, other)}" lang="{other.value}">{escape(say(other, "language_name"))}</a>'
    if not viewer.account:
        return switch
    here = ' aria-current="page"' if current is ACCOUNT else ""
    title = escape(say(language, "nav_account"))
    return (
        f'{switch}<a class="yj-self" href="{address_of(ACCOUNT, language)}" title="{title}"{here}>{escape(viewer.account)}</a>'
        f"{sign_out_html(language, current)}"
    )


def sign_out_html(language: Language, current: Page) -> str:
    """The way out, back to the page one was on after signing in again."""
    return (
        f'<form class="yj-out" method="post" action="/sign-out"><input type="hidden" name="to" '
        f'value="{address_of(current, language)}"><button type="submit">{escape(say(language, "sign_out"))}</button></form>'
    )
