"""Times that no calendar holds (2023年13月, 2月30日, 第五季度), said to be so before anything is searched."""

from __future__ import annotations

import re
from datetime import date

from assistant.rewrite import is_english
from indexer.fold import fold

MONTH = re.compile(
    r"(?<=年)\s*(\d{1,3})\s*月(?!来|以来|均)(?:\s*(\d{1,3})\s*[日号])?|(?<![\d年.])(\d{1,2})月(\d{1,3})[日号]"
)
YEAR = re.compile(r"(\d{4})\s*年")
QUARTER = re.compile(r"第?([五六七八九十5-9])季度|\bQ([5-9])\b|\b(fifth|sixth) quarter\b", re.IGNORECASE)
LEAP_YEAR = 2024  # where no year is said, 29 February may be meant
SENTENCES = {
    "month": ("一年没有{said}月，请改一下时间再问。", "There is no month {said}; please ask for another time."),
    "day": ("没有{said}这一天，请改一下时间再问。", "There is no such day as {said}; please ask for another time."),
    "quarter": ("一年只有四个季度，请改一下时间再问。", "A year has four quarters; please ask for another time."),
}


def impossible_time(text: str) -> str | None:
    """The sentence that says which time of the question cannot be, in its language; None where all can."""
    folded = fold(text)
    if QUARTER.search(folded):
        return _say("quarter", text)
    for match in MONTH.finditer(folded):
        month, day = int(match[1] or match[3]), match[2] or match[4]
        if not 1 <= month <= 12:
            return _say("month", text, said=str(month))
        year = next((int(found[1]) for found in YEAR.finditer(folded[: match.start() + 1])), LEAP_YEAR)
        if day and not _is_day(year, month, int(day)):
            return _say("day", text, said=match.group().strip())
    return None


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _say(key: str, text: str, **values: str) -> str:
    chinese, english = SENTENCES[key]
    return (english if is_english(fold(text)) else chinese).format(**values)
