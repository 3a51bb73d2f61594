"""What a figure counts: the noun phrase behind or before it, else what the text before it was about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from indexer.figures.above import RELATIVE, Above, Topics, is_mark, subject_at
from indexer.figures.activities import of_activity
from indexer.figures.alignment import CONJUNCTION, Subject, align_lists
from indexer.figures.bounds import AGE, bounded
from indexer.figures.notes import noted_part, share_of
from indexer.figures.phrases import (
    phrase_before,
    phrase_behind,
    says_nothing_alone,
)
from indexer.figures.quantities import FRACTION, RANK
from indexer.figures.shared_heads import added_up, other_half, spread_heads
from indexer.figures.spots import Spot
from indexer.figures.subject_words import SubjectWords
from indexer.figures.topics import of_thing, wants_thing, with_topic
from indexer.figures.units import COUNT
from indexer.figures.verbs import ends_with_transitive, verb_before
from indexer.figures.words import tag_words
from indexer.types import Measure, Span

_YEAR: Final = (
    r"(?:[\d〇○零一二三四五六七八九 ]{2,7}年|上年|去年|上一年|前年|年初|上月|五年前|前[一二三四五]年|"
    r"解放前|“[^”]{1,3}五”|同期|上届|计划)"
)
_COMPARISON: Final = re.compile(
    rf"(?:比|较|与|同|由|从){_YEAR}(?:[^,。;、]{{0,6}}(?:期间|时期|同期|末|底|年初|相比|比较|水平|的))?[^,。;、]{{0,8}}$"
    r"|在[^,。;]{1,16}(?:基础|水平|基数)上[^,。;]{0,8}$"
    r"|(?:扣除|考虑|剔除)[^,。;]{0,10}因素[^,。;]*$"
    r"|(?:同比|环比)[^,。;、]{0,6}$|按可比[^,。;、]{0,10}$"
    r"|(?:超|超过|低于|高于)(?:年度|全年)?(?:计划|目标|预期|任务)[^,。;、]{0,4}$"
    r"|(?<![同可占对环价相])(?:比|较(?![大高多低好强快小长少早]))(?![重例率值较为])[^,。;、]{2,14}$"
)
_FROM: Final = re.compile(r"(?<=[^,。;:、])(?:由|从)[^,。;、]{0,14}$")
_TO: Final = re.compile(r",?(?:增|提|降|减|压|缩|上|下|扩|升|发展|到|至|变|调|跃|拓|改)")
_RANKED: Final = re.compile(
    r"(?:均|分别|都|双双)?(?:连续[^,。;]{1,4}年)?(?:稳居|位居|位列|名列|跃居|跃升|上升|提升|升至|升到|排名|排在|保持|居(?![民家住委])|排(?=全)|列(?![车入])|从|由)[^,。;]*$"
)
_NAMING: Final = ("n", "vn", "j", "l", "eng", "m", "b")
_OFFICES: Final = (
    *"局委办厅部处室院站队会司厂市县区乡镇村省州旗国们",
    "工作",
    "方面",
    "部门",
    "单位",
    "组织",
    "机关",
    "政府",
)
LONGEST_DOER: Final = 8  # characters of what stands before the verb: 国省道|完成
_AMONG: Final = re.compile(  # 里程全国第三
    r"(?:位?居)?(?:全[国省市区县州球]|世界|亚洲|我[国省市区县]|[东中西]部|[西东][北南]|华[东南北中])(?:地区)?$"
)
# 完工13个,2个因迁改仍在施工: what is still to be done is not what was done.
_STILL: Final = re.compile(r"(?:因[^,。;]{1,10}?)?(?:还|仍|尚)?(?P<state>(?:未|没有|正?在)[一-龥]{2})")
_SPEED: Final = re.compile(r"(?:增速|增幅|增量|(?<=[、,;])人均)$")  # 总量居全省第6位、增速居第4位
_PARTIAL: Final = frozenset({"percent", "tenths", FRACTION})


def subjects_of(
    text: str, spots: Sequence[Spot], measures: Sequence[Measure], topics: Topics, lists: SubjectWords
) -> list[Subject | None]:
    """The subject of each quantity of one sentence; `topics` are what the text before it and its headings name."""
    found: list[Subject | None] = []
    for spot, measure in zip(spots, measures, strict=True):
        above = Above(text, spot, spots, found, topics, lists)
        noted = noted_part(text, spot, above)
        if noted is not None:
            found.append(noted)
        elif measure is Measure.SHARE and (share := share_of(text, spot, above)) is not None:
            found.append(share)
        else:
            own = (
                _glued(text, spot, above)
                or added_up(text, spot, above)
                or _arrived_at(text, spot, above)
                or _found(text, spot, measure, above)
            )
            found.append(other_half(text, spot, bounded(text, spot, own, above), above))
    _fill_gaps(text, spots, found, lists)
    aligned = spread_heads(text, spots, align_lists(text, spots, found, lists), lists)
    return [_of_place(aligned, index, lists) for index in range(len(aligned))]


def _of_place(subjects: Sequence[Subject | None], index: int, lists: SubjectWords) -> Subject | None:
    """A bare head counted for one of several places, with the thing that was counted before (安装率)."""
    own = subjects[index]
    if own is None or own.place is None or not wants_thing(own.text, lists):
        return own
    earlier = (subject for subject in reversed(subjects[:index]) if subject is not None and subject.place is None)
    topic = next(earlier, None)
    return own if topic is None else replace(own, text=of_thing(topic.thing, own.text, lists))


def _arrived_at(text: str, spot: Spot, above: Above) -> Subject | None:
    """What the first of 由6处增至高峰时的19处 counts, for the second."""
    last = above.spots[len(above.found) - 1] if above.found else None
    if last is None or last.clause != spot.clause or last.quantity.base_unit != spot.quantity.base_unit:
        return None
    goes_on = _TO.match(text, last.quantity.outer_end, spot.quantity.outer_start)
    begins = _FROM.search(text, last.clause.start, last.quantity.outer_start)
    behind = phrase_behind(text, spot.after.start, spot.after.end, above.lists)
    return above.found[-1] if goes_on and begins and behind is None else None


def _glued(text: str, spot: Spot, above: Above) -> Subject | None:
    """What the quantity right before counts, where only it stands before this one: 低保对象2864户|4137人."""
    last = above.spots[len(above.found) - 1] if above.found else None
    if last is None or last.quantity.outer_end != spot.quantity.outer_start or last.quantity.dimension == AGE:
        return None
    if last.quantity.base_unit == spot.quantity.base_unit or spot.quantity.dimension in RELATIVE:
        return None
    named = phrase_behind(text, spot.after.start, spot.after.end, above.lists)
    return above.found[-1] if named is None else None


def _found(text: str, spot: Spot, measure: Measure, above: Above) -> Subject | None:
    claimed = above.found[-1].span if above.found and above.found[-1] is not None else None
    own = _own(text, spot, measure, above.lists, claimed)
    if own is not None:
        behind = own.span.start >= spot.quantity.end
        activity = (own.text in above.lists.nominal and not behind) or says_nothing_alone(text, own.span, above.lists)
        return of_activity(text, spot, own.span, above) if activity else with_topic(own, above)
    if spot.quantity.dimension not in RELATIVE and not spot.continues:
        verb = verb_before(text, spot.before.start, spot.before.end, above.lists)
        if verb is not None:
            return of_activity(text, spot, verb, above)
    if measure is Measure.CHANGE and spot.quantity.dimension not in RELATIVE and not above.goes_on_with_last:
        return above.of_same_unit() or above.topic
    topic = above.of_the_rate() or above.topic if spot.quantity.dimension not in RELATIVE else above.topic
    of_thing_itself = measure in {Measure.GROWTH, Measure.RANK} or spot.quantity.dimension not in RELATIVE
    if topic is not None and "占" in topic.text and topic.core and of_thing_itself:
        return Subject(topic.span, topic.core)  # 占支出的11%,比上年增长8%: the spending grew, not its share
    still = None if spot.quantity.dimension != COUNT else _STILL.match(text, spot.quantity.outer_end, spot.clause.end)
    if topic is not None and still is not None:
        return replace(topic, text=f"{topic.thing}{still['state']}")
    return topic


def _own(text: str, spot: Spot, measure: Measure, lists: SubjectWords, claimed: Span | None) -> Subject | None:
    """The subject in the quantity's own stretch of text: behind a counter, else before the number.

    `claimed` is what the quantity before counts; it is not counted twice where something stands behind
    (*个项目*万平方米工程).
    """
    speed = (
        _SPEED.search(text, spot.before.start, _subject_end(text, spot)) if spot.quantity.dimension == RANK else None
    )
    if speed is not None:
        grown = phrase_before(text, spot.before.start, speed.start(), lists)
        return subject_at(text, Span(speed.start() if grown is None else grown.start, speed.end()))
    behind = None
    counts = spot.quantity.dimension == COUNT
    partial = spot.quantity.dimension in _PARTIAL and measure is not Measure.GROWTH
    if partial and text.startswith("的", spot.after.start):
        found = phrase_behind(text, spot.after.start, spot.after.end, lists)
        return None if found is None else subject_at(text, found)
    if spot.quantity.dimension not in RELATIVE and measure is not Measure.CHANGE:
        behind = phrase_behind(text, spot.after.start, spot.after.end, lists)
    if behind is not None and is_mark(text[behind.start : behind.end]) and not counts:
        behind = None
    if behind is None and spot.quantity.noun:
        return subject_at(text, Span(spot.quantity.end - len(spot.quantity.base_unit), spot.quantity.end))
    if behind is not None and counts and text.startswith("的", spot.after.start):
        counts = False
    if behind is not None and (counts or ends_with_transitive(text, spot.before.start, spot.before.end, lists)):
        return subject_at(text, behind)
    before = phrase_before(text, spot.before.start, _subject_end(text, spot), lists)
    if before is not None and behind is not None and _gives_way(text, spot, before, lists):
        before = None
    if before is not None and text[before.start : before.end] in lists.scopes:
        before = None
    if before is not None and behind is not None and _lists_examples(text, spot):
        before = None
    if before is None and spot.quantity.dimension in _PARTIAL and measure in {Measure.LEVEL, Measure.SHARE}:
        behind = phrase_behind(text, spot.after.start, spot.after.end, lists)
    if before is not None and behind is not None and claimed is not None and before.start < claimed.end:
        before = None
    chosen = before if before is not None else behind
    return None if chosen is None else _with_doer(text, spot, subject_at(text, chosen), lists)


def _with_doer(text: str, spot: Spot, own: Subject, lists: SubjectWords) -> Subject:
    """国省道大中修 for 国省道完成大中修142公里: with what its clause begins with, but for offices and places."""
    if own.span.start <= spot.before.start or spot.before.start != spot.clause.start or own.text in lists.relational:
        return own
    words = tag_words(text, spot.before.start, own.span.start)
    while words and words[-1].text in lists.edges and words[-1].tag != "p":
        words.pop()
    if len(words) < 2 or words[-1].text not in lists.stop or len(words[-1].text) < 2:
        return own
    doer = phrase_before(text, spot.before.start, words[-1].start, lists)
    if doer is None or doer.start > spot.before.start or doer.end != words[-1].start:
        return own
    if not all(word.tag.startswith(_NAMING) for word in words[:-1]):
        return own
    named = text[doer.start : doer.end]
    tells = len(named) <= LONGEST_DOER and named not in lists.scopes and not named.endswith(_OFFICES)
    return replace(own, text=f"{named}{own.text}") if tells else own


def _gives_way(text: str, spot: Spot, before: Span, lists: SubjectWords) -> bool:
    """Whether what stands behind the number is counted although words stand before it.

    发展4万亩林下经济 (only a verb before), 水电站和690万千瓦火电项目 (joined by 和), 全区5000平方米以内的工程 (an
    attribute).
    """
    words = text[before.start : before.end]
    joined = text[spot.before.start : spot.before.end].rstrip().endswith(("和", "及", "与", "、"))
    attribute = text.startswith("的", spot.after.start) and words not in lists.relational
    attribute = attribute or (text[before.end : spot.before.end] == "的" and words not in lists.relational)
    return joined or attribute or says_nothing_alone(text, before, lists)


def _subject_end(text: str, spot: Spot) -> int:
    """Where the words about the subject end before a number: ahead of 比上年增长, 在…基础上, 居全国."""
    pattern = _RANKED if spot.quantity.dimension == RANK else _COMPARISON
    found = pattern.search(text, spot.before.start, spot.before.end)
    if found is None and spot.quantity.dimension == RANK:
        found = _AMONG.search(text, spot.before.start, spot.before.end)
    if found is None and _TO.match(text, spot.quantity.outer_end):
        found = _FROM.search(text, spot.before.start, spot.before.end)
    return spot.before.end if found is None else found.start()


def _lists_examples(text: str, spot: Spot) -> bool:
    """Whether examples stand before the number (房建、市政、地铁等六大类): they are not what is counted."""
    return text[spot.before.start : spot.before.end].rstrip("共 ").endswith("等")


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
