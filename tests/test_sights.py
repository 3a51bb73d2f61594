"""What somebody saw, in short: it comes back as it was, and what is no such thing is within nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from indexer.sights import is_within, sight_of


@pytest.mark.parametrize(
    ("rows", "sight"), [([], ""), ([7], "7"), ([3, 1, 2], "1-3"), ([1, 2, 4, 6, 7, 8], "1-2,4,6-8"), ([9, 10], "9-10")]
)
def test_numbers_in_a_row_are_a_range(rows: list[int], sight: str) -> None:
    assert sight_of(rows) == sight


@given(some.sets(some.integers(0, 60)), some.sets(some.integers(0, 60)))
def test_a_sight_is_within_what_holds_all_of_it(seen: set[int], now: set[int]) -> None:
    assert is_within(sight_of(seen), now, len(now)) == (seen <= now)


@pytest.mark.parametrize("text", ["?", "1-", "-1", "1,,2", "a", "1-3,", " 1", "1-999999999999999999"])
def test_what_is_no_sight_or_larger_than_all_is_within_nothing(text: str) -> None:
    assert not is_within(text, range(10), 10)
