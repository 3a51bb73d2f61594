"""`youju index`: take files and folders into the archive, with a progress bar and a sentence for each that failed."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from types import FrameType
from typing import TYPE_CHECKING

from assistant.types import Language
from indexer.archive import Archive
from indexer.audit import COMMAND_LINE
from ui.console import progress
from ui.terminal import plain
from ui.text import say

if TYPE_CHECKING:
    from indexer.build import BuildResult


def run(options: argparse.Namespace) -> int:
    """0 where anything was taken in or there was nothing to do, 1 where every file failed, 130 after Ctrl-C."""
    from indexer.build import index_paths, rebuild

    with (
        Archive.open(options.archive, create=not options.rebuild) as archive,
        _stop_on_interrupt() as stopped,
        progress() as bar,
    ):
        take_in = rebuild if options.rebuild else partial(index_paths, paths=options.paths)
        result = take_in(archive, on_progress=lambda now: bar.step(now.done, now.total, now.path), should_stop=stopped)
        archive.audit.record_all(COMMAND_LINE, "upload", [*result.added, *result.replaced])
    _print(result)
    if result.stopped:
        print(say(Language.CHINESE, "index_stopped"), file=sys.stderr)
        return 130
    return 1 if result.failed and not (result.added or result.replaced or result.unchanged) else 0


def _print(result: BuildResult) -> None:
    for warning in result.warnings:
        print(plain(warning), file=sys.stderr)
    for _, why in result.failed:
        print(f"youju: {plain(why)}", file=sys.stderr)
    counts = {name: len(getattr(result, name)) for name in ("added", "replaced", "unchanged", "failed")}
    print(say(Language.CHINESE, "indexed", **counts))


@contextmanager
def _stop_on_interrupt() -> Iterator[Callable[[], bool]]:
    """Whether Ctrl-C was pressed in the block: the first asks the run to end well, the second ends it at once."""
    pressed: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        if pressed:
            raise KeyboardInterrupt
        pressed.append(number)
        print(f"\n{say(Language.CHINESE, 'index_stopping')}", file=sys.stderr, flush=True)

    before = signal.signal(signal.SIGINT, note)
    try:
        yield lambda: bool(pressed)
    finally:
        signal.signal(signal.SIGINT, before)
