"""The pages for staff in a real Chromium: compare, plans, verify, fill; what they save is read back."""

from __future__ import annotations

import csv
import io
import re
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from browsing import Running, Visit, open_visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

OUTPUT = "建筑业总产值"
OF_YUNLING = {"2021年": "42.3", "2022年": "44.5", "2023年": "46.1", "2024年": "47.0"}
PLANTED = "52.3亿元"  # 42.3亿元 in the report
DRAFT = (
    "云岭县住房和城乡建设工作情况\n\n2022年，云岭县建筑业总产值44.5亿元，新增停车泊位462个。"
    f"2021年，云岭县建筑业总产值{PLANTED}。<img src=x onerror=alert(7)>${{alert(8)}}\n"
)


@pytest.fixture
def opened(browser: Browser, served: Running) -> Iterator[Any]:
    """Opens a page of the application; every page opened must have made no error."""
    visits: list[Visit] = []

    def open_page(path: str, width: int = 1366, height: int = 768) -> Visit:
        visits.append(open_visit(browser, served, width, height, path=path))
        visits[-1].page.locator("#yj-form form").wait_for()
        return visits[-1]

    yield open_page
    for visit in visits:
        visit.end(served)


def choose(page: Page, typed: str, name: str = "s") -> None:
    """Types into a box and takes the first suggestion by keyboard."""
    box = page.locator(f"#yj-combo-{name}")
    box.click()
    box.press_sequentially(typed, delay=10)
    page.locator(f"#yj-options-{name} [role=option]:not([hidden])", has_text=typed).first.wait_for()
    box.press("ArrowDown")
    box.press("Enter")


def saved(page: Page, button: str, folder: Path) -> Path:
    """The file that a button of the page makes and saves."""
    with page.expect_download() as download:
        page.get_by_role("button", name=button, exact=True).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_an_indicator_is_found_compared_and_saved_as_word(opened: Any, served: Running, tmp_path: Path) -> None:
    import docx

    page = opened("compare").page
    assert page.locator("[data-try]").count() == 3
    choose(page, "建筑业总")
    choose(page, "云岭", "p")
    page.locator("#yj-form button[type=submit]").click()
    rows = page.locator(".yj-block tbody tr")
    rows.first.wait_for()
    shown = {row.locator("td").first.inner_text(): row.locator(".yj-open").inner_text() for row in rows.all()}
    assert shown == OF_YUNLING
    change = Decimal("44.5") - Decimal("42.3")
    assert f"+{change}" in rows.nth(1).inner_text()
    assert page.locator(".yj-chart circle.result").count() == len(OF_YUNLING)
    rows.nth(1).locator(".yj-open").click()
    page.locator("#yj-source .yj-cited", has_text="建筑业总产值44.5亿元").wait_for()
    assert page.locator("#yj-source mark").all_inner_texts() == ["44.5亿元"]
    page.keyboard.press("Escape")
    page.get_by_role("button", name="加入草稿").click()
    page.locator("#yj-keep-title").fill("产值材料")
    page.locator("[data-keep] button").click()
    page.locator("#yj-saved", has_text="已加入《产值材料》").wait_for()
    kept = served.archive.basket.get("", served.archive.basket.list("")[0].id, seen=served.archive).content[0]
    assert (kept.kind, kept.content["subjects"], kept.content["places"]) == ("comparison", [OUTPUT], ["云岭县"])
    path = saved(page, "Word", tmp_path)
    assert path.name.endswith("建筑业总产值情况对比.docx")
    table = docx.Document(str(path)).tables[0]
    held = {line.cells[0].text: line.cells[1].text for line in table.rows[1:]}
    assert {when: Decimal(value) for when, value in held.items()} == {
        when: Decimal(value) for when, value in OF_YUNLING.items()
    }
    texts = " ".join(served.archive.report(report.id).text for report in served.archive.reports())
    assert all(f"建筑业总产值{value}亿元" in texts for value in OF_YUNLING.values())


