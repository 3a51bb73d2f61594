"""The lexicon: which words say the same, how English renders them, which places and function words there are."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

from indexer.lexicon.english import EnglishGlossary, EnglishMatch, build_english_glossary
from indexer.lexicon.inflection import WORD
from indexer.lexicon.matching import PhraseIndex, index_phrases
from indexer.lexicon.place_names import Place, PlaceFinder, PlaceMention, build_place_finder
from indexer.lexicon.sayings import ENGLISH_WORDS, SAYINGS, Meanings, read_sayings
from indexer.lexicon.tables import read_rows, read_sections, split_cell
from indexer.types import Level

HOME: Final = Path(__file__).parent
FILES: Final = ("synonyms.tsv", "glossary.tsv", "places.tsv", "stopwords.txt", SAYINGS, ENGLISH_WORDS)
SAME: Final = 0.9  # interchangeable: 气瓶, 煤气罐
NEAR: Final = 0.5  # broader or narrower: 气瓶, 黑气瓶
LONE: Final = 0.3  # a saying of one character, as such: 活 stands in 活动
WEIGHTS: Final = {"same": SAME, "near": NEAR}
GUARD: Final = "guard"  # in places.tsv: a longer word that only looks like a place

Weighted = tuple[str, float]
TermGroup = tuple[Weighted, ...]


VERBS: Final = "verbs"


@dataclass(frozen=True, slots=True)
class SynonymRow:
    """Terms that may be said for one another: all of them where interchangeable, else the first with each other."""

    terms: tuple[str, ...]
    weight: float
    domain: str

    def alternatives(self, word: str) -> tuple[str, ...]:
        """The other terms that may be said for `word`, which is one of the row's."""
        if self.weight == NEAR and word != self.terms[0]:
            return self.terms[:1]
        return tuple(term for term in self.terms if term != word)


