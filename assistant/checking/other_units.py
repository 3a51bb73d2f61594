"""A number that the archive holds with another unit: 900亿元 where the very thing was 900亿美元, 5.6万户 of 5.6万个."""

from __future__ import annotations

from assistant.checking.claims import Claim
from assistant.checking.matching import Match, Matcher
from assistant.checking.verdicts import STRONG, Judged, Verdict
from indexer.types import Figure

APART = frozenset(  # counted words that do not stand for one another, as 家 and 户, 个 and 家 do
    frozenset(pair) for pair in (("户", "个"), ("人", "户"), ("套", "户"), ("人", "人次"), ("套", "人"), ("户", "处"))
)
LEAST = 10  # smaller numbers are equal by chance


def unit_mistaken(claim: Claim, matcher: Matcher) -> Judged | None:
    """That the archive states the very number of the very thing and time in another unit; None where it does not."""
    if (
        claim.figure.value is None
        or not claim.clear
        or not claim.when.sure
        or claim.figure.value * _scale(claim) < LEAST
    ):
        return None
    for matches in matcher.in_other_units(claim):
        for match in matches:
            if _is_of_it(match) and _is_other(claim.figure, match.figure):
                return Judged(claim, Verdict.CONTRADICTS, match)
    return None


def _scale(claim: Claim) -> int:
    return 10_000 if any(word in claim.figure.unit for word in "万亿") else 1


def _is_of_it(match: Match) -> bool:
    same = match.same_time and match.same_role and match.same_extent and match.in_place
    return same and match.forward >= STRONG and match.backward >= STRONG


def _is_other(mine: Figure, theirs: Figure) -> bool:
    """Whether number and multiplier are the same and the units are of different things."""
    if (mine.low, mine.high) != (theirs.low, theirs.high) and mine.value != theirs.value:
        return False
    one, two = (figure.unit.removesuffix(figure.base_unit) for figure in (mine, theirs))
    if [mark for mark in one if mark in MULTIPLIERS] != [mark for mark in two if mark in MULTIPLIERS]:
        return False
    if mine.dimension != theirs.dimension:
        return True
    return frozenset((mine.base_unit, theirs.base_unit)) in APART or mine.dimension.startswith("money")


MULTIPLIERS = "十百千万亿"
