"""Accounts and signing in: who gets in, for how long, how failures lock, and that no password is kept or told."""

from __future__ import annotations

import json
import re
import sqlite3
import threading
import time
from datetime import UTC, datetime, timedelta, timezone

import pytest

from indexer import passwords, sign_in
from indexer.accounts import Accounts
from indexer.archive import Archive
from indexer.audit import AuditFilter
from indexer.errors import AccountError, ArchiveError, SignInError
from indexer.records import Records
from indexer.settings import AccountSettings
from indexer.viewer import Role, Viewer
from ui.cli import main

PASSWORD = "correct horse 7"
NOON = datetime(2026, 3, 2, 12, 0)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def records(tmp_path):
    opened = Records.open(tmp_path, create=True)
    yield opened
    opened.close()


@pytest.fixture
def accounts(records, monkeypatch):
    monkeypatch.setattr(passwords, "WORK", 2**4)  # the hash itself is measured by a test of its own
    monkeypatch.setattr(sign_in, "REFUSED_SECONDS", 0.0)
    made = Accounts(records, AccountSettings())
    made.create("li", Role.ADMINISTRATOR, PASSWORD)
    made.create("zhang", Role.READER, PASSWORD)
    return made


def known(viewer: Viewer | None) -> tuple[str, Role] | None:
    return viewer and (viewer.account, viewer.role)


def fail(accounts: Accounts, times: int, now: datetime, name: str = "zhang") -> list[str]:
    told = []
    for _ in range(times):
        with pytest.raises(SignInError) as error:
            accounts.sign_in(name, "wrong password", now)
        told.append(str(error.value))
    return told


def test_who_signs_in_is_known_by_the_token_until_it_is_ended(accounts) -> None:
    token = accounts.sign_in("zhang", PASSWORD, NOON)
    assert known(accounts.viewer_of(token, NOON)) == ("zhang", Role.READER)
    other = accounts.sign_in("zhang", PASSWORD, NOON)
    assert other != token
    accounts.end(token)
    assert accounts.viewer_of(token, NOON) is None
    assert accounts.viewer_of(other, NOON) is not None
    accounts.end_all("zhang")
    assert accounts.viewer_of(other, NOON) is None
    for nonsense in ("", "x" * 10_000, "\ud800", "'; DROP TABLE sessions"):
        assert accounts.viewer_of(nonsense, NOON) is None
        accounts.end(nonsense)


def test_a_session_ends_after_eight_hours_of_rest_and_seven_days_in_any_case(accounts) -> None:
    token = accounts.sign_in("zhang", PASSWORD, NOON)
    assert accounts.viewer_of(token, NOON + 8 * HOUR - MINUTE) is not None
    assert accounts.viewer_of(token, NOON + 16 * HOUR - 2 * MINUTE) is not None  # the click before counts
    assert accounts.viewer_of(token, NOON + 24 * HOUR) is None
    busy = accounts.sign_in("zhang", PASSWORD, NOON)
    now = NOON
    while now + 7 * HOUR < NOON + 7 * DAY:
        now += 7 * HOUR
        assert accounts.viewer_of(busy, now) is not None
    assert accounts.viewer_of(busy, NOON + 7 * DAY - MINUTE) is not None
    assert accounts.viewer_of(busy, NOON + 7 * DAY) is None


def test_the_settings_say_how_long_a_session_lasts(records, accounts) -> None:
    brief = Accounts(records, AccountSettings(idle_hours=0.5, session_days=0.1))
    token = brief.sign_in("zhang", PASSWORD, NOON)
    assert brief.viewer_of(token, NOON + 29 * MINUTE) is not None
    assert brief.viewer_of(token, NOON + 60 * MINUTE) is None


def test_a_clock_that_goes_back_keeps_nobody_in_and_nobody_out(accounts) -> None:
    token = accounts.sign_in("zhang", PASSWORD, NOON)
    assert accounts.viewer_of(token, NOON - 5 * MINUTE) is not None
    assert accounts.viewer_of(token, NOON - 30 * DAY) is None  # else it would last 37 days
    fail(accounts, 5, NOON)
    with pytest.raises(SignInError, match="15"):
        accounts.sign_in("zhang", PASSWORD, NOON)
    assert accounts.sign_in("zhang", PASSWORD, NOON - 30 * DAY)  # else the lock would last 30 days


