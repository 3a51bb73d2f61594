"""The gate in front of the pages' events: each is run only for who may open its page, and only the page's own way."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.types import Language
from indexer.recent import Recent
from indexer.viewer import Owner, Viewer
from ui.pages import Page, language_at
from ui.site import viewer_in
from ui.text import say

Events = Mapping[Language, Mapping[int, Page]]  # which page each event of a language's pages belongs to

LONGEST = 8 << 20  # bytes of an event's arguments
TALKS_KNOWN = 50_000  # open pages whose account is remembered
_API = re.compile(r"(?:/en)?/gradio_api/(.*)", re.DOTALL)
_RUNS = frozenset({"queue/join", "run/predict"})
_HARMLESS = frozenset({"cancel", "reset", "reset/"})
_MESSAGES = "queue/data"
_STREAM = re.compile(r"heartbeat/([^/]+)")


class EventGate:
    """ASGI middleware between the sign-in and Gradio: an event is known by its number, and the number by its page."""

    def __init__(self, app: ASGIApp, *, events: Events) -> None:
        self.app = app
        self._events = events
        self._talks: Recent[str, Owner] = Recent(TALKS_KNOWN)  # what Gradio calls a session → the account that began it

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        called = _API.fullmatch(scope["path"]) if scope["type"] == "http" else None
        if called is None:
            await self.app(scope, receive, send)
        elif scope["method"] == "POST":
            await self._post(called[1], scope, receive, send)
        elif self._is_anothers(_talk_of(called[1], Request(scope)), viewer_in(Request(scope))):
            await _refused(scope, 403, "event_refused")(scope, receive, send)
        elif called[1] == _MESSAGES:  # small and many: compressing each costs more than it saves
            plain = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
            await self.app({**scope, "headers": plain}, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _post(self, name: str, scope: Scope, receive: Receive, send: Send) -> None:
        if name in _HARMLESS:
            await self.app(scope, receive, send)
        elif name not in _RUNS:  # files, functions by name, what components offer: no page of ours calls them
            await Response(status_code=404)(scope, receive, send)
        elif (body := await _body_of(receive)) is None:
            await _refused(scope, 413, "event_too_large")(scope, receive, send)
        else:
            refusal = self._refusal(body, scope)
            await (refusal or self.app)(scope, _Again(body, receive).receive, send)

    def _refusal(self, body: bytes, scope: Scope) -> Response | None:
        viewer = viewer_in(Request(scope))
        try:
            told = json.loads(body)
            number, talk = told["fn_index"], told.get("session_hash")
        except (ValueError, KeyError, TypeError, AttributeError):
            return Response(status_code=400)
        page = self._events[language_at(scope["path"])].get(number) if isinstance(number, int) else None
        if page is None or not isinstance(talk, str):
            return _refused(scope, 404, "event_unknown")
        if not viewer.role.at_least(page.least) or self._is_anothers(talk, viewer):
            return _refused(scope, 403, "event_refused")
        return None

    def _is_anothers(self, talk: str, viewer: Viewer) -> bool:
        """Whether another account began what Gradio calls a session; the first to use one has begun it."""
        if not talk:
            return False
        begun = self._talks.get(talk)
        if begun is None:
            self._talks.put(talk, viewer.owner)
        return begun is not None and begun != viewer.owner


def _talk_of(name: str, request: Request) -> str:
    stream = _STREAM.fullmatch(name)
    return stream[1] if stream else request.query_params.get("session_hash", "")


def _refused(scope: Scope, status: int, key: str) -> Response:
    sentence = say(language_at(scope["path"]), key)
    return JSONResponse({"error": sentence, "detail": sentence}, status)


async def _body_of(receive: Receive) -> bytes | None:
    """The whole body; None where it is too long."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return b""  # the browser went away
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > LONGEST:
            return None
        if not message.get("more_body", False):
            return b"".join(parts)


class _Again:
    """A body that was read, to be read once more; then whatever else comes."""

    def __init__(self, body: bytes, receive: Receive) -> None:
        self._body: bytes | None = body
        self._receive = receive

    async def receive(self) -> Message:
        if self._body is None:
            return await self._receive()
        body, self._body = self._body, None
        return {"type": "http.request", "body": body, "more_body": False}
