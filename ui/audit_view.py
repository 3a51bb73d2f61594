"""What was done, as HTML: the filters, a page of entries, the way to the earlier ones; and as a CSV for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from assistant.types import Language
from indexer.audit import COMMAND_LINE, SERVER, AuditEntry, AuditFilter
from indexer.errors import AccountError
from ui.accounts_view import local_time
from ui.render import escape, text_html
from ui.text import TEXTS, say

SHOWN = 100  # entries on a page
COLUMNS = ("number", "at", "account", "action", "object", "ok")
_ACT = "act_"
NO_ACCOUNT = {"": "audit_nobody", COMMAND_LINE: "audit_cli", SERVER: "audit_server"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters as they are typed; days are written 2026-01-31, both included, by this machine's clock."""

    account: str = ""
    action: str = ""
    since: str = ""
    until: str = ""

    def filter(self, language: Language) -> AuditFilter:
        """The same for the records. Raises AccountError for a day that is none."""
        since, until = _day(self.since, language), _day(self.until, language)
        typed = self.account.strip()
        named = {who(one, language): one for one in (COMMAND_LINE, SERVER)}
        return AuditFilter(
            account=named.get(typed, typed),
            action=self.action,
            since=_midnight(since) if since else None,
            until=_midnight(until + timedelta(days=1)) if until else None,
        )


def audit_html(wanted: Wanted, entries: Sequence[AuditEntry], language: Language, *, more: bool, later: bool) -> str:
    """The filters and a page of entries; `more`: there are earlier ones; `later`: it is not the newest page."""
    return (
        f'<h2>{text_html(language, "nav_audit")}</h2><p class="yj-lead">{text_html(language, "audit_lead")}</p>'
        f"{_filters(wanted, language)}{_table(entries, language)}{_turns(entries, language, more=more, later=later)}"
    )


def action_name(action: str, language: Language) -> str:
    """What an action is called; one without a name keeps its own."""
    return TEXTS[language].get(_ACT + action, action)


def who(account: str, language: Language) -> str:
    """An account, or what stands for none."""
    key = NO_ACCOUNT.get(account)
    return account if key is None else say(language, key)


def csv_of(rows: Iterable[Sequence[str]]) -> bytes:
    """The rows as a CSV that Excel opens as UTF-8."""
    written = io.StringIO(newline="")
    csv.writer(written).writerows(rows)
    return written.getvalue().encode("utf-8-sig")


def export_html(address: str, name: str, language: Language) -> str:
    """The link that saves the file."""
    words = escape(say(language, "audit_save", name=name))
    return f'<p class="yj-done" role="status"><a class="yj-button yj-main" href="{escape(address)}" download>{words}</a></p>'


def _filters(wanted: Wanted, language: Language) -> str:
    known = sorted(key.removeprefix(_ACT) for key in TEXTS[language] if key.startswith(_ACT))
    options = "".join(
        f'<option value="{one}"{" selected" if one == wanted.action else ""}>{escape(action_name(one, language))}</option>'
        for one in known
    )
    return (
        '<form class="yj-line yj-filters">'
        f"{_field(language, 'account', 'text', wanted.account)}"
        f'<label>{text_html(language, "audit_action")}<select name="action"><option value="">{text_html(language, "audit_any")}'
        f"</option>{options}</select></label>"
        f"{_field(language, 'since', 'date', wanted.since)}{_field(language, 'until', 'date', wanted.until)}"
        f'<button type="submit" class="yj-button yj-main">{text_html(language, "audit_show")}</button>'
        f'<button type="button" class="yj-button" data-export>{text_html(language, "audit_export")}</button></form>'
    )


def _field(language: Language, name: str, kind: str, value: str) -> str:
    return (
        f'<label>{text_html(language, f"audit_{name}")}<input type="{kind}" class="yj-input" name="{name}" maxlength="64" '
        f'value="{escape(value)}" autocomplete="off"></label>'
    )


def _table(entries: Sequence[AuditEntry], language: Language) -> str:
    if not entries:
        return f'<p class="yj-lead yj-next">{text_html(language, "audit_none")}</p>'
    heads = "".join(f"<th scope=col>{text_html(language, f'audit_{name}')}</th>" for name in COLUMNS)
    rows = "".join(_row(one, language) for one in entries)
    return (
        f'<div class="yj-scroll yj-next"><table class="yj-table yj-audit yj-cards"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _row(entry: AuditEntry, language: Language) -> str:
    account = who(entry.account, language)
    outcome = say(language, "audit_yes" if entry.ok else "audit_no")
    cells = (
        str(entry.number),
        local_time(entry.at),
        account,
        action_name(entry.action, language),
        entry.object,
        outcome,
    )
    return f"<tr{'' if entry.ok else ' class=yj-failed'}>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"


def _turns(entries: Sequence[AuditEntry], language: Language, *, more: bool, later: bool) -> str:
    newest = f'<button type="button" class="yj-button" data-before="">{text_html(language, "audit_newest")}</button>'
    last = entries[-1].number if entries else 0
    earlier = (
        f'<button type="button" class="yj-button" data-before="{last}">{text_html(language, "audit_more")}</button>'
    )
    return f'<p class="yj-line yj-turns">{newest if later else ""}{earlier if more else ""}</p>'


def _day(text: str, language: Language) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise AccountError(say(language, "audit_day_wrong", day=text[:20])) from error


def _midnight(day: date) -> datetime:
    """When a day begins on this machine, in UTC without a zone."""
    return datetime(day.year, day.month, day.day).astimezone().astimezone(UTC).replace(tzinfo=None)
