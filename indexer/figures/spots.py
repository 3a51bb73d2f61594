"""Where a quantity stands: its sentence, its clause, its neighbours, and the stretch of text that is about it alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from indexer.figures.quantities import Quantity
from indexer.sentences import split_clauses
from indexer.types import Span

_LIST_GAP: Final = re.compile(r"\s*(?:[、/]|和|与|及|以及|或)\s*$")


@dataclass(frozen=True, slots=True)
class Spot:
    """A quantity in its surroundings; offsets are those of the report.

    `before` runs from the quantity before it, or from the start of the clause, to this one with its hedges; `after`
    from this one with its hedges to the next or to the end of the clause. `continues` says that nothing but a 、 or 和
    parts it from the quantity before (分别增长4.6%、6.6%).
    """

    quantity: Quantity
    clause: Span
    sentence: Span
    before: Span
    after: Span
    continues: bool
    position: int  # among the quantities of the sentence, from 0


def spots_of(text: str, sentence: Span, quantities: Sequence[Quantity]) -> list[Spot]:
    """The quantities of one sentence of the report's `text` (not folded), each with its surroundings."""
    if not quantities:
        return []
    clauses = split_clauses(text, sentence.start, sentence.end)
    spots: list[Spot] = []
    for position, quantity in enumerate(quantities):
        clause = _clause_of(clauses, quantity)
        previous = quantities[position - 1] if position else None
        following = quantities[position + 1] if position + 1 < len(quantities) else None
        begin = clause.start if previous is None else max(clause.start, previous.outer_end)
        stop = clause.end if following is None else min(clause.end, following.outer_start)
        before = Span(min(begin, quantity.outer_start), quantity.outer_start)
        after = Span(quantity.outer_end, max(stop, quantity.outer_end))
        continues = previous is not None and previous.outer_end >= clause.start and (
            _LIST_GAP.fullmatch(text, previous.outer_end, quantity.outer_start) is not None
        )  # fmt: skip
        spots.append(Spot(quantity, clause, sentence, before, after, continues, position))
    return spots


def _clause_of(clauses: Sequence[Span], quantity: Quantity) -> Span:
    """The clause that holds the quantity, joined with the next ones where the quantity runs over its end."""
    for clause in clauses:
        if clause.start <= quantity.start < clause.end:
            end = max(clause.end, quantity.end)
            return Span(clause.start, end)
    return Span(quantity.start, quantity.end)
