"""What a figure counts: the noun phrase behind or before it, else what the text before it was about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from indexer.figures.phrases import (
    SubjectWords,
    ends_with_transitive,
    leading_phrase,
    phrase_before,
    phrase_behind,
    verb_before,
)
from indexer.figures.quantities import FRACTION, INDEX, RANK
from indexer.figures.spots import Spot
from indexer.figures.units import COUNT
from indexer.figures.words import tag_words
from indexer.types import Measure, Span

_CONJUNCTION: Final = re.compile(r"、|以及|和|与|及")
_RESPECTIVELY: Final = "分别"
_MEASURE_ENDS: Final = frozenset("率额量值数入资积程度比重价产口费款金长高")
_SHARED_HEADS: Final = ("收入", "投资", "消费", "出口", "进口", "产量", "产值", "增速", "利润", "支出", "贷款", "面积", "人数", "总额", "总值")
LONGEST_NOTE: Final = 8  # characters of a note within brackets that names a part
_PARTIAL: Final = frozenset({"percent", "tenths", FRACTION})
_RELATIVE: Final = frozenset({"percent", "points", "multiple", "tenths", FRACTION, RANK, INDEX})


@dataclass(frozen=True, slots=True)
class Subject:
    """What is counted: where it stands, and its words (a bare 总长度 is given its topic: 河道总长度)."""

    span: Span
    text: str


def subjects_of(
    text: str, spots: Sequence[Spot], measures: Sequence[Measure], topic: Subject | None, lists: SubjectWords
) -> list[Subject | None]:
    """The subject of each quantity of one sentence; `topic` is what stands over it: its run-in heading or heading."""
    found: list[Subject | None] = []
    for index, (spot, measure) in enumerate(zip(spots, measures, strict=True)):
        above = _Above(text, spot, spots, found, topic, lists)
        bracketed = _bracketed(text, spot, above)
        if bracketed is not None:
            found.append(bracketed)
        elif measure is Measure.SHARE and (share := _share(text, spot, above)) is not None:
            found.append(share)
        else:
            found.append(_found(text, spot, measure, above))
    _fill_gaps(text, spots, found)
    return _aligned(text, spots, found)


@dataclass(frozen=True, slots=True)
class _Above:
    """What a quantity without words of its own may fall back on."""

    text: str
    spot: Spot
    spots: Sequence[Spot]
    found: Sequence[Subject | None]
    heading: Subject | None
    lists: SubjectWords

    @property
    def previous(self) -> Subject | None:
        """The subject of the nearest quantity before in the sentence."""
        return next((subject for subject in reversed(self.found) if subject is not None), None)

    @property
    def topic(self) -> Subject | None:
        """What the sentence was about before the quantity's clause, else the heading."""
        return self.previous or self._earlier_clause() or _clause_topic(self.text, self.spot, self.lists) or self.heading

    def _earlier_clause(self) -> Subject | None:
        start, end = self.spot.sentence.start, self.spot.clause.start
        while end > start:
            begin = max(start, max(self.text.rfind(mark, start, end - 1) for mark in ",;") + 1)
            span = phrase_before(self.text, begin, end, self.lists)
            if span is not None and span.end - span.start > 2:
                return _subject(self.text, span)
            end = begin if begin < end else start
        return None


def _found(text: str, spot: Spot, measure: Measure, above: _Above) -> Subject | None:
    claimed = above.found[-1].span if above.found and above.found[-1] is not None else None
    own = _own(text, spot, measure, above.lists, claimed)
    if own is not None:
        return _of_activity(text, spot, own, above) if own.text in above.lists.nominal else _with_topic(own, above)
    if spot.quantity.dimension not in _RELATIVE and not spot.continues:
        verb = verb_before(text, spot.before.start, spot.before.end, above.lists)
        if verb is not None:
            return _of_verb(text, spot, verb, above)
    return above.topic


def _of_activity(text: str, spot: Spot, own: Subject, above: _Above) -> Subject:
    """规划宅基户签约 for 规划宅基户完成签约5位: an activity with what undergoes it, before it or in the quantity before."""
    target = phrase_before(text, spot.before.start, own.span.start, above.lists) if own.span.start > spot.before.start else None
    if target is not None and target.end <= own.span.start:
        return Subject(own.span, f"{text[target.start : target.end]}{own.text}")
    if own.text in above.lists.relational:
        return _with_topic(own, above)
    return _of_verb(text, spot, own.span, above)


def _of_verb(text: str, spot: Spot, verb: Span, above: _Above) -> Subject:
    """竣工5户 after 改造100户: the verb with what was counted before in the same unit; else the verb alone."""
    word = text[verb.start : verb.end]
    index = len(above.found) - 1
    same_unit = index >= 0 and above.spots[index].quantity.base_unit == spot.quantity.base_unit
    previous = above.found[index] if same_unit else None
    unit = spot.quantity.base_unit if len(spot.quantity.base_unit) > 1 else ""
    return Subject(verb, f"{word}{previous.text}" if previous is not None else f"{word}{unit}")


