"""What was typed and not answered when a page was left or reloaded: it comes back into the box, once.

The browser keeps no text; it hands it over as it goes, also where the session has expired meanwhile. It stays in memory
for a while and for one account.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi import FastAPI, Request, Response
from pydantic import BaseModel, Field

from indexer.viewer import Owner

if TYPE_CHECKING:
    from ui.site import Site

UNSENT = "/unsent"
KEPT_SECONDS = 600.0
MOST = 1000  # conversations
LONGEST = 20_000  # characters


@dataclass(frozen=True, slots=True)
class Left:
    """A text that was left behind; with a key where it had been sent."""

    text: str
    key: str = ""


class Unsent:
    """What was left behind, by owner and conversation."""

    def __init__(self, seconds: float = KEPT_SECONDS) -> None:
        self._seconds = seconds
        self._kept: OrderedDict[tuple[Owner, str], tuple[float, Left]] = OrderedDict()
        self._lock = threading.Lock()

    def put(self, owner: Owner, talk: str, left: Left) -> None:
        """Keep what was left behind in a conversation."""
        with self._lock:
            now = time.monotonic()
            while self._kept and now - next(iter(self._kept.values()))[0] > self._seconds:
                self._kept.popitem(last=False)  # the oldest: nobody came back for it
            self._kept[(owner, talk)] = (now, left)
            self._kept.move_to_end((owner, talk))
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)

    def take(self, owner: Owner, talk: str) -> Left | None:
        """What was left behind in the owner's conversation, once; None where there is nothing, or it is too old."""
        with self._lock:
            at, left = self._kept.pop((owner, talk), (0.0, None))
        return left if left is not None and time.monotonic() - at <= self._seconds else None


class _Sent(BaseModel):
    talk: str = Field(max_length=64)
    text: str = Field(max_length=LONGEST)
    key: str = Field(default="", max_length=64)


def add_ask_routes(app: FastAPI, site: Site) -> None:
    """/unsent takes what a page leaves behind."""
    from ui.site import viewer_in

    @app.post(UNSENT, status_code=204)
    def unsent(request: Request, sent: _Sent) -> Response:
        site.unsent.put(viewer_in(request).owner, sent.talk, Left(sent.text, sent.key))
        return Response(status_code=204)
