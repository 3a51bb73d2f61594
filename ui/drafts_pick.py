"""Putting something into a draft: which drafts there are, and a new one, in a small panel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.types import Language
from ui.ask_card import escape, text_html

if TYPE_CHECKING:
    from indexer.basket import DraftTitle

SHOWN = 30


def pick_html(key: str, drafts: Sequence[DraftTitle], language: Language) -> str:
    """The panel for the turn of that key: a button a draft, the last changed first, and the name of a new one."""
    label = text_html(language, "to_draft_which")
    listed = "".join(
        f'<li><button type="button" class="yj-into" data-draft="{draft.id}"><span>{escape(draft.title)}</span>'
        f"<small>{text_html(language, 'drafts_items', count=draft.items)}</small></button></li>"
        for draft in drafts[:SHOWN]
    )
    name = text_html(language, "to_draft_name")
    close = text_html(language, "panel_close")
    return (
        f'<div class="yj-pickdraft" role="dialog" aria-modal="true" aria-label="{label}" data-key="{escape(key)}">'
        f'<header><h2>{label}</h2><button type="button" class="yj-shut" aria-label="{close}">×</button></header>'
        f'<ul>{listed}</ul><form class="yj-newdraft"><label>{text_html(language, "to_draft_new")}'
        f'<input type="text" class="yj-input" name="title" maxlength="100" placeholder="{name}" aria-label="{name}"></label>'
        f'<button type="submit" class="yj-button yj-main">{text_html(language, "to_draft_add")}</button></form></div>'
    )
