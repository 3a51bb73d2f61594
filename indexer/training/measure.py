"""How well a model finds the translation of a sentence among those of one year, and the interval of a share."""

from __future__ import annotations

from math import sqrt

import numpy as np
from numpy.typing import NDArray

from indexer.training.pairs import Pair

Vectors = NDArray[np.float32]


def share_interval(hits: int, of: int, *, z: float = 1.96) -> tuple[float, float]:
    """The 95 % interval of the share `hits / of` (Wilson 1927): (p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n)."""
    if of == 0:
        return 0.0, 1.0
    share, square = hits / of, z * z / of
    middle, half = share + square / 2, z * sqrt(share * (1 - share) / of + square / (4 * of))
    return (middle - half) / (1 + square), (middle + half) / (1 + square)


def translations_found(pairs: tuple[Pair, ...], questions: Vectors, passages: Vectors, *, first: int = 1) -> int:
    """How many first texts find the second text of their pair among the `first` most similar of all second texts.

    `questions` and `passages` are the normalised vectors of the first and second texts. Copies of a text count as it.
    """
    similarity = questions @ passages.T
    best = np.argsort(-similarity, axis=1, kind="stable")[:, :first]
    return sum(any(pairs[row].second == pair.second for row in rows) for pair, rows in zip(pairs, best, strict=True))
