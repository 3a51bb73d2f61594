"""How well a model finds the translation of a sentence among those of one year, and the interval of a share."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from indexer.embed import Embedder
from indexer.training.pairs import HELD_OUT_YEAR, Pair


def share_interval(hits: int, of: int, *, z: float = 1.96) -> tuple[float, float]:
    """The 95 % interval of the share `hits / of` (Wilson 1927): (p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n)."""
    if of == 0:
        return 0.0, 1.0
    share, square = hits / of, z * z / of
    middle, half = share + square / 2, z * sqrt(share * (1 - share) / of + square / (4 * of))
    return (middle - half) / (1 + square), (middle + half) / (1 + square)


def share_line(label: str, hits: int, of: int) -> str:
    """One line: the share with its counts and 95 % interval."""
    low, high = share_interval(hits, of)
    return f"{label:<34} {hits / of:.3f}  ({hits} of {of}; 95 % {low:.3f}–{high:.3f})"


def translation_ranks(embedder: Embedder, pairs: Sequence[Pair]) -> NDArray[np.int64]:
    """For each pair the rank, from 1, of its second text among all second texts, as the first text's neighbours.

    A copy of the right text counts as it.
    """
    seconds = list(dict.fromkeys(pair.second for pair in pairs))
    right = np.array([seconds.index(pair.second) for pair in pairs])
    similarity = embedder.encode_questions([pair.first for pair in pairs]) @ embedder.encode_passages(seconds).T
    own = similarity[np.arange(len(pairs)), right]
    ranks: NDArray[np.int64] = 1 + np.count_nonzero(similarity > own[:, None], axis=1)
    return ranks


def held_out_lines(embedder: Embedder, pairs: Sequence[Pair]) -> list[str]:
    """The lines for the year that training leaves out: an English sentence among that year's Chinese ones."""
    ranks = translation_ranks(embedder, pairs)
    return [
        f"National report of {HELD_OUT_YEAR}, {len(pairs)} sentences: right Chinese sentence for the English one",
        share_line("  first", int(np.count_nonzero(ranks == 1)), len(pairs)),
        share_line("  among the first 10", int(np.count_nonzero(ranks <= 10)), len(pairs)),
    ]
