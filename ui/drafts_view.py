"""The page 草稿 as HTML: the viewer's drafts, and one of them with its items in order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.types import Language
from ui.ask_card import escape, text_html
from ui.drafts_items import KINDS, name_of
from ui.pages import ASK, address_of

if TYPE_CHECKING:
    from indexer.basket import DraftItem, DraftTitle, KeptDraft


def drafts_html(drafts: Sequence[DraftTitle], opened: KeptDraft | None, language: Language) -> str:
    """The list of drafts beside the one that is open; how items get in where there is none."""
    if not drafts:
        return _empty(language)
    sheet = _sheet(opened, language) if opened is not None else ""
    return f'<div class="yj-drafts">{_list(drafts, opened, language)}{sheet}</div>'


def sure_html(draft: DraftTitle, language: Language) -> str:
    """The question whether a draft is to be deleted."""
    return (
        f'<p class="yj-asked" role="alertdialog" aria-label="{text_html(language, "drafts_delete")}">'
        f"<span>{text_html(language, 'drafts_delete_sure', title=draft.title)}</span>"
        f"{_button('delete', language, 'drafts_delete', draft=draft.id)}{_button('look', language, 'panel_cancel')}</p>"
    )


def told_html(sentence: str, language: Language, *, back: str = "", bad: bool = False) -> str:
    """A line of confirmation, with the button that takes it back."""
    undo = _button("back", language, "take_back", back=back) if back else ""
    kind, role = ("yj-tell yj-bad", "alert") if bad else ("yj-tell", "status")
    return f'<p class="{kind}" role="{role}"><span>{escape(sentence)}</span>{undo}</p>'


def made_html(name: str, address: str, remarks: Sequence[str], language: Language) -> str:
    """The link to the document that was made, which the page saves at once, and what is not in it."""
    link = f'<a class="yj-button yj-main" href="{escape(address)}" download data-now>{text_html(language, "drafts_save", name=name)}</a>'
    said = "".join(f'<p class="yj-bad">{escape(remark)}</p>' for remark in remarks)
    return f'<div class="yj-tell" role="status"><span>{text_html(language, "drafts_made")}</span>{link}{said}</div>'


def _empty(language: Language) -> str:
    way = f'<a class="yj-button yj-main" href="{address_of(ASK, language)}">{text_html(language, "drafts_to_ask")}</a>'
    return (
        f'<div class="yj-nothing"><h3>{text_html(language, "drafts_empty")}</h3><p>{text_html(language, "drafts_empty_hint")}</p>'
        f"{way}</div>"
    )


def _list(drafts: Sequence[DraftTitle], opened: KeptDraft | None, language: Language) -> str:
    rows = "".join(_row(draft, language, current=opened is not None and draft.id == opened.id) for draft in drafts)
    name = text_html(language, "to_draft_name")
    return (
        f'<nav class="yj-drafts-list" aria-label="{text_html(language, "drafts_list")}"><ul>{rows}</ul>'
        f'<form data-event="new"><input class="yj-input" name="title" maxlength="100" required aria-label="{name}" '
        f'placeholder="{name}"><button type="submit" class="yj-button">{text_html(language, "drafts_new")}</button></form></nav>'
    )


def _row(draft: DraftTitle, language: Language, *, current: bool) -> str:
    here = ' aria-current="true"' if current else ""
    return (
        f'<li><a href="?draft={draft.id}" data-open="{draft.id}"{here}><span>{escape(draft.title)}</span>'
        f"<small>{text_html(language, 'drafts_items', count=draft.items)}</small></a></li>"
    )


def _sheet(draft: KeptDraft, language: Language) -> str:
    items = "".join(_item(draft, place, language) for place in range(len(draft.content)))
    body = (
        f'<ol class="yj-items">{items}</ol>'
        if items
        else f'<p class="yj-none">{text_html(language, "drafts_no_items")}</p>'
    )
    exports = "".join(
        _button("save", language, key, kind=kind, draft=draft.id)
        for kind, key in (("docx", "drafts_word"), ("md", "drafts_markdown"))
    )
    name = text_html(language, "drafts_name")
    return (
        f'<section class="yj-sheet" aria-label="{escape(draft.title)}"><header><form data-event="rename" data-draft="{draft.id}">'
        f'<input class="yj-input" name="title" maxlength="100" required value="{escape(draft.title)}" aria-label="{name}">'
        f'<button type="submit" class="yj-button">{text_html(language, "drafts_rename")}</button></form>'
        f'<div class="yj-exports">{exports if items else ""}{_button("sure", language, "drafts_delete", draft=draft.id)}</div>'
        f"</header>{body}</section>"
    )


def _item(draft: KeptDraft, place: int, language: Language) -> str:
    item = draft.content[place]
    name, last = name_of(item, language), len(draft.content) - 1
    said = str(item.content.get("said") or "")
    told = f"<p>{escape(said)}</p>" if said else ""
    moves = "".join(
        _icon(sign, event, text_html(language, key, name=name), draft, item, disabled=place == end)
        for sign, event, key, end in (("↑", "up", "drafts_up", 0), ("↓", "down", "drafts_down", last))
    )
    away = _icon("×", "remove", text_html(language, "drafts_remove", name=name), draft, item)
    return (
        f'<li data-item="{escape(item.id)}"><span class="yj-kind">{text_html(language, kind_key(item))}</span>'
        f"<div><strong>{escape(name)}</strong>{told}</div><span class=yj-moves>{moves}{away}</span></li>"
    )


def kind_key(item: DraftItem) -> str:
    """The text key of what an item is."""
    return f"drafts_kind_{item.kind if item.kind in KINDS else 'unknown'}"


def _icon(sign: str, event: str, label: str, draft: KeptDraft, item: DraftItem, *, disabled: bool = False) -> str:
    off = " disabled" if disabled else ""
    return (
        f'<button type="button" class="yj-icon" data-event="{event}" data-draft="{draft.id}" '
        f'data-item="{escape(item.id)}" aria-label="{label}" title="{label}"{off}>{sign}</button>'
    )


def _button(event: str, language: Language, key: str, **values: object) -> str:
    sent = "".join(f' data-{name}="{escape(str(value))}"' for name, value in values.items())
    return f'<button type="button" class="yj-button" data-event="{event}"{sent}>{text_html(language, key)}</button>'
