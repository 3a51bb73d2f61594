"""Layout: a text without its line wraps, page numbers and running headers; its words stay as written."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

PAGE_END: Final = "\f"
LINE_END: Final = re.compile(r"\r\n?|[\u2028\u2029\v]")
PAGE_NUMBER: Final = re.compile(
    r"\s*(?:[-—–－―·•~]+\s*\d{1,4}\s*[-—–－―·•~]+|第\s*\d{1,4}\s*页(?:[\s,，/／·]*共\s*\d{1,4}\s*页)?"
    r"|共\s*\d{1,4}\s*页[\s,，]*第\s*\d{1,4}\s*页|(?i:page)\s*\d{1,4}(?:\s*(?i:of)\s*\d{1,4})?)\s*"
)
BARE_NUMBER: Final = re.compile(r"\s*(\d{1,4})\s*")
# 一、 （一） 1. （1） ① 第一， 一是 —— - • and table rows: a line that begins so is a line of its own.
OWN_LINE: Final = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}(?:[、.．是]|$)|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、)）](?!\d)"
    r"|[①-⑳]|第[一二三四五六七八九十\d]{1,3}[章节条部，、：]|[-—－·•◆●■]|\S.*(?: \| |\t\S))"
)
INDENT: Final = re.compile(r"[\u3000\t]|  ")
UNBREAKABLE: Final = re.compile(r"(?:[A-Za-z0-9.,%]+|.)[，。、；：！？”’）》】]*")
STOPPED: Final = re.compile(r"[。！？!?][”’）)」』]*\s*\Z")  # a line that ends so may end a paragraph
CLOSED: Final = re.compile(rf"{STOPPED.pattern}|[：:；;]\s*\Z")
LATIN: Final = re.compile(r"[A-Za-z,;]\Z")
NARROWEST, WIDEST = 24, 180  # columns of a wrapped line; a Chinese character takes two
HEADER_LENGTH: Final = 50
FULL_SHARE: Final = 0.35  # of the lines of a wrapped file reach the right edge in the middle of a sentence


@dataclass(frozen=True, slots=True)
class Wrap:
    """How a file was wrapped: the width of its lines, how width is measured, and whether paragraphs are indented."""

    width: int
    measure: Callable[[str], int]
    indented: bool


def tidy(text: str) -> str:
    """The text with unified line ends, without page furniture, and with sentences made whole that a wrap broke."""
    lines = LINE_END.sub("\n", text).replace(PAGE_END, f"\n{PAGE_END}\n").split("\n")
    furniture = _furniture(lines)
    wrap = _find_wrap(line for i, line in enumerate(lines) if i not in furniture)
    kept = _without(furniture, lines, joined=wrap is None)
    return "\n".join(kept if wrap is None else _join_wraps(kept, wrap))


def _furniture(lines: Sequence[str]) -> set[int]:
    """The lines that are page ends, page numbers, or headers beside them."""
    furniture = {i for i, line in enumerate(lines) if line == PAGE_END or PAGE_NUMBER.fullmatch(line)}
    furniture |= _bare_page_numbers(lines)
    return furniture | _running_headers(lines, furniture)


def _without(furniture: set[int], lines: Sequence[str], *, joined: bool) -> list[str]:
    """The lines without furniture and the blank lines around it; `joined`: a sentence it interrupts is made whole."""
    kept: list[str] = []
    gap: list[int] = []
    for i, line in enumerate(lines):
        if i in furniture or not line.strip():
            gap.append(i)
            continue
        interrupted = not furniture.isdisjoint(gap)
        kept.extend([] if interrupted else (lines[blank] for blank in gap))
        runs_over = joined and interrupted and kept and _runs_over(kept[-1], line)
        kept.append(_glue(kept.pop(), line) if runs_over else line)
        gap = []
    return [*kept, *(lines[blank] for blank in gap if blank not in furniture)]


def _bare_page_numbers(lines: Sequence[str]) -> set[int]:
    """The lines that hold nothing but a number, where there are at least three and they count on by one."""
    found = [(i, int(match[1])) for i, line in enumerate(lines) if (match := BARE_NUMBER.fullmatch(line))]
    counting = all(later == earlier + 1 for (_, earlier), (_, later) in pairwise(found))
    return {i for i, _ in found} if len(found) >= 3 and counting else set()


def _running_headers(lines: Sequence[str], furniture: set[int]) -> set[int]:
    """The short unclosed lines that return beside page ends; one that opens the file stays, for it is its title."""
    filled = [i for i, line in enumerate(lines) if line.strip() or line == PAGE_END]
    beside: set[int] = set()
    for before, after in pairwise(filled):
        beside |= {after} if before in furniture else set()
        beside |= {before} if after in furniture else set()
    beside = {i for i in beside - furniture if len(lines[i].strip()) <= HEADER_LENGTH and not CLOSED.search(lines[i])}
    counts = Counter(lines[i].strip() for i in beside)
    return {i for i in beside if counts[lines[i].strip()] >= 2 and i != filled[0]}


def _runs_over(line: str, following: str) -> bool:
    """Whether a sentence goes on over a page's end: a line of some length, not closed, and nothing opens after it."""
    return _columns(line) >= NARROWEST and not STOPPED.search(line) and _continues(following)


