"""The page 草稿: what was gathered for a document, put in order and exported."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.types import Language
from ui.acts import number_in
from ui.controls import title_html
from ui.drafts_desk import DraftDesk, Shown
from ui.site import viewer_of

if TYPE_CHECKING:
    from ui.site import Site

# The page's script is ui/assets/drafts.js; names in quotes are the events that Gradio binds.
_ON_LOAD = "window.youju.drafts(element, (name, sent) => trigger(name, sent)); // 'look' 'act' 'save'"
_SENT = ("draft", "item", "title", "back", "kind", "event")


def build(page: gr.Blocks, site: Site, language: Language) -> None:
    """Lay the page out in the open `page`."""
    desk = DraftDesk(site, language)

    def look(request: gr.Request, event: gr.EventData) -> tuple[str, str]:
        sent = _sent(event)
        return _both(desk.do(viewer_of(request), "look", sent))

    def act(request: gr.Request, event: gr.EventData) -> tuple[str, str]:
        sent = _sent(event)
        return _both(desk.do(viewer_of(request), sent.get("event", ""), sent))

    def save(request: gr.Request, event: gr.EventData) -> Iterator[str]:
        sent = _sent(event)
        yield from desk.save(viewer_of(request), number_in(sent.get("draft", "")), sent.get("kind", ""))

    hub = gr.HTML(title_html("drafts", language), apply_default_css=False, js_on_load=_ON_LOAD)
    told = gr.HTML("", elem_id="yj-drafts-told", apply_default_css=False, js_on_load=None)
    body = gr.HTML("", elem_id="yj-drafts", apply_default_css=False, js_on_load=None)
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "trigger_mode": "multiple"}
    hub.look(look, None, [body, told], queue=False, **quiet)
    hub.act(act, None, [body, told], queue=False, **quiet)
    hub.save(save, None, told, **quiet)


def _both(shown: Shown) -> tuple[str, str]:
    return shown.body, shown.told


def _sent(event: gr.EventData) -> dict[str, str]:
    """What the page's script sent, as texts."""
    return {name: str(value)[:4000] for name in _SENT if (value := getattr(event, name, None)) is not None}
