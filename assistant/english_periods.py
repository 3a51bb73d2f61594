"""The times that only English words say: months, quarters, decades, five-year plans; and years that are only a basis."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from indexer.types import Period, Span

Told = tuple[Span, tuple[Period, ...]]

MONTH_NAMES: Final = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
ORDINALS: Final = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth",
    "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth",
)  # fmt: skip
COUNTS: Final = {"three": 3, "six": 6, "nine": 9, "3": 3, "6": 6, "9": 9}
MONTH: Final = "|".join(f"{name}|{name[:3]}\\.?" for name in MONTH_NAMES)
YEAR: Final = r"(?P<year>(?:1[89]|20)\d\d)(?![\d.])"
BEFORE: Final = r"\b(?:(?:by|at|in|during|for|over|until|as of|from|since)\s+)?(?:the\s+)?"
OF: Final = r"\s*,?\s*(?:of\s+)?(?:the\s+year\s+)?"
FIRST_PLANS: Final = {1: 1953, 2: 1958, 3: 1966}  # from the fourth (1971) on every five years

MONTHS: Final = re.compile(
    rf"{BEFORE}(?:end\s+of\s+)?(?P<first>{MONTH})(?:\s*(?:-|–|—|to|through|until)\s*(?P<last>{MONTH}))?{OF}{YEAR}",
    re.IGNORECASE,
)
QUARTER: Final = re.compile(
    rf"{BEFORE}(?:(?P<nth>first|second|third|fourth|last)\s+quarter|q(?P<number>[1-4])){OF}{YEAR}", re.IGNORECASE
)
FIRST_QUARTERS: Final = re.compile(rf"{BEFORE}first\s+three\s+quarters{OF}{YEAR}", re.IGNORECASE)
FIRST_MONTHS: Final = re.compile(rf"{BEFORE}first\s+(?P<count>three|six|nine|[369])\s+months{OF}{YEAR}", re.IGNORECASE)
HALF: Final = re.compile(
    rf"{BEFORE}(?:(?P<which>first|second|latter)[\s-]+half|h(?P<number>[12])|(?P<middle>mid(?:dle)?))[\s-]*{OF}{YEAR}",
    re.IGNORECASE,
)
DECADE: Final = re.compile(r"\b(?:(?:in|during)\s+)?(?:the\s+)?(?P<decade>(?:19|20)\d0)'?s\b", re.IGNORECASE)
COUNT_WORDS: Final = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "ten": 10}
YEARS_UP_TO: Final = re.compile(
    rf"{BEFORE}(?P<count>{'|'.join(COUNT_WORDS)}|\d{{1,2}})[\s-]years?(?:\s+period)?\s+"
    rf"(?:(?:leading\s+)?up\s+to|ending(?:\s+in)?|through|until|to)\s+(?:the\s+end\s+of\s+)?{YEAR}",
    re.IGNORECASE,
)
PLAN: Final = re.compile(
    rf"{BEFORE}(?:(?:course|end|period)\s+of\s+)?(?:the\s+)?(?P<nth>{'|'.join(ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th))\s+"
    r"five[\s-]year\s+plan(?:\s+period)?",
    re.IGNORECASE,
)
YEAR_BEFORE: Final = re.compile(  # the year compared with: a basis, not a time asked about
    r"[,(]?\s*\b(?:than|over|on|against|exceed(?:ed|ing|s)?|(?:compared|relative|in comparison)\s+(?:with|to)|up\s+on)\s+"
    r"(?:(?:that|those|what it was|the\s+(?:level|figure|number|amount|output)|it\s+was|it\s+did)\s+)?(?:(?:of|in|for)\s+)?"
    r"(?:the\s+(?:year\s+before|previous\s+year|preceding\s+year|prior\s+year)|(?:a|one)\s+year\s+(?:earlier|before|ago)|last\s+year|(?P<base>(?:1[89]|20)\d\d))\b"
    r"|\bfrom\s+(?P<start>(?:1[89]|20)\d\d)\b(?!\s*(?:to|until|till|through|-|–|—))",
    re.IGNORECASE,
)
YEARS: Final = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
PRICES: Final = re.compile(
    r"\b(?:at|in)\s+(?:constant\s+|comparable\s+)?(?:1[89]|20)\d\d\s+(?:constant\s+|comparable\s+)?prices\b"
    r"|按?(?:1[89]|20)\d\d年?的?(?:不变|可比|固定)?价格?(?:计算|算)?(?!指数)",
    re.IGNORECASE,
)


def english_times(text: str) -> tuple[Told, ...]:
    """The stretches of `text` that English words give a time, with the time; none for a year that is only a basis."""
    told: list[Told] = []
    for pattern, read in READERS:
        for match in pattern.finditer(text):
            span = Span(match.start() + _leading(match.group()), match.end())
            if not any(span.start < other.end and other.start < span.end for other, _ in told):
                told.append((span, (read(match),)))
    told += [(Span(match.start(), match.end()), ()) for match in PRICES.finditer(text)]
    return (*told, *_bases(text, told))


def _bases(text: str, told: list[Told]) -> list[Told]:
    """The years compared with that come right before a year asked about: growth in reports is over the year before."""
    found = []
    for match in YEAR_BEFORE.finditer(text):
        base = match["base"] or match["start"]
        asked = YEARS.findall(text[: match.start()]) or YEARS.findall(text[match.end() :])[:1]
        if asked and (base is None or str(int(base) + 1) in asked):
            found.append((Span(match.start(), match.end()), ()))
    return [
        item for item in found if not any(item[0].start < span.end and span.start < item[0].end for span, _ in told)
    ]


def _leading(text: str) -> int:
    return len(text) - len(text.lstrip())


def _year(match: re.Match[str]) -> int:
    return int(match["year"])


def _months(match: re.Match[str]) -> Period:
    first = _month(match["first"])
    last = _month(match["last"]) if match["last"] else first
    return Period.of_months(_year(match), first, max(first, last))


def _month(name: str) -> int:
    return [month[:3] for month in MONTH_NAMES].index(name[:3].lower()) + 1


def _quarter(match: re.Match[str]) -> Period:
    name = (match["nth"] or "").lower()
    number = int(match["number"]) if match["number"] else 4 if name == "last" else ORDINALS.index(name) + 1
    return Period.of_months(_year(match), 3 * number - 2, 3 * number)


def _half(match: re.Match[str]) -> Period:
    is_second = match["number"] == "2" or (match["which"] or "").lower() in {"second", "latter"}
    return Period.of_months(_year(match), 7, 12) if is_second else Period.of_months(_year(match), 1, 6)


def _first_months(match: re.Match[str]) -> Period:
    return Period.of_months(_year(match), 1, COUNTS[match["count"].lower()])


def _years_up_to(match: re.Match[str]) -> Period:
    count = match["count"].lower()
    return Period.of_years(_year(match) - (COUNT_WORDS.get(count) or int(count)) + 1, _year(match))


def _plan(match: re.Match[str]) -> Period:
    name = match["nth"].lower()
    number = ORDINALS.index(name) + 1 if name in ORDINALS else int(name[:-2])
    first = FIRST_PLANS.get(number, 1971 + 5 * (number - 4))
    return Period.of_years(first, first + 4)


READERS: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Period]], ...]] = (
    (MONTHS, _months),
    (YEARS_UP_TO, _years_up_to),
    (FIRST_QUARTERS, lambda match: Period.of_months(_year(match), 1, 9)),
    (FIRST_MONTHS, _first_months),
    (QUARTER, _quarter),
    (HALF, _half),
    (DECADE, lambda match: Period.of_years(int(match["decade"]), int(match["decade"]) + 9)),
    (PLAN, _plan),
)
