"""The places and offices whose reports an archive holds, by the names people call them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indexer.lexicon.terms import Lexicon
from indexer.types import ReportInfo, Span

SUFFIX = re.compile(r"(?:特别行政区|自治区|自治州|自治县|省|市|县|区|州|盟|旗|镇|乡)$")
IDLE = re.compile(r"监督|管理|监管|[和与及]|委员会(?=$)")  # what an office's short name leaves out
OFFICE_END = ("局", "委", "办", "厅", "院", "中心", "委员会", "办公室", "政府")
SHORTEST = 2


@dataclass(frozen=True, slots=True)
class HeldNames:
    """Names as people say them, each with what it stands for."""

    places: Mapping[str, str]  # short and full name → canonical place
    offices: Mapping[str, str]  # alias → key of the office

    @classmethod
    def of(cls, reports: Sequence[ReportInfo], lexicon: Lexicon) -> HeldNames:
        """The names of the places and offices of these reports."""
        places: dict[str, str] = {}
        offices: dict[str, str] = {}
        for report in reports:
            if report.place and lexicon.place(report.place) is None:  # others the lexicon knows
                places[report.place] = report.place
                short = SUFFIX.sub("", report.place)
                if len(short) >= SHORTEST:
                    places[short] = report.place
            if report.issuer and (name := bureau_of(report)).endswith(OFFICE_END):
                offices.update(dict.fromkeys(_aliases(name, lexicon), office_key(name)))
        return cls(places, offices)

    def places_in(self, text: str) -> list[tuple[Span, str]]:
        """The held places that the text names, the longest names first, without overlap."""
        return _find(text, self.places)

    def offices_in(self, text: str) -> list[tuple[Span, str]]:
        """The held offices that the text names, by their keys."""
        return _find(text, self.offices)


def bureau_of(report: ReportInfo) -> str:
    """The name of the office without the place: 应急管理局 of 澜川市应急管理局."""
    issuer = report.issuer or ""
    return issuer.removeprefix(report.place or "").lstrip("*市县区省州")


def office_key(name: str) -> str:
    """Equal for the long and the short name of one office: 市场监督管理局, 市场监管局."""
    return IDLE.sub("", name)


def _aliases(name: str, lexicon: Lexicon) -> set[str]:
    """How people call an office: its name, what stands for it, its short form, its English names."""
    names = {name, office_key(name), *(other for other, weight in lexicon.synonyms(name) if weight > 0.8)}
    return {alias for alias in names if len(alias) > SHORTEST}


def _find(text: str, names: Mapping[str, str]) -> list[tuple[Span, str]]:
    found: list[tuple[Span, str]] = []
    for name in sorted(names, key=len, reverse=True):
        start = text.find(name)
        if start < 0:
            continue
        span = Span(start, start + len(name))
        if not any(span.start < other.end and other.start < span.end for other, _ in found):
            found.append((span, names[name]))
    return sorted(found)
