"""What stands over a sentence: the label or run-in heading of its paragraph or item, else the heading of its section."""

from __future__ import annotations

import re
from typing import Final

from indexer.figures.alignment import Subject
from indexer.figures.phrases import leading_phrase
from indexer.figures.subject_words import SubjectWords
from indexer.figures.words import Word, tag_words
from indexer.fold import fold
from indexer.types import Section, Span

_NAMING: Final = ("n", "j", "l", "vn", "b", "a", "f")
_ITEM: Final = r"(?:[一二三四五六七八九十]+[是要]|——|[(]?[一二三四五六七八九十\d]{1,3}[)、.])"
_RUN_IN: Final = re.compile(rf"\s*(?:[(][^()]{{2,16}}[)])?\s*{_ITEM}?\s*([^,。;:\n]{{2,24}})[。:\n]")
_BRACKETED: Final = re.compile(r"\s*【([^】\n]{2,16})】")
_ITEM_HEADING: Final = re.compile(r"[。;]\s*[一二三四五六七八九十]+[是要]([^,。;:\n]{2,24})[。:]")
# A short sentence without a number that names what the next ones are about: 高标准农田建设提速。强龙头,产业融合深化。
_LABEL: Final = re.compile(r"(?<=[。:])(?:[^,。;:\n\d]{1,4},)?([^,。;:\n\d]{4,14})。")
_COUNTS: Final = re.compile(
    r"\d(?:万|亿)?(?:[个座家户件项人名处台辆亩吨元套栋条所次起%]|公里|平方米)"
)  # no heading, a sentence
_OPENING: Final = re.compile(r"\s*([^,。;:\n\d]{2,14}):")  # 禁毒:破获案件29起,抓获48人
_GENERIC: Final = re.compile(
    r"工作(?:情况|回顾|总结|成效)?$|情况|回顾|总结|(?:成效|问题|困难|任务|目标|举措|措施|打算|方面|安排|思路|计划|概况|短板|不足|亮点|数据|重点|底线)$|^[上下]半年"
)
_MARKER: Final = re.compile(rf"\s*(?:第[一二三四五六七八九十]+[、,]?|{_ITEM})?[\s●★■◆▲·※▶☆◎○□☑]*")
_MANAGED: Final = frozenset("抓保促强优惠管守稳护聚建")  # 抓项目, 保民生: the verbs of slogans
# Where what a heading says of its thing begins: 加装电梯|有序推进, 信访维稳|扎实有效.
_SAID: Final = re.compile(
    r"(?:有(?![色机线轨奖限害毒])|稳[步中定]|持续|全面|深入|扎实|不断|明显|显著|进一步|大[力幅]|加[快强力大]|成效|更[加为]|日益|逐步|总体|"
    r"基本(?!公|生活|医|养|农)|再[上创获]|得到|取得|实现|迈[出上向入]|落[实地到]|[推向]进|提[速质升档]|向[好优]|见[效行]|显[效著现]|优化|巩固|夯实|"
    r"守牢|筑牢|发力|突破|良好|平稳|到位|超额|进度|滞后|常[态管抓]|从[紧严]|分[批期步类级]|宽严|这[一头块]|齐[心抓]|准备|统筹|不[松放减])"
)
_HOW: Final = re.compile(
    r"(?:持续|全面|大力|着力|加紧|合理|全力|扎实|深入|加力|狠抓|紧抓|织牢|努力|切实|进一步|不断|坚持|坚决|精准|聚力|聚焦|突出|有效|高效|稳步|"
    r"积极|主动|统筹|加快|加强|强化|深化|推进|推动|做[好优强实]|抓[好实牢]|打[好赢]|守牢|筑牢|夯实)+"
)
_NO_THING: Final = re.compile(r"^[和的及与、所为以让各将把]|^其中|[!?的所为]|以.*为|满意")
_THINGS: Final = ("n", "j", "l", "vn", "an")
LONGEST: Final = 14  # characters of a thing in a heading
SHORTEST: Final = 2


def run_in_heading(text: str, sentence: Span, lists: SubjectWords) -> Subject | None:
    """What stands over a sentence: the run-in heading of its paragraph or of its item (一是狠抓城建项目竞赛。), if any.

    A heading that tells nothing (主要工作：) is none; of one that is a clause (经营主体稳步扩容。) the thing is given.
    """
    found = _run_in(text, sentence, lists)
    return None if found is None else found[0]


def thing_over(text: str, sentence: Span, section: Section, lists: SubjectWords) -> Subject | None:
    """The thing that a bare activity is of where only headings name it (消防审验 of 受理412件); None where none does.

    The nearest heading that names a thing decides: a run-in one of the paragraph, else the section's (（八）消防审验).
    """
    own = _OPENING.match(text, sentence.start, sentence.end)
    opened = None if own is None else _named(text, *own.span(1), lists)
    if opened is not None:
        return opened
    run_in = _run_in(text, sentence, lists)
    named = None if run_in is None else _named(text, *run_in[1], lists)
    if named is not None:
        return named
    heading = fold(section.path[-1]) if section.path else ""
    begin = text.find(heading, section.start, sentence.start) if heading else -1
    return None if begin < 0 else _named(text, begin, begin + len(heading), lists)


