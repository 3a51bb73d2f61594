"""What a series is looked for by: the subject in every wording under which the lexicon knows it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.concepts import find_concepts, make_wanted
from assistant.matching import Wanted
from assistant.types import Concept
from assistant.zones import PREDICATES
from indexer.archive import Archive
from indexer.fold import fold
from indexer.lexicon.series import SeriesNames, read_series
from indexer.lexicon.terms import NEAR, SAME
from indexer.types import Measure

GROWTH_NAME = re.compile(
    r"的?(?:同比|年均)?(?:增长率|增速|增长速度|增长幅度|增幅|涨幅|增长)$|^growth (?:rate )?(?:of|in) (?:the )?|\s+growth(?: rate)?$",
    re.IGNORECASE,
)
TELLING = 0.3  # a word of less weight narrows nothing
SURE = 0.8  # an alternative so good stands for the word in either language


def measure_named(subject: str) -> Measure | None:
    """Growth where the subject's name says so (国内生产总值增长, GDP growth)."""
    return Measure.GROWTH if GROWTH_NAME.search(fold(subject).strip()) else None


def wanted_of(archive: Archive, subject: str, concepts: Sequence[Concept] = ()) -> list[tuple[Wanted, ...]]:
    """What is looked for: the subject and, where it names a growth, what it is that grows.

    `concepts`: those of the subject, where they are known already.
    """
    series, segmenter = read_series(), archive.segmenter
    folded = " ".join(dict.fromkeys(fold(subject).split()))
    grows = GROWTH_NAME.sub("", folded).strip()
    name = _named(folded, series) or _named(grows, series)
    if name is not None and not folded.lower().endswith(name) and grows.lower() == name:
        folded = grows  # 社会消费品零售总额 涨幅
    if name is not None:
        usual = series[name][0]
        bare = GROWTH_NAME.sub("", usual)
        sought = [_of_series(one, archive, series) for one in dict.fromkeys((name, bare))]
        rest = folded.lower().replace(name, " ").strip()
        others = [one for one in find_concepts(rest, archive.lexicon, segmenter) if _tells(one, name)] if rest else []
        return [make_wanted([concept, *others], segmenter) for concept in sought]
    bare = GROWTH_NAME.sub("", folded).strip()
    found = [tuple(concepts) or find_concepts(folded, archive.lexicon, segmenter)]
    if bare and bare != folded:
        found.append(find_concepts(bare, archive.lexicon, segmenter))
    return [make_wanted([_widened(concept, series) for concept in one], segmenter) for one in found if one]


def _named(subject: str, series: SeriesNames) -> str | None:
    """The longest name of a known series that the subject ends or begins with."""
    lower = subject.lower()
    named = [name for name in series if lower.endswith(name) or lower.startswith(name)]
    return max(named, key=len, default=None)


def _of_series(name: str, archive: Archive, series: SeriesNames) -> Concept:
    """The concept of a known series: in all its names, and in those near to it that hold one (国民生产总值, 生产总值)."""
    names = tuple(dict.fromkeys((name, *series.get(name, ()))))
    others = {word for one in names for word, weight in archive.lexicon.synonyms(one) if weight < SAME}
    near = {word for word in others if any(one in word for one in names)}
    return Concept(name, (*((one, 1.0) for one in names), *((one, NEAR) for one in sorted(near - set(names)))), 1.0)


def _tells(concept: Concept, name: str) -> bool:
    """Whether a word beside the name narrows it; one that the name says, or that only says what was done, does not."""
    return concept.weight >= TELLING and concept.word not in name and concept.word not in PREDICATES


def _widened(concept: Concept, series: SeriesNames) -> Concept:
    """The concept with the other names of the series that it names."""
    sure = [text for text, weight in concept.alternatives if weight >= SURE]
    names = next((series[text] for text in (concept.word, *sure) if text in series), ())
    if not names:
        return concept
    weights = dict(concept.alternatives) | dict.fromkeys(names, 1.0)
    return replace(concept, alternatives=tuple(sorted(weights.items(), key=lambda item: -item[1])))


def same_names(archive: Archive, names: Sequence[str]) -> frozenset[tuple[str, str]]:
    """The pairs of names that stand for one thing, by the lexicon or because one holds the other."""
    series, lexicon = read_series(), archive.lexicon

    def same(one: str, two: str) -> bool:
        known = two in series.get(one, ()) or any(
            weight >= SAME and word == two for word, weight in lexicon.synonyms(one)
        )
        return known or one in two or two in one

    return frozenset((one, two) for one in names for two in names if same(one, two))
