"""The web server: the page, the source of a citation, the original files; nothing in it points outside this machine."""

from __future__ import annotations

import os
import re
import socket
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse

from assistant.types import Language
from indexer.errors import UnknownReportError, YoujuError
from indexer.types import Report, Span
from ui.ask_route import add_asking
from ui.ask_unsent import add_ask_routes
from ui.file_routes import add_file_routes, attachment
from ui.fit_requests import unreadable
from ui.frame_routes import add_frame_routes
from ui.render import error_html, version_of
from ui.site import Site, viewer_in
from ui.source import Cited, source_html
from ui.spoken import spoken_in
from ui.text import say

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable

    from assistant.types import Answer
    from indexer.archive import Archive

_SPAN = re.compile(r"(\d{1,9})-(\d{1,9})")
PORTS_TRIED = 20
GIVES_WAY = 0.001  # seconds after which who computes an answer lets in who only passes something on
# Said to Gradio before it is imported: no analytics, no look at the model hub; and no summary of the last 10,000 events
# after each event, which costs more than the event.
_QUIET = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    "GRADIO_ANALYTICS_MAX_EVENTS": "1",
    "GRADIO_ANALYTICS_CACHE_FREQUENCY": str(10**9),
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
}


def web_application(
    archive: Archive,
    chain: Runnable[dict[str, object], Answer] | None = None,
    *,
    accounts: bool = False,
    only_here: bool = False,
    beside: int = 0,
) -> FastAPI:
    """The whole web application over an open archive: the pages, sources, and files in and out.

    `chain` answers where nobody signs in; with `accounts` everybody signs in and sees what he may see; with `only_here`
    requests that name another host than this machine are refused. `beside`: processes that answer beside this one.
    """
    os.environ.update(_QUIET)
    from assistant.chain import answer_chain
    from ui.app import mount_pages
    from ui.event_gate import EventGate
    from ui.guard import Guard
    from ui.same_origin import SameOrigin
    from ui.sign_in import SignInGate
    from ui.sign_in_routes import add_sign_in_routes

    site = Site(archive, answer_chain, whole=chain, accounts=accounts, beside=beside)
    app = FastAPI(title=say(Language.CHINESE, "product"), docs_url=None, redoc_url=None, openapi_url=None)
    app.state.site = site
    app.add_exception_handler(RequestValidationError, unreadable)
    add_routes(app, site)
    add_file_routes(app, site)
    add_asking(app, site)
    add_ask_routes(app, site)
    add_frame_routes(app, site)
    if accounts:
        add_sign_in_routes(app, site)
    app.add_middleware(EventGate, events=mount_pages(app, site))
    if accounts:
        app.add_middleware(SignInGate, site=site)
    app.add_middleware(SameOrigin, only_here=only_here)
    app.add_middleware(Guard, accounts=accounts)  # the outermost
    return app


def add_routes(app: FastAPI, site: Site) -> None:
    """The routes that answer from the archive itself, with a sentence where a report is gone or has changed."""

    @app.get("/source/{report_id}", response_class=HTMLResponse)
    def source(request: Request, report_id: str, *, span: str, marks: str = "", version: str = "") -> HTMLResponse:
        viewer = viewer_in(request)
        archive = site.archive_of(viewer)
        spoken = spoken_in(request)
        try:
            report = archive.report(report_id)
        except UnknownReportError:
            site.note(viewer, "open", report_id, ok=False)
            return HTMLResponse(error_html(say(spoken, "source_gone")), status_code=404)
        cited = cited_span(report, span)
        if cited is None or (version and version != version_of(report)):
            return HTMLResponse(error_html(say(spoken, "source_changed")), status_code=409)
        site.note(viewer, "open", report_id)
        found = Cited(report, archive.sections(report_id), cited, spans_of(marks), spoken)
        return HTMLResponse(source_html(found), headers={"Cache-Control": "no-store"})

    @app.get("/original/{report_id}")
    def original(request: Request, report_id: str) -> Response:
        viewer = viewer_in(request)
        try:
            name, content = site.archive_of(viewer).original(report_id)
        except UnknownReportError:
            site.note(viewer, "original", report_id, ok=False)
            return HTMLResponse(error_html(say(spoken_in(request), "source_gone")), status_code=404)
        site.note(viewer, "original", report_id)
        return Response(
            content,
            media_type="application/octet-stream",  # never shown in the page's own origin, HTML least of all
            headers={"Content-Disposition": attachment(name), "Cache-Control": "no-store"},
        )


def spans_of(text: str) -> list[Span]:
    """The stretches written as 3-7,9-12; what is not written so is left out."""
    found = (_SPAN.fullmatch(part) for part in text.split(","))
    return [Span(int(match[1]), int(match[2])) for match in found if match]


def cited_span(report: Report, text: str) -> Span | None:
    """The one stretch that `text` writes, where it lies in the report."""
    spans = spans_of(text)
    if len(spans) != 1 or not spans[0].start < spans[0].end <= len(report.text):
        return None
    return spans[0]


def open_socket(host: str, port: int) -> socket.socket:
    """A listening socket on `port`, or on the next free one of twenty; YoujuError where none can be had."""
    try:
        family, _, _, _, (address, *_) = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except socket.gaierror as error:
        raise YoujuError(f"the host {host} is not known here; use 127.0.0.1 or an address of this machine") from error
    for tried in range(port, min(port + PORTS_TRIED, 65536)):
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((address, tried))
            listener.listen(128)
        except OSError:
            listener.close()
            continue
        return listener
    raise YoujuError(f"no port from {port} to {port + PORTS_TRIED - 1} is free on {host}; name another with --port")


def serve(app: FastAPI, listener: socket.socket, on_ready: Callable[[], None]) -> None:
    """Serve until interrupted; `on_ready` is called once the page can be fetched."""
    import uvicorn

    sys.setswitchinterval(GIVES_WAY)

    class Announcing(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                on_ready()

    config = uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False, timeout_graceful_shutdown=3
    )
    Announcing(config).run(sockets=[listener])
