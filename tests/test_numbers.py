"""Numbers as written: Arabic, spaced, full-width and Chinese numerals, and back again."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.figures.numbers import parse_chinese, read_number
from indexer.fold import fold

DIGITS = "零一二三四五六七八九"
POWERS = ("", "十", "百", "千")


def in_chinese(value: int) -> str:
    """The plain Chinese numeral of a whole number below 10^12 (一千零二十万三千零五)."""
    if value == 0:
        return "零"
    groups: list[str] = []
    for name in ("", "万", "亿"):
        value, group = divmod(value, 10_000)
        text = "".join(
            (DIGITS[digit] + POWERS[power]) if digit else "零"
            for power, digit in reversed(list(enumerate(int(d) for d in reversed(f"{group:04d}"))))
        )
        groups.append((text + name) if group else "零")
    joined = "".join(reversed(groups))
    while "零零" in joined:
        joined = joined.replace("零零", "零")
    return joined.strip("零").replace("零万", "万").replace("零亿", "亿")


@given(st.integers(min_value=1, max_value=10**12 - 1))
def test_a_chinese_numeral_reads_back_as_the_number_it_was_made_of(value: int) -> None:
    assert parse_chinese(in_chinese(value)) == value


@given(st.integers(min_value=0, max_value=9999), st.text(alphabet="0123456789", min_size=1, max_size=4))
def test_a_chinese_decimal_reads_back(whole: int, tail: str) -> None:
    numeral = f"{in_chinese(whole)}点{''.join(DIGITS[int(digit)] for digit in tail)}"
    assert parse_chinese(numeral) == Decimal(f"{whole}.{tail}")


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_an_arabic_number_reads_back_however_it_is_grouped(value: Decimal) -> None:
    for written in (f"{value}", f"{value:,}", f"{value}".translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789."})):
        number = read_number(fold(written), 0, len(written))
        assert number is not None
        assert (number.low, number.end) == (value, len(written))


@pytest.mark.parametrize(
    ("written", "low", "high"),
    [
        ("一千二百", 1200, 1200),
        ("二百十七", 217, 217),
        ("一万三千五百十三", 13513, 13513),
        ("三百五", 350, 350),
        ("三百零五", 305, 305),
        ("一亿五千万", 150_000_000, 150_000_000),
        ("二〇二三", 2023, 2023),
        ("三四十", 30, 40),
        ("十五六", 15, 16),
        ("两三千", 2000, 3000),
        ("十几", 10, None),
        ("1 8 6 4 0", 18640, 18640),
        ("2 000", 2000, 2000),
        ("8 ．7", Decimal("8.7"), Decimal("8.7")),
        ("4·3", Decimal("4.3"), Decimal("4.3")),
        ("1亿2000万", 120_000_000, 120_000_000),
        ("百分之八点五", Decimal("8.5"), Decimal("8.5")),
        ("百分之百", 100, 100),
        ("千分之三", Decimal("0.3"), Decimal("0.3")),
        ("三分之二", Decimal("0.6667"), Decimal("0.6667")),
        ("1/3", Decimal("0.3333"), Decimal("0.3333")),
    ],
)
def test_numbers_of_real_reports(written: str, low: Decimal | int, high: Decimal | int | None) -> None:
    number = read_number(fold(written), 0, len(written))
    assert number is not None
    assert (number.low, number.high, number.end) == (low, high, len(written))


@pytest.mark.parametrize("written", ["几十", "数百", "万里", "百姓", "千", "三三百", "十十"])
def test_what_has_no_value_is_no_number(written: str) -> None:
    number = read_number(written, 0, len(written))
    assert number is None or number.end < len(written)


def test_a_final_multiplier_is_left_to_the_unit() -> None:
    number = read_number("五百万人", 0, 4)
    assert number is not None
    assert (number.low, number.end) == (500, 2)
