"""What a figure counts where its own words do not say: the heading's thing, the thing before, the whole."""

from __future__ import annotations

import pytest
from figure_texts import figures_of

from indexer.types import Figure, Genre, PartLink


def of_summary(text: str) -> tuple[Figure, ...]:
    return figures_of(f"一、主要工作\n{text}\n", genre=Genre.WORK_SUMMARY, year=2023)


def subjects(text: str) -> list[str]:
    return [figure.subject_text for figure in of_summary(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "加装电梯有序推进。受理73部，建成41部。其余13部正在公示。",
            ["加装电梯受理", "加装电梯建成", "加装电梯正在公示"],
        ),
        ("（三）燃气安全。全年检查1200户次，整改隐患386处。", ["燃气安全检查", "隐患"]),
        ("（四）消防审验\n受理412件，办结398件，合格率91.2%。", ["消防审验受理", "消防审验办结", "消防审验合格率"]),
        (
            "电信网络诈骗。发案412起，损失2860万元，抓获236人。",
            ["电信网络诈骗发案", "电信网络诈骗损失", "电信网络诈骗抓获"],
        ),
        (
            "二是老旧小区改造分批推进。年初安排15个，完工13个，2个因迁改仍在施工。",
            ["老旧小区改造", "老旧小区改造完工", "老旧小区改造在施工"],
        ),
        ("打击犯罪成效明显。禁毒：破获毒品案件29起，抓获48人。", ["毒品案件", "禁毒抓获"]),
        ("（二）执法。出动4360人次，检查企业1870家次，立案93起。", ["执法出动", "企业", "执法立案"]),
    ],
)
def test_a_bare_activity_is_of_what_its_heading_names(text: str, expected: list[str]) -> None:
    assert subjects(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("（五）建筑市场。工资拖欠案件受理89起，办结88起，追回1360万元。", "工资拖欠案件追回"),
        ("（一）服务。检验结果互认项目增至120项，互认14.3万项次。", "检验结果互认"),
        ("（七）养护。国省道大中修118公里，投入1.92亿元。", "国省道大中修投入"),
        ("（二）出行。共享单车在市区投放2.4万辆。", "共享单车投放"),
        ("（八）审计。受理热线来电1430件，当场答复1216件，转办214件。", "热线来电转办"),
        ("全县共有危桥12座。改造5座。", "危桥改造"),
        ("（一）住房。初判存在隐患住房317栋；鉴定112栋。", "隐患住房鉴定"),
        ("（一）综述。建立“两项补贴”制度，惠及2100多万人。", "“两项补贴”制度惠及"),
    ],
)
def test_what_the_sentence_names_comes_before_the_heading(text: str, expected: str) -> None:
    assert subjects(text)[-1] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("（六）对外贸易。外经外贸持续提升，出口首次突破2万亿元。", "出口"),  # a thing of its own
        ("（六）扩大就业。统筹9.8亿元用于援企稳岗。", "统筹"),  # the object stands behind the money
        ("受理412件，办结398件。", "办结"),  # no heading: at least not 受理办结
    ],
)
def test_no_heading_is_joined_to_what_is_no_activity_of_it(text: str, expected: str) -> None:
    assert subjects(text)[-1] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("查处违规医疗美容机构13家，罚款37.2万元。", "违规医疗美容机构罚款"),
        ("查处非法营运611台，其中网约车304台，罚款467.9万元。", "非法营运罚款"),
        ("改造小区46个、312栋，惠及居民2.1万户，完成投资3.86亿元。", "小区投资"),
        ("现有民警612人，平均年龄41.2岁。", "民警平均年龄"),
        ("国考断面8个，优良比例100%。", "国考断面优良比例"),
        ("生产安全事故69起、死亡53人，起数下降11.5%。", "生产安全事故起数"),
        ("一是工业投资占比低，仅为31%。", "工业投资"),
        ("规上制造业税收可比增长13.2%。", "规上制造业税收"),
        ("巡查发现案件12起，移送公安6起。", "移送公安"),
        ("企业开办提速，迁移登记由7个工作日压缩至3个工作日。", "迁移登记"),
    ],
)
def test_measures_that_say_nothing_alone_take_their_thing(text: str, expected: str) -> None:
    assert subjects(text)[-1] == expected


def test_a_time_that_is_cut_is_counted_before_and_after() -> None:
    assert [figure.written for figure in of_summary("迁移登记由7个工作日压缩至3个工作日。")] == [
        "7个工作日",
        "3个工作日",
    ]


def test_hours_and_minutes_are_one_time() -> None:
    (figure,) = of_summary("火场扑救平均用时1小时50分钟。")
    assert (figure.written, figure.unit) == ("1小时50分钟", "分钟")
    assert figure.value == 60 + 50


def test_solved_cases_are_exact() -> None:
    raised, solved = of_summary("命案发5起破5起。")
    assert [raised.low, raised.high, solved.low, solved.high] == [5, 5, 5, 5]


def test_numerals_that_are_none_do_not_stop_the_reading() -> None:
    assert subjects("工作中仍有十几几处理不当。") == []


def test_what_is_behind_a_semicolon_is_no_part_that_cannot_fit() -> None:
    whole, part, other = of_summary("招聘教师312名，其中研究生168名；交流轮岗教师286名。")
    assert (part.part_of, part.part_link) == (whole.ordinal, PartLink.STATED)
    assert other.part_of is None


def test_a_part_is_of_what_was_reached_not_of_what_it_is_compared_with() -> None:
    reached, base, growth, part = of_summary(
        "产值达到2050亿元，比2022年的1241亿元增长65%。其中，工业产值达到1170亿元。"
    )
    assert (base.part_of, growth.part_of) == (None, None)
    assert part.part_of == reached.ordinal


def test_what_follows_other_amounts_is_no_part_of_an_amount_before() -> None:
    text = "基本生活标准每人每月1218元，低保对象2864户，其中城镇1792户，发放低保金3186.5万元，人均补差641.9元。"
    standard, whole, part, paid, average = of_summary(text)
    assert part.part_of == whole.ordinal
    assert (standard.part_of, paid.part_of, average.part_of) == (None, None, None)
