"""Words for the index: folded, searchable by their parts, with the places they stand in."""

from __future__ import annotations

import pytest

from indexer.fold import fold
from indexer.segment import Segmenter, _open_jieba, read_user_words


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return Segmenter()


def test_tokens_carry_their_place_in_the_text(segmenter: Segmenter) -> None:
    text = "累計查扣ＬＮＧ氣瓶４４９個，占60.76％。\nSM城市广场"
    tokens = segmenter.tokens(text)
    assert [fold(text[token.start : token.end]).lower() for token in tokens] == [token.word for token in tokens]
    words = [token.word for token in tokens]
    assert {"累计", "查扣", "lng", "气瓶", "449", "60.76%", "sm"} <= set(words)
    assert [token.start for token in tokens] == sorted(token.start for token in tokens)


def test_terms_hold_long_words_and_their_parts_but_no_function_words(segmenter: Segmenter) -> None:
    terms = segmenter.terms("对老旧小区的供热管网进行改造，*.*亿元。")
    assert {"老旧小区", "老旧", "小区", "供热", "管网", "改造", "亿元"} <= set(terms)
    assert not {"的", "对", "，", "*", "。"} & set(terms)


def test_a_question_and_a_passage_share_their_terms_whatever_the_spelling(segmenter: Segmenter) -> None:
    assert segmenter.terms("雨汙分流 改造 ＫＴＶ") == segmenter.terms("雨污分流改造ktv")


def test_words_of_the_field_stay_whole(segmenter: Segmenter) -> None:
    words = read_user_words()
    assert len(words) >= 250
    assert len(set(words)) == len(words)
    for word in ("雨污分流", "违规气瓶", "末端网点", "棚户区改造", "实名制管理"):
        assert word in segmenter.terms(f"全市{word}情况")


def test_extra_words_are_kept_whole_and_change_the_fingerprint(segmenter: Segmenter) -> None:
    other = Segmenter(["尤溪洲南桥头"])
    assert "尤溪洲南桥头" in other.terms("生成尤溪洲南桥头改造工程")
    assert "尤溪洲南桥头" not in segmenter.terms("生成尤溪洲南桥头改造工程")
    assert other.fingerprint != segmenter.fingerprint == Segmenter().fingerprint


def test_the_dictionary_is_counted_as_jieba_counts_it() -> None:
    tokenizer = _open_jieba()
    known, total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    assert (tokenizer.FREQ, tokenizer.total) == (known, total)
    assert tokenizer.FREQ["北京大学"] > 0
    assert tokenizer.FREQ["北京大"] == 0  # only begins a word
