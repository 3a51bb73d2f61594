"""Questions that ask for a difference: from the year before, of falls, between places, and where reports disagree."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.chain import ChainSteps
from assistant.compare import Request, compare
from assistant.comparison import NoteKind
from assistant.types import Answer, Status
from indexer.archive import Archive
from indexer.build import index_paths
from indexer.types import Period

TODAY = date(2026, 11, 20)
REPORTS = {
    "2022年杭州市政府工作报告.txt": """2022年杭州市政府工作报告
一、2021年工作回顾
2021年，地区生产总值达到800亿元，增长6%。城镇新增就业2.1万人。财政收入90亿元。单位地区生产总值能耗下降4.2%。服务业增加值占地区生产总值比重达到46.1%。
二、2022年工作安排
2022年主要预期目标是：地区生产总值增长5.5%左右；城镇新增就业2万人以上；城镇登记失业率控制在4.5%以内。
""",
    "2023年杭州市政府工作报告.txt": """2023年杭州市政府工作报告
一、2022年工作回顾
2022年，地区生产总值达到846亿元，增长5.1%。城镇新增就业2.4万人，年末城镇登记失业率3.2%。财政收入比上年增加8亿元，总额首次突破95亿元，达到98亿元。单位地区生产总值能耗下降3.6%。服务业增加值占地区生产总值比重由46.9%提高到48.2%。对外贸易总额突破50亿美元，其中出口26亿美元。
二、2023年工作安排
2023年主要预期目标是：地区生产总值增长5%左右；城镇新增就业2万人以上。
""",
    "2024年杭州市政府工作报告.txt": """2024年杭州市政府工作报告
一、2023年工作回顾
2023年，地区生产总值达到890亿元，增长5.2%。城镇新增就业2.5万人。财政收入104亿元。出口31亿美元。
二、2024年工作安排
2024年主要预期目标是：地区生产总值增长5%左右。
""",
    "2024年宁波市政府工作报告.txt": """2024年宁波市政府工作报告
