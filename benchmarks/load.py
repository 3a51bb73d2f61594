"""How long an answer takes when many ask at once: the real server, signed-in users, the page's own protocol.

    python -m benchmarks.load [ARCHIVE] [--users 50] [--asks 4] [--questions FILE.jsonl]

Starts `youju serve` in its own process over a copy of the archive (without one the sample corpus is indexed), signs
every user in, lets all ask at the same moment, and again as soon as each has an answer. An answer counts from the
request to the last of its messages. Prints the median, the 95th percentile and the longest in seconds, and the errors;
it ends after `--limit` seconds in any case. Of a question set with halves only the working one is asked.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import re
import secrets
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from indexer.archive import Archive
from indexer.build import index_paths
from indexer.viewer import Role

ROOT = Path(__file__).parents[1]
QUESTIONS = ROOT / "tests" / "data" / "corpus_questions.jsonl"
NAME, PASSWORD = "load", "a password to load"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
JSON = {"Content-Type": "application/json"}
BAR = 1.5  # seconds, p95


@dataclass
class Load:
    """What was measured: seconds of each answer, and what went wrong."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    processor: float = 0.0  # seconds that the server's processes computed meanwhile

    def line(self) -> str:
        """The figures in one line."""
        if not self.seconds:
            return f"no answers; errors {len(self.errors)}: {self.errors[:3]}"
        times = sorted(self.seconds)
        p95 = times[min(len(times) - 1, int(len(times) * 0.95))]
        return (
            f"answers {len(times)}, p50 {statistics.median(times):.2f} s, p95 {p95:.2f} s, longest {times[-1]:.2f} s, "
            f"server {1000 * self.processor / len(times):.0f} ms of processor each, "
            f"errors {len(self.errors)} {self.errors[:3] or ''}"
        )


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 0 where the bar is met."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("archive", nargs="?", type=Path, help="an archive folder (default: the sample corpus)")
    parser.add_argument("--questions", type=Path, default=QUESTIONS, help="a question file (JSONL)")
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--asks", type=int, default=4, help="questions of each user")
    parser.add_argument("--limit", type=float, default=120.0, help="seconds after which it ends in any case")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        archive = copy_of(options.archive, Path(folder) / "archive")
        with serving(archive) as server:
            load = measure(server, asked(options.questions), options.users, options.asks, options.limit)
    print(f"{options.users} users, {options.asks} questions each: {load.line()}")
    times = sorted(load.seconds) or [float("inf")]
    return int(bool(load.errors) or times[int(len(times) * 0.95)] > BAR)


def copy_of(archive: Path | None, folder: Path) -> Path:
    """A copy of the archive, or a new one of the sample corpus, with an account that may ask."""
    if archive is not None:
        shutil.copytree(archive, folder)
    with Archive.open(folder, create=archive is None) as opened:
        if archive is None:
            index_paths(opened, [ROOT / "corpus"])
        opened.accounts.create(NAME, Role.ADMINISTRATOR, PASSWORD)
    return folder


def asked(path: Path) -> list[str]:
    """The questions that stand alone; of a set with halves those of the working one."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [row["q"] for row in rows if row.get("half", "working") == "working" and "q" in row]


@contextmanager
def serving(archive: Path) -> Iterator[tuple[int, int]]:
    """`youju serve` in its own process; the port that it listens on and the process's id."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "ui.cli", "serve", "--archive", str(archive), "--port", str(port), "--no-browser"]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        for line in server.stdout or ():
            if found := re.search(r"http://127\.0\.0\.1:(\d+)/", line):
                yield int(found[1]), server.pid
                break
        else:
            raise SystemExit("the server did not start")
    finally:
        server.terminate()
        server.wait(20)


def measure(server: tuple[int, int], questions: Sequence[str], users: int, asks: int, limit: float) -> Load:
    """Let all users ask at once, each `asks` times."""
    port, process = server
    load, lock, together = Load(), threading.Lock(), threading.Barrier(users + 1)
    first = User(port)
    first.ask(questions[0])  # what is loaded at the first question is not what is measured
    ends = time.monotonic() + limit

    def work(number: int) -> None:
        user = User(port)
        together.wait(limit)
        for turn in range(asks):
            if time.monotonic() > ends:
                return
            started = time.perf_counter()
            error = user.ask(questions[(number * asks + turn) % len(questions)])
            took = time.perf_counter() - started
            with lock:
                load.errors.append(error) if error else load.seconds.append(took)

    threads = [threading.Thread(target=work, args=(number,), daemon=True) for number in range(users)]
    for thread in threads:
        thread.start()
    together.wait(limit)
    before = computed_by(process)
    for thread in threads:
        thread.join(max(0.1, ends + 10 - time.monotonic()))
    load.processor = computed_by(process) - before
    return load


def computed_by(process: int) -> float:
    """The processor's seconds that a process and those it started have used so far; 0 where the system does not tell."""
    told = Path(f"/proc/{process}/stat")
    if not told.exists():
        return 0.0
    parts = told.read_text().rsplit(")", 1)[1].split()
    started = (path.read_text().split() for path in Path(f"/proc/{process}/task").glob("*/children"))
    theirs = sum(computed_by(int(one)) for ones in started for one in ones)
    return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK") + theirs


class User:
    """A signed-in browser on the page 问答."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._talk = secrets.token_hex(16)
        self._cookie = ""
        form = urlencode({"name": NAME, "password": PASSWORD})
        status, headers, _ = self._send("POST", "/sign-in", form.encode(), FORM)
        if status != 303:
            raise SystemExit(f"signing in gave {status}")
        self._cookie = headers["set-cookie"].split(";")[0]

    def ask(self, question: str) -> str:
        """Ask and read to the end of the answer; what went wrong, or ""."""
        asked = {"talk": self._talk, "key": secrets.token_hex(16), "question": question, "scope": {}}
        try:
            status, _, said = self._send("POST", "/ask?language=zh", json.dumps(asked).encode(), JSON)
        except OSError as error:
            return repr(error)
        if status != 200:
            return f"{status} {said[:80]!r}"
        shown = [json.loads(line)["html"] for line in said.splitlines()]
        newest = shown[-1].rpartition(f'data-key="{asked["key"]}"')[2] if shown else ""
        return "" if "yj-answer" in newest else "no answer in what was sent"

    def _send(
        self, method: str, path: str, body: bytes | None = None, more: dict[str, str] | None = None
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        connection.request(method, path, body, {"Cookie": self._cookie, **(more or {})})
        response = connection.getresponse()
        said = response.read()
        connection.close()
        return response.status, response.headers, said


if __name__ == "__main__":
    sys.exit(main())
