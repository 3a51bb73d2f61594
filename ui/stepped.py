"""Long work that tells how far it has come while a page waits for it, and ends where it is asked to."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

from indexer.errors import StoppedError

EVERY = 0.25  # seconds between two steps that are told
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Step:
    """How far some work has come; `key` names the sentence that says so."""

    key: str
    done: int
    total: int


Tell: TypeAlias = Callable[[str, int, int], None]  # key, done, total


class Stepped(Generic[Made]):
    """Work in a thread of its own, begun at once: iterate over its steps until it is done, then ask for `result`.

    It ends at its next step where `stop` is set, or where nobody iterates any more.
    """

    def __init__(self, work: Callable[[Tell], Made], stop: threading.Event | None = None) -> None:
        self._steps: queue.Queue[Step] = queue.Queue()
        self._stop = stop or threading.Event()
        worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="stepped")
        self._future: Future[Made] = worker.submit(work, self._tell)
        worker.shutdown(wait=False)

    def _tell(self, key: str, done: int, total: int) -> None:
        if self._stop.is_set():
            raise StoppedError("已停止，没有做完。(It was stopped and is not complete.)")
        self._steps.put(Step(key, done, total))

    def __iter__(self) -> Iterator[Step]:
        """The newest step, at most one in EVERY seconds."""
        try:
            while not self._future.done():
                wait([self._future], EVERY)
                newest: Step | None = None
                while not self._steps.empty():
                    newest = self._steps.get()
                if newest is not None:
                    yield newest
        finally:
            self._stop.set()

    def result(self) -> Made:
        """What the work made; raises what it raised."""
        return self._future.result()
