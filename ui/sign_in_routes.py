"""The routes by which people sign in, choose their first password, and sign out."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Annotated

from anyio import CapacityLimiter, to_thread
from fastapi import FastAPI, Form, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse

from assistant.types import Language
from indexer.errors import AccountError, SignInError
from indexer.recent import Recent
from indexer.viewer import Role, Viewer
from ui.pages import ASK, address_of, language_at
from ui.sign_in import COOKIE, ENTRY, NO_STORE, entry_for, local_path, viewer_with
from ui.sign_in_page import Entry, first_password_html, in_language, sign_in_html
from ui.site import Site, viewer_in
from ui.text import say

FIRST = "youju_first"  # the cookie of who signed in with a password that was given, until he has chosen his own
FIRST_MINUTES = 10
HASHED_AT_ONCE = 4  # passwords: each takes memory and a core for a moment
Text = Annotated[str, Form(max_length=256)]


class Desk:
    """Signs people in and out of one archive."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.accounts = site.whole.accounts
        self._first: Recent[str, tuple[str, datetime]] = Recent(1000)  # ticket → account, until when

    def come(self, name: str, password: str) -> tuple[str, str]:
        """The token of a new session, or the ticket of who must first choose a password. Raises SignInError."""
        try:
            token = self.accounts.sign_in(name, password, datetime.now(UTC))
        except SignInError:
            self.site.note(Viewer(self._known(name), Role.READER), "sign_in", ok=False)
            raise
        account = self.accounts.get(name)
        self.site.note(Viewer(account.name, account.role), "sign_in")
        if not account.must_change:
            return token, ""
        self.accounts.end(token)
        ticket = secrets.token_urlsafe(24)
        self._first.put(ticket, (account.name, datetime.now(UTC) + timedelta(minutes=FIRST_MINUTES)))
        return "", ticket

    def choose(self, ticket: str, password: str) -> str:
        """The token of a new session after the first password is chosen; "" where the ticket is too old.

        Raises AccountError where the password is not allowed.
        """
        held = self._first.get(ticket)
        if held is None or datetime.now(UTC) > held[1] or not self.accounts.get(held[0]).must_change:
            return ""
        self.accounts.set_password(held[0], password)
        token = self.accounts.sign_in(held[0], password, datetime.now(UTC))
        self.site.note(Viewer(held[0], Role.READER), "password")
        return token

    def change(self, viewer: Viewer, old: str, new: str) -> str:
        """The token of a new session after one's own password is changed, which ends all others.

        Raises SignInError where the old one is wrong, AccountError where the new one is not allowed.
        """
        now = datetime.now(UTC)
        try:
            self.accounts.change_password(viewer.account, old, new, now)
        except (SignInError, AccountError):
            self.site.note(viewer, "password", ok=False)
            raise
        self.site.note(viewer, "password")
        return self.accounts.sign_in(viewer.account, new, now)

    def leave(self, token: str) -> None:
        """End the session."""
        viewer = viewer_with(self.site, token)
        if viewer is not None:
            self.accounts.end(token)
            self.site.note(viewer, "sign_out")

    def _known(self, name: str) -> str:
        """The name where there is such an account: what is typed there by mistake may be a password."""
        try:
            return self.accounts.get(name).name
        except AccountError:
            return ""


def add_sign_in_routes(app: FastAPI, site: Site) -> None:
    """The page for signing in, the one for the first password, and the way out."""
    desk = Desk(site)
    few = CapacityLimiter(HASHED_AT_ONCE)

    def entry_of(language: str, to: str, name: str = "", error: str = "") -> Entry:
        to = local_path(to)
        spoken = Language(language) if language in set(Language) else language_at(to)
        if to == "/":
            to = address_of(ASK, spoken)
        return Entry(spoken, site.notice(spoken), to, name, in_language(error, spoken))

    @app.get(ENTRY)
    def entry(request: Request, to: str = "/", language: str = "") -> Response:
        if viewer_with(site, request.cookies.get(COOKIE, "")) is not None:
            return RedirectResponse(local_path(to), 303, NO_STORE)
        return HTMLResponse(sign_in_html(entry_of(language, to)), headers=NO_STORE)

    @app.post(ENTRY)
    async def come(
        request: Request, name: Text = "", password: Text = "", to: str = Form("/"), language: str = Form("")
    ) -> Response:
        try:
            token, ticket = await to_thread.run_sync(partial(desk.come, name, password), limiter=few)
        except SignInError as error:
            page = sign_in_html(entry_of(language, to, name, str(error)))
            return HTMLResponse(page, 401, NO_STORE)
        if token:
            return _signed_in(request, token, local_path(to))
        response = HTMLResponse(first_password_html(entry_of(language, to)), headers=NO_STORE)
        _put(request, response, FIRST, ticket, ENTRY)
        return response

    @app.post(f"{ENTRY}/password")
    async def choose(
        request: Request, new: Text = "", again: Text = "", to: str = Form("/"), language: str = Form("")
    ) -> Response:
        if new != again:
            sentence = say(entry_of(language, to).language, "password_differs")
            return HTMLResponse(first_password_html(entry_of(language, to, error=sentence)), 400, NO_STORE)
        ticket = request.cookies.get(FIRST, "")
        try:
            token = await to_thread.run_sync(partial(desk.choose, ticket, new), limiter=few)
        except AccountError as error:
            return HTMLResponse(first_password_html(entry_of(language, to, error=str(error))), 400, NO_STORE)
        if token:
            return _signed_in(request, token, local_path(to))
        sentence = say(entry_of(language, to).language, "sign_in_ticket_gone")
        return HTMLResponse(sign_in_html(entry_of(language, to, error=sentence)), 401, NO_STORE)

    @app.post("/account/password")
    async def change(
        request: Request, old: Text = "", new: Text = "", again: Text = "", language: str = Form("")
    ) -> JSONResponse:
        spoken = Language(language) if language in set(Language) else Language.CHINESE
        if new != again:
            return JSONResponse({"error": say(spoken, "password_differs")}, 400)
        try:
            token = await to_thread.run_sync(partial(desk.change, viewer_in(request), old, new), limiter=few)
        except (SignInError, AccountError) as error:
            return JSONResponse({"error": in_language(str(error), spoken)}, 400)
        response = JSONResponse({"said": say(spoken, "password_changed")}, headers=NO_STORE)
        _put(request, response, COOKIE, token, "/")
        return response

    @app.post("/sign-out")
    def leave(request: Request, to: str = Form("/")) -> Response:
        desk.leave(request.cookies.get(COOKIE, ""))
        response = RedirectResponse(entry_for(local_path(to)), 303, NO_STORE)
        response.delete_cookie(COOKIE, path="/")
        return response


def _signed_in(request: Request, token: str, to: str) -> Response:
    response = RedirectResponse(to, 303, NO_STORE)
    _put(request, response, COOKIE, token, "/")
    response.delete_cookie(FIRST, path=ENTRY)
    return response


def _put(request: Request, response: Response, name: str, value: str, path: str) -> None:
    """A cookie that no script reads and no other site's form brings along; gone when the browser is closed."""
    secure = request.url.scheme == "https" or request.headers.get("x-forwarded-proto") == "https"
    response.set_cookie(name, value, path=path, httponly=True, samesite="lax", secure=secure)
