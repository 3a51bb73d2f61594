"""Questions with several answers: which texts put several, and what a stated plan leaves to be asked."""

from __future__ import annotations

import pytest

from assistant.asks import split_asks, without_change
from assistant.impossible import impossible_time
from assistant.targets import without_stated


def filled(before: str, said: str) -> str:
    return f"{before}+{said}"


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("口袋公园建了几个，完工了几个？", ("口袋公园建了几个", "口袋公园建了几个+完工了几个")),
        ("2023年信访总量是多少，增长了多少？", ("2023年信访总量是多少", "2023年信访总量是多少+增长了多少")),
        ("青禾区开放了几条河，多长？", ("青禾区开放了几条河", "青禾区开放了几条河+多长")),
        ("湖北多少公里、云南多少公里？", ("湖北多少公里", "湖北多少公里+云南多少公里")),
        ("2014年赤字多少？2016年呢？增加多少亿元？", ("2014年赤字多少", "2014年赤字多少+2016年呢")),
        (
            "How many homes were built, and how many were renovated?",
            ("How many homes were built", "How many homes were built+how many were renovated"),
        ),
    ],
)
def test_what_asks_twice_is_two_questions(text: str, asks: tuple[str, ...]) -> None:
    assert split_asks(text, filled) == asks


@pytest.mark.parametrize(
    "text",
    [
        "2023年查扣了多少气瓶？",
        "城镇和农村居民收入分别增长多少？",
        "2022年和2023年改造老旧小区各多少个？相差多少？",
        "陕西和贵州2024年一般公共预算收入哪个高？高多少亿元？",
        "2023年信访总量是多少，各渠道分别多少？",
        "亮灯率是多少？2024年比2023年高多少？",
        "在2023年的总结里，按市里的口径，新增停车泊位多少个？",
    ],
)
def test_what_asks_once_stays_whole(text: str) -> None:
    assert split_asks(text, filled) == (text,)


def test_a_difference_is_computed_not_looked_for() -> None:
    assert without_change("2022年和2023年改造老旧小区各多少个？相差多少？") == "2022年和2023年改造老旧小区各多少个？"
    assert (
        without_change("亮灯率多少？2024年比2023年高多少？") == "亮灯率多少？2024年比2023年高多少？"
    )  # names its years
    assert without_change("2023年新增停车泊位多少个，增长了多少？") == "2023年新增停车泊位多少个，增长了多少？"


def test_the_stated_plan_is_no_topic() -> None:
    assert without_stated("2014年GDP增长7.5%左右的目标算完成吗?") == "2014年GDP增长"
    assert without_stated("计划2024年加装60部电梯,实际完成多少部?") == "2024年加装电梯"
    assert without_stated("完成了吗?") == "完成了吗?"


@pytest.mark.parametrize(
    "text",
    [
        "2023年12月",
        "2024年2月29日查扣多少",
        "2023年1—11月",
        "第四季度",
        "10个月完成多少",
        "Q4 of 2023",
        "2023年5月以来",
    ],
)
def test_times_that_can_be_are_let_pass(text: str) -> None:
    assert impossible_time(text) is None
