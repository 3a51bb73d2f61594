"""Which figures are parts of another: said so (其中, brackets), or adding up exactly to an earlier 累计 or 共."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from indexer.types import Basis, Figure, Measure, PartLink, Role

OF_WHICH: Final = "其中"
SHORTEST_HEAD: Final = 2  # characters that the subjects of a whole and its parts share at their ends
MOST_PARTS: Final = 12

_TOTAL: Final = re.compile(r"累计|合计|总计|共计|一共|总共|(?<![公中])共|总")
_CLOSED: Final = re.compile(r"[。\n]")


def link_parts(text: str, figures: Sequence[Figure]) -> list[Figure]:
    """The figures of one report with `part_of` and `part_link` filled in; `text` is folded."""
    linked = list(figures)
    _link_stated(text, linked)
    _link_sums(text, linked)
    return linked


def _link_stated(text: str, figures: list[Figure]) -> None:
    """其中 makes parts of the like figures behind it, up to the end of the sentence or of the bracket."""
    for index, figure in enumerate(figures):
        whole = _whole_before(text, figures, index)
        if whole is not None:
            figures[index] = replace(figure, part_of=figures[whole].ordinal, part_link=PartLink.STATED)


def _whole_before(text: str, figures: Sequence[Figure], index: int) -> int | None:
    part = figures[index]
    if part.measure is not Measure.LEVEL:
        return None
    marker = text.rfind(OF_WHICH, max(0, part.start - 160), part.start)
    if marker < 0 or _CLOSED.search(text, marker, part.start) or _bracket_closed(text, marker, part.start):
        return None
    for earlier in range(index - 1, -1, -1):
        whole = figures[earlier]
        if whole.end > marker:
            continue
        if marker - whole.end > 160 or "\n" in text[whole.end : marker]:
            return None
        if whole.sentence != part.sentence and marker - part.sentence.start > 2:
            return None
        if _like(whole, part) and whole.measure is Measure.LEVEL and not _larger(part, whole):
            return earlier if ";" not in text[marker : part.start] or _share_head(whole, part) else None
    return None


def _bracket_closed(text: str, marker: int, start: int) -> bool:
    """Whether a bracket that was open at 其中 is closed before `start`."""
    depth = 0
    for char in text[marker:start]:
        if char in "(":
            depth += 1
        elif char in ")":
            depth -= 1
            if depth < 0:
                return True
    return False


def _like(whole: Figure, part: Figure) -> bool:
    return whole.base_unit == part.base_unit and whole.dimension == part.dimension


def _larger(part: Figure, whole: Figure) -> bool:
    if part.value is None or whole.value is None:
        return False
    return part.value * part.scale > whole.value * whole.scale


def _link_sums(text: str, figures: list[Figure]) -> None:
    """Later figures of the same paragraph, unit and head noun that add up exactly to an earlier total are its parts."""
    for index, total in enumerate(figures):
        if not _is_total(text, total):
            continue
        candidates = _candidates(text, figures, index)
        parts = _adding_up(figures, candidates, _amount(total))
        for part in parts:
            figures[part] = replace(figures[part], part_of=total.ordinal, part_link=PartLink.INFERRED_BY_SUM)


def _is_total(text: str, figure: Figure) -> bool:
    if not _exact(figure) or figure.measure is not Measure.LEVEL or figure.role is not Role.RESULT:
        return False
    return figure.basis is Basis.CUMULATIVE or bool(_TOTAL.search(text, figure.clause.start, figure.start))


def _exact(figure: Figure) -> bool:
    return figure.low is not None and figure.low == figure.high and not figure.approximate


def _amount(figure: Figure) -> Decimal:
    return (figure.low or Decimal(0)) * figure.scale


def _candidates(text: str, figures: Sequence[Figure], index: int) -> list[int]:
    total = figures[index]
    line_end = text.find("\n", total.end)
    line_end = len(text) if line_end < 0 else line_end
    found: list[int] = []
    for later in range(index + 1, len(figures)):
        part = figures[later]
        if part.start >= line_end:
            break
        fits = _like(total, part) and _exact(part) and part.measure is Measure.LEVEL and part.part_of is None
        if fits and _amount(part) < _amount(total) and _share_head(total, part):
            found.append(later)
    return found


def _share_head(total: Figure, part: Figure) -> bool:
    head = total.subject_text[-SHORTEST_HEAD:]
    return total.subject != part.subject and len(head) == SHORTEST_HEAD and part.subject_text.endswith(head)


def _adding_up(figures: Sequence[Figure], candidates: Sequence[int], amount: Decimal) -> Sequence[int]:
    """The first run of at least two neighbouring candidates whose amounts add up to `amount`; empty where none does."""
    for first in range(len(candidates)):
        total = Decimal(0)
        for last in range(first, min(len(candidates), first + MOST_PARTS)):
            total += _amount(figures[candidates[last]])
            if total == amount and last > first:
                return candidates[first : last + 1]
            if total > amount:
                break
    return ()
