"""Which figures are parts of another: said so (其中, brackets), or adding up exactly to an earlier 累计 or 共."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from indexer.figures.sums import SHORTEST_HEAD, link_sums
from indexer.types import Figure, Measure, PartLink

OF_WHICH: Final = "其中"

_OF_A_SHARE: Final = re.compile(r"的 ?[\d.]+%")
_COMPARED: Final = re.compile(r"[比较](?:上年|去年|[^,。;、比较]{2,8}年)(?:同期)?的(?:约|近)?$")
LONGEST_BASE: Final = 14  # characters before the number of 比一九五七年的…
_CLOSED: Final = re.compile(r"[。\n]")


def link_parts(text: str, figures: Sequence[Figure]) -> list[Figure]:
    """The figures of one report with `part_of` and `part_link` filled in; `text` is folded."""
    linked = list(figures)
    _link_stated(text, linked)
    link_sums(text, linked)
    return linked


def _link_stated(text: str, figures: list[Figure]) -> None:
    """其中 makes parts of the like figures behind it, up to the end of the sentence or of the bracket."""
    for index, figure in enumerate(figures):
        whole = _whole_before(text, figures, index)
        if whole is not None and not _is_complete(text, figures, whole, index):
            figures[index] = replace(figure, part_of=figures[whole].ordinal, part_link=PartLink.STATED)


def _whole_before(text: str, figures: Sequence[Figure], index: int) -> int | None:
    part = figures[index]
    if part.measure is not Measure.LEVEL or _is_base(text, part):
        return None
    marker = text.rfind(OF_WHICH, max(0, part.start - 160), part.start)
    if marker < 0 or _CLOSED.search(text, marker, part.start) or _bracket_closed(text, marker, part.start):
        return None
    if part.low != part.high and "(" in text[marker : part.start]:
        return None  # 其中大案(罚没10万元以上)15件: what only bounds the part is none
    for earlier in range(index - 1, -1, -1):
        whole = figures[earlier]
        if whole.end > marker:
            continue
        if marker - whole.end > 160 or "\n" in text[whole.end : marker]:
            return None
        if ";" in text[whole.end : marker] and text[marker - 1] != ";":
            return None
        if whole.sentence != part.sentence and marker - part.sentence.start > 2:
            return None
        if _OF_A_SHARE.match(text, whole.end):
            continue  # 占全年95亿元的51.9%,其中…: not of the 95亿元
        if _is_base(text, whole):
            continue  # 达到2050亿元,比1957年的1241亿元增长65%。其中…
        if _like(whole, part) and whole.measure is Measure.LEVEL and not _larger(part, whole):
            if _has_turned(text, figures, earlier, index, marker):
                return None  # 其中城镇1792户,…,发放低保金3186.5万元,人均641.9元
            return earlier if ";" not in text[marker : part.start] or _share_head(whole, part) else None
    return None


def _is_base(text: str, figure: Figure) -> bool:
    """Whether a figure is only what another is compared with: 1241 of 比1957年的1241亿元增长65%."""
    return _COMPARED.search(text, max(figure.clause.start, figure.start - LONGEST_BASE), figure.start) is not None


def _has_turned(text: str, figures: Sequence[Figure], whole: int, index: int, marker: int) -> bool:
    """Whether a like figure since 其中 was no part, so that the sentence tells of something else by now."""
    since = (figure for figure in figures[whole + 1 : index] if figure.start > marker)
    like = (figure for figure in since if _like(figures[index], figure) and figure.measure is Measure.LEVEL)
    return any(figure.part_of is None and figure.value is not None and not _is_base(text, figure) for figure in like)


def _is_complete(text: str, figures: Sequence[Figure], whole: int, index: int) -> bool:
    """Whether the parts told since the last 其中 leave no room for this: 社会组织436家,其中A 157家…5家,年检327家."""
    marker = text.rfind(OF_WHICH, 0, figures[index].start)
    told = [
        part for part in figures[whole + 1 : index] if part.start > marker and part.part_of == figures[whole].ordinal
    ]
    amounts = [_amount(part) for part in (figures[whole], figures[index], *told)]
    if not told or None in amounts:
        return False
    known, own, *others = (amount or Decimal(0) for amount in amounts)
    if ";" in text[marker : figures[index].start]:
        return sum(others) + own > known  # 其中研究生168名;交流轮岗教师286名
    return len(told) > 1 and sum(others) == known  # but 其中党员500人、女警120人 of 612 may overlap


def _amount(figure: Figure) -> Decimal | None:
    return None if figure.value is None else figure.value * figure.scale


def _bracket_closed(text: str, marker: int, start: int) -> bool:
    """Whether a bracket that was open at 其中 is closed before `start`."""
    depth = 0
    for char in text[marker:start]:
        if char in "(":
            depth += 1
        elif char in ")":
            depth -= 1
            if depth < 0:
                return True
    return False


def _like(whole: Figure, part: Figure) -> bool:
    return whole.base_unit == part.base_unit and whole.dimension == part.dimension


def _larger(part: Figure, whole: Figure) -> bool:
    if part.value is None or whole.value is None:
        return False
    return part.value * part.scale > whole.value * whole.scale


def _share_head(whole: Figure, part: Figure) -> bool:
    head = whole.subject_text[-SHORTEST_HEAD:]
    return whole.subject != part.subject and len(head) == SHORTEST_HEAD and part.subject_text.endswith(head)
