"""The grounding check: every number that an answer states stands in a cited quote, or is computed from figures that do.

It reads drafts by anyone, the wording rules as much as a language model, and trusts none of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.types import Answer, AnsweredFigure, Citation, Computed, Language, Status
from indexer.figures.numbers import NUMBER_START, read_number
from indexer.fold import fold
from indexer.types import Report

SCALES = (
    ("万亿", Decimal(10) ** 12), ("亿", Decimal(10) ** 8), ("万", Decimal(10) ** 4),
    ("trillion", Decimal(10) ** 12), ("billion", Decimal(10) ** 9), ("million", Decimal(10) ** 6), ("thousand", Decimal(10) ** 3),
)  # fmt: skip
STARTS = re.compile(rf"[{NUMBER_START}]")
REFERENCE = re.compile(r"\[\d{1,2}\]|［\d{1,2}］")  # a citation's own number
IDIOMS = re.compile(  # numerals that count nothing
    r"一(?=[个项]?(?:方面|系列|体化|揽子|带一路|批|定|些|般|致|直|起|样|同|切|是))|(?<![0-9一二三四五六七八九十百千万])[一二三四五六七八九十](?=是)"
    r"|其[一二三]|(?<![0-9百千万亿])[一二三四五六七八九十]+、(?![一二三四五六七八九十])|[((][一二三四五六七八九十]+[))]"
)


NOTHING_LEFT = {
    Language.CHINESE: "不在档案中：找到的内容没有通过核对。",
    Language.ENGLISH: "Not in the archive: what was found did not pass the check.",
}


def ground(answer: Answer, reports: Mapping[str, Report]) -> Answer:
    """The answer with what fails the check taken out; `reports` are those cited.

    Citations that are not verbatim go, and figures without their citation; a text with a number that nothing supports is
    replaced by the figures as written; where nothing is left, nothing is said to be found.
    """
    citations = verified(answer.citations, reports)
    kept = {citation.number for citation in citations}
    figures = tuple(item for item in answer.figures if item.citation in kept)
    answer = replace(answer, citations=citations, figures=figures)
    if answer.status is not Status.ANSWERED:
        return answer
    quotes = [citation.quote for citation in citations]
    if citations and not ungrounded(_without_names(answer), quotes, allowed_values(answer)):
        return answer
    if figures and not ungrounded(plain := "、".join(item.figure.written for item in figures), quotes):
        return replace(answer, text=plain, computed=())
    return replace(
        answer, status=Status.NOT_FOUND, text=NOTHING_LEFT[answer.question.language], figures=(), computed=()
    )


def _without_names(answer: Answer) -> str:
    """The text without the names in it that hold numerals: 四川省, 第三污水处理厂."""
    text = answer.text
    parts = [part for whole in answer.figures for part in whole.parts]
    for item in (*answer.figures, *parts):
        for name in (item.figure.subject_text, item.report.place, item.report.title):
            text = text.replace(name, " ") if name else text
    return text


def allowed_values(answer: Answer) -> list[Decimal]:
    """What an answer may state beside its quotes: the question's own numbers, times it is about, counts, computed values."""
    days = {value for item in answer.figures for value in _days(item)}
    counts = {answer.searched.reports, len(answer.figures)}
    return [
        *stated_years(answer),
        *map(Decimal, days | counts),
        *computed_values(answer.computed),
        *_tabled_values(answer),
    ]


def _tabled_values(answer: Answer) -> list[Decimal]:
    """The scaled values of figures whose unit stands in the head of a table: 1.53 under 万户 is 15300."""
    figures = [item.figure for whole in answer.figures for item in (whole, *whole.parts)]
    tabled = [figure for figure in figures if not fold(figure.written).replace(" ", "").endswith(figure.unit)]
    return [value * figure.scale for figure in tabled for value in (figure.low, figure.high) if value is not None]


def stated_years(answer: Answer) -> list[Decimal]:
    """The numbers of the question, the years it means, and those of the answer's figures and of the reports searched."""
    periods = [item.figure.period or item.report.period for item in answer.figures]
    periods += answer.question.periods
    years = {year for period in periods if period is not None for year in period.years}
    reports = {citation.report.year for citation in answer.citations if citation.report.year}
    searched = set(answer.searched.years)
    return [*numbers_in(answer.question.standalone), *map(Decimal, years | reports | searched)]


def numbers_in(text: str) -> list[Decimal]:
    """The values that a text states, scaled (168.4万 is 1684000), in order; 百分之八 is 8; citation numbers are left out."""
    folded = IDIOMS.sub(
        lambda match: " " * len(match.group()), REFERENCE.sub(lambda match: " " * len(match.group()), fold(text))
    )
    found: list[Decimal] = []
    at = 0
    while (match := STARTS.search(folded, at)) is not None:
        number = read_number(folded, match.start(), len(folded))
        if number is None:
            at = match.end()
            continue
        found.append(number.low * _scale(folded, number.end))
        if number.high is not None and number.high != number.low:
            found.append(number.high * _scale(folded, number.end))
        at = max(number.end, match.end())
    return found


def ungrounded(text: str, quotes: Iterable[str], allowed: Iterable[Decimal] = ()) -> list[Decimal]:
    """The values in `text` that no quote states and that are not `allowed` (years of the question, computed values)."""
    held = set(allowed)
    for quote in quotes:
        held.update(numbers_in(quote))
    return [value for value in numbers_in(text) if value not in held and -value not in held]


def verified(citations: Sequence[Citation], reports: Mapping[str, Report]) -> tuple[Citation, ...]:
    """The citations whose quote equals the slice of their report."""
    return tuple(
        citation
        for citation in citations
        if (report := reports.get(citation.report.id)) is not None
        and report.text[citation.start : citation.end] == citation.quote
    )


def computed_values(computed: Iterable[Computed]) -> list[Decimal]:
    """The values that an answer may state because they are computed from its figures, scaled as `numbers_in` scales."""
    return [item.value * _scale(item.unit, 0) for item in computed]


def _days(item: AnsweredFigure) -> list[int]:
    """The months and days with which a period's label may name it."""
    period = item.figure.period or item.report.period
    return [period.start.month, period.end.month, period.start.day, period.end.day] if period else []


def _scale(text: str, at: int) -> Decimal:
    rest = text[at : at + 12].lstrip(" 余多").lower()
    return next((factor for word, factor in SCALES if rest.startswith(word)), Decimal(1))
