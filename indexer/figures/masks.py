"""Masked numbers (脱敏): `*`, `*.*`, `*-*`, `XX`, where a report hides a value but leaves its unit."""

from __future__ import annotations

import re
from typing import Final

MASK_START: Final = "*×X■□"
_MASK: Final = re.compile(r"[*■□][\d*■□]*(?:\.[\d*■□]+)?(?:[-—~至][*■□]+(?:\.[*■□]+)?)?|[X×]{1,4}(?:\.[X×]{1,2})?")
_DIGITS_THEN_MASK: Final = re.compile(r"\d[\d.]*\*[\d*.]*")


def read_mask(text: str, start: int, end: int) -> int | None:
    """Where the masked number that begins at `start` of folded text ends (exclusive); None where none begins."""
    found = _MASK.match(text, start, end) or _DIGITS_THEN_MASK.match(text, start, end)
    return None if found is None else found.end()
