"""One question over its evidence: read, decide, cite and word the answer, without a language model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from assistant.answer_kinds import AnswerKinds
from assistant.choose import Decision, decide, parts_of
from assistant.cite import Citations, sentence_in, without_uncited
from assistant.concepts import make_wanted
from assistant.confidence import Confidence
from assistant.conflicts import conflicts_with
from assistant.corrected import correction_notes
from assistant.indicators import Meant
from assistant.notebook import Notebook
from assistant.offers import of_near, of_places
from assistant.read_figures import Look, Weighed, as_candidate, by_meaning, by_words, weigh_figures
from assistant.read_text import Reading, read_text
from assistant.rewrite import Known
from assistant.scope import Scope
from assistant.types import Answer, AnsweredFigure, Candidate, Evidence, Intent, Language, Question, Searched, Status
from assistant.wording import (
    figure_words,
    state_ambiguous,
    state_figure,
    state_masked,
    state_missing,
    state_not_found,
    state_other_periods,
)
from indexer.archive import Archive
from indexer.types import Figure, Report, ReportInfo, Section, Span

EXPLAINED = 5  # candidates shown by --explain
MOST_PLACES = 12  # places stated in an ambiguous answer
LISTED = 5  # items of a list answer
LIST_SHARE = 0.75  # of the best item's score


@dataclass(frozen=True, slots=True)
class Room:
    """What reading one question needs."""

    archive: Archive
    kinds: AnswerKinds
    confidence: Confidence
    question: Question
    scope: Scope
    evidence: tuple[Evidence, ...]
    known: Known
    meant: Meant = field(default_factory=Meant)
    explain: bool = False
    notes: Notebook = field(default_factory=Notebook)


def read_answer(room: Room) -> Answer:
    """The answer to a question whose evidence is gathered."""
    if room.scope.missing is not None:
        answer = _answer(room, Status.NOT_FOUND, state_missing(room.question, room.scope))
        return replace(answer, missing=room.scope.missing)
    if room.question.intent in {Intent.TEXT, Intent.LIST, Intent.COVERAGE}:
        return _text_answer(room)
    return _figure_answer(room)


def _in_order_read(room: Room, read: Sequence[Evidence]) -> Room:
    """The room with its evidence in the order in which the reader prefers it; what it found nothing in comes last."""
    ordered = {(item.report.id, item.passage.ordinal): item for item in (*read, *room.evidence)}
    return replace(room, evidence=tuple(ordered.values()))


def decide_in(room: Room) -> tuple[Decision, list[Weighed]]:
    """The decision over the figures of a room's evidence, and all of them weighed, best first."""
    weighed = weigh_figures(look_of(room), room.evidence)
    return decide(room.question, weighed, room.confidence, room.archive.settings.answer), weighed


def found_surely(room: Room, is_sure: Callable[[Weighed], bool]) -> tuple[Weighed, ...]:
    """What would answer from a room's evidence, as far as it is sure; most rooms hold nothing so well said."""
    look = look_of(room)
    weighed = by_words(look, room.evidence)
    if not any(is_sure(item) for item, _ in weighed):
        return ()
    decision = decide(room.question, by_meaning(look, weighed), room.confidence, room.archive.settings.answer)
    found = () if decision.status is Status.NOT_FOUND else (*decision.chosen, *decision.other_periods)
    return tuple(item for item in found if is_sure(item))


def look_of(room: Room) -> Look:
    """What the figures of a room's evidence are weighed against."""
    wanted = make_wanted(room.question.concepts, room.archive.segmenter)
    return Look(
        room.archive, room.question, wanted, room.scope.periods, room.meant.likely, room.meant.usual, room.notes
    )


def _figure_answer(room: Room) -> Answer:
    decision, weighed = decide_in(room)
    room = _in_order_read(room, [item.evidence for item in (*decision.chosen, *weighed)])
    candidates = tuple(as_candidate(item) for item in weighed[:EXPLAINED]) if room.explain else ()
    if decision.status is Status.NOT_FOUND:
        text = state_not_found(room.question, len(room.scope.reports))
        near = of_near(room.question, decision.nearest, room.archive.lexicon)
        return _answer(room, Status.NOT_FOUND, text, suggestions=near, candidates=candidates)
    citations = Citations()
    if decision.status is Status.AMBIGUOUS:
        return _ambiguous(room, decision, citations, candidates)
    chosen = decision.chosen[0]
    item, hedged = _cited(room, chosen, citations)
    if decision.status is Status.MASKED:
        text = state_masked(room.question, chosen.figure, chosen.evidence.report)
    else:
        text = state_figure(room.question, item, hedged, room.archive.lexicon)
    figures = [item]
    notes = _period_notes(room, decision)
    for other in conflicts_with(chosen, weighed, look_of(room)):
        disagreeing, words = _cited(room, other, citations)
        figures.append(disagreeing)
        notes.append(_conflict_note(room, other, words))
    kept = without_uncited(figures, citations.all())
    notes = [*correction_notes(room.archive, kept, room.question.language), *notes]
    return _answer(
        room, decision.status, text, figures=kept, citations=citations, notes=tuple(notes), candidates=candidates
    )


