"""The page in a real Chromium over the sample corpus: ask, read the figure, open its source; nothing leaves."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import HOSTILE_NAME, Running, Visit, open_visit, outside

from assistant.types import Language
from indexer.archive import Archive
from ui.text import say

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

SEIZED = "2023年累计查扣燃气行业违规气瓶多少个？"
MASKED = "澜江区2023年完成投资多少？"
ABSENT = "地铁运营里程多少公里？"


def test_the_page_says_what_it_is_and_what_it_holds(visit: Visit) -> None:
    assert visit.page.title() == say(Language.CHINESE, "page_title")
    assert visit.page.locator("html").get_attribute("lang") == "zh-CN"
    assert "10 份报告" in visit.page.locator("#yj-header").inner_text()
    assert visit.page.locator("h1").all_text_contents() == ["有据 · 问答"]
    examples = visit.page.locator(".yj-welcome .yj-ask")
    examples.first.wait_for()
    assert 4 <= examples.count() <= 6
    assert "gradio" not in visit.page.locator("body").inner_text().lower()


def test_a_figure_is_shown_large_and_its_source_opens_at_the_sentence(visit: Visit) -> None:
    visit.ask(SEIZED)
    number = visit.answer.locator(".yj-headline .yj-number b")
    assert number.inner_text() == "449"
    assert number.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") >= 40
    assert "分项合计相符" in visit.answer.inner_text()
    visit.answer.locator(".yj-parts .yj-chip").first.click()
    cited = visit.page.locator("#yj-source .yj-cited")
    cited.filter(has_text="从中查扣黑气瓶390个").wait_for()
    assert visit.page.locator("#yj-source mark").all_inner_texts() == ["59个", "390个"]
    context = visit.page.locator("#yj-source .yj-context")
    box, room = cited.bounding_box(), context.bounding_box()
    assert box is not None
    assert room is not None
    assert room["y"] <= box["y"] <= room["y"] + room["height"] - box["height"]
    assert "今年以来" in context.inner_text()
    assert visit.answer.locator(".yj-cite[aria-current]").count() == 1


def test_the_first_source_is_open_beside_the_answer_and_can_be_closed(visit: Visit) -> None:
    visit.ask(SEIZED)
    panel = visit.page.locator("#yj-right")
    visit.page.locator("#yj-source .yj-cited").wait_for()
    assert panel.is_visible()
    visit.page.keyboard.press("Escape")
    assert not panel.is_visible()
    visit.answer.locator(".yj-cite").first.click()
    visit.page.locator("#yj-source .yj-close").click()
    assert not panel.is_visible()


def test_the_original_is_downloaded_under_its_own_name(visit: Visit, corpus: Path) -> None:
    visit.ask(SEIZED)
    with visit.page.expect_download() as waiting:
        visit.page.locator("#yj-source .yj-download").click()
    original = corpus / waiting.value.suggested_filename
    assert original.name == "澜江区城乡建设局2023年工作总结.txt"
    assert Path(waiting.value.path()).read_bytes() == original.read_bytes()


def test_a_masked_figure_is_said_to_be_masked_and_quoted(visit: Visit) -> None:
    visit.ask(MASKED)
    assert "yj-masked" in (visit.answer.get_attribute("class") or "")
    assert "原文已脱敏" in visit.answer.inner_text()
    assert "*" in visit.answer.locator(".yj-quote mark").first.inner_text()


def test_what_is_not_held_is_said_with_what_was_searched(visit: Visit) -> None:
    visit.ask(ABSENT)
    assert "档案中没有找到" in visit.answer.inner_text()
    assert "检索了 10 份报告" in visit.answer.inner_text()
    assert visit.answer.locator(".yj-number").count() == 0
    assert not visit.page.locator("#yj-right").is_visible()


def test_an_example_is_asked_by_a_click_and_a_follow_up_joins_the_conversation(visit: Visit) -> None:
    example = visit.page.locator(".yj-welcome .yj-ask").first
    question = example.inner_text()
    example.click()
    visit.page.locator(".yj-turn .yj-answer").wait_for()
    assert visit.page.locator(".yj-question").inner_text() == question
    visit.ask("那2022年呢？")
    assert visit.page.locator(".yj-question").all_inner_texts() == [question, "那2022年呢？"]
    assert visit.page.locator("#yj-box textarea").input_value() == ""
    question_top = visit.page.locator(".yj-question").last.bounding_box()
    assert question_top is not None
    assert question_top["y"] >= 0
    visit.page.locator("#yj-clear").click()
    visit.page.locator(".yj-welcome").wait_for()
    assert visit.page.locator(".yj-turn").count() == 0


def test_shift_enter_starts_a_line_and_an_empty_or_endless_question_is_a_sentence(visit: Visit) -> None:
    box = visit.page.locator("#yj-box textarea")
    box.fill("甲")
    box.press("Shift+Enter")
    assert box.input_value() == "甲\n"
    assert visit.page.locator(".yj-turn").count() == 0
    visit.ask("个" * 20_000)
    assert visit.answer.get_attribute("role") == "alert"
    assert "20000" in visit.answer.inner_text().replace(",", "")
    assert len(visit.page.locator(".yj-question").inner_text()) < 1000


def test_what_is_typed_while_the_page_loads_and_while_an_answer_comes_is_kept(visit: Visit) -> None:
    box = visit.page.locator("#yj-box textarea")
    visit.page.goto(visit.page.url, wait_until="commit")
    box.wait_for()
    box.fill(SEIZED)
    visit.page.wait_for_timeout(1500)  # the page asks the server once more what the archive holds
    assert box.input_value() == SEIZED
    box.press("Enter")
    visit.page.wait_for_function("document.querySelector('#yj-box textarea').value === ''")
    box.fill("那2022年呢？")
    visit.answer.wait_for()
    visit.page.wait_for_timeout(300)
    assert box.input_value() == "那2022年呢？"


def test_reports_added_beside_the_running_server_are_there_after_a_reload(
    browser: Browser, empty: Running, tmp_path: Path
) -> None:
    from indexer.build import index_paths

    report = tmp_path / "云泽区水务局2023年工作总结.txt"
    report.write_text("云泽区水务局2023年工作总结\n一、工作回顾\n2023年，全区新建蓄水池77座。\n", encoding="utf-8")
    visit = open_visit(browser, empty)
    with Archive.open(empty.archive.folder) as writer:
        index_paths(writer, [report])
        report_id = writer.reports()[0].id
    visit.page.reload()
    visit.page.locator(".yj-welcome").filter(has_text=say(Language.CHINESE, "welcome")).wait_for()
    assert "1 份报告" in visit.page.locator("#yj-header").inner_text()
    visit.ask("新建蓄水池多少座？")
    assert visit.answer.locator(".yj-headline b").inner_text() == "77"
    empty.archive.remove(report_id)
    visit.page.context.close()


def test_nothing_of_the_conversation_is_kept_in_the_browser(visit: Visit) -> None:
    visit.ask(SEIZED)
    visit.page.wait_for_timeout(500)
    kept = visit.page.evaluate(
        """async () => JSON.stringify([
            {...localStorage}, {...sessionStorage}, (await indexedDB.databases()).map((one) => one.name),
            document.cookie, await caches.keys()])"""
    )
    assert "气瓶" not in kept
    assert re.fullmatch(r'\[\{\},\{"yj-talk":"[0-9a-f]{32}"\},\[\],"",\[\]\]', kept)  # its number, in this tab only


def test_what_a_report_writes_is_shown_as_text(visit: Visit, served: Running) -> None:
    visit.ask("云泽区2023年新建蓄水池多少座？")
    visit.answer.locator(".yj-cite").first.click()
    visit.page.locator("#yj-source .yj-cited").filter(has_text="77座").wait_for()
    shown = visit.page.locator("#yj-source").inner_text()
    assert "<script>alert(3)</script>${alert(4)}{{value}}" in shown
    assert HOSTILE_NAME in shown
    assert visit.page.locator("#yj-source img, #yj-thread img, #yj-source script").count() == 0
    question = "<img src=x onerror=alert(5)>${alert(6)}{{value}}多少？"
    visit.ask(question)
    assert visit.page.locator(".yj-question").last.inner_text() == question


def test_a_report_that_went_away_is_said_to_be_gone(visit: Visit, served: Running) -> None:
    visit.ask("云泽区2023年新建蓄水池多少座？")
    cite = visit.answer.locator(".yj-cite").first
    report_id = cite.get_attribute("data-report") or ""
    served.archive.remove(report_id)
    try:
        cite.click()
        visit.page.locator("#yj-source .yj-error").filter(has_text="已不在档案中").wait_for()
        visit.errors.clear()  # the browser's own line on the 404
    finally:
        served.archive.restore(report_id)


def test_on_a_phone_the_source_opens_over_the_answer(browser: Browser, served: Running) -> None:
    visit = open_visit(browser, served, 390, 844)
    visit.ask(SEIZED)
    assert not visit.page.locator("#yj-right").is_visible()
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= 390
    visit.answer.locator(".yj-cite").first.click()
    visit.page.locator("#yj-source .yj-cited").wait_for()
    assert visit.page.locator("#yj-source .yj-cited").is_visible()
    visit.page.locator("#yj-source .yj-close").click()
    assert not visit.page.locator("#yj-right").is_visible()
    assert visit.errors == []
    visit.page.context.close()


def test_an_answer_is_on_the_screen_soon_after_enter(visit: Visit) -> None:
    visit.ask(SEIZED)
    took = []
    for question in ("2023年执法力量出动多少人次？", "累计建成开放内河多少条？", MASKED):
        started = time.perf_counter()
        visit.ask(question)
        took.append(time.perf_counter() - started)
    assert min(took) < 1.0


def test_an_empty_archive_says_how_to_add_reports(browser: Browser, empty: Running) -> None:
    visit = open_visit(browser, empty)
    visit.page.locator("#yj-start .yj-empty").wait_for()
    shown = visit.page.locator("#yj-start").inner_text()
    assert "档案里还没有报告" in shown
    assert f"--archive {empty.archive.folder}" in shown
    assert re.search(r"\.docx、.*\.txt", shown)
    visit.ask("没收了多少煤气罐？")
    assert "yj-not_found" in (visit.answer.get_attribute("class") or "")
    assert visit.errors == []
    assert outside(visit.requests, empty.address) == []
    visit.page.context.close()


def test_two_people_do_not_see_each_other(browser: Browser, served: Running) -> None:
    first, second = open_visit(browser, served), open_visit(browser, served)
    first.ask(SEIZED)
    second.ask(ABSENT)
    assert first.page.locator(".yj-question").all_inner_texts() == [SEIZED]
    assert second.page.locator(".yj-question").all_inner_texts() == [ABSENT]
    for visit in (first, second):
        visit.page.context.close()
