"""The optional language model: a real server on loopback, one honest, several that alter what the figures say."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from assistant.chain import answer_chain
from indexer.archive import Archive
from indexer.build import index_paths
from indexer.settings import Settings

QUESTION = "2023年查扣了多少气瓶？"
HONEST = "2023年全区累计查扣违规气瓶449个。"
ALTERED = "2023年全区累计查扣违规气瓶494个。"
SILENT = "已查扣一些违规气瓶。"


class Endpoint:
    """An OpenAI-compatible chat endpoint that always says the same, and keeps what it was asked."""

    def __init__(self, says: str) -> None:
        self.asked: list[dict[str, object]] = []
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                endpoint.asked.append(body)
                message = {"role": "assistant", "content": says}
                reply = {
                    "id": "1", "object": "chat.completion", "created": 0, "model": "m",
                    "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
                    "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
                }  # fmt: skip
                content = json.dumps(reply).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *args: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/v1"


@pytest.fixture
def archive_with(tmp_path: Path, corpus: Path) -> Iterator[object]:
    opened: list[Archive] = []
    endpoints: list[Endpoint] = []

    def open_with(says: str) -> tuple[Archive, Endpoint]:
        endpoint = Endpoint(says)
        endpoints.append(endpoint)
        settings = Settings()
        llm = replace(settings.answer.llm, url=endpoint.url, model="m")
        settings = replace(settings, answer=replace(settings.answer, llm=llm))
        archive = Archive.open(tmp_path / "archive", settings=settings, create=True)
        index_paths(archive, [corpus / "澜江区城乡建设局2023年工作总结.txt"])
        opened.append(archive)
        return archive, endpoint

    yield open_with
    for archive in opened:
        archive.close()
    for endpoint in endpoints:
        endpoint.server.shutdown()


def test_an_honest_wording_is_taken(archive_with) -> None:
    archive, endpoint = archive_with(HONEST)
    first, last = list(answer_chain(archive).stream(QUESTION))
    assert first.text.startswith("449个")
    assert last.text == HONEST
    assert last.figures == first.figures
    prompt = json.dumps(endpoint.asked[0]["messages"], ensure_ascii=False)
    assert QUESTION in prompt
    assert "累计查扣燃气行业违规气瓶449个" in prompt


CHANGED = [
    "查扣违规气瓶449公里。",
    "没有查扣449个气瓶。",
    "查扣违规气瓶449万个。",
    "查扣五百个，其中449个违规。",
    "查扣率增长59%，共449个。",
    "449个，其中黑气瓶390个、超量存放59个。",
    "12月31日查扣违规气瓶449个。",
]


@pytest.mark.parametrize("says", [ALTERED, SILENT, "449" * 200, "", *CHANGED])
def test_a_wording_that_changes_or_drops_the_number_is_thrown_away(says: str, archive_with) -> None:
    archive, endpoint = archive_with(says)
    answers = list(answer_chain(archive).stream(QUESTION))
    assert endpoint.asked
    assert [answer.text.split("个")[0] for answer in answers] == ["449"]


def test_what_is_not_in_the_archive_is_never_put_to_the_model(archive_with) -> None:
    archive, endpoint = archive_with("999个")
    assert "档案中没有提到" in answer_chain(archive).invoke("建成了多少座核电站？").text
    assert endpoint.asked == []


def test_a_silent_endpoint_leaves_the_extractive_answer(archive_with) -> None:
    archive, endpoint = archive_with(HONEST)
    endpoint.server.shutdown()
    endpoint.server.server_close()
    assert answer_chain(archive).invoke(QUESTION).text.startswith("449个")
