"""A manifest says what is so, or an error says which file, line and value are at fault and what to write."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from indexer.errors import ManifestError
from indexer.manifest import missing_files, parse_period, read_manifest
from indexer.types import Genre, Level, Period, Visibility

HEAD = "path,title,issuer,place,level,genre,year,period,visibility\n"


def write(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    (folder / "manifest.csv").write_bytes(text.encode(encoding))
    return folder


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_rows_by_path(tmp_path: Path, encoding: str) -> None:
    write(
        tmp_path,
        HEAD + '住建/a.txt,"总结,上",县住建局,云岭县,县,工作总结,2022年,2022H1,内部\r\n.\\b.txt,,,,,,,,\n',
        encoding,
    )
    rows = read_manifest(tmp_path)
    assert list(rows) == ["住建/a.txt", "./b.txt".removeprefix("./")]
    row = rows["住建/a.txt"]
    assert (row.title, row.issuer, row.place, row.level) == ("总结,上", "县住建局", "云岭县", Level.COUNTY)
    assert (row.genre, row.year, row.visibility) == (Genre.WORK_SUMMARY, 2022, Visibility.INTERNAL)
    assert row.period == Period.of_months(2022, 1, 6)
    assert rows["b.txt"].title is None
    assert rows["b.txt"].year is None


def test_no_manifest_is_no_rows(tmp_path: Path) -> None:
    assert read_manifest(tmp_path) == {}


def test_columns_may_be_few_and_in_any_order(tmp_path: Path) -> None:
    rows = read_manifest(write(tmp_path, "year,path\n2023,a.txt\n\n"))
    assert rows["a.txt"].year == 2023


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("path,titel\na.txt,x\n", r"line 1: the column 'titel' is unknown; the columns are path, title"),
        ("title\nx\n", r"line 1: the column 'path' is missing"),
        ("path,year\na.txt,20x3\n", r"line 2: the year '20x3' cannot be used; write a year from 1900 to 2100"),
        ("path,year\na.txt,23\n", r"line 2: the year '23' cannot be used"),
        ("path,period\na.txt,2022H3\n", r"line 2: the period '2022H3' cannot be used; write 2023, 2022H1"),
        ("path,period\na.txt,2022-05..2022-01\n", r"line 2: the period"),
        ("path,period\na.txt,2022-13..2022-14\n", r"line 2: the period"),
        ("path,level\na.txt,village\n", r"line 2: the level 'village' cannot be used; it must be one of"),
        ("path,genre\na.txt,x\nb.txt,\n", r"line 2: the genre 'x'"),
        ("path,visibility\na.txt,secret\n", r"line 2: the visibility 'secret'"),
        ("path,year\n,2023\n", r"line 2: the path is empty"),
        ("path,year\na.txt,2023,x\n", r"line 2: there are more values than columns"),
        ("path,year\na.txt,2023\na.txt,2024\n", r"line 3: the path 'a\.txt'.*line 2 already"),
    ],
)
def test_what_cannot_be_used_is_named_with_line_and_remedy(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ManifestError, match=r"manifest\.csv, " + said):
        read_manifest(write(tmp_path, text))


def test_a_manifest_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "manifest.csv").write_bytes(bytes(400))
    with pytest.raises(ManifestError, match=r"manifest\.csv cannot be read"):
        read_manifest(tmp_path)


def test_rows_without_a_file_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("甲")
    rows = read_manifest(write(tmp_path, "path,year\na.txt,2023\nb.txt,2023\n"))
    assert missing_files(tmp_path, rows.values()) == (
        f"{tmp_path / 'manifest.csv'}, line 3: there is no file 'b.txt'; correct the path or remove the line.",
    )


@pytest.mark.parametrize(
    ("written", "period"),
    [
        ("2023", Period.of_year(2023)),
        ("2022H1", Period.of_months(2022, 1, 6)),
        ("2022H2", Period.of_months(2022, 7, 12)),
        ("2022Q3", Period.of_months(2022, 7, 9)),
        ("2018-2022", Period.of_years(2018, 2022)),
        ("2022-02", Period.of_months(2022, 2, 2)),
        ("2022-01..2022-05", Period.of_months(2022, 1, 5)),
        ("2021-11..2022-02", Period(date(2021, 11, 1), date(2022, 2, 28))),
        ("2022年上半年", Period.of_months(2022, 1, 6)),
        ("2022年第一季度", Period.of_months(2022, 1, 3)),
        ("2018—2022年", Period.of_years(2018, 2022)),
        ("2023年", Period.of_year(2023)),
    ],
)
def test_periods(written: str, period: Period) -> None:
    assert parse_period(written) == period


@pytest.mark.parametrize("written", ["", "soon", "2022-", "2022H", "22", "2022-2018", "2022-00"])
def test_what_is_no_period(written: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_period(written)


def test_the_manifest_of_the_sample_corpus_can_be_used(corpus: Path) -> None:
    rows = read_manifest(corpus)
    assert rows
    assert missing_files(corpus, rows.values()) == ()
