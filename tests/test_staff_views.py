"""What the pages for staff are rendered from: suggestions, choices, tables, marked drafts, filled tables."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from assistant.chain import ChainSteps
from assistant.checking.draft_text import open_draft
from assistant.compare import Request, compare
from assistant.fill import fill_table, sheets_of
from assistant.types import Language
from assistant.verify import verify
from indexer.archive import Archive
from indexer.build import index_paths
from indexer.errors import ExportError, QuestionError, ReadError, StoppedError
from indexer.ledger_subjects import LedgerSubject
from indexer.types import Visibility
from indexer.viewer import Role, Viewer
from ui.compare_choice import Choice, choice_of, comparisons_of
from ui.compare_subjects import KnownSubjects, options_html
from ui.compare_view import SHOWN, comparisons_html, form_html
from ui.comparison import remark
from ui.comparison_files import comparison_file
from ui.fill_view import filled_html
from ui.plan_files import plans_file
from ui.plans_desk import ReviewShelf, told_pairs
from ui.plans_view import review_html
from ui.stepped import Step, Stepped, Tell
from ui.verify_files import list_sheet, verified_files
from ui.verify_view import verified_html

ZH = Language.CHINESE
HOSTILE = "澜江区<img src=x onerror=alert(1)>${alert(2)}{{value}}"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, corpus: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path_factory.mktemp("staff") / "archive", create=True) as opened:
        index_paths(opened, [corpus])
        yield opened


@pytest.fixture(scope="module")
def known(archive: Archive) -> KnownSubjects:
    return KnownSubjects(archive)


def test_the_ledger_counts_the_years_and_places_of_a_subject(archive: Archive) -> None:
    subjects = {one.text: one for one in archive.subjects()}
    output = subjects["建筑业总产值"]
    assert output.years == (2021, 2022, 2023, 2024, 2025)  # the last one planned
    assert output.places == ("云岭县", "澜江区")
    stated = [one for report in archive.reports() for one in archive.figures_of(report.id)]
    assert output.figures == sum(figure.subject_text == "建筑业总产值" for figure in stated)


def test_a_viewer_is_offered_only_what_he_may_see(archive: Archive) -> None:
    reader = archive.seen_by(Viewer("", Role.READER))
    limited = [one for one in archive.reports() if one.place == "云岭县" and one.year == 2021]
    assert len(limited) == 1
    archive.set_visibility(limited[0].id, Visibility.INTERNAL)
    try:
        stated = sum(one.subject_text == "建筑业总产值" for one in archive.figures_of(limited[0].id))
        assert stated > 0
        seen, all_held = (
            next(subject.figures for subject in one.subjects() if subject.text == "建筑业总产值")
            for one in (reader, archive)
        )
        assert seen == all_held - stated
    finally:
        archive.set_visibility(limited[0].id, Visibility.PUBLIC)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("建筑业总产值", "建筑业总产值"),
        ("建筑", "建筑业总产值"),
        ("总产值", "建筑业总产值"),
        ("建产值", "建筑业总产值"),
    ],
)
def test_a_few_characters_find_an_indicator(known: KnownSubjects, typed: str, found: str) -> None:
    assert found in [one.text for one in known.suggest(typed)]


def test_what_begins_as_typed_comes_first_and_nothing_is_not_found(known: KnownSubjects) -> None:
    offered = [one.text for one in known.suggest("新")]
    begins = [text.startswith("新") for text in offered]
    assert begins == sorted(begins, reverse=True)
    assert begins[0]
    assert known.suggest("航天发射") == []
    assert len(known.suggest("")) == 8


def test_three_examples_are_of_different_indicators(known: KnownSubjects) -> None:
    examples = known.examples()
    assert len(examples) == 3
    assert len({text[:2] for text in examples}) == 3


def test_a_suggestion_is_shown_as_text() -> None:
    shown = options_html([LedgerSubject(HOSTILE, 1, (2020,), ("甲", "乙"))], HOSTILE, ZH)
    assert "<img" not in shown
    assert "${" not in shown
    assert "1年有数 · 2个地区或单位" in shown


@pytest.mark.parametrize(
    ("subjects", "first", "said"),
    [(["甲"] * 3 + list("乙丙丁戊己庚"), "", "最多比较"), (["长" * 41], "", "太长"), (["甲"], "3021", "年份请在")],
)
def test_a_choice_that_cannot_be_worked_on_is_a_sentence(subjects: list[str], first: str, said: str) -> None:
    with pytest.raises(QuestionError, match=said):
        choice_of(subjects, first, "", [], ZH)


def test_more_places_than_can_be_compared_are_refused() -> None:
    with pytest.raises(QuestionError, match="60个地区"):
        choice_of(["甲"], "", "", [f"第{number}县" for number in range(61)], ZH)


def test_a_choice_drops_what_is_no_text() -> None:
    assert choice_of(["甲", "甲", " ", 3, None], "2020", None, "no list", ZH) == Choice(("甲",), 2020, None, ())


def test_years_turned_round_and_a_single_year_are_said(archive: Archive) -> None:
    made = comparisons_of(archive, Choice(("建筑业总产值",), 2022, 2021, ("云岭县",)), ZH, date(2026, 1, 1))[0]
    assert [row.period.start.year for row in made.rows] == [2021, 2022]
    assert "年份前后写反了" in made.notes[0].text
    made = comparisons_of(archive, Choice(("建筑业总产值",), 2022, 2022, ("云岭县",)), ZH, date(2026, 1, 1))[0]
    assert "只有一个时期" in made.notes[0].text


def test_each_figure_of_the_table_opens_its_sentence(archive: Archive) -> None:
    made = comparisons_of(archive, Choice(("建筑业总产值",), None, None, ("澜江区",)), ZH, date(2026, 1, 1))
    shown = comparisons_html(made, archive)
    table = shown[: shown.index("</table>")]
    opened = re.findall(r'data-report="([^"]+)" data-span="(\d+)-(\d+)" data-marks="(\d+)-(\d+)"[^>]*>([^<]*)<', table)
    assert [one[-1] for one in opened] == ["186.4", "197.9", "已脱敏", "212.6"]
    for report, start, end, first, last, digits in opened:
        text = archive.report(report).text
        assert "建筑业总产值" in text[int(start) : int(end)]
        assert digits == "已脱敏" or text[int(first) : int(last)] == f"{digits}亿元"
    assert "原文已脱敏" in shown or "已脱敏" in shown
    assert 'class="masked"' in shown  # in the chart


def test_a_change_over_a_masked_year_says_with_which_year(archive: Archive) -> None:
    made = compare(archive, Request("建筑业总产值", places=("澜江区",)))
    assert [row.held.value for row in made.rows] == ["stated", "stated", "masked", "stated"]
    assert "4 行，3 行有数，1 行已脱敏" in comparisons_html([made], archive)
    assert remark(made, made.rows[3], made.change_into(3)) == "与2022年相比"
    assert remark(made, made.rows[1], made.change_into(1)) == ""


def test_what_a_report_writes_is_no_markup(archive: Archive, tmp_path: Path) -> None:
    report = tmp_path / "甲.txt"
    report.write_text(f"{HOSTILE}水务局2023年工作总结\n一、工作回顾\n2023年，全区新建蓄水池77座。\n", encoding="utf-8")
    with Archive.open(tmp_path / "archive", create=True) as own:
        index_paths(own, [report])
        made = [compare(own, Request(f"蓄水池{HOSTILE}")), compare(own, Request("蓄水池"))]
        shown = comparisons_html(made, own) + form_html(own, ZH)
    assert "77" in shown
    assert "<img" not in shown
    assert "${" not in shown
    assert "{{" not in shown


def test_many_rows_are_shown_by_and_by(archive: Archive) -> None:
    made = comparisons_of(archive, Choice(("停车泊位",), 1950, 2049, ()), ZH, date(2026, 1, 1))
    rows = len(made[0].rows)
    assert rows > SHOWN
    shown = comparisons_html(made, archive)
    first, hidden = shown.split('<tbody class="yj-rest">')
    assert first.count("<tr class=") == SHOWN
    assert f"再显示 {rows - SHOWN} 行" in hidden
    assert hidden.count("<tr class=") == rows - SHOWN


def test_a_file_has_the_title_as_name_and_another_ending_is_refused(archive: Archive) -> None:
    made = comparisons_of(archive, Choice(("建筑业总产值", "停车泊位"), 2021, 2022, ("云岭县",)), ZH, date(2026, 1, 1))
    name, content, draft = comparison_file(made, "md", archive)
    assert name == "2021—2022年云岭县建筑业总产值等指标情况对比.md"
    assert "44.5[^" in content.decode()
    assert draft.left_out == 0
    with pytest.raises(ExportError):
        comparison_file(made, "pdf", archive)


def test_a_review_is_made_once_and_its_table_says_status_in_words(archive: Archive) -> None:
    shelf = ReviewShelf()
    pair = next(one for one in told_pairs(archive) if one.planning.place == "云岭县" and one.year == 2024)
    review = shelf.of(archive, pair.planning.id, True, ZH)
    assert shelf.of(archive, pair.planning.id, True, ZH) is review
    shown = review_html(review, archive, ZH)
    row = next(row for row in shown.split("<tr") if "600套以上" in row)
    assert 'data-kind="exceeded"' in row
    assert "超额完成" in row
    assert row.count("data-cite=") == 2
    name, content = plans_file([review], "csv", archive, ZH)
    assert name.endswith("2024年计划完成情况.csv")
    assert "638套" in content.decode("utf-8-sig")
    with pytest.raises(QuestionError, match="已不在档案中"):
        shelf.of(archive, "gone", False, ZH)


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("draft") / "稿.md"
    path.write_text(
        "# 云岭县情况\n\n2021年，云岭县建筑业总产值52.3亿元<img src=x>{{value}}。\n\n"
        "指标 | 2022年\n建筑业总产值 | 44.5亿元\n",
        encoding="utf-8",
    )
    return path


def test_a_draft_is_marked_by_verdict_in_text_table_and_list(archive: Archive, draft: Path) -> None:
    made = verify(archive, open_draft(draft))
    shown = verified_html(made, "", ZH)
    text = shown[shown.index('class="yj-draft"') : shown.index('class="yj-checks"')]
    wrong = re.search(r'<button[^>]*yj-is-contradicts[^>]*data-number="(\d+)"[^>]*aria-label="52.3亿元 不符"', text)
    assert wrong is not None
    assert re.search(rf'<li data-number="{wrong[1]}" data-kind="contradicts">.*?档案写的是 42.3亿元', shown)
    assert re.search(r"<td>建筑业总产值</td><td><button[^>]*yj-is-agrees", text)
    assert "<img" not in shown
    assert "{{" not in shown


def test_the_list_of_a_draft_is_saved_with_sources(archive: Archive, draft: Path) -> None:
    made = verify(archive, open_draft(draft))
    sheet = list_sheet(made, ZH)
    row = next(row for row in sheet.rows if row[1] == "52.3亿元")
    assert row[2:4] == ("不符", "42.3亿元")
    assert "建筑业总产值42.3亿元" in str(row[-1])
    names = [name for name, _ in verified_files(made, "稿.md", ZH)]
    assert names == ["稿-批注.docx", "稿-核对.xlsx", "稿-核对.csv"]


def test_checking_tells_how_far_it_has_come(archive: Archive, draft: Path) -> None:
    told: list[tuple[int, int]] = []
    made = verify(archive, open_draft(draft), step=lambda done, total: told.append((done, total)))
    assert told == [(done, len(made.numbers)) for done in range(1, len(made.numbers) + 1)]


def test_long_work_tells_its_steps_and_raises_what_it_raised() -> None:
    goes_on = threading.Event()

    def work(tell: Tell) -> str:
        tell("verify_step", 1, 2)
        goes_on.wait(5)
        return "done"

    run = Stepped(work)
    steps = iter(run)
    assert next(steps) == Step("verify_step", 1, 2)
    goes_on.set()
    assert list(steps) == []
    assert run.result() == "done"

    def fails(tell: Tell) -> None:
        raise ReadError("gone")

    with pytest.raises(ReadError, match="gone"):
        Stepped(fails).result()


def test_long_work_ends_where_it_is_stopped_and_where_nobody_looks_any_more() -> None:
    stopped, ended = threading.Event(), threading.Event()

    def endless(tell: Tell) -> None:
        try:
            for number in range(10**6):
                tell("verify_step", number, 10**6)
                time.sleep(0.001)
        finally:
            ended.set()

    run = Stepped(endless, stopped)
    next(iter(run))
    stopped.set()
    with pytest.raises(StoppedError, match="已停止"):
        run.result()
    ended.clear()
    steps = iter(Stepped(endless))
    next(steps)
    del steps  # the page is gone
    assert ended.wait(5)


def test_a_filled_table_shows_values_and_reasons(archive: Archive, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for line in (
        ["云岭县", None, None],
        ["指标", "2021年", "2022年"],
        ["建筑业总产值（亿元）", None, None],
        ["<b>甲</b>里程（公里）", None, None],
    ):
        book.active.append(line)
    path = tmp_path / "表.xlsx"
    book.save(path)
    table = fill_table(path, ChainSteps(archive), today=date(2026, 1, 1))
    shown = filled_html(table, sheets_of(path), "", ZH)
    assert re.search(r'<td class="yj-got" data-cell="C3"[^>]*><button[^>]*>44\.5<', shown)
    assert "共 4 个空格：填上 2 个，留空 2 个。" in shown
    assert "&lt;b&gt;甲" in shown
    assert "<b>甲" not in shown
