"""The chain from a question to a cited answer: one LangChain Runnable, in reading order.

    understand → scope → retrieve → read → ground → (word, where a language model is set)

`invoke`, `batch` and `stream` come from LangChain; `stream` yields the extractive answer first and, where a language
model words it better without touching a number, the reworded one after it.
"""

from __future__ import annotations

import copy
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from assistant.answer_kinds import AnswerKinds
from assistant.answering import Room, found_surely, read_answer
from assistant.asking import AskingWords, unit_reader
from assistant.asks import asks_change, split_asks, without_change
from assistant.breakdown import without_breakdown
from assistant.compare_answer import compared
from assistant.confidence import Confidence
from assistant.conversation import stand_alone
from assistant.coverage import coverage_of
from assistant.elsewhere import is_sure, look_elsewhere
from assistant.follow_turn import NOTHING_TOLD, Told, told_of
from assistant.follow_words import FollowUpWords
from assistant.grounding import ground
from assistant.held_names import CurrentNames
from assistant.impossible import impossible_time
from assistant.indicators import Indicators, Meant, open_indicators
from assistant.llm import open_model, wording_of, worth_wording
from assistant.notebook import Notebook
from assistant.overview import overview
from assistant.plan_answer import answer_plan
from assistant.question import Tools, understand
from assistant.read_figures import Weighed
from assistant.retrieve import gather
from assistant.rewrite import Known
from assistant.scope import resolve_scope, widened
from assistant.several import Computing, combine, split
from assistant.targets import as_planned, without_stated
from assistant.types import Answer, Intent, Missing, Question, Status
from assistant.unclear import unclear
from assistant.word_elsewhere import with_elsewhere
from assistant.worklist import work_done
from assistant.years import asks_for_sum, by_years, over_all_years, states_all_years, years_of_total
from indexer.archive import Archive
from indexer.errors import QuestionError
from indexer.figures.units import UnitTable
from indexer.fold import fold
from indexer.lexicon.terms import Lexicon
from indexer.recent import Recent

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable

    from assistant.retriever import ReportRetriever

SCOPES_KEPT = 8  # choices of reports that questions were kept to
QUESTION_HELP = (
    'a question is text, or {"question": text, "turns": [earlier questions], "today": date, "explain": bool}'
)


@dataclass(frozen=True, slots=True)
class Asking:
    """A question on its way through the chain."""

    question: Question
    today: date
    explain: bool
    started: float  # time.perf_counter()
    asks: tuple[Question, ...] = ()  # the questions that it puts, where it puts several
    notes: Notebook = field(default_factory=Notebook)


def answer_chain(archive: Archive) -> Runnable[str | Mapping[str, Any], Answer]:
    """The chain over an archive, as a Runnable that takes a question and gives an Answer.

    The input is the question's text or a mapping with "question" and, optionally, "turns" (earlier questions, oldest
    first), "today" (for 去年 and the like), "explain" (keep the reader's candidates) and "scope" (the ids of the only
    reports that may answer). Raises QuestionError, also where no report of the scope is held.
    """
    return ChainSteps(archive).chain()


def report_retriever(archive: Archive, k: int | None = None) -> ReportRetriever:
    """The retriever of the chain, for use by itself in other LangChain code."""
    from assistant.retriever import ReportRetriever

    steps = ChainSteps(archive, k)
    return ReportRetriever(archive=archive, understand=steps.question_of, indicators=steps.indicators, k=steps.k)


