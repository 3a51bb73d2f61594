"""Words that ask for the parts of a figure are structure, not topic."""

from __future__ import annotations

import pytest

from assistant.breakdown import breakdown_asked, without_breakdown


@pytest.mark.parametrize(
    ("asked", "whole"),
    [
        ("澜江区2023年查扣气瓶各类多少", "澜江区2023年查扣气瓶"),
        ("2022年信访总量是多少,各渠道分别多少?", "2022年信访总量是多少?"),
        ("2022年信访总量以及构成(云岭县)", "2022年信访总量(云岭县)"),
        ("2022年信访总件数,分领域列一下", "2022年信访总件数"),
        ("2022年信访件的组成是什么?", "2022年信访件?"),
        ("2024年水果产量多少?苹果、梨各占多少", "2024年水果产量多少"),
        ("2024年水果产量及早晚两季各多少", "2024年水果产量"),
        ("2023年在册车辆总量,按车辆类型拆开", "2023年在册车辆总量"),
        ("2021年立案总数及各类案件数", "2021年立案总数"),
        ("查扣气瓶多少个,其中经营门店和居民家中分别多少", "查扣气瓶多少个"),
        ("How many accidents were there in 2023, by industry?", "How many accidents were there in 2023?"),
        ("What was the total fruit output, broken down by season?", "What was the total fruit output?"),
    ],
)
def test_what_is_left_asks_for_the_whole(asked: str, whole: str) -> None:
    assert without_breakdown(asked) == whole


@pytest.mark.parametrize(
    "text",
    [
        "澜江区2022年和2023年改造老旧小区各多少个",
        "城镇和农村居民收入分别增长多少",
        "各类市场主体有多少户",
        "各类学校多少所",
        "分类施策处置隐患多少处",
        "组成联合执法队多少支",
        "各项存款余额是多少",
        "各级财政投入多少",
        "2023年固定资产投资按可比口径增长多少",
        "how many buses run by the company were replaced",
    ],
)
def test_other_questions_ask_for_no_parts(text: str) -> None:
    assert breakdown_asked(text) is None
    assert without_breakdown(text) == text
