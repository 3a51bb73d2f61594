"""A question whether a plan was fulfilled: the planned figure or words, what the next report says, and the verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.cite import Citations
from assistant.commitments import Commitment, Pair, clauses_of, office_of, pairs_of, planned_figures, planned_year
from assistant.concepts import make_wanted
from assistant.corrected import correction_notes
from assistant.fulfilment import Verdict, fulfilment
from assistant.grounding import numbers_in
from assistant.matching import coverage, match
from assistant.plan_match import results_for
from assistant.plan_mentions import ASKED, QUOTED, Reviews
from assistant.plan_reports import Planned, ReadReport
from assistant.plan_summary import office_name, searched_in, state_summary
from assistant.plan_words import computed_of, planned_words, shortened, state_mention, state_outcome, state_unmentioned
from assistant.read_figures import Look, Weighed, weigh_figures
from assistant.scope import of_places
from assistant.several import renumber
from assistant.types import Answer, AnsweredFigure, Concept, Intent, Language, Question, Status
from indexer.archive import Archive
from indexer.fold import fold
from indexer.types import Period, Role, Span

TELLING = 0.2  # a word of less weight names no topic
NAMED, STATED_NAMED = 0.5, 0.12  # of the topic that a plan must say; less where its very number is stated
BEST_SHARE = 0.9  # of the best plan's words; another office whose plan says so much is asked about as well
SAID_OF_ANY = frozenset({"计划", "目标", "任务", "指标", "工作", "承诺", "年度", "全年", "主要", "预期"})
MOST_OFFICES = 6
DEEPEST = 3  # planned figures that may be meant, tried for a result


@dataclass(frozen=True, slots=True)
class Found:
    """A commitment that a question may mean."""

    pair: Pair
    commitment: Commitment
    said: float  # of the topic, 0–1
    score: float


def answer_plan(question: Question, archive: Archive) -> Answer | None:
    """The answer to a question of Intent.PLAN_VS_DONE; None where no report that plans for its time is held."""
    pairs = _pairs(question, archive)
    if not pairs:
        return None
    topic = tuple(item for item in question.concepts if _is_topic(item))
    names = tuple(fold(name).lower() for name in QUOTED.findall(question.text))
    stated = _stated(question)
    if not topic and not stated:
        return state_summary(question, archive, [pair for pair in pairs if pair.later] or pairs)
    found = [item for pair in pairs for item in _planned_in(pair, question, archive, stated)]
    if not found:
        found = [item for pair in pairs for item in _planned_in(pair, question, archive, stated, loosely=True)]
    if not found:
        found = [item for pair in pairs if (item := _worded_in(pair, topic, archive, names)) is not None]
    if not found:
        return None
    found.sort(key=lambda item: (-item.score, not item.pair.later))
    best = found[0]
    if best.commitment.planned is None:
        return _worded_answer(question, best, topic, archive)
    others = _other_offices(question, found)
    if others:
        return _of_each(question, others, archive, topic)
    same = [item for item in found[:DEEPEST] if item.pair == best.pair and item.score >= best.score * BEST_SHARE]
    answers = [_answer(question, item, archive, topic) for item in same]
    return next((answer for answer in answers if len(answer.figures) > 1), answers[0])


def _pairs(question: Question, archive: Archive) -> list[Pair]:
    """The plans for the time that a question names, or of the newest year with a later report; those of its places."""
    reports = of_places(question, archive.reports())
    years = list(question.report_years[:1]) or [period.start.year for period in question.periods[:1]]
    if question.report_years and question.periods:
        years = [question.periods[0].start.year]
    if not years:
        every = [pair for pair in pairs_of(reports) if pair.later]
        newest = max((pair.year for pair in every), default=None)
        return [pair for pair in every if pair.year == newest]
    pairs = pairs_of(reports, years)
    if not pairs and question.report_years:  # the summary of 2022 plans for 2023
        planned = {planned_year(report) for report in reports if report.year in question.report_years}
        pairs = pairs_of(reports, [year for year in planned if year is not None])
    return pairs


def _stated(question: Question) -> frozenset[object]:
    """The numbers, scaled, that a question states of the plan; years are none."""
    years = {year for period in question.periods for year in period.years} | set(question.report_years)
    return frozenset(value for value in numbers_in(question.text) if value not in years)


def _planned_in(
    pair: Pair, question: Question, archive: Archive, stated: frozenset[object], *, loosely: bool = False
) -> list[Found]:
    """The planned figures of a report that a question may mean, best first; where it states a number, those of it.

    With `loosely` also those of a plan part that seem to be of the year before: a plan is of no past year.
    """
    read = ReadReport(archive, pair.planning)
    period = Period.of_year(pair.year)
    planned = {item.figure.ordinal: item for item in planned_figures(read, pair.year, loosely=loosely)}
    asked = replace(
        question, intent=Intent.FIGURE, role=Role.PLAN, periods=(period,), report_years=(), standalone=question.subject
    )
    periods = () if loosely else (period,)
    asked = replace(asked, periods=periods)
    look = Look(archive, asked, make_wanted(question.concepts, archive.segmenter), periods)
    weighed = [item for item in weigh_figures(look, read.evidence) if item.figure.ordinal in planned]
    exact = [item for item in weighed if stated & set(numbers_in(fold(item.figure.written)))]
    kept = [item for item in exact if _said(item) >= STATED_NAMED] or exact[: len(exact) == 1]
    if not kept and not (stated and exact):
        kept = [item for item in weighed if _said(item) >= NAMED]
    return [_found(pair, planned[item.figure.ordinal], item) for item in kept]


def _said(item: Weighed) -> float:
    return max(item.coverage, item.features["likely"], item.features["alike"])


def _found(pair: Pair, planned: Planned, item: Weighed) -> Found:
    passage, clause = item.evidence.passage, item.figure.clause
    text = passage.text[max(0, clause.start - passage.start) : clause.end - passage.start].strip()
    commitment = Commitment(pair.planning, item.evidence.section, clause, text, planned.period, planned)
    return Found(pair, commitment, _said(item), item.score)


def _other_offices(question: Question, found: Sequence[Found]) -> list[Found]:
    """The best plan of each office, where the question names none and several plan about as well what it asks about."""
    if question.places or question.offices or question.levels:
        return []
    offices: dict[tuple[str, str], Found] = {}
    for item in found:
        if item.said >= found[0].said * BEST_SHARE:
            offices.setdefault(office_of(item.commitment.report), item)
    return list(offices.values()) if len(offices) > 1 else []


def _of_each(question: Question, found: Sequence[Found], archive: Archive, topic: Sequence[Concept]) -> Answer:
    """The verdict on the plan of each office, none preferred."""
    answers = [_answer(question, item, archive, topic) for item in found[:MOST_OFFICES]]
    lines = [
        f"{office_name(item.commitment.report)} {answer.text}" for item, answer in zip(found, answers, strict=False)
    ]
    numbered, citations = renumber(answers)
    english = question.language is Language.ENGLISH
    text = f"{'Several offices planned it' if english else f'有{len(found)}个单位有这项计划'}：{' '.join(lines)}"
    return replace(
        numbered[0],
        status=Status.AMBIGUOUS,
        text=text,
        figures=tuple(item for answer in numbered for item in answer.figures),
        computed=(),
        citations=citations,
        searched=searched_in([report for item in found for report in (item.pair.planning, *item.pair.later)]),
    )


def _is_topic(concept: Concept) -> bool:
    """Whether a concept names what was planned: no number, and no word that is said of any plan."""
    return concept.weight >= TELLING and not concept.word[:1].isdigit() and concept.word not in SAID_OF_ANY


def _worded_in(pair: Pair, topic: Sequence[Concept], archive: Archive, names: Sequence[str]) -> Found | None:
    """The sentence of a plan part that says most of the topic, or a name that the question quotes."""
    wanted = make_wanted(topic, archive.segmenter)
    best: Found | None = None
    for commitment in clauses_of(ReadReport(archive, pair.planning), pair.year):
        text = fold(commitment.text).lower()
        named = bool(names) and all(name in text for name in names)
        said = 1.0 if named else coverage(wanted, [match(item, text) for item in wanted])
        if said >= ASKED and (best is None or said > best.said):
            best = Found(pair, commitment, said, said)
    return best


def _answer(question: Question, found: Found, archive: Archive, topic: Sequence[Concept]) -> Answer:
    """The verdict on a planned number."""
    commitment, citations = found.commitment, Citations()
    planned = commitment.planned
    if planned is None:
        return _worded_answer(question, found, topic, archive)
    later = [ReadReport(archive, report) for report in found.pair.later]
    plan_item, plan_words = _cite(archive, citations, planned)
    results = results_for(planned, later, archive, topic)
    if not results:
        text = state_unmentioned(
            commitment, plan_words, found.pair.later, language=question.language, lexicon=archive.lexicon
        )
        return _with(question, found, text, citations, (plan_item,))
    best = results[0]
    told = fulfilment(planned.figure, best.figure, planned.before)
    done_item, done_words = _cite(archive, citations, best)
    text = state_outcome(
        commitment,
        plan_words,
        done_words,
        told,
        language=question.language,
        lexicon=archive.lexicon,
        result=best.figure,
    )
    answer = _with(question, found, text, citations, (plan_item, done_item))
    return replace(
        answer,
        computed=computed_of(told),
        notes=tuple(correction_notes(archive, answer.figures, question.language)),
        evidence=(planned.evidence, best.evidence),
        status=Status.MASKED if told.verdict is Verdict.MASKED else Status.ANSWERED,
    )


def _worded_answer(question: Question, found: Found, topic: Sequence[Concept], archive: Archive) -> Answer:
    """The verdict on a commitment without a number."""
    commitment, citations = found.commitment, Citations()
    report = archive.report(commitment.report.id)
    citations.add(report, commitment.report, commitment.section, commitment.span, commitment.span)
    reviews = Reviews([ReadReport(archive, later) for later in found.pair.later], archive)
    mention = reviews.mention(commitment.text, topic)
    if mention is None:
        words = shortened(commitment.text)
        text = state_unmentioned(
            commitment, words, found.pair.later, language=question.language, lexicon=archive.lexicon
        )
        return _with(question, found, text, citations, ())
    citations.add(archive.report(mention.report.id), mention.report, mention.section, mention.span, mention.span)
    text = state_mention(commitment, shortened(mention.text), mention.verdict, question.language)
    return _with(question, found, text, citations, ())


def _cite(archive: Archive, citations: Citations, item: Planned | Weighed) -> tuple[AnsweredFigure, str]:
    """A figure with its citation, and in the words of its report."""
    figure, info = item.figure, item.evidence.report
    report = archive.report(info.id)
    focus = Span(figure.start, figure.end)
    number = citations.add(report, info, item.evidence.section, figure.sentence, focus)
    return AnsweredFigure(figure, info, number), planned_words(figure, report.text)


def _with(
    question: Question, found: Found, text: str, citations: Citations, figures: tuple[AnsweredFigure, ...]
) -> Answer:
    asked = replace(question, periods=question.periods or (found.commitment.period,))
    return Answer(
        Status.ANSWERED,
        text,
        asked,
        figures,
        (),
        citations.all(),
        searched=searched_in((found.pair.planning, *found.pair.later)),
    )
