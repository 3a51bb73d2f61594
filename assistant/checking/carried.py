"""What a number of a draft takes over from those before it: what is counted, as which measure, rising or falling."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from assistant.checking.said import falls_said
from indexer.figures.measures import DOWN_WORDS, UP_WORDS
from indexer.types import Figure, Measure

EARLIER = 8  # numbers of the paragraph whose subjects may be carried on
LEVELS = frozenset({Measure.LEVEL, Measure.SHARE})
TRENDS_OF_ROWS = frozenset(
    {"增长", "增速", "涨幅", "增幅", "降幅", "下降", "减少", "增加", "上涨", "增长率", "增长速度"}
)


class Said(Protocol):
    """A number read before, with what it was found to say."""

    @property
    def figure(self) -> Figure:
        """The number."""
        ...

    @property
    def subject(self) -> str:
        """What it counts."""
        ...

    @property
    def falls(self) -> bool | None:
        """Whether it went down; None where it is no change."""
        ...


def as_before(figure: Figure, is_bare: bool, here: Sequence[Said]) -> Figure:
    """The figure; where only 预期 or 实际 stands at it, of the measure of the rate before it, which it goes on with."""
    last = next((one.figure for one in reversed(here) if one.figure.dimension == figure.dimension), None)
    goes_on = is_bare and last is not None and figure.dimension == "percent" and figure.measure in LEVELS
    if last is None or not goes_on or last.measure is not Measure.GROWTH:
        return figure
    moved = tuple(word for word in last.qualifiers if word in UP_WORDS | DOWN_WORDS)
    return replace(figure, measure=last.measure, qualifiers=(*figure.qualifiers, *moved))


def as_row(figure: Figure, subject: str) -> Figure:
    """The cell of a row that is headed 国内生产总值增长 or 农村贫困人口减少 as the change that its heading says."""
    word = next((word for word in sorted(TRENDS_OF_ROWS, key=len, reverse=True) if subject.endswith(word)), "")
    if not word or figure.measure not in LEVELS:
        return figure
    measure = Measure.GROWTH if figure.dimension == "percent" else Measure.CHANGE
    return replace(figure, measure=measure, qualifiers=(*figure.qualifiers, word))


def falls_here(figure: Figure, is_bare: bool, here: Sequence[Said]) -> bool | None:
    """Whether the number tells a fall: as its own words say, else as the rate before it that it goes on with."""
    moves = any(word in UP_WORDS or word in DOWN_WORDS for word in figure.qualifiers)
    last = next((one for one in reversed(here) if one.figure.dimension == figure.dimension), None)
    return last.falls if is_bare and not moves and last is not None else falls_said(figure)


def carried(figure: Figure, earlier: Sequence[Said]) -> str | None:
    """The subject of the last number of the like kind in the paragraph."""
    like = (item.subject for item in reversed(earlier[-EARLIER:]) if _alike(item.figure, figure) and item.subject)
    return next(like, None)


def like_subjects(figure: Figure, earlier: Sequence[Said]) -> list[str]:
    """The subjects of the last numbers of the like kind."""
    return [item.subject for item in earlier[-EARLIER:] if _alike(item.figure, figure)]


def _alike(one: Figure, other: Figure) -> bool:
    return one.dimension == other.dimension and one.base_unit == other.base_unit and one.measure == other.measure
