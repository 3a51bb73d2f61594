"""From the figures of a series to one for each place, period and role: the best, and those that disagree with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from assistant.changes import measure_class
from assistant.likeness import likeness
from assistant.series import FALLS, Found, Kind
from indexer.fold import fold
from indexer.types import Figure, Genre, Measure, Period, ReportInfo

LIKE = 0.75  # share of characters that the subjects of figures that disagree have in common, at least
WIDEST = Decimal("1.6")  # values further apart are hardly of one indicator
FAR, ENOUGH = 40, 4  # times the median of so many figures at least
FIT_STEP = 0.06  # fits that differ by less are equal
SAID_LESS = 0.15  # a report that looks back says less of the subject
BASE_OF = re.compile(r"^[^，,。；;]{0,2}的?基础上")  # 在2022年1860个的基础上
LOOSE_EXTRA = 0.1  # so much more of its subject may be beside what is asked
OTHER_EXTRA = 0.25  # so much of a subject that is not asked for makes it another thing
LOOSE = Decimal("0.03")  # of a value that its report hedges


@dataclass(frozen=True, slots=True)
class Slot:
    """What a row is looked for: a place and a period, in the role of a plan or of a result."""

    place: str | None
    period: Period
    is_plan: bool
    report_year: int | None = None  # only what the reports of that year state


def place_of(report: ReportInfo) -> str | None:
    """The label of whose report it is: its place, else its office; None where both are unknown."""
    return report.place or report.issuer


def fill(slot: Slot, found: Iterable[Found]) -> list[Found]:
    """The figure for a slot, best first, followed by those of other reports that disagree with it; empty for a gap."""
    fitting = [
        item
        for item in found
        if place_of(item.report) == slot.place
        and item.period == slot.period
        and item.is_plan == slot.is_plan
        and slot.report_year in {None, item.report.year}
    ]
    if not fitting:
        return []
    fitting.sort(key=_order)
    best = next((item for item in fitting if not item.figure.masked), fitting[0])
    whole = [item for item in fitting if _is_whole_of(item, best)]
    named = [item for item in fitting if _is_named_part(item, best)]
    best = (whole or named or [best])[0]
    others: dict[Decimal, Found] = {}
    for item in fitting:
        if item is not best and _disagree(item, best):
            others.setdefault(worth(item.figure)[0] or Decimal(0), item)
    return [best, *others.values()]


def _is_whole_of(item: Found, best: Found) -> bool:
    """Whether a figure is the whole of the best one and is itself of the subject: 高速公路里程 is none of 高速铁路里程."""
    same = item.report.id == best.report.id and item.figure.ordinal == best.figure.part_of
    return same and bool(item.name) and item.name in fold(item.figure.subject_text).lower()


def _is_named_part(item: Found, best: Found) -> bool:
    """Whether a part of the best figure is what is asked for: 出口额 of 进出口总额…，其中出口2662亿美元."""
    part = item.report.id == best.report.id and item.figure.part_of == best.figure.ordinal
    return part and item.extra <= best.extra - OTHER_EXTRA and item.fit >= best.fit - SAID_LESS


def without_outliers(found: Sequence[Found]) -> list[Found]:
    """The figures without those that are far from the others of their place: a part, or of something else."""
    sizes: dict[str | None, list[Decimal]] = {}
    for item in found:
        if item.figure.value:
            sizes.setdefault(place_of(item.report), []).append(_size(item.figure))
    middle = {place: median(values) for place, values in sizes.items() if len(values) >= ENOUGH}
    return [item for item in found if not _is_far(item, middle.get(place_of(item.report)))]


def _is_far(item: Found, middle: Decimal | None) -> bool:
    size = _size(item.figure)
    if not middle or not size or Kind.of(item.figure).measure != "level":
        return False
    return not middle / FAR < size < middle * FAR


def worth(figure: Figure) -> tuple[Decimal | None, Decimal | None]:
    """The ends of a figure in its base unit, below zero for a fall; None for an open end and for a masked figure."""
    low, high = (None if end is None else end * figure.scale for end in (figure.low, figure.high))
    if figure.measure in {Measure.GROWTH, Measure.CHANGE} and FALLS & set(figure.qualifiers):
        return (None if high is None else -high), (None if low is None else -low)
    return low, high


def _order(item: Found) -> tuple[object, ...]:
    figure = item.figure
    foreign = bool(figure.scope) and not str(figure.scope).startswith(("全", "我", "本"))
    return (
        round(1 - item.fit, 4) // FIT_STEP,
        foreign,
        not is_own(item),
        round(item.extra, 1),
        figure.masked,
        figure.part_of is not None,
        figure.start,
    )


def is_own(item: Found) -> bool:
    """Whether the report is the one that reviews, or plans for, the very period."""
    report, period = item.report, item.period
    if period is None or report.year is None:
        return False
    reviewed = report.year - 1 if report.genre is Genre.WORK_REPORT else report.year
    return period.end.year == (reviewed + 1 if item.is_plan else reviewed)


def _disagree(item: Found, best: Found) -> bool:
    """Whether another report states another value of the very same thing."""
    one, two = item.figure, best.figure
    if item.report.id == best.report.id or one.masked or two.masked or item.fit < best.fit - SAID_LESS:
        return False
    same = one.base_unit == two.base_unit and measure_class(one) == measure_class(two) and one.basis is two.basis
    if not same or one.scope != two.scope or (one.part_of is None) != (two.part_of is None):
        return False
    alike = likeness(one.subject_text, two.subject_text) >= LIKE and item.extra <= best.extra + LOOSE_EXTRA
    if not alike and not (item.name and item.name == best.name and BASE_OF.search(_behind(item))):
        return False
    low, high = sorted((_size(one), _size(two)))
    return low > 0 and high <= low * WIDEST and high - low > max(_slack(one), _slack(two))


def _behind(item: Found) -> str:
    """What follows the number in its clause."""
    passage, figure = item.evidence.passage, item.figure
    return passage.text[figure.end - passage.start : figure.clause.end - passage.start]


def _size(figure: Figure) -> Decimal:
    return abs(figure.value or Decimal(0)) * figure.scale


def _slack(figure: Figure) -> Decimal:
    """By how much a value may be off: half a unit of its last digit; more where it is hedged or a bound."""
    value = figure.value or Decimal(0)
    exponent = value.as_tuple().exponent
    digit = Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(0)
    rounding = digit * figure.scale / 2 if exponent or figure.scale > 1 else Decimal(0)
    hedged = figure.approximate or figure.low != figure.high
    return max(rounding, abs(value) * figure.scale * LOOSE if hedged else Decimal(0))


def periods_held(found: Sequence[Found]) -> list[Period]:
    """Every year from the first that a figure of a year is about to the last."""
    years = [item.period.end.year for item in found if item.period is not None]
    return [Period.of_year(year) for year in range(min(years), max(years) + 1)] if years else []