@dataclass(frozen=True)
class Lexicon:
    """The words of the field. Texts given to it are folded (half-width, simplified); letters may be of either case."""

    synonym_rows: Mapping[str, tuple[SynonymRow, ...]] = field(repr=False)  # by each of their terms
    renderings: Mapping[str, tuple[str, ...]] = field(repr=False)  # English, by Chinese term
    sayings: Meanings = field(repr=False)  # official words, by what people say for them
    places_by_name: Mapping[str, Place] = field(repr=False)  # by official name
    stopwords: Mapping[str, frozenset[str]] = field(repr=False)
    fingerprint: str  # changes when any data file does
    _terms: PhraseIndex[str] = field(repr=False)
    _folder: Path = field(repr=False)
    _finder: PlaceFinder = field(repr=False)

    @classmethod
    def load(cls, folder: Path = HOME) -> Lexicon:
        """The lexicon of the data files in `folder`. Raises ValueError, with file and line, where one is broken."""
        glossary = read_rows(folder / "glossary.tsv", 3)
        renderings = {chinese.lower(): split_cell(english) for _, chinese, english in glossary}
        synonym_rows = _read_synonyms(folder / "synonyms.tsv")
        sayings = read_sayings(folder / SAYINGS)
        places, guards = _read_places(folder / "places.tsv")
        return cls(
            synonym_rows=synonym_rows,
            renderings=renderings,
            sayings=sayings,
            places_by_name={place.canonical: place for place in places},
            stopwords=read_sections(folder / "stopwords.txt"),
            fingerprint=_fingerprint(folder),
            _terms=index_phrases({*synonym_rows, *renderings, *sayings}),
            _folder=folder,
            _finder=build_place_finder(places, guards),
        )

    def synonyms(self, word: str) -> TermGroup:
        """What else may be said for the word: weight 0.9 where interchangeable, 0.5 where broader or narrower."""
        weights: dict[str, float] = {}
        for row in self.synonym_rows.get(word.lower(), ()):
            for other in row.alternatives(word.lower()):
                weights[other] = max(row.weight, weights.get(other, 0.0))
        return tuple(sorted(weights.items(), key=lambda item: -item[1]))

    def expand(self, text: str, words: Sequence[str] = ()) -> list[TermGroup]:
        """The concepts of a question in reading order, each as its own word (weight 1) with what else may be said.

        `words` are the text's words as segmented, in order; function and question words among them are left out.
        A listed phrase of several words is a concept of its own; the words within it follow without alternatives.
        English phrases come as the Chinese terms of the glossary.
        """
        lower = _lower(text)
        spans = list(_locate(lower, words))
        groups = {span: self._group(lower[slice(*span)]) for span in self._phrases(lower, spans)}
        for match in self.english_to_chinese(text):
            groups[match.start, match.end] = self._widened(match.chinese)
        groups = {span: group for span, group in groups.items() if not _lies_within(span, groups)}
        for span in spans:
            word = lower[slice(*span)]
            within = _lies_within(span, groups)
            if span not in groups and any(map(str.isalnum, word)) and not (within and word.isascii()):
                groups[span] = ((word, 1.0),) if within else self._group(word)
        concepts = (groups[span] for span in sorted(groups, key=lambda span: (span[0], -span[1])))
        return [group for group in concepts if not self.is_stopword(group[0][0], question=True)]

    def english_to_chinese(self, text: str) -> list[EnglishMatch]:
        """The English phrases of the text that the glossary holds, longest first, with their Chinese terms."""
        return self._glossary.matches(text) if WORD.search(text) else []

    def chinese_to_english(self, term: str) -> str | None:
        """The best English rendering of a term, or of one that is interchangeable with it; None where none is known."""
        for candidate, weight in ((term.lower(), 1.0), *self.synonyms(term)):
            if weight >= SAME and candidate in self.renderings:
                return self.renderings[candidate][0]
        return None

    def places(self, text: str, words: Sequence[str] = ()) -> list[PlaceMention]:
        """The places that a Chinese or English text names, in order; none that cuts one of the segmented `words`."""
        return self._finder.mentions(text, tuple(_locate(_lower(text), words)))

    def place(self, canonical: str) -> Place | None:
        """What is known of the place with this official name (山东省, 全国)."""
        return self.places_by_name.get(canonical)

    def words(self) -> Iterator[str]:
        """Every place name and every short Chinese term, for the segmenter's dictionary.

        Long terms are left to be cut: a segmenter gives back words of two and three characters within a long word, so
        that one of four within one of six (老旧小区改造) would be lost to the index.
        """
        names = {name for place in self.places_by_name.values() for name in (place.canonical, *place.names)}
        terms = {term for term in (*self.synonym_rows, *self.renderings) if _is_dictionary_word(term)}
        yield from sorted(names | terms)

    def is_verb(self, word: str) -> bool:
        """Whether the lexicon holds the word as a verb: what was done (查扣, 投入使用), not what it was done to."""
        return any(row.domain == VERBS for row in self.synonym_rows.get(word.lower(), ()))

    def is_stopword(self, word: str, *, question: bool = False) -> bool:
        """Whether the word never helps to find anything: function words, and in a question also the words of asking."""
        lower = word.lower()
        return lower in self.stopwords["index"] or (question and lower in self.stopwords["question"])

    @cached_property
    def _glossary(self) -> EnglishGlossary:
        """The English side of the glossary, made when the first English text comes."""
        return build_english_glossary(self.renderings.items(), read_sayings(self._folder / ENGLISH_WORDS))

    def _phrases(self, text: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """The listed terms in the text; where its words are known, a short one must begin and end where words do."""
        starts, ends = {start for start, _ in spans}, {end for _, end in spans}
        for start, end in self._terms.maximal(text):
            whole_words = start in starts and end in ends if spans else end - start == 2
            if (whole_words or end - start > 2) and not _cuts_a_latin_word(text, start, end):
                yield start, end
        if " " in text:
            yield from self._parted(text, starts, ends)

    def _parted(self, text: str, starts: Collection[int], ends: Collection[int]) -> Iterator[tuple[int, int]]:
        """The sayings of whole words that a blank parts, where 多少 was asked: 打 粮食 of 打了多少粮食."""
        kept = [offset for offset, character in enumerate(text) if character != " "]
        for first, last in self._terms.maximal("".join(text[offset] for offset in kept)):
            start, end = kept[first], kept[last - 1] + 1
            said = text[start:end]
            if " " in said and said.replace(" ", "") in self.sayings and start in starts and end in ends:
                yield start, end

    def _group(self, word: str) -> TermGroup:
        """The word, what else may be said for it, and what people mean who say it; each once, at its best weight."""
        weights = dict(self.synonyms(word))
        meanings = self.sayings.get(word.replace(" ", ""), ())
        for meant, weight in meanings:
            weights[meant] = max(weight, weights.get(meant, 0.0))
        weights.pop(word, None)
        own = LONE if meanings and len(word) == 1 else 1.0
        return ((word, own), *sorted(weights.items(), key=lambda item: -item[1]))

    def _widened(self, chinese: TermGroup) -> TermGroup:
        """The terms given with their interchangeable ones, each at its best weight, best first."""
        weights: dict[str, float] = {}
        for term, weight in chinese:
            for other, factor in self._group(term):
                if factor >= SAME:
                    weights[other] = max(weights.get(other, 0.0), weight * factor)
        return tuple(sorted(weights.items(), key=lambda item: -item[1]))


def _read_synonyms(path: Path) -> dict[str, tuple[SynonymRow, ...]]:
    """The rows of the file by each of their terms."""
    rows: dict[str, tuple[SynonymRow, ...]] = {}
    for domain, kind, cell in read_rows(path, 3):
        row = SynonymRow(split_cell(cell.lower()), WEIGHTS[kind], domain)
        for term in row.terms:
            rows[term] = (*rows.get(term, ()), row)
    return rows


def _read_places(path: Path) -> tuple[list[Place], list[str]]:
    """The places and the guards of the file, in file order."""
    places: list[Place] = []
    guards: list[str] = []
    for level, parent, canonical, names, english in read_rows(path, 5):
        if level == GUARD:
            guards.extend(split_cell(names))
        else:
            above = None if parent == "-" else parent
            places.append(Place(canonical, Level(level), above, split_cell(names), split_cell(english)))
    return places, guards


def _fingerprint(folder: Path) -> str:
    """Twelve hexadecimal digits that change when any data file does."""
    digest = hashlib.sha256()
    for name in FILES:
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()[:12]


def _lower(text: str) -> str:
    """The text in lower case, at the same length."""
    return text.lower() if len(text.lower()) == len(text) else text


def _locate(text: str, words: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Where each of the words stands in the text, searched from left to right; what is not found is passed over."""
    cursor = 0
    for word in words:
        start = text.find(word.lower(), cursor)
        if word and start >= 0:
            cursor = start + len(word)
            yield start, cursor


def _lies_within(span: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    """Whether the stretch is a part of a longer one."""
    return any(start <= span[0] and span[1] <= end and (start, end) != span for start, end in others)


def _cuts_a_latin_word(text: str, start: int, end: int) -> bool:
    """Whether the stretch begins or ends within a run of Latin letters: the ai of Shanghai."""
    before, after = text[start - 1 : start + 1], text[end - 1 : end + 1]
    return any(len(pair) == 2 and pair.isascii() and pair.isalpha() for pair in (before, after))


def _is_dictionary_word(term: str) -> bool:
    """Whether a term may be a word of the segmenter: Chinese, two to four characters, no 了 at its end (多了)."""
    return 2 <= len(term) <= 4 and not term.isascii() and not term.endswith("了")
