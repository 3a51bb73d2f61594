"""Work on one file that was dropped on a page, told step by step; the file is gone when the work is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from assistant.types import Language
from indexer.errors import YoujuError
from ui.controls import failed_html, said_html

if TYPE_CHECKING:
    from indexer.viewer import Viewer
    from ui.files_in import SentFile
    from ui.site import Site

Work = Callable[["SentFile"], Iterator[str]]


def worked_on(site: Site, viewer: Viewer, token: str, reading: str, work: Work, *, language: Language) -> Iterator[str]:
    """The HTML that `work` tells of the viewer's file, after the sentence `reading`; why, where it cannot be worked on."""
    try:
        file = site.inbox.get(viewer, token)
    except YoujuError as error:
        yield failed_html(error, language)
        return
    try:
        yield said_html(reading)
        yield from work(file)
    except YoujuError as error:
        yield failed_html(error, language)
    finally:
        site.inbox.drop(file)
