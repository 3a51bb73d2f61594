"""The page 比较: indicators over years and places, with chart, words and files; each figure opens its source."""

from __future__ import annotations

from typing import TYPE_CHECKING

import gradio as gr

from assistant.types import Language
from ui.compare_desk import CompareDesk
from ui.page_form import NEWEST, lay_form, sent_with
from ui.site import viewer_of

if TYPE_CHECKING:
    from ui.site import Site

FIELDS = ("subjects", "first", "last", "places", "kind", "draft", "title")


def build(page: gr.Blocks, site: Site, language: Language) -> None:
    """Lay the page out in the open `page`."""
    desk = CompareDesk(site, language)

    def suggest(request: gr.Request, event: gr.EventData) -> str:
        return desk.suggest(viewer_of(request), sent_with(event, ("typed",)))

    form = lay_form(page, desk, "compare", FIELDS, language)
    suggested = gr.HTML("", elem_id="yj-suggested", apply_default_css=False)
    form.suggest(suggest, None, suggested, queue=False, **NEWEST)