def _own(text: str, spot: Spot, measure: Measure, lists: SubjectWords, claimed: Span | None) -> Subject | None:
    """The subject in the quantity's own stretch of text: behind a counter, else before the number.

    `claimed` is what the quantity before counts; it is not counted twice where something stands behind (*个项目*万平方米工程).
    """
    behind = None
    counts = spot.quantity.dimension == COUNT
    if spot.quantity.dimension in _PARTIAL and text.startswith("的", spot.after.start):
        found = phrase_behind(text, spot.after.start, spot.after.end, lists)
        return None if found is None else _subject(text, found)
    if spot.quantity.dimension not in _RELATIVE and measure is not Measure.CHANGE:
        behind = phrase_behind(text, spot.after.start, spot.after.end, lists)
    attribute = text.startswith("的", spot.after.start)
    if behind is not None and (counts or attribute or ends_with_transitive(text, spot.before.start, spot.before.end, lists)):
        return _subject(text, behind)
    before = phrase_before(text, spot.before.start, spot.before.end, lists)
    if before is not None and (text[before.start : before.end] in lists.scopes or _lists_examples(text, spot)):
        before = None
    if before is None and spot.quantity.dimension in _PARTIAL and measure in {Measure.LEVEL, Measure.SHARE}:
        behind = phrase_behind(text, spot.after.start, spot.after.end, lists)
    if before is not None and behind is not None and claimed is not None and before.start < claimed.end:
        before = None
    chosen = before if before is not None else behind
    return None if chosen is None else _subject(text, chosen)


def _lists_examples(text: str, spot: Spot) -> bool:
    """Whether examples stand before the number (房建、市政、地铁等六大类): they are not what is counted."""
    return text[spot.before.start : spot.before.end].rstrip("共 ").endswith("等")


def _subject(text: str, span: Span) -> Subject:
    return Subject(span, text[span.start : span.end].strip())


def _bracketed(text: str, spot: Spot, above: _Above) -> Subject | None:
    """办理中 of 备案32件(其中7件抽中,19件未抽中,办理中6件): with what was counted before the bracket."""
    opening = text.rfind("(", spot.sentence.start, spot.quantity.start)
    if opening < 0 or ")" in text[opening : spot.quantity.start]:
        return None
    whole = next((subject for subject, other in reversed(list(zip(above.found, above.spots, strict=False)))
                  if subject is not None and other.quantity.end <= opening), None)  # fmt: skip
    if whole is None:
        return None
    left = max(spot.before.start, opening + 1, *(text.rfind(mark, 0, spot.before.end) + 1 for mark in ",;、"))
    right = min((at for mark in ",;、)" if (at := text.find(mark, spot.after.start, spot.after.end)) >= 0), default=spot.after.end)
    for start, end in ((left, spot.before.end), (spot.after.start, right)):
        words = text[start:end].strip(" ,;。、()为是").removeprefix("其中").strip(" :,")
        if 0 < len(words) <= LONGEST_NOTE:
            begin = text.index(words, start)
            return Subject(Span(begin, begin + len(words)), f"{whole.text}{words}")
    return None


def _share(text: str, spot: Spot, above: _Above) -> Subject | None:
    """年度投资额占总投资额 for 占总投资额的60.76%; None where no 占 is said."""
    mark = text.rfind("占", spot.before.start, spot.before.end)
    if mark < 0:
        return None
    whole = phrase_before(text, mark + 1, spot.before.end, above.lists)
    part = phrase_before(text, spot.before.start, mark, above.lists)
    if part is not None:
        return _subject(text, Span(part.start, whole.end if whole is not None else part.end))
    topic = above.topic
    if topic is None or whole is None:
        return topic
    return Subject(topic.span, f"{topic.text}占{text[whole.start : whole.end]}")


def _fill_gaps(text: str, spots: Sequence[Spot], found: list[Subject | None]) -> None:
    """六大类36个项目, 36个 being what follows at once: the first counts what the second does."""
    for index in range(len(spots) - 2, -1, -1):
        following = spots[index + 1]
        gap = text[spots[index].quantity.outer_end : following.quantity.outer_start].strip("共合总计 ")
        if not gap and _lists_examples(text, spots[index]):
            found[index] = found[index + 1]
        elif following.quantity.unit == spots[index].quantity.unit:
            found[index] = _lent_head(text, spots[index], found[index], found[index + 1])


