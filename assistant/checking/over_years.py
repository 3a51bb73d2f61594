"""A change that a draft tells against another year, computed from the two levels that the archive holds for them.

比上年多出12万人 is right where the ledger holds 1310 and then 1322, though no report states the difference itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.checking.computed import Recomputed, fits
from assistant.checking.matching import Match, Matcher
from assistant.checking.values import with_unit
from assistant.checking.verdicts import STRONG, Judged
from assistant.checking.whens import When
from indexer.figures.measures import DOWN_WORDS
from indexer.fold import fold
from indexer.types import Basis, Measure, Period

MOVED = r"增加|增长|增产|增收|增|多|高|提高|扩大|上升|减少|减产|减收|下降|少|减|低|降低|回落"
OVER = re.compile(rf"(?:{MOVED})(?:了|出|达|到)*(?:约|近)?$")
LAST = re.compile(
    r"(?:[比较]|同)?(?:上年|上一年|去年|前一年)(?:同期)?|同比|一年(?=增|减|净|多|少)|(?:当|全)年(?=增|减|净)"
)
NAMED = re.compile(r"[比较](?:\D{0,2})((?:19|20)\d\d)年")
BETWEEN = re.compile(r"[从由自]((?:19|20)\d\d)年\D{0,12}?(?:到|至|—|-)((?:19|20)\d\d)年")
LEVELS = frozenset({Measure.LEVEL, Measure.SHARE})
CHANGED = frozenset({Measure.LEVEL, Measure.CHANGE})
NEAR_TRUE = Decimal("0.05")  # of the change: figures are revised and rounded
SINGLE = re.compile(r"[,，;；]")


def from_levels(judged: Judged, matcher: Matcher, text: str) -> Recomputed | None:
    """The change between the levels of the two years that the draft names or means; None where it tells none."""
    claim = judged.claim
    figure = claim.figure
    years = _years(judged, text)
    if years is None or figure.measure not in CHANGED or figure.dimension in {"percent", "points"}:
        return None
    if figure.value is None or figure.low != figure.high:
        return None
    first, last = (_level(judged, Period.of_year(year), matcher) for year in years)
    if first is None or last is None or first.report.place != last.report.place:
        return None
    before, after = (_worth(match) for match in (first, last))
    value = (after - before) / figure.scale
    falls = any(word in text[figure.clause.start : figure.start] for word in DOWN_WORDS)
    how = " → ".join(with_unit(match.figure) for match in (first, last))
    told = Recomputed(abs(value), how, last, of_both=True)
    near = abs(abs(value) - figure.value) <= abs(value) * NEAR_TRUE
    sure = claim.when.sure and claim.where.sure and not near and not fits(judged, abs(value))
    return replace(told, sure=sure, turned=(value < 0) != falls)


def _years(judged: Judged, text: str) -> tuple[int, int] | None:
    """The year that a change counts from, and the one it counts to."""
    claim = judged.claim
    figure = claim.figure
    before = fold(text[figure.sentence.start : figure.start]).rstrip()
    words = SINGLE.split(before)[-1]
    if OVER.search(before) is None:
        return None
    if found := BETWEEN.search(before):
        return int(found[1]), int(found[2])
    if claim.when.first is None or not claim.when.first.is_year:
        return None
    year = claim.when.first.end.year
    if found := NAMED.search(words):
        return (int(found[1]), year) if int(found[1]) < year else None
    return (year - 1, year) if LAST.search(words) else None


def _level(judged: Judged, period: Period, matcher: Matcher) -> Match | None:
    """The level of what the claim counts in a year, where the archive states one plain value of it."""
    claim = judged.claim
    asked = replace(
        claim, when=When((period,), True), figure=replace(claim.figure, measure=Measure.LEVEL, qualifiers=())
    )
    found: list[Match] = []
    for matches in matcher.matches(asked):
        found = [match for match in matches if _is_level_of(match, period)]
        if found:
            break
    found.sort(key=lambda match: not match.at_first_hand)
    return found[0] if found and _agree(found) else None


def _agree(found: Sequence[Match]) -> bool:
    return len({_worth(match) for match in found if match.at_first_hand == found[0].at_first_hand}) == 1


def _is_level_of(match: Match, period: Period) -> bool:
    figure = match.figure
    plain = figure.low is not None and figure.low == figure.high and not figure.approximate and not figure.masked
    same = figure.period == period and match.same_role and match.in_place and match.same_extent
    counted = figure.measure in LEVELS and figure.basis is not Basis.CUMULATIVE
    return plain and same and counted and match.forward >= STRONG and match.backward >= STRONG


def _worth(match: Match) -> Decimal:
    return (match.figure.low or Decimal(0)) * match.figure.scale
