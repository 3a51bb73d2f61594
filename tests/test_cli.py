"""The command `youju`: what it prints, where, and how it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import made_answers as made
import pytest
from langchain_core.runnables import RunnableLambda

from assistant.types import Answer
from indexer.errors import QuestionError
from ui.cli import main, parser
from ui.commands.ask import answer_lines, asked_in

ROOT = Path(__file__).parents[1]


def youju(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command run as its own process, without a terminal."""
    return subprocess.run(
        [sys.executable, "-m", "ui.cli", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        check=False,
        timeout=120,
    )


def test_help_comes_in_half_a_second_and_shows_examples() -> None:
    took = []
    for _ in range(3):
        started = time.perf_counter()
        result = youju("--help")
        took.append(time.perf_counter() - started)
    assert min(took) < 0.5
    assert result.returncode == 0
    for command in ("index", "ask", "reports", "show", "remove", "check", "eval", "serve"):
        assert f"\n    {command} " in result.stdout
    assert 'youju ask "2023年没收了多少个煤气罐？"' in result.stdout


def test_help_loads_no_library() -> None:
    code = "import sys, ui.cli\nui.cli.parser()\nprint([m for m in sys.modules if m.split('.')[0] in sys.argv[1:]])"
    heavy = ["numpy", "gradio", "torch", "langchain_core", "sqlalchemy", "jieba", "rich", "fastapi"]
    result = subprocess.run([sys.executable, "-c", code, *heavy], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


@pytest.mark.parametrize("command", ["index", "ask", "reports", "show", "remove", "check", "eval", "serve"])
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    assert "--archive DIR" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["fly"],
        ["index"],
        ["ask", "甲", "乙"],
        ["ask", "--today", "昨天", "甲"],
        ["serve", "--port", "0"],
        ["serve", "--port", "70000"],
        ["show"],
    ],
)
def test_bad_use_ends_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert capsys.readouterr().err


def test_the_archive_may_stand_before_or_after_and_has_a_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("YOUJU_ARCHIVE", raising=False)
    assert parser().parse_args(["reports"]).archive == Path(".youju")
    assert parser().parse_args(["--archive", "甲", "reports"]).archive == Path("甲")
    assert parser().parse_args(["reports", "--archive", "乙"]).archive == Path("乙")
    assert parser().parse_args(["--archive", "甲", "ask", "几个？", "--archive", "乙"]).archive == Path("乙")
    monkeypatch.setenv("YOUJU_ARCHIVE", "丙")
    assert parser().parse_args(["reports"]).archive == Path("丙")
    assert parser().parse_args(["reports", "--archive", "乙"]).archive == Path("乙")


def test_the_day_is_read_as_a_date() -> None:
    assert parser().parse_args(["ask", "去年？", "--today", "2024-03-01"]).today == date(2024, 3, 1)


@pytest.mark.parametrize(
    "command", [["ask", "几个？"], ["reports"], ["show", "x"], ["remove", "x", "--yes"], ["check"]]
)
def test_a_folder_that_is_no_archive_is_one_sentence_and_1(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    assert main([*command, "--archive", str(tmp_path)]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("youju: ")
    assert len(shown.err.splitlines()) == 1
    assert str(tmp_path) in shown.err
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_ctrl_c_says_so_and_ends_with_130(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(options: object) -> int:
        raise KeyboardInterrupt

    import ui.commands.reports

    monkeypatch.setattr(ui.commands.reports, "run", interrupted)
    assert main(["reports"]) == 130
    assert "已中断" in capsys.readouterr().err


# ---- many questions


def chain_of(asked: list[dict[str, object]]) -> RunnableLambda[dict[str, object], Answer]:
    """A chain that keeps what it was asked, and refuses an empty question."""

    def answer(question: dict[str, object]) -> Answer:
        asked.append(question)
        if not question["question"]:
            raise QuestionError("问题是空的，请写一个问题。")
        return made.gas_cylinders()

    return RunnableLambda(answer)


def test_a_batch_answers_each_line_and_reports_a_bad_one_with_its_number(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [
        '{"id": "a", "q": "没收了多少煤气罐？"}',
        "{broken",
        "",
        '{"id": 4, "turns": ["没收了多少？", "那2022年呢？"]}',
        '{"id": "e", "q": ""}',
        '{"id": "f"}',
        "[1]",
    ]
    asked: list[dict[str, object]] = []
    out = tmp_path / "out.jsonl"
    assert answer_lines(chain_of(asked), lines, out, date(2024, 1, 2), name="in.jsonl") == (2, 4)
    answers = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [answer["id"] for answer in answers] == ["a", "4"]
    assert answers[0]["figures"][0]["value"] == "449"
    assert [(one["question"], one["turns"]) for one in asked] == [
        ("没收了多少煤气罐？", []),
        ("那2022年呢？", ["没收了多少？"]),
        ("", []),
    ]
    assert {one["today"] for one in asked} == {date(2024, 1, 2)}
    reported = capsys.readouterr().err.splitlines()
    assert [line.split(":")[1] for line in reported] == ["2", "5", "6", "7"]
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]


def test_a_batch_that_is_broken_off_leaves_the_old_answers(tmp_path: Path) -> None:
    def broken(question: object) -> Answer:
        raise KeyboardInterrupt

    out = tmp_path / "out.jsonl"
    out.write_text("old\n", encoding="utf-8")
    with pytest.raises(KeyboardInterrupt):
        answer_lines(RunnableLambda(broken), ['{"q": "甲"}'], out, None)
    assert out.read_text(encoding="utf-8") == "old\n"
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]


@pytest.mark.parametrize("line", ['{"turns": []}', '{"turns": [1]}', '{"turns": "甲"}', '{"q": null}', '"甲"', "3"])
def test_a_line_without_a_question_is_refused(line: str) -> None:
    with pytest.raises(QuestionError):
        asked_in(line)


def test_batch_and_out_go_together(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "--batch", str(tmp_path / "q.jsonl"), "--archive", str(tmp_path)]) == 2
    assert main(["ask", "甲", "--batch", "q", "--out", "o", "--archive", str(tmp_path)]) == 2
    assert "--batch FILE and --out FILE go together" in capsys.readouterr().err
