"""The archive's door: what is added is found, what is removed is gone, and the index is made again when it must be."""

from __future__ import annotations

import dataclasses
import shutil
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from made_archive import MadeEmbedder, made_report

from indexer.archive import Archive
from indexer.errors import ArchiveError, ArchiveLockedError, ModelError, UnknownReportError
from indexer.lock import WriterLock
from indexer.parsed import Provenance
from indexer.search.protocol import FigureFilter
from indexer.types import Role

ROOT = Path(__file__).parents[1]


def open_archive(folder: Path, *, create: bool = False, embedder: MadeEmbedder | None = None) -> Archive:
    return Archive.open(folder, create=create, embedder=embedder or MadeEmbedder())


@pytest.fixture
def archive(tmp_path):
    with open_archive(tmp_path / "archive", create=True) as opened:
        yield opened


def words(*asked: str):
    return [[(word, 1.0)] for word in asked]


def texts(archive: Archive, *asked: str, reports=None) -> list[str]:
    hits = archive.keyword(words(*asked), reports=reports, k=10)
    passages = archive.passages([hit.id for hit in hits])
    assert len(passages) == len(hits)
    return [passage.text for passage in passages.values()]


def near(archive: Archive, question: str, reports=None) -> list[str]:
    vector = archive.embedder.encode_questions([question])[0]
    hits = archive.dense(vector, reports=reports, k=10)
    return [passage.text for passage in archive.passages([hit.id for hit in hits]).values()]


def test_what_is_added_is_found_by_words_vectors_and_figures(archive) -> None:
    assert archive.add(made_report(), made_report("b.txt", ("种树3棵。",), year=2022)) == [
        "hangzhou-2023",
        "hangzhou-2022",
    ]
    assert texts(archive, "气瓶") == ["全年查扣气瓶449个。"]
    assert near(archive, "种树3棵。")[0] == "种树3棵。"
    (hit,) = archive.ledger(words("气瓶"), reports=None, k=5)
    figure = archive.figures([hit.id])[hit.id]
    report = archive.report("hangzhou-2023")
    assert figure.written == report.text[figure.start : figure.end] == "449个"
    assert archive.passage_ids_of_figures([hit.id]) == {hit.id: archive.passage_ids_of("hangzhou-2023")[0]}
    assert archive.figures_of_passages(archive.passage_ids_of("hangzhou-2023")) == {
        number: (figure,) for number, figure in zip(
            archive.passage_ids_of("hangzhou-2023"), archive.figures_of("hangzhou-2023"), strict=True
        )
    }  # fmt: skip
    assert archive.word_counts(["气瓶", "无"]) == {"气瓶": 1, "无": 0}
    assert archive.passage_count == 3


def test_passages_come_in_the_order_asked_and_equal_their_slices(archive) -> None:
    archive.add(made_report(), made_report("b.txt", ("种树3棵。",)))
    assert list(archive.passages([3, 1, 99, 2])) == [3, 1, 2]
    for passage in archive.passages([1, 2, 3]).values():
        assert passage.text == archive.report(passage.report).text[passage.start : passage.end]
    assert archive.passages_of("hangzhou-2023") == tuple(archive.passages([1, 2]).values())


def test_only_the_reports_asked_are_searched(archive) -> None:
    archive.add(made_report(), made_report("b.txt", ("查扣气瓶7个。",), year=2022))
    assert texts(archive, "气瓶", reports=["hangzhou-2022"]) == ["查扣气瓶7个。"]
    assert near(archive, "气瓶", reports=["hangzhou-2022"]) == ["查扣气瓶7个。"]
    assert texts(archive, "气瓶", reports=[]) == []
    assert texts(archive, "气瓶", reports=["unknown"]) == []
    assert len(archive.ledger(words("气瓶"), reports=["hangzhou-2023"], k=9)) == 1
    assert archive.ledger(words("气瓶"), reports=None, k=9, only=FigureFilter(roles=(Role.PLAN.value,))) == []
    assert len(archive.ledger([], reports=None, k=9, only=FigureFilter(years=(2022,)))) == 1


def test_a_replaced_report_keeps_its_id_and_only_its_new_text_is_found(archive) -> None:
    archive.add(made_report())
    assert archive.add(made_report(sentences=("整治河道54条。",))) == ["hangzhou-2023"]
    assert texts(archive, "气瓶") == []
    assert texts(archive, "河道") == near(archive, "河道") == ["整治河道54条。"]
    assert [report.id for report in archive.reports()] == ["hangzhou-2023"]


