"""What a figure counts in dense summaries: pairs, names with numbers in them, bounds, halves, heads over lists."""

from __future__ import annotations

import pytest
from figure_texts import figures_of

from indexer.types import Figure, Genre, PartLink, Period, Role


def figures(text: str) -> tuple[Figure, ...]:
    """The figures of a summary of 2024 with one reviewing chapter."""
    return figures_of(f"一、工作回顾\n{text}\n", genre=Genre.WORK_SUMMARY)


def subjects(text: str) -> list[tuple[str, str]]:
    return [(figure.written, figure.subject_text) for figure in figures(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("在保特困对象412户530人，其中城镇97户121人、农村315户409人。",
         [("412户", "在保特困对象"), ("530人", "在保特困对象"), ("97户", "城镇在保特困对象"),
          ("121人", "城镇在保特困对象"), ("315户", "农村在保特困对象"), ("409人", "农村在保特困对象")]),
        ("取缔占道经营860处1.4万平方米。", [("860处", "占道经营"), ("1.4万平方米", "占道经营")]),
        ("处罚个人57起、单位16起，合计8.3万元。",
         [("57起", "处罚个人"), ("16起", "处罚单位"), ("8.3万元", "处罚")]),
        ("评定重度失能206人、中度318人。", [("206人", "重度失能"), ("318人", "中度失能")]),
    ],
)  # fmt: skip
def test_the_second_of_a_pair_counts_what_the_first_does(text: str, expected: list[tuple[str, str]]) -> None:
    assert subjects(text) == expected


def test_the_parts_of_a_pair_belong_to_their_like_unit() -> None:
    found = figures("在保特困对象412户530人，其中城镇97户121人、农村315户409人，全年新纳入38户。")
    wholes = [None if figure.part_of is None else found[figure.part_of].written for figure in found]
    assert wholes == [None, None, "412户", "530人", "412户", "530人", None]
    assert [figure.scope for figure in found[2:6]] == ["城镇", "城镇", "农村", "农村"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("肺结核、乙肝患者规范治疗率分别为91.2%和88.4%。", ["肺结核患者规范治疗率", "乙肝患者规范治疗率"]),
        ("登记肺结核患者214人、乙肝患者630人，随访率分别为93%和87%。",
         ["肺结核患者", "乙肝患者", "肺结核患者随访率", "乙肝患者随访率"]),
        ("城镇、农村居民人均消费支出分别增长4.1%、5.2%。", ["城镇居民人均消费支出", "农村居民人均消费支出"]),
        ("来电集中于路灯不亮、井盖缺失和违停占道，分别为52件、47件、31件。", ["路灯不亮", "井盖缺失", "违停占道"]),
        ("孤儿21人、留守儿童96人，补贴标准分别为2300元和260元。",
         ["孤儿", "留守儿童", "孤儿补贴标准", "留守儿童补贴标准"]),
        ("客运量210万吨，货运量430万吨，其中集装箱6万标箱，分别增长3%、4%和5%。",
         ["客运量", "货运量", "集装箱", "客运量", "货运量", "集装箱"]),
    ],
)  # fmt: skip
def test_each_item_of_a_list_gets_the_shared_head(text: str, expected: list[str]) -> None:
    assert [subject for _, subject in subjects(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("桥梁检测63座，其中Ⅱ类桥9座、Ⅴ类桥2座。", ["桥梁检测", "Ⅱ类桥", "Ⅴ类桥"]),
        (
            "A级企业35家、C级企业4家，5G基站120个，1型糖尿病患者310人。",
            ["A级企业", "C级企业", "5G基站", "1型糖尿病患者"],
        ),
        ("12329热线受理4120件，110出警862次。", ["12329热线受理", "110出警"]),
        ("其中24小时开放36座，三、四级手术520台。", ["24小时开放", "三、四级手术"]),
        ("暑运62天发送旅客80.3万人次。", ["发送旅客"]),
    ],
)
def test_numbers_within_a_name_stay_in_it(text: str, expected: list[str]) -> None:
    assert [subject for _, subject in subjects(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("70岁以上老年人免费体检1.2万人。", ["老年人免费体检", "70岁以上老年人免费体检"]),
        ("全县户籍老人9.4万人，其中90岁以上1860人、百岁以上23人。", ["户籍老人", "90岁以上户籍老人", "90岁以上户籍老人", "百岁以上"]),
        ("检出胃癌前病变及以上45例。", ["胃癌前病变及以上"]),
        ("副高以上职称18名。", ["副高以上职称"]),
    ],
)  # fmt: skip
def test_a_bound_is_part_of_what_is_counted(text: str, expected: list[str]) -> None:
    assert [subject for _, subject in subjects(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("注册志愿者3.1万人，持证社工86人，留守儿童143人。", ["注册志愿者", "持证社工", "留守儿童"]),
        ("老年助餐点27个，适老化改造家庭95户，便民疏导点11处。", ["老年助餐点", "适老化改造家庭", "便民疏导点"]),
        ("国省道完成大中修77公里。", ["国省道大中修"]),
        ("特困人员基本生活标准每人每月1105元。", ["特困人员基本生活标准"]),
        ("护理员平均月薪4210元。", ["护理员平均月薪"]),
        ("护路补助按县道每公里9000元、乡道4000元拨付。", ["县道", "乡道"]),
        ("托位860个，每千人口3.1个。", ["托位", "托位每千人口"]),
        ("低保标准由每人每月650元提到702元。", ["低保标准", "低保标准"]),
        ("四、五类桥由年初的31座压减至14座。", ["四、五类桥", "四、五类桥"]),
        ("火化遗体1520具，12月单月就有310具。", ["火化遗体", "火化遗体单月"]),
        ("区人民医院新院9月20日试运行，总投资2.6亿元。", ["区人民医院新院总投资"]),
        ("县民政大楼迁建项目完成投资0.8亿元，占年度计划的91%，累计完成投资1.3亿元。",
         ["县民政大楼迁建项目投资"] * 3),
        ("交通投资80亿元；启动东港区铁路专用线，总投资5.2亿元。", ["交通投资", "东港区铁路专用线总投资"]),
        ("安全隐患排查960处，整改率98.0%，其余19处列入清单。", ["安全隐患排查", "安全隐患排查整改率", "安全隐患排查"]),
        ("外贸进出口额82亿元，增速居全省第3位，森林覆盖率全省第二。", ["外贸进出口额", "外贸进出口额增速", "森林覆盖率"]),
        ("新增积水点3处，“7·9”暴雨（小时最大雨量76.5毫米）2小时退水。", ["积水点", "小时最大雨量"]),
    ],
)  # fmt: skip
def test_the_subject_is_the_longest_noun_phrase(text: str, expected: list[str]) -> None:
    assert [subject for _, subject in subjects(text)] == expected


