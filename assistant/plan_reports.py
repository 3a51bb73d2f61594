"""A report read for its plan or its results: all its passages and figures, and the numbers that it plans."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.retrieve import archive_evidence
from assistant.settled import settled
from assistant.types import Evidence
from assistant.zones import zones_of
from indexer.archive import Archive
from indexer.fold import fold
from indexer.types import Figure, Period, ReportInfo, Role, SectionKind

PLANNED_ROLES = frozenset({Role.PLAN, Role.REQUIREMENT, Role.ESTIMATE})
PLAN_PARTS = frozenset({SectionKind.PLAN, SectionKind.TARGETS})
NO_RESULTS = frozenset({Role.PLAN, Role.REQUIREMENT})
REACHED = re.compile(r"(?:建成|通车|完成|完工|竣工|开工|投用|达到|实现|完成率为?|率为)[^，。；、]{0,4}$")
INTENDED = re.compile(r"计划|任务|目标|应|需|拟|要求|确保|力争")
MOVED = re.compile(r"[从由].*(?:到|至|为)$")  # 从21.7%回落到14.8%


@dataclass(frozen=True)
class ReadReport:
    """A report with all its passages and figures as evidence."""

    archive: Archive
    info: ReportInfo

    @cached_property
    def evidence(self) -> list[Evidence]:
        """Every passage in reading order."""
        rows = [(number, 1.0, dict[str, float]()) for number in self.archive.passage_ids_of(self.info.id)]
        return archive_evidence(self.archive, rows)

    @cached_property
    def results(self) -> list[Evidence]:
        """The same; a figure that a review plainly says was reached (计划的3条道路通车2条) is a result."""
        return [
            replace(item, figures=tuple(_as_reached(figure, item) for figure in item.figures)) for item in self.evidence
        ]


@dataclass(frozen=True, slots=True)
class Planned:
    """A planned figure with where it stands."""

    figure: Figure
    evidence: Evidence
    period: Period  # that it is planned for

    @property
    def near(self) -> str:
        """What stands around the number between its neighbours, within the clause (folded)."""
        near = zones_of(self.figure, self.evidence).near
        return _without_digits(near.replace(fold(self.figure.written).lower(), " "))

    @property
    def before(self) -> str:
        """What stands before the number in its clause."""
        return text_before(self.figure, self.evidence)


def _as_reached(figure: Figure, item: Evidence) -> Figure:
    if figure.role not in NO_RESULTS:
        return figure
    period, role = settled(figure, item)
    if role is Role.RESULT and period != figure.period:  # 过去一年…增长10.3%, in a part on the year ahead
        return replace(figure, period=period, role=role)
    before = text_before(figure, item)
    if item.section.kind in PLAN_PARTS:
        looks_back = figure.role is Role.PLAN and _is_past(figure, item) and MOVED.search(before) is not None
        return replace(figure, role=Role.RESULT) if looks_back else figure
    stated = re.split(r"[\d、*＊]+[^\d、]{0,3}", before)[-1]
    reached = REACHED.search(before) is not None and INTENDED.search(stated) is None
    return replace(figure, role=Role.RESULT) if reached else figure


def _is_past(figure: Figure, item: Evidence) -> bool:
    """Whether a figure of a plan part is of a year before that of its report, on which the part looks back."""
    year = item.report.year
    return year is not None and figure.period is not None and figure.period.end.year < year


def text_before(figure: Figure, item: Evidence) -> str:
    """What stands before a figure in its clause."""
    start = max(figure.clause.start, item.passage.start)
    return item.passage.text[start - item.passage.start : figure.start - item.passage.start]


def _without_digits(text: str) -> str:
    return "".join(" " if character.isdigit() else character for character in text)
