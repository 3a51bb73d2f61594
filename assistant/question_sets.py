"""Question sets: files of questions whose answers are known, one JSON object a line, checked before any is asked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from assistant.expected import alternatives
from assistant.judge import FIGURE_KINDS, KINDS, SEVERAL_KINDS
from indexer.errors import QuestionError, YoujuError

TEXTS: Final = ("q", "sub", "lang", "report", "evidence", "unit")  # fields that are text where they are given
LISTS: Final = ("turns", "values", "contains")  # and lists of texts
LANGUAGES: Final = ("zh", "en")


def read_questions(path: Path) -> list[dict[str, Any]]:
    """The questions of a JSONL file; one without an id gets the number of its line as id.

    Raises YoujuError for a file that cannot be read, QuestionError, naming the line, for a line that is no question.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise YoujuError(f"{path} cannot be read ({error.strerror}); check the path.") from error
    except UnicodeDecodeError as error:
        raise YoujuError(f"{path} is not UTF-8; save it as UTF-8.") from error
    found: dict[str, dict[str, Any]] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        question = _parsed(line, f"{path.name}, line {number}")
        question["id"] = str(question.get("id") or number)
        if question["id"] in found:
            raise QuestionError(f"{path.name}, line {number}: the id {question['id']!r} stands twice; give it another.")
        found[question["id"]] = question
    if not found:
        raise QuestionError(f'{path.name} holds no question; write one object a line: {{"id", "kind", "q", "values"}}.')
    return list(found.values())


def asked_text(question: Mapping[str, Any]) -> str:
    """The question as a person reads it: its turns one after another."""
    return " ／ ".join(question.get("turns") or [question["q"]])


def wanted_text(question: Mapping[str, Any]) -> str:
    """What the question wants, as a person reads it."""
    if question["kind"] in SEVERAL_KINDS:
        points = question.get("points") or [question.get("plan"), question.get("done")]
        return "、".join(f"{point['value']}{point.get('unit') or ''}" for point in points if point and point["value"])
    if question["kind"] in {"masked", "absent"}:
        return str(question["kind"])
    unit = question.get("unit") or ""
    return "、".join([*(f"{value}{unit}" for value in question.get("values") or ()), *(question.get("contains") or ())])


def _parsed(line: str, where: str) -> dict[str, Any]:
    try:
        question = json.loads(line)
    except json.JSONDecodeError as error:
        raise QuestionError(f"{where} is not JSON: {error.msg}; correct or remove the line.") from error
    if not isinstance(question, dict):
        raise QuestionError(f"{where} is no object; write one object a line.")
    if wrong := _amiss(question):
        raise QuestionError(f"{where}: {wrong}.")
    return question


def _amiss(question: Mapping[str, Any]) -> str | None:
    """What is wrong with a question, in words; None where nothing is."""
    if not question.get("q") and not question.get("turns"):
        return 'lacks "q" (or "turns"); a question has one of them'
    if question.get("kind") not in KINDS:
        return f'its "kind" is {question.get("kind")!r}; it can be {", ".join(KINDS)}'
    if question.get("lang") not in {None, *LANGUAGES}:
        return f'its "lang" is {question["lang"]!r}; it can be {", ".join(LANGUAGES)}'
    for name in TEXTS:
        if question.get(name) is not None and not isinstance(question[name], str):
            return f'"{name}" is no text; put it in quotation marks'
    for name in LISTS:
        value = question.get(name)
        if value is not None and not (isinstance(value, list) and all(isinstance(item, str) for item in value)):
            return f'"{name}" is no list of texts; write ["…"]'
    return _expects_nothing(question)


def _expects_nothing(question: Mapping[str, Any]) -> str | None:
    if question["kind"] in SEVERAL_KINDS:
        return _points_amiss(question)
    if question["kind"] in {"masked", "absent"}:
        return None
    values = question.get("values") or []
    if question["kind"] in FIGURE_KINDS and any(not alternatives(value) for value in values):
        return f'"values" holds what is no number: {values}'
    if question["kind"] == "figure" and not values:
        return 'a question of kind figure needs "values"'
    return None if values or question.get("contains") else 'expects nothing; give "values" or "contains"'


def _points_amiss(question: Mapping[str, Any]) -> str | None:
    name = "points" if question["kind"] == "comparison" else "plan"
    points = question.get("points") or [question.get("plan"), question.get("done")]
    given = [point for point in points if point is not None]
    if not given or not all(isinstance(point, dict) and {"report", "value"} <= point.keys() for point in given):
        return f'needs "{name}" with "report" and "value"'
    values = [point["value"] for point in given if point["value"] is not None]
    if not all(isinstance(value, str) and alternatives(value) for value in values):
        return f'a "value" of its "{name}" is no number in quotation marks'
    change = question.get("change")
    if change is not None and not (isinstance(change, dict) and _is_number(change.get("diff"))):
        return '"change" needs "diff", a number in quotation marks'
    return None


def _is_number(text: object) -> bool:
    if not isinstance(text, str):
        return False
    digits = text.lstrip("+-")
    return bool(digits) and digits.replace(".", "", 1).isdecimal() and Decimal(digits).is_finite()
