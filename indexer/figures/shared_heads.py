"""One head over a list of numbers: the rates of two things that were counted before (高血压患者…、糖尿病患者…)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from indexer.figures.above import Above
from indexer.figures.alignment import Subject
from indexer.figures.spots import Spot
from indexer.figures.subject_words import SubjectWords
from indexer.figures.topics import of_thing

_MEASURES: Final = frozenset("率数额量费值金资准")  # last characters of a head that belongs to things
_ADDED_UP: Final = re.compile(r"[,、](?:合计|共计|总计|总共)(?:为|达|约)?$")
SHARED: Final = 2  # characters that a thing and a head share where they tell of the same activity


def spread_heads(
    text: str, spots: Sequence[Spot], subjects: Sequence[Subject | None], lists: SubjectWords
) -> list[Subject | None]:
    """The subjects with 规范管理率分别为71.2%和69.8% given to the two things that were counted right before."""
    result = list(subjects)
    index = 0
    while index < len(spots):
        last = index + 1
        while last < len(spots) and spots[last].continues:
            last += 1
        result[index:last] = _spread(text, spots, result, lists, index=index, last=last)
        index = last
    return result


def _spread(
    text: str,
    spots: Sequence[Spot],
    subjects: Sequence[Subject | None],
    lists: SubjectWords,
    *,
    index: int,
    last: int,
) -> Sequence[Subject | None]:
    count, own = last - index, subjects[index]
    first = index - count
    same = subjects[index:last]
    if count < 2 or first < 0 or own is None or len({subject.text for subject in same if subject}) != 1:
        return same
    things = [
        subject for subject in subjects[first:index] if subject is not None and subject.span.end <= own.span.start
    ]
    units = {spot.quantity.base_unit for spot in spots[first:index]}
    head = text[own.span.start : own.span.end]
    measured = own.span.start >= spots[index - 1].quantity.end and head[-1:] in _MEASURES
    if not measured or len({thing.text for thing in things}) != count or len(units) != 1:
        return same
    return [replace(own, text=_of(thing.thing, head, lists)) for thing in things]


def _of(thing: str, head: str, lists: SubjectWords) -> str:
    """糖尿病规范管理人数 of 糖尿病规范管理率 and 管理人数: what both share is written once."""
    at = thing.rfind(head[:SHARED])
    return f"{thing[:at]}{head}" if at > 0 else of_thing(thing, head, lists)


def added_up(text: str, spot: Spot, above: Above) -> Subject | None:
    """What the two figures before share, for the number that adds them up: 罚款个人312起、罚款单位97起,合计22万元."""
    before = [subject for subject in above.found[-2:] if subject is not None]
    if len(before) < 2 or not _ADDED_UP.search(text, spot.before.start - 1, spot.before.end):
        return None
    one, other = (subject.text for subject in before)
    opening, closing = _opening_of_both(one, other), _opening_of_both(one[::-1], other[::-1])[::-1]
    shared = max(closing, opening, key=len)
    return Subject(before[-1].span, shared) if len(shared) >= SHARED and one != other else None


def _opening_of_both(one: str, other: str) -> str:
    differs = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return one[:differs]


def other_half(text: str, spot: Spot, own: Subject | None, above: Above) -> Subject | None:
    """罚款单位 for the bare 单位 of 罚款个人312起、单位97起, 农村低保对象 for 农村 behind 城镇低保对象."""
    previous = above.found[-1] if above.found else None
    if own is None or previous is None:
        return own
    bare = text[spot.before.start : spot.before.end].strip(" ,、和其中")
    for pair in above.lists.halves:
        one, _, other = pair.partition("/")
        if other in {own.text, bare} and previous.text != one:
            if previous.text.endswith(one):
                return replace(own, text=previous.text[: -len(one)] + other)
            if previous.text.startswith(one):
                return replace(own, text=other + previous.text[len(one) :])
    return own
