"""Answers from a process beside: the same, from what the viewer may see now, and from this one where that one dies."""

from __future__ import annotations

import os
import shutil
import signal
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from assistant.chain import answer_chain
from assistant.types import Answer, Status
from indexer.archive import Archive
from indexer.errors import QuestionError
from indexer.settings import load_settings
from indexer.types import Visibility
from indexer.viewer import LOCAL, Role, Viewer
from ui.answer_crew import AnswerCrew, beside

SEIZED = "2023年累计查扣燃气行业违规气瓶多少个？"
READER = Viewer("", Role.READER)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, sample_folder: Path) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("crew") / "archive"
    shutil.copytree(sample_folder, folder)
    with Archive.open(folder) as opened:
        yield opened


class Crew(AnswerCrew):
    """A crew whose answers here are counted, and that can be kept busy here."""

    def __init__(self, archive: Archive, count: int) -> None:
        self.here = 0
        chain = answer_chain(archive)

        def answered(_: Viewer, asked: Mapping[str, Any]) -> Iterator[Answer]:
            self.here += 1
            return chain.stream(asked)

        super().__init__(answered, archive.folder, archive.settings, count)

    def beside(self, question: str, viewer: Viewer = LOCAL, **more: Any) -> list[Answer]:
        """The answers of another process, while this one is busy."""
        free, self._free_here = self._free_here, 0
        try:
            return list(self.answers(viewer, {"question": question, **more}))
        finally:
            self._free_here += free

    def wait(self) -> None:
        """Until the process beside is ready."""
        other = self._others[0]
        for _ in range(600):
            if other.is_there():
                return
            time.sleep(0.05)
        raise AssertionError("the process beside is not ready after half a minute")

    @property
    def process(self) -> int:
        return self._others[0]._process.pid or 0


@pytest.fixture(scope="module")
def crew(archive: Archive) -> Iterator[Crew]:
    crew = Crew(archive, 1)
    crew.wait()
    yield crew
    crew.stop()


def told(answer: Answer) -> tuple[object, ...]:
    return (
        answer.status,
        answer.text,
        answer.figures,
        answer.citations,
        answer.notes,
        answer.suggestions,
        answer.searched,
    )


@pytest.mark.parametrize("question", [SEIZED, "新增停车泊位多少个？", "云岭县2024年查扣违规气瓶多少个？", "污水管道"])
def test_another_process_answers_the_same(crew: Crew, archive: Archive, question: str) -> None:
    before = crew.here
    (answer,) = crew.beside(question)
    assert crew.here == before
    assert told(answer) == told(answer_chain(archive).invoke(question))


def test_follow_ups_and_choices_of_reports_are_passed_on(crew: Crew) -> None:
    (answer,) = crew.beside("那2022年呢？", turns=["澜江区2023年新建污水管道多少公里？"])
    assert answer.question.standalone == "澜江区2022年新建污水管道多少公里？"
    with pytest.raises(QuestionError, match="所选范围里没有报告"):
        crew.beside(SEIZED, scope=())


def test_what_may_not_be_seen_any_more_is_not_answered_from(crew: Crew, archive: Archive) -> None:
    assert crew.beside(SEIZED, READER)[0].figures
    archive.set_visibility("lanjiang-2023", Visibility.INTERNAL)
    try:
        hidden = crew.beside(SEIZED, READER)[0]
        assert "lanjiang-2023" not in {figure.report.id for figure in hidden.figures}
        assert "449" not in hidden.text
        assert "449" in crew.beside(SEIZED)[0].text  # an administrator sees it
    finally:
        archive.set_visibility("lanjiang-2023", Visibility.PUBLIC)
    assert "449" in crew.beside(SEIZED, READER)[0].text


def test_a_process_that_dies_costs_nothing_and_another_one_comes(crew: Crew, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.answer_crew.REST", 0.0)
    died, before = crew.process, crew.here
    os.kill(died, signal.SIGSTOP)  # it takes the question and does not answer
    threading.Timer(0.5, lambda: os.kill(died, signal.SIGKILL)).start()
    (answer,) = crew.beside(SEIZED)
    assert answer.status is Status.ANSWERED
    assert crew.here == before + 1
    crew.wait()
    assert crew.process != died
    assert crew.beside(SEIZED)[0].text == answer.text
    assert crew.here == before + 1


def test_a_process_that_is_stuck_is_given_up_and_said_so(crew: Crew, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.answer_crew.REST", 0.0)
    monkeypatch.setattr("ui.answer_crew.PATIENCE", 0.3)
    os.kill(crew.process, signal.SIGSTOP)
    stuck = crew.process
    with pytest.raises(QuestionError, match="没有结果"):
        crew.beside(SEIZED)
    os.kill(stuck, signal.SIGCONT)
    monkeypatch.setattr("ui.answer_crew.PATIENCE", 60.0)
    crew.wait()
    assert crew.process != stuck
    assert "449" in crew.beside(SEIZED)[0].text


def test_alone_this_process_answers_however_many_ask(archive: Archive) -> None:
    crew = Crew(archive, 0)
    asked = [threading.Thread(target=lambda: list(crew.answers(LOCAL, {"question": SEIZED}))) for _ in range(5)]
    for thread in asked:
        thread.start()
    for thread in asked:
        thread.join(30)
    assert crew.here == 5
    with pytest.raises(QuestionError, match="所选范围里没有报告"):
        list(crew.answers(LOCAL, {"question": SEIZED, "scope": ()}))
    assert "449" in next(iter(crew.answers(LOCAL, {"question": SEIZED}))).text  # an error leaves nobody taken


def test_while_an_answer_is_written_down_another_one_is_worked_on(archive: Archive) -> None:
    crew = Crew(archive, 0)
    crew._free_here = 1
    first = crew.answers(LOCAL, {"question": SEIZED})
    assert "449" in next(first).text
    assert "449" in next(crew.answers(LOCAL, {"question": SEIZED})).text  # the first is not at its end yet


def test_as_many_answer_beside_as_are_set_or_as_there_are_cores(tmp_path: Path) -> None:
    settings = load_settings(tmp_path)
    assert [beside(settings, cores) for cores in (1, 2, 4, 32)] == [0, 1, 3, 3]
    assert beside(load_settings(tmp_path, flags={"server.beside": 0}), 8) == 0
    assert beside(load_settings(tmp_path, flags={"server.beside": 6}), 2) == 6
    worded = load_settings(tmp_path, flags={"answer.llm.url": "http://127.0.0.1:9/v1", "answer.llm.model": "m"})
    assert beside(worded, 8) == 0
