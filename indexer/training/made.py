"""Pairs made out of running Chinese text: translated by dictionary, reworded, asked about, or lying side by side."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass, replace
from itertools import pairwise
from random import Random

from indexer.training.dictionary import Dictionary
from indexer.training.pairs import SENTENCE

CLAUSE = re.compile(r"[^，。！？；：、,;:!?\s]+(?:、[^，。！？；：、,;:!?\s]+)*")
NUMBER = re.compile(
    r"(?:[0-9０-９][0-9０-９.．,]*|[一二三四五六七八九十百千]+(?=[万亿个件家人项户]))[多余]?[万亿]*[%％]?"
)
FUNCTION_WORDS = frozenset("的了和与及在是等对把为以于向从被将并而或之其也都就着过地得所上中下") | {"以及"}
SHORTEST, LONGEST = 6, 60  # characters of a clause that pairs are made of
AMOUNT_ASKED = (
    "{}是多少？",
    "{}有多少？",
    "{}多少？",
    "一共{}了多少？",
    "{}达到多少？",
    "有多少{}？",
    "请问{}多少",
    "{}怎么样？",
    "{}",
)
ANYTHING_ASKED = (
    "{}是什么？",
    "{}是谁？",
    "{}是哪里？",
    "{}是哪一年？",
    "什么{}？",
    "哪些{}？",
    "为什么{}？",
    "{}有什么？",
    "怎么{}？",
    "{}吗？",
    "{}",
)
ENGLISH_ASKED = (
    "how many {}",
    "how much {}",
    "what is the {}",
    "how many {} were there?",
    "what was the {} last year?",
    "the number of {}",
    "how is {} going",
    "{}",
)

Cut = Callable[[str], list[str]]
Texts = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Maker:
    """What pairs are made with: a dictionary, a segmenter, the words in use, and chance."""

    dictionary: Dictionary
    cut: Cut
    in_use: Set[str]
    random: Random

    def with_chance(self, random: Random) -> Maker:
        """The same with another source of chance."""
        return replace(self, random=random)

    def words(self, text: str) -> list[str]:
        """The words of `text`, those that the dictionary lacks taken apart."""
        return [piece for word in self.cut(text) if word.strip() for piece in self.dictionary.pieces(word)]

    def translated(self, clause: str) -> Texts | None:
        """A clause and its words in English, one by one; None where less than two thirds of them have a gloss."""
        english = self.in_english([word for word in self.words(clause) if word not in FUNCTION_WORDS])
        return (english, clause) if english else None

    def in_english(self, words: list[str]) -> str:
        """One gloss per word, numbers as they are; "" where less than two thirds of the words have a gloss."""
        glosses = [word if word.isascii() else self.dictionary.gloss(word, self.random) for word in words]
        known = [gloss for gloss in glosses if gloss]
        return " ".join(known) if len(known) >= 2 and 3 * len(known) >= 2 * len(words) else ""

    def reworded(self, clause: str, share: float = 0.6) -> Texts | None:
        """A clause and the same with about `share` of the replaceable words replaced; None where nothing was."""
        words = self.words(clause)
        changed = [self._other(word) if self.random.random() < share else word for word in words]
        return None if changed == words else (clause, "".join(changed))

    def _other(self, word: str) -> str:
        found = self.dictionary.synonyms(word, self.in_use) if len(word) > 1 else []
        return self.random.choice(found) if found else word

    def translation_reworded(self, english: str, chinese: str) -> Texts | None:
        """A sentence and its translation with some words replaced by synonyms; None where nothing was."""
        reworded = self.reworded(chinese, 0.3)
        return (english, reworded[1]) if reworded else None

    def translation_shortened(self, english: str, chinese: str) -> Texts:
        """A sentence and its translation, both without about a sixth of their words."""
        left = [word for word in english.split() if self.random.random() < 0.8]
        right = [word for word in self.words(chinese) if self.random.random() < 0.85]
        return " ".join(left), "".join(right)

    def amount_asked(self, clause: str, sentence: str) -> Texts | None:
        """An everyday question about what a clause counts, and the sentence it stands in; None without a number."""
        subject = self._subject(clause)
        if subject is None:
            return None
        words = [self._other(word) if self.random.random() < 0.4 else word for word in subject]
        return self.random.choice(AMOUNT_ASKED).format("".join(words)), sentence

    def amount_asked_in_english(self, clause: str, sentence: str) -> Texts | None:
        """The same in English, made of glosses."""
        subject = self._subject(clause)
        english = self.in_english(subject) if subject else ""
        return (self.random.choice(ENGLISH_ASKED).format(english), sentence) if english else None

    def anything_asked(self, passage: str) -> Texts | None:
        """A question of some words of one sentence of a passage, a few reworded, and the passage with that sentence."""
        sentences = [found for found in SENTENCE.findall(passage) if SHORTEST <= len(found) <= 2 * LONGEST]
        if not sentences:
            return None
        words = [word for word in self.words(self.random.choice(sentences)) if word.isalnum()]
        kept = [word for word in words if self.random.random() < self.random.choice((0.3, 0.5, 0.8))]
        asked = "".join(self._other(word) if self.random.random() < 0.15 else word for word in kept)
        return (self.random.choice(ANYTHING_ASKED).format(asked), passage) if len(kept) >= 3 else None

    def _subject(self, clause: str) -> list[str] | None:
        """The words of a clause without its numbers, some of them dropped as people do; None without a number."""
        if not NUMBER.search(clause):
            return None
        words = [word for word in self.words(NUMBER.sub(" ", clause)) if word not in FUNCTION_WORDS]
        kept = [word for word in words if word.isalpha() and self.random.random() < 0.8]
        return kept if len(kept) >= 2 else None


def clauses(text: str) -> Iterator[tuple[str, str]]:
    """Each clause of a usable length with the sentence it stands in, in reading order."""
    for sentence in SENTENCE.findall(text):
        for clause in CLAUSE.findall(sentence):
            if SHORTEST <= len(clause) <= LONGEST:
                yield clause, sentence.strip()


def joined(translations: Iterable[Texts]) -> Iterator[Texts]:
    """Each sentence joined with the next one, and their translations joined."""
    for (english, chinese), (next_english, next_chinese) in pairwise(translations):
        yield f"{english} {next_english}", chinese + next_chinese


def neighbours(text: str) -> Iterator[Texts]:
    """Each sentence with the one that follows it in the same paragraph."""
    for paragraph in text.split("\n"):
        sentences = [sentence.strip() for sentence in SENTENCE.findall(paragraph) if len(sentence) >= SHORTEST]
        yield from pairwise(sentences)


def clause_and_rest(text: str) -> Iterator[Texts]:
    """Each clause with the rest of its sentence."""
    for clause, sentence in clauses(text):
        rest = sentence.replace(clause, "", 1)
        if len(rest) >= SHORTEST:
            yield clause, rest


def sentence_and_rest(text: str, random: Random) -> Texts | None:
    """One sentence, chosen by `random`, with the rest of the text; None where there are fewer than three."""
    sentences = [sentence.strip() for sentence in SENTENCE.findall(text) if len(sentence) >= SHORTEST]
    if len(sentences) < 3:
        return None
    chosen = random.randrange(len(sentences))
    return sentences[chosen], "".join(sentences[:chosen] + sentences[chosen + 1 :])
