"""Measure, role, period, scope, basis and base of a figure."""

from __future__ import annotations

import pytest
from figure_texts import figures_of

from indexer.types import Basis, Genre, Measure, Period, Role

REVIEW = "一、2023年工作回顾\n"
PLAN = "二、2024年工作安排\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("生产总值3339亿元、增长5.5%。", [Measure.LEVEL, Measure.GROWTH]),
        ("单位能耗下降3.1%。", [Measure.GROWTH]),
        ("贫困人口减少63万人，入学率提高2.1个百分点。", [Measure.CHANGE, Measure.CHANGE]),
        ("总量增加到82万亿元。", [Measure.LEVEL]),
        ("居民收入翻一番。", [Measure.GROWTH]),
        ("服务业占生产总值的60.76%。", [Measure.SHARE]),
        ("三分之二的公园开放。", [Measure.SHARE]),
        ("规模居全省第2位。", [Measure.RANK]),
        ("工业增速为6.2%。", [Measure.GROWTH]),
        ("签约率98%，新增企业5家。", [Measure.LEVEL, Measure.LEVEL]),
        ("财政支出增加1710亿元。", [Measure.CHANGE]),
    ],
)
def test_measure(text: str, expected: list[Measure]) -> None:
    assert [figure.measure for figure in figures_of(REVIEW + text)] == expected


def test_a_decline_stays_positive_and_says_so() -> None:
    (figure,) = figures_of(REVIEW + "单位能耗下降3.1%。")
    assert (str(figure.value), figure.qualifiers) == ("3.1", ("下降",))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (REVIEW + "建成学校5所。", Role.RESULT),
        (PLAN + "建成学校5所。", Role.PLAN),
        (REVIEW + "年计划投资5亿元。", Role.PLAN),
        (REVIEW + "预计全年产值达5亿元。", Role.ESTIMATE),
        (REVIEW + "年底前改造需完成40%以上。", Role.REQUIREMENT),
        (REVIEW + "计划建成118个，实际建成128个。", Role.RESULT),
        (REVIEW + "第五个五年计划执行以来建成学校5所。", Role.RESULT),
        (REVIEW + "完成投资3亿元，占计划投资的60%。", Role.RESULT),
        (PLAN + "目前已完成5所。", Role.RESULT),
    ],
)
def test_role(text: str, expected: Role) -> None:
    assert figures_of(text)[-1].role is expected


def test_a_plan_carries_over_the_comma_but_not_over_the_semicolon() -> None:
    first, second, third = figures_of(REVIEW + "计划新建学校5所，增加学位3000个；建成公园2座。")
    assert (first.role, second.role, third.role) == (Role.PLAN, Role.PLAN, Role.RESULT)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (REVIEW + "建成学校5所。", Period.of_year(2023)),
        (PLAN + "建成学校5所。", Period.of_year(2024)),
        (REVIEW + "2022年建成学校5所。", Period.of_year(2022)),
        (REVIEW + "比2019年增长5%。", Period.of_year(2023)),
        (REVIEW + "上半年增长5%。", Period.of_months(2023, 1, 6)),
        (REVIEW + "1—5月增长5%。", Period.of_months(2023, 1, 5)),
        (REVIEW + "2019—2022年建成5所。", Period.of_years(2019, 2022)),
        (REVIEW + "五年来，新建学校5所。", Period.of_years(2019, 2023)),
        (REVIEW + "“十三五”时期新建学校5所。", Period.of_years(2016, 2020)),
        (PLAN + "到2025年，建成学校5所。", Period.of_year(2025)),
        (REVIEW + "发布《2020年行动方案》，建成学校5所。", Period.of_year(2023)),
        (REVIEW + "五年来，人均寿命达到76.7岁。", Period.of_year(2023)),
    ],
)
def test_period(text: str, expected: Period) -> None:
    assert figures_of(text)[-1].period == expected


def test_from_and_to_are_of_two_years() -> None:
    first, second = figures_of("一、过去五年工作回顾\n五年来，总量从54万亿元增加到82.7万亿元。")
    assert (first.period, second.period) == (Period.of_year(2018), Period.of_year(2023))


