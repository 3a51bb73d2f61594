"""The words of follow-up questions (lexicon/followups.toml), ready to be looked for."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Self

Patterns = Mapping[str, re.Pattern[str]]


@dataclass(frozen=True, slots=True)
class FollowUpWords:
    """The groups of the file: marks of a follow-up, times, what is asked, and words that a follow-up changes."""

    marks: Patterns
    time: Patterns
    ask: Patterns
    words: Patterns

    @classmethod
    def load(cls) -> Self:
        """The words that ship with the product."""
        source = tomllib.loads((files("indexer") / "lexicon" / "followups.toml").read_text(encoding="utf-8"))
        return cls(**{group: {name: _compile(lines) for name, lines in source[group].items()} for group in source})

    def said(self, text: str) -> str:
        """What a follow-up says without the words that only mark it as one."""
        before = ""
        while before != text:
            before = text
            lead = self.marks["lead"].match(text)
            text = text[lead.end() :] if lead and lead.end() < len(text) else text
            text = self.marks["tail"].sub("", text).strip()
        return text

    def is_marked(self, text: str) -> bool:
        """Whether the text shows by its words that it follows another question: 那…, …呢, And …"""
        return bool(self.marks["lead"].match(text)) or text.rstrip("？?。.!！ ").endswith("呢")


def _compile(lines: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{line})" for line in lines), re.IGNORECASE)
