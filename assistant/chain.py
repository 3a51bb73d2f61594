"""The chain from a question to a cited answer: one LangChain Runnable, in reading order.

    understand → scope → retrieve → read → ground → (word, where a language model is set)

`invoke`, `batch` and `stream` come from LangChain; `stream` yields the extractive answer first and, where a language
model words it better without touching a number, the reworded one after it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from langchain_core.runnables import Runnable, RunnableGenerator, RunnableLambda

from assistant.answer_kinds import AnswerKinds
from assistant.answering import Room, read_answer
from assistant.asking import AskingWords
from assistant.confidence import Confidence
from assistant.conversation import stand_alone
from assistant.grounding import ground
from assistant.held_names import HeldNames
from assistant.llm import open_model, wording_of, worth_wording
from assistant.overview import overview
from assistant.question import Tools, understand
from assistant.retrieve import EvidenceDocument, ReportRetriever
from assistant.scope import resolve_scope, widened
from assistant.several import combine, split
from assistant.types import Answer, Intent, Missing, Question, Status
from indexer.archive import Archive
from indexer.errors import QuestionError
from indexer.figures.units import UnitTable

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


def answer_chain(archive: Archive) -> Runnable[str | Mapping[str, Any], Answer]:
    """The chain over an archive, as a Runnable that takes a question and gives an Answer.

    The input is the question's text or a mapping with "question" and, optionally, "turns" (earlier questions, oldest
    first), "today" (for 去年 and the like) and "explain" (keep the reader's candidates). Raises QuestionError.
    """
    steps = ChainSteps(archive)
    chain = RunnableLambda(steps.understand) | RunnableLambda(steps.answer) | RunnableGenerator(steps.word)
    return chain.with_config(run_name="youju")


def report_retriever(archive: Archive, k: int | None = None) -> ReportRetriever:
    """The retriever of the chain, for use by itself in other LangChain code."""
    return ChainSteps(archive, k).retriever


class ChainSteps:
    """The steps of the chain over one opened archive and, where one is set, one language model."""

    def __init__(self, archive: Archive, k: int | None = None) -> None:
        self.archive = archive
        self.units = UnitTable.load()
        self.tools = Tools(archive.lexicon, archive.segmenter, AskingWords.load(), self._unit_at)
        self.kinds = AnswerKinds.load()
        self.confidence = Confidence.load()
        self._names: tuple[int, HeldNames] | None = None  # at a number of the log
        self.model = open_model(archive.settings.answer.llm)
        self.retriever = ReportRetriever(
            archive=archive, understand=self.question_of, k=k or archive.settings.answer.candidates
        )

    def question_of(self, text: str, today: date, standalone: str | None = None) -> Question:
        """The question that a text puts on a day."""
        return understand(
            text,
            today=today,
            tools=self.tools,
            held=self._held(),
            limit=self.archive.settings.answer.question_limit,
            standalone=standalone,
        )

    def understand(self, asked: str | Mapping[str, Any]) -> Asking:
        """The input of the chain as a question that stands alone."""
        started = time.perf_counter()
        given: Mapping[str, Any] = {"question": asked} if isinstance(asked, str) else asked
        if not isinstance(given.get("question"), str):
            raise QuestionError(f"问题应当是文字。(The question is missing: {QUESTION_HELP}.)")
        text: str = given["question"]
        today: date = given.get("today") or date.today()
        standalone = stand_alone(
            given.get("turns") or (), text, lexicon=self.archive.lexicon, held=self._held(), today=today
        )
        question = self.question_of(text, today, standalone)
        return Asking(question, today, bool(given.get("explain")), started)

    def answer(self, asking: Asking) -> Answer:
        """The grounded extractive answer, to each part of a question with several."""
        question = asking.question
        if question.intent is Intent.OVERVIEW:
            answer = overview(question, self.archive.reports())
        else:
            parts = split(question)
            answers = [self._answer_one(part, asking.explain) for part in parts]
            answer = answers[0] if len(parts) == 1 else combine(question, answers)
        answer = self._ground(answer) if answer.citations else answer
        return replace(answer, took_ms=(time.perf_counter() - asking.started) * 1000)

    def word(self, answers: Iterator[Answer]) -> Iterator[Answer]:
        """Each answer as it is and, where a language model is set and keeps to the figures, once more in its words."""
        for answer in answers:
            yield answer
            if self.model is not None and worth_wording(answer):
                wording = wording_of(self.model, answer)
                if wording is not None:
                    yield replace(answer, text=wording)

    def _answer_one(self, question: Question, explain: bool) -> Answer:
        """The answer in the scope asked for or, where no report of the place is held, in that of a larger place."""
        answer = self._answer_in_scope(question, explain)
        if answer.missing in {Missing.PLACE, Missing.PERIOD}:
            for wider in widened(question, self.archive.lexicon):
                found = self._answer_in_scope(wider, explain)
                if found.status in {Status.ANSWERED, Status.MASKED}:
                    return found
        return answer

    def _answer_in_scope(self, question: Question, explain: bool) -> Answer:
        scope = resolve_scope(question, self.archive.reports())
        reports = [report.id for report in scope.reports]
        documents = self.retriever.invoke(question.standalone, question=question, reports=reports) if reports else []
        evidence = tuple(document.evidence for document in documents if isinstance(document, EvidenceDocument))
        return read_answer(Room(self.archive, self.kinds, self.confidence, question, scope, evidence, explain))

    def _ground(self, answer: Answer) -> Answer:
        """The answer with all that is not in its cited reports taken out."""
        return ground(answer, {item.report.id: self.archive.report(item.report.id) for item in answer.citations})

    def _held(self) -> HeldNames:
        """The names of what the archive holds now."""
        number = self.archive.log_number
        if self._names is None or self._names[0] != number:
            self._names = (number, HeldNames.of(self.archive.reports(), self.archive.lexicon))
        return self._names[1]

    def _unit_at(self, text: str, offset: int) -> tuple[str, str, int] | None:
        unit = self.units.find(text, offset, len(text))
        return (unit.written, unit.dimension, offset + len(unit.written)) if unit else None
