"""`youju fill`: tables filled with cited figures, and nothing else in the workbook changed."""

import json
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill, Protection

from assistant.chain import ChainSteps
from assistant.fill import FilledTable, fill_table, write_filled
from assistant.fill_grid import Grid, find_asked
from assistant.fill_labels import LabelReader
from assistant.fill_words import FillWords
from assistant.held_names import HeldNames
from assistant.types import Language
from benchmarks.filling import NATIONAL, TODAY, TRUTH, Score, make_table, national_rows, read_rows, score
from indexer.archive import Archive
from indexer.build import index_paths
from indexer.errors import TableError
from indexer.types import Period, Role
from ui.cli import main

CORPUS = Path(__file__).parents[1] / "corpus"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with Archive.open(tmp_path_factory.mktemp("fill"), create=True) as opened:
        index_paths(opened, [CORPUS])
        yield opened


@pytest.fixture(scope="module")
def steps(archive: Archive) -> ChainSteps:
    return ChainSteps(archive)


@pytest.fixture(scope="module")
def reader(archive: Archive) -> LabelReader:
    return LabelReader(archive.lexicon, HeldNames.of(archive.reports(), archive.lexicon), TODAY)


def made(path: Path, rows: list[list[object]], **options: object) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.active.title = str(options.get("title", "表"))
    for merged in options.get("merged", ()):  # type: ignore[attr-defined]
        book.active.merge_cells(merged)
    book.save(path)
    return path


def filled(table: FilledTable) -> dict[str, Decimal]:
    return {cell.reference: found.value for cell, found in table.filled}


def why(table: FilledTable) -> dict[str, str]:
    return {cell.reference: found.why.value for cell, found in table.left}


@pytest.mark.parametrize(
    ("name", "every"), [("lanjiang", 4), ("yunling", 4), ("places", 1), ("plans", 2), ("halves", 1)]
)
def test_what_is_filled_is_right_and_most_that_is_held_is_filled(
    steps: ChainSteps, tmp_path: Path, name: str, every: int
) -> None:
    rows = read_rows(TRUTH / f"{name}.csv")
    rows = [*rows[:2], *rows[2::every]]
    truth = make_table(rows, tmp_path / "t.xlsx")
    table = fill_table(tmp_path / "t.xlsx", steps, today=TODAY)
    found, lines = score(table, truth)
    assert {cell.reference for cell, _ in table.cells} == set(truth)
    assert found.wrong == 0, lines
    assert found.held_filled >= 0.75 * found.held, lines  # small tables; the bar is over all of them


def test_years_in_rows_give_what_years_in_columns_give(steps: ChainSteps, tmp_path: Path) -> None:
    rows = read_rows(TRUTH / "lanjiang.csv")[:5]
    make_table(rows, tmp_path / "upright.xlsx")
    make_table(rows, tmp_path / "turned.xlsx", turned=True)
    upright = fill_table(tmp_path / "upright.xlsx", steps, today=TODAY)
    turned = fill_table(tmp_path / "turned.xlsx", steps, today=TODAY)
    assert len(upright.filled) > 8
    assert sorted(filled(upright).values()) == sorted(filled(turned).values())


def test_national_series(tmp_path: Path, shared: Path) -> None:
    folder = tmp_path / "archive"
    with Archive.open(folder, create=True) as opened:
        years = [f for f in sorted(NATIONAL.iterdir()) if any(str(y) in f.name for y in (2016, 2017, 2019, 2020))]
        index_paths(opened, years)
        rows = [
            *national_rows("result")[:2],
            *(r for r in national_rows("result") if r[0] in {"2015年", "2016年", "2018年", "2019年"}),
        ]
        truth = make_table(rows, tmp_path / "t.xlsx")
        found, lines = score(fill_table(tmp_path / "t.xlsx", ChainSteps(opened), today=TODAY), truth)
    assert found.wrong == 0, lines
    assert found.held_filled >= 8, lines
    assert shared


def test_score_counts() -> None:
    whole = Score()
    whole.add(Score(9, 1, 20, 8))
    assert str(whole) == "filled cells right 9/10 = 0.900, held figures filled 8/20 = 0.400"


def asked(reader: LabelReader, rows: list[list[object]], title: str = "") -> list[tuple[object, ...]]:
    values = {(r, c): v for r, row in enumerate(rows, 1) for c, v in enumerate(row, 1) if v is not None}
    grid = Grid(values, len(rows), max(map(len, rows)))
    return [
        (
            one.row,
            one.column,
            one.indicator,
            one.place,
            one.period and one.period.label,
            one.role,
            one.unit and one.unit.written,
        )
        for one in find_asked(grid, reader, title)
    ]


