"""A draft as Markdown: the same paragraphs and tables, each number with a footnote."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.drafting.model import Draft, Paragraph, Run, Style, Table
from assistant.word.footnotes import Notes

MARKS = {Style.HEADING_1: "## ", Style.HEADING_2: "### ", Style.HEADING_3: "#### ", Style.STATE: "> "}
SPECIAL = "\\`*_|<>[]"


def markdown_text(draft: Draft) -> str:
    """The draft with its footnotes at the end; a chart is left to the formats that can draw it."""
    notes = Notes(draft.language)
    parts = [f"# {escaped(draft.title)}"]
    for block in draft.blocks:
        if isinstance(block, Paragraph):
            parts.append(f"{MARKS.get(block.style, '')}{_runs(block.runs, notes)}")
        elif isinstance(block, Table):
            parts.append(_table(block, notes))
    parts += [f"[^{number}]: {escaped(text)}" for number, text in enumerate(notes.texts, start=1)]
    return "\n\n".join(parts) + "\n"


def escaped(text: str) -> str:
    """The text with the characters that Markdown would read as marks made plain, on one line."""
    return "".join(f"\\{one}" if one in SPECIAL else one for one in " ".join(text.split("\n")))


def _runs(runs: Sequence[Run], notes: Notes) -> str:
    return "".join(
        escaped(run.text) + (f"[^{notes.add(run)}]" if run.sources or run.calculation else "") for run in runs
    )


def _table(table: Table, notes: Notes) -> str:
    head = f"| {' | '.join(escaped(column.heading) for column in table.columns)} |"
    rule = f"| {' | '.join('---:' if column.right else '---' for column in table.columns)} |"
    rows = [f"| {' | '.join(_runs(cell.runs, notes) for cell in row)} |" for row in table.rows]
    return "\n".join([f"**{escaped(table.caption)}**", "", head, rule, *rows])
