"""The page 档案: reports come in, are described, limited to whom they concern, removed and brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.types import Language
from indexer.viewer import Viewer
from ui import intake_acts
from ui.acts import ON_LOAD, listed, told_of
from ui.intake_view import drop_html, jobs_html
from ui.reports_desk import ReportsDesk
from ui.reports_view import filters_html
from ui.site import viewer_of

if TYPE_CHECKING:
    from ui.site import Site

EVERY = 0.7  # seconds between two looks at what is being taken in


def build(page: gr.Blocks, site: Site, language: Language) -> None:
    """Lay the page out in the open `page`."""
    room = ReportsRoom(site, language)
    with gr.Column(elem_id="yj-reports", elem_classes=["yj-desk"]):
        top = _html(room.top(is_empty=False), "yj-top")
        jobs = _html("", "yj-done")
        hub = gr.HTML(filters_html(language), elem_id="yj-find", apply_default_css=False, js_on_load=ON_LOAD)
        table = _html("", "yj-result")
        dialog = _html("", "yj-dialog")
    timer = gr.Timer(EVERY, active=False)
    address = gr.State("")  # what is looked at
    seen = gr.State("")  # the jobs as they were shown, and the log number of the table
    quiet: dict[str, Any] = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}
    shown = [top, jobs, timer, table, dialog, seen, address]
    hub.show(room.show, None, shown, trigger_mode="always_last", **quiet)
    hub.act(room.act, None, [jobs, timer, table, dialog], trigger_mode="multiple", **quiet)
    timer.tick(room.tick, [seen, address], [top, jobs, timer, table, seen], **quiet)


def _html(value: str, name: str) -> gr.HTML:
    return gr.HTML(value, elem_id=name, apply_default_css=False)


class ReportsRoom:
    """The page's events; each gives back what the page's parts show from then on."""

    def __init__(self, site: Site, language: Language) -> None:
        self._site = site
        self._language = language
        self._desk = ReportsDesk(site, language)

    def top(self, *, is_empty: bool) -> str:
        """The place to drop files."""
        site = self._site
        return drop_html(site.notice(self._language), site.whole.settings.load, self._language, is_empty=is_empty)

    def show(self, request: gr.Request, event: gr.EventData) -> tuple[Any, ...]:
        """All of the page, as its address wants it."""
        viewer = viewer_of(request)
        search = told_of(event).get("search", "")
        table, dialog = self._desk.show(viewer, search)
        jobs, moving = self._jobs(viewer)
        return self._top(viewer), jobs, gr.Timer(active=moving), table, dialog, self._mark(viewer, jobs), search

    def act(self, request: gr.Request, event: gr.EventData) -> tuple[Any, ...]:
        """What was done with files or with a report."""
        viewer, told = viewer_of(request), told_of(event)
        name = told.get("act", "")
        table: Any = gr.skip()
        dialog: Any = gr.skip()
        if name == "close":
            return gr.skip(), gr.skip(), table, ""
        if name in intake_acts.ACTS:
            intake_acts.handle(self._site, viewer, told, listed(event, "tokens"))
        else:
            table, dialog = self._desk.act(viewer, told)
        jobs, moving = self._jobs(viewer)
        return jobs, gr.Timer(active=moving), table, dialog

    def tick(self, last: str, search: str, request: gr.Request) -> tuple[Any, ...]:
        """What has come in since; nothing is sent where nothing has changed."""
        viewer = viewer_of(request)
        jobs, moving = self._jobs(viewer)
        mark = self._mark(viewer, jobs)
        if mark == last and moving:
            return gr.skip(), gr.skip(), gr.skip(), gr.skip(), gr.skip()
        has_changed = _log(mark) != _log(last) or not moving
        table = self._desk.show(viewer, search)[0] if has_changed else gr.skip()
        top = gr.skip() if moving else self._top(viewer)
        return top, jobs, gr.Timer(active=moving), table, mark

    def _jobs(self, viewer: Viewer) -> tuple[str, bool]:
        """The viewer's lots of files, and whether what is shown of them is going to change."""
        held = self._site.intake.jobs_of(viewer)
        asks = any(job.questions() for job in held)
        known = self._site.archive_of(viewer).held_by_path() if asks else ()
        return jobs_html(held, frozenset(known), self._language), any(job.is_moving for job in held)

    def _mark(self, viewer: Viewer, jobs: str) -> str:
        return f"{self._site.archive_of(viewer).log_number}|{hash(jobs)}"

    def _top(self, viewer: Viewer) -> str:
        return self.top(is_empty=not self._site.archive_of(viewer).reports())


def _log(mark: str) -> str:
    return mark.partition("|")[0]
