"""The place of a report that names it only in short (靖川城管2024年总结), told by the other reports held."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from indexer.clues import level_of, unspaced
from indexer.fold import fold
from indexer.types import ReportInfo

if TYPE_CHECKING:
    from indexer.archive import Archive

SUFFIX: Final = re.compile(r"(?:特别行政区|自治区|自治州|自治县|省|市|县|区|州|盟|旗|镇|乡)$")
SHORTEST: Final = 2  # characters of a short name
OPENING: Final = 60  # characters of the text in which a report says whose it is
SURE: Final = 0.6
SOURCE: Final = "other reports"


def settle_places(archive: Archive) -> tuple[str, ...]:
    """Give each report without a place the one held place that its title, file name or opening names; their ids.

    Where they name several places, or one that no other report has, the place stays unknown.
    """
    reports = archive.reports()
    names = short_names(reports)
    settled: list[str] = []
    for report in reports if names else ():
        if report.place is None and (place := place_named(report, archive.report(report.id).text, names)):
            archive.set_metadata(replace(report, place=place, level=level_of(place)), source=SOURCE, confidence=SURE)
            settled.append(report.id)
    return tuple(settled)


def short_names(reports: Sequence[ReportInfo]) -> Mapping[str, frozenset[str]]:
    """The places of the reports by their names in full and in short; a short name may stand for several."""
    names: dict[str, frozenset[str]] = {}
    for place in {report.place for report in reports if report.place}:
        for name in {place, SUFFIX.sub("", place)}:
            if len(name) >= SHORTEST:
                names[name] = names.get(name, frozenset()) | {place}
    return names


def place_named(report: ReportInfo, text: str, names: Mapping[str, frozenset[str]]) -> str | None:
    """The only place that the head of a report names; None where it names none or several."""
    head = unspaced(fold(f"{report.title}\n{PurePosixPath(report.path).stem}\n{text[:OPENING]}"))
    full = {place for name, places in names.items() for place in places if name == place and name in head}
    found = full or {place for name, places in names.items() if name in head for place in places}
    return found.pop() if len(found) == 1 else None
