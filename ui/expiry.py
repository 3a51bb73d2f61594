"""Erases for good what was removed more than 30 days ago: when the server starts, and once a day while it runs."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from indexer.audit import SERVER
from indexer.errors import ArchiveError

if TYPE_CHECKING:
    from indexer.archive import Archive

DAY = 24 * 3600.0  # seconds
SOON = 3600.0  # seconds after which it is tried again where somebody else writes


def erase_expired(archive: Archive) -> bool:
    """Erase what is due, each thing recorded; False where it could not be done, for another process writes."""
    try:
        erased = archive.purge_expired(datetime.now(UTC).replace(tzinfo=None))
        archive.audit.record_all(SERVER, "expire", erased)
    except ArchiveError:  # the records say why themselves, to the next who opens a page
        return False
    return True


@contextmanager
def erasing_daily(archive: Archive, *, every: float = DAY, again: float = SOON) -> Iterator[None]:
    """Erase what is due now and every so many seconds until the end of the block."""
    over = threading.Event()

    def work() -> None:
        wait = every if erase_expired(archive) else again
        while not over.wait(wait):
            wait = every if erase_expired(archive) else again

    worker = threading.Thread(target=work, name="erasing-daily", daemon=True)
    worker.start()
    try:
        yield
    finally:
        over.set()
        worker.join()
