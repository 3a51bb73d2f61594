"""Words with their parts of speech, for finding noun phrases around a number.

The tagger is rjieba, jieba's dictionary and algorithm in compiled code: all of a report is tagged, and jieba's own
tagger would take most of the time of indexing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import rjieba

_GROUP: Final = re.compile(r"“[^“”\n]{1,20}”|\([^()\n]{1,20}\)")  # “讲故事、学理论”, (省级财政资金)

_AGAINST: Final = frozenset({"同比", "环比"})
_RATE_AND: Final = frozenset({"率为", "率达", "率约", "率超"})


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
    tagged = rjieba.tag(text[start:end])
    for index, (word, tag) in enumerate(tagged):
        stop = start + len(word)
        if word in _RATE_AND and words and _names(words[-1]):  # 接入|率为
            words[-1] = Word(f"{words[-1].text}率", "n", words[-1].start, start + 1)
            words.append(Word(word[1:], "v", start + 1, stop))
        elif word[:2] in _AGAINST and len(word) > 2:  # 同比增加, taken for a name
            words.extend((Word(word[:2], "d", start, start + 2), Word(word[2:], "v", start + 2, stop)))
        elif words and _joins(words[-1], word, tagged[index + 1][0] if index + 1 < len(tagged) else ""):
            kind = "b" if word == "支配" else "n"
            words[-1] = Word(f"{words[-1].text}{word}", kind, words[-1].start, stop)
        else:
            words.append(Word(word, tag, start, stop))
        start = stop
    return words


def _joins(previous: Word, word: str, following: str) -> bool:
    """Whether a word was cut off the one before: 可|支配收入, 安装|率, 市场监管|所, 生产|安全."""
    if word == "支配":
        return previous.text == "可"
    if word == "率":
        return _names(previous)
    if previous.text == "生产" and word.startswith("安全"):  # 生产安全事故: not 安全事故 that is produced
        return True
    return word == "所" and previous.tag.startswith("n") and not ("一" <= following[:1] <= "龥")


def _names(word: Word) -> bool:
    return len(word.text) > 1 and word.tag[0] not in "xmt" and word.text[-1].isalpha()
