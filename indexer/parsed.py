"""A report that has gone through every stage and waits to be committed to an archive."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from indexer.search.protocol import ReportWords, Vectors
from indexer.types import Figure, Passage, Report, Section


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a piece of metadata comes from: "title", "file name", "text", "manifest", or "edited" by a person."""

    value: str
    confidence: float  # 0–1
    source: str


@dataclass(frozen=True, slots=True)
class ParsedReport:
    """A report, its original and all that was made of it.

    The ids in `report` and in what was made of it are not looked at: the archive gives a report its id when it first
    commits its path. `words` and `vectors` are made by the archive where they are None.
    """

    report: Report
    original: bytes
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    figures: tuple[Figure, ...]
    guesses: Mapping[str, Provenance] = field(default_factory=dict)
    made_from: str = ""  # hash of all that decides the above; "" stands for the source hash
    words: ReportWords | None = None
    vectors: Vectors | None = None  # one L2-normalised row a passage
