"""The frame around the pages in a real Chromium: names, language, the source beside any page, a server that went away."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import Running, open_visit, outside, start

from assistant.types import Language
from indexer.archive import Archive
from ui.pages import PAGES, address_of
from ui.render import version_of
from ui.text import say

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

# Three citations of one report, as a page may show them.
CITES = """([report, version, spans]) => {
  const list = document.createElement('div');
  list.dataset.citations = '';
  spans.forEach((span, at) => {
    const button = Object.assign(document.createElement('button'), { textContent: `出处${at + 1}`, id: `cite${at}` });
    Object.assign(button.dataset, { cite: at + 1, report, span, marks: '', version });
    list.append(button);
  });
  document.querySelector('.yj-page').append(list);
}"""


@pytest.mark.parametrize("language", list(Language))
def test_every_page_has_its_name_its_language_and_one_heading(
    browser: Browser, served: Running, language: Language
) -> None:
    visit = open_visit(browser, served, path=address_of(PAGES[0], language).strip("/") or "?")
    for page in PAGES:
        visit.page.goto(served.address + address_of(page, language).lstrip("/"))
        visit.page.locator("#yj-header .yj-menu").wait_for()
        assert visit.page.locator("h1").all_text_contents() == [
            f"{say(language, 'product')} · {say(language, page.name)}"
        ]
        assert visit.page.title().startswith(say(language, "page_title" if page is PAGES[0] else page.name))
        visit.page.wait_for_function(
            "tag => document.documentElement.lang === tag", arg="zh-CN" if language is Language.CHINESE else "en"
        )
        assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        if page.in_menu:
            current = visit.page.locator(".yj-menu [aria-current=page]")
            assert current.all_inner_texts() == [say(language, page.name)]
    # Gradio says so where a page is left before all of it has come.
    visit.errors = [one for one in visit.errors if "abort" not in one and "errored out" not in one]
    visit.end(served)


def test_the_switch_of_language_keeps_the_page(browser: Browser, served: Running) -> None:
    visit = open_visit(browser, served, path="ledger")
    visit.page.locator(".yj-language").click()
    visit.page.wait_for_url(f"{served.address}en/ledger")
    visit.page.locator(".yj-language", has_text="中文").click()
    visit.page.wait_for_url(f"{served.address}ledger")
    visit.end(served)


def test_on_a_phone_the_current_page_is_in_sight_in_the_menu(browser: Browser, served: Running) -> None:
    visit = open_visit(browser, served, 390, 844, path="ledger")
    visit.page.locator(".yj-menu [aria-current]").wait_for()
    box = visit.page.locator(".yj-menu [aria-current]").bounding_box()
    assert box is not None
    assert 0 <= box["x"] <= 390 - box["width"]
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= 390
    visit.end(served)


def test_a_citation_of_any_page_slides_in_and_is_stepped_through_by_keyboard(browser: Browser, served: Running) -> None:
    report = next(one for one in served.archive.reports() if one.file_name == "澜江区城乡建设局2023年工作总结.txt")
    text = served.archive.report(report.id).text
    spans = [f"{(at := text.index(words))}-{at + len(words)}" for words in ("449个", "390个", "59个")]
    visit = open_visit(browser, served, path="account")
    visit.page.locator(".yj-page h2").first.wait_for()
    visit.page.evaluate(CITES, [report.id, version_of(report), spans])
    visit.page.locator("#cite0").focus()
    visit.page.keyboard.press("Enter")
    cited = visit.page.locator("#yj-slide .yj-cited")
    cited.filter(has_text="449个").wait_for()
    assert visit.page.locator("#yj-source .yj-place").inner_text() == "1 / 3"
    assert visit.page.locator("[data-step='-1']").is_disabled()
    visit.page.locator("[data-step='1']").click()
    cited.filter(has_text="390个").wait_for()
    visit.page.locator("[data-step='1']").click()
    cited.filter(has_text="59个").wait_for()
    assert visit.page.locator("[data-step='1']").is_disabled()
    assert visit.page.locator("[aria-current=true]").get_attribute("id") == "cite2"
    assert visit.page.locator("#yj-source .yj-download").get_attribute("href") == f"/original/{report.id}"
    visit.page.keyboard.press("Escape")
    assert not visit.page.locator("#yj-slide").is_visible()
    assert visit.page.evaluate("document.activeElement.id") == "cite0"
    visit.end(served)


def test_a_page_prints_what_is_shown_and_not_its_controls(browser: Browser, served: Running) -> None:
    visit = open_visit(browser, served)
    visit.ask("2023年累计查扣燃气行业违规气瓶多少个？")
    visit.page.emulate_media(media="print")
    assert visit.answer.locator(".yj-headline").is_visible()
    assert visit.answer.locator(".yj-cite").first.is_visible()
    for gone in ("#yj-header", "#yj-composer", "#yj-right"):
        assert not visit.page.locator(gone).is_visible(), gone
    visit.end(served)


@pytest.fixture
def alone(tmp_path: Path, sample_folder: Path) -> Iterator[tuple[Running, Iterator[Running]]]:
    """A server that the test may stop and start again."""
    shutil.copytree(sample_folder, tmp_path / "archive")
    with Archive.open(tmp_path / "archive") as archive:
        starting = start(archive)
        yield next(starting), starting
        for _ in starting:
            pass


def test_a_server_that_went_away_is_said_and_found_again(
    browser: Browser, alone: tuple[Running, Iterator[Running]]
) -> None:
    running, starting = alone
    visit = open_visit(browser, running, path="account")
    visit.page.locator(".yj-page h2").first.wait_for()
    assert next(starting, None) is None  # stopped
    visit.page.evaluate("fetch('/source/x?span=0-1').catch(() => 0)")
    notice = visit.page.locator("#yj-notice")
    notice.filter(has_text="正在重新连接").wait_for()
    again = start(running.archive)
    assert next(again).address == running.address
    notice.filter(has_text="已重新连接").wait_for()
    assert outside(visit.requests, running.address) == []
    visit.page.context.close()
    assert next(again, None) is None
