"""What a figure measures (level, growth, share, rank, change), over what it adds up, and against what it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from indexer.figures.quantities import FRACTION, RANK, Quantity
from indexer.figures.spots import Spot
from indexer.types import Basis, Measure, Span

_UP: Final = (
    "增长 增加 增 上升 上涨 提高 提升 扩大 增产 增收 递增 净增 多增 多出 回升 上调 加快 延长 "
    "增幅 涨幅 增速 增长率 涨 升 提速"
)
_DOWN: Final = "下降 减少 降低 回落 下滑 减 缩减 压降 压缩 压减 缩短 收窄 下调 降幅 降 少 减幅 跌 减轻 放缓 负增长"
_RATE_OF_CHANGE: Final = re.compile(
    r"(?:增长率|增速|增幅|涨幅|降幅|减幅|年均增长|增长速度|涨幅度|增长幅度|提高幅度)[^,。;]{0,8}$"
)
_GROWTH_HEADS: Final = ("增幅", "增速", "涨幅", "降幅", "增长率", "增长幅度", "增长速度", "上涨幅度")
_TARGET: Final = re.compile(r"(增长|涨幅|增速)[^,。;]{0,4}(?:预期|目标)[^,。;]{0,4}$")
_CHANGED: Final = re.compile(r"(增加|减少|减轻|增产|减产|裁减|削减|降低)了?(?![到至为])[^,。;、的]{1,8}$")
_PARTIAL: Final = frozenset({"percent", "tenths", FRACTION})
_SHARE: Final = re.compile(r"(?:占(?!地)|比重|份额)[^,;。]{0,24}$|比例[^,;。]{0,12}$|构成中[^;。]*$")
_SHARE_AFTER: Final = re.compile(r"(?:以上|左右)?的[一-龥]")
_MULTIPLE_OF: Final = re.compile(r"(?:是|为|相当于|等于|达到)[^,。;]{0,14}的?$")
_BASE: Final = re.compile(
    r"同比|环比|超过?(?:年度|全年|原定)?(?:计划|目标|预期|任务)|(?:比|较|与|同)"
    r"(?:上年|去年|上一年|前年|上年度|上月|上季度|年初|上年末|去年底|上年底|上年同期|去年同期|"
    r"[一二\d][\d〇○零一二三四五六七八九 ]{1,6}年(?:底|末|初)?|"
    r"[“\"][十一二三四五六七八九]+五[”\"](?:末|初|期末)?|解放前|战前|五年前|上[一]?个五年|基期|同期|计划|上届)(?:末|底|同期|年末)?(?:相比)?|"
    r"平均每年|每年平均|年均|逐年|比(?=[^,。;]{2,12}(?:增|提|上|下|减|降|多|少|高|低|快|翻))"
)
_CUMULATIVE: Final = re.compile(r"累计|总计|共计|合计|一共|总共|历年|(?<![公中])共(?!同|享|建|有|产|和|治|赢|识)")
_STOCK: Final = re.compile(
    r"年末|年底|月底|期末|末|总量|总数|保有量|里程|余额|存量|现有|拥有|已有|共有|达到|达$|人口|总规模|装机|在册|在职|库容|总面积|覆盖率|普及率|率|总长|全长|占地|目前|截至|注册"
)

_OVER_PLAN: Final = re.compile(r"(超过?|低于)(?:年度|全年|原定)?(?:计划|目标|预期|任务)$")
_COMPARED: Final = re.compile(r"[比较][^,。;]{1,10}新增$")
UP_WORDS: Final = frozenset(_UP.split())
DOWN_WORDS: Final = frozenset(_DOWN.split())


def measures_of(text: str, spots: Sequence[Spot], befores: Sequence[str]) -> list[tuple[Measure, str | None]]:
    """The measure of each quantity of a sentence and the word of change (增长, 下降) that decides it, if any.

    `befores` are the words about each quantity; one that only continues a list takes the word of the one before.
    """
    found: list[tuple[Measure, str | None]] = []
    for spot, before in zip(spots, befores, strict=True):
        measure, trend = _measure_of(text, spot, before, found[-1][0] if found else None)
        if trend is None and spot.continues and found:
            trend = found[-1][1]
        found.append((measure, trend))
    return found


def measure_by_subject(quantity: Quantity, subject: Span | None, words: str) -> Measure:
    """What a percentage taken for a level measures: 60%的企业 and 所占的比重 are shares, 增速 is a growth."""
    if quantity.dimension not in _PARTIAL:
        return Measure.LEVEL
    if words.endswith(_GROWTH_HEADS):
        return Measure.GROWTH
    behind = subject is not None and subject.start >= quantity.end
    return Measure.SHARE if behind or words.endswith(("比重", "份额", "占比")) else Measure.LEVEL


def _measure_of(text: str, spot: Spot, before: str, previous: Measure | None) -> tuple[Measure, str | None]:
    quantity = spot.quantity
    if quantity.dimension == RANK:
        return Measure.RANK, None
    relative = quantity.dimension in _PARTIAL | {"multiple"}
    trend = trend_word(before)
    if trend is not None:
        if quantity.dimension == "multiple" and _MULTIPLE_OF.search(before):
            return Measure.LEVEL, None
        return (Measure.GROWTH if relative else Measure.CHANGE), trend
    if quantity.dimension == "multiple" and quantity.unit.endswith("番"):
        return Measure.GROWTH, "翻番"
    if quantity.dimension == "points":
        return Measure.CHANGE, None
    clause = text[spot.clause.start : quantity.outer_start]
    if relative and (_SHARE.search(clause) or _SHARE_AFTER.match(text, quantity.outer_end)):
        return Measure.SHARE, None
    target = _TARGET.search(before) if relative else _CHANGED.search(before)
    if target is not None:
        return (Measure.GROWTH if relative else Measure.CHANGE), target[1]
    if spot.continues and previous is not None:
        return previous, None
    return Measure.LEVEL, None


def trend_word(before: str) -> str | None:
    """The word of change that governs the number behind `before`: 增长 in 同比增长, none in 增长到 or 达到."""
    if _RATE_OF_CHANGE.search(before):
        return next((word for word in ("降幅", "减幅", "涨幅", "增幅", "增速") if word in before), "增长")
    tail = before.rstrip("了约近超过 ")
    over = _OVER_PLAN.search(tail)
    if over is not None:
        return over[1]
    if tail.endswith("新增"):
        return "新增" if _COMPARED.search(tail) else None
    for size in (4, 3, 2, 1):
        word = tail[-size:]
        if len(word) == size and (word in UP_WORDS or word in DOWN_WORDS):
            return word
    return None


def base_period_of(before: str) -> str | None:
    """What the figure is compared with, as written: 同比, 比2019年, 年均; None where nothing is said."""
    found = [match[0] for match in _BASE.finditer(before)]
    return found[-1] if found else None


def basis_of(before: str, measure: Measure) -> Basis:
    """Over what a level adds up: 累计 and 共 are cumulative, 年末 and 总量 a stock, everything else a flow."""
    if _CUMULATIVE.search(before):
        return Basis.CUMULATIVE
    return Basis.STOCK if measure is Measure.LEVEL and _STOCK.search(before) else Basis.FLOW
