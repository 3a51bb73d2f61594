"""On a page 390 pixels wide: filters are folded away and come back, rows of wide tables are cards, nothing is cut off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from browsing import Running, Visit, open_visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


@pytest.fixture
def phone(browser: Browser, served: Running) -> Iterator[Visit]:
    opened = open_visit(browser, served, 390, 844, path="ledger")
    yield opened
    opened.end(served)


def cut_off(visit: Visit) -> list[str]:
    """What is wider than the page, or scrolls sideways."""
    return visit.page.evaluate(
        """() => [...document.querySelectorAll('html, .yj-scroll')]
             .filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.className || one.tagName)"""
    )


@pytest.mark.parametrize(("path", "first", "folded"), [("ledger", "subject", "place"), ("reports", "words", "year")])
def test_filters_are_folded_away_and_those_that_are_asked_are_in_sight(
    phone: Visit, served: Running, path: str, first: str, folded: str
) -> None:
    page = phone.page
    page.goto(served.address + path)
    more = page.locator("[data-fold]")
    more.wait_for()
    page.locator(".yj-cards tbody tr").first.wait_for()
    assert page.locator(f".yj-sift [name={first}]").is_visible()
    assert not page.locator(f".yj-sift [name={folded}]").is_visible()
    more.press("Enter")
    assert more.get_attribute("aria-expanded") == "true"
    assert page.locator(f".yj-sift [name={folded}]").is_visible()
    more.press("Enter")
    assert not page.locator(f".yj-sift [name={folded}]").is_visible()
    page.goto(f"{served.address}{path}?{folded}=2023")
    page.locator(f".yj-sift [name={folded}]").wait_for()
    assert page.locator(f".yj-sift [name={folded}]").input_value() == "2023"


def test_a_row_of_a_wide_table_is_a_card(phone: Visit, served: Running) -> None:
    page = phone.page
    row = page.locator(".yj-ledger tbody tr").first
    row.wait_for()
    subject, number = (row.locator("td").nth(at).bounding_box() for at in (0, 1))
    assert subject is not None
    assert number is not None
    assert abs(subject["y"] - number["y"]) < 8  # the figure beside what it counts
    assert number["x"] + number["width"] <= 390
    assert row.locator("td").nth(5).is_visible()
    assert cut_off(phone) == []
    page.goto(served.address + "reports")
    card = page.locator(".yj-reports tbody tr", has_text="澜江区城乡建设局2023年工作总结").first
    card.wait_for()
    assert "数字" in card.locator("td").nth(5).evaluate("one => getComputedStyle(one, '::before').content")
    assert cut_off(phone) == []
    page.goto(served.address + "audit")
    page.locator(".yj-audit, .yj-next").first.wait_for()
    assert cut_off(phone) == []


def test_a_plan_is_a_card_that_says_what_was_planned_and_done(phone: Visit, served: Running) -> None:
    page = phone.page
    page.goto(served.address + "plans")
    page.locator("form[data-form=plans] button[type=submit]").click()
    card = page.locator(".yj-plans tbody tr").first
    card.wait_for()
    labels = [card.locator("td").nth(at).evaluate("one => getComputedStyle(one, '::before').content") for at in (1, 2)]
    assert ["计划" in labels[0], "实际" in labels[1]] == [True, True]
    assert not page.locator(".yj-plans thead").is_visible()
    assert cut_off(phone) == []


def test_a_wide_page_has_all_filters_and_a_table(browser: Browser, served: Running) -> None:
    wide = open_visit(browser, served, path="ledger")
    wide.page.locator(".yj-ledger tbody tr").first.wait_for()
    assert wide.page.locator(".yj-sift [name=place]").is_visible()
    assert not wide.page.locator("[data-fold]").is_visible()
    assert (
        wide.page.locator(".yj-ledger tbody tr").first.evaluate("one => getComputedStyle(one).display") == "table-row"
    )
    wide.end(served)
