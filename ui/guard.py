"""The outermost door: refuses what no request may be, and says on every response that nothing comes from elsewhere."""

from __future__ import annotations

import json
import re

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.types import Language
from ui.fit_requests import refusal_of
from ui.frame_head import head_html, title_of
from ui.pages import Page, language_at, page_at
from ui.text import say

# Gradio's page is built of inline scripts and compiled templates, hence the unsafe-* of its own origin.
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; media-src 'self' blob:; "
    "worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)
HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # "no-referrer" would hide from us that a form is our own
    "X-Frame-Options": "SAMEORIGIN",
}
# Gradio's own page names its maker's site and a picture there, for link previews.
_FOREIGN_META = re.compile(rb'<meta\s+(?:property="og:|name="twitter:)[^>]*>\s*', re.DOTALL)
# Ours is no application to be installed on a phone.
_MANIFEST = re.compile(rb'<link rel="manifest"[^>]*>\s*')


class Guard:
    """ASGI middleware: refuses unfit requests, sets `HEADERS` on every response, puts the page into its language."""

    def __init__(self, app: ASGIApp, *, accounts: bool = False) -> None:
        self.app = app
        self._accounts = accounts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, guarding what comes back."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif (refusal := refusal_of(scope)) is not None:
            await refusal(scope, receive, _guarded(send))
        elif scope["method"] == "GET" and (page := page_at(scope["path"])) is not None:
            # It is rewritten on its way, so it must come uncompressed.
            headers = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
            rewritten = _Rewritten(send, page, language_at(scope["path"]), self._accounts)
            await self.app({**scope, "headers": headers}, receive, rewritten.send)
        else:
            await self.app(scope, receive, _guarded(send))


def _guarded(send: Send) -> Send:
    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(HEADERS)
        await send(message)

    return guarded


class _Rewritten:
    """Collects the page's HTML, which is small, and sends it rewritten."""

    def __init__(self, send: Send, page: Page, language: Language, accounts: bool) -> None:
        self._send = _guarded(send)
        self._page = page
        self._language = language
        self._accounts = accounts
        self._start: Message = {}
        self._body = b""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            return
        if message["type"] != "http.response.body":
            await self._send(message)
            return
        self._body += message.get("body", b"")
        if not message.get("more_body", False):
            headers = MutableHeaders(scope=self._start)
            if headers.get("content-type", "").startswith("text/html") and "content-encoding" not in headers:
                self._body = own_page(self._body, self._page, self._language, accounts=self._accounts)
                headers["content-length"] = str(len(self._body))
            if self._accounts:
                headers["cache-control"] = "no-store"  # nothing to go back to after signing out
            await self._send(self._start)
            await self._send({"type": "http.response.body", "body": self._body})


def own_page(body: bytes, page: Page, language: Language, *, accounts: bool = False) -> bytes:
    """Gradio's page in our language, named and described in our words, without its links to other sites."""
    tag = b"zh-CN" if language is Language.CHINESE else b"en"
    body = re.sub(rb'(<html\b[^>]*?\blang=")[^"]*"', rb"\g<1>" + tag + b'"', body, count=1)
    body = _MANIFEST.sub(b"", _FOREIGN_META.sub(b"", body))
    body = body.replace(_titled(say(language, "page_title")), _titled(title_of(page, language)), 1)
    head = head_html(page, language, accounts=accounts).encode()
    return body.replace(b"<head>", b"<head>\n\t\t" + head, 1)


def _titled(title: str) -> bytes:
    """A title as it stands in the settings that Gradio writes into its page."""
    return f'"title":{json.dumps(title, ensure_ascii=False)}'.encode()
