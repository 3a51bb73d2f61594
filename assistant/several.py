"""Questions with several answers: one for each year, place, or for what was planned and what was done."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from enum import Enum

from assistant.likeness import likeness
from assistant.targets import without_stated
from assistant.types import Answer, AnsweredFigure, Citation, Computed, Intent, Language, Question, Searched, Status
from assistant.word_elsewhere import period_ranges
from assistant.wording import decimal_words, period_words
from indexer.fold import fold
from indexer.types import Basis, Figure, Measure, Period, Role

CHANGE_ASKED = re.compile(
    r"[，,]\s*(?:增加|减少|增长|提高|下降|相差|多|少|差)了?多少|相差|差多少|(?:各|分别)(?:是|为)?多少.{0,4}(?:增|减|差)"
    r"|\b(?:grow|grew|change|increase|rise|rose) between\b|\bby how much\s*\??$|\bdifference\b",
    re.IGNORECASE,
)
PERCENT = "%"
LIKE_SUBJECTS = 0.5  # share of characters that the subjects of figures to be added have in common, at least
PERCENT_PLACES = Decimal("0.1")


class Computing(Enum):
    """What is computed from the figures of several answers."""

    CHANGE = "change"  # between two
    SUM = "sum"
    NOTHING = "nothing"


def split(question: Question) -> tuple[Question, ...]:
    """The questions that a question is made of, each with one answer; the question alone where it is one."""
    if question.intent is Intent.PLAN_VS_DONE:
        return _plan_and_done(question)
    if question.intent not in {Intent.FIGURE, Intent.COMPARISON}:
        return (question,)
    if question.measure is Measure.GROWTH and CHANGE_ASKED.search(question.standalone) and _is_several(question):
        question = replace(question, measure=None)  # the change between two figures is computed, not looked up
    if len(question.report_years) > 1:
        return tuple(replace(question, report_years=(year,), periods=()) for year in question.report_years)
    periods: Sequence[tuple[Period, ...]] = [(period,) for period in question.periods] or [()]
    several = question.places_listed or question.intent is Intent.COMPARISON
    places: Sequence[tuple[str, ...]] = [(place,) for place in question.places] if several else [question.places]
    if len(periods) * len(places) < 2:
        return (question,)
    return tuple(replace(question, periods=period, places=place) for period in periods for place in places)


def _is_several(question: Question) -> bool:
    return len(question.report_years) > 1 or len(question.periods) > 1 or len(question.places) > 1


def _plan_and_done(question: Question) -> tuple[Question, ...]:
    """The plan of a year and its result; 2021年报告 plans for 2021, and the report after it tells what was done."""
    years = question.report_years or tuple(period.start.year for period in question.periods)
    if not years:
        return (question,)
    target = Period.of_year(years[0])
    question = replace(
        question, standalone=without_stated(fold(question.standalone))
    )  # the number it states is no hint
    plan = replace(
        question, intent=Intent.FIGURE, role=Role.PLAN, report_years=question.report_years[:1], periods=(target,)
    )
    later = question.report_years[1:2]
    done = replace(question, intent=Intent.FIGURE, role=Role.RESULT, report_years=later, periods=(target,))
    return plan, done


def combine(question: Question, answers: Sequence[Answer], *, computing: Computing = Computing.CHANGE) -> Answer:
    """One answer from those to the questions that `question` was split into, with what `computing` says of them."""
    unclear = next((answer for answer in answers if answer.status is Status.AMBIGUOUS), None)
    if unclear is not None:
        return replace(unclear, question=question)
    numbered, citations = renumber(_without_repeats([_as_asked(answer) for answer in answers], question))
    answered = [answer for answer in numbered if answer.status is Status.ANSWERED]
    figures = tuple(item for answer in answered for item in answer.figures[:1])
    computed = _computed(figures, computing) if len(answered) == len(answers) else ()
    lines = [_line(question, answer) for answer in _gaps_together(numbered)]
    text = "；".join(lines) if question.language is Language.CHINESE else "; ".join(lines)
    text += _computed_words(question, figures, computed)
    statuses = [answer.status for answer in numbered]
    status = next((one for one in (Status.ANSWERED, Status.MASKED) if one in statuses), Status.NOT_FOUND)
    searched = Searched(
        max(answer.searched.reports for answer in answers),
        tuple(sorted({year for answer in answers for year in answer.searched.years})),
        tuple(sorted({place for answer in answers for place in answer.searched.places})),
    )
    evidence = tuple(item for answer in answers for item in answer.evidence[:3])
    notes = tuple(dict.fromkeys(note for answer in answers for note in answer.notes))
    periods = tuple(dict.fromkeys(period for answer in answers for period in answer.question.periods))
    return Answer(
        status, text, replace(question, periods=periods), figures, computed, citations, evidence, searched, (), notes
    )


def _as_asked(answer: Answer) -> Answer:
    """The answer; nothing where a plan is asked for and a result found, or one year and a figure over several."""
    asked = answer.question
    single = len(asked.periods) == 1 and asked.periods[0].is_year
    for item in answer.figures[:1]:
        is_result = asked.role is Role.PLAN and item.figure.role is Role.RESULT
        if is_result or (single and item.figure.period is not None and len(item.figure.period.years) > 1):
            return replace(answer, status=Status.NOT_FOUND, figures=(), citations=())
    return answer


def _gaps_together(answers: Sequence[Answer]) -> list[Answer]:
    """The answers, with one for all the years of a place that follow one another and of which nothing is found."""
    kept: list[Answer] = []
    for answer in answers:
        last = kept[-1] if kept else None
        same = last and last.status is answer.status is Status.NOT_FOUND and _but_years(last) == _but_years(answer)
        if last and same and answer.question.periods:
            periods = (*last.question.periods, *answer.question.periods)
            kept[-1] = replace(last, question=replace(last.question, periods=periods))
        else:
            kept.append(answer)
    return kept


def _but_years(answer: Answer) -> tuple[object, ...]:
    question = answer.question
    return question.standalone, question.places, question.report_years, question.role


def _without_repeats(answers: Sequence[Answer], question: Question) -> list[Answer]:
    """The answers; one that states the very figure of an earlier one has found nothing of its own."""
    kept: list[Answer] = []
    seen: set[tuple[str, int]] = set()
    nothing = "not in the archive" if question.language is Language.ENGLISH else "不在档案中"
    for answer in answers:
        keys = {(item.report.id, item.figure.ordinal) for item in answer.figures[:1]}
        repeated = replace(answer, status=Status.NOT_FOUND, text=nothing, figures=(), citations=())
        kept.append(repeated if keys & seen else answer)
        seen |= keys
    return kept


def renumber(answers: Sequence[Answer]) -> tuple[list[Answer], tuple[Citation, ...]]:
    """The answers with their citations numbered as one list."""
    citations: dict[tuple[str, int, int], Citation] = {}
    renumbered = []
    for answer in answers:
        numbers: dict[int, int] = {}
        for citation in answer.citations:
            key = (citation.report.id, citation.start, citation.end)
            kept = citations.setdefault(key, replace(citation, number=len(citations) + 1))
            numbers[citation.number] = kept.number
        renumbered.append(replace(answer, figures=tuple(_with_numbers(item, numbers) for item in answer.figures)))
    return renumbered, tuple(citations.values())


def _with_numbers(item: AnsweredFigure, numbers: dict[int, int]) -> AnsweredFigure:
    parts = tuple(_with_numbers(part, numbers) for part in item.parts)
    return replace(item, citation=numbers[item.citation], parts=parts)


def _line(question: Question, answer: Answer) -> str:
    """What one of the questions is answered with, led by what it asks for."""
    asked = answer.question
    label = asked.places[0] if len(question.places) > 1 and asked.places else ""
    if not answer.figures or answer.status is not Status.ANSWERED:
        return _gap(question, answer, label)
    return f"{label}{answer.text.rstrip('。')}" if not label or label not in answer.text else answer.text.rstrip("。")


def _gap(question: Question, answer: Answer, label: str) -> str:
    """That one of the questions has no figure: 2022年：没有写到, 2021年：原文已脱敏."""
    asked, english = answer.question, question.language is Language.ENGLISH
    masked = answer.status is Status.MASKED
    said = (
        ("masked in the source" if masked else "not in the archive")
        if english
        else "原文已脱敏"
        if masked
        else "没有写到"
    )
    if question.intent is not Intent.PLAN_VS_DONE and asked.standalone != question.standalone:
        return f"{asked.standalone.rstrip('？?')}：{said}"
    years = [period_ranges(asked.periods, question.language)] if asked.periods else []
    years = years or [f"{year} report" if english else f"{year}年报告" for year in asked.report_years]
    return f"{label}{'、'.join(years)}{': ' if english else '：'}{said}"


def _computed(figures: Sequence[AnsweredFigure], computing: Computing) -> tuple[Computed, ...]:
    """The sum of like figures, or the difference and the change in per cent of two; nothing where they are not alike."""
    if computing is Computing.SUM:
        return _sum(figures)
    if len(figures) != 2 or computing is Computing.NOTHING:
        return ()
    first, second = figures[0].figure, figures[1].figure
    if not _alike(first, second) or {first.part_of, second.part_of} & {first.ordinal, second.ordinal}:
        return ()
    values = [_base(first), _base(second)]
    difference = (values[1] - values[0]) / first.scale
    if first.dimension == "percent":
        return (Computed("difference", difference, "个百分点", (0, 1)),)
    found = [Computed("difference", difference, first.unit, (0, 1))]
    if values[0]:
        change = ((values[1] - values[0]) / values[0] * 100).quantize(PERCENT_PLACES)
        found.append(Computed("percentage", change, PERCENT, (0, 1)))
    return tuple(found)


def _sum(figures: Sequence[AnsweredFigure]) -> tuple[Computed, ...]:
    """The sum of what was counted within each period; nothing of shares, of totals held, or of unlike figures."""
    stated = [item.figure for item in figures]
    first = stated[0]
    addable = first.dimension != "percent" and first.measure is Measure.LEVEL and first.basis is Basis.FLOW
    if len(stated) < 2 or not addable or not all(_alike(first, other) for other in stated[1:]):
        return ()
    if any(likeness(first.subject_text, other.subject_text) < LIKE_SUBJECTS for other in stated[1:]):
        return ()
    total = sum((_base(figure) for figure in stated), Decimal(0)) / first.scale
    return (Computed("sum", total, first.unit, tuple(range(len(stated)))),)


def _alike(first: Figure, second: Figure) -> bool:
    exact = all(
        figure.low is not None and figure.low == figure.high and not figure.masked for figure in (first, second)
    )
    same = all(
        getattr(first, name) == getattr(second, name) for name in ("base_unit", "measure", "role", "scope", "basis")
    )
    return exact and same and likeness(first.subject_text, second.subject_text) >= LIKE_SUBJECTS


def _base(figure: Figure) -> Decimal:
    return (figure.value or Decimal(0)) * figure.scale


def _computed_words(question: Question, figures: Sequence[AnsweredFigure], computed: Sequence[Computed]) -> str:
    if not computed:
        return ""
    difference = computed[0]
    if difference.op == "sum":
        total = f"{decimal_words(difference.value)}{difference.unit}"
        return f". Computed: {total} in all." if question.language is Language.ENGLISH else f"。计算：合计{total}。"
    amount = f"{decimal_words(abs(difference.value))}{difference.unit}"
    share = f"（{decimal_words(computed[1].value)}%）" if len(computed) > 1 else ""
    if question.language is Language.ENGLISH:
        return f". Computed: {'+' if difference.value >= 0 else '−'}{amount}{share.replace('（', ' (').replace('）', ')')}."
    verb = "增加" if difference.value >= 0 else "减少"
    first, second = (_name(item, question) for item in figures)
    return f"。计算：{second}比{first}{verb}{amount}{share}。"


def _name(item: AnsweredFigure, question: Question) -> str:
    if len(question.places) > 1 and item.report.place:
        return item.report.place
    return period_words(item.figure, item.report) or item.report.title
