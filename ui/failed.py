"""The failures of an evaluation as a file that a person can work through, or as JSON lines for a program."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from assistant.contract import answer_json
from assistant.failures import Failure, candidates_of
from assistant.question_sets import asked_text, wanted_text
from assistant.types import Language
from indexer.errors import YoujuError
from ui.explain import explanation_lines
from ui.terminal import Style, plain
from ui.text import say


def write_failures(path: Path, failures: Sequence[Failure], language: Language) -> None:
    """Write the failures, worst first: as JSON lines where the file's name ends in .jsonl, else to be read.

    Raises YoujuError where the file cannot be written.
    """
    if path.suffix == ".jsonl":
        text = "".join(json.dumps(failure_json(one), ensure_ascii=False) + "\n" for one in failures)
    else:
        text = "\n\n".join("\n".join(_lines(number, one, language)) for number, one in enumerate(failures, 1)) + "\n"
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise YoujuError(f"{path} cannot be written ({error.strerror}); name another file with --failures.") from error


def failure_json(failure: Failure) -> dict[str, Any]:
    """A failure as plain JSON values: what was asked and wanted, what was answered, and where it went wrong."""
    question, answer = failure.question, failure.answer
    found = answer_json(answer)
    return {
        "id": question["id"],
        "kind": question["kind"],
        "sub": question.get("sub") or "",
        "lang": failure.judgement.language,
        "problem": failure.problem.value,
        "stage": failure.stage.value,
        "question": asked_text(question),
        "wanted": wanted_text(question),
        "report": question.get("report"),
        "evidence": question.get("evidence"),
        "status": found["status"],
        "answer": found["answer"],
        "understood": found["question"],
        "figures": found["figures"],
        "citations": found["citations"],
        "unquoted": [str(value) for value in failure.judgement.unquoted],
        "confidence": [None if one.confidence is None else round(one.confidence, 3) for one in failure.explained],
        "candidates": list(candidates_of(failure)),
    }


def _lines(number: int, failure: Failure, language: Language) -> Iterator[str]:
    question, answer = failure.question, failure.answer
    sub = f"/{question['sub']}" if question.get("sub") else ""
    problem, stage = say(language, f"problem_{failure.problem.name}"), say(language, f"stage_{failure.stage.value}")
    yield f"{number}. {question['id']} [{question['kind']}{sub} {failure.judgement.language}] {problem} · {stage}"
    yield f"   {say(language, 'failed_asked')}  {plain(asked_text(question))}"
    if answer.question.standalone != answer.question.text:
        yield f"   {' ' * 8}  → {plain(answer.question.standalone)}"
    yield f"   {say(language, 'failed_wanted')}  {plain(wanted_text(question))}"
    for report, evidence in _proofs(question):
        yield f"   {say(language, 'failed_proof')}  {plain(report)}：“{plain(evidence)}”"
    yield f"   {say(language, 'failed_answered')}  {answer.status.value}：{plain(answer.text)}"
    for citation in answer.citations[:3]:
        yield f"   {say(language, 'failed_cited')}  {plain(citation.report.file_name)}：“{plain(citation.quote)}”"
    if failure.judgement.unquoted:
        values = "、".join(format(value, "f") for value in failure.judgement.unquoted)
        yield f"   {say(language, 'failed_unquoted', values=values)}"
    for line in explanation_lines(failure.explained, language, Style(), answer):
        yield f"   {line}".rstrip()


def _proofs(question: Any) -> list[tuple[str, str]]:
    """The reports and sentences in which what the question wants stands."""
    points = question.get("points") or [question.get("plan"), question.get("done")]
    given = [question, *(point for point in points if point)]
    return [(one["report"], one["evidence"]) for one in given if one.get("report") and one.get("evidence")]
