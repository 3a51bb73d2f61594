"""Question understanding, with the real lexicon, segmenter and unit table."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.asking import AskingWords
from assistant.question import Tools, understand
from assistant.types import Intent, Language, Question
from indexer.errors import QuestionError
from indexer.figures.units import UnitTable
from indexer.lexicon.terms import Lexicon
from indexer.segment import Segmenter
from indexer.types import Level, Measure, Role


@pytest.fixture(scope="module")
def tools() -> Tools:
    lexicon, units = Lexicon.load(), UnitTable.load()

    def unit_at(text: str, offset: int) -> tuple[str, str, int] | None:
        unit = units.find(text, offset, len(text))
        return (unit.written, unit.dimension, offset + len(unit.written)) if unit else None

    return Tools(lexicon, Segmenter(lexicon.words()), AskingWords.load(), unit_at)


def ask(text: str, tools: Tools) -> Question:
    return understand(text, today=date(2026, 11, 20), tools=tools)


@pytest.mark.parametrize(
    ("text", "unit", "dimension"),
    [
        ("新修了多少公里污水管？", "公里", "length"),
        ("发放补贴多少万元？", "万元", "money"),
        ("推动保护修缮的古厝一共几处？", "处", "count"),
        ("增长百分之几？", "%", "percent"),
        ("比上年提高了多少个百分点？", "个百分点", "percent"),
        ("How many kilometres of sewer were built?", "公里", "length"),
        ("绿地面积是多少？", None, "area"),
        ("查扣了多少气瓶？", None, None),
        ("清走了多少村里的垃圾？", None, None),  # 村 counts nothing here
        ("多少村集体的收入上了台阶？", None, None),
        ("多少学校食堂亮了灶？", None, "count"),
        ("有多少企业停产？", None, "count"),
        ("改造了多少户？", "户", "count"),
        ("来了几个人？", "人", "count"),
        ("修桥花了多少钱？", None, "money"),
        ("去年罚了多少？", None, "money"),
        ("罚了多少人？", "人", "count"),
        ("农业保险赔了多少？", None, "money"),
        ("How much was lost to hail in 2021?", None, "money"),
        ("How much was recovered for the workers?", None, "money"),
    ],
)
def test_the_unit_that_would_answer(text: str, unit: str | None, dimension: str | None, tools: Tools) -> None:
    question = ask(text, tools)
    assert (question.unit, question.dimension) == (unit, dimension)
    assert question.intent is Intent.FIGURE


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("内河旅游精品路线包括哪两条河？", Intent.TEXT),
        ("2023年燃气安全做了哪些工作？", Intent.LIST),
        ("档案里有哪些年份、几份报告？", Intent.OVERVIEW),
        ("哪几年提到装配式建筑？", Intent.COVERAGE),
        ("2021年定的老旧小区改造目标是多少，实际完成多少？", Intent.PLAN_VS_DONE),
        ("2023年绿色食品认证计划完成了吗？", Intent.PLAN_VS_DONE),
        ("2023年道路硬化完成年度任务了没有", Intent.PLAN_VS_DONE),
        ("2024年计划完成投资多少亿元？", Intent.FIGURE),
        ("Was the 2023 target for green food met?", Intent.PLAN_VS_DONE),
        ("What was the plan for cold stores in 2022?", Intent.FIGURE),
        ("Which company supplies the heat?", Intent.TEXT),
        ("What was the unemployment rate in 2024?", Intent.FIGURE),
        ("粮食产量？", Intent.FIGURE),
    ],
)
def test_what_is_wanted(text: str, intent: Intent, tools: Tools) -> None:
    assert ask(text, tools).intent is intent


@pytest.mark.parametrize(
    ("text", "measure", "role"),
    [
        ("外贸进出口增长多少？", Measure.GROWTH, None),
        ("By how much did foreign trade grow?", Measure.GROWTH, None),
        ("经济总量居全省第几？", Measure.RANK, None),
        ("高新技术产业占比是多少？", Measure.SHARE, None),
        ("2025年粮食产量目标是多少？", None, Role.PLAN),
        ("老旧小区改造实际完成多少个？", None, Role.RESULT),
        ("新增停车位多少个？", None, None),
    ],
)
def test_measure_and_role(text: str, measure: Measure | None, role: Role | None, tools: Tools) -> None:
    question = ask(text, tools)
    assert (question.measure, question.role) == (measure, role)


def test_scope_and_asking_words_leave_the_subject(tools: Tools) -> None:
    question = ask("请问山东省2024年一共新增了多少万个停车泊位？", tools)
    assert question.places == ("山东省",)
    assert not any(word in question.subject for word in ("山东", "2024", "多少", "请问", "一共"))
    assert "停车泊位" in question.subject
    assert question.head
    assert question.head in "停车泊位"


def test_places_in_either_language_and_offices_without_a_name(tools: Tools) -> None:
    assert ask("How many jobs were created in Hunan?", tools).places == ("湖南省",)
    assert ask("县里水费收了多少？", tools).levels == (Level.COUNTY,)
    assert ask("全区有多少家供应站？", tools).levels == (Level.DISTRICT,)
    assert ask("社区里有多少老人？", tools).levels == ()
    assert ask("翻新了多少个旧住宅小区？", tools).places == ()  # 个旧 is a city, here it is 多少个 and 旧


def test_everyday_words_stand_for_official_ones(tools: Tools) -> None:
    concepts = ask("一共没收了多少煤气罐？", tools).concepts
    wordings = {wording for concept in concepts for wording, _ in concept.alternatives}
    assert {"查扣", "气瓶"} <= wordings


def test_the_language_is_told(tools: Tools) -> None:
    assert ask("how many gas cylinders were seized", tools).language is Language.ENGLISH
    assert ask("GDP增长多少？", tools).language is Language.CHINESE


@pytest.mark.parametrize("text", ["", "   ", "？！。", "😀"])
def test_nothing_to_ask_is_said(text: str, tools: Tools) -> None:
    with pytest.raises(QuestionError, match="empty"):
        ask(text, tools)


def test_a_question_far_too_long_is_said(tools: Tools) -> None:
    with pytest.raises(QuestionError, match="20000个字"):
        ask("多少气瓶" * 5000, tools)


@pytest.mark.parametrize(
    "text", ["Сколько баллонов изъято?", "'; DROP TABLE reports; --", "﷽" * 50 + "字", "多少" * 300]
)
def test_anything_else_is_understood_somehow(text: str, tools: Tools) -> None:
    assert ask(text, tools).text == text
