"""One lot of files that a clerk has sent: what became of each so far, and what is asked about them."""

from __future__ import annotations

import tempfile
import threading
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from indexer.archive import Archive
from indexer.intake import Outcome, Result
from indexer.viewer import Viewer


class Stage(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"  # for another one to end
    UNPACKING = "unpacking"
    RUNNING = "running"
    STOPPING = "stopping"
    STOPPED = "stopped"
    DONE = "done"
    FAILED = "failed"


OVER = (Stage.STOPPED, Stage.DONE, Stage.FAILED)


@dataclass(frozen=True, slots=True)
class Item:
    """A file of a job by its number, with what became of it; None while that is not known."""

    number: int
    name: str
    result: Result | None = None
    busy: bool = False  # what was decided about it is being done


class IntakeJob:
    """A job that a thread works on while pages look at it."""

    def __init__(self, number: int, viewer: Viewer, archive: Archive) -> None:
        self.number = number
        self.viewer = viewer
        self.archive = archive  # as the viewer sees it
        self._folder = tempfile.TemporaryDirectory(prefix="youju-intake-")
        self._items: dict[str, Item] = {}  # by where the file lies
        self._lock = threading.Lock()
        self._stage = Stage.WAITING
        self._why = ""
        self._stop = threading.Event()

    @property
    def folder(self) -> Path:
        """Where its files lie."""
        return Path(self._folder.name)

    @property
    def stage(self) -> Stage:
        """Where it stands."""
        return Stage.STOPPING if self._stop.is_set() and self._stage not in OVER else self._stage

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes, but for what is decided."""
        return self._stage in OVER

    @property
    def is_moving(self) -> bool:
        """Whether what it shows is going to change by itself."""
        return not self.is_over or any(item.busy for item in self.items())

    @property
    def why(self) -> str:
        """Why it failed as a whole."""
        return self._why

    def stop(self) -> None:
        """Ask it to end: what is done stays."""
        self._stop.set()

    def should_stop(self) -> bool:
        """Whether it was asked to end, or who began it may not do this any more."""
        return self._stop.is_set() or not self.is_allowed()

    def is_allowed(self) -> bool:
        """Whether who began it still is who he was, in no lesser role."""
        return self.archive.is_still(self.viewer)

    def enter(self, stage: Stage, why: str = "") -> None:
        """Say where it stands now."""
        with self._lock:
            self._stage, self._why = stage, why

    def expect(self, key: str, name: str) -> None:
        """A file that is coming."""
        with self._lock:
            self._items.setdefault(key, Item(len(self._items), name))

    def put(self, key: str, result: Result) -> None:
        """What became of a file."""
        with self._lock:
            known = self._items.get(key) or Item(len(self._items), result.file.path)
            self._items[key] = Item(known.number, result.file.path, result)

    def take_question(self, number: int) -> Result | None:
        """What was asked about a file, for whoever decides first; None for those who come later."""
        with self._lock:
            for key, item in self._items.items():
                asked = item.result is not None and item.result.outcome is Outcome.ASKED
                if item.number == number and asked and not item.busy:
                    self._items[key] = Item(item.number, item.name, item.result, busy=True)
                    return item.result
        return None

    def items(self) -> tuple[Item, ...]:
        """The files in the order they came."""
        with self._lock:
            return tuple(self._items.values())

    def questions(self) -> tuple[Item, ...]:
        """The files that wait for a decision."""
        return tuple(item for item in self.items() if item.result and item.result.outcome is Outcome.ASKED)

    def counts(self) -> Counter[Outcome]:
        """How many files came to each end."""
        return Counter(item.result.outcome for item in self.items() if item.result is not None)

    def close(self) -> None:
        """Give its files up."""
        self._folder.cleanup()

    def tidy(self) -> None:
        """Give its files up where nothing is to be done with them any more."""
        if self.is_over and not self.questions():
            self.close()
