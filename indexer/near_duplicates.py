"""Which reports share most of their text: shingles of folded characters, sampled by their hash.

The sketch of a text keeps each hash that is divisible by `SAMPLED` (FracMinHash: Irber et al. 2022, after Broder 1997), so
that the share of one text that stands in another can be told from the sketches alone, whatever their lengths.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

from indexer.fold import fold

Key = TypeVar("Key", bound=Hashable)
Hashes: TypeAlias = npt.NDArray[np.uint64]

SHINGLE = 8  # characters; figures are among them, so that last year's wording with this year's figures differs
SAMPLED = 8  # one hash of so many is kept
LEAST = 12  # hashes of a sketch from which a share can be told: about 100 characters
SAME = 0.6  # real reports of neighbouring years or places share at most a quarter, revised ones more than two thirds
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)  # 2^64 / golden ratio (Knuth)


@dataclass(frozen=True, slots=True)
class Near(Generic[Key]):
    """A text that is near: how much of the one asked about stands in it, and how much of it in the one asked about."""

    key: Key
    held: float  # 0–1
    covered: float  # 0–1

    @property
    def likeness(self) -> float:
        """How near the two are: the larger of both shares."""
        return max(self.held, self.covered)


def sketch(text: str) -> Hashes:
    """The sorted sample of hashes of a text's shingles; blanks, punctuation and the kind of script do not matter."""
    kept = "".join(character for character in fold(text) if character.isalnum() or character == "*")
    points = np.frombuffer(kept.encode("utf-32-le"), dtype="<u4").astype(np.uint64)
    if len(points) < SHINGLE:
        return np.zeros(0, dtype=np.uint64)
    hashes = np.zeros(len(points) - SHINGLE + 1, dtype=np.uint64)
    for offset in range(SHINGLE):
        hashes = hashes * _MULTIPLIER + points[offset : len(points) - SHINGLE + 1 + offset]
    hashes ^= hashes >> np.uint64(29)  # the low bits must depend on all
    hashes *= _MULTIPLIER
    hashes ^= hashes >> np.uint64(32)
    sampled: Hashes = np.unique(hashes[hashes % np.uint64(SAMPLED) == 0])
    return sampled


class Sketches(Generic[Key]):
    """The sketches of many texts, asked at once for those that are near one."""

    def __init__(self, sketches: Iterable[tuple[Key, Hashes]]) -> None:
        self._entries: list[tuple[Key, Hashes]] = list(sketches)
        sizes = [len(hashes) for _, hashes in self._entries]
        owners = np.repeat(np.arange(len(sizes)), sizes)
        together = np.concatenate([hashes for _, hashes in self._entries]) if sizes else np.zeros(0, dtype=np.uint64)
        order = np.argsort(together, kind="stable")
        self._hashes, self._owners = together[order], owners[order]
        self._sizes = np.array(sizes)

    def near(self, hashes: Hashes, *, least: float = SAME) -> list[Near[Key]]:
        """The texts that are near one with this sketch, nearest first; none for a text too short to tell."""
        if len(hashes) < LEAST or not len(self._hashes):
            return []
        shared = self._shared(hashes)
        told = self._sizes >= LEAST
        found = [
            Near(self._entries[place][0], float(shared[place] / len(hashes)), float(shared[place] / self._sizes[place]))
            for place in np.flatnonzero(told & (shared >= least * np.minimum(self._sizes, len(hashes))))
        ]
        return sorted(found, key=lambda one: -(one.held + one.covered))

    def _shared(self, hashes: Hashes) -> npt.NDArray[np.int64]:
        """How many hashes each text has in common with these."""
        first = np.searchsorted(self._hashes, hashes, "left")
        last = np.searchsorted(self._hashes, hashes, "right")
        places: Sequence[npt.NDArray[np.int64]] = [
            np.arange(start, end) for start, end in zip(first, last, strict=True) if start < end
        ]
        owners = self._owners[np.concatenate(places)] if places else np.zeros(0, dtype=np.int64)
        return np.bincount(owners, minlength=len(self._sizes))
