"""How well a figure of the archive is of what a number of a draft counts: by the words of both, in both directions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from indexer.lexicon.terms import SAME, Lexicon
from indexer.segment import Segmenter

Terms = tuple[tuple[tuple[tuple[str, float], ...], float], ...]  # what may be said for each word, and how much it tells

MOST = 12.0  # nats: rarer words tell no more
LEAST = 2.0
COMMON = frozenset(
    [
        "总量",
        "总额",
        "总数",
        "数量",
        "规模",
        "水平",
        "达到",
        "完成",
        "实现",
        "全年",
        "总",
        "情况",
        "工作",
        "人数",
        "人口数",
        "累计",
        "建设",
        "发展",
        "全面",
        "推进",
        "新",
        "方面",
        "数",
        "额",
        "量",
        "值",
    ]
)
COMMON_FACTOR = 0.25
PARTLY = 0.7  # what the characters of a word are worth where the word itself is not said
GROWS = "增长"
SHORT_GROWTH = 4  # characters: 经济 alone, of 经济增长, says too little
NEAR = 0.6  # what a broader or narrower word is worth


@dataclass
class Words:
    """The telling words of subjects, kept once they are known."""

    lexicon: Lexicon
    segmenter: Segmenter
    kept: dict[tuple[str, bool], Terms] = field(default_factory=dict)

    def terms(self, subject: str, *, growth: bool = False) -> Terms:
        """The longest terms of a folded subject with what may be said for them, and their weight; of its `growth`."""
        found = self.kept.get((subject, growth))
        if found is None:
            found = self.kept[subject, growth] = self._terms(subject, growth=growth)
        return found

    def coverage(self, subject: str, texts: Sequence[str], *, growth: bool = False) -> float:
        """The share of what a subject says that the texts say too, 0–1; the later texts count less."""
        terms = self.terms(subject, growth=growth)
        whole = sum(weight for _, weight in terms)
        if not whole:
            return 0.0
        return sum(weight * _said(group, texts) for group, weight in terms) / whole

    def said_for(self, text: str) -> str:
        """What may be said for the listed phrases of a folded text: 棚户区改造 for 棚改."""
        words = [token.word for token in self.segmenter.tokens(text)]
        groups = (group for group in self.lexicon.expand(text, words) if len(group) > 1)
        return " ".join(word for group in groups for word, weight in group[1:] if weight >= SAME)

    def _terms(self, subject: str, *, growth: bool) -> Terms:
        words = [token.word for token in self.segmenter.tokens(subject)]
        groups = self.lexicon.expand(subject, words)
        heads = [group[0][0] for group in groups]
        chosen: list[tuple[tuple[tuple[str, float], ...], float]] = []
        for at, group in enumerate(groups):
            head = heads[at]
            if any(head in other and head != other for other in heads) or (len(head) < 2 and len(groups) > 1):
                continue
            chosen.append(((*group, *self._grown(head)) if growth else group, self._weight(head)))
        return tuple(chosen)

    def _grown(self, head: str) -> Iterator[tuple[str, float]]:
        """What else may be said for a thing whose growth is told: 经济增长3.5% is of the 国内生产总值."""
        for word, weight in self.lexicon.synonyms(head + GROWS):
            yield word, weight
            if word.endswith(GROWS) and len(word) > SHORT_GROWTH:
                yield word.removesuffix(GROWS), weight

    def _weight(self, word: str) -> float:
        pieces = self.segmenter.pieces(word) or [word]
        told = sum(self._piece(piece) for piece in pieces)
        return max(LEAST * COMMON_FACTOR, min(MOST * 2, told))

    def _piece(self, piece: str) -> float:
        factor = COMMON_FACTOR if piece in COMMON else 1.0
        return factor * min(MOST, max(LEAST, self.segmenter.information(piece)))


def _said(group: Sequence[tuple[str, float]], texts: Sequence[str]) -> float:
    best = 0.0
    for rank, text in enumerate(texts):
        worth = 1.0 if rank < 2 else 0.9
        for word, weight in group:
            if word in text:
                best = max(best, worth * (1.0 if weight > 0.8 else NEAR))
                break
    return best or PARTLY * max((_shared(group[0][0], text) for text in texts[:2]), default=0.0)


def _shared(word: str, text: str) -> float:
    """The share of a longer word's characters that stand in the text, where it is at least half of them."""
    share = sum(char in text for char in word) / len(word) if len(word) > 2 else 0.0
    return share if share >= 0.5 else 0.0