def test_a_removed_report_is_gone_and_comes_back_when_restored(archive) -> None:
    archive.add(made_report(), made_report("b.txt", ("种树3棵。",)))
    archive.remove("hangzhou-2023")
    assert texts(archive, "气瓶") == []
    assert near(archive, "气瓶") == ["种树3棵。"]
    assert archive.passages([1, 2, 3]).keys() == {3}
    assert archive.figures([1, 2, 3]).keys() == {3}
    for ask in (archive.report, archive.sections, archive.figures_of, archive.original, archive.metadata):
        with pytest.raises(UnknownReportError, match="hangzhou-2023"):
            ask("hangzhou-2023")
    archive.restore("hangzhou-2023")
    assert texts(archive, "气瓶") == ["全年查扣气瓶449个。"]


def test_a_purged_report_leaves_no_word_anywhere(archive, tmp_path) -> None:
    archive.add(made_report(sentences=("查扣绝密气瓶449个。",)), made_report("b.txt", ("种树3棵。",)))
    archive.remove("hangzhou-2023", purge=True)
    assert texts(archive, "绝密") == []
    assert texts(archive, "种树") == ["种树3棵。"]
    for path in (tmp_path / "archive").rglob("*"):
        assert not path.is_file() or "绝密".encode() not in path.read_bytes(), path
    with pytest.raises(UnknownReportError, match="purged"):
        archive.restore("hangzhou-2023")
    assert archive.add(made_report()) == ["hangzhou-2023"]  # its path brings its id back


def test_unknown_reports_are_named(archive) -> None:
    for call in (archive.report, archive.remove, archive.restore, archive.sections):
        with pytest.raises(UnknownReportError, match="'nowhere-1999'"):
            call("nowhere-1999")


def test_the_original_comes_back_byte_for_byte(archive) -> None:
    parsed = made_report("folder/某区2023.txt")
    (report_id,) = archive.add(parsed)
    assert archive.original(report_id) == ("某区2023.txt", parsed.original)


def test_edited_metadata_is_marked_and_keeps_the_id(archive) -> None:
    archive.add(made_report())
    info = dataclasses.replace(archive.reports()[0], place="上海市", path="another", source_hash="x")
    archive.set_metadata(info)
    (now,) = archive.reports()
    assert (now.id, now.place, now.path) == ("hangzhou-2023", "上海市", "某区2023.txt")
    assert archive.metadata(now.id)["place"] == Provenance("上海市", 1.0, "edited")
    assert archive.metadata(now.id)["year"].source == "title"
    assert texts(archive, "气瓶") == ["全年查扣气瓶449个。"]


def test_an_empty_archive_answers_nothing(archive) -> None:
    assert archive.reports() == ()
    assert texts(archive, "气瓶") == near(archive, "气瓶") == []
    assert archive.word_counts(["气瓶"]) == {"气瓶": 0}
    assert archive.check().sound


def test_a_report_without_passages_is_held(archive) -> None:
    archive.add(made_report(sentences=()))
    assert archive.passages_of("hangzhou-2023") == ()
    assert archive.check().sound


def test_a_folder_with_other_files_is_not_made_an_archive(tmp_path) -> None:
    (tmp_path / "letter.txt").write_text("x")
    with pytest.raises(ArchiveError, match="other files"):
        open_archive(tmp_path, create=True)
    with pytest.raises(ArchiveError, match="not an archive"):
        open_archive(tmp_path)
    with pytest.raises(ArchiveError, match="not an archive"):
        open_archive(tmp_path / "nowhere")
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_settings_beside_the_archive_are_no_hindrance_and_hold(tmp_path) -> None:
    (tmp_path / "youju.toml").write_text("[chunk]\ntarget = 99\n")
    with open_archive(tmp_path, create=True) as archive:
        assert archive.settings.chunk.target == 99


def test_another_model_is_refused_until_all_is_embedded_anew(archive, tmp_path) -> None:
    archive.add(made_report())
    archive.close()
    other = MadeEmbedder(dimension=24, fingerprint="made-2")
    with open_archive(tmp_path / "archive", embedder=other) as again:
        assert len(again.reports()) == 1
        with pytest.raises(ModelError, match=r"made-1.*made-2.*check --repair"):
            again.add(made_report("b.txt"))
        assert any("made-2" in problem for problem in again.check().problems)
        report = again.check(repair=True)
        assert report.sound
        assert report.repaired[0] == "1 reports were embedded anew."
        assert near(again, "整治河道53条。")[0] == "整治河道53条。"
    with open_archive(tmp_path / "archive") as old, pytest.raises(ModelError):
        near(old, "河道")


