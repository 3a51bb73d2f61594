"""The description of a report as a form: read, checked, and turned into what the archive keeps."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace

from assistant.types import Language
from indexer.clues import level_of
from indexer.manifest import EARLIEST, LATEST, parse_period
from indexer.types import Genre, Level, Period, ReportInfo
from ui.text import say

FIELDS = ("title", "issuer", "place", "level", "genre", "year", "period")
LONGEST = {"title": 200, "issuer": 80, "place": 40}  # characters


@dataclass(frozen=True, slots=True)
class Edited:
    """A description as it was sent: the report so described, or a sentence for each field that cannot be so."""

    info: ReportInfo
    wrong: Mapping[str, str] = field(default_factory=dict)


def read_form(info: ReportInfo, told: Mapping[str, str], language: Language) -> Edited:
    """The report as the form describes it; what is wrong stays as it was."""
    wrong: dict[str, str] = {}
    texts = {name: " ".join(told.get(name, "").split()) for name in FIELDS}
    for name, most in LONGEST.items():
        if len(texts[name]) > most:
            wrong[name] = say(language, "edit_too_long", most=most)
    year, period = info.year, info.period
    try:
        year = _year(texts["year"])
    except ValueError:
        wrong["year"] = say(language, "edit_year", first=EARLIEST, last=LATEST)
    try:
        period = parse_period(texts["period"]) if texts["period"] else None
    except ValueError:
        wrong["period"] = say(language, "edit_period")
    if not texts["title"]:
        wrong["title"] = say(language, "edit_title")
    place = texts["place"] or None
    level = Level(texts["level"]) if texts["level"] in set(Level) else info.level
    if place and place != info.place and level is info.level:
        level = level_of(place)
    genre = Genre(texts["genre"]) if texts["genre"] in set(Genre) else info.genre
    if wrong:
        return Edited(info, wrong)
    issuer = texts["issuer"] or None
    return Edited(replace(info, title=texts["title"], issuer=issuer, place=place, level=level, genre=genre, year=year, period=period))  # fmt: skip


def period_text(period: Period | None) -> str:
    """A period as the form takes it back."""
    if period is None:
        return ""
    try:
        if parse_period(period.label) == period:
            return period.label
    except ValueError:
        pass  # 2022年1—5月 is written by its first and last month
    return f"{period.start:%Y-%m}..{period.end:%Y-%m}"


def stamp_of(info: ReportInfo) -> str:
    """A short mark of a description: what was changed by somebody else meanwhile has another one."""
    said = "\n".join(str(getattr(info, one.name)) for one in fields(ReportInfo))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _year(text: str) -> int | None:
    if not text:
        return None
    year = int(text.removesuffix("年"))
    if not EARLIEST <= year <= LATEST:
        raise ValueError(text)
    return year
