"""The mixture the bundled model is trained on: which kinds of pairs, how many of each, how often each is shown."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from indexer.lexicon.indicators import read_indicators
from indexer.training.dictionary import Dictionary
from indexer.training.everyday import asked_in_chinese, asked_in_english, renderings, said_twice, synonyms, trained_on
from indexer.training.made import Cut, Maker, Texts, clause_and_rest, clauses, joined, neighbours, sentence_and_rest
from indexer.training.pairs import (
    HELD_OUT_YEAR,
    MOST_CHARACTERS,
    HeldOut,
    Pair,
    PairSet,
    keep,
    read_queries,
    read_rows,
    read_translations,
    sample,
)

LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Share:
    """How much of one kind of pair goes into the mixture: at most `count` pairs, each shown `repeat` times an epoch."""

    count: int
    repeat: int = 1


SHARES: Final[Mapping[str, Share]] = {
    "gov_zh_en": Share(10_000, 4),
    "gov_joined": Share(10_000),
    "gov_shortened": Share(30_000),
    "gov_reworded": Share(20_000),
    "cedict": Share(200_000),
    "tatoeba_zh_en": Share(30_000),
    "ntrex_zh_en": Share(2_000, 2),
    "web_zh_en_policy": Share(50_000),
    "web_zh_en_general": Share(100_000),
    "news_title_body": Share(20_000),
    "law_title_article": Share(30_000),
    "drcd_qa": Share(8_100, 3),
    "xquad_zh_qa": Share(1_200, 3),
    "everyday": Share(60_000, 2),
    "everyday_english": Share(40_000, 2),
    "said_twice": Share(10_000),
    "synonyms": Share(10_000, 2),
    "renderings": Share(20_000, 2),
    "translated": Share(110_000),
    "reworded": Share(90_000),
    "amount_asked": Share(40_000),
    "amount_asked_in_english": Share(40_000),
    "asked_of_encyclopedia": Share(25_000),
    "asked_of_news": Share(40_000),
    "asked_of_law": Share(25_000),
    "neighbours": Share(60_000),
    "clause_and_rest": Share(60_000),
    "sentence_and_rest": Share(60_000),
}
TRANSLATIONS: Final = (
    "gov_zh_en",
    "cedict",
    "tatoeba_zh_en",
    "ntrex_zh_en",
    "web_zh_en_policy",
    "web_zh_en_general",
)
QUERIES: Final = ("news_title_body", "law_title_article", "drcd_qa", "xquad_zh_qa")
IN_USE: Final = 3  # occurrences in reports and news that make a word one that people use

Making = Callable[[Maker], Iterable[Texts | None]]


def make_mixture(data: Path, archive: Path, held_out: HeldOut, *, cut: Cut, seed: int) -> list[PairSet]:
    """The pairs of every kind in SHARES, the same for the same seed; none repeats a text of the held-out year.

    `data` holds the files of pairs, `archive` the reports; `cut` gives the words of a text.
    """
    making = _making(data, archive, held_out)
    maker = _open_maker(data, archive, cut)
    sets = []
    for name, share in SHARES.items():
        random = Random(f"{seed} {name}")
        if name in making:
            texts = (found for found in making[name](maker.with_chance(random)) if found)
            pairs = keep(texts, held_out)
        else:
            pairs = _read(name, data, held_out)
        sets.append(PairSet(name, sample(pairs, share.count, random), share.repeat))
        LOG.info("%-24s %7d pairs, shown %d× an epoch", name, len(sets[-1].pairs), share.repeat)
    return sets


def read_archive(folder: Path) -> list[str]:
    """The reports of a folder in the order of their paths, without those of the held-out year."""
    paths = sorted(folder.rglob("*.txt"))
    return [path.read_text(encoding="utf-8") for path in paths if str(HELD_OUT_YEAR) not in path.name]


def _read(name: str, data: Path, held_out: HeldOut) -> tuple[Pair, ...]:
    path = data / f"{name}.jsonl.gz"
    return read_translations(path, held_out) if name in TRANSLATIONS else read_queries(path, held_out)


def _open_maker(data: Path, archive: Path, cut: Cut) -> Maker:
    """The dictionary, and the words that occur in reports and news."""
    dictionary = Dictionary((row["zh"], row["en"]) for row in read_rows(data / "cedict.jsonl.gz"))
    texts = [*read_archive(archive), *_passages(data, "news_title_body")]
    counts = Counter(word for text in texts for word in cut(text))
    in_use = frozenset(word for word, count in counts.items() if count >= IN_USE)
    return Maker(dictionary, cut, in_use, Random(0))


def _passages(data: Path, *names: str) -> list[str]:
    """The different passages of files with `query` and `passage`, in the files' order."""
    rows = (row for name in names for row in read_rows(data / f"{name}.jsonl.gz"))
    return list(dict.fromkeys(row["passage"][:MOST_CHARACTERS] for row in rows))


def _making(data: Path, archive: Path, held_out: HeldOut) -> dict[str, Making]:
    """For each made kind, what makes it."""
    reports = read_archive(archive)
    found = list(dict.fromkeys(pair for text in reports for pair in clauses(text)))
    news, law = _passages(data, "news_title_body"), _passages(data, "law_title_article")
    encyclopedia = _passages(data, "drcd_qa", "xquad_zh_qa")
    official = [(pair.first, pair.second) for pair in _read("gov_zh_en", data, held_out)]

    indicators = trained_on(read_indicators())

    def shuffled(maker: Maker) -> list[Texts]:
        return maker.random.sample(found, len(found))

    return {
        "gov_joined": lambda _: joined(official),
        "gov_shortened": lambda maker: (maker.translation_shortened(*pair) for _ in range(3) for pair in official),
        "gov_reworded": lambda maker: (maker.translation_reworded(*pair) for _ in range(2) for pair in official),
        "everyday": lambda maker: (pair for _ in range(2) for pair in asked_in_chinese(indicators, maker.random)),
        "everyday_english": lambda maker: (
            pair for _ in range(2) for pair in asked_in_english(indicators, maker.random)
        ),
        "said_twice": lambda maker: (pair for _ in range(3) for pair in said_twice(indicators, maker.random)),
        "synonyms": lambda _: synonyms(),
        "renderings": lambda _: renderings(),
        "translated": lambda maker: (maker.translated(clause) for clause, _ in shuffled(maker)),
        "reworded": lambda maker: (maker.reworded(clause) for clause, _ in shuffled(maker)),
        "amount_asked": lambda maker: (maker.amount_asked(*pair) for _ in range(3) for pair in shuffled(maker)),
        "amount_asked_in_english": lambda maker: (
            maker.amount_asked_in_english(*pair) for _ in range(3) for pair in shuffled(maker)
        ),
        "asked_of_encyclopedia": lambda maker: (maker.anything_asked(text) for _ in range(10) for text in encyclopedia),
        "asked_of_news": lambda maker: (maker.anything_asked(text) for _ in range(2) for text in news),
        "asked_of_law": lambda maker: (maker.anything_asked(text) for text in law),
        "neighbours": lambda _: (pair for text in reports for pair in neighbours(text)),
        "clause_and_rest": lambda _: (pair for text in reports for pair in clause_and_rest(text)),
        "sentence_and_rest": lambda maker: (
            sentence_and_rest(text, maker.random) for _ in range(3) for text in [*encyclopedia, *news]
        ),
    }
