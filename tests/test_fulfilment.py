"""What became of a planned number: floors, ceilings, ranges, falls, and the degree of fulfilment."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.fulfilment import PARTLY, Verdict, fulfilment, is_ceiling
from assistant.types import Answer, AnsweredFigure, Computed, Intent, Language, Question, Status
from assistant.unquoted import is_computed_right
from indexer.types import Basis, Figure, Genre, Level, Measure, ReportInfo, Role, Span, Visibility

UNITS = {"个": ("个", "count", 1), "万人": ("人", "count", 10000), "人": ("人", "count", 1), "%": ("%", "percent", 1)}
NUMBERS = st.decimals(min_value=1, max_value=10**6, places=2)


def figure(
    low: str | None,
    high: str | None = "same",
    *,
    unit: str = "个",
    subject: str = "",
    measure: Measure = Measure.LEVEL,
    words: tuple[str, ...] = (),
    approximate: bool = False,
) -> Figure:
    base, dimension, scale = UNITS[unit]
    upper = low if high == "same" else high
    return Figure(
        report="r", ordinal=0, section=0, passage=0, start=0, end=1, written=f"{low}{unit}",
        low=None if low is None else Decimal(low), high=None if upper is None else Decimal(upper),
        approximate=approximate, masked=low is None and upper is None, unit=unit, base_unit=base, scale=Decimal(scale),
        dimension=dimension, measure=measure, role=Role.RESULT, subject=None, subject_text=subject, qualifiers=words,
        period=None, scope=None, basis=Basis.FLOW, base_period=None, part_of=None, part_link=None,
        clause=Span(0, 1), sentence=Span(0, 1),
    )  # fmt: skip


GROWTH = {"unit": "%", "measure": Measure.GROWTH}


@pytest.mark.parametrize(
    ("plan", "result", "verdict", "degree", "gap"),
    [
        (figure("40"), figure("40"), Verdict.DONE, "100.0", "0"),
        (figure("45"), figure("41"), Verdict.PARTLY, "91.1", "-4"),
        (figure("50"), figure("56"), Verdict.EXCEEDED, "112.0", "6"),
        (figure("100"), figure("59"), Verdict.MISSED, "59.0", "-41"),
        (figure("900", unit="万人"), figure("11840000", unit="人"), Verdict.EXCEEDED, "131.6", "284"),
        (figure("450", "500"), figure("480"), Verdict.DONE, None, None),  # a range
        (figure("450", "500"), figure("510"), Verdict.EXCEEDED, None, None),
        (figure("2000", approximate=True), figure("2035"), Verdict.DONE, "101.8", "35"),  # 左右
        (figure("99", None, unit="%", subject="亮灯率"), figure("98.9", unit="%"), Verdict.MISSED, None, "-0.1"),
        (figure("7.5", **GROWTH, approximate=True), figure("7.4", **GROWTH), Verdict.DONE, None, "-0.1"),
        (figure("8", **GROWTH), figure("13.4", **GROWTH), Verdict.EXCEEDED, None, "5.4"),
        (figure("8", **GROWTH), figure("2", **GROWTH, words=("下降",)), Verdict.MISSED, None, "-10"),
        (figure("3.9", None, **GROWTH, words=("降低",)), figure("4.8", **GROWTH, words=("下降",)), Verdict.EXCEEDED, None, "0.9"),
        (figure("10", **GROWTH, words=("下降",)), figure("9.6", **GROWTH, words=("下降",)), Verdict.MISSED, None, "-0.4"),
        (figure("5.5", unit="%", subject="城镇调查失业率"), figure("5.2", unit="%"), Verdict.DONE, None, "-0.3"),
        (figure("5.5", unit="%", subject="城镇调查失业率"), figure("5.8", unit="%"), Verdict.MISSED, None, "0.3"),
        (figure(None, "15"), figure("14"), Verdict.DONE, None, "-1"),  # 15家以内
        (figure(None, "9.5", unit="%"), figure("9.9", unit="%"), Verdict.MISSED, None, "0.4"),
        (figure("3", **GROWTH, subject="居民消费价格涨幅"), figure("2", **GROWTH), Verdict.DONE, None, "-1"),
    ],
)  # fmt: skip
def test_the_verdict_goes_by_the_direction_in_which_a_number_was_meant(
    plan: Figure, result: Figure, verdict: Verdict, degree: str | None, gap: str | None
) -> None:
    told = fulfilment(plan, result)
    assert (told.verdict, told.degree, told.gap) == (
        verdict,
        None if degree is None else Decimal(degree),
        None if gap is None else Decimal(gap),
    )


def test_a_degree_is_checked_against_its_two_figures() -> None:
    plan, result = figure("900", unit="万人"), figure("1184", unit="万人")
    info = ReportInfo("r", "r.txt", "r", Genre.OTHER, None, None, Level.UNKNOWN, 2006, None, Visibility.PUBLIC, "0")
    figures = tuple(AnsweredFigure(item, info, 1) for item in (plan, result))
    question = Question("q", "q", Language.CHINESE, Intent.PLAN_VS_DONE)
    answer = Answer(Status.ANSWERED, "", question, figures)
    assert is_computed_right(Computed("fulfilment", Decimal("131.6"), "%", (0, 1)), answer)
    assert not is_computed_right(Computed("fulfilment", Decimal("132.6"), "%", (0, 1)), answer)


def test_a_masked_result_is_no_failure() -> None:
    assert fulfilment(figure("40"), figure(None, None)).verdict is Verdict.MASKED


@pytest.mark.parametrize(
    ("plan", "before", "ceiling"),
    [
        (figure(None, "15"), "", True),
        (figure("9", unit="%", subject="供水管网漏损率"), "", True),
        (figure("14"), "液化气供应站点整合到", True),
        (figure("6", unit="%", subject="居民收入"), "", False),
        (figure("95", None, unit="%", subject="投资完成率"), "不低于", False),
    ],
)
def test_ceilings_are_told_by_bound_subject_and_verb(plan: Figure, before: str, ceiling: bool) -> None:
    assert is_ceiling(plan, before) is ceiling


@given(NUMBERS, NUMBERS)
def test_degree_and_gap_are_those_of_the_values(planned: Decimal, reached: Decimal) -> None:
    told = fulfilment(figure(str(planned)), figure(str(reached)))
    assert told.degree == (reached / planned * 100).quantize(Decimal("0.1"))
    assert told.gap == reached - planned
    if reached >= planned:
        assert told.verdict is (Verdict.EXCEEDED if reached > planned else Verdict.DONE)
    else:
        assert told.verdict is (Verdict.PARTLY if reached >= planned * PARTLY else Verdict.MISSED)
