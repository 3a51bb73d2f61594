"""kill -9 at any point leaves a working archive; the next run goes on where the last one ended."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from made_archive import MadeEmbedder
from made_files import write_reports

from indexer.archive import Archive
from indexer.build import index_paths

ROOT = Path(__file__).parents[1]
RUN = """
import os, signal, sys
sys.path.insert(0, "tests")
from pathlib import Path
import indexer.build as build
from indexer.archive import Archive
from made_archive import MadeEmbedder

def die_in(owner, name, calls, *, after):
    real, count = getattr(owner, name), [0]
    def wrapper(*arguments, **named):
        count[0] += 1
        if count[0] == calls and not after:
            os.kill(os.getpid(), signal.SIGKILL)
        result = real(*arguments, **named)
        if count[0] == calls:
            os.kill(os.getpid(), signal.SIGKILL)
        return result
    setattr(owner, name, wrapper)

def main():
    folder, files, alone, owner, name, calls, after = sys.argv[1:]
    build.ALONE_BELOW, build.TOGETHER = int(alone), 10
    if owner:
        module, _, attribute = owner.partition(":")
        __import__(module)
        target = sys.modules[module]
        die_in(getattr(target, attribute) if attribute else target, name, int(calls), after=after == "after")
    print("ready", flush=True)
    with Archive.open(Path(folder), create=True, embedder=MadeEmbedder()) as archive:
        build.index_paths(archive, [Path(files)])

if __name__ == "__main__":
    main()
"""


@pytest.fixture
def script(tmp_path) -> Path:
    path = tmp_path / "run.py"  # a file, not -c: worker processes import it
    path.write_text(RUN)
    return path


def start(
    script: Path, tmp_path: Path, *, alone: int, at: tuple[str, str, int, str] = ("", "", 0, "")
) -> subprocess.Popen:
    command = [
        sys.executable,
        str(script),
        str(tmp_path / "archive"),
        str(tmp_path / "files"),
        str(alone),
        *map(str, at),
    ]
    environment = {"PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}", "PATH": "/usr/bin:/bin"}
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE)


def state(folder: Path) -> list[object]:
    with Archive.open(folder, embedder=MadeEmbedder()) as archive:
        assert archive.check().problems == ()
        found = archive.keyword([[("气瓶", 1.0)]], reports=None, k=1000)
        near = archive.dense(archive.embedder.encode_questions(["查扣气瓶"])[0], reports=None, k=1000)
        assert len(near) == archive.passage_count
        assert len(archive.passages([hit.id for hit in found])) == len(found) >= len(archive.reports())
        return [(archive.report(one.id), archive.figures_of(one.id)) for one in archive.reports()]


@pytest.mark.parametrize(
    "at",
    [
        ("indexer.archive", "put_report", 3, "before"),
        ("indexer.records_write", "_insert_parts", 4, "after"),
        ("indexer.archive", "put_report", 5, "after"),
        ("indexer.follow:Follower", "catch_up", 3, "before"),
        ("indexer.search.keyword:KeywordIndex", "_write", 1, "after"),
        ("indexer.search.keyword:KeywordIndex", "_write", 3, "after"),
        ("indexer.search.keyword:KeywordIndex", "_write_mark", 3, "before"),
        ("indexer.search.keyword:KeywordIndex", "flush", 1, "before"),
        ("indexer.search.dense", "_write_synced", 1, "after"),
        ("indexer.search.dense", "_write_synced", 4, "after"),
        ("indexer.search.dense:DenseIndex", "_header", 2, "before"),
        ("indexer.records", "make_tables", 1, "before"),
        ("indexer.records", "make_tables", 1, "after"),
    ],
)
def test_a_kill_at_this_point_loses_nothing_that_was_finished(script, tmp_path, at) -> None:
    write_reports(tmp_path / "files", range(2011, 2020), length=4)
    process = start(script, tmp_path, alone=10**9, at=at)
    process.communicate(timeout=120)
    assert process.returncode == -signal.SIGKILL
    finished = state(tmp_path / "archive") if at[1] != "make_tables" else []
    with Archive.open(tmp_path / "archive", create=True, embedder=MadeEmbedder()) as archive:
        result = index_paths(archive, [tmp_path / "files"])
        assert (len(result.unchanged), len(result.added), result.failed) == (len(finished), 9 - len(finished), [])
    assert state(tmp_path / "archive")[: len(finished)] == finished


def test_kills_at_any_time_in_the_end_give_the_same_archive(script, tmp_path) -> None:
    write_reports(tmp_path / "files", range(2000, 2018), length=30)
    chance = random.Random(20260101)
    kills = 0
    for _ in range(30):
        process = start(script, tmp_path, alone=0)
        assert process.stdout.readline() == b"ready\n"
        try:
            process.wait(timeout=(0.5 + chance.random()) * 1.7**kills)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            kills += 1
        process.communicate()
        if process.returncode == 0:
            break
        if (tmp_path / "archive" / "archive.db").exists():
            Archive.open(tmp_path / "archive", create=True, embedder=MadeEmbedder()).close()
    assert process.returncode == 0
    assert kills >= 2
    with Archive.open(tmp_path / "fresh", create=True, embedder=MadeEmbedder()) as fresh:
        index_paths(fresh, [tmp_path / "files"])
    assert state(tmp_path / "archive") == state(tmp_path / "fresh")


def test_workers_end_with_their_killed_parent(script, tmp_path) -> None:
    psutil = pytest.importorskip("psutil")
    write_reports(tmp_path / "files", range(2000, 2024), length=60)
    process = start(script, tmp_path, alone=0)
    deadline = time.monotonic() + 30
    children = []
    while len(children) < 3 and time.monotonic() < deadline:  # two workers and multiprocessing's tracker
        children = psutil.Process(process.pid).children()
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    _, alive = psutil.wait_procs(children, timeout=30)
    assert alive == []
