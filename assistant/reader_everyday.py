"""Figures of the ledger that are stated in the words of a known indicator: what hand-written questions are put about."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from indexer.archive import Archive
from indexer.fold import fold
from indexer.lexicon.indicators import Indicator
from indexer.segment import Segmenter
from indexer.types import Figure, ReportInfo

STATED = 0.8  # share of an indicator's words, weighed by how much they tell, that a clause must say to state it
MENTIONED = 0.5  # and so much is too much to say that a report does not state it
MULTIPLIERS = "百千万亿"
SENTENCE_END = re.compile(r"[。；\n]")


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure that states an indicator."""

    info: ReportInfo
    figure: Figure
    indicator: Indicator


class IndicatorIndex:
    """Indicators by their words, to see which of them a clause states."""

    def __init__(self, indicators: Sequence[Indicator], segmenter: Segmenter) -> None:
        self._indicators = tuple(indicators)
        self._segmenter = segmenter
        self._by_word: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, item in enumerate(self._indicators):
            words = set(segmenter.pieces(item.official))
            total = sum(map(segmenter.information, words)) or 1.0
            for word in words:
                self._by_word[word].append((number, segmenter.information(word) / total))

    def said(self, text: str) -> dict[int, float]:
        """How much of each indicator a text says, 0–1, by number; those of which it says nothing are left out."""
        told: defaultdict[int, float] = defaultdict(float)
        for word in set(self._segmenter.pieces(fold(text))):
            for number, share in self._by_word.get(word, ()):
                told[number] += share
        return told

    def stated(
        self, archive: Archive, reports: Iterable[ReportInfo], usable: Callable[[Figure], bool]
    ) -> Iterator[Stated]:
        """Each usable figure of the reports with each indicator that its clause and subject state."""
        for info in reports:
            text = archive.report(info.id).text
            for figure in filter(usable, archive.figures_of(info.id)):
                around = f"{figure.subject_text} {text[figure.clause.start : figure.clause.end]}"
                for number, share in self.said(around).items():
                    indicator = self._indicators[number]
                    if share >= STATED and _bare(indicator.unit) == _bare(figure.unit):
                        yield Stated(info, figure, indicator)

    def unmentioned(self, archive: Archive, info: ReportInfo) -> list[Indicator]:
        """The indicators that no sentence of a report comes near to stating."""
        most: defaultdict[int, float] = defaultdict(float)
        for sentence in SENTENCE_END.split(archive.report(info.id).text):
            for number, share in self.said(sentence).items():
                most[number] = max(most[number], share)
        return [item for number, item in enumerate(self._indicators) if most[number] < MENTIONED]


def _bare(unit: str) -> str:
    return unit.lstrip(MULTIPLIERS)
