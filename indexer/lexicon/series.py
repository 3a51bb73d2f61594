"""Series whose name differs from year to year or office to office: `series.tsv`, read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from indexer.fold import fold
from indexer.lexicon.tables import read_rows, split_cell

SERIES: Final = Path(__file__).with_name("series.tsv")

SeriesNames = Mapping[str, tuple[str, ...]]
"""All names of a series, folded and in small letters, by each of them."""


def read_series(path: Path = SERIES) -> SeriesNames:
    """The names of the known series. Raises ValueError naming a line that is broken."""
    rows = [tuple(fold(name).lower() for name in split_cell(row[0])) for row in read_rows(path, 1)]
    return {name: names for names in rows for name in names}