def test_a_lost_index_is_made_again_without_being_asked(archive, tmp_path) -> None:
    archive.add(made_report())
    archive.close()
    shutil.rmtree(tmp_path / "archive" / "index")
    with open_archive(tmp_path / "archive") as again:
        assert texts(again, "气瓶") == ["全年查扣气瓶449个。"]
        assert again.check().sound


@pytest.mark.parametrize("pattern", ["passages/meta.json", "figures/*.idx", "vectors/*.faiss", "vectors/vectors.json"])
def test_a_broken_index_file_is_made_again_without_being_asked(archive, tmp_path, pattern) -> None:
    archive.add(made_report())
    archive.close()
    (path, *_) = (tmp_path / "archive" / "index").glob(pattern)
    path.write_bytes(b"broken")
    with open_archive(tmp_path / "archive") as again:
        assert texts(again, "气瓶") == ["全年查扣气瓶449个。"]
        assert near(again, "整治河道53条。")[0] == "整治河道53条。"
        assert len(again.ledger(words("气瓶"), reports=None, k=5)) == 1
        assert again.check().sound


def test_an_index_of_another_archive_is_not_believed(archive, tmp_path) -> None:
    archive.add(made_report())
    with open_archive(tmp_path / "other", create=True) as other:
        other.add(made_report("x.txt", ("查扣别的气瓶1个。",)))
    archive.close()
    shutil.rmtree(tmp_path / "archive" / "index")
    shutil.copytree(tmp_path / "other" / "index", tmp_path / "archive" / "index")
    with open_archive(tmp_path / "archive") as again:
        assert texts(again, "气瓶") == near(again, "气瓶")[:1] == ["全年查扣气瓶449个。"]


def test_records_set_back_to_a_copy_are_not_mixed_with_the_newer_index(archive, tmp_path) -> None:
    archive.add(made_report())
    archive.close()
    folder = tmp_path / "archive"
    shutil.copy(folder / "archive.db", tmp_path / "copy.db")
    with open_archive(folder) as lost:
        lost.add(made_report("lost.txt", ("查扣丢失气瓶1个。",), year=2001))
    for name in ("archive.db", "archive.db-wal", "archive.db-shm"):
        (folder / name).unlink(missing_ok=True)
    shutil.copy(tmp_path / "copy.db", folder / "archive.db")
    with open_archive(folder) as again:
        assert again.check().sound
        again.add(made_report("new.txt", ("查扣新的气瓶2个。",), year=2002))
        assert sorted(texts(again, "气瓶")) == ["全年查扣气瓶449个。", "查扣新的气瓶2个。"]
        assert again.check().sound


def test_an_index_behind_the_log_catches_up_at_the_first_question(archive, tmp_path) -> None:
    archive.add(made_report())
    archive.close()
    shutil.copytree(tmp_path / "archive" / "index", tmp_path / "old")
    with open_archive(tmp_path / "archive") as ahead:
        ahead.add(made_report("b.txt", ("查扣气瓶7个。",), year=2022))
        ahead.remove("hangzhou-2023")
    shutil.rmtree(tmp_path / "archive" / "index")
    shutil.copytree(tmp_path / "old", tmp_path / "archive" / "index")
    with open_archive(tmp_path / "archive") as again:
        assert texts(again, "气瓶") == near(again, "气瓶") == ["查扣气瓶7个。"]
        assert again.check().sound


def test_a_removed_report_is_not_cited_even_by_an_index_that_still_holds_it(archive, tmp_path) -> None:
    archive.add(made_report(), made_report("b.txt", ("查扣气瓶7个。",), year=2022))
    assert len(texts(archive, "气瓶")) == 2
    with WriterLock(tmp_path / "archive").held(timeout=0):  # another writer: this index cannot catch up
        from indexer.records_write import hide_report

        with archive._records.writing() as connection:
            hide_report(connection, 1)
        archive._reading.forget()
        assert texts(archive, "气瓶") == near(archive, "气瓶") == ["查扣气瓶7个。"]
        assert len(archive.ledger(words("气瓶"), reports=None, k=5)) == 1


def test_a_second_writer_is_refused_while_reading_goes_on(archive, tmp_path, monkeypatch) -> None:
    archive.add(made_report())
    monkeypatch.setattr("indexer.keeping.PATIENCE", 0.1)
    with WriterLock(tmp_path / "archive").held(timeout=0):
        for change in (lambda: archive.add(made_report("b.txt")), lambda: archive.remove("hangzhou-2023")):
            with pytest.raises(ArchiveLockedError, match="process"):
                change()
        assert texts(archive, "气瓶") == ["全年查扣气瓶449个。"]
    archive.remove("hangzhou-2023")


