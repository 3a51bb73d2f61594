"""The page 填表: a workbook is dropped, its empty cells are filled from the archive with their sources, nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.chain import ChainSteps
from assistant.fill import FilledTable, fill_table, sheets_of, write_filled
from assistant.fill_words import FillWords
from assistant.types import Language
from indexer.errors import TableError
from ui.controls import ON_LOAD, file_html, progress_html, title_html
from ui.dropped import worked_on
from ui.fill_view import filled_html, form_html
from ui.site import viewer_of
from ui.stepped import Stepped
from ui.text import say

if TYPE_CHECKING:
    from indexer.archive import Archive
    from indexer.viewer import Viewer
    from ui.files_in import SentFile
    from ui.site import Site

SUFFIXES = (".xlsx", ".xlsm")


def build(page: gr.Blocks, site: Site, language: Language) -> None:
    """Lay the page out in the open `page`."""

    def begin(request: gr.Request) -> str:
        return form_html(site.archive_of(viewer_of(request)), SUFFIXES, site.notice(language), language)

    def sent(request: gr.Request, event: gr.EventData) -> Iterator[str]:
        viewer, token = viewer_of(request), str(getattr(event, "token", ""))
        place = str(getattr(event, "place", "")) or None

        def work(file: SentFile) -> Iterator[str]:
            return _filled(site.archive_of(viewer), viewer, file, place)

        yield from worked_on(site, viewer, token, say(language, "fill_reading"), work, language=language)

    def _filled(archive: Archive, viewer: Viewer, file: SentFile, place: str | None) -> Iterator[str]:
        if file.path.suffix.lower() not in {*SUFFIXES, ".xls"}:  # of .xls the reader says what to do
            raise TableError(say(language, "fill_bad_type", name=file.name))
        steps = ChainSteps(archive)
        work = Stepped(lambda step: fill_table(file.path, steps, today=date.today(), place=place, step=step))
        for done, total in work:
            yield progress_html(say(language, "fill_step", done=done, total=total), done, total)
        table = work.result()
        site.note(viewer, "fill")
        yield filled_html(table, sheets_of(file.path), _file(table, viewer, file), language)

    def _file(table: FilledTable, viewer: Viewer, file: SentFile) -> str:
        """The filled workbook, made beside the one that was sent and gone with it."""
        out = file.path.with_name(f"filled{file.path.suffix.lower()}")
        write_filled(table, out, FillWords(language))
        name = say(language, "fill_filled_name", stem=PurePath(file.name).stem, suffix=out.suffix)
        address = site.outbox.put(viewer, name, out.read_bytes())
        return f'<div class="yj-saves">{file_html(address, name, language, now=False)}</div>'

    gr.HTML(title_html("fill", language), apply_default_css=False)
    form = gr.HTML("", elem_id="yj-form", apply_default_css=False, js_on_load=ON_LOAD)
    result = gr.HTML("", elem_id="yj-result", apply_default_css=False)
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    form.sent(sent, None, result, **quiet)
    page.load(begin, None, form, queue=False, show_progress="hidden", api_visibility="private")
