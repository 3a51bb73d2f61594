"""How broken files of an index are noticed: by their checksums, and by what tantivy and the disk raise."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.search.protocol import IndexDamagedError


@contextmanager
def damage(what: str) -> Iterator[None]:
    """Turn what tantivy or the disk raises on broken files into IndexDamagedError."""
    try:
        yield
    except (ValueError, OSError, RuntimeError, TypeError, KeyError) as error:
        raise IndexDamagedError(f"{what}: {error}") from error
    except BaseException as error:
        # A flipped bit can make tantivy panic; the class of that error cannot be imported, only named.
        if type(error).__name__ != "PanicException":
            raise
        raise IndexDamagedError(f"{what}: {error}") from error


def checksum(path: Path) -> str:
    """The BLAKE2b hash of a file, hexadecimal."""
    return hashlib.blake2b(path.read_bytes(), digest_size=16).hexdigest()
