"""The command `youju`: what it prints, where, and how it ends."""

from __future__ import annotations

import builtins
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from datetime import UTC, date, datetime
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


@pytest.mark.parametrize("command", ["ask 几个？", "reports", "show x", "remove x --yes", "check"])
def test_a_folder_that_is_no_archive_is_one_sentence_and_1(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    assert main([*command.split(), "--archive", str(tmp_path)]) == 1
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


# ---- a real archive of the sample corpus


def run(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """The exit status, the output and the errors of a command run in this process."""
    status = main(arguments)
    shown = capsys.readouterr()
    return status, shown.out, shown.err


@pytest.fixture(scope="module")
def reports_folder(tmp_path_factory: pytest.TempPathFactory, corpus: Path) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    for path in corpus.iterdir():
        if path.suffix in {".txt", ".md", ".docx", ".html", ".csv"} and path.name != "README.md":
            shutil.copy(path, folder)
    return folder


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, reports_folder: Path) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    result = youju("index", str(reports_folder), "--archive", str(folder))
    assert result.returncode == 0, result.stderr
    assert result.stdout == "新增 9 · 更新 0 · 未变 0 · 失败 0\n"
    return folder


SEIZED = "2023年累计查扣燃气行业违规气瓶多少个？"


def test_a_question_is_answered_with_its_figure_and_its_sentence(
    archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = run(["ask", SEIZED, "--archive", str(archive)], capsys)
    assert (status, err) == (0, "")
    assert out.splitlines()[0] == "  449 个  [1]"
    assert "分项合计相符" in out
    assert "“今年以来，累计查扣燃气行业违规气瓶449个。”" in out
    assert "\x1b" not in out


def test_json_is_one_object_of_the_contract(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(["ask", SEIZED, "--json", "--explain", "--archive", str(archive)], capsys)
    answer = json.loads(out)
    assert (status, answer["status"]) == (0, "answered")
    assert (answer["figures"][0]["value"], answer["figures"][0]["unit"]) == ("449", "个")
    assert [part["value"] for part in answer["figures"][0]["parts"]] == ["59", "390"]
    assert answer["candidates"]
    assert {"report", "report_id", "section", "quote", "start", "end"} <= answer["citations"][0].keys()


def test_what_the_archive_does_not_hold_is_an_answer_too(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(["ask", "地铁运营里程多少公里？", "--archive", str(archive)], capsys)
    assert status == 0
    assert out.startswith("〔档案中没有找到〕")
    assert "检索了 9 份报告" in out


@pytest.mark.parametrize("question", ["", "   ", "个" * 20_000])
def test_an_empty_or_endless_question_is_one_sentence_and_2(
    archive: Path, question: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = run(["ask", question, "--archive", str(archive)], capsys)
    assert (status, out) == (2, "")
    assert err.startswith("youju: 问题")
    assert len(err) < 300


def test_a_prompt_answers_follow_ups_and_outlives_a_bad_question(
    archive: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = iter([SEIZED, "", "个" * 20_000, "那老旧小区呢？", "exit", "never asked"])
    monkeypatch.setattr(builtins, "input", lambda prompt="": next(typed))
    status, out, err = run(["ask", "--archive", str(archive)], capsys)
    assert status == 0
    assert out.count("检索了") == 2
    assert len(err.splitlines()) == 1
    assert next(typed) == "never asked"


def test_a_prompt_ends_with_its_input(
    archive: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def ended(prompt: str = "") -> str:
        raise EOFError

    monkeypatch.setattr(builtins, "input", ended)
    assert run(["ask", "--archive", str(archive)], capsys) == (0, "", "")


def test_a_batch_file_is_answered(archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    questions, out = tmp_path / "q.jsonl", tmp_path / "a.jsonl"
    lines = [json.dumps({"id": "a", "q": SEIZED}, ensure_ascii=False), "oops"]
    questions.write_text("\ufeff" + "\n".join(lines), encoding="utf-8")
    arguments = ["ask", "--batch", str(questions), "--out", str(out), "--archive", str(archive)]
    status, _, err = run(arguments, capsys)
    assert status == 0
    assert f"{questions}:2: " in err
    assert json.loads(out.read_text(encoding="utf-8"))["figures"][0]["value"] == "449"
    questions.unlink()
    assert run(arguments, capsys)[0] == 1


def test_reports_are_listed_as_a_table_and_as_json(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(["reports", "--archive", str(archive)], capsys)
    rows = [line.split("\t") for line in out.splitlines()]
    assert rows[0][:4] == ["id", "title", "place", "year"]
    assert len(rows) == 10
    assert ["lanjiang-2023", "澜江区", "2023"] in [[row[0], row[2], row[3]] for row in rows]
    _, out, _ = run(["reports", "--json", "--archive", str(archive)], capsys)
    assert {json.loads(line)["id"] for line in out.splitlines()} == {row[0] for row in rows[1:]}


def test_a_report_is_shown_with_its_sections_or_as_text(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(["show", "lanjiang-2023", "--archive", str(archive)], capsys)
    assert "澜江区城乡建设局2023年工作总结" in out
    assert "（四）防风险、保安全，行业运行平稳可控" in out
    _, out, _ = run(["show", "lanjiang-2023", "--text", "--archive", str(archive)], capsys)
    assert "今年以来，累计查扣燃气行业违规气瓶449个。" in out
    status, out, err = run(["show", "nobody", "--archive", str(archive)], capsys)
    assert (status, out, "nobody" in err) == (1, "", True)


def test_eval_prints_metrics_and_names_a_bad_file(
    archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    questions = tmp_path / "questions.jsonl"
    assert run(["eval", str(questions), "--archive", str(archive)], capsys)[0] == 1
    row = {"id": "a", "kind": "absent", "q": "地铁运营里程多少公里？"}
    questions.write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    status, out, _ = run(["eval", str(questions), "--archive", str(archive)], capsys)
    assert status == 0
    assert "没有说成没有" in out


def test_files_that_cannot_be_read_are_named_and_the_others_are_taken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reports, archive = tmp_path / "reports", tmp_path / "archive"
    reports.mkdir()
    (reports / "总结.txt").write_text(made.TEXT, encoding="utf-8")
    (reports / "空.txt").write_bytes(b"")
    (reports / "照片.jpg").write_bytes(b"\xff\xd8\xff")
    status, out, err = run(["index", str(reports), str(tmp_path / "没有.txt"), "--archive", str(archive)], capsys)
    assert (status, out) == (0, "新增 1 · 更新 0 · 未变 0 · 失败 3\n")
    reasons = [line for line in err.splitlines() if line.startswith("youju: ")]
    assert len(reasons) == 3
    assert all(any(name in reason for reason in reasons) for name in ("空.txt", "照片.jpg", "没有.txt"))
    (reports / "总结.txt").write_text(made.TEXT.replace("449", "450"), encoding="utf-8")
    assert run(["index", str(reports / "总结.txt"), "--archive", str(archive)], capsys)[0] == 0
    assert run(["index", str(reports / "空.txt"), "--archive", str(archive)], capsys)[0] == 1


def test_a_report_is_removed_only_when_the_user_agrees(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path, archive = tmp_path / "总结.txt", tmp_path / "archive"
    path.write_text(made.TEXT, encoding="utf-8")
    run(["index", str(path), "--archive", str(archive)], capsys)
    report_id = run(["reports", "--archive", str(archive)], capsys)[1].splitlines()[1].split("\t")[0]
    asked: list[str] = []

    def says_no(prompt: str = "") -> str:
        asked.append(prompt)
        return "n"

    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr(builtins, "input", says_no)
    assert run(["remove", report_id, "--purge", "--archive", str(archive)], capsys)[0] == 1
    assert made.REPORT.title in asked[0]
    assert run(["show", report_id, "--archive", str(archive)], capsys)[0] == 0
    assert run(["remove", report_id, "--yes", "--archive", str(archive)], capsys)[0] == 0
    assert run(["show", report_id, "--archive", str(archive)], capsys)[0] == 1
    assert run(["remove", report_id, "--purge", "--yes", "--archive", str(archive)], capsys)[0] == 0
    assert len(asked) == 1
    assert run(["check", "--archive", str(archive)], capsys)[:2] == (0, "完好：0 份报告 · 0 段 · 0 个数字\n")


def test_check_mends_a_broken_index(archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "archive"
    shutil.copytree(archive, broken)
    for path in (broken / "index").rglob("*"):
        if path.is_file() and path.suffix == ".faiss":
            path.write_bytes(b"\x00" * 64)
    status, out, _ = run(["check", "--archive", str(broken)], capsys)
    assert (status, out.splitlines()[-1][:3]) == (0, "完好：")
    assert run(["ask", SEIZED, "--archive", str(broken)], capsys)[1].startswith("  449 个")


def test_ctrl_c_while_indexing_keeps_what_is_done(tmp_path: Path) -> None:
    reports, archive = tmp_path / "reports", tmp_path / "archive"
    reports.mkdir()
    for number in range(200):
        (reports / f"{number:03}.txt").write_text(f"第{number}号报告\n" + made.TEXT * 3, encoding="utf-8")
    command = [sys.executable, "-m", "ui.cli", "index", str(reports), "--archive", str(archive)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if line.startswith("20/200"):
                process.send_signal(signal.SIGINT)
                break
        errors = process.stderr.read()
        assert process.wait(60) == 130
    assert "已完成的报告可以提问" in errors
    assert "Traceback" not in errors
    checked = youju("check", "--archive", str(archive))
    assert checked.returncode == 0, checked.stdout
    held = int(re.search(r"(\d+) 份报告", checked.stdout)[1])  # type: ignore[index]
    assert 20 <= held < 200


def test_serve_takes_the_next_port_and_shows_its_page_of_an_empty_archive(tmp_path: Path) -> None:
    archive = tmp_path / "新档案"
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        arguments = ["serve", "--archive", str(archive), "--port", str(port), "--no-browser", "--no-auth"]
        command = [sys.executable, "-u", "-m", "ui.cli", *arguments]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            line = process.stdout.readline()
            address = re.search(r"http://127\.0\.0\.1:\d+/", line)
            assert address is not None
            assert str(port) not in address[0]
            with urllib.request.urlopen(address[0]) as response:
                page = response.read().decode()
            process.send_signal(signal.SIGINT)
            assert process.wait(30) in {0, 130}
            errors = process.stderr.read()
    assert "<title>有据 · 政府工作报告问答</title>" in page  # what it says of an empty archive: test_app_browser.py
    assert f"端口 {port} 已被占用" in errors
    assert "Traceback" not in errors


def test_the_first_start_makes_the_administrator_and_without_sign_in_there_is_only_this_machine(tmp_path: Path) -> None:
    from indexer.archive import Archive

    archive = tmp_path / "archive"
    command = [sys.executable, "-u", "-m", "ui.cli", "serve", "--archive", str(archive), "--no-browser"]
    passwords = []
    for _ in range(2):
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            said = ""
            while "http://127.0.0.1" not in said:
                said += process.stdout.readline()
            address = re.search(r"http://127\.0\.0\.1:\d+/", said)
            assert address is not None
            with urllib.request.urlopen(address[0]) as response:
                page = response.read().decode()
            process.send_signal(signal.SIGINT)
            process.wait(30)
        assert 'name="password"' in page
        passwords += re.findall(r"一次性密码（只显示这一次，首次登录时修改）：(\S+)", said)
    assert len(passwords) == 1
    with Archive.open(archive) as opened:
        assert opened.accounts.get("admin").must_change
        assert opened.accounts.sign_in("admin", passwords[0], datetime.now(UTC))
    refused = youju("serve", "--archive", str(archive), "--no-auth", "--host", "0.0.0.0")
    assert refused.returncode == 1
    assert "--no-auth 不用登录，只能用于本机" in refused.stderr


def test_example_questions_are_answered_from_the_archive_they_were_made_of(archive: Path) -> None:
    from assistant.chain import answer_chain
    from assistant.types import Status
    from indexer.archive import Archive
    from ui.examples import Examples

    with Archive.open(archive) as opened:
        chain = answer_chain(opened)
        examples = Examples(opened, chain)
        questions = examples.questions()
        statuses = [chain.invoke({"question": question}).status for question in questions]
        assert 4 <= len(set(questions)) <= 6
        assert set(statuses) <= {Status.ANSWERED, Status.MASKED}
        assert statuses.count(Status.MASKED) == 1
        assert examples.questions() is questions  # asked again only when the reports have changed
