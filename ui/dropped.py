"""Work on one file that was dropped on a page, told step by step and stopped on request; then the file is gone."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from assistant.types import Language
from indexer.errors import YoujuError
from indexer.viewer import Owner, Viewer
from ui.controls import do_html, failed_html, progress_html, said_html
from ui.stepped import Stepped, Tell
from ui.text import say

if TYPE_CHECKING:
    from indexer.archive import Archive
    from ui.files_in import SentFile
    from ui.sight import Sight
    from ui.site import Site

Made = TypeVar("Made")


class Underway:
    """The work that is being done on files; who sent a file may stop it."""

    def __init__(self) -> None:
        self._stops: dict[tuple[Owner, str], threading.Event] = {}
        self._lock = threading.Lock()

    @contextmanager
    def begun(self, viewer: Viewer, token: str) -> Iterator[threading.Event]:
        """What is set when the work on the viewer's file of that token is to end."""
        stop = threading.Event()
        with self._lock:
            self._stops[viewer.owner, token] = stop
        try:
            yield stop
        finally:
            with self._lock:
                self._stops.pop((viewer.owner, token), None)

    def stop(self, viewer: Viewer, token: str) -> None:
        """End the work on the viewer's file; nothing happens where there is none."""
        with self._lock:
            stop = self._stops.get((viewer.owner, token))
        if stop is not None:
            stop.set()


@dataclass(frozen=True, slots=True)
class Dropped:
    """A file that was dropped: whose it is, the archive as he sees it, and what ends the work."""

    site: Site
    viewer: Viewer
    file: SentFile
    language: Language
    sight: Sight
    stop: threading.Event

    @property
    def archive(self) -> Archive:
        """The archive as the viewer sees it."""
        return self.site.archive_of(self.viewer)

    def steps(self, work: Callable[[Tell], Made], made: Callable[[Made], str]) -> Iterator[str]:
        """How far the work has come, as HTML with a button that stops it, and at last what is `made` of its result."""
        stepped = Stepped(work, self.stop)
        button = do_html("stop", say(self.language, "work_stop"), token=self.file.token)
        for step in stepped:
            told = say(self.language, step.key, done=f"{step.done:,}", total=f"{step.total:,}")
            yield progress_html(told, step.done, step.total, more=button)
        yield made(stepped.result())

    def hand_out(self, name: str, content: bytes) -> str:
        """Keep a file that was made; its address. Raises NotPermittedError."""
        return self.site.hand_out(self.sight, name, content)


def worked_on(
    site: Site,
    viewer: Viewer,
    token: str,
    work: Callable[[Dropped], Iterator[str]],
    *,
    reading: str,
    language: Language,
) -> Iterator[str]:
    """The HTML that `work` tells of the viewer's file, after the sentence `reading`; why, where it cannot be worked on."""
    try:
        file = site.inbox.get(viewer, token)
    except YoujuError as error:
        yield failed_html(error, language)
        return
    try:
        with site.underway.begun(viewer, token) as stop:
            dropped = Dropped(site, viewer, file, language, site.sight_of(viewer), stop)
            yield said_html(reading)
            for told in work(dropped):
                dropped.sight.hold(site.whole)
                yield told
    except YoujuError as error:
        yield failed_html(error, language)
    finally:
        site.inbox.drop(file)
