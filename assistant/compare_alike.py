"""A row that holds nothing, or another kind of number, filled by what its report says less fully of the same thing.

财政收入比上年增加1501亿元，总额…达到11377亿元: the total stands under a shorter name. It is taken where it is counted as
the other rows are, of their size, and the only such figure of its report.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.kinds import is_annual
from assistant.rows import Slot, is_own, place_of
from assistant.series import Found, Kind

LEAST = 0.54  # of the subject that a figure must say
TIED = 0.06  # fits that differ by less say the subject equally well
WIDEST_YEARS, WIDEST_PLACES = Decimal(3), Decimal(12)  # how far the sizes of two rows may be apart

Taken = tuple[Slot, list[Found]]


def with_alike(taken: Sequence[Taken], found: Sequence[Found]) -> list[Taken]:
    """The rows; those empty or of another kind than most are given the one figure of their report that is alike."""
    models = [items[0] for _, items in taken if items]
    kinds = [_counted(item) for item in models]
    if not kinds:
        return list(taken)
    usual = max(kinds, key=lambda kind: (kinds.count(kind), kind[0].measure in {"level", "rate"}))
    models = [item for item in models if _counted(item) == usual]
    known = {_key(items[0]) for _, items in taken if items}
    filled = []
    for slot, items in taken:
        fits = bool(items) and _counted(items[0]) == usual
        alike = [] if fits else _alike(slot, [item for item in found if _key(item) not in known], models)
        filled.append((slot, alike or items))
    return filled


def _alike(slot: Slot, found: Sequence[Found], models: Sequence[Found]) -> list[Found]:
    """The one figure for a slot that is counted as the models are and of their size."""
    fitting = [
        item
        for item in found
        if item.fit >= LEAST
        and place_of(item.report) == slot.place
        and item.period == slot.period
        and item.is_plan == slot.is_plan
        and slot.report_year in {None, item.report.year}
        and is_annual(item, cumulative=True)
        and any(_counted(item) == _counted(model) and _is_near(item, model) for model in models)
    ]
    exact = [item for item in fitting if item.figure.low == item.figure.high]
    best = max((item.fit for item in exact or fitting), default=0.0)
    kept = [item for item in exact or fitting if item.fit >= best - TIED]
    if len({item.figure.value for item in kept}) != 1:
        return []
    return [*_of_own_report(slot, kept[0], found), *kept[:1]]


def _of_own_report(slot: Slot, chosen: Found, found: Sequence[Found]) -> list[Found]:
    """What the report that reviews the very period states under the name of the figure chosen from another one."""
    return [
        item
        for item in found
        if not is_own(chosen)
        and is_own(item)
        and (place_of(item.report), item.period, item.is_plan) == (slot.place, slot.period, slot.is_plan)
        and item.figure.subject_text == chosen.figure.subject_text
        and _counted(item) == _counted(chosen)
    ]


def _is_near(item: Found, model: Found) -> bool:
    """Whether two figures are of one size; those of two places may lie further apart."""
    sizes = sorted(abs(one.figure.value or Decimal(0)) * one.figure.scale for one in (item, model))
    widest = WIDEST_YEARS if place_of(item.report) == place_of(model.report) else WIDEST_PLACES
    return bool(sizes[0]) and sizes[1] <= sizes[0] * widest


def _counted(item: Found) -> tuple[Kind, str]:
    return Kind.of(item.figure), item.figure.base_unit


def _key(item: Found) -> tuple[str, int]:
    return item.report.id, item.figure.ordinal
