"""What a sentence goes on about: the thing that a bare head belongs to (总产 of 粮食播种面积), and run-in headings."""

from __future__ import annotations

import re
from typing import Final

from indexer.figures.alignment import Subject
from indexer.figures.phrases import OF_ACTIVITY, leading_phrase
from indexer.figures.subject_words import SubjectWords
from indexer.figures.words import tag_words
from indexer.types import Span

SHORTEST_STEM: Final = 2  # characters of the activity that a rate is of: 治理 of 治理率
SHORTEST_THING: Final = 3  # characters of an object behind a verb; fewer are the head of a name: 治理村, 流转面积
LONGEST_RATE: Final = 4  # characters of a rate, or of another measure of an activity, that may want its thing: 安装率
_NAMING: Final = ("n", "j", "l", "vn", "b", "a", "f")
_ITEM: Final = r"(?:[一二三四五六七八九十]+是|——|[(]?[一二三四五六七八九十\d]{1,3}[)、.])"
_RUN_IN: Final = re.compile(rf"\s*(?:[(][^()]{{2,16}}[)])?\s*{_ITEM}?\s*([^,。;:\n]{{2,24}})[。:\n]")
_BRACKETED: Final = re.compile(r"\s*【([^】\n]{2,16})】")
_ITEM_HEADING: Final = re.compile(r"[。;]\s*[一二三四五六七八九十]+是([^,。;:\n]{2,24})[。:]")
# A short sentence without a number that names what the next ones are about: 高标准农田建设提速。强龙头,产业融合深化。
_LABEL: Final = re.compile(r"(?<=[。:])(?:[^,。;:\n\d]{1,4},)?([^,。;:\n\d]{4,14})。")
_SPEEDS: Final = frozenset({"增速", "增幅", "涨幅", "降幅", "增量", "减幅"})  # of 居民收入, 居民收入增速
_WHEN: Final = re.compile(r"^(?:夜间|周末|平均|综合|整体|总体|全程)(?=.{3})")
_GENERIC: Final = re.compile(
    r"工作(?:情况|回顾|总结|成效)?$|情况|回顾|总结|(?:成效|问题|困难|任务|目标|举措|措施|打算|方面|安排|思路|计划|概况|短板|不足|亮点|数据)$|^[上下]半年"
)


def run_in_heading(text: str, sentence: Span, lists: SubjectWords) -> Subject | None:
    """What stands over a sentence: the run-in heading of its paragraph or of its item (一是狠抓城建项目竞赛。), if any.

    A heading that tells nothing (主要工作：) is none; of one that is a clause (经营主体稳步扩容。) the thing is given.
    """
    line = text.rfind("\n", 0, sentence.start) + 1
    labels = [_label(text, match, lists) for match in _LABEL.finditer(text, line, sentence.start)]
    items = [_thing(text, match, lists) for match in _ITEM_HEADING.finditer(text, line, sentence.start)]
    found = [subject for subject in (*labels, *items) if subject is not None]
    if found:
        return max(found, key=lambda subject: subject.span)
    opening = _BRACKETED.match(text, line) or _RUN_IN.match(text, line, sentence.start)
    return None if opening is None or _GENERIC.search(opening[1]) else _thing(text, opening, lists)


def _thing(text: str, heading: re.Match[str], lists: SubjectWords) -> Subject:
    """The thing that a heading begins with, else all of its words."""
    thing = leading_phrase(text, heading.start(1), heading.end(1), lists)
    span = thing if thing is not None and thing.end - thing.start > 1 else Span(*heading.span(1))
    return Subject(span, text[span.start : span.end])


def _label(text: str, label: re.Match[str], lists: SubjectWords) -> Subject | None:
    """The noun phrase that a label begins with; None where it begins with a verb or tells nothing."""
    if _GENERIC.search(label[1]):
        return None
    words = tag_words(text, label.start(1), label.end(1))
    if not words[0].tag.startswith(_NAMING):
        return None
    named = [word.tag.startswith(_NAMING) or word.text in lists.nominal for word in words]
    stop = next((i for i, names in enumerate(named) if i and not names), len(words))
    span = Span(words[0].start, words[stop - 1].end)
    return Subject(span, text[span.start : span.end]) if span.end - span.start > 1 else None


def wants_thing(words: str, lists: SubjectWords) -> bool:
    """Whether the words alone say nothing: 总长度, 完成率, 安装率; a rate that stands by itself (失业率) does."""
    if words in lists.relational:
        return True
    if words.endswith(OF_ACTIVITY) and len(words) == LONGEST_RATE:
        first = tag_words(words, 0, SHORTEST_STEM)
        return len(first) == 1 and first[0].tag in {"v", "d"} and first[0].text not in lists.nominal
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