def _run_in(text: str, sentence: Span, lists: SubjectWords) -> tuple[Subject, tuple[int, int]] | None:
    """The thing of the nearest run-in heading of the paragraph, and where all of the heading stands."""
    line = text.rfind("\n", 0, sentence.start) + 1
    labels = [(_label(text, match, lists), match.span(1)) for match in _LABEL.finditer(text, line, sentence.start)]
    items = [
        (_thing(text, match, lists), match.span(1)) for match in _ITEM_HEADING.finditer(text, line, sentence.start)
    ]
    found = [(subject, span) for subject, span in (*labels, *items) if subject is not None]
    if found:
        return max(found, key=lambda pair: pair[0].span)
    opening = _BRACKETED.match(text, line) or _RUN_IN.match(text, line, sentence.start)
    if opening is None or _GENERIC.search(opening[1]) or _COUNTS.search(opening[1]):
        return None
    return _thing(text, opening, lists), opening.span(1)


def _named(text: str, start: int, end: int, lists: SubjectWords) -> Subject | None:
    """The thing that a heading names, without its marker, the verb before it and what is said of it behind."""
    marker = _MARKER.match(text, start, end)
    begin = start if marker is None else marker.end()
    for clause in re.finditer(r"[^,。;:]+", text[begin:end]):
        if not any(char.isdigit() for char in clause[0]) and not _GENERIC.search(clause[0]):
            return _thing_of_clause(text, begin + clause.start(), begin + clause.end(), lists)
    return None


def _thing_of_clause(text: str, start: int, end: int, lists: SubjectWords) -> Subject | None:
    how = _HOW.match(text, start, end)
    start = start if how is None or how.end() + SHORTEST > end else how.end()
    said = _SAID.search(text, start + SHORTEST, end)
    words = tag_words(text, start, end if said is None else said.start())
    first = next((i for i, word in enumerate(words) if not _leads(word, i + 1 == len(words), lists)), len(words))
    named = words[first:]
    while named and named[-1].tag[0] in "dupx":
        named.pop()
    if not named or not SHORTEST <= named[-1].end - named[0].start <= LONGEST:
        return None
    if len(words) > len(named) and not any(word.tag.startswith(_THINGS) for word in named):
        return None  # 加力|推进: no thing
    span = Span(named[0].start, named[-1].end)
    thing = text[span.start : span.end]
    return None if _NO_THING.search(thing) else Subject(span, thing)


def _leads(word: Word, last: bool, lists: SubjectWords) -> bool:
    """Whether a word only leads to the thing of a heading: 狠抓, 全力, 推进, 打好."""
    if word.tag[0] in "dpx" or word.tag in {"ad", "zg"}:
        return True
    managed = word.text in _MANAGED or (word.tag == "v" and (word.text in lists.stop - lists.nominal))
    return managed and not last


def _thing(text: str, heading: re.Match[str], lists: SubjectWords) -> Subject:
    """The thing that a heading begins with, else all of its words."""
    said = _SAID.search(text, heading.start(1) + SHORTEST, heading.end(1))
    thing = leading_phrase(text, heading.start(1), heading.end(1) if said is None else said.start(), lists)
    span = thing if thing is not None and thing.end - thing.start > 1 else Span(*heading.span(1))
    return Subject(span, text[span.start : span.end])


def _label(text: str, label: re.Match[str], lists: SubjectWords) -> Subject | None:
    """The noun phrase that a label begins with; None where it begins with a verb or tells nothing."""
    if _GENERIC.search(label[1]):
        return None
    said = _SAID.search(text, label.start(1) + SHORTEST, label.end(1))
    words = tag_words(text, label.start(1), label.end(1) if said is None else said.start())
    if not words[0].tag.startswith(_NAMING):
        return _done_to(text, words, lists) if said is not None else None
    named = [word.tag.startswith(_NAMING) or word.text in lists.nominal for word in words]
    stop = next((i for i, names in enumerate(named) if i and not names), len(words))
    span = Span(words[0].start, words[stop - 1].end)
    return Subject(span, text[span.start : span.end]) if span.end - span.start > 1 else None


def _done_to(text: str, words: list[Word], lists: SubjectWords) -> Subject | None:
    """加装电梯 of 加装电梯|有序推进: a verb with its object, of which something is said behind."""
    if words[0].tag[0] != "v" or words[0].text in lists.stop or len(words[0].text) < SHORTEST:
        return None
    named = len(words) > 1 and all(word.tag.startswith(_NAMING) for word in words[1:])
    span = Span(words[0].start, words[-1].end)
    return Subject(span, text[span.start : span.end]) if named else None
