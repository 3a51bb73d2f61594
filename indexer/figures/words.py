"""Words with their parts of speech, for finding noun phrases around a number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import rjieba

LONGEST_QUOTED: Final = 20  # characters between quotation marks that are one word: “讲故事、学理论”


@dataclass(frozen=True, slots=True)
class Word:
    """A word of folded text with its place there and its tag (jieba's: n noun, v verb, vn verbal noun, x other …)."""

    text: str
    tag: str
    start: int
    end: int


def tag_words(text: str, start: int, end: int) -> list[Word]:
    """The words of `text[start:end]`, tiling it; a short quotation is one noun, with its marks."""
    words: list[Word] = []
    position = start
    while position < end:
        opening = text.find("“", position, end)
        closing = text.find("”", opening, min(end, opening + LONGEST_QUOTED + 2)) if opening >= 0 else -1
        if closing < 0:
            words.extend(_tagged(text, position, end))
            break
        words.extend(_tagged(text, position, opening))
        words.append(Word(text[opening : closing + 1], "n", opening, closing + 1))
        position = closing + 1
    return words


def _tagged(text: str, start: int, end: int) -> list[Word]:
    words: list[Word] = []
    for word, tag in rjieba.tag(text[start:end]):
        if word == "支配" and words and words[-1].text == "可":  # 可支配收入
            words[-1] = Word("可支配", "b", words[-1].start, start + len(word))
            start += len(word)
            continue
        words.append(Word(word, tag, start, start + len(word)))
        start += len(word)
    return words
