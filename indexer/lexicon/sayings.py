"""What people say and reports do not: `sayings.tsv` and `english_words.tsv`, read.

A saying stands for official words, and never the other way round: who asks for 娃 may mean 儿童, who asks for 儿童 means that.
Sayings are looked for in questions only; they are no words of the segmenter, which cuts the reports.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from indexer.lexicon.tables import read_rows, split_cell

SAYINGS: Final = "sayings.tsv"
ENGLISH_WORDS: Final = "english_words.tsv"
CLOSE: Final = 0.85  # the official word says just that: 菜市场, 农贸市场
LOOSE: Final = 0.6  # it may be said where that is meant: 娃, 学生

Meanings = Mapping[str, tuple[tuple[str, float], ...]]
"""By what is said, in small letters: the official words that may be meant, best first, each with its weight."""


def read_sayings(path: Path) -> Meanings:
    """The sayings of one table. Raises ValueError naming a line that is broken."""
    found: dict[str, tuple[tuple[str, float], ...]] = {}
    for said, close, loose in read_rows(path, 3):
        meant = (
            *((term, CLOSE) for term in split_cell(close.lower())),
            *((term, LOOSE) for term in split_cell(loose.lower())),
        )
        for word in split_cell(said.lower()):
            found[word] = _together(found[word], meant) if word in found else meant
    return found


def _together(one: Iterable[tuple[str, float]], other: Iterable[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
    """The meanings of two rows, each term once at its best weight, best first."""
    weights: dict[str, float] = {}
    for term, weight in (*one, *other):
        weights[term] = max(weight, weights.get(term, 0.0))
    return tuple(sorted(weights.items(), key=lambda item: -item[1]))
