"""Follow-ups are filled in to stand alone."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.conversation import stand_alone
from assistant.question import NOTHING_HELD
from indexer.lexicon.terms import Lexicon

LEXICON = Lexicon.load()


@pytest.mark.parametrize(
    ("turns", "text", "full"),
    [
        (
            ["2022年国务院报告公布的城镇新增就业是多少？"],
            "那上一年的报告呢？",
            "2021年国务院报告公布的城镇新增就业是多少?",
        ),
        (["2022年新增停车泊位多少个？"], "那2023年呢？", "2023年新增停车泊位多少个?"),
        (["山东省2024年城镇新增就业多少万人？"], "湖南呢？", "湖南2024年城镇新增就业多少万人?"),
        (["山东省2024年城镇新增就业多少万人？"], "那上海市呢", "上海市2024年城镇新增就业多少万人?"),
        (["安徽2024年集成电路产量增长多少？"], "那工业机器人呢？", "安徽2024年工业机器人产量增长多少？"),
        (["2024年甘肃外贸进出口额是多少？"], "同比增长多少？", "2024年甘肃外贸进出口额同比增长多少？"),
        (["甘州2024年城镇居民人均可支配收入增长多少？"], "农村居民呢", "2024年农村居民人均可支配收入增长多少？"),
        (
            ["2024年山东开工改造老旧小区多少户？"],
            "完成农村危房改造的是多少户？",
            "2024年山东完成农村危房改造的是多少户？",
        ),
        (["2024年山东新增就业多少万人？"], "那2025年要新增多少万人？", "山东那2025年要新增多少万人？"),
        (["2024年山东新增就业多少万人？"], "2023年河北粮食产量多少？", "2023年河北粮食产量多少？"),
        (["How many schools did Tianjin build in 2024?"], "How many hospitals?", "How many hospitals (Tianjin, 2024)?"),
        (
            ["How many new urban jobs did Shandong add in 2024?"],
            "And Hunan?",
            "How many new urban jobs did Hunan add in 2024?",
        ),
        (["How many jobs were created in 2022?"], "What about 2023?", "How many jobs were created in 2023?"),
        (["2022年新增停车泊位多少个？", "那2023年呢？"], "2024年呢？", "2024年新增停车泊位多少个?"),
    ],
)
def test_one_thing_changes(turns: list[str], text: str, full: str) -> None:
    assert stand_alone(turns, text, lexicon=LEXICON, held=NOTHING_HELD, today=date(2026, 11, 20)) == full


@pytest.mark.parametrize("text", ["2023年山东查扣了多少气瓶？", "河北2021年粮食产量是多少？"])
def test_a_question_that_stands_alone_stays(text: str) -> None:
    assert (
        stand_alone(["2022年新增停车泊位多少个？"], text, lexicon=LEXICON, held=NOTHING_HELD, today=date(2026, 11, 20))
        == text
    )


def test_the_first_question_has_nothing_to_lean_on() -> None:
    assert (
        stand_alone([], "那2023年呢？", lexicon=LEXICON, held=NOTHING_HELD, today=date(2026, 11, 20)) == "那2023年呢？"
    )
