"""Where around a figure a question's words stand: zones that lie about it like rings.

The rings are its subject, the stretch between its neighbours, its clause, its sentence, its headings, its passage. The
nearer the ring in which a concept of the question stands, the more it counts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.matching import Listener
from assistant.types import Evidence
from indexer.fold import fold
from indexer.types import Figure, Span

ZONE_FACTORS = {
    "subject": 1.0, "near": 0.95, "whole": 0.9, "clause": 0.85, "sentence": 0.7, "heading": 0.65, "passage": 0.5,
    "others": 0.5,
}  # fmt: skip
ALIEN_FACTORS = {
    "subject": 1.0, "near": 0.95, "whole": 0.9, "clause": 0.8, "sentence": 0.45, "heading": 0.5, "passage": 0.25,
    "others": 0.3,
}  # fmt: skip
VERB_FACTORS = {
    "subject": 1.0, "near": 1.0, "whole": 1.0, "clause": 0.85, "sentence": 0.4, "heading": 0.4, "passage": 0.1,
    "others": 0.4,
}  # fmt: skip
ELLIPTIC_FACTORS = {
    "subject": 1.0, "near": 0.95, "whole": 0.95, "clause": 0.9, "sentence": 0.85, "heading": 0.85, "passage": 0.6,
    "others": 0.6,
}  # fmt: skip
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
    clause: str  # without what its other figures count, as the sentence
    sentence: str
    heading: str
    passage: str
    whole: str  # what is said of the figure that this one is a part of
    others: str  # what the other figures of the sentence count


@dataclass(frozen=True, slots=True)
class Setting:
    """A passage with what all figures in it have around them, folded."""

    evidence: Evidence
    passage: str
    heading: str

    @classmethod
    def of(cls, evidence: Evidence) -> Setting:
        """The setting that a passage is for its figures."""
        heading = " ".join((*evidence.section.path, evidence.report.title))
        return cls(evidence, fold(evidence.passage.text).lower(), fold(heading).lower())

    def zones(self, figure: Figure) -> Zones:
        """The rings around a figure of the passage."""
        offset = self.evidence.passage.start

        def cut(start: int, end: int) -> str:
            return self.passage[max(0, start - offset) : max(0, end - offset)]

        figures = self.evidence.figures
        near, whole = _between_neighbours(figure, figures), whole_of(figure, self.evidence)
        others = _counted_by_others(figure, figures)
        around = _between_neighbours(whole, figures) if whole else Span(0, 0)
        said = cut(near.start, near.end)
        return Zones(
            subject=fold(f"{figure.subject_text} {UNIT_NOUNS.get(figure.unit, '')}").lower(),
            near=f"{said} {fold(figure.subject_text).lower()}",
            clause=_without(others, figure.clause, cut),
            sentence=_without(others, figure.sentence, cut),
            heading=self.heading,
            passage=self.passage,
            whole=_with_whole(figure, whole, cut(around.start, around.end), said) if whole else "",
            others=" ".join(cut(span.start, span.end) for span in others),
        )


def zones_of(figure: Figure, evidence: Evidence) -> Zones:
    """The rings around a figure of `evidence`."""
    return Setting.of(evidence).zones(figure)


def whole_of(figure: Figure, evidence: Evidence) -> Figure | None:
    """The figure of the same passage that this one is a part of or goes on from; None where it stands by itself."""
    if figure.part_of is None:
        return _goes_on_from(figure, evidence)
    return next((other for other in evidence.figures if other.ordinal == figure.part_of), None)


def _goes_on_from(figure: Figure, evidence: Evidence) -> Figure | None:
    """The figure of the clause before it that counts alike, where its own subject may leave out what that one says:
    收容1583只，领养427只.
    """
    before = [other for other in evidence.figures if other.end <= figure.start and other.sentence == figure.sentence]
    last = before[-1] if before else None
    if last is None or last.clause == figure.clause or last.base_unit != figure.base_unit:
        return None
    return last if last.measure is figure.measure and last.part_of is None else None


def subject_with_whole(figure: Figure, evidence: Evidence) -> str:
    """What the figure counts, behind what its whole counts where it is a part: 违规气瓶 黑气瓶."""
    whole = whole_of(figure, evidence)
    if whole is None or whole.subject_text in figure.subject_text:
        return figure.subject_text
    return f"{whole.subject_text} {figure.subject_text}"


def _with_whole(figure: Figure, whole: Figure, around: str, near: str) -> str:
    return " ".join((fold(whole.subject_text).lower(), around, fold(figure.subject_text).lower(), near))


def _counted_by_others(figure: Figure, figures: Sequence[Figure]) -> list[Span]:
    """What the other figures of the sentence count, where it is neither this one's own nor its whole's: in their order."""
    own, sentence = figure.subject, figure.sentence
    found = []
    for other in figures:
        span = other.subject
        if other is figure or other.ordinal == figure.part_of or span is None:
            continue
        inside = sentence.start <= span.start and span.end <= sentence.end
        if inside and (own is None or span.end <= own.start or own.end <= span.start):
            found.append(span)
    return sorted(set(found))


def _without(spans: Sequence[Span], of: Span, cut: Callable[[int, int], str]) -> str:
    """A stretch with blanks for the spans in it."""
    pieces, at = [], of.start
    for span in spans:
        if at <= span.start and span.end <= of.end:
            pieces.append(cut(at, span.start))
            at = span.end
    return " ".join((*pieces, cut(at, of.end)))


def concept_matches(listener: Listener, zones: Zones, extra: float) -> list[float]:
    """For each concept how near to the figure it is said, times how well: 0–1; `extra` is that of `extra_subject`."""
    bare = zones.subject.strip()
    elliptic = bare in PREDICATES or (len(bare) <= ELLIPTIC and extra < ALIEN)
    factors = ELLIPTIC_FACTORS if elliptic else ALIEN_FACTORS if extra >= ALIEN else ZONE_FACTORS
    heard = _heard(listener, zones)
    found = []
    for number, item in enumerate(listener.wanted):
        by_zone = VERB_FACTORS if item.concept.is_verb else factors
        found.append(max([by_zone[name] * matches[number] for name, matches in heard]))
    return found


def _heard(listener: Listener, zones: Zones) -> list[tuple[str, tuple[float, ...]]]:
    """How well each zone says each concept; the inner ones are stretches of the passage."""
    passage = listener.matches(zones.passage)
    clause = listener.matches(zones.clause, passage)
    return [
        ("subject", listener.matches(zones.subject)),
        ("near", listener.matches(zones.near)),
        ("whole", listener.matches(zones.whole)),
        ("clause", clause),
        ("sentence", listener.matches(zones.sentence, passage)),
        ("heading", listener.matches(zones.heading)),
        ("passage", passage),
        ("others", listener.matches(zones.others, passage)),
    ]


def extra_subject(listener: Listener, subject_words: Sequence[str]) -> float:
    """The share of the subject's own words that the question does not ask for: 0–1, smaller is better."""
    told = [word for word in subject_words if len(word) > 1]
    if not told:
        return 0.0
    return sum([not listener.asks_for(word) for word in told]) / len(told)


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
