"""The routes by which people sign in, choose their passwords, and sign out."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from anyio import CapacityLimiter, to_thread
from fastapi import FastAPI, Form, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse

from indexer.errors import AccountError, SignInError
from ui.pages import ASK, address_of
from ui.sign_in import COOKIE, ENTRY, NO_STORE, entry_for, local_path, viewer_with
from ui.sign_in_desk import SignInDesk
from ui.sign_in_page import Entry, first_password_html, sign_in_html
from ui.site import Site, viewer_in
from ui.spoken import in_language, language_named
from ui.text import say

FIRST = "youju_first"  # the cookie of who signed in with a password that was given, until he has chosen his own
HASHED_AT_ONCE = 4  # passwords: each takes memory and a core for a moment
LONGEST_NAME = 64  # characters of what was typed as a name that are shown again
Typed = Annotated[str, Form()]


def add_sign_in_routes(app: FastAPI, site: Site) -> None:
    """The page for signing in, the one for the first password, one's own password, and the way out."""
    ways = SignInWays(site)
    app.add_api_route(ENTRY, ways.entry, methods=["GET"])
    app.add_api_route(ENTRY, ways.come, methods=["POST"])
    app.add_api_route(f"{ENTRY}/password", ways.choose, methods=["POST"])
    app.add_api_route("/account/password", ways.change, methods=["POST"])
    app.add_api_route("/sign-out", ways.leave, methods=["POST"])


class SignInWays:
    """What each of the routes answers."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._desk = SignInDesk(site)
        self._few = CapacityLimiter(HASHED_AT_ONCE)

    def entry(self, request: Request, to: str = "/", language: str = "") -> Response:
        """The page for signing in; for who is signed in, the page he wants."""
        if viewer_with(self._site, request.cookies.get(COOKIE, "")) is not None:
            return RedirectResponse(local_path(to), 303, NO_STORE)
        return HTMLResponse(sign_in_html(self._entry(language, to)), headers=NO_STORE)

    async def come(
        self, request: Request, name: Typed = "", password: Typed = "", to: Typed = "/", language: Typed = ""
    ) -> Response:
        """The way in, or why there is none."""
        address = request.client.host if request.client else ""
        try:
            token, ticket = await to_thread.run_sync(
                partial(self._desk.come, name, password, address), limiter=self._few
            )
        except SignInError as error:
            return self._refused(self._entry(language, to, error, name=name[:LONGEST_NAME]))
        if token:
            return _signed_in(request, token, local_path(to))
        response = HTMLResponse(first_password_html(self._entry(language, to)), headers=NO_STORE)
        _put(request, response, FIRST, ticket, ENTRY)
        return response

    async def choose(
        self, request: Request, new: Typed = "", again: Typed = "", to: Typed = "/", language: Typed = ""
    ) -> Response:
        """The way in for who has chosen a first password."""
        spoken = self._entry(language, to).language
        ticket = request.cookies.get(FIRST, "")
        try:
            if new != again:
                raise AccountError(say(spoken, "password_differs"))
            token = await to_thread.run_sync(partial(self._desk.choose, ticket, new), limiter=self._few)
        except AccountError as error:
            return HTMLResponse(first_password_html(self._entry(language, to, error)), 400, NO_STORE)
        except SignInError as error:
            return self._refused(self._entry(language, to, error))
        if token:
            return _signed_in(request, token, local_path(to))
        return self._refused(self._entry(language, to, say(spoken, "sign_in_ticket_gone")))

    async def change(
        self, request: Request, old: Typed = "", new: Typed = "", again: Typed = "", language: Typed = ""
    ) -> Response:
        """One's own password replaced: a sentence, and the cookie of the new session."""
        spoken = language_named(language)
        try:
            if new != again:
                raise AccountError(say(spoken, "password_differs"))
            work = partial(self._desk.change, viewer_in(request), old, new)
            token = await to_thread.run_sync(work, limiter=self._few)
        except (SignInError, AccountError) as error:
            return JSONResponse({"error": in_language(error, spoken)}, 400)
        response = JSONResponse({"said": say(spoken, "password_changed")}, headers=NO_STORE)
        _put(request, response, COOKIE, token, "/")
        return response

    def leave(self, request: Request, to: Typed = "/") -> Response:
        """The way out."""
        self._desk.leave(request.cookies.get(COOKIE, ""))
        response = RedirectResponse(entry_for(local_path(to)), 303, NO_STORE)
        response.delete_cookie(COOKIE, path="/")
        return response

    def _entry(self, language: str, to: str, error: object = "", *, name: str = "") -> Entry:
        to = local_path(to)
        spoken = language_named(language, to)
        if to == "/":
            to = address_of(ASK, spoken)
        return Entry(spoken, self._site.notice(spoken), to, name, in_language(error, spoken))

    def _refused(self, entry: Entry) -> Response:
        return HTMLResponse(sign_in_html(entry), 401, NO_STORE)


def _signed_in(request: Request, token: str, to: str) -> Response:
    response = RedirectResponse(to, 303, NO_STORE)
    _put(request, response, COOKIE, token, "/")
    response.delete_cookie(FIRST, path=ENTRY)
    return response


def _put(request: Request, response: Response, name: str, value: str, path: str) -> None:
    """A cookie that no script reads and no other site's form brings along; gone when the browser is closed."""
    secure = request.url.scheme == "https" or request.headers.get("x-forwarded-proto") == "https"
    response.set_cookie(name, value, path=path, httponly=True, samesite="lax", secure=secure)
