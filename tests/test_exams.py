"""The project's exams: floors under what is measured on the working halves, so that no change loses it unseen."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.evaluate import Rate, judged, metrics
from assistant.judge import Judgement
from assistant.types import Answer, Status
from benchmarks.exams import Question, ask_bureaus, ask_gov, load_exam

DATA = Path(__file__).parent / "data"


def rates(judgements: list[Judgement]) -> dict[str, Rate]:
    return {rate.name: rate for rate in metrics(judgements)}


@pytest.fixture(scope="module")
def gov(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> tuple[list[Question], list[Answer]]:
    return ask_gov("working", tmp_path_factory.mktemp("gov"), shared)


@pytest.fixture(scope="module")
def bureaus(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Question], list[Answer]]:
    return ask_bureaus("working", tmp_path_factory.mktemp("bureaus"))


def test_answers_over_real_reports(gov: tuple[list[Question], list[Answer]]) -> None:
    found = rates(judged(*gov))
    assert found["figure right and rightly cited"].value >= 0.57
    assert found["wrong number stated"].value <= 0.10
    assert found["text right"].value >= 0.50
    assert found["masked said as masked"].value >= 0.90
    assert found["absent said as absent"].value >= 0.80
    assert found["right passage in first five"].value >= 0.85


def test_answers_over_bureau_summaries(bureaus: tuple[list[Question], list[Answer]]) -> None:
    found = rates(judged(*bureaus))
    assert found["figure right and rightly cited"].value >= 0.48
    assert found["wrong number stated"].value <= 0.12
    assert found["right passage in first five"].value >= 0.85


def test_no_answer_states_a_number_without_its_quote(gov, bureaus) -> None:
    for _, answers in (gov, bureaus):
        for answer in answers:
            if answer.status is Status.ANSWERED:
                quotes = {citation.number: citation.quote for citation in answer.citations}
                assert all(item.figure.written in quotes[item.citation] for item in answer.figures)
                assert quotes


def test_no_masked_number_is_ever_guessed(gov, bureaus) -> None:
    for questions, answers in (gov, bureaus):
        for question, answer in zip(questions, answers, strict=True):
            if question["kind"] == "masked":
                assert (
                    answer.status is not Status.ANSWERED
                    or not answer.figures
                    or "*" not in answer.figures[0].figure.written
                )


@pytest.mark.parametrize("name", ["exam_gov.jsonl", "exam_bureaus.jsonl"])
def test_the_sets_are_whole(name: str, shared: Path) -> None:
    questions = load_exam(DATA / name, None, shared)
    assert len(questions) >= 250
    assert len({question["id"] for question in questions}) == len(questions)
    halves = [question["half"] for question in questions]
    assert 0.4 < halves.count("frozen") / len(halves) < 0.6
    for question in questions:
        if question["kind"] == "figure" and question["values"]:
            assert question["evidence"], question["id"]
