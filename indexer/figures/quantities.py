"""The scanner: every number with its unit in a stretch of text, with hedges, ranges and masks, and nothing else.

It knows nothing of reports: the figures of the ledger, the numbers in a question and the numbers of a draft answer are
all read by `read_quantities`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from indexer.figures.masks import MASK_START, read_mask
from indexer.figures.not_figures import Candidate, is_figure
from indexer.figures.numbers import LONGEST, NUMBER_START, Number, read_number
from indexer.figures.qualifiers import is_bare_hedge, read_hedges
from indexer.figures.units import COUNT, UnitMatch, UnitTable, multiplier_value
from indexer.types import Span

FRACTION: Final = "fraction"
RANK: Final = "rank"
INDEX: Final = "index"  # a bare number: 基尼系数0.45

_START: Final = re.compile(rf"[{NUMBER_START}{MASK_START}]|翻番")
_CONNECTOR: Final = re.compile(r" ?(?:-{1,2}|[—–~]{1,2}|至|到) ?")
_FROM: Final = re.compile(r"[从由自](?:[^,。;、]{0,12}的)?(?:约|近)?$")
_ROUND: Final = re.compile(r"[十百千]{0,2}(?=[万亿百千个家人名件项多余辆台])")
_RANK_BEFORE: Final = re.compile(
    r"(?:[居列排位省市]|名次|排名|升至|升到|升为|跃升|跃至|保持|全国|全区|世界|全球|亚洲|中部|西部|东部)[^,。;]{0,8}第$"
)
_RANK_AFTER: Final = re.compile(r"(?P<unit>[位名])|(?=[,。;、)和与及]|$|\n)")
_ENDLESS: Final = re.compile(rf"[0-9]{{{LONGEST},}}|[{NUMBER_START[3:]}]{{{LONGEST},}}")
_REDUCED: Final = re.compile(r"[减降缩压占少]")
_LIST_MARKER: Final = re.compile(r"\d{1,2}\.(?=\d)")
_MINUTES: Final = re.compile(r"(\d{1,3})分钟?(\d{1,2})秒")  # 10分48秒: 648 seconds
_HOURS: Final = re.compile(r"(\d{1,3})个?小时(\d{1,2})分钟?")  # 1小时50分钟: 110 minutes
_HALF: Final = re.compile(r"一半(?!是|靠|以内)")
_INDEX_BEFORE: Final = re.compile(r"(?:系数|指数|比值|性别比|得分|评分|总分|分值)(?:为|达到|达|至|到|升至|降至)?$")
_CLAUSE_END: Final = re.compile(r"[,。;、)]|$|\n")
_FRACTION_AFTER: Final = re.compile(r"[以的左,。;、)]|$|强|多|还")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit as it stands in a text: what it says, before anybody asks what it counts.

    `text[start:end]` is the number with 余 or 多 and the unit; `outer_start` to `outer_end` takes in
    约, 左右 and the like.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    low: Decimal | None
    high: Decimal | None
    approximate: bool
    masked: bool
    unit: str
    base_unit: str
    scale: Decimal
    dimension: str
    words: tuple[str, ...]  # the hedges, as written
    noun: bool = False  # the unit is itself what is counted: 400余企业, 8金9银


@dataclass(frozen=True, slots=True)
class _Reading:
    """A number with its unit before hedges; `number` is None where it is masked."""

    start: int
    number_end: int
    end: int
    low: Decimal | None
    high: Decimal | None
    numeral: str | None
    unit: UnitMatch | None
    masked: bool = False
    bare: bool = False
    percent: bool = False  # written 百分之


def read_quantities(text: str, table: UnitTable, start: int = 0, end: int | None = None) -> list[Quantity]:
    """The quantities of folded `text[start:end]` (one sentence), in reading order; they do not overlap."""
    end = len(text) if end is None else end
    found: list[Quantity] = []
    position = start
    while (opening := _START.search(text, position, end)) is not None:
        begin = opening.start()
        quantities, position = _read_at(text, begin, start, end, table)
        found.extend(quantities)
    return found


def _read_at(text: str, begin: int, left: int, right: int, table: UnitTable) -> tuple[list[Quantity], int]:
    """The quantity or quantities that begin at `begin`, and where to look on."""
    special = _read_special(text, begin, left, right)
    if special is not None:
        return [special], special.end
    reading = _read_one(text, begin, left, right, table)
    if reading is None:
        endless = _ENDLESS.match(text, begin, right)
        return [], begin + 1 if endless is None else endless.end()
    if _is_list_marker(text, reading):
        return [], begin + text[begin:right].index(".") + 1
    ranged = _read_range(text, reading, left, right, table)
    if ranged is not None:
        quantity = _judge(text, ranged, left, right, table)
        return ([quantity] if quantity else []), ranged.end
    if reading.unit is None:
        return [], max(reading.number_end, begin + 1)
    quantity = _judge(text, reading, left, right, table)
    return ([quantity], reading.end) if quantity else ([], max(reading.number_end, begin + 1))


def _is_list_marker(text: str, reading: _Reading) -> bool:
    """Whether a line begins with a number like 3.5处, which is 3. and 5处: whole things are not counted in tenths."""
    if _LIST_MARKER.match(text, reading.start, reading.number_end) is None or reading.unit is None:
        return False
    line = text.rfind("\n", 0, reading.start) + 1
    whole = reading.unit.dimension == COUNT and not reading.unit.multiplier
    return whole and not text[line : reading.start].strip()


def _read_one(text: str, begin: int, left: int, right: int, table: UnitTable) -> _Reading | None:
    masked_end = read_mask(text, begin, right)
    if masked_end is not None:
        unit = table.read(text, masked_end, right, numeral=False)
        return _Reading(begin, masked_end, unit.end if unit else masked_end, None, None, None, unit, masked=True)
    number = None if text[begin] in MASK_START else read_number(text, begin, right)
    if number is None:
        return _read_round(text, begin, left, right, table)
    numeral = text[number.start : number.end] if number.chinese and not number.fraction else None
    unit = _unit_of(text, number, left, right, table)
    end = unit.end if unit else number.end
    return _Reading(begin, number.end, end, number.low, number.high, numeral, unit, percent=number.fraction == "%")


def _unit_of(text: str, number: Number, left: int, right: int, table: UnitTable) -> UnitMatch | None:
    if number.fraction == "%":
        return _own_unit(number.end, "%", "percent")
    if number.fraction == "/":
        ends = number.chinese or _FRACTION_AFTER.match(text, number.end, right)
        return _own_unit(number.end, "", FRACTION) if ends else None
    unit = table.read(text, number.end, right, numeral=number.chinese)
    if unit is None and not number.chinese and _INDEX_BEFORE.search(text, max(left, number.start - 6), number.start):
        return _own_unit(number.end, "", INDEX) if _CLAUSE_END.match(text, number.end, right) else None
    return unit


def _own_unit(end: int, unit: str, dimension: str) -> UnitMatch:
    return UnitMatch(end, unit, unit, Decimal(1), dimension, "", more=False, strong=True)


def _read_round(text: str, begin: int, left: int, right: int, table: UnitTable) -> _Reading | None:
    """百亿元 of 超百亿元, 千家 of 上千家: a power of ten without a digit, only behind a hedge."""
    if text[begin] not in "十百千万亿" or not is_bare_hedge(text, begin, left):
        return None
    found = _ROUND.match(text, begin, right)
    stop = begin if found is None else found.end()
    unit = table.read(text, stop, right, numeral=False)
    if unit is None:
        return None
    value = multiplier_value(text[begin:stop])
    return _Reading(begin, stop, unit.end, value, value, None, unit, bare=True)


def _read_range(text: str, first: _Reading, left: int, right: int, table: UnitTable) -> _Reading | None:
    """4.5%-5%, 3—5个, 80至90万元; None where no second number follows, or where 从…到 makes two figures of them."""
    link = _CONNECTOR.match(text, first.end, right)
    if link is None or link.end() >= right or first.masked:
        return None
    second = _read_one(text, link.end(), left, right, table)
    if second is not None and first.percent and second.unit is None and second.numeral is not None:
        second = replace(second, unit=_own_unit(second.number_end, "%", "percent"))  # 百分之二十到三十
    if second is None or second.unit is None or second.low is None or first.low is None:
        return None
    if link[0].strip() in {"到", "至"} and first.unit and _FROM.search(text, max(left, first.start - 16), first.start):
        return None
    if first.low >= second.low or not _same_unit(first.unit, second.unit):
        return None
    return replace(
        second, start=first.start, low=first.low, high=second.high, numeral=_joined(first.numeral, second.numeral)
    )


def _same_unit(first: UnitMatch | None, second: UnitMatch) -> bool:
    """Whether the first end of a range has the unit of the second, or none, or only its 万 (5000万到6000万元)."""
    if first is None or first.unit == second.unit:
        return True
    return not first.base and first.unit == second.multiplier


def _joined(first: str | None, second: str | None) -> str | None:
    return None if first is None or second is None else f"{first}到{second}"


def _read_special(text: str, begin: int, left: int, right: int) -> Quantity | None:
    """翻番, 一半, 10分48秒, 1小时50分钟 and 第2位: figures without an ordinary number and unit."""
    if text.startswith("翻番", begin):
        return _plain(Span(begin, begin + 2), Decimal(1), "番", "倍", "multiple")
    clock = _MINUTES.match(text, begin, right)
    if clock is not None:
        seconds = Decimal(60 * int(clock[1]) + int(clock[2]))
        return _plain(Span(begin, clock.end()), seconds, "秒", "秒", "duration")
    hours = _HOURS.match(text, begin, right)
    if hours is not None:
        minutes = Decimal(60 * int(hours[1]) + int(hours[2]))
        return replace(_plain(Span(begin, hours.end()), minutes, "分钟", "天", "duration"), scale=Decimal(1) / 1440)
    half = _HALF.match(text, begin, right)
    if half is not None:
        hedges = read_hedges(text, begin, half.end(), left=left, right=right)
        quantity = _plain(Span(begin, half.end()), Decimal("0.5"), "", "", FRACTION)
        reduced = _REDUCED.search(text, max(left, begin - 6), begin)
        return _hedged(quantity, hedges.start, hedges.end, hedges.words) if hedges.words or reduced else None
    if begin > left and text[begin - 1] == "第" and _RANK_BEFORE.search(text, max(left, begin - 12), begin):
        return _read_rank(text, begin, right)
    return None


def _read_rank(text: str, begin: int, right: int) -> Quantity | None:
    """第2位 of 居全省第2位, 第六 of 居世界第六."""
    masked_end = read_mask(text, begin, right)
    number = None if masked_end is not None else read_number(text, begin, right)
    number_end = masked_end if number is None else number.end
    if number_end is None:
        return None
    after = _RANK_AFTER.match(text, number_end, right)
    if after is None:
        return None
    low = None if number is None else number.low
    rank = _plain(Span(begin - 1, after.end()), low, after["unit"] or "", "位", RANK)
    return replace(rank, masked=masked_end is not None)


def _plain(span: Span, value: Decimal | None, unit: str, base: str, dimension: str) -> Quantity:
    return Quantity(
        span.start, span.end, span.start, span.end, value, value, False, value is None,
        unit, base, Decimal(1), dimension, words=(),
    )  # fmt: skip


def _hedged(quantity: Quantity, outer_start: int, outer_end: int, words: tuple[str, ...]) -> Quantity:
    return replace(quantity, outer_start=outer_start, outer_end=outer_end, words=words)


def _judge(text: str, reading: _Reading, left: int, right: int, table: UnitTable) -> Quantity | None:
    """The reading as a quantity with its hedges, or None where it is no figure."""
    unit = reading.unit
    if unit is None:
        return None
    hedges = read_hedges(text, reading.start, reading.end, left=left, right=right, bare=reading.bare)
    candidate = Candidate(
        text, left, right, reading.start, reading.number_end, reading.end, reading.low, reading.numeral, unit,
        exact=reading.low == reading.high, masked=reading.masked,
    )  # fmt: skip
    if not is_figure(candidate, table):
        return None
    low, high = reading.low, reading.high
    if not reading.masked and high is not None and low == high:
        at_least = hedges.at_least or unit.more
        low, high = (None, high) if hedges.at_most else (low, None if at_least else high)
    more = (text[reading.number_end : reading.end].lstrip("十百千万亿 ")[:1],) if unit.more else ()
    words = (*hedges.words[:1], *(word for word in more if word in {"余", "多", "来"}), *hedges.words[1:])
    return Quantity(
        reading.start, reading.end, hedges.start, hedges.end, low, high, hedges.around, reading.masked,
        unit.unit, unit.base, unit.scale, unit.dimension or COUNT, words, noun=not unit.strong,
    )  # fmt: skip
