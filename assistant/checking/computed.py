"""Numbers that a draft has computed: the difference, the growth or the sum of the numbers that it gives before them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.checking.matching import Match
from assistant.checking.values import with_unit
from assistant.checking.verdicts import Judged, Verdict
from indexer.types import Measure

DIFFERENCE = re.compile(
    r"(?:增加|减少|多|少|高|低|增|减|提高|下降|相差|差额?|扩大|缩小|上升|回落)(?:了|出|为)?(?:约|近)?$"
)
SUM = re.compile(
    r"(?:合计|共计|总计|总共|累计共?|加起来|[两二三四五六七八九十]+[年省市县区地者项](?:合计|一?共|总共|累计))[^,。;、\d]{0,8}$"
)
OPERANDS = 2
MOST_SUMMED = 6
POINTS = "points"
HEDGED = Decimal("0.02")


@dataclass(frozen=True, slots=True)
class Recomputed:
    """A value computed from figures of the archive, in the unit of the draft's number, and the figures."""

    value: Decimal
    how: str
    match: Match  # the last of them


def recompute(judged: Judged, earlier: Sequence[Judged], text: str) -> Recomputed | None:
    """The value of a number by the figures that the numbers before it in its sentence rest on; None where it is none.

    Only like goes with like: one base unit, one measure, one role, each with one plain value.
    """
    claim = judged.claim
    line = text.rfind("\n", 0, claim.figure.start) + 1
    held = [one for one in earlier if one.claim.figure.start >= line and one.match is not None]
    here = [one for one in held if one.claim.figure.start >= claim.figure.sentence.start]
    if claim.figure.measure in {Measure.GROWTH, Measure.CHANGE} and DIFFERENCE.search(_before(judged, text)):
        wanted = "%" if claim.figure.measure is Measure.GROWTH else claim.figure.base_unit
        return _change(judged, here[-OPERANDS:], share=wanted == "%")
    if SUM.search(_before(judged, text)):
        like = [one for one in held if _unit(one) == claim.figure.base_unit and _is_level(one)]
        return _sum(judged, like[-MOST_SUMMED:])
    return None


def _change(judged: Judged, operands: Sequence[Judged], *, share: bool) -> Recomputed | None:
    if len(operands) < OPERANDS or not _alike(operands):
        return None
    first, second = (_value(one) for one in operands)
    figure = judged.claim.figure
    percentages = _unit(operands[0]) == "%"
    if share:
        if percentages or not first:
            return None
        value = abs(second - first) / abs(first) * 100
    elif figure.base_unit != _unit(operands[0]) and not (percentages and figure.dimension == POINTS):
        return None
    else:
        value = abs(second - first) / figure.scale
    return _told(value, operands, " → ")


def _sum(judged: Judged, operands: Sequence[Judged]) -> Recomputed | None:
    if len(operands) < OPERANDS or not _alike(operands) or _unit(operands[0]) == "%":
        return None
    return _told(sum(map(_value, operands), Decimal(0)) / judged.claim.figure.scale, operands, " + ")


def fits(judged: Judged, value: Decimal) -> bool:
    """Whether the draft's number is a computed value, rounded to its own last digit."""
    figure = judged.claim.figure
    if figure.value is None:
        return False
    exponent = figure.value.as_tuple().exponent
    half = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0) / 2
    slack = max(half, value * HEDGED) if figure.approximate or figure.low != figure.high else half
    return abs(figure.value - value) <= slack


def _told(value: Decimal, operands: Sequence[Judged], joint: str) -> Recomputed | None:
    matches = [one.match for one in operands if one.match is not None]
    how = joint.join(with_unit(match.figure) for match in matches)
    return Recomputed(value, how, matches[-1])


def _alike(operands: Sequence[Judged]) -> bool:
    kinds = {
        (one.match.figure.base_unit, one.match.figure.measure, one.match.same_role, one.match.figure.basis)
        for one in operands
        if one.match is not None
    }
    plain = all(_is_plain(one) for one in operands)
    return plain and len(kinds) == 1 and all(one.verdict is Verdict.AGREES for one in operands)


def _is_plain(judged: Judged) -> bool:
    figure = judged.match.figure if judged.match is not None else None
    return figure is not None and figure.low is not None and figure.low == figure.high and not figure.approximate


def _is_level(judged: Judged) -> bool:
    return judged.match is not None and judged.match.figure.measure is Measure.LEVEL


def _unit(judged: Judged) -> str:
    return judged.match.figure.base_unit if judged.match is not None else ""


def _value(judged: Judged) -> Decimal:
    figure = judged.match.figure if judged.match is not None else None
    return figure.low * figure.scale if figure is not None and figure.low is not None else Decimal(0)


def _before(judged: Judged, text: str) -> str:
    figure = judged.claim.figure
    return text[figure.clause.start : figure.start].rstrip()
