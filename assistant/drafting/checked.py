"""The last look at a draft: whatever put it together, no number stands in it without a source that holds it."""

from __future__ import annotations

from dataclasses import replace

from assistant.drafting.model import Block, Cell, Draft, Paragraph, Run, Style, Table
from assistant.drafting.sources import Sources, numbers_left, with_unit
from assistant.drafting.words import word
from assistant.grounding import ungrounded


def checked(draft: Draft, sources: Sources) -> Draft:
    """The draft without the sentences, and with the cells blanked, whose numbers have no verified source."""
    blocks: list[Block] = []
    for block in draft.blocks:
        if isinstance(block, Paragraph):
            if block.style in HEADINGS or all(is_sound(run, sources) for run in block.runs):
                blocks.append(block)
            else:
                sources.left_out += 1
        elif isinstance(block, Table):
            blocks.append(_table(block, draft, sources))
        else:
            blocks.append(block)
    return replace(draft, blocks=tuple(blocks))


def is_sound(run: Run, sources: Sources) -> bool:
    """Whether all sources of a run are verbatim, and its number stands in one of them or is computed from them."""
    if not run.sources:
        if run.calculation:
            return True  # a count of what the archive holds
        return not numbers_left(run.text)
    quoted = all(sources.is_verbatim(one.citation) and one.quote in one.citation.quote for one in run.sources)
    if run.calculation:
        return quoted
    return quoted and not ungrounded(with_unit(run.text, run.unit), [source.quote for source in run.sources])


HEADINGS = frozenset({Style.HEADING_1, Style.HEADING_2, Style.HEADING_3})


def _table(table: Table, draft: Draft, sources: Sources) -> Table:
    def cell_of(cell: Cell) -> Cell:
        if all(is_sound(run, sources) for run in cell.runs):
            return cell
        sources.left_out += 1
        return Cell((Run(word(draft.language, "unchecked")),))

    rows = tuple((row[0], *(cell_of(cell) for cell in row[1:])) for row in table.rows)
    return replace(table, rows=rows)
