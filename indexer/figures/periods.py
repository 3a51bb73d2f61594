"""Periods that a text names: 2023年上半年, 五年来, “十三五”时期, 去年, 1—5月, each with its place.

Pure text to `Period`; what 今年 means comes from outside, as a `Clock`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from indexer.figures.numbers import parse_chinese
from indexer.types import Period, Span

FIRST_PLAN: Final = 1953  # 第一个五年计划 began
PLANS: Final = ("一五", "二五", "三五", "四五", "五五", "六五", "七五", "八五", "九五", "十五",
                "十一五", "十二五", "十三五", "十四五", "十五五", "十六五")  # fmt: skip
_IRREGULAR_PLANS: Final = MappingProxyType({"一五": (1953, 1957), "二五": (1958, 1962)})

_Y: Final = r"(?<!\d)(?:1[89]|20)\d\d|[12](?: \d){3}|[一二][八九〇零○][〇零○一二三四五六七八九]{2}"
_N: Final = r"\d{1,2}|[一二两三四五六七八九十]{1,3}"
_DASH: Final = r"(?:[-—–~至到]{1,2})"
_TAIL: Final = (
    rf"(?P<half>[上下]半年)|第?(?P<q1>[一二三])、第?(?P<q2>[二三四])季度|第?(?P<quarter>[一二三四1-4])季度|前(?P<quarters>[一二三1-3两])个?季度|前(?P<first_months>{_N})个月"
    rf"|(?P<m1>{_N})月?份?{_DASH}(?P<m2>{_N})月份?|(?P<month>{_N})月(?:份)?(?:(?P<day>{_N})日)?(?P<month_end>底|末|中旬|下旬)?"
)
_SINCE: Final = r"(?P<since>以来|起)"


@dataclass(frozen=True, slots=True)
class Clock:
    """What relative words mean in a report: its own year, what 过去一年 covers, and the year of bare months."""

    now: int | None  # 今年
    review: Period | None  # what 一年来, 五年来 end with
    months_of: int | None  # the year of 上半年 or 1—5月 where none is written
    last: int | None = None  # 去年


@dataclass(frozen=True, slots=True)
class PeriodMention:
    """A period named in a text.

    `base` says that it is only compared with (比2019年, 较上年); `relative` that its year is told by 今年 or 去年, or
    not at all.
    """

    span: Span
    period: Period
    base: bool
    relative: bool
    reach: int  # where it ceases to hold: 在1979到1983年…的基础上 says nothing of what follows


_BASE_BEFORE: Final = re.compile(r"(?:比|较|与|同|按|面向|迈向|相比于|相对于|高于|低于|好于|快于|超过)(?:于)?$")
_TIMES_AFTER: Final = re.compile(r"的?[^,。;]{0,10}(?:倍|%|百分之)")
_TIMES_BEFORE: Final = re.compile(r"(?:等于|相当于|是|为|达到|达)$")
_BASE_AFTER: Final = re.compile(
    r"(?:来)?(?:最|新高|新低|以来最|首次|第一次|第一个)|[^,。;]{0,6}(?:不变价|相比|价格计算|可比价|水平|同期|基数)"
)

_ON: Final = re.compile(r"在[^,。;]{0,10}$")
_ON_THE_BASIS: Final = re.compile(r"[^。;]{0,40}?基础上")
_RANGE: Final = re.compile(rf"(?P<a>{_Y})年?(?:{_DASH}|、)(?P<b>{_Y})[两三四五]?年")
_YEAR: Final = re.compile(
    rf"(?P<y>{_Y})年(?!代)(?:度)?(?:(?:{_TAIL})|(?P<masked>\*[-—至*]*月)|{_SINCE}|(?P<end>年?[底末初]))?"
)
_RELATIVE: Final = re.compile(
    rf"(?P<word>今年|本年度|本年(?!代)|当年|全年|去年|上年|上一年|前年|明年|来年)(?:度)?(?:(?:{_TAIL})|{_SINCE}|(?P<end>年?[底末初]))?"
)
_YEARLESS: Final = re.compile(rf"(?<![\d年第二三四五六七八九十])(?:{_TAIL})")
_PAST: Final = re.compile(
    rf"(?P<one>过去(?:的)?一年|一年来|一年中|一年间)|(?:过去|近|这|以往|前)(?:的)?(?P<n1>{_N})年(?:来|间|中|里)?|(?<!年的)(?<!年)(?P<n2>{_N})年(?:来|间|中(?!期|央|小[学企]|国(?![民家])|医|西部|东部))|"
    r"(?P<term>本届政府任期|本届政府)"
)
_FUTURE: Final = re.compile(rf"(?:今后|未来|下一个|此后)(?P<n>{_N})年")
_PLAN: Final = re.compile(
    r"[“\"](?P<plan>十?[一二三四五六七八九十]五)[”\"](?:(?P<end>末|期末)|(?P<since>以来))?(?!规划|纲要)"
    r"|第(?P<nth>[一二三四五六七八九十]{1,2})个五年计划"
)

_OF_THE_SECTION: Final = frozenset({"当年", "全年"})
_HALVES: Final = MappingProxyType({"上半年": (1, 6), "下半年": (7, 12)})
_SHIFTS: Final = MappingProxyType(
    {"今年": 0, "本年度": 0, "本年": 0, "去年": -1, "上年": -1, "上一年": -1, "前年": -2, "明年": 1, "来年": 1}
)


def find_periods(text: str, start: int, end: int, clock: Clock) -> list[PeriodMention]:
    """The periods named in folded `text[start:end]`, in reading order, without overlaps; the longest reading wins."""
    taken: list[PeriodMention] = []
    for pattern, read in _READERS:
        for match in pattern.finditer(text, start, end):
            if any(match.start() < other.span.end and other.span.start < match.end() for other in taken):
                continue
            period = read(match, clock)
            if period is not None:
                span = Span(match.start(), match.end())
                relative = pattern in {_RELATIVE, _YEARLESS}
                base = _is_base(text, match, start, end)
                taken.append(PeriodMention(span, period, base, relative, _reach(text, span.start, span.end, end)))
    return sorted(taken, key=lambda mention: mention.span)


def _reach(text: str, start: int, position: int, end: int) -> int:
    found = _ON_THE_BASIS.match(text, position, end)
    return end if found is None or not _ON.search(text, max(0, start - 12), start) else found.end()


def _is_base(text: str, match: re.Match[str], start: int, end: int) -> bool:
    before = _BASE_BEFORE.search(text, max(start, match.start() - 3), match.start())
    times = _TIMES_BEFORE.search(text, max(start, match.start() - 3), match.start())
    if times is not None and _TIMES_AFTER.match(text, match.end(), end):
        return True
    return before is not None or _BASE_AFTER.match(text, match.end(), end) is not None


def _number(written: str) -> int:
    digits = written.replace(" ", "").replace("○", "〇")
    value = int(digits) if digits.isascii() else parse_chinese(digits)
    return 0 if value is None else int(value)


def _range(match: re.Match[str], clock: Clock) -> Period | None:
    first, last = _number(match["a"]), _number(match["b"])
    return Period.of_years(first, last) if first <= last else None


def _year(match: re.Match[str], clock: Clock) -> Period | None:
    return _within(_number(match["y"]), match, clock)


def _relative(match: re.Match[str], clock: Clock) -> Period | None:
    if match["word"] in _OF_THE_SECTION:
        return _yearless(match, clock)
    if clock.now is None:
        return None
    shift = _SHIFTS[match["word"]]
    year = clock.last if shift == -1 and clock.last is not None else clock.now + shift
    return _within(year, match, clock)


def _yearless(match: re.Match[str], clock: Clock) -> Period | None:
    return None if clock.months_of is None else _within(clock.months_of, match, clock)


def _within(year: int, match: re.Match[str], clock: Clock) -> Period | None:
    """The part of `year` that the match's groups name; the whole year where they name none."""
    found = {name: value for name, value in match.groupdict().items() if value}
    if "half" in found:
        return Period.of_months(year, *_HALVES[found["half"]])
    if "q1" in found:
        return _months(year, 3 * _number(found["q1"]) - 2, 3 * _number(found["q2"]))
    if "quarter" in found:
        quarter = _number(found["quarter"])
        return Period.of_months(year, 3 * quarter - 2, 3 * quarter)
    if "quarters" in found:
        return Period.of_months(year, 1, 3 * max(1, _number(found["quarters"])))
    if "first_months" in found:
        return _months(year, 1, _number(found["first_months"]))
    if "m1" in found:
        return _months(year, _number(found["m1"]), _number(found["m2"]))
    if "month" in found:
        return _month(year, found)
    if "masked" in found:  # 2022年*-*月份: some months of the year under review
        inside = clock.review is not None and Period.of_year(year).contains(clock.review)
        return clock.review if inside else Period.of_year(year)
    if "since" in found:
        last = clock.review.end if clock.review is not None else date(year, 12, 31)
        return Period(date(year, 1, 1), last) if date(year, 1, 1) <= last else Period.of_year(year)
    return Period.of_year(year)


