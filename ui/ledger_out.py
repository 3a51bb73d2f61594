"""The ledger as a file: exactly what is filtered, in its order, with how far it has come."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.types import Language
from indexer.errors import ExportError
from indexer.ledger_page import Sort
from indexer.ledger_query import FigureQuery, LedgerRow
from ui.controls import file_html, progress_html, said_html
from ui.ledger_table import write_ledger
from ui.stepped import Stepped, Tell
from ui.text import say

if TYPE_CHECKING:
    from indexer.archive import Archive

BLOCK = 1000  # figures read at a time
KINDS = ("xlsx", "csv")


def saving(
    archive: Archive,
    query: FigureQuery,
    sort: Sort,
    *,
    total: int,
    kind: str,
    language: Language,
    put: Callable[[str, bytes], str],
) -> Iterator[str]:
    """HTML that tells how far the file has come, and at last the link to it; `put` keeps it and tells its address.

    Raises ExportError for an unknown kind of file.
    """
    if kind not in KINDS:
        raise ExportError("只能导出 Excel 或 CSV。(Only Excel or CSV can be exported.)")
    if not total:
        yield said_html(say(language, "ledger_save_none"))
        return

    def made(tell: Tell) -> bytes:
        step = partial(tell, "ledger_saving")
        with tempfile.TemporaryDirectory(prefix="youju-ledger-") as folder:
            path = Path(folder, f"ledger.{kind}")
            write_ledger(path, _counted(rows_in_order(archive, query, sort), total, step), language)
            return path.read_bytes()

    yield progress_html(say(language, "ledger_saving", done=0, total=f"{total:,}"), 0, total)
    work = Stepped(made)
    for step in work:
        said = say(language, step.key, done=f"{step.done:,}", total=f"{total:,}")
        yield progress_html(said, step.done, total)
    name = f"{say(language, 'nav_ledger')}-{date.today().isoformat()}.{kind}"
    yield file_html(put(name, work.result()), name, language)


def rows_in_order(archive: Archive, query: FigureQuery, sort: Sort) -> Iterator[LedgerRow]:
    """Every figure that passes, in order, read by blocks."""
    numbers = archive.figures_in_order(query, sort=sort)
    for start in range(0, len(numbers), BLOCK):
        yield from archive.ledger_rows(numbers[start : start + BLOCK])


def _counted(rows: Iterator[LedgerRow], total: int, step: Callable[[int, int], None]) -> Iterator[LedgerRow]:
    for number, row in enumerate(rows, 1):
        yield row
        if number % BLOCK == 0:
            step(number, total)
