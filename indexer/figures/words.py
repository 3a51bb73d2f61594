"""Words with their parts of speech, for finding noun phrases around a number.

The tagger is rjieba, jieba's dictionary and algorithm in compiled code: all of a report is tagged, and jieba's own tagger
would take most of the time of indexing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import rjieba

_GROUP: Final = re.compile(r"“[^“”\n]{1,20}”|\([^()\n]{1,20}\)")  # “讲故事、学理论”, (省级财政资金)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of folded text with its place there and its tag (jieba's: n noun, v verb, vn verbal noun, x other …)."""

    text: str
    tag: str
    start: int
    end: int


def tag_words(text: str, start: int, end: int) -> list[Word]:
    """The words of `text[start:end]`, tiling it; a short quotation is one noun, a short bracket one mark."""
    words: list[Word] = []
    position = start
    for group in _GROUP.finditer(text, start, end):
        words.extend(_tagged(text, position, group.start()))
        words.append(Word(group[0], "n" if group[0][0] == "“" else "x", group.start(), group.end()))
        position = group.end()
    words.extend(_tagged(text, position, end))
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
