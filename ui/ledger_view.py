"""The ledger as HTML: its filters, a page of its figures, the way to correct one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.types import Language
from indexer.ledger_page import SortBy
from indexer.ledger_query import LedgerRow
from indexer.types import Measure, ReportInfo, Role, Span
from ui import view
from ui.controls import Place, fold_html, open_html, said_html
from ui.ledger_filters import LedgerView, address_of, choices
from ui.render import escape, text_html
from ui.text import say

ROWS = 50  # of a page
LONGEST_SUBJECT = 44  # characters shown
COLUMNS = (
    ("subject", SortBy.SUBJECT), ("value", SortBy.VALUE), ("role", SortBy.ROLE), ("period", SortBy.PERIOD),
    ("place", SortBy.PLACE), ("report", SortBy.REPORT),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """A page of the ledger with what is told beside it."""

    looked: LedgerView
    rows: Sequence[LedgerRow]
    total: int
    has_more: bool
    may_correct: bool
    note: str = ""  # what was done
    meant: Sequence[str] = ()  # how the filters were understood

    @property
    def first(self) -> int:
        """How many rows stand before it."""
        return max(0, min(self.looked.first, self.total - len(self.rows)))


def filters_html(language: Language) -> str:
    """The form of the filters; the page's script fills it from the address."""
    text = "".join(_box(name, language) for name in ("subject", "place", "office", "year", "unit"))
    roles = [(role.value, say(language, f"ledger_role_{role.value}")) for role in Role]
    measures = [(measure.value, say(language, f"measure_{measure.value}")) for measure in Measure]
    chosen = _select("role", roles, language) + _select("measure", measures, language)
    only = "".join(_check(name, language) for name in ("masked", "corrected"))
    saves = "".join(
        f'<button type="button" class="yj-button" data-save="{kind}">{escape(say(language, f"ledger_save_{kind}"))}</button>'
        for kind in ("xlsx", "csv")
    )
    return (
        f'<header class="yj-title"><h2>{text_html(language, "nav_ledger")}</h2>'
        f'<p class="yj-lead">{text_html(language, "ledger_lead")}</p></header>'
        f'<form class="yj-sift" data-go role="search" aria-label="{text_html(language, "ledger_filters")}">'
        f'{text}{chosen}<div class="yj-only">{only}</div>'
        f'<div class="yj-buttons"><button type="submit" class="yj-button yj-main">{text_html(language, "ledger_go")}</button>'
        f'<a class="yj-button" data-go href="?">{text_html(language, "ledger_clear")}</a>{saves}{fold_html(language)}</div></form>'
    )


def table_html(page: LedgerPage, reports: Sequence[ReportInfo], language: Language) -> str:
    """How many figures there are, a page of them, and the way to the pages beside it."""
    meant = "".join(f"<span>{escape(one)}</span>" for one in page.meant)
    notes = (said_html(page.note) if page.note else "") + (f'<p class="yj-meant">{meant}</p>' if meant else "")
    lists = _list("place", choices(info.place for info in reports)) + _list(
        "office", choices(info.issuer for info in reports)
    )
    if not page.rows:
        key = "ledger_page_none" if page.looked.is_filtered else "ledger_page_empty"
        return f'{notes}{lists}<p class="yj-nothing">{text_html(language, key)}</p>'
    heads = "".join(_head(name, by, page.looked, language) for name, by in COLUMNS)
    act = f'<th><span class="yj-away">{text_html(language, "ledger_correct")}</span></th>' if page.may_correct else ""
    rows = "".join(_row(row, number, page, language) for number, row in enumerate(page.rows, 1))
    return (
        f'{notes}{lists}{_pager(page, language)}<div class="yj-scroll" tabindex="0" role="region" '
        f'aria-label="{text_html(language, "nav_ledger")}"><table class="yj-table yj-ledger yj-cards" data-citations>'
        f"<thead><tr>{heads}{act}</tr></thead><tbody>{rows}</tbody></table></div>{_pager(page, language, below=True)}"
    )


