"""The pictures of the documents, made anew from the real pages over the sample corpus.

    python -m benchmarks.screenshots [--out docs/images] [--only compare …]

Indexes `corpus/` in a temporary folder, serves it with sign-in on a free port of the loopback, drives Chromium at
1366×768 (the phone at 390×844) and writes page-*.png with at most 256 colours. Needs Chromium and a Chinese font.
"""

from __future__ import annotations

import argparse
import io
import os
import secrets
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.screenshot_scenes import SCENES, Scene, Stage
from indexer.archive import Archive
from indexer.build import index_paths
from indexer.viewer import Role

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[1]
WIDE, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
ACCOUNTS: Mapping[str, Role] = {
    "陈明": Role.ADMINISTRATOR,
    "王芳": Role.CLERK,
    "李强": Role.READER,
    "赵敏": Role.READER,
    "周洋": Role.READER,
}
LARGEST = 150 * 1024  # bytes of a picture
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
SPOKEN = {"LANG": "zh_CN.UTF-8", "LANGUAGE": "zh_CN"}  # in which the browser writes its own dates


@dataclass(frozen=True, slots=True)
class Served:
    """The application while its pictures are taken."""

    address: str  # ends with /
    password: str  # of every account
    folder: Path  # for files that are sent


def main() -> None:
    """Take the pictures that are asked for, and say how large each is."""
    from playwright.sync_api import sync_playwright

    options = _options()
    chromium = shutil.which("chromium") or shutil.which("google-chrome") or "/usr/bin/chromium"
    options.out.mkdir(parents=True, exist_ok=True)
    wanted = [scene for scene in SCENES if not options.only or scene.name in options.only]
    with (
        tempfile.TemporaryDirectory(prefix="youju-pictures-") as folder,
        served(Path(folder)) as application,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS, env={**os.environ, **SPOKEN})
        for scene in wanted:
            path = options.out / f"page-{scene.name}.png"
            path.write_bytes(small(taken(browser, application, scene)))
            size = path.stat().st_size
            print(f"{path}  {size // 1024} KB{'  TOO LARGE' if size > LARGEST else ''}", flush=True)
        browser.close()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "images", metavar="DIR")
    parser.add_argument("--only", nargs="+", choices=[scene.name for scene in SCENES], metavar="NAME", default=[])
    return parser.parse_args()


@contextmanager
def served(folder: Path) -> Iterator[Served]:
    """The real server over the sample corpus, with accounts and one correction in its ledger."""
    import uvicorn

    from ui.server import open_socket, web_application

    password = secrets.token_urlsafe(12)
    with Archive.open(folder / "archive", create=True) as archive:
        index_paths(archive, [ROOT / "corpus"])
        for name, role in ACCOUNTS.items():
            archive.accounts.create(name, role, password, must_change=name == "赵敏")
        archive.accounts.disable("周洋")
        listener = open_socket("127.0.0.1", 18960)
        app = web_application(archive, accounts=True)
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        yield Served(f"http://127.0.0.1:{listener.getsockname()[1]}/", password, folder)
        server.should_exit = True
        thread.join(20)


def taken(browser: Browser, application: Served, scene: Scene) -> bytes:
    """The PNG of one scene, played in a browser context of its own."""
    context = browser.new_context(
        viewport=PHONE if scene.phone else WIDE,
        locale="en-GB" if scene.english else "zh-CN",
        color_scheme="dark" if scene.dark else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.set_default_timeout(60_000)
    stage = Stage(page, application.address, application.folder)
    start = f"{application.address}{'en/' if scene.english else ''}{scene.path}"
    page.goto(f"{application.address}sign-in")
    page.locator("#name").fill(scene.account)
    if scene.account:
        page.locator("#password").fill(application.password)
        page.locator("#password").press("Enter")
        page.locator(".yj-self").wait_for()
        page.goto(start)
        page.locator(".yj-self").wait_for()
    scene.play(stage)
    page.mouse.move(0, 0)
    page.wait_for_timeout(700)
    picture = page.screenshot()
    context.close()
    return picture


def small(picture: bytes) -> bytes:
    """The PNG with the fewest colours that look the same: the pages are text on plain grounds."""
    from PIL import Image

    with Image.open(io.BytesIO(picture)) as image:
        for colours in (256, 128, 64):
            out = io.BytesIO()
            reduced = image.convert("RGB").quantize(colours, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
            reduced.save(out, "PNG", optimize=True)
            if out.tell() <= LARGEST:
                break
    return out.getvalue()


if __name__ == "__main__":
    main()
