"""What no request may be, whoever sends it: an address with a line break, a body that is too large or has no length."""

from __future__ import annotations

import re

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import Scope

from ui.pages import language_at
from ui.render import error_html
from ui.spoken import spoken_in
from ui.text import say

LONGEST = 8 << 20  # bytes of a body
UPLOAD = "/upload"  # its own route says how large a file may be
# A router takes "/page\n" for "/page"; a gate that compares addresses does not.
_BROKEN = re.compile(r"[\r\n]")


def refusal_of(scope: Scope) -> Response | None:
    """Why an HTTP request is not passed on; None where it is."""
    if _BROKEN.search(scope["path"]):
        return Response(status_code=400)
    headers = Headers(scope=scope)
    if "transfer-encoding" in headers:  # no browser sends a form or an event so, and there is no telling how long it is
        return _refused(scope, 411)
    length = headers.get("content-length", "0")
    if not length.isdecimal() or (int(length) > LONGEST and scope["path"] != UPLOAD):
        return _refused(scope, 413)
    return None


async def unreadable(request: Request, error: Exception) -> Response:
    """A sentence for a request whose fields are not what they must be; nothing of what was sent is said again."""
    sentence = say(spoken_in(request), "request_unreadable")
    if request.headers.get("accept", "").startswith("text/html"):
        return HTMLResponse(error_html(sentence), 422)
    return JSONResponse({"error": sentence, "detail": sentence}, 422)


def _refused(scope: Scope, status: int) -> Response:
    sentence = say(language_at(scope["path"]), "event_too_large")
    return JSONResponse({"error": sentence, "detail": sentence}, status)
