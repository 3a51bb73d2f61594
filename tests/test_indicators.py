"""Everyday phrasings: the table, what a question may mean, and how near single words are."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from assistant.indicators import Indicators
from assistant.retrieve import likely_groups
from indexer.embed import open_embedder
from indexer.lexicon.indicators import Indicator, read_indicators
from indexer.lexicon.terms import Lexicon
from indexer.segment import Segmenter
from indexer.training.batches import PieceTable, batches
from indexer.training.everyday import asked_in_chinese, asked_in_english, is_kept_out, trained_on
from indexer.training.pairs import Pair, PairSet

LOAN = Indicator("国家助学贷款惠及学生", "万人", ("念书借的钱帮到多少人", "上学贷的款"), ("student loans",))
FIELDS = Indicator("高标准农田建设", "万亩", ("修了多少好田", "整得平平的地"), ("high-standard farmland",))


@pytest.fixture(scope="module")
def known() -> Indicators:
    return Indicators([LOAN, FIELDS], open_embedder(), Lexicon.load(), Segmenter())


def test_the_table_that_ships_is_whole_and_names_no_year() -> None:
    indicators = read_indicators()
    assert len(indicators) > 2500
    assert len({item.official for item in indicators}) == len(indicators)
    assert all(item.everyday and item.english and item.unit for item in indicators)
    assert not [phrase for item in indicators for phrase in item.everyday if "年" in phrase and "20" in phrase]


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "everyday.tsv"
    path.write_text("# comment\n气瓶查扣\t个\t收走的煤气罐\n", encoding="utf-8")
    with pytest.raises(ValueError, match="line 2"):
        read_indicators(path)


@pytest.mark.parametrize(
    ("asked", "meant"),
    [("上学贷的款", LOAN), ("念书借的钱", LOAN), ("整平的好田", FIELDS), ("how many student loans", LOAN)],
)
def test_a_question_in_like_words_means_the_indicator(known: Indicators, asked: str, meant: Indicator) -> None:
    first = known.likely(asked)[0]
    assert first.indicator == meant
    assert 0.0 < first.likelihood <= 1.0


def test_a_phrasing_itself_means_its_indicator_for_sure(known: Indicators) -> None:
    assert known.likely("上学贷的款")[0].likelihood == 1.0


@pytest.mark.parametrize("asked", ["", "   ", "核潜艇"])
def test_what_is_like_nothing_known_means_nothing(known: Indicators, asked: str) -> None:
    assert known.likely(asked) == ()


def test_the_words_of_a_likely_indicator_widen_the_search(known: Indicators) -> None:
    words = {text: pull for group in likely_groups(known.likely("上学贷的款")) for text, pull in group}
    assert "助学贷款" in words or "国家助学贷款" in words
    assert all(0 < pull < 1 for pull in words.values())


def test_training_leaves_out_the_kept_indicators_and_keeps_questions_as_they_are() -> None:
    indicators = read_indicators()
    trained = trained_on(indicators)
    assert 0.1 < 1 - len(trained) / len(indicators) < 0.3
    assert not any(map(is_kept_out, trained))
    pairs = list(asked_in_chinese([LOAN], Random(1)))
    assert ("念书借的钱帮到多少人", LOAN.official) in pairs
    assert len(pairs) == 4
    assert {second for first, second in asked_in_english([LOAN], Random(1)) if first == "student loans"} & set(
        LOAN.everyday
    )


def test_no_batch_shows_a_text_twice_and_each_is_of_one_kind() -> None:
    many = tuple(Pair(f"问题{number}", f"答案{number % 5}") for number in range(40))
    other = tuple(Pair(f"ask {number}", f"answer {number}") for number in range(20))
    found = batches([PairSet("zh", many), PairSet("en", other, 2)], 4, Random(1))
    assert found
    for batch in found:
        texts = [text for pair in batch for text in (pair.first, pair.second)]
        assert len(texts) == len(set(texts)) == 8
        assert len({pair.first.isascii() for pair in batch}) == 1
    assert sum(len(batch) for batch in found if batch[0].first.isascii()) == 40


def test_pieces_of_texts_lie_in_a_row_with_their_starts() -> None:
    from tokenizers import Tokenizer

    from indexer.embed import bundled_folder

    tokenizer = Tokenizer.from_file(str(bundled_folder() / "tokenizer.json"))
    table = PieceTable(tokenizer, [PairSet("zh", (Pair("粮食产量", "棉花"),))])
    features = table.features(["棉花", "粮食产量"])
    assert features["offsets"].tolist() == [0, len(tokenizer.encode("棉花", add_special_tokens=False).ids)]
