"""What is done from the command line is recorded as what is done on the pages: by ids, as done by the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.types import Language
from indexer.archive import Archive
from indexer.audit import COMMAND_LINE, AuditEntry
from ui.audit_view import Wanted, audit_html
from ui.cli import main

REPORT = "云岭县2022年工作总结.txt"
TEXT = "云岭县2022年工作总结\n一、工作回顾\n查扣燃气行业违规气瓶449个，整治河道53条。\n"


def noted(folder: Path) -> list[tuple[str, str, str]]:
    """What was recorded, oldest first."""
    with Archive.open(folder) as archive:
        return [(one.account, one.action, one.object) for one in reversed(archive.audit.newest(99))]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / REPORT).write_text(TEXT, encoding="utf-8")
    return tmp_path / "archive"


def test_each_command_that_changes_or_hands_out_something_is_recorded(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def youju(*arguments: str) -> int:
        status = main([*arguments, "--archive", str(folder)])
        capsys.readouterr()
        return status

    assert youju("index", str(tmp_path / REPORT)) == 0
    assert youju("index", str(tmp_path / REPORT)) == 0  # unchanged
    with Archive.open(folder) as archive:
        report = archive.reports()[0].id
    assert youju("show", report) == 0
    assert youju("show", report, "--text") == 0
    assert youju("correct", report, "449个", "--value", "448个", "--reason", "重复") == 0
    assert youju("correct", report, "449个", "--undo") == 0
    assert youju("correct", report) == 0  # only lists
    for name in ("台账.xlsx", "台账.csv"):
        assert youju("figures", "--out", str(tmp_path / name)) == 0
    assert youju("compare", "查扣气瓶", "--out", str(tmp_path / "比较.docx")) == 0
    assert youju("draft", "--subject", "查扣气瓶", "--out", str(tmp_path / "稿.docx")) == 0
    (tmp_path / "稿.txt").write_text("2022年查扣违规气瓶449个。", encoding="utf-8")
    assert youju("verify", str(tmp_path / "稿.txt")) == 0
    assert youju("feedback", "--out", str(tmp_path / "f.jsonl")) == 0
    assert youju("user", "add", "张三", "--one-time") == 0
    assert youju("user", "add", "李四", "--one-time", "--role", "administrator") == 0
    assert youju("user", "role", "张三", "clerk") == 0
    assert youju("user", "remove", "张三", "--yes") == 0
    assert youju("remove", report, "--yes") == 0
    assert youju("remove", report, "--purge", "--yes") == 0
    assert youju("remove", "nothing", "--yes") == 1
    assert noted(folder) == [
        (COMMAND_LINE, action, what)
        for action, what in [
            ("upload", report),
            ("open", report),
            ("correct", report),
            ("correct", report),
            ("export", "ledger"),
            ("export", "ledger"),
            ("export", "comparison:docx"),
            ("export", "draft:docx"),
            ("verify", ""),
            ("export", "feedback"),
            ("account_add", "张三"),
            ("account_add", "李四"),
            ("account_role", "张三"),
            ("account_remove", "张三"),
            ("remove", report),
            ("purge", report),
        ]
    ]


@pytest.mark.parametrize(("language", "named"), [(Language.CHINESE, "命令行"), (Language.ENGLISH, "command line")])
def test_the_page_names_the_command_line_and_finds_what_was_done_on_it(
    folder: Path, language: Language, named: str
) -> None:
    with Archive.open(folder, create=True) as archive:
        archive.audit.record("zhang", "ask", "1")
        archive.audit.record_all(COMMAND_LINE, "upload", ["yunling-2022", "a b"])
        only = Wanted(account=named).filter(language)
        entries = archive.audit.newest(9, only)
        assert [(one.object, one.ok) for one in entries] == [("?", True), ("yunling-2022", True)]
        assert isinstance(entries[0], AuditEntry)
        assert f"<td>{named}</td>" in audit_html(Wanted(), entries, language, more=False, later=False)
