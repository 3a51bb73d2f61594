"""A Chinese–English dictionary as a source of pairs: glosses of a word, and words that share a gloss."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from random import Random

BRACKETED = re.compile(r"\([^)]*\)|\[[^\]]*\]")
LEADING = re.compile(r"^(?:to be |to |an? |the |lit\. |fig\. |abbr\. for )+")
USELESS = re.compile(r"\b(?:variant of|surname|classifier for|see also|see \w+|used in|old name|CL:)|[一-鿿|]")
MOST_WORDS = 5  # longer glosses explain instead of translating
MOST_SHARING = 12  # a gloss shared by more words is too vague to make them synonyms


class Dictionary:
    """Glosses by Chinese word, and words by gloss. Glosses are cleaned: no brackets, articles or leading "to"."""

    def __init__(self, entries: Iterable[tuple[str, str]]) -> None:
        glosses: defaultdict[str, list[str]] = defaultdict(list)
        for word, written in entries:
            gloss = clean(written)
            if gloss and gloss not in glosses[word]:
                glosses[word].append(gloss)
        self.glosses: Mapping[str, list[str]] = {word: found for word, found in glosses.items() if found}
        self._longest = max(map(len, self.glosses), default=1)
        self._sharing: defaultdict[str, list[str]] = defaultdict(list)
        for word, found in self.glosses.items():
            for gloss in found:
                self._sharing[gloss].append(word)

    def pieces(self, word: str) -> list[str]:
        """`word`, or, where the dictionary lacks it, the longest headwords it is made of, from the left."""
        if word in self.glosses or word.isascii():
            return [word]
        found, start = [], 0
        while start < len(word):
            ends = range(min(len(word), start + self._longest), start + 1, -1)
            end = next((end for end in ends if word[start:end] in self.glosses), start + 1)
            found.append(word[start:end])
            start = end
        return found

    def gloss(self, word: str, random: Random) -> str | None:
        """One gloss of `word`, the first as often as all the others together; None where it has none."""
        found = self.glosses.get(word)
        if found is None:
            return None
        return found[0] if random.random() < 0.5 else random.choice(found)

    def synonyms(self, word: str, in_use: Set[str]) -> list[str]:
        """The other words of `in_use` that share a gloss with `word`, those that share more glosses more often."""
        found = []
        for gloss in self.glosses.get(word, ()):
            sharing = self._sharing[gloss]
            if len(sharing) <= MOST_SHARING:
                found += [other for other in sharing if other != word and other in in_use]
        return found


def clean(gloss: str) -> str:
    """The gloss without brackets, articles and "to"; "" where it explains instead of translating."""
    if USELESS.search(gloss):
        return ""
    bare = LEADING.sub("", BRACKETED.sub(" ", gloss).strip()).strip(" ,.;")
    bare = " ".join(bare.split())
    return bare if 0 < len(bare.split()) <= MOST_WORDS else ""
