"""Numbers that a draft has computed: the difference, the growth or the sum of the numbers that it gives before them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from assistant.checking.matching import Match
from assistant.checking.values import with_unit
from assistant.checking.verdicts import Judged, Verdict
from assistant.wording import decimal_words
from indexer.types import Basis, Measure

RISES = "增加|增长|多|高|增|提高|扩大|上升|增幅|涨幅"
FALLS = "减少|下降|少|低|减|降低|缩小|回落|降幅|减幅"
DIFFERENCE = re.compile(
    rf"(?:(?P<up>{RISES})|(?P<down>{FALLS})|(?P<either>相差|差额?))(?:[了出为达是]|幅度为?)?(?:约|近)?$"
)
# Between the second number and the difference nothing else may be spoken of: ，比上年增加, ，两年相差, ，增幅.
LEAD = re.compile(
    r"[,，、;；\s]*(?:(?:[两二]者|[两二]年|[两二]地|后者|前后|一年|净|共|也就是|即|同比|分别)?[,，]?(?:比|较)?"
    r"(?P<base>\d{4}年?|上年|上一年|前一?年|去年)?(?:同期)?的?[,，]?)?$"
)
SUM = re.compile(
    r"(?:合计|共计|总计|总共|累计共?|加起来|[两二三四五六七八九十]+[年省市县区地者项](?:合计|一?共|总共|累计))[^,。;、\d]{0,8}$"
)
SUM_OF = re.compile(r"(?P<count>[两二三四五六])[年省市县区地者项](?:合计|一?共|总共|累计)[^,。;、\d]{0,8}$")
COUNTS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6}
CHANGES = frozenset({Measure.GROWTH, Measure.CHANGE})
OPERANDS = 2
MOST_SUMMED = 6
POINTS = "points"
PERCENT = "%"
MONEY = "元"  # its growth may be at constant prices: no quotient of two amounts
HEDGED = Decimal("0.02")
YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class Recomputed:
    """A value computed from figures of the archive, in the unit of the draft's number, and the figures.

    `of_both`: the draft leaves no doubt that its number is of these figures; `sure`: so that another value contradicts
    them.
    """

    value: Decimal
    how: str
    match: Match  # the last of them
    of_both: bool = False
    sure: bool = False
    turned: bool = False  # the draft says that it rose where it fell, or the other way


def recompute(judged: Judged, earlier: Sequence[Judged], text: str) -> Recomputed | None:
    """The value of a number by the figures that the numbers before it in its sentence rest on; None where it is none.

    Only like goes with like: one base unit, one measure, each with one plain value.
    """
    claim = judged.claim
    line = text.rfind("\n", 0, claim.figure.start) + 1
    held = [one for one in earlier if one.claim.figure.start >= line and one.match is not None]
    here = [one for one in held if one.claim.figure.start >= claim.figure.sentence.start]
    said = DIFFERENCE.search(_before(judged, text))
    if said is not None and _may_be_change(judged, said):
        stated = [one for one in here if not (one.claim.figure.measure in CHANGES and _unit(one) != PERCENT)]
        return _change(judged, stated[-OPERANDS:], earlier, text, said)
    if SUM.search(_before(judged, text)):
        changes = claim.figure.measure is Measure.CHANGE
        like = [one for one in held if _unit(one) == claim.figure.base_unit and (_is_level(one) or changes)]
        return _sum(judged, like[-MOST_SUMMED:], earlier, text)
    return None


def right_words(judged: Judged, found: Recomputed) -> str:
    """The computed value as the draft would write it: 2.2亿元, to the digits of its own number."""
    value = judged.claim.figure.value
    exponent = value.as_tuple().exponent if value is not None else 0
    digit = Decimal(1).scaleb(min(0, exponent if isinstance(exponent, int) else 0))
    rounded = found.value.quantize(digit, ROUND_HALF_UP)
    return f"{decimal_words(rounded).replace(',', '')}{judged.claim.figure.unit}"


def _may_be_change(judged: Judged, said: re.Match[str]) -> bool:
    """Whether the number may be a change: it is read as one, or said to be the difference of two."""
    figure = judged.claim.figure
    return figure.measure in CHANGES or said["either"] is not None or figure.dimension == POINTS


def _change(
    judged: Judged, operands: Sequence[Judged], earlier: Sequence[Judged], text: str, said: re.Match[str]
) -> Recomputed | None:
    if len(operands) < OPERANDS or not _alike(operands):
        return None
    first, second = _in_time(operands)
    before, after = _value(first), _value(second)
    figure = judged.claim.figure
    percentages = _unit(first) == PERCENT
    share = figure.base_unit == PERCENT and figure.dimension != POINTS
    if share:
        if percentages or not before:
            return None
        value = abs(after - before) / abs(before) * 100
    elif figure.base_unit != _unit(first) and not (percentages and figure.dimension == POINTS):
        return None
    else:
        value = abs(after - before) / figure.scale
    of_both = _is_of_both(judged, operands, earlier, text)
    sure = of_both and not (share and MONEY in _unit(first))
    turned = said["either"] is None and (after > before) != (said["up"] is not None) and after != before
    return replace(_told(value, (first, second), " → ", sure), of_both=of_both, turned=turned)


def _in_time(operands: Sequence[Judged]) -> tuple[Judged, Judged]:
    """The two with the earlier one first, as far as their times differ."""
    first, second = operands
    one, other = (item.match.figure.period if item.match else None for item in operands)
    if one is not None and other is not None and other.end < one.start:
        return second, first
    return first, second


def _is_of_both(judged: Judged, operands: Sequence[Judged], earlier: Sequence[Judged], text: str) -> bool:
    """Whether the number can only be the change from the one to the other: same thing and place, nothing between."""
    start = judged.claim.figure.sentence.start
    stated = [one for one in earlier if one.claim.figure.start >= start and not _is_computed_before(one, operands[-1])]
    if list(stated[-OPERANDS:]) != list(operands):
        return False
    last = earlier[-1].claim.figure.end
    words = DIFFERENCE.sub("", text[last : judged.claim.figure.start].rstrip())
    lead = LEAD.fullmatch(words)
    first, second = (one.match for one in operands)
    if lead is None or first is None or second is None or first.report.place != second.report.place:
        return False
    times = {first.figure.period, second.figure.period}
    named = YEAR.search(lead["base"] or "")
    if named is not None and not any(one is not None and str(one.end.year) == named[0] for one in times):
        return False
    return len(times) == OPERANDS and None not in times and _same_thing(first, second)


def _is_computed_before(one: Judged, last: Judged) -> bool:
    """Whether a number behind the last operand is a change itself: 增加2.2亿元，增长5.2%."""
    return one.claim.figure.start > last.claim.figure.start and one.claim.figure.measure in CHANGES


def _same_thing(first: Match, second: Match) -> bool:
    """Whether both figures count the same: by the claim, which carries one subject on, or by their reports."""
    return first.claim.subject == second.claim.subject or first.figure.subject_text == second.figure.subject_text


def _sum(judged: Judged, operands: Sequence[Judged], earlier: Sequence[Judged], text: str) -> Recomputed | None:
    if len(operands) < OPERANDS or not _alike(operands) or _unit(operands[0]) == PERCENT:
        return None
    counted = SUM_OF.search(_before(judged, text))
    start = judged.claim.figure.sentence.start
    here = [one for one in earlier if one.claim.figure.start >= start]
    sure = counted is not None and list(operands) == here and len(here) == COUNTS[counted["count"]]
    return _told(sum(map(_value, operands), Decimal(0)) / judged.claim.figure.scale, operands, " + ", sure)


def fits(judged: Judged, value: Decimal) -> bool:
    """Whether the draft's number is a computed value, rounded to its own last digit."""
    figure = judged.claim.figure
    if figure.value is None:
        return False
    exponent = figure.value.as_tuple().exponent
    half = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0) / 2
    slack = max(half, value * HEDGED) if figure.approximate or figure.low != figure.high else half
    return abs(figure.value - value) <= slack


def _told(value: Decimal, operands: Sequence[Judged], joint: str, sure: bool) -> Recomputed:
    matches = [one.match for one in operands if one.match is not None]
    how = joint.join(with_unit(match.figure) for match in matches)
    return Recomputed(value, how, matches[-1], sure=sure)


def _alike(operands: Sequence[Judged]) -> bool:
    kinds = {
        (one.match.figure.base_unit, one.match.figure.measure, _is_total(one))
        for one in operands
        if one.match is not None
    }
    plain = all(_is_plain(one) for one in operands)
    return plain and len(kinds) == 1 and all(one.verdict is Verdict.AGREES for one in operands)


def _is_total(judged: Judged) -> bool:
    return judged.match is not None and judged.match.figure.basis is Basis.CUMULATIVE


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
