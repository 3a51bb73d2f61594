"""English phrases of a question, found in the glossary and rendered in the official Chinese."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from indexer.lexicon.inflection import EnglishWord, content_words, english_words, telling_words
from indexer.lexicon.matching import PhraseIndex, index_phrases
from indexer.lexicon.sayings import Meanings

LATER_RENDERING: Final = 0.8  # a rendering that is not the first of its row is a looser one
MOST: Final = 8  # alternatives kept for one phrase


@dataclass(frozen=True, slots=True)
class EnglishMatch:
    """A stretch of an English text and the Chinese terms it may stand for, best first, weights 0–1."""

    english: str
    start: int
    end: int
    chinese: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class _Rendering:
    """One English phrase of the glossary, with the Chinese term of its row."""

    form: tuple[str, ...]
    number_form: tuple[str, ...]
    chinese: str
    weight: float
    is_recognised: bool = False  # listed for questions only: whichever its form, it stands beside the others

    def agreement(self, words: list[EnglishWord]) -> int:
        """2 where the words are the phrase itself, 1 where only singular and plural differ, else 0."""
        if self.form == tuple(word.form for word in words):
            return 2
        return int(self.number_form == tuple(word.number_form for word in words))


_ByStems = dict[tuple[str, ...], list[_Rendering]]


@dataclass(frozen=True, slots=True)
class _Phrases:
    """Phrases by the stems of their words, ready to be found in a row of words."""

    index: PhraseIndex[tuple[str, ...]]
    renderings: Mapping[tuple[str, ...], tuple[_Rendering, ...]]

    def matches(self, text: str, words: list[EnglishWord]) -> Iterator[EnglishMatch]:
        """The phrases among the words of the text: leftmost first, longest first, none overlapping."""
        stems = tuple(word.stem for word in words)
        for first, last in self.index.leftmost(stems):
            start, end = words[first].start, words[last - 1].end
            chinese = _chinese(self.renderings[stems[first:last]], words[first:last])
            yield EnglishMatch(text[start:end], start, end, chinese)


@dataclass(frozen=True, slots=True)
class EnglishGlossary:
    """The English side of the glossary; function words count in no phrase but those that are little else (laid off)."""

    telling: _Phrases
    whole: _Phrases

    def matches(self, text: str) -> list[EnglishMatch]:
        """The phrases of the text that the glossary holds: leftmost first, longest first, none overlapping."""
        found = [*self.telling.matches(text, content_words(text)), *self.whole.matches(text, english_words(text))]
        kept: list[EnglishMatch] = []
        for match in sorted(found, key=lambda match: (match.start, -match.end)):
            if not kept or kept[-1].end <= match.start:
                kept.append(match)
        return kept


def build_english_glossary(
    rows: Iterable[tuple[str, tuple[str, ...]]], recognised: Meanings | None = None
) -> EnglishGlossary:
    """A glossary of rows of a Chinese term with its English renderings, best first, and of English only recognised."""
    telling: _ByStems = {}
    whole: _ByStems = {}
    for chinese, english in rows:
        for rank, phrase in enumerate(english):
            _put(phrase, ((chinese, 1.0 if rank == 0 else LATER_RENDERING),), telling, whole)
    for phrase, meanings in (recognised or {}).items():
        looser = tuple((chinese, min(weight, LATER_RENDERING)) for chinese, weight in meanings)
        _put(phrase, looser, telling, whole, is_recognised=True)
    return EnglishGlossary(_phrases(telling), _phrases(whole))


def _put(
    phrase: str,
    meanings: Iterable[tuple[str, float]],
    telling: _ByStems,
    whole: _ByStems,
    *,
    is_recognised: bool = False,
) -> None:
    """Add a phrase to those of telling words or, where it is little else than function words, to the whole ones."""
    words = english_words(phrase)
    told = telling_words(phrase, words)
    is_whole = len(told) < 2 and len(told) < len(words)
    forms, singulars, stems = zip(
        *((word.form, word.number_form, word.stem) for word in (words if is_whole else told)), strict=True
    )
    found = (whole if is_whole else telling).setdefault(stems, [])
    found += [_Rendering(forms, singulars, chinese, weight, is_recognised) for chinese, weight in meanings]


def _phrases(renderings: Mapping[tuple[str, ...], list[_Rendering]]) -> _Phrases:
    return _Phrases(index_phrases(renderings), {stems: tuple(found) for stems, found in renderings.items()})


def _chinese(renderings: tuple[_Rendering, ...], words: list[EnglishWord]) -> tuple[tuple[str, float], ...]:
    """The Chinese terms of the renderings that agree best with the words as written, best first."""
    best = max(0 if rendering.is_recognised else rendering.agreement(words) for rendering in renderings)
    weights: dict[str, float] = {}
    for rendering in renderings:
        if rendering.is_recognised or rendering.agreement(words) == best:
            weights[rendering.chinese] = max(rendering.weight, weights.get(rendering.chinese, 0.0))
    ordered = sorted(weights.items(), key=lambda item: -item[1])
    return tuple(ordered[:MOST])
