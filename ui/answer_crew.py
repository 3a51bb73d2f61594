"""Who answers questions: this process and, beside it, processes of their own that read the same archive.

Answering is computing, and one process computes on one core only. Each process beside opens the archive itself and
asks the same door what a viewer may see; what it finds comes back over a pipe.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indexer.archive import Archive
from indexer.errors import QuestionError, YoujuError
from indexer.recent import Recent
from indexer.settings import Settings
from indexer.viewer import Viewer

if TYPE_CHECKING:
    from assistant.types import Answer

Answering = Callable[[Viewer, Mapping[str, Any]], Iterator["Answer"]]

MOST_BESIDE = 3
WORDED_AT_ONCE = 16  # answers that a language model words: the time is spent waiting for it
WRITTEN_AT_ONCE = 2  # answers that are being written into the history, which is waiting for the disk
LOOKS_AGAIN = 1.0  # seconds after which it is looked whether a process has become ready
PATIENCE = 60.0  # seconds after which a process beside is taken to be stuck
REST = 10.0  # seconds between two starts of one that died
CHAINS_KEPT = 8  # of viewers who see different reports
READY, LAST = "ready", "last"


def beside(settings: Settings, cores: int | None = None) -> int:
    """How many processes answer beside this one: as set, else one less than there are cores, at most `MOST_BESIDE`.

    None where a language model words the answers: then most of the time is spent waiting for it.
    """
    if settings.answer.llm.url:
        return 0
    if settings.server.beside >= 0:
        return settings.server.beside
    return min(MOST_BESIDE, (cores or _cores()) - 1)


def _cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


class AnswerCrew:
    """This process, with `count` others beside it over the archive in `folder`, started at once and again if they die."""

    def __init__(self, here: Answering, folder: Path, settings: Settings, count: int) -> None:
        self._here = here
        self._is_worded = bool(settings.answer.llm.url)
        self._others = [_Beside(folder, settings) for _ in range(count)]
        self._free_here = 1 if count else 2  # questions; more would only take turns
        self._changed = threading.Condition()  # of who is free

    @property
    def at_once(self) -> int:
        """How many questions may be taken in at the same time: a few more than are answered, to be written down."""
        return WORDED_AT_ONCE if self._is_worded else self._free_here + len(self._others) + WRITTEN_AT_ONCE

    def answers(self, viewer: Viewer, asked: Mapping[str, Any]) -> Iterator[Answer]:
        """The answers as the chain gives them, from whoever is free first; from this process where another one dies.

        Raises what the chain raises, and QuestionError where there is no answer after `PATIENCE`.
        """
        if self._is_worded:
            yield from self._here(viewer, asked)
            return
        other = self._take()
        try:
            found = other.ask(viewer, asked) if other is not None else None
            if found is None:
                found = list(self._here(viewer, asked))
        finally:
            self._give_back(other)
        yield from found

    def stop(self) -> None:
        """End the processes beside."""
        for one in self._others:
            one.stop()

    def _take(self) -> _Beside | None:
        """Who answers, as soon as somebody is free; None for this process, which is asked first."""
        with self._changed:
            while True:
                if self._free_here:
                    self._free_here -= 1
                    return None
                other = next((one for one in self._others if not one.is_taken and one.is_there()), None)
                if other is not None:
                    other.is_taken = True
                    return other
                self._changed.wait(LOOKS_AGAIN)

    def _give_back(self, other: _Beside | None) -> None:
        with self._changed:
            if other is None:
                self._free_here += 1
            else:
                other.is_taken = False
            self._changed.notify()


class _Beside:
    """A process beside this one; it works on one question at a time, and the crew says on whose."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        self.is_taken = False
        self._told = (folder, settings)
        self._is_ready = False
        self._is_stopped = False
        self._begin()

    def _begin(self) -> None:
        # Not forked: the libraries of this process have threads, which a fork would leave in the middle of anything.
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, *self._told), daemon=True)
        self._process.start()
        self._begun, self._is_ready = time.monotonic(), False
        theirs.close()

    def is_there(self) -> bool:
        """Whether it lives and has said that it is ready; one that died is started anew."""
        if self._is_ready or self._is_stopped:
            return self._is_ready
        try:
            if self._connection.poll():
                self._is_ready = self._connection.recv() == READY
        except (EOFError, OSError):
            if time.monotonic() - self._begun > REST:
                self._end()
                self._begin()
        return self._is_ready

    def ask(self, viewer: Viewer, asked: Mapping[str, Any]) -> list[Answer] | None:
        """The answers; None where the process died over the question."""
        found: list[Answer] = []
        try:
            self._connection.send((viewer, dict(asked)))
            while self._connection.poll(PATIENCE):
                told = self._connection.recv()
                if isinstance(told, YoujuError):
                    raise told
                if told == LAST:
                    return found
                found.append(told)
        except (EOFError, OSError):
            self._is_ready = False
            return None
        self._is_ready = False
        self._process.kill()  # the next look starts it anew
        raise QuestionError(
            "这个问题回答了一分钟还没有结果，请问得简单些再试。(No answer after a minute; ask for less at once.)"
        )

    def stop(self) -> None:
        """End the process."""
        self._is_ready, self._is_stopped = False, True
        self._end()

    def _end(self) -> None:
        self._connection.close()
        self._process.kill()
        self._process.join()


def _serve(connection: Connection[Any, Any], folder: Path, settings: Settings) -> None:
    """Answer until the other side is gone. Ctrl-C is for the main process, which ends those beside it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from assistant.chain import answer_chain

    chains: Recent[Archive, Any] = Recent(CHAINS_KEPT)
    try:
        with Archive.open(folder, settings=settings) as whole:
            whole.read_ahead()
            chains.put(whole, answer_chain(whole))
            connection.send(READY)
            while True:
                viewer, asked = connection.recv()
                archive = whole.seen_by(viewer)
                chain = chains.get(archive)
                if chain is None:
                    chain = answer_chain(archive)
                    chains.put(archive, chain)
                _answer(connection, chain, asked)
    except (EOFError, OSError):
        return


def _answer(connection: Connection[Any, Any], chain: Any, asked: Mapping[str, Any]) -> None:
    try:
        for answer in chain.stream(asked):
            connection.send(replace(answer, evidence=(), candidates=()))  # nobody shows what else was looked at
        connection.send(LAST)
    except YoujuError as error:
        connection.send(error)
