"""Everyday questions in the words of reports: known indicators that people ask for in like words.

A question in everyday words (念书借的钱) shares no word with the report (国家助学贷款), but it is near to another everyday
phrasing of the same indicator. The phrasings are compared by the bundled embedding model; what is found widens the
search and is one feature of the reader, never an answer by itself.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache, cached_property, partial

import numpy as np

from assistant.concepts import find_concepts, make_wanted
from assistant.features import unit_kind
from assistant.matching import Wanted
from assistant.phrasings import Phrasings, encode_phrasings, kept_phrasings
from indexer.archive import Archive
from indexer.embed import Embedder, StaticEmbedder, open_embedder
from indexer.figures.units import UnitTable
from indexer.follow import FOLDER
from indexer.lexicon.indicators import Indicator, read_indicators
from indexer.lexicon.terms import Lexicon
from indexer.recent import Recent
from indexer.segment import Segmenter

MOST = 6  # indicators that a question may mean
LEAST_ALIKE, SURELY_ALIKE = 0.45, 0.85  # cosine between question and phrasing: below it nothing, from it on the same
NEIGHBOURS = 24  # phrasings looked at
SHARPNESS = 10.0  # how much more a nearer phrasing tells of the unit, by its cosine
KEPT = 2000  # indicators whose words are kept
MULTIPLIERS = "百千万亿"


@dataclass(frozen=True, slots=True)
class Likely:
    """An indicator that a question may mean."""

    indicator: Indicator
    likelihood: float  # 0–1
    wanted: tuple[Wanted, ...]


@dataclass(frozen=True, slots=True)
class Meant:
    """What a question may mean: indicators, likeliest first, and the kinds of unit that it is usually counted in."""

    likely: tuple[Likely, ...] = ()
    usual: Mapping[str, float] = field(default_factory=dict)  # each with its share of all


def open_indicators(archive: Archive, indicators: Sequence[Indicator] | None = None) -> Indicators:
    """The indicators (those that come with the product), compared by a model that reads them at once.

    Where the archive's model is a table of vectors it is used; any other would take minutes to read all phrasings.
    """
    embedder = archive.embedder if isinstance(archive.embedder, StaticEmbedder) else open_embedder()
    known = read_indicators() if indicators is None else indicators
    beside = ThreadPoolExecutor(1)
    known_ones = partial(kept_phrasings, folder=archive.folder / FOLDER) if indicators is None else encode_phrasings
    phrasings = beside.submit(known_ones, known, embedder)  # while the segmenter reads its dictionary
    beside.shutdown(wait=False)
    return Indicators(known, embedder, archive.lexicon, archive.segmenter, phrasings.result)


class Indicators:
    """The known indicators, ready to be compared with questions; `phrasings` gives what else is encoded when needed."""

    def __init__(
        self,
        indicators: Sequence[Indicator],
        embedder: Embedder,
        lexicon: Lexicon,
        segmenter: Segmenter,
        phrasings: Callable[[], Phrasings] | None = None,
    ) -> None:
        self._indicators = tuple(indicators)
        self._embedder, self._lexicon, self._segmenter = embedder, lexicon, segmenter
        self._encoded = phrasings or cache(partial(encode_phrasings, self._indicators, embedder))
        self._last: tuple[str, list[tuple[int, float]]] | None = None  # one question is looked up more than once
        self._wanted: Recent[int, tuple[Wanted, ...]] = Recent(KEPT)

    def meant(self, subject: str) -> Meant:
        """What a question's subject may mean."""
        return Meant(self.likely(subject), self.usual_kinds(subject))

    def likely(self, subject: str) -> tuple[Likely, ...]:
        """The indicators that a question's subject may mean, likeliest first, at most MOST."""
        if not subject.strip() or not self._indicators:
            return ()
        found: dict[int, float] = {}
        for owner, cosine in self._nearest(subject):
            alike = (cosine - LEAST_ALIKE) / (SURELY_ALIKE - LEAST_ALIKE)
            if alike > 0:
                found.setdefault(owner, min(1.0, alike))
        return tuple(self._ready(owner, alike) for owner, alike in list(found.items())[:MOST])

    def usual_kinds(self, subject: str) -> dict[str, float]:
        """The kinds of unit (`unit_kind`) in which the nearest known indicators are counted, each with its share of all."""
        shares: dict[str, float] = {}
        for owner, cosine in self._nearest(subject) if subject.strip() and self._indicators else ():
            kind = self._kinds[owner]
            shares[kind] = shares.get(kind, 0.0) + math.exp(SHARPNESS * cosine)
        total = sum(shares.values())
        return {kind: share / total for kind, share in shares.items()}

    def _nearest(self, subject: str) -> list[tuple[int, float]]:
        """The indicators of the phrasings nearest to the subject, each with its cosine, nearest first."""
        last = self._last
        if last is None or last[0] != subject:
            vectors, owners = self._encoded()
            # not `@`: BLAS would share so large a product out among threads, which then wait busily for the next one
            cosines = np.vecdot(vectors, self._embedder.encode_questions([subject])[0])
            some = np.argpartition(-cosines, min(NEIGHBOURS, len(cosines) - 1))[:NEIGHBOURS]
            nearest = sorted(some.tolist(), key=lambda number: (-float(cosines[number]), number))
            last = self._last = (subject, [(int(owners[number]), float(cosines[number])) for number in nearest])
        return last[1]

    @cached_property
    def _kinds(self) -> tuple[str, ...]:
        """The kind of unit of each indicator."""
        units = UnitTable.load()
        found = []
        for item in self._indicators:
            bare = item.unit.lstrip(MULTIPLIERS) or item.unit
            unit = units.find(bare, 0, len(bare))
            found.append(unit_kind(unit.dimension if unit else "count", bare))
        return tuple(found)

    def _ready(self, owner: int, likelihood: float) -> Likely:
        indicator = self._indicators[owner]
        wanted = self._wanted.get(owner)
        if wanted is None:
            wanted = make_wanted(find_concepts(indicator.official, self._lexicon, self._segmenter), self._segmenter)
            self._wanted.put(owner, wanted)
        return Likely(indicator, likelihood, wanted)