def correction_html(row: LedgerRow, language: Language, *, wrong: str = "", value: str = "", reason: str = "") -> str:
    """The dialog in which a figure is corrected; `wrong` says why what was sent before was not taken."""
    figure, correction = row.figure, row.correction
    fields = f'data-report="{escape(row.report.id)}" data-ordinal="{figure.ordinal}"'
    undo = ""
    if correction:
        value, reason = value or correction.value, reason or correction.reason
        undo = f'<button type="button" class="yj-button" data-act="undo" {fields}>{text_html(language, "correct_undo")}</button>'
    sentence = view_sentence(row)
    return (
        f'<div class="yj-veil"><form class="yj-dialog" role="dialog" aria-modal="true" aria-label="{text_html(language, "correct_title")}" '
        f'data-act="correct" {fields}><h3>{text_html(language, "correct_title")}</h3>'
        f'<p class="yj-sentence">{sentence}</p><p class="yj-soft">{escape(row.report.title or row.report.file_name)}</p>'
        f"{said_html(wrong, bad=True) if wrong else ''}"
        f'<label>{text_html(language, "correct_value")}<input name="value" required maxlength="60" value="{escape(value)}" '
        f'placeholder="{escape(say(language, "correct_value_hint", unit=figure.unit))}" autocomplete="off"></label>'
        f'<label>{text_html(language, "correct_reason")}<textarea name="reason" required maxlength="500" rows="3" '
        f'placeholder="{text_html(language, "correct_reason_hint")}">{escape(reason)}</textarea></label>'
        f'<p class="yj-soft">{text_html(language, "correct_kept")}</p><div class="yj-buttons">'
        f'<button type="submit" class="yj-button yj-main">{text_html(language, "correct_do")}</button>{undo}'
        f'<button type="button" class="yj-button" data-act="close">{text_html(language, "close")}</button></div></form></div>'
    )


def view_sentence(row: LedgerRow) -> str:
    """The figure's sentence with the figure marked, as HTML."""
    place = row.quote.find(row.figure.written)
    if place < 0:
        return escape(row.quote)
    end = place + len(row.figure.written)
    return f"{escape(row.quote[:place])}<mark>{escape(row.quote[place:end])}</mark>{escape(row.quote[end:])}"


def _row(row: LedgerRow, number: int, page: LedgerPage, language: Language) -> str:
    figure, correction = row.figure, row.correction
    subject = figure.subject_text
    shown = subject if len(subject) <= LONGEST_SUBJECT else f"…{subject[-LONGEST_SUBJECT:]}"
    period = figure.period or row.report.period
    kind = say(language, f"ledger_role_{figure.role.value}")
    if figure.measure is not Measure.LEVEL:
        kind = f"{say(language, f'measure_{figure.measure.value}')} · {kind}"
    cells = (
        f'<td title="{escape(subject)}">{escape(shown)}</td>',
        f'<td class="yj-right">{_number(row, number, language)}</td>',
        f"<td>{escape(kind)}</td>",
        f"<td>{escape(view.period_label(period, language))}</td>",
        f"<td>{escape(row.report.place or row.report.issuer or '')}</td>",
        f"<td>{escape(row.report.title or row.report.file_name)}</td>",
        _act(row, language) if page.may_correct else "",
    )
    return f"<tr{' class=yj-corrected' if correction else ''}>{''.join(cells)}</tr>"


