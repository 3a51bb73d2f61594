"""A question that wants words, made ready to be looked for: what it asks about and what would show the answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.answer_kinds import Expected
from assistant.matching import Wanted
from assistant.types import Concept, Question
from indexer.fold import fold
from indexer.segment import Segmenter
from indexer.types import Role

ALIKE_FACTOR = 0.4  # only characters of a word are there: 降雨 for 下雨
COMMON_CHARACTER = 7.0  # information (nats) of a character that tells nothing
SURE_WEIGHT = 0.6  # of all concepts; with less, the wording of the question must help
ASKING_CHARACTERS = frozenset("哪谁何怎么什样几吗呢啥咋多少请问查看的了是在有")
PREPOSITIONS = frozenset("由在到因以于受被从向按")  # they show an answer though the question says them: 由谁验收
CHINESE = re.compile(r"[\u3400-\u9fff]")
CHAIN = re.compile(r"[^、，,；;：:。]+(?:、[^、，,；;：:。]+)*")
SIDE_BY_SIDE = re.compile(r"、|[”》][^，,。;；]{0,6}[“《]")
JOINED = re.compile(r"以及|[和与及暨]")
PLAN_ASKED = re.compile(r"要|将|打算|计划|准备|\bwill\b|\bplan", re.IGNORECASE)
PLACE_ENDING = re.compile(r"(?<= )[\u4e00-\u9fff]{0,5}(?:自治[区州县]|[省市县区])")  # 新疆 goes on as 维吾尔自治区

Letters = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question made ready to be looked for in clauses."""

    question: Question
    expected: Expected
    wanted: tuple[Wanted, ...]
    letters: tuple[Letters, ...]  # of each concept's word: each character and how much it tells
    pairs: tuple[str, ...]  # of neighbouring characters in the question
    shares: tuple[float, ...]  # of each concept in what is asked: their weights, made to add up to 1
    certainty: float  # 0–1: whether the concepts say enough to go by them alone

    @classmethod
    def of(cls, question: Question, expected: Expected, wanted: Sequence[Wanted], segmenter: Segmenter) -> Asked:
        """The question with its characters and pairs of characters weighed."""
        letters = tuple(_letters(item.concept, segmenter) for item in wanted)
        held = [item for item in wanted if not _is_untranslated(item)]
        certainty = min(1.0, sum(item.weight for item in held) / SURE_WEIGHT)
        total = sum(item.weight for item in wanted) or 1.0
        shares = tuple(item.weight / total for item in wanted)
        return cls(question, expected, tuple(wanted), letters, _pairs(question.standalone), shares, certainty)

    @property
    def is_plan(self) -> bool:
        """Whether what is planned is asked for."""
        return self.question.role is Role.PLAN or PLAN_ASKED.search(self.question.standalone) is not None

    @property
    def is_particular(self) -> bool:
        """Whether a sort or a number of things is asked for that a text can show."""
        return self.expected.said is not None or self.expected.number is not None

    def is_shown(self, text: str) -> bool:
        """Whether `text` (folded) shows a thing of the kind and, where a number of things is asked for, so many.

        What the question itself says shows nothing: 新疆 is no answer to 兰州到新疆的铁路铺轨到什么地方.
        """
        if self.expected.number and not _names_so_many(text, self.expected.number):
            return False
        said = self.expected.said
        if said is None or said.search(text) is None:
            return said is None
        return self.expected.kind == "thing" or said.search(self._fresh(text)) is not None

    def share(self, matches: Iterable[float]) -> float:
        """How much of what is asked is said, 0–1, by how well each concept is: `coverage` with the weights at hand."""
        return sum(weight * value for weight, value in zip(self.shares, matches, strict=True))

    def is_listed(self, text: str) -> bool:
        """Whether several things are asked for and `text` (folded) names them side by side."""
        return self.expected.several and SIDE_BY_SIDE.search(text) is not None

    def pairs_in(self, text: str) -> frozenset[str]:
        """Those of the question's pairs of characters that a text holds."""
        return frozenset(pair for pair in self.pairs if pair in text)

    def _fresh(self, text: str) -> str:
        """The text with spaces for what the question says too."""
        for place in self.question.places:
            text = text.replace(place, " " * len(place))
        known = fold(self.question.standalone).lower()
        pairs = (text[at : at + 2] for at in range(len(text) - 1))
        said = [pair in known and PREPOSITIONS.isdisjoint(pair) for pair in pairs]
        hidden = [first or second for first, second in zip([*said, False], [False, *said], strict=True)]
        left = "".join(" " if hide else character for character, hide in zip(text, hidden, strict=True))
        return PLACE_ENDING.sub(" ", left) if self.expected.kind == "place" else left


def alike(letters: Letters, text: str) -> float:
    """How well the characters of a word alone are said in a text: 0 to ALIKE_FACTOR."""
    total = sum(weight for _, weight in letters)
    return ALIKE_FACTOR * sum(weight for letter, weight in letters if letter in text) / total if total else 0.0


def _letters(concept: Concept, segmenter: Segmenter) -> Letters:
    word = concept.alternatives[0][0] if concept.alternatives else concept.word
    if len(word) < 2 or not CHINESE.match(word):
        return ()
    return tuple((letter, max(0.0, segmenter.information(letter) - COMMON_CHARACTER)) for letter in word)


def _is_untranslated(item: Wanted) -> bool:
    """Whether an English word has no Chinese wording, so that only its meaning can find it."""
    return all(wording.text.isascii() and wording.text.isalpha() for wording in item.wordings)


def _pairs(text: str) -> tuple[str, ...]:
    folded = fold(text).lower()
    pairs = dict.fromkeys(folded[at : at + 2] for at in range(len(folded) - 1))
    return tuple(pair for pair in pairs if all(CHINESE.match(c) and c not in ASKING_CHARACTERS for c in pair))


def _names_so_many(text: str, number: int) -> bool:
    """Whether a stretch without a comma lists so many things: 土、肥、水 are three, 银河和曙光 two."""
    for chain in CHAIN.finditer(text):
        parts = chain.group().split("、")
        if len(parts) + (1 if JOINED.search(parts[-1]) else 0) >= number:
            return True
    return False
