"""Clues: the year, the period, the place, the office and the genre that a title, a file name or a first line tells."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from indexer.lexicon.tables import read_rows, split_cell
from indexer.types import Genre, Level, Period

PLACES: Final = Path(__file__).parent / "lexicon" / "places.tsv"
NATION: Final = "全国"
MUNICIPALITIES: Final = frozenset({"北京市", "天津市", "上海市", "重庆市"})
EARLIEST, LATEST = 1949, 2100

YEAR: Final = re.compile(r"(?<!\d)(\d{4})\s?(?=年|[-—–至到])|(?<![\d_])((?:19|20)\d{2})(?![\d_])")
CHINESE_YEAR: Final = re.compile(r"[一二][一二三四五六七八九零〇○Ｏ]{3}(?=年)")
CHINESE_DIGITS: Final = str.maketrans("一二三四五六七八九零〇○Ｏ", "1234567890000")
SPACED_DIGITS: Final = re.compile(r"(?<=\d)[ \u2002](?=\d)|(?<=\d)[ \u2002]+(?=[年月日])")
SPACED_CHINESE: Final = re.compile(r"(?<=[\u4e00-\u9fff])[ \u3000]+(?=[\u4e00-\u9fff])")
YEARS: Final = re.compile(r"(\d{4})年?[-—–~至到]+(\d{4})年?")
MONTHS: Final = re.compile(r"(\d{1,2})月?[-—–~至到]+(\d{1,2})月")
PARTS_OF_YEAR: Final[Mapping[str, tuple[int, int]]] = MappingProxyType(
    {"上半年": (1, 6), "下半年": (7, 12), "前三季度": (1, 9), "前三个季度": (1, 9)}
    | {f"{prefix}{n}季度": (3 * i + 1, 3 * i + 3) for i, n in enumerate("一二三四") for prefix in ("第", "")}
)
PART_OF_YEAR: Final = re.compile("|".join(PARTS_OF_YEAR))

# 城乡建设, 市场, 区域: a unit's name only where no such word goes on from it
UNIT: Final = re.compile(
    r"[\u4e00-\u9fff]{2,11}?(?:特别行政区|自治区|自治州|自治县|自治旗|(?<!全)省(?![级直委内])|市(?![场政民容级直委区])"
    r"|(?<!市辖)县(?![域级城委])|(?<![城地社园灾库])区(?![域块级委间])|盟(?!市)|旗(?![下帜])|镇(?![江海域市村])"
    r"|(?<!城)乡(?![建村镇规土])|街道)"
)
OFFICE: Final = re.compile(
    r"(?:局|厅|委员会|委|办公室|办|政府|中心|院|所|站|处|队|公司|集团|学校|街道|镇|乡|会|部|国务院)$"
)
BEFORE_TOPIC: Final = re.compile(
    r"(?:关于)?(?P<office>[^\d,。:]*?)(?:关于)?(?:(?:19|20)\d{2}\s?年?|\d{4}年|第?[一二三四]季度|[上下]半年|前三季度|年度|全年"
    r"|政府工作报告|工作总结|工作情况|工作报告|工作汇报|重点工作|总结)"
)
AFTER_YEAR: Final = re.compile(
    r"^\d{4}\s?年?(?:度|[上下]半年)?(?:以来)?(?P<office>[^\d,。:]*?)(?:[上下]半年)?(?:政府)?工作(?:总结|报告|情况)"
)

SIGNATURE: Final = re.compile(  # a line of its own under the title: （某区卫生健康局 2024年12月）
    r"[（(]?(?P<office>[\u4e00-\u9fff]{4,24}?(?:局|厅|委员会|委|办公室|中心|院|所|站|队|政府))(?:\d{4}年.{0,8})?[）)]?"
)
SPEAKER: Final = re.compile(  # the office that the first sentence speaks of: 2021年，某县农业农村局在…领导下
    r"^(?:\d{4}年(?:度|上半年)?(?:以来)?[,，]?)?(?P<office>(?:(?![的各])[\u4e00-\u9fff]){3,18}?(?:局|厅|委员会|办公室|中心|街道办事处|人民政府))"
    r"(?=在|以|[,，]|坚持|认真|紧|围绕|深入|全面|积极|严格|贯彻|按照|始终|全体|牢牢|切实|聚焦|立足|持续)"
)
ANNOUNCED: Final = re.compile(r"(?:总结|汇报|报告)如下")

SUMMARY: Final = re.compile(r"总结|小结|工作汇报|工作情况|工作回顾|述职|开展情况|完成情况")
WORK_REPORT: Final = re.compile(r"政府工作(?:的)?报告")
OFFICIAL_PLACE: Final = re.compile(r"[全我]([区县市省])|([区县市省])(?:委|政府)|\*([区县市省])(?![域场容政])")
LEVEL_LETTERS: Final[Mapping[str, Level]] = MappingProxyType(
    {"区": Level.DISTRICT, "县": Level.COUNTY, "市": Level.CITY, "省": Level.PROVINCE}
)
SUFFIX_LEVELS: Final = (
    (("省", "自治区", "特别行政区"), Level.PROVINCE),
    (("自治州", "盟", "市"), Level.CITY),
    (("县", "旗"), Level.COUNTY),
    (("区",), Level.DISTRICT),
    (("镇", "乡", "街道"), Level.TOWN),
)


def _read_places() -> tuple[Mapping[str, str], Mapping[str, Level]]:
    """Official names by any name, and levels by official name; where a name is shared the first place has it."""
    official: dict[str, str] = {}
    levels: dict[str, Level] = {}
    for level, _, canonical, names, _ in read_rows(PLACES, 5):
        if level == "guard":
            continue
        levels.setdefault(canonical, Level(level))
        for name in (canonical, *split_cell(names)):
            official.setdefault(name, canonical)
    return MappingProxyType(official), MappingProxyType(levels)


_OFFICIAL, _LEVELS = _read_places()


def unspaced(folded: str) -> str:
    """A folded line without the blanks that spread it out (政 府 工 作 报 告, 1 9 9 8 年), years in digits."""
    text = SPACED_CHINESE.sub("", SPACED_DIGITS.sub("", folded))
    return CHINESE_YEAR.sub(lambda match: match[0].translate(CHINESE_DIGITS), text)


def year_in(line: str) -> int | None:
    """The first year that the line names; of a range the last."""
    span = YEARS.search(line)
    years = [int(span[2])] if span else [int(match[1] or match[2]) for match in YEAR.finditer(line)]
    return next((year for year in years if EARLIEST <= year <= LATEST), None)


def period_in(line: str, year: int) -> Period | None:
    """The part of the year or the years that the line names (上半年, 1—5月, 2018—2022年); None where it names none."""
    span = YEARS.search(line)
    if span and EARLIEST <= int(span[1]) <= int(span[2]) <= LATEST:
        return Period.of_years(int(span[1]), int(span[2]))
    months = MONTHS.search(line)
    if months and 1 <= int(months[1]) <= int(months[2]) <= 12:
        return Period.of_months(year, int(months[1]), int(months[2]))
    part = PART_OF_YEAR.search(line)
    return Period.of_months(year, *PARTS_OF_YEAR[part[0]]) if part else None


def genre_in(line: str) -> Genre | None:
    """The genre that the line names; None where it names none."""
    if WORK_REPORT.search(line):
        return Genre.WORK_REPORT
    return Genre.WORK_SUMMARY if SUMMARY.search(line) else None


def place_in(line: str) -> str | None:
    """The official name of the place that the line begins with, its year left out; of several the innermost."""
    rest = YEAR.sub("", line, count=1).lstrip("年度 关于")
    if rest.startswith(("国务院", NATION, "中华人民共和国")):
        return NATION
    known = max((name for name in _OFFICIAL if rest.startswith(name)), key=len, default="")
    place = _OFFICIAL.get(known)
    position = len(known)
    while (unit := UNIT.match(rest, position)) is not None:
        place, position = _OFFICIAL.get(unit[0], unit[0]), unit.end()
    return place


def level_of(place: str) -> Level:
    """The level of a place, by the list of places, else by the last character of its name."""
    if place in _LEVELS:
        return _LEVELS[place]
    return next((level for endings, level in SUFFIX_LEVELS if place.endswith(endings)), Level.UNKNOWN)


def level_in(text: str) -> Level:
    """The level that a text speaks for, by the most frequent of 全区, 我县, 市委, *县 and the like."""
    counts = dict.fromkeys(LEVEL_LETTERS, 0)
    for match in OFFICIAL_PLACE.finditer(text):
        counts[match[1] or match[2] or match[3]] += 1
    letter = max(counts, key=lambda letter: counts[letter])
    return LEVEL_LETTERS[letter] if counts[letter] else Level.UNKNOWN


def office_in(line: str) -> str | None:
    """The office whose report the line announces (云岭县住房和城乡建设局); None where it names none."""
    for pattern in (BEFORE_TOPIC, AFTER_YEAR):
        match = pattern.match(line)
        office = match["office"].strip(" 的") if match else ""
        if len(office) >= 2 and OFFICE.search(office):
            return office
    return None


def speaker_in(line: str) -> str | None:
    """The office that a text without a title opens with, named with its place; None where it opens otherwise."""
    match = SPEAKER.match(line)
    return match["office"] if match and place_in(match["office"]) else None


def signatory_in(line: str) -> str | None:
    """The office, named with its place, that a line consists of, a date behind it left out; None where it does not."""
    match = SIGNATURE.fullmatch(line)
    return match["office"] if match and place_in(match["office"]) else None


def announces_summary(line: str) -> bool:
    """Whether a first sentence says that a summary follows: 现将有关情况总结如下."""
    return ANNOUNCED.search(line) is not None
