"""Metadata: what a report is, whose, and of when, guessed from its title, file name and first lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Final

from indexer.clues import (
    NATION,
    announces_summary,
    genre_in,
    level_in,
    level_of,
    office_in,
    period_in,
    place_in,
    signatory_in,
    speaker_in,
    unspaced,
    year_in,
)
from indexer.disagreements import Disagreement, other_office, other_place_or_year
from indexer.fold import fold
from indexer.guesses import Guess, Source
from indexer.manifest import ManifestRow
from indexer.types import Genre, Level, Period, Visibility


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a report; nothing known is a valid outcome."""

    title: Guess[str]
    genre: Guess[Genre]
    issuer: Guess[str | None]
    place: Guess[str | None]
    level: Guess[Level]
    year: Guess[int | None]
    period: Guess[Period | None]
    visibility: Guess[Visibility]
    warnings: tuple[str, ...] = ()


TITLE_WORDS: Final = re.compile(r"报告|总结|小结|汇报|工作(?:思路|计划|要点|打算)|情况|规划|方案|述职|讲话|公报|纲要")
NOT_TITLE: Final = re.compile(r"[。！!；;]|^来源|^[-—]|^(?:新华社|各位)|月\d{1,2}日|[:：]$|^[（(]")
MEANINGFUL_NAME: Final = re.compile(r"[\u4e00-\u9fff]{2}")
COPY_MARK: Final = re.compile(r"[\s_-]*(?:副本|\(\d\)|（\d）|终稿|定稿|最终版|修改稿|[vV]\d)+$")
ENUMERATED: Final = re.compile(r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d+[.、])")
HEAD: Final = 1500  # characters of a report in which it says what it is
LONGEST_TITLE: Final = 60
ASSEMBLY: Final = re.compile(
    r"(?:在|^|—|-|,|\s)(?P<place>[\u4e00-\u9fff]{2,24}?)第[一二三四五六七八九十]+届(?P<whole>全国)?人民代表大会"
    r"|(?:我|现在)?代表(?P<office>国务院|[\u4e00-\u9fff]{2,14}?)(?:市|省|自治区|县|区)?人民政府?(?:,|向)|代表(?P<council>国务院)"
)
FIVE_YEARS: Final = re.compile(r"(?<!今后)(?<!未来)五年(?!计划|规划|行动)|“[^”]{1,3}五”(?:时期|计划|规划|以来)")
SHORT_LINE: Final = re.compile(r"[^。！？；，：:!?;,\n]{4,30}")
REVIEWING: Final = re.compile(r"回顾|总结|成就|过去|工作|执行情况")
REVIEW_HEADING: Final = re.compile(r"(?:回顾|总结)$")
DATED: Final = re.compile(r"(\d{4})年\d{1,2}月\d{1,2}日")
OPENING: Final = 200  # characters of a first paragraph
SUMMARY_HEADING: Final = re.compile(r"总结|回顾|工作情况|完成情况|开展情况")


@dataclass(frozen=True, slots=True)
class Clues:
    """The places where a report says what it is, folded and unspaced: its title, its file name, its first lines."""

    title: str
    name: str
    lines: tuple[str, ...]
    headings: tuple[str, ...]

    def sources(self) -> Iterator[tuple[str, Source, float]]:
        """The title and the file name, with how far each can be trusted."""
        if self.title:
            yield self.title, Source.TITLE, 0.95
        if self.name:
            yield self.name, Source.FILE_NAME, 0.8


def guess_metadata(path: str, text: str, *, home_place: str = "", home_office: str = "") -> Metadata:
    """The metadata of the report with this path (relative, with forward slashes) and text.

    The title is the text's own, else a meaningful file name, else empty. Where the report itself speaks for another
    place or year than its file name or title, the report is followed and a warning says so. `home_place` and
    `home_office` fill what stays unknown.
    """
    title = _title(path, text)
    clues = _clues(path, text, title)
    genre = _genre(clues)
    year = _year(clues, genre.value)
    place = _place(clues, genre.value)
    warnings = tuple(f"{path}: {one}" for one in other_place_or_year(clues.sources(), place, year))
    if place.value is None and home_place:
        place = Guess(home_place, 0.5, Source.HOME)
    issuer = _issuer(clues, genre.value, place)
    if issuer.value is None and home_office:
        issuer = Guess(home_office, 0.5, Source.HOME)
    period = _period(clues, genre.value, year)
    level = _level(text, place)
    visibility = Guess(Visibility.PUBLIC, 0.0, Source.NONE)
    return Metadata(title, genre, issuer, place, level, year, period, visibility, warnings)


