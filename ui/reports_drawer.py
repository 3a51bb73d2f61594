"""One report as HTML: what should be looked at, its description and where that is from, its sections, who sees it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assistant.types import Language
from indexer.parsed import Provenance
from indexer.quality import Warned
from indexer.types import Figure, Genre, Level, ReportInfo, Section, Visibility
from ui.controls import said_html
from ui.render import escape, text_html
from ui.reports_edit import period_text, stamp_of
from ui.reports_view import flaw_text
from ui.source import original_address
from ui.text import say

SECTIONS_SHOWN = 400
SOURCES = ("title", "file name", "text", "manifest", "home", "edited")


@dataclass(frozen=True, slots=True)
class Opened:
    """A report with all that its page shows, and what was wrong with what was sent."""

    info: ReportInfo
    guesses: Mapping[str, Provenance]
    flaws: Sequence[Warned]
    sections: Sequence[Section]
    figures: Sequence[Figure]
    readers: Sequence[str]
    accounts: Sequence[str]
    may_purge: bool
    back: str  # the address without the report
    told: Mapping[str, str] = field(default_factory=dict)  # what was sent and not taken
    wrong: Mapping[str, str] = field(default_factory=dict)
    said: str = ""
    is_bad: bool = False


def drawer_html(opened: Opened, language: Language) -> str:
    """The report's page, laid over the table."""
    info = opened.info
    said = said_html(opened.said, bad=opened.is_bad) if opened.said else ""
    flaws = "".join(f"<li>{escape(flaw_text(one, language))}</li>" for one in opened.flaws)
    look = (
        f'<section class="yj-look"><h4>{text_html(language, "report_flaws")}</h4><ul>{flaws}</ul></section>'
        if flaws
        else ""
    )
    name = escape(info.title or info.file_name)
    return (
        f'<div class="yj-veil yj-side"><div class="yj-dialog yj-drawer" role="dialog" aria-modal="true" aria-label="{name}">'
        f'<header><div><h3>{name}</h3><p class="yj-soft">{escape(info.path)} · {escape(info.id)}</p></div>'
        f'<a class="yj-shut" data-go data-close data-focus href="{escape(opened.back)}" aria-label="{text_html(language, "close")}">×</a></header>'
        f"{said}{look}{_form(opened, language)}{_seen(opened, language)}{_sections(opened, language)}"
        f"{_away(opened, language)}</div></div>"
    )


def purge_html(info: ReportInfo, language: Language, *, wrong: str = "") -> str:
    """The question whether a report is to be erased, answered by typing the words."""
    words = say(language, "purge_words")
    return (
        f'<div class="yj-veil"><form class="yj-dialog" role="dialog" aria-modal="true" aria-label="{text_html(language, "reports_purge")}" '
        f'data-act="purge" data-report="{escape(info.id)}"><h3>{text_html(language, "reports_purge")}</h3>'
        f"<p>{escape(say(language, 'purge_asks', title=info.title or info.file_name))}</p>"
        f"{said_html(wrong, bad=True) if wrong else ''}"
        f'<label>{escape(say(language, "purge_type", words=words))}<input name="typed" autocomplete="off" required></label>'
        f'<div class="yj-buttons"><button type="submit" class="yj-button yj-danger">{text_html(language, "reports_purge")}</button>'
        f'<button type="button" class="yj-button" data-act="close">{text_html(language, "close")}</button></div></form></div>'
    )


def _form(opened: Opened, language: Language) -> str:
    info = opened.info
    levels = [(level.value, say(language, f"level_{level.value}")) for level in Level]
    genres = [(genre.value, say(language, f"genre_{genre.value}")) for genre in Genre]
    boxes = (
        _box(opened, "title", info.title, language, wide=True),
        _box(opened, "issuer", info.issuer or "", language),
        _box(opened, "place", info.place or "", language),
        _box(opened, "year", str(info.year or ""), language),
        _box(opened, "period", period_text(info.period), language),
        _choose(opened, "genre", info.genre.value, genres, language),
        _choose(opened, "level", info.level.value, levels, language),
    )
    return (
        f'<form class="yj-edit-form" data-act="describe" data-report="{escape(info.id)}" data-stamp="{stamp_of(info)}">'
        f'<h4>{text_html(language, "report_about")}</h4><div class="yj-grid">{"".join(boxes)}</div>'
        f'<div class="yj-buttons"><button type="submit" class="yj-button yj-main">{text_html(language, "report_save")}</button>'
        f'<a class="yj-button" href="{escape(original_address(info))}" download>{text_html(language, "source_download")}</a></div></form>'
    )


