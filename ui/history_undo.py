"""What was just deleted, kept for some seconds so that whoever deleted it can take it back."""

from __future__ import annotations

import secrets
import threading
import time
from typing import Generic, TypeVar

from indexer.viewer import Owner

SECONDS = 20.0
MOST = 500  # things that wait at once

Thing = TypeVar("Thing")


class Undo(Generic[Thing]):
    """The deleted things of all accounts, each for its own."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._waiting: dict[str, tuple[Owner, float, Thing]] = {}
        self._lock = threading.Lock()

    def put(self, owner: Owner, thing: Thing) -> str:
        """Keep a thing; the name under which it can be taken back."""
        name = secrets.token_hex(16)
        with self._lock:
            self._let_go()
            self._waiting[name] = (owner, time.monotonic(), thing)
        return name

    def take(self, owner: Owner, name: str) -> Thing | None:
        """The owner's thing of that name, once; None where there is none, or it is too late."""
        with self._lock:
            self._let_go()
            found = self._waiting.get(name)
            if found is None or found[0] != owner:
                return None
            del self._waiting[name]
            return found[2]

    def _let_go(self) -> None:
        now = time.monotonic()
        late = [name for name, (_, at, _) in self._waiting.items() if now - at > self._seconds]
        for name in [*late, *list(self._waiting)[: max(0, len(self._waiting) - len(late) - MOST)]]:
            self._waiting.pop(name, None)
