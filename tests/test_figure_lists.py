"""Coordinated lists, places, bare heads and other things that a sentence leaves out."""

from __future__ import annotations

import pytest
from figure_texts import figures_of

from indexer.types import Figure, Measure, Period, Role


def figures(text: str) -> tuple[Figure, ...]:
    return figures_of(f"一、工作回顾\n{text}\n")


def subjects(text: str) -> list[str]:
    return [figure.subject_text for figure in figures(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("烟花爆竹生产、批发、零售企业分别为2家、9家和140家。",
         ["烟花爆竹生产企业", "烟花爆竹批发企业", "烟花爆竹零售企业"]),
        ("施工、监理、检测单位分别有12家、5家、3家。", ["施工单位", "监理单位", "检测单位"]),
        ("小麦和玉米播种面积分别为30万亩、20万亩。", ["小麦播种面积", "玉米播种面积"]),
        ("城乡居民人均消费支出分别增长5.1%、6.3%。", ["城镇居民人均消费支出", "农村居民人均消费支出"]),
        ("存贷款余额分别达到856亿元、612亿元。", ["存款余额", "贷款余额"]),
    ],
)  # fmt: skip
def test_conjuncts_share_what_only_the_first_or_the_last_carries(text: str, expected: list[str]) -> None:
    assert subjects(text) == expected


@pytest.mark.parametrize(
    ("text", "subject", "places"),
    [
        ("青禾县、白石县、丙区森林覆盖率分别达到45%、46%、47%。", "森林覆盖率", ["青禾县", "白石县", "丙区"]),
        ("东湖区、西山县分别建成公园3个、5个。", "公园", ["东湖区", "西山县"]),
        ("南川、北川两县分别完成造林3.2万亩、4.1万亩。", "造林", ["南川", "北川"]),
    ],
)
def test_a_list_of_places_gives_each_figure_its_scope(text: str, subject: str, places: list[str]) -> None:
    found = figures(text)
    assert {figure.subject_text for figure in found} == {subject}
    assert [figure.scope for figure in found] == places


def test_a_rate_of_places_is_named_as_the_paragraph_named_it_before() -> None:
    found = figures("学校食堂安装监控设备320套，安装率92.5%。青禾县、白石县安装率分别为95.1%、90.3%。")
    assert found[2].subject_text == found[1].subject_text
    assert found[1].subject_text.endswith("监控设备安装率")
    assert [figure.scope for figure in found[2:]] == ["青禾县", "白石县"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("油菜种植面积12.4万亩，总产1.86万吨，单产150公斤。", ["油菜种植面积", "油菜总产", "油菜单产"]),
        ("肉牛出栏3.1万头，年末存栏4.5万头。", ["肉牛出栏", "肉牛存栏"]),
        ("生活垃圾分类小区新增28个、达到112个，分类率63.5%。",
         ["生活垃圾分类小区", "生活垃圾分类小区", "生活垃圾分类率"]),
        ("组建民兵队伍6支，队员180人；志愿队伍14支，队员420人。",
         ["民兵队伍", "民兵队伍队员", "志愿队伍", "志愿队伍队员"]),
        ("新建标准化鱼塘2.4万亩，完成投资3100万元，全县累计建成9.8万亩。",
         ["标准化鱼塘", "标准化鱼塘投资", "标准化鱼塘建成"]),
    ],
)  # fmt: skip
def test_a_bare_head_takes_the_thing_named_before(text: str, expected: list[str]) -> None:
    assert subjects(text) == expected


def test_a_rate_that_is_a_thing_of_its_own_takes_none() -> None:
    assert subjects("城镇新增就业8600人，失业率4.1%。")[1] == "失业率"


def test_a_change_without_words_is_of_the_figure_with_its_unit() -> None:
    assert subjects("发生溺水事件4起，搜救面积26平方公里，比上年减少2起。")[2] == "溺水事件"


def test_a_growth_behind_a_share_is_of_the_thing_itself() -> None:
    level, share, growth = figures("用于水利的支出为86亿元，占基建支出总数的21.4%，比上年实际增长13.5%。")
    assert (share.measure, growth.measure) == (Measure.SHARE, Measure.GROWTH)
    assert "占" in share.subject_text
    assert growth.subject_text == level.subject_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("外贸进出口总额310亿元，其中进口120亿元。", ["外贸进出口总额", "进口"]),
        ("下达帮扶资金960万元（中央资金500万元、省级资金460万元）。",
         ["帮扶资金", "帮扶中央资金", "帮扶省级资金"]),
        ("查处案件36起：食品案件20起，其他16起。", ["案件", "食品案件", "其他"]),
        ("平均审批时限由法定30个工作日压缩到9个工作日。", ["审批时限", "审批时限"]),
        ("处罚金额83万元，信息报送及时率99%。", ["处罚金额", "信息报送及时率"]),
        ("使用20年以上的锅炉有36台。", ["使用20年以上的锅炉"]),
        ("不合格的14批次全部下架。", ["不合格"]),
        ("全县共有基层司法所12个。", ["基层司法所"]),
        ("工业总产值（不包括手工业，下同），预计达到86亿元。", ["工业总产值"]),
    ],
)  # fmt: skip
def test_the_subject_is_what_the_sentence_is_about(text: str, expected: list[str]) -> None:
    assert subjects(text) == expected


def test_a_label_in_a_paragraph_stands_over_the_sentences_behind_it() -> None:
    text = "夏粮丰收。投入机具4000台，组建服务队31支。老旧管网改造提速。全年完成投资1930万元。"
    assert subjects(text)[-1] == "老旧管网改造投资"


def test_what_goes_beyond_a_plan_is_no_level() -> None:
    built, over = figures("新建标准厂房8.3万平方米，超计划0.3万平方米。")
    assert (built.measure, over.measure, over.base_period) == (Measure.LEVEL, Measure.CHANGE, "超计划")


def test_the_planned_number_and_the_one_done_of_it() -> None:
    planned, done = figures("计划更新改造的80座旧桥完成64座。")
    assert (planned.role, done.role) == (Role.PLAN, Role.RESULT)


def test_a_number_of_a_task_is_a_plan_and_what_follows_is_done_of_it() -> None:
    task, begun, built = figures("全年6万亩果园建设任务已开工2.4万亩，建成1.1万亩。")
    assert [task.role, begun.role, built.role] == [Role.PLAN, Role.RESULT, Role.RESULT]
    assert figures("产值83亿元，未达到85亿元的目标。")[1].role is Role.PLAN
    assert figures("胜利完成裁减30万员额的任务。")[0].role is Role.RESULT


def test_a_larger_accident_is_compared_with_nothing() -> None:
    assert subjects("发生火灾64起，较大火灾1起。") == ["火灾", "较大火灾"]


def test_what_a_price_is_told_for_is_no_figure_and_no_subject() -> None:
    figures = figures_of(
        "二、今年工作\n早稻、晚稻、粳稻每５０公斤分别提高３元、５元和１０元，小麦每５０公斤提高３元。\n"
    )
    assert [(figure.subject_text, figure.written) for figure in figures] == [
        ("早稻", "３元"), ("晚稻", "５元"), ("粳稻", "１０元"), ("小麦", "３元"),
    ]  # fmt: skip


def test_the_year_of_the_first_number_is_not_that_of_what_it_fell_to() -> None:
    first, second = figures_of("一、回顾\n积累率由2019年的36.5%，降为33.6%。\n", year=2021)
    assert (first.period, second.period) == (Period.of_year(2019), Period.of_year(2020))
