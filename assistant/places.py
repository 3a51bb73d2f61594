"""The places and offices that a question asks about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.held_names import HeldNames
from indexer.lexicon.terms import Lexicon
from indexer.types import Level, Span

NATION = "全国"
NOT_BEFORE_DISTRICT = "(?<![地社郊市山景辖小园库林牧城灌老新片街])"  # 社区里, 城区 are no district
LEVEL_WORDS = (
    (
        re.compile(r"[全我本]县(?!级)|县里|县上|县城?(?=住建局|住房|政府|委|域内)|\b(?:the )?county(?:'s|-?wide)?\b"),
        Level.COUNTY,
    ),
    (
        re.compile(
            rf"{NOT_BEFORE_DISTRICT}[全我本]区|{NOT_BEFORE_DISTRICT}区里|(?<!小)区(?=城乡建设局|住建局|政府)"
            r"|\b(?:the )?district(?:'s|-?wide)?\b"
        ),
        Level.DISTRICT,
    ),
    (re.compile(r"[全我本]市(?!场)|市里(?!的区)|\bcity-?wide\b"), Level.CITY),
    (re.compile(r"[全我本]省|省里"), Level.PROVINCE),
    (
        re.compile(
            r"我国|咱们?国家?|国家(?=财政|外汇|预算|税收|统计|拿|要求|打算|计划|给|一共|共|的)"
            r"|\bthe (?:whole )?country(?:'s)?\b|\bcountrywide\b|\bnation(?:al|wide)?\b|\bthe nation's\b"
            r"|\b[Cc]hinese\b(?! (?:medicin|cabbage|character|language|herb|new year|opera|drug|style|dream|food|yuan))"
        ),
        Level.NATION,
    ),
)
REPORT_OF = re.compile(
    r"(?:'s)?\s*(?:\d{4}\s*)?(?:government\s+)?(?:work\s+)?report|(?:\s*\d{4}年)?的?(?:政府)?(?:工作)?报告",
    re.IGNORECASE,
)


COMMON_AREAS = "小社园城地景片街辖校库山郊灾林牧矿新老湖港商功保税战疫学开发试验示范聚集"
COMMON_TOWNS = "城超都门股楼上菜夜集"
LIKE_A_PLACE = re.compile(  # the time behind it may have been blanked out
    rf"(?:请问|查一下)?(?P<name>(?![全我本各该这那城市县区])[\u4e00-\u9fff]{{2,3}}(?:县|(?<![{COMMON_TOWNS}])市|(?<![{COMMON_AREAS}])区))"
    r"(?=的?(?:\s{2}|\s*(?:\d{2,4}年|去年|今年|一共|共有|全年|上半年)))"
)
LATIN = re.compile(r"[A-Za-z]{2}")
LISTING = re.compile(
    r"\s*(?:[、,，/]|和|与|及|跟|同|以及|还有|比|and|or|vs\.?|versus|with|than|&)+\s*(?:in\s+|the\s+)?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class AskedPlaces:
    """The places a question asks about, and where it says so."""

    places: tuple[str, ...]  # canonical names, in order
    listed: bool  # several, each asked about
    levels: tuple[Level, ...]  # an office of that level, not named
    offices: tuple[str, ...]  # keys of offices (HeldNames)
    unknown: tuple[str, ...]  # named like a place, but neither held nor known
    spans: tuple[Span, ...]  # to be taken out of the query


def asked_places(text: str, lexicon: Lexicon, held: HeldNames) -> AskedPlaces:
    """The places, offices and levels that `text` (folded) names; 全国 counts only where no other place is named.

    The names of `held` go before those of the lexicon: 澜川 is known because the archive has its reports.
    """
    ours = held.places_in(text)
    terms = [span for span, _ in english_terms(text, lexicon)]
    taken = [*(span for span, _ in ours), *terms]  # the Tibet of Qinghai-Tibet railway is no place asked about
    mentions = [
        (Span(mention.start, mention.end), (mention.canonical, *mention.others))
        for mention in lexicon.places(text)
        if not any(span.start < mention.end and mention.start < span.end for span in taken)
    ]
    mentions = sorted(
        [*((span, _held_of(names, held)) for span, names in mentions), *((at, (name,)) for at, name in ours)]
    )
    regional = [mention for mention in mentions if mention[1] != (NATION,)]
    chosen = [mention for mention in mentions if REPORT_OF.match(text, mention[0].end)] or regional or mentions
    places = list(dict.fromkeys(name for _, names in chosen for name in names))
    above = {ancestor for _, names in chosen if len(names) == 1 for ancestor in ancestors(names[0], lexicon)}
    places = [name for name in places if name not in above]  # 吉林省长春市 is 长春市
    listed = (
        len(places) > 1
        and len(chosen) > 1
        and all(
            LISTING.fullmatch(text[one.end : other.start])
            for (one, _), (other, _) in pairwise(chosen)
            if one.end <= other.start
        )
    )
    offices = held.offices_in(text)
    levels, spans = _levels(text, [*terms, *(span for span, _ in offices)])
    spans += [span for span, _ in mentions] + [span for span, _ in offices]
    unknown = _unknown(text, spans) if not places else ()
    spans += [Span(text.index(name), text.index(name) + len(name)) for name in unknown]
    keys = tuple(dict.fromkeys(key for _, key in offices))
    return AskedPlaces(tuple(places), listed, () if places else tuple(levels), keys, unknown, tuple(sorted(spans)))


def _held_of(names: tuple[str, ...], held: HeldNames) -> tuple[str, ...]:
    """Of the places that go by one name (吉林: the province, the city) those that are held, all where none is."""
    return tuple(name for name in names if name in held.places.values()) or names


def _unknown(text: str, spans: Sequence[Span]) -> tuple[str, ...]:
    """What is named like a place at the head of a question: 陶垣县2022年粮食总产."""
    match = LIKE_A_PLACE.match(text.strip())
    if match is None or any(span.start < match.end("name") and match.start("name") < span.end for span in spans):
        return ()
    return (match["name"],)


def ancestors(place: str, lexicon: Lexicon) -> list[str]:
    """The places that a place lies in, the nearest first."""
    found: list[str] = []
    known = lexicon.place(place)
    while known is not None and known.parent and known.parent not in found:
        found.append(known.parent)
        known = lexicon.place(known.parent)
    return found


def names_of(place: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The Chinese names of a place, as they may stand in a report about a larger one."""
    known = lexicon.place(place)
    return (place, *known.names) if known else (place,)


def english_terms(text: str, lexicon: Lexicon) -> list[tuple[Span, str]]:
    """The terms of several English words in the text, each with its best Chinese: gross national product."""
    matches = lexicon.english_to_chinese(text) if LATIN.search(text) else ()
    return [
        (Span(match.start, match.end), match.chinese[0][0]) for match in matches if re.search(r"[\s-]", match.english)
    ]


def _levels(text: str, terms: Sequence[Span]) -> tuple[list[Level], list[Span]]:
    """The levels that the text names outside other terms, and where: no national of gross national product."""
    levels, spans = [], []
    for pattern, level in LEVEL_WORDS:
        for match in pattern.finditer(text):
            if any(term.start < match.end() and match.start() < term.end for term in terms):
                continue
            if level not in levels:
                levels.append(level)
            spans.append(Span(match.start(), match.end()))
    return levels, spans
