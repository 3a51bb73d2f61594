"""The time a question asks about: the year a figure is *about*, kept apart from the year a report is *of*."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from assistant.english_periods import english_times
from indexer.types import Period, Span

YEAR = r"(?<!\d)(?:[1-9]\d{3}(?=年)|(?:1[89]|20)\d\d)(?!\d|\.\d)(?!\s*[多余万亿千百元个平公米户人家处条名吨亩件次项台套座])"
SHORT_YEAR = r"(?<![\d.])2\d(?=年(?!来|以来|内|间|里|期|前|后|多))"  # 23年查扣了多少
LISTED = re.compile(
    rf"(?P<first>{YEAR}|{SHORT_YEAR})\s*年?(?P<rest>(?:\s*(?:度)?\s*(?:[、,，和与及跟对比]|—|–|-|~|～|至|到|and|to|vs\.?|&|or|的和)+\s*(?:the\s+)?{YEAR}\s*年?)*)",
    re.IGNORECASE,
)
RANGE_MARK = re.compile(r"—|–|-|~|～|至|到|\bto\b", re.IGNORECASE)
BETWEEN = re.compile(r"\bbetween\b|\bfrom\b|从|自", re.IGNORECASE)
REPORT_AFTER = re.compile(
    r"\s*(?:年度?)?(?:的?这?[一二两三四五六七八九十几\d]+[份个])?(?:(?!年|报告|总结|[，。？！,.?!；;]).){0,14}?(?:报告(?![了过称])|总结)"
)
ENGLISH_REPORT_AFTER = re.compile(
    r"\s*(?:[a-z'’-]+\s+){0,5}?(?:work\s+)?(?:reports?|summary|summaries)\b", re.IGNORECASE
)
PLANNED_IN = re.compile(
    r"(?:按照?|照|依照?|根据)(?:着|了)?\s*$"
)  # 按1983年的打算，到1987年…: of which year the report is
PLAN_AFTER = re.compile(r"\s*年(?:时|初|里)?的(?:打算|计划|设想|规划|安排|部署|目标|要求|说法)")
PART_OF_YEAR = (
    (re.compile(r"\s*年?的?上半年"), 1, 6),
    (re.compile(r"\s*年?的?前(?:6|六)个月"), 1, 6),
    (re.compile(r"\s*年?的?前(?:三|3)(?:个)?季度"), 1, 9),
    (re.compile(r"\s*年?的?下半年"), 7, 12),
    (re.compile(r"\s*年?的?(?:第一|一|1)季度"), 1, 3),
    (re.compile(r"\s*年?的?(?:第二|二|2)季度"), 4, 6),
    (re.compile(r"\s*年?的?(?:第三|三|3)季度"), 7, 9),
    (re.compile(r"\s*年?的?(?:第四|四|4)季度"), 10, 12),
)
MONTHS = re.compile(r"\s*年\s*(\d{1,2})\s*月?\s*(?:[—–~～至到-]\s*(\d{1,2})\s*)?月(?:份)?")
TAIL = re.compile(r"\s*(?:年|年度|全年|年底|年末|年初|底|末|以来|全年度|期间|之间|这一年|当年|的)*")
TOTAL_ASKED = re.compile(
    r"年均|平均每年|每年平均|累计|一共|总共|合计|共(?:有|计)?多少|期间|\bin total\b|\baltogether\b|\bannual(?:ly)? average\b|\baverage annual\b",
    re.IGNORECASE,
)
MOST_YEARS = 12  # of a longer range the whole is asked for, not each year
RELATIVE = {
    "大前年": -3, "前年和去年": -2, "去今两年": -1, "今明两年": 0, "前年": -2, "去年": -1, "上一年度": -1, "上年": -1, "今年": 0, "本年度": 0, "本年": 0, "明年": 1,
    "last year": -1, "this year": 0, "next year": 1, "the year before last": -2,
}  # fmt: skip
TWO_YEARS = {"今明两年": 1, "去今两年": 1, "前年和去年": 1}  # from the first of them on
RELATIVE_WORDS = "(?<![比较])(?:" + "|".join(sorted(RELATIVE, key=len, reverse=True)) + ")(?!纪)"  # 比上年 is no period
CHINESE_YEAR = re.compile(r"(?<![一二三四五六七八九〇零○])[一二][一二三四五六七八九〇零○]{3}(?=年)")
CHINESE_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
NUMERALS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
ENGLISH_NUMERALS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "ten": 10}
RECENT = re.compile(r"(?:最近|近)的?([两二三四五六七八九十]|\d{1,2})年(?:来|以来|间)?")
ENGLISH_RECENT = re.compile(
    r"\b(?:last|recent|latest)\s+(two|three|four|five|six|seven|eight|ten|\d{1,2})\s+years\b", re.IGNORECASE
)
SPAN_YEARS = re.compile(
    r"(?:过去的?|这|前|此前|上届政府)?(?<![二三四五六七八九十\d])(五|5)年(?:来|里|间|内|中|累计|一共|总共|合计|以来|共)|(?:过去|这|前)(五|5)年"
)
ENGLISH_SPAN_YEARS = re.compile(
    r"\b(?:past|previous|preceding|over|these|the)\s+(?:the\s+)?(?:past\s+|last\s+)?(five)\s+years\b|\bfive-year (?:total|period)\b",
    re.IGNORECASE,
)
FIVE_YEAR_PLAN = re.compile(r"[“\"「]?([一二三四五六七八九]|十[一二三四五六]?)五[”\"」]?(?:时期|期间|规划|计划)")
PLAN_YEARS = 5
FIRST_YEARS = {1: 1953, 2: 1958, 3: 1966}  # 一五, 二五, 三五; from 四五 (1971) on every five years


@dataclass(frozen=True, slots=True)
class AskedTime:
    """The time a question asks about, and where it says so."""

    periods: tuple[Period, ...] = ()  # in the order of the question
    report_years: tuple[int, ...] = ()  # 2023年国务院报告: the year of the report
    recent_years: int | None = None  # 近三年: the newest so many years held
    spans_years: int | None = None  # 五年里: a figure over so many years is wanted
    relative: bool = False  # 去年, this year: told by the clock
    spans: tuple[Span, ...] = ()  # where the text says so, to be taken out of the query


def asked_time(text: str, *, today: date) -> AskedTime:
    """The time that `text` (folded: half-width digits) asks about; relative years follow `today`."""
    digits = CHINESE_YEAR.sub(lambda match: match.group().translate(CHINESE_DIGITS), text)
    told = english_times(digits)
    periods = list(dict.fromkeys(period for _, found in told for period in found))
    report_years: list[int] = []
    spans = [span for span, _ in told]
    digits = _blank(digits, spans)
    for match in LISTED.finditer(digits):
        years, is_range = _years(match, digits)
        end = match.end()
        report = REPORT_AFTER.match(digits, end) or ENGLISH_REPORT_AFTER.match(digits, end)
        if report:
            report_years += [year for year in _spread(years, is_range) if year not in report_years]
            spans.append(Span(match.start(), end))
            continue
        found, start, end = _periods(digits, match, years, is_range=is_range)
        periods += [period for period in found if period not in periods]
        spans.append(Span(start, end))
    said_by = report_years[0] if len(report_years) == 1 and not periods else None
    relative, relative_spans = _relative(digits, said_by or today.year)
    relative = [] if periods or (report_years and not said_by) else relative  # 去年（2024年）
    periods += relative
    plan, plan_spans = _five_year_plans(digits)
    periods = _without_plans_around([*periods, *plan])
    recent, recent_spans = _count(digits, RECENT, ENGLISH_RECENT)
    over, over_spans = _count(digits, SPAN_YEARS, ENGLISH_SPAN_YEARS)
    planned_in = _planned_in(digits, periods)
    return AskedTime(
        tuple(period for period in periods if period.start.year not in planned_in),
        tuple(dict.fromkeys((*report_years, *planned_in))),
        recent,
        over,
        bool(relative) and said_by is None,
        tuple(sorted(spans + relative_spans + plan_spans + recent_spans + over_spans)),
    )


def _planned_in(text: str, periods: list[Period]) -> list[int]:
    """The years whose plans for a later time are asked about: 按1983年的打算，到1987年要招多少."""
    told = (match for match in LISTED.finditer(text) if PLAN_AFTER.match(text, match.start("first") + 4))
    years = [int(match["first"]) for match in told if PLANNED_IN.search(text, 0, match.start()) and match["first"][3:]]
    return [year for year in years if any(period.start.year > year for period in periods)]


def _without_plans_around(periods: list[Period]) -> list[Period]:
    """The periods without a five-year plan where a year of it is asked for: “六五”计划里，1985年."""
    return [
        one
        for one in periods
        if len(one.years) != PLAN_YEARS or not any(other != one and one.contains(other) for other in periods)
    ]


def _blank(text: str, spans: list[Span]) -> str:
    """The text with blank space for the stretches."""
    for span in spans:
        text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    return text


def _years(match: re.Match[str], text: str) -> tuple[list[int], bool]:
    years = [int(year) + 2000 if len(year) == 2 else int(year) for year in re.findall(rf"{YEAR}|^2\d", match.group())]
    return years, len(years) == 2 and bool(RANGE_MARK.search(match["rest"]))


def _spread(years: list[int], is_range: bool) -> list[int]:
    return list(range(min(years), max(years) + 1)) if is_range else years


def _periods(text: str, match: re.Match[str], years: list[int], *, is_range: bool) -> tuple[list[Period], int, int]:
    """The periods that a list or range of years means, and the stretch of text that says so."""
    start, first, end = match.start(), match.start("first"), match.end()
    if is_range:
        tail = TAIL.match(text, end)
        first_year, last_year = min(years), max(years)
        whole = last_year - first_year >= MOST_YEARS or TOTAL_ASKED.search(text)
        listed = [Period.of_year(year) for year in range(first_year, last_year + 1)]
        return [Period.of_years(first_year, last_year)] if whole else listed, start, tail.end() if tail else end
    if len(years) == 1:
        year = years[0]
        after = first + len(re.match(r"\d+", text[first:]).group())  # type: ignore[union-attr]
        for pattern, low, high in PART_OF_YEAR:
            if part := pattern.match(text, after):
                return [Period.of_months(year, low, high)], start, part.end()
        months = MONTHS.match(text, after)
        if months and 1 <= int(months[1]) <= int(months[2] or months[1]) <= 12:
            return [Period.of_months(year, int(months[1]), int(months[2] or months[1]))], start, months.end()
    tail = TAIL.match(text, end)
    return [Period.of_year(year) for year in years], start, tail.end() if tail else end


def _relative(text: str, this_year: int) -> tuple[list[Period], list[Span]]:
    """The times that 去年 and the like mean in `this_year`: that of the report that says so, or of today."""
    periods, spans, taken = [], [], 0
    for match in re.finditer(RELATIVE_WORDS, text, re.IGNORECASE):
        word, end = match.group().lower(), match.end()
        year = this_year + RELATIVE[word]
        period = Period.of_years(year, year + TWO_YEARS[word]) if word in TWO_YEARS else Period.of_year(year)
        for pattern, low, high in PART_OF_YEAR:
            if part := pattern.match(text, end):
                period, end = Period.of_months(year, low, high), part.end()
        if match.start() >= taken:
            periods.append(period)
            spans.append(Span(match.start(), end))
            taken = end
    return periods, spans


def _five_year_plans(text: str) -> tuple[list[Period], list[Span]]:
    periods, spans = [], []
    for match in FIVE_YEAR_PLAN.finditer(text):
        word = match[1]
        number = NUMERALS.get(word, 1) if len(word) == 1 else 10 + (1 if word[1] == "一" else NUMERALS[word[1]])
        first = FIRST_YEARS.get(number, 1971 + 5 * (number - 4))
        periods.append(Period.of_years(first, first + 4))
        spans.append(Span(match.start(), match.end()))
    return periods, spans


def _count(text: str, chinese: re.Pattern[str], english: re.Pattern[str]) -> tuple[int | None, list[Span]]:
    match = chinese.search(text) or english.search(text)
    if not match:
        return None, []
    word = next((group for group in match.groups() if group), "五").lower()
    number = int(word) if word.isdigit() else NUMERALS.get(word) or ENGLISH_NUMERALS.get(word)
    return number, [Span(match.start(), match.end())]
