"""The page 计划与完成: what one report planned beside what the next one says of it, each with its source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.types import Language
from ui.controls import ON_LOAD, title_html
from ui.page_compare import sent_with
from ui.plans_desk import PlansDesk
from ui.site import viewer_of

if TYPE_CHECKING:
    from ui.site import Site

FIELDS = ("plan", "numbers", "kind", "draft", "title")


def build(page: gr.Blocks, site: Site, language: Language) -> None:
    """Lay the page out in the open `page`."""
    desk = PlansDesk(site, language)

    def begin(request: gr.Request) -> str:
        return desk.begin(viewer_of(request))

    def look(request: gr.Request, event: gr.EventData) -> Iterator[tuple[str, str]]:
        for shown in desk.look(viewer_of(request), sent_with(event, FIELDS)):
            yield shown, ""

    def save(request: gr.Request, event: gr.EventData) -> Iterator[str]:
        yield from desk.save(viewer_of(request), sent_with(event, FIELDS))

    def pick(request: gr.Request) -> str:
        return desk.pick(viewer_of(request))

    def keep(request: gr.Request, event: gr.EventData) -> str:
        return desk.keep(viewer_of(request), sent_with(event, FIELDS))

    gr.HTML(title_html("plans", language), apply_default_css=False)
    form = gr.HTML("", elem_id="yj-form", apply_default_css=False, js_on_load=ON_LOAD)
    saved = gr.HTML("", elem_id="yj-saved", apply_default_css=False)
    result = gr.HTML("", elem_id="yj-result", apply_default_css=False)
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "trigger_mode": "always_last"}
    form.look(look, None, [result, saved], **quiet)
    form.save(save, None, saved, **quiet)
    form.pick(pick, None, saved, queue=False, **quiet)
    form.keep(keep, None, saved, **quiet)
    page.load(begin, None, form, queue=False, show_progress="hidden", api_visibility="private")
