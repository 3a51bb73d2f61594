"""The grounding check: numbers by value, whatever their spelling; idioms and citation numbers are none."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.fusion import LEG_WEIGHTS, fuse
from assistant.grounding import numbers_in, ungrounded


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("449个", [449]),
        ("增长百分之八", [8]),
        ("168.4万辆", [1684000]),
        ("1.684 million vehicles", [1684000]),
        ("１２５６万人", [12560000]),
        ("12,560,000", [12560000]),
        ("3339亿元、增长5.5%", [333900000000, Decimal("5.5")]),
        ("见[1]和[2]", []),
        ("一是狠抓落实", []),
    ],
)
def test_values(text: str, values: list[Decimal]) -> None:
    assert numbers_in(text) == [Decimal(value) for value in values]


def test_a_number_no_quote_holds_is_found() -> None:
    quotes = ["累计查扣违规气瓶449个。", "新能源汽车产量168.4万辆。"]
    assert ungrounded("查扣449个，产量1.684 million", quotes) == []
    assert ungrounded("查扣450个", quotes) == [450]
    assert ungrounded("2023年查扣449个", quotes, allowed=[Decimal(2023)]) == []


@given(st.decimals(min_value=0, max_value=10**7, places=2, allow_nan=False))
def test_any_number_is_grounded_in_itself_and_not_in_another(value: Decimal) -> None:
    text = format(value, "f")
    assert ungrounded(f"{text}吨", [f"产量{text}吨"]) == []
    assert ungrounded(f"{text}吨", [f"产量{value + 1}吨"]) == [value]


def test_fusion_adds_legs_by_weight() -> None:
    rows = fuse({"keyword": {1: 10.0, 2: 5.0}, "dense": {2: 0.8, 3: 0.4}, "ledger": {}})
    keyword, dense = LEG_WEIGHTS["keyword"], LEG_WEIGHTS["dense"]
    assert [(item, round(score, 6)) for item, score, _ in rows] == [
        (2, round(keyword * 0.5 + dense * 0.8, 6)),
        (1, keyword * 1.0),
        (3, round(dense * 0.4, 6)),
    ]
