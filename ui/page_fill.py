"""The page 填表: a workbook is dropped, its empty cells are filled from the archive with their sources, nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING

import gradio as gr

from assistant.chain import ChainSteps
from assistant.fill import FilledTable, fill_table, sheets_of, write_filled
from assistant.fill_words import FillWords
from assistant.types import Language
from indexer.errors import TableError
from ui.controls import file_html
from ui.dropped import Dropped
from ui.fill_view import filled_html, form_html
from ui.page_drop import lay_drop
from ui.text import say

if TYPE_CHECKING:
    from indexer.viewer import Viewer
    from ui.site import Site
    from ui.stepped import Tell

SUFFIXES = (".xlsx", ".xlsm")


def build(page: gr.Blocks, site: Site, language: Language) -> None:
    """Lay the page out in the open `page`."""

    def begin(viewer: Viewer) -> str:
        return form_html(site.archive_of(viewer), SUFFIXES, site.notice(language), language)

    lay_drop(page, site, "fill", begin, _filled, language=language)


def _filled(dropped: Dropped, place: str) -> Iterator[str]:
    path = dropped.file.path
    if path.suffix.lower() not in {*SUFFIXES, ".xls"}:  # of .xls the reader says what to do
        raise TableError(say(dropped.language, "fill_bad_type", name=dropped.file.name))
    steps = ChainSteps(dropped.archive)

    def work(tell: Tell) -> FilledTable:
        return fill_table(path, steps, today=date.today(), place=place or None, step=partial(tell, "fill_step"))

    yield from dropped.steps(work, partial(_shown, dropped))


def _shown(dropped: Dropped, table: FilledTable) -> str:
    dropped.site.note(dropped.viewer, "fill")
    return filled_html(table, sheets_of(dropped.file.path), _file(dropped, table), dropped.language)


def _file(dropped: Dropped, table: FilledTable) -> str:
    """The filled workbook, made beside the one that was sent and gone with it."""
    out = dropped.file.path.with_name(f"filled{dropped.file.path.suffix.lower()}")
    write_filled(table, out, FillWords(dropped.language))
    name = say(dropped.language, "fill_filled_name", stem=PurePath(dropped.file.name).stem, suffix=out.suffix)
    address = dropped.hand_out(name, out.read_bytes())
    return f'<div class="yj-saves">{file_html(address, name, dropped.language, now=False)}</div>'
