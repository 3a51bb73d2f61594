"""Whether an answer is right: fixed rules that compare values, words and quotes with what a question expects.

The rules are hard ones: the first figure counts, its unit and the multiplier in it count, a citation counts among the
first 2n + 1 for n figures asked for and only where its quote holds the number, and an answer that is too long is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any, Final

from assistant.expected import Move, in_text, is_figure, is_quantity, move_in, quantities, says_fall, unit_expected
from assistant.expected import wrong_unit as states_wrong_unit
from assistant.types import Answer, AnsweredFigure, Citation, Status
from assistant.unquoted import unquoted
from indexer.fold import fold

Question = Mapping[str, Any]

FIGURE_KINDS: Final = frozenset({"figure", "dialog"})
SEVERAL_KINDS: Final = frozenset({"comparison", "plan_vs_done"})
UNANSWERABLE: Final = {"masked": Status.MASKED, "absent": Status.NOT_FOUND}
KINDS: Final = ("figure", "text", "dialog", "comparison", "plan_vs_done", "masked", "absent")
EVIDENCE_SHARE: Final = 0.6  # of the evidence's characters a quote must hold in one run
LONGEST_QUOTE: Final = 600  # characters
LONGEST: Final = {"comparison": 1200, "plan_vs_done": 1200, "absent": 400, "masked": 400}
LONGEST_ANSWER: Final = 300  # of every other kind
SPACE: Final = re.compile(r"\s+")
NO_FIGURE: Final = re.compile(r"\s*(?:年|月|日|季|份报告|个地方|-\d)")  # what follows a number that is no figure
CITED: Final = re.compile(r"\[\d{1,2}\]")


@dataclass(frozen=True, slots=True)
class Judgement:
    """How an answer does on its question."""

    kind: str
    sub: str
    language: str
    status: Status
    has_value: bool
    has_evidence: bool
    right: bool
    cited: bool
    wrong_number: bool  # another number than the one wanted is stated first
    wrong_unit: bool  # the wanted digits, or the wanted worth, in another unit
    wrong_sign: bool  # the wanted number, but growth stated as fall, or a fall not said to be one
    unquoted: tuple[Decimal, ...]  # numbers stated that no cited quote holds and that are not computed from any
    points: tuple[bool, ...]  # of a comparison or of planned and done, each: is it stated
    change: bool | None  # is the wanted difference stated; None where none is wanted
    refused: bool  # answerable, yet not found or said to be masked
    ambiguous: bool  # answerable, yet asked back
    fabricated: bool  # masked or absent, yet answered
    rank: int | None  # of the first evidence passage that holds what is wanted, from 1
    length: int  # characters of the answer

    @property
    def sound(self) -> bool:
        """Whether nothing is amiss: right, its sign as well, cited where evidence is known, every number quoted."""
        proven = self.cited or not self.has_evidence or self.kind in UNANSWERABLE
        return self.right and proven and not self.wrong_sign and not self.unquoted


def judge(question: Question, answer: Answer) -> Judgement:
    """The judgement of `answer` by what `question` expects (values, contains, points, evidence, report)."""
    kind = question["kind"]
    answered = answer.status is Status.ANSWERED
    points = tuple(_states_point(point, answer) for point in points_of(question)) if kind in SEVERAL_KINDS else ()
    right = _right(question, answer, points)
    first = bool(question.get("values")) and kind in FIGURE_KINDS and answered
    answerable = kind not in UNANSWERABLE
    return Judgement(
        kind=kind,
        sub=question.get("sub") or "",
        language=question.get("lang") or "zh",
        status=answer.status,
        has_value=bool(question.get("values")),
        has_evidence=bool(question.get("evidence") and question.get("report")),
        right=right,
        cited=answer.status is not Status.NOT_FOUND and is_cited(question, answer),
        wrong_number=(first and _states_other(question, answer)) or (not right and _begins_elsewhere(question, answer)),
        wrong_unit=first and _in_wrong_unit(question, answer),
        wrong_sign=first and _moves_wrongly(question, answer),
        unquoted=unquoted(answer),
        points=points,
        change=_states_change(question, answer) if answered else False if question.get("change") else None,
        refused=answerable and answer.status in {Status.NOT_FOUND, Status.MASKED},
        ambiguous=answerable and answer.status is Status.AMBIGUOUS,
        fabricated=not answerable and answered,
        rank=rank_of(question, answer),
        length=len(answer.text),
    )


def points_of(question: Question) -> list[Question]:
    """The numbers that a comparison, or planned and done, wants; a commitment without a number has none."""
    points = question.get("points") or [question.get("plan"), question.get("done")]
    return [point for point in points if point and point.get("value")]


def _right(question: Question, answer: Answer, points: Sequence[bool]) -> bool:
    kind, values, evidence = question["kind"], list(question.get("values") or ()), question.get("evidence") or ""
    if len(answer.text) > LONGEST.get(kind, LONGEST_ANSWER):
        return False
    if kind in UNANSWERABLE:
        return answer.status is UNANSWERABLE[kind]
    if answer.status is not Status.ANSWERED:
        return False
    if kind in SEVERAL_KINDS:
        return bool(points) and all(points) and not _states_too_much(question, answer)
    if values and kind in FIGURE_KINDS:
        return _first_figure_right(question, answer) and all(
            _is_stated(value, question.get("unit"), evidence, answer, 2 * len(values) + 2)
            for value in values
            if len(values) > 1
        )
    text = flat(answer.text)
    wanted = list(question.get("contains") or ())
    held = all(any(flat(word) in text for word in words.split("|")) for words in wanted)
    return (
        bool(wanted or values)
        and held
        and all(in_text(value, question.get("unit"), evidence, answer.text) for value in values)
    )


def _first_figure_right(question: Question, answer: Answer) -> bool:
    """Whether the first figure, or where there is none the first number of the text, is one of the values."""
    unit, evidence = question.get("unit"), question.get("evidence") or ""
    if answer.figures:
        return any(is_figure(value, unit, evidence, answer.figures[0].figure) for value in question["values"])
    first = _first_number(answer.text)
    return first is not None and any(
        is_quantity(value, unit_expected(value, unit, evidence), *first) for value in question["values"]
    )


def _states_other(question: Question, answer: Answer) -> bool:
    stated = bool(answer.figures) or _first_number(answer.text) is not None
    return stated and not _first_figure_right(question, answer)


def _begins_elsewhere(question: Question, answer: Answer) -> bool:
    """Whether the first figure of a comparison, or of planned and done, is none of its points."""
    if question["kind"] not in SEVERAL_KINDS or answer.status is not Status.ANSWERED or not answer.figures:
        return False
    points = points_of(question)
    return bool(points) and not any(_is_point(point, answer.figures[0]) for point in points)


def _first_number(text: str) -> tuple[Decimal, str] | None:
    """The first number of a text that is no part of a date, with what follows it."""
    text = CITED.sub(" ", text)
    for quantity in quantities(text):
        if not NO_FIGURE.match(quantity.tail) and text[quantity.start - 1 : quantity.start] != "第":
            return quantity.value, quantity.tail
    return None


def _is_stated(value: str, unit: str | None, evidence: str, answer: Answer, most: int) -> bool:
    """Whether a value stands in the text or among the first figures."""
    figures = answer.figures[:most]
    return in_text(value, unit, evidence, answer.text) or any(
        is_figure(value, unit, evidence, item.figure) for item in figures
    )


def _states_point(point: Question, answer: Answer) -> bool:
    if answer.status is not Status.ANSWERED:
        return False
    stated = [item for item in answer.figures if _is_point(point, item)]
    if answer.figures:
        return any(is_report(item.report.path, point["report"]) for item in stated)
    return in_text(point["value"], point.get("unit"), point.get("evidence") or "", answer.text)


def _is_point(point: Question, item: AnsweredFigure) -> bool:
    return is_figure(point["value"], point.get("unit"), point.get("evidence") or "", item.figure)


def _states_too_much(question: Question, answer: Answer) -> bool:
    """Whether a comparison buries its points in other numbers, or gives one report the number of another."""
    points = points_of(question)
    numbers = {quantity.value for quantity in quantities(answer.text) if not NO_FIGURE.match(quantity.tail)}
    if len(numbers) > 8 + 6 * len(points):
        return True
    for item in answer.figures:
        own = [point for point in points if is_report(item.report.path, point["report"])]
        crossed = any(_is_point(point, item) for point in points)
        if own and crossed and not any(_is_point(point, item) for point in own):
            return True
    return bool(question.get("no_difference")) and bool(answer.computed)


def _states_change(question: Question, answer: Answer) -> bool | None:
    """Whether the wanted difference, or the wanted change in per cent, is stated; None where none is wanted."""
    change = question.get("change")
    if not change:
        return None
    if in_text(change["diff"].lstrip("-"), change.get("unit"), "", answer.text):
        return True
    wanted = abs(Decimal(change["pct"])) if change.get("pct") else None
    tenth = Decimal("0.1")
    percents = [quantity.value for quantity in quantities(answer.text) if quantity.tail.startswith("%")]
    return wanted is not None and any(abs(value - wanted) <= tenth for value in percents)


def _in_wrong_unit(question: Question, answer: Answer) -> bool:
    if not answer.figures or not _states_other(question, answer):
        return False
    evidence = question.get("evidence") or ""
    return states_wrong_unit(question["values"], question.get("unit"), evidence, answer.figures[0].figure)


def _moves_wrongly(question: Question, answer: Answer) -> bool:
    """Whether the right number is said to have risen where it fell or the reverse, or not said to have fallen."""
    evidence, value = question.get("evidence") or "", question["values"][0]
    if not _first_figure_right(question, answer):
        return False
    unit = unit_expected(value, question.get("unit"), evidence)
    wanted, stated = move_in(value, unit, evidence), move_in(value, unit, answer.text)
    if wanted is None or wanted is stated:
        return False
    return stated is not None or (wanted is Move.FALL and not says_fall(f"{question.get('q', '')}{answer.text}"))


def is_cited(question: Question, answer: Answer) -> bool:
    """Whether the first citations are from the right reports, hold the evidence, and hold the number asked for.

    Without evidence in the question: whether there is any citation.
    """
    wanted = points_of(question) if question["kind"] in SEVERAL_KINDS else [question]
    wanted = [point for point in wanted if point.get("evidence") and point.get("report")]
    if not wanted:
        return bool(answer.citations)
    first = answer.citations[: 2 * len(wanted) + 1]
    return all(any(_proves(point, quote, path) for quote, path in _quotes(first)) for point in wanted)


def _quotes(citations: Sequence[Citation]) -> list[tuple[str, str]]:
    """The quotes with their reports' paths; last, two that follow one another, as one: parts stand in the next sentence."""
    single = [(citation.quote, citation.report.path) for citation in citations]
    joined = [
        (one.quote + other.quote, one.report.path)
        for one, other in pairwise(citations)
        if one.report.id == other.report.id and one.end == other.start
    ]
    return [*single, *joined]


