"""Folding keeps every offset and forges no number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.fold import fold


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("占总投资额的６０．７６％，", "占总投资额的60.76%,"),
        ("１９８７年３月（摘要）", "1987年3月(摘要)"),
        ("全國財政收入增長", "全国财政收入增长"),
        ("第一\u3000部分\u00a0：", "第一 部分 :"),
        ("SM城市广场 Ｐ", "SM城市广场 P"),
    ],
)
def test_spellings_of_one_thing_fold_to_one(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize("text", ["①5个", "10⁴亩", "⑴增长", "Ⅱ类水质", "90万㎡", "4·3", "*.*亿元"])
def test_what_would_forge_a_number_is_left_alone(text: str) -> None:
    assert fold(text) == text


@given(st.text())
def test_every_character_folds_to_one_and_folding_twice_changes_nothing(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)
