"""Runs of whole clauses that may answer a question which wants words, each with what speaks for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.matching import match
from assistant.text_asked import Asked, alike
from assistant.types import Evidence, Question
from indexer.fold import fold
from indexer.sentences import split_clauses, split_sentences
from indexer.types import Genre, Period, SectionKind, Span

RUN_CLAUSES = 4  # at most so many clauses side by side
RUN_CHARACTERS = 110
SENTENCE_FACTOR = 0.8  # what stands elsewhere in the sentence, around it or in the headings counts so much
CONTEXT_FACTOR = 0.55
LENGTH_COST = 0.0025  # a character
LIST_BONUS = 0.15  # several things are asked for and named side by side
KIND_BONUS, STRICT_BONUS = 0.3, 0.45  # something of the kind asked for is there; one that is nearly always recognised
PLAN_BONUS = 0.15  # what is only planned seldom tells how it was done, and the other way round
PERIOD_BONUS = 0.3
OVERLAP_WEIGHT = 0.5
HEADING_COST = 0.3  # a run-in heading (推进电梯“保险＋服务”。) answers only where nothing under it does
PLANNED = frozenset({SectionKind.PLAN, SectionKind.TARGETS})
NUMBERING = re.compile(
    r"^(?:[一二三四五六七八九十]+[、.]|\([一二三四五六七八九十\d]+\)|\d+[.、]|第[一二三四五六七八九十]+[,，、]|[一二三四五六七八九十]是)\s*|\s"
)
FULL = re.compile(r"[，,；;].*[。；;]\s*$")  # a sentence may be taken for a heading: 4.避难场所80处，少2处。
RUN_IN = re.compile(r"[。；;]\s*$")
FURNITURE = re.compile(r"^(?:来源|发布时间|发布日期|作者|单位|索引号)[:：]")


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a passage, folded, with how well it says each concept and whether it shows what is asked for."""

    span: Span  # within the passage
    text: str
    matches: tuple[float, ...]
    pairs: frozenset[str]
    shows: bool
    lists: bool  # names several things side by side, which are asked for


@dataclass(frozen=True, slots=True)
class Run:
    """Clauses `first` to `last` of a sentence, with what speaks for them."""

    evidence: Evidence
    clauses: tuple[Clause, ...]
    first: int
    last: int
    coverage: float  # of the concepts, with what stands around the run
    score: float
    meaning: float = 0.0  # the cosine of run and question
    sentence_meaning: float = 0.0  # that of the whole sentence

    @property
    def span(self) -> Span:
        """The run within the passage."""
        return Span(self.clauses[self.first].span.start, self.clauses[self.last].span.end)

    @property
    def sentence(self) -> Span:
        """The whole sentence within the passage."""
        return Span(self.clauses[0].span.start, self.clauses[-1].span.end)

    @property
    def text(self) -> str:
        """The folded text."""
        return self.joined(self.first, self.last)

    def joined(self, first: int, last: int) -> str:
        """The folded text of clauses `first` to `last`."""
        return "".join(clause.text for clause in self.clauses[first : last + 1])


@dataclass(frozen=True, slots=True)
class _Place:
    """A passage to be read: its folded text and what it says of the question with its headings."""

    evidence: Evidence
    lower: str
    inside: tuple[float, ...]
    around: tuple[float, ...]


def find_runs(asked: Asked, evidence: Sequence[Evidence]) -> list[Run]:
    """The runs of clauses of passages, each within one sentence, by what they say; headings and titles are none."""
    return [run for item in evidence for run in _runs_in(asked, _place(asked, item))]


def bare(text: str) -> str:
    """A heading without its number, its punctuation and blank space."""
    return NUMBERING.sub("", fold(text).strip()).strip("。:： ")


def is_of_period(question: Question, evidence: Evidence) -> bool:
    """Whether the report is about the time asked for, rather than about another that it only mentions."""
    report = evidence.report
    return report.period in question.periods or report.year in question.report_years


