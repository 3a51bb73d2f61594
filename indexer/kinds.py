"""Kinds of sections: whether a section reviews, plans, sets targets or gives guidelines, told by its words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from indexer.types import Genre, SectionKind, Span

HEADINGS: Final = Path(__file__).parent / "lexicon" / "headings.toml"
YEAR: Final = re.compile(r"(\d{4})\s?年(?!代)")
LINE: Final = re.compile(r"\S[^\n]*")
# Share of reporting words among the telling ones. In chapters whose headings tell their kind, nine reviews of ten have
# more than 0.44, nine plans of ten less than 0.23 (88 reports, 168 chapters).
REVIEW_SHARE, PLAN_SHARE = 0.42, 0.28
FEWEST: Final = 3  # telling words at least
INTENDED: Final = frozenset({SectionKind.PLAN, SectionKind.TARGETS, SectionKind.GUIDELINES})


@dataclass(frozen=True, slots=True)
class KindWords:
    """The words of `lexicon/headings.toml`, compiled."""

    glossary: re.Pattern[str]
    headings: tuple[tuple[SectionKind, re.Pattern[str]], ...]
    openings: tuple[tuple[SectionKind, re.Pattern[str]], ...]
    votes: tuple[tuple[SectionKind, re.Pattern[str]], ...]


def _read_kind_words() -> KindWords:
    tables = tomllib.loads(HEADINGS.read_text(encoding="utf-8"))
    return KindWords(
        _any_of(tables["glossary"]),
        tuple((SectionKind(kind["name"]), _any_of(kind["words"])) for kind in tables["kind"]),
        tuple((SectionKind(name), _any_of(words)) for name, words in tables["openings"].items()),
        tuple((SectionKind(name), _any_of(words)) for name, words in tables["votes"].items()),
    )


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns))


_WORDS: Final = _read_kind_words()


def heading_kind(words: str, genre: Genre, year: int | None) -> SectionKind | None:
    """What a heading says of its section; None where it says nothing or speaks of what was and what will be.

    `words` are folded. A heading that only names a year (关于2025年工作) tells by the report's own `year`.
    """
    said = [kind for kind, pattern in _WORDS.headings if pattern.search(words)]
    if SectionKind.REVIEW in said and not INTENDED.isdisjoint(said):
        return SectionKind.OTHER if said[0] is SectionKind.OTHER else None
    return said[0] if said else _kind_by_year(words, genre, year)


def _kind_by_year(words: str, genre: Genre, year: int | None) -> SectionKind | None:
    named = {int(match[1]) for match in YEAR.finditer(words)}
    if year is None or len(named) != 1:
        return None
    last_reviewed = year - 1 if genre is Genre.WORK_REPORT else year
    return SectionKind.REVIEW if named.pop() <= last_reviewed else SectionKind.PLAN


def kind_by_vote(folded: str) -> SectionKind:
    """Whether a text reports (已完成, 比上年) or intends (要, 力争): what clearly more words tell, else OTHER."""
    review, plan = (len(pattern.findall(folded)) for _, pattern in _WORDS.votes)
    told = review + plan
    if told < FEWEST or PLAN_SHARE * told < review < REVIEW_SHARE * told:
        return SectionKind.OTHER
    return SectionKind.REVIEW if review >= REVIEW_SHARE * told else SectionKind.PLAN


def turns(folded: str, span: Span, kind: SectionKind, *, decided: bool) -> Iterator[tuple[Span, SectionKind]]:
    """The section in stretches of one kind each, tiling it: some paragraphs say by their first words what they do.

    今年发展主要预期目标是： makes a stretch of targets of its paragraph. Where no heading has `decided` the kind,
    过去一年 and 今年要 turn what follows too. A review is not searched for targets: it recalls those of last year.
    """
    begin, current = span.start, kind
    lasting = kind
    for line in LINE.finditer(folded, span.start, span.end):
        opened = None if decided and kind is SectionKind.REVIEW else _opening(line[0])
        if opened in (SectionKind.REVIEW, SectionKind.PLAN):
            lasting = lasting if decided else opened
            opened = lasting
        turned = opened or lasting
        if turned is not current and line.start() > begin:
            yield Span(begin, line.start()), current
            begin = line.start()
        current = turned
    yield Span(begin, span.end), current


def _opening(line: str) -> SectionKind | None:
    return next((kind for kind, pattern in _WORDS.openings if pattern.match(line[:80])), None)


def first_kind(headings: Sequence[str], genre: Genre, year: int | None) -> SectionKind | None:
    """The kind that a heading path tells, the innermost heading first; what stands in a glossary is OTHER."""
    if any(_WORDS.glossary.search(words) for words in headings):
        return SectionKind.OTHER
    return next((kind for words in reversed(headings) if (kind := heading_kind(words, genre, year))), None)
