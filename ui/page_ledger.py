"""The page 台账: the figures that the viewer may see by filters, each with its source; corrections; files to save."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.types import Language
from indexer.errors import CorrectionError, UnknownReportError, YoujuError
from indexer.ledger_query import FigureQuery, LedgerRow
from indexer.recent import Recent
from indexer.viewer import Role
from ui.acts import ON_LOAD, number_in, told_of
from ui.controls import said_html
from ui.ledger_filters import LedgerView, understood, view_of
from ui.ledger_out import saving
from ui.ledger_view import ROWS, LedgerPage, correction_html, filters_html, table_html
from ui.site import viewer_of
from ui.spoken import in_language
from ui.text import say

if TYPE_CHECKING:
    from indexer.archive import Archive
    from indexer.viewer import Viewer
    from ui.sight import Sight
    from ui.site import Site

COUNTS_KEPT = 500


def build(page: gr.Blocks, site: Site, language: Language) -> None:
    """Lay the page out in the open `page`."""
    desk = LedgerDesk(site, language)
    with gr.Column(elem_id="yj-ledger", elem_classes=["yj-desk"]):
        hub = gr.HTML(filters_html(language), apply_default_css=False, js_on_load=ON_LOAD)
        said = gr.HTML("", elem_id="yj-done", apply_default_css=False)
        table = gr.HTML("", elem_id="yj-result", apply_default_css=False)
        dialog = gr.HTML("", elem_id="yj-dialog", apply_default_css=False)

    def show(request: gr.Request, event: gr.EventData) -> str:
        return desk.table(viewer_of(request), told_of(event).get("search", ""))

    def act(request: gr.Request, event: gr.EventData) -> tuple[Any, Any]:
        table_now, dialog_now = desk.act(viewer_of(request), told_of(event))
        return table_now or gr.skip(), gr.skip() if dialog_now is None else dialog_now

    def save(request: gr.Request, event: gr.EventData) -> Iterator[str]:
        told = told_of(event)
        yield from desk.save(viewer_of(request), told.get("search", ""), told.get("kind", ""))

    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    hub.show(show, None, table, queue=False, trigger_mode="always_last", **quiet)
    hub.act(act, None, [table, dialog], queue=False, trigger_mode="multiple", **quiet)
    hub.save(save, None, said, **quiet)


class LedgerDesk:
    """What the page does for whoever looks."""

    def __init__(self, site: Site, language: Language) -> None:
        self._site = site
        self._language = language
        self._counts: Recent[tuple[Archive, int, FigureQuery], int] = Recent(COUNTS_KEPT)

    def table(self, viewer: Viewer, search: str, *, note: str = "") -> str:
        """The page of the ledger that an address's search part asks for."""
        archive, looked = self._site.archive_of(viewer), view_of(search)
        try:
            found = understood(looked, archive, today=date.today())
        except YoujuError as error:
            return said_html(in_language(error, self._language), bad=True)
        comma = say(self._language, "list_comma")
        meant = [
            say(self._language, "ledger_synonyms", word=word, others=comma.join(others))
            for word, others in found.synonyms
        ]
        page = self._page(archive, looked, found.query, viewer)
        page = replace(page, note=note, meant=meant)
        return table_html(page, archive.reports(), self._language)

    def act(self, viewer: Viewer, told: dict[str, str]) -> tuple[str, str | None]:
        """The table ("": as it is) and the dialog (None: as it is) after what the viewer has done."""
        archive, search = self._site.archive_of(viewer), told.get("search", "")
        if told.get("act") == "close":
            return "", ""
        try:
            row = row_of(archive, told.get("report", ""), told.get("ordinal", ""))
            if told.get("act") == "open":
                return "", correction_html(row, self._language)
            note = self._changed(archive, row, told)
        except CorrectionError as error:
            wrong = in_language(error, self._language)
            value, reason = told.get("value", ""), told.get("reason", "")
            return "", correction_html(row, self._language, wrong=wrong, value=value, reason=reason)
        except YoujuError as error:
            return self.table(viewer, search, note=in_language(error, self._language)), ""
        if note:
            self._site.note(viewer, "correct", row.report.id)
        return self.table(viewer, search, note=note), ""

    def _changed(self, archive: Archive, row: LedgerRow, told: dict[str, str]) -> str:
        """Correct a figure or undo its correction; what was done, "" where nothing was asked for. Raises YoujuError."""
        written = row.figure.written
        if told.get("act") == "undo" and row.correction is not None:
            archive.undo_correction(row.report.id, row.correction)
            return say(self._language, "correct_undone_page", written=written)
        if told.get("act") == "correct":
            value = told.get("value", "")
            archive.correct(row.report.id, row.figure.ordinal, value=value, reason=told.get("reason", ""))
            return say(self._language, "correct_made_page", written=written, value=value)
        return ""

    def save(self, viewer: Viewer, search: str, kind: str) -> Iterator[str]:
        """How far the file of all that is filtered has come, and the way to it."""
        archive, looked, sight = self._site.archive_of(viewer), view_of(search), self._site.sight_of(viewer)
        try:
            query = understood(looked, archive, today=date.today()).query
            yield from saving(
                archive,
                query,
                looked.order,
                total=self._count(archive, query),
                kind=kind,
                language=self._language,
                put=lambda name, content: self._put(sight, name, content),
            )
        except YoujuError as error:
            yield said_html(in_language(error, self._language), bad=True)

    def _put(self, sight: Sight, name: str, content: bytes) -> str:
        address = self._site.hand_out(sight, name, content)
        self._site.note(sight.viewer, "export", "ledger")
        return address

    def _page(self, archive: Archive, looked: LedgerView, query: FigureQuery, viewer: Viewer) -> LedgerPage:
        cut = looked.cut
        rows = archive.page_of_figures(query, sort=looked.order, cut=cut, limit=ROWS + 1)
        if cut.before is not None and len(rows) <= ROWS:  # fewer stand before than a page holds
            looked = looked.restarted()
            rows = archive.page_of_figures(query, sort=looked.order, cut=looked.cut, limit=ROWS + 1)
            cut = looked.cut
        more = len(rows) > ROWS
        shown = rows[-ROWS:] if cut.before is not None else rows[:ROWS]
        total = self._count(archive, query)
        may = viewer.role.at_least(Role.CLERK)
        return LedgerPage(looked, shown, total, more or cut.before is not None, may)

    def _count(self, archive: Archive, query: FigureQuery) -> int:
        """How many figures pass, counted once for each number of the log."""
        key = (archive, archive.log_number, query)
        count = self._counts.get(key)
        if count is None:
            count = archive.count_figures(query)
            self._counts.put(key, count)
        return count


def row_of(archive: Archive, report_id: str, ordinal: str) -> LedgerRow:
    """The figure of a report. Raises UnknownReportError where there is none such."""
    place = number_in(ordinal)
    held = any(report.id == report_id for report in archive.reports())
    numbers = archive.figure_ids_of(report_id) if held else ()
    wanted = numbers[place : place + 1] if place is not None else ()
    found = archive.find_figures(FigureQuery(numbers=tuple(wanted)), limit=1) if wanted else ()
    if not found:
        raise UnknownReportError("这个数字已不在台账里，请刷新页面。(The figure is gone; reload the page.)")
    return found[0]
