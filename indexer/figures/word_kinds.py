"""What a word is to a noun phrase: a noun or part of one, a verb."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from indexer.figures.words import Word

_NOUN_TAGS: Final = ("n", "vn", "a", "b", "j", "l", "k", "i", "s", "g", "z", "eng", "f", "h", "q")
_SUFFIXES: Final = frozenset("率度量额费值数类户")  # what jieba cuts off a name: 安全隐患|率
_ATTRIBUTES: Final = frozenset(
    ("日常", "专项", "集中", "定期", "常态化", "一般", "公共", "综合", "长期", "新型", "特别", "自主")
)
EACH: Final = "每"
_OTHERS: Final = frozenset({"其他", "其它"})


def is_noun(word: Word) -> bool:
    """Whether the word may be part of a noun phrase: nouns, attributes, abbreviations, 率 and 类."""
    if word.tag.startswith(_NOUN_TAGS):
        return any(map(str.isalnum, word.text))
    return (
        word.text in _SUFFIXES
        or word.text in _ATTRIBUTES
        or word.text in _OTHERS
        or (word.tag == "r" and word.text[:1] == "各" and len(word.text) > 1)
    )


def is_verb(word: Word) -> bool:
    """Whether the word is a verb; one that is also a noun (vn) is none."""
    return word.tag.startswith("v") and word.tag != "vn"


def parallel_verbs(words: Sequence[Word]) -> bool:
    """Whether the words are a noun with two verbs that 与 joins: 农机 购置 与 应用."""
    return len(words) == 4 and is_noun(words[0]) and words[1].tag[0] == words[3].tag[0] == "v"


def is_base_of_a_rate(words: Sequence[Word], index: int) -> bool:
    """Whether the word is the unit of what a number is told for: 小麦每50公斤."""
    behind = words[max(0, index - 2) : index]
    return words[index].tag == "q" and [word.text == EACH or word.tag for word in behind] == [True, "m"]
