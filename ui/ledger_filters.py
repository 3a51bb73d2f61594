"""What of the ledger is looked at, as the page's address says it: filters, order, and where the page begins."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from assistant.ledger_filters import Filters, Understood, understand_filters
from indexer.fold import fold
from indexer.ledger_page import Cut, Sort, SortBy
from indexer.types import Measure, Role

if TYPE_CHECKING:
    from indexer.archive import Archive

LONGEST = 100  # characters of a filter
FILTERS = ("subject", "place", "office", "year", "role", "measure", "unit", "masked", "corrected", "report")


@dataclass(frozen=True, slots=True)
class LedgerView:
    """The filters as typed ("" where not asked), the order, and the figure that the page begins after or ends before."""

    subject: str = ""
    place: str = ""
    office: str = ""
    year: str = ""
    role: str = ""
    measure: str = ""
    unit: str = ""
    masked: str = ""  # "1": only these
    corrected: str = ""
    report: str = ""
    sort: str = ""
    down: str = ""  # "1": the largest first
    after: str = ""
    before: str = ""
    at: str = ""  # how many rows stand before the page

    @property
    def is_filtered(self) -> bool:
        """Whether anything is asked of the figures."""
        return any(getattr(self, name) for name in FILTERS)

    @property
    def order(self) -> Sort:
        """The order of the rows."""
        by = SortBy(self.sort) if self.sort in set(SortBy) else SortBy.CAME
        return Sort(by, self.down == "1")

    @property
    def cut(self) -> Cut:
        """Where the page begins."""
        return Cut(_number(self.after), _number(self.before))

    @property
    def first(self) -> int:
        """How many rows stand before the page."""
        return _number(self.at) or 0

    def sorted_by(self, by: SortBy) -> LedgerView:
        """The first page in that order; the other way round where it is the order already."""
        down = "1" if self.sort == by.value and self.down != "1" else ""
        return replace(self.restarted(), sort=by.value, down=down)

    def restarted(self) -> LedgerView:
        """The first page."""
        return replace(self, after="", before="", at="")


def view_of(search: str) -> LedgerView:
    """What an address's search part (?subject=…&year=…) says; what is unknown in it is passed over."""
    known = {field.name for field in fields(LedgerView)}
    pairs = parse_qsl(search.removeprefix("?"), max_num_fields=40, encoding="utf-8", errors="replace")
    said = {name: " ".join(value.split())[:LONGEST] for name, value in pairs if name in known}
    return LedgerView(**said)


def address_of(view: LedgerView) -> str:
    """The search part of an address that says this; "?" where nothing is asked."""
    said = {field.name: value for field in fields(view) if (value := getattr(view, field.name))}
    return f"?{urlencode(said)}"


def understood(view: LedgerView, archive: Archive, *, today: date) -> Understood:
    """The query that the filters mean. Raises QuestionError for a year that is none, UnknownReportError."""
    filters = Filters(
        subject=view.subject or None,
        year=view.year or None,
        place=view.place or None,
        role=view.role if view.role in set(Role) else None,
        unit=view.unit or None,
        masked=view.masked == "1",
        report=view.report or None,
    )
    found = understand_filters(filters, archive, today=today)
    query = replace(
        found.query,
        offices=(fold(view.office).strip(),) if view.office else (),
        measure=Measure(view.measure) if view.measure in set(Measure) else None,
        numbers=archive.corrected_figures() if view.corrected == "1" else None,
    )
    return Understood(query, found.synonyms)


def choices(values: Iterable[str | None]) -> list[str]:
    """What may be chosen, each once, in order."""
    return sorted({value for value in values if value})


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 15 else None
