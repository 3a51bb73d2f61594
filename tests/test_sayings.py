"""Everyday words of questions: what they stand for, how they are found, and what they leave alone."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.asking import AskingWords, unit_reader
from assistant.question import Tools, understand
from assistant.types import Concept, Question
from indexer.figures.units import UnitTable
from indexer.lexicon import Lexicon
from indexer.lexicon.sayings import CLOSE, ENGLISH_WORDS, LOOSE, SAYINGS, read_sayings
from indexer.lexicon.tables import read_rows, split_cell
from indexer.lexicon.terms import HOME
from indexer.segment import Segmenter
from indexer.types import Measure

LONGEST = 10  # characters; a longer saying is a sentence, and fits one question


@pytest.fixture(scope="module")
def tools() -> Tools:
    lexicon = Lexicon.load()
    return Tools(lexicon, Segmenter(lexicon.words()), AskingWords.load(), unit_reader(UnitTable.load()))


def asked(text: str, tools: Tools) -> Question:
    return understand(text, today=date(2026, 11, 20), tools=tools)


def concept(text: str, word: str, tools: Tools) -> Concept:
    found = {item.word: item for item in asked(text, tools).concepts}
    assert word in found, list(found)
    return found[word]


@pytest.mark.parametrize(("name", "least"), [(SAYINGS, 900), (ENGLISH_WORDS, 500)])
def test_the_rows_are_sound(name: str, least: int) -> None:
    rows = read_rows(HOME / name, 3)
    assert len(rows) >= least
    for said, close, loose in rows:
        words, meant = split_cell(said), (*split_cell(close), *split_cell(loose))
        assert words, said
        assert meant, said
        assert len(set(meant)) == len(meant), said
        assert not any(term.isascii() and term.islower() for term in meant), said
        assert not set(words) & set(meant), said


def test_no_saying_is_a_whole_sentence() -> None:
    said = [word for row in read_rows(HOME / SAYINGS, 3) for word in split_cell(row[0])]
    assert [word for word in said if len(word) > LONGEST and not word.isascii()] == []


def test_a_saying_is_no_word_of_the_segmenter(tools: Tools) -> None:
    known = set(tools.lexicon.synonym_rows) | set(tools.lexicon.renderings)
    only_said = {word for word in tools.lexicon.sayings if word not in known and not word.isascii()}
    assert len(only_said) > 1500
    assert only_said.isdisjoint(tools.lexicon.words())


@pytest.mark.parametrize(
    ("text", "word", "official"),
    [
        ("2023年有多少个娃没爹没娘", "没爹没娘", "孤儿"),
        ("去年退了多少钱给买家投诉的人", "买家投诉", "消费者投诉"),
        ("县里一年添了几家养老院", "添", "新增"),
        ("大伙儿坐公交最多一天有多少人", "最多一天", "单日最高"),
        ("酒后开车查了多少起", "酒后开车", "酒驾"),
        ("How many ride-hailing orders were there?", "ride-hailing", "网约车"),
        ("How many outpatient visits were there?", "outpatient visits", "门诊"),
    ],
)
def test_a_question_is_asked_in_official_words_too(text: str, word: str, official: str, tools: Tools) -> None:
    weights = dict(concept(text, word, tools).alternatives)
    assert weights[official] >= 0.8


def test_sayings_lead_to_official_words_and_not_back(tools: Tools) -> None:
    assert dict(tools.lexicon.expand("娃", ["娃"])[0])["学生"] == LOOSE
    assert dict(tools.lexicon.expand("学生", ["学生"])[0]) == {"学生": 1.0}
    assert dict(read_sayings(HOME / SAYINGS)["娃"])["儿童"] == CLOSE


def test_a_lone_character_is_hardly_looked_for_as_such(tools: Tools) -> None:
    weights = dict(concept("养老院里住了多少老人", "住", tools).alternatives)
    assert weights["入住"] == CLOSE
    assert weights["住"] < LOOSE  # it stands in 住房 and 住院


def test_a_saying_is_found_around_how_many(tools: Tools) -> None:
    found = concept("2022年地里打了多少粮食", "打 粮食", tools)
    assert dict(found.alternatives)["粮食总产"] == CLOSE
    assert asked("2022年地里打了多少粮食", tools).head == "打 粮食"


@pytest.mark.parametrize(
    ("text", "word", "written"),
    [
        ("扫大街的人里六十岁往上的占多少", "六十岁", "60岁"),
        ("用了十五年的电梯有几台", "十五年", "15年"),
        ("一头猪要赔多少钱", "一头", "每头"),
    ],
)
def test_numbers_in_words_are_looked_for_in_digits(text: str, word: str, written: str, tools: Tools) -> None:
    assert written in dict(concept(text, word, tools).alternatives)


def test_words_that_fill_a_question_are_none_of_its_topic(tools: Tools) -> None:
    words = {item.word for item in asked("那几天大伙儿家门口往上的车位之类有多少个", tools).concepts}
    assert words <= {"车位", "天", "几天"}


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("2024年中欧班列比上年多了多少", Measure.CHANGE),
        ("2024年多了多少个托位", None),
        ("How many times was the reserve requirement ratio lowered in 2024?", None),
        ("What was the debt ratio in 2024?", Measure.SHARE),
    ],
)
def test_more_is_asked_for_where_it_ends_the_question(text: str, measure: Measure | None, tools: Tools) -> None:
    assert asked(text, tools).measure is measure


def test_a_few_days_are_no_unit_asked_for(tools: Tools) -> None:
    question = asked("2023年五一那几天公交拉了多少人", tools)
    assert question.unit == "人"
    assert question.head is None  # the people themselves are counted


def test_english_that_is_only_recognised_stands_behind_the_glossary(tools: Tools) -> None:
    match = tools.lexicon.english_to_chinese("repaired")[0]
    assert match.chinese[0][1] == 1.0
    assert "养护" in dict(match.chinese)
    assert tools.lexicon.chinese_to_english("没爹没娘") is None


def test_words_together_mean_what_both_rows_say(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("sayings") / "sayings.tsv"
    path.write_text("# head\n甲\t乙\t丙\n甲\t丙\t-\n", encoding="utf-8")
    assert read_sayings(path) == {"甲": (("乙", CLOSE), ("丙", CLOSE))}
