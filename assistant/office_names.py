"""The offices of Chinese governments by the names that people call them, in Chinese and in English."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import as_file, files
from typing import Final, Self

from indexer.lexicon.inflection import FUNCTION_WORDS, english_words
from indexer.lexicon.tables import read_rows, split_cell

IDLE: Final = re.compile(r"监督|管理|监管|[和与及]|委员会(?=$)")  # what an office's short name leaves out
KINDS: Final = (
    "bureau", "department", "commission", "committee", "office", "administration", "authority", "ministry", "agency",
    "board", "brigade", "detachment", "federation",
)  # fmt: skip
LEVEL_WORDS: Final = frozenset(
    ("city", "county", "district", "municipal", "provincial", "prefectural", "township", "town", "local", "banner")
)


@dataclass(frozen=True, slots=True)
class OfficeNames:
    """All names of offices (lexicon/offices.tsv), by the key that the names of one office share."""

    chinese: Mapping[str, tuple[str, ...]]  # key → other names
    english: Mapping[str, tuple[str, ...]]  # key → names without bureau

    @classmethod
    def load(cls) -> Self:
        """The names that ship with the product."""
        chinese: dict[str, tuple[str, ...]] = {}
        english: dict[str, tuple[str, ...]] = {}
        with as_file(files("indexer") / "lexicon" / "offices.tsv") as path:
            rows = read_rows(path, 3)
        for official, others, called in rows:
            names = (official, *split_cell(others))
            for key in {office_key(name) for name in names}:
                chinese[key], english[key] = names, split_cell(called)
        return cls(chinese, english)

    def in_english(self, key: str) -> set[tuple[str, ...]]:
        """How English names the office: its words by their stems, without of and the (bureau, finance)."""
        found = set()
        for name in self.english.get(key, ()):
            words = stems_of(name)
            for kind in KINDS:
                kind_stem = stems_of(kind)
                found |= {words + kind_stem, kind_stem + words}
        return found


def office_key(name: str) -> str:
    """Equal for the long and the short name of one office: 市场监督管理局, 市场监管局."""
    return IDLE.sub("", name)


def stems_of(text: str) -> tuple[str, ...]:
    """The stems of the words of an English text, without function words."""
    return tuple(word.stem for word in english_words(text) if word.form not in FUNCTION_WORDS)
