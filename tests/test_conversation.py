"""Follow-ups are filled in to stand alone: one thing changes, what is complete in itself inherits nothing."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.asking import AskingWords
from assistant.conversation import stand_alone
from assistant.follow_turn import Told
from assistant.follow_words import FollowUpWords
from assistant.held_names import HeldNames
from assistant.question import Tools
from assistant.rewrite import Known
from indexer.figures.units import UnitTable
from indexer.lexicon.terms import Lexicon
from indexer.segment import Segmenter

TOLD = Told("2023年", "青禾区", "违规气瓶", "查扣违规气瓶")
HELD = HeldNames(
    {"青禾区": "青禾区", "青禾": "青禾区", "临川县": "临川县", "临川": "临川县"}, {"青禾区住建局": "住建局"}
)


@pytest.fixture(scope="module")
def known() -> Known:
    lexicon, units = Lexicon.load(), UnitTable.load()

    def unit_at(text: str, offset: int) -> tuple[str, str, int] | None:
        unit = units.find(text, offset, len(text))
        return (unit.written, unit.dimension, offset + len(unit.written)) if unit else None

    return Known(Tools(lexicon, Segmenter(lexicon.words()), AskingWords.load(), unit_at), HELD, date(2026, 11, 20))


@pytest.fixture(scope="module")
def words() -> FollowUpWords:
    return FollowUpWords.load()


def full_of(dialogue: str, known: Known, words: FollowUpWords) -> str:
    *turns, text = dialogue.split("|")
    return stand_alone(turns, text, known=known, words=words, tell=lambda _: TOLD)


EXTENT = [  # another measure of the same thing
    ("临川县2022年内河开放了多少条？|多长", "临川县2022年内河开放长度是多少？"),
    ("临川县2022年绿地建了几处|总面积呢", "临川县2022年绿地建总面积是多少？"),
    ("临川县2024年棚户区改造基本建成多少套|完成计划的百分之几", "临川县2024年棚户区改造基本建成完成率是多少？"),
    ("临川县2024年供水管网改造了多少处|完成率是多少", "临川县2024年供水管网改造完成率是多少？"),
]


@pytest.mark.parametrize(("dialogue", "full"), EXTENT)
def test_another_measure_of_the_same_thing(dialogue: str, full: str, known: Known, words: FollowUpWords) -> None:
    assert full_of(dialogue, known, words) == full


TIME = [
    ("2022年国务院报告公布的城镇新增就业是多少？|那上一年的报告呢？", "2021年国务院报告公布的城镇新增就业是多少？"),
    ("2022年新增停车泊位多少个？|那2023年呢？", "2023年新增停车泊位多少个？"),
    ("2022年新增停车泊位多少个？|那2023年呢？|2024年呢？", "2024年新增停车泊位多少个？"),
    ("青禾区2022年12315受理多少件|上一年呢", "青禾区2021年12315受理多少件"),
    ("青禾区2022年12315受理多少件|再往前一年？", "青禾区2021年12315受理多少件"),
    ("青禾区2023年改造了多少个老旧小区？|下一年呢？", "青禾区2024年改造了多少个老旧小区？"),
    ("青禾区2023年改造了多少个老旧小区？|去年呢？", "青禾区去年改造了多少个老旧小区？"),
    ("临川县2021年夏粮产量|2022年的", "临川县2022年夏粮产量"),
    ("临川县2021年夏粮产量|2022年是多少", "临川县2022年夏粮产量"),
    ("临川县2023年全年农村居民人均可支配收入多少|上半年是多少？", "临川县2023年上半年农村居民人均可支配收入多少"),
    ("临川县2023年上半年危房改造完工多少户|全年呢？", "临川县2023年危房改造完工多少户"),
    ("临川县2023年上半年危房改造完工多少户|前三季度呢？", "临川县2023年前三季度危房改造完工多少户"),
    ("How many jobs were created in 2022?|What about 2023?", "How many jobs were created in 2023?"),
    ("How many cylinders were seized in 2023?|What about the year before?", "How many cylinders were seized in 2022?"),
    ("How many cylinders were seized?|And in 2022?", "How many cylinders were seized in 2022?"),
]
PLACE = [
    ("山东省2024年城镇新增就业多少万人？|湖南呢？", "湖南2024年城镇新增就业多少万人？"),
    ("山东省2024年城镇新增就业多少万人？|那上海市呢", "上海市2024年城镇新增就业多少万人？"),
    ("查扣了多少气瓶？|那云岭县呢", "云岭县查扣了多少气瓶？"),
    ("青禾区住建局2023年检查工地多少个？|临川县呢", "临川县2023年检查工地多少个？"),
    ("青禾区2023年改造了多少个老旧小区？|2022年临川县的呢？", "临川县2022年改造了多少个老旧小区？"),
    ("How many new urban jobs did Shandong add in 2024?|And Hunan?", "How many new urban jobs did Hunan add in 2024?"),
    (
        "How many urban jobs were created in Guangxi in 2024?|And in Shanghai?",
        "How many urban jobs were created in Shanghai in 2024?",
    ),
]
MEASURE = [
    ("2024年甘肃外贸进出口额是多少？|同比增长多少？", "2024年甘肃外贸进出口额同比增长多少？"),
    ("1994年全国进出口总额有多少亿美元？|比上年增长多少？", "1994年全国进出口总额同比增长多少？"),
    ("青禾区2023年发明专利有多少件|增长了多少", "青禾区2023年发明专利同比增长多少？"),
    ("青禾区2023年改造了多少个老旧小区？|是增加还是减少了？", "青禾区2023年改造老旧小区同比增长多少？"),
    ("青禾区2023年查扣了多少气瓶？|跟上年比呢？", "青禾区2023年查扣气瓶同比增长多少？"),
    ("青禾区2023年财政收入增长多少？|绝对数呢？", "青禾区2023年财政收入是多少？"),
    ("青禾区2023年财政收入增长多少？|总量是多少？", "青禾区2023年财政收入是多少？"),
    (
        "How many urban jobs did Shandong add in 2024?|How much did it grow?",
        "By how much did urban jobs grow (Shandong, 2024)?",
    ),
    (
        "What was the grain output of Shandong in 2024?|In total?",
        "What was the total grain output (Shandong, 2024)?",
    ),
]
ANSWERED = [  # the question before names no time or place: those of its answer count
    ("查扣了多少气瓶？|增长了多少？", "青禾区2023年查扣气瓶同比增长多少？"),
    ("查扣了多少气瓶？|上一年呢？", "2022年青禾区查扣了多少气瓶？"),
    ("查扣了多少气瓶？|总数呢？", "青禾区2023年查扣违规气瓶总数是多少？"),
    ("一共有多少？|增长了多少？", "青禾区2023年违规气瓶同比增长多少？"),
    ("查扣了多少气瓶？|计划呢？", "青禾区2023年计划查扣多少气瓶？"),
]
PLAN = [
    ("青禾区2023年加装了多少部电梯？|计划呢？", "青禾区2023年计划加装多少部电梯？"),
    ("青禾区2023年加装了多少部电梯？|原计划是多少？", "青禾区2023年计划加装多少部电梯？"),
    ("青禾区计划2024年加装多少部电梯？|完成了吗？", "青禾区2024年实际加装多少部电梯？"),
    ("青禾区计划2024年加装多少部电梯？|实际完成多少？", "青禾区2024年实际加装多少部电梯？"),
    ("青禾区2024年计划改造老旧小区多少个？|完成情况呢", "青禾区2024年实际改造老旧小区多少个？"),
]
PARTS = [
    ("青禾区2023年居民家中查扣多少气瓶|总数呢？", "青禾区2023年查扣违规气瓶总数是多少？"),
    ("青禾区2023年查扣了多少气瓶，其中居民家中多少|总数呢？", "青禾区2023年查扣气瓶总数是多少？"),
    ("青禾区2023年查扣了多少气瓶？|其中居民家中的呢？", "青禾区2023年查扣气瓶，其中居民家中有多少？"),
    ("青禾区2023年查扣了多少气瓶？|其中经营门店多少个？", "青禾区2023年查扣气瓶，其中经营门店多少个？"),
    ("青禾区2023年口袋公园建了几个？|完工了几个？", "青禾区2023年口袋公园完工了几个？"),
    ("青禾区2023年处置房屋多少栋|还剩多少栋？", "青禾区2023年房屋还剩多少栋？"),
]
THING = [
    ("安徽2024年集成电路产量增长多少？|那工业机器人呢？", "安徽2024年工业机器人产量增长多少？"),
    ("四川2024年城镇居民人均可支配收入增长多少？|农村居民呢", "四川2024年农村居民人均可支配收入增长多少？"),
    ("1958年的电力建设项目里，火电站有几座？|水电站呢？", "1958年水电站有几座？"),
    ("1955年全国粮食总产量是多少？|棉花的产量呢？", "1955年全国棉花的产量是多少？"),
    ("临川县2021年夏粮产量|秋粮呢", "临川县2021年秋粮产量是多少？"),
    ("青禾区2023年检查了多少家次企业？|整改率呢", "青禾区2023年整改率是多少？"),
    ("青禾区2022年新建污水管道多少公里？|加装电梯呢？", "青禾区2022年加装电梯有多少？"),
    ("临川县2024年流转了多少土地|流转率是多少？", "临川县2024年流转率是多少？"),
    ("2024年山东开工改造老旧小区多少户？|完成农村危房改造的是多少户？", "2024年山东完成农村危房改造的是多少户？"),
    ("2024年河北改造了多少个城镇老旧小区？|那2025年要改造多少个以上？", "河北2025年城镇老旧小区要改造多少个以上？"),
    ("青禾区2023年改造了多少个老旧小区？|有哪些措施？", "青禾区2023年改造老旧小区有哪些措施？"),
    (
        "How many schools did Tianjin build in 2024?|How many hospitals?",
        "How many hospitals did Tianjin build in 2024?",
    ),
    (
        "By how much did China's GDP grow in 1994?|And what about industrial value added?",
        "By how much did China's industrial value added grow in 1994?",
    ),
    ("What was the grain output of Shandong in 2024?|And cotton?", "What was cotton output of Shandong in 2024?"),
]


@pytest.mark.parametrize(
    ("dialogue", "full"), [*TIME, *PLACE, *MEASURE, *ANSWERED, *PLAN, *PARTS, *THING], ids=lambda text: text[-24:]
)
def test_one_thing_changes(dialogue: str, full: str, known: Known, words: FollowUpWords) -> None:
    assert full_of(dialogue, known, words) == full


@pytest.mark.parametrize(
    "text",
    [
        "2023年山东查扣了多少气瓶？",
        "河北2021年粮食产量是多少？",
        "临川县2022年加装了多少部电梯？",
        "How many hospitals did Henan build in 2021?",
        "档案里有几份报告？",
        "谢谢",
        "ok",
        "？？",
    ],
)
def test_what_is_complete_in_itself_inherits_nothing(text: str, known: Known, words: FollowUpWords) -> None:
    assert full_of(f"青禾区2023年新增停车泊位多少个？|{text}", known, words) == text


def test_the_first_question_has_nothing_to_lean_on(known: Known, words: FollowUpWords) -> None:
    assert full_of("那2023年呢？", known, words) == "那2023年呢？"


def test_without_an_answer_nothing_is_made_up(known: Known, words: FollowUpWords) -> None:
    turns = ["查扣了多少气瓶？"]
    assert stand_alone(turns, "增长了多少？", known=known, words=words) == "查扣气瓶同比增长多少？"
    assert stand_alone(turns, "上一年呢？", known=known, words=words) == "上一年呢？"
