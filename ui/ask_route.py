"""The way of a question: one request to /ask, and the conversation comes back as a line for each time it grows.

It goes past Gradio's queue, which for one answer opens a second request, tells everybody who waits where he stands, and
sends each answer twice.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING

from anyio import CapacityLimiter, to_thread
from fastapi import FastAPI, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

from assistant.types import Language
from indexer.viewer import Viewer
from ui.ask_scope import Chosen
from ui.ask_talk import Turn
from ui.ask_unsent import LONGEST
from ui.ask_view import conversation_html
from ui.site import Site, viewer_in
from ui.spoken import spoken_in

if TYPE_CHECKING:
    from ui.ask_talk import Talk

ASK = "/ask"
UNHELD = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}  # a proxy passes each line on as it comes


class _Asked(BaseModel):
    talk: str = Field(max_length=64)
    key: str = Field(min_length=1, max_length=64)
    question: str = Field(max_length=LONGEST)
    scope: dict[str, list[str]] = Field(default_factory=dict)


def add_asking(app: FastAPI, site: Site) -> None:
    """/ask takes a question and gives lines of JSON: {"at": rising number, "html": the conversation as it is then}.

    The same question of one press of a key is answered once. Who goes away before his turn comes has not asked.
    """
    turns_taken = CapacityLimiter(site.crew.at_once)

    @app.post(ASK)
    async def ask(request: Request, asked: _Asked) -> Response:
        viewer = viewer_in(request)
        turn = Turn(asked.key, asked.question, Chosen.of(asked.scope))
        growing = site.talks.ask(viewer, asked.talk, turn)
        lines = _lines(site, viewer, growing, spoken_in(request))
        return StreamingResponse(as_it_grows(lines, turns_taken), media_type="application/x-ndjson", headers=UNHELD)


def _lines(site: Site, viewer: Viewer, growing: Iterator[Talk], language: Language) -> Iterator[str]:
    holds = site.archive_of(viewer).holds
    for talk in growing:
        at, turns = talk.now
        yield json.dumps({"at": at, "html": conversation_html(turns, holds, language)}, ensure_ascii=False) + "\n"


async def as_it_grows(lines: Iterator[str], turns_taken: CapacityLimiter) -> AsyncIterator[str]:
    """The lines, made in one go in a thread of its own, each as soon as it is there."""
    loop = asyncio.get_running_loop()
    made: asyncio.Queue[str | None] = asyncio.Queue()

    def make() -> None:
        try:
            for line in lines:
                loop.call_soon_threadsafe(made.put_nowait, line)
        finally:
            loop.call_soon_threadsafe(made.put_nowait, None)

    making = asyncio.ensure_future(to_thread.run_sync(make, limiter=turns_taken))
    try:
        while (line := await made.get()) is not None:
            yield line
        await making
    finally:
        making.cancel()  # who went away while he waited for his turn; once begun, an answer is finished and kept
