"""What the web server gives out: sources of citations, original files, the page; and the rules it sets for browsers."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import made_answers as made
import pytest
from fastapi.testclient import TestClient
from langchain_core.runnables import RunnableLambda

from assistant.types import Answer
from indexer.archive import Archive
from indexer.errors import YoujuError
from indexer.parsed import ParsedReport
from indexer.types import Passage
from ui.file_routes import attachment
from ui.guard import HEADERS
from ui.render import version_of
from ui.server import open_socket, web_application

ORIGINAL = ("\ufeff" + made.TEXT).encode()
PAGE = replace(made.REPORT, id="page", path="青禾/<b>页面</b>.html", title="网页")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("archive")
    section = made.SECTIONS[1]
    passage = Passage(made.REPORT.id, 0, 1, section.start, section.end, made.TEXT[section.start : section.end])
    with Archive.open(folder, create=True) as opened:
        for report, original in ((made.REPORT, ORIGINAL), (PAGE, b"<script>alert(1)</script>")):
            opened.add(ParsedReport(report, original, made.SECTIONS, (passage,), ()))
        yield opened


@pytest.fixture(scope="module")
def client(archive: Archive) -> Iterator[TestClient]:
    def answer(asked: dict[str, object]) -> Answer:
        return made.gas_cylinders()

    with TestClient(web_application(archive, RunnableLambda(answer))) as client:
        yield client


def source(client: TestClient, report_id: str, quote: str, **parameters: str) -> tuple[int, str]:
    start = made.TEXT.index(quote)
    response = client.get(f"/source/{report_id}", params={"span": f"{start}-{start + len(quote)}", **parameters})
    return response.status_code, response.text


def ids(archive: Archive) -> tuple[str, str]:
    """The ids of the report and of the page."""
    by_path = {report.path: report.id for report in archive.reports()}
    return by_path[made.REPORT.path], by_path[PAGE.path]


def test_a_citation_opens_its_sentence_in_its_section(client: TestClient, archive: Archive) -> None:
    status, html = source(client, ids(archive)[0], "没收经营门店煤气罐59个，没收居民家中煤气罐390个。")
    assert status == 200
    assert ">没收经营门店煤气罐59个，没收居民家中煤气罐390个。</span>" in html
    assert "累计没收煤气罐449个" in html


def test_a_citation_of_an_older_version_is_not_shown_at_the_wrong_place(client: TestClient, archive: Archive) -> None:
    report = archive.report(ids(archive)[0])
    assert source(client, report.id, "449个", version=version_of(report))[0] == 200
    status, html = source(client, report.id, "449个", version="0" * 11 + "1")
    assert (status, "重新提问" in html) == (409, True)


@pytest.mark.parametrize("span", ["", "5", "9-3", "0-999999", "-1-5", "a-b", "1-2,3-4"])
def test_a_stretch_outside_of_the_report_is_refused_with_a_sentence(
    client: TestClient, archive: Archive, span: str
) -> None:
    response = client.get(f"/source/{ids(archive)[0]}", params={"span": span})
    assert response.status_code == 409
    assert response.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("route", ["source", "original"])
@pytest.mark.parametrize("report_id", ["nobody", "%00", "没有"])
def test_an_unknown_report_is_said_to_be_gone(client: TestClient, route: str, report_id: str) -> None:
    response = client.get(f"/{route}/{report_id}", params={"span": "0-1"})
    assert response.status_code == 404
    assert "这份报告已不在档案中。" in response.text


def test_an_original_comes_byte_for_byte_under_its_own_name(client: TestClient, archive: Archive) -> None:
    response = client.get(f"/original/{ids(archive)[0]}")
    assert response.content == ORIGINAL
    name = re.search(r"filename\*=UTF-8''(\S+)", response.headers["content-disposition"])
    assert name is not None
    assert unquote(name[1]) == "2023年工作总结.txt"


def test_an_original_in_html_is_saved_never_shown(client: TestClient, archive: Archive) -> None:
    response = client.get(f"/original/{ids(archive)[1]}")
    assert response.headers["content-type"] == "application/octet-stream"
    assert response.headers["content-disposition"].startswith("attachment;")
    assert response.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("name", ['a".txt', "总结\r\nSet-Cookie: x=1.txt", "报告 2023.docx", "…", "%0d%0a.txt"])
def test_a_file_name_cannot_break_out_of_its_header(name: str) -> None:
    header = attachment(name)
    assert not re.search(r"[\r\n]", header)
    assert header.count('"') == 2
    assert unquote(header.split("''", 1)[1]) == name
    assert header.isascii()


@pytest.mark.parametrize("path", ["/", "/source/nobody?span=0-1", "/original/nobody", "/config", "/theme.css"])
def test_every_response_forbids_the_browser_to_fetch_from_elsewhere(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert {name: headers[name] for name in HEADERS} == HEADERS
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert all("http" not in sources and "*" not in sources for sources in policy.values())
    assert policy["default-src"] == "'self'"


def test_the_page_is_in_chinese_and_names_no_other_site(client: TestClient) -> None:
    html = client.get("/", headers={"accept-encoding": "gzip, br"}).text
    assert re.search(r'<html[^>]*\blang="zh-CN"', html)
    assert "有据 · 政府工作报告问答" in html
    meta = re.findall(r"<(?:meta|link|script)\b[^>]*>", html)
    assert not [tag for tag in meta if "://" in tag or "twitter" in tag or "og:" in tag]


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json", "/monitoring", "/gradio_api/monitoring/x"])
def test_no_page_of_the_makers_is_open(client: TestClient, path: str) -> None:
    assert client.get(path).status_code in {403, 404, 405}


def test_no_files_are_given_out_by_gradio(client: TestClient, archive: Archive) -> None:
    inside = archive.folder / "archive.db"
    for path in (inside, Path("/etc/hostname")):
        assert client.get(f"/gradio_api/file={path}").status_code in {403, 404}


def test_no_endpoint_is_listed_for_callers_from_outside(client: TestClient) -> None:
    listed = client.get("/gradio_api/info").json()
    assert listed["named_endpoints"] == {}
    assert listed["unnamed_endpoints"] == {}


def test_the_next_free_port_is_taken() -> None:
    with open_socket("127.0.0.1", 17860) as first:
        port = first.getsockname()[1]
        with open_socket("127.0.0.1", port) as second:
            assert second.getsockname()[1] > port


def test_a_host_that_is_not_of_this_machine_is_refused() -> None:
    with pytest.raises(YoujuError, match=r"192\.0\.2\.1"):
        open_socket("192.0.2.1", 17860)
    with pytest.raises(YoujuError, match=r"no-such-host\.invalid"):
        open_socket("no-such-host.invalid", 17860)


def test_a_port_in_use_by_somebody_listening_is_not_shared() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        with open_socket("127.0.0.1", taken) as mine:
            assert mine.getsockname()[1] != taken
