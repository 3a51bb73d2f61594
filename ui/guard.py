"""What every response of the web server says: that the browser fetches nothing from elsewhere and guesses no type."""

from __future__ import annotations

import re

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.types import Language
from ui.text import say

# Gradio's page is built of inline scripts and compiled templates, hence the unsafe-* of its own origin.
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; media-src 'self' blob:; "
    "worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)
UPLOAD = "/gradio_api/upload"
HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "SAMEORIGIN",
}
# Gradio's own page names its maker's site and a picture there, for link previews.
_FOREIGN_META = re.compile(rb'<meta\s+(?:property="og:|name="twitter:)[^>]*>\s*', re.DOTALL)


class Guard:
    """ASGI middleware: sets `HEADERS` on every response, and puts the page itself into its language."""

    def __init__(self, app: ASGIApp, language: Language = Language.CHINESE) -> None:
        self.app = app
        self.language = language

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, guarding what comes back."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif scope["path"].rstrip("/").endswith(UPLOAD):
            await _refused(send)
        elif scope["path"] == "/" and scope["method"] == "GET":
            # It is rewritten on its way, so it must come uncompressed.
            headers = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
            await self.app({**scope, "headers": headers}, receive, _Page(send, self.language).send)
        else:
            await self.app(scope, receive, _guarded(send))


async def _refused(send: Send) -> None:
    """Nothing is uploaded through the page: an open door for anybody's files is kept shut."""
    await send({"type": "http.response.start", "status": 404, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def _guarded(send: Send) -> Send:
    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(HEADERS)
        await send(message)

    return guarded


class _Page:
    """Collects the page's HTML, which is small, and sends it rewritten."""

    def __init__(self, send: Send, language: Language) -> None:
        self._send = _guarded(send)
        self._language = language
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
                self._body = own_page(self._body, self._language)
                headers["content-length"] = str(len(self._body))
            await self._send(self._start)
            await self._send({"type": "http.response.body", "body": self._body})


def own_page(body: bytes, language: Language) -> bytes:
    """Gradio's page in our language, described in our words, without its links to other sites."""
    tag = b"zh-CN" if language is Language.CHINESE else b"en"
    body = re.sub(rb'(<html\b[^>]*?\blang=")[^"]*"', rb"\g<1>" + tag + b'"', body, count=1)
    described = f'<meta name="description" content="{say(language, "page_description")}" />'.encode()
    body = _FOREIGN_META.sub(b"", body)
    return body.replace(b"<head>", b"<head>\n\t\t" + described, 1)
