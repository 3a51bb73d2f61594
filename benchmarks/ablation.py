"""What lexicon, embedding model and ledger each bring: the working halves asked with one of them taken away.

    python -m benchmarks.ablation [--set gov|bureaus|all]

"without known indicators": what is asked in everyday words is not compared with known phrasings. "without the lexicon":
no known indicators, no synonyms and no glossary; places and function words stay. "without the
embedding": nothing is found and nothing compared by meaning. "without the ledger leg": no figure is looked for by its
subject; the passages still bring their figures.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from shutil import copy
from typing import Any, Final

import numpy as np

from assistant.chain import ChainSteps
from assistant.evaluate import Rate, ask_all, judged, metrics
from assistant.indicators import Indicators
from benchmarks.exams import SHARED, ExamSet, Question, bureaus_sets, gov_sets
from indexer.archive import Archive
from indexer.embed import Embedder, Vectors, open_embedder
from indexer.lexicon.terms import HOME, Lexicon
from indexer.search.protocol import Hit
from ui.evaluation import percent

EMPTIED: Final = ("synonyms.tsv", "sayings.tsv", "english_words.tsv", "glossary.tsv")
SHOWN: Final = (
    "figure right and rightly cited", "wrong number stated", "text right", "masked said as masked",
    "absent said as absent", "answerable refused", "right passage first", "right passage in first five",
)  # fmt: skip
SUBS: Final = ("multi", "trap", "para", "en")


class WithoutMeaning:
    """An embedder whose vectors of questions are nothing, so that no text is near to any."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.dimension, self.fingerprint = embedder.dimension, embedder.fingerprint

    def encode_passages(self, texts: list[str]) -> Vectors:
        """The vectors of the embedder."""
        return self._embedder.encode_passages(texts)

    def encode_questions(self, texts: list[str]) -> Vectors:
        """Rows of zeros."""
        return np.zeros((len(texts), self.dimension), dtype=np.float32)


class ArchiveWithoutDense(Archive):
    """An archive that finds no passage by its meaning."""

    def dense(self, vector: Vectors, *, reports: Collection[str] | None, k: int) -> list[Hit]:
        """Nothing."""
        return []


class ArchiveWithoutLedger(Archive):
    """An archive that finds no figure by its subject."""

    def ledger(self, groups: Any, **options: Any) -> list[Hit]:
        """Nothing."""
        return []


def whole(folder: Path) -> ChainSteps:
    """The product as it is."""
    return ChainSteps(Archive.open(folder))


def without_indicators(folder: Path) -> ChainSteps:
    """The product that knows no indicators by their everyday names."""
    archive = Archive.open(folder)
    return ChainSteps(archive, indicators=_none_known(archive))


def without_lexicon(folder: Path) -> ChainSteps:
    """The product with a lexicon of places and function words only, and no known indicators."""
    archive = Archive.open(folder)
    with tempfile.TemporaryDirectory() as bare:
        for path in HOME.iterdir():
            if path.suffix in {".tsv", ".txt"}:
                copy(path, bare)
        for name in EMPTIED:
            (Path(bare) / name).write_text("", encoding="utf-8")
        lexicon = Lexicon.load(Path(bare))
        lexicon.english_to_chinese("none")  # the English words are read where they are first wanted
    return ChainSteps(archive, lexicon=lexicon, indicators=_none_known(archive))


def without_embedding(folder: Path) -> ChainSteps:
    """The product without the dense leg, the feature `meaning`, and the indicators, which are compared by meaning."""
    archive = ArchiveWithoutDense.open(folder, embedder=WithoutMeaning(open_embedder()))
    return ChainSteps(archive, indicators=_none_known(archive))


def without_ledger(folder: Path) -> ChainSteps:
    """The product without the ledger leg."""
    return ChainSteps(ArchiveWithoutLedger.open(folder))


def _none_known(archive: Archive) -> Indicators:
    return Indicators((), archive.embedder, archive.lexicon, archive.segmenter)


READERS: Final[Mapping[str, Callable[[Path], ChainSteps]]] = {
    "whole": whole,
    "without known indicators": without_indicators,
    "without the lexicon": without_lexicon,
    "without the embedding": without_embedding,
    "without the ledger leg": without_ledger,
}


def rates_of(asked: Sequence[tuple[Sequence[Question], Path]], reader: Callable[[Path], ChainSteps]) -> dict[str, Rate]:
    """The rates over sets of questions, each with the archive it is asked of, by name; figures also by sub-kind."""
    judgements = []
    for questions, folder in asked:
        steps = reader(folder)
        judgements += judged(questions, ask_all(questions, steps.chain()))
        steps.archive.close()
    found = {rate.name: rate for rate in metrics(judgements)}
    for sub in SUBS:
        of_sub = [item for item in judgements if item.kind == "figure" and item.sub == sub]
        found[sub] = Rate(sub, sum(item.right and item.cited for item in of_sub), len(of_sub))
    return found


def table(by_reader: Mapping[str, Mapping[str, Rate]]) -> str:
    """A row a metric, a column a reader, as Markdown."""
    lines = [f"| | {' | '.join(by_reader)} |", f"|---|{'---|' * len(by_reader)}"]
    names = [*SHOWN[:1], *SUBS, *SHOWN[1:]]
    first = next(iter(by_reader.values()))
    for name in (name for name in names if name in first):
        label = f"… {name}" if name in SUBS else name
        cells = (f"{percent(rates[name].value)} ({rates[name].hits}/{rates[name].of})" for rates in by_reader.values())
        lines.append(f"| {label} | {' | '.join(cells)} |")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Index, ask with each reader and print; returns the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--set", choices=("gov", "bureaus", "all"), default="all", dest="chosen")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        sets: list[ExamSet] = []
        if options.chosen != "bureaus" and (SHARED / "archive").is_dir():
            sets += gov_sets("working", Path(name))
        if options.chosen != "gov":
            sets += bureaus_sets("working", Path(name))
        asked = [(one.questions, one.archive()) for one in sets]
        print(table({title: rates_of(asked, reader) for title, reader in READERS.items()}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