def _number(row: LedgerRow, number: int, language: Language) -> str:
    """What holds, as the way to its source; beneath a correction what the report states, and why."""
    figure, correction = row.figure, row.correction
    written = escape(" ".join(figure.written.split()))
    place = Place(row.report, figure.sentence.start, figure.sentence.end, (Span(figure.start, figure.end),))
    hidden = " yj-hidden" if figure.masked else ""
    if correction is None:
        return open_html(place, number, f'<b class="yj-figure{hidden}">{written}</b>', language)
    stated = escape(say(language, "ledger_stated", written=" ".join(figure.written.split())))
    return (
        open_html(place, number, f'<b class="yj-figure">{escape(correction.value)}</b>', language)
        + f'<span class="yj-stated">{stated}</span><span class="yj-reason">{escape(correction.reason)}</span>'
    )


def _act(row: LedgerRow, language: Language) -> str:
    label = say(language, "ledger_correct_one", written=" ".join(row.figure.written.split()))
    return (
        f'<td><button type="button" class="yj-small" data-act="open" data-report="{escape(row.report.id)}" '
        f'data-ordinal="{row.figure.ordinal}" aria-label="{escape(label)}">{text_html(language, "ledger_correct")}</button></td>'
    )


def _head(name: str, by: SortBy, looked: LedgerView, language: Language) -> str:
    is_current = looked.order.by is by
    direction = ("descending" if looked.order.descending else "ascending") if is_current else ""
    sort = f' aria-sort="{direction}"' if direction else ""
    arrow = {"": "", "ascending": " ↑", "descending": " ↓"}[direction]
    right = ' class="yj-right"' if name == "value" else ""
    link = f'<a data-go href="{escape(address_of(looked.sorted_by(by)))}">{text_html(language, f"ledger_{name}")}{arrow}</a>'
    return f'<th scope="col"{sort}{right}>{link}</th>'


def _pager(page: LedgerPage, language: Language, *, below: bool = False) -> str:
    first = page.first
    last = first + len(page.rows)
    total = say(language, "ledger_page_range", first=f"{first + 1:,}", last=f"{last:,}", total=f"{page.total:,}")
    looked = page.looked.restarted()
    before = replace(looked, before=str(page.rows[0].number), at=str(max(first - ROWS, 0))) if first else None
    after = replace(looked, after=str(page.rows[-1].number), at=str(last)) if page.has_more else None
    links = _step(before, "ledger_before", language) + _step(after, "ledger_after", language) if before or after else ""
    count = "" if below else f'<p class="yj-count" role="status">{escape(total)}</p>'
    label = text_html(language, "ledger_pages_below" if below else "ledger_pages")
    return f'<nav class="yj-pager" aria-label="{label}">{count}<span>{links}</span></nav>'


def _step(to: LedgerView | None, key: str, language: Language) -> str:
    label = text_html(language, key)
    if to is None:
        return f'<span class="yj-button yj-off" aria-disabled="true">{label}</span>'
    return f'<a class="yj-button" data-go href="{escape(address_of(to))}">{label}</a>'


def _box(name: str, language: Language) -> str:
    listed = f' list="yj-list-{name}"' if name in {"place", "office"} else ""
    hint = f' placeholder="{text_html(language, f"ledger_{name}_hint")}"' if name in {"subject", "year", "unit"} else ""
    return (
        f"<label>{text_html(language, f'ledger_filter_{name}')}"
        f'<input name="{name}" maxlength="100" autocomplete="off"{listed}{hint}></label>'
    )


def _select(name: str, options: Sequence[tuple[str, str]], language: Language) -> str:
    items = "".join(f'<option value="{value}">{escape(label)}</option>' for value, label in options)
    every = f'<option value="">{text_html(language, "all")}</option>'
    return f'<label>{text_html(language, f"ledger_filter_{name}")}<select name="{name}">{every}{items}</select></label>'


def _check(name: str, language: Language) -> str:
    return f'<label><input type="checkbox" name="{name}" value="1">{text_html(language, f"ledger_only_{name}")}</label>'


def _list(name: str, values: Sequence[str]) -> str:
    options = "".join(f'<option value="{escape(value)}"></option>' for value in values)
    return f'<datalist id="yj-list-{name}">{options}</datalist>'