def _proves(point: Question, quote: str, path: str) -> bool:
    """Whether a quote is short enough, of the right report, and holds the evidence and the value wanted, if any."""
    evidence, unit = point["evidence"], point.get("unit")
    masked = point.get("kind") == "masked"
    values = [point["value"]] if point.get("value") else [] if masked else list(point.get("values") or ())
    holds = len(quote) <= LONGEST_QUOTE and is_report(path, point["report"]) and holds_evidence(quote, evidence)
    return holds and (not values or any(in_text(value, unit, evidence, quote) for value in values))


def rank_of(question: Question, answer: Answer) -> int | None:
    """The rank, from 1, of the first passage of the right report that holds the evidence; None where none does."""
    evidence, report = question.get("evidence"), question.get("report")
    if not evidence or not report:
        return None
    for rank, item in enumerate(answer.evidence, 1):
        if is_report(item.report.path, report) and holds_evidence(item.passage.text, evidence):
            return rank
    return None


def is_report(path: str, report: str) -> bool:
    """Whether a path is that of the report: the same file name, its ending left open, or `004` for 004_….txt."""
    wanted, name = (_stem(text) for text in (report, path))
    return name == wanted or (wanted.isdecimal() and re.match(rf"{wanted}(?!\d)", name) is not None)


def _stem(path: str) -> str:
    name = SPACE.sub("", fold(path)).rsplit("/", 1)[-1]
    return re.sub(r"\.(?:txt|md|docx|html?)$", "", name)


def holds_evidence(quote: str, evidence: str) -> bool:
    """Whether a quote holds the evidence, or shares with it a run of most of its characters."""
    one, other = flat(quote), flat(evidence)
    if other in one:
        return True
    block = SequenceMatcher(None, one, other, autojunk=False).find_longest_match()
    return block.size >= EVIDENCE_SHARE * len(other)


def flat(text: str) -> str:
    """The text as it is compared: folded, in lower case, without white space and table rules."""
    return SPACE.sub("", fold(text)).replace("|", "").lower()
