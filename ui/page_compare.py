"""The page 比较: indicators over years and places, with chart, words and files; each figure opens its source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.types import Language
from ui.compare_desk import CompareDesk
from ui.controls import ON_LOAD, title_html
from ui.site import viewer_of

if TYPE_CHECKING:
    from ui.site import Site

FIELDS = ("subjects", "first", "last", "places", "typed", "kind", "draft", "title")


def build(page: gr.Blocks, site: Site, language: Language) -> None:
    """Lay the page out in the open `page`."""
    desk = CompareDesk(site, language)

    def begin(request: gr.Request) -> tuple[str, str]:
        return desk.begin(viewer_of(request))

    def suggest(request: gr.Request, event: gr.EventData) -> str:
        return desk.suggest(viewer_of(request), sent_with(event, FIELDS))

    def look(request: gr.Request, event: gr.EventData) -> tuple[str, str]:
        return desk.look(viewer_of(request), sent_with(event, FIELDS)), ""

    def save(request: gr.Request, event: gr.EventData) -> Iterator[str]:
        yield from desk.save(viewer_of(request), sent_with(event, FIELDS))

    def pick(request: gr.Request) -> str:
        return desk.pick(viewer_of(request))

    def keep(request: gr.Request, event: gr.EventData) -> str:
        return desk.keep(viewer_of(request), sent_with(event, FIELDS))

    gr.HTML(title_html("compare", language), apply_default_css=False)
    form = gr.HTML("", elem_id="yj-form", apply_default_css=False, js_on_load=ON_LOAD)
    suggested = gr.HTML("", elem_id="yj-suggested", apply_default_css=False)
    saved = gr.HTML("", elem_id="yj-saved", apply_default_css=False)
    result = gr.HTML("", elem_id="yj-result", apply_default_css=False)
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "trigger_mode": "always_last"}
    form.suggest(suggest, None, suggested, queue=False, **quiet)
    form.look(look, None, [result, saved], **quiet)
    form.save(save, None, saved, **quiet)
    form.pick(pick, None, saved, queue=False, **quiet)
    form.keep(keep, None, saved, **quiet)
    page.load(begin, None, [form, result], queue=False, show_progress="hidden", api_visibility="private")


def sent_with(event: gr.EventData, fields: tuple[str, ...]) -> dict[str, Any]:
    """What an event of a form brings in these fields; None in those that it has not."""
    return {name: getattr(event, name, None) for name in fields}