def _box(opened: Opened, name: str, value: str, language: Language, *, wide: bool = False) -> str:
    value = opened.told.get(name, value)
    inner = f'<input name="{name}" value="{escape(value)}" maxlength="200" autocomplete="off"{_invalid(opened, name)}>'
    return _field(opened, name, inner, language, wide=wide)


def _choose(opened: Opened, name: str, value: str, options: Sequence[tuple[str, str]], language: Language) -> str:
    chosen = opened.told.get(name, value)
    items = "".join(
        f'<option value="{key}"{" selected" if key == chosen else ""}>{escape(label)}</option>'
        for key, label in options
    )
    return _field(opened, name, f'<select name="{name}">{items}</select>', language)


def _field(opened: Opened, name: str, inner: str, language: Language, *, wide: bool = False) -> str:
    guess = opened.guesses.get(name)
    source = guess.source if guess and guess.source in SOURCES else "none"
    said = say(language, "report_from", source=say(language, f"from_{source.replace(' ', '_')}"))
    wrong = opened.wrong.get(name)
    note = f'<em class="yj-bad" id="wrong-{name}">{escape(wrong)}</em>' if wrong else f"<em>{escape(said)}</em>"
    label = text_html(language, f"report_{name}")
    return f"<label{' class=yj-wide' if wide else ''}><span>{label}</span>{inner}{note}</label>"


def _invalid(opened: Opened, name: str) -> str:
    return f' aria-invalid="true" aria-describedby="wrong-{name}"' if name in opened.wrong else ""


def _seen(opened: Opened, language: Language) -> str:
    """Who may see the report."""
    info = opened.info
    kinds = "".join(
        f'<label class="yj-check"><input type="radio" name="visibility" value="{one.value}"'
        f"{' checked' if one is info.visibility else ''}>{text_html(language, f'visibility_{one.value}')}"
        f"<small>{text_html(language, f'visibility_{one.value}_hint')}</small></label>"
        for one in Visibility
    )
    people = "".join(
        f'<label class="yj-check"><input type="checkbox" name="reader-{place}" value="{escape(account)}"'
        f"{' checked' if account in opened.readers else ''}>{escape(account)}</label>"
        for place, account in enumerate(opened.accounts)
    )
    listed = people or f'<p class="yj-soft">{text_html(language, "report_no_accounts")}</p>'
    return (
        f'<form class="yj-seen" data-act="see" data-report="{escape(info.id)}"><h4>{text_html(language, "reports_visibility")}</h4>'
        f'<fieldset><legend class="yj-away">{text_html(language, "reports_visibility")}</legend>{kinds}</fieldset>'
        f'<fieldset class="yj-readers"><legend>{text_html(language, "report_readers")}</legend>{listed}</fieldset>'
        f'<div class="yj-buttons"><button type="submit" class="yj-button">{text_html(language, "report_see")}</button></div></form>'
    )


def _sections(opened: Opened, language: Language) -> str:
    figures = Counter(figure.section for figure in opened.figures)
    masked = Counter(figure.section for figure in opened.figures if figure.masked)
    rows = "".join(
        f'<tr><td style="padding-left:{12 + 14 * max(len(section.path) - 1, 0)}px">'
        f"{escape(section.path[-1] if section.path else say(language, 'heading_none'))}</td>"
        f"<td>{text_html(language, f'section_{section.kind.value}')}</td><td>{figures[section.ordinal] or ''}</td>"
        f"<td>{masked[section.ordinal] or ''}</td></tr>"
        for section in opened.sections[:SECTIONS_SHOWN]
    )
    total = say(
        language, "report_sections_total",
        sections=len(opened.sections), figures=f"{len(opened.figures):,}", masked=sum(masked.values()),
    )  # fmt: skip
    heads = "".join(
        f"<th>{text_html(language, key)}</th>"
        for key in ("report_section", "report_kind", "reports_figures", "ledger_masked")
    )
    to = f"ledger?report={escape(opened.info.id)}"
    return (
        f'<details class="yj-sections"><summary>{escape(total)}</summary>'
        f'<p><a href="{to}">{text_html(language, "report_in_ledger")}</a></p>'
        f'<table class="yj-table"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></details>'
    )


def _away(opened: Opened, language: Language) -> str:
    report = f'data-report="{escape(opened.info.id)}"'
    purge = ""
    if opened.may_purge:
        purge = f'<button type="button" class="yj-button yj-danger" data-act="purge-ask" {report}>{text_html(language, "reports_purge")}</button>'
    return (
        f'<section class="yj-going"><p class="yj-soft">{text_html(language, "report_remove_hint")}</p><div class="yj-buttons">'
        f'<button type="button" class="yj-button" data-act="remove" data-once {report}>{text_html(language, "report_remove")}</button>'
        f"{purge}</div></section>"
    )
