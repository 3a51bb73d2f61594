"""The mixture the bundled model is trained on: which kinds of pairs, how many of each, how often each is shown."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random

from indexer.segment import Segmenter
from indexer.training.dictionary import Dictionary
from indexer.training.made import Maker, Texts, clause_and_rest, clauses, neighbours, sentence_and_rest
from indexer.training.pairs import (
    HELD_OUT_YEAR,
    HeldOut,
    PairSet,
    keep,
    read_held_out,
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


SHARES = {
    "gov_zh_en": Share(10_000, 4),
    "cedict": Share(200_000),
    "tatoeba_zh_en": Share(30_000),
    "ntrex_zh_en": Share(2_000, 2),
    "web_zh_en_policy": Share(50_000),
    "web_zh_en_general": Share(100_000),
    "news_title_body": Share(20_000),
    "law_title_article": Share(30_000),
    "drcd_qa": Share(8_100, 3),
    "xquad_zh_qa": Share(1_200, 3),
    "translated": Share(110_000),
    "reworded": Share(90_000),
    "asked": Share(40_000),
    "asked_in_english": Share(40_000),
    "neighbours": Share(60_000),
    "clause_and_rest": Share(60_000),
    "sentence_and_rest": Share(60_000),
}
TRANSLATIONS = ("gov_zh_en", "cedict", "tatoeba_zh_en", "ntrex_zh_en", "web_zh_en_policy", "web_zh_en_general")
QUERIES = ("news_title_body", "law_title_article", "drcd_qa", "xquad_zh_qa")
IN_USE = 3  # occurrences in reports and news that make a word one that people use


def make_mixture(data: Path, archive: Path, seed: int, shares: dict[str, Share]) -> list[PairSet]:
    """The pairs of every kind in `shares`, the same for the same seed; none repeats a text of the held-out year."""
    held_out = read_held_out(data)
    made = _made_pairs(data, archive, held_out, seed, shares)
    sets = []
    for name, share in shares.items():
        random = Random(f"{seed} {name}")
        if name in TRANSLATIONS:
            pairs = read_translations(data / f"{name}.jsonl.gz", held_out)
        elif name in QUERIES:
            pairs = read_queries(data / f"{name}.jsonl.gz", held_out)
        else:
            pairs = keep(made[name](random), held_out)
        sets.append(PairSet(name, sample(pairs, share.count, random), share.repeat))
        LOG.info("%-20s %7d pairs, shown %d times an epoch", name, len(sets[-1].pairs), share.repeat)
    return sets


def read_archive(folder: Path) -> list[str]:
    """The reports of a folder in the order of their paths, without the national report of the held-out year."""
    paths = sorted(folder.rglob("*.txt"))
    return [path.read_text(encoding="utf-8") for path in paths if str(HELD_OUT_YEAR) not in path.name]


def _made_pairs(
    data: Path, archive: Path, held_out: HeldOut, seed: int, shares: dict[str, Share]
) -> dict[str, Callable[[Random], Iterable[Texts]]]:
    """For each kind of made pair the function that makes them, given chance."""
    reports = read_archive(archive)
    passages = [row["passage"] for row in read_rows(data / "news_title_body.jsonl.gz")]
    encyclopedia = list(dict.fromkeys(row["passage"] for row in read_rows(data / "drcd_qa.jsonl.gz")))
    segmenter = Segmenter()
    dictionary = Dictionary((row["zh"], row["en"]) for row in read_rows(data / "cedict.jsonl.gz"))

    def cut(text: str) -> list[str]:
        return [token.word for token in segmenter.tokens(text)]

    common = Counter(word for text in [*reports, *passages] for word in cut(text))
    common = Counter({word: count for word, count in common.items() if count >= IN_USE})
    found = list(dict.fromkeys(pair for text in reports for pair in clauses(text)))

    def of_clauses(kind: str) -> Callable[[Random], Iterator[Texts]]:
        def make(random: Random) -> Iterator[Texts]:
            maker = Maker(dictionary, cut, common, random)
            shuffled = random.sample(found, len(found))
            match kind:
                case "translated":
                    texts = (maker.translated(clause) for clause, _ in shuffled)
                case "reworded":
                    texts = (maker.reworded(clause) for clause, _ in shuffled)
                case "asked":
                    texts = (maker.asked(clause, sentence) for clause, sentence in shuffled)
                case _:
                    texts = (maker.asked_in_english(clause, sentence) for clause, sentence in shuffled)
            return islice((pair for pair in texts if pair), shares[kind].count)

        return make

    def rest(random: Random) -> Iterator[Texts]:
        texts = [*encyclopedia, *passages]
        drawn = (sentence_and_rest(text, random) for _ in range(3) for text in texts)
        return (pair for pair in drawn if pair)

    return {
        **{kind: of_clauses(kind) for kind in ("translated", "reworded", "asked", "asked_in_english")},
        "neighbours": lambda _: (pair for text in reports for pair in neighbours(text)),
        "clause_and_rest": lambda _: (pair for text in reports for pair in clause_and_rest(text)),
        "sentence_and_rest": rest,
    }