def test_the_address_keeps_the_choice_over_reload_and_back(opened: Any, tmp_path: Path) -> None:
    page = opened(f"compare?s={OUTPUT}&p=云岭县&from=2021&to=2022").page
    rows = page.locator(".yj-block tbody tr")
    rows.first.wait_for()
    assert rows.count() == 2
    page.locator('[data-pick="p"] .yj-untag').click()
    page.locator("#yj-form button[type=submit]").click()
    page.locator(".yj-block tbody th", has_text="澜江区").first.wait_for()
    assert parse_qs(urlsplit(page.url).query) == {"s": [OUTPUT], "from": ["2021"], "to": ["2022"]}
    page.go_back()
    page.wait_for_function("document.querySelectorAll('.yj-block tbody tr').length === 2")
    assert page.locator('[data-pick="p"] .yj-tag').inner_text().startswith("云岭县")
    page.reload()
    page.wait_for_function("document.querySelectorAll('.yj-block tbody tr').length === 2")
    path = saved(page, "CSV", tmp_path)
    table = list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"))))
    assert [(row["时期"], row["数值"]) for row in table] == [("2021年", "42.3"), ("2022年", "44.5")]


def test_what_is_not_held_is_said_and_the_nearest_offered(opened: Any) -> None:
    page = opened("compare?s=航天发射次数").page
    page.locator(".yj-said", has_text="没有“航天发射次数”的数").wait_for()
    assert page.locator("text=Word").count() == 0
    page.goto(page.url.split("?")[0] + f"?s={OUTPUT}&p=火星")
    page.locator(".yj-bad", has_text="档案中没有“火星”的报告").wait_for()


