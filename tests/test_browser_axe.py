"""axe-core over every page in both languages, light and dark, in the states that hold most: nothing serious is found.

What Gradio itself writes is excepted by name in `OF_GRADIO`, each with its reason; nothing of ours may stand there.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest
from browsing import Running, Visit, open_visit

from assistant.types import Language
from ui.pages import ASK, COMPARE, LEDGER, PAGES, PLANS, REPORTS, Page, address_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
RUN = "axe.run(document, { resultTypes: ['violations'] })"
GRAVE = {"serious", "critical"}
OF_GRADIO: Mapping[str, str] = {}  # rule → why it is left: none of Gradio 6.31's pages breaks one that is grave
OUTPUT = "建筑业总产值"
ASKED = (
    "2023年累计查扣燃气行业违规气瓶多少个？",  # a figure with parts
    "澜江区2023年完成投资多少？",  # masked
    "云岭县2024年查扣违规气瓶多少个？",  # not held
    "澜江区2022年新增停车泊位多少个？",  # two reports disagree
    "澜江区2022年和2023年新建污水管道各多少公里，增加多少？",  # a table
)


def graves(visit: Visit) -> list[str]:
    """What axe finds that is serious or critical: the rule and the first place."""
    visit.page.evaluate(AXE)
    found: dict[str, Any] = visit.page.evaluate(RUN)
    return [
        f"{one['id']}: {one['nodes'][0]['target']} {one['nodes'][0]['html'][:160]}"
        for one in found["violations"]
        if one["impact"] in GRAVE and one["id"] not in OF_GRADIO
    ]


def test_what_axe_calls_grave_is_found(browser: Browser, served: Running) -> None:
    visit = open_visit(browser, served, path="account")
    visit.page.locator(".yj-page h2").first.wait_for()
    visit.page.evaluate("""() => document.querySelector('.yj-page').insertAdjacentHTML('beforeend',
        '<button id="nameless"></button><p style="color:#ccc;background:#fff">澜江区</p>')""")
    assert {one.split(":")[0] for one in graves(visit)} == {"button-name", "color-contrast"}
    visit.end(served)


@pytest.mark.parametrize("language", list(Language))
def test_every_page_is_without_grave_faults(browser: Browser, served: Running, language: Language) -> None:
    filled = {COMPARE: f"?s={OUTPUT}", PLANS: "?plan=yunling-2023", REPORTS: "?open=lanjiang-2023"}
    there = {
        ASK: ".yj-welcome .yj-ask",
        COMPARE: ".yj-chart svg",
        PLANS: ".yj-plans tbody tr",
        LEDGER: ".yj-ledger tbody tr",
        REPORTS: ".yj-drawer",
    }
    visit = open_visit(browser, served, path=address_of(PAGES[1], language).strip("/"))
    found: dict[Page, list[str]] = {}
    for page in PAGES:
        visit.page.goto(served.address + address_of(page, language).lstrip("/") + filled.get(page, ""))
        visit.page.locator(there.get(page, ".yj-page h2")).first.wait_for()
        visit.page.locator("#yj-header .yj-menu").wait_for()
        if faults := graves(visit):
            found[page] = faults
    assert found == {}
    # Gradio says so where a page is left before all of it has come.
    visit.errors = [one for one in visit.errors if "abort" not in one and "errored out" not in one]
    visit.end(served)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_answers_drawers_and_dialogs_are_without_grave_faults(browser: Browser, served: Running, scheme: str) -> None:
    visit = open_visit(browser, served)
    visit.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    visit.page.reload()
    visit.page.locator(".yj-welcome .yj-ask").first.wait_for()
    assert visit.page.evaluate("document.body.classList.contains('dark')") == (scheme == "dark")
    for question in ASKED:
        visit.ask(question)
    visit.page.locator("#yj-source .yj-cited").wait_for()
    assert graves(visit) == []
    visit.page.locator("details.yj-scope summary").click()
    visit.page.locator("#yj-history-open").click()
    visit.page.locator(".yj-entry").first.wait_for()
    assert graves(visit) == []
    visit.page.goto(f"{served.address}ledger?subject=停车泊位")
    visit.page.locator(".yj-ledger [data-act=open]").first.click()
    visit.page.locator("form.yj-dialog textarea").wait_for()
    assert graves(visit) == []
    visit.errors = [one for one in visit.errors if "abort" not in one and "errored out" not in one]
    visit.end(served)