def apply_manifest(metadata: Metadata, row: ManifestRow) -> Metadata:
    """The metadata with everything that the manifest says of the file in the place of what was guessed.

    A year, genre or place from the manifest carries the period and the level with it where it leaves those open.
    """
    given = {
        name: Guess(value, 1.0, Source.MANIFEST)
        for name in ("title", "issuer", "place", "level", "genre", "year", "period", "visibility")
        if (value := getattr(row, name)) is not None
    }
    if "place" in given and "level" not in given:
        given["level"] = Guess(level_of(given["place"].value), 0.9, Source.MANIFEST)
    if ("year" in given or "genre" in given) and "period" not in given:
        year = given.get("year", metadata.year).value
        genre = given.get("genre", metadata.genre).value
        lines = (unspaced(fold(given["title"].value)),) if "title" in given else ()
        given["period"] = Guess(_period_of(genre, year, lines, ()), 0.9, Source.MANIFEST)
    warnings = () if {"place", "year"} <= given.keys() else metadata.warnings
    return replace(metadata, **given, warnings=warnings)


def _title(path: str, text: str) -> Guess[str]:
    lines = [line.strip() for line in text[:HEAD].splitlines() if line.strip()][:6]
    own = _own_title(lines)
    name = _file_title(path)
    if name and len(unspaced(own)) <= 8 and unspaced(own) in name:
        return Guess(name, 0.8, Source.FILE_NAME)  # 政府工作报告 says less than 2024年杭州市政府工作报告
    if own:
        return Guess(own, 0.95, Source.TITLE)
    return Guess(name, 0.6, Source.FILE_NAME) if name else Guess("", 0.0, Source.NONE)


def _own_title(lines: list[str]) -> str:
    """The first of the lines that names a document; an office on the line above belongs to it."""
    for i, line in enumerate(lines):
        words = unspaced(fold(line))
        if len(words) > LONGEST_TITLE or ENUMERATED.match(words):
            return ""
        if NOT_TITLE.search(words) or not TITLE_WORDS.search(words):
            continue
        above = lines[i - 1] if i else ""
        is_office = above and not NOT_TITLE.search(above) and office_in(f"{unspaced(fold(above))}工作总结")
        return f"{above}{line}" if is_office else line
    return ""


def _file_title(path: str) -> str:
    stem = COPY_MARK.sub("", PurePosixPath(path).name.rsplit(".", 1)[0]).strip(" _-")
    return stem if MEANINGFUL_NAME.search(stem) and not stem.startswith(("新建", "未命名", "文档")) else ""


def _clues(path: str, text: str, title: Guess[str]) -> Clues:
    lines = tuple(unspaced(fold(line.strip())) for line in text[:HEAD].splitlines() if line.strip())
    headings = tuple(unspaced(fold(line)) for line in map(str.strip, text.splitlines()) if _may_be_heading(line))
    own = unspaced(fold(title.value)) if title.source is Source.TITLE else ""
    return Clues(own, unspaced(fold(_file_title(path))), lines, headings)


def _may_be_heading(line: str) -> bool:
    if ENUMERATED.match(line):
        return True
    return SHORT_LINE.fullmatch(line) is not None and REVIEW_HEADING.search(line) is not None


def _genre(clues: Clues) -> Guess[Genre]:
    for words, source, confidence in clues.sources():
        if genre := genre_in(words):
            return Guess(genre, confidence, source)
    if any("政府工作报告" in line or _assembly_place(line) for line in clues.lines):
        return Guess(Genre.WORK_REPORT, 0.8, Source.TEXT)
    if any(genre_in(heading[:LONGEST_TITLE]) for heading in clues.headings[:3]):
        return Guess(Genre.WORK_SUMMARY, 0.7, Source.TEXT)
    if any(announces_summary(line[:OPENING]) for line in clues.lines[:2]):
        return Guess(Genre.WORK_SUMMARY, 0.6, Source.TEXT)
    return Guess(Genre.OTHER, 0.3, Source.TEXT)


