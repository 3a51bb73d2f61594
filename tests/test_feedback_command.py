"""`youju feedback`: what people said of answers comes out as a table, as JSON, and as questions for `youju eval`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.question_sets import read_questions
from indexer.archive import Archive
from indexer.feedback import Verdict
from ui.cli import main

TOLD = {
    "status": "answered",
    "figures": [{"value": "449", "unit": "个"}],
    "citations": [{"report": "a.txt", "report_id": "a", "quote": "查扣气瓶449个。"}],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Archive.open(tmp_path / "archive", create=True) as archive:
        archive.feedback.add("", "2023年查扣了多少气瓶？", "449个", Verdict.UP, told=TOLD)
        archive.feedback.add("", "2023年绿道多少公里？", "12公里", Verdict.DOWN, reason="是计划数", told=TOLD)
    return tmp_path / "archive"


def test_what_was_called_right_becomes_questions_that_eval_reads(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "questions.jsonl"
    assert main(["feedback", "--archive", str(folder), "--out", str(out)]) == 0
    (question,) = read_questions(out)
    assert (question["q"], question["values"], question["unit"]) == ("2023年查扣了多少气瓶？", ["449"], "个")


def test_what_was_called_wrong_is_shown_with_its_reason(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["feedback", "--archive", str(folder), "--wrong", "--json"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    told = json.loads(line)
    assert (told["verdict"], told["standalone"], told["reason"]) == ("down", "2023年绿道多少公里？", "是计划数")


def test_the_table_has_both(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["feedback", "--archive", str(folder)]) == 0
    shown = capsys.readouterr().out
    assert "449个" in shown
    assert "是计划数" in shown


def test_an_archive_without_any_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Archive.open(tmp_path / "archive", create=True).close()
    assert main(["feedback", "--archive", str(tmp_path / "archive")]) == 0
    assert "还没有人评价过" in capsys.readouterr().err


def test_a_file_that_is_there_is_not_written_over(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "kept.jsonl"
    out.write_text("mine\n", encoding="utf-8")
    assert main(["feedback", "--archive", str(folder), "--out", str(out)]) == 1
    assert out.read_text(encoding="utf-8") == "mine\n"
