"""What is kept while one question is answered: the same is found as without it, and looked up once."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from assistant.answering import decide_in, found_surely
from assistant.chain import Asking, ChainSteps
from assistant.concepts import make_wanted
from assistant.elsewhere import is_sure
from assistant.matching import Listener, coverage, match
from assistant.notebook import Notebook
from assistant.retrieve import gather
from assistant.types import Evidence, Question, Status
from indexer.archive import Archive
from indexer.build import index_paths
from indexer.embed import open_embedder
from indexer.types import Role

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 5, 1)
QUESTIONS = (
    "澜江区2023年改造了多少个老旧小区？",
    "2019年澜江区改造了多少个老旧小区？",
    "how many gas cylinders were seized",
    "养了多少大熊猫",
)


@pytest.fixture(scope="module")
def steps(tmp_path_factory: pytest.TempPathFactory, corpus: Path) -> Iterator[ChainSteps]:
    with Archive.open(tmp_path_factory.mktemp("notebook") / "archive", create=True) as opened:
        index_paths(opened, [corpus])
        yield ChainSteps(opened)


def question(steps: ChainSteps, text: str) -> Question:
    return steps.question_of(text, TODAY)


def everything(steps: ChainSteps, asked: Question) -> list[Evidence]:
    return gather(steps.archive, asked, [report.id for report in steps.archive.reports()], 40)


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_listener_hears_what_match_tells_also_of_parts_of_what_it_heard(text: str, steps: ChainSteps) -> None:
    asked = question(steps, text)
    wanted = make_wanted(asked.concepts, steps.archive.segmenter)
    listener = Listener(wanted)
    for item in everything(steps, asked):
        whole = item.passage.text
        said = listener.matches(whole)
        for part in whole.split("，"):
            expected = tuple(match(one, part) for one in wanted)
            assert listener.matches(part, said) == listener.matches(part) == expected
            assert listener.coverage(expected) == coverage(wanted, expected)


def test_evidence_is_gathered_once_for_a_question_whatever_its_role_and_unit(steps: ChainSteps) -> None:
    notes, gathered = Notebook(), []
    asked = question(steps, QUESTIONS[0])
    found = everything(steps, asked)

    def gather_once() -> Sequence[Evidence]:
        gathered.append(1)
        return found

    for one in (asked, replace(asked, role=Role.PLAN), replace(asked, unit=None, dimension=None)):
        assert notes.evidence(one, ["a", "b"], gather_once) == tuple(found)
    assert len(gathered) == 1
    notes.evidence(asked, ["a"], gather_once)
    notes.evidence(replace(asked, concepts=()), ["a", "b"], gather_once)
    assert len(gathered) == 3
    assert notes.evidence(asked, [], gather_once) == ()


def test_vectors_are_those_of_the_model_in_the_order_asked() -> None:
    notes, embedder = Notebook(), open_embedder()
    notes.vectors(["气瓶", "口袋公园"], embedder)
    texts = ["口袋公园", "老旧小区", "气瓶", "口袋公园"]
    assert np.array_equal(notes.vectors(texts, embedder), embedder.encode_passages(texts))
    assert notes.vectors([], embedder).shape == (0, embedder.dimension)


@pytest.mark.parametrize("text", QUESTIONS)
def test_what_is_surely_found_is_what_would_be_decided(text: str, steps: ChainSteps) -> None:
    asked = replace(question(steps, text), places=(), periods=())
    room = steps.room_of(asked, Asking(asked, TODAY, False, 0.0))
    decision, _ = decide_in(room)
    decided = () if decision.status is Status.NOT_FOUND else (*decision.chosen, *decision.other_periods)
    assert found_surely(room, is_sure) == tuple(item for item in decided if is_sure(item))


def test_the_steps_answer_as_the_chain_does(steps: ChainSteps) -> None:
    chain = steps.chain()
    for text in QUESTIONS:
        asked = {"question": text, "today": TODAY}
        assert replace(steps.ask(asked), took_ms=0) == replace(chain.invoke(asked), took_ms=0)


def test_a_question_on_the_command_line_loads_neither_langchain_nor_the_tagger() -> None:
    code = "import sys, assistant.chain, ui.commands.ask\nprint([m for m in sys.argv[1:] if m in sys.modules])"
    slow = ["langchain_core", "rjieba", "torch", "gradio"]
    result = subprocess.run([sys.executable, "-c", code, *slow], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
