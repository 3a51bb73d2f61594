"""A filled table on the page: its sheets with what was filled and what stayed empty, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from assistant.fill import FilledTable, SheetAsked
from assistant.fill_cell import Filled, NotFilled, Source
from assistant.fill_grid import Grid
from assistant.fill_words import FillWords
from assistant.rows import place_of
from assistant.types import Language
from assistant.xlsx_patch import column_letters
from indexer.archive import Archive
from indexer.types import Span
from ui.controls import Place, drop_html, open_html
from ui.render import escape
from ui.text import say

ROWS, COLUMNS = 120, 26  # of a sheet that are shown
MOST_SOURCES = 4  # beside one reason


def form_html(archive: Archive, suffixes: Sequence[str], notice: str, language: Language) -> str:
    """The place to drop a workbook, and the place that its figures are of where it names none."""
    places = list(dict.fromkeys(place for report in archive.reports() if (place := place_of(report))))
    options = "".join(f'<option value="{escape(place)}">{escape(place)}</option>' for place in places)
    none = escape(say(language, "fill_place_none"))
    drop = drop_html(language, suffixes, hint=say(language, "fill_hint"), notice=notice)
    return (
        '<form class="yj-choose yj-choose-fill" data-form="fill">'
        f'<label class="yj-place">{escape(say(language, "fill_place"))}'
        f'<select name="place"><option value="">{none}</option>{options}</select></label>{drop}</form>'
    )


def filled_html(table: FilledTable, sheets: Sequence[tuple[str, Grid]], files: str, language: Language) -> str:
    """The whole result; `files` is the HTML of the link to the filled workbook."""
    numbers = count(1)
    words = FillWords(language)
    filled, left = table.filled, table.left
    summary = escape(say(language, "fill_summary", total=len(table.cells), filled=len(filled), left=len(left)))
    shown = "".join(_sheet(name, grid, table, words, numbers) for name, grid in sheets)
    return (
        f'<div class="yj-result yj-filled" data-citations><p class="yj-said" role="status">{summary}</p>{files}'
        f'<p class="yj-lead">{escape(say(language, "fill_legend"))}</p>{shown}{_left(left, words, numbers)}</div>'
    )


def _sheet(name: str, grid: Grid, table: FilledTable, words: FillWords, numbers: Iterator[int]) -> str:
    cells = {cell.reference: found for cell, found in table.cells if cell.sheet == name}
    if not cells:
        return ""
    rows, columns = min(grid.rows, ROWS), min(grid.columns, COLUMNS)
    lines = ""
    for row in range(1, rows + 1):
        references = {f"{column_letters(column)}{row}": (row, column) for column in range(1, columns + 1)}
        shown = (
            _asked(reference, cells[reference], words, numbers) if reference in cells else _given(grid, at)
            for reference, at in references.items()
        )
        lines += f"<tr>{''.join(shown)}</tr>"
    cut = ""
    if grid.rows > rows or grid.columns > columns:
        cut = f'<p class="yj-lead">{escape(say(words.language, "fill_cut", rows=rows, columns=columns))}</p>'
    return (
        f'<section class="yj-block"><div class="yj-scroll" tabindex="0"><table class="yj-table">'
        f"<caption>{escape(name)}</caption><tbody>{lines}</tbody></table></div>{cut}</section>"
    )


def _asked(reference: str, found: Filled | NotFilled, words: FillWords, numbers: Iterator[int]) -> str:
    """A cell that was to be filled."""
    if isinstance(found, Filled):
        opened = open_html(_place(found.source), next(numbers), escape(format(found.value, "f")), words.language)
        return f'<td class="yj-got" data-cell="{reference}" title="{escape(words.remark(found))}">{opened}</td>'
    why = escape(words.why(found))
    return f'<td class="yj-left" data-cell="{reference}" title="{why}"><span aria-label="{why}">–</span></td>'


def _given(grid: Grid, at: tuple[int, int]) -> str:
    """A cell as it stands in the workbook; of merged cells only the first says its value."""
    value = None if at in grid.hidden else grid.values.get(at)
    return f"<td>{escape(_shown(value))}</td>"


def _shown(value: object) -> str:
    if value is None:
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value)


def _left(left: Sequence[tuple[SheetAsked, NotFilled]], words: FillWords, numbers: Iterator[int]) -> str:
    """The cells that stayed empty, each with the reason and the ways to what the archive says all the same."""
    if not left:
        return ""
    language = words.language
    rows = "".join(_left_row(cell, found, words, numbers) for cell, found in left)
    heads = "".join(
        f'<th scope="col">{escape(head)}</th>'
        for head in (say(language, "fill_cell"), say(language, "compare_pick"), say(language, "fill_why"), "")
    )
    return (
        f'<section class="yj-block"><h3>{escape(say(language, "fill_left_title"))}</h3>'
        f'<div class="yj-scroll" tabindex="0"><table class="yj-table"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div></section>"
    )


def _left_row(cell: SheetAsked, found: NotFilled, words: FillWords, numbers: Iterator[int]) -> str:
    asked = cell.asked
    what = " ".join(part for part in (asked.place, asked.period.label if asked.period else "", asked.indicator) if part)
    ways = " ".join(
        open_html(_place(source), next(numbers), escape(source.words), words.language)
        for source in found.sources[:MOST_SOURCES]
    )
    return (
        f"<tr><td>{escape(f'{cell.sheet}!{cell.reference}')}</td><td>{escape(what)}</td>"
        f"<td>{escape(words.why(found))}</td><td>{ways}</td></tr>"
    )


def _place(source: Source) -> Place:
    return Place(source.report, source.start, source.end, (Span(source.figure.start, source.figure.end),))