def test_a_yearly_growth_between_two_years_spans_them() -> None:
    text = REVIEW + "收入由2018年的5160元增加到2023年的7703元，平均每年增长8.6%。"
    assert [figure.period for figure in figures_of(text)] == [
        Period.of_year(2018), Period.of_year(2023), Period.of_years(2019, 2023)
    ]  # fmt: skip


def test_the_period_that_opens_a_paragraph_holds_for_its_later_sentences() -> None:
    figures = figures_of(
        "一、工作回顾\n2022年上半年，建成学校5所。新增学位300个。\n", year=2022, genre=Genre.WORK_SUMMARY
    )
    assert {figure.period for figure in figures} == {Period.of_months(2022, 1, 6)}


def test_in_a_half_year_report_this_year_ends_with_june() -> None:
    half = Period.of_months(2022, 1, 6)
    text = "一、上半年工作总结\n今年已建成学校5所。\n今年计划建成学校9所。\n"
    done, planned = figures_of(text, year=2022, genre=Genre.WORK_SUMMARY, period=half)
    assert (done.period, planned.period) == (half, Period.of_year(2022))


def test_the_plan_of_a_summary_is_of_the_next_year() -> None:
    (figure,) = figures_of("二、下一步工作思路\n改造老旧小区30个。\n", year=2023, genre=Genre.WORK_SUMMARY)
    assert (figure.period, figure.role) == (Period.of_year(2024), Role.PLAN)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全县累计排查房屋300栋。", "全县"),
        ("全县共排查房屋300栋，整治5栋。", "全县"),
        ("城区建成公园5座。", "城区"),
        ("房屋高于全省5栋。", None),
    ],
)
def test_scope(text: str, expected: str | None) -> None:
    assert figures_of(REVIEW + text)[-1].scope == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("累计开放内河53条。", Basis.CUMULATIVE),
        ("年末人口达到500万人。", Basis.STOCK),
        ("新建学校5所。", Basis.FLOW),
        ("一般公共预算收入5亿元。", Basis.FLOW),
    ],
)
def test_basis(text: str, expected: Basis) -> None:
    assert figures_of(REVIEW + text)[0].basis is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("同比增长5%。", "同比"), ("比2019年增长5%。", "比2019年"), ("年均增长5%。", "年均"), ("增长5%。", None)],
)
def test_base_period(text: str, expected: str | None) -> None:
    assert figures_of(REVIEW + "出口额" + text)[0].base_period == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (REVIEW + "农业总产值比2022年将增长4.9%，达到611亿元。", Role.PLAN),
        (REVIEW + "预计全年将达到5亿元。", Role.ESTIMATE),
        (REVIEW + "将1200户居民纳入保障。", Role.RESULT),
        (REVIEW + "预计产值达到628亿元，超过年度计划4.1%，比上年增长6.9%。", Role.ESTIMATE),
        (REVIEW + "三年行动计划启动实施，改造小区53个。", Role.RESULT),
        (REVIEW + "产量达到3036万担，完成年度计划的117%，比上年增长43%。", Role.RESULT),
    ],
)
def test_role_by_the_words_of_plans(text: str, expected: Role) -> None:
    assert figures_of(text)[-1].role is expected


def test_what_lies_ahead_of_a_summary_is_a_plan() -> None:
    text = "一、2023年工作情况\n建成学校5所。\n2024年工作思路：建成学校7所。\n"
    done, planned = figures_of(text, year=2023, genre=Genre.WORK_SUMMARY)
    assert (done.role, done.period) == (Role.RESULT, Period.of_year(2023))
    assert (planned.role, planned.period) == (Role.PLAN, Period.of_year(2024))


def test_a_heading_of_last_year_and_this_year_reviews_last_year() -> None:
    (figure,) = figures_of("一、2023年和今年以来工作回顾\n生产总值增长6.1%。\n")
    assert figure.period == Period.of_year(2023)
