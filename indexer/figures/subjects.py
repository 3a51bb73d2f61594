"""What a figure counts: the noun phrase behind or before it, else what the text before it was about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from indexer.figures.alignment import CONJUNCTION, Subject, align_lists
from indexer.figures.phrases import (
    SubjectWords,
    ends_with_transitive,
    leading_phrase,
    phrase_before,
    phrase_behind,
    says_nothing_alone,
    verb_before,
)
from indexer.figures.quantities import FRACTION, INDEX, RANK
from indexer.figures.spots import Spot
from indexer.figures.units import COUNT
from indexer.figures.words import tag_words
from indexer.types import Measure, Span

_YEAR: Final = (
    r"(?:[\d〇○零一二三四五六七八九 ]{2,7}年|上年|去年|上一年|前年|年初|上月|五年前|前[一二三四五]年|"
    r"解放前|“[^”]{1,3}五”|同期|上届|计划)"
)
_COMPARISON: Final = re.compile(
    rf"(?:比|较|与|同|由|从){_YEAR}(?:[^,。;、]{{0,6}}(?:期间|时期|同期|末|底|年初|相比|比较|水平|的))?[^,。;、]{{0,8}}$|在[^,。;]{{1,16}}(?:基础|水平)上[^,。;]{{0,8}}$|(?:扣除|考虑|剔除)[^,。;]{{0,10}}因素[^,。;]*$|(?<!同)(?:比|较)(?![重例率值较为])[^,。;、]{{2,14}}$"
)
_MARKS: Final = ("大关", "关口", "台阶", "基础", "基础上", "目标")
_RANKED: Final = re.compile(
    r"(?:均|分别|都|双双)?(?:连续[^,。;]{1,4}年)?(?:稳居|位居|位列|名列|跃居|跃升|上升|提升|升至|升到|排名|排在|保持|居(?![民家住委])|列(?![车入])|从|由)[^,。;]*$"
)
_PREPOSITIONS: Final = (
    *("在", "按", "从", "对", "为", "经", "据", "与", "同", "比", "较", "以"),
    *("根据", "通过", "由于", "随着", "扣除", "考虑", "剔除"),
)
SHORTEST: Final = 3  # characters of a topic found in an earlier clause; a shorter one takes its whole clause
LONGEST_NOTE: Final = 8  # characters of a note within brackets that names a part
_PARTIAL: Final = frozenset({"percent", "tenths", FRACTION})
_RELATIVE: Final = frozenset({"percent", "points", "multiple", "tenths", FRACTION, RANK, INDEX})


def subjects_of(
    text: str, spots: Sequence[Spot], measures: Sequence[Measure], topic: Subject | None, lists: SubjectWords
) -> list[Subject | None]:
    """The subject of each quantity of one sentence; `topic` is what stands over it: its run-in heading or heading."""
    found: list[Subject | None] = []
    for spot, measure in zip(spots, measures, strict=True):
        above = _Above(text, spot, spots, found, topic, lists)
        noted = _noted(text, spot, above)
        if noted is not None:
            found.append(noted)
        elif measure is Measure.SHARE and (share := _share(text, spot, above)) is not None:
            found.append(share)
        else:
            found.append(_found(text, spot, measure, above))
    _fill_gaps(text, spots, found, lists)
    return align_lists(text, spots, found, lists)


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
        return next((subject for subject in reversed(self.found) if subject and not _is_mark(subject.text)), None)

    @property
    def topic(self) -> Subject | None:
        """What the sentence was about before the quantity's clause, else the heading."""
        nearest = self.previous or self._earlier_clause()
        return nearest or _clause_topic(self.text, self.spot, self.lists) or self.heading

    def same_thing(self, verb: str) -> Subject | None:
        """What the quantity before counts, where this one goes on with it: 改造100户,竣工5户; 改造12个,涉及71栋."""
        index = len(self.found) - 1
        if index < 0:
            return None
        before = self.spots[index]
        goes_on = before.quantity.base_unit == self.spot.quantity.base_unit or before.clause == self.spot.clause
        return self.found[index] if goes_on or verb in self.lists.relating else None

    def _earlier_clause(self) -> Subject | None:
        start, end = self.spot.sentence.start, self.spot.clause.start
        while end > start:
            begin = max(start, max(self.text.rfind(mark, start, end - 1) for mark in ",;") + 1)
            span = phrase_before(self.text, begin, end, self.lists)
            if span is not None and not self.text.startswith(_PREPOSITIONS, begin):
                whole = leading_phrase(self.text, begin, end, self.lists) if span.end - span.start < SHORTEST else span
                return _subject(self.text, whole or span)
            end = begin if begin < end else start
        return None


