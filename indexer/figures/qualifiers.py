"""Words around a number that widen or bound it: 约 and 左右, 超过 and 以上, 不超过 and 以内."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_NOT_ABOUT: Final = "签节制合预特公条契履违立隐简大"  # 签约5户, 节约3亿元
_NOT_NEAR: Final = "附最临邻靠贴亲"
_AROUND: Final = rf"大约为|大约|大概|(?<![{_NOT_ABOUT}])约[占为计有需合达在]?|将近|接近|(?<![{_NOT_NEAR}])近|相当于"
_AT_LEAST: Final = (
    "累计超过|首次突破|历史性突破|成功突破|率先突破|突破|跃上|迈上|站上|跨过|跨越|冲破|首超|首破|超过了|超过|超出|超|逾|破|"
    "不低于|不少于|不小于|不得低于|不得少于|不短于|至少|最低|高于|大于|多于|上"
)
_AT_MOST: Final = (
    "不得超过|不超过|不超|不高于|不多于|不大于|未超过|低于|少于|小于|不到|不足|最多|至多|最高|"
    + "控制在|控制到|限制在|降到|降至|压缩至|压缩到"
)
_BEFORE: Final = re.compile(rf"(?:(?P<at_least>{_AT_LEAST})|(?P<at_most>{_AT_MOST})|(?P<around>{_AROUND}))了? ?$")
_AFTER: Final = re.compile(
    r"(?P<around>左右|上下)|(?P<at_least>以上|及以上|(?:或|及)?更高)|(?P<at_most>以内|之内|以下|及以下)"
)
# These bound a number only together with 以内 or 以下 behind it: 控制在5.5% alone states a level.
_ONLY_TOGETHER: Final = frozenset({"控制在", "控制到", "限制在", "降到", "降至", "压缩至", "压缩到", "最高", "最低"})
_CASES: Final = "起件宗案"
_WINDOW: Final = 6


@dataclass(frozen=True, slots=True)
class Hedges:
    """What stands around a number: the words, how far they reach, and what they do to its bounds."""

    start: int
    end: int
    words: tuple[str, ...]
    around: bool
    at_least: bool
    at_most: bool


def read_hedges(text: str, start: int, end: int, *, left: int, right: int, bare: bool = False) -> Hedges:
    """The hedges around `text[start:end]`, looking no further than `left` and `right`; text is folded.

    `bare` says that the number is a round numeral without a digit (上百家), before which 上 and 破 also count.
    """
    before = _BEFORE.search(text, max(left, start - _WINDOW), start)
    after = _AFTER.match(text, end, right)
    if before is not None and before[before.lastgroup or 0] == "上" and not bare:  # 上百家, but not 以上
        before = None
    if before is not None and before[before.lastgroup or 0] == "破" and text[end - 1] in _CASES:
        before = None  # 命案发5起破5起
    kinds = {match.lastgroup for match in (before, after) if match is not None}
    words = tuple(match[match.lastgroup or 0] for match in (before, after) if match is not None)
    bounded = after is not None and after.lastgroup == "at_most"
    if before is not None and before[before.lastgroup or 0] in _ONLY_TOGETHER and not bounded:
        before = None
        kinds = set() if after is None else {after.lastgroup}
        words = () if after is None else (after[0],)
    return Hedges(
        start=start if before is None else before.start(),
        end=end if after is None else after.end(),
        words=words,
        around="around" in kinds,
        at_least="at_least" in kinds,
        at_most="at_most" in kinds,
    )


def is_bare_hedge(text: str, start: int, left: int) -> bool:
    """Whether a word stands before `start` that makes a number of 百, 千, 万 or 亿: 超百亿元, 上千家, 近万人."""
    found = _BEFORE.search(text, max(left, start - _WINDOW), start)
    return found is not None and found.lastgroup != "at_most"
