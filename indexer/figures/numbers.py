"""How numbers are written: Arabic, grouped, spaced, full-width (after folding) and Chinese numerals, read as Decimals.

All functions read folded text (`indexer.fold`). A trailing 万 or 亿 is left to the unit (1.37万亿元 is 1.37 of 万亿元),
unless more digits follow it (三万五千 is 35000).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Final

DIGITS: Final = MappingProxyType({c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2})
POWERS: Final = MappingProxyType({"十": 10, "百": 100, "千": 1000})
MYRIADS: Final = MappingProxyType({"万": 10**4, "亿": 10**8})
PARTS_OF: Final = MappingProxyType({"百分之": Decimal(1), "千分之": Decimal("0.1"), "万分之": Decimal("0.01")})

LONGEST: Final = 40  # characters of a number; what is longer is no number of a report
NUMBER_START: Final = "0-9零〇○一二两三四五六七八九十百千万亿半几"
_DIGIT: Final = "零〇○一二两三四五六七八九"

_ARABIC: Final = re.compile(
    r"(?:\d{1,3}(?:,\d{3})+(?![\d,])|\d{1,3}(?: \d{3})+(?!\d)|\d(?: \d)+(?!\d)|\d+)(?: ?[.·](?:\d(?: \d)+(?!\d)|\d+))?"
)
_MIXED: Final = re.compile(r"(\d{1,9})亿(\d{1,4})万(?!亿)|(\d{1,9})万(\d{1,2})千(?![克米瓦伏卡])")
_CHINESE: Final = re.compile(rf"[{_DIGIT}十百千万亿几]+(?:点[{_DIGIT}]+)?")
_HEAD_FRACTION: Final = re.compile(r"[百千万]分之")
_FRACTION: Final = re.compile(r"([一二两三四五六七八九十]{1,4})分之([一二两三四五六七八九十]{1,4})")
_SLASH: Final = re.compile(r"(\d{1,2})/(\d{1,2})(?![\d/年月.])")
_ADJACENT: Final = re.compile(rf"(?<![{_DIGIT}])([一二两三四五六七八])([二三四五六七八九])(?![{_DIGIT}])")
_POSITIONAL: Final = re.compile(rf"[{_DIGIT}]{{2,}}")


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text: `low` to `high` (equal but for 三四十 or 十几), without hedges and without the unit.

    `fraction` names what is already part of the number: "%" for 百分之, "/" for 三分之一, "" otherwise.
    """

    start: int
    end: int
    low: Decimal
    high: Decimal | None
    chinese: bool
    fraction: str = ""


def read_number(text: str, start: int, end: int) -> Number | None:
    """The number that begins at `start`, of folded text; None where none begins there."""
    char = text[start]
    if "0" <= char <= "9":
        return _read_slash(text, start, end) or _read_arabic(text, start, end)
    return _read_percent(text, start, end) or _read_fraction(text, start, end) or _read_chinese(text, start, end)


def parse_chinese(numeral: str) -> Decimal | None:
    """The value of a Chinese numeral, both styles: 一千二百零三, 二〇二三, 十一点八; None where it is malformed."""
    whole, _, tail = numeral.partition("点")
    if "点" in numeral and (not tail or any(c not in DIGITS for c in tail)):
        return None
    value = _positional(whole) if _POSITIONAL.fullmatch(whole) else _by_powers(whole)
    if value is None:
        return None
    return Decimal(f"{value}.{''.join(str(DIGITS[c]) for c in tail)}") if tail else Decimal(value)


def parse_arabic(written: str) -> Decimal:
    """The value of an Arabic number as written: grouped, spaced, with a point or a middle dot."""
    return Decimal(written.replace(",", "").replace(" ", "").replace("·", "."))


def _read_arabic(text: str, start: int, end: int) -> Number | None:
    mixed = _MIXED.match(text, start, end)
    if mixed is not None:
        high_part, low_part, unit = (mixed[1], mixed[2], 10**8) if mixed[1] else (mixed[3], mixed[4], 10**4)
        value = Decimal(int(high_part) * unit + int(low_part) * (10**4 if unit == 10**8 else 1000))
        return Number(start, mixed.end(), value, value, chinese=False)
    found = _ARABIC.match(text, start, end)
    if found is None or len(found[0]) > LONGEST:
        return None
    value = parse_arabic(found[0])
    return Number(start, found.end(), value, value, chinese=False)


def _read_slash(text: str, start: int, end: int) -> Number | None:
    """1/3 as a fraction; the caller decides by what stands around it."""
    found = _SLASH.match(text, start, end)
    if found is None or not 0 < int(found[1]) < int(found[2]):
        return None
    return _ratio(start, found.end(), Decimal(int(found[1])), Decimal(int(found[2])), chinese=False)


