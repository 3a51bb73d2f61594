"""The places and offices whose reports an archive holds, by the names people call them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from assistant.office_names import LEVEL_WORDS, OfficeNames, office_key
from indexer.archive import Archive
from indexer.lexicon.inflection import FUNCTION_WORDS, EnglishWord, english_words
from indexer.lexicon.terms import Lexicon
from indexer.naming import latin_names
from indexer.types import ReportInfo, Span

SUFFIX = re.compile(r"(?:特别行政区|自治区|自治州|自治县|省|市|县|区|州|盟|旗|镇|乡)$")
ENGLISH_SUFFIXES = LEVEL_WORDS | {"province", "prefecture", "municipality", "league", "region"}
OFFICE_END = ("局", "委", "办", "厅", "院", "中心", "委员会", "办公室", "政府", "队", "会", "社")
LEVEL_BEFORE = "市县区省州旗"  # 市应急局, 县农业农村局
LEVEL_AT_HEAD = re.compile(r"^\**(?:[市县区省州](?![场容政域级]))?")  # of 县住建局; 市场监管局 has none
SHORTEST = 2
LATIN = re.compile(r"[A-Za-z]{2}")
Found = tuple[Span, str]


@dataclass(frozen=True)
class HeldNames:
    """Names as people say them, each with what it stands for."""

    places: Mapping[str, str]  # short and full name → canonical place
    offices: Mapping[str, str]  # alias → key of the office
    english_offices: Mapping[tuple[str, ...], str] = field(default_factory=dict)  # stems of a name → key of the office
    homes: Mapping[str, frozenset[str]] = field(default_factory=dict)  # key of an office → the places that have it
    same: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # key of an office → the keys of all its names

    @classmethod
    def of(cls, reports: Sequence[ReportInfo], lexicon: Lexicon) -> HeldNames:
        """The names of the places and offices of these reports."""
        known = OfficeNames.load()
        places: dict[str, str] = {}
        offices: dict[str, str] = {}
        english: dict[tuple[str, ...], str] = {}
        homes: dict[str, frozenset[str]] = {}
        same: dict[str, tuple[str, ...]] = {}
        for report in reports:
            if report.place and lexicon.place(report.place) is None:  # others the lexicon knows
                places[report.place] = report.place
                short = SUFFIX.sub("", report.place)
                if len(short) >= SHORTEST:
                    places[short] = report.place
            if report.issuer and (name := bureau_of(report)).endswith(OFFICE_END):
                key = office_key(name)
                offices.update(dict.fromkeys(_aliases(name, known, lexicon), key))
                english.update(dict.fromkeys(known.in_english(key), key))
                same[key] = tuple(dict.fromkeys((key, *map(office_key, known.chinese.get(key, ())))))
                homes[key] = homes.get(key, frozenset()) | ({report.place} if report.place else frozenset())
        return cls(places, offices, english, homes, same)

    def places_in(self, text: str) -> list[Found]:
        """The held places that the text names in Chinese or in pinyin, the longest names first, without overlap."""
        found = _find(text, self.places)
        latin = self._in_pinyin(text) if self.places and LATIN.search(text) else ()
        return sorted([*found, *(item for item in latin if not _overlaps(item[0], found))])

    def offices_in(self, text: str) -> list[Found]:
        """The held offices that the text names, by their keys; 市 of 市应急局 belongs to the name."""
        found = [(_with_level(span, text), key) for span, key in _find(text, self.offices)]
        latin = self._in_english(text) if self.english_offices and LATIN.search(text) else ()
        return sorted([*found, *(item for item in latin if not _overlaps(item[0], found))])

    def keys_in(self, text: str) -> tuple[str, ...]:
        """The keys of the held offices that the text names, with those of their other names: 卫健局, 卫生健康局."""
        return tuple(dict.fromkeys(other for _, key in self.offices_in(text) for other in self.same.get(key, (key,))))

    def whose(self, places: tuple[str, ...], offices: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The places whose reports are asked for, and those that these must name: of a county, by the city's office."""
        homes: frozenset[str] = frozenset().union(*(self.homes.get(office, frozenset()) for office in offices))
        if not homes or homes.issuperset(places):
            return places, ()
        return tuple(name for name in places if name in homes), tuple(name for name in places if name not in homes)

    @cached_property
    def _pinyin(self) -> Mapping[str, str]:
        """The short names of the held places in pinyin; a rarer reading gives way to a usual one."""
        shorts = [(name, place) for name, place in self.places.items() if not SUFFIX.search(name) or name != place]
        found: dict[str, str] = {}
        for rank in range(2):
            for name, place in shorts:
                names = latin_names(name)
                for latin in names[:1] if rank == 0 else names[1:]:
                    found.setdefault(latin, place)
        return found

    def _in_pinyin(self, text: str) -> Iterator[Found]:
        """Lanchuan City, Lan Chuan, qihe district."""
        words = [word for word in english_words(text) if word.form.isalpha()]
        for at, word in enumerate(words):
            for size in (1, 2, 3):
                place = self._pinyin.get("".join(other.form for other in words[at : at + size]))
                if place is not None and at + size <= len(words) and text[word.start].isupper():
                    last = at + size
                    has_suffix = last < len(words) and words[last].form in ENGLISH_SUFFIXES
                    ends = has_suffix and not _is_level_of_an_office(words, last, self.english_offices)
                    yield Span(word.start, words[last if ends else last - 1].end), place
                    break

    def _in_english(self, text: str) -> Iterator[Found]:
        """The longest names of offices: county agriculture bureau, Bureau of Emergency Management."""
        words = [word for word in english_words(text) if word.form not in FUNCTION_WORDS]
        at = 0
        while at < len(words):
            size = _longest(words, at, self.english_offices)
            if size == 0:
                at += 1
                continue
            first = at - 1 if at and words[at - 1].form in LEVEL_WORDS else at
            key = self.english_offices[tuple(word.stem for word in words[at : at + size])]
            yield Span(words[first].start, words[at + size - 1].end), key
            at += size


