"""Figures: what is one, what is none, how much of the text it takes in, and what its hedges say."""

from __future__ import annotations

from decimal import Decimal

import pytest
from figure_texts import figures_of, stated
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.figures import UnitTable, read_quantities
from indexer.fold import fold


@pytest.fixture(scope="module")
def table() -> UnitTable:
    return UnitTable.load()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("累计清退违规摊位449个。", ["449个"]),
        ("对103余处病害进行处理", ["103余处"]),
        ("完成投资*.*亿元，占总额的60.76％", ["*.*亿元", "60.76％"]),
        ("约270栋楼宇，近14亿人口", ["270栋", "14亿"]),
        ("棚户区改造620多万套", ["620多万套"]),
        ("勇夺8金9银6铜", ["8金", "9银", "6铜"]),
        ("增长百分之八左右", ["百分之八"]),
        ("压减三分之一以上", ["三分之一"]),
        ("物价涨幅4.5%-5%，新建3—5个，增加80至90万户", ["4.5%-5%", "3—5个", "80至90万户"]),
        ("百分之二十到三十的农户", ["百分之二十到三十"]),
        ("由10.2%下降到3.1%", ["10.2%", "3.1%"]),
        ("从54万亿元增加到82.7万亿元", ["54万亿元", "82.7万亿元"]),
        ("里程突破8000公里、达8184公里", ["8000公里", "8184公里"]),
        ("比上年翻一番，五年翻两番", ["一番", "两番"]),
        ("余额增长1倍多，提高2个多百分点", ["1倍多", "2个多百分点"]),
        ("备案32件（其中7件抽中，19件未抽中，办理中6件）", ["32件", "7件", "19件", "6件"]),
        ("产量１８．６万吨，出口1 8 6 4 0 台", ["１８．６万吨", "1 8 6 4 0 台"]),
        ("旅游收入超百亿元，带动上千家企业", ["百亿元", "千家"]),
        ("农村贫困人口减少1386万，", ["1386万"]),
        ("居全省第2位、列全国第六。", ["第2位", "第六"]),
        ("办理时间缩短至3天，平均预期寿命79.6岁", ["3天", "79.6岁"]),
        ("燃气公司*家，排查隐患*余条，人数*人，*万平方米", ["*家", "*余条", "*人", "*万平方米"]),
        ("两座码头、三十多个行政村、十几条街巷", ["两座", "三十多个", "十几条"]),
        ("牵头组建12家长三角联合体，形成154项制度成果", ["12家", "154项"]),
        ("基尼系数为0.45。", ["0.45"]),
    ],
)
def test_what_is_a_figure(table: UnitTable, text: str, expected: list[str]) -> None:
    assert [text[found.start : found.end] for found in read_quantities(fold(text), table)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "2023年12月5日，2018-2022年，1—5月，一九五二年，“十四五”时期",
        "*月*日至*日，*号路至*号路，*县、*区、*路、*镇，“*+*”体系，*热线，PM*，*-2022年度",
        "第三污水处理厂、第一季度、第二批、二十届三中全会、党的二十大",
        "〔2023〕5号文件，3号线二期工程，G20峰会、5G基站、4K、歼-35A、PM2.5、COVID-19",
        "一是抓落实，一批项目，一个中国原则，一带一路，三农工作，两个维护，四个意识，三个方面",
        "“百千万工程”“1+N”“5个100%”，《2022年10个项目方案》",
        "连续3年，五年来，近五年，3年行动，24小时值班，5天内",
        "三门峡、五台山、九寨沟、两院院士、两岸、三江源、一国两制",
        "万吨级泊位、千亿级产业、5A级景区、三级医院、双百行动",
        "数百名，几十家，千家万户，千方百计，百姓",
        "比例为1:2，时间14:30，7×24小时",
        "贯彻八项规定精神，不再一一列举，三次产业结构",
    ],
)
def test_what_is_no_figure(table: UnitTable, text: str) -> None:
    assert [text[found.start : found.end] for found in read_quantities(fold(text), table)] == []


@pytest.mark.parametrize(
    ("text", "low", "high", "approximate"),
    [
        ("约120公里", "120", "120", True),
        ("5.5%左右", "5.5", "5.5", True),
        ("接近60%", "60", "60", True),
        ("签约120户", "120", "120", False),
        ("节约3亿元", "3", "3", False),
        ("附近3个村", "3", "3", False),
        ("超过5万人", "5", None, False),
        ("1.3万亿斤以上", "1.3", None, False),
        ("不低于95%", "95", None, False),
        ("200余家", "200", None, False),
        ("不超过3%", None, "3", False),
        ("5000平方米以内", None, "5000", False),
        ("控制在5.5%以内", None, "5.5", False),
        ("控制在3.5%左右", "3.5", "3.5", True),
        ("4.5%-5%", "4.5", "5", False),
        ("三四十人", "30", "40", False),
        ("十几个", "10", None, False),
    ],
)
def test_hedges_bound_the_value(
    table: UnitTable, text: str, low: str | None, high: str | None, approximate: bool
) -> None:
    (found,) = read_quantities(fold(text), table)
    bounds = tuple(None if bound is None else Decimal(bound) for bound in (low, high))
    assert (found.low, found.high, found.approximate) == (*bounds, approximate)


def test_a_masked_figure_has_a_unit_but_no_value() -> None:
    (figure,) = figures_of("一、工作回顾\n全年供应天然气约*.*万立方米。")
    assert (figure.masked, figure.value, figure.unit, figure.written) == (True, None, "万立方米", "*.*万立方米")
    assert (figure.base_unit, figure.scale, figure.approximate) == ("立方米", Decimal(10**4), True)


def test_a_list_number_glued_to_a_count_is_not_read_with_it() -> None:
    assert stated(figures_of("一、工作回顾\n3.5处古厝完成修缮。\n4.12个项目完工。")) == ["5处", "12个"]


def test_a_lower_bound_and_the_level_beside_it_are_two_figures() -> None:
    first, second = figures_of("一、工作回顾\n高速公路里程突破8000公里、达8184公里。")
    assert (first.low, first.high, first.qualifiers) == (Decimal(8000), None, ("突破",))
    assert (second.low, second.high) == (Decimal(8184), Decimal(8184))


TABLE = UnitTable.load()
PIECES = st.sampled_from(
    [
        *"0123456789.,·-—~%‰*×X （）()“”《》、，。；第约近超余多个家万亿千百十一二两三半几到至从年月日号级位名",
        "以上",
        "以内",
        "百分之",
        "分之",
    ]
)


@settings(max_examples=500)
@given(st.lists(PIECES, max_size=60).map("".join))
def test_any_text_is_read_without_overlap(text: str) -> None:
    found = read_quantities(fold(text), TABLE)
    end = 0
    for quantity in found:
        assert end <= quantity.start < quantity.end <= len(text)
        assert quantity.outer_start <= quantity.start
        assert quantity.end <= quantity.outer_end
        assert quantity.masked == (quantity.low is None and quantity.high is None)
        if quantity.low is not None and quantity.high is not None:
            assert quantity.low <= quantity.high
        end = quantity.end


def test_endless_numerals_are_no_figures(table: UnitTable) -> None:
    for text in ("9" * 20_000 + "个", "三" * 20_000 + "个", "百" * 5_000 + "家", "*" * 5_000, "9亿" * 3_000):
        read_quantities(text, table)