def test_times_with_a_zone_are_the_same_moments(accounts) -> None:
    token = accounts.sign_in("zhang", PASSWORD, NOON.replace(tzinfo=UTC))
    beijing = timezone(timedelta(hours=8))
    assert accounts.viewer_of(token, (NOON + 7 * HOUR).replace(tzinfo=UTC).astimezone(beijing)) is not None
    assert accounts.viewer_of(token, (NOON + 16 * HOUR).replace(tzinfo=UTC).astimezone(beijing)) is None


def test_five_failures_in_a_row_lock_for_a_quarter_of_an_hour_and_longer_each_time(accounts) -> None:
    fail(accounts, 4, NOON)
    accounts.sign_in("zhang", PASSWORD, NOON)  # which begins the count anew
    now = NOON
    for minutes in (15, 30, 60, 120, 240, 240):
        told = fail(accounts, 5, now)
        assert all("连续输错5次" in one for one in told)
        with pytest.raises(SignInError, match=f"请{minutes}分钟后再试"):
            accounts.sign_in("zhang", PASSWORD, now)
        now += minutes * MINUTE
        with pytest.raises(SignInError, match="请1分钟后再试"):
            accounts.sign_in("zhang", PASSWORD, now - timedelta(seconds=1))
    assert accounts.sign_in("zhang", PASSWORD, now)
    assert accounts.get("zhang").locked_until is None
    assert fail(accounts, 5, now) == told  # and from the beginning
    with pytest.raises(SignInError, match="请15分钟后再试"):
        accounts.sign_in("zhang", PASSWORD, now)


def test_names_without_an_account_are_refused_and_locked_alike(accounts) -> None:
    known = fail(accounts, 7, NOON, "zhang")
    assert fail(accounts, 7, NOON, "nobody") == known
    assert len(set(known)) == 2
    assert accounts.sign_in("li", PASSWORD, NOON)


@pytest.mark.parametrize(
    "name", ["", "zh\x00ang", "zhang\n-", "名" * 10_000, "\ud800", "a b", "'; DROP TABLE accounts"]
)
def test_what_can_be_no_name_is_refused_like_any_other(accounts, name) -> None:
    with pytest.raises(SignInError, match="账号或密码不对"):
        accounts.sign_in(name, PASSWORD, NOON)


def test_a_refusal_takes_as_long_whatever_its_cause(accounts, monkeypatch) -> None:
    monkeypatch.setattr(sign_in, "REFUSED_SECONDS", 0.15)
    accounts.create("off", Role.READER, PASSWORD)
    accounts.disable("off")
    fail(accounts, 5, NOON, "zhang")
    for name, password in (("nobody", PASSWORD), ("li", "wrong password"), ("off", PASSWORD), ("zhang", PASSWORD)):
        started = time.monotonic()
        with pytest.raises(SignInError):
            accounts.sign_in(name, password, NOON)
        assert 0.15 <= time.monotonic() - started < 0.6, name


