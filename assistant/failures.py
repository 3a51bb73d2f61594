"""The questions of an evaluation that went wrong, worst first, each with all that it takes to see why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from assistant.chain import ChainSteps
from assistant.evaluate import asked_of
from assistant.expected import is_figure
from assistant.explain import Explanation, contributions, explain
from assistant.judge import FIGURE_KINDS, SEVERAL_KINDS, Judgement, holds_evidence, is_report, points_of
from assistant.read_figures import Weighed
from assistant.types import Answer, Evidence, Status
from indexer.errors import QuestionError


class Problem(StrEnum):
    """What is wrong with an answer; the worst first."""

    UNQUOTED = "number not in a cited quote"
    FABRICATED = "masked or absent, yet answered"
    WRONG_SIGN = "rise and fall confused"
    WRONG_UNIT = "wrong unit"
    WRONG_NUMBER = "wrong number"
    WRONG = "wrong answer"
    NOT_SAID = "masked or absent, not said so"
    REFUSED = "refused"
    AMBIGUOUS = "asked back"
    UNPROVEN = "right, but not rightly cited"


class Stage(StrEnum):
    """Where it most likely went wrong: the first step that lost what was wanted."""

    QUESTION = "question"  # not read as a question for a figure
    SCOPE = "scope"  # the report was not among those that might answer
    RETRIEVAL = "retrieval"  # its passage was not among those found
    LEDGER = "ledger"  # the figure is not in the ledger with this value and unit
    RANKING = "ranking"  # another candidate was preferred
    REFUSAL = "refusal"  # the right candidate was first, and was not stated; or nothing was to be stated
    WORDING = "wording"  # the right candidate was stated, and yet words or citation are not as they must be


WORST: Final = {problem: rank for rank, problem in enumerate(Problem)}


@dataclass(frozen=True, slots=True)
class Failure:
    """A question that was not answered as it must be."""

    question: Mapping[str, Any]
    answer: Answer
    judgement: Judgement
    problem: Problem
    stage: Stage
    explained: tuple[Explanation, ...]


def find_failures(
    questions: Sequence[Mapping[str, Any]],
    answers: Sequence[Answer],
    judgements: Sequence[Judgement],
    steps: ChainSteps,
    today: date | None,
) -> list[Failure]:
    """The failures, worst first, those alike in the order of the file; each is read once more to see why."""
    found = []
    for question, answer, item in zip(questions, answers, judgements, strict=True):
        if not item.sound:
            explained = _explained(question, steps, today)
            stage = _stage(question, answer, item, explained)
            found.append(Failure(question, answer, item, _problem(item), stage, explained))
    return sorted(found, key=lambda failure: WORST[failure.problem])


def candidates_of(failure: Failure) -> Iterator[dict[str, Any]]:
    """The first candidates of each part of a question as plain values: what is said where, score, features."""
    for part in failure.explained:
        for item in part.first:
            yield {
                "report": item.evidence.report.file_name,
                "subject": item.figure.subject_text,
                "written": item.figure.written,
                "period": item.figure.period.label if item.figure.period else None,
                "score": round(item.score, 3),
                "features": {name: round(value, 3) for name, value in item.features.items()},
                "adds": {name: round(added, 3) for name, (_, added) in contributions(item).items()},
            }


def _explained(question: Mapping[str, Any], steps: ChainSteps, today: date | None) -> tuple[Explanation, ...]:
    try:
        return tuple(explain(steps, asked_of(question, today)))
    except QuestionError:  # no question at all: its answer says so
        return ()


def _problem(item: Judgement) -> Problem:
    tests = {
        Problem.UNQUOTED: bool(item.unquoted),
        Problem.FABRICATED: item.fabricated,
        Problem.WRONG_SIGN: item.wrong_sign,
        Problem.WRONG_UNIT: item.wrong_unit,
        Problem.WRONG_NUMBER: item.wrong_number,
        Problem.UNPROVEN: item.right,
        Problem.REFUSED: item.refused,
        Problem.AMBIGUOUS: item.ambiguous,
        Problem.NOT_SAID: item.kind in {"masked", "absent"},
    }
    return next((problem for problem, holds in tests.items() if holds), Problem.WRONG)


def _stage(question: Mapping[str, Any], answer: Answer, item: Judgement, explained: Sequence[Explanation]) -> Stage:
    if item.kind == "absent":
        return Stage.REFUSAL
    if item.right:
        return Stage.WORDING
    if item.kind in SEVERAL_KINDS:
        missed = [point for point, stated in zip(points_of(question), item.points, strict=True) if not stated]
        stages = [_stage_of_figure(point, explained, refused=item.refused) for point in missed]
        return stages[0] if stages else Stage.WORDING
    if item.kind in FIGURE_KINDS and item.has_value:
        return _stage_of_figure(question, explained, refused=answer.status is not Status.ANSWERED)
    if item.kind == "masked":
        return _stage_of_masked(question, explained)
    return _stage_of_text(item)


def _stage_of_figure(wanted: Mapping[str, Any], explained: Sequence[Explanation], *, refused: bool) -> Stage:
    """The first step that lost the figure that `wanted` names by report, evidence and values (or value)."""
    lost = _lost_before_reading(wanted, explained)
    if lost is not None:
        return lost
    values = [wanted["value"]] if "value" in wanted else list(wanted["values"])
    unit, evidence = wanted.get("unit"), wanted.get("evidence") or ""
    held = [figure for item in _holding(wanted, explained) for figure in item.figures]
    if not any(is_figure(value, unit, evidence, figure) for value in values for figure in held):
        return Stage.LEDGER

    def is_right(item: Weighed | None) -> bool:
        return item is not None and any(is_figure(value, unit, evidence, item.figure) for value in values)

    first = any(is_right(part.best) for part in explained)
    return Stage.RANKING if not first else Stage.REFUSAL if refused else Stage.WORDING


def _stage_of_masked(wanted: Mapping[str, Any], explained: Sequence[Explanation]) -> Stage:
    lost = _lost_before_reading(wanted, explained)
    if lost is not None:
        return lost
    if not any(figure.masked for item in _holding(wanted, explained) for figure in item.figures):
        return Stage.LEDGER
    return Stage.REFUSAL if any(part.best and part.best.figure.masked for part in explained) else Stage.RANKING


def _stage_of_text(item: Judgement) -> Stage:
    if item.rank is None and item.has_evidence:
        return Stage.RETRIEVAL
    if item.refused or item.ambiguous:
        return Stage.REFUSAL
    return Stage.WORDING if item.cited else Stage.RANKING


def _lost_before_reading(wanted: Mapping[str, Any], explained: Sequence[Explanation]) -> Stage | None:
    if not explained:
        return Stage.QUESTION
    report = wanted.get("report")
    if report and not any(is_report(held.path, report) for part in explained for held in part.room.scope.reports):
        return Stage.SCOPE
    return None if _holding(wanted, explained) else Stage.RETRIEVAL


def _holding(wanted: Mapping[str, Any], explained: Sequence[Explanation]) -> list[Evidence]:
    """The retrieved passages that hold the evidence; all, where the question gives none."""
    report, evidence = wanted.get("report"), wanted.get("evidence")
    found = [item for part in explained for item in part.room.evidence]
    if not report or not evidence:
        return found
    return [
        item for item in found if is_report(item.report.path, report) and holds_evidence(item.passage.text, evidence)
    ]
