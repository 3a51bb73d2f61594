"""Headings: where they stand in a text, how they are marked, and which words are theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import zip_longest
from typing import Final

from indexer.fold import fold


class Style(IntEnum):
    """How a heading is marked; of numbered styles the smaller stands above the larger, whatever the numbers say."""

    APPENDIX = 0  # 附件, 名词解释: ends what is before it
    PART = 1  # 第一部分
    CHINESE = 2  # 一、
    CHINESE_IN_BRACKETS = 3  # （一）
    ARABIC = 4  # 1.
    ARABIC_IN_BRACKETS = 5  # （1）
    CIRCLED = 6  # ①
    PLAIN = 7  # a short line without a full stop
    ORDINAL = 8  # 第一，
    ITEM = 9  # 一是
    DASH = 10  # ——
    LABEL = 11  # 加强燃气行业管理。 at the head of its sentences
    ASIDE = 12  # 建筑业：

    @property
    def is_numbered(self) -> bool:
        """Whether the style has a fixed place among the numbered ones."""
        return Style.PART <= self <= Style.CIRCLED

    @property
    def is_weak(self) -> bool:
        """Whether the style only marks items within a section."""
        return self >= Style.ORDINAL


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: where its section begins, where its words end, and whether text follows on its line."""

    start: int
    end: int
    style: Style
    words: str  # as written, without the closing mark
    run_in: bool
    number: int = 0  # 0 where the mark has none
    inline: bool = False  # whether it stands within a line


@dataclass(frozen=True, slots=True)
class Marker:
    """A mark that may begin a heading."""

    start: int
    end: int
    style: Style
    number: int


_N: Final = "[一二三四五六七八九十]{1,3}"
_MARKS: Final = {
    Style.PART: rf"第\s*(?:{_N}|\d{{1,2}})\s*(?:部分|章|节|篇)",
    Style.CHINESE: rf"{_N}\s?[、.](?!\s?{_N}[、是])",
    Style.CHINESE_IN_BRACKETS: rf"\(\s?{_N}\s?\)[、.]?",
    Style.ARABIC: r"\d{1,2}\s?(?:[.、](?![\d*])|\.(?=\d{4}年))",
    Style.ARABIC_IN_BRACKETS: r"\(\s?\d{1,2}\s?\)|\d{1,2}\)",
    Style.CIRCLED: r"[①-⑳]",
    Style.ORDINAL: r"第[一二三四五六七八九十]{1,2}[,、:]",
    Style.ITEM: r"[一二三四五六七八九十]{1,2}(?:是|要(?!素|么|是))",
    Style.DASH: r"(?:——|--)[-—]*+(?!\d{4}年\d{1,2}月)(?=\S)",
}
MARKER: Final = re.compile("|".join(f"(?P<{style.name}>{mark})" for style, mark in _MARKS.items()))
_DIGITS: Final = {digit: value for value, digit in enumerate("一二三四五六七八九", start=1)}

STOP: Final = re.compile(r"[。!?;…]|:(?!\d)")
STOP_OR_COMMA: Final = re.compile(r"[。!?;,]|:(?!\d)")
LONGEST: Final = 60  # characters of a heading
LONGEST_PLAIN: Final = 40
APPENDIX: Final = re.compile(
    r"(?:附件|附录|附表|名词解释|名词注释|注释|附注|注)\s*[\d一二三四五六七八九十]{0,2}\s*:?(?:\s*[^\s。,]{0,20})$"
)
BRACKETED: Final = re.compile(r"【([^【】\[\]\n]{2,20})[】\]]:?")  # 【养老服务】 at the head of a paragraph
LONE_NUMERAL: Final = re.compile(rf"{_N}$")
NOT_PLAIN: Final = re.compile(
    r"[。!?;:,、]$|[。|]|如下|以下|^各位|^来源|^\(|^[-—\d.%\s]+$|^主办单位|\d{1,2}月\d{1,2}日|会议上$|^图|^表|^目\s*录$"
)


def find_headings(text: str) -> list[Heading]:
    """The headings of the text in order: marked lines, plain short lines, run-in items within a paragraph."""
    folded = fold(text)
    headings: list[Heading] = []
    lines = [*_lines(folded)]
    opened = False  # whether the report proper has begun; what stands before are titles
    for (start, end), following in zip_longest(lines, lines[1:]):
        line = folded[start:end]
        found = _line_headings(text, folded, start, end)
        if not found and opened and following and _is_plain(line, folded[slice(*following)]):
            found = [Heading(start, end, Style.PLAIN, text[start:end], run_in=False)]
        headings.extend(found)
        opened = opened or bool(found) or STOP.search(line[-1:]) is not None
    return headings


def _lines(folded: str) -> Iterator[tuple[int, int]]:
    """The lines that are not blank, without the blanks around them."""
    for match in re.finditer(r"\S(?:[^\n]*\S)?", folded):
        yield match.span()


