"""Sentences and clauses tile their range and end where a quotation may end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.sentences import split_clauses, split_sentences
from indexer.types import Span


def sentences(text: str) -> list[str]:
    return [text[span.start : span.end] for span in split_sentences(text)]


def clauses(text: str) -> list[str]:
    return [text[span.start : span.end] for span in split_clauses(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("查扣449个。出动245人次！完成了吗？", ["查扣449个。", "出动245人次！", "完成了吗？"]),
        ("一、工作总结\n（一）抓手\n\n　　全年完成。", ["一、工作总结\n", "（一）抓手\n\n　　", "全年完成。"]),
        ("他说：“工作要实。作风要硬。”大家鼓掌。", ["他说：“工作要实。作风要硬。”", "大家鼓掌。"]),
        ("喊出“安全第一！”的口号。", ["喊出“安全第一！”的口号。"]),
        ("消防备案32件（其中7件抽中。19件未抽中）完成。", ["消防备案32件（其中7件抽中。19件未抽中）完成。"]),
        ("没有闭合的（括号。下一句。", ["没有闭合的（括号。", "下一句。"]),
        ("增长5.5%。PM2.5下降。", ["增长5.5%。", "PM2.5下降。"]),
        ("We did it. Then 4.5 more.", ["We did it. ", "Then 4.5 more."]),
        ("各位代表：\n过去一年", ["各位代表：\n", "过去一年"]),
        ("只有空白\n\n  ", ["只有空白\n\n  "]),
        ("", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_a_semicolon_ends_a_sentence_only_where_it_grew_too_long() -> None:
    part = "关停违规经营的供应站点，" * 10 + "完成；"
    assert sentences(part + "其他。") == [part + "其他。"]
    assert sentences(part * 3 + "其他。") == [part * 2, part + "其他。"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("深基坑、高边坡、高支模，消防；汛期。", ["深基坑、高边坡、高支模，", "消防；", "汛期。"]),
        ("涉及房建（市政，园林）等6类，共36个。", ["涉及房建（市政，园林）等6类，", "共36个。"]),
        ("收入3,339.5亿元，增长5%", ["收入3,339.5亿元，", "增长5%"]),
        ("坚持“稳字当头，稳中求进”，推进", ["坚持“稳字当头，稳中求进”，", "推进"]),
        ("目标是：增长5%左右", ["目标是：增长5%左右"]),
    ],
)
def test_clauses(text: str, expected: list[str]) -> None:
    assert clauses(text) == expected


def test_only_the_range_asked_for_is_split() -> None:
    assert split_sentences("甲。乙。丙。", 2, 4) == [Span(2, 4)]


@given(st.text(alphabet="甲乙1.。！？；，、：“”（）《》\n 　a!?", max_size=80), st.integers(1, 40))
def test_spans_tile_any_text(text: str, longest: int) -> None:
    for spans in (split_sentences(text, longest=longest), split_clauses(text)):
        assert "".join(text[span.start : span.end] for span in spans) == text
        assert all(span.start < span.end for span in spans)
