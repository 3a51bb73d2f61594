"""The pages of accounts and of what was done, as HTML: states, one-time passwords, days, names of actions, the CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from assistant.types import Language
from indexer.accounts import Account
from indexer.archive import Archive
from indexer.audit import AuditEntry
from indexer.errors import AccountError
from indexer.viewer import LOCAL, Role, Viewer
from ui.account_view import account_html
from ui.accounts_desk import AccountsDesk
from ui.accounts_view import accounts_html, local_time, state_of
from ui.audit_view import Wanted, action_name, audit_html, csv_of
from ui.site import Site
from ui.text import TEXTS

ZH = Language.CHINESE
NOW = datetime(2026, 11, 20, 8, 0)
UI = Path(__file__).parents[1] / "ui"


def account(**changed: object) -> Account:
    made = {"disabled": False, "locked_until": None, "must_change": False, "last_seen": None, **changed}
    return Account(name="wang", role=Role.CLERK, created=NOW, **made)  # type: ignore[arg-type]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    def none(archive: Archive) -> object:
        raise AssertionError("no question is asked here")

    with Archive.open(tmp_path, create=True) as archive:
        yield Site(archive, none)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changed", "state"),
    [
        ({}, "可用"),
        ({"must_change": True}, "待改密码"),
        ({"locked_until": NOW + timedelta(minutes=5)}, f"已锁定，到 {local_time(NOW + timedelta(minutes=5))}"),
        ({"locked_until": NOW - timedelta(minutes=5)}, "可用"),
        ({"disabled": True, "must_change": True}, "已停用"),
    ],
)
def test_the_state_of_an_account_is_said(changed: dict[str, object], state: str) -> None:
    assert state_of(account(**changed), ZH, NOW) == state


def test_a_locked_or_disabled_account_can_be_enabled_and_any_other_disabled() -> None:
    assert 'data-do="disable"' in accounts_html([account()], ZH, NOW)
    shut = accounts_html([account(disabled=True)], ZH, NOW)
    assert 'data-do="enable"' in shut
    assert 'data-do="disable"' not in shut
    assert '<option value="clerk" selected>档案员</option>' in shut


def test_the_first_account_is_an_administrators_and_its_password_is_shown_once(site: Site) -> None:
    desk = AccountsDesk(site, ZH)
    said = desk.carry_out(LOCAL, "add", "zhao", role="reader")
    password = re.search(r'class="yj-once">([^<]+)<', said)
    assert password is not None
    assert site.whole.accounts.get("zhao").role is Role.ADMINISTRATOR
    assert password[1] not in desk.listed(LOCAL)
    assert "已存在" in desk.carry_out(LOCAL, "add", "ZHAO", role="reader")
    assert "至少要留一位" in desk.carry_out(LOCAL, "role", "zhao", role="reader")
    assert "没有“king”这种角色" in desk.carry_out(LOCAL, "role", "zhao", role="king")
    assert "<b>" not in desk.carry_out(LOCAL, "disable", "<b>")
    done = [(one.action, one.object, one.ok) for one in site.whole.audit.newest(9)]
    assert done == [
        ("account_disable", "?", False),
        ("account_role", "zhao", False),
        ("account_role", "zhao", False),
        ("account_add", "ZHAO", False),
        ("account_add", "zhao", True),
    ]


def test_nobody_but_an_administrator_is_shown_or_changes_accounts(site: Site) -> None:
    desk = AccountsDesk(site, ZH)
    clerk = Viewer("dang", Role.CLERK)
    assert "yj-table" not in desk.listed(clerk)
    desk.carry_out(clerk, "add", "friend", role="administrator")
    assert site.whole.accounts.list() == ()


def test_without_sign_in_ones_own_page_says_so() -> None:
    html = account_html(LOCAL, (), ZH)
    assert "现在没有启用登录" in html
    assert "<form" not in html


def test_the_days_of_a_filter_are_this_machines_and_both_included() -> None:
    only = Wanted("dang", "ask", "2026-11-01", "2026-11-02").filter(ZH)
    assert only.since is not None
    assert only.until is not None
    assert local_time(only.since) == "2026-11-01 00:00"
    assert local_time(only.until) == "2026-11-03 00:00"
    with pytest.raises(AccountError, match="2026-13-01"):
        Wanted(since="2026-13-01").filter(ZH)


def test_entries_are_shown_as_text_and_written_for_a_spreadsheet() -> None:
    entry = AuditEntry(7, NOW, "", "sign_in", "", ok=False)
    html = audit_html(Wanted(account='"><script>'), [entry], ZH, more=True, later=False)
    assert "<script>" not in html
    assert "（未登录）" in html
    assert 'data-before="7"' in html
    rows = [("number", "account"), ("7", "王,芳")]
    assert list(csv.reader(io.StringIO(csv_of(rows).decode("utf-8-sig")))) == [list(row) for row in rows]


def test_every_action_that_is_recorded_has_a_name_in_both_languages() -> None:
    noted = set()
    for path in UI.rglob("*.py"):
        noted |= set(re.findall(r'\.note\([^"\n]*?, "([a-z_]+)"', path.read_text(encoding="utf-8")))
    assert {"ask", "open", "original", "upload", "sign_in"} <= noted
    for language in Language:
        assert {one for one in noted if f"act_{one}" not in TEXTS[language]} == set()
    assert action_name("unheard_of", ZH) == "unheard_of"