def test_plans_show_status_and_both_sources_and_can_be_filtered(opened: Any, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    page = opened("plans").page
    page.locator('[name="office"]').select_option(label="云岭县住房和城乡建设局")
    plans = page.locator('[name="plan"] option:not([disabled])').all_inner_texts()
    assert plans[0] == "2024年计划：2023年报告 → 2024年报告"
    page.locator('[name="numbers"]').check()
    page.locator("#yj-form button[type=submit]").click()
    row = page.locator(".yj-plans tbody tr", has_text="600套以上")
    row.wait_for()
    assert "638套" in row.inner_text()
    assert "106.3%" in row.inner_text()
    assert row.locator(".yj-state").inner_text().endswith("超额完成")
    for number, said in ((0, "600套以上"), (1, "638套")):
        row.locator(".yj-open").nth(number).click()
        page.locator("#yj-source mark", has_text=said.removesuffix("以上")).wait_for()
    page.keyboard.press("Escape")
    page.locator('[data-only="missed"]').click()
    visible = page.locator(".yj-plans tbody tr:not([hidden])")
    assert {"".join(text.split()) for text in visible.locator(".yj-state").all_inner_texts()} == {"✕未完成"}
    path = saved(page, "Excel", tmp_path)
    lines = list(load_workbook(path).active.iter_rows(values_only=True))
    line = next(line for line in lines if "600套以上" in line)
    assert {"638套", "超额完成"} <= set(line)
    assert "plan=" in page.url


def test_a_wrong_number_of_a_draft_is_shown_with_its_source(opened: Any, served: Running, tmp_path: Path) -> None:
    import docx

    draft = tmp_path / "情况<b>.txt"
    draft.write_text(DRAFT, encoding="utf-8")
    page = opened("verify").page
    assert "严禁上传涉密文件" in page.locator(".yj-notice").inner_text()
    page.locator("input[type=file]").set_input_files(draft)
    page.locator(".yj-verified").wait_for()
    assert "${alert(8)}" in page.locator(".yj-draft").inner_text()
    wrong = page.locator(".yj-checks li[data-kind=contradicts]")
    assert wrong.count() == 1
    assert "档案写的是 42.3亿元" in wrong.inner_text()
    page.locator(".yj-num", has_text=PLANTED).click()
    assert wrong.get_attribute("aria-current") == "true"
    wrong.locator(".yj-open").click()
    page.locator("#yj-source mark", has_text="42.3亿元").wait_for()
    page.keyboard.press("Escape")
    page.locator('[data-only="contradicts"]').click()
    assert page.locator(".yj-checks li:not([hidden])").count() == 1
    with page.expect_download() as download:
        page.locator(".yj-file", has_text="批注").click()
    copy = tmp_path / "copy.docx"
    download.value.save_as(copy)
    comments = [comment.text for comment in docx.Document(str(copy)).comments]
    assert len(comments) == 3
    assert sum("不符" in comment and "42.3亿元" in comment for comment in comments) == 1


def test_a_table_is_filled_and_says_why_a_cell_is_empty(opened: Any, tmp_path: Path) -> None:
    from openpyxl import Workbook, load_workbook

    book = Workbook()
    sheet = book.active
    for line in (["指标", "单位", "2021年", "2022年"], [OUTPUT, "亿元"], ["地铁运营里程", "公里"]):
        sheet.append(line)
    table = tmp_path / "年报.xlsx"
    book.save(table)
    page = opened("fill").page
    page.locator('[name="place"]').select_option("云岭县")
    page.locator("input[type=file]").set_input_files(table)
    page.locator(".yj-filled").wait_for()
    assert [page.locator(f'[data-cell="{cell}"]').inner_text() for cell in ("C2", "D2")] == ["42.3", "44.5"]
    assert "没有找到" in (page.locator('[data-cell="C3"]').get_attribute("title") or "")
    page.locator('[data-cell="D2"] .yj-open').click()
    page.locator("#yj-source mark", has_text="44.5亿元").wait_for()
    page.keyboard.press("Escape")
    with page.expect_download() as download:
        page.locator(".yj-file").click()
    assert download.value.suggested_filename == "年报-已填.xlsx"
    download.value.save_as(tmp_path / "out.xlsx")
    filled = load_workbook(tmp_path / "out.xlsx")
    cells = filled.worksheets[0]
    assert [cells["C2"].value, cells["D2"].value, cells["C3"].value] == [42.3, 44.5, None]
    assert "建筑业总产值44.5亿元" in cells["D2"].comment.text


@pytest.mark.parametrize(
    ("path", "name", "content", "said"),
    [
        ("verify", "稿.pdf", b"%PDF-1.4", "稿.pdf 不是 .docx、.txt 或 .md"),
        ("verify", "稿.docx", b"no zip", "稿.docx 打不开"),
        ("verify", "空.txt", b" \n", "空.txt 里没有文字"),
        ("fill", "表.csv", b"a,b", "表.csv 不是 .xlsx"),
        ("fill", "表.xlsx", b"no zip", "表.xlsx"),
    ],
)
def test_a_bad_file_is_a_sentence_and_leaves_nothing(
    opened: Any, served: Running, path: str, name: str, content: bytes, said: str
) -> None:
    page = opened(path).page
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "text/plain", "buffer": content})
    message = page.locator("#yj-result .yj-bad")
    message.wait_for()
    assert said in message.inner_text()
    assert "/tmp" not in message.inner_text()
    assert page.locator(".yj-drop").is_visible()
    until = time.monotonic() + 5
    while (left := list(Path(gettempdir()).glob(f"youju-*/*/{name}"))) and time.monotonic() < until:
        time.sleep(0.05)
    assert left == []


def test_the_pages_fit_a_phone_and_come_soon(opened: Any) -> None:
    started = time.perf_counter()
    page = opened(f"compare?s={OUTPUT}", 390, 844).page
    page.locator(".yj-block tbody tr").first.wait_for()
    assert time.perf_counter() - started < 8
    for path in ("compare", "plans", "verify", "fill"):
        if path != "compare":
            page = opened(path, 390, 844).page
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
        assert re.search(r"[\u4e00-\u9fff]", page.locator("#yj-form").inner_text())
