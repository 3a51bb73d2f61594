"""The extent of a figure as the text gives it: 全市, 城区, 市属; the nearest one before the figure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_ADMINISTRATIVE: Final = "全我本"
_FOREMOST: Final = re.compile(r"最|首|唯一|领先|率先|第|排名|平均|一流|同类|前列|先进")  # 全国最大的: a comparison
_LEVELS: Final = ("级", "属", "管", "直", "上")
_ATTACHED: Final = frozenset({"农村", "城镇", "乡镇", "城乡居民"})
_COMPARED: Final = re.compile(r"(?:高于|低于|快于|好于|优于|超过|居|占|位列|位居|排名?|列|领跑|领先|贡献)$")


def scope_pattern(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern for the scope words, the longest first."""
    return re.compile("|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))))


def is_attached(scope: str) -> bool:
    """Whether a scope word belongs to the noun behind it alone: 农村公路6亿元、水运港口12亿元."""
    return scope.endswith(_LEVELS) or scope in _ATTACHED


def opening_scope(pattern: re.Pattern[str], text: str) -> str | None:
    """The last scope word of `text` that opens a clause (全县累计排查…,其中…): it goes on to hold behind the comma."""
    last = None
    for match in pattern.finditer(text):
        if match[0][0] in _ADMINISTRATIVE and (match.start() == 0 or text[match.start() - 1] in ",;:。 \u3000"):
            last = match[0]
    return last


def scope_of(pattern: re.Pattern[str], *stretches: str) -> str | None:
    """The last scope word of the first of `stretches` that holds one; one that is only compared with does not count."""
    for stretch in stretches:
        last = None
        for match in pattern.finditer(stretch):
            listed = stretch[match.end() : match.end() + 1] in {"、", "和", "与", "及"}  # 城镇、农村居民
            listed = listed or _FOREMOST.match(stretch, match.end()) is not None
            if not listed and not _COMPARED.search(stretch, 0, match.start()):
                last = match[0]
        if last is not None:
            return last
    return None
