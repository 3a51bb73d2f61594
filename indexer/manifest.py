"""The manifest: what a records clerk knows better than any guess, one row a file, in manifest.csv beside the files."""

from __future__ import annotations

import calendar
import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Final, TypeVar

from indexer.errors import ManifestError, ReadError
from indexer.readers.text import read_text
from indexer.types import Genre, Level, Period, Visibility

FILE_NAME: Final = "manifest.csv"
COLUMNS: Final = ("path", "title", "issuer", "place", "level", "genre", "year", "period", "visibility")
EARLIEST, LATEST = 1900, 2100
GENRES: Final[Mapping[str, Genre]] = MappingProxyType(
    {"政府工作报告": Genre.WORK_REPORT, "工作报告": Genre.WORK_REPORT, "工作总结": Genre.WORK_SUMMARY}
    | {"总结": Genre.WORK_SUMMARY, "其他": Genre.OTHER}
    | {genre.value: genre for genre in Genre}
)
LEVELS: Final[Mapping[str, Level]] = MappingProxyType(
    {
        "国家": Level.NATION,
        "全国": Level.NATION,
        "省": Level.PROVINCE,
        "自治区": Level.PROVINCE,
        "直辖市": Level.PROVINCE,
    }
    | {
        "市": Level.CITY,
        "县": Level.COUNTY,
        "区": Level.DISTRICT,
        "乡": Level.TOWN,
        "镇": Level.TOWN,
        "街道": Level.TOWN,
    }
    | {level.value: level for level in Level}
)
VISIBILITIES: Final[Mapping[str, Visibility]] = MappingProxyType(
    {"公开": Visibility.PUBLIC, "内部": Visibility.INTERNAL, "指定": Visibility.LISTED}
    | {visibility.value: visibility for visibility in Visibility}
)
PERIOD_FORMS: Final = "2023, 2022H1, 2022Q1, 2018-2022 or 2022-01..2022-05"
CHINESE_PARTS: Final[Mapping[str, str]] = MappingProxyType(
    {"年上半年": "H1", "年下半年": "H2"} | {f"年第{n}季度": f"Q{i}" for i, n in enumerate("一二三四", start=1)}
)
_PERIOD: Final = re.compile(
    r"(?P<year>\d{4})(?:H(?P<half>[12])|Q(?P<quarter>[1-4])|-(?P<last>\d{4})"
    r"|-(?P<month>\d{2})(?:\.\.(?P<last_year>\d{4})-(?P<last_month>\d{2}))?)?"
)

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class ManifestRow:
    """What the manifest says of one file; None where it says nothing."""

    path: str  # relative to the manifest's folder, with forward slashes
    line: int  # in the file, the heading being line 1
    title: str | None = None
    issuer: str | None = None
    place: str | None = None
    level: Level | None = None
    genre: Genre | None = None
    year: int | None = None
    period: Period | None = None
    visibility: Visibility | None = None


def read_manifest(folder: Path) -> dict[str, ManifestRow]:
    """The rows of the folder's manifest.csv by path; empty where there is none.

    Raises ManifestError where it cannot be read, has an unknown column, or holds a value that cannot be used.
    """
    file = folder / FILE_NAME
    if not file.is_file():
        return {}
    table = csv.DictReader(io.StringIO(_read(file), newline=""), strict=True)
    try:
        _check_columns(file, table.fieldnames or ())
        rows = [_row(file, table.line_num, record) for record in table if any(filter(None, record.values()))]
    except csv.Error as error:
        raise ManifestError(f"{file}, line {table.line_num}: {error}; save it anew as CSV.") from error
    manifest: dict[str, ManifestRow] = {}
    for row in rows:
        if row.path in manifest:
            raise _error(file, row.line, "path", row.path, f"it stands in line {manifest[row.path].line} already")
        manifest[row.path] = row
    return manifest


def missing_files(folder: Path, rows: Iterable[ManifestRow]) -> tuple[str, ...]:
    """A sentence for each row whose file is not in the folder, with the file, the line and what to do."""
    return tuple(
        f"{folder / FILE_NAME}, line {row.line}: there is no file {row.path!r}; correct the path or remove the line."
        for row in rows
        if not (folder / row.path).is_file()
    )


