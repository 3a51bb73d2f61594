"""The tokenizer of the bundled model: Chinese words and characters, English stems and endings, by how often they occur.

No learning by chance or in parallel: the same counts give the same tokenizer. A text is cut into the pieces that are
together the most probable (Unigram), which for Chinese is what a segmenter does.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

UNKNOWN: Final = "[UNK]"
ENGLISH_STEMS: Final = 8_000
ENGLISH_FRAGMENTS: Final = 800  # beginnings and ends of stems, for words that have no stem of their own
NUMBERS: Final = 1_000
RAREST_CHARACTER: Final = 20  # occurrences
ENGLISH_WORD: Final = re.compile(r"[a-z]+")
ENDING: Final = re.compile(r"(?:ations?|ments?|ings?|ions?|ers?|ies|ed|es|ly|s|e|y)?$")
SHORTEST_STEM: Final = 4
CHINESE_WORD: Final = re.compile(r"[一-鿿]{2,}")


def count_words(texts: Iterable[str], cut: Callable[[str], list[str]]) -> Counter[str]:
    """How often each word that `cut` finds occurs in the texts, after the tokenizer's own normalisation."""
    normal = _normalizer()
    counts: Counter[str] = Counter()
    for text in texts:
        for word in cut(normal.normalize_str(text)):
            counts.update(ENGLISH_WORD.findall(word) or [word])
    return counts


def make_tokenizer(counts: Mapping[str, int], *, pieces: int = 32_000) -> Tokenizer:
    """A Unigram tokenizer of at most `pieces` pieces. NFKC and lower case; scripts, spaces and digits part words."""
    english = _shares(_english_pieces(counts))
    others = _shares(_other_pieces(counts, pieces - 1 - len(english)))
    tokenizer = Tokenizer(models.Unigram([(UNKNOWN, 0.0), *others, *english], unk_id=0, byte_fallback=False))
    tokenizer.normalizer = _normalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.UnicodeScripts(), pre_tokenizers.Whitespace(), pre_tokenizers.Digits(individual_digits=False)]
    )
    return tokenizer


def stem_and_ending(word: str) -> tuple[str, str]:
    """An English word in two: stabiliz-ing, stabiliz-e, stabiliz-ation. A word without a known ending has "" there."""
    match = ENDING.search(word, min(SHORTEST_STEM, len(word)))
    at = match.start() if match else len(word)
    return word[:at], word[at:]


def _normalizer() -> normalizers.Normalizer:
    return normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])


def _english_pieces(counts: Mapping[str, int]) -> Counter[str]:
    """Letters, the most common stems with all endings, and fragments of stems; rare fragments cost more."""
    stems: Counter[str] = Counter()
    endings: Counter[str] = Counter()
    for word, count in counts.items():
        if ENGLISH_WORD.fullmatch(word):
            stem, ending = stem_and_ending(word)
            stems[stem] += count
            endings[ending] += count
    fragments: Counter[str] = Counter()
    for stem, count in stems.items():
        for fragment in _ends(stem):
            fragments[fragment] += count
    found = Counter(dict(_top(stems, ENGLISH_STEMS)))
    for fragment, count in _top(fragments, ENGLISH_FRAGMENTS):
        found.setdefault(fragment, max(1, count // 100))
    for ending, count in endings.items():
        if ending:
            found[ending] += count
    for letter in "abcdefghijklmnopqrstuvwxyz":
        found.setdefault(letter, 1)
    return found


def _ends(stem: str) -> Iterator[str]:
    for length in range(2, min(6, len(stem))):
        yield stem[:length]
        yield stem[-length:]


def _other_pieces(counts: Mapping[str, int], room: int) -> Counter[str]:
    """Every character that is not rare, the commonest numbers, and as many Chinese words as there is room for."""
    characters: Counter[str] = Counter()
    for word, count in counts.items():
        if not ENGLISH_WORD.fullmatch(word):
            for character in word:
                characters[character] += count
    found = Counter({character: count for character, count in characters.items() if count >= RAREST_CHARACTER})
    numbers = Counter({word: count for word, count in counts.items() if word.isdigit() and 1 < len(word) <= 4})
    found.update(dict(_top(numbers, NUMBERS)))
    words = Counter({word: count for word, count in counts.items() if CHINESE_WORD.fullmatch(word)})
    found.update(dict(_top(words, room - len(found))))
    return found


def _top(counts: Counter[str], most: int) -> list[tuple[str, int]]:
    """The `most` largest counts; equal ones in the order of their words."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most]


def _shares(counts: Counter[str]) -> list[tuple[str, float]]:
    """The logarithm of each piece's share of all, the largest first."""
    total = counts.total()
    return [(piece, math.log(count / total)) for piece, count in _top(counts, len(counts))]
