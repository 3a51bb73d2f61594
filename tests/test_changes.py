"""Changes between rows: equal to an independent recomputation, and refused wherever two figures are not alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.changes import change_between, changes_of
from assistant.comparison import Axis, Held, Obstacle, Row
from indexer.types import Basis, Figure, Measure, Period, Role, Span

SCALES = {"": 0, "万": 4, "亿": 8, "万亿": 12}


def figure(value: Decimal | None, unit: str = "元", *, scale: int = 0, role: Role = Role.RESULT) -> Figure:
    percent = unit == "%"
    return Figure(
        report="r",
        ordinal=0,
        section=0,
        passage=0,
        start=0,
        end=1,
        written=f"{value}{unit}",
        low=value,
        high=value,
        approximate=False,
        masked=False,
        unit=unit,
        base_unit=unit,
        scale=Decimal(10) ** scale,
        dimension="percent" if percent else "money",
        measure=Measure.LEVEL,
        role=role,
        subject=None,
        subject_text="收入",
        qualifiers=(),
        period=None,
        scope=None,
        basis=Basis.FLOW,
        base_period=None,
        part_of=None,
        part_link=None,
        clause=Span(0, 1),
        sentence=Span(0, 1),
    )


def row(value: str, year: int = 2020, *, unit: str = "亿元", place: str = "甲省", role: Role = Role.RESULT) -> Row:
    number = Decimal(value)
    held = figure(number, unit, role=role)
    return Row(
        place, Period.of_year(year), role, Held.STATED, held, None, 1, f"{value}{unit}", "收入", unit, number, number
    )


values = st.decimals(min_value="-99999", max_value="99999999", places=3, allow_nan=False, allow_infinity=False)


@given(values, values)
def test_a_change_equals_an_independent_recomputation(first: Decimal, second: Decimal) -> None:
    change = change_between([row(str(first)), row(str(second), 2021)], 0, 1, Axis.PERIODS)
    assert change.difference is not None
    assert Fraction(change.difference) == Fraction(second) - Fraction(first)
    if first > 0:
        share = (Fraction(second) - Fraction(first)) / Fraction(first) * 100
        assert change.percentage is not None
        assert abs(Fraction(change.percentage) - share) <= Fraction(1, 20)
        assert change.percentage == change.percentage.quantize(Decimal("0.1"))
    else:
        assert change.percentage is None


@given(st.lists(values, min_size=2, max_size=12))
def test_every_change_of_a_series_is_second_minus_first(series: list[Decimal]) -> None:
    rows = [row(str(value), 2000 + at) for at, value in enumerate(series)]
    changes = changes_of(rows)
    steps = [change for change in changes if change.axis is Axis.PERIODS]
    assert [(change.first, change.second) for change in steps] == [(at, at + 1) for at in range(len(series) - 1)]
    for change in changes:
        assert Fraction(change.difference or 0) == Fraction(series[change.second]) - Fraction(series[change.first])
    assert sum((change.difference or Decimal(0) for change in steps), Decimal(0)) == series[-1] - series[0]


def test_shares_change_by_percentage_points() -> None:
    change = change_between([row("2.8", unit="%"), row("3.2", 2021, unit="%")], 0, 1, Axis.PERIODS)
    assert (change.difference, change.unit, change.percentage) == (Decimal("0.4"), "个百分点", None)


def _changed(**changes: object) -> Row:
    second = row("600", 2021)
    names = {"low", "high", "approximate", "disagrees", "unit", "role", "period", "name"}
    of_row = {name: value for name, value in changes.items() if name in names}
    of_figure = {name: value for name, value in changes.items() if name not in names}
    assert second.figure is not None
    return replace(second, figure=replace(second.figure, **of_figure), **of_row)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("second", "obstacle"),
    [
        (_changed(role=Role.PLAN), Obstacle.ROLE),
        (_changed(role=Role.REQUIREMENT), Obstacle.ROLE),
        (_changed(unit="亿美元"), Obstacle.UNIT),
        (_changed(measure=Measure.GROWTH), Obstacle.MEASURE),
        (_changed(scope="城区"), Obstacle.SCOPE),
        (_changed(basis=Basis.CUMULATIVE), Obstacle.BASIS),
        (_changed(period=Period.of_months(2021, 1, 6)), Obstacle.PERIOD),
        (_changed(period=Period(date(2021, 1, 1), date(2025, 12, 31))), Obstacle.PERIOD),
        (_changed(high=None), Obstacle.BOUND),
        (_changed(high=Decimal(700)), Obstacle.BOUND),
        (_changed(approximate=True), Obstacle.APPROXIMATE),
        (_changed(disagrees=True), Obstacle.DISAGREEMENT),
    ],
)
def test_unlike_figures_are_not_subtracted(second: Row, obstacle: Obstacle) -> None:
    change = change_between([row("601"), second], 0, 1, Axis.PERIODS)
    assert (change.obstacle, change.difference, change.percentage) == (obstacle, None, None)


def test_names_that_are_not_known_to_be_one_are_an_obstacle() -> None:
    rows = [
        replace(row("11.2", unit="%"), name="国民生产总值"),
        replace(row("8.7", 2009, unit="%"), name="国内生产总值"),
    ]
    assert change_between(rows, 0, 1, Axis.PERIODS, frozenset()).obstacle is Obstacle.SUBJECT
    known = frozenset({("国民生产总值", "国内生产总值")})
    assert change_between(rows, 0, 1, Axis.PERIODS, known).difference == Decimal("-2.5")


def test_the_whole_place_and_estimates_of_what_was_reached_are_alike() -> None:
    assert change_between([row("601"), _changed(scope="全市")], 0, 1, Axis.PERIODS).difference == Decimal(-1)
    assert change_between([row("601"), _changed(role=Role.ESTIMATE)], 0, 1, Axis.PERIODS).difference == Decimal(-1)


def test_plans_and_results_are_series_of_their_own() -> None:
    rows = [
        row("601", 2015),
        row("580", 2015, role=Role.PLAN),
        Row("甲省", Period.of_year(2016), Role.RESULT, Held.MISSING),
        row("600", 2016, role=Role.PLAN),
        row("626", 2018),
    ]
    found = [(change.axis, change.first, change.second, change.difference) for change in changes_of(rows)]
    assert found == [(Axis.PERIODS, 0, 4, Decimal(25)), (Axis.PERIODS, 1, 3, Decimal(20))]


def test_places_are_compared_with_the_first_of_the_same_period_and_role() -> None:
    rows = [
        row("3", place="甲省"),
        row("5", place="乙省"),
        row("9", place="丙省"),
        row("7", place="丙省", role=Role.PLAN),
    ]
    found = [(change.first, change.second, change.difference, change.percentage) for change in changes_of(rows)]
    assert found == [(0, 1, Decimal(2), Decimal("66.7")), (0, 2, Decimal(6), Decimal("200.0"))]
