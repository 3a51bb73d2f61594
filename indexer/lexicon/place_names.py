"""Places that a text names: the nation, provinces, prefectures and well-known counties, in Chinese and in English.

A name counts only where it stands for the place itself: not within a longer word (西湖南岸, 中国共产党), not as the
name of a street, a school or a district (中山路, 武汉大学, 朝阳区).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from indexer.lexicon.inflection import english_words
from indexer.lexicon.matching import PhraseIndex, index_phrases
from indexer.types import Level

# 南京东路, 中山北二路, 西安街; 路网, 路灯, 路面 and the like are words of their own
STREET: Final = re.compile(
    r"[东南西北中]{0,2}[一二三四五六七八九十]?"
    r"(?:路(?![网灯桥面况政段基径权域侧边长])|街(?!道|区)|大道|大街|大桥|立交)"
)
VENUE: Final = re.compile(r"大学(?![生城数教])|大厦|大酒店|大饭店|火车站|高铁站|人民医院|植物园|动物园")
# 朝阳区, 大同镇, but not 西安区域, 浙江县级, 江苏乡镇
SMALLER: Final = re.compile(
    r"区(?![域块间位内外划])|县(?![域级城乡市区内])|镇(?![域村级])|乡(?![村镇土贤亲])"
    r"|村(?![级镇民庄集干卫企])|街道|社区"
)
ENGLISH_SUFFIXES: Final[Mapping[tuple[str, ...], tuple[Level, ...]]] = {
    ("province",): (Level.PROVINCE,),
    ("provincial",): (Level.PROVINCE,),
    ("autonomous", "region"): (Level.PROVINCE,),
    ("municipality",): (Level.PROVINCE, Level.CITY),
    ("municipal",): (Level.PROVINCE, Level.CITY),
    ("city",): (Level.PROVINCE, Level.CITY, Level.COUNTY),
    ("prefecture",): (Level.CITY,),
    ("league",): (Level.CITY,),
    ("county",): (Level.COUNTY,),
    ("district",): (Level.DISTRICT,),
    ("new", "area"): (Level.DISTRICT,),
}
NO_SCOPE_AFTER: Final = frozenset({"road", "street", "avenue", "university", "bridge", "station", "hotel", "district"})
POSSESSIVE: Final = ("'s", "’s", "' ")
DIRECT: Final = frozenset({"北京市", "天津市", "上海市", "重庆市"})


@dataclass(frozen=True, slots=True)
class Place:
    """A place: its official name, level, the place above it, its names in Chinese and in English, usual one first."""

    canonical: str
    level: Level
    parent: str | None
    names: tuple[str, ...]
    english: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place named in a text; `others` are further places that the same name may mean (Suzhou: 苏州市, 宿州市)."""

    canonical: str
    start: int
    end: int
    level: Level
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceFinder:
    """Finds places by name. A name that maps to no place guards a longer word that only looks like a place."""

    chinese: Mapping[str, tuple[Place, ...]]
    english: Mapping[tuple[str, ...], tuple[Place, ...]]
    chinese_index: PhraseIndex[str]
    english_index: PhraseIndex[tuple[str, ...]]

    def mentions(self, text: str, words: Sequence[tuple[int, int]] = ()) -> list[PlaceMention]:
        """The places named in the text, in order; the text is folded, its letters may be of either case.

        Where the text's words are known by start and end, a Chinese name must not cut one: 融通化解 holds no 通化.
        """
        found = [*self._in_chinese(text, words), *self._in_english(text)]
        return sorted(found, key=lambda mention: mention.start)

    def _in_chinese(self, text: str, words: Sequence[tuple[int, int]]) -> Iterable[PlaceMention]:
        for start, end in self.chinese_index.leftmost(text):
            places = self.chinese[text[start:end]]
            if places and not _cuts_a_word(start, end, words) and not _is_part_of_a_name(text, start, end, places[0]):
                yield _mention(places, start, end)

    def _in_english(self, text: str) -> Iterable[PlaceMention]:
        words = english_words(text)
        forms = tuple(word.number_form for word in words)
        written = tuple(word.form for word in words)
        for first, last in self.english_index.leftmost(forms):
            places = self.english[forms[first:last]]
            owns = text.startswith(POSSESSIVE, words[last - 1].end)  # China's counties, China's county hospitals
            taken, levels = (last, ()) if owns else _suffix(written, last)
            fitting = tuple(place for place in places if not levels or place.level in levels)
            fitting = tuple(p for p in fitting if forms[last:taken] != ("city",) or _is_city(p)) or fitting
            if fitting and (levels or last == len(forms) or forms[last] not in NO_SCOPE_AFTER):
                yield _mention(fitting, words[first].start, words[taken - 1].end)


def build_place_finder(places: Iterable[Place], guards: Iterable[str]) -> PlaceFinder:
    """A finder for the places, the likelier first where a name is shared; guards are Chinese or English phrases."""
    chinese: dict[str, list[Place]] = {}
    english: dict[tuple[str, ...], list[Place]] = {}
    for place in places:
        for name in {place.canonical, *place.names}:
            chinese.setdefault(name, []).append(place)
        for words in {_forms(name) for name in place.english}:
            english.setdefault(words, []).append(place)
    for guard in guards:
        if guard.isascii():
            english.setdefault(_forms(guard), [])
        else:
            chinese.setdefault(guard, [])
    return PlaceFinder(
        {name: tuple(found) for name, found in chinese.items()},
        {name: tuple(found) for name, found in english.items()},
        index_phrases(chinese),
        index_phrases(english),
    )


def _forms(name: str) -> tuple[str, ...]:
    return tuple(word.number_form for word in english_words(name))


def _mention(places: tuple[Place, ...], start: int, end: int) -> PlaceMention:
    first, *others = places
    return PlaceMention(first.canonical, start, end, first.level, tuple(place.canonical for place in others))


def _is_part_of_a_name(text: str, start: int, end: int, place: Place) -> bool:
    """Whether what follows makes a street, a school or a smaller place of the name: 西安路, 中山大学, 朝阳区."""
    if place.level is Level.NATION:
        return False
    if STREET.match(text, end) or VENUE.match(text, end):
        return True
    is_short = text[start:end] != place.canonical
    return is_short and place.canonical not in DIRECT and SMALLER.match(text, end) is not None


def _cuts_a_word(start: int, end: int, words: Sequence[tuple[int, int]]) -> bool:
    """Whether the stretch begins within a word, or ends within a word that began later than it."""
    return any(first < start < last or start < first < end < last for first, last in words)


def _suffix(forms: tuple[str, ...], start: int) -> tuple[int, tuple[Level, ...]]:
    """Where a suffix such as Province or Autonomous Region ends, and the levels it allows; none allow all."""
    for words, levels in ENGLISH_SUFFIXES.items():
        if forms[start : start + len(words)] == words:
            return start + len(words), levels
    return start, ()


def _is_city(place: Place) -> bool:
    return place.level is not Level.PROVINCE or place.canonical in DIRECT
