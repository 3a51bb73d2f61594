"""Which of the figures that say a subject make up its series: the kind of number, and what is annual among them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from assistant.series import Found, Kind
from indexer.types import Basis, Genre, Measure

LEAST_FIT = 0.6  # a figure that says less of the subject is of another
LEAST_FIT_ALIEN = 0.7
NEAR_BEST = 0.84  # of the best fit found
WHOLE_FIT = 0.78  # a total is often named with more words than its parts
RATE_NAME = re.compile(r"(?:率|比重|占比|比例|系数|指数|份额)$|\b(?:rate|ratio|share|proportion)\b", re.IGNORECASE)
PREFERENCE = {"level": 1.0, "rate": 0.5, "growth": 0.3, "change": 0.3, "rank": 0.1}
EACH_YEAR = re.compile(  # what is said of several years at once, before the number
    r"年均|年平均|平均每年|每年|连年|历年|逐年|连续[^，,。；;]{1,3}年|[三四五六七八九十几两\d]年(?:来|间|共|累计|总体|平均)|[一二三四五六七八九十]五(?:时期|期间)"
)
YEARLY_BASES = re.compile(r"同比|上年|上一年|去年|前一年|同期|同口径|可比")


def kind_of_series(
    found: Sequence[Found],
    subject: str,
    measure: Measure | None,
    unit_class: str | None,
    years: Collection[int] | None = None,
) -> Kind | None:
    """The kind of number in which a subject is counted: as asked, else as most reports count it; None of none."""
    strong = near_best(found)
    strong = [item for item in strong if not item.figure.masked] or strong
    strong = [item for item in strong if _is_of(item, years)] or strong
    if measure is not None:
        of_measure = [item for item in strong if Kind.of(item.figure).measure == measure.value]
        strong = of_measure or strong
    if unit_class is not None:
        strong = [item for item in strong if Kind.of(item.figure).unit == unit_class] or strong
    best: dict[tuple[Kind, str], float] = {}
    for item in strong:
        key = (Kind.of(item.figure), item.report.id)
        best[key] = max(best.get(key, 0.0), item.fit * item.fit * (1 - item.extra / 2))
    votes: Counter[Kind] = Counter()
    for (kind, _), fit in best.items():
        rate = 2.0 if kind.measure == "rate" and RATE_NAME.search(subject) else PREFERENCE.get(kind.measure, 0.1)
        votes[kind] += fit * rate  # type: ignore[assignment]
    return votes.most_common(1)[0][0] if votes else None


def _is_of(item: Found, years: Collection[int] | None) -> bool:
    """Whether a figure is of one of the years, and of it alone."""
    return is_annual(item, cumulative=True) and (
        years is None or (item.period is not None and item.period.start.year in years)
    )


def near_best(found: Sequence[Found]) -> list[Found]:
    """The figures that say the subject about as well as the best does."""
    best = max((item.fit for item in found), default=0.0)
    return [item for item in found if item.fit >= max(_least(item), NEAR_BEST * best)]


def _least(item: Found) -> float:
    """How well a figure must say the subject; better where its own subject says nothing of it: 地铁项目36个."""
    return LEAST_FIT if item.extra < 1 else LEAST_FIT_ALIEN


def with_wholes(kept: Sequence[Found], found: Sequence[Found]) -> list[Found]:
    """The kept figures with the totals that they are parts of, where these are of the same subject: 气瓶449个, 其中黑气瓶."""
    parts = {(item.report.id, item.figure.part_of) for item in kept}
    known = {(item.report.id, item.figure.ordinal) for item in kept}
    wholes = ((item, (item.report.id, item.figure.ordinal)) for item in found if item.fit >= WHOLE_FIT)
    return [*kept, *(item for item, key in wholes if key in parts - known)]


def is_annual(found: Found, *, cumulative: bool) -> bool:
    """Whether a figure is of one year alone; `cumulative`: whether the series is of what adds up over years (累计)."""
    figure, period = found.figure, found.period
    if period is None or not period.is_year:
        return False
    within_year = found.report.genre is Genre.WORK_SUMMARY  # 全年累计查扣
    if figure.basis is Basis.CUMULATIVE and not cumulative and not within_year:
        return False
    if figure.base_period and not YEARLY_BASES.search(figure.base_period):
        return False
    return not EACH_YEAR.search(before(found))


def before(found: Found) -> str:
    """What stands before the number in its clause."""
    passage, figure = found.evidence.passage, found.figure
    return passage.text[max(0, figure.clause.start - passage.start) : max(0, figure.start - passage.start)]


def is_cumulative(found: Sequence[Found]) -> bool:
    """Whether most of the figures are of what adds up over years."""
    count = sum(item.figure.basis is Basis.CUMULATIVE for item in found)
    return count * 2 > len(found)