class ChainSteps:
    """The steps of the chain over one opened archive and, where one is set, one language model.

    `lexicon` and `indicators` replace those that come with the product (to measure what they bring).
    """

    def __init__(
        self,
        archive: Archive,
        k: int | None = None,
        *,
        lexicon: Lexicon | None = None,
        indicators: Indicators | None = None,
    ) -> None:
        self.archive = archive
        self.indicators = indicators or open_indicators(archive)
        self.tools = Tools(
            lexicon or archive.lexicon, archive.segmenter, AskingWords.load(), unit_reader(UnitTable.load())
        )
        self.follow_words = FollowUpWords.load()
        self.kinds = AnswerKinds.load()
        self.confidence = Confidence.load()
        self.names = CurrentNames(archive)
        self._within: Recent[frozenset[str], ChainSteps] = Recent(SCOPES_KEPT)
        self.model = open_model(archive.settings.answer.llm)
        self.k = k or archive.settings.answer.candidates

    def chain(self) -> Runnable[str | Mapping[str, Any], Answer]:
        """The steps one after another; `answer_chain` says what goes in and comes out."""
        from langchain_core.runnables import (
            RunnableGenerator,
            RunnableLambda,
        )  # slower to load than a question to answer

        def in_order(asked: str | Mapping[str, Any]) -> Runnable[str | Mapping[str, Any], Answer]:
            steps = self._in_scope(asked)
            return RunnableLambda(steps.understand) | RunnableLambda(steps.answer) | RunnableGenerator(steps.word)

        return RunnableLambda(in_order).with_config(run_name="youju")

    def ask(self, asked: str | Mapping[str, Any]) -> Answer:
        """The last answer that the chain gives, without LangChain."""
        steps = self._in_scope(asked)
        return list(steps.word(iter([steps.answer(steps.understand(asked))])))[-1]

    def _in_scope(self, asked: str | Mapping[str, Any]) -> ChainSteps:
        scope = None if isinstance(asked, str) else asked.get("scope")
        return self if scope is None else self.within(scope)

    def within(self, scope: Collection[str]) -> ChainSteps:
        """The same steps over those of the archive's reports whose ids are given. Raises QuestionError where none is held."""
        chosen = frozenset(scope)
        steps = self._within.get(chosen)
        if steps is None:
            steps = copy.copy(self)
            steps.archive = self.archive.within(chosen)
            steps.names = CurrentNames(steps.archive)
            self._within.put(chosen, steps)
        if not steps.archive.reports():
            raise QuestionError("所选范围里没有报告，请放宽范围后再问。(No report of the scope is held; widen it.)")
        return steps

    def parts_of(self, asking: Asking) -> list[Question]:
        """The questions with one answer each that a question is made of: those it puts, and their years and places."""
        reports = self.archive.reports()
        return [part for asked in asking.asks or (asking.question,) for part in split(by_years(asked, reports))]

    def question_of(self, text: str, today: date, standalone: str | None = None) -> Question:
        """The question that a text puts on a day; words that ask for the parts of a figure say nothing of its topic."""
        full = standalone or text
        folded = fold(full)
        topic = without_change(without_breakdown(folded))
        question = self._understood(text, today, full if topic == folded else topic)
        if question.intent is Intent.PLAN_VS_DONE and (bare := without_stated(topic)) != topic:
            question = replace(self._understood(text, today, bare), intent=Intent.PLAN_VS_DONE)
        return replace(question, standalone=full)

    def _understood(self, text: str, today: date, standalone: str) -> Question:
        limit = self.archive.settings.answer.question_limit
        return understand(
            text, today=today, tools=self.tools, held=self.names.now(), limit=limit, standalone=standalone
        )

    def understand(self, asked: str | Mapping[str, Any]) -> Asking:
        """The input of the chain as a question that stands alone."""
        started = time.perf_counter()
        given: Mapping[str, Any] = {"question": asked} if isinstance(asked, str) else asked
        if not isinstance(given.get("question"), str):
            raise QuestionError(f"问题应当是文字。(The question is missing: {QUESTION_HELP}.)")
        text: str = given["question"]
        today: date = given.get("today") or date.today()
        turns = given.get("turns") or ()
        known, words = self._known(today), self.follow_words

        def filled(before: Sequence[str], said: str) -> str:
            return stand_alone(before, said, known=known, words=words, tell=lambda full: self._told(full, today))

        question = self.question_of(text, today, filled(turns, text))
        asks = split_asks(question.standalone, lambda one, other: filled((one,), other))
        questions = [self.question_of(ask, today) for ask in asks] if len(asks) > 1 else [question]
        return Asking(question, today, bool(given.get("explain")), started, tuple(questions))

    def answer(self, asking: Asking) -> Answer:
        """The grounded extractive answer, to each part of a question with several."""
        question = asking.question
        wrong = impossible_time(question.standalone) or unclear(question, self.follow_words)
        if wrong is not None:
            answer = Answer(Status.NOT_FOUND, wrong, question)
        elif question.intent is Intent.OVERVIEW:
            answer = overview(question, self.archive.reports())
        elif question.intent is Intent.COVERAGE:
            answer = coverage_of(question, self.archive)
        else:
            answer = compared(question, self.archive, lambda: self._answer_parts(question, asking))
        cited = {item.report.id: self.archive.report(item.report.id) for item in answer.citations}
        answer = ground(answer, cited) if cited else answer
        return replace(answer, took_ms=(time.perf_counter() - asking.started) * 1000)

    def _answer_parts(self, question: Question, asking: Asking) -> Answer:
        """The answer to each question that the question puts, and to each of their years and places."""
        if question.intent is Intent.PLAN_VS_DONE and (told := answer_plan(question, self.archive)) is not None:
            return told
        if question.intent is Intent.LIST and (done := work_done(question, self.archive)) is not None:
            return done
        if len(asking.asks) <= 1 and (whole := over_all_years(question)) is not None:
            told = self._answer_one(whole, asking)
            if states_all_years(told) or question.intent is Intent.TEXT:
                return told
        reports, asks, parts = self.archive.reports(), asking.asks or (question,), self.parts_of(asking)
        answers: list[Answer] = []
        for part in parts:
            answers.append(self._answer_one(as_planned(part, answers[0]) if answers else part, asking))
        if len(parts) > 1 and len(asks) == 1 and not any(answer.status is not Status.NOT_FOUND for answer in answers):
            return self._with_elsewhere(self._answer_one(by_years(question, reports), asking), asking)
        if len(parts) > 1:
            together = Computing.SUM if asks_for_sum(question) else Computing.CHANGE
            is_one = len(asks) == 1 or asks_change(question.standalone)
            return combine(question, answers, computing=together if is_one else Computing.NOTHING)
        singles = () if question.intent is Intent.TEXT else years_of_total(parts[0], answers[0], reports)
        years = [self._answer_one(part, asking) for part in singles]
        if sum(answer.status is Status.ANSWERED for answer in years) > 1:
            return combine(question, years, computing=Computing.SUM if asks_for_sum(question) else Computing.NOTHING)
        return self._with_elsewhere(answers[0], asking)

    def word(self, answers: Iterator[Answer]) -> Iterator[Answer]:
        """Each answer as it is and, where a language model is set and keeps to the figures, once more in its words."""
        for answer in answers:
            yield answer
            if self.model is not None and worth_wording(answer):
                wording = wording_of(self.model, answer)
                if wording is not None:
                    yield replace(answer, text=wording)

    def _answer_one(self, question: Question, asking: Asking) -> Answer:
        """The answer in the scope asked for or, where no report of the place is held, in that of a larger place."""
        answer = read_answer(self.room_of(question, asking))
        if answer.missing in {Missing.PLACE, Missing.PERIOD}:
            for wider in widened(question, self.archive.lexicon):
                found = read_answer(self.room_of(wider, asking))
                if found.status in {Status.ANSWERED, Status.MASKED}:
                    return found
        return answer

    def _with_elsewhere(self, answer: Answer, asking: Asking) -> Answer:
        """The answer and, where nothing was found or it is masked, for which times and places the archive holds it."""
        nothing = answer.status in {Status.NOT_FOUND, Status.MASKED} and answer.missing is not Missing.ARCHIVE_EMPTY
        if not nothing or answer.question.intent is not Intent.FIGURE:
            return answer

        def find(question: Question) -> tuple[Weighed, ...]:
            return found_surely(self.room_of(question, asking), is_sure)

        told = with_elsewhere(answer, look_elsewhere(answer.question, self.archive, find), self._known(asking.today))
        return told if answer.status is Status.NOT_FOUND else replace(answer, suggestions=told.suggestions)

    def room_of(self, question: Question, asking: Asking) -> Room:
        """All that it takes to read the answer to a part of what is asked: its scope and the evidence gathered in it."""
        archive, known = self.archive, self._known(asking.today)
        scope = resolve_scope(question, archive.reports(), archive.told_periods())
        reports = [report.id for report in scope.reports]
        meant = self.indicators.meant(question.subject) if reports else Meant()
        evidence = asking.notes.evidence(
            question, reports, lambda: gather(archive, question, reports, self.k, meant.likely)
        )
        return Room(
            archive, self.kinds, self.confidence, question, scope, evidence, known, meant, asking.explain, asking.notes
        )

    def _told(self, full: str, today: date) -> Told:
        """What the answer to an earlier question is about."""
        if not any(map(str.isalnum, full)):
            return NOTHING_TOLD
        asking = Asking(self.question_of(full, today), today, False, time.perf_counter())
        answer = self.answer(asking)
        figures = self.archive.figures_of(answer.figures[0].report.id) if answer.figures else ()
        return told_of(answer, figures, self.archive.lexicon)

    def _known(self, today: date) -> Known:
        """What it takes to see times and places in a question of that day."""
        return Known(self.tools, self.names.now(), today)
