"""The numbers that an answer states and no cited quote holds: none may be left, whoever worded the answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from assistant.expected import multiplier, quantities
from assistant.types import Answer, AnsweredFigure, Computed, Status

STATING: Final = frozenset({Status.ANSWERED, Status.AMBIGUOUS})
CITED: Final = re.compile(r"\[\d{1,2}\]|\bQ[1-4]\b")  # a citation's own number; a quarter
DATED: Final = re.compile(r"\s*(?:[-—–~至]\s*\d+)?\s*(?:年|月|日|季)")
COUNTS: Final = re.compile(r"\s*(?:个地方|份报告|reports? searched)")  # of places named, of reports searched
TENTH: Final = Decimal("0.1")


def unquoted(answer: Answer) -> tuple[Decimal, ...]:
    """The values stated in text and figures that no cited quote states and that are not computed right from cited ones.

    Dates, the years an answer is about, the names of the places and reports cited, and how many reports were searched
    are no such values.
    """
    if answer.status not in STATING:
        return ()
    held = {_worth(value, tail) for citation in answer.citations for value, tail in _stated(citation.quote)}
    computed = {abs(item.value * multiplier(item.unit)) for item in answer.computed if is_computed_right(item, answer)}
    years = _years(answer)
    loose = [
        value
        for value, tail in _stated(_without_names(answer))
        if not DATED.match(tail) and not COUNTS.match(tail) and value not in years
        if _worth(value, tail) not in held | computed
    ]
    return (*loose, *(value for item in answer.figures for value in _not_in_quote(item, answer)))


def is_computed_right(item: Computed, answer: Answer) -> bool:
    """Whether a difference, a change, a degree of fulfilment or a sum follows from the figures it names."""
    if not item.operands or max(item.operands) >= len(answer.figures):
        return False
    figures = [answer.figures[operand].figure for operand in item.operands]
    values = [figure.value * figure.scale for figure in figures if figure.value is not None]
    if len(values) < len(figures) or (item.op != "sum" and len(values) != 2):
        return False
    if item.op == "sum":
        return item.value * figures[0].scale == sum(values)
    if item.op == "difference":
        scale = next((figure.scale for figure in figures if figure.unit == item.unit), figures[0].scale)
        return item.value * scale == values[1] - values[0]
    if not values[0]:
        return False
    if item.op == "fulfilment":  # the result in per cent of the plan
        return abs(values[1] / values[0] * 100 - item.value) <= TENTH
    change = (values[1] - values[0]) / values[0] * 100
    return item.op == "percentage" and abs(change - item.value) <= TENTH


def _not_in_quote(item: AnsweredFigure, answer: Answer) -> Iterator[Decimal]:
    """The value of a figure, and of each of its parts, whose citation does not hold it as written."""
    quotes = (citation.quote for citation in answer.citations if citation.number == item.citation)
    if item.figure.value is not None and not any(item.figure.written in quote for quote in quotes):
        yield item.figure.value
    for part in item.parts:
        yield from _not_in_quote(part, answer)


def _stated(text: str) -> Iterable[tuple[Decimal, str]]:
    return ((quantity.value, quantity.tail) for quantity in quantities(text))


def _worth(value: Decimal, tail: str) -> Decimal:
    return value * multiplier(tail)


def _years(answer: Answer) -> frozenset[Decimal]:
    """The years of the figures, the reports cited and the periods asked for."""
    periods = [item.figure.period or item.report.period for item in answer.figures]
    periods += [citation.report.period for citation in answer.citations] + list(answer.question.periods)
    named = {year for period in periods if period for year in period.years}
    return frozenset(map(Decimal, named | {item.report.year for item in answer.citations if item.report.year}))


def _without_names(answer: Answer) -> str:
    text = CITED.sub(" ", answer.text)
    names = {name for citation in answer.citations for name in (citation.report.place, citation.report.title) if name}
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, " ")
    return text
