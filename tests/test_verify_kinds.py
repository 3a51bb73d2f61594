"""Planted errors of many kinds, and true numbers said in other ways: what a check of a draft makes of each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.checking.draft_text import open_draft
from assistant.verify import verification_json, verify
from indexer.archive import Archive
from indexer.build import index_paths

REPORTS = {
    "2022年杭州市政府工作报告.txt": """2022年杭州市政府工作报告
一、2021年工作回顾
2021年，地区生产总值达到812亿元，增长6.2%。城镇新增就业2.14万人。进出口总额36.5亿美元。居民消费价格上涨0.9%。
二、2022年工作安排
2022年主要预期目标是：地区生产总值增长5.5%左右；城镇新增就业2.05万人以上；居民消费价格涨幅3.2%左右。
""",
    "2023年杭州市政府工作报告.txt": """2023年杭州市政府工作报告
一、2022年工作回顾
2022年，地区生产总值达到846亿元，增长5.1%。城镇新增就业2.47万人。进出口总额41.8亿美元，增长14.5%。居民消费价格上涨2.1%。新开工改造老旧小区156个。化学需氧量、二氧化硫排放量分别减少4.42%和5.95%。近三年累计单位地区生产总值能耗下降10.08%。单位地区生产总值能耗下降3.59%。财政总收入比上年增加15.37亿元。
居民人均可支配收入下降0.3%。经济增长势头较好，总量首次突破八百亿元，人均地区生产总值8.63万元。
二、2023年工作安排
2023年主要预期目标是：地区生产总值增长5%左右；城镇新增就业2.2万人以上。
""",
}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder: Path = tmp_path_factory.mktemp("kinds")
    for name, text in REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    with Archive.open(folder / "archive", create=True) as made:
        index_paths(made, [folder / name for name in REPORTS])
        yield made


def told(archive: Archive, tmp_path: Path, text: str, suffix: str = "txt") -> list[tuple[str, str, str | None]]:
    path = tmp_path / f"draft.{suffix}"
    path.write_text(f"杭州市经济运行情况\n\n{text}\n", encoding="utf-8")
    numbers = verification_json(verify(archive, open_draft(path), today=date(2026, 11, 20)))["numbers"]
    return [(one["written"], one["verdict"], one["right"]) for one in numbers]


@pytest.mark.parametrize(
    ("text", "written", "right"),
    [
        ("2022年进出口总额41.8亿元。", "41.8亿元", "41.8亿美元"),  # another currency
        ("2022年新开工改造老旧小区156万户。", "156万户", None),  # nothing like it is held
        ("2022年财政总收入15.37亿元。", "15.37亿元", "增加15.37亿元"),  # an increase as the amount
        ("2022年化学需氧量、二氧化硫排放量分别减少5.95%和4.42%。", "5.95%", "4.42%"),  # changed about
        ("2022年居民人均可支配收入上涨0.3%。", "0.3%", "下降0.3%"),  # the other way
        ("2022年城镇新增就业2.74万人。", "2.74万人", "2.47万人"),  # digits changed about
        ("2022年城镇新增就业2.47万人，比上年增加0.43万人。", "0.43万人", "0.33万人"),  # a difference
        ("2022年城镇新增就业目标为2.5万人以上，实际完成2.47万人。", "2.5万人", "2.05万人"),  # the target
    ],
)
def test_each_kind_of_error_is_found(
    archive: Archive, tmp_path: Path, text: str, written: str, right: str | None
) -> None:
    found = {one[0]: one[1:] for one in told(archive, tmp_path, text)}
    assert found[written] == (("contradicts", right) if right else ("not_held", None))


@pytest.mark.parametrize(
    "text",
    [
        "关于经济增长：2022年地区生产总值预期增长5.5%左右，实际增长5.1%；2021年实际6.2%。",  # only 实际 at the number
        "2022年居民消费价格涨幅控制在3.2%左右，实际2.1%。",  # what is held down and then told is a target
        "2022年地区生产总值比上年增长5.1%（年初目标为5.5%）。",
        "2022年近三年累计单位地区生产总值能耗下降10.08%，当年下降3.59%。",
        "2022年城镇新增就业2.47万人，超额完成2.05万人以上的年度目标。",
        "2022年城镇新增就业2.47万人，比上年多出0.33万人。",
        "从2021年到2022年，进出口总额增加5.3亿美元。",
        "2021年地区生产总值812亿元，2022年846亿元。",
    ],
)
def test_what_is_true_agrees_however_it_is_said(archive: Archive, tmp_path: Path, text: str) -> None:
    found = told(archive, tmp_path, text)
    assert [verdict for _, verdict, _ in found] == ["agrees"] * len(found)
    assert len(found) >= 2 or "从2021年" in text


def test_the_cells_of_a_table_are_of_their_row_whatever_its_caption_says(archive: Archive, tmp_path: Path) -> None:
    table = (
        "## 主要指标核对表\n\n| 年份 | 进出口总额 | 增幅 |\n| --- | --- | --- |\n"
        "| 2021年 | 36.5亿美元 | — |\n| 2022年 | 41.8亿美元 | 15.4% |\n\n"
        "| 指标 | 2021年 | 2022年 |\n| --- | --- | --- |\n| 地区生产总值增长（%） | 6.2 | 5.5 |\n"
    )
    assert [one[:2] for one in told(archive, tmp_path, table, "md")] == [
        ("36.5亿美元", "agrees"),
        ("41.8亿美元", "agrees"),
        ("15.4%", "contradicts"),
        ("6.2%", "agrees"),
        ("5.5%", "contradicts"),
    ]


def test_a_number_beside_one_that_is_held_is_looked_for_beside_it(archive: Archive, tmp_path: Path) -> None:
    found = told(archive, tmp_path, "2022年地区生产总值达到846亿元，增长5.1%，人均8.63亿元。")
    assert found[-1] == ("8.63亿元", "contradicts", "8.63万元")
