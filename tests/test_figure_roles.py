"""Roles and periods that the words, the section and the time of a report decide together."""

from __future__ import annotations

import pytest
from figure_texts import figures_of

from indexer.types import Figure, Genre, Period, Role


def of_report(text: str, year: int = 2011) -> tuple[Figure, ...]:
    return figures_of(text, year=year)


def of_summary(text: str, year: int = 2023) -> tuple[Figure, ...]:
    return figures_of(text, year=year, genre=Genre.WORK_SUMMARY)


def read(figure: Figure) -> tuple[Role, Period | None]:
    return figure.role, figure.period


def test_a_plan_recalls_what_was_reached_the_year_before() -> None:
    text = "三、2011年的工作\n2011年是开局之年。过去一年，各项工作取得很大成绩。居民消费价格涨幅控制在3.3%。\n"
    assert read(of_report(text)[-1]) == (Role.RESULT, Period.of_year(2010))


def test_the_target_beside_it_stays_a_plan() -> None:
    text = "三、2011年的工作\n今年主要预期目标是：居民消费价格涨幅控制在4%左右。\n"
    assert read(of_report(text)[-1]) == (Role.PLAN, Period.of_year(2011))


def test_goals_said_to_be_reached_are_results() -> None:
    text = "一、过去五年工作回顾\n2012年，全面实现年初确定的主要目标，国内生产总值增长7.8%。\n"
    assert read(of_report(text, 2013)[-1]) == (Role.RESULT, Period.of_year(2012))


def test_what_a_review_says_of_this_year_is_planned() -> None:
    text = "一、2007年工作回顾\n今年中央财政用于廉租住房的资金68亿元，比去年增加17亿元。\n"
    assert [read(figure) for figure in of_report(text, 2008)] == [(Role.PLAN, Period.of_year(2008))] * 2


def test_what_this_year_holds_so_far_is_reached() -> None:
    text = "一、2007年工作回顾\n今年1月，已完成投资68亿元。\n"
    assert of_report(text, 2008)[0].role is Role.RESULT


@pytest.mark.parametrize(
    ("text", "role", "year"),
    [
        ("一、问题与下步打算\n存在问题：老旧电梯增至960台。", Role.RESULT, 2023),
        ("一、问题与下步打算\n主要问题：医生缺口27名。2024年，拟引进人才60名；改造中心2个。", Role.PLAN, 2024),
        ("一、工作回顾\n建成公园3座。\n下一步，新建公园5座。改造公厕8座。", Role.PLAN, 2024),
        ("一、2024年工作计划\n（一）全年事故死亡人数控制在45人以内\n死亡人数控制在45人以内。", Role.PLAN, 2024),
    ],
)
def test_a_paragraph_turns_to_problems_or_to_what_comes_next(text: str, role: Role, year: int) -> None:
    assert read(of_summary(f"{text}\n")[-1]) == (role, Period.of_year(year))


def test_a_heading_of_a_plan_that_aims_at_progress_reviews_nothing() -> None:
    text = "一、2015年工作回顾\n建成公园3座。\n三、2016年重点工作\n（一）推动绿色发展取得新突破\n淘汰老旧车380万辆。\n"
    assert read(of_report(text, 2016)[-1]) == (Role.PLAN, Period.of_year(2016))


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("聚焦未来产业，组建中心9家。", Role.RESULT),
        ("办理工作许可增长16%。", Role.RESULT),
        ("清理规定2300件，废止830件。", Role.RESULT),
        ("改造户厕3890户，超任务90户。", Role.RESULT),
        ("预警到户平均需要25分钟。", Role.RESULT),
        ("未来五年新增学位3000个。", Role.PLAN),
    ],
)
def test_words_that_only_look_like_cues(text: str, role: Role) -> None:
    assert of_report(f"一、2010年工作回顾\n{text}\n")[-1].role is role


def test_the_base_of_a_growth_is_of_its_own_year() -> None:
    level, base, growth = of_report("一、工作回顾\n产值达到880亿元，比2005年的537亿元增长64%。\n")
    assert [figure.period for figure in (level, base, growth)] == [Period.of_year(y) for y in (2010, 2005, 2010)]
    assert base.role is Role.RESULT


def test_a_yearly_average_is_of_all_its_years() -> None:
    text = "一、工作回顾\n过去五年，国民生产总值2010年达到1092亿元，平均每年增长11.1%。\n"
    assert of_report(text)[-1].period == Period.of_years(2006, 2010)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("今后五年中央财政将投入100亿元。", Period.of_years(2011, 2015)),
        ("两年来新建学校240所。", Period.of_years(2009, 2010)),
        ("2008年出台的政策惠及5万人。", Period.of_year(2010)),
        ("改造完工12个，包括上年续建2个。", Period.of_year(2010)),
        ("自行车1484万辆，增加224万辆。", Period.of_year(2010)),
        ("工业产值在2005年的基数上增长29%。", Period.of_year(2010)),
    ],
)
def test_the_years_that_words_name(text: str, period: Period) -> None:
    assert of_report(f"一、2010年工作回顾\n{text}\n")[-1].period == period


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("年初目标为生产总值增长6%左右，实际增长6.3%。", "plan result"),
        ("固定资产投资目标增长10%，实际完成86.2亿元。", "plan result"),
        ("新增就业目标3200人，完成3416人，完成率106.8%。", "plan result result"),
        ("计划竣工项目30个，实际竣工27个，3个因征迁未完成。", "plan result result"),
        ("规上企业48家，比目标少2家。", "result result"),
        ("总产值46.1亿元，超年度目标0.4亿元。", "result result"),
        ("预计产煤12.9亿吨，完成保供任务8.3亿吨，发电8000亿度。", "estimate result estimate"),
    ],
)
def test_what_was_aimed_at_and_what_was_reached(text: str, roles: str) -> None:
    found = of_summary(f"一、2023年工作情况\n{text}\n")
    assert [figure.role.value for figure in found] == roles.split()


def test_what_stands_now_is_not_of_the_year_aimed_at() -> None:
    aimed, standing = of_summary("三、2024年打算\n确保“十四五”末装机达到50万千瓦，目前已建成32万千瓦。\n")
    assert (aimed.period, standing.period) == (Period.of_year(2025), Period.of_year(2023))
    assert (aimed.role, standing.role) == (Role.PLAN, Role.RESULT)


def test_the_five_years_begin_where_the_report_says_so() -> None:
    text = "一、过去一年和五年工作回顾\n2022年极不寻常。\n新能源汽车销量增长93.4%。\n过去五年极不平凡。\n建成高铁17万公里。\n"
    report = figures_of(text, year=2023, period=Period.of_years(2018, 2022))
    assert [figure.period for figure in report] == [Period.of_year(2022), Period.of_years(2018, 2022)]