def test_minutes_and_seconds_are_one_figure() -> None:
    (figure,) = figures("平均到达时间9分05秒。")
    assert (figure.written, str(figure.value), figure.unit) == ("9分05秒", "545", "秒")


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("12月末，低保对象1830户。", Period.of_year(2024)),
        ("填埋场9月封场；餐厨垃圾处理2.1万吨。", Period.of_year(2024)),
        ("新线11月6日通车，全长41公里。", Period.of_year(2024)),
        ("出生2130人，是近六年来首次回升，其中二孩760人。", Period.of_year(2024)),
        ("1—5月，新增企业310家。", Period.of_months(2024, 1, 5)),
    ],
)
def test_a_month_of_the_year_under_review_leaves_the_year(text: str, last: Period) -> None:
    assert figures(text)[-1].period == last


def test_a_heading_in_brackets_begins_a_section_of_its_own() -> None:
    done, planned = figures_of(
        "概况。\n【养老服务】养老机构21家，运行平稳。\n【2025年安排】建成中心一处，9月投用；助餐点75个。\n",
        genre=Genre.WORK_SUMMARY,
    )
    assert (done.role, done.period) == (Role.RESULT, Period.of_year(2024))
    assert (planned.role, planned.period) == (Role.PLAN, Period.of_year(2025))


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("全年完成投资87.6亿元，为年度计划的103.1%。", Role.RESULT),
        ("计划生育奖励扶助1830人。", Role.RESULT),
        ("年初确定的35件民生实事全部完成。", Role.RESULT),
        ("完成三期绿化任务91万亩。", Role.RESULT),
        ("年计划投资5亿元。", Role.PLAN),
    ],
)
def test_what_is_measured_by_a_plan_or_fulfils_it_is_done(text: str, role: Role) -> None:
    assert figures(text)[-1].role is role


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("登记社会组织436家，其中社会团体157家、民办学校274家、基金会5家，年检327家。",
         [None, "436家", "436家", "436家", None]),
        ("投资49亿元，占全年95亿元的51.6%，其中高速公路23亿元。", [None, None, None, "49亿元"]),
        ("检查车辆967台；查处违法942起，其中超载700起；扣押车辆126台。", [None, None, "942起", None]),
        ("处罚个人312起、单位97起，合计409起。", ["409起", "409起", None]),
    ],
)  # fmt: skip
def test_parts_end_where_their_whole_is_complete(text: str, expected: list[str | None]) -> None:
    found = figures(text)
    assert [None if figure.part_of is None else found[figure.part_of].written for figure in found] == expected


def test_a_sum_told_behind_its_parts_is_found_by_adding_up() -> None:
    assert figures("处罚个人312起、单位97起，合计409起。")[0].part_link is PartLink.INFERRED_BY_SUM


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("获市级表彰3项、省级1项。", ["市级", "省级"]),
        ("农村公路6.4亿元、水运港口12.3亿元。", [None, None]),
        ("建成全国最大的油轮码头2座。", [None]),
    ],
)
def test_a_level_belongs_to_its_own_noun(text: str, expected: list[str | None]) -> None:
    assert [figure.scope for figure in figures(text)] == expected
