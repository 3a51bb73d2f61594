"""How well a text says what a question asks: each concept by its best wording, weighed by how much it tells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.types import Concept

PIECES_FACTOR = 0.95  # all words of a wording are there, but not side by side
PARTIAL_FACTOR = 0.6  # some of them are


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording of a concept, with the words it is made of."""

    text: str
    pieces: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Wanted:
    """A concept made ready to be looked for."""

    concept: Concept
    wordings: tuple[Wording, ...]

    @property
    def weight(self) -> float:
        """How much the concept tells, 0–1."""
        return self.concept.weight


def match(wanted: Wanted, text: str) -> float:
    """How well `text` (folded, lower-cased) says the concept: 0 not at all, 1 in the words of the question."""
    best = 0.0
    for wording in wanted.wordings:
        if wording.weight <= best:
            continue
        if wording.text in text:
            best = wording.weight
        elif len(wording.pieces) > 1:
            found = sum(len(piece) for piece in wording.pieces if piece in text)
            if found:
                share = found / sum(map(len, wording.pieces))
                best = max(best, wording.weight * (PIECES_FACTOR if share == 1 else PARTIAL_FACTOR * share))
    return best


def coverage(wanted: Sequence[Wanted], matches: Iterable[float]) -> float:
    """The share of what the question asks that was matched, each concept by its weight: 0–1; 0 where nothing is asked."""
    total = sum(item.weight for item in wanted)
    return sum(item.weight * value for item, value in zip(wanted, matches, strict=True)) / total if total else 0.0


def position(wanted: Wanted, text: str) -> tuple[int, int] | None:
    """Where `text` says the concept in its best wording, as start and end; None where it does not."""
    for wording in wanted.wordings:
        at = text.find(wording.text)
        if at >= 0:
            return at, at + len(wording.text)
    return None
