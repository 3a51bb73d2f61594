"""What is said and offered where nothing was found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import made_answers as made
import pytest

from assistant.asking import AskingWords
from assistant.elsewhere import Elsewhere, look_elsewhere
from assistant.held_names import HeldNames
from assistant.offers import of_figures, of_near
from assistant.question import Tools, understand
from assistant.read_figures import Weighed
from assistant.rewrite import Known
from assistant.types import Answer, Evidence, Language, Missing, Status
from assistant.word_elsewhere import with_elsewhere
from indexer.archive import Archive
from indexer.build import index_paths
from indexer.figures.units import UnitTable
from indexer.lexicon.terms import Lexicon
from indexer.segment import Segmenter
from indexer.types import Passage, Period, Role

TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def known() -> Known:
    lexicon, units = Lexicon.load(), UnitTable.load()

    def unit_at(text: str, offset: int) -> tuple[str, str, int] | None:
        unit = units.find(text, offset, len(text))
        return (unit.written, unit.dimension, offset + len(unit.written)) if unit else None

    return Known(Tools(lexicon, Segmenter(lexicon.words()), AskingWords.load(), unit_at), HeldNames({}, {}), TODAY)


def weighed(subject: str, unit: str, *, features: dict[str, float] | None = None, **changes: object) -> Weighed:
    evidence = Evidence(Passage(made.REPORT.id, 0, 1, 0, 1, "略"), made.REPORT, (), (), 1.0)
    return Weighed(made.figure("449", subject=subject, unit=unit, **changes), evidence, 1.0, features or {})


def nothing(text: str, known: Known, **changes: object) -> Answer:
    question = understand(text, today=TODAY, tools=known.tools)
    return Answer(Status.NOT_FOUND, "不在档案中：所查8份报告没有这项内容。", question, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("口袋公园花了多少钱？", "这项没有金额，档案中以“个”计。"),
        ("口袋公园面积多大？", "这项没有面积，档案中以“个”计。"),
        ("口袋公园多长？总长多少", "这项没有长度，档案中以“个”计。"),
        ("口袋公园多少吨？", "这项没有以“吨”计的数，档案中以“个”计。"),
        ("How much money was spent on pocket parks?", "The archive states this as a count, not as an amount of money."),
        ("How many kilometres of pocket parks?", "The archive states this as a count, not in km."),
    ],
)
def test_a_sort_of_unit_is_named_as_a_reader_names_it(question: str, said: str, known: Known) -> None:
    answer = with_elsewhere(nothing(question, known), Elsewhere(counted=(weighed("口袋公园", "个"),)), known)
    assert answer.text == said


def test_the_times_of_each_place_are_said_together(known: Known) -> None:
    both = tuple((place, Period.of_year(year)) for place in ("青禾区", "临川县") for year in (2023, 2022, 2021))
    answer = with_elsewhere(nothing("2019年口袋公园建了几个", known), Elsewhere(both=both), known)
    assert answer.text == "档案中有青禾区2021—2023年、临川县2021—2023年的数，没有2019年的。"
    assert answer.suggestions[:2] == ("青禾区2023年口袋公园建了几个", "临川县2023年口袋公园建了几个")


def test_what_is_only_planned_is_offered_as_planned(known: Known) -> None:
    plan = weighed("口袋公园", "个", role=Role.PLAN, period=Period.of_year(2025))
    answer = with_elsewhere(nothing("2025年建了几个口袋公园", known), Elsewhere(planned=(plan,)), known)
    assert answer.text == "2025年只有计划数，没有完成数。"
    assert answer.suggestions == ("青禾区2025年口袋公园计划多少个？",)


def test_near_figures_are_offered_without_the_claim_that_nothing_is_said(known: Known) -> None:
    answer = nothing("下大雨亏了多少", known, suggestions=("青禾区2023年直接经济损失多少万元？",))
    assert with_elsewhere(answer, Elsewhere(unsaid=("大雨",)), known).text == "没有找到确定的数，最接近的是下面这些。"


def test_a_word_that_may_be_said_otherwise_is_not_said_to_be_absent(known: Known) -> None:
    said = with_elsewhere(nothing("下大雨亏了多少", known), Elsewhere(nearly=("大雨",)), known).text
    assert said == "没有找到确定的数：报告里没有“大雨”这样的说法，可以换个说法再问。"
    assert "没有提到" in with_elsewhere(nothing("熊猫几只", known), Elsewhere(unsaid=("熊猫",)), known).text


def test_what_lies_out_of_the_archive_keeps_its_sentence(known: Known) -> None:
    answer = nothing("2019年口袋公园建了几个", known, missing=Missing.PERIOD)
    found = Elsewhere(periods=(Period.of_year(2023),))
    assert with_elsewhere(answer, found, known).text.endswith("没有这项内容。这项有2023年的数。")


@pytest.mark.parametrize(
    ("unit", "changes", "asked"),
    [
        ("公里", {}, "青禾区2023年污水管道多少公里？"),
        ("%", {"dimension": "percent"}, "青禾区2023年污水管道是多少？"),
        ("公斤/亩", {"dimension": "rate"}, "青禾区2023年污水管道是多少？"),
    ],
)
def test_an_offered_question_is_complete(unit: str, changes: dict[str, object], asked: str, known: Known) -> None:
    question = made.question("管子多少")
    assert of_figures(question, [weighed("污水管道", unit, **changes)], known.lexicon) == (asked,)


def test_only_what_may_be_meant_is_near(known: Known) -> None:
    unlike = {"coverage": 0.36, "head": 0.45, "named": 0.0, "weakest": 0.45, "likely": 0.1}
    likely = {"coverage": 0.0, "head": 0.0, "named": 0.0, "weakest": 0.0, "likely": 0.5}
    question = made.question("清走了多少垃圾")
    assert of_near(question, [weighed("行政村", "个", features=unlike)], known.lexicon) == ()
    assert of_near(question, [weighed("道路硬化", "公里", features=likely)], known.lexicon) == (
        "青禾区2023年道路硬化多少公里？",
    )
    english = made.question("how much rubbish", Language.ENGLISH)
    assert of_near(english, [weighed("双井香菇", "吨", features=likely)], known.lexicon) == ()


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, corpus: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path_factory.mktemp("elsewhere") / "archive", create=True) as opened:
        index_paths(opened, [corpus])
        yield opened


@pytest.mark.parametrize(
    ("text", "unsaid", "nearly"),
    [
        ("讨薪多少起", (), ()),  # the lexicon knows the words of the reports for it
        ("养了多少大熊猫", ("大熊猫",), ()),
        ("房价是多少", (), ("房价",)),  # 商品房, 价格
    ],
)
def test_words_that_no_report_says(
    text: str, unsaid: tuple[str, ...], nearly: tuple[str, ...], archive: Archive, known: Known
) -> None:
    found = look_elsewhere(understand(text, today=TODAY, tools=known.tools), archive, lambda _: ())
    assert (found.unsaid, found.nearly) == (unsaid, nearly)
