"""The reports of the archive as HTML: filters, a page of them, those that were removed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from assistant.types import Language
from indexer.keeping import RemovedReport
from indexer.quality import Warned
from indexer.types import Genre, ReportInfo, Visibility
from ui.controls import fold_html, said_html
from ui.render import escape, text_html
from ui.reports_filters import ROWS, ReportsView, address_of
from ui.text import say

COLUMNS = ("title", "place", "year", "genre", "visibility", "figures", "warned")
SORTED = {"title", "place", "year"}


@dataclass(frozen=True, slots=True)
class Listed:
    """A report in the table: how many figures it states, and what should be looked at."""

    info: ReportInfo
    figures: int
    flaws: Sequence[Warned]


@dataclass(frozen=True, slots=True)
class ReportsPage:
    """A page of reports."""

    looked: ReportsView
    rows: Sequence[Listed]
    total: int


def filters_html(language: Language) -> str:
    """The form of the filters; the page's script fills it from the address."""
    genres = [(genre.value, say(language, f"genre_{genre.value}")) for genre in Genre]
    classes = [(one.value, say(language, f"visibility_{one.value}")) for one in Visibility]
    return (
        f'<form class="yj-sift" data-go role="search" aria-label="{text_html(language, "reports_filters")}">'
        f'<label class="yj-wide">{text_html(language, "reports_words")}<input name="words" maxlength="200" autocomplete="off" '
        f'placeholder="{text_html(language, "reports_words_hint")}"></label>'
        f'<label>{text_html(language, "reports_year")}<input name="year" maxlength="6" inputmode="numeric" autocomplete="off"></label>'
        f"{_select('genre', genres, language)}{_select('visibility', classes, language)}"
        f'<div class="yj-only"><label><input type="checkbox" name="warned" value="1">{text_html(language, "reports_only_warned")}</label></div>'
        f'<div class="yj-buttons"><button type="submit" class="yj-button yj-main">{text_html(language, "ledger_go")}</button>'
        f'<a class="yj-button" data-go href="?">{text_html(language, "ledger_clear")}</a>{fold_html(language)}</div></form>'
    )


def table_html(page: ReportsPage, language: Language, *, note: str = "") -> str:
    """How many reports there are, a page of them; `note` (HTML) is told above."""
    if not page.rows:
        none = f'<p class="yj-nothing">{text_html(language, "reports_none")}</p>' if page.looked.is_filtered else ""
        return note + none
    heads = "".join(_head(name, page.looked, language) for name in COLUMNS)
    rows = "".join(_row(row, page.looked, language) for row in page.rows)
    return (
        f'{note}{_pager(page, language)}<div class="yj-scroll" tabindex="0" role="region" aria-label="{text_html(language, "reports_list")}">'
        f'<table class="yj-table yj-reports yj-cards"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'
        f"{_pager(page, language, below=True) if page.total > ROWS else ''}"
    )


def removed_html(removed: Sequence[RemovedReport], language: Language, *, may_purge: bool) -> str:
    """The reports that were removed and can be brought back."""
    if not removed:
        return ""
    rows = "".join(_removed(one, language, may_purge=may_purge) for one in removed)
    title = escape(say(language, "reports_removed", count=len(removed)))
    return f'<details class="yj-removed"><summary>{title}</summary><ul>{rows}</ul></details>'


def undo_html(info: ReportInfo, language: Language) -> str:
    """That a report was removed, with the way to bring it back at once."""
    said = say(language, "reports_removed_now", title=info.title or info.file_name)
    button = _restore(info, language, "reports_undo")
    return f'<div class="yj-said yj-undo" role="status"><span>{escape(said)}</span>{button}</div>'


def flaw_text(warned: Warned, language: Language) -> str:
    """A flaw in a sentence."""
    return say(language, f"flaw_{warned.flaw.value}", shown=warned.shown, other=warned.other, count=warned.count)


def chip_text(warned: Warned, language: Language) -> str:
    """A flaw in a word or two."""
    return say(language, f"flaw_short_{warned.flaw.value}")


def note_html(sentence: str, *, bad: bool = False) -> str:
    """A sentence above the table; "" for none."""
    return said_html(sentence, bad=bad) if sentence else ""