def _is_plain(line: str, following: str) -> bool:
    """Whether a line without a mark is a heading: short, without a stop, and followed by text or by a marked line."""
    if not 3 <= len(line) <= LONGEST_PLAIN or NOT_PLAIN.search(line):
        return False
    return len(following) > LONGEST_PLAIN or STOP.search(following) is not None or MARKER.match(following) is not None


def _line_headings(text: str, folded: str, start: int, end: int) -> list[Heading]:
    line = folded[start:end]
    if APPENDIX.match(line):
        return [Heading(start, end, Style.APPENDIX, text[start:end].rstrip("：: "), run_in=False)]
    if LONE_NUMERAL.match(line):
        return [Heading(start, end, Style.CHINESE, text[start:end], run_in=False)]
    if "|" in line:
        return []
    bracketed = BRACKETED.match(line)
    if bracketed is not None:
        stop, words = start + bracketed.end(), text[start + bracketed.start(1) : start + bracketed.end(1)]
        return [Heading(start, stop, Style.PLAIN, words, bool(folded[stop:end].strip()))]
    markers = _markers(folded, start, end)
    if not markers:
        return []
    ends = [*(marker.start for marker in markers[1:]), end]
    headings = [_heading(text, folded, marker, limit) for marker, limit in zip(markers, ends, strict=True)]
    return [replace(heading, inline=heading.start > start) for heading in headings]


def _heading(text: str, folded: str, marker: Marker, limit: int) -> Heading:
    """The heading at the marker; its words end with the first stop, or comma where that is too far, or at `limit`."""
    stop = STOP.search(folded, marker.end + 1, limit)
    is_item = marker.style in (Style.ITEM, Style.ORDINAL)
    if (is_item and stop is not None) or (stop.start() if stop else limit) - marker.start > LONGEST:
        stop = STOP_OR_COMMA.search(folded, marker.end + 1, limit) or stop
    words_end = stop.start() if stop else limit
    after = stop.end() if stop else limit
    words = text[marker.start : words_end].strip()
    return Heading(marker.start, after, marker.style, words, bool(folded[after:limit].strip()), marker.number)


def _markers(folded: str, start: int, end: int) -> list[Marker]:
    """The marks of headings on one line: the one at its start, and within it those of lists that count from one."""
    first = MARKER.match(folded, start, end)
    inner = [_marker(match) for match in MARKER.finditer(folded, first.end() if first else start + 1, end)]
    inner = [marker for marker in inner if marker.style != Style.DASH]
    own = [_marker(first)] if first else []
    if _is_flattened(folded, [*own, *inner], start):
        return _in_sequence([*own, *inner])
    return [*own, *_lists(folded, own, inner)]


def _marker(match: re.Match[str]) -> Marker:
    return Marker(match.start(), match.end(), Style[match.lastgroup or ""], _number(match[0]))


def _number(mark: str) -> int:
    """The number of a mark (十二、 is 12); 0 where it has none."""
    arabic = re.search(r"\d+", mark)
    if arabic:
        return int(arabic[0])
    if "①" <= mark[0] <= "⑳":
        return ord(mark[0]) - ord("①") + 1
    numeral = "".join(character for character in mark if character == "十" or character in _DIGITS)
    tens, ten, ones = numeral.rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)


def _lists(folded: str, own: list[Marker], inner: list[Marker]) -> list[Marker]:
    """The inner marks, at the beginning of sentences, of lists whose first and second item stand on the line."""
    kept: list[Marker] = []
    for style in (Style.CHINESE_IN_BRACKETS, Style.ORDINAL, Style.ITEM):
        begins = [m for m in inner if m.style is style and _begins_sentence(folded, m)]
        numbers = {marker.number for marker in [*begins, *own] if marker.style is style}
        kept += begins if {1, 2} <= numbers or (own and own[0].style is style and len(numbers) > 1) else []
    return sorted(kept, key=lambda marker: marker.start)


def _begins_sentence(folded: str, marker: Marker) -> bool:
    before = folded[: marker.start].rstrip(" ")[-1:] if marker.start else ""
    return before in "。!?”\n" or (marker.number == 1 and before == ":")


def _is_flattened(folded: str, markers: list[Marker], start: int) -> bool:
    """Whether a whole report stands on the line: 一、 and 二、 both begin a sentence on it."""
    tops = {m.number for m in markers if m.style is Style.CHINESE and _may_open(folded, m, start)}
    return {1, 2} <= tops


def _may_open(folded: str, marker: Marker, start: int) -> bool:
    return marker.start == start or folded[marker.start - 1] in "。!?: ”"


def _in_sequence(markers: list[Marker]) -> list[Marker]:
    """The marks that count on from those before them: 1 opens a list, n + 1 goes on with one that is open."""
    last: dict[Style, int] = {}
    kept: list[Marker] = []
    for marker in markers:
        if marker.number == 1 or marker.number == last.get(marker.style, 0) + 1:
            last = {style: n for style, n in last.items() if style <= marker.style} | {marker.style: marker.number}
            kept.append(marker)
    return kept
