"""What the words before a number say of it: that it was reached or is intended, that it rose or fell."""

from __future__ import annotations

import re
from dataclasses import replace

from indexer.figures.measures import DOWN_WORDS
from indexer.types import Figure, Measure, Role

INTENDED = frozenset({Role.PLAN, Role.REQUIREMENT})
PLANNED = re.compile(r"(?:拟(?:安排)?|目标|任务|预期(?!寿命)|(?<![完成超过])计划)(?:[为是]|[^,。;、的]{0,16})$")
REACHED = re.compile(r"实际|实绩|(?<!计划)(?<!拟)(?:完成|实现)(?![^,。;]*(?:目标|任务|计划))|执行结果")
MET = re.compile(r"(?:实现|完成|达到|达成)[^,。;]{0,16}(?:目标|任务|计划)(?:任务)?[,:;]")
BY_PLAN = re.compile(r"^从?(?:目标|任务|计划|预期|预算|安排)(?:任务|目标)?(?:来?看|方面|上)[,:]")
COMPARED = re.compile(r"[较比][^,。;]{1,12}(多|少|高|低|快|慢|增|减|降|升)了?(?:出|约|近|超过?)?$")
AHEAD = re.compile(r"确保|争取|力争|努力|将|预期(?!寿命)|安排")
FEWER = frozenset("少低慢减降")


def role_said(figure: Figure, own: str, before: str) -> tuple[Role, bool]:
    """The role that the draft gives the number, and whether it says so."""
    if REACHED.search(own):
        return Role.RESULT, True
    if figure.role in INTENDED and not MET.search(before):
        return Role.PLAN, True
    if PLANNED.search(own) or BY_PLAN.match(before):
        return Role.PLAN, True
    return Role.RESULT, figure.role is Role.ESTIMATE


def falls_said(figure: Figure) -> bool | None:
    """Whether the draft says that it fell; None where it tells no change."""
    if figure.measure not in {Measure.GROWTH, Measure.CHANGE}:
        return None
    return any(word in DOWN_WORDS for word in figure.qualifiers)


def as_compared(figure: Figure, own: str) -> Figure:
    """The figure as a change where the draft says 较上年多422亿元, 比计划少3个百分点."""
    found = COMPARED.search(own)
    if found is None or figure.measure not in {Measure.LEVEL, Measure.SHARE}:
        return figure
    measure = Measure.GROWTH if figure.dimension == "percent" else Measure.CHANGE
    word = "减少" if found[1] in FEWER else "增加"
    return replace(figure, measure=measure, qualifiers=(*figure.qualifiers, word))
