"""Measures indexing: from an empty folder to a searchable archive, opening that archive, and asking its index.

    python benchmarks/indexing.py FOLDER [FOLDER …]

prints characters a minute (bar: 4 million on two cores), processor seconds, the time to open an archive in a new
process and ask it once (bar: 0.5 s for the archive itself), and the median and slowest of its three searches.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from indexer.archive import Archive
from indexer.build import index_paths
from indexer.search.protocol import Group

ROUNDS = 200
OPEN_AND_ASK = """
import sys, time
start = time.perf_counter()
from pathlib import Path
from indexer.archive import Archive
with Archive.open(Path(sys.argv[1])) as archive:
    opened = time.perf_counter()
    embedder, segmenter = archive.embedder, archive.segmenter
    loaded = time.perf_counter()
    groups = [[(word, 1.0)] for word in segmenter.terms(sys.argv[2])]
    archive.passages([hit.id for hit in archive.keyword(groups, reports=None, k=40)])
    archive.dense(embedder.encode_questions([sys.argv[2]])[0], reports=None, k=40)
    archive.figures([hit.id for hit in archive.ledger(groups, reports=None, k=200)])
    asked = time.perf_counter()
print(opened - start, loaded - opened, asked - loaded)
"""
QUESTION = "新增城镇就业多少万人"


def main(folders: list[Path]) -> None:
    """Index the folders into a temporary archive and print what was measured."""
    with tempfile.TemporaryDirectory() as home:
        place = Path(home, "archive")
        index(place, folders)
        open_and_ask(place)
        ask(place)
        print(f"archive on disk      {sum(f.stat().st_size for f in place.rglob('*') if f.is_file()) / 1e6:.1f} MB")


def index(place: Path, folders: list[Path]) -> None:
    """Print how long indexing takes."""
    start, before = time.perf_counter(), os.times()
    with Archive.open(place, create=True) as archive:
        result = index_paths(archive, folders)
        passages, figures = archive.passage_count, sum(len(archive.figure_ids_of(one.id)) for one in archive.reports())
    wall, after = time.perf_counter() - start, os.times()
    spent = sum(after[:4]) - sum(before[:4])
    print(
        f"reports              {len(result.added)} ({len(result.failed)} failed), {passages} passages, {figures} figures"
    )
    print(f"characters           {result.characters:,}")
    print(f"wall                 {wall:.1f} s = {result.characters / wall * 60 / 1e6:.2f} million characters a minute")
    print(f"processor            {spent:.1f} s; load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


def open_and_ask(place: Path) -> None:
    """Print how long a new process takes to open the archive and ask once: the best of five."""
    command = [sys.executable, "-c", OPEN_AND_ASK, str(place), QUESTION]
    runs = [
        [float(part) for part in subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()]
        for _ in range(5)
    ]
    opened, loaded, asked = min(runs, key=sum)
    print(f"open, cold           {opened:.2f} s, models {loaded:.2f} s, first searches {asked:.2f} s")


def ask(place: Path) -> None:
    """Print how long the three searches take when all is warm."""
    with Archive.open(place) as archive:
        groups: list[Group] = [[(word, 1.0)] for word in archive.segmenter.terms(QUESTION)]
        vector = archive.embedder.encode_questions([QUESTION])[0]
        some = [report.id for report in archive.reports()][::3]
        searches: dict[str, Callable[[], object]] = {
            "keyword": lambda: archive.keyword(groups, reports=some, k=40),
            "dense": lambda: archive.dense(vector, reports=some, k=40),
            "ledger": lambda: archive.ledger(groups, reports=some, k=300),
            "figures joined": lambda: archive.figures([hit.id for hit in archive.ledger(groups, reports=some, k=300)]),
        }
        for name, search in searches.items():
            times = []
            for _ in range(ROUNDS):
                start = time.perf_counter()
                search()
                times.append((time.perf_counter() - start) * 1000)
            print(f"{name:<20} p50 {statistics.median(times):.2f} ms, slowest {max(times):.2f} ms")


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]])
