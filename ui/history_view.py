"""The drawer of what somebody asked, as HTML: a search, the questions by day, deleting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, tzinfo
from itertools import groupby
from typing import TYPE_CHECKING

from assistant.types import Language, Status
from ui.ask_card import escape, text_html
from ui.text import say

if TYPE_CHECKING:
    from indexer.history import HistoryEntry

LONGEST = 80  # characters of a question in the list
PAGE = 50  # questions at first, and more at a time
_ENDS = tuple(status.value for status in Status if status is not Status.ANSWERED)


def drawer_html(language: Language, most: int) -> str:
    """What stands around the list: it never changes, so that typing into the search is never disturbed.

    `most`: the questions of an account that are kept.
    """
    close = text_html(language, "panel_close")
    return (
        f'<div class="yj-drawer" role="region" aria-label="{text_html(language, "history_title")}">'
        f'<header><h2>{text_html(language, "history_title")}</h2><button type="button" class="yj-shut" aria-label="{close}">'
        f'×</button></header><input type="search" class="yj-input" id="yj-history-words" autocomplete="off" '
        f'aria-label="{text_html(language, "history_search")}" placeholder="{text_html(language, "history_search")}">'
        f'<p class="yj-soft">{text_html(language, "history_most", count=f"{most:,}")}</p>'
        f'<div class="yj-all"><button type="button" class="yj-all-open">{text_html(language, "history_delete_all")}</button>'
        f'<p class="yj-sure" hidden><span>{text_html(language, "history_delete_sure")}</span>'
        f'<button type="button" class="yj-button yj-all-yes">{text_html(language, "history_delete_all")}</button>'
        f'<button type="button" class="yj-button yj-all-no">{text_html(language, "panel_cancel")}</button></p></div></div>'
    )


def entries_html(
    entries: Sequence[HistoryEntry], language: Language, *, words: str = "", more: bool = False, now: datetime
) -> str:
    """The questions, the newest first, under the days they were asked on; `now` has the zone that days are told in."""
    if not entries:
        said = say(language, "history_no_match", words=words) if words.strip() else say(language, "history_none")
        return f'<p class="yj-none">{escape(said)}</p>'
    ordered = sorted(entries, key=lambda entry: entry.asked_at, reverse=True)
    days = "".join(
        f"<li><h3>{escape(day_label(day, now.date(), language))}</h3><ul>{''.join(_entry(one, language, now) for one in of_day)}</ul></li>"
        for day, of_day in groupby(ordered, key=lambda entry: _here(entry.asked_at, now.tzinfo).date())
    )
    further = f'<button type="button" class="yj-more">{text_html(language, "history_more")}</button>' if more else ""
    return f'<ul class="yj-days">{days}</ul>{further}'


def day_label(day: date, today: date, language: Language) -> str:
    """今天, 昨天, 11月3日, 2025年11月3日."""
    ago = (today - day).days
    if ago in (0, 1):
        return say(language, ("history_today", "history_yesterday")[ago])
    key = "history_day" if day.year == today.year else "history_year_day"
    return say(language, key, year=day.year, month=day.month, day=day.day)


def _entry(entry: HistoryEntry, language: Language, now: datetime) -> str:
    shown = entry.question if len(entry.question) <= LONGEST else entry.question[:LONGEST] + "……"
    at = _here(entry.asked_at, now.tzinfo)
    ended = f" · {text_html(language, f'status_{entry.status}')}" if entry.status in _ENDS else ""
    talk = escape(str(entry.answer.get("talk") or ""))
    return (
        f'<li><button type="button" class="yj-entry" data-entry="{entry.id}" data-talk="{talk}" '
        f'data-key="{escape(str(entry.answer.get("key") or entry.id))}"><span>{escape(shown)}</span>'
        f"<small>{at:%H:%M}{ended}</small></button>"
        f'<button type="button" class="yj-forget" data-entry="{entry.id}" '
        f'aria-label="{text_html(language, "history_delete", question=shown)}">×</button></li>'
    )


def _here(at: datetime, zone: tzinfo | None) -> datetime:
    """A time of the records (UTC) in the zone that times are told in."""
    return at.replace(tzinfo=UTC).astimezone(zone)
