"""Text pairs that belong together, read from the training folder; the held-out year is kept out of every one."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

HELD_OUT_YEAR = 2021
MOST_CHARACTERS = 320  # of a text that is trained on; a mean of word vectors learns little from more
SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]*")
NOT_WORD = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts that mean the same, or of which one is about the other."""

    first: str
    second: str


@dataclass(frozen=True, slots=True)
class PairSet:
    """Pairs of one kind, with the number of times that each of them is shown in one epoch."""

    name: str
    pairs: tuple[Pair, ...]
    repeat: int = 1

    def __len__(self) -> int:
        return len(self.pairs) * self.repeat


class HeldOut:
    """The sentence pairs of the year that is left out of training, and the test whether a text repeats one of them."""

    def __init__(self, rows: Iterable[dict[str, str]]) -> None:
        self.pairs = tuple(Pair(row["en"], row["zh"]) for row in rows)
        self._seen = {squeeze(text) for pair in self.pairs for text in (pair.first, pair.second)}
        self._seen |= {squeeze(part) for pair in self.pairs for part in SENTENCE.findall(pair.second)}
        self._seen = {text for text in self._seen if len(text) >= 8}

    def holds(self, text: str) -> bool:
        """Whether `text`, or one of its sentences, is a text of the held-out year."""
        return squeeze(text) in self._seen or any(squeeze(part) in self._seen for part in SENTENCE.findall(text))


def squeeze(text: str) -> str:
    """`text` in lower case without anything but letters and digits: how two copies of one text are recognised."""
    return NOT_WORD.sub("", text).lower()


def read_rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a `.jsonl.gz` file; the year, where there is one, stays a number."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def read_held_out(folder: Path) -> HeldOut:
    """The year of `gov_zh_en` that is left out of training."""
    return HeldOut(row for row in read_rows(folder / "gov_zh_en.jsonl.gz") if int(row["year"]) == HELD_OUT_YEAR)


def read_translations(path: Path, held_out: HeldOut) -> tuple[Pair, ...]:
    """English and Chinese sentences of a file with `zh` and `en`, without those of the held-out year."""
    rows = (row for row in read_rows(path) if int(row.get("year", 0)) != HELD_OUT_YEAR)
    return keep(((row["en"], row["zh"]) for row in rows), held_out)


def read_queries(path: Path, held_out: HeldOut) -> tuple[Pair, ...]:
    """Questions or titles and the passages that belong to them, of a file with `query` and `passage`."""
    return keep(((row["query"], row["passage"]) for row in read_rows(path)), held_out)


def keep(texts: Iterable[tuple[str, str]], held_out: HeldOut) -> tuple[Pair, ...]:
    """The pairs that have two different texts, cut to a usable length, and no text of the held-out year."""
    cut = ((first[:MOST_CHARACTERS].strip(), second[:MOST_CHARACTERS].strip()) for first, second in texts)
    return tuple(
        Pair(first, second)
        for first, second in cut
        if first and second and first != second and not held_out.holds(first) and not held_out.holds(second)
    )


def sample(pairs: tuple[Pair, ...], count: int, random: Random) -> tuple[Pair, ...]:
    """At most `count` of the pairs, chosen by `random`."""
    return pairs if len(pairs) <= count else tuple(random.sample(pairs, count))