一、2023年工作回顾
2023年，地区生产总值增长5.6%，经济总量达到915亿元。城镇新增就业1.9万人。
二、2024年工作安排
2024年主要预期目标是：地区生产总值增长5%左右。
""",
}


@pytest.fixture(scope="module")
def steps(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChainSteps]:
    folder: Path = tmp_path_factory.mktemp("asked")
    for name, text in REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    with Archive.open(folder / "archive", create=True) as archive:
        index_paths(archive, [folder / name for name in REPORTS])
        yield ChainSteps(archive)


def ask(steps: ChainSteps, text: str) -> Answer:
    return steps.ask({"question": text, "today": TODAY})


def computed(answer: Answer) -> dict[str, tuple[Decimal, str]]:
    return {item.op: (item.value, item.unit) for item in answer.computed}


@pytest.mark.parametrize(
    "text",
    [
        "杭州2022年的地区生产总值比上年多了多少亿元？",
        "杭州2022年地区生产总值同上一年相比，增加了多少亿元？",
        "杭州2022年地区生产总值较前一年高出多少？",
        "How much higher was Hangzhou's GDP in 2022 than in the year before?",
    ],
)
def test_the_year_before_is_the_base_where_the_question_names_one_year(steps: ChainSteps, text: str) -> None:
    answer = ask(steps, text)
    assert computed(answer)["difference"] == (Decimal(846 - 800), "亿元")
    assert [str(item.figure.value) for item in answer.figures] == ["800", "846"]


def test_the_year_before_last_is_two_years_back(steps: ChainSteps) -> None:
    answer = ask(steps, "杭州2023年城镇新增就业比前年多多少")
    assert computed(answer)["difference"] == (Decimal("2.5") - Decimal("2.1"), "万人")


def test_a_change_that_the_report_states_itself_comes_first(steps: ChainSteps) -> None:
    answer = ask(steps, "杭州2022年财政收入比上年增加了多少亿元？")
    assert answer.figures[0].figure.written == "8亿元"
    assert not answer.computed


def test_growth_that_reports_state_is_looked_up(steps: ChainSteps) -> None:
    answer = ask(steps, "杭州2022年地区生产总值比上年增长多少？")
    assert (answer.figures[0].figure.written, answer.computed) == ("5.1%", ())


def test_of_two_falls_the_smaller_one_fell_less(steps: ChainSteps) -> None:
    answer = ask(steps, "杭州单位地区生产总值能耗，2021年和2022年哪年降得多，差几个百分点？")
    assert computed(answer)["difference"] == (Decimal("3.6") - Decimal("4.2"), "个百分点")
    assert "2022年比2021年少降0.6个百分点" in answer.text


def test_the_later_year_less_the_earlier_however_they_are_named(steps: ChainSteps) -> None:
    answer = ask(steps, "杭州2023年城镇新增就业比2021年多几万人？")
    assert computed(answer)["difference"] == (Decimal("0.4"), "万人")
    assert "2023年比2021年增加0.4万人" in answer.text


def test_of_two_places_the_first_less_the_second(steps: ChainSteps) -> None:
    answer = ask(steps, "2023年杭州城镇新增就业比宁波多多少万人？")
    assert computed(answer)["difference"] == (Decimal("2.5") - Decimal("1.9"), "万人")
    assert "杭州市比宁波市多0.6万人" in answer.text


def test_a_total_under_a_shorter_name_fills_the_row_of_its_year(steps: ChainSteps) -> None:
    answer = ask(steps, "杭州财政收入2021年、2022年、2023年分别是多少？")
    assert [item.figure.written for item in answer.figures] == ["90亿元", "98亿元", "104亿元"]


def test_the_part_that_is_asked_for_is_not_its_whole(steps: ChainSteps) -> None:
    answer = ask(steps, "杭州2022年和2023年的出口额差多少亿美元？")
    assert computed(answer)["difference"] == (Decimal(31 - 26), "亿美元")


def test_the_whole_economy_is_the_gross_product(steps: ChainSteps) -> None:
    answer = ask(steps, "杭州和宁波2023年的地区生产总值相差多少亿元？")
    assert computed(answer)["difference"] == (Decimal(915 - 890), "亿元")


def test_a_later_report_with_another_value_is_said(steps: ChainSteps) -> None:
    answer = ask(steps, "杭州服务业增加值占地区生产总值的比重，2021年和2022年各是多少？")
    assert [item.figure.written for item in answer.figures[:2]] == ["46.1%", "48.2%"]
    assert any("另一份报告与此不一致" in note and "46.9%" in note for note in answer.notes)


@pytest.mark.parametrize(
    "text",
    [
        "杭州城镇新增就业2021年、2022年、2023年哪年最高？",
        "2021到2023年杭州城镇新增就业每年多少？最多的是哪一年",
        "杭州城镇新增就业，2021、2022、2023年是怎么变的？",
    ],
)
def test_which_year_is_highest_is_answered_by_all_of_them(steps: ChainSteps, text: str) -> None:
    answer = ask(steps, text)
    assert {item.figure.written for item in answer.figures} == {"2.1万人", "2.4万人", "2.5万人"}


@pytest.mark.parametrize(
    ("text", "opening", "written"),
    [
        ("杭州2022年城镇新增就业2万人以上的目标，有没有做到？", "超额完成", ["2万人", "2.4万人"]),
        ("杭州2022年把城镇登记失业率控制在4.5%以内，管住了吗？", "完成了", ["4.5%", "3.2%"]),
        ("杭州2022年5.5%左右的经济增长目标落空了吗？", "没有完成", ["5.5%", "5.1%"]),
        ("杭州2022年城镇登记失业率的上限和结果", "完成了", ["4.5%", "3.2%"]),
    ],
)
def test_a_plan_is_asked_about_in_many_words(steps: ChainSteps, text: str, opening: str, written: list[str]) -> None:
    answer = ask(steps, text)
    assert answer.status is Status.ANSWERED
    assert answer.text.startswith(opening)
    assert [item.figure.written for item in answer.figures] == written


def test_plans_that_are_not_subtracted_are_said_to_be_plans(steps: ChainSteps) -> None:
    made = compare(steps.archive, Request("城镇新增就业", places=("杭州市",)))
    (note,) = (note.text for note in made.notes if note.kind is NoteKind.OBSTACLE)
    assert note == "计划数2022年与2023年不相减：原文只给出范围。"


def test_a_year_without_figures_says_that_others_have_them(steps: ChainSteps) -> None:
    made = compare(steps.archive, Request("城镇新增就业", periods=(Period.of_year(2030),), places=("杭州市",)))
    assert [note.text for note in made.notes if note.kind is NoteKind.PERIODS] == ["其他年份有这项数，可以改年份再查。"]
    assert "城镇新增就业" not in made.suggestions
