"""A file becomes text as written, or one clear sentence says why not and what to do."""

from __future__ import annotations

import io
import os
import time
from pathlib import Path

import docx
import pytest
from made_reports import files_at_hand

from indexer.errors import ReadError
from indexer.load import load


def test_text_is_stored_as_written_but_for_line_ends(tmp_path: Path) -> None:
    file = tmp_path / "县.TXT"
    original = "\ufeff一、总结\r\n①5个，１０⁴亩，*.*亿元，占60.76％。\r  二、計劃\n".encode()
    file.write_bytes(original)
    document = load(file)
    assert document.text == "一、总结\n①5个，１０⁴亩，*.*亿元，占60.76％。\n  二、計劃\n"
    assert document.original == original


def test_a_word_file_is_loaded(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("累计查扣449个。")
    content = io.BytesIO()
    document.save(content)
    (tmp_path / "a.docx").write_bytes(content.getvalue())
    assert load(tmp_path / "a.docx").text == "累计查扣449个。"


def test_an_unknown_type_is_named_with_those_that_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "报表.wps").write_bytes(b"x")
    with pytest.raises(ReadError, match=r"报表\.wps is a file of the type \.wps.*\.txt, \.md, \.docx, \.html, \.htm"):
        load(tmp_path / "报表.wps")
    (tmp_path / "noname").write_bytes(b"x")
    with pytest.raises(ReadError, match="without a type in its name"):
        load(tmp_path / "noname")


def test_too_large_a_file_is_refused_unread_and_names_the_setting(tmp_path: Path) -> None:
    file = tmp_path / "big.txt"
    with file.open("wb") as out:
        out.truncate(200_000_000)
    started = time.perf_counter()
    with pytest.raises(ReadError, match=r"big\.txt is 200\.0 MB large, the limit is 50 MB.*load\.limit_mb"):
        load(file, limit_bytes=50_000_000)
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize("content", [b"", b"\n \r\n\t", b"\xef\xbb\xbf", b"- 1 -\n"])
def test_an_empty_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(content)
    with pytest.raises(ReadError, match="holds no text"):
        load(tmp_path / "a.txt")


def test_a_binary_file_renamed_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\x7fELF\2\1\1" + bytes(900))
    with pytest.raises(ReadError, match=r"a\.txt does not hold text"):
        load(tmp_path / "a.txt")


def test_a_broken_docx_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"PK\3\4 nothing")
    with pytest.raises(ReadError, match="not a Word document"):
        load(tmp_path / "a.docx")


def test_a_file_that_vanished_or_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="is not there any more"):
        load(tmp_path / "gone.txt")
    (tmp_path / "folder.txt").mkdir()
    with pytest.raises(ReadError, match="cannot be read"):
        load(tmp_path / "folder.txt")
    locked = tmp_path / "locked.txt"
    locked.write_text("甲")
    locked.chmod(0)
    if os.geteuid() != 0:
        with pytest.raises(ReadError, match="check its permissions"):
            load(locked)


def test_reports_that_are_not_wrapped_are_kept_to_the_letter(shared: Path) -> None:
    files = [file for file in files_at_hand() if shared in file.parents]
    assert len(files) == 90
    for file in files:
        written = file.read_text(encoding="utf-8-sig")
        assert load(file).text == written
