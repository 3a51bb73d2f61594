"""What a question asks about, as concepts: each word with the wordings that may stand for it, and how much it tells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.matching import Wanted, Wording
from assistant.types import Concept
from assistant.unit_nouns import without_unit_noun
from indexer.figures.numbers import parse_chinese
from indexer.lexicon.terms import SAME, Lexicon
from indexer.segment import Segmenter

COMMON, RARE = 7.0, 15.0  # information (nats) of a word as frequent as 发展, and of one hardly ever seen
LEAST_WEIGHT = 0.15
CLOSE = 0.8  # a wording that stands so well for the word tells as much as it
LONG_WORD, LONG_WORD_WEIGHT = 3, 0.4  # a long word tells much, however often it is said: 高速公路
SINGLE_CHARACTER_WEIGHT = 0.15  # a lone character tells little: it stands in many words
UNKNOWN_WEIGHT = 0.4  # a longer word that no dictionary holds may be a name
UNIT_SAID = 0.85  # how well a noun stands for it and a noun that its unit says: 出口 for 出口额
MISCUT = 2  # characters that the segmenter joins by guessing where nobody knows them as a word
UNTRANSLATED_WEIGHT = 0.12  # an English word the glossary does not hold can only be matched by meaning

COUNTED = re.compile(r"(?P<number>[一二两三四五六七八九十百]+)(?P<unit>[岁年层台条度头亩户吨斤人])")
AGE, THINGS = "岁", "头亩户吨斤人"


def find_concepts(subject: str, lexicon: Lexicon, segmenter: Segmenter) -> tuple[Concept, ...]:
    """The concepts of a question's subject (folded), in reading order, each once."""
    words = [piece for token in segmenter.tokens(subject) for piece in _known_pieces(token.word, segmenter)]
    groups = lexicon.expand(subject, words)
    english = {match.chinese[0][0]: match.english.lower() for match in lexicon.english_to_chinese(subject)}
    heads = [group[0][0] for group in groups]
    found: dict[str, Concept] = {}
    for group in groups:
        word = english.get(group[0][0], group[0][0])
        inner = len(group) == 1 and any(word != head and word in head for head in heads)
        if not inner and word not in found:
            said = (*group, *_in_digits(word))
            is_verb = lexicon.is_verb(next((text for text, _ in group if not text.isascii()), word))
            weight = _weight(word, said, segmenter, is_saying=not is_verb and word in lexicon.sayings)
            found[word] = Concept(word, said, weight, is_verb, _official(word, said, lexicon))
    return tuple(found.values())


def _official(word: str, said: Sequence[tuple[str, float]], lexicon: Lexicon) -> str:
    """The likeliest word of reports for an everyday or English one; empty where there is none."""
    if not word.isascii() and word.replace(" ", "") not in lexicon.sayings:
        return ""
    return next((text for text, weight in said if weight >= CLOSE and text != word and not text.isascii()), "")


def _in_digits(word: str) -> Sequence[tuple[str, float]]:
    """A Chinese number with its unit as reports write it: 六十岁 → 60岁, 60周岁; of one thing also for each: 一头 → 每头."""
    match = COUNTED.fullmatch(word)
    value = parse_chinese(match["number"]) if match else None
    if match is None or value is None:
        return ()
    unit = match["unit"]
    if unit in THINGS:
        return ((f"每{unit}", CLOSE),) if value == 1 else ()
    return tuple((f"{value}{form}", SAME) for form in ((unit, f"周{unit}") if unit == AGE else (unit,)))


def make_wanted(concepts: Sequence[Concept], segmenter: Segmenter) -> tuple[Wanted, ...]:
    """The concepts made ready to be looked for in folded text."""
    return tuple(
        Wanted(concept, tuple(_wordings(concept, segmenter)), segmenter.ends_longer_word) for concept in concepts
    )


def _known_pieces(word: str, segmenter: Segmenter) -> Sequence[str]:
    """The word itself; of two characters that no dictionary holds together, each: 猪要 in 一头猪要赔多少 is no word."""
    return word if len(word) == MISCUT and not word.isascii() and not segmenter.knows(word) else (word,)


def _wordings(concept: Concept, segmenter: Segmenter) -> list[Wording]:
    stated = [
        Wording(text, segmenter.pieces(text) if len(text) > 2 and not text.isascii() else (), weight)
        for text, weight in concept.alternatives
    ]
    close = [(without_unit_noun(text), weight) for text, weight in concept.alternatives if weight >= CLOSE]
    told = {text for text, _ in concept.alternatives}
    return [
        *stated,
        *(
            Wording(stem, (), UNIT_SAID * weight, needs_number=True)
            for stem, weight in close
            if stem and stem not in told
        ),
    ]


def _weight(word: str, group: Sequence[tuple[str, float]], segmenter: Segmenter, *, is_saying: bool) -> float:
    """How much the concept tells: the rarer its commonest close wording, the more; of a saying (娃) what it stands for."""
    if group[0][0].isascii() and word.isalpha() and len(group) == 1:
        return UNTRANSLATED_WEIGHT
    if len(word) == 1 and not is_saying:
        return SINGLE_CHARACTER_WEIGHT
    if len(group) == 1 and not segmenter.knows(group[0][0]):
        return UNKNOWN_WEIGHT
    told = [text for text, weight in group[:3] if (weight >= CLOSE or text == word) and len(text) > 1]
    if not told:
        return SINGLE_CHARACTER_WEIGHT
    information = min(segmenter.information(text) for text in told)
    least = LONG_WORD_WEIGHT if len(word) >= LONG_WORD and not word.isascii() else LEAST_WEIGHT
    return max(least, min(1.0, (information - COMMON) / (RARE - COMMON)))
