"""Whether two subjects name one thing: by the characters they share, or through the synonyms of the lexicon."""

from __future__ import annotations

from indexer.lexicon.terms import SAME, Lexicon
from indexer.segment import Segmenter

SHORTEST = 2  # characters of a word that tells


def likeness(one: str, other: str) -> float:
    """The share of characters that two subjects have in common, 0–1, of the one with fewer."""
    shared = set(one) & set(other)
    return len(shared) / max(1, min(len(set(one)), len(set(other))))


def same_thing(one: str, other: str, lexicon: Lexicon, segmenter: Segmenter) -> bool:
    """Whether each telling word of the shorter subject is said by the other, as it is or by what may be said for it."""
    words, others = (_telling(subject, segmenter) for subject in (one, other))
    fewer, _more = sorted((words, others), key=len)
    longer = other if fewer is words else one
    return bool(fewer) and all(_is_said(word, longer, lexicon) for word in fewer)


def says_all(subject: str, text: str, lexicon: Lexicon, segmenter: Segmenter) -> bool:
    """Whether a text says each telling word of the subject, as it is or by what may be said for it."""
    words = _telling(subject, segmenter)
    return bool(words) and all(_is_said(word, text, lexicon) for word in words)


def _telling(subject: str, segmenter: Segmenter) -> list[str]:
    return [word for word in segmenter.pieces(subject) if len(word) >= SHORTEST]


def _is_said(word: str, subject: str, lexicon: Lexicon) -> bool:
    return word in subject or any(weight >= SAME and other in subject for other, weight in lexicon.synonyms(word))