def test_guesses_sent_at_once_are_counted_like_guesses_one_by_one(accounts) -> None:
    def guess() -> None:
        with pytest.raises(SignInError):
            accounts.sign_in("zhang", "wrong password", NOON)

    threads = [threading.Thread(target=guess) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert accounts.get("zhang").locked_until == NOON + 15 * MINUTE
    with pytest.raises(SignInError, match="15分钟"):
        accounts.sign_in("zhang", PASSWORD, NOON)


def test_an_account_is_still_what_it_was_until_it_may_do_less(accounts) -> None:
    accounts.create("wang", Role.CLERK, PASSWORD)
    viewer = accounts.viewer_of(accounts.sign_in("wang", PASSWORD, NOON), NOON)
    assert viewer is not None
    assert (viewer.made, accounts.is_still(viewer)) == (accounts.get("wang").created, True)
    accounts.set_role("wang", Role.ADMINISTRATOR)
    assert accounts.is_still(viewer)  # what he began as a clerk goes on
    accounts.set_role("wang", Role.READER)
    assert not accounts.is_still(viewer)
    accounts.set_role("wang", Role.CLERK)
    accounts.disable("wang")
    assert not accounts.is_still(viewer)
    accounts.remove("wang")
    assert not accounts.is_still(viewer)
    accounts.create("wang", Role.CLERK, PASSWORD)
    assert not accounts.is_still(viewer)  # another one of the same name
    assert accounts.is_still(Viewer("", Role.ADMINISTRATOR))  # nobody signs in


def test_who_a_session_was_of_is_known_after_its_end_but_for_a_disabled_account(accounts) -> None:
    token = accounts.sign_in("zhang", PASSWORD, NOON)
    accounts.end(token)
    assert accounts.viewer_of(token, NOON) is None
    assert known(accounts.former_viewer_of(token)) == ("zhang", Role.READER)
    assert accounts.former_viewer_of("made up") is None
    accounts.disable("zhang")
    assert accounts.former_viewer_of(token) is None


def test_many_sign_in_at_once(accounts) -> None:
    tokens, errors = [], []

    def enter() -> None:
        try:
            tokens.append(accounts.sign_in("zhang", PASSWORD, NOON))
        except (SignInError, ArchiveError) as error:
            errors.append(error)

    threads = [threading.Thread(target=enter) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(set(tokens)) == 12
    assert {known(accounts.viewer_of(token, NOON)) for token in tokens} == {("zhang", Role.READER)}


def test_a_new_password_ends_every_session_and_any_lock(accounts) -> None:
    token = accounts.sign_in("zhang", PASSWORD, NOON)
    fail(accounts, 5, NOON)
    accounts.set_password("zhang", "another horse 8", must_change=True)
    assert accounts.viewer_of(token, NOON) is None
    fail(accounts, 1, NOON)
    assert accounts.sign_in("ZHANG", "another horse 8", NOON)
    assert accounts.get("zhang").must_change
    accounts.change_password("zhang", "another horse 8", "a third horse 9", NOON)
    assert not accounts.get("zhang").must_change
    assert accounts.sign_in("zhang", "a third horse 9", NOON)


def test_ones_own_password_needs_the_old_one_and_must_differ(accounts) -> None:
    for wrong in range(5):
        with pytest.raises(SignInError):
            accounts.change_password("zhang", f"wrong {wrong}", "another horse 8", NOON)
    with pytest.raises(SignInError, match="15分钟"):  # this door locks too
        accounts.change_password("zhang", PASSWORD, "another horse 8", NOON)
    with pytest.raises(AccountError, match="相同"):
        accounts.change_password("li", PASSWORD, PASSWORD, NOON)
    with pytest.raises(AccountError, match="至少10个字符"):
        accounts.change_password("li", PASSWORD, "short", NOON)


def test_a_session_begun_with_a_password_that_changes_meanwhile_is_refused(accounts, monkeypatch) -> None:
    slow = sign_in.is_right

    def changed_meanwhile(password: str, kept: str) -> bool:
        right = slow(password, kept)
        accounts.set_password("zhang", "another horse 8")
        return right

    monkeypatch.setattr(sign_in, "is_right", changed_meanwhile)
    with pytest.raises(SignInError):
        accounts.sign_in("zhang", PASSWORD, NOON)
    assert accounts.get("zhang").last_seen is None


def test_a_disabled_account_is_out_at_once_and_comes_back(accounts) -> None:
    token = accounts.sign_in("zhang", PASSWORD, NOON)
    accounts.disable("zhang")
    assert accounts.viewer_of(token, NOON) is None
    with pytest.raises(SignInError, match="已停用"):
        accounts.sign_in("zhang", PASSWORD, NOON)
    assert "已停用" not in fail(accounts, 1, NOON)[0]  # only who knows the password is told
    accounts.enable("zhang")
    assert accounts.viewer_of(token, NOON) is None
    assert accounts.sign_in("zhang", PASSWORD, NOON)


def test_a_role_given_is_in_force_for_sessions_that_are_open(accounts) -> None:
    token = accounts.sign_in("zhang", PASSWORD, NOON)
    accounts.set_role("zhang", Role.CLERK)
    assert known(accounts.viewer_of(token, NOON)) == ("zhang", Role.CLERK)


def test_an_administrator_is_always_left(accounts) -> None:
    for change in (
        lambda: accounts.remove("li"),
        lambda: accounts.disable("li"),
        lambda: accounts.set_role("li", Role.CLERK),
    ):
        with pytest.raises(AccountError, match="至少要留一位"):
            change()
    assert accounts.get("li").role is Role.ADMINISTRATOR
    accounts.set_role("zhang", Role.ADMINISTRATOR)
    accounts.remove("li")
    assert [account.name for account in accounts.list()] == ["zhang"]


def test_where_there_is_no_administrator_yet_readers_can_still_be_removed(records) -> None:
    fresh = Accounts(records, AccountSettings())
    fresh.create("wang", Role.READER, PASSWORD)
    fresh.remove("wang")
    assert fresh.list() == ()


def test_the_first_administrator_is_made_once_with_a_password_to_be_changed(records) -> None:
    fresh = Accounts(records, AccountSettings())
    made = []
    threads = [threading.Thread(target=lambda: made.append(fresh.first_administrator())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (password,) = [one for one in made if one is not None]
    assert re.fullmatch(r"(?:[2-9a-zA-Z]{4}-){3}[2-9a-zA-Z]{4}", password)
    (admin,) = fresh.list()
    assert (admin.name, admin.role, admin.must_change) == ("admin", Role.ADMINISTRATOR, True)
    assert fresh.sign_in("admin", password, NOON)
    assert fresh.first_administrator() is None


def test_a_name_is_the_same_in_capital_and_full_width_letters(accounts) -> None:
    accounts.create(" Ｗａｎｇ ", Role.CLERK, PASSWORD)
    assert accounts.get("WANG").name == "wang"
    for again in ("wang", "Wang", "ｗang"):
        with pytest.raises(AccountError, match="已存在"):
            accounts.create(again, Role.READER, PASSWORD)
    assert accounts.get("wang").role is Role.CLERK
    assert accounts.create("张三", Role.READER, PASSWORD).name == "张三"


@pytest.mark.parametrize("name", ["", "  ", "a" * 33, "a\x00b", "a\nb", "a b", "<b>", "-x", "=1+1", "a/b", "a\u202eb"])
def test_names_that_are_not_allowed(accounts, name) -> None:
    with pytest.raises(AccountError, match="账号名请用1至32个"):
        accounts.create(name, Role.READER, PASSWORD)


@pytest.mark.parametrize(
    ("password", "told"),
    [
        ("", "至少10个字符"),
        ("123456789", "至少10个字符"),
        ("x" * 257, "最多256个字符"),
        ("good enough\x07", "控制字符"),
        ("Wang-Xiaoming", "不能就是账号名"),
        ("wang-xiaoming123", "不能就是账号名"),
    ],
)
def test_passwords_that_are_not_allowed(accounts, password, told) -> None:
    with pytest.raises(AccountError, match=told):
        accounts.create("wang-xiaoming", Role.READER, password)
    with pytest.raises(AccountError, match="没有账号"):
        accounts.get("wang-xiaoming")


def test_unknown_accounts_and_roles_are_named(accounts) -> None:
    for change in (accounts.get, accounts.remove, accounts.disable, accounts.enable):
        with pytest.raises(AccountError, match="没有账号“nobody”"):
            change("nobody")
    with pytest.raises(AccountError, match="没有账号“nobody”"):
        accounts.set_password("nobody", PASSWORD)
    with pytest.raises(ValueError, match="boss"):
        accounts.create("wang", "boss", PASSWORD)  # type: ignore[arg-type]


def test_a_password_is_kept_by_scrypt_with_its_own_salt() -> None:
    one, other = passwords.hashed(PASSWORD), passwords.hashed(PASSWORD)
    assert one.startswith("scrypt$16384$8$1$")
    assert one != other
    assert passwords.is_right(PASSWORD, one)
    assert passwords.is_right(PASSWORD, other)
    assert not passwords.is_right(PASSWORD + " ", one)
    cheap = one.replace("$16384$", "$1024$")  # the parameters in the record are those that count
    assert not passwords.is_right(PASSWORD, cheap)
    for damaged in ("", "scrypt$16384$8$1$x", "md5$1$1$1$eA==$eA==", "scrypt$3$8$1$eA==$eA=="):
        with pytest.raises(ArchiveError, match="youju user passwd"):
            passwords.is_right(PASSWORD, damaged)


def test_letters_that_look_composed_differently_are_one_password() -> None:
    assert passwords.is_right("cafe\u0301 au lait", passwords.hashed("caf\u00e9 au lait"))


def test_neither_password_nor_token_stands_in_the_files(accounts, records, tmp_path) -> None:
    token = accounts.sign_in("zhang", PASSWORD, NOON)
    records.forget_erased()
    for path in tmp_path.iterdir():
        assert PASSWORD.encode() not in path.read_bytes()
        assert token.encode() not in path.read_bytes()


def test_what_is_removed_with_an_account(tmp_path) -> None:
    with Archive.open(tmp_path / "archive", create=True) as archive:
        archive.accounts.create("li", Role.ADMINISTRATOR, PASSWORD)
        archive.accounts.create("zhang", Role.READER, PASSWORD)
        token = archive.accounts.sign_in("zhang", PASSWORD, NOON)
        archive.history.add("zhang", "气瓶？", {}, said="449个", status="answered")
        archive.basket.new("zhang", "草稿")
        archive.feedback.add("zhang", "气瓶？", "449个", "up", told={"status": "masked"})  # type: ignore[arg-type]
        archive.audit.record("zhang", "ask")
        archive.accounts.remove("zhang")
        assert archive.accounts.viewer_of(token, NOON) is None
        assert archive.history.search("zhang", seen=archive) == ()
        assert archive.basket.list("zhang") == ()
        assert [entry.account for entry in archive.feedback.all()] == [""]
        assert [entry.account for entry in archive.audit.newest(9)] == ["zhang"]


def test_the_audit_keeps_ids_and_never_a_text(tmp_path) -> None:
    with Archive.open(tmp_path / "archive", create=True) as archive:
        audit = archive.audit
        audit.record("li", "open", "hangzhou-2023")
        audit.record("张三", "export", "查扣了 多少气瓶？", ok=False)
        audit.record("li", "sign_in", "=cmd|x")
        for wrong in ("", "Open", "查看", "a b"):
            with pytest.raises(ValueError, match="no action"):
                audit.record("li", wrong)
        assert [(one.number, one.account, one.action, one.object, one.ok) for one in audit.newest(9)] == [
            (3, "li", "sign_in", "?", True),
            (2, "张三", "export", "?", False),
            (1, "li", "open", "hangzhou-2023", True),
        ]
        assert [one.number for one in audit.newest(1, before=3)] == [2]
        assert [one.number for one in audit.newest(9, AuditFilter(account="LI"))] == [3, 1]
        assert [one.number for one in audit.newest(9, AuditFilter(action="open", object="hangzhou-2023"))] == [1]
        assert [one.number for one in audit.newest(9, AuditFilter(ok=False))] == [2]
        now = datetime.now(UTC).replace(tzinfo=None)
        assert audit.newest(9, AuditFilter(until=now - HOUR)) == audit.newest(9, AuditFilter(since=now + HOUR)) == ()
        assert len(audit.newest(9, AuditFilter(since=now - HOUR, until=now + HOUR))) == 3
        heads, first, *_ = audit.rows()
        assert heads == ("number", "at", "account", "action", "object", "ok")
        assert (first[0], *first[2:]) == ("1", "li", "open", "hangzhou-2023", "yes")
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", first[1])


@pytest.mark.parametrize("old_format", [1, 2])
def test_an_archive_of_an_older_format_opens_and_takes_accounts(tmp_path, old_format) -> None:
    from made_archive import MadeEmbedder, made_report

    folder = tmp_path / "archive"
    with Archive.open(folder, create=True, embedder=MadeEmbedder()) as archive:
        archive.add(made_report())
    with sqlite3.connect(folder / "archive.db") as old:
        for table in ("sessions", "report_readers", "accounts", "history", "feedback", "drafts", "audit"):
            old.execute(f"DROP TABLE {table}")
        old.execute("DELETE FROM counters WHERE name IN ('history', 'feedback', 'draft', 'audit')")
        if old_format == 1:
            old.execute("DROP TABLE corrections")
            old.execute("ALTER TABLE figures DROP COLUMN said")
        old.execute("UPDATE meta SET value = ? WHERE key = 'format'", (str(old_format),))
    with Archive.open(folder, embedder=MadeEmbedder()) as archive:
        assert [report.id for report in archive.reports()] == ["hangzhou-2023"]
        archive.accounts.create("zhang", Role.READER, PASSWORD)
        assert archive.history.add("zhang", "气瓶？", {}, said="", status="answered") == 1
        assert archive.check().sound
    with sqlite3.connect(folder / "archive.db") as now:
        assert now.execute("SELECT value FROM meta WHERE key = 'format'").fetchone() == ("3",)


def run(capsys, *arguments: str) -> tuple[int, str, str]:
    status = main(arguments)
    told = capsys.readouterr()
    return status, told.out, told.err


def test_the_command_keeps_accounts(tmp_path, capsys, monkeypatch) -> None:
    import io

    archive = ("--archive", str(tmp_path / "archive"))
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    assert run(capsys, "user", "add", "张三", "--role", "clerk", "--password-stdin", *archive) == (
        0, "已新建账号：张三（档案员）\n", "",
    )  # fmt: skip
    status, out, _ = run(capsys, "user", "add", "Li", "--role", "administrator", "--one-time", *archive)
    once = out.strip().rsplit("：", 1)[1]
    assert (status, len(once)) == (0, 19)
    with Archive.open(tmp_path / "archive") as opened:
        assert opened.accounts.sign_in("张三", PASSWORD, NOON)
        assert opened.accounts.sign_in("li", once, NOON)
        assert opened.accounts.get("li").must_change
    _, out, _ = run(capsys, "user", "list", "--json", *archive)
    assert [(row["name"], row["role"]) for row in map(json.loads, out.splitlines())] == [
        ("li", "administrator"),
        ("张三", "clerk"),
    ]
    assert "hash" not in out
    assert "scrypt" not in out
    _, out, _ = run(capsys, "user", "list", *archive)
    assert out.splitlines()[1].startswith("li\t管理员\t待改密码\t20")
    assert run(capsys, "user", "role", "张三", "reader", *archive)[1] == "已改权限：张三 现为读者。\n"
    assert run(capsys, "user", "disable", "张三", *archive)[1] == "已停用：张三。原有登录全部退出。\n"
    assert run(capsys, "user", "enable", "张三", "--lang", "en", *archive)[1] == "enabled: 张三\n"
    assert run(capsys, "user", "remove", "张三", *archive)[0] == 0
    assert run(capsys, "user", "remove", "li", *archive)[0] == 1
    with Archive.open(tmp_path / "archive") as opened:
        noted = [(one.action, one.object) for one in opened.audit.newest(9)]
        assert noted[0] == ("account_remove", "张三")
        assert ("account_add", "li") in noted


def test_the_command_tells_what_is_wrong_in_one_sentence(tmp_path, capsys, monkeypatch) -> None:
    import io

    archive = ("--archive", str(tmp_path / "archive"))
    for given, told in (("", "至少10个字符"), ("short\n", "至少10个字符")):
        monkeypatch.setattr("sys.stdin", io.StringIO(given))
        status, _, error = run(capsys, "user", "add", "张三", "--password-stdin", *archive)
        assert (status, told in error, error.count("\n")) == (1, True, 1)
    status, _, error = run(capsys, "user", "add", "张三", *archive)  # nobody can type one here
    assert (status, "--password-stdin" in error) == (1, True)
    status, _, error = run(capsys, "user", "passwd", "nobody", "--one-time", *archive)
    assert (status, "没有账号“nobody”" in error) == (1, True)
    for bad in (("add", "x", "--role", "boss"), ("add",), (), ("passwd", "x", "--one-time", "--password-stdin")):
        with pytest.raises(SystemExit) as ended:
            main(("user", *bad, *archive))
        assert ended.value.code == 2
    assert "reader" in capsys.readouterr().err


def test_a_password_typed_at_the_terminal_is_asked_for_twice(tmp_path, capsys, monkeypatch) -> None:
    archive = ("--archive", str(tmp_path / "archive"))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    typed = iter(["one password 1", "another pass 2", PASSWORD, PASSWORD])
    monkeypatch.setattr("getpass.getpass", lambda _: next(typed))
    status, _, error = run(capsys, "user", "add", "张三", *archive)
    assert (status, "不一致" in error) == (1, True)
    assert run(capsys, "user", "add", "张三", *archive)[0] == 0
    monkeypatch.setattr("builtins.input", lambda _: "n")
    assert run(capsys, "user", "remove", "张三", *archive)[0] == 1
    monkeypatch.setattr("builtins.input", lambda _: "y")
    assert run(capsys, "user", "remove", "张三", *archive)[0] == 0