def _join_wraps(lines: Sequence[str], wrap: Wrap) -> list[str]:
    joined: list[str] = []
    for line, previous in zip(lines, ["", *lines], strict=False):
        if previous.strip() and _continues(line) and _breaks_off(previous, line, wrap):
            joined[-1] = _glue(joined[-1], line)
        else:
            joined.append(line)
    return joined


def _find_wrap(lines: Iterable[str]) -> Wrap | None:
    """The wrap at which most lines end in the middle of a sentence; None where the file is not hard-wrapped."""
    filled = [line.rstrip() for line in lines if line.strip()]
    indented = sum(INDENT.match(line) is not None for line in filled) >= 2
    wraps = [Wrap(_right_edge([measure(line) for line in filled]), measure, indented) for measure in (len, _columns)]
    wraps = [wrap for wrap in wraps if NARROWEST <= wrap.width * (2 if wrap.measure is len else 1) <= WIDEST]
    wrap = max(wraps, key=lambda wrap: _broken_lines(filled, wrap), default=None)
    if wrap is None:
        return None
    longer = sum(wrap.measure(line) > wrap.width + 4 for line in filled)  # a closing mark may hang over the edge
    is_wrapped = _broken_lines(filled, wrap) >= max(2, FULL_SHARE * len(filled)) and longer <= 0.03 * len(filled)
    return wrap if is_wrapped else None


def _broken_lines(filled: Sequence[str], wrap: Wrap) -> int:
    """How many lines reach the right edge in the middle of a sentence."""
    reaching = (line for line in filled if abs(wrap.measure(line) - wrap.width) <= (2 if wrap.measure is len else 3))
    return sum(not STOPPED.search(line) for line in reaching)


def _right_edge(widths: Sequence[int]) -> int:
    """The width that most lines reach or miss by little."""
    counts = Counter(widths)
    return max(counts, key=lambda width: (counts[width] + counts[width - 1], width), default=0)


def _breaks_off(line: str, following: str, wrap: Wrap) -> bool:
    """Whether the next word would not have fitted on the line, and the line does not end a paragraph."""
    word = UNBREAKABLE.match(following.strip())
    room = wrap.width - wrap.measure(line.rstrip())
    is_full = word is not None and wrap.measure(word[0]) > room - 1  # one for a blank that stood at the line's end
    return is_full and (wrap.indented or not CLOSED.search(line))


def _continues(line: str) -> bool:
    return bool(line.strip()) and not OWN_LINE.match(line) and not INDENT.match(line)


def _glue(line: str, following: str) -> str:
    left, right = line.rstrip(), following.lstrip()
    return f"{left} {right}" if LATIN.search(left) and right[:1].isascii() and right[:1].isalpha() else left + right


def _columns(line: str) -> int:
    """The width on screen: a wide character takes two columns."""
    return len(line) + sum(unicodedata.east_asian_width(character) in "WFA" for character in line if character > "\x7f")