OTHER = """
import sys
sys.path.insert(0, "tests")
from pathlib import Path
from made_archive import MadeEmbedder, made_report
from indexer.archive import Archive
with Archive.open(Path(sys.argv[1]), embedder=MadeEmbedder()) as archive:
    if sys.argv[2] == "add":
        archive.add(made_report("b.txt", ("查扣气瓶7个。",), year=2022))
    else:
        archive.remove(sys.argv[3])
"""


def in_another_process(folder: Path, *what: str) -> None:
    subprocess.run([sys.executable, "-c", OTHER, str(folder), *what], check=True, cwd=ROOT)


def test_a_running_reader_sees_what_another_process_adds_and_removes(archive, tmp_path) -> None:
    archive.add(made_report())
    assert texts(archive, "气瓶") == ["全年查扣气瓶449个。"]
    in_another_process(tmp_path / "archive", "add")
    assert sorted(texts(archive, "气瓶")) == ["全年查扣气瓶449个。", "查扣气瓶7个。"]
    assert near(archive, "查扣气瓶7个。")[0] == "查扣气瓶7个。"
    in_another_process(tmp_path / "archive", "remove", "hangzhou-2023")
    assert texts(archive, "气瓶") == near(archive, "气瓶") == ["查扣气瓶7个。"]


def test_threads_read_while_one_writes_and_every_passage_equals_its_slice(archive) -> None:
    archive.add(made_report("0.txt", ("查扣气瓶1个。", "整治河道2条。")))
    stop, errors = threading.Event(), []

    def read() -> None:
        while not stop.is_set():
            for hit in archive.keyword(words("气瓶"), reports=None, k=50):
                passage = archive.passages([hit.id]).get(hit.id)
                if passage is not None and "气瓶" not in passage.text:
                    errors.append(passage)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(12):
        archive.add(made_report(f"{number % 4}.txt", ("前言" * number + "9个。", f"查扣气瓶{number}个。")))
    stop.set()
    for reader in readers:
        reader.join()
    assert errors == []
    assert archive.check().sound


def test_check_names_what_the_records_lost(archive, tmp_path) -> None:
    from sqlalchemy import delete, update

    from indexer.schema import tables

    archive.add(made_report(), made_report("b.txt"))
    with archive._records.writing() as connection:
        connection.execute(update(tables.originals).where(tables.originals.c.report == 1).values(compressed=b"x"))
        connection.execute(update(tables.figures).where(tables.figures.c.id == 1).values(written="999个"))
        connection.execute(delete(tables.vectors).where(tables.vectors.c.passage == 3))
    report = archive.check()
    assert (report.reports, report.passages, report.figures) == (2, 4, 4)
    assert [problem.split(";")[0] for problem in report.problems] == [
        "某区2023.txt: its original is damaged or lost",
        "某区2023.txt: its figures do not lie in its passages or are not what the text says",
        "b.txt: its vectors are missing or not by the model made-1",
    ]
    repaired = archive.check(repair=True)
    assert repaired.repaired[0] == "1 reports were embedded anew."
    assert len(repaired.remaining) == 2


def test_check_finds_an_index_that_differs_from_the_records_and_repairs_it(archive, tmp_path) -> None:
    archive.add(made_report(), made_report("b.txt"))
    archive.close()
    with open_archive(tmp_path / "other", create=True) as other:  # the same archive's name, other contents
        other.add(made_report(), made_report("c.txt", ("种树3棵。",)))
        same_name = archive_name(tmp_path / "archive")
        give_name(tmp_path / "other", same_name)
    with open_archive(tmp_path / "other") as other:
        assert other.check().sound
    shutil.rmtree(tmp_path / "archive" / "index")
    shutil.copytree(tmp_path / "other" / "index", tmp_path / "archive" / "index")
    copy_log(tmp_path / "other", tmp_path / "archive")
    with open_archive(tmp_path / "archive") as again:
        assert any("passages by words" in problem for problem in again.check().problems)
        report = again.check(repair=True)
        assert report.repaired == ("The search index was made anew.",)
        assert report.sound


def archive_name(folder: Path) -> str:
    with sqlite3.connect(folder / "archive.db") as connection:
        return connection.execute("SELECT value FROM meta WHERE key = 'archive'").fetchone()[0]


def give_name(folder: Path, name: str) -> None:
    with sqlite3.connect(folder / "archive.db") as connection:
        connection.execute("UPDATE meta SET value = ? WHERE key = 'archive'", (name,))


def copy_log(source: Path, target: Path) -> None:
    with sqlite3.connect(target / "archive.db") as connection:
        connection.execute("ATTACH ? AS source", (str(source / "archive.db"),))
        connection.execute("UPDATE changes SET at = (SELECT at FROM source.changes s WHERE s.number = changes.number)")
