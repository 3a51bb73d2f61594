"""Words with their parts of speech, for finding noun phrases around a number.

The tagger is rjieba, jieba's dictionary and algorithm in compiled code: all of a report is tagged, and jieba's own
tagger would take most of the time of indexing.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import rjieba

_GROUP: Final = re.compile(r"“[^“”\n]{1,20}”|\([^()\n]{1,20}\)")  # “讲故事、学理论”, (省级财政资金)

_AGAINST: Final = frozenset({"同比", "环比"})
_RATE_AND: Final = frozenset({"率为", "率达", "率约", "率超", "率均"})
_SHARE_AND: Final = frozenset({"比达", "比为", "比超"})
_ROMAN: Final = re.compile(r"[Ⅰ-ⅿ]+")
_PRESSED: Final = "摩揭键钮语"  # 按摩, 按揭: words of their own
_FREQUENT: Final = 20_000  # enough for a word to be kept whole
_RUNS: Final = ("增", "发展", "推", "运", "建", "通")  # 高速增长, 高速推进: no road


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
    tagged, own = _tagger().tag(text[start:end]), _own_tags()
    for index, (word, tag) in enumerate(tagged):
        stop = start + len(word)
        if word in _RATE_AND and words and _names(words[-1]):  # 接入|率为
            words[-1] = Word(f"{words[-1].text}率", "n", words[-1].start, start + 1)
            words.append(Word(word[1:], "v", start + 1, stop))
        elif word in _SHARE_AND and words and words[-1].text == "占":  # 占|比达
            words[-1] = Word("占比", "n", words[-1].start, start + 1)
            words.append(Word(word[1:], "v", start + 1, stop))
        elif _opens_with_preposition(words, word, tag):
            words.extend((Word(word[0], "p", start, start + 1), Word(word[1:], "n", start + 1, stop)))
        elif word[:2] in _AGAINST and len(word) > 2:  # 同比增加, taken for a name
            words.extend((Word(word[:2], "d", start, start + 2), Word(word[2:], "v", start + 2, stop)))
        elif words and _joins(words[-1], word, tagged[index + 1][0] if index + 1 < len(tagged) else ""):
            kind = {"支配": "b", "类": "b", "性": "b"}.get(word, "n")
            words[-1] = Word(f"{words[-1].text}{word}", kind, words[-1].start, stop)
        else:
            kind = "eng" if _ROMAN.fullmatch(word) else own.get(word, tag)  # Ⅲ|类桥
            words.append(Word(word, kind, start, stop))
        start = stop
    return words


@cache
def _own_tags() -> Mapping[str, str]:
    """The words of reports with their tags (lexicon/tagged_words.toml)."""
    source = tomllib.loads((files("indexer.lexicon") / "tagged_words.toml").read_text(encoding="utf-8"))
    return MappingProxyType({word: tag for tag, words in source.items() for word in words.split()})


@cache
def _tagger() -> rjieba.Jieba:
    """The tagger, which keeps the words of reports whole; the tags of those it knows already stay its own."""
    import rjieba  # slow to load, and not needed to answer

    tagger = rjieba.Jieba()
    for word, tag in _own_tags().items():
        tagger.add_word(word, _FREQUENT, tag)
    return tagger


def _opens_with_preposition(before: Sequence[Word], word: str, tag: str) -> bool:
    """Whether the tagger took a preposition for the head of a name: 在城镇, (集中)于路|灯, (补助)按县|道."""
    if word[0] == "在":
        return tag[:2] == "nr" and len(word) > len("在城")
    if not before or len(word) < 2 or tag[0] != "n":
        return False
    return (word[0] == "于" and before[-1].tag == "v") or (word[0] == "按" and word[1] not in _PRESSED)


def _joins(previous: Word, word: str, following: str) -> bool:
    """Whether a word was cut off the one before: 可|支配收入, 安装|率, 市场监管|所, 生产|安全, 疏导|点, 补贴|性."""
    if word == "支配":
        return previous.text == "可"
    if word == "率":
        return _names(previous)
    if word == "点":
        return _names(previous) and not ("一" <= following[:1] <= "龥")
    if word in {"类", "性"}:
        return _names(previous) and previous.tag[0] in "nv" and "一" <= following[:1] <= "龥"
    if word == "高速":
        return previous.tag[0] == "n" and not following.startswith(_RUNS)
    if previous.text == "生产" and word.startswith("安全"):  # 生产安全事故: not 安全事故 that is produced
        return True
    return word == "所" and previous.tag.startswith("n") and not ("一" <= following[:1] <= "龥")


def _names(word: Word) -> bool:
    return len(word.text) > 1 and word.tag[0] not in "xmt" and word.text[-1].isalpha()
