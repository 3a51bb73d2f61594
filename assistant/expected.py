"""What a question set expects of a number: compared by value, multiplier and kind of unit, and by the way it moved.

Deliberately without the product's own table of units: what measures must not share the errors of what it measures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from indexer.figures.numbers import NUMBER_START, read_number
from indexer.fold import fold
from indexer.types import Figure

MULTIPLIERS = (
    ("万亿", 12), ("千亿", 11), ("百亿", 10), ("十亿", 9), ("亿", 8), ("千万", 7), ("百万", 6), ("十万", 5), ("万", 4),
    ("trillion", 12), ("billion", 9), ("million", 6), ("thousand", 3),
)  # fmt: skip
THOUSAND = re.compile(r"千(?![米瓦克伏卡公])")  # 千套, but not 千瓦
BEFORE_UNIT = re.compile(r"^(?:余|多|左右|以上|\s)+")
KINDS = {
    "percent": re.compile(r"%|个?百分点|percent|pct"),
    "area": re.compile(r"平方|㎡|m2|m²|亩|公顷|hectare|square|ha\b|mu\b"),
    "volume": re.compile(r"立方|m3|m³|cubic|升"),
    "length": re.compile(r"公里|千米|米|里(?!程)|km|kilomet|met(?:er|re)|m(?![a-z0-9])"),
    "money": re.compile(r"元|美元|欧元|块钱|yuan|rmb|usd|us dollar|dollar|euro"),
    "mass": re.compile(r"吨|公斤|千克|斤|tonne|ton\b|kg\b|jin\b"),
}
SAME_UNITS = {
    "㎡": "平方米", "m2": "平方米", "m²": "平方米", "km": "公里", "千米": "公里", "百分点": "个百分点", "千克": "公斤",
    "块钱": "元", "人民币": "元", "m³": "立方米", "m3": "立方米",
}  # fmt: skip
RISES = ("增长", "增加", "提高", "上升", "上涨", "提升", "净增", "增", "升", "涨")
FALLS = (
    "下降", "减少", "降低", "回落", "下滑", "下跌", "负增长", "缩短", "压减", "压缩", "缩减", "收窄", "减", "降", "跌",
)  # fmt: skip
LONG_MOVES = "|".join(sorted((word for word in (*RISES, *FALLS) if len(word) > 1), key=len, reverse=True))
SHORT_MOVES = "|".join(word for word in (*RISES, *FALLS) if len(word) == 1)
CHINESE_MOVES = re.compile(  # 降至0.6% and 减少到29个 are levels; 降 in 减税降费 moves nothing
    rf"({LONG_MOVES})(?!了?[到至为])|({SHORT_MOVES})了?[约近超]?$"
)
ENGLISH_FALL = re.compile(
    r"\b(?:down|fell|fall(?:en)?|decreas\w*|declin\w*|dropp?\w*|reduc\w*|lower\w*)\b", re.IGNORECASE
)
ENGLISH_RISE = re.compile(r"\b(?:up|rose|rise\w*|gr[eo]w\w*|increas\w*|higher|gain\w*)\b", re.IGNORECASE)
REACH = 12  # characters before a number in which the word of its movement stands
CLAUSE_ENDS = "，。；、,;（(）)"
STARTS = re.compile(rf"[{NUMBER_START}]")


class Move(StrEnum):
    """Which way a number moved, as its words say."""

    RISE = "rise"
    FALL = "fall"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text: its value, the words that follow it (its unit first), and where it begins."""

    value: Decimal
    tail: str
    start: int


def quantities(text: str) -> Iterator[Quantity]:
    """The numbers of a text in order, both ends of a range; 百分之八 is 8 followed by %."""
    folded, at = fold(text).lower(), 0
    while (match := STARTS.search(folded, at)) is not None:
        number = read_number(folded, match.start(), len(folded))
        at = match.end()
        if number is None:
            continue
        at = max(at, number.end)
        tail = "%" if number.fraction == "%" else folded[number.end : number.end + 16]
        for value in dict.fromkeys((number.low, number.high)):
            if value is not None:
                yield Quantity(value, tail, number.start)


def alternatives(expected: str) -> list[Decimal]:
    """The numbers of `a|b`, in whatever digits."""
    found = []
    for part in expected.split("|"):
        try:
            found.append(Decimal(fold(part).replace(",", "").strip()))
        except InvalidOperation:
            found += [quantity.value for quantity in quantities(part)]
    return found


