"""What any search index must do: follow the log of the records, and find passages and figures in it.

An index is derived: all of it can be made again from the records. It knows reports by their row number and passages
and figures by their own numbers, none of which is ever used twice. It promises (tests/search_contract.py holds any
implementation to it):

- `apply` brings in one batch of the log; applying a batch again changes nothing. After a crash each part of the index
  stands at the end of some batch, as `positions` says, and the batches after the lowest of them make it whole.
- A hit's score is larger where the match is better; hits come best first, equal scores by rising number.
- What was removed in a batch is not found after it; what lies outside `reports` is never found.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]

Group = Sequence[tuple[str, float]]
"""Words that may stand for one another, each with its weight: the group scores as its best word does."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage or a figure that was found."""

    id: int  # its number in the records
    score: float  # larger is better; comparable only within one search


@dataclass(frozen=True, slots=True)
class PassageWords:
    """The words by which a passage is found, separated by single spaces."""

    text: str
    heading: str  # of the headings above it
    title: str  # of its report's title


@dataclass(frozen=True, slots=True)
class FigureWords:
    """The words by which a figure is found, separated by single spaces, and what it is filtered by."""

    subject: str
    clause: str
    heading: str
    role: str
    dimension: str
    years: tuple[int, ...]  # that its period touches; (0,) where it has none


@dataclass(frozen=True, slots=True)
class ReportWords:
    """The words of a whole report, passages and figures in reading order."""

    passages: tuple[PassageWords, ...]
    figures: tuple[FigureWords, ...]


@dataclass(frozen=True, slots=True)
class IndexedReport:
    """What the index is given of one report: passages are numbered on from `first_passage`, figures likewise."""

    row: int
    first_passage: int
    first_figure: int
    words: ReportWords
    vectors: Vectors  # one L2-normalised row a passage


@dataclass(frozen=True, slots=True, order=True)
class LogPosition:
    """A place in the log. The stamp tells an index that followed a log which has since been set back to a copy."""

    number: int = 0
    stamp: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """A stretch of the log up to a position: what is held of `gone` and of `reports` leaves, then `reports` come in."""

    position: LogPosition
    gone: tuple[int, ...]
    reports: tuple[IndexedReport, ...]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How an index was made; one made otherwise cannot be asked."""

    archive: str  # the archive's own name, so that an index of another archive is known as foreign
    model: str  # fingerprint of the embedding model
    dimension: int
    segmenter: str  # fingerprint of the segmenter and its dictionaries
    format: int  # of the index itself


@dataclass(frozen=True, slots=True)
class FieldWeights:
    """How much a word counts for a passage, by where it stands."""

    text: float = 1.0
    heading: float = 0.3
    title: float = 0.1


@dataclass(frozen=True, slots=True)
class FigureWeights:
    """How much a word counts for a figure, by where it stands."""

    subject: float = 1.0
    clause: float = 0.5
    heading: float = 0.2


@dataclass(frozen=True, slots=True)
class FigureFilter:
    """Which figures may be found; None: no matter."""

    roles: tuple[str, ...] | None = None
    dimensions: tuple[str, ...] | None = None
    years: tuple[int, ...] | None = None  # one of them within the figure's period; 0 stands for "no period known"


class IndexDamagedError(Exception):
    """Files of an index are broken, of another archive or of another recipe; never shown, for the index is remade."""


class SearchIndex(Protocol):
    """An opened index. Asking is safe from several threads; only the one writer of the archive may change it.

    Whatever is asked may raise IndexDamagedError.
    """

    def positions(self) -> tuple[LogPosition, ...]:
        """How far each part of the index has followed the log; position 0 where it must be made anew."""

    def apply(self, batch: Batch) -> None:
        """Take in a batch; a part that is already there or further stays as it is."""

    def flush(self) -> None:
        """Make all of it durable, and let other processes become the writer."""

    def refresh(self) -> None:
        """See what another process has applied since."""

    def passages(
        self, groups: Sequence[Group], *, reports: Collection[int] | None, k: int, weights: FieldWeights
    ) -> list[Hit]:
        """At most `k` passages by their words (BM25); the scores of the groups add up. `reports` None: all."""

    def figures(
        self,
        groups: Sequence[Group],
        *,
        reports: Collection[int] | None,
        k: int,
        only: FigureFilter,
        weights: FigureWeights,
    ) -> list[Hit]:
        """At most `k` figures by their words, of those that pass `only`. Without groups: any, with score 0."""

    def nearest(self, vector: Vectors, *, reports: Collection[int] | None, k: int) -> list[Hit]:
        """At most `k` passages whose vectors have the largest inner product with `vector`; score −1 to 1."""

    def word_counts(self, words: Collection[str], *, reports: Collection[int] | None = None) -> dict[str, int]:
        """In how many passages' texts of `reports` (None: all) each word stands, exactly; 0 for an unknown one."""

    def passage_ids(self) -> tuple[list[int], list[int]]:
        """The rising numbers of all passages found by words, and of all found by vector; to verify the index."""

    def figure_ids(self) -> list[int]:
        """The rising numbers of all figures in the index; to verify it."""

    def verify(self) -> None:
        """Look whether every file is as it was written. Raises IndexDamagedError."""

    def wipe(self) -> None:
        """Throw everything away: all parts stand at position 0."""

    def close(self) -> None:
        """Give back what is open."""
