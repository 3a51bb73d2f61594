"""A checked draft on the page: its text with every number marked by verdict, and the list of the numbers beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from assistant.checking.verdicts import Verdict
from assistant.checking.word_draft import CELL_SEPARATOR
from assistant.types import Language
from assistant.verify import Checked, Verification
from indexer.types import Span
from ui import view
from ui.checked import AROUND
from ui.controls import Place, open_html
from ui.render import escape
from ui.text import say

ICONS = {Verdict.AGREES: "✓", Verdict.CONTRADICTS: "✕", Verdict.NOT_HELD: "?", Verdict.MASKED: "＊"}
ORDER = (Verdict.CONTRADICTS, Verdict.AGREES, Verdict.NOT_HELD, Verdict.MASKED)
Marked = tuple[int, Checked]  # its number on the page, from 1


def verified_html(verification: Verification, files: str, language: Language) -> str:
    """The whole result; `files` is the HTML of the links to what can be saved."""
    if not verification.numbers:
        return f'<p class="yj-said">{escape(say(language, "verify_none"))}</p>'
    marked = list(enumerate(verification.numbers, 1))
    bad = verification.count(Verdict.CONTRADICTS)
    key = "verify_found" if bad else "verify_found_none"
    found = escape(say(language, key, count=len(marked), bad=bad))
    text, listed = (escape(say(language, f"verify_{part}")) for part in ("text", "list"))
    return (
        f'<div class="yj-result"><p class="yj-said" role="status">{found}</p>{files}{_filters(verification, language)}'
        f'<div class="yj-verified"><div class="yj-draft" tabindex="0" role="region" aria-label="{text}">'
        f"{_draft(verification, marked, language)}</div>"
        f'<div class="yj-checks" tabindex="0" role="region" aria-label="{listed}" data-citations><ol>'
        f"{''.join(_entry(number, one, verification, language) for number, one in marked)}</ol></div></div></div>"
    )


def _filters(verification: Verification, language: Language) -> str:
    every = escape(say(language, "verify_all", count=len(verification.numbers)))
    buttons = f'<button type="button" data-only="" aria-pressed="true">{every}</button>'
    for verdict in ORDER:
        if number := verification.count(verdict):
            label = escape(f"{ICONS[verdict]} {say(language, f'verdict_{verdict.value}')} {number}")
            buttons += f'<button type="button" data-only="{verdict.value}" aria-pressed="false">{label}</button>'
    label = escape(say(language, "verify_filter"))
    return f'<div class="yj-filters" role="group" aria-label="{label}" data-filters>{buttons}</div>'


def _draft(verification: Verification, marked: Sequence[Marked], language: Language) -> str:
    """The draft's lines as paragraphs, and those with cells as the rows of a table."""
    parts = []
    for in_table, lines in groupby(_lines(verification.draft.text), key=lambda line: line[2]):
        if in_table:
            rows = "".join(f"<tr>{_cells(verification, line, marked, language)}</tr>" for line in lines)
            parts.append(f"<table><tbody>{rows}</tbody></table>")
        else:
            parts += [f"<p>{_stretch(verification, line[0], line[1], marked, language)}</p>" for line in lines]
    return "".join(parts)


def _lines(text: str) -> Iterator[tuple[int, int, bool]]:
    """Start and end of each line that is not blank, and whether it is the row of a table."""
    at = 0
    for line in text.split("\n"):
        if line.strip():
            yield at, at + len(line), CELL_SEPARATOR in line
        at += len(line) + 1


def _cells(
    verification: Verification, line: tuple[int, int, bool], marked: Sequence[Marked], language: Language
) -> str:
    start, end, _ = line
    cells = []
    for words in verification.draft.text[start:end].split(CELL_SEPARATOR):
        cells.append(f"<td>{_stretch(verification, start, start + len(words), marked, language)}</td>")
        start += len(words) + len(CELL_SEPARATOR)
    return "".join(cells)


def _stretch(verification: Verification, start: int, end: int, marked: Sequence[Marked], language: Language) -> str:
    """The text between two offsets with its numbers as buttons."""
    text, shown, at = verification.draft.text, "", start
    for number, one in marked:
        figure = one.judged.claim.figure
        if figure.start < at or figure.end > end:
            continue
        shown += escape(text[at : figure.start]) + _number(number, one, text[figure.start : figure.end], language)
        at = figure.end
    return shown + escape(text[at:end])


def _number(number: int, one: Checked, words: str, language: Language) -> str:
    verdict = one.verdict
    label = escape(f"{words} {say(language, f'verdict_{verdict.value}')}")
    return (
        f'<button type="button" class="yj-num yj-is-{verdict.value}" data-number="{number}" data-kind="{verdict.value}" '
        f'aria-label="{label}"><i aria-hidden="true">{ICONS[verdict]}</i>{escape(words)}</button>'
    )


def _entry(number: int, one: Checked, verification: Verification, language: Language) -> str:
    """A number in the list: its verdict, what the archive says, the words around it, the sentence that tells."""
    verdict = one.verdict
    state = (
        f'<span class="yj-state yj-is-{verdict.value}"><span aria-hidden="true">{ICONS[verdict]}</span>'
        f"{escape(say(language, f'verdict_{verdict.value}'))}</span>"
    )
    right = f"<strong>{escape(_right(one, language))}</strong>" if _right(one, language) else ""
    return (
        f'<li data-number="{number}" data-kind="{verdict.value}"><div class="yj-head">{state}'
        f'<button type="button" class="yj-pointer" data-number="{number}">{escape(one.judged.claim.written)}</button>{right}</div>'
        f'<p class="yj-around">{_around(one, verification)}</p>{_source(number, one, language)}</li>'
    )


def _right(one: Checked, language: Language) -> str:
    if one.computed:
        return say(language, "verify_computed", how=one.computed)
    if one.verdict is Verdict.CONTRADICTS and one.right:
        return say(language, "verify_says_right", right=one.right)
    return ""


def _around(one: Checked, verification: Verification) -> str:
    text, figure = verification.draft.text, one.judged.claim.figure
    start = max(text.rfind("\n", 0, figure.start) + 1, figure.start - AROUND)
    stop = text.find("\n", figure.end)
    end = min(stop if stop >= 0 else len(text), figure.end + AROUND)
    return f"…{escape(text[start : figure.start])}<b>{escape(text[figure.start : figure.end])}</b>{escape(text[figure.end : end])}…"


def _source(number: int, one: Checked, language: Language) -> str:
    citation, match = one.citation, one.judged.match
    if citation is None or one.verdict is Verdict.NOT_HELD:
        return ""
    marks = [Span(match.figure.start, match.figure.end)] if match is not None else []
    opened = open_html(Place.of(citation, marks), number, escape(say(language, "verify_open")), language)
    title = escape(view.title_of(citation.report, language))
    return f"<blockquote>{escape(' '.join(citation.quote.split()))}<br>{title} {opened}</blockquote>"
