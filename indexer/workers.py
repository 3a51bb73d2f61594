"""Does one kind of work in other processes, results in the order of the tasks; a worker that dies costs one task."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")
Work = Callable[[Task], Result]

DEPTH = 3  # tasks sent to a worker at a time, so that it goes on while this process handles what is done
AHEAD = 4  # times as many may wait for the one that is next in order


def work_through(
    learn: Callable[[], Work[Task, Result]], tasks: Iterable[Task], *, workers: int
) -> Iterator[tuple[Task, Result | None]]:
    """Each task with its result, in order; None where the process died over it.

    `learn` makes the function that does the work; it runs once in each process (in this one where `workers` is 0), so
    that dictionaries are loaded there and not sent. Tasks and results are sent between processes.
    """
    if workers == 0:
        work = learn()
        yield from ((task, work(task)) for task in tasks)
        return
    crew = _Crew(learn, workers)
    try:
        yield from crew.work_through(tasks)
    finally:
        crew.stop()


class _Worker(Generic[Task, Result]):
    """A process of its own that has learnt the work and waits for tasks."""

    def __init__(self, learn: Callable[[], Work[Task, Result]]) -> None:
        # Not forked: the libraries of this process have threads, which a fork would leave in the middle of anything.
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.tasks: deque[tuple[int, Task]] = deque()  # sent and not yet answered
        self._process = context.Process(target=_serve, args=(theirs, learn), daemon=True)
        self._process.start()
        theirs.close()

    def stop(self) -> None:
        """End the process at once."""
        self.connection.close()
        self._process.terminate()
        self._process.join()


class _Crew(Generic[Task, Result]):
    """The workers with what each of them was given and what is done."""

    def __init__(self, learn: Callable[[], Work[Task, Result]], size: int) -> None:
        self._learn = learn
        self._size = size
        self._workers: list[_Worker[Task, Result]] = []
        self._waiting: deque[tuple[int, Task]] = deque()  # not sent yet
        self._done: dict[int, Result | None] = {}

    def work_through(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Result | None]]:
        """The tasks with their results, in order."""
        coming = iter(enumerate(tasks))
        open_tasks: deque[tuple[int, Task]] = deque()
        while True:
            while len(open_tasks) < self._size * DEPTH * AHEAD and (entry := next(coming, None)) is not None:
                open_tasks.append(entry)
                self._waiting.append(entry)
            if not open_tasks:
                return
            self._send()
            number, task = open_tasks[0]
            if number in self._done:
                open_tasks.popleft()
                yield task, self._done.pop(number)
            else:
                self._receive()

    def stop(self) -> None:
        """End all workers."""
        for worker in self._workers:
            worker.stop()

    def _send(self) -> None:
        while self._waiting and (worker := self._free()) is not None:
            entry = self._waiting.popleft()
            worker.tasks.append(entry)
            try:
                worker.connection.send(entry[1])
            except ConnectionError:
                self._bury(worker)

    def _free(self) -> _Worker[Task, Result] | None:
        if len(self._workers) < self._size:
            self._workers.append(_Worker(self._learn))
        worker = min(self._workers, key=lambda one: len(one.tasks))
        return worker if len(worker.tasks) < DEPTH else None

    def _receive(self) -> None:
        """Wait until a worker has done a task or died over it."""
        ready = wait([worker.connection for worker in self._workers if worker.tasks])
        for worker in [worker for worker in self._workers if worker.connection in ready]:
            try:
                result = worker.connection.recv()
            except (EOFError, ConnectionError):
                self._bury(worker)
            else:
                self._done[worker.tasks.popleft()[0]] = result

    def _bury(self, worker: _Worker[Task, Result]) -> None:
        """The first of its tasks is what the worker died over; the others go to somebody else."""
        self._workers.remove(worker)
        worker.stop()
        self._done[worker.tasks.popleft()[0]] = None
        self._waiting.extendleft(reversed(worker.tasks))


def _serve(connection: Connection[Any, Any], learn: Callable[[], Work[Task, Result]]) -> None:
    """Be a worker until the other side is gone. Ctrl-C is for the main process, which ends its workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    work = learn()
    try:
        while True:
            connection.send(work(connection.recv()))
    except (EOFError, ConnectionError):
        return
