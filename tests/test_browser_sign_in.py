"""Signing in with a real Chromium: the way in, a wrong password, a lock-out, a session that ended, a reader's menu."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import Running, Visit, open_visit, start

from indexer.archive import Archive
from indexer.viewer import Role

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

PASSWORD = "a quiet morning"
NAMES = {"reader": Role.READER, "clerk": Role.CLERK, "admin": Role.ADMINISTRATOR, "careless": Role.READER}
MENU = ["问答", "比较", "计划与完成", "核稿", "填表", "台账", "草稿"]


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory, sample_folder: Path) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("guarded") / "archive"
    shutil.copytree(sample_folder, folder)
    with Archive.open(folder) as archive:
        for name, role in NAMES.items():
            archive.accounts.create(name, role, PASSWORD)
        yield from start(archive, accounts=True)


@pytest.fixture
def visit(browser: Browser, guarded: Running) -> Iterator[Visit]:
    opened = open_visit(browser, guarded, path="ledger")
    yield opened
    opened.end(guarded)


def sign_in(visit: Visit, name: str, password: str = PASSWORD) -> None:
    visit.page.locator("#name").fill(name)
    visit.page.locator("#password").fill(password)
    visit.page.locator("#password").press("Enter")


def test_signing_in_leads_to_the_page_that_was_asked_for(visit: Visit, guarded: Running) -> None:
    page = visit.page
    assert page.url == f"{guarded.address}sign-in?to=/ledger"
    assert page.locator("h1").all_inner_texts() == ["登录"]
    assert "严禁上传涉密文件" in page.locator("main").inner_text()
    assert page.evaluate("document.activeElement.id") == "name"
    sign_in(visit, "reader")
    page.wait_for_url(f"{guarded.address}ledger")
    page.locator(".yj-self").wait_for()
    assert page.locator(".yj-menu a").all_inner_texts() == MENU  # neither 档案 nor 账户
    assert page.locator(".yj-self").inner_text() == "reader"
    assert page.title() == "台账 · 有据"
    assert page.evaluate("document.cookie") == ""


def test_a_wrong_password_and_a_lock_out_are_sentences(visit: Visit) -> None:
    for _ in range(5):
        sign_in(visit, "careless", "wrong password")
        visit.page.locator(".yj-refused").filter(has_text="账号或密码不对").wait_for()
        assert visit.page.locator("#name").input_value() == "careless"
        assert visit.page.locator("#password").input_value() == ""
    sign_in(visit, "careless")
    visit.page.locator(".yj-refused").filter(has_text="请15分钟后再试").wait_for()
    visit.errors.clear()  # the browser's own lines on the 401


def test_a_reader_is_told_that_a_page_is_not_for_readers(visit: Visit, guarded: Running) -> None:
    sign_in(visit, "reader")
    visit.page.locator(".yj-self").wait_for()
    for path, role in (("reports", "档案员"), ("accounts", "管理员"), ("audit", "管理员")):
        visit.page.goto(guarded.address + path)
        assert f"只对“{role}”开放，当前账号是“读者”" in visit.page.locator("main").inner_text()
        assert visit.page.locator("table, #yj-header").count() == 0
    visit.errors.clear()  # the browser's own lines on the 403


def test_a_session_that_ended_is_said_in_the_open_page_with_the_way_back(visit: Visit, guarded: Running) -> None:
    sign_in(visit, "reader")
    visit.page.goto(guarded.address)
    visit.ask("2023年累计查扣燃气行业违规气瓶多少个？")
    guarded.archive.accounts.end_all("reader")
    visit.page.locator("#yj-box textarea").fill("那2022年呢？")
    visit.page.locator("#yj-box textarea").press("Enter")
    notice = visit.page.locator("#yj-notice")
    notice.filter(has_text="请重新登录").wait_for()
    assert notice.get_attribute("role") == "alert"
    notice.locator("a").click()
    sign_in(visit, "reader")
    visit.page.locator("#yj-box textarea").wait_for()
    visit.errors.clear()  # the browser's own lines on the 401


def test_signing_out_closes_the_page_and_the_way_back_to_it(visit: Visit, guarded: Running) -> None:
    sign_in(visit, "clerk")
    visit.page.locator(".yj-self").wait_for()
    assert visit.page.locator(".yj-menu a").all_inner_texts() == [*MENU, "档案"]
    visit.page.locator("#yj-header .yj-out button").click()
    visit.page.locator("#yj-sign-in").wait_for()
    visit.page.go_back()
    visit.page.locator("#yj-sign-in").wait_for()
    assert visit.page.locator("#yj-header").count() == 0
    visit.errors.clear()


def test_an_administrator_makes_an_account_that_must_choose_its_password(
    browser: Browser, visit: Visit, guarded: Running
) -> None:
    sign_in(visit, "admin")
    visit.page.goto(f"{guarded.address}accounts")
    visit.page.locator("form[data-do=add] input").fill("王芳")
    visit.page.locator("form[data-do=add] input").press("Enter")
    given = visit.page.locator("#yj-said .yj-once").inner_text()
    row = visit.page.locator(".yj-accounts tr", has_text="王芳")
    assert "待改密码" in row.inner_text()
    hers = open_visit(browser, guarded, path="account")
    sign_in(hers, "王芳", given)
    hers.page.locator("#new").fill("mine alone, now")
    hers.page.locator("#again").fill("mine alone, now")
    hers.page.locator("#again").press("Enter")
    hers.page.locator(".yj-sessions").wait_for()
    assert hers.page.locator(".yj-sessions tbody tr").count() == 1
    row.locator("summary").click()
    row.locator("form input").fill("王")
    row.locator("form button").click()
    visit.page.locator("#yj-said .yj-bad").filter(has_text="没有删除").wait_for()
    row.locator("select").select_option("clerk")
    visit.page.locator("#yj-said .yj-done").filter(has_text="已更改“王芳”").wait_for()
    assert guarded.archive.accounts.get("王芳").role is Role.CLERK
    hers.page.reload()
    hers.page.locator(".yj-menu a", has_text="档案").wait_for()
    visit.page.goto(f"{guarded.address}audit")
    visit.page.locator(".yj-audit").filter(has_text="新建账号").wait_for()
    visit.page.locator("[data-export]").click()
    with visit.page.expect_download() as waiting:
        visit.page.locator("#yj-said a").click()
    written = Path(waiting.value.path()).read_text(encoding="utf-8-sig")
    assert written.splitlines()[0] == "number,at,account,action,object,ok"
    assert "account_role,王芳,yes" in written
    hers.end(guarded)


def test_changing_the_password_keeps_this_place_and_ends_the_others(
    browser: Browser, visit: Visit, guarded: Running
) -> None:
    guarded.archive.accounts.create("changes", Role.READER, PASSWORD)
    other = open_visit(browser, guarded, path="account")
    for one in (other, visit):
        sign_in(one, "changes")
        one.page.goto(f"{guarded.address}account")
        one.page.locator(".yj-password").wait_for()
    fields = visit.page.locator(".yj-password input[type=password]")
    for place, words in enumerate((PASSWORD, "another evening", "another evening")):
        fields.nth(place).fill(words)
    visit.page.locator(".yj-password button").click()
    visit.page.locator(".yj-password .yj-done").filter(has_text="密码已修改").wait_for()
    visit.page.reload()
    visit.page.locator(".yj-sessions").wait_for()
    other.page.reload()
    other.page.locator("#yj-sign-in").wait_for()
    other.end(guarded)
