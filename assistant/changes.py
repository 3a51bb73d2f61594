"""The changes between the rows of a comparison: differences and percentages, only where two figures are alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from assistant.comparison import Axis, Change, Held, Obstacle, Row
from indexer.types import Basis, Figure, Measure, Role

PERCENT, POINTS = "%", "个百分点"
PLACES = Decimal("0.1")  # of a percentage
WHOLE = "全"  # 全市, 全区: the place itself
RATES = frozenset({Measure.LEVEL, Measure.SHARE})  # a share and a named rate are read alike


def changes_of(rows: Sequence[Row], *, same_name: frozenset[tuple[str, str]] | None = None) -> tuple[Change, ...]:
    """The changes over time within each place and role, then those between places of one period.

    `same_name`: the pairs of subjects that are known to name one thing; None: all of them do.
    """
    found = [*_over_time(rows), *_between_places(rows)]
    return tuple(change_between(rows, first, second, axis, same_name) for axis, first, second in found)


def change_between(
    rows: Sequence[Row],
    first: int,
    second: int,
    axis: Axis,
    same_name: frozenset[tuple[str, str]] | None = None,
) -> Change:
    """The change from one row to another, both with a figure; with the obstacle where they cannot be subtracted."""
    one, two = rows[first], rows[second]
    obstacle = obstacle_between(one, two, axis) or _name_obstacle(one, two, same_name)
    if obstacle is not None or one.low is None or two.low is None:
        return Change(axis, first, second, obstacle=obstacle or Obstacle.BOUND)
    difference = two.low - one.low
    if one.unit == PERCENT:
        return Change(axis, first, second, POINTS, difference)
    return Change(axis, first, second, one.unit, difference, percentage_of(one.low, difference))


def percentage_of(first: Decimal, difference: Decimal) -> Decimal | None:
    """`difference` in per cent of `first`, rounded half up to one place; None of what is not above zero."""
    return (difference / first * 100).quantize(PLACES, ROUND_HALF_UP) if first > 0 else None


def obstacle_between(one: Row, two: Row, axis: Axis) -> Obstacle | None:
    """Why two rows that both have a figure are not subtracted; None where they may be."""
    first, second = one.figure, two.figure
    if first is None or second is None:
        return Obstacle.BOUND
    checks = (
        (Obstacle.ROLE, _role(one) is _role(two)),
        (Obstacle.MEASURE, measure_class(first) == measure_class(second)),
        (Obstacle.UNIT, one.unit == two.unit and first.dimension == second.dimension),
        (Obstacle.PERIOD, _months(one) == _months(two) and (axis is not Axis.PLACES or one.period == two.period)),
        (Obstacle.SCOPE, _scope(first) == _scope(second)),
        (Obstacle.BASIS, (first.basis is Basis.CUMULATIVE) == (second.basis is Basis.CUMULATIVE)),
        (Obstacle.BOUND, one.low == one.high and two.low == two.high),
        (Obstacle.APPROXIMATE, not one.approximate and not two.approximate),
        (Obstacle.CORRECTED, one.correction is None and two.correction is None),
        (Obstacle.DISAGREEMENT, not one.disagrees and not two.disagrees),
    )
    return next((obstacle for obstacle, alike in checks if not alike), None)


def measure_class(figure: Figure) -> str:
    """What a figure measures, with shares and rates as one."""
    return "rate" if figure.measure in RATES and figure.dimension == "percent" else figure.measure.value


def _name_obstacle(one: Row, two: Row, same_name: frozenset[tuple[str, str]] | None) -> Obstacle | None:
    if same_name is None or one.name == two.name or not one.name or not two.name:
        return None
    return None if {(one.name, two.name), (two.name, one.name)} & same_name else Obstacle.SUBJECT


def _role(row: Row) -> Role:
    """The role; an estimate is of what was reached, a requirement of what is intended."""
    return Role.PLAN if row.is_plan else Role.RESULT


def _months(row: Row) -> int:
    first, last = row.period.start, row.period.end
    return (last.year - first.year) * 12 + last.month - first.month + 1


def _scope(figure: Figure) -> str | None:
    return None if figure.scope and figure.scope.startswith(WHOLE) else figure.scope


def _over_time(rows: Sequence[Row]) -> Iterator[tuple[Axis, int, int]]:
    """From each stated period to the next of the same place and role and, where they are more than two, first to last."""
    series: dict[tuple[str | None, Role], list[int]] = {}
    for number, row in enumerate(rows):
        if row.held is Held.STATED:
            series.setdefault((row.place, _role(row)), []).append(number)
    for numbers in series.values():
        once = list({rows[at].period: at for at in reversed(numbers)}.values())[::-1]
        yield from ((Axis.PERIODS, first, second) for first, second in pairwise(once))
        if len(once) > 2:
            yield Axis.ENDS, once[0], once[-1]


def _between_places(rows: Sequence[Row]) -> Iterator[tuple[Axis, int, int]]:
    """From the first place that states a period to each of the others, in the same role."""
    by_time: dict[tuple[int, Role], dict[str | None, int]] = {}
    for number, row in enumerate(rows):
        if row.held is Held.STATED:
            by_time.setdefault((row.period.end.year, _role(row)), {}).setdefault(row.place, number)
    for places in by_time.values():
        first, *others = places.values()
        yield from ((Axis.PLACES, first, other) for other in others)
