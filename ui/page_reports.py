"""The page 档案: reports come in, are described, limited to whom they concern, removed and brought back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.types import Language
from indexer.doubts import Decision
from indexer.viewer import Role, Viewer
from ui.acts import ON_LOAD, listed, number_in, told_of
from ui.intake_view import drop_html, jobs_html
from ui.reports_desk import ReportsDesk
from ui.reports_view import filters_html
from ui.site import viewer_of

if TYPE_CHECKING:
    from ui.site import Site

EVERY = 0.7  # seconds between two looks at what is being taken in
INTAKE = ("sent", "samples", "stop", "dismiss", "settle")  # what is done with files; all else is done with reports


def build(page: gr.Blocks, site: Site, language: Language) -> None:
    """Lay the page out in the open `page`."""
    desk = ReportsDesk(site, language)
    with gr.Column(elem_id="yj-reports", elem_classes=["yj-desk"]):
        top = gr.HTML(
            drop_html(site.notice(language), language, is_empty=False), elem_id="yj-top", apply_default_css=False
        )
        jobs = gr.HTML("", elem_id="yj-done", apply_default_css=False)
        hub = gr.HTML(filters_html(language), elem_id="yj-find", apply_default_css=False, js_on_load=ON_LOAD)
        table = gr.HTML("", elem_id="yj-result", apply_default_css=False)
        dialog = gr.HTML("", elem_id="yj-dialog", apply_default_css=False)
    timer = gr.Timer(EVERY, active=False)
    address = gr.State("")  # what is looked at
    seen = gr.State("")  # the jobs as they were shown, and the log number of the table

    def show(request: gr.Request, event: gr.EventData) -> tuple[Any, ...]:
        viewer = viewer_of(request)
        search = told_of(event).get("search", "")
        table_now, dialog_now = desk.show(viewer, search)
        jobs_now, moving = look(viewer)
        return _top(viewer), jobs_now, gr.Timer(active=moving), table_now, dialog_now, _mark(viewer, jobs_now), search

    def act(request: gr.Request, event: gr.EventData) -> tuple[Any, ...]:
        viewer, told = viewer_of(request), told_of(event)
        name, search = told.get("act", ""), told.get("search", "")
        if name == "close":
            return gr.skip(), gr.skip(), gr.skip(), gr.skip(), "", gr.skip(), gr.skip()
        if name in INTAKE:
            handle(site, viewer, told, listed(event, "tokens"))
            table_now: Any = gr.skip()
            dialog_now: Any = gr.skip()
        else:
            table_now, dialog_now = desk.act(viewer, {**told, "search": search})
        jobs_now, moving = look(viewer)
        return gr.skip(), jobs_now, gr.Timer(active=moving), table_now, dialog_now, gr.skip(), gr.skip()

    def tick(last: str, search: str, request: gr.Request) -> tuple[Any, ...]:
        """What has come in since; nothing is sent where nothing has changed."""
        viewer = viewer_of(request)
        jobs_now, moving = look(viewer)
        mark = _mark(viewer, jobs_now)
        if mark == last and moving:
            return gr.skip(), gr.skip(), gr.skip(), gr.skip(), gr.skip()
        table_now = desk.show(viewer, search)[0] if _log(mark) != _log(last) or not moving else gr.skip()
        return (gr.skip() if moving else _top(viewer)), jobs_now, gr.Timer(active=moving), table_now, mark

    def look(viewer: Viewer) -> tuple[str, bool]:
        held = site.intake.jobs_of(viewer)
        return jobs_html(held, language), any(job.is_moving for job in held)

    def _mark(viewer: Viewer, jobs_now: str) -> str:
        return f"{site.archive_of(viewer).log_number}|{hash(jobs_now)}"

    def _top(viewer: Viewer) -> str:
        is_empty = not site.archive_of(viewer).reports()
        return drop_html(site.notice(language), language, is_empty=is_empty)

    quiet: dict[str, Any] = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}
    everything = [top, jobs, timer, table, dialog, seen, address]
    hub.show(show, None, everything, trigger_mode="always_last", **quiet)
    hub.act(act, None, everything, trigger_mode="multiple", **quiet)
    timer.tick(tick, [seen, address], [top, jobs, timer, table, seen], **quiet)


def handle(site: Site, viewer: Viewer, told: dict[str, str], tokens: list[str]) -> None:
    """Do what a clerk has asked to be done with files; from anybody else it is passed over."""
    if not viewer.role.at_least(Role.CLERK):
        return
    archive, desk = site.archive_of(viewer), site.intake
    note = partial(site.note, viewer, "upload")
    act = told.get("act", "")
    if act == "sent" and tokens:
        desk.start(archive, viewer, site.inbox, tokens, note)
        return
    if act == "samples":
        desk.start_samples(archive, viewer, note)
        return
    number = number_in(told.get("job", ""))
    job = None if number is None else desk.job(viewer, number)
    if job is None:
        return
    if act == "stop":
        job.stop()
    elif act == "dismiss":
        desk.dismiss(viewer, job.number)
    elif act == "settle" and told.get("decision") in set(Decision):
        chosen = [item.number for item in job.questions() if told.get("item") in {str(item.number), "all"}]
        desk.settle(job, chosen, Decision(told["decision"]), note)


def _log(mark: str) -> str:
    return mark.partition("|")[0]
