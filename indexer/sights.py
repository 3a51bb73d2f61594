"""What somebody saw, kept with what was made of it: the numbers of the reports as ranges, 1-57,59."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable

_RANGES = re.compile(r"(?:\d{1,18}(?:-\d{1,18})?(?:,\d{1,18}(?:-\d{1,18})?)*)?")


def sight_of(rows: Iterable[int]) -> str:
    """The numbers as ranges, rising; "" for none."""
    ranges: list[list[int]] = []
    for row in sorted(rows):
        if ranges and ranges[-1][1] == row - 1:
            ranges[-1][1] = row
        else:
            ranges.append([row, row])
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in ranges)


def is_within(sight: str, rows: Container[int], most: int) -> bool:
    """Whether all numbers of a sight are among the `most` that are given; False for what is no sight."""
    if not _RANGES.fullmatch(sight):
        return False
    ends = [one.partition("-") for one in sight.split(",") if one]
    ranges = [(int(first), int(last or first)) for first, _, last in ends]
    if sum(last - first + 1 for first, last in ranges) > most:
        return False
    return all(row in rows for first, last in ranges for row in range(first, last + 1))
