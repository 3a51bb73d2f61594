"""The pages 台账 and 档案 in a real Chromium: upload while asking, describe, remove and undo; filter, correct, export."""

from __future__ import annotations

import io
import random
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest
from browsing import HOSTILE_NAME, Running, Visit, open_visit, serve_copy

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

SEIZED = "2023年累计查扣燃气行业违规气瓶多少个？"
WORDS = "管网道路桥梁公园绿地河道学校医院泊位路灯井盖楼宇厂房仓储站台渠系闸坝林带"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, sample_folder: Path) -> Iterator[Running]:
    """A server of this file's own: reports come and go."""
    yield from serve_copy(sample_folder, tmp_path_factory.mktemp("served") / "archive")


def unlike(number: int, paragraphs: int) -> str:
    """A report that shares no sentence with any other of these."""
    chance = random.Random(number)

    def word() -> str:
        return "".join(chance.sample(WORDS, 3))

    review = "".join(
        f"{word()}{word()}有序推进，全年新建{word()}{chance.randrange(10, 999)}处，改造{word()}{chance.randrange(10, 999)}处。\n"
        for _ in range(paragraphs)
    )
    return f"第{number}区{2000 + number}年工作总结\n一、工作回顾\n{review}"


def files_of(texts: dict[str, bytes]) -> list[dict[str, object]]:
    return [{"name": name, "mimeType": "application/octet-stream", "buffer": text} for name, text in texts.items()]


def send(page: Page, texts: dict[str, bytes]) -> None:
    page.locator(".yj-drop input").set_input_files(files_of(texts))


def done(page: Page, text: str) -> None:
    page.locator(".yj-job.yj-done header", has_text=text).first.wait_for(timeout=60_000)


def open_page(browser: Browser, running: Running, path: str, **size: int) -> Visit:
    visit = open_visit(browser, running, path=path, **size)
    visit.page.locator("#yj-result table, .yj-samples").first.wait_for()
    return visit


def test_twenty_files_are_taken_in_while_a_question_is_answered(browser: Browser, served: Running) -> None:
    clerk = open_page(browser, served, "reports")
    reader = open_visit(browser, served)
    reader.ask(SEIZED)  # what is loaded by the first question is loaded
    send(clerk.page, {f"第{number}区工作总结.txt": unlike(number, 80).encode() for number in range(1, 21)})
    clerk.page.locator(".yj-job progress").wait_for()
    took = []
    for _ in range(3):
        started = time.monotonic()
        reader.ask(SEIZED)
        took.append(time.monotonic() - started)
        assert "449" in reader.answer.inner_text()
    assert clerk.page.locator(".yj-job.yj-done").count() == 0  # it was asked meanwhile
    done(clerk.page, "新增 20")
    assert min(took) <= 1.0
    clerk.page.reload()  # the job is remembered
    done(clerk.page, "新增 20")
    clerk.page.locator("#yj-result .yj-count", has_text="共 30 份").wait_for()
    clerk.page.locator("[data-act=dismiss]").click()
    clerk.page.locator(".yj-job").wait_for(state="detached")
    clerk.end(served)
    reader.end(served)


def test_a_wrong_type_and_a_climbing_zip_are_told_and_the_rest_taken(browser: Browser, served: Running) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        package.writestr("../上爬.txt", "x")
        package.writestr("正常.txt", unlike(31, 20))
    visit = open_page(browser, served, "reports")
    send(visit.page, {"扫描件.pdf": b"%PDF-1.4", "一批.zip": packed.getvalue(), HOSTILE_NAME: b"\x00\x01"})
    done(visit.page, "新增 1")
    failed = visit.page.locator(".yj-end.yj-failed").inner_text()
    assert "扫描件.pdf的类型读不了，能读的是 .txt" in failed
    assert "../上爬.txt的路径指到压缩包之外" in failed
    assert "甲img src=x onerror=alert(1).txt里不是文字" in failed  # shown as text
    assert "does not hold" not in failed  # in one language
    visit.page.locator("[data-act=dismiss]").click()
    visit.page.locator(".yj-job").wait_for(state="detached")
    visit.end(served)


