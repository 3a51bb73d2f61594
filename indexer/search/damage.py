"""What tantivy and the disk raise on broken files, turned into the one error that has the index made anew."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from indexer.search.protocol import IndexDamagedError


@contextmanager
def damage(what: str) -> Iterator[None]:
    """Turn what tantivy or the disk raises on broken files into IndexDamagedError."""
    try:
        yield
    except (ValueError, OSError, RuntimeError) as error:
        raise IndexDamagedError(f"{what}: {error}") from error
    except BaseException as error:
        # A flipped bit can make tantivy panic; the class of that error cannot be imported, only named.
        if type(error).__name__ != "PanicException":
            raise
        raise IndexDamagedError(f"{what}: {error}") from error