def _found(text: str, spot: Spot, measure: Measure, above: _Above) -> Subject | None:
    claimed = above.found[-1].span if above.found and above.found[-1] is not None else None
    own = _own(text, spot, measure, above.lists, claimed)
    if own is not None:
        activity = own.text in above.lists.nominal or says_nothing_alone(text, own.span, above.lists)
        return _of_activity(text, spot, own.span, above) if activity else _with_topic(own, above)
    if spot.quantity.dimension not in _RELATIVE and not spot.continues:
        verb = verb_before(text, spot.before.start, spot.before.end, above.lists)
        if verb is not None:
            return _of_activity(text, spot, verb, above)
    return above.topic


def _of_activity(text: str, spot: Spot, activity: Span, above: _Above) -> Subject:
    """规划宅基户签约 for 规划宅基户完成签约5位: an activity with what undergoes it, before it or in the figure before."""
    word = text[activity.start : activity.end]
    target = phrase_before(text, spot.before.start, max(spot.before.start, activity.start), above.lists)
    if target is not None and target.end <= activity.start:
        thing = text[target.start : target.end]
        return Subject(activity, f"{thing}{word}", thing)
    if word in above.lists.relational:
        return _with_topic(Subject(activity, word), above)
    previous = above.same_thing(word)
    if previous is not None:
        return Subject(activity, f"{previous.thing}{word}", previous.thing)
    counted = spot.quantity.dimension == COUNT and len(spot.quantity.base_unit) > 1
    return Subject(activity, f"{word}{spot.quantity.base_unit}" if counted else word)


def _own(text: str, spot: Spot, measure: Measure, lists: SubjectWords, claimed: Span | None) -> Subject | None:
    """The subject in the quantity's own stretch of text: behind a counter, else before the number.

    `claimed` is what the quantity before counts; it is not counted twice where something stands behind
    (*个项目*万平方米工程).
    """
    behind = None
    counts = spot.quantity.dimension == COUNT
    partial = spot.quantity.dimension in _PARTIAL and measure is not Measure.GROWTH
    if partial and text.startswith("的", spot.after.start):
        found = phrase_behind(text, spot.after.start, spot.after.end, lists)
        return None if found is None else _subject(text, found)
    if spot.quantity.dimension not in _RELATIVE and measure is not Measure.CHANGE:
        behind = phrase_behind(text, spot.after.start, spot.after.end, lists)
    if behind is not None and _is_mark(text[behind.start : behind.end]) and not counts:
        behind = None
    if behind is None and spot.quantity.noun:
        return _subject(text, Span(spot.quantity.end - len(spot.quantity.base_unit), spot.quantity.end))
    if behind is not None and counts and text.startswith("的", spot.after.start):
        counts = False
    if behind is not None and (counts or ends_with_transitive(text, spot.before.start, spot.before.end, lists)):
        return _subject(text, behind)
    before = phrase_before(text, spot.before.start, _subject_end(text, spot), lists)
    if before is not None and behind is not None and _gives_way(text, spot, before, lists):
        before = None
    if before is not None and (text[before.start : before.end] in lists.scopes or _lists_examples(text, spot)):
        before = None
    if before is None and spot.quantity.dimension in _PARTIAL and measure in {Measure.LEVEL, Measure.SHARE}:
        behind = phrase_behind(text, spot.after.start, spot.after.end, lists)
    if before is not None and behind is not None and claimed is not None and before.start < claimed.end:
        before = None
    chosen = before if before is not None else behind
    return None if chosen is None else _subject(text, chosen)


def _gives_way(text: str, spot: Spot, before: Span, lists: SubjectWords) -> bool:
    """Whether what stands behind the number is counted although words stand before it.

    发展4万亩林下经济 (only a verb before), 水电站和690万千瓦火电项目 (joined by 和), 全区5000平方米以内的工程 (an
    attribute).
    """
    words = text[before.start : before.end]
    joined = text[spot.before.start : spot.before.end].rstrip().endswith(("和", "及", "与", "、"))
    attribute = text.startswith("的", spot.after.start) and words not in lists.relational
    return joined or attribute or says_nothing_alone(text, before, lists)


