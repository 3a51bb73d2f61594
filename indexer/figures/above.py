"""What a quantity without words of its own may fall back on: the figures, clauses and heading before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from indexer.figures.alignment import Subject
from indexer.figures.phrases import leading_phrase, phrase_before, says_nothing_alone
from indexer.figures.quantities import FRACTION, INDEX, RANK
from indexer.figures.spots import Spot
from indexer.figures.subject_words import SubjectWords
from indexer.figures.units import COUNT
from indexer.types import Span

_MARKS: Final = ("大关", "关口", "台阶", "基础", "基础上", "目标")
_PREPOSITIONS: Final = (
    *("在", "按", "从", "对", "为", "经", "据", "与", "同", "比", "较", "以"),
    *("不包括", "不含", "根据", "通过", "由于", "随着", "扣除", "考虑", "剔除"),
)
_ANYTHING: Final = frozenset(["个", "项", "件", "人", "次", "处", "起", "家", "户", "条", "份", "例", "人次", "场"]) | {
    ""
}
_PEOPLE: Final = frozenset({"人", "人次", "户", "名", "户次"})
SHORTEST: Final = 3  # characters of a topic found in an earlier clause; a shorter one takes its whole clause
RELATIVE: Final = frozenset({"percent", "points", "multiple", "tenths", FRACTION, RANK, INDEX})


@dataclass(frozen=True, slots=True)
class Topics:
    """What a sentence goes on from: its run-in heading or the last figure before it, and the thing that headings name."""

    heading: Subject | None = None
    over: Subject | None = None
    last: Subject | None = None  # what the last figure of the paragraph before the sentence counts
    last_unit: str = ""


@dataclass(frozen=True, slots=True)
class Above:
    """What a quantity without words of its own may fall back on."""

    text: str
    spot: Spot
    spots: Sequence[Spot]
    found: Sequence[Subject | None]
    topics: Topics
    lists: SubjectWords

    @property
    def heading(self) -> Subject | None:
        """What the sentence goes on about: its run-in heading, else what the last figure before it counts."""
        return self.topics.heading

    def of_last(self, *, anything: bool) -> Subject | None:
        """What the sentence before counted last in the same unit (危桥12座。改造5座); of 件 and the like only if `anything`."""
        unit = self.spot.quantity.base_unit
        same = not self.found and unit == self.topics.last_unit and self.spot.quantity.dimension == COUNT
        return self.topics.last if same and (anything or unit not in _ANYTHING) else None

    @property
    def over(self) -> Subject | None:
        """The thing that the nearest heading names."""
        return self.topics.over

    @property
    def previous(self) -> Subject | None:
        """The subject of the nearest quantity before in the sentence."""
        return next((subject for subject in reversed(self.found) if subject and not is_mark(subject.text)), None)

    @property
    def topic(self) -> Subject | None:
        """What the sentence was about before the quantity's clause, else the heading."""
        opening = self.text.rfind(";", self.spot.sentence.start, self.spot.clause.start) + 1
        fresh = bool(self.found) and opening > self.spots[len(self.found) - 1].quantity.end
        nearest = self._earlier_clause(opening) if fresh else None  # behind a semicolon: 启动铁路专用线,总投资8亿元
        nearest = nearest or self.previous or self._earlier_clause(self.spot.sentence.start)
        return nearest or _clause_topic(self.text, self.spot, self.lists) or self.heading

    @property
    def topic_of_money(self) -> Subject | None:
        """What money was spent on: what is counted before, but for people (改造46个小区,惠及2.1万户,完成投资3.86亿元)."""
        opening = self.text.rfind(";", self.spot.sentence.start, self.spot.clause.start) + 1
        parts = self.text.find("其中", max(opening, self.spot.sentence.start), self.spot.clause.start)
        for subject, spot in reversed(list(zip(self.found, self.spots, strict=False))):
            if spot.quantity.start < opening:
                break
            of_which = 0 <= parts < spot.quantity.start  # 查处611台,其中网约车304台,罚款467.9万元
            if (
                subject is not None
                and not is_mark(subject.text)
                and not of_which
                and spot.quantity.base_unit not in _PEOPLE
            ):
                return subject
        return self.topic

    def same_thing(self, verb: str) -> Subject | None:
        """What the quantity before counts, where this one goes on with it: 改造100户,竣工5户; 改造12个,涉及71栋."""
        if not self.found:
            return None
        if self.spots[len(self.found) - 1].clause == self.spot.clause or verb in self.lists.relating:
            return self.found[-1]
        said = self.text[self.spot.clause.start : self.spot.quantity.outer_start].strip()
        alone = len(said) <= len(verb) + 1  # 初判隐患317栋;鉴定112栋
        telling = self.spot.quantity.base_unit not in _ANYTHING and self.spot.quantity.dimension == COUNT
        return self.of_same_unit(across=alone and telling)

    @property
    def of_like_items(self) -> Subject | None:
        """What the nearest earlier quantity in 个, 件 or 项 counts, where this one is in the same, be it behind a ；."""
        return self.of_same_unit(across=True) if self.spot.quantity.base_unit in _ANYTHING else None

    def of_same_unit(self, *, across: bool = False) -> Subject | None:
        """What the nearest earlier quantity of the same unit counts: 火灾7起,过火面积18公顷,比上年减少3起.

        It stands in front of no ；, unless `across`.
        """
        for subject, spot in reversed(list(zip(self.found, self.spots, strict=False))):
            if not across and ";" in self.text[spot.quantity.end : self.spot.quantity.start]:
                return None
            if spot.quantity.base_unit == self.spot.quantity.base_unit and subject is not None:
                return subject
        return None

    def of_the_rate(self) -> Subject | None:
        """What the nearest quantity of the same unit counts, where only a rate stands between: 整改率97%,其余54处."""
        last = self.found[-1] if self.found else None
        return self.of_same_unit() if last is not None and last.text.endswith("率") else None

    @property
    def goes_on_with_last(self) -> bool:
        """Whether the quantity is about the one right before it: in its clause, or behind a percentage of it."""
        if not self.found:
            return False
        last = self.spots[len(self.found) - 1]
        return last.clause == self.spot.clause or last.quantity.dimension in RELATIVE

    def _earlier_clause(self, start: int) -> Subject | None:
        end = self.spot.clause.start
        while end > start:
            begin = max(start, max(self.text.rfind(mark, start, end - 1) for mark in ",;") + 1)
            opening = self.text.rfind("(", start, begin)
            if self.text.count(")", begin, end) > self.text.count("(", begin, end) and opening > start:
                end = opening  # 总产值(不包括手工业产值,下同)
                continue
            span = phrase_before(self.text, begin, end, self.lists)
            if span is not None and not self._is_aside(begin, end):
                bare = span.end - span.start < SHORTEST or says_nothing_alone(self.text, span, self.lists)
                whole = leading_phrase(self.text, begin, end, self.lists) if bare else span
                return subject_at(self.text, whole or span)
            end = begin if begin < end else start
        return None

    def _is_aside(self, begin: int, end: int) -> bool:
        """Whether a clause only tells circumstances: 在…方面, 包括新建企业的在内."""
        aside = self.text[begin:end].rstrip(",;").endswith("在内")
        return aside or self.text.startswith(_PREPOSITIONS, begin)


def subject_at(text: str, span: Span) -> Subject:
    """The subject whose words are the slice."""
    return Subject(span, text[span.start : span.end].strip())


def is_mark(words: str) -> bool:
    """Whether the words only dress up a number: 突破1600亿斤大关, 连跨4个千亿台阶."""
    return words.endswith(_MARKS)


def _clause_topic(text: str, spot: Spot, lists: SubjectWords) -> Subject | None:
    """The phrase that the sentence begins with, where the quantity's clause names nothing."""
    found = leading_phrase(text, spot.sentence.start, spot.quantity.outer_start, lists)
    return None if found is None or found.end - found.start < 2 else subject_at(text, found)
