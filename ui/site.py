"""What every page of the web application stands on: the archive as one viewer sees it, its chain, files in and out."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from assistant.types import Language
from indexer.recent import Recent
from indexer.viewer import LOCAL, Viewer
from ui.answer_crew import AnswerCrew
from ui.ask_talk import Talks
from ui.ask_unsent import Unsent
from ui.dropped import Underway
from ui.files_in import Inbox
from ui.files_out import Outbox
from ui.intake_jobs import IntakeDesk
from ui.sight import Sight
from ui.text import say

if TYPE_CHECKING:
    import gradio as gr
    from langchain_core.runnables import Runnable
    from starlette.requests import HTTPConnection

    from assistant.types import Answer
    from indexer.archive import Archive

    Chain = Runnable[Any, Answer]

VIEWER = "youju.viewer"  # where the guard of sign-in leaves the viewer in the scope of a request
CHAINS_KEPT = 32  # of viewers who see different reports


class Site:
    """One archive on the web. Pages ask it for the archive and the chain of whoever looks, never for the whole."""

    def __init__(
        self,
        archive: Archive,
        make_chain: Callable[[Archive], Chain],
        *,
        whole: Chain | None = None,
        accounts: bool = False,
        beside: int = 0,
    ) -> None:
        """`beside`: how many processes answer questions beside this one."""
        self.whole = archive  # for what an administrator does, and for signing in
        self.accounts = accounts  # whether people sign in
        self.inbox = Inbox()
        self.outbox = Outbox()
        self.unsent = Unsent()
        self.intake = IntakeDesk()
        self.underway = Underway()
        self.talks = Talks(self)  # the same in both languages
        self._make_chain = make_chain
        self._chains: Recent[Archive, Chain] = Recent(CHAINS_KEPT)
        self._making = threading.Lock()
        self.crew = AnswerCrew(self._answers_here, archive.folder, archive.settings, beside)
        if whole is not None:
            self._chains.put(archive, whole)

    def archive_of(self, viewer: Viewer) -> Archive:
        """The archive with the reports that the viewer may see, and no others."""
        return self.whole.seen_by(viewer)

    def chain_of(self, viewer: Viewer) -> Chain:
        """The chain that answers the viewer from the reports that he may see."""
        archive = self.archive_of(viewer)
        with self._making:
            chain = self._chains.get(archive)
            if chain is None:
                chain = self._make_chain(archive)
                self._chains.put(archive, chain)
            return chain

    def answers(self, viewer: Viewer, asked: Mapping[str, Any]) -> Iterator[Answer]:
        """The answers of that chain to a question, from whichever process is free."""
        return self.crew.answers(viewer, asked)

    def _answers_here(self, viewer: Viewer, asked: Mapping[str, Any]) -> Iterator[Answer]:
        return self.chain_of(viewer).stream(asked)

    def sight_of(self, viewer: Viewer) -> Sight:
        """What the viewer sees now: taken before work for him begins."""
        return Sight.of(self.whole, viewer)

    def hand_out(self, sight: Sight, name: str, content: bytes) -> str:
        """Keep a file made of what was seen; its address, good while all of that is. Raises NotPermittedError."""
        sight.hold(self.whole)
        return self.outbox.put(sight.viewer, name, content, shows=sight.seen)

    def note(self, viewer: Viewer, action: str, object_id: str = "", *, ok: bool = True) -> None:
        """Record that somebody did something (`ask`, `open`, `export`, …) with the thing of that id, never its text."""
        self.whole.audit.record(viewer.account, action, object_id, ok=ok)

    def notice(self, language: Language) -> str:
        """What everybody is told at sign-in and before files are sent: what does not belong here."""
        return self.whole.settings.server.notice or say(language, "notice")


def viewer_of(request: gr.Request | None) -> Viewer:
    """Who sent an event of a page; `LOCAL` where nobody signs in."""
    return viewer_in(request.request) if request is not None and request.request is not None else LOCAL


def viewer_in(request: HTTPConnection) -> Viewer:
    """Who sent a request; `LOCAL` where nobody signs in."""
    viewer = request.scope.get(VIEWER, LOCAL)
    return viewer if isinstance(viewer, Viewer) else LOCAL