def _months(year: int, first: int, last: int) -> Period | None:
    return Period.of_months(year, first, last) if 1 <= first <= last <= 12 else None


def _month(year: int, found: dict[str, str]) -> Period | None:
    month, day = _number(found["month"]), _number(found.get("day", "0"))
    if not 1 <= month <= 12:
        return None
    whole = Period.of_months(year, month, month)
    return Period(date(year, month, day), date(year, month, day)) if 1 <= day <= whole.end.day else whole


def _past(match: re.Match[str], clock: Clock) -> Period | None:
    if clock.review is None:
        return None
    if match["one"]:
        last_year = Period.of_year(clock.review.end.year)
        return last_year if clock.review.end == last_year.end else clock.review
    if match["term"]:
        return clock.review if len(clock.review.years) > 1 else None
    count = _number(match["n1"] or match["n2"])
    last = clock.review.end.year
    return Period.of_years(last - count + 1, last) if 2 <= count <= 80 else None


def _future(match: re.Match[str], clock: Clock) -> Period | None:
    count = _number(match["n"])
    return None if clock.now is None or not 2 <= count <= 50 else Period.of_years(clock.now, clock.now + count - 1)


def _plan(match: re.Match[str], clock: Clock) -> Period | None:
    name = match["plan"] or PLANS[min(_number(match["nth"]), len(PLANS)) - 1]
    if name not in PLANS:
        return None
    first, last = _IRREGULAR_PLANS.get(name) or (
        FIRST_PLAN + 3 + 5 * PLANS.index(name), FIRST_PLAN + 7 + 5 * PLANS.index(name)
    )  # fmt: skip
    if match["since"] and clock.review is not None and clock.review.end.year >= first:
        return Period(date(first, 1, 1), clock.review.end)
    return Period.of_year(last) if match["end"] else Period.of_years(first, last)


Reader = Callable[[re.Match[str], Clock], Period | None]
_READERS: Final[tuple[tuple[re.Pattern[str], Reader], ...]] = (
    (_RANGE, _range),
    (_YEAR, _year),
    (_RELATIVE, _relative),
    (_PLAN, _plan),
    (_PAST, _past),
    (_FUTURE, _future),
    (_YEARLESS, _yearless),
)
