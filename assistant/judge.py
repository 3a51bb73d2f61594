"""Whether an answer is right: fixed rules that compare values, words and quotes with what a question expects."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from difflib import SequenceMatcher
from typing import Any

from assistant.grounding import numbers_in
from assistant.types import Answer, AnsweredFigure, Status
from indexer.fold import fold

EVIDENCE_SHARE = 0.6  # of the evidence's characters a quote must hold
SCALES = {"万亿": 12, "亿": 8, "万": 4}
SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Judgement:
    """How an answer does on its question."""

    kind: str
    sub: str
    language: str
    has_value: bool
    right: bool
    cited: bool
    wrong_number: bool
    refused: bool
    ambiguous: bool
    rank: int | None  # of the first evidence passage that holds what is wanted, from 1


def judge(question: Mapping[str, Any], answer: Answer) -> Judgement:
    """The judgement of `answer` by what `question` expects (values, contains, points, evidence, report)."""
    kind = question["kind"]
    values = list(question.get("values") or ())
    right = _right(kind, question, values, answer)
    stated = kind in {"figure", "dialog"} and bool(values) and answer.status is Status.ANSWERED and bool(answer.figures)
    return Judgement(
        kind,
        question.get("sub") or "",
        question.get("lang") or "zh",
        bool(values),
        right,
        _cited(question, answer),
        stated and not _is_value(values[:1], question.get("unit"), answer.figures[0]),
        kind not in {"masked", "absent"} and answer.status in {Status.NOT_FOUND, Status.MASKED},
        answer.status is Status.AMBIGUOUS,
        _rank(question, answer),
    )


def _right(kind: str, question: Mapping[str, Any], values: Sequence[str], answer: Answer) -> bool:
    if kind in {"masked", "absent"}:
        return answer.status is (Status.MASKED if kind == "masked" else Status.NOT_FOUND)
    if answer.status is not Status.ANSWERED:
        return False
    if kind in {"comparison", "plan_vs_done"}:
        points = question.get("points") or [question["plan"], question["done"]]
        return all(
            any(_is_value([point["value"]], point.get("unit"), item) for item in answer.figures) for point in points
        )
    if values and kind in {"figure", "dialog"}:
        return bool(answer.figures) and _all_values(values, question.get("unit"), answer)
    text = _flat(answer.text)
    held = all(any(_flat(word) in text for word in wanted.split("|")) for wanted in question.get("contains") or ())
    return held and all(_in_text(value, answer.text) for value in values)


def _all_values(values: Sequence[str], unit: str | None, answer: Answer) -> bool:
    """The first value first, the others anywhere among the figures and their parts."""
    first, *others = answer.figures
    pool = [*first.parts, *others]
    return _is_value(values, unit, first) and all(
        _is_value([value], unit, first) or any(_is_value([value], None, item) for item in pool) for value in values
    )


def _is_value(values: Sequence[str], unit: str | None, item: AnsweredFigure) -> bool:
    figure = item.figure
    if figure.value is None:
        return False
    stated = figure.value * _scale(figure.unit)
    wanted = [number for value in values for number in _numbers(value)]
    if unit and not _same_kind(unit, figure.unit):
        return False
    return any(
        number * (_scale(unit) if unit else Decimal(1)) == stated or (not unit and number == figure.value)
        for number in wanted
    )


def _same_kind(one: str, other: str) -> bool:
    """Whether two units can be of one figure: equal, or both counters, once the multiplier is gone."""
    bare, stated = (re.sub(r"^[百千]?[万亿]+", "", fold(unit)) for unit in (one, other))
    same = {"㎡": "平方米", "m2": "平方米", "km": "公里", "百分点": "个百分点"}
    bare, stated = same.get(bare, bare), same.get(stated, stated)
    measured = re.compile(r"米|里|亩|公顷|元|%|百分点|吨|斤|瓦|度")
    return bare == stated or not bare or not stated or not (measured.search(bare) or measured.search(stated))


def _numbers(value: str) -> list[Decimal]:
    found = []
    for part in value.split("|"):
        try:
            found.append(Decimal(part.replace(",", "")))
        except InvalidOperation:
            found += numbers_in(part)
    return found


def _scale(unit: str | None) -> Decimal:
    match = re.match(r"万亿|亿|万", fold(unit or ""))
    return Decimal(10) ** SCALES[match.group()] if match else Decimal(1)


def _in_text(value: str, text: str) -> bool:
    stated = numbers_in(text)
    return any(number in stated or number in {item / 10000 for item in stated} for number in _numbers(value))


def _cited(question: Mapping[str, Any], answer: Answer) -> bool:
    """Whether one of the first citations is from the right report and holds the evidence."""
    evidence, report = question.get("evidence"), question.get("report")
    if not evidence or not report:
        return bool(answer.citations)
    return any(
        _holds(citation.quote, evidence) and _is_report(citation.report.path, report)
        for citation in answer.citations[:3]
    )


def _rank(question: Mapping[str, Any], answer: Answer) -> int | None:
    evidence, report = question.get("evidence"), question.get("report")
    if not evidence or not report:
        return None
    for rank, item in enumerate(answer.evidence, 1):
        if _is_report(item.report.path, report) and _holds(item.passage.text, evidence):
            return rank
    return None


def _is_report(path: str, report: str) -> bool:
    return report.rsplit("/", 1)[-1] in path


def _holds(quote: str, evidence: str) -> bool:
    """Whether a quote holds the evidence, or shares with it a run of most of its characters."""
    one, other = _flat(quote), _flat(evidence)
    if other in one:
        return True
    block = SequenceMatcher(None, one, other, autojunk=False).find_longest_match()
    return block.size >= EVIDENCE_SHARE * len(other)


def _flat(text: str) -> str:
    return SPACE.sub("", fold(text)).lower()
