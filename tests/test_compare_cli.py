"""`youju compare` and questions that compare: tables, files read back, the chart, and bad input."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook

from assistant.asked_years import years_asked
from assistant.chain import ChainSteps
from assistant.types import Answer, Status
from indexer.archive import Archive
from indexer.build import index_paths
from indexer.errors import QuestionError
from ui.cli import main

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, corpus: Path) -> Path:
    folder = tmp_path_factory.mktemp("compare") / "archive"
    with Archive.open(folder, create=True) as opened:
        index_paths(opened, [corpus])
    return folder


@pytest.fixture(scope="module")
def steps(archive: Path) -> Iterator[ChainSteps]:
    with Archive.open(archive) as opened:
        yield ChainSteps(opened)


def compare(archive: Path, *options: str) -> int:
    return main(["compare", *options, "--archive", str(archive)])


def test_the_table_shows_values_changes_and_sources(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert compare(archive, "建筑业总产值", "--place", "澜江区", "--years", "2021-2024") == 0
    lines = capsys.readouterr().out.splitlines()
    assert "澜江区\t2022年\t完成\t197.9亿元\t197.9亿元\t+11.5亿元\t+6.2%\t\t[2]" in lines
    assert any(line.startswith("澜江区\t2023年\t完成\t已脱敏\t") for line in lines)
    assert any(line.startswith("[2] ") and "197.9亿元" in line for line in lines)


def test_json_holds_rows_changes_and_verbatim_citations(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert compare(archive, "建筑业总产值", "--place", "云岭县", "--years", "2021,2022", "--json") == 0
    made = json.loads(capsys.readouterr().out)
    assert [row["low"] for row in made["rows"]] == ["42.3", "44.5"]
    change = made["changes"][0]
    expected = Decimal("44.5") - Decimal("42.3")
    assert (change["difference"], change["percentage"], change["obstacle"]) == (str(expected), "5.2", None)
    with Archive.open(archive) as opened:
        for one in made["citations"]:
            assert opened.report(one["report_id"]).text[one["start"] : one["end"]] == one["quote"]


def test_excel_holds_numbers_as_numbers(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "x.xlsx"
    assert compare(archive, "建筑业总产值", "--place", "澜江区", "--years", "2021-2024", "--out", str(out)) == 0
    sheet = load_workbook(out).worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    values = [row[heads.index("数值")].value for row in sheet.iter_rows(min_row=2)]
    assert values == [186.4, 197.9, None, 212.6]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref.startswith("A1:")
    assert "197.9" in str(sheet.cell(3, heads.index("原句") + 1).value)


def test_csv_opens_in_excel_and_markdown_has_the_notes(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "x.csv"
    assert compare(archive, "建筑业总产值", "--place", "云岭县", "--out", str(out)) == 0
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(out.read_text(encoding="utf-8-sig").splitlines()))
    assert [row["数值"] for row in rows] == ["42.3", "44.5", "46.1", "47.0"]
    out = tmp_path / "x.md"
    assert compare(archive, "停车泊位", "--place", "云岭县", "--out", str(out)) == 0
    text = out.read_text(encoding="utf-8")
    assert text.startswith("# 2021—2025年云岭县停车泊位情况对比")
    assert re.search(r"\| 2022年 \| 462\[\^\d+\] \| 500\[\^\d+\] \| \+102\[\^\d+\] \| \+28\.3\[\^\d+\] \|", text)
    assert "“—”为所查报告没有写到" in text
    assert "变更序号" in text


def test_a_row_of_the_file_says_what_changed_and_why_not(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "x.csv"
    assert compare(archive, "建筑业总产值", "--place", "澜江区", "--years", "2021-2024", "--out", str(out)) == 0
    rows = {row["时期"]: row for row in csv.DictReader(out.read_text(encoding="utf-8-sig").splitlines())}
    difference = Decimal("197.9") - Decimal("186.4")
    assert (rows["2022年"]["比上期增减"], rows["2022年"]["增减单位"]) == (str(difference), "亿元")
    assert rows["2022年"]["增减幅度（％）"] == str((difference / Decimal("186.4") * 100).quantize(Decimal("0.1")))
    assert (rows["2023年"]["状态"], rows["2023年"]["数值"], rows["2023年"]["比上期增减"]) == ("原文已脱敏", "", "")


@pytest.mark.parametrize(
    "command",
    [
        ["compare", "建筑业总产值", "--place", "云岭县"],
        ["plans", "--place", "云岭县"],
        ["draft", "--subject", "建筑业总产值"],
        ["figures", "--subject", "建筑业总产值"],
    ],
)
def test_a_file_is_written_over_only_when_told(
    archive: Path, tmp_path: Path, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "x.csv"
    out.write_text("别人的", encoding="utf-8")
    called = [*command, "--archive", str(archive), "--out", str(out)]
    assert main(called) == 1
    assert "x.csv 已经存在；要覆盖请加 --force" in capsys.readouterr().err
    assert out.read_text(encoding="utf-8") == "别人的"
    assert main([*called, "--force"]) == 0
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")


def test_the_chart_leaves_gaps_and_draws_plans_hollow(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "x.svg"
    assert compare(archive, "建筑业总产值", "--place", "澜江区", "--years", "2021-2024", "--out", str(out)) == 0
    chart = ElementTree.parse(out).getroot()
    assert len(chart.findall(f"{SVG}circle[@class='result']")) == 3
    assert len(chart.findall(f"{SVG}text[@class='masked']")) == 1
    assert len([line for line in chart.findall(f"{SVG}line") if line.get("stroke-width")]) == 1  # 2021–2022 only
    assert compare(archive, "停车泊位", "--place", "云岭县", "--years", "2022-2024", "--out", str(out), "--force") == 0
    plans = ElementTree.parse(out).getroot().findall(f"{SVG}circle[@class='plan']")
    assert {plan.get("fill") for plan in plans} == {"#ffffff"}


@pytest.mark.parametrize(
    ("options", "status", "said"),
    [
        (["停车泊位", "--years", "20x4"], 2, "不是年份"),
        (["停车泊位", "--years", "3021"], 2, "超出范围"),
        (["停车泊位", "--place", "火星"], 2, "档案中没有“火星”的报告"),
        (["？？"], 2, "没有写要比较什么"),
        (["停车泊位", "--out", "x.pdf"], 1, ".xlsx"),
        (["停车泊位", "--out", "/no/such/folder/x.csv"], 1, "不存在"),
    ],
)
def test_bad_use_is_one_sentence(
    archive: Path, options: list[str], status: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert compare(archive, *options) == status
    error = capsys.readouterr().err
    assert said in error
    assert len(error.strip().splitlines()) == 1


def test_years_turned_round_or_to_come_are_said(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert compare(archive, "停车泊位", "--place", "云岭县", "--years", "2030-2023", "--today", "2026-01-01") == 0
    out = capsys.readouterr().out
    assert "年份前后写反了，已按2023—2030年处理。" in out
    assert "2027、2028、2029、2030年还没有报告。" in out


def test_what_is_not_held_is_said(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert compare(archive, "航天发射次数") == 0
    assert capsys.readouterr().out.startswith("不在档案中：所查9份报告没有“航天发射次数”的数。")


def test_years_are_read_as_people_write_them() -> None:
    assert years_asked("2014-2016") == ((2014, 2015, 2016), False)
    assert years_asked("2014，2016年") == ((2014, 2016), False)
    assert years_asked("2016至2014") == ((2014, 2015, 2016), True)
    with pytest.raises(QuestionError):
        years_asked("去年")


def ask(steps: ChainSteps, text: str) -> Answer:
    return steps.chain().invoke(text)


def test_a_question_that_compares_two_years(steps: ChainSteps) -> None:
    answer = ask(steps, "云岭县2021年和2022年建筑业总产值各是多少？增加了多少？")
    assert answer.status is Status.ANSWERED
    assert [item.figure.written for item in answer.figures] == ["42.3亿元", "44.5亿元"]
    found = {item.op: (item.value, item.unit) for item in answer.computed}
    difference = Decimal("44.5") - Decimal("42.3")
    assert found["difference"] == (difference, "亿元")
    assert found["percentage"] == ((difference / Decimal("42.3") * 100).quantize(Decimal("0.1")), "%")
    quotes = [citation.quote for citation in answer.citations]
    assert all(any(item.figure.written in quote for quote in quotes) for item in answer.figures)


def test_a_question_over_a_masked_year_computes_nothing(steps: ChainSteps) -> None:
    answer = ask(steps, "澜江区2022年和2023年建筑业总产值分别是多少？差多少？")
    assert "已脱敏" in answer.text
    assert answer.computed == ()


def test_one_number_is_not_taken_for_a_comparison(steps: ChainSteps) -> None:
    answer = ask(steps, "澜江区2023年查扣了多少气瓶？")
    assert [item.figure.written for item in answer.figures][:1] == ["449个"]
    assert answer.computed == ()
