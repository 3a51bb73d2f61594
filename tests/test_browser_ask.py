"""The page 问答 and the page 草稿 in a real Chromium: ask, open the source, narrow, look back, put into a draft, export."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import Running, Visit, open_visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator

pytestmark = pytest.mark.browser

SEIZED = "2023年累计查扣燃气行业违规气瓶多少个？"
HOSTILE = "<img src=x onerror=alert(9)>${alert(8)}{{value}}查扣气瓶多少个？"


@pytest.fixture(autouse=True)
def nothing_kept(served: Running) -> Iterator[None]:
    """Each test begins and ends without history and drafts."""
    forget(served)
    yield
    forget(served)


def forget(served: Running) -> None:
    served.archive.history.delete_all("")
    for draft in served.archive.basket.list(""):
        served.archive.basket.delete("", draft.id)


def toast(visit: Visit) -> Locator:
    """The line that confirms what was done."""
    return visit.page.locator(".yj-toast.yj-on")


def entries(visit: Visit) -> Locator:
    """The questions in the drawer of the history, which is opened."""
    if not visit.page.locator("#yj-past").is_visible():
        visit.page.locator("#yj-history-open").click()
    visit.page.locator("#yj-entries li, #yj-entries .yj-none").first.wait_for()
    return visit.page.locator(".yj-entry span")


def test_a_question_leads_to_the_sentence_in_its_report(visit: Visit) -> None:
    visit.ask(SEIZED)
    assert visit.answer.locator(".yj-headline b").inner_text() == "449"
    visit.answer.locator(".yj-cite").last.click()
    cited = visit.page.locator("#yj-source .yj-cited").filter(has_text="从中查扣黑气瓶390个")
    cited.wait_for()
    assert visit.page.locator("#yj-source mark").all_inner_texts() == ["59个", "390个"]
    room, box = visit.page.locator("#yj-source .yj-context").bounding_box(), cited.bounding_box()
    assert room is not None
    assert box is not None
    assert room["y"] <= box["y"] <= room["y"] + room["height"] - box["height"]


def test_how_a_follow_up_was_understood_can_be_changed_and_asked(visit: Visit) -> None:
    visit.ask("澜江区2023年新建污水管道多少公里？")
    visit.ask("那2022年呢？")
    assert "理解为：澜江区2022年新建污水管道多少公里？" in visit.answer.inner_text()
    assert visit.answer.locator(".yj-headline b").inner_text() == "26.7"
    visit.answer.locator(".yj-edit").click()
    box = visit.page.locator("#yj-box textarea")
    assert box.input_value() == "澜江区2022年新建污水管道多少公里？"
    visit.ask("澜江区2021年新建污水管道多少公里？")
    assert visit.answer.locator(".yj-understood").count() == 0
    box.press("ArrowUp")
    assert box.input_value() == "澜江区2021年新建污水管道多少公里？"
    box.press("ArrowUp")
    assert box.input_value() == "那2022年呢？"
    box.press("ArrowDown")
    box.press("ArrowDown")
    assert box.input_value() == ""


def test_a_masked_figure_offers_the_years_that_state_it(visit: Visit) -> None:
    visit.ask("云岭县2022年上半年供热面积多少？")
    assert "yj-masked" in visit.answer.get_attribute("class")
    assert "*" in visit.answer.locator(".yj-headline b").inner_text()
    visit.answer.locator(".yj-ask", has_text="2022年供热面积").click()
    visit.page.locator(".yj-turn").nth(1).locator(".yj-answer").wait_for()
    assert visit.answer.locator(".yj-headline b").inner_text() == "548"


def test_what_is_not_held_offers_what_is(visit: Visit) -> None:
    visit.ask("云岭县2024年查扣违规气瓶多少个？")
    assert "yj-not_found" in visit.answer.get_attribute("class")
    assert visit.answer.locator(".yj-number").count() == 0
    visit.answer.locator(".yj-ask", has_text="澜江区2023年").click()
    visit.page.locator(".yj-turn").nth(1).locator(".yj-answer").wait_for()
    assert visit.answer.locator(".yj-headline b").inner_text() == "449"


def test_of_several_places_one_is_chosen_by_its_row(visit: Visit) -> None:
    visit.ask("新增停车泊位多少个？")
    assert "yj-ambiguous" in visit.answer.get_attribute("class")
    rows = visit.answer.locator(".yj-pick")
    assert [row.split()[0] for row in rows.all_inner_texts()] == ["云岭县", "澜江区"]
    rows.nth(1).press("Enter")
    visit.page.locator(".yj-turn").nth(1).locator(".yj-answer").wait_for()
    assert visit.page.locator(".yj-question").last.inner_text() == "澜江区新增停车泊位多少个？"
    assert visit.answer.locator(".yj-headline").count() == 1
    assert "澜江区" in visit.answer.locator(".yj-facts").first.inner_text()


def test_reports_that_disagree_stand_side_by_side(visit: Visit) -> None:
    visit.ask("澜江区2022年新增停车泊位多少个？")
    assert "两份报告写得不一样" in visit.answer.inner_text()
    assert visit.answer.locator(".yj-versus > li > .yj-headline b").all_inner_texts() == ["1680", "1860"]


def test_a_comparison_is_a_table_whose_cells_open_their_sentences(visit: Visit) -> None:
    visit.ask("澜江区2022年和2023年新建污水管道各多少公里，增加多少？")
    assert visit.answer.locator(".yj-figures tbody tr").all_inner_texts() == ["2022年\t26.7公里", "2023年\t18.9公里"]
    assert "减少7.8公里" in visit.answer.locator(".yj-text").inner_text()
    visit.answer.locator(".yj-cell").nth(1).click()
    visit.page.locator("#yj-source mark", has_text="18.9公里").wait_for()
    visit.ask("澜江区2023年计划完成得怎么样？")
    row = visit.answer.locator(".yj-figures tr", has_text="污水管道").first
    assert row.inner_text().split("\t") == ["污水管道", "20公里", "18.9公里", "部分完成"]


def test_a_question_is_kept_to_what_is_chosen_and_says_so(visit: Visit) -> None:
    visit.page.locator("details.yj-scope summary").click()
    visit.page.locator('select[data-sort="office"]').select_option("云岭县住房和城乡建设局")
    visit.page.locator('select[data-sort="year"]').select_option("2023")
    assert visit.page.locator(".yj-chosen button").all_inner_texts() == ["2023年", "云岭县住房和城乡建设局"]
    visit.ask("新增停车泊位多少个？")
    assert visit.answer.locator(".yj-headline b").inner_text() == "480"
    foot = visit.answer.locator(".yj-foot").inner_text()
    assert "检索了 1 份报告" in foot
    assert "只查了：2023年、云岭县住房和城乡建设局" in foot
    visit.page.locator(".yj-chosen button").first.click()
    assert visit.page.locator(".yj-chosen button").all_inner_texts() == ["云岭县住房和城乡建设局"]
    visit.answer.locator(".yj-widen").click()
    visit.page.locator(".yj-turn").nth(1).locator(".yj-answer").wait_for()
    assert "yj-ambiguous" in visit.answer.get_attribute("class")
    assert visit.page.locator(".yj-chosen button").count() == 0


def test_an_answer_is_copied_with_its_source_with_and_without_a_clipboard(visit: Visit) -> None:
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit.ask("澜江区2023年新建污水管道多少公里？")
    visit.answer.locator("xpath=..").locator("[data-copy]").click()
    toast(visit).filter(has_text="已复制").wait_for()
    copied = visit.page.evaluate("navigator.clipboard.readText()").splitlines()
    assert copied[0].startswith("18.9公里")
    assert copied[-1] == (
        "《澜江区城乡建设局2024年工作总结》一、2024年工作总结 › （四）主要指标两年对照："
        "“新建污水管道 | 公里 | 18.9 | 20.3 | 1.4”"
    )
    visit.page.evaluate("navigator.clipboard.writeText('')")
    visit.page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")  # over plain http
    visit.answer.locator("xpath=..").locator("[data-copy]").press("Enter")
    visit.page.locator("#yj-box textarea").focus()
    visit.page.keyboard.press("Control+V")
    assert visit.page.locator("#yj-box textarea").input_value().startswith("18.9公里")


def test_an_answer_is_judged_with_a_reason_by_keys_alone(visit: Visit, served: Running) -> None:
    visit.ask(SEIZED)
    before = len(served.archive.feedback.all())
    down = visit.page.locator(".yj-down")
    down.press("Enter")
    visit.page.keyboard.press("Space")  # the first reason has the focus
    visit.page.keyboard.press("Tab")
    visit.page.keyboard.type("应当是450个")
    visit.page.keyboard.press("Enter")
    toast(visit).filter(has_text="已记下").wait_for()
    kept = served.archive.feedback.all()[before:]
    assert [(one.verdict.value, one.question, one.reason) for one in kept] == [
        ("down", SEIZED, "数字不对：应当是450个")
    ]
    assert kept[0].told["figures"][0]["value"] == "449"
    assert down.get_attribute("aria-pressed") == "true"
    down.click()
    visit.page.keyboard.press("Escape")
    assert not visit.page.locator(".yj-judge").is_visible()
    assert visit.page.locator("#yj-right").is_visible()  # Escape closed the topmost only


def test_what_was_asked_is_found_shown_again_deleted_and_taken_back(visit: Visit) -> None:
    visit.ask(SEIZED)
    visit.page.locator("#yj-clear").click()
    visit.page.locator(".yj-welcome").wait_for()
    visit.ask("澜江区2023年新建污水管道多少公里？")
    assert entries(visit).all_inner_texts() == ["澜江区2023年新建污水管道多少公里？", SEIZED]
    visit.page.locator("#yj-history-words").fill("气瓶")
    visit.page.wait_for_function("document.querySelectorAll('.yj-entry').length === 1")
    visit.page.locator(".yj-entry").click()
    visit.page.locator(".yj-question", has_text=SEIZED).wait_for()
    assert visit.answer.locator(".yj-headline b").inner_text() == "449"
    assert visit.page.locator(".yj-turn").count() == 1
    visit.page.locator(".yj-forget").click()
    toast(visit).filter(has_text="已删除").wait_for()
    assert visit.page.locator(".yj-turn").count() == 0
    toast(visit).locator("[data-back]").click()
    toast(visit).filter(has_text="已恢复").wait_for()
    visit.page.locator(".yj-question", has_text=SEIZED).wait_for()
    visit.page.locator(".yj-all-open").click()
    visit.page.locator(".yj-all-yes").click()
    toast(visit).filter(has_text="已删除2条").wait_for()
    assert visit.page.locator("#yj-entries").inner_text().strip().startswith("没有含“气瓶”")
    visit.page.keyboard.press("Escape")
    assert not visit.page.locator("#yj-past").is_visible()


def test_history_is_not_shown_once_its_report_is_gone(visit: Visit, served: Running) -> None:
    visit.ask(SEIZED)
    visit.page.locator("#yj-source .yj-cited").wait_for()
    served.archive.remove("lanjiang-2023")
    try:
        visit.ask("哪几年提到装配式建筑？")
        assert "现在不能查看" in visit.page.locator(".yj-turn").first.inner_text()
        assert "449" not in visit.page.locator("#yj-thread").inner_text()
        assert entries(visit).all_inner_texts() == ["哪几年提到装配式建筑？"]
    finally:
        served.archive.restore("lanjiang-2023")


def test_a_reload_on_the_way_the_back_button_and_a_second_enter_lose_and_double_nothing(visit: Visit) -> None:
    box = visit.page.locator("#yj-box textarea")
    box.fill(SEIZED)
    with visit.page.expect_request(lambda request: "/ask?" in request.url and "气瓶" in (request.post_data or "")):
        box.press("Enter")
        box.press("Enter")
    visit.page.reload()
    visit.page.locator(".yj-turn .yj-answer").wait_for()
    visit.errors.clear()  # the browser's own lines on what the reload broke off
    assert visit.page.locator(".yj-question").all_inner_texts() == [SEIZED]
    assert box.input_value() == ""
    visit.page.goto(visit.page.url + "drafts")
    visit.page.locator("#yj-drafts .yj-nothing").wait_for()
    visit.page.go_back()
    visit.page.locator(".yj-turn .yj-answer").wait_for()
    assert visit.page.locator(".yj-question").all_inner_texts() == [SEIZED]
    visit.ask("那2022年呢？")
    assert "理解为" in visit.answer.inner_text()  # the restored turn is what it follows
    visit.page.locator(".yj-language").click()
    visit.page.locator(".yj-turn .yj-answer").nth(1).wait_for()
    assert visit.page.locator("#yj-history-open").inner_text() == "History"
    kept = json.loads(visit.page.evaluate("JSON.stringify({...sessionStorage})"))
    assert list(kept) == ["yj-talk"]


def test_a_question_that_cannot_be_sent_and_a_half_written_one_come_back_into_the_box(
    browser: Browser, served: Running
) -> None:
    visit = open_visit(browser, served)
    visit.page.locator(".yj-welcome .yj-ask").first.wait_for()
    visit.page.route("**/ask?*", lambda route: route.abort(), times=1)
    box = visit.page.locator("#yj-box textarea")
    box.fill(SEIZED)
    box.press("Enter")
    toast(visit).filter(has_text="没有送到").wait_for()
    assert box.input_value() == SEIZED
    assert visit.page.locator(".yj-turn").count() == 0
    visit.page.reload()
    visit.page.wait_for_function("(document.querySelector('#yj-box textarea') || {}).value")
    assert box.input_value() == SEIZED
    assert "气瓶" not in visit.page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, history.state])")
    visit.page.context.close()


def test_answers_become_a_word_document_in_the_order_given(visit: Visit, tmp_path: Path) -> None:
    from docx import Document

    visit.ask(SEIZED)
    pick = visit.page.locator('[data-act="pick"]').last
    pick.press("Enter")
    visit.page.locator(".yj-newdraft input:focus").wait_for()
    for _ in range(4):
        visit.page.keyboard.press("Tab")  # the focus stays within the panel
    assert visit.page.evaluate("Boolean(document.activeElement.closest('.yj-pickdraft'))")
    visit.page.keyboard.press("Escape")
    assert not visit.page.locator(".yj-pickdraft").is_visible()
    assert pick.evaluate("one => one === document.activeElement")
    pick.press("Enter")
    visit.page.locator(".yj-newdraft input").fill("给领导的数")
    visit.page.locator(".yj-newdraft input").focus()
    visit.page.keyboard.press("Enter")
    toast(visit).filter(has_text="已加入《给领导的数》").wait_for()
    visit.ask("澜江区2022年和2023年新建污水管道各多少公里，增加多少？")
    visit.page.locator('[data-act="pick"]').last.click()
    visit.page.locator(".yj-into", has_text="给领导的数").press("Enter")
    toast(visit).locator("a").click()
    items = visit.page.locator(".yj-items strong")
    items.nth(1).wait_for()
    visit.page.locator('.yj-items li [data-event="up"]').nth(1).press("Enter")
    visit.page.locator(".yj-items li").first.filter(has_text="污水管道").wait_for()
    with visit.page.expect_download() as waiting:
        visit.page.locator('[data-kind="docx"]').click()
    assert waiting.value.suggested_filename == "给领导的数.docx"
    written = Document(BytesIO(Path(waiting.value.path()).read_bytes()))
    text = [paragraph.text for paragraph in written.paragraphs if paragraph.text]
    assert text[0] == "给领导的数"
    headings = [line for line in text if line.startswith(("一、", "二、"))]
    assert headings == [f"一、{items.first.inner_text()}", f"二、{SEIZED}"]
    said = "".join(text)
    assert "449个" in said
    assert "减少7.8公里" in said
    assert "footnotes" in {
        part.partname.split("/")[-1].removesuffix(".xml") for part in written.part.package.iter_parts()
    }


def test_a_draft_is_renamed_emptied_and_deleted_and_a_wrong_step_taken_back(visit: Visit, served: Running) -> None:
    basket = served.archive.basket
    draft = basket.new("", "旧名")
    for question in (SEIZED, HOSTILE):
        basket.add("", draft, "answer", {"kind": "answer", "question": question, "said": HOSTILE})
    visit.page.goto(f"{visit.page.url}drafts?draft={draft}")
    visit.page.locator(".yj-items li").nth(1).wait_for()
    assert HOSTILE in visit.page.locator(".yj-items").inner_text()
    assert visit.page.locator("#yj-drafts img").count() == 0
    visit.page.locator('form[data-event="rename"] input').fill("<b>新名</b>")
    visit.page.keyboard.press("Enter")
    visit.page.locator(".yj-tell", has_text="已改名为《<b>新名</b>》").wait_for()
    visit.page.locator('[data-event="remove"]').first.click()
    visit.page.locator(".yj-items li").nth(1).wait_for(state="detached")
    visit.page.locator('[data-event="back"]').click()
    visit.page.locator(".yj-items li").nth(1).wait_for()
    assert visit.page.locator(".yj-items strong").all_inner_texts() == [SEIZED, HOSTILE]
    visit.page.locator('[data-event="sure"]').click()
    visit.page.keyboard.press("Escape")
    visit.page.locator(".yj-asked").wait_for(state="detached")
    visit.page.locator('[data-event="sure"]').click()
    visit.page.locator('[data-event="delete"]').click()
    visit.page.locator(".yj-nothing").wait_for()
    assert "在“问答”里答出数字后" in visit.page.locator(".yj-nothing").inner_text()
    assert basket.list("") == ()


def test_what_is_typed_is_shown_as_text_in_the_history_too(visit: Visit) -> None:
    visit.ask(HOSTILE)
    assert visit.page.locator(".yj-question").inner_text() == HOSTILE
    assert entries(visit).all_inner_texts() == [HOSTILE]
    assert visit.page.locator("#yj-thread img, #yj-past img").count() == 0
    visit.page.locator("#yj-history-words").fill("<script>alert(1)</script>${alert(2)}")
    visit.page.locator(".yj-none", has_text="<script>alert(1)</script>${alert(2)}").wait_for()


def test_the_first_paint_does_not_wait_for_the_examples(browser: Browser, served: Running) -> None:
    painted = []
    for _ in range(3):
        visit = open_visit(browser, served)
        visit.page.locator(".yj-welcome .yj-ask").first.wait_for()
        paints = "performance.getEntriesByName('first-contentful-paint').map((one) => one.startTime)"
        painted += visit.page.evaluate(paints)
        visit.page.context.close()
    if os.getloadavg()[0] > 2 * (os.cpu_count() or 1):
        pytest.skip(f"the machine is busy with other work: painted after {min(painted):.0f} ms")
    assert min(painted) <= 1500, painted
