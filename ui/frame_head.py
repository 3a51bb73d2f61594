"""What stands in the head of every page: its title, its sign, and what the frame's script says in the page's language."""

from __future__ import annotations

import json

from assistant.types import Language
from ui.pages import ASK, Page
from ui.render import escape
from ui.text import say

# What Gradio says in English where something fails, with the key of our words for it.
_WORDS = {
    "Connection Lost": "lost_title",
    "Connection to the server was lost. Attempting reconnection...": "lost",
    "Error": "failed_title",
    "Warning": "warning_title",
    "Info": "info_title",
}
# Gradio's own words follow the browser's language: they shall follow the page's. It looks before anything else runs.
_SPOKEN = (
    "for(const[n,v]of[['language','TAG'],['languages',['TAG']]])"
    "Object.defineProperty(navigator,n,{configurable:true,get:()=>v});"
)


def title_of(page: Page, language: Language) -> str:
    """What the browser's tab says: the page's name and the product; the first page has the product's whole title."""
    if page is ASK:
        return say(language, "page_title")
    return f"{say(language, page.name)} · {say(language, 'product')}"


def head_html(page: Page, language: Language, *, accounts: bool) -> str:
    """The first elements of the head; `accounts`: whether people sign in here."""
    description = escape(say(language, "page_description"))
    tag = "zh-CN" if language is Language.CHINESE else "en"
    told = {
        "tag": tag,
        "accounts": accounts,
        **{key: say(language, key) for key in ("gone", "back", "signed_out", "sign_in")},
        "words": [[theirs, say(language, ours)] for theirs, ours in _WORDS.items()],
    }
    written = json.dumps(told, ensure_ascii=False).replace("<", "\\u003c")
    return (
        f"<title>{escape(title_of(page, language))}</title>"
        f'<meta name="description" content="{description}" />'
        '<meta name="color-scheme" content="light dark" />'
        '<link rel="icon" type="image/svg+xml" href="/favicon.svg" />'
        f'<script type="application/json" id="yj-told">{written}</script>'
        f"<script>{_SPOKEN.replace('TAG', tag)}</script>"
    )
