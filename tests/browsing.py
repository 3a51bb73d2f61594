"""What the browser tests share: Chromium, a server in a thread of this process, and a page that keeps its complaints.

The fixtures are known to every test (conftest.py names this file as a plugin): `browser`, `sample_folder`, `served`,
`empty`, `visit`. All of them share one Chromium and one archive behind one server, so each test leaves the archive as
it found it; a file that does not has a `served` of its own (`serve_copy`). Tests marked `browser` run after all others:
Playwright keeps an event loop in this thread while its browser is open.
"""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from indexer.archive import Archive

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HOSTILE_NAME = "甲<img src=x onerror=alert(1)>.txt"
HOSTILE_TEXT = (
    "云泽区<img src=x onerror=alert(2)>水务局2023年工作总结\n一、工作回顾\n"
    "2023年，全区新建蓄水池77座<script>alert(3)</script>${alert(4)}{{value}}。\n"
)
SUFFIXES = {".txt", ".md", ".docx", ".html", ".csv"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests in a browser last, each group in its own order."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, as CI has it."""
    if not Path(CHROMIUM).exists():
        if os.environ.get("CI") == "true":
            pytest.fail("the browser tests need Chromium: apt-get install chromium fonts-noto-cjk")
        pytest.skip("needs Chromium: apt-get install chromium fonts-noto-cjk")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory, corpus: Path) -> Path:
    """The sample corpus and one hostile report (10 in all), indexed once; copy it, do not open it."""
    from indexer.build import index_paths

    reports = tmp_path_factory.mktemp("reports")
    for path in corpus.iterdir():
        if path.suffix in SUFFIXES and path.name != "README.md":
            shutil.copy(path, reports)
    (reports / HOSTILE_NAME).write_text(HOSTILE_TEXT, encoding="utf-8")
    folder = tmp_path_factory.mktemp("sample")
    with Archive.open(folder, create=True) as archive:
        index_paths(archive, [reports])
    return folder


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory, sample_folder: Path) -> Iterator[Running]:
    """The web application over a copy of the sample archive, without sign-in."""
    yield from serve_copy(sample_folder, tmp_path_factory.mktemp("served") / "archive")


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The web application over an archive that holds nothing."""
    with Archive.open(tmp_path_factory.mktemp("empty"), create=True) as archive:
        yield from start(archive)


@pytest.fixture
def visit(browser: Browser, served: Running) -> Iterator[Visit]:
    """The first page, opened; afterwards it must have made no error and asked for nothing from elsewhere."""
    opened = open_visit(browser, served)
    yield opened
    opened.end(served)


def serve_copy(sample_folder: Path, folder: Path) -> Iterator[Running]:
    """The web application over a copy of the sample archive in `folder`, until the fixture ends."""
    shutil.copytree(sample_folder, folder)
    with Archive.open(folder) as archive:
        yield from start(archive)


@dataclass
class Running:
    """A web server in a thread of this process."""

    archive: Archive
    address: str = ""  # ends with /
    server: Any = field(default=None)


def start(archive: Archive, *, accounts: bool = False) -> Iterator[Running]:
    """The server on a free port of the loopback, until the fixture ends."""
    import uvicorn

    from assistant.chain import answer_chain
    from ui.server import open_socket, web_application

    listener = open_socket("127.0.0.1", 18860)
    app = web_application(archive, answer_chain(archive), accounts=accounts)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield Running(archive, f"http://127.0.0.1:{listener.getsockname()[1]}/", server)
    server.should_exit = True
    thread.join(20)


@dataclass
class Visit:
    """A page with all that it asked for and complained of."""

    page: Page
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def ask(self, question: str) -> None:
        """Type a question on the first page, press Enter and wait for its answer."""
        turns = self.page.locator(".yj-turn").count()
        self.page.locator("#yj-box textarea").fill(question)
        self.page.locator("#yj-box textarea").press("Enter")
        self.page.locator(".yj-turn").nth(turns).locator(".yj-answer").wait_for()

    @property
    def answer(self) -> Any:
        """The newest answer on the first page."""
        return self.page.locator(".yj-turn").last.locator(".yj-answer")

    def end(self, running: Running) -> None:
        """Close the page, which made no error and asked for nothing from elsewhere."""
        assert self.errors == []
        assert outside(self.requests, running.address) == []
        self.page.context.close()


def open_visit(browser: Browser, running: Running, width: int = 1366, height: int = 768, *, path: str = "") -> Visit:
    """A page of the application in a browser context of its own; `path` without a leading slash."""
    context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
    visit = Visit(context.new_page())
    visit.page.set_default_timeout(15_000)
    visit.page.on("request", lambda request: visit.requests.append(request.url))
    visit.page.on("pageerror", lambda error: visit.errors.append(str(error)))
    visit.page.on("dialog", lambda dialog: (visit.errors.append(f"dialog {dialog.message}"), dialog.dismiss()))
    visit.page.on("console", lambda message: visit.errors.append(message.text) if message.type == "error" else None)
    visit.page.goto(running.address + path)
    visit.page.locator("#yj-header .yj-brand, #yj-sign-in").first.wait_for()
    if not path:
        visit.page.locator("#yj-box textarea").wait_for()
    return visit


def outside(requests: list[str], address: str) -> list[str]:
    """The requests that left this server."""
    return [url for url in requests if not url.startswith((address, "data:", "blob:"))]
