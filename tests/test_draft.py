"""Drafts: the files are read back, and every number in them has a source that holds it."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import subprocess
import time
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.changes import changes_of
from assistant.compare import Request, compare
from assistant.comparison import Axis, Comparison, Held, Note, NoteKind, Row
from assistant.draft import archive_state, draft_comparisons, save_draft, write_answers, write_draft
from assistant.drafting.compare import comparison_draft, han
from assistant.drafting.model import ArchiveState, Chart, Paragraph, Style, Table
from assistant.drafting.sources import Sources, numbers_left, quote_of
from assistant.grounding import numbers_in
from assistant.types import Citation, Language
from assistant.word.document import title_lines, word_bytes
from indexer.archive import Archive
from indexer.build import index_paths
from indexer.errors import ExportError
from indexer.types import (
    Basis,
    Figure,
    Genre,
    Level,
    Measure,
    Period,
    Report,
    ReportInfo,
    Role,
    Span,
    Visibility,
)
from ui.cli import main

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
STATE = ArchiveState(12, datetime(2026, 11, 20, 7, 23), 4, 2024)
QUESTIONS = [
    "2023年查扣了多少气瓶？",
    "2023年澜江区燃气安全做了哪些工作？",
    "2030年查扣了多少气瓶？",
    "档案里有几份报告？",
]
HEADINGS = {"Title", "Heading1", "Heading2", "Heading3", "Caption", "ChartCaption", "TableHead", "State"}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, corpus: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path_factory.mktemp("archive"), create=True) as opened:
        index_paths(opened, [corpus])
        yield opened


@pytest.fixture(scope="module")
def drawn(archive: Archive) -> list[Comparison]:
    years = tuple(map(Period.of_year, range(2021, 2025)))
    subjects = ("新增停车泊位", "老旧小区改造", "查扣气瓶")
    return [compare(archive, Request(subject, periods=years)) for subject in subjects]


# ---------------------------------------------------------------- comparisons made by hand


def report_of(year: int, value: str, unit: str = "万套") -> Report:
    text = f"一、工作回顾\n{year}年，棚户区改造开工{value}{unit}，超额完成任务。\n"
    return Report(
        id=f"national-{year + 1}",
        path=f"{year + 1}.txt",
        title=f"{year + 1}年政府工作报告",
        genre=Genre.WORK_REPORT,
        issuer="国务院",
        place="全国",
        level=Level.NATION,
        year=year + 1,
        period=Period.of_year(year),
        visibility=Visibility.PUBLIC,
        source_hash="0" * 64,
        text=text,
    )


def row_of(report: Report, number: int, *, role: Role = Role.RESULT, unit: str = "万套") -> tuple[Row, Citation]:
    sentence = report.text.index(f"{report.year - 1}年，") if report.year else 0
    quote = report.text[sentence:].strip()
    start = report.text.index("开工") + 2
    end = report.text.index("，超额")
    written = report.text[start:end]
    value = Decimal(written.removesuffix(unit))
    span = Span(sentence, sentence + len(quote))
    figure = Figure(
        report.id, 0, 0, 0, start, end, written, value, value, False, False, unit, "套", Decimal(10000), "count",
        Measure.LEVEL, role, Span(sentence + 6, start), "棚户区改造开工", (), report.period, None, Basis.FLOW, None, None,
        None, span, span,
    )  # fmt: skip
    info = ReportInfo(**{name: getattr(report, name) for name in ReportInfo.__slots__})
    citation = Citation(number, info, ("一、工作回顾",), quote, sentence, sentence + len(quote))
    period = report.period or Period.of_year(2000)
    row = Row("全国", period, role, Held.STATED, figure, info, number, written, "棚户区改造", unit, value, value)
    return row, citation


def made(values: dict[int, str], *, unit: str = "万套") -> tuple[Comparison, Sources]:
    """A comparison of one value a year; an empty value is a gap."""
    reports = {f"national-{year + 1}": report_of(year, value, unit) for year, value in values.items() if value}
    rows: list[Row] = []
    citations: list[Citation] = []
    for year, value in values.items():
        if value:
            row, citation = row_of(reports[f"national-{year + 1}"], len(citations) + 1, unit=unit)
            rows.append(row)
            citations.append(citation)
        else:
            rows.append(Row("全国", Period.of_year(year), Role.RESULT, Held.MISSING))
    changes = changes_of(rows)
    comparison = Comparison("棚户区改造", Language.CHINESE, unit, tuple(rows), changes, tuple(citations), log_number=12)
    return comparison, Sources(lambda name: reports[name])


# ---------------------------------------------------------------- reading back


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def style_of(paragraph: ElementTree.Element) -> str:
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return "Normal" if found is None else str(found.get(f"{W}val"))


def notes_of(parts: dict[str, bytes]) -> dict[int, str]:
    root = ElementTree.fromstring(parts["word/footnotes.xml"])
    notes = {int(str(one.get(f"{W}id"))): "".join(text.text or "" for text in one.iter(f"{W}t")) for one in root}
    kinds = {int(str(one.get(f"{W}id"))): one.get(f"{W}type") for one in root}
    assert kinds[-1] == "separator"
    assert kinds[0] == "continuationSeparator"
    return {number: text for number, text in notes.items() if number > 0}


def noted_numbers(content: bytes) -> list[tuple[str, int | None]]:
    """Each run with a number outside headings, with the note whose mark stands right behind it."""
    parts = parts_of(content)
    found: list[tuple[str, int | None]] = []
    for paragraph in ElementTree.fromstring(parts["word/document.xml"]).iter(f"{W}p"):
        if style_of(paragraph) in HEADINGS:
            continue
        runs = list(paragraph.iter(f"{W}r"))
        for at, run in enumerate(runs):
            text = "".join(one.text or "" for one in run.iter(f"{W}t"))
            mark = runs[at + 1].find(f"{W}footnoteReference") if at + 1 < len(runs) else None
            if numbers_left(text):
                found.append((text, None if mark is None else int(str(mark.get(f"{W}id")))))
    return found


def assert_sourced(content: bytes, texts: list[str], units: str = "") -> int:
    """Every number has a note that holds it, and every quote of a note stands in a report; how many numbers."""
    notes = notes_of(parts_of(content))
    flat = ["".join(text.split()) for text in texts]
    for note in notes.values():
        if note.strip().startswith(("统计：", "计算：")) and "“" not in note:
            continue
        quotes = re.findall(r"：“(.+?)”(?=；《|；同注|《|同注|$)", note)
        assert quotes, note
        for quote in quotes:
            assert any("".join(quote.split()) in text for text in flat), quote
    numbers = noted_numbers(content)
    for text, number in numbers:
        assert number is not None, f"{text!r} has no note"
        held = {abs(value) for value in numbers_in(notes[number])}
        bare = re.findall(r"\d[\d,.]*", notes[number])
        stated = re.findall(r"\d[\d,.]*", text)
        counted = notes[number].strip().startswith("统计：")
        by_value = all(abs(value) in held for value in numbers_in(text))
        assert counted or by_value or all(one in bare for one in stated), (text, notes[number])
    return len(numbers)


def texts_of(archive: Archive) -> list[str]:
    return [archive.report(report.id).text for report in archive.reports()]


# ---------------------------------------------------------------- tests


def test_every_number_of_a_word_draft_has_a_note_that_holds_it(
    archive: Archive, drawn: list[Comparison], tmp_path: Path
) -> None:
    path = tmp_path / "对比.docx"
    draft = write_draft(drawn, path, archive)
    assert assert_sourced(path.read_bytes(), texts_of(archive)) >= 12
    assert draft.left_out == 0


def test_every_number_of_answers_has_a_note_that_holds_it(archive: Archive, tmp_path: Path) -> None:
    from assistant.chain import answer_chain

    chain = answer_chain(archive)
    answers = [chain.invoke({"question": question}) for question in QUESTIONS]
    path = tmp_path / "答复.docx"
    write_answers(answers, path, archive, Language.CHINESE)
    assert assert_sourced(path.read_bytes(), texts_of(archive)) >= 5
    document = parts_of(path.read_bytes())["word/document.xml"].decode()
    assert ">449个<" in document
    assert "一、2023年查扣了多少气瓶？" in document


def test_plans_stand_beside_what_was_done(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "计划.docx"
    base = ["--archive", str(archive.folder), "plans", "--from", "2023", "--to", "2024", "--place", "澜江区"]
    assert main([*base, "--out", str(path)]) == 0
    assert assert_sourced(path.read_bytes(), texts_of(archive)) >= 20
    document = parts_of(path.read_bytes())["word/document.xml"].decode()
    assert "2024年澜江区计划完成情况对照" in document
    assert ">100%<" in document


def test_a_number_whose_citation_is_no_slice_of_its_report_is_not_written() -> None:
    comparison, sources = made({2014: "470", 2015: "601"})
    forged = replace(comparison.citations[1], quote="2015年，棚户区改造开工701万套，超额完成任务。")
    row = replace(comparison.rows[1], written="701万套", low=Decimal(701), high=Decimal(701))
    comparison = replace(comparison, rows=(comparison.rows[0], row), citations=(comparison.citations[0], forged))
    draft = comparison_draft([comparison], sources, STATE)
    content = word_bytes(draft).decode("latin-1") + parts_of(word_bytes(draft))["word/document.xml"].decode()
    assert "701" not in content
    assert "470" in content
    assert sources.left_out > 0
    assert any("未核" in block.text for block in draft.blocks if isinstance(block, Paragraph))


def test_a_number_that_its_quote_does_not_hold_is_not_written() -> None:
    comparison, sources = made({2014: "470", 2015: "601", 2016: "606"})
    wrong = replace(comparison.rows[1], written="610万套", low=Decimal(610), high=Decimal(610))
    comparison = replace(comparison, rows=(comparison.rows[0], wrong, comparison.rows[2]))
    draft = comparison_draft([comparison], sources, STATE)
    assert "610" not in parts_of(word_bytes(draft))["word/document.xml"].decode()
    assert all(value != Decimal(610) for row in draft.sheets[0].rows for value in row)


def test_a_change_that_does_not_add_up_is_not_written() -> None:
    comparison, sources = made({2014: "470", 2015: "601"})
    wrong = tuple(replace(change, difference=Decimal(132)) for change in comparison.changes)
    draft = comparison_draft([replace(comparison, changes=wrong)], sources, STATE)
    text = "".join(block.text for block in draft.blocks if isinstance(block, Paragraph))
    assert "132" not in text
    assert "增加131" not in text


def test_a_note_with_a_number_that_nothing_holds_is_left_out() -> None:
    comparison, sources = made({2014: "470", 2015: "601"})
    notes = (Note(NoteKind.CONFLICT, "另有报告写999万套。"), Note(NoteKind.CONFLICT, "2014年有报告写470万套。"))
    draft = comparison_draft([replace(comparison, notes=notes)], sources, STATE)
    text = "".join(block.text for block in draft.blocks if isinstance(block, Paragraph))
    assert "999" not in text
    assert "2014年有报告写470万套" in text


def test_the_narrative_says_what_the_table_says() -> None:
    comparison, sources = made({2014: "470", 2015: "601", 2016: "600", 2017: "", 2018: "626"})
    draft = comparison_draft([comparison], sources, STATE)
    text = "".join(block.text for block in draft.blocks if isinstance(block, Paragraph))
    assert "棚户区改造由2014年的470万套增加到2018年的626万套，增加156万套，增长33.2%。" in text
    assert "增加的有2015年、2018年；减少的有2016年。" in text
    assert "最高为2018年的626万套，最低为2014年的470万套。" in text
    table = next(block for block in draft.blocks if isinstance(block, Table))
    cells = [[cell.text for cell in row] for row in table.rows]
    assert cells[1] == ["2015年", "601", "+131", "+27.9"]
    assert cells[3] == ["2017年", "—", "—", "—"]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.one_of(st.just(""), st.integers(1, 99999).map(str)), min_size=2, max_size=8))
def test_the_narrative_equals_a_recomputation(values: list[str]) -> None:
    comparison, sources = made({2010 + at: value for at, value in enumerate(values)})
    draft = comparison_draft([comparison], sources, STATE)
    text = "".join(block.text for block in draft.blocks if isinstance(block, Paragraph))
    stated = [(2010 + at, Decimal(value)) for at, value in enumerate(values) if value]
    if len(stated) >= 2:
        (first_year, first), (last_year, last) = stated[0], stated[-1]
        amount = abs(last - first)
        share = ((last - first) / first * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
        verb, grew = ("增加", "增长") if last > first else ("减少", "下降")
        expected = f"由{first_year}年的{first}万套{verb}到{last_year}年的{last}万套，{verb}{shown(amount)}万套，{grew}{abs(share)}%"
        assert (expected if amount else f"{last_year}年与{first_year}年持平，均为{last}万套") in text
    if len(stated) >= 3:
        steps = [(year, now - before) for (_, before), (year, now) in pairwise(stated)]
        for sign, word in ((1, "增加的有"), (-1, "减少的有")):
            years = [f"{year}年" for year, step in steps if step * sign > 0]
            assert not years or f"{word}{'、'.join(years)}" in text
    assert sources.left_out == 0
    content = word_bytes(draft)
    texts = [report_of(2010 + at, value).text for at, value in enumerate(values) if value]
    assert_sourced(content, texts)


def shown(value: Decimal) -> str:
    return str(value)


def test_the_page_is_that_of_gb_t_9704() -> None:
    comparison, sources = made({2014: "470", 2015: "601", 2016: "600"})
    parts = parts_of(word_bytes(comparison_draft([comparison], sources, STATE)))
    document = ElementTree.fromstring(parts["word/document.xml"])
    section = document.find(f".//{W}sectPr")
    assert section is not None
    size, margins, grid = (section.find(f"{W}{name}") for name in ("pgSz", "pgMar", "docGrid"))
    assert size is not None
    assert margins is not None
    assert grid is not None

    def millimetres(element: ElementTree.Element, name: str) -> int:
        return round(int(str(element.get(f"{W}{name}"))) / 1440 * 25.4)

    assert (millimetres(size, "w"), millimetres(size, "h")) == (210, 297)
    assert [millimetres(margins, side) for side in ("top", "bottom", "left", "right")] == [37, 35, 28, 26]
    height = 16838 - int(str(margins.get(f"{W}top"))) - int(str(margins.get(f"{W}bottom")))
    assert height // int(str(grid.get(f"{W}linePitch"))) == 22
    styles = {one.get(f"{W}styleId"): one for one in ElementTree.fromstring(parts["word/styles.xml"]).iter(f"{W}style")}
    wanted = {
        "Title": ("方正小标宋简体", 44),
        "Normal": ("仿宋", 32),
        "Heading1": ("黑体", 32),
        "Heading2": ("楷体", 32),
    }
    for name, (font, points) in {**wanted, "Heading3": ("仿宋", 32), "FootnoteText": ("宋体", 18)}.items():
        style = styles[name]
        fonts, written = style.find(f"{W}rPr/{W}rFonts"), style.find(f"{W}rPr/{W}sz")
        assert fonts is not None
        assert written is not None
        assert (fonts.get(f"{W}eastAsia"), written.get(f"{W}val")) == (font, str(points))
    indent = styles["Normal"].find(f"{W}pPr/{W}ind")
    closer = styles["Normal"].find(f"{W}rPr/{W}spacing")
    assert indent is not None
    assert closer is not None
    assert indent.get(f"{W}firstLineChars") == "200"
    width = 11906 - int(str(margins.get(f"{W}left"))) - int(str(margins.get(f"{W}right")))
    assert width // (320 + int(str(closer.get(f"{W}val")))) == 28
    fallbacks = {
        one.get(f"{W}name"): str(named.get(f"{W}val"))
        for one in ElementTree.fromstring(parts["word/fontTable.xml"])
        if (named := one.find(f"{W}altName")) is not None
    }
    assert "宋体" in fallbacks["方正小标宋简体"]
    assert "仿宋_GB2312" in fallbacks["仿宋"]
    assert "楷体_GB2312" in fallbacks["楷体"]
    for name in ("word/footer1.xml", "word/footer2.xml"):
        assert re.search(r"— </w:t>.* PAGE .*> —<", parts[name].decode())


def test_the_table_has_three_lines_a_repeated_heading_and_numbers_at_the_right() -> None:
    comparison, sources = made({2014: "470", 2015: "601", 2016: "600"})
    parts = parts_of(word_bytes(comparison_draft([comparison], sources, STATE)))
    table = ElementTree.fromstring(parts["word/document.xml"]).find(f".//{W}tbl")
    assert table is not None
    borders = table.find(f"{W}tblPr/{W}tblBorders")
    assert borders is not None
    assert [one.tag.removeprefix(W) for one in borders] == ["top", "bottom"]
    rows = table.findall(f"{W}tr")
    assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
    assert all(row.find(f"{W}trPr/{W}tblHeader") is None for row in rows[1:])
    for row in rows[1:]:
        assert [style_of(one) for one in row.iter(f"{W}p")] == ["TableText", *["TableNumber"] * 3]


def test_a_chart_has_gaps_and_hollow_plans_and_marks_what_is_masked() -> None:
    comparison, sources = made({2014: "470", 2015: "", 2016: "600", 2017: "610", 2018: "620"})
    masked = replace(comparison.rows[1], held=Held.MASKED)
    plans = tuple(replace(row, role=Role.PLAN) for row in comparison.rows if row.held is Held.STATED)
    comparison = replace(comparison, rows=(comparison.rows[0], masked, *comparison.rows[2:], *plans), changes=())
    draft = comparison_draft([comparison], sources, STATE)
    chart = next(block for block in draft.blocks if isinstance(block, Chart))
    assert chart.categories == ("2014年", "2015年*", "2016年", "2017年", "2018年")
    assert [point.value for point in chart.lines[0].points] == [470, None, 600, 610, 620]
    parts = parts_of(word_bytes(draft))
    root = ElementTree.fromstring(parts["word/charts/chart1.xml"])
    blanks = root.find(f".//{C}dispBlanksAs")
    assert blanks is not None
    assert blanks.get("val") == "gap"
    results, planned = root.findall(f".//{C}ser")
    drawn_points = results.findall(f"{C}val//{C}pt")
    assert [point.get("idx") for point in drawn_points] == ["0", "2", "3", "4"]
    fill = "{http://schemas.openxmlformats.org/drawingml/2006/main}noFill"
    assert planned.find(f"{C}marker//{fill}") is not None
    assert results.find(f"{C}marker//{fill}") is None
    assert "word/embeddings/chart1.xlsx" in parts


def test_the_same_archive_and_request_give_the_same_bytes(
    archive: Archive, drawn: list[Comparison], tmp_path: Path
) -> None:
    draft = draft_comparisons(drawn, archive)
    for ending in ("docx", "md", "xlsx", "csv"):
        for name in ("a", "b"):
            save_draft(draft_comparisons(drawn, archive), tmp_path / f"{name}.{ending}")
            time.sleep(1.1 if ending == "xlsx" and name == "a" else 0)
        assert (tmp_path / f"a.{ending}").read_bytes() == (tmp_path / f"b.{ending}").read_bytes()
    state = archive_state(archive)
    assert state.log_number == archive.log_number
    last = [block for block in draft.blocks if isinstance(block, Paragraph) and block.style is Style.STATE]
    assert f"变更序号{state.log_number}，收存报告9份，最新一份为2024年" in last[0].text
    with zipfile.ZipFile(tmp_path / "a.docx") as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert f"{state.changed:%Y-%m-%dT%H:%M:%SZ}" in package.read("docProps/core.xml").decode()


def test_excel_holds_numbers_as_numbers_and_quotes_in_columns(
    archive: Archive, drawn: list[Comparison], tmp_path: Path
) -> None:
    import openpyxl

    write_draft(drawn, tmp_path / "对比.xlsx", archive)
    book = openpyxl.load_workbook(tmp_path / "对比.xlsx")
    page = book["数据表"]
    head = [cell.value for cell in page[1]]
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref
    rows = [dict(zip(head, (cell.value for cell in line), strict=True)) for line in page.iter_rows(min_row=2)]
    stated = [row for row in rows if row["状态"] == "有"]
    assert len(stated) >= 6
    texts = texts_of(archive)
    for row in stated:
        assert isinstance(row["数值"], int | float)
        assert any(row["原句"] in text for text in texts)
        assert row["原文写法"] in row["原句"].replace(" ", "") or row["原文写法"].endswith(("以上", "左右"))
    assert all(row["数值"] is None for row in rows if row["状态"] != "有")
    assert "变更序号" in str(book["档案"]["A2"].value)


def test_csv_begins_with_a_byte_order_mark(archive: Archive, drawn: list[Comparison], tmp_path: Path) -> None:
    write_draft(drawn, tmp_path / "对比.csv", archive)
    content = (tmp_path / "对比.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert {row["指标"] for row in rows} == {"新增停车泊位", "老旧小区改造", "查扣气瓶"}
    assert any(re.fullmatch(r"\d+", row["数值"]) and row["单位"] == "个" for row in rows)


def test_markdown_has_a_footnote_for_each_mark(archive: Archive, drawn: list[Comparison], tmp_path: Path) -> None:
    write_draft(drawn, tmp_path / "对比.md", archive)
    text = (tmp_path / "对比.md").read_text(encoding="utf-8")
    body, _, notes = text.partition("\n[^1]: ")
    marks = re.findall(r"\[\^(\d+)\]", body)
    assert marks == [str(number) for number in range(1, len(marks) + 1)]
    assert len(re.findall(r"^\[\^\d+\]: ", f"[^1]: {notes}", re.MULTILINE)) == len(marks)


def test_a_draft_in_english(archive: Archive, tmp_path: Path) -> None:
    years = tuple(map(Period.of_year, range(2021, 2025)))
    comparison = compare(archive, Request("老旧小区改造", Language.ENGLISH, years))
    draft = write_draft(comparison, tmp_path / "draft.docx", archive)
    assert any("footnote" in block.text for block in draft.blocks if isinstance(block, Paragraph))
    assert "What changed" in parts_of((tmp_path / "draft.docx").read_bytes())["word/document.xml"].decode()


def test_many_places_and_years_are_written_in_several_tables(archive: Archive) -> None:
    comparison, sources = made({year: str(400 + year - 1960) for year in range(1960, 2020)})
    places = [f"第{han(at + 1)}省" for at in range(31)]
    rows = tuple(replace(row, place=place) for place in places for row in comparison.rows)
    started = time.perf_counter()
    draft = comparison_draft([replace(comparison, rows=rows, changes=())], sources, STATE)
    content = word_bytes(draft)
    assert time.perf_counter() - started < 20
    tables = [block for block in draft.blocks if isinstance(block, Table)]
    assert sum(len(table.rows) * (len(table.columns) - 1) for table in tables) == 31 * 60
    assert max(len(table.columns) for table in tables) <= 7
    assert len(notes_of(parts_of(content))) >= 31 * 60


@pytest.mark.parametrize("name", ["draft.pdf", "draft", "missing/draft.docx"])
def test_a_path_that_cannot_be_written_is_said_and_leaves_nothing(
    archive: Archive, drawn: list[Comparison], tmp_path: Path, name: str
) -> None:
    with pytest.raises(ExportError):
        write_draft(drawn, tmp_path / name, archive)
    assert list(tmp_path.iterdir()) == []


def test_the_command_writes_answers_and_comparisons(
    archive: Archive, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    questions = tmp_path / "问题.txt"
    questions.write_text("# 查询\n\n" + "\n".join(QUESTIONS[:2]) + "\n", encoding="utf-8")
    base = ["--archive", str(archive.folder)]
    assert main([*base, "draft", str(questions), "--out", str(tmp_path / "答复.docx")]) == 0
    arguments = ["draft", "--subject", "查扣气瓶", "--subject", "老旧小区改造", "--years", "2021-2024"]
    assert main([*base, *arguments, "--out", str(tmp_path / "对比.md")]) == 0
    assert main([*base, "compare", "老旧小区改造", "--out", str(tmp_path / "一项.docx")]) == 0
    assert assert_sourced((tmp_path / "一项.docx").read_bytes(), texts_of(archive)) >= 2
    assert "[^1]: 《" in (tmp_path / "对比.md").read_text(encoding="utf-8")
    capsys.readouterr()
    assert main([*base, "draft", "--out", str(tmp_path / "无.docx")]) == 2
    empty = tmp_path / "空.txt"
    empty.write_text("# 无\n", encoding="utf-8")
    assert main([*base, "draft", str(empty), "--out", str(tmp_path / "无.docx")]) == 2
    assert main([*base, "draft", str(questions), "--out", str(tmp_path / "无.pdf")]) == 1
    assert not list(tmp_path.glob("无.*"))


def test_ten_years_of_five_indicators_take_five_seconds(shared: Path, tmp_path: Path) -> None:
    reports = [shared / "archive" / "national" / f"{year}年国务院政府工作报告.txt" for year in range(2014, 2025)]
    subjects = ["城镇新增就业", "赤字率", "国内生产总值增长", "粮食产量", "棚户区改造"]
    with Archive.open(tmp_path / "archive", create=True) as archive:
        index_paths(archive, reports)
        periods = tuple(map(Period.of_year, range(2014, 2024)))
        compare(archive, Request(subjects[0], periods=periods))  # the dictionaries are loaded
        started = time.perf_counter()
        made_of = [compare(archive, Request(subject, periods=periods)) for subject in subjects]
        write_draft(made_of, tmp_path / "十年.docx", archive)
        assert time.perf_counter() - started < 5
        assert assert_sourced((tmp_path / "十年.docx").read_bytes(), texts_of(archive)) >= 50


def test_libreoffice_opens_the_document(archive: Archive, drawn: list[Comparison], tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        missing = "needs LibreOffice (soffice), which is not installed"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    path = tmp_path / "draft.docx"
    write_draft(drawn, path, archive)
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, capture_output=True, timeout=120, check=True)
    assert (tmp_path / "draft.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "draft.pdf").stat().st_size > 10_000


def test_python_docx_reads_it_as_any_report(archive: Archive, drawn: list[Comparison], tmp_path: Path) -> None:
    from indexer.readers.docx import read_docx

    write_draft(drawn, tmp_path / "draft.docx", archive)
    text = read_docx((tmp_path / "draft.docx").read_bytes(), "draft.docx")
    assert text.startswith("2021—2024年")
    assert "二、变化情况" in text


def test_a_quote_is_the_clause_that_holds_the_number() -> None:
    sentence = "国内生产总值增长7.5%左右；居民消费价格涨幅3.5%左右；城镇新增就业900万人以上，城镇登记失业率低于4.6%；国际收支状况进一步改善。"
    assert quote_of(sentence, "900万人") == "居民消费价格涨幅3.5%左右；城镇新增就业900万人以上"
    assert quote_of(sentence, "90万人") is None
    assert quote_of(sentence, "0.5%") is None
    assert quote_of("总量达到1.2万亿元。", "12000亿元", by_value=True) == "总量达到1.2万亿元。"


def test_a_title_breaks_between_its_words() -> None:
    assert title_lines("2014—2018年全国棚户区改造情况对比") == ["2014—2018年全国棚户区改造情况对比"]
    assert title_lines("2011—2020年全国城镇新增就业等指标情况对比") == ["2011—2020年全国城镇新增就业等指标", "情况对比"]


def test_the_plans_of_a_subject_stay_beside_its_results() -> None:
    comparison, sources = made({2014: "470", 2015: "601", 2016: "600"})
    plans = tuple(replace(row, role=Role.PLAN) for row in comparison.rows)
    both = replace(comparison, rows=(*comparison.rows, *plans), changes=())
    draft = comparison_draft([both, replace(both, subject="危房改造"), replace(both, subject="公租房")], sources, STATE)
    tables = [block for block in draft.blocks if isinstance(block, Table)]
    assert [len(table.columns) for table in tables] == [5, 3]
    assert tables[1].columns[2].heading == "公租房计划（万套）"


def test_numerals_of_headings() -> None:
    assert [han(number) for number in (1, 10, 11, 20, 31)] == ["一", "十", "十一", "二十", "三十一"]


def test_the_changes_that_are_read_are_those_of_periods() -> None:
    comparison, _ = made({2014: "470", 2015: "601", 2016: "600"})
    assert [change.axis for change in comparison.changes] == [Axis.PERIODS, Axis.PERIODS, Axis.ENDS]
