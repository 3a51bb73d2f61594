"""The word lists that decide what a figure counts (lexicon/subjects.toml)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class SubjectWords:
    """The word lists of lexicon/subjects.toml."""

    reach: frozenset[str]
    stop: frozenset[str]
    nominal: frozenset[str]
    relational: frozenset[str]
    attributive: frozenset[str]
    relating: frozenset[str]
    standing: frozenset[str]
    governing: frozenset[str]
    edges: frozenset[str]
    scopes: frozenset[str]
    pairs: frozenset[str]
    halves: frozenset[str]

    @classmethod
    def load(cls) -> SubjectWords:
        """The lists that ship with the product."""
        source = tomllib.loads((files("indexer.lexicon") / "subjects.toml").read_text(encoding="utf-8"))
        lists = {name: frozenset(words.split()) for name, words in source.items()}
        return cls(**lists)
