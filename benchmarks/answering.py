"""How long a question takes: warm over an opened archive, and cold from the command line.

    python -m benchmarks.answering [ARCHIVE] [--questions FILE.jsonl]

Without an archive the sample corpus is indexed into a temporary one. Prints the median and the 99th percentile of warm
questions in milliseconds, and the seconds that `youju ask` takes from start to answer.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from assistant.chain import answer_chain
from assistant.question_sets import read_questions
from indexer.archive import Archive
from indexer.build import index_paths

ROOT = Path(__file__).parents[1]
QUESTIONS = ROOT / "tests" / "data" / "corpus_questions.jsonl"
ROUNDS = 10
COLD_RUNS = 5


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; returns the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument(
        "archive", nargs="?", type=Path, help="an archive folder (default: the sample corpus, indexed anew)"
    )
    parser.add_argument("--questions", type=Path, default=QUESTIONS, help="a question file (JSONL)")
    options = parser.parse_args(arguments)
    texts = [question.get("q") or question["turns"][-1] for question in read_questions(options.questions)]
    with tempfile.TemporaryDirectory() as folder:
        archive = options.archive or _sample(Path(folder) / "archive")
        _print_warm(archive, texts)
        _print_cold(archive, texts[0])
    return 0


def _sample(folder: Path) -> Path:
    with Archive.open(folder, create=True) as archive:
        index_paths(archive, [ROOT / "corpus"])
    return folder


def _print_warm(folder: Path, texts: Sequence[str]) -> None:
    with Archive.open(folder) as archive:
        chain = answer_chain(archive)
        for text in texts:
            chain.invoke(text)
        times = sorted(_milliseconds(chain.invoke, text) for _ in range(ROUNDS) for text in texts)
        reports = len(archive.reports())
    p99 = times[min(len(times) - 1, int(len(times) * 0.99))]
    print(
        f"warm question, {reports} reports: p50 {statistics.median(times):.1f} ms, p99 {p99:.1f} ms, n = {len(times)}"
    )


def _milliseconds(ask: object, text: str) -> float:
    started = time.perf_counter()
    ask(text)  # type: ignore[operator]
    return (time.perf_counter() - started) * 1000


def _print_cold(folder: Path, text: str) -> None:
    command = [sys.executable, "-m", "ui.cli", "ask", text, "--archive", str(folder)]
    times = []
    for _ in range(COLD_RUNS):
        started = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
        times.append(time.perf_counter() - started)
    print(f"cold youju ask: median {statistics.median(times):.2f} s, longest {max(times):.2f} s, n = {len(times)}")


if __name__ == "__main__":
    sys.exit(main())
