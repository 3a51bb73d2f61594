"""`youju figures`: filters over the ledger, on the terminal, as JSON, CSV and Excel."""

import csv
import json
import time
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.ledger_filters import Filters, understand_filters
from indexer.archive import Archive
from indexer.build import index_paths
from indexer.errors import ExportError, QuestionError, UnknownReportError
from indexer.ledger_query import FigureQuery
from indexer.types import Role
from indexer.whole_file import write_whole
from tests.made_archive import MadeEmbedder, made_report
from ui.cli import main

TODAY = date(2025, 3, 1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ledger")
    corpus = Path(__file__).parents[1] / "corpus"
    with Archive.open(folder, create=True) as archive:
        index_paths(archive, [corpus])
    return folder


@pytest.fixture(scope="module")
def archive(folder: Path):
    with Archive.open(folder) as opened:
        yield opened


def written(archive: Archive, **filters: object) -> list[str]:
    query = understand_filters(Filters(**filters), archive, today=TODAY).query
    return [row.figure.written for row in archive.all_figures(query)]


def test_filters_narrow_together(archive: Archive) -> None:
    found = written(archive, subject="停车泊位", year="2022", place="澜江区", role="完成", unit="个")
    assert {"1680个", "1860个"} <= set(found)
    assert "1500个" not in found  # planned
    assert "462个" not in found  # of the county


def test_a_subject_is_also_found_by_words_that_say_the_same(archive: Archive) -> None:
    understood = understand_filters(Filters(subject="煤气罐"), archive, today=TODAY)
    assert "气瓶" in dict(understood.synonyms)["煤气罐"]
    assert "449个" in [row.figure.written for row in archive.all_figures(understood.query)]


def test_an_english_subject_is_understood(archive: Archive) -> None:
    assert "449个" in written(archive, subject="gas cylinders")


def test_masked_figures_have_no_value(archive: Archive) -> None:
    rows = list(archive.all_figures(understand_filters(Filters(masked=True), archive, today=TODAY).query))
    assert len(rows) > 50
    assert all(row.figure.low is None and "*" in row.figure.written for row in rows)


@pytest.mark.parametrize(
    ("said", "years"),
    [("2023", (2023, 2023)), ("2019-2022", (2019, 2022)), ("2022—2019年", (2019, 2022)), ("去年", (2024, 2024))],
)
def test_years_are_read(archive: Archive, said: str, years: tuple[int, int]) -> None:
    assert understand_filters(Filters(year=said), archive, today=TODAY).query.years == years


def test_what_is_not_understood_is_said(archive: Archive) -> None:
    with pytest.raises(QuestionError, match="年份"):
        understand_filters(Filters(year="很久以前"), archive, today=TODAY)
    with pytest.raises(QuestionError, match="口径"):
        understand_filters(Filters(role="随便"), archive, today=TODAY)
    with pytest.raises(UnknownReportError):
        understand_filters(Filters(report="nowhere"), archive, today=TODAY)
    assert understand_filters(Filters(role="计划"), archive, today=TODAY).query.role is Role.PLAN


def test_wildcards_of_the_database_are_plain_characters(archive: Archive) -> None:
    assert archive.count_figures(FigureQuery(subject=(("%%_",),))) == 0


def test_pages_follow_one_another(archive: Archive) -> None:
    query = FigureQuery(report="lanjiang-2023")
    total = archive.count_figures(query)
    pages = [archive.find_figures(query, limit=20, offset=start) for start in range(0, total, 20)]
    together = [row.number for page in pages for row in page]
    assert together == [row.number for row in archive.all_figures(query)]
    assert len(together) == len(set(together)) == total


def test_every_quote_is_the_sentence_and_holds_the_number(archive: Archive) -> None:
    for row in archive.all_figures(FigureQuery()):
        text = archive.report(row.report.id).text
        assert row.quote == text[row.figure.sentence.start : row.figure.sentence.end].strip()
        assert row.figure.written in row.quote


def test_excel_has_types_filter_and_frozen_heading(folder: Path, archive: Archive, tmp_path: Path) -> None:
    import openpyxl

    figure = next(one for one in archive.figures_of("lanjiang-2022") if one.written == "1680个")
    archive.correct("lanjiang-2022", figure.ordinal, value="1860个", reason="=以次年报告为准")
    out = tmp_path / "台账.xlsx"
    assert main(["--archive", str(folder), "figures", "--report", "lanjiang-2022", "--out", str(out)]) == 0
    archive.undo_correction("lanjiang-2022", archive.corrections("lanjiang-2022")[0][figure.ordinal])
    sheet = openpyxl.load_workbook(out).active
    heads = [cell.value for cell in sheet[1]]
    rows = [dict(zip(heads, (cell.value for cell in row), strict=True)) for row in sheet.iter_rows(min_row=2)]
    assert len(rows) == len(archive.figures_of("lanjiang-2022"))
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:{sheet.cell(1, len(heads)).column_letter}{len(rows) + 1}"
    corrected = next(row for row in rows if row["原文写法"] == "1680个")
    assert (corrected["数值"], corrected["已更正，以此为准"], corrected["更正理由"]) == (
        1860,
        "1860个",
        "=以次年报告为准",
    )
    growth = next(row for row in rows if row["原文写法"] == "18.3%")
    assert (growth["数值"], growth["单位"], growth["类型"], growth["口径"], growth["时期"]) == (
        18.3,
        "%",
        "增速",
        "完成",
        "2022年",
    )
    assert sheet.column_dimensions["B"].width == 32
    assert all(isinstance(row["数值"], int | float) or row["数值"] is None for row in rows)


def test_csv_opens_in_excel_and_reads_back(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "脱敏.csv"
    assert main(["--archive", str(folder), "figures", "--masked", "--out", str(out), "--lang", "en"]) == 0
    assert "figures written" in capsys.readouterr().out
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(out.read_text(encoding="utf-8-sig").splitlines()))
    assert rows
    assert all(row["value"] == "" and row["masked"] == "yes" for row in rows)


def test_json_keeps_decimals_exact(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--archive", str(folder), "figures", "--report", "lanjiang-2022", "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    growth = next(row for row in rows if row["written"] == "18.3%")
    assert (growth["value"], growth["measure"], growth["period"]) == ("18.3", "growth", ["2022-01-01", "2022-12-31"])


@pytest.mark.parametrize("out", ["台账.docx", "没有这个文件夹/台账.xlsx", "."])
def test_a_bad_output_is_one_sentence(
    folder: Path, tmp_path: Path, out: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--archive", str(folder), "figures", "--out", str(tmp_path / out)]) == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_failed_export_leaves_what_was_there(tmp_path: Path) -> None:
    kept = tmp_path / "a.csv"
    kept.write_text("before", encoding="utf-8")

    def fail(part: Path) -> None:
        part.write_text("half", encoding="utf-8")
        raise OSError(28, "No space left on device")

    with pytest.raises(ExportError, match="No space left"):
        write_whole(kept, fail)
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]
    assert kept.read_text(encoding="utf-8") == "before"


def test_correct_from_the_command_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = ["--archive", str(folder), "correct", "lanjiang-2023"]
    assert main([*run, "449个", "--value", "451", "--reason", "复核"]) == 0
    assert main(run) == 0
    assert "449个 → 以451个为准（理由：复核" in capsys.readouterr().out
    assert main([*run, "449个", "--undo"]) == 0
    assert main([*run, "449个", "--undo"]) == 1
    assert main([*run, "449个", "--value", "451"]) == 2
    assert main([*run, "没有", "--value", "451", "--reason", "x"]) == 1
    assert main([*run, "2处", "--value", "451", "--reason", "x"]) == 1
    assert "请写编号" in capsys.readouterr().err


def test_a_hundred_thousand_figures_are_paged_quickly(tmp_path: Path) -> None:
    base = made_report(sentences=("全年查扣气瓶449个。",))
    figure = base.figures[0]
    with Archive.open(tmp_path, create=True, embedder=MadeEmbedder()) as archive:
        many = tuple(replace(figure, ordinal=number, low=Decimal(number)) for number in range(100_000))
        archive.add(replace(base, figures=many))
        query = FigureQuery(subject=(("气瓶", "煤气罐"),), years=(2023, 2023), role=Role.RESULT)
        started = time.perf_counter()
        page = archive.find_figures(query, limit=50, offset=90_000)
        assert archive.count_figures(query) == 100_000
        took = time.perf_counter() - started
    assert [row.figure.low for row in page] == [Decimal(number) for number in range(90_000, 90_050)]
    assert took < 2.0
