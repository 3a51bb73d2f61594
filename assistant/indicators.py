"""Everyday questions in the words of reports: known indicators that people ask for in like words.

A question in everyday words (念书借的钱) shares no word with the report (国家助学贷款), but it is near to another everyday
phrasing of the same indicator. The phrasings are compared by the bundled embedding model; what is found widens the
search and is one feature of the reader, never an answer by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from assistant.concepts import find_concepts, make_wanted
from assistant.matching import Wanted
from indexer.archive import Archive
from indexer.embed import Embedder, StaticEmbedder, Vectors, open_embedder
from indexer.lexicon.indicators import Indicator, read_indicators
from indexer.lexicon.terms import Lexicon
from indexer.segment import Segmenter

MOST = 6  # indicators that a question may mean
LEAST_ALIKE, SURELY_ALIKE = 0.45, 0.85  # cosine between question and phrasing: below it nothing, from it on the same
NEIGHBOURS = 24  # phrasings looked at


@dataclass(frozen=True, slots=True)
class Likely:
    """An indicator that a question may mean."""

    indicator: Indicator
    likelihood: float  # 0–1
    wanted: tuple[Wanted, ...]


def open_indicators(archive: Archive, indicators: Sequence[Indicator] | None = None) -> Indicators:
    """The indicators (those that come with the product), compared by a model that reads them at once.

    Where the archive's model is a table of vectors it is used; any other would take minutes to read all phrasings.
    """
    embedder = archive.embedder if isinstance(archive.embedder, StaticEmbedder) else open_embedder()
    return Indicators(
        read_indicators() if indicators is None else indicators, embedder, archive.lexicon, archive.segmenter
    )


class Indicators:
    """The known indicators, ready to be compared with questions."""

    def __init__(
        self, indicators: Sequence[Indicator], embedder: Embedder, lexicon: Lexicon, segmenter: Segmenter
    ) -> None:
        self._indicators = tuple(indicators)
        self._embedder, self._lexicon, self._segmenter = embedder, lexicon, segmenter

    def likely(self, subject: str) -> tuple[Likely, ...]:
        """The indicators that a question's subject may mean, likeliest first, at most MOST."""
        if not subject.strip() or not self._indicators:
            return ()
        vectors, owners = self._phrasings
        cosines = vectors @ self._embedder.encode_questions([subject])[0]
        nearest = np.argsort(-cosines, kind="stable")[:NEIGHBOURS]
        found: dict[int, float] = {}
        for number in nearest:
            alike = (float(cosines[number]) - LEAST_ALIKE) / (SURELY_ALIKE - LEAST_ALIKE)
            if alike > 0:
                found.setdefault(int(owners[number]), min(1.0, alike))
        return tuple(self._ready(owner, alike) for owner, alike in list(found.items())[:MOST])

    @cached_property
    def _phrasings(self) -> tuple[Vectors, np.ndarray]:
        """The vector of every phrasing, and the number of its indicator."""
        texts = [(text, n) for n, item in enumerate(self._indicators) for text in (*item.everyday, *item.english)]
        vectors = self._embedder.encode_questions([text for text, _ in texts])
        return vectors, np.array([owner for _, owner in texts])

    def _ready(self, owner: int, likelihood: float) -> Likely:
        indicator = self._indicators[owner]
        concepts = find_concepts(indicator.official, self._lexicon, self._segmenter)
        return Likely(indicator, likelihood, make_wanted(concepts, self._segmenter))
