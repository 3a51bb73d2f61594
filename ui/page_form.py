"""What the pages with a form share: it is filled in, looked at, made a file of, put into a draft."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Protocol

import gradio as gr

from assistant.types import Language
from ui.controls import ON_LOAD, title_html
from ui.site import viewer_of

if TYPE_CHECKING:
    from indexer.viewer import Viewer

QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
NEWEST: dict[str, Any] = {**QUIET, "trigger_mode": "always_last"}  # of several clicks the last one counts


class FormDesk(Protocol):
    """What such a page does for a viewer; all of it is HTML."""

    def begin(self, viewer: Viewer) -> tuple[str, str]:
        """The form, and what stands where the result will be."""

    def look(self, viewer: Viewer, sent: Mapping[str, Any]) -> Iterator[str]:
        """The result of what was filled in."""

    def save(self, viewer: Viewer, sent: Mapping[str, Any]) -> Iterator[str]:
        """The way to a file of it."""

    def pick(self, viewer: Viewer) -> str:
        """The drafts that it may go into."""

    def keep(self, viewer: Viewer, sent: Mapping[str, Any]) -> str:
        """Put it into a draft."""


def lay_form(page: gr.Blocks, desk: FormDesk, name: str, fields: tuple[str, ...], language: Language) -> gr.HTML:
    """Lay the page out in the open `page`; the element of the form, whose events bring the `fields`."""

    def begin(request: gr.Request) -> tuple[str, str]:
        return desk.begin(viewer_of(request))

    def look(request: gr.Request, event: gr.EventData) -> Iterator[tuple[str, str]]:
        for shown in desk.look(viewer_of(request), sent_with(event, fields)):
            yield shown, ""

    def save(request: gr.Request, event: gr.EventData) -> Iterator[str]:
        yield from desk.save(viewer_of(request), sent_with(event, fields))

    def pick(request: gr.Request) -> str:
        return desk.pick(viewer_of(request))

    def keep(request: gr.Request, event: gr.EventData) -> str:
        return desk.keep(viewer_of(request), sent_with(event, fields))

    gr.HTML(title_html(name, language), apply_default_css=False)
    form = gr.HTML("", elem_id="yj-form", apply_default_css=False, js_on_load=ON_LOAD)
    saved = gr.HTML("", elem_id="yj-saved", apply_default_css=False)
    result = gr.HTML("", elem_id="yj-result", apply_default_css=False)
    form.look(look, None, [result, saved], **NEWEST)
    form.save(save, None, saved, **NEWEST)
    form.pick(pick, None, saved, queue=False, **NEWEST)
    form.keep(keep, None, saved, **NEWEST)
    page.load(begin, None, [form, result], queue=False, **QUIET)
    return form


def sent_with(event: gr.EventData, fields: tuple[str, ...]) -> dict[str, Any]:
    """What an event of a form brings in these fields; None in those that it has not."""
    return {name: getattr(event, name, None) for name in fields}
