"""Where reports speak of a topic: the sentences that say its telling words, by the wordings that the lexicon holds for them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.archive import Archive
from indexer.fold import fold
from indexer.lexicon.terms import SAME
from indexer.sentences import split_sentences
from indexer.types import ReportInfo, Section, Span

CLOSE, RARE = 1.5, 11.0  # nats: words that tell so much less than the topic's rarest, or so much, must be said as well
SHORTEST = 2  # characters of a word that tells
ENGLISH = re.compile(r"[A-Za-z]{3,}")


@dataclass(frozen=True, slots=True)
class Topic:
    """What is looked for: `wordings` that stand for the whole of it, and `telling` words that must stand together."""

    name: str
    wordings: tuple[str, ...]
    telling: tuple[str, ...]

    def is_named(self, text: str) -> bool:
        """Whether a folded text says the topic in one of its wordings."""
        return any(word in text for word in self.wordings)

    def is_said(self, text: str) -> bool:
        """Whether a folded text says it, or all of its telling words."""
        return self.is_named(text) or (bool(self.telling) and all(word in text for word in self.telling))


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of a report that speaks of a topic."""

    report: ReportInfo
    section: Section
    span: Span
    text: str


def topic_of(name: str, archive: Archive) -> Topic:
    """The topic of that name (Chinese, or English that the glossary holds), with all that may be said for it."""
    folded = " ".join(fold(name).lower().split()).strip("“”\"'《》 ")
    words = [folded]
    if ENGLISH.search(folded):
        matches = archive.lexicon.english_to_chinese(folded)
        words = [term for match in matches for term, weight in match.chinese if weight >= SAME] or [folded]
    same = [other for word in words for other, weight in archive.lexicon.synonyms(word) if weight >= SAME]
    pieces = [piece for piece in archive.segmenter.pieces(words[0]) if len(piece) >= SHORTEST]
    told = {piece: archive.segmenter.information(piece) for piece in pieces}
    rarest = max(told.values(), default=0.0)
    telling = tuple(piece for piece, value in told.items() if value >= min(RARE, rarest - CLOSE))
    return Topic(folded, tuple(dict.fromkeys((*words, *same))), telling)


def said_in(report: ReportInfo, topic: Topic, archive: Archive, *, named_only: bool = True) -> Iterator[Said]:
    """The sentences of a report that say the topic, in reading order."""
    text = archive.report(report.id).text
    says = topic.is_named if named_only else topic.is_said
    for section in archive.sections(report.id):
        if not says(fold(text[section.start : section.end]).lower()):
            continue
        for span in split_sentences(text, section.start, section.end):
            words = text[span.start : span.end]
            if says(fold(words).lower()):
                yield Said(report, section, span, words.strip())


def count_in(said: Sequence[Said], topic: Topic) -> int:
    """How often the topic's wordings stand in the sentences; longer ones are not counted again by what they hold."""
    pattern = re.compile("|".join(re.escape(word) for word in sorted(topic.wordings, key=len, reverse=True)))
    return sum(len(pattern.findall(fold(item.text).lower())) for item in said)
