"""The page 我的账户: one's own password, and where one is signed in."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import gradio as gr

from assistant.types import Language
from ui.account_view import account_html
from ui.accounts_view import done_html
from ui.sign_in import COOKIE
from ui.site import viewer_of
from ui.text import say

if TYPE_CHECKING:
    from ui.site import Site

_ON_LOAD = """
element.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-end]');
  if (button) trigger('end', { mark: button.dataset.end });
});
"""


def build(page: gr.Blocks, site: Site, language: Language) -> None:
    """Lay the page out in the open `page`."""

    def show(request: gr.Request) -> str:
        viewer, token = viewer_of(request), _token_of(request)
        sessions = site.whole.sessions.of(viewer.account, datetime.now(UTC), token=token) if viewer.account else ()
        return account_html(viewer, sessions, language)

    def end(request: gr.Request, event: gr.EventData) -> tuple[str, str]:
        viewer, mark = viewer_of(request), str(getattr(event, "mark", ""))
        if not viewer.account or not mark:
            return "", show(request)
        if mark == "others":
            site.whole.sessions.end_others(viewer.account, _token_of(request), datetime.now(UTC))
        else:
            site.whole.sessions.end(viewer.account, mark, datetime.now(UTC))
        site.note(viewer, "sign_out", viewer.account)
        return done_html(say(language, "sessions_ended")), show(request)

    said = gr.HTML("", elem_id="yj-said", apply_default_css=False)
    own = gr.HTML("", elem_id="yj-own", apply_default_css=False, js_on_load=_ON_LOAD)
    quiet = {"show_progress": "hidden", "api_visibility": "private"}
    own.end(end, None, [said, own], **quiet)
    page.load(show, None, own, queue=False, **quiet)


def _token_of(request: gr.Request) -> str:
    return str(request.request.cookies.get(COOKIE, "")) if request.request is not None else ""
