"""Nouns that a unit says by itself: 出口2492亿美元 is the 出口额, 造林500万亩 the 造林面积, 高速公路2.8万公里 its 里程."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from assistant.features import unit_kind
from indexer.types import Figure

NOUNS: Final[Mapping[str, frozenset[str]]] = {  # by the kind of unit that says them
    "length": frozenset({"里程", "总里程", "长度", "总长", "总长度"}),
    "area": frozenset({"面积", "总面积"}),
    "mass": frozenset({"产量", "总产量", "总产", "总量", "重量", "数量"}),
    "volume": frozenset({"产量", "总产量", "总量", "数量"}),
    "money": frozenset({"金额", "总额", "额", "总金额", "数额", "资金额"}),
    "people": frozenset({"人数", "总人数", "数量", "总数"}),
    "count": frozenset({"数量", "总数", "总量", "个数", "产量", "总产量"}),
}
SUFFIXES: Final = tuple(sorted(frozenset().union(*NOUNS.values()), key=len, reverse=True))
SHORTEST_STEM: Final = 2  # characters
SAID: Final = 0.9  # how well the unit says such a noun
FOLLOWERS: Final = frozenset(
    "0123456789*约近超达为共突完实累一二三四五六七八九十百两分、和 "
)  # what a noun ends before


def unit_says(word: str, figure: Figure) -> bool:
    """Whether the unit of a figure says the noun `word` by itself."""
    return word in NOUNS.get(unit_kind(figure.dimension, figure.unit), ())


def without_unit_noun(word: str) -> str | None:
    """What a word says without the noun at its end that a unit says: 出口 of 出口额; None where nothing is left."""
    suffix = next((suffix for suffix in SUFFIXES if word.endswith(suffix)), "")
    stem = word.removesuffix(suffix)
    return stem if suffix and len(stem) >= SHORTEST_STEM else None


def is_counted_by_itself(word: str, text: str) -> bool:
    """Whether `word` stands in `text` right before a number, or ends what is counted; no 出口 of 出口商品结构."""
    at = text.find(word)
    while at >= 0:
        after = text[at + len(word) : at + len(word) + 1]
        if not after or after in FOLLOWERS:
            return True
        at = text.find(word, at + 1)
    return False