def _read_fraction(text: str, start: int, end: int) -> Number | None:
    found = _FRACTION.match(text, start, end)
    if found is None:
        return None
    whole, part = parse_chinese(found[1]), parse_chinese(found[2])
    if not whole or part is None:
        return None
    return _ratio(start, found.end(), part, whole, chinese=True)


def _ratio(start: int, end: int, part: Decimal, whole: Decimal, *, chinese: bool) -> Number:
    value = (part / whole).quantize(Decimal("0.0001")).normalize()
    return Number(start, end, value, value, chinese, fraction="/")


def _read_percent(text: str, start: int, end: int) -> Number | None:
    """百分之八, 百分之4.5, 千分之三: the unit is part of the number, the value is in per cent."""
    head = _HEAD_FRACTION.match(text, start, end)
    if head is None or head.end() >= end:
        return None
    if text.startswith("百", head.end()) and not text.startswith("百分之", head.end()):
        return Number(start, head.end() + 1, Decimal(100), Decimal(100), chinese=True, fraction="%")
    number = _read_arabic(text, head.end(), end) or _read_chinese(text, head.end(), end, keep_myriads=True)
    if number is None:
        return None
    factor = PARTS_OF[head[0]]
    high = None if number.high is None else number.high * factor
    return Number(start, number.end, number.low * factor, high, chinese=True, fraction="%")


def _read_chinese(text: str, start: int, end: int, *, keep_myriads: bool = False) -> Number | None:
    found = _CHINESE.match(text, start, end)
    if found is None or len(found[0]) > LONGEST:
        return None
    numeral = found[0]
    if "亿" in numeral and text.startswith(("多万", "余万"), found.end()):  # 三亿三千五百多万
        value = parse_chinese(numeral + "万")
        return None if value is None else Number(start, found.end() + 2, value, None, chinese=True)
    if not keep_myriads:
        numeral = _without_multiplier(numeral)
    bounds = _bounds(numeral)
    if bounds is None:
        return None
    return Number(start, start + len(numeral), *bounds, chinese=True)


def _without_multiplier(numeral: str) -> str:
    """The numeral without a final 万, 亿 or 万亿 where it holds no other: 五百 of 五百万, but all of 一亿二千万."""
    core = numeral.rstrip("万亿")
    return numeral if not core or "万" in core or "亿" in core else core


def _bounds(numeral: str) -> tuple[Decimal, Decimal | None] | None:
    """Lowest and highest value: 三四十 is 30 to 40, 十几 is 10 and more; None for 数百, 几十 and malformed ones."""
    if "几" in numeral:
        value = parse_chinese(numeral[:-1]) if numeral.find("几") == len(numeral) - 1 > 0 else None
        return None if value is None or value == 0 or value % 10 else (value, None)
    near = _ADJACENT.search(numeral)
    if near is not None and DIGITS[near[1]] + 1 == DIGITS[near[2]]:
        low = parse_chinese(numeral[: near.start(2)] + numeral[near.end(2) :])
        high = parse_chinese(numeral[: near.start(1)] + numeral[near.end(1) :])
        return None if low is None or high is None else (low, high)
    value = parse_chinese(numeral)
    return None if value is None else (value, value)


def _positional(digits: str) -> int:
    return int("".join(str(DIGITS[c]) for c in digits))


def _by_powers(numeral: str) -> int | None:
    """The value of a numeral with 十百千万亿; None where the powers do not fall within a group of four."""
    total = section = 0
    digit: int | None = None
    last_power = 10**4
    for char in numeral:
        if char in DIGITS:
            if digit:
                return None  # two digits side by side
            digit = DIGITS[char]
        elif char in POWERS:
            if POWERS[char] >= last_power or (not digit and char != "十"):
                return None
            section += (digit or 1) * POWERS[char]
            last_power, digit = POWERS[char], None
        else:
            group = section + (digit or 0)
            if group == 0 and (char == "万" or total == 0):
                return None
            total = (total + group) * MYRIADS[char] if char == "亿" else total + group * MYRIADS[char]
            section, digit, last_power = 0, None, 10**4
    return total + section + _last_digit(numeral, digit or 0)


def _last_digit(numeral: str, digit: int) -> int:
    """What the last digit is worth: 三百五 is 350, 三百零五 is 305, 十五 is 15."""
    before = numeral[-2:-1]
    if digit and before in POWERS and before != "十":
        return digit * POWERS[before] // 10
    return digit * MYRIADS[before] // 10 if digit and before in MYRIADS else digit
