"""The terminal's table and progress bar; plain lines where output goes to a file or another program."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol


class Progress(Protocol):
    """What shows how far a run has come."""

    def step(self, done: int, total: int, name: str) -> None:
        """Show that `done` of `total` are done, `name` being the last."""


class _Lines:
    """Progress as plain lines on standard error, one for each tenth of the way."""

    def __init__(self) -> None:
        self._tenths = 0

    def step(self, done: int, total: int, name: str) -> None:
        tenths = done * 10 // max(total, 1)
        if tenths > self._tenths or done == total:
            self._tenths = tenths
            print(f"{done}/{total} {name}", file=sys.stderr, flush=True)


@contextmanager
def progress() -> Iterator[Progress]:
    """A progress bar on standard error while the block runs: drawn on a terminal, plain lines elsewhere."""
    if not sys.stderr.isatty():
        yield _Lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (
        BarColumn(30),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[name]}", markup=False),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, name="")

        class Drawn:
            def step(self, done: int, total: int, name: str) -> None:
                bar.update(task, completed=done, total=total, name=name)

        yield Drawn()


def print_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows under headings: aligned on a terminal, separated by tabs elsewhere."""
    if not sys.stdout.isatty():
        for row in (headings, *rows):
            print("\t".join(row))
        return
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for heading in headings:
        table.add_column(Text(heading), overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    Console().print(table)
