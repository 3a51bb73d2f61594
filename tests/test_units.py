"""Units: the table, multipliers, rates, and what a following character makes of a counter."""

from __future__ import annotations

from decimal import Decimal

import pytest

from indexer.figures.units import UnitTable


@pytest.fixture(scope="module")
def table() -> UnitTable:
    return UnitTable.load()


@pytest.mark.parametrize(
    ("behind", "unit", "base", "scale", "dimension"),
    [
        ("公里", "公里", "米", 1000, "length"),
        ("千米", "千米", "米", 1000, "length"),
        ("千人", "千人", "人", 1000, "count"),
        ("千瓦时", "千瓦时", "千瓦时", 1, "energy"),
        ("万千瓦时", "万千瓦时", "千瓦时", 10**4, "energy"),
        ("万㎡", "万㎡", "平方米", 10**4, "area"),
        ("m2以内", "m2", "平方米", 1, "area"),
        ("亿斤", "亿斤", "千克", Decimal("0.5") * 10**8, "mass"),
        ("多万套", "万套", "套", 10**4, "count"),
        ("余家", "家", "家", 1, "count"),
        ("名院士", "名", "人", 1, "count"),
        ("万标准箱", "万标准箱", "标准箱", 10**4, "count"),
        ("万亿元", "万亿元", "元", 10**12, "money"),
        ("亿美元", "亿美元", "美元", 10**8, "money (US dollar)"),
        ("万，", "万", "", 10**4, "count"),
        ("元/平方米", "元/平方米", "元/平方米", 1, "rate"),
        ("微克/立方米", "微克/立方米", "千克/立方米", Decimal("1E-9"), "rate"),
        ("吨标准煤/万元", "吨标准煤/万元", "千克标准煤/元", Decimal("0.1"), "rate"),
        ("个多百分点", "个百分点", "个百分点", 1, "points"),
        ("个百分点", "个百分点", "个百分点", 1, "points"),
    ],
)
def test_a_unit_is_read_with_its_multiplier(
    table: UnitTable, behind: str, unit: str, base: str, scale: Decimal | int, dimension: str
) -> None:
    found = table.read(behind, 0, len(behind), numeral=False)
    assert found is not None
    assert (found.unit, found.base, found.scale, found.dimension) == (unit, base, scale, dimension)


@pytest.mark.parametrize("behind", ["号线", "里程碑", "人大代表", "条例", "国际", "市场", "户籍人口", "天然气"])
def test_a_word_that_only_begins_like_a_unit_is_none(table: UnitTable, behind: str) -> None:
    assert table.read(behind, 0, len(behind), numeral=False) is None


def test_a_letter_unit_ends_where_a_letter_follows(table: UnitTable) -> None:
    assert table.read("m", 0, 1, numeral=False) is not None
    assert table.read("mAh", 0, 3, numeral=False) is None


def test_every_unit_has_a_positive_factor(table: UnitTable) -> None:
    units = [unit for group in table.by_first.values() for unit in group]
    assert len(units) > 400
    assert all(unit.factor > 0 and unit.written for unit in units)