def test_two_rows_of_heading_plan_and_done_under_years(reader: LabelReader) -> None:
    rows = [
        ["澜江区完成情况", None, None, None, None],
        ["指标", "2023年", "2023年", "2024年", "2024年"],
        [None, "计划", "完成", "计划", "完成"],
        ["口袋公园（个）", None, None, None, None],
    ]
    assert asked(reader, rows) == [
        (4, 2, "口袋公园", "澜江区", "2023年", Role.PLAN, "个"),
        (4, 3, "口袋公园", "澜江区", "2023年", Role.RESULT, "个"),
        (4, 4, "口袋公园", "澜江区", "2024年", Role.PLAN, "个"),
        (4, 5, "口袋公园", "澜江区", "2024年", Role.RESULT, "个"),
    ]


def test_places_over_years_with_numbers_as_years(reader: LabelReader) -> None:
    rows = [["指标", "澜江区", "澜江区", "云岭县"], [None, 2023, 2024, 2024], ["口袋公园", None, 3, None]]
    assert asked(reader, rows, "单位：个") == [
        (3, 2, "口袋公园", "澜江区", "2023年", Role.RESULT, "个"),
        (3, 4, "口袋公园", "云岭县", "2024年", Role.RESULT, "个"),
    ]


@pytest.mark.parametrize("second", [None, "新增绿地（公顷）"])
def test_indicators_stand_over_years_and_places_in_rows(reader: LabelReader, second: str | None) -> None:
    rows = [
        ["地区", "口袋公园（个）", None, "新增绿地（公顷）", second],
        [None, "2023年", "2024年计划", "2023年", "2024年"],
        ["澜江区", None, None, None, None],
    ]
    assert [one[2:] for one in asked(reader, rows)] == [
        ("口袋公园", "澜江区", "2023年", Role.RESULT, "个"),
        ("口袋公园", "澜江区", "2024年", Role.PLAN, "个"),
        ("新增绿地", "澜江区", "2023年", Role.RESULT, "公顷"),
        ("新增绿地", "澜江区", "2024年", Role.RESULT, "公顷"),
    ]


def test_places_in_rows_years_in_columns_and_the_indicator_above(reader: LabelReader) -> None:
    rows = [
        ["口袋公园建成数（单位：个）", None, None],
        ["地区", "2023年", "2024年"],
        ["澜江区", None, None],
        ["云岭县", None, None],
        ["合计", "=B3+B4", None],
    ]
    assert asked(reader, rows) == [
        (3, 2, "口袋公园建成数", "澜江区", "2023年", Role.RESULT, "个"),
        (3, 3, "口袋公园建成数", "澜江区", "2024年", Role.RESULT, "个"),
        (4, 2, "口袋公园建成数", "云岭县", "2023年", Role.RESULT, "个"),
        (4, 3, "口袋公园建成数", "云岭县", "2024年", Role.RESULT, "个"),
    ]


def test_numbering_remarks_and_growth_columns(reader: LabelReader) -> None:
    rows = [["序号", "指标", "单位", "2024年", "同比增长", "备注"], [1, "建筑业总产值", "亿元", None, None, None]]
    assert asked(reader, rows, "云岭县") == [(2, 4, "建筑业总产值", "云岭县", "2024年", Role.RESULT, "亿元")]


def test_two_tables_one_below_the_other(reader: LabelReader) -> None:
    rows = [
        ["指标", "2023年"],
        ["口袋公园（个）", None],
        [None, None],
        ["项目", "2022年上半年"],
        ["停车泊位（个）", None],
    ]
    found = asked(reader, rows, "云岭县")
    assert [(one[0], one[2], one[4]) for one in found] == [(2, "口袋公园", "2023年"), (5, "停车泊位", "2022年上半年")]


def test_labels(reader: LabelReader) -> None:
    label = reader.read("2025年目标（万元）")
    assert (label.period, label.role, label.unit and label.unit.scale) == (
        Period.of_year(2025),
        Role.PLAN,
        Decimal(10000),
    )
    assert reader.read("2016—2020年").period == Period.of_years(2016, 2020)
    assert reader.read(12.5) == reader.read(None)
    assert reader.read("建筑业总产值，亿元").rest == "建筑业总产值"
    assert reader.unit("指标") is None


