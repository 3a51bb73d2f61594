"""Ages that bound what is counted: 65岁以上老年人体检 is not read without its 65岁以上."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from indexer.figures.above import Above
from indexer.figures.alignment import Subject
from indexer.figures.spots import Spot
from indexer.types import Span

AGE: Final = "age"


def bounded(text: str, spot: Spot, subject: Subject | None, above: Above) -> Subject | None:
    """The subject with the age right before it (65岁以上|老年人体检), or before its number (80岁以上|1.93万人)."""
    last = above.spots[len(above.found) - 1] if above.found else None
    if subject is None or last is None or last.quantity.dimension != AGE or not _is_bound(text, last):
        return subject
    age = Span(last.quantity.start, last.quantity.outer_end)
    words = text[age.start : age.end]
    if subject.span.start == age.end:
        return replace(subject, span=Span(age.start, subject.span.end), text=f"{words}{subject.text}")
    if last.quantity.outer_end == spot.quantity.outer_start:
        return Subject(age, f"{words}{_without_bound(subject.thing)}")
    return subject


def _is_bound(text: str, spot: Spot) -> bool:
    return text[spot.quantity.end : spot.quantity.outer_end] in {"以上", "及以上", "以下", "及以下", "以内"}


def _without_bound(words: str) -> str:
    """户籍老人 of 60周岁以上户籍老人."""
    for bound in ("以上", "以下", "以内"):
        words = words.rpartition(bound)[2] or words
    return words
