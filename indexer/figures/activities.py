"""Figures of an activity alone (受理73部, 出动245人次): with what undergoes it, here, before, or in the heading."""

from __future__ import annotations

from typing import Final

from indexer.figures.above import RELATIVE, Above
from indexer.figures.alignment import Subject
from indexer.figures.phrases import phrase_before, says_nothing_alone
from indexer.figures.spots import Spot
from indexer.figures.subject_words import SubjectWords
from indexer.figures.topics import with_topic
from indexer.figures.units import COUNT
from indexer.figures.words import tag_words
from indexer.types import Span

_ADVERBS: Final = frozenset("新再已又均各只仅约")
LONGEST_BARE: Final = 3  # characters of an activity; a longer word tells of what it is itself: 助企纾困


def of_activity(text: str, spot: Spot, activity: Span, above: Above) -> Subject:
    """规划宅基户签约 for 规划宅基户完成签约5位: an activity with what undergoes it.

    That is named beside it, else it is what the figure before counts, else what the heading names (加装电梯受理).
    """
    word = text[activity.start : activity.end]
    target = _target(text, spot.before.start, max(spot.before.start, activity.start), above.lists)
    if target is not None and text[target.start : target.end] in above.lists.scopes | above.lists.relational:
        target = None  # 全县|累计建成, 5万亩建设任务|已开工
    if target is not None and target.end <= activity.start:
        thing = text[target.start : target.end]
        return Subject(activity, f"{thing}{word}", thing)
    if word in above.lists.relational:
        return with_topic(Subject(activity, word), above)
    undergoes = _undergone(text, spot, activity, above)
    if undergoes is not None:
        return Subject(activity, _joined(undergoes, word), undergoes)
    counted = spot.quantity.dimension == COUNT and len(spot.quantity.base_unit) > 1
    return Subject(activity, f"{word}{spot.quantity.base_unit}" if counted else word)


def _undergone(text: str, spot: Spot, activity: Span, above: Above) -> str | None:
    """What an activity is done to where its own words do not say: the thing before, else that of the heading."""
    word, lists = text[activity.start : activity.end], above.lists
    previous = None if word in lists.standing else above.same_thing(word)
    if previous is not None and not is_bare(text, previous, lists):
        return previous.thing
    said = _said_before(text, spot, word, lists)
    if said is not None or word in lists.standing | lists.governing:
        return said
    if word in lists.relating and above.topic is not None:
        return above.topic.thing  # 建立“两项补贴”制度,惠及2100多万人
    last = _last_of_list(text, spot, above)
    if last is not None and last.core:
        return last.core  # 案件办结88起,追回1360万元
    if last is not None and spot.quantity.dimension != COUNT and not is_bare(text, last, lists):
        return last.text  # 国省道大中修118公里,投入1.92亿元
    tells = len(word) > LONGEST_BARE and len(tag_words(word, 0, len(word))) == 1
    if tells:
        return None
    goes_on = above.of_last(anything=above.over is None)
    if goes_on is not None:
        return goes_on.thing
    if above.over is not None:
        return above.over.text
    earlier = above.of_like_items
    return None if earlier is None or is_bare(text, earlier, lists) else earlier.thing


def _last_of_list(text: str, spot: Spot, above: Above) -> Subject | None:
    """What the quantity right before counts, where no ； parts the two and it is no percentage."""
    if not above.found:
        return None
    own, before = above.found[-1], above.spots[len(above.found) - 1].quantity
    goes_on = before.dimension not in RELATIVE and ";" not in text[before.end : spot.quantity.start]
    return own if goes_on and own is not None and own.text not in above.lists.relational else None


def _said_before(text: str, spot: Spot, word: str, lists: SubjectWords) -> str | None:
    """检验结果 for the 互认 of 检验结果互认项目增至120项,互认14.3万项次: the sentence has named the activity before."""
    at = text.rfind(word, spot.sentence.start, spot.clause.start)
    if at < 0:
        return None
    named = phrase_before(text, spot.sentence.start, at + len(word), lists)
    if named is None or named.start >= at or named.end != at + len(word):
        return None
    last = tag_words(text, named.start, named.end)[-1].text  # the 出口 of 进出口 is another thing
    return text[named.start : at] if last == word or word not in lists.standing else None


def is_bare(text: str, subject: Subject, lists: SubjectWords) -> bool:
    """Whether a subject is only an activity that nothing is known to undergo: 受理."""
    alone = text[subject.span.start : subject.span.end]
    return not subject.core and subject.text.startswith(alone) and says_nothing_alone(text, subject.span, lists)


def _joined(thing: str, word: str) -> str:
    """加装电梯受理 of 加装电梯 and 受理; 投诉受理 of 投诉受理 and 受理: what both say is written once."""
    return thing if thing.endswith(word) else f"{thing}{word}"


def _target(text: str, start: int, end: int, lists: SubjectWords) -> Span | None:
    """The noun phrase that ends before `end`, past the verbs between: 共享单车 of 共享单车清理|违停.

    Past a place, too: 共享单车 of 共享单车在市区|投放.
    """
    words = tag_words(text, start, end)
    while words and words[-1].text in _ADVERBS:
        end = words.pop().start  # 普通中学(包括高中)新|招生
    target = phrase_before(text, start, end, lists)
    if target is None:
        words = tag_words(text, start, end)
        while words and (words[-1].tag.startswith("v") or words[-1].text in lists.stop):
            end = words.pop().start
        target = phrase_before(text, start, end, lists) if words else None
    if target is not None and text[target.start : target.end] in lists.scopes:
        at = text.rfind("在", start, target.start)
        return phrase_before(text, start, at, lists) if at > start else None
    return target
