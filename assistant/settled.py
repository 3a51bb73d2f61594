"""The period and the role of a figure, read once more where a plan looks back: 过去一年…国内生产总值增长10.3%."""

from __future__ import annotations

import re

from assistant.types import Evidence
from indexer.types import Figure, Period, Role, SectionKind

AHEAD = frozenset({SectionKind.PLAN, SectionKind.TARGETS, SectionKind.GUIDELINES})
RECALLED = re.compile(r"\s*(?:在?过去一年|刚刚过去的一年|去年|上一年|上年)")
INTENDED = re.compile(r"今年|目标|预期|计划|任务|安排|预算|力争|确保|拟|要|将")
REACHED = re.compile(r"(?:实现|完成|达到)了?[^，,。；;]{0,12}(?:目标|任务|计划)")
ONLY_INTENDED = re.compile(r"目标|预期|计划|任务|安排|预算|拟")
LOOKS_BACK = re.compile(r"(?:^|[。，])\s*(?:在?过去(?:的)?一年|刚刚过去的一年)")
LOOKS_ON = re.compile(r"今年|明年|新的一年|今后|下一步|计划|目标")
CLOSE = 30  # characters before a number in which its intention is said
FROM_BEFORE = re.compile(
    r"从(?:去年|上年|上一年)[^，,。；;]*(?:提高|增加|上升|扩大|降低|降|减少|下降|调整|提升|增长)[到至为]$"
)


def settled(figure: Figure, evidence: Evidence) -> tuple[Period | None, Role]:
    """What the figure is about, and whether it was reached or is intended, as its sentence and the one before it say."""
    report, passage = evidence.report, evidence.passage
    period = figure.period or report.period
    if report.year is None:
        return period, figure.role
    start, begin = figure.start - passage.start, figure.sentence.start - passage.start
    clause = passage.text[max(0, figure.clause.start - passage.start) : start]
    if figure.role is Role.PLAN:
        sentence = REACHED.sub("", passage.text[max(0, begin) : start])[-CLOSE:]
        if period is not None and period.end.year < report.year and not ONLY_INTENDED.search(sentence):
            return period, Role.RESULT
        earlier = passage.text[: max(0, begin)].rstrip()
        if period == Period.of_year(report.year) and not INTENDED.search(sentence) and _recalls(earlier):
            return Period.of_year(report.year - 1), Role.RESULT
    elif evidence.section.kind in AHEAD and FROM_BEFORE.search(clause):
        return Period.of_year(report.year), Role.PLAN
    return period, figure.role


def _recalls(earlier: str) -> bool:
    """Whether what stands before a sentence looks back: the sentence before it, or its paragraph, begins with 过去一年."""
    if RECALLED.match(earlier, earlier.rfind("。", 0, max(0, len(earlier) - 1)) + 1):
        return True
    paragraph = earlier[earlier.rfind("\n") + 1 :]
    back = LOOKS_BACK.search(paragraph)
    return back is not None and not LOOKS_ON.search(paragraph, back.end())
