"""Figures in English: the scaled number with its unit, the period, and the subject by the lexicon."""

from __future__ import annotations

import re
from decimal import Decimal

from indexer.lexicon.terms import Lexicon
from indexer.types import Figure, Measure, Period

SCALES = ((Decimal(10) ** 12, "trillion"), (Decimal(10) ** 9, "billion"), (Decimal(10) ** 6, "million"))
UNITS = {
    "元": "yuan", "美元": "US dollars", "欧元": "euros", "米": "m", "公里": "km", "平方米": "m²", "平方公里": "km²", "亩": "mu", "公顷": "ha",
    "立方米": "m³", "吨": "tonnes", "公斤": "kg", "斤": "jin", "人": "people", "名": "people", "位": "people", "人次": "person-times", "户": "households",
    "辆": "vehicles", "%": "%", "个百分点": " percentage points", "个": "", "家": "", "件": "", "处": "", "项": "", "次": "times", "座": "", "条": "",
    "千瓦": "kW", "千瓦时": "kWh", "套": "units", "所": "", "栋": "buildings", "年": "years", "天": "days", "倍": "times",
    "克": "g", "千克": "kg", "升": "litres", "毫米": "mm", "分钟": "minutes", "小时": "hours", "个月": "months", "个工作日": "working days", "工作日": "working days",
    "兆瓦": "MW", "吉瓦": "GW", "头": "head", "只": "", "部": "", "台": "", "户次": "household visits", "批次": "batches", "场": "", "期": "", "起": "",
    "宗": "", "盏": "", "张": "", "份": "copies",
    "村": "villages", "县": "counties", "乡镇": "townships", "分": "points", "℃": "°C", "成": "tenths", "‰": "‰",
}  # fmt: skip
PERIOD_WORDS = {
    (1, 6): "first half of ",
    (7, 12): "second half of ",
    (1, 3): "Q1 ",
    (4, 6): "Q2 ",
    (7, 9): "Q3 ",
    (10, 12): "Q4 ",
}
AMOUNT = re.compile(
    r"(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)\s*(?P<scale>thousand|million|billion|trillion)(?:\s+(?P<unit>yuan|US dollars?|dollars?|tonn?e?s|people|mu)\b)?",
    re.IGNORECASE,
)
SCALE_POWERS = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}
AMOUNT_UNITS = {
    "yuan": "元",
    "dollar": "美元",
    "us dollar": "美元",
    "tonne": "吨",
    "ton": "吨",
    "people": "人",
    "mu": "亩",
}
COUNTER = "count"  # the class of 部, 盏, 台: words that only count, which English has not
FALLS = frozenset({"下降", "减少", "降低", "回落", "下跌", "缩短", "压减", "收窄"})
CHANGES = FALLS | {"增长", "增加", "新增", "净增", "提高", "上升", "扩大", "上涨"}
LEAST_TAIL = 2  # characters of the end of a subject that tell what it is
BOUNDS = {"low": "more than ", "high": "at most "}


def english_figure(figure: Figure, hedged: str) -> str:
    """The figure as an English reader says it, with the words of the source where it is scaled: 1.684 million vehicles [168.4万辆].

    Without `hedged`, the words of the source are left out.
    """
    value = figure.value
    if value is None:
        return hedged
    multiplier = _multiplier(figure.unit)
    bare = figure.unit.removeprefix(_multiplier_word(figure.unit))
    unit = UNITS.get(bare, "" if figure.dimension == COUNTER and len(bare) == 1 else bare)
    words = _number(value * multiplier)
    if figure.high is not None and figure.low is not None and figure.high != figure.low:
        words = f"{words}–{_number(figure.high * multiplier)}"
    bound = BOUNDS["low"] if figure.high is None else BOUNDS["high"] if figure.low is None else ""
    about = "about " if figure.approximate else bound
    glue = "" if unit.startswith(("%", " ")) or not unit else " "
    verb = ""
    if figure.measure is Measure.GROWTH or (figure.measure is Measure.CHANGE and CHANGES & set(figure.qualifiers)):
        verb = "down " if FALLS & set(figure.qualifiers) else "up "
    is_plain = multiplier == 1 and bare in UNITS
    source = "" if is_plain or not hedged else f" [{hedged}]"
    return f"{verb}{about}{words}{glue}{unit}{source}"


def chinese_amounts(text: str) -> str:
    """The text with its large English amounts as reports write them: 20 billion yuan → 200亿元."""
    return AMOUNT.sub(_chinese_amount, text)


def _chinese_amount(match: re.Match[str]) -> str:
    value = Decimal(match["number"].replace(",", "")) * Decimal(10) ** SCALE_POWERS[match["scale"].lower()]
    power, scale = (8, "亿") if value >= Decimal(10) ** 8 else (4, "万") if value >= Decimal(10) ** 4 else (0, "")
    unit = (match["unit"] or "").lower().removesuffix("s")
    return f"{_plain(value / Decimal(10) ** power)}{scale}{AMOUNT_UNITS.get(unit, '')}"


def english_period(period: Period | None) -> str:
    """2023, first half of 2022, 2018–2022; empty where unknown."""
    if period is None:
        return ""
    first, last = period.start, period.end
    if first.year != last.year:
        return f"{first.year}–{last.year}"
    if period.is_year:
        return str(first.year)
    name = PERIOD_WORDS.get((first.month, last.month))
    if name is None and first.month == last.month:
        return f"{first:%b %Y}"
    return f"{name}{first.year}" if name else f"{first:%b}–{last:%b %Y}"


def english_subject(subject: str, lexicon: Lexicon) -> str:
    """The subject by the lexicon; by its longest known end with the Chinese beside it (wage 追回工资); or else in Chinese."""
    rendered = lexicon.chinese_to_english(subject)
    if rendered:
        return rendered
    tails = (lexicon.chinese_to_english(subject[at:]) for at in range(1, len(subject) - LEAST_TAIL + 1))
    tail = next((words for words in tails if words), None)
    return f"{tail} {subject}" if tail else subject


def _number(value: Decimal) -> str:
    for factor, word in SCALES:
        if abs(value) >= factor:
            return f"{_plain(value / factor)} {word}"
    return f"{Decimal(_plain(value)):,}"


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")


def _multiplier_word(unit: str) -> str:
    return next((word for word in ("万亿", "千亿", "百亿", "千万", "百万", "亿", "万") if unit.startswith(word)), "")


def _multiplier(unit: str) -> Decimal:
    powers = {"万亿": 12, "千亿": 11, "百亿": 10, "千万": 7, "百万": 6, "亿": 8, "万": 4, "": 0}
    return Decimal(10) ** powers[_multiplier_word(unit)]