def _subject_end(text: str, spot: Spot) -> int:
    """Where the words about the subject end before a number: ahead of 比上年增长, 在…基础上, 居全国."""
    pattern = _RANKED if spot.quantity.dimension == RANK else _COMPARISON
    found = pattern.search(text, spot.before.start, spot.before.end)
    return spot.before.end if found is None else found.start()


def _is_mark(words: str) -> bool:
    """Whether the words only dress up a number: 突破1600亿斤大关, 连跨4个千亿台阶."""
    return words.endswith(_MARKS)


def _lists_examples(text: str, spot: Spot) -> bool:
    """Whether examples stand before the number (房建、市政、地铁等六大类): they are not what is counted."""
    return text[spot.before.start : spot.before.end].rstrip("共 ").endswith("等")


def _subject(text: str, span: Span) -> Subject:
    return Subject(span, text[span.start : span.end].strip())


def _noted(text: str, spot: Spot, above: _Above) -> Subject | None:
    """办理中 of 备案32件(其中7件抽中,19件未抽中,办理中6件): with what was counted before the bracket or the 其中."""
    opening = _opening_of_parts(text, spot)
    if opening is None:
        return None
    whole = next((subject for subject, other in reversed(list(zip(above.found, above.spots, strict=False)))
                  if subject is not None and other.quantity.end <= opening), None)  # fmt: skip
    if whole is None:
        return None
    left = max(spot.before.start, opening + 1, *(text.rfind(mark, 0, spot.before.end) + 1 for mark in ",;、"))
    ends = (text.find(mark, spot.after.start, spot.after.end) for mark in ",;、)")
    right = min((end for end in ends if end >= 0), default=spot.after.end)
    for start, end in ((left, spot.before.end), (spot.after.start, right)):
        words = text[start:end].strip(" ,;。、()为是").removeprefix("其中").removeprefix("中").strip(" :,")
        if 0 < len(words) <= LONGEST_NOTE:
            begin = text.index(words, start)
            note = Span(begin, begin + len(words))
            in_bracket = text[opening] == "("
            if in_bracket or says_nothing_alone(text, note, above.lists) or words.startswith("未"):
                return Subject(note, f"{whole.thing}{words}", whole.thing)
    return None


def _opening_of_parts(text: str, spot: Spot) -> int | None:
    """Where the bracket or the 其中 stands that the quantity is within; None where it is in none."""
    opening = text.rfind("(", spot.sentence.start, spot.quantity.start)
    if opening >= 0 and ")" not in text[opening : spot.quantity.start]:
        return opening
    marker = text.rfind("其中", spot.sentence.start, spot.quantity.start)
    return marker if marker >= 0 and ";" not in text[marker : spot.quantity.start] else None


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
    return Subject(topic.span, f"{topic.thing}占{text[whole.start : whole.end]}")


def _fill_gaps(text: str, spots: Sequence[Spot], found: list[Subject | None], lists: SubjectWords) -> None:
    """六大类36个项目, 36个 being what follows at once: the first counts what the second does."""
    for index in range(len(spots) - 2, -1, -1):
        following = spots[index + 1]
        gap = text[spots[index].quantity.outer_end : following.quantity.outer_start].strip("共合总计 ")
        own = found[index]
        elsewhere = own is None or own.span.end <= spots[index].clause.start
        elsewhere = elsewhere or (own is not None and says_nothing_alone(text, own.span, lists))
        if not gap and (elsewhere or _lists_examples(text, spots[index])):
            found[index] = found[index + 1]
        elif following.quantity.unit == spots[index].quantity.unit:
            found[index] = _lent_head(text, spots[index], found[index], found[index + 1])


def _lent_head(text: str, spot: Spot, own: Subject | None, following: Subject | None) -> Subject | None:
    """施工单位 for the first of 3家施工和1家监理单位: a bare activity takes the head of the next."""
    if own is None or following is None or own.span.start != spot.after.start or following.span.start <= own.span.end:
        return own
    words = tag_words(text, own.span.start, own.span.end)
    heads = tag_words(text, following.span.start, following.span.end)
    joined = CONJUNCTION.fullmatch(text, own.span.end, spot.after.end) is not None
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
            return replace(own, text=f"{_core(topic.thing, above.lists)}{own.text}")
    return own


def _core(topic: str, lists: SubjectWords) -> str:
    """The topic without a relational head of its own: 河道 of 河道总长度."""
    for head in sorted(lists.relational, key=lambda word: (-len(word), word)):
        if topic.endswith(head) and len(topic) > len(head) + 1:
            return topic[: -len(head)]
    return topic
