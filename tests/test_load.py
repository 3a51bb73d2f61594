"""The load benchmark speaks the page's protocol: a few users are answered by a real server in its own process."""

from __future__ import annotations

from pathlib import Path

from benchmarks.load import QUESTIONS, asked, copy_of, measure, serving


def test_a_few_users_are_all_answered(sample_folder: Path, tmp_path: Path) -> None:
    with serving(copy_of(sample_folder, tmp_path / "archive")) as server:
        load = measure(server, asked(QUESTIONS), users=3, asks=2, limit=60)
    assert load.errors == []
    assert len(load.seconds) == 6
    assert load.processor > 0
    assert "answers 6," in load.line()


def test_only_the_working_half_of_a_question_set_is_asked(tmp_path: Path) -> None:
    rows = '{"q": "甲", "half": "working"}\n\n{"q": "乙", "half": "frozen"}\n{"turns": ["丙"]}\n{"q": "丁"}\n'
    (tmp_path / "set.jsonl").write_text(rows, encoding="utf-8")
    assert asked(tmp_path / "set.jsonl") == ["甲", "丁"]