def speaks_of_period(question: Question, evidence: Evidence) -> bool:
    """Whether what a section tells is of the time asked for: what is planned is of the year that follows the review."""
    report = evidence.report
    if evidence.section.kind not in PLANNED or report.year is None or not question.periods:
        return is_of_period(question, evidence)
    is_ahead = report.genre is Genre.WORK_SUMMARY and report.period == Period.of_year(report.year)
    return Period.of_year(report.year + is_ahead) in question.periods


def _place(asked: Asked, evidence: Evidence) -> _Place:
    lower = fold(evidence.passage.text).lower()
    headings = fold(" ".join((*evidence.section.path, evidence.report.title))).lower()
    inside = tuple(match(item, lower) for item in asked.wanted)
    around = tuple(max(value, match(item, headings)) for item, value in zip(asked.wanted, inside, strict=True))
    return _Place(evidence, lower, inside, around)


def _runs_in(asked: Asked, place: _Place) -> list[Run]:
    text = place.evidence.passage.text
    headings = {bare(heading) for heading in (*place.evidence.section.path, place.evidence.report.title)}
    runs: list[Run] = []
    for sentence in split_sentences(text):
        words = text[sentence.start : sentence.end]
        is_heading = bare(words) in headings and not FULL.search(words)
        if not (is_heading and not RUN_IN.search(words)) and not FURNITURE.match(words):
            found = _runs_of(asked, place, _clauses(asked, place, sentence), _around(asked, place, sentence))
            runs += [replace(run, score=run.score - HEADING_COST) for run in found] if is_heading else found
    return runs


def _clauses(asked: Asked, place: _Place, sentence: Span) -> tuple[Clause, ...]:
    clauses = []
    for span in split_clauses(place.evidence.passage.text, sentence.start, sentence.end):
        words = place.lower[span.start : span.end]
        if words.strip():
            matches = tuple(
                (match(item, words) if known else 0.0) or alike(letters, words)
                for item, known, letters in zip(asked.wanted, place.inside, asked.letters, strict=True)
            )
            shows = asked.is_particular and asked.is_shown(words)
            clauses.append(Clause(span, words, matches, asked.pairs_in(words), shows, asked.is_listed(words)))
    return tuple(clauses)


def _around(asked: Asked, place: _Place, sentence: Span) -> list[float]:
    """How well each concept is said around a run: in its sentence, or else in its passage and headings."""
    words = place.lower[sentence.start : sentence.end]
    return [
        max(SENTENCE_FACTOR * match(item, words) if inside else 0.0, CONTEXT_FACTOR * around)
        for item, inside, around in zip(asked.wanted, place.inside, place.around, strict=True)
    ]


def _runs_of(asked: Asked, place: _Place, clauses: tuple[Clause, ...], around: Sequence[float]) -> list[Run]:
    place_bonus = PERIOD_BONUS if speaks_of_period(asked.question, place.evidence) else 0.0
    if place.evidence.section.kind in PLANNED:
        place_bonus += PLAN_BONUS if asked.is_plan else -PLAN_BONUS
    bonus = STRICT_BONUS if asked.expected.is_strict else KIND_BONUS
    runs = []
    for first in range(len(clauses)):
        own, pairs, shows, lists = [0.0] * len(around), frozenset[str](), False, False
        for last in range(first, min(first + RUN_CLAUSES, len(clauses))):
            clause = clauses[last]
            length = clause.span.end - clauses[first].span.start
            if last > first and length > RUN_CHARACTERS:
                break
            own = list(map(max, own, clause.matches))
            pairs, shows, lists = pairs | clause.pairs, shows or clause.shows, lists or clause.lists
            covered = asked.share(map(max, own, around))
            overlap = len(pairs) / len(asked.pairs) if asked.pairs else 0.0
            score = asked.certainty * (covered + asked.share(own))
            score += (2 - asked.certainty) * OVERLAP_WEIGHT * overlap + (bonus if shows else 0.0)
            score += place_bonus - LENGTH_COST * length + (LIST_BONUS if lists else 0.0)
            runs.append(Run(place.evidence, clauses, first, last, covered, score))
    return runs
