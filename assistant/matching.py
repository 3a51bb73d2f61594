"""How well a text says what a question asks: each concept by its best wording, weighed by how much it tells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from assistant.types import Concept
from assistant.unit_nouns import is_counted_by_itself

PIECES_FACTOR = 0.95  # all words of a wording are there, but not side by side
PARTIAL_FACTOR = 0.6  # some of them are
LONGEST_INSIDE = 4  # characters; a longer wording hardly ends another word by chance
INSIDE_FACTOR = 0.5  # a short word stands only within a longer one that says another thing: 出口 in 进出口


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording of a concept, with the words it is made of."""

    text: str
    pieces: tuple[str, ...]
    weight: float
    needs_number: bool = False  # counts only as the last word before a number: 出口, for 出口额


@dataclass(frozen=True, slots=True)
class Wanted:
    """A concept made ready to be looked for."""

    concept: Concept
    wordings: tuple[Wording, ...]
    inside_word: Callable[[str, int, int], bool]  # whether text[start:end] is only the end of another word

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
            if wording.needs_number and not is_counted_by_itself(wording.text, text):
                continue
            clean = len(wording.text) > LONGEST_INSIDE or _stands_alone(wanted, wording.text, text)
            best = max(best, wording.weight * (1.0 if clean else INSIDE_FACTOR))
        elif len(wording.pieces) > 1:
            found = sum([len(piece) for piece in wording.pieces if piece in text])
            if found:
                share = found / sum(map(len, wording.pieces))
                best = max(best, wording.weight * (PIECES_FACTOR if share == 1 else PARTIAL_FACTOR * share))
    return best


def _stands_alone(wanted: Wanted, word: str, text: str) -> bool:
    """Whether the word occurs somewhere other than at the end of a longer word."""
    at = text.find(word)
    while at >= 0:
        if not wanted.inside_word(text, at, at + len(word)):
            return True
        at = text.find(word, at + 1)
    return False


class Listener:
    """Hears how well texts say each of some concepts; a text that was heard once is not heard again."""

    def __init__(self, wanted: Sequence[Wanted]) -> None:
        self.wanted = tuple(wanted)
        self._total = sum(item.weight for item in wanted)
        self._heard: dict[str, tuple[float, ...]] = {}
        self._asked_for: dict[str, bool] = {}

    def matches(self, text: str, around: Sequence[float] | None = None) -> tuple[float, ...]:
        """How well `text` (folded, lower-cased) says each concept, in their order: `match`.

        `around`: what a longer text that holds it says; what that does not say at all, no part of it does.
        """
        found = self._heard.get(text)
        if found is None:
            may_be_said = around or self.wanted
            heard = [match(item, text) if may else 0.0 for item, may in zip(self.wanted, may_be_said, strict=True)]
            found = self._heard[text] = tuple(heard)
        return found

    def asks_for(self, word: str) -> bool:
        """Whether a word is part of a wording of a concept, or holds one."""
        found = self._asked_for.get(word)
        if found is None:
            found = self._asked_for[word] = any(_says(item, word) for item in self.wanted)
        return found

    def coverage(self, matches: Iterable[float]) -> float:
        """The share of what is asked that was matched, as `coverage` counts it."""
        said = [item.concept.weight * value for item, value in zip(self.wanted, matches, strict=True)]
        return sum(said) / self._total if self._total else 0.0


def _says(item: Wanted, word: str) -> bool:
    return any(word in wording.text or wording.text in word for wording in item.wordings)


def coverage(wanted: Sequence[Wanted], matches: Iterable[float]) -> float:
    """The share of what the question asks that was matched, each concept by its weight: 0–1; 0 where nothing is asked."""
    total = sum(item.weight for item in wanted)
    return sum(item.weight * value for item, value in zip(wanted, matches, strict=True)) / total if total else 0.0
