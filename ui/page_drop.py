"""What the pages share on which one file is dropped: it is worked on, step by step, until it is done or stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import gradio as gr

from assistant.types import Language
from ui.controls import ON_LOAD, title_html
from ui.dropped import Dropped, worked_on
from ui.page_form import QUIET
from ui.site import viewer_of
from ui.text import say

if TYPE_CHECKING:
    from indexer.viewer import Viewer
    from ui.site import Site

Begin = Callable[["Viewer"], str]  # the form, as HTML
Work = Callable[[Dropped, str], Iterator[str]]  # on the file, and the place that its figures are of


def lay_drop(page: gr.Blocks, site: Site, name: str, begin: Begin, work: Work, *, language: Language) -> None:
    """Lay the page out in the open `page`."""

    def form_of(request: gr.Request) -> str:
        return begin(viewer_of(request))

    def sent(request: gr.Request, event: gr.EventData) -> Iterator[str]:
        token, place = (str(getattr(event, name, "") or "") for name in ("token", "place"))
        reading = say(language, f"{name}_reading")
        yield from worked_on(
            site, viewer_of(request), token, lambda dropped: work(dropped, place), reading=reading, language=language
        )

    def stop(request: gr.Request, event: gr.EventData) -> None:
        site.underway.stop(viewer_of(request), str(getattr(event, "token", "")))

    gr.HTML(title_html(name, language), apply_default_css=False)
    form = gr.HTML("", elem_id="yj-form", apply_default_css=False, js_on_load=ON_LOAD)
    result = gr.HTML("", elem_id="yj-result", apply_default_css=False)
    form.sent(sent, None, result, **QUIET)
    form.stop(stop, None, None, queue=False, **QUIET)
    page.load(form_of, None, form, queue=False, **QUIET)
