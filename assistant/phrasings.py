"""The vectors of all phrasings of the known indicators, kept beside the search index: encoding them takes half a second."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.embed import Embedder, Vectors
from indexer.lexicon.indicators import Indicator

AMOUNT_ASKED = re.compile(
    r"一共|总共|有?多少|(?:有|是)?几(?=[个家件条座人次所辆户份张台起处种项口根块部只头亩]|$)|^how (?:many|much) |了$"
)

Phrasings = tuple[Vectors, NDArray[np.int64]]


def encode_phrasings(indicators: Sequence[Indicator], embedder: Embedder) -> Phrasings:
    """The vector of every phrasing, and the number of its indicator."""
    texts, owners = _listed(indicators)
    return embedder.encode_questions(texts), owners


def kept_phrasings(indicators: Sequence[Indicator], embedder: Embedder, folder: Path) -> Phrasings:
    """The same, from the file in `folder` that another process has left for these phrasings and this model, else left there.

    The file is shared in memory by all who read it. A folder that is not there or cannot be written is let be.
    """
    texts, owners = _listed(indicators)
    path = folder / f"phrasings-{_name_of(texts, embedder)}.npy"
    vectors = _read(path, (len(texts), embedder.dimension))
    if vectors is None:
        vectors = embedder.encode_questions(texts)
        with suppress(OSError):
            _leave(path, vectors)
    return vectors, owners


def _listed(indicators: Sequence[Indicator]) -> tuple[list[str], NDArray[np.int64]]:
    texts = [
        (AMOUNT_ASKED.sub("", text) or text, number)
        for number, item in enumerate(indicators)
        for text in (*item.everyday, *item.english)
    ]
    return [text for text, _ in texts], np.array([owner for _, owner in texts], dtype=np.int64)


def _name_of(texts: Sequence[str], embedder: Embedder) -> str:
    told = "\0".join((embedder.fingerprint, *texts))
    return hashlib.blake2b(told.encode(), digest_size=12).hexdigest()


def _read(path: Path, shape: tuple[int, int]) -> Vectors | None:
    try:
        found = np.load(path, mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError, EOFError):  # none there, or it is cut off
        return None
    return np.asarray(found) if found.shape == shape and found.dtype == np.float32 else None


def _leave(path: Path, vectors: Vectors) -> None:
    """Write the file whole or not at all, in place of those for other phrasings."""
    if not path.parent.is_dir():
        return
    written = path.with_suffix(f".{os.getpid()}")
    try:
        with written.open("wb") as file:
            np.save(file, vectors, allow_pickle=False)
        for old in path.parent.glob("phrasings-*.npy"):
            if old != path:
                old.unlink(missing_ok=True)
        written.replace(path)
    finally:
        written.unlink(missing_ok=True)
