"""Where around a figure a question's words stand: zones that lie about it like rings.

The rings are its subject, the stretch between its neighbours, its clause, its sentence, its headings, its passage. The
nearer the ring in which a concept of the question stands, the more it counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.matching import Wanted, match
from assistant.types import Evidence
from indexer.fold import fold
from indexer.types import Figure, Span

ZONE_FACTORS = {"subject": 1.0, "near": 0.95, "clause": 0.85, "sentence": 0.7, "heading": 0.65, "passage": 0.5}
ALIEN_FACTORS = {"subject": 1.0, "near": 0.95, "clause": 0.8, "sentence": 0.45, "heading": 0.5, "passage": 0.25}
VERB_FACTORS = {"subject": 1.0, "near": 1.0, "clause": 0.85, "sentence": 0.4, "heading": 0.4, "passage": 0.1}
ELLIPTIC_FACTORS = {"subject": 1.0, "near": 0.95, "clause": 0.9, "sentence": 0.85, "heading": 0.85, "passage": 0.6}
PREDICATES = frozenset({
    "", "完成", "完工", "竣工", "建成", "开工", "累计", "合计", "总计", "总数", "总量", "总长", "总长度", "总面积", "达到", "新增", "实施",
    "启动", "办结", "整改", "验收", "交付", "投用", "投入使用", "基本完成", "已完成", "其余", "剩余",
})  # fmt: skip  # subjects that only say what was done; what it was done to stands before
ELLIPTIC = 2  # characters; so short a subject (改造, 完工, 总长) leaves out what its sentence or heading says
ALIEN = 0.5  # where so much of a subject is not asked for, what stands further off belongs to something else
UNIT_NOUNS = {"金": "金牌", "银": "银牌", "铜": "铜牌"}  # units that are themselves what is counted


@dataclass(frozen=True, slots=True)
class Zones:
    """The folded text of each ring around a figure."""

    subject: str
    near: str
    clause: str
    sentence: str
    heading: str
    passage: str


def zones_of(figure: Figure, evidence: Evidence) -> Zones:
    """The rings around a figure of `evidence`."""
    passage = fold(evidence.passage.text).lower()
    offset = evidence.passage.start

    def cut(start: int, end: int) -> str:
        return passage[max(0, start - offset) : max(0, end - offset)]

    near = _between_neighbours(figure, evidence.figures)
    heading = fold(" ".join((*evidence.section.path, evidence.report.title))).lower()
    return Zones(
        fold(f"{figure.subject_text} {UNIT_NOUNS.get(figure.unit, '')}").lower(),
        cut(near.start, near.end),
        cut(figure.clause.start, figure.clause.end),
        cut(figure.sentence.start, figure.sentence.end),
        heading,
        passage,
    )


def concept_matches(wanted: Sequence[Wanted], zones: Zones, extra: float) -> list[float]:
    """For each concept how near to the figure it is said, times how well: 0–1; `extra` is that of `extra_subject`."""
    bare = zones.subject.strip()
    elliptic = bare in PREDICATES or (len(bare) <= ELLIPTIC and extra < ALIEN)
    factors = ELLIPTIC_FACTORS if elliptic else ALIEN_FACTORS if extra >= ALIEN else ZONE_FACTORS
    return [
        max(
            factor * match(item, getattr(zones, name))
            for name, factor in (VERB_FACTORS if item.concept.is_verb else factors).items()
        )
        for item in wanted
    ]


def extra_subject(wanted: Sequence[Wanted], subject_words: Sequence[str]) -> float:
    """The share of the subject's own words that the question does not ask for: 0–1, smaller is better."""
    told = [word for word in subject_words if len(word) > 1]
    if not told:
        return 0.0
    alien = [word for word in told if not any(_says(item, word) for item in wanted)]
    return len(alien) / len(told)


def _says(item: Wanted, word: str) -> bool:
    return any(word in wording.text or wording.text in word for wording in item.wordings)


def _between_neighbours(figure: Figure, others: Sequence[Figure]) -> Span:
    """From the end of the figure before to what the one after counts (or to it), within the clause."""
    start, end = figure.clause.start, figure.clause.end
    for other in others:
        if other.end <= figure.start:
            start = max(start, other.end)
        elif other.start >= figure.end:
            named = other.subject
            end = min(end, named.start if named and figure.end <= named.start < other.start else other.start)
    return Span(start, end)
