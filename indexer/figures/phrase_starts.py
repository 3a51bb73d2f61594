"""Where a noun phrase begins that has a number or a bound in its name: 12345工单, 三、四级手术, 使用15年以上的电梯."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from indexer.figures.subject_words import SubjectWords
from indexer.figures.words import Word, tag_words
from indexer.types import Span

_OPENS_BOUND: Final = re.compile(r"(?:及?以[上下内外]|及以[上下])的")
_BOUND: Final = re.compile(r"(?:以[上下内外]|及以[上下])的$")
LONGEST_BOUND: Final = 20  # characters of a subject with a bound in it: 使用15年以上的电梯
_DIGITS: Final = re.compile(r"\d+")
_GRADES: Final = re.compile(
    r"(?:[一二三四五六七八九十ⅠⅡⅢⅣⅤ]{1,2}、)*[一二三四五六七八九十ⅠⅡⅢⅣⅤ]{1,2}[级类型]$"
)  # 四、五类|桥
_TIMES: Final = frozenset({"天", "年", "日", "月", "周", "个", "次", "期", "批", "轮", "届"})


def with_number(words: Sequence[Word], first: int, last: int) -> int:
    """Where the phrase begins with the number that is part of its name: 12345工单, 24小时开放, 三、四级手术.

    7天 is left off it.
    """
    named = "".join(word.text for word in words[:first])
    grades = _GRADES.search(named)
    if grades is not None and first < last:
        return next((i for i in range(first) if words[i].start - words[0].start == grades.start()), first)
    if not 0 < first < last or _DIGITS.fullmatch(words[first - 1].text) is None:
        return first
    if words[first].text in _TIMES:
        return first + 1 if last - first > 1 else first
    return first - 1


def with_bound(text: str, start: int, found: Span, lists: SubjectWords) -> Span:
    """The phrase with the bound before it: 使用15年以上的电梯 for 电梯: what an 以上的 bounds is not counted without it."""
    bound = _BOUND.search(text, start, found.start) or _OPENS_BOUND.match(text, found.start, found.end)
    if bound is None or found.end - start > LONGEST_BOUND or bound.end() < found.start:
        return found
    words = tag_words(text, start, found.end)
    first = next((word for word in words if word.text not in lists.edges and not word.tag.startswith(("t", "d"))), None)
    return found if first is None else Span(first.start, found.end)
