"""What a sentence goes on about: the thing that a bare head belongs to (总产 of 粮食播种面积)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from indexer.figures.above import Above
from indexer.figures.alignment import Subject
from indexer.figures.subject_words import SubjectWords
from indexer.figures.verb_of_name import OF_ACTIVITY
from indexer.figures.words import tag_words

SHORTEST_STEM: Final = 2  # characters of the activity that a rate is of: 治理 of 治理率
SHORTEST_THING: Final = 3  # characters of an object behind a verb; fewer are the head of a name: 治理村, 流转面积
_MONEY: Final = ("投资", "资金", "投资额", "罚款", "罚没", "罚没款")
_PROPORTION: Final = "比例"
LONGEST_RATE: Final = 4  # characters of a rate, or of another measure of an activity, that may want its thing: 安装率
_SPEEDS: Final = frozenset({"增速", "增幅", "涨幅", "降幅", "增量", "减幅"})  # of 居民收入, 居民收入增速
_WHEN: Final = re.compile(r"^(?:夜间|周末|平均|综合|整体|总体|全程)(?=.{3})")


def wants_thing(words: str, lists: SubjectWords) -> bool:
    """Whether the words alone say nothing: 总长度, 完成率, 安装率; a rate that stands by itself (失业率) does."""
    if words in lists.relational:
        return True
    if words.endswith(OF_ACTIVITY) and len(words) == LONGEST_RATE:
        first = tag_words(words, 0, SHORTEST_STEM)
        return len(first) == 1 and first[0].tag in {"v", "d"} and first[0].text not in lists.nominal
    if words.endswith(_PROPORTION) and len(words) <= LONGEST_RATE:
        return True  # 优良比例
    words = _WHEN.sub("", words)
    rate = words.endswith("率") and SHORTEST_STEM < len(words) <= LONGEST_RATE
    return rate and words not in lists.standing


def of_thing(thing: str, head: str, lists: SubjectWords) -> str:
    """The head with the thing it belongs to: 粮食总产 of 粮食播种面积, 生活污水治理率 of 生活污水治理村.

    What a verb's object is (安装监控设备) stands behind it: 监控设备安装率.
    """
    if head in _SPEEDS:
        return f"{thing}{head}"
    stem = head[:-1] if head.endswith("率") else head
    at = thing.find(stem) if len(stem) >= SHORTEST_STEM else -1
    behind = thing[at + len(stem) :]
    if at >= 0:
        return f"{thing[:at] if len(behind) < SHORTEST_THING else behind}{head}"
    return f"{core_of(thing, lists)}{head}"


def core_of(thing: str, lists: SubjectWords) -> str:
    """The thing without a bare head of its own: 河道 of 河道总长度, 粮食 of 粮食播种面积."""
    for head in sorted(lists.relational, key=lambda word: (-len(word), word)):
        if thing.endswith(head) and len(thing) > len(head) + 1:
            return thing[: -len(head)]
    return thing


def with_topic(own: Subject, above: Above) -> Subject:
    """The subject with what it belongs to, where its words alone say nothing (完成率, 总长度)."""
    if not wants_thing(own.text, above.lists):
        return own
    nearest = above.topic_of_money if own.text.endswith(_MONEY) else above.topic
    for topic in (nearest, above.heading):
        if topic is not None and topic is not above.heading and topic.text.endswith(own.text):
            return replace(own, text=topic.text)  # 累计完成投资 of the project's 投资
        if topic is not None and topic.span != own.span and own.text not in topic.text:
            return replace(own, text=of_thing(topic.thing, own.text, above.lists))
    return own
