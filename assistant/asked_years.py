"""The years of `--years`: 2014-2018, 2014,2016,2018, 近五年 is not one of them."""

from __future__ import annotations

import re

from indexer.errors import QuestionError
from indexer.fold import fold

RANGE = re.compile(r"(\d{4})年?(?:[-—–~～至到]+(\d{4})年?)?")
BETWEEN = re.compile(r"[,、;\s和及]+")
FIRST, LAST, MOST = 1900, 2100, 120


def years_asked(text: str) -> tuple[tuple[int, ...], bool]:
    """The years in order, each once, and whether a range was written the wrong way round. Raises QuestionError."""
    years: list[int] = []
    turned = False
    for part in filter(None, BETWEEN.split(fold(text).strip())):
        match = RANGE.fullmatch(part)
        if match is None:
            raise QuestionError(
                f"“{text}”不是年份，请写成 2014-2018 或 2014,2016。(Write years as 2014-2018 or 2014,2016.)"
            )
        first, last = int(match[1]), int(match[2] or match[1])
        turned = turned or last < first
        years += range(min(first, last), max(first, last) + 1)
    found = tuple(sorted(set(years)))
    if not found or found[0] < FIRST or found[-1] > LAST or len(found) > MOST:
        raise QuestionError(f"年份“{text}”超出范围，请写{FIRST}到{LAST}之间的年份。(The years are out of range.)")
    return found, turned