def test_a_new_version_is_asked_about_and_kept_or_replaced(browser: Browser, served: Running) -> None:
    visit = open_page(browser, served, "reports")
    name = "第40区工作总结.txt"
    send(visit.page, {name: unlike(40, 20).encode()})
    done(visit.page, "新增 1")
    send(
        visit.page, {name: unlike(40, 20).replace("有序推进", "全面完成").encode(), "另存.txt": unlike(40, 20).encode()}
    )
    questions = visit.page.locator(".yj-questions")
    questions.locator("li").nth(1).wait_for()
    assert "内容不同" in questions.inner_text()
    assert "有100%的文字相同" in questions.inner_text()
    questions.locator("li", has_text="另存.txt").get_by_role("button", name="不收").click()
    questions.locator("li", has_text=name).get_by_role("button", name="替换旧版").click()
    done(visit.page, "替换 1 · 不收 1")
    info = next(one for one in served.archive.reports() if one.path == name)
    assert "全面完成" in served.archive.report(info.id).text
    visit.end(served)


def test_a_report_is_described_removed_and_brought_back(browser: Browser, served: Running) -> None:
    visit = open_page(browser, served, "reports?words=2024&open=lanjiang-2024")
    page = visit.page
    drawer = page.locator(".yj-drawer")
    drawer.wait_for()
    assert "来自标题" in drawer.inner_text()
    drawer.locator("input[name=year]").fill("二〇二四")
    drawer.get_by_role("button", name="保存", exact=True).click()
    drawer.locator("#wrong-year").wait_for()
    drawer.locator("input[name=year]").fill("2024")
    drawer.locator("input[name=title]").fill("改过的<b>标题</b>")
    drawer.get_by_role("button", name="保存", exact=True).click()
    drawer.locator("h3", has_text="改过的<b>标题</b>").wait_for()
    assert "人工修改" in drawer.inner_text()
    assert served.archive.report("lanjiang-2024").title == "改过的<b>标题</b>"
    drawer.get_by_role("button", name="移除").click()
    undo = page.locator(".yj-undo")
    undo.wait_for()
    assert "lanjiang-2024" not in {info.id for info in served.archive.reports()}
    assert page.locator(".yj-removed summary").inner_text().startswith("已移除 1 份")
    undo.get_by_role("button", name="撤销").click()
    page.locator(".yj-said", has_text="已恢复").wait_for()
    assert "lanjiang-2024" in {info.id for info in served.archive.reports()}
    assert "words=2024" in page.url
    visit.end(served)


def test_a_report_is_erased_only_when_the_words_are_typed(browser: Browser, served: Running) -> None:
    visit = open_page(browser, served, "reports?open=yunze-2023")
    page = visit.page
    page.locator(".yj-drawer").get_by_role("button", name="彻底删除").click()
    page.locator("form[data-act=purge]").wait_for()
    page.locator("input[name=typed]").fill("删除")
    page.locator("form[data-act=purge]").get_by_role("button", name="彻底删除").click()
    page.locator(".yj-said.yj-bad", has_text="没有删除").wait_for()
    assert "yunze-2023" in {info.id for info in served.archive.reports()}
    page.locator("input[name=typed]").fill("彻底删除")
    page.locator("form[data-act=purge]").get_by_role("button", name="彻底删除").click()
    page.locator("#yj-result .yj-said", has_text="已彻底删除").wait_for()
    assert "yunze-2023" not in {
        info.id for info in (*served.archive.reports(), *(one.info for one in served.archive.removed()))
    }
    visit.end(served)


