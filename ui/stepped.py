"""Long work that tells how far it has come, while a page waits for it."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Generic, TypeVar

EVERY = 0.25  # seconds between two steps that are told
Made = TypeVar("Made")
Step = tuple[int, int]  # done, of how many


class Stepped(Generic[Made]):
    """Work in a thread of its own, begun at once: iterate over its steps until it is done, then ask for `result`."""

    def __init__(self, work: Callable[[Callable[[int, int], None]], Made]) -> None:
        self._steps: queue.Queue[Step] = queue.Queue()
        worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="stepped")
        self._future: Future[Made] = worker.submit(work, lambda done, total: self._steps.put((done, total)))
        worker.shutdown(wait=False)

    def __iter__(self) -> Iterator[Step]:
        """The newest step, at most one in EVERY seconds."""
        while not self._future.done():
            wait([self._future], EVERY)
            newest: Step | None = None
            while not self._steps.empty():
                newest = self._steps.get()
            if newest is not None:
                yield newest

    def result(self) -> Made:
        """What the work made; raises what it raised."""
        return self._future.result()
