"""A question goes through /ask: lines come as the conversation grows, nothing twice, nothing for who went away."""

from __future__ import annotations

import asyncio
import json
import shutil
import threading
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from anyio import CapacityLimiter
from fastapi.testclient import TestClient

from indexer.archive import Archive
from indexer.viewer import Role
from ui.ask_route import as_it_grows
from ui.server import web_application

SEIZED = "2023年累计查扣燃气行业违规气瓶多少个？"
TALK = "c" * 32


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, sample_folder: Path) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("asking") / "archive"
    shutil.copytree(sample_folder, folder)
    with Archive.open(folder) as opened:
        yield opened


@pytest.fixture(scope="module")
def client(archive: Archive) -> Iterator[TestClient]:
    with TestClient(web_application(archive)) as client:
        yield client


def in_own_loop(work: Coroutine[Any, Any, Any]) -> Any:
    """What `work` gives, run in a thread of its own: where a browser is open, the main thread has a loop already."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


def asked(question: str, key: str, **more: Any) -> dict[str, Any]:
    return {"talk": TALK, "key": key, "question": question, **more}


def lines(client: TestClient, question: str, key: str, **more: Any) -> list[dict[str, Any]]:
    response = client.post("/ask", json=asked(question, key, **more), params={"language": "zh"})
    assert response.status_code == 200
    assert response.headers["cache-control"] == "no-store"
    return [json.loads(line) for line in response.text.splitlines()]


def test_a_question_brings_the_conversation_with_its_answer(client: TestClient, archive: Archive) -> None:
    (first,) = lines(client, SEIZED, "k1")
    assert "<b>449</b>" in first["html"]
    (second,) = lines(client, "那2022年呢？", "k2")
    assert second["at"] > first["at"]
    assert second["html"].count('class="yj-turn"') == 2
    assert "理解为" in second["html"]
    entries = archive.history.search("", seen=archive)
    assert [entry.question for entry in entries] == ["那2022年呢？", SEIZED]
    acts = [(entry.action, entry.object) for entry in archive.audit.newest(2)]
    assert acts == [("ask", str(entry.id)) for entry in entries]


def test_a_question_sent_twice_is_answered_once_and_one_out_of_scope_says_so(
    client: TestClient, archive: Archive
) -> None:
    before = len(archive.history.search("", seen=archive))
    lines(client, SEIZED, "twice")
    lines(client, SEIZED, "twice")
    assert len(archive.history.search("", seen=archive)) == before + 1
    (told,) = lines(client, "新增停车泊位多少个？", "scoped", scope={"year": ["1999"]})
    assert "所选范围里没有报告" in told["html"]


def test_the_answer_is_labelled_in_the_language_of_the_page(client: TestClient) -> None:
    response = client.post("/ask", json=asked(SEIZED, "english"), headers={"Referer": "http://testserver/en/"})
    assert "Copy" in json.loads(response.text)["html"]


@pytest.mark.parametrize("body", [{}, {"talk": TALK, "key": "k", "question": 5}, {**asked("问", "k"), "scope": [1]}])
def test_what_is_no_question_is_refused_with_a_sentence(client: TestClient, body: dict[str, Any]) -> None:
    response = client.post("/ask", json=body, params={"language": "zh"})
    assert response.status_code == 422
    assert response.json()["error"].endswith("。")


def test_who_is_not_signed_in_asks_nothing(archive: Archive) -> None:
    with TestClient(web_application(archive, accounts=True)) as stranger:
        before = len(archive.audit.newest(100))
        assert stranger.post("/ask", json=asked(SEIZED, "stranger")).status_code == 401
        assert len(archive.audit.newest(100)) == before


def test_a_reader_is_answered_from_what_he_may_see(archive: Archive) -> None:
    archive.accounts.create("du", Role.READER, "a password to ask")
    with TestClient(web_application(archive, accounts=True)) as reader:
        reader.post("/sign-in", data={"name": "du", "password": "a password to ask"}, headers={"Referer": "/"})
        archive.remove("lanjiang-2023")
        try:
            (told,) = lines(reader, SEIZED, "reader")
        finally:
            archive.restore("lanjiang-2023")
        assert "<b>449</b>" not in told["html"]
        assert [
            entry.account
            for entry in archive.audit.newest(
                1,
            )
        ] == ["du"]


def test_each_line_is_sent_as_soon_as_it_is_made() -> None:
    goes_on = threading.Event()

    def made() -> Iterator[str]:
        yield "first"
        assert goes_on.wait(10)
        yield "second"

    async def read() -> list[str]:
        growing = as_it_grows(made(), CapacityLimiter(1))
        heard = [await anext(growing)]
        assert not goes_on.is_set()
        goes_on.set()
        heard.extend([line async for line in growing])
        return heard

    assert in_own_loop(read()) == ["first", "second"]


def test_who_goes_away_before_his_turn_has_not_asked_and_who_goes_later_is_answered_all_the_same() -> None:
    ends = threading.Event()
    done: list[str] = []

    def working() -> Iterator[str]:
        yield "first"
        assert ends.wait(10)
        done.append("worked through")

    def never() -> Iterator[str]:
        done.append("begun")
        yield "none"

    async def read() -> None:
        one_by_one = CapacityLimiter(1)
        first = as_it_grows(working(), one_by_one)
        await anext(first)
        queued = asyncio.ensure_future(anext(as_it_grows(never(), one_by_one)))
        await asyncio.sleep(0.05)
        queued.cancel()
        leaving = asyncio.ensure_future(anext(first))
        await asyncio.sleep(0.05)
        leaving.cancel()
        await asyncio.sleep(0.05)
        ends.set()

    in_own_loop(read())
    for _ in range(100):
        if done:
            break
        threading.Event().wait(0.05)
    assert done == ["worked through"]


def test_a_defect_is_not_hidden_by_the_end_of_the_lines() -> None:
    def broken() -> Iterator[str]:
        yield "first"
        raise ZeroDivisionError

    async def read() -> None:
        async for _ in as_it_grows(broken(), CapacityLimiter(1)):
            pass

    with pytest.raises(ZeroDivisionError):
        in_own_loop(read())