def test_the_ledger_is_filtered_corrected_and_exported(browser: Browser, served: Running, tmp_path: Path) -> None:
    visit = open_page(browser, served, "ledger")
    page = visit.page
    page.locator("input[name=subject]").fill("停车泊位")
    page.locator("input[name=year]").fill("2022")
    page.locator("input[name=place]").fill("澜江区")
    page.locator("input[name=year]").press("Enter")
    row = page.locator(".yj-ledger tbody tr", has_text="1680个")
    row.first.wait_for()
    page.locator(".yj-meant", has_text="停车位").wait_for()
    assert "subject=" in page.url
    row.first.locator("[data-cite]").click()
    marked = page.locator("#yj-source .yj-cited mark").first
    marked.wait_for()
    assert marked.inner_text() == "1680个"
    page.keyboard.press("Escape")
    row.first.locator("[data-act=open]").click()
    dialog = page.locator("form.yj-dialog")
    dialog.locator("input[name=value]").fill("很多")
    dialog.locator("textarea").fill("以次年报告为准")
    dialog.get_by_role("button", name="更正", exact=True).click()
    dialog.locator(".yj-bad", has_text="不是一个带单位的数").wait_for()
    dialog.locator("input[name=value]").fill("1860个")
    dialog.get_by_role("button", name="更正", exact=True).click()
    corrected = page.locator(".yj-ledger tr.yj-corrected")
    corrected.wait_for()
    assert corrected.locator("td").nth(1).inner_text().split("\n") == ["1860个", "原文 1680个", "以次年报告为准"]
    shown = page.locator(".yj-ledger tbody tr").count()
    with page.expect_download() as download:
        page.get_by_role("button", name="导出 Excel").click()
    download.value.save_as(tmp_path / "台账.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "台账.xlsx").active
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert len(rows) == shown
    heads = [cell.value for cell in sheet[1]]
    one = dict(zip(heads, next(row for row in rows if "1680个" in row), strict=True))
    assert (one["数值"], one["原文写法"], one["更正理由"]) == (1860, "1680个", "以次年报告为准")
    page.reload()  # the address has it all
    corrected.wait_for()
    corrected.locator("[data-act=open]").click()
    page.locator("form.yj-dialog").get_by_role("button", name="撤销更正").click()
    page.locator(".yj-said", has_text="已撤销更正").wait_for()
    assert corrected.count() == 0
    visit.end(served)


def test_the_ledger_is_sorted_and_paged_and_the_back_button_goes_back(browser: Browser, served: Running) -> None:
    visit = open_page(browser, served, "ledger?sort=value")
    page = visit.page
    page.locator(".yj-count", has_text="第 1—50 条").wait_for()
    first = page.locator(".yj-ledger tbody tr").first.inner_text()
    page.get_by_role("link", name="下一页").first.click()
    page.locator(".yj-count", has_text="第 51—100 条").wait_for()
    page.get_by_role("link", name="上一页").first.click()
    page.locator(".yj-count", has_text="第 1—50 条").wait_for()
    assert page.locator(".yj-ledger tbody tr").first.inner_text() == first
    page.go_back()
    page.locator(".yj-count", has_text="第 51—100 条").wait_for()
    page.get_by_role("link", name="数值").click()
    page.locator("th[aria-sort=descending]").wait_for()
    visit.end(served)


def test_an_empty_archive_begins_with_the_samples(browser: Browser, empty: Running) -> None:
    visit = open_page(browser, empty, "reports")
    assert visit.page.locator(".yj-notice").inner_text() == "非涉密系统，严禁上传涉密文件"
    assert not visit.page.locator("#yj-find").is_visible()
    visit.page.get_by_role("button", name="先放入示例报告试用").click()
    done(visit.page, "新增 9")
    visit.page.locator(".yj-reports tbody tr").nth(8).wait_for()
    assert visit.page.locator(".yj-samples").count() == 0
    visit.end(empty)


def test_on_a_phone_nothing_is_wider_than_the_page(browser: Browser, served: Running) -> None:
    for path in ("ledger", "reports?open=lanjiang-2023"):
        visit = open_page(browser, served, path, width=390, height=800)
        assert visit.page.evaluate("document.documentElement.scrollWidth <= 390")
        assert visit.page.evaluate("document.querySelector('#yj-body').scrollWidth <= 390")
        visit.end(served)