def _year(clues: Clues, genre: Genre) -> Guess[int | None]:
    if genre is Genre.WORK_REPORT:
        for line in clues.lines[:8]:
            if (dated := DATED.search(line)) and _assembly_place(line):
                return Guess(int(dated[1]), 0.97, Source.TEXT)
    for words, source, confidence in clues.sources():
        if year := year_in(words):
            return Guess(year, confidence, source)
    for heading in clues.headings[:4]:
        if (year := year_in(heading[:LONGEST_TITLE])) and SUMMARY_HEADING.search(heading[:LONGEST_TITLE]):
            return Guess(year + (genre is Genre.WORK_REPORT), 0.8, Source.TEXT)
    opening = next((year for line in clues.lines[:3] if (year := year_in(line[:40]))), None)
    return Guess(opening, 0.6 if opening else 0.0, Source.TEXT if opening else Source.NONE)


def _place(clues: Clues, genre: Genre) -> Guess[str | None]:
    if genre is Genre.WORK_REPORT:
        for line in clues.lines[:10]:
            if place := _assembly_place(line[:200]):
                return Guess(place, 0.97, Source.TEXT)
    for words, source, confidence in clues.sources():
        if place := place_in(words):
            return Guess(place, confidence, source)
    speaker = _speaker(clues)
    return Guess(place_in(speaker), 0.7, Source.TEXT) if speaker else Guess(None, 0.0, Source.NONE)


def _assembly_place(line: str) -> str | None:
    """The place whose assembly or government the line names: 在安徽省第十四届人民代表大会, 我代表国务院."""
    for match in ASSEMBLY.finditer(line):
        if match["whole"] or match["council"] or match["office"] == "国务院":
            return NATION
        if match["place"] and (place := place_in(match["place"])):
            return place
    return None


def _level(text: str, place: Guess[str | None]) -> Guess[Level]:
    if place.value is not None:
        return Guess(level_of(place.value), place.confidence, place.source)
    level = level_in(fold(text))
    return Guess(level, 0.0 if level is Level.UNKNOWN else 0.8, Source.NONE if level is Level.UNKNOWN else Source.TEXT)


def _issuer(clues: Clues, genre: Genre, place: Guess[str | None]) -> Guess[str | None]:
    if genre is Genre.WORK_REPORT:
        name = "国务院" if place.value == NATION else f"{place.value}人民政府"
        return Guess(name if place.value else None, place.confidence, place.source)
    for words, source, confidence in clues.sources():
        if office := office_in(words):
            return Guess(office, confidence, source)
    speaker = _speaker(clues)
    return Guess(speaker, 0.7, Source.TEXT) if speaker else Guess(None, 0.0, Source.NONE)


def _speaker(clues: Clues) -> str | None:
    """The office that the first lines speak for or are signed by, where neither title nor file name tells."""
    signed = (office for line in clues.lines[1:4] if (office := signatory_in(line)))
    return next((office for line in clues.lines[:2] if (office := speaker_in(line[:OPENING]))), next(signed, None))


def _period(clues: Clues, genre: Genre, year: Guess[int | None]) -> Guess[Period | None]:
    told = [words for words, _, _ in clues.sources() if genre_in(words)]
    headings = [heading[:LONGEST_TITLE] for heading in clues.headings[:4]]
    period = _period_of(genre, year.value, told, headings)
    return Guess(period, 0.9 * year.confidence, year.source)


def _period_of(
    genre: Genre, year: int | None, titles: list[str] | tuple[str, ...], headings: list[str] | tuple[str, ...]
) -> Period | None:
    """What the review covers: of a work report the year before, or five; of a summary the year or the part it names."""
    if year is None:
        return None
    if genre is Genre.WORK_REPORT:
        covers_five = any(FIVE_YEARS.search(heading) and REVIEWING.search(heading) for heading in headings[:1])
        return Period.of_years(year - 5, year - 1) if covers_five else Period.of_year(year - 1)
    told = [*titles, *(heading for heading in headings if SUMMARY_HEADING.search(heading))]
    return next((period for words in told if (period := period_in(words, year))), Period.of_year(year))


def disagreements(path: str, text: str) -> tuple[Disagreement, ...]:
    """Where the file name or the title of a report names another place, year or office than the report itself."""
    clues = _clues(path, text, _title(path, text))
    genre = _genre(clues).value
    others = other_place_or_year(clues.sources(), _place(clues, genre), _year(clues, genre))
    offices = () if genre is Genre.WORK_REPORT else other_office(office_in(clues.name), office_in(clues.title))
    return (*others, *offices)
