"""The answer to a question that asks for several years, reports or places: a row each, and what may be computed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.compare import Gathered, Request, comparison_of, gather_series
from assistant.compare_alike import with_alike
from assistant.compare_words import worded
from assistant.comparing import Asked, Wish, asked_to_compare
from assistant.kinds import is_annual, near_best
from assistant.places import NATION
from assistant.rows import Slot, fill, place_of
from assistant.series import Found
from assistant.types import Answer, Question, Status
from indexer.archive import Archive
from indexer.types import Measure, Period, Role

MULTIPLIERS = "十百千万亿"
SURE = 0.8  # how well a figure of another kind must say the subject to stand in a row


@dataclass(frozen=True, slots=True)
class Compared:
    """An answer by comparison, and how many of the rows asked for it holds."""

    answer: Answer
    filled: int
    wanted: int
    of_year_before: bool = False


def compared(question: Question, archive: Archive, otherwise: Callable[[], Answer]) -> Answer:
    """The answer by comparison where all that is asked for is held; else the fuller of it and the other answer."""
    found = answer_comparison(question, archive)
    if found is None:
        return otherwise()
    if found.of_year_before:
        told = otherwise()
        return told if found.filled < found.wanted or _states_change(told, found.answer) else found.answer
    plans = _plans_unasked(found.answer)
    if found.filled == found.wanted and not plans:
        return found.answer
    other = otherwise()
    stated = len(other.figures) if other.status is Status.ANSWERED else 0
    worse = found.filled < stated or (found.filled == stated and plans > _plans_unasked(other))
    return other if worse or found.filled == stated < found.wanted else found.answer


def _states_change(told: Answer, answer: Answer) -> bool:
    """Whether a report states the very change itself (比上年增加5232亿元): computed from two figures it is less exact."""
    if told.status is not Status.ANSWERED or not told.figures:
        return False
    figure = told.figures[0].figure
    return figure.measure is Measure.CHANGE and figure.period == answer.figures[-1].figure.period


def _plans_unasked(answer: Answer) -> int:
    """How many of the figures are plans, where no plan was asked for."""
    return 0 if answer.question.role is Role.PLAN else sum(item.figure.role is Role.PLAN for item in answer.figures)


def answer_comparison(question: Question, archive: Archive) -> Compared | None:
    """The answer to a question that asks for a comparison, by its best reading; None for any other question."""
    best: Compared | None = None
    for asked in asked_to_compare(question):
        found = _answer(question, asked, archive)
        if best is None or found.filled > best.filled:
            best = found
        if best.filled == best.wanted:
            break
    return best if best is not None and best.filled else None


def _answer(question: Question, asked: Asked, archive: Archive) -> Compared:
    places = tuple(dict.fromkeys(wish.place for wish in asked.wishes if wish.place))
    years = {wish.period.start.year for wish in asked.wishes if wish.period}
    years |= {year for wish in asked.wishes if wish.report_year for year in (wish.report_year, wish.report_year - 1)}
    request = Request(
        asked.subject,
        question.language,
        () if any(wish.report_year for wish in asked.wishes) else tuple(map(Period.of_year, sorted(years))),
        places,
        role=asked.role,
        measure=asked.measure,
        unit_class=asked.unit_class,
    )
    series = _in_unit(gather_series(archive, request), asked.unit)
    if not places:
        asked = replace(asked, wishes=_placed(asked, series))
    taken: list[tuple[Slot, list[Found]]] = []
    for wish in asked.wishes:
        found = _pick(wish, asked, series, [item for _, items in taken for item in items[:1]])
        period = wish.period or Period.of_year((wish.report_year or 1) - 1)
        taken.append((Slot(wish.place, period, asked.role is Role.PLAN, wish.report_year), found))
    taken = with_alike(taken, series.found)
    filled = sum(bool(items) for _, items in taken)
    if asked.of_year_before:
        taken = [*_stated_change(taken, series), *taken]
    answer = worded(question, asked, comparison_of(archive, request, series, taken), archive)
    return Compared(answer, filled, len(asked.wishes), asked.of_year_before)


def _stated_change(taken: Sequence[tuple[Slot, list[Found]]], series: Gathered) -> list[tuple[Slot, list[Found]]]:
    """The row of the change that a report itself states (比上年增加2787亿元): two rounded totals tell it less exactly."""
    slot, items = taken[-1]
    found = [
        item
        for item in series.found
        if items
        and item.fit >= SURE
        and item.figure.measure is Measure.CHANGE
        and item.figure.base_unit == items[0].figure.base_unit
        and (item.period, item.is_plan, place_of(item.report)) == (slot.period, slot.is_plan, slot.place)
        and is_annual(item, cumulative=False)
    ]
    return [(slot, found[:1])] if found else []


def _in_unit(series: Gathered, unit: str | None) -> Gathered:
    """The series as counted in the unit that is asked for, where figures are."""
    bare = (unit or "").lstrip(MULTIPLIERS)
    if not bare or not any(item.figure.unit.lstrip(MULTIPLIERS) == bare for item in series.of_kind):
        return series

    def like(found: Sequence[Found]) -> tuple[Found, ...]:
        model = next(item.figure for item in series.of_kind if item.figure.unit.lstrip(MULTIPLIERS) == bare)
        return tuple(item for item in found if item.figure.base_unit == model.base_unit)

    return replace(series, of_kind=like(series.of_kind), annual=like(series.annual))


def _placed(asked: Asked, series: Gathered) -> tuple[Wish, ...]:
    """The wishes of the one place whose reports state most of them in the role asked for, the nation before others."""
    places = list(dict.fromkeys(place_of(item.report) for item in series.of_kind)) or [None]
    plans = asked.role is Role.PLAN

    def count(place: str | None) -> tuple[int, int, bool]:
        held = [_fitting(replace(wish, place=place), series.annual) for wish in asked.wishes]
        in_role = sum(any(item.is_plan == plans for item in items) for items in held)
        return in_role, sum(map(bool, held)), place == NATION

    best = max(places, key=count)
    return tuple(replace(wish, place=best) for wish in asked.wishes)


def _fitting(wish: Wish, found: Sequence[Found]) -> list[Found]:
    return [
        item
        for item in found
        if place_of(item.report) == wish.place
        and (wish.report_year is None or item.report.year == wish.report_year)
        and (wish.period is None or item.period == wish.period)
    ]


def _pick(wish: Wish, asked: Asked, series: Gathered, taken: Sequence[Found]) -> list[Found]:
    """The figure for a wish, best first: what the question itself states, the result, the plan, another kind of number."""
    of_wish = [item for item in _fitting(wish, series.of_kind) if item not in taken]
    if stated := [item for item in of_wish if item.figure.value is not None and _worth(item) in asked.stated]:
        return stated
    annual = [item for item in _fitting(wish, series.annual) if item not in taken]
    year = wish.period.start.year if wish.period else (wish.report_year or 1) - 1
    plans = (
        [True] if asked.role is Role.PLAN else [False] if asked.role is Role.RESULT and wish.period else [False, True]
    )
    for is_plan in plans:
        of_year = year + 1 if is_plan and wish.report_year else year
        if found := fill(Slot(wish.place, Period.of_year(of_year), is_plan, wish.report_year), annual):
            return found
    if wish.report_year is not None and of_wish:
        return sorted(of_wish, key=lambda item: (item.is_plan, -item.fit, item.figure.start))
    others = [item for item in near_best(_fitting(wish, series.found)) if item.fit >= SURE and item not in taken]
    if asked.role in {Role.PLAN, Role.RESULT}:
        others = [item for item in others if item.is_plan == (asked.role is Role.PLAN)]
    return [] if wish.period is None else [item for item in others if item.period == wish.period]


def _worth(item: Found) -> Decimal:
    """The value as a question states it: 71.9万人 is 719000."""
    figure = item.figure
    scale = next((power for word, power in SCALES if figure.unit.startswith(word)), Decimal(1))
    return (figure.value or Decimal(0)) * scale


SCALES = (("万亿", Decimal(10) ** 12), ("亿", Decimal(10) ** 8), ("万", Decimal(10) ** 4))
