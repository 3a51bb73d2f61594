"""What a question is kept to: years, offices and kinds of report, as chosen on the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from assistant.plan_summary import office_name
from assistant.types import Language
from indexer.types import Genre, ReportInfo
from ui.text import say

MOST = 50  # choices of one sort


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen; a sort of which nothing is chosen leaves everything in."""

    years: tuple[int, ...] = ()
    offices: tuple[str, ...] = ()
    genres: tuple[Genre, ...] = ()

    @classmethod
    def of(cls, sent: object) -> Self:
        """What the page sent, as far as it can be read: {"year": […], "office": […], "genre": […]}."""
        if not isinstance(sent, Mapping):
            return cls()
        years = (text for text in _texts(sent, "year") if text.isdecimal() and len(text) <= 4)
        genres = (text for text in _texts(sent, "genre") if text in set(Genre))
        return cls(tuple(map(int, years)), tuple(_texts(sent, "office")), tuple(map(Genre, genres)))

    def __bool__(self) -> bool:
        return bool(self.years or self.offices or self.genres)

    def sent(self) -> dict[str, list[str]]:
        """As the page sends it."""
        found = {
            "year": [str(year) for year in self.years],
            "office": list(self.offices),
            "genre": [genre.value for genre in self.genres],
        }
        return {sort: chosen for sort, chosen in found.items() if chosen}

    def ids(self, reports: Iterable[ReportInfo]) -> tuple[str, ...] | None:
        """The ids of the reports that fit; None where nothing is chosen."""
        return tuple(report.id for report in reports if self.fits(report)) if self else None

    def fits(self, report: ReportInfo) -> bool:
        """Whether a report fits every sort of which something is chosen."""
        return (
            (not self.years or report.year in self.years)
            and (not self.offices or office_name(report) in self.offices)
            and (not self.genres or report.genre in self.genres)
        )

    def labels(self, language: Language) -> tuple[str, ...]:
        """What was chosen in words, one each."""
        years = (say(language, "scope_year_one", year=year) for year in self.years)
        genres = (say(language, f"genre_{genre.value}") for genre in self.genres)
        return (*years, *self.offices, *genres)


@dataclass(frozen=True, slots=True)
class Choice:
    """A sort of what can be chosen, with its values and their words."""

    sort: str  # year, office, genre
    options: tuple[tuple[str, str], ...]  # (value, words)


def choices_of(reports: Sequence[ReportInfo], language: Language) -> tuple[Choice, ...]:
    """What can be chosen among the reports: the newest years first, offices by name; a sort with one value is left out."""
    years = sorted({report.year for report in reports if report.year}, reverse=True)
    offices = sorted({office_name(report) for report in reports} - {""})
    genres = [genre for genre in Genre if any(report.genre is genre for report in reports)]
    found = (
        Choice("year", tuple((str(year), say(language, "scope_year_one", year=year)) for year in years)),
        Choice("office", tuple((office, office) for office in offices)),
        Choice("genre", tuple((genre.value, say(language, f"genre_{genre.value}")) for genre in genres)),
    )
    return tuple(choice for choice in found if len(choice.options) > 1)


def _texts(sent: Mapping[Any, Any], sort: str) -> list[str]:
    found = sent.get(sort)
    return [str(one) for one in found[:MOST]] if isinstance(found, list) else []
