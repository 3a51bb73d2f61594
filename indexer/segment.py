"""Segmentation (分词): the words of a text, for the keyword index and for matching.

The segmenter is jieba, in an instance of our own with a user dictionary of the field: nothing is shared with jieba's
global tokenizer, and no cache file is left in the temporary folder.
"""

from __future__ import annotations

import hashlib
import logging
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Final

import jieba

from indexer.fold import fold
from indexer.lexicon.tables import read_sections
from indexer.recent import Recent

LEXICON: Final = Path(__file__).parent / "lexicon"
LONGEST_PIECE: Final = 3  # characters; a longer word is looked for by its parts too
MODIFIERS: Final = frozenset("总全共新老旧各大小该本")  # in front of a word, they leave it what it is
USER_WORDS: Final = "user_words.txt"
STOPWORDS: Final = "stopwords.txt"  # its section [index]
KEPT: Final = 50_000  # short texts whose pieces are kept: the subjects of figures come again and again


@dataclass(frozen=True, slots=True)
class Token:
    """A word with its place in the text; `word` is folded and lower-cased, the offsets are those of the text."""

    word: str
    start: int
    end: int


class Segmenter:
    """Cuts text into words with the general dictionary, the words of the field and `extra_words`."""

    def __init__(self, extra_words: Iterable[str] = ()) -> None:
        own = (fold(word).strip().lower() for word in extra_words)
        self._words = tuple(sorted({*read_user_words(), *own} - {""}))
        self._function_words = read_sections(LEXICON / STOPWORDS)["index"]
        self._jieba = _open_jieba()
        known = self._jieba.FREQ
        self._own = frozenset(word for word in self._words if not known.get(word))  # what only the field says
        for word in self._words:
            if not known.get(word):
                self._jieba.add_word(word)
        self._pieces: Recent[str, tuple[str, ...]] = Recent(KEPT)

    def tokens(self, text: str) -> list[Token]:
        """The words of `text` in order, punctuation included, blank space left out; they do not overlap."""
        found = self._jieba.tokenize(_lower(fold(text)))
        return [Token(word, start, end) for word, start, end in found if not word.isspace()]

    def terms(self, text: str) -> list[str]:
        """The words to index or to search by: folded, lower-cased, long ones also by the words within them.

        Punctuation and function words are left out; a word that occurs twice is listed twice.
        """
        found = self._jieba.cut_for_search(_lower(fold(text)))
        return [word for word in found if word not in self._function_words and any(map(str.isalnum, word))]

    def pieces(self, text: str) -> tuple[str, ...]:
        """The short words of `text` in order, without function words: 老旧小区改造 is 老旧, 小区, 改造."""
        found = self._pieces.get(text)
        if found is None:
            found = tuple(self._cut_small(text))
            self._pieces.put(text, found)
        return found

    def _cut_small(self, text: str) -> list[str]:
        found: list[str] = []
        for token in self.tokens(text):
            if token.word not in self._function_words and any(map(str.isalnum, token.word)):
                found += self._split(token.word) if len(token.word) > LONGEST_PIECE else [token.word]
        return found

    def information(self, word: str) -> float:
        """How much the word tells: Shannon's information −ln p in nats by jieba's word counts (about 3 to 18)."""
        count = self._jieba.FREQ.get(word, 0)
        return -math.log((count + 1) / (self._jieba.total + 1))

    def knows(self, word: str) -> bool:
        """Whether jieba's dictionary or the words of the field hold the word."""
        return bool(self._jieba.FREQ.get(word))

    def ends_longer_word(self, text: str, start: int, end: int) -> bool:
        """Whether text[start:end] begins within another word, as 出口 and 出口总额 do in 进出口总额; 总产值 is still 产值."""
        if start == 0 or end - start < 2 or text[start - 1] in MODIFIERS:
            return False
        longer = text[start - 1 : start + 2]
        return bool(self._jieba.FREQ.get(longer)) and longer not in self._own

    def _split(self, word: str) -> list[str]:
        """A long word cut, from the left, into the longest known words shorter than itself."""
        if word.isascii():
            return [word]
        found, at = [], 0
        while at < len(word):
            sizes = range(min(LONGEST_PIECE, len(word) - at), 0, -1)
            size = next((size for size in sizes if self._jieba.FREQ.get(word[at : at + size])), 1)
            found.append(word[at : at + size])
            at += size
        return found

    @cached_property
    def fingerprint(self) -> str:
        """Names the segmenter, its version and its word lists: equal where the same text gives the same terms."""
        material = "\n".join([*self._words, "", *sorted(self._function_words)]).encode()
        return f"jieba-{version('jieba')}-{hashlib.sha256(material).hexdigest()[:12]}"


def _open_jieba() -> jieba.Tokenizer:
    """A tokenizer of our own with jieba's dictionary; its cache, which anyone could have written, is never read."""
    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    with tokenizer.get_dict_file() as file:
        cells = file.read().decode("utf-8").split()
    tokenizer.FREQ, tokenizer.total = _counted(cells[0::3], [int(count) for count in cells[1::3]])
    tokenizer.initialized = True
    return tokenizer


def _counted(words: Sequence[str], counts: Sequence[int]) -> tuple[dict[str, int], int]:
    """The count of each word, 0 for what only begins one, and the sum: as `jieba.Tokenizer.gen_pfdict`, in half the time."""
    known: dict[str, int] = {}
    longer, size = words, 0
    while longer:
        size += 1
        longer = [word for word in longer if len(word) > size]
        known.update(dict.fromkeys({word[:size] for word in longer}, 0))
    known.update(zip(words, counts, strict=True))
    return known, sum(counts)


def read_user_words() -> list[str]:
    """The words of the field in `lexicon/user_words.txt`, one a line, folded and lower-cased; `#` begins a comment."""
    lines = (LEXICON / USER_WORDS).read_text(encoding="utf-8").splitlines()
    words = (line.partition("#")[0].strip() for line in lines)
    return [fold(word).lower() for word in words if word]


def _lower(text: str) -> str:
    """`text` in lower case at the same length: the few capitals whose small form is longer stay."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
