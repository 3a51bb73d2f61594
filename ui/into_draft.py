"""Putting a comparison or a plan beside its results into a draft: which draft, and the line that says it is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.types import Language
from indexer.errors import YoujuError
from ui.acts import number_in
from ui.controls import do_html, failed_html
from ui.pages import DRAFTS, address_of
from ui.render import escape
from ui.text import say

if TYPE_CHECKING:
    from indexer.viewer import Viewer
    from ui.site import Site

SHOWN = 12  # drafts, the last changed first


def drafts_html(site: Site, viewer: Viewer, language: Language) -> str:
    """The viewer's drafts as buttons, and a box for the name of a new one."""
    drafts = site.whole.basket.list(viewer.account)[:SHOWN]
    listed = "".join(do_html("keep", draft.title, draft=str(draft.id)) for draft in drafts)
    which, new, name, add = (escape(say(language, f"to_draft{key}")) for key in ("_which", "_new", "_name", "_add"))
    return (
        f'<div class="yj-keep" role="group" aria-label="{which}"><p>{which}</p><div class="yj-saves">{listed}</div>'
        f'<form data-keep><label for="yj-keep-title">{new}</label><input id="yj-keep-title" type="text" name="title" '
        f'maxlength="100" placeholder="{name}"><button type="submit" class="yj-button yj-main">{add}</button></form></div>'
    )


@dataclass(frozen=True, slots=True)
class Into:
    """What goes into a draft: the draft's number, "" for a new one, and the title of that; the item and what it cites."""

    draft: str
    title: str
    item: Mapping[str, Any]
    cites: frozenset[str]


def keep(site: Site, viewer: Viewer, into: Into, language: Language) -> str:
    """Put the item into the draft that was chosen, or into a new one; the line that says so."""
    basket = site.whole.basket
    try:
        chosen = number_in(into.draft)
        number = basket.new(viewer.account, into.title) if chosen is None else chosen
        basket.add(viewer.account, number, str(into.item["kind"]), into.item, cites=into.cites)
        title = next((one.title for one in basket.list(viewer.account) if one.id == number), "")
    except YoujuError as error:
        return failed_html(error, language)
    site.note(viewer, "draft", str(number))
    link = f'<a href="{address_of(DRAFTS, language)}?draft={number}">{escape(say(language, "to_draft_open"))}</a>'
    return f'<p class="yj-said" role="status">{escape(say(language, "to_draft_done", title=title))} {link}</p>'
