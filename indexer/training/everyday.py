"""Pairs out of hand-written tables: indicators of reports and the ways in which people ask for them; the lexicon."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random
from typing import Final

from indexer.lexicon.indicators import Indicator
from indexer.lexicon.tables import read_rows, split_cell
from indexer.training.made import Texts

LEXICON: Final = Path(__file__).parents[1] / "lexicon"
KEPT_OUT: Final = 5  # one indicator of so many is not trained on, so that something is left to measure by
ASKED: Final = ("{}", "{}", "{}有多少", "{}是多少？", "多少{}", "一共{}多少", "{}多少{unit}？")
ASKED_IN_ENGLISH: Final = ("{}", "{}", "how many {}?", "what was the {}?", "how much {}")
QUESTIONING: Final = ("多少", "几", "什么", "多大", "多长", "how ", "what ", "which ")
STATED: Final = (
    "{official}{number}{unit}",
    "{official}达{number}{unit}",
    "{official}共{number}{unit}",
    "{number}{unit}{official}",
)


def trained_on(indicators: Iterable[Indicator]) -> list[Indicator]:
    """The indicators without those kept for measuring, which a hash of their names chooses."""
    return [item for item in indicators if not is_kept_out(item)]


def is_kept_out(item: Indicator) -> bool:
    """Whether the indicator is kept for measuring."""
    return zlib.crc32(item.official.encode()) % KEPT_OUT == 0


def asked_in_chinese(indicators: Iterable[Indicator], random: Random) -> Iterator[Texts]:
    """Each everyday phrasing as a question, with its indicator: bare, and as a report states it."""
    for item in indicators:
        for phrase in item.everyday:
            yield _asked(phrase, item, ASKED, random), item.official
            yield _asked(phrase, item, ASKED, random), _stated(item, random)


def asked_in_english(indicators: Iterable[Indicator], random: Random) -> Iterator[Texts]:
    """The same in English, and each English phrasing with an everyday Chinese one."""
    for item in indicators:
        for phrase in item.english:
            yield _asked(phrase, item, ASKED_IN_ENGLISH, random), item.official
            yield _asked(phrase, item, ASKED_IN_ENGLISH, random), _stated(item, random)
            yield phrase, random.choice(item.everyday)


def said_twice(indicators: Iterable[Indicator], random: Random) -> Iterator[Texts]:
    """Two everyday phrasings of one indicator."""
    for item in indicators:
        if len(item.everyday) > 1:
            one, other = random.sample(item.everyday, 2)
            yield one, other


def synonyms() -> Iterator[Texts]:
    """The terms of each row of the lexicon's synonyms with the first of them."""
    for _, _, cell in read_rows(LEXICON / "synonyms.tsv", 3):
        first, *others = split_cell(cell)
        yield from ((other, first) for other in others)


def renderings() -> Iterator[Texts]:
    """The English renderings of each term of the lexicon's glossary with the term."""
    for _, chinese, english in read_rows(LEXICON / "glossary.tsv", 3):
        yield from ((rendering, chinese) for rendering in split_cell(english))


def _asked(phrase: str, item: Indicator, templates: tuple[str, ...], random: Random) -> str:
    """The phrase as a question; one that is a question already is left as it is."""
    if any(word in phrase for word in QUESTIONING):
        return phrase
    return random.choice(templates).format(phrase, unit=item.unit)


def _stated(item: Indicator, random: Random) -> str:
    number = random.choice((random.randint(2, 99), random.randint(100, 9999), round(random.uniform(1, 99), 1)))
    return random.choice(STATED).format(official=item.official, number=number, unit=item.unit)
