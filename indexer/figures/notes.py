"""Subjects of parts and shares: what a bracket or 其中 breaks down, and what is a part of what (占)."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from indexer.figures.above import RELATIVE, Above, subject_at
from indexer.figures.alignment import Subject
from indexer.figures.phrases import phrase_before, says_nothing_alone
from indexer.figures.quantities import Quantity
from indexer.figures.spots import Spot
from indexer.figures.subject_words import SubjectWords
from indexer.figures.topics import of_thing, wants_thing
from indexer.figures.words import tag_words
from indexer.types import Span

LONGEST_NOTE: Final = 8  # characters of a note within brackets that names a part
_APART: Final = frozenset(",;。")
_QUALIFYING: Final = ("b", "a")  # tags of a note that only qualifies: 公办, 民办
_TOWN: Final = frozenset({"城市", "城镇", "农村", "乡村", "城区", "市区"})


def noted_part(text: str, spot: Spot, above: Above) -> Subject | None:
    """办理中 of 备案32件(其中7件抽中,19件未抽中,办理中6件): with what was counted before the bracket or the 其中."""
    opening = _opening_of_parts(text, spot, above)
    if opening is None or (spot.quantity.dimension in RELATIVE and text[opening] != "("):
        return None
    whole = _whole_before(spot, above, opening)
    if whole is None:
        return None
    left = max(spot.before.start, opening + 1, *(text.rfind(mark, 0, spot.before.end) + 1 for mark in ",;、"))
    ends = (text.find(mark, spot.after.start, spot.after.end) for mark in ",;、()")
    right = min((end for end in ends if end >= 0), default=spot.after.end)
    for start, end in ((left, spot.before.end), (spot.after.start, right)):
        first = start + 1 if text.startswith("其中", start - 1) else start
        words = text[first:end].strip(" ,;。、()为是").removeprefix("其中").strip(" :,")
        if any(pair.partition("/")[2] == words and pair.partition("/")[0] in whole.text for pair in above.lists.halves):
            return None  # 结婚登记2416对,其中跨省通办371对,离婚1263对
        if 0 < len(words) <= LONGEST_NOTE:
            begin = text.index(words, first)
            note = Span(begin, begin + len(words))
            place = words if words in above.lists.scopes | _TOWN else None
            if place is not None and whole.place is None:  # 其中城镇1792户
                return Subject(note, f"{words}{whole.text}", whole.thing, place)
            in_bracket = text[opening] == "("
            if in_bracket or _is_bare(text, note, above.lists) or words.startswith("未"):
                return Subject(note, _of_whole(whole, words, above.lists), whole.thing)
    return None


def _whole_before(spot: Spot, above: Above, opening: int) -> Subject | None:
    """What is broken down: the nearest thing before the bracket or 其中 counted alike, else the nearest one."""
    before = [(subject, other) for subject, other in zip(above.found, above.spots, strict=False)
              if subject is not None and other.quantity.end <= opening]  # fmt: skip
    alike = [subject for subject, other in before if _may_hold(other.quantity, spot.quantity)]
    return alike[-1] if alike else before[-1][0] if before else None


def _may_hold(whole: Quantity, part: Quantity) -> bool:
    """Whether a quantity is of the unit of another and no smaller."""
    if whole.base_unit != part.base_unit or whole.low is None or part.low is None:
        return whole.base_unit == part.base_unit
    return whole.low * whole.scale >= part.low * part.scale


def _is_bare(text: str, note: Span, lists: SubjectWords) -> bool:
    """Whether a note names nothing by itself: 公办, 办理中."""
    words = tag_words(text, note.start, note.end)
    return says_nothing_alone(text, note, lists) or (len(words) == 1 and words[0].tag in _QUALIFYING)


def _of_whole(whole: Subject, note: str, lists: SubjectWords) -> str:
    """The note with what it is of: 消防备案抽中, 救灾中央资金 (of 救灾资金), but 出口 alone (of 进出口总额)."""
    drawn = (pair.partition("=")[::2] for pair in lists.pairs)
    if note in whole.text or any(joined in whole.text and note in names.split("/") for joined, names in drawn):
        return note
    if len(note) > 2 and whole.text.endswith(note[-2:]):
        return f"{whole.text[:-2]}{note}"
    return f"{whole.text}{note}"


def _opening_of_parts(text: str, spot: Spot, above: Above) -> int | None:
    """Where the bracket or the 其中 stands that the quantity is within; None where it is in none."""
    opening = text.rfind("(", spot.sentence.start, spot.quantity.start)
    if opening >= 0 and ")" not in text[opening : spot.quantity.start]:
        return opening if _follows_a_quantity(text, opening, above) else None
    marker = text.rfind("其中", spot.sentence.start, spot.quantity.start)
    return marker if marker >= 0 and ";" not in text[marker : spot.quantity.start] else None


def _follows_a_quantity(text: str, opening: int, above: Above) -> bool:
    """Whether nothing but its own noun stands between the quantity before a bracket and the bracket."""
    last = max((s.quantity.end for s in above.spots if s.quantity.end <= opening), default=None)
    return last is not None and _APART.isdisjoint(text[last:opening])


def share_of(text: str, spot: Spot, above: Above) -> Subject | None:
    """年度投资额占总投资额 for 占总投资额的60.76%; None where no 占 is said."""
    mark = text.rfind("占", spot.before.start, spot.before.end)
    if mark < 0:
        return None
    whole = None if text.startswith("占比", mark) else phrase_before(text, mark + 1, spot.before.end, above.lists)
    part = phrase_before(text, spot.before.start, mark, above.lists)
    if part is not None:
        found = subject_at(text, Span(part.start, whole.end if whole is not None else part.end))
        words = text[part.start : part.end]
        if wants_thing(words, above.lists) and above.topic is not None and words not in above.topic.text:
            words = of_thing(above.topic.thing, words, above.lists)  # 数字经济撑起半壁江山,规模占比超过49%
            return Subject(found.span, f"{words}{text[part.end : found.span.end]}", words)
        return replace(found, core=words)
    topic = above.topic
    if topic is None or whole is None:
        return topic
    thing = topic.thing
    return Subject(topic.span, f"{thing}占{text[whole.start : whole.end]}", thing)
