"""What looks like a figure and is none: dates, ordinals, names, document numbers, plain durations, idioms.

Each rule is a small function with a name; `is_figure` asks them all. Times (3年, 24小时, 5天) count as figures only
where something measured stands in front of them (缩短至3天, 平均预期寿命79岁, 优良天数增加22天) or 左右 behind.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from indexer.figures.units import COUNT, UnitMatch, UnitTable

LONGEST_NAME: Final = 16  # characters within quotation marks that are taken for a name: “百千万工程”, “5个100%”

_LETTER_BEFORE: Final = re.compile(r"[A-Za-z+×∶/]$|[A-Za-z\u4e00-\u9fff*]-$|\d[:∶]$|·$")
_RATIO_AFTER: Final = re.compile(r"[:∶×+]\d")
_ORDINAL: Final = re.compile(r"[第几届]$")
_SEVERAL: Final = frozenset("十百千万亿")
_PROJECT: Final = re.compile(r"[工项建扩改配机及]")
_VAGUE_COUNTERS: Final = frozenset({"个", "项", "条", "大类", "种", "类"})
_QUALITY: Final = re.compile(r"制(?![度造定冷药剂种])|[式型]")
_DIGITS_ONLY: Final = re.compile(r"[零〇○一二两三四五六七八九]+")
_MEASURED: Final = re.compile(
    r"(?:缩短|压缩|缩减|压减|减少|增加|延长|提前|平均|用时|耗时|寿命|年限|期限|学制|工期|时限|时长|时间|天数|净增|多出|少于|提速)"
    r"[^,。;、]{0,8}$"
)
_FROM: Final = re.compile(r"[由从][^,。;]{0,8}$")
_CHANGED: Final = re.compile(
    r"(?:以[上内])?(?:压缩|缩短|压减|缩减|减少|降低?|提速|延长)(?:至|到|为)"
)  # 由7个工作日|压缩至3个
_REACHED: Final = re.compile(r"(?:达到|达|为|至|到|控制在|不超过|共|计|仅|仅需|只需|超|超过)(?:了)?$")
_TIME_AFTER: Final = re.compile(r"[来间前后期制]|以来|之[前后间]|(?:行动|计划|规划|方案)")
_AGE: Final = re.compile(r"(?:寿命|年龄)[^,。;]{0,12}$|(?:提高到|提高至|达到|达|增至)$")
_ELECTRICITY: Final = re.compile(r"电[^,。;]{0,6}$")
_EARTHWORK: Final = re.compile(r"[土石方][^,。;]{0,6}$")
_TENTHS_AFTER: Final = re.compile(r"[以左多的,。;、)]|$")
_SMALL_WEAK: Final = frozenset("期届班面层道段眼把节口步格类首列部组方发门根头支集")
_DATE_YEARS: Final = range(1800, 2101)
_STRICT_TIMES: Final = frozenset({"年", "日", "周", "个月", "周年", "星期", "年半"})
_PAIRS: Final = MappingProxyType({"“": "”", "‘": "’", "「": "」", "《": "》", "〈": "〉", "〔": "〕"})
_CLOSERS: Final = frozenset(_PAIRS.values())


@dataclass(frozen=True, slots=True)
class Candidate:
    """A number with its unit, about to be called a figure; offsets are those of the folded text."""

    text: str
    left: int  # where the sentence begins
    right: int  # where it ends
    start: int
    number_end: int
    end: int
    low: Decimal | None
    numeral: str | None  # the Chinese numeral, where it is one
    unit: UnitMatch
    exact: bool  # lowest and highest value are the same
    masked: bool


def is_figure(candidate: Candidate, table: UnitTable) -> bool:
    """Whether none of the rules takes the candidate for something else than a figure."""
    return not any(rule(candidate, table) for rule in RULES)


def enclosing_quote(text: str, position: int, left: int) -> tuple[str, int] | None:
    """The innermost open quotation mark or book-title mark before `position`, and where it stands."""
    depth = 0
    for index in range(position - 1, max(left, position - 60) - 1, -1):
        char = text[index]
        if char in _CLOSERS:
            depth += 1
        elif char in _PAIRS:
            if depth == 0:
                return char, index
            depth -= 1
    return None


def _glued_to_letters(candidate: Candidate, table: UnitTable) -> bool:
    """PM2.5, G20, 歼-35A, 1+N, the 30 of 14:30."""
    start = candidate.start
    return bool(_LETTER_BEFORE.search(candidate.text, max(candidate.left, start - 2), start))


def _part_of_a_ratio(candidate: Candidate, table: UnitTable) -> bool:
    """1:2, 7×24小时."""
    return bool(_RATIO_AFTER.match(candidate.text, candidate.number_end, candidate.right))


def _ordinal(candidate: Candidate, table: UnitTable) -> bool:
    """第三, 数十, 二十届三中全会; but 人数5万 counts."""
    before = candidate.text[max(candidate.left, candidate.start - 1) : candidate.start]
    return bool(_ORDINAL.search(before)) or (before == "数" and candidate.text[candidate.start] in _SEVERAL)


def _base_of_a_rate(candidate: Candidate, table: UnitTable) -> bool:
    """每50公斤提高3元, 每10万人死亡2人: what the other number is told for."""
    before = candidate.text[max(candidate.left, candidate.start - 1) : candidate.start]
    return before == "每" and candidate.unit.dimension != "duration"


def _year(candidate: Candidate, table: UnitTable) -> bool:
    """2023年."""
    return candidate.unit.unit == "年" and candidate.low is not None and candidate.low in _DATE_YEARS


def _quality(candidate: Candidate, table: UnitTable) -> bool:
    """万吨级泊位, 千亿级产业, 三年制: the number describes, it does not count."""
    if candidate.text.startswith("级", candidate.end):
        return True
    describes = candidate.numeral is not None or candidate.unit.dimension == "duration"
    return describes and _QUALITY.match(candidate.text, candidate.end, candidate.right) is not None


def _phase(candidate: Candidate, table: UnitTable) -> bool:
    """二期, 3期工程: a phase of a project."""
    if candidate.unit.unit not in {"期", "届"}:
        return False
    of_project = _PROJECT.match(candidate.text, candidate.end, candidate.right)
    return candidate.numeral is not None or of_project is not None


def _quoted_name(candidate: Candidate, table: UnitTable) -> bool:
    """“百千万工程”, “5个100%”, 《2022年度方案》."""
    found = enclosing_quote(candidate.text, candidate.start, candidate.left)
    if found is None:
        return False
    mark, opened = found
    if mark in "《〈〔":
        return True
    closed = candidate.text.find(_PAIRS[mark], candidate.start, candidate.right)
    return 0 <= closed - opened <= LONGEST_NAME


def _plain_time(candidate: Candidate, table: UnitTable) -> bool:
    """3年行动, 24小时值班, 近5年, 5天内: a time that is not what was measured."""
    if candidate.unit.dimension not in {"duration", "age"}:
        return False
    before = candidate.text[max(candidate.left, candidate.start - 16) : candidate.start].rstrip("约近了 ")
    if candidate.unit.dimension == "age":
        return candidate.numeral is not None and not _AGE.search(before)
    if _TIME_AFTER.match(candidate.text, candidate.end, candidate.right):
        return True
    if _MEASURED.search(before):
        return False
    if _FROM.search(before) and _CHANGED.match(candidate.text, candidate.end, candidate.right):
        return False
    if candidate.unit.unit in _STRICT_TIMES:
        return True
    around = candidate.text.startswith(("左右", "以上"), candidate.end)
    return not around and not _REACHED.search(before)


def _small_numeral(candidate: Candidate, table: UnitTable) -> bool:
    """一个, 二次装修, 三期, 五位一体, 一一列举: a Chinese numeral that does not count."""
    numeral, unit = candidate.numeral, candidate.unit
    if numeral is None:
        return False
    if len(numeral) > 1:
        return candidate.exact and _DIGITS_ONLY.fullmatch(numeral) is not None
    if unit.multiplier or unit.dimension != COUNT:
        return False
    if numeral in "一半零〇○" or (numeral == "二" and unit.unit != "个"):
        return True
    return not unit.strong or unit.unit in _SMALL_WEAK


def _abstract(candidate: Candidate, table: UnitTable) -> bool:
    """三个方面, 两个确立, 四个意识: Chinese numerals before nouns that nobody counts."""
    if candidate.numeral is None or candidate.unit.unit not in _VAGUE_COUNTERS:
        return False
    text, end = candidate.text, candidate.end
    return any(text[end : end + size] in table.abstract for size in (1, 2, 3, 4))


def _name(candidate: Candidate, table: UnitTable) -> bool:
    """三门峡, 两院, 一国两制: a name or idiom that begins with the number, or that the number ends."""
    if candidate.numeral is None:
        return False
    text, start = candidate.text, candidate.start
    return any(text[begin : begin + size] in table.names for begin in (start, start - 1) for size in (2, 3, 4, 5))


def _uncertain_unit(candidate: Candidate, table: UnitTable) -> bool:
    """度, 方, 里 and 成 measure only in their own surroundings."""
    if candidate.unit.multiplier:
        return False
    text, start, unit = candidate.text, candidate.start, candidate.unit.unit
    window = max(candidate.left, start - 10)
    if unit == "度":
        return not _ELECTRICITY.search(text, window, start)
    if unit == "方":
        return not _EARTHWORK.search(text, window, start)
    if unit == "成":
        return not _TENTHS_AFTER.match(text, candidate.end, candidate.right)
    return unit in {"里", "尺", "寸", "丈", "角", "圆"} and candidate.numeral is not None and len(candidate.numeral) < 2


def _weak_mask(candidate: Candidate, table: UnitTable) -> bool:
    """*县, *路, *区: a masked name, not a masked number."""
    return candidate.masked and not candidate.unit.strong


Rule = Callable[[Candidate, UnitTable], bool]
RULES: Final[tuple[Rule, ...]] = (
    _weak_mask,
    _glued_to_letters,
    _part_of_a_ratio,
    _ordinal,
    _base_of_a_rate,
    _year,
    _quality,
    _phase,
    _small_numeral,
    _abstract,
    _name,
    _plain_time,
    _uncertain_unit,
    _quoted_name,
)