def _ambiguous(room: Room, decision: Decision, citations: Citations, candidates: tuple[Candidate, ...]) -> Answer:
    cited = [_cited(room, item, citations, parts=False) for item in decision.chosen[:MOST_PLACES]]
    text = state_ambiguous(room.question, decision, [hedged for _, hedged in cited], room.archive.lexicon)
    figures = without_uncited([item for item, _ in cited], citations.all())
    notes = tuple(correction_notes(room.archive, figures, room.question.language))
    places = [item.evidence.report.place for item in decision.chosen if item.evidence.report.place]
    offers = of_places(room.question, places[:MOST_PLACES], room.known)
    return _answer(
        room,
        Status.AMBIGUOUS,
        text,
        figures=figures,
        citations=citations,
        notes=notes,
        suggestions=offers,
        candidates=candidates,
    )


def _text_answer(room: Room) -> Answer:
    wanted = make_wanted(room.question.concepts, room.archive.segmenter)
    readings = read_text(room.archive, room.kinds, room.question, wanted, room.evidence)
    room = _in_order_read(room, [item.evidence for item in readings])
    candidates = tuple(
        Candidate(item.text, item.evidence.report.id, item.score, {"coverage": item.coverage})
        for item in readings[:EXPLAINED]
    )
    threshold = room.archive.settings.answer.text_threshold
    if not readings or readings[0].coverage < threshold:
        text = state_not_found(room.question, len(room.scope.reports))
        return _answer(room, Status.NOT_FOUND, text, candidates=candidates if room.explain else ())
    chosen = _listed(readings) if room.question.intent is Intent.LIST else readings[:1]
    citations = Citations()
    for item in chosen:
        report = room.archive.report(item.evidence.report.id)
        for section, span in item.items:
            citations.add(report, item.evidence.report, section, sentence_in(report, section, span), span)
    text = "；".join(item.text for item in chosen)
    return _answer(room, Status.ANSWERED, text, citations=citations, candidates=candidates if room.explain else ())


def _listed(readings: Sequence[Reading]) -> list[Reading]:
    """The best reading, if it is a list in itself; else with those of the same report that come near to it."""
    best = readings[0]
    if len(best.items) > 1:
        return [best]
    near = [item for item in readings if len(item.items) == 1 and item.score >= LIST_SHARE * best.score]
    same = [item for item in near if item.evidence.report.id == best.evidence.report.id]
    return sorted(same[:LISTED], key=lambda item: item.items[0][1])


def _cited(room: Room, chosen: Weighed, citations: Citations, *, parts: bool = True) -> tuple[AnsweredFigure, str]:
    """A figure with its citation and those of its parts, and its words with the hedge before it."""
    report = room.archive.report(chosen.evidence.report.id)
    info, sections = chosen.evidence.report, room.archive.sections(report.id)
    number = _cite(citations, report, info, sections, chosen.figure)
    stated = []
    if parts:
        for part in parts_of(chosen, room.archive.figures(room.archive.figure_ids_of(report.id)).values()):
            stated.append(AnsweredFigure(part, info, _cite(citations, report, info, sections, part)))
    before = report.text[max(0, chosen.figure.start - 4) : chosen.figure.start]
    return AnsweredFigure(chosen.figure, info, number, tuple(stated)), figure_words(chosen.figure, before)


def _cite(citations: Citations, report: Report, info: ReportInfo, sections: Sequence[Section], figure: Figure) -> int:
    return citations.add(report, info, sections[figure.section], figure.sentence, Span(figure.start, figure.end))


def _period_notes(room: Room, decision: Decision) -> list[str]:
    """Which other periods are held, where the question names none."""
    if not decision.other_periods:
        return []
    return [
        state_other_periods(room.question, [(item.figure, item.evidence.report) for item in decision.other_periods[:6]])
    ]


def _conflict_note(room: Room, other: Weighed, words: str) -> str:
    title = other.evidence.report.title or other.evidence.report.file_name
    if room.question.language is Language.ENGLISH:
        return f"Another report disagrees: {title} states {words}."
    return f"另一份报告与此不一致：《{title}》写的是{words}。"


def _answer(
    room: Room,
    status: Status,
    text: str,
    *,
    figures: Sequence[AnsweredFigure] = (),
    citations: Citations | None = None,
    notes: tuple[str, ...] = (),
    suggestions: tuple[str, ...] = (),
    candidates: tuple[Candidate, ...] = (),
) -> Answer:
    return Answer(
        status,
        text,
        room.question,
        tuple(figures),
        (),
        citations.all() if citations else (),
        room.evidence[: room.archive.settings.answer.evidence],
        searched_in(room.scope),
        suggestions,
        notes,
        candidates=candidates,
    )


def searched_in(scope: Scope) -> Searched:
    """What was searched: how many reports, of which years and places."""
    years = tuple(sorted({report.year for report in scope.reports if report.year}))
    places = tuple(sorted({report.place for report in scope.reports if report.place}))
    return Searched(len(scope.reports), years, places)
