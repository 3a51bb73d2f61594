"""A clerk's correction (已更正，以…为准) in comparisons, their answers, plans, drafts and checks: it first, then the report."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.chain import ChainSteps
from assistant.checking.draft_text import open_draft
from assistant.compare import Request, compare
from assistant.comparison import Comparison, NoteKind, Obstacle
from assistant.draft import write_draft
from assistant.verify import verification_json, verify
from indexer.archive import Archive
from indexer.build import index_paths
from indexer.types import Period
from ui.comparison import table_row

REPORTS = {
    f"{year}年杭州市政府工作报告.txt": f"""{year}年杭州市政府工作报告
一、{year - 1}年工作回顾
{year - 1}年，城镇新增就业{done}万人，地区生产总值增长5.1%。
二、{year}年工作安排
{year}年主要预期目标是：城镇新增就业{planned}万人以上。
"""
    for year, done, planned in ((2022, "2.14", "2.05"), (2023, "2.47", "2.2"))
}
NOTE = "已更正：城镇新增就业以2.41万人为准（报告原文为2.47万人；理由：统计口径调整）。"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder: Path = tmp_path_factory.mktemp("corrected")
    for name, text in REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    with Archive.open(folder / "archive", create=True) as made:
        index_paths(made, [folder / name for name in REPORTS])
        figure = next(one for one in made.figures_of("hangzhou-2023") if one.written == "2.47万人")
        made.correct("hangzhou-2023", figure.ordinal, value="2.41万人", reason="统计口径调整")
        yield made


@pytest.fixture(scope="module")
def made(archive: Archive) -> Comparison:
    return compare(archive, Request("城镇新增就业", periods=(Period.of_year(2021), Period.of_year(2022))))


def test_the_row_keeps_both_and_no_difference_is_computed_from_it(made: Comparison) -> None:
    row = next(row for row in made.rows if row.written == "2.47万人")
    assert row.correction is not None
    assert row.correction.value == "2.41万人"
    assert table_row(made, made.rows.index(row))[3] == "2.41万人（已更正；原文2.47万人）"
    assert made.notes[0].kind is NoteKind.CORRECTED
    assert made.notes[0].text == f"2022年{NOTE}"
    changes = [change for change in made.changes if row in made.of_change(change)]
    assert changes
    assert {change.obstacle for change in changes} == {Obstacle.CORRECTED}


@pytest.mark.parametrize(
    "text",
    ["杭州2021年和2022年城镇新增就业各多少，增加了多少？", "杭州2022年城镇新增就业2.05万人以上的目标完成了吗？"],
)
def test_answers_say_the_correction_first(archive: Archive, text: str) -> None:
    answer = ChainSteps(archive).ask({"question": text, "today": date(2026, 11, 20)})
    assert NOTE in answer.notes[0]
    assert "2.47万人" in answer.text


def test_a_document_writes_the_correction_before_the_report(archive: Archive, made: Comparison, tmp_path: Path) -> None:
    path = tmp_path / "比较.md"
    write_draft(made, path, archive)
    text = path.read_text(encoding="utf-8")
    cell = next(line for line in text.splitlines() if line.startswith("| 2022"))
    assert cell.index("2.41万人") < cell.index("2.47")
    assert "已更正" in cell
    assert NOTE.rstrip("。") in text


@pytest.mark.parametrize(
    ("said", "verdict"),
    [("2.47万人", "contradicts"), ("2.41万人", "agrees")],
)
def test_a_draft_is_held_to_the_correction(archive: Archive, tmp_path: Path, said: str, verdict: str) -> None:
    path = tmp_path / "稿.txt"
    path.write_text(f"杭州市就业情况\n\n2022年，城镇新增就业{said}。\n", encoding="utf-8")
    (number,) = verification_json(verify(archive, open_draft(path)))["numbers"]
    assert (number["verdict"], number["right"]) == (verdict, "2.41万人（已更正，报告原文为2.47万人）")