def parse_period(text: str) -> Period:
    """The period written as 2023, 2022H1, 2022Q1, 2018-2022, 2022-03 or 2022-01..2022-05.

    2022年上半年, 2022年第一季度 and 2018—2022年 are understood, too. Raises ValueError where it is written otherwise,
    ends before it starts or has a month that does not exist.
    """
    match = _PERIOD.fullmatch(_in_code(text))
    if match is None:
        raise ValueError(f"{text!r} is not a period; write {PERIOD_FORMS}")
    year = _year(match["year"])
    if match["half"]:
        return Period.of_months(year, 6 * int(match["half"]) - 5, 6 * int(match["half"]))
    if match["quarter"]:
        return Period.of_months(year, 3 * int(match["quarter"]) - 2, 3 * int(match["quarter"]))
    if match["month"]:
        last_year, last_month = int(match["last_year"] or year), int(match["last_month"] or match["month"])
        first = date(year, int(match["month"]), 1)
        return Period(first, date(last_year, last_month, calendar.monthrange(last_year, last_month)[1]))
    return Period.of_years(year, _year(match["last"] or match["year"]))


def _in_code(text: str) -> str:
    """A period in Chinese in the form of the code: 2022年第一季度 is 2022Q1."""
    for words, code in CHINESE_PARTS.items():
        text = text.replace(words, code)
    return re.sub(r"\s*[—–～~至]+\s*", "-", text.strip()).replace("年", "")


def _read(file: Path) -> str:
    try:
        return read_text(file.read_bytes(), str(file))
    except (OSError, ReadError) as error:
        raise ManifestError(f"{file} cannot be read ({error}); save it as a CSV file in UTF-8.") from error


def _check_columns(file: Path, columns: Iterable[str]) -> None:
    names = [(name or "").strip() for name in columns]
    unknown = [name for name in names if name not in COLUMNS]
    if unknown:
        raise ManifestError(
            f"{file}, line 1: the column {unknown[0]!r} is unknown; the columns are {', '.join(COLUMNS)}."
        )
    if "path" not in names:
        raise ManifestError(f"{file}, line 1: the column 'path' is missing; add it, it says which file a row is about.")


def _row(file: Path, line: int, record: Mapping[str | None, str | None]) -> ManifestRow:
    cells = {
        (name or "").strip(): (cell or "").strip() for name, cell in record.items() if isinstance(cell, str | None)
    }
    if None in record:
        raise ManifestError(
            f"{file}, line {line}: there are more values than columns; put values with commas in quotes."
        )
    if not cells["path"]:
        raise ManifestError(f"{file}, line {line}: the path is empty; write which file the row is about.")
    return ManifestRow(
        path=cells["path"].replace("\\", "/").removeprefix("./"),
        line=line,
        title=cells.get("title") or None,
        issuer=cells.get("issuer") or None,
        place=cells.get("place") or None,
        level=_choose(file, line, "level", cells.get("level"), LEVELS),
        genre=_choose(file, line, "genre", cells.get("genre"), GENRES),
        year=_checked_year(file, line, cells.get("year")),
        period=_checked_period(file, line, cells.get("period")),
        visibility=_choose(file, line, "visibility", cells.get("visibility"), VISIBILITIES),
    )


def _choose(file: Path, line: int, column: str, cell: str | None, choices: Mapping[str, Value]) -> Value | None:
    if not cell:
        return None
    if cell not in choices:
        raise _error(file, line, column, cell, f"it must be one of {', '.join(choices)}")
    return choices[cell]


def _checked_year(file: Path, line: int, cell: str | None) -> int | None:
    try:
        return _year(cell.removesuffix("年")) if cell else None
    except ValueError as error:
        raise _error(file, line, "year", cell or "", f"write a year from {EARLIEST} to {LATEST}") from error


def _checked_period(file: Path, line: int, cell: str | None) -> Period | None:
    try:
        return parse_period(cell) if cell else None
    except ValueError as error:
        raise _error(file, line, "period", cell or "", f"write {PERIOD_FORMS}") from error


def _year(text: str) -> int:
    year = int(text)
    if not EARLIEST <= year <= LATEST:
        raise ValueError(f"{text} is not a year of a report")
    return year


def _error(file: Path, line: int, column: str, cell: str, remedy: str) -> ManifestError:
    return ManifestError(f"{file}, line {line}: the {column} {cell!r} cannot be used; {remedy}.")