def multiplier(unit: str) -> Decimal:
    """What 万, 亿 or million at the front of a unit is worth; 1 without one."""
    bare = BEFORE_UNIT.sub("", fold(unit).lower())
    power = next((power for word, power in MULTIPLIERS if bare.startswith(word)), None)
    if power is None:
        power = 3 if THOUSAND.match(bare) else 0
    return Decimal(10) ** power


def bare_unit(unit: str) -> str:
    """The unit without multiplier: 万㎡ is 平方米."""
    bare = BEFORE_UNIT.sub("", fold(unit).lower())
    word = next((word for word, _ in MULTIPLIERS if bare.startswith(word)), "千" if THOUSAND.match(bare) else "")
    bare = bare.removeprefix(word).strip()
    return SAME_UNITS.get(bare, bare)


def kind_of(unit: str) -> str:
    """percent, area, volume, length, money or mass, by how the unit (or the text behind a number) begins; else ""."""
    return next((name for name, pattern in KINDS.items() if pattern.match(bare_unit(unit))), "")


def unit_expected(expected: str, unit: str | None, evidence: str) -> str:
    """The unit that a value is expected in: the one given, else what follows the value in its evidence."""
    if unit:
        return unit
    wanted = alternatives(expected)
    return next((quantity.tail[:6] for quantity in quantities(evidence) if quantity.value in wanted), "")


def is_figure(expected: str, unit: str | None, evidence: str, figure: Figure) -> bool:
    """Whether a figure states the value: equal once multiplied out, in a unit that may be said for the one expected.

    A measured unit must be the very one (吨 is not 斤, % is not 个百分点); counters may stand for one another.
    """
    wanted = unit_expected(expected, unit, evidence)
    if not is_quantity(expected, wanted, figure.value, figure.unit):
        return False
    measured = bool(kind_of(wanted) or kind_of(figure.unit)) and bool(unit) and bool(figure.unit)
    return not measured or bare_unit(wanted) == bare_unit(figure.unit)


def is_quantity(expected: str, unit: str, value: Decimal | None, tail: str) -> bool:
    """Whether a number followed by `tail` is the value: of the same kind of unit, and equal once multiplied out.

    A number with no unit at all is compared as it stands.
    """
    if value is None:
        return False
    if not tail.strip():
        return value in alternatives(expected)
    if kind_of(unit) != kind_of(tail):
        return False
    return any(number * multiplier(unit) == value * multiplier(tail) for number in alternatives(expected))


def in_text(expected: str, unit: str | None, evidence: str, text: str) -> bool:
    """Whether a text states the value with its unit or as a bare number, or an alternative that is no number."""
    words = [fold(part) for part in expected.split("|") if not STARTS.search(fold(part))]
    if any(word and word in fold(text) for word in words):
        return True
    wanted = unit_expected(expected, unit, evidence)
    return any(
        is_quantity(expected, wanted, quantity.value, "" if _is_bare(quantity.tail) else quantity.tail)
        for quantity in quantities(text)
    )


def move_in(expected: str, unit: str, text: str) -> Move | None:
    """Which way the number that `expected` names moved in `text`; None where nothing says so, or it is not there."""
    folded = fold(text)
    for quantity in quantities(text):
        if is_quantity(expected, unit, quantity.value, quantity.tail):
            before = folded[max(0, quantity.start - REACH) : quantity.start]
            before = re.split(f"[{CLAUSE_ENDS}]", before)[-1]
            if moves := CHINESE_MOVES.findall(before):
                return Move.FALL if "".join(moves[-1]) in FALLS else Move.RISE
            return english_move(folded[max(0, quantity.start - 3 * REACH) : quantity.start])
    return None


def english_move(text: str) -> Move | None:
    """Which way the last English word of movement says."""
    moves = [(match.start(), Move.FALL) for match in ENGLISH_FALL.finditer(text)]
    moves += [(match.start(), Move.RISE) for match in ENGLISH_RISE.finditer(text)]
    return max(moves)[1] if moves else None


def says_fall(text: str) -> bool:
    """Whether a text speaks of a fall."""
    return any(word in fold(text) for word in FALLS if len(word) > 1) or bool(ENGLISH_FALL.search(text))


def wrong_unit(expected: Sequence[str], unit: str | None, evidence: str, figure: Figure) -> bool:
    """Whether a figure that is not the value has its digits, or its worth, in a unit of another kind or size."""
    if figure.value is None or any(is_figure(value, unit, evidence, figure) for value in expected):
        return False
    return any(
        figure.value == number or figure.value * multiplier(figure.unit) == number * multiplier(unit or "")
        for value in expected
        for number in alternatives(value)
    )


def _is_bare(tail: str) -> bool:
    return not re.match(r"\s*[\w%㎡²³]", tail)
