"""What became of a planned number: done, exceeded, partly done or missed, by the direction in which it was meant.

A floor (不低于95%, 900万人) is to be reached, a ceiling (5.5%以内, 失业率, 漏损率) not to be passed; a planned fall
(下降3.9%) is a floor of the fall. Everything is computed in Decimal, from the written values and their units.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from assistant.wording import FALLS
from indexer.types import Figure, Measure

FALLEN = FALLS | {"降幅", "减幅", "跌幅", "降", "压降"}
CEILING_SUBJECT = re.compile(
    r"失业率|漏损率|死亡率|发病率|事故|死亡|隐患数|投诉|违法|案发|发案|超标|赤字率|负债率|不良率|产销差|排放量"
    r"|(?:物价|价格|通货膨胀|通胀)(?!.{0,6}(?:收购|支持|补贴))|(?<!收入)(?<!工资)涨幅"
)
HELD_DOWN = re.compile(
    r"(?:控制在|控制到|压缩到|压减到|压减至|整合到|减到|减至|降到|降至|降低到|下降到|不突破)[^，。；]{0,6}$"
)
RATE_OF_WORK = re.compile(r"完成率|进度|竣工率|开工率|投资率")
APPROXIMATE = Decimal("0.03")  # of the planned value: so near to 左右 is what was planned
PARTLY = Decimal("0.6")  # of the planned value: from here on it was partly done, below it missed
TENTH = Decimal("0.1")
FINEST = Decimal("0.00000001")
HUNDRED = Decimal(100)
PERCENT = "%"
POINTS = "个百分点"
RELATIVE = frozenset({"percent", "points"})
RISES = frozenset({Measure.GROWTH, Measure.CHANGE})


class Verdict(StrEnum):
    """What became of a commitment."""

    DONE = "done"
    EXCEEDED = "exceeded"
    PARTLY = "partly"
    MISSED = "missed"
    NOT_MENTIONED = "not_mentioned"
    MASKED = "masked"  # the next report states it, but masks the number


@dataclass(frozen=True, slots=True)
class Fulfilment:
    """A verdict with what was computed for it."""

    verdict: Verdict
    is_ceiling: bool
    degree: Decimal | None = None  # per cent of the plan, to one decimal; None where a ratio says nothing
    gap: Decimal | None = None  # result − plan in `gap_unit`; for falls, how much further it fell
    gap_unit: str = ""


def is_ceiling(plan: Figure, before: str = "") -> bool:
    """Whether the planned value is not to be passed; `before`: what stands before the number in its clause."""
    if plan.low is None and plan.high is not None:
        return True
    if plan.high is None or _falls(plan):
        return False
    words = f"{plan.subject_text} {before}"
    return bool(CEILING_SUBJECT.search(words) or HELD_DOWN.search(before))


def fulfilment(plan: Figure, result: Figure, before: str = "") -> Fulfilment:
    """What became of `plan` by `result`, two figures of like unit and measure; `before` as in `is_ceiling`."""
    ceiling = is_ceiling(plan, before)
    if result.masked or result.value is None or plan.value is None:
        return Fulfilment(Verdict.MASKED, ceiling)
    planned, reached = _bounds(plan), _bounds(result)
    if _falls(plan) != _falls(result) and RISES & {plan.measure} and RISES & {result.measure}:
        reached = (-reached[1], -reached[0])
    slack = abs(planned[0]) * APPROXIMATE if plan.approximate or result.approximate else Decimal(0)
    verdict = _under(planned, reached, slack) if ceiling else _over(plan, planned, reached, slack)
    degree, gap, unit = _computed(plan, result, planned, reached, ceiling=ceiling)
    return Fulfilment(verdict, ceiling, degree, gap, unit)


def ratio_of(plan: Figure, result: Figure) -> Decimal | None:
    """The result as a multiple of the plan; None where either has no number or the plan is nothing."""
    if plan.value is None or result.value is None or not plan.value:
        return None
    return (result.value * result.scale) / (plan.value * plan.scale)


def _under(planned: tuple[Decimal, Decimal], reached: tuple[Decimal, Decimal], slack: Decimal) -> Verdict:
    return Verdict.DONE if reached[0] <= planned[1] + slack else Verdict.MISSED


def _over(plan: Figure, planned: tuple[Decimal, Decimal], reached: tuple[Decimal, Decimal], slack: Decimal) -> Verdict:
    low, high = planned
    value = reached[0]
    if value < low - slack:
        is_relative = plan.dimension in RELATIVE and not RATE_OF_WORK.search(plan.subject_text)
        partly = not is_relative and low > 0 and value >= low * PARTLY
        return Verdict.PARTLY if partly else Verdict.MISSED
    return Verdict.EXCEEDED if value > high + slack else Verdict.DONE


def _computed(
    plan: Figure,
    result: Figure,
    planned: tuple[Decimal, Decimal],
    reached: tuple[Decimal, Decimal],
    *,
    ceiling: bool,
) -> tuple[Decimal | None, Decimal | None, str]:
    """The degree of fulfilment in per cent, the gap, and the gap's unit; nothing of a range within its bounds."""
    if planned[0] != planned[1]:
        return None, None, ""
    gap = _plain((reached[0] - planned[0]) / plan.scale)
    if plan.dimension in RELATIVE:
        return None, gap, POINTS
    if ceiling or plan.measure in RISES or planned[0] <= 0 or result.approximate:
        return None, gap, plan.unit
    return (reached[0] / planned[0] * HUNDRED).quantize(TENTH), gap, plan.unit


def _plain(value: Decimal) -> Decimal:
    """The value without what only the conversion of units (亩 is a third of 2000 m²) adds behind the point."""
    return value.quantize(FINEST).normalize() + Decimal(0)


def _bounds(figure: Figure) -> tuple[Decimal, Decimal]:
    """The lower and the upper end in the base unit; of a bound both are the bound."""
    low = figure.low if figure.low is not None else figure.high
    high = figure.high if figure.high is not None else figure.low
    low, high = low or Decimal(0), high or Decimal(0)
    return low * figure.scale, high * figure.scale


def _falls(figure: Figure) -> bool:
    return figure.measure in RISES and bool(FALLEN & set(figure.qualifiers))