def test_the_rest_of_the_workbook_stays_as_it_was(steps: ChainSteps, tmp_path: Path) -> None:
    path, out = tmp_path / "原表.xlsx", tmp_path / "填好.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "汇总 表"
    for row in [
        ["澜江区", None, None, None],
        ["指标", "单位", "2023年", "2024年"],
        ["口袋公园", "个", None, 9],
        ["停车泊位", "个", None, None],
    ]:
        sheet.append(row)
    sheet.merge_cells("A1:D1")
    sheet["C3"].font, sheet["C3"].fill, sheet["C3"].number_format = (
        Font(bold=True),
        PatternFill("solid", fgColor="FFFF00"),
        "0.0",
    )
    sheet["D5"] = "=SUM(D3:D4)"
    sheet["D3"].comment = Comment("旧批注", "某人")
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=3, max_col=4, min_row=2, max_row=4), titles_from_data=True)
    sheet.add_chart(chart, "F2")
    book.create_sheet("来源")["A1"] = "原有的来源"
    book.save(path)
    before = path.read_bytes()
    table = fill_table(path, steps, today=TODAY)
    write_filled(table, out, FillWords(Language.CHINESE))
    assert path.read_bytes() == before
    after = openpyxl.load_workbook(out)
    sheet = after["汇总 表"]
    assert after.sheetnames == ["汇总 表", "来源", "来源(2)"]
    assert [sheet[ref].value for ref in ("C3", "D3", "C4", "D4", "D5")] == [10, 9, 2035, 1560, "=SUM(D3:D4)"]
    assert (sheet["C3"].font.b, sheet["C3"].fill.fgColor.rgb, sheet["C3"].number_format) == (True, "00FFFF00", "0.0")
    assert [str(one) for one in sheet.merged_cells.ranges] == ["A1:D1"]
    assert sheet["D3"].comment.text == "旧批注"
    assert "原句：建成口袋公园10个" in sheet["C3"].comment.text
    assert after["来源"]["A1"].value == "原有的来源"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out) as new:
        same = [name for name in old.namelist() if old.read(name) == new.read(name)]
        assert {"xl/charts/chart1.xml", "xl/styles.xml", "xl/worksheets/sheet2.xml"} <= set(same)
        assert new.testzip() is None
        assert b'fullCalcOnLoad="1"' in new.read("xl/workbook.xml")
    first = out.read_bytes()
    write_filled(table, out, FillWords(Language.CHINESE))
    assert out.read_bytes() == first, "the same request gives the same file"


def test_every_source_is_verbatim_and_holds_the_number(steps: ChainSteps, archive: Archive, tmp_path: Path) -> None:
    make_table(read_rows(TRUTH / "places.csv"), tmp_path / "t.xlsx")
    table = fill_table(tmp_path / "t.xlsx", steps, today=TODAY)
    write_filled(table, tmp_path / "out.xlsx", FillWords(Language.CHINESE))
    rows = list(openpyxl.load_workbook(tmp_path / "out.xlsx")["来源"].iter_rows(min_row=2, values_only=True))
    assert len(rows) == len(table.filled)
    for row, (_, found) in zip(rows, table.filled, strict=True):
        source = found.source
        assert source.quote == archive.report(source.report.id).text[source.start : source.end] == row[13]
        assert source.figure.written in source.quote
        assert Decimal(str(row[6])) == found.value
    left = list(openpyxl.load_workbook(tmp_path / "out.xlsx")["未填"].iter_rows(min_row=2, values_only=True))
    assert ("建筑业总产值", "澜江区", "原文已脱敏（以*代替）") in [(row[2], row[3], row[7]) for row in left]


def test_conflicts_ranges_and_conversions_are_open(steps: ChainSteps, tmp_path: Path) -> None:
    path = made(
        tmp_path / "t.xlsx",
        [
            ["指标", "单位", "2022年", "2024年计划", "2024年"],
            ["新增公共停车泊位", "个", None, None, 1],
            ["更换燃气软管", "户", 1, 1, None],
        ],
        title="澜江区",
    )
    table = fill_table(path, steps, today=TODAY)
    assert filled(table) == {"E3": Decimal(15300)}
    assert why(table) == {"C2": "conflict", "D2": "range"}
    words = FillWords(Language.CHINESE)
    assert words.remark(table.filled[0][1]) == "原文1.53万户，折算为15300户"
    assert "1680个" in words.why(table.left[0][1])
    assert "1860个" in words.why(table.left[0][1])
    assert "1500—1800个" in words.why(table.left[1][1])