def _row(row: Listed, looked: ReportsView, language: Language) -> str:
    info = row.info
    to = escape(address_of(replace(looked, open=info.id)))
    where = " · ".join(filter(None, dict.fromkeys((info.issuer, info.place))))
    chips = "".join(f'<span class="yj-flaw" title="{escape(flaw_text(one, language))}">{escape(chip_text(one, language))}</span>' for one in row.flaws)  # fmt: skip
    name = f"<small>{escape(info.path)}</small>" if info.title and info.title not in info.path else ""
    cells = (
        f'<a data-go href="{to}" data-report-id="{escape(info.id)}">{escape(info.title or info.file_name)}</a>{name}',
        escape(where),
        str(info.year or ""),
        text_html(language, f"genre_{info.genre.value}"),
        f'<span class="yj-class yj-{info.visibility.value}">{text_html(language, f"visibility_{info.visibility.value}")}</span>',
        f"{row.figures:,}",
        chips,
    )
    labels = (
        f' data-label="{text_html(language, "reports_figures")}"' if name == "figures" else "" for name in COLUMNS
    )
    return f"<tr>{''.join(f'<td{label}>{cell}</td>' for label, cell in zip(labels, cells, strict=True))}</tr>"


def _head(name: str, looked: ReportsView, language: Language) -> str:
    label = text_html(language, f"reports_{name}")
    if name not in SORTED:
        return f'<th scope="col">{label}</th>'
    sort, arrow = "", ""
    if looked.sort == name:
        sort, arrow = (' aria-sort="descending"', " ↓") if looked.down == "1" else (' aria-sort="ascending"', " ↑")
    return (
        f'<th scope="col"{sort}><a data-go href="{escape(address_of(looked.sorted_by(name)))}">{label}{arrow}</a></th>'
    )


def _pager(page: ReportsPage, language: Language, *, below: bool = False) -> str:
    number = min(page.looked.number, pages_of(page.total))
    first = (number - 1) * ROWS
    said = say(language, "reports_range", first=first + 1, last=first + len(page.rows), total=page.total)
    steps = ""
    if page.total > ROWS:
        before = replace(page.looked, page=str(number - 1), open="") if number > 1 else None
        after = replace(page.looked, page=str(number + 1), open="") if number < pages_of(page.total) else None
        steps = _step(before, "ledger_before", language) + _step(after, "ledger_after", language)
    label = text_html(language, "ledger_pages_below" if below else "ledger_pages")
    return (
        f'<nav class="yj-pager" aria-label="{label}"><p class="yj-count">{escape(said)}</p><span>{steps}</span></nav>'
    )


def pages_of(total: int) -> int:
    """How many pages so many reports take; at least one."""
    return max(1, -(-total // ROWS))


def _step(to: ReportsView | None, key: str, language: Language) -> str:
    if to is None:
        return f'<span class="yj-button yj-off" aria-disabled="true">{text_html(language, key)}</span>'
    return f'<a class="yj-button" data-go href="{escape(address_of(to))}">{text_html(language, key)}</a>'


def _removed(one: RemovedReport, language: Language, *, may_purge: bool) -> str:
    until = say(language, "reports_until", at=_day(one.at), until=_day(one.until))
    purge = ""
    if may_purge:
        purge = (
            f'<button type="button" class="yj-small" data-act="purge-ask" data-report="{escape(one.info.id)}">'
            f"{text_html(language, 'reports_purge')}</button>"
        )
    return (
        f"<li><span><strong>{escape(one.info.title or one.info.file_name)}</strong> <small>{escape(until)}</small></span>"
        f'<span class="yj-buttons">{_restore(one.info, language, "reports_restore")}{purge}</span></li>'
    )


def _restore(info: ReportInfo, language: Language, key: str) -> str:
    return (
        f'<button type="button" class="yj-small" data-act="restore" data-once data-report="{escape(info.id)}">'
        f"{text_html(language, key)}</button>"
    )


def _day(at: datetime) -> str:
    return f"{at:%Y-%m-%d}"


def _select(name: str, options: Sequence[tuple[str, str]], language: Language) -> str:
    items = "".join(f'<option value="{value}">{escape(label)}</option>' for value, label in options)
    every = f'<option value="">{text_html(language, "all")}</option>'
    return f'<label>{text_html(language, f"reports_{name}")}<select name="{name}">{every}{items}</select></label>'
