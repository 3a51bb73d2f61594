"""The page 核稿: a draft is dropped, each of its numbers is checked against the archive, and nothing of it is kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.checking.draft_text import SUFFIXES, open_draft
from assistant.types import Language
from assistant.verify import Verification, verify
from ui.controls import ON_LOAD, drop_html, file_html, progress_html, said_html, title_html
from ui.dropped import worked_on
from ui.site import viewer_of
from ui.stepped import Stepped
from ui.text import say
from ui.verify_files import verified_files
from ui.verify_view import verified_html

if TYPE_CHECKING:
    from indexer.archive import Archive
    from indexer.viewer import Viewer
    from ui.files_in import SentFile
    from ui.site import Site


def build(page: gr.Blocks, site: Site, language: Language) -> None:
    """Lay the page out in the open `page`."""

    def begin() -> str:
        drop = drop_html(language, SUFFIXES, hint=say(language, "verify_hint"), notice=site.notice(language))
        return f'<form class="yj-form-verify" data-form="verify">{drop}</form>'

    def sent(request: gr.Request, event: gr.EventData) -> Iterator[str]:
        viewer, token = viewer_of(request), str(getattr(event, "token", ""))

        def work(file: SentFile) -> Iterator[str]:
            return _checked(site.archive_of(viewer), viewer, file)

        yield from worked_on(site, viewer, token, say(language, "verify_reading"), work, language=language)

    def _checked(archive: Archive, viewer: Viewer, file: SentFile) -> Iterator[str]:
        if not archive.reports():
            yield said_html(say(language, "verify_no_archive"), bad=True)
            return
        draft = open_draft(file.path)
        work = Stepped(lambda step: verify(archive, draft, step=step))
        for done, total in work:
            yield progress_html(say(language, "verify_step", done=done, total=total), done, total)
        made = work.result()
        site.note(viewer, "verify")
        yield verified_html(made, _files(made, viewer, file.name), language)

    def _files(made: Verification, viewer: Viewer, name: str) -> str:
        links = "".join(
            file_html(site.outbox.put(viewer, named, content), named, language, now=False)
            for named, content in verified_files(made, name, language)
        )
        return f'<div class="yj-saves">{links}</div>'

    gr.HTML(title_html("verify", language), apply_default_css=False)
    form = gr.HTML(begin(), elem_id="yj-form", apply_default_css=False, js_on_load=ON_LOAD)
    result = gr.HTML("", elem_id="yj-result", apply_default_css=False)
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    form.sent(sent, None, result, **quiet)
