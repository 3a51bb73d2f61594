"""Which reports are looked at, as the page's address says it, and which of them pass."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from urllib.parse import parse_qsl, urlencode

from indexer.fold import fold
from indexer.types import Genre, ReportInfo, Visibility

LONGEST = 200  # characters of a value
ROWS = 50  # of a page
SORTS = ("came", "title", "place", "year")


@dataclass(frozen=True, slots=True)
class ReportsView:
    """The filters as typed ("" where not asked), the order, the page, and the report that is opened."""

    words: str = ""
    year: str = ""
    genre: str = ""
    visibility: str = ""
    warned: str = ""  # "1": only those with something to look at
    sort: str = ""
    down: str = ""
    page: str = ""  # from 1
    open: str = ""  # a report's id

    @property
    def is_filtered(self) -> bool:
        """Whether anything is asked of the reports."""
        return any((self.words, self.year, self.genre, self.visibility, self.warned))

    @property
    def number(self) -> int:
        """The page, from 1."""
        return max(1, int(self.page)) if self.page.isascii() and self.page.isdigit() and len(self.page) < 7 else 1

    def sorted_by(self, by: str) -> ReportsView:
        """The first page in that order; the other way round where it is the order already."""
        return replace(self, sort=by, down="1" if self.sort == by and self.down != "1" else "", page="", open="")


def view_of(search: str) -> ReportsView:
    """What an address's search part says; what is unknown in it is passed over."""
    known = {field.name for field in fields(ReportsView)}
    pairs = parse_qsl(search.removeprefix("?"), max_num_fields=40, encoding="utf-8", errors="replace")
    return ReportsView(**{name: " ".join(value.split())[:LONGEST] for name, value in pairs if name in known})


def address_of(view: ReportsView) -> str:
    """The search part of an address that says this."""
    said = {field.name: value for field in fields(view) if (value := getattr(view, field.name))}
    return f"?{urlencode(said)}"


def passing(view: ReportsView, reports: Iterable[ReportInfo]) -> list[ReportInfo]:
    """The reports that pass the filters (but for what must be looked into them for), in order."""
    found = [info for info in reports if _passes(view, info)]
    by = view.sort if view.sort in SORTS else "came"
    if by == "came":
        found = found[::-1]  # the newest first
    else:
        found.sort(key=lambda info: _key(by, info))
    return found[::-1] if view.down == "1" else found


def _passes(view: ReportsView, info: ReportInfo) -> bool:
    said = fold(" ".join(filter(None, (info.title, info.issuer, info.place, info.path, info.id)))).lower()
    return (
        all(word in said for word in fold(view.words).lower().split())
        and (not view.year or str(info.year or "") == view.year.removesuffix("年"))
        and (view.genre not in set(Genre) or info.genre == view.genre)
        and (view.visibility not in set(Visibility) or info.visibility == view.visibility)
    )


def _key(by: str, info: ReportInfo) -> tuple[bool, str | int]:
    value: Sequence[str | int | None] = {
        "title": (info.title or info.file_name,),
        "place": (info.issuer, info.place),
        "year": (info.year,),
    }[by]
    said = next((one for one in value if one), None)
    return (said is None, said if said is not None else "")