def _lent_head(text: str, spot: Spot, own: Subject | None, following: Subject | None) -> Subject | None:
    """施工单位 for the first of 3家施工和1家监理单位: a bare activity takes the head of the next."""
    if own is None or following is None or own.span.start != spot.after.start or following.span.start <= own.span.end:
        return own
    words = tag_words(text, own.span.start, own.span.end)
    heads = tag_words(text, following.span.start, following.span.end)
    joined = _CONJUNCTION.fullmatch(text, own.span.end, spot.after.end) is not None
    lends = joined and len(words) == 1 and words[0].tag.startswith("v") and len(heads) > 1
    return replace(own, text=own.text + heads[-1].text) if lends else own


def _clause_topic(text: str, spot: Spot, lists: SubjectWords) -> Subject | None:
    """The phrase that the sentence begins with, where the quantity's clause names nothing."""
    found = leading_phrase(text, spot.sentence.start, spot.quantity.outer_start, lists)
    return None if found is None or found.end - found.start < 2 else _subject(text, found)


def _with_topic(own: Subject, above: _Above) -> Subject:
    """The subject with what it belongs to, where its words alone say nothing (完成率, 总长度)."""
    if own.text not in above.lists.relational:
        return own
    for topic in (above.topic, above.heading):
        if topic is not None and topic.span != own.span and own.text not in topic.text:
            return replace(own, text=f"{_core(topic.text, above.lists)}{own.text}")
    return own


def _core(topic: str, lists: SubjectWords) -> str:
    """The topic without a relational head of its own: 河道 of 河道总长度."""
    for head in sorted(lists.relational, key=lambda word: (-len(word), word)):
        if topic.endswith(head) and len(topic) > len(head) + 1:
            return topic[: -len(head)]
    return topic


def _aligned(text: str, spots: Sequence[Spot], subjects: Sequence[Subject | None]) -> list[Subject | None]:
    """The subjects with lists set right: A、B和C分别增长1%、2%、3%, and A、B产量达到1吨、2吨."""
    result = list(subjects)
    index = 0
    while index < len(spots):
        last = index + 1
        while last < len(spots) and spots[last].continues:
            last += 1
        parts = _conjuncts(text, spots[index], last - index)
        if parts is not None:
            result[index:last] = parts
        elif last - index > 1 and _empty_gaps(spots[index + 1 : last]):
            result[index + 1 : last] = [own if own and own.span.start >= spot.before.start and own.span.start >= spot.quantity.end else result[index]
                                        for own, spot in zip(result[index + 1 : last], spots[index + 1 : last], strict=True)]  # fmt: skip
        index = last
    return result


def _empty_gaps(spots: Sequence[Spot]) -> bool:
    return all(spot.continues for spot in spots)


def _conjuncts(text: str, spot: Spot, count: int) -> list[Subject | None] | None:
    """The `count` phrases joined by 、 and 和 before the first quantity of a list; None where they are not as many."""
    if count < 2:
        return None
    before = text[spot.before.start : spot.before.end]
    stretch = before.partition(_RESPECTIVELY)[0] if _RESPECTIVELY in before else _without_verb(before)
    cuts = [0, *(edge for match in _CONJUNCTION.finditer(stretch) for edge in match.span()), len(stretch)]
    pieces = [(cuts[i], cuts[i + 1]) for i in range(0, len(cuts), 2)]
    pieces = pieces[-count:]
    if len(pieces) != count:
        return None
    spans = [_stripped(text, spot.before.start + a, spot.before.start + b) for a, b in pieces]
    if any(span is None for span in spans):
        return None
    return _share_head(text, [span for span in spans if span is not None])


def _without_verb(before: str) -> str:
    return re.sub(r"(?:产量|总量)?(?:同比|年均)?(?:增长|增加|下降|提高|达到|达|完成|为|超过|突破|减少)(?:了|到|至)?[约近超]?$",
                  lambda match: "产量" if match[0].startswith("产量") else "", before)  # fmt: skip


def _stripped(text: str, start: int, end: int) -> Span | None:
    words = [word for word in tag_words(text, start, end) if word.tag[0] not in "xupdtmcr" or len(word.text) > 2]
    return Span(words[0].start, words[-1].end) if words else None


def _share_head(text: str, spans: Sequence[Span]) -> list[Subject | None]:
    """The conjuncts, each with the head that only the last one carries: 城镇和农村居民收入 gives 城镇居民收入."""
    last = tag_words(text, spans[-1].start, spans[-1].end)
    shared = last[-1].text.endswith(_SHARED_HEADS) and len(last) > 1
    subjects: list[Subject | None] = []
    for span in spans:
        words = text[span.start : span.end]
        own = tag_words(text, span.start, span.end)
        if shared and span != spans[-1] and words[-1] not in _MEASURE_ENDS and own[-1].text != last[-1].text:
            size = max(1, len(last) - len(own))
            words += "".join(word.text for word in last[-size:])
        subjects.append(Subject(span, words))
    return subjects
