"""Whether a number of a draft and a figure of the archive are one number, written another way, rounded or hedged."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from enum import StrEnum

from indexer.fold import fold
from indexer.types import Figure

HEDGED = Decimal("0.05")  # by how much a rounded number may be off where the draft hedges it
ROUNDED = Decimal("0.02")  # where it does not
BEYOND = Decimal("1.15")  # 超过1万亿 says 1万亿 to 1.15万亿
FAR_BEYOND = Decimal(2)  # a number so far above 200项以上 does not contradict it
UNITLESS = ""
MORE = frozenset("多余来")


class Fit(StrEnum):
    """How a number fits a figure."""

    SAME = "same"
    OTHER = "other"
    UNSURE = "unsure"  # 以上 beside a number above it


def comparable(one: Figure, other: Figure) -> bool:
    """Whether the two are of one kind of unit, so that their values can be compared: 万人 and 万, 斤 and 吨."""
    if one.dimension != other.dimension:
        return False
    return one.base_unit == other.base_unit or (
        one.dimension == "count" and UNITLESS in {one.base_unit, other.base_unit}
    )


def fit(claim: Figure, held: Figure) -> Fit:
    """How the draft's number fits the archive's; both have a value."""
    said, known = _ends(claim), _ends(held)
    if not said or not known:
        return Fit.UNSURE
    if len(known) == 2 and len(said) == 1:
        low, high = sorted(known)
        inside = _is(said[0], low, claim, held) or _is(said[0], high, claim, held)
        return Fit.SAME if inside else Fit.UNSURE if low <= said[0] <= high else Fit.OTHER
    if len(known) != len(said):
        return Fit.SAME if any(_is(one, known[0], claim, held) for one in said) else Fit.OTHER
    if all(_is(one, two, claim, held) for one, two in zip(said, known, strict=True)):
        return Fit.SAME
    if len(said) != 1:
        return Fit.OTHER
    cut = _cut_short(claim, held, said[0], known[0])
    return Fit.UNSURE if cut else _by_bounds(claim, held, said[0], known[0])


def _by_bounds(claim: Figure, held: Figure, said: Decimal, known: Decimal) -> Fit:
    if None in {held.low, held.high} and None in {claim.low, claim.high}:
        return Fit.OTHER
    if claim.high is None and said <= known <= _most(claim, said):
        return Fit.SAME
    if claim.low is None and said / BEYOND <= known <= said:
        return Fit.SAME
    if held.high is None and digits_of(held) != digits_of(held)[:1] and known <= said < known + _last_digit(held):
        return Fit.SAME  # 超143万人 of 143.6万人
    if held.high is None and known <= said <= known * FAR_BEYOND and claim.high is not None:
        return Fit.UNSURE
    if held.low is None and known / FAR_BEYOND <= said <= known and claim.low is not None:
        return Fit.UNSURE
    return Fit.OTHER


def _most(claim: Figure, said: Decimal) -> Decimal:
    """Up to what 超过1万亿 and 580多万 are true: the latter to the next of its last digit that is no zero."""
    if not MORE.intersection(claim.written):
        return said * BEYOND
    digits = claim.low.normalize() if claim.low is not None else Decimal(0)
    exponent = digits.as_tuple().exponent
    return said + Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0) * claim.scale


def _ends(figure: Figure) -> tuple[Decimal, ...]:
    """The ends of the value in the base unit: one, or two of a range."""
    ends = [end for end in (figure.low, figure.high) if end is not None]
    return tuple(dict.fromkeys(end * figure.scale for end in ends))


def _is(said: Decimal, known: Decimal, claim: Figure, held: Figure) -> bool:
    """Whether the two are equal, or the one is the other rounded to its own last digit."""
    if said == known:
        return True
    hedged = claim.approximate or claim.low != claim.high
    loose = HEDGED if hedged else ROUNDED
    if abs(said - known) > loose * max(abs(said), abs(known)):
        return False
    half = max(_last_digit(claim), _last_digit(held)) / 2
    return abs(said - known) <= (half if not hedged else max(half, abs(known) * HEDGED / 5))


def _cut_short(claim: Figure, held: Figure, said: Decimal, known: Decimal) -> bool:
    """Whether the one is the other with its last digits left off (7.4万亿元 of 74772亿元), or hedged by the archive."""
    if (
        claim.low == claim.high
        and (held.approximate or held.low != held.high)
        and abs(said - known) <= HEDGED * abs(known)
    ):
        return True
    digit = max(_last_digit(claim), _last_digit(held))
    return abs(said - known) < digit and abs(said - known) <= ROUNDED * max(abs(said), abs(known))


def _last_digit(figure: Figure) -> Decimal:
    """What one of the last digit written is worth in the base unit; the zeros of a whole number count as digits."""
    value = figure.value or Decimal(0)
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0) * figure.scale


def digits_of(figure: Figure) -> str:
    """The digits of a value without its zeros before and behind."""
    value = figure.value
    return "" if value is None else "".join(map(str, value.as_tuple().digits)).strip("0")


def near_miss(claim: Figure, held: Figure) -> bool:
    """Whether the one is the other misread: another scale, digits swapped; short numbers do not tell."""
    one, two = digits_of(claim), digits_of(held)
    if same_digits(claim, held):
        return True
    if len(one) < 2 or len(two) < 2:
        return False
    if one == two:
        return True
    return Counter(one) == Counter(two) and (len(one) > 2 or _close(claim, held))


def same_digits(claim: Figure, held: Figure) -> bool:
    """Whether the one has the digits of the other in another order, zeros too: 102亿公斤 for 120亿公斤."""
    one, two = ("" if figure.value is None else format(figure.value, "f") for figure in (claim, held))
    return claim.scale == held.scale and len(one) > 2 and one != two and sorted(one) == sorted(two)


def one_digit_off(claim: Figure, held: Figure) -> bool:
    """Whether one digit of three or more is another."""
    one, two = digits_of(claim), digits_of(held)
    one_off = len(one) == len(two) and len(one) > 2 and sum(a != b for a, b in zip(one, two, strict=True)) == 1
    return one_off and _close(claim, held)


def rescaled(claim: Figure, held: Figure) -> bool:
    """Whether the two have the same digits on another scale: 亿元 for 万亿元."""
    return len(digits_of(claim)) > 1 and digits_of(claim) == digits_of(held)


def _close(claim: Figure, held: Figure) -> bool:
    one, two = (abs((figure.value or Decimal(0)) * figure.scale) for figure in (claim, held))
    return max(one, two) < 10 * min(one, two)


def telling_digits(figure: Figure) -> int:
    """How many digits the number has: a number of one or two digits agrees by chance."""
    return len(digits_of(figure))


def with_unit(figure: Figure) -> str:
    """A number as it is written, in half-width characters; that of a table with the unit that its header gives."""
    written = fold(figure.written)
    return written + figure.unit if written[-1:].isdigit() or written.endswith("*") else written
