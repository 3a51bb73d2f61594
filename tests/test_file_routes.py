"""Files come in up to the limit and go out to who made them; what no request may be is refused at the outermost door."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from indexer.archive import Archive
from indexer.errors import UploadError
from indexer.settings import load_settings
from indexer.viewer import Role, Viewer
from ui import files_in, files_out
from ui.file_routes import limit_mb
from ui.files_in import Inbox
from ui.files_out import Outbox
from ui.fit_requests import LONGEST
from ui.server import web_application

READER, OTHER = Viewer("du", Role.READER), Viewer("an", Role.READER)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("archive")
    settings = load_settings(folder, flags={"load.limit_mb": 1, "load.zip_mb": 3})
    with Archive.open(folder, settings=settings, create=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def client(archive: Archive) -> Iterator[TestClient]:
    with TestClient(web_application(archive)) as client:
        yield client


def uploads(archive: Archive) -> list[bool]:
    """Whether each upload so far was taken, newest first."""
    return [entry.ok for entry in archive.audit.newest(10) if entry.action == "upload"]


def test_a_file_up_to_the_limit_is_taken_and_named(client: TestClient, archive: Archive) -> None:
    response = client.post("/upload", files={"file": ("../总结.txt", b"x" * (1 << 20))})
    assert response.status_code == 200
    assert {**response.json(), "token": ""} == {"token": "", "name": "总结.txt", "size": 1 << 20}
    assert uploads(archive)[0]


@pytest.mark.parametrize("size", [(1 << 20) + 1, 3 << 20])
def test_a_file_beyond_the_limit_is_refused_with_a_sentence(client: TestClient, archive: Archive, size: int) -> None:
    response = client.post("/upload", files={"file": ("a.txt", b"x" * size)})
    assert response.status_code == 413
    assert "超过1MB" in response.json()["error"]
    assert not uploads(archive)[0]


@pytest.mark.parametrize(
    ("name", "size", "status"),
    [
        ("总结.zip", 3 << 20, 200),
        ("总结.ZIP", 2 << 20, 200),
        ("总结.zip", (3 << 20) + 1, 413),
        ("zip.txt", 2 << 20, 413),
    ],
)
def test_a_zip_of_many_reports_has_a_limit_of_its_own(client: TestClient, name: str, size: int, status: int) -> None:
    response = client.post("/upload", files={"file": (name, b"x" * size)})
    assert response.status_code == status
    if status == 413:
        limit = 3 if name.endswith(".zip") else 1
        assert f"超过{limit}MB" in response.json()["error"]
        english = client.post(
            "/upload", files={"file": (name, b"x" * size)}, headers={"referer": "http://h/en/reports"}
        )
        assert f"larger than {limit} MB" in english.json()["error"]


def test_a_reader_who_takes_in_no_reports_sends_no_large_zip(archive: Archive) -> None:
    load = archive.settings.load
    assert [limit_mb(load, Viewer("a", role), "a.zip") for role in Role] == [1, 3, 3]
    assert [limit_mb(load, Viewer("a", role), "a.docx") for role in Role] == [1, 1, 1]


def test_a_form_without_a_file_is_refused(client: TestClient) -> None:
    assert client.post("/upload", data={"file": "no file"}).status_code == 413


def test_no_account_fills_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files_in, "KEPT_BYTES", 10)
    inbox = Inbox()
    sent = inbox.take(READER, "a.txt", io.BytesIO(b"x" * 10), limit_mb=1)
    with pytest.raises(UploadError, match="等着处理"):
        inbox.take(READER, "b.txt", io.BytesIO(b"x"), limit_mb=1)
    assert inbox.take(OTHER, "b.txt", io.BytesIO(b"x"), limit_mb=1).size == 1
    inbox.drop(sent)
    assert inbox.take(READER, "b.txt", io.BytesIO(b"x"), limit_mb=1).size == 1
    assert [path.name for path in Path(sent.path.parent.parent).glob("*/*")] == ["b.txt", "b.txt"]
    inbox.close()


def test_a_made_file_goes_to_its_maker_and_not_when_it_is_old(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    outbox = Outbox()
    token = outbox.put(READER, "台账.csv", b"1").removeprefix("/download/")
    assert outbox.get(OTHER, token, seen=archive) is None
    found = outbox.get(READER, token, seen=archive)
    assert found is not None
    assert (found.content, found.media_type) == (b"1", "text/csv; charset=utf-8")
    monkeypatch.setattr(files_out, "KEPT_SECONDS", -1.0)
    assert outbox.get(READER, token, seen=archive) is None


@pytest.mark.parametrize("path", ["/gradio_api/upload%0A", "/gradio_api/queue/join%0A", "/accounts%0D"])
def test_an_address_with_a_line_break_passes_no_gate(client: TestClient, path: str) -> None:
    assert client.post(path, files={"files": ("a.txt", b"x")}).status_code == 400


def test_a_body_must_say_its_length_and_be_no_longer_than_any_of_ours(client: TestClient) -> None:
    def endless() -> Iterator[bytes]:
        yield b"name=a"

    form = {"content-type": "application/x-www-form-urlencoded"}
    assert client.post("/sign-in", content=endless(), headers=form).status_code == 411
    refused = client.post("/unsent", content=b"x" * (LONGEST + 1))
    assert refused.status_code == 413
    assert refused.headers["x-content-type-options"] == "nosniff"
