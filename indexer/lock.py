"""One writer per archive: a lock that names the process that holds it and that a killed process leaves free."""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import filelock

from indexer.errors import ArchiveError, ArchiveLockedError

LOCK, OWNER = "writer.lock", "writer.json"


class WriterLock:
    """The right to write to one archive. A thread that holds it may take it again; other threads wait their turn.

    The operating system frees the lock when its process ends, however it ends; the file beside it only tells who.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = filelock.FileLock(folder / LOCK, thread_local=False)
        self._threads = threading.RLock()
        self._depth = 0

    @contextmanager
    def held(self, *, timeout: float) -> Iterator[bool]:
        """Hold the lock, waiting at most `timeout` seconds; whether this thread did not hold it before.

        Raises ArchiveLockedError that names the holder.
        """
        if not self._threads.acquire(timeout=max(timeout, 0)):
            raise ArchiveLockedError(f"another thread of this process is writing to {self._folder}; try again")
        try:
            if self._depth == 0:
                self._acquire(timeout)
            self._depth += 1
            try:
                yield self._depth == 1
            finally:
                self._depth -= 1
                if self._depth == 0:
                    self._release()
        finally:
            self._threads.release()

    def _acquire(self, timeout: float) -> None:
        try:
            self._file.acquire(timeout=timeout, poll_interval=0.02)
        except filelock.Timeout as error:
            raise ArchiveLockedError(
                f"{self._folder} is being written to by {self.holder()}; wait until it has finished, or stop it"
            ) from error
        except OSError as error:
            raise ArchiveError(f"{self._folder} cannot be written to ({error.strerror}); check permissions") from error
        owner = {"pid": os.getpid(), "command": " ".join(sys.argv), "since": datetime.now().isoformat(" ", "seconds")}
        (self._folder / OWNER).write_text(json.dumps(owner, ensure_ascii=False), encoding="utf-8")

    def _release(self) -> None:
        (self._folder / OWNER).unlink(missing_ok=True)
        self._file.release()

    def holder(self) -> str:
        """Who holds the lock, as far as it has written that down: "process 12 (youju index, since …)"."""
        try:
            owner = json.loads((self._folder / OWNER).read_text(encoding="utf-8"))
            return f"process {owner['pid']} ({owner['command']}, since {owner['since']})"
        except (OSError, ValueError, KeyError, TypeError):
            return "another process"
