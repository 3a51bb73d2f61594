"""Batches of text pairs as piece numbers: each of one kind of pair, without a text that stands in it twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from random import Random
from typing import TYPE_CHECKING

import numpy as np

from indexer.training.pairs import Pair, PairSet

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from torch import Tensor

Pieces = np.ndarray[tuple[int], np.dtype[np.int64]]
TEXTS_AT_ONCE = 20_000


class PieceTable:
    """The piece numbers of texts, each text cut once."""

    def __init__(self, tokenizer: Tokenizer, sets: Sequence[PairSet]) -> None:
        texts = list(
            dict.fromkeys(text for pairs in sets for pair in pairs.pairs for text in (pair.first, pair.second))
        )
        self._pieces: dict[str, Pieces] = {}
        for start in range(0, len(texts), TEXTS_AT_ONCE):
            part = texts[start : start + TEXTS_AT_ONCE]
            cut = tokenizer.encode_batch_fast(part, add_special_tokens=False)
            self._pieces.update((text, np.array(one.ids, dtype=np.int64)) for text, one in zip(part, cut, strict=True))

    def features(self, texts: Sequence[str]) -> dict[str, Tensor]:
        """The texts as a StaticEmbedding takes them: piece numbers in a row, and where each text begins."""
        import torch

        pieces = [self._pieces[text] for text in texts]
        starts = [0, *accumulate(map(len, pieces[:-1]))]
        return {"input_ids": torch.from_numpy(np.concatenate(pieces)), "offsets": torch.tensor(starts)}


def batches(sets: Sequence[PairSet], size: int, random: Random) -> list[list[Pair]]:
    """The batches of one epoch, of all kinds in mixed order, each pair as often as it is to be shown.

    What is left over at the end of a kind, less than a batch, is left out; other pairs are every time.
    """
    found = [batch for pairs in sets for batch in _of_one_kind(pairs, size, random)]
    random.shuffle(found)
    return found


def _of_one_kind(pairs: PairSet, size: int, random: Random) -> Iterator[list[Pair]]:
    waiting = list(pairs.pairs) * pairs.repeat
    random.shuffle(waiting)
    while len(waiting) >= size:
        batch, seen, postponed = list[Pair](), set[str](), list[Pair]()
        at = 0
        while at < len(waiting) and len(batch) < size:
            pair = waiting[at]
            if pair.first in seen or pair.second in seen:
                postponed.append(pair)
            else:
                batch.append(pair)
                seen.update((pair.first, pair.second))
            at += 1
        if len(batch) < size:
            return
        waiting = postponed + waiting[at:]
        yield batch
