"""Planned against done over the sample corpus and the made bureaus: verdicts, citations, answers and files."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from assistant.chain import answer_chain
from assistant.commitments import commits, pairs_of
from assistant.plans import PlanReview, review_plans
from assistant.types import Answer, Intent, Status
from indexer.archive import Archive
from indexer.build import index_paths
from ui.cli import main

TODAY = date(2025, 6, 1)
Corpus = tuple[Archive, Any]


@pytest.fixture(scope="module")
def held(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    folder = tmp_path_factory.mktemp("plans") / "archive"
    with Archive.open(folder, create=True) as archive:
        index_paths(archive, [corpus])
        yield archive, answer_chain(archive)


@pytest.fixture(scope="module")
def reviews(held: Corpus) -> dict[tuple[str, int], PlanReview]:
    archive, _ = held
    return {(one.pair.planning.place or "", one.pair.year): one for one in review_plans(archive, archive.reports())}


def ask(held: Corpus, question: str) -> Answer:
    answer: Answer = held[1].invoke({"question": question, "today": TODAY})
    return answer


def verdicts(review: PlanReview) -> set[tuple[str, str, str]]:
    return {
        (item.commitment.planned.figure.written, item.result.figure.written if item.result else "", item.verdict.value)
        for item in review.outcomes
        if item.commitment.planned
    }


def test_each_plan_is_paired_with_the_next_report_of_its_office(held: Corpus) -> None:
    pairs = [pair for pair in pairs_of(held[0].reports()) if pair.later]
    assert [(pair.planning.id, [report.id for report in pair.later], pair.year) for pair in pairs] == [
        ("yunling-2021", ["yunling-2022"], 2022), ("lanjiang-2021", ["lanjiang-2022"], 2022),
        ("yunling-2022", ["yunling-2023"], 2023), ("lanjiang-2022", ["lanjiang-2023"], 2023),
        ("yunling-2023", ["yunling-2024"], 2024), ("lanjiang-2023", ["lanjiang-2024"], 2024),
    ]  # fmt: skip


def test_the_plan_of_lanjiang_for_2023_is_told_as_its_next_report_tells_it(
    reviews: dict[tuple[str, int], PlanReview],
) -> None:
    found = verdicts(reviews["澜江区", 2023])
    assert found >= {
        ("6条", "4条", "partly"), ("2000个", "2035个", "done"), ("40个", "40个", "done"), ("50部", "56部", "exceeded"),
        ("20公里", "18.9公里", "partly"), ("99%", "98.9%", "missed"), ("5处", "2处", "missed"), ("10处", "9处", "partly"),
        ("1.2万户", "1.26万户", "exceeded"), ("11栋", "11栋", "done"), ("5%", "4.8%", "missed"), ("300个", "", "not_mentioned"),
    }  # fmt: skip


def test_tables_ceilings_and_ranges_of_yunling(reviews: dict[tuple[str, int], PlanReview]) -> None:
    assert verdicts(reviews["云岭县", 2023]) >= {
        ("200户", "198", "done"), ("15个", "13", "partly"), ("800套", "612", "partly"), ("450—500个", "480个", "done"),
    }  # fmt: skip
    assert verdicts(reviews["云岭县", 2024]) >= {
        ("9%", "8.8%", "done"),
        ("10%", "9.6%", "missed"),
        ("15部", "11", "partly"),
    }


def test_every_outcome_is_cited_from_the_two_reports(held: Corpus, reviews: dict[tuple[str, int], PlanReview]) -> None:
    archive = held[0]
    for review in reviews.values():
        later = {report.id for report in review.pair.later}
        for item in review.outcomes:
            for citation in filter(None, (item.planned, item.done)):
                text = archive.report(citation.report.id).text
                assert text[citation.start : citation.end] == citation.quote
            assert item.planned.report.id == review.pair.planning.id
            assert item.done is None or item.done.report.id in later
            if item.commitment.planned:
                assert item.commitment.planned.figure.written in item.planned.quote
            if item.result:
                assert item.done is not None
                assert item.result.figure.written in item.done.quote


def test_headings_creeds_and_problems_are_no_commitments() -> None:
    assert commits("继续推进城市更新，改造老旧小区。")
    assert not commits("三、2024年工作打算")
    assert not commits("项目推进中仍存在征迁难等问题，仍较突出。")


@pytest.mark.parametrize(
    ("question", "begins", "values"),
    [
        ("去年计划的老旧小区改造完成了吗？澜江区", "完成了：", ("30个", "30个")),
        ("澜江区2022年计划加装电梯45部，完成了吗？", "只完成了一部分：", ("45部", "41部")),
        ("澜江区2023年亮灯率的目标守住了没有？", "没有完成：", ("99%", "98.9%")),
        ("澜江区2023年新增停车泊位的任务完成了吗？", "完成了：", ("2000个", "2035个")),
        ("云岭县2022年供水管网漏损率目标守住了吗", "完成了：", ("9.5%", "9.4%")),
        ("Was the 2024 target for elevators met in Lanjiang district?", "Only in part:", ("60部", "52部")),
        ("澜江区2023年计划建设公共充电桩300个，落实了没有？", "没有交代：", ("300个",)),
    ],
)
def test_a_question_is_answered_with_a_verdict_both_figures_and_citations(
    held: Corpus, question: str, begins: str, values: tuple[str, ...]
) -> None:
    answer = ask(held, question)
    assert answer.question.intent is Intent.PLAN_VS_DONE
    assert answer.status is Status.ANSWERED
    assert answer.text.startswith(begins)
    assert tuple(item.figure.written for item in answer.figures) == values
    assert len(answer.citations) == len(values)


def test_a_whole_plan_is_summed_up_with_what_fell_short_first(held: Corpus) -> None:
    answer = ask(held, "澜江区2023年定的目标实现了没有")
    assert answer.status is Status.ANSWERED
    assert answer.text.startswith("2023年计划中有数的17项：")
    assert answer.text.index("亮灯率") < answer.text.index("电梯")


def test_without_a_place_no_office_is_preferred(held: Corpus) -> None:
    answer = ask(held, "2023年老旧小区改造的任务完成了吗？")
    assert answer.status is Status.AMBIGUOUS
    assert "13个" in answer.text
    assert "40个" in answer.text


def test_the_command_prints_and_writes(held: Corpus, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(held[0].folder)
    assert main(["plans", "--archive", folder, "--from", "2022", "--to", "2023", "--place", "澜江区", "--json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert [one["year"] for one in made] == [2023]
    lights = next(
        item for item in made[0]["commitments"] if "亮灯率" in item["text"] and item["planned"]["value"] == "99"
    )
    assert (lights["verdict"], lights["done"]["value"], lights["gap"]) == ("missed", "98.9", "-0.1")
    for suffix in (".xlsx", ".csv", ".md"):
        assert main(["plans", "--archive", folder, "--from", "2022", "--out", str(tmp_path / f"plans{suffix}")]) == 0
    sheet = load_workbook(tmp_path / "plans.xlsx").active
    with (tmp_path / "plans.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert sheet is not None
    assert sheet.max_row == len(rows) + 1
    pipes = next(row for row in rows if row["计划"] == "20公里")
    assert (pipes["实际"], pipes["结果"], pipes["完成计划的%"]) == ("18.9公里", "部分完成", "94.5")
    assert "| 污水管道 | 20公里 [" in (tmp_path / "plans.md").read_text(encoding="utf-8")


def test_bad_use_is_one_sentence(held: Corpus, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(held[0].folder)
    assert main(["plans", "--archive", folder, "--from", "1999"]) == 2
    assert main(["plans", "--archive", folder, "--place", "南极洲"]) == 2
    assert main(["plans", "--archive", folder, "--out", str(tmp_path / "plans.pdf")]) == 1
    errors = capsys.readouterr().err.strip().splitlines()
    assert len(errors) == 3
    assert all(line.startswith("youju: ") for line in errors)


def test_coverage_counts_every_report(held: Corpus) -> None:
    answer = ask(held, "哪几年提到装配式建筑？")
    assert answer.status is Status.ANSWERED
    assert answer.text == "9份报告中有3份提到“装配式建筑”，共5处：2021年3处、2022年2处。没有提到的年份：2023—2024。"
    assert {citation.report.id for citation in answer.citations} == {"yunling-2021", "yunling-2022", "yunling-2022-h1"}
    assert ask(held, "哪几年提到火箭？").status is Status.NOT_FOUND


def test_the_work_on_a_topic_is_listed_by_section_from_the_reviews_of_the_year(held: Corpus) -> None:
    answer = ask(held, "澜江区2023年燃气安全做了哪些工作？")
    assert answer.status is Status.ANSWERED
    assert answer.text.startswith("【重拳整治燃气乱象】今年以来，累计查扣燃气行业违规气瓶449个；执法力量出动245人次；")
    assert {citation.report.id for citation in answer.citations} == {"lanjiang-2023"}
    assert any("更换了燃气软管" in citation.quote for citation in answer.citations)


def test_the_exact_count_is_that_of_the_texts(held: Corpus) -> None:
    archive = held[0]
    counts = {report.id: archive.report(report.id).text.count("口袋公园") for report in archive.reports()}
    answer = ask(held, "哪些年份提到口袋公园？")
    holding = [name for name, count in counts.items() if count]
    assert f"有{len(holding)}份提到“口袋公园”，共{sum(counts.values())}处" in answer.text


def test_national_plans_over_seven_decades(shared: Path, tmp_path: Path) -> None:
    names = ("2013", "2014", "2015", "2016", "2017", "2023", "2024", "2025")
    files = [path for path in sorted((shared / "archive").rglob("*国务院*.txt")) if path.name[:4] in names]
    with Archive.open(tmp_path / "national", create=True) as archive:
        index_paths(archive, files)
        chain = answer_chain(archive)
        for question, begins in (
            ("2014年GDP增长7.5%左右的目标算完成吗？", "完成了：国内生产总值，2014年计划增长7.5%左右，实际增长7.4%"),
            ("2014年能源消耗强度要降3.9%以上，实际降了多少？", "超额完成："),
            (
                "2023年城镇调查失业率5.5%左右，守住了没有？",
                "完成了：城镇调查失业率，2023年计划5.5%左右（上限），实际5.2%",
            ),
            ("Rural roads: 200,000 km were to be built or rebuilt in 2016. How many were?", "Yes, it was exceeded"),
        ):
            answer: Answer = chain.invoke({"question": question, "today": TODAY})
            assert answer.text.startswith(begins), answer.text
