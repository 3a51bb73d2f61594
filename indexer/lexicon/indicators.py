"""Indicators of reports with the ways in which people ask for them: `everyday.tsv`, read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from indexer.lexicon.tables import read_rows, split_cell

EVERYDAY: Final = Path(__file__).with_name("everyday.tsv")


@dataclass(frozen=True, slots=True)
class Indicator:
    """What reports count, in their words, with its usual unit, and how people put it."""

    official: str
    unit: str
    everyday: tuple[str, ...]
    english: tuple[str, ...]


def read_indicators(path: Path = EVERYDAY) -> tuple[Indicator, ...]:
    """The indicators of a table in file order. Raises ValueError naming a line that is broken."""
    return tuple(Indicator(row[0], row[1], split_cell(row[2]), split_cell(row[3])) for row in read_rows(path, 4))
