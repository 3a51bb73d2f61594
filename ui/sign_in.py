"""The gate where people sign in: who sends a request, and whether that role may open what it asks for."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from urllib.parse import quote

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from indexer.viewer import Viewer
from ui.ask_unsent import UNSENT
from ui.frame_routes import ALIVE, SIGN
from ui.pages import Page, language_at, page_at
from ui.render import error_html
from ui.sign_in_page import refused_html
from ui.site import VIEWER, Site
from ui.spoken import spoken_in
from ui.text import say

COOKIE = "youju_session"
ENTRY = "/sign-in"
OPEN = frozenset({ENTRY, f"{ENTRY}/password", SIGN, "/favicon.ico", ALIVE})
NO_STORE = {"Cache-Control": "no-store"}


class SignInGate:
    """ASGI middleware: finds the session of a request; without one there is only the page for signing in.

    The session is looked up for every request, so that a role that changed or a session that was ended counts at once.
    """

    def __init__(self, app: ASGIApp, *, site: Site) -> None:
        self.app = app
        self._site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its viewer in the scope, send to the sign-in, or refuse with a sentence."""
        if scope["type"] == "lifespan" or (scope["type"] == "http" and scope["path"] in OPEN):
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":  # no page opens a web socket
            await send({"type": "websocket.close", "code": 1008})
            return
        request = Request(scope)
        find = former_viewer_with if _leaves_behind(scope) else viewer_with
        viewer = await to_thread.run_sync(partial(find, self._site, request.cookies.get(COOKIE, "")))
        page = page_at(scope["path"]) if scope["method"] in {"GET", "HEAD"} else None
        if viewer is None:
            await _stranger(request, page)(scope, receive, send)
        elif page is not None and not viewer.role.at_least(page.least):
            refused = refused_html(viewer, page, language_at(scope["path"]))
            await HTMLResponse(refused, 403, NO_STORE)(scope, receive, send)
        else:
            await self.app({**scope, VIEWER: viewer}, receive, send)


def viewer_with(site: Site, token: str) -> Viewer | None:
    """Who a session's token stands for now; None for none."""
    return site.whole.accounts.viewer_of(token, datetime.now(UTC)) if token else None


def former_viewer_with(site: Site, token: str) -> Viewer | None:
    """Whose a session was that may have ended or expired since; None for none."""
    return site.whole.accounts.former_viewer_of(token) if token else None


def _leaves_behind(scope: Scope) -> bool:
    """Whether a page hands over what is typed as it goes, which is all that an expired session may still do."""
    return bool(scope["method"] == "POST" and scope["path"] == UNSENT)


def entry_for(path: str) -> str:
    """The address of the sign-in that leads back to a page."""
    return f"{ENTRY}?to={quote(path, safe='/')}"


def local_path(to: str) -> str:
    """Where to go after signing in: a page of this site, else the first one."""
    is_plain = to.isascii() and to.isprintable() and to.startswith("/") and not to.startswith(("//", "/\\"))
    return to if is_plain and "?" not in to and page_at(to) is not None else "/"


def _stranger(request: Request, page: Page | None) -> Response:
    """A page leads to the sign-in; for anything else there is a sentence, as HTML where that is what is shown."""
    path = request.url.path
    if page is not None:
        return RedirectResponse(entry_for(path), 303, NO_STORE)
    sentence = say(spoken_in(request), "data_signed_out")
    if request.headers.get("accept", "").startswith("text/html"):
        return HTMLResponse(error_html(sentence), 401, NO_STORE)
    return JSONResponse({"error": sentence, "detail": sentence}, 401, NO_STORE)
