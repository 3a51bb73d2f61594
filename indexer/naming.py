"""Names in Latin letters: the readable id of a report, given once (`guangdong-2024`), and how English names a place."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from itertools import islice, product

from indexer.types import ReportInfo

LONGEST = 60
MOST_READINGS = 16  # of a name with characters of several sounds
# 广西壮族自治区 is called Guangxi; a name of one character (东区) keeps its ending.
ENDING = re.compile(r"(?<=..)((壮族|回族|维吾尔)?自治区|特别行政区|省|市|县|区)$")
# Official spellings that are not the plain pinyin: two provinces would else share "shanxi".
SPELLINGS = {"陕西": "shaanxi", "内蒙古": "neimenggu", "西藏": "xizang"}
ENGLISH_ENDINGS = {"省": "Province", "市": "City", "县": "County", "区": "District", "镇": "Town", "乡": "Township", "州": "Prefecture"}  # fmt: skip


def english_name(place: str) -> str:
    """How English names a Chinese place that no table renders: Yunling County for 云岭县."""
    bare = ENDING.sub("", place)
    ending = ENGLISH_ENDINGS.get(place[len(bare) :], "")
    return f"{(SPELLINGS.get(bare) or ''.join(_syllables(bare))).capitalize()} {ending}".strip()


def readable_id(info: ReportInfo, taken: Callable[[str], bool]) -> str:
    """A new id in lower-case ASCII: place and year where both are known, else from the file name, the title, "report".

    A half-year report gets `-h1` or `-h2`. Where `taken` says that an id is in use, `-2`, `-3` … is added.
    """
    stem = _base(info)
    name, number = stem, 1
    while taken(name):
        number += 1
        name = f"{stem}-{number}"
    return name


def latin_names(name: str) -> tuple[str, ...]:
    """How the Chinese name of a place may be written in pinyin, joined and in lower case, the likeliest first: 栖河 → qihe, xihe."""
    import pypinyin

    usual = "".join(_syllables(name))
    sounds = pypinyin.pinyin(name, style=pypinyin.Style.NORMAL, heteronym=True)
    others = ("".join(part) for part in islice(product(*(dict.fromkeys(heard) for heard in sounds)), MOST_READINGS))
    return tuple(dict.fromkeys((SPELLINGS.get(name, usual), *(other.replace("ü", "v") for other in others))))


def _base(info: ReportInfo) -> str:
    if info.place and info.year:
        place = ENDING.sub("", info.place)
        slug = SPELLINGS.get(place) or "".join(_syllables(place))
        if slug:
            return f"{slug[:LONGEST]}-{info.year}{_half(info)}"
    for text in (info.file_name.rsplit(".", 1)[0], info.title):
        slug = "-".join(_syllables(text))[:LONGEST].strip("-")
        if slug:
            return slug
    return "report"


def _half(info: ReportInfo) -> str:
    if info.period is None or info.year is None:
        return ""
    halves = {
        (date(info.year, 1, 1), date(info.year, 6, 30)): "-h1",
        (date(info.year, 7, 1), date(info.year, 12, 31)): "-h2",
    }
    return halves.get((info.period.start, info.period.end), "")


def _syllables(text: str) -> list[str]:
    """Pinyin syllables and runs of ASCII letters and digits, in lower case."""
    import pypinyin  # its tables take a while to load and only a new report needs them

    return [run for part in pypinyin.lazy_pinyin(text) for run in re.findall(r"[a-z0-9]+", part.lower())]
