"""The search index of one machine: words in tantivy, vectors in FAISS, in a folder of the archive."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from tantivy import Occur, Query

from indexer.search.dense import DenseIndex
from indexer.search.keyword import KeywordIndex, Layout, WordDocument
from indexer.search.protocol import (
    Batch,
    FieldWeights,
    FigureFilter,
    FigureWeights,
    Group,
    Hit,
    IndexedReport,
    LogPosition,
    Recipe,
    Vectors,
)

FORMAT = 1
PASSAGES = Layout(words=("text", "heading", "title"))
FIGURES = Layout(words=("subject", "clause", "heading"), labels=("role", "dimension"), numbers=("year",))


class LocalIndex:
    """A SearchIndex in files. Only the holder of the archive's writer lock may call `apply`, `flush` and `wipe`."""

    def __init__(self, folder: Path, recipe: Recipe) -> None:
        self._passages = KeywordIndex(folder / "passages", PASSAGES, recipe)
        self._figures = KeywordIndex(folder / "figures", FIGURES, recipe)
        self._dense = DenseIndex(folder / "vectors", recipe)
        self._parts = (self._passages, self._figures, self._dense)

    def positions(self) -> tuple[LogPosition, ...]:
        """How far each part has followed the log."""
        return tuple(part.position for part in self._parts)

    def apply(self, batch: Batch) -> None:
        """Take in a batch; a part that is ahead of it stays as it is."""
        self._passages.change(batch.position, batch.gone, ((one.row, _passages(one)) for one in batch.reports))
        self._figures.change(batch.position, batch.gone, ((one.row, _figures(one)) for one in batch.reports))
        vectors = [(one.row, one.first_passage, one.vectors) for one in batch.reports]
        self._dense.change(batch.position, batch.gone, vectors)

    def flush(self) -> None:
        """Make all of it durable and let other processes write."""
        for part in self._parts:
            part.flush()

    def refresh(self) -> None:
        """See what another process has applied since."""
        for part in self._parts:
            part.refresh()

    def passages(
        self, groups: Sequence[Group], *, reports: Collection[int] | None, k: int, weights: FieldWeights
    ) -> list[Hit]:
        """At most `k` passages by their words; the scores of the groups add up."""
        query = self._passages.matching(groups, asdict(weights))
        return self._passages.search(query, reports=reports, k=k) if query else []

    def figures(
        self,
        groups: Sequence[Group],
        *,
        reports: Collection[int] | None,
        k: int,
        only: FigureFilter,
        weights: FigureWeights,
    ) -> list[Hit]:
        """At most `k` figures by their words, of those that pass `only`; without groups any of them, with score 0."""
        query = self._figures.matching(groups, asdict(weights))
        if query is None and groups:
            return []
        parts = [query or Query.const_score_query(Query.all_query(), 0.0)]
        for name, values in (("role", only.roles), ("dimension", only.dimensions), ("year", only.years)):
            if values is not None:
                parts.append(self._figures.having(name, values))
        return self._figures.search(Query.boolean_query([(Occur.Must, part) for part in parts]), reports=reports, k=k)

    def nearest(self, vector: Vectors, *, reports: Collection[int] | None, k: int) -> list[Hit]:
        """At most `k` passages by inner product with `vector`."""
        return self._dense.search(vector, reports=reports, k=k)

    def word_counts(self, words: Collection[str], *, reports: Collection[int] | None = None) -> dict[str, int]:
        """In how many passages' texts of `reports` (None: all) each word stands."""
        return {word: self._passages.count("text", word, reports) for word in words}

    def passage_ids(self) -> tuple[list[int], list[int]]:
        """The numbers of all passages found by words, and of all found by vector."""
        return self._passages.ids(), self._dense.ids()

    def figure_ids(self) -> list[int]:
        """The numbers of all figures."""
        return self._figures.ids()

    def verify(self) -> None:
        """Look whether every file is as it was written. Raises IndexDamagedError."""
        for part in self._parts:
            part.verify()

    def wipe(self) -> None:
        """Throw all of it away, so that it is made again from log number 0."""
        for part in self._parts:
            part.wipe()

    def close(self) -> None:
        """Give back what is open."""
        self._passages.close()
        self._figures.close()


def _passages(report: IndexedReport) -> Iterator[WordDocument]:
    for number, words in enumerate(report.words.passages, start=report.first_passage):
        yield WordDocument(number, asdict(words))


def _figures(report: IndexedReport) -> Iterator[WordDocument]:
    for number, words in enumerate(report.words.figures, start=report.first_figure):
        fields = {name: getattr(words, name) for name in (*FIGURES.words, *FIGURES.labels)}
        yield WordDocument(number, {**fields, "year": words.years})
