"""Figures in tables: rows of cells, their headers, units, places and totals."""

from __future__ import annotations

import pytest
from figure_texts import figures_of

from indexer.types import Figure, Measure, PartLink, Period, Role

FIRES = (
    "2023年各县（区）火灾情况\n地区\t火灾起数（起）\t受伤人数（人）\t同比（%）\n"
    "青禾县\t17\t6\t-5.6\n白石区\t9\t2\t12.5\n合计\t26\t8\t0.0\n"
)


def cells(text: str) -> tuple[Figure, ...]:
    return figures_of(f"一、2023年工作回顾\n{text}\n")


def test_a_cell_counts_what_caption_and_column_say_in_the_unit_of_its_column() -> None:
    fires, hurt, change = cells(FIRES)[:3]
    assert (fires.written, fires.unit, fires.subject_text, fires.scope) == ("17", "起", "火灾起数", "青禾县")
    assert (hurt.written, hurt.unit, hurt.subject_text) == ("6", "人", "火灾受伤人数")
    assert (change.measure, change.qualifiers, change.written) == (Measure.GROWTH, ("下降",), "5.6")


def test_the_row_is_the_sentence_and_the_slice_the_number() -> None:
    text = f"一、2023年工作回顾\n{FIRES}\n"
    for figure in figures_of(text):
        assert text[figure.start : figure.end] == figure.written
        assert "\t" in text[figure.sentence.start : figure.sentence.end]


def test_rows_that_add_up_are_parts_of_the_total() -> None:
    figures = cells(FIRES)
    total = next(figure for figure in figures if figure.written == "26")
    parts = [figure for figure in figures if figure.part_of == total.ordinal]
    assert [figure.written for figure in parts] == ["17", "9"]
    assert sum(int(figure.written) for figure in parts) == 26
    assert {figure.part_link for figure in parts} == {PartLink.INFERRED_BY_SUM}
    assert total.scope is None


def test_rows_that_do_not_add_up_are_no_parts() -> None:
    assert all(figure.part_of is None for figure in cells(FIRES.replace("26", "27")) if figure.unit == "起")


@pytest.mark.parametrize("separator", [" | ", "\t"])
def test_things_in_the_rows_are_what_is_counted(separator: str) -> None:
    table = "作物|面积（万亩）|产量（万吨）\n油菜|3.2|0.51\n花生|1.4|0.40\n".replace("|", separator)
    found = [(figure.written, figure.unit, figure.subject_text, figure.scope) for figure in cells(table)]
    assert found[:2] == [("3.2", "万亩", "油菜面积", None), ("0.51", "万吨", "油菜产量", None)]


def test_a_column_of_units_and_columns_of_years() -> None:
    table = "指标 | 单位 | 2022年 | 2023年\n新建泵站 | 座 | 12 | 15\n清淤河道 | 公里 | 8.5 | 9.1\n"
    found = [(figure.subject_text, figure.unit, figure.period) for figure in cells(table)]
    assert found == [
        ("新建泵站", "座", Period.of_year(2022)),
        ("新建泵站", "座", Period.of_year(2023)),
        ("清淤河道", "公里", Period.of_year(2022)),
        ("清淤河道", "公里", Period.of_year(2023)),
    ]


def test_plan_and_result_in_two_columns() -> None:
    table = "项目 | 计划（户） | 完成（户） | 完成率\n厕所改造 | 300 | 276 | 92.0%\n"
    found = [(figure.written, figure.subject_text, figure.role) for figure in cells(table)]
    assert found[:2] == [("300", "厕所改造", Role.PLAN), ("276", "厕所改造", Role.RESULT)]
    assert found[2][:2] == ("92.0%", "厕所改造完成率")


def test_the_unit_above_the_table_and_the_counter_in_a_header() -> None:
    money = cells("各镇投入情况（单位：万元）\n乡镇 | 投入\n柳湾镇 | 320\n石桥镇 | 415\n")
    assert [(figure.written, figure.unit, figure.scope) for figure in money] == [
        ("320", "万元", "柳湾镇"),
        ("415", "万元", "石桥镇"),
    ]
    (people,) = cells("班次 | 参训人数\n第一期 | 86\n")
    assert people.unit == "人"


def test_a_masked_cell_is_masked() -> None:
    (figure,) = cells("地区 | 受灾人口（人）\n青禾县 | *\n")
    assert figure.masked
    assert (figure.unit, figure.scope) == ("人", "青禾县")


def test_numbers_of_rows_and_headers_are_no_figures() -> None:
    figures = cells("序号 | 工程 | 投资（万元）\n1 | 北渠整治 | 860\n2 | 南坝加固 | 1240\n")
    assert [figure.written for figure in figures] == ["860", "1240"]


def test_lines_without_headers_are_read_as_sentences() -> None:
    assert [figure.unit for figure in cells("青禾县\t火灾17起\t伤6人\n白石区\t火灾9起\t伤2人\n")] == ["起", "人"] * 2


def test_a_paragraph_with_a_bar_in_it_is_no_table() -> None:
    (figure,) = cells("热线 | 网站全年受理诉求3200件。")
    assert (figure.written, figure.unit) == ("3200件", "件")
