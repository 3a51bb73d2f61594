"""`youju eval`: answer a file of questions whose answers are known, and print the metrics."""

from __future__ import annotations

import argparse

from indexer.archive import Archive
from ui.commands.ask import read_lines
from ui.console import progress


def run(options: argparse.Namespace) -> int:
    """Print the metrics of a question file over the archive."""
    from assistant import evaluate

    read_lines(options.questions)  # a file that cannot be read is said before anything is loaded
    with Archive.open(options.archive) as archive, progress() as bar:
        table = evaluate.run(options.questions, archive, lambda done, total: bar.step(done, total, ""))
    print(table)
    return 0