class CurrentNames:
    """The names of what an archive holds now; they are found anew where its reports have changed."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._last: tuple[tuple[ReportInfo, ...], HeldNames] | None = None

    def now(self) -> HeldNames:
        """The names as of this moment."""
        last, reports = self._last, self._archive.reports()
        if last is None or last[0] != reports:
            last = self._last = (reports, HeldNames.of(reports, self._archive.lexicon))
        return last[1]


def bureau_of(report: ReportInfo) -> str:
    """The name of the office without the place: 应急管理局 of 澜川市应急管理局."""
    issuer = report.issuer or ""
    return LEVEL_AT_HEAD.sub("", issuer.removeprefix(report.place or ""))


def _aliases(name: str, known: OfficeNames, lexicon: Lexicon) -> set[str]:
    """How people call an office in Chinese: its name, its short forms, and what the lexicon holds to be the same."""
    key = office_key(name)
    same = (other for other, weight in lexicon.synonyms(name) if weight > 0.8)
    names = {name, key, *known.chinese.get(key, ()), *map(office_key, known.chinese.get(key, ())), *same}
    return {alias for alias in names if len(alias) > SHORTEST and alias.endswith(OFFICE_END)}


def _is_level_of_an_office(words: Sequence[EnglishWord], at: int, offices: Mapping[tuple[str, ...], str]) -> bool:
    """Whether the word says the level of the office named behind it: the city of Lanchuan city emergency bureau."""
    return at + 1 < len(words) and _longest(words, at + 1, offices) > 0


def _longest(words: Sequence[EnglishWord], at: int, offices: Mapping[tuple[str, ...], str]) -> int:
    """How many words the longest name of an office that begins here has; 0 where none does."""
    stems = tuple(word.stem for word in words[at : at + 9])
    return next((size for size in range(len(stems), 1, -1) if stems[:size] in offices), 0)


def _with_level(span: Span, text: str) -> Span:
    before = text[max(0, span.start - 1) : span.start]
    return Span(span.start - 1, span.end) if before and before in LEVEL_BEFORE else span


def _overlaps(span: Span, found: Sequence[Found]) -> bool:
    return any(span.start < other.end and other.start < span.end for other, _ in found)


def _find(text: str, names: Mapping[str, str]) -> list[Found]:
    found: list[Found] = []
    for name in sorted(names, key=len, reverse=True):
        start = text.find(name)
        while start >= 0:
            span = Span(start, start + len(name))
            if not _overlaps(span, found):
                found.append((span, names[name]))
            start = text.find(name, span.end)
    return sorted(found)
