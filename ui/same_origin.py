"""Requests that a page of another site makes in somebody's browser are refused: they could change things in his name."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.pages import language_at
from ui.text import say

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class SameOrigin:
    """ASGI middleware. `only_here`: every request must name this machine itself, as where nobody signs in."""

    def __init__(self, app: ASGIApp, *, only_here: bool = False) -> None:
        self.app = app
        self._only_here = only_here

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 403 with a sentence."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = ""
        if self._only_here and not is_loopback(host_of(headers.get("host", ""))):
            refusal = "foreign_host"  # a name of another site that was made to point here
        elif scope["method"] not in SAFE and is_foreign(headers):
            refusal = "foreign_request"
        if refusal:
            sentence = say(language_at(scope["path"]), refusal)
            await JSONResponse({"error": sentence, "detail": sentence}, 403)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def is_foreign(headers: Mapping[str, str]) -> bool:
    """Whether a browser says that the request comes from a page of another site. What is no browser says nothing."""
    origin = headers.get("origin")
    if origin is not None:
        ours = {headers.get("host", ""), headers.get("x-forwarded-host", "")} - {""}
        return urlsplit(origin).netloc.lower() not in {host.lower() for host in ours}
    return headers.get("sec-fetch-site", "none") not in {"none", "same-origin"}


def host_of(header: str) -> str:
    """The host in a Host header, without the port and brackets."""
    return urlsplit(f"//{header}").hostname or "" if not header.count("[") > 1 else ""


def is_loopback(host: str) -> bool:
    """Whether a host is this machine as only this machine can reach it."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
