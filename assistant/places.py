"""The places and offices that a question asks about."""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.lexicon.place_names import PlaceMention
from indexer.lexicon.terms import Lexicon
from indexer.types import Level, Span

NATION = "全国"
LEVEL_WORDS = (
    (re.compile(r"[全我本]县(?!级)|县里|县上|县城?(?=住建局|住房|政府|委|域内)|\bthe county\b|\bcounty(?:'s|-wide|wide)"), Level.COUNTY),
    (re.compile(r"(?<![地社郊市山景辖小园库林牧城灌老新片街])[全我本]区|(?<![地社郊市山景辖小园库林牧城灌老新片街])区里|(?<!小)区(?=城乡建设局|住建局|政府)|\bthe district\b|\bdistrict(?:'s|-wide|wide)"), Level.DISTRICT),
    (re.compile(r"[全我本]市(?!场)|市里(?!的区)|\bcity-?wide\b"), Level.CITY),
    (re.compile(r"[全我本]省|省里"), Level.PROVINCE),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class AskedPlaces:
    """The places a question asks about, and where it says so."""

    places: tuple[str, ...]  # canonical names, in order
    levels: tuple[Level, ...]  # an office of that level, not named
    spans: tuple[Span, ...]  # to be taken out of the query


def asked_places(text: str, lexicon: Lexicon) -> AskedPlaces:
    """The places and levels that `text` (folded) names; 全国 counts only where no other place is named."""
    mentions = lexicon.places(text)
    regional = [mention for mention in mentions if mention.canonical != NATION]
    chosen = regional or mentions
    places: list[str] = []
    for mention in chosen:
        places += [name for name in _names(mention) if name not in places]
    levels, spans = _levels(text)
    spans += [Span(mention.start, mention.end) for mention in mentions]
    return AskedPlaces(tuple(places), tuple(levels) if not places else (), tuple(sorted(spans)))


def _names(mention: PlaceMention) -> tuple[str, ...]:
    return (mention.canonical, *mention.others)


def _levels(text: str) -> tuple[list[Level], list[Span]]:
    levels, spans = [], []
    for pattern, level in LEVEL_WORDS:
        for match in pattern.finditer(text):
            if level not in levels:
                levels.append(level)
            spans.append(Span(match.start(), match.end()))
    return levels, spans