def test_a_correction_is_filled_and_said(steps: ChainSteps, archive: Archive, tmp_path: Path) -> None:
    path = made(tmp_path / "t.xlsx", [["指标", "单位", "2022年"], ["新增公共停车泊位", "个", None]], title="澜江区")
    figure = next(one for one in archive.figures_of("lanjiang-2022") if one.written == "1680个")
    made_one = archive.correct("lanjiang-2022", figure.ordinal, value="1860个", reason="以次年为准")
    table = fill_table(path, steps, today=TODAY)
    archive.undo_correction("lanjiang-2022", made_one)
    assert filled(table) == {"C2": Decimal(1860)}
    assert (
        FillWords(Language.CHINESE).remark(table.filled[0][1]) == "已更正，以1860个为准（原文1680个；理由：以次年为准）"
    )


def test_falls_are_negative(steps: ChainSteps, tmp_path: Path) -> None:
    path = made(tmp_path / "t.xlsx", [["指标", "2023年"], ["商品房销售面积增长（%）", None]], title="云岭县")
    assert filled(fill_table(path, steps, today=TODAY)) == {"B2": Decimal("-12.2")}


@pytest.mark.parametrize("label", ["商品房销售面积下降（%）", "商品房销售面积降幅（%）"])
def test_a_row_that_asks_by_how_much_it_fell_is_no_negative(steps: ChainSteps, tmp_path: Path, label: str) -> None:
    path = made(tmp_path / "t.xlsx", [["指标", "2023年"], [label, None]], title="云岭县")
    assert filled(fill_table(path, steps, today=TODAY)) == {"B2": Decimal("12.2")}


def test_without_a_place_nothing_is_guessed(steps: ChainSteps, tmp_path: Path) -> None:
    path = made(tmp_path / "t.xlsx", [["指标", "2024年"], ["新增停车泊位（个）", None]])
    assert why(fill_table(path, steps, today=TODAY)) == {"B2": "places"}
    assert filled(fill_table(path, steps, today=TODAY, place="澜江")) == {"B2": Decimal(1560)}
    with pytest.raises(TableError, match="不认识地区"):
        fill_table(path, steps, today=TODAY, place="乌有之乡")


def test_protected_sheets_give_only_their_open_cells(steps: ChainSteps, tmp_path: Path) -> None:
    path = made(tmp_path / "t.xlsx", [["指标", "2023年", "2024年"], ["口袋公园（个）", None, None]], title="澜江区")
    book = openpyxl.load_workbook(path)
    book.active.protection.sheet = True
    book.save(path)
    with pytest.raises(TableError, match="受保护"):
        fill_table(path, steps, today=TODAY)
    book.active["C2"].protection = Protection(locked=False)
    book.save(path)
    assert filled(fill_table(path, steps, today=TODAY)) == {"C2": Decimal(9)}


@pytest.mark.parametrize(
    "content", [b"", b"not a workbook", b"PK\x03\x04 cut off", b"\xd0\xcf\x11\xe0 with a password"]
)
def test_a_broken_file_is_one_sentence(steps: ChainSteps, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "坏.xlsx"
    path.write_bytes(content)
    with pytest.raises(TableError, match=r"坏\.xlsx"):
        fill_table(path, steps, today=TODAY)


def test_what_is_no_table_is_said(steps: ChainSteps, tmp_path: Path) -> None:
    for rows in ([["只是一段话"]], [["甲", "乙"], [1, 2]], [["指标", "2024年"], ["口袋公园", 3]], []):
        with pytest.raises(TableError, match="没有认出"):
            fill_table(made(tmp_path / "t.xlsx", rows), steps, today=TODAY)
    with pytest.raises(TableError, match="没有工作表"):
        fill_table(tmp_path / "t.xlsx", steps, today=TODAY, sheet="无")
    with pytest.raises(TableError, match="找不到"):
        fill_table(tmp_path / "无.xlsx", steps, today=TODAY)


def test_from_the_command_line(archive: Archive, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = made(
        tmp_path / "表.xlsx", [["指标", "2024年"], ["口袋公园（个）", None], ["公共充电桩（个）", None]], title="澜江区"
    )
    run = ["--archive", str(archive.folder), "fill", str(path)]
    assert main([*run, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["out"] == str(tmp_path / "表-已填.xlsx")
    assert [(one["cell"], one["value"], one["unit"]) for one in told["filled"]] == [("B2", "9", "个")]
    assert [one["cell"] for one in told["left"]] == ["B3"]
    assert main(run) == 1  # the default name is taken
    assert main([*run, "--out", str(path)]) == 1
    assert "原表" in capsys.readouterr().err
    assert main([*run, "--out", str(tmp_path / "x.docx")]) == 1
