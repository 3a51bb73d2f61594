"""The page 核稿: a draft is dropped, each of its numbers is checked against the archive, and nothing of it is kept."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

import gradio as gr

from assistant.checking.draft_text import SUFFIXES, open_draft
from assistant.types import Language
from assistant.verify import Verification, verify
from ui.controls import drop_html, file_html, said_html
from ui.dropped import Dropped
from ui.page_drop import lay_drop
from ui.text import say
from ui.verify_files import verified_files
from ui.verify_view import verified_html

if TYPE_CHECKING:
    from indexer.viewer import Viewer
    from ui.site import Site
    from ui.stepped import Tell


def build(page: gr.Blocks, site: Site, language: Language) -> None:
    """Lay the page out in the open `page`."""

    def begin(viewer: Viewer) -> str:
        drop = drop_html(language, SUFFIXES, hint=say(language, "verify_hint"), notice=site.notice(language))
        return f'<form class="yj-form-verify" data-form="verify">{drop}</form>'

    lay_drop(page, site, "verify", begin, lambda dropped, _: _checked(dropped), language=language)


def _checked(dropped: Dropped) -> Iterator[str]:
    archive = dropped.archive
    if not archive.reports():
        yield said_html(say(dropped.language, "verify_no_archive"), bad=True)
        return
    draft = open_draft(dropped.file.path)

    def work(tell: Tell) -> Verification:
        return verify(archive, draft, reading=partial(tell, "verify_read"), step=partial(tell, "verify_step"))

    yield from dropped.steps(work, partial(_shown, dropped))


def _shown(dropped: Dropped, made: Verification) -> str:
    dropped.site.note(dropped.viewer, "verify")
    links = "".join(
        file_html(dropped.hand_out(named, content), named, dropped.language, now=False)
        for named, content in verified_files(made, dropped.file.name, dropped.language)
    )
    return verified_html(made, f'<div class="yj-saves">{links}</div>', dropped.language)
