"""What happens to an open page with a real Chromium: its session ends, the server starts anew, reports come and go."""

from __future__ import annotations

import re
import shutil
import threading
import time
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
SEIZED = "2023年累计查扣燃气行业违规气瓶多少个？"
HALF = "2022年新增停车泊位多少"
NEW = "丁香县2020年工作总结\n一、工作回顾\n全年新建公厕31座。\n"


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory, sample_folder: Path) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("sessions") / "archive"
    shutil.copytree(sample_folder, folder)
    with Archive.open(folder) as archive:
        archive.accounts.create("reader", Role.READER, PASSWORD)
        archive.accounts.create("clerk", Role.CLERK, PASSWORD)
        server = Server(archive)
        yield server
        server.stop()


class Server:
    """A server of this file's own that can be stopped and started anew at the same address."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.begin()

    def begin(self) -> None:
        self._running = start(self.archive, accounts=True)
        self.running: Running = next(self._running)

    def stop(self) -> None:
        next(self._running, None)


def signed_in(browser: Browser, alone: Server, name: str, path: str = "ledger") -> Visit:
    """A page of the application after signing in."""
    visit = open_visit(browser, alone.running, path=f"sign-in?to=/{path}")
    sign_in(visit, name)
    visit.page.locator(".yj-self").wait_for()
    return visit


def sign_in(visit: Visit, name: str) -> None:
    visit.page.locator("#name").fill(name)
    visit.page.locator("#password").fill(PASSWORD)
    visit.page.locator("#password").press("Enter")


def typed(visit: Visit) -> str:
    """What stands in the box, once anything does."""
    visit.page.wait_for_function("(document.querySelector('#yj-box textarea') || {}).value")
    return visit.page.locator("#yj-box textarea").input_value()


def turns(visit: Visit) -> list[str]:
    return list(visit.page.locator(".yj-question").all_inner_texts())


def test_a_half_typed_question_is_there_again_after_signing_in_again(browser: Browser, alone: Server) -> None:
    visit = signed_in(browser, alone, "reader", "")
    visit.page.locator("#yj-box textarea").wait_for()
    visit.ask(SEIZED)
    visit.page.locator("#yj-box textarea").fill(HALF)
    alone.archive.accounts.end_all("reader")
    visit.page.locator("#yj-history-open").click()  # anything that asks the server
    notice = visit.page.locator("#yj-notice")
    notice.filter(has_text="请重新登录").wait_for()
    notice.locator("a").click()
    sign_in(visit, "reader")
    assert typed(visit) == HALF
    assert turns(visit) == [SEIZED]
    visit.page.reload()  # it was typed again, and is kept again
    assert typed(visit) == HALF
    visit.page.locator("#yj-box textarea").fill("")
    alone.archive.accounts.end_all("reader")
    visit.page.locator("#yj-box textarea").fill("那2022年呢？")
    visit.page.locator("#yj-box textarea").press("Enter")  # sent, and not let in
    notice.filter(has_text="请重新登录").wait_for()
    notice.locator("a").click()
    sign_in(visit, "reader")
    assert typed(visit) == "那2022年呢？"
    visit.page.context.close()


def test_somebody_else_who_signs_in_there_finds_nothing_of_it(browser: Browser, alone: Server) -> None:
    visit = signed_in(browser, alone, "reader", "")
    visit.ask(SEIZED)
    visit.page.locator("#yj-box textarea").fill(HALF)
    alone.archive.accounts.end_all("reader")
    visit.page.locator("#yj-history-open").click()
    visit.page.locator("#yj-notice a").click()
    sign_in(visit, "clerk")
    visit.page.locator(".yj-welcome").wait_for()
    assert turns(visit) == []
    assert visit.page.locator("#yj-box textarea").input_value() == ""
    visit.page.context.close()


def test_a_link_of_a_page_leads_to_that_page_and_back_again(browser: Browser, alone: Server) -> None:
    drafts = [alone.archive.basket.new("reader", title) for title in ("甲稿", "乙稿")]
    visit = signed_in(browser, alone, "reader", "drafts")
    page, here = visit.page, alone.running.address
    for title, draft in (("甲稿", drafts[0]), ("乙稿", drafts[1])):
        page.locator(".yj-drafts-list a", has_text=title).click()
        page.locator(f'.yj-sheet[aria-label="{title}"]').wait_for()
        assert page.url == f"{here}drafts?draft={draft}"
    page.go_back()
    page.locator('.yj-sheet[aria-label="甲稿"]').wait_for()
    page.reload()
    page.locator('.yj-sheet[aria-label="甲稿"]').wait_for()
    page.goto(here + "ledger")
    page.locator("#yj-result table").wait_for()
    addresses = page.eval_on_selector_all("#yj-ledger a[data-go]", "links => links.map((link) => link.href)")
    assert addresses
    assert all(address.startswith(f"{here}ledger?") for address in addresses)
    visit.end(alone.running)


def test_who_lost_his_role_is_told_so_when_he_does_something(browser: Browser, alone: Server) -> None:
    alone.archive.accounts.create("demoted", Role.CLERK, PASSWORD)
    visit = signed_in(browser, alone, "demoted", "reports")
    visit.page.locator("#yj-result tbody a").first.click()
    visit.page.locator("#yj-dialog [data-act=remove]").wait_for()
    alone.archive.accounts.set_role("demoted", Role.READER)
    visit.page.locator("#yj-dialog [data-act=remove]").click()
    visit.page.locator("#yj-notice[role=alert]", has_text="当前账号不能做这件事").wait_for()
    assert len(alone.archive.reports()) >= 10
    visit.page.context.close()


def test_the_bar_tells_how_many_reports_there_are_without_a_reload(browser: Browser, alone: Server) -> None:
    visit = signed_in(browser, alone, "clerk", "reports")
    visit.page.locator("#yj-result table").wait_for()
    facts = visit.page.locator(".yj-held .yj-fact")
    assert facts.all_inner_texts() == ["10 份报告", "2021—2024年"]
    drop = visit.page.locator(".yj-drop input")
    drop.set_input_files([{"name": "丁香县2020年.txt", "mimeType": "text/plain", "buffer": NEW.encode()}])
    facts.filter(has_text="11 份报告").wait_for()
    assert facts.all_inner_texts() == ["11 份报告", "2020—2024年"]
    visit.page.locator("#yj-result a", has_text="丁香县").first.click()
    visit.page.locator("#yj-dialog [data-act=remove]").click()
    facts.filter(has_text="10 份报告").wait_for()
    alone.archive.restore(alone.archive.removed()[0].info.id)  # by somebody else: seen on coming back to the page
    visit.page.evaluate("Date.now = () => new Date().getTime() + 60000")
    visit.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    facts.filter(has_text="11 份报告").wait_for()
    visit.end(alone.running)


def test_the_checking_of_a_draft_tells_how_far_it_is_and_can_be_stopped(browser: Browser, alone: Server) -> None:
    visit = signed_in(browser, alone, "reader", "verify")
    line = "2022年，云岭县建筑业总产值44.5亿元，新增停车泊位462个，完成投资3.2亿元，惠及群众1.2万人。\n"
    drop = visit.page.locator(".yj-drop input")
    draft = {"name": "长稿.txt", "mimeType": "text/plain", "buffer": (line * 3000).encode()}
    drop.set_input_files([draft])
    told = visit.page.locator("#yj-result .yj-progress p")
    told.filter(has_text=re.compile(r"正在读稿：[\d,]+ / [\d,]+ 字")).wait_for()
    visit.page.locator("#yj-result [data-do=stop]").click()
    visit.page.locator("#yj-result .yj-bad", has_text="已停止，没有做完").wait_for()
    assert visit.page.locator("#yj-result table, #yj-result .yj-progress").count() == 0
    drop.set_input_files([draft])
    told.first.wait_for()
    visit.page.reload()  # on the way: nobody waits for it any more
    drop.wait_for(state="attached")
    deadline = time.monotonic() + 10
    while any(thread.name.startswith("stepped") for thread in threading.enumerate()):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    short = {"name": "短稿.txt", "mimeType": "text/plain", "buffer": line.encode()}
    drop.set_input_files([short])
    visit.page.locator("#yj-result .yj-result").first.wait_for()
    visit.page.context.close()


def test_a_page_goes_on_after_the_server_was_started_anew(browser: Browser, alone: Server) -> None:
    asking = signed_in(browser, alone, "reader", "")
    asking.ask(SEIZED)
    ledger = asking.page.context.new_page()
    ledger.goto(alone.running.address + "ledger")
    ledger.locator("#yj-result table").wait_for()
    clerk = signed_in(browser, alone, "clerk", "reports")
    clerk.page.locator("#yj-result table").wait_for()
    alone.stop()
    asking.page.locator("#yj-box textarea").fill("那2022年呢？")
    asking.page.locator("#yj-box textarea").press("Enter")
    asking.page.locator("#yj-notice", has_text="正在重新连接").wait_for()
    asking.page.wait_for_function("document.querySelector('#yj-box textarea').value")
    assert typed(asking) == "那2022年呢？"  # it was not lost
    alone.begin()
    asking.page.locator("#yj-notice", has_text="已重新连接").wait_for()
    asking.page.locator("#yj-box textarea").press("Enter")
    asking.page.locator(".yj-turn").nth(1).locator(".yj-answer").wait_for()
    assert "理解为" in asking.answer.inner_text()  # what was asked before is known from the history
    ledger.locator("#yj-ledger form[data-go] input").first.fill("气瓶")
    ledger.locator("#yj-ledger form[data-go] input").first.press("Enter")
    ledger.wait_for_function("location.search.includes('%E6%B0%94%E7%93%B6')")
    ledger.locator("#yj-result:not(.yj-busy) tr", has_text="气瓶").first.wait_for()
    drop = clerk.page.locator(".yj-drop input")
    drop.set_input_files([{"name": "丁香县2020年.txt", "mimeType": "text/plain", "buffer": NEW.encode()}])
    clerk.page.locator(".yj-job.yj-done").wait_for()
    for visit in (asking, clerk):
        visit.page.context.close()
