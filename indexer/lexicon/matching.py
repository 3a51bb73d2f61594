"""Finding listed phrases in a text: the longest one at each place, by first element and length."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

Phrase = TypeVar("Phrase", str, tuple[str, ...])


@dataclass(frozen=True, slots=True)
class PhraseIndex(Generic[Phrase]):
    """Phrases by their first element; a phrase is a sequence of characters or of words.

    `lengths` gives, for each first element, the lengths that phrases beginning with it have, longest first.
    """

    phrases: frozenset[Phrase]
    lengths: Mapping[str, tuple[int, ...]]

    def longest_at(self, sequence: Phrase, start: int) -> int:
        """The end of the longest listed phrase that begins at `start`, or `start` where none does."""
        for length in self.lengths.get(sequence[start], ()):
            end = start + length
            if end <= len(sequence) and sequence[start:end] in self.phrases:
                return end
        return start

    def leftmost(self, sequence: Phrase) -> Iterator[tuple[int, int]]:
        """Start and end of the listed phrases in reading order: leftmost first, longest first, none overlapping."""
        start = 0
        while start < len(sequence):
            end = self.longest_at(sequence, start)
            if end > start:
                yield start, end
            start = max(end, start + 1)

    def maximal(self, sequence: Phrase) -> Iterator[tuple[int, int]]:
        """Start and end of the listed phrases that lie in no longer one; two of them may overlap."""
        reached = 0
        for start in range(len(sequence)):
            end = self.longest_at(sequence, start)
            if end > max(start, reached):
                yield start, end
                reached = end


def index_phrases(phrases: Iterable[Phrase]) -> PhraseIndex[Phrase]:
    """An index of the phrases given; empty ones are left out."""
    kept = frozenset(phrase for phrase in phrases if phrase)
    lengths: dict[str, set[int]] = {}
    for phrase in kept:
        lengths.setdefault(phrase[0], set()).add(len(phrase))
    return PhraseIndex(kept, {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()})
