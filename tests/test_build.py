"""The whole chain over files: what is added, left alone, replaced, refused, and that the run goes on."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from made_archive import MadeEmbedder
from made_files import report_text, write_reports

from indexer import build
from indexer.archive import Archive
from indexer.build import Progress, index_paths, rebuild
from indexer.errors import ArchiveLockedError
from indexer.lock import WriterLock
from indexer.settings import load_settings
from indexer.workers import work_through


@pytest.fixture
def archive(tmp_path):
    with Archive.open(tmp_path / "archive", create=True, embedder=MadeEmbedder()) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path):
    write_reports(tmp_path / "files", range(2021, 2024))
    return tmp_path / "files"


def test_a_folder_becomes_searchable_reports(archive, folder) -> None:
    seen: list[Progress] = []
    result = index_paths(archive, [folder], on_progress=seen.append)
    assert result.added == ["hangzhou-2021", "hangzhou-2022", "hangzhou-2023"]
    assert (result.replaced, result.unchanged, result.failed) == ([], [], [])
    assert [(one.done, one.total) for one in seen] == [(1, 3), (2, 3), (3, 3)]
    (hit,) = archive.keyword([[("绿道", 1.0)]], reports=["hangzhou-2022"], k=5)
    assert "查扣气瓶22个" in archive.passages([hit.id])[hit.id].text
    figures = {figure.written: figure for figure in archive.figures_of("hangzhou-2022")}
    assert figures["22个"].role.value == "result"
    assert figures["44个"].role.value == "plan"
    assert result.characters == sum(len(archive.report(one).text) for one in result.added)
    assert archive.metadata("hangzhou-2022")["year"].value == "2022"
    assert archive.check().sound


def test_an_unchanged_file_is_skipped_and_a_changed_one_replaced(archive, folder) -> None:
    index_paths(archive, [folder])
    number = archive.log_number
    again = index_paths(archive, [folder])
    assert (len(again.unchanged), again.added, again.replaced, archive.log_number) == (3, [], [], number)
    file = folder / "杭州市2022年工作总结.txt"
    file.write_text(report_text(2022, "杭州市", 77), encoding="utf-8")
    third = index_paths(archive, [folder])
    assert (third.replaced, len(third.unchanged)) == (["hangzhou-2022"], 2)
    assert "查扣气瓶77个" in archive.report("hangzhou-2022").text


def test_a_touched_file_with_the_same_content_is_unchanged(archive, folder) -> None:
    index_paths(archive, [folder])
    os.utime(folder / "杭州市2022年工作总结.txt", (1, 1))
    assert len(index_paths(archive, [folder]).unchanged) == 3


def test_other_settings_or_manifest_take_an_unchanged_file_in_again(archive, folder, tmp_path) -> None:
    index_paths(archive, [folder])
    (folder / "manifest.csv").write_text("path,place\n杭州市2021年工作总结.txt,上海市\n", encoding="utf-8")
    result = index_paths(archive, [folder])
    assert (result.replaced, len(result.unchanged)) == (["hangzhou-2021"], 2)
    assert archive.report("hangzhou-2021").place == "上海市"
    assert archive.metadata("hangzhou-2021")["place"].source == "manifest"
    archive.close()
    settings = load_settings(None, {}, {"chunk.target": 60})
    with Archive.open(tmp_path / "archive", settings=settings, embedder=MadeEmbedder()) as other:
        assert len(index_paths(other, [folder]).replaced) == 3


def test_a_file_by_itself_is_known_by_its_name(archive, folder) -> None:
    index_paths(archive, [folder])
    file = folder / "杭州市2022年工作总结.txt"
    assert index_paths(archive, [file]).unchanged == ["hangzhou-2022"]


def test_files_in_folders_are_known_by_their_path_and_others_left_out(archive, tmp_path) -> None:
    top = tmp_path / "top"
    write_reports(top / "a", range(2021, 2022))
    write_reports(top / "b", range(2021, 2022), place="上海市")
    left_out = (".hidden.txt", "README.md", "readme.txt", "~$lock.docx", "a/.git/x.txt", "__MACOSX/x.txt")
    for name in left_out:
        (top / name).parent.mkdir(exist_ok=True)
        (top / name).write_text("一、工作回顾\n无关。", encoding="utf-8")
    result = index_paths(archive, [top])
    assert (len(result.added), result.failed) == (2, [])
    paths = [report.path for report in archive.reports()]
    assert paths == ["a/杭州市2021年工作总结.txt", "b/上海市2021年工作总结.txt"]


def test_two_files_of_one_path_are_not_mixed_up(archive, tmp_path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    write_reports(one, range(2021, 2022))
    write_reports(other, range(2021, 2022), length=3)
    result = index_paths(archive, [one, other, one])
    assert result.added == ["hangzhou-2021"]
    (failure,) = result.failed
    assert failure[0] == str(other / "杭州市2021年工作总结.txt")
    assert "index a folder above both" in failure[1]


@pytest.mark.parametrize("workers", [0, 2])
def test_bad_files_are_named_and_the_run_goes_on(archive, folder, monkeypatch, workers) -> None:
    monkeypatch.setattr(build, "ALONE_BELOW", 10**9 if workers == 0 else 0)
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 nothing")
    (folder / "picture.png").write_bytes(b"x")
    (folder / "huge.txt").write_bytes(b"a" * 21_000_000)
    (folder / "loop.txt").symlink_to(folder / "gone.txt")
    result = index_paths(archive, [folder, folder / "nowhere.txt"])
    assert len(result.added) == 3
    failed = {Path(file).name: why for file, why in result.failed}
    assert failed.keys() == {
        "empty.txt", "binary.txt", "broken.docx", "picture.png", "huge.txt", "loop.txt", "nowhere.txt"
    }  # fmt: skip
    assert all(name in why for name, why in failed.items())
    assert "limit" in failed["huge.txt"]
    assert archive.check().sound


def test_a_file_that_vanishes_during_the_run_is_named(archive, folder) -> None:
    def vanish(progress: Progress) -> None:
        (folder / "杭州市2023年工作总结.txt").unlink(missing_ok=True)

    result = index_paths(archive, [folder], on_progress=vanish)
    assert result.added == ["hangzhou-2021", "hangzhou-2022"]
    assert "is not there any more" in result.failed[0][1]


def test_a_broken_manifest_refuses_its_folder_and_no_other(archive, folder, tmp_path) -> None:
    (folder / "manifest.csv").write_text("path,colour\na.txt,red\n", encoding="utf-8")
    write_reports(tmp_path / "good", range(2020, 2021))
    result = index_paths(archive, [folder, tmp_path / "good"])
    assert result.added == ["hangzhou-2020"]
    assert "colour" in result.failed[0][1]


def test_a_manifest_row_without_its_file_is_a_warning(archive, folder) -> None:
    (folder / "manifest.csv").write_text("path,place\ngone.txt,上海市\n", encoding="utf-8")
    result = index_paths(archive, [folder])
    assert (len(result.added), result.failed) == (3, [])
    assert "'gone.txt'" in result.warnings[0]


def test_a_removed_report_stays_out_until_its_file_is_named(archive, folder) -> None:
    index_paths(archive, [folder])
    archive.remove("hangzhou-2022")
    result = index_paths(archive, [folder])
    assert len(result.unchanged) == 2
    assert "杭州市2022年工作总结.txt was removed" in result.warnings[0]
    assert len(archive.reports()) == 2
    assert index_paths(archive, [folder / "杭州市2022年工作总结.txt"]).added == ["hangzhou-2022"]
    assert len(archive.reports()) == 3


def test_edited_metadata_outlives_a_changed_file(archive, folder) -> None:
    import dataclasses

    index_paths(archive, [folder])
    info = next(report for report in archive.reports() if report.id == "hangzhou-2022")
    archive.set_metadata(dataclasses.replace(info, place="某区"))
    (folder / "杭州市2022年工作总结.txt").write_text(report_text(2022, "杭州市", 5), encoding="utf-8")
    index_paths(archive, [folder])
    report = archive.report("hangzhou-2022")
    assert (report.place, "查扣气瓶5个" in report.text) == ("某区", True)
    assert archive.metadata("hangzhou-2022")["place"].source == "edited"


def test_stopping_keeps_what_is_finished(archive, folder) -> None:
    result = index_paths(archive, [folder], should_stop=lambda: True)
    assert (result.stopped, result.added) == (True, ["hangzhou-2021"])
    assert [report.id for report in archive.reports()] == ["hangzhou-2021"]
    assert len(index_paths(archive, [folder]).added) == 2
    assert archive.check().sound


def test_ctrl_c_in_the_middle_keeps_what_is_finished(archive, folder, monkeypatch) -> None:
    monkeypatch.setattr(build, "TOGETHER", 1)

    def interrupt(progress: Progress) -> None:
        if progress.done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index_paths(archive, [folder], on_progress=interrupt)
    assert len(archive.reports()) == 2
    assert archive.check().sound
    assert len(index_paths(archive, [folder]).added) == 1


def test_processes_give_the_same_archive_as_one(folder, tmp_path, monkeypatch) -> None:
    found = []
    for number, size in enumerate((10**9, 0)):
        monkeypatch.setattr(build, "ALONE_BELOW", size)
        with Archive.open(tmp_path / f"a{number}", create=True, embedder=MadeEmbedder()) as archive:
            index_paths(archive, [folder])
            found.append([
                (archive.report(info.id), archive.passages_of(info.id), archive.figures_of(info.id))
                for info in archive.reports()
            ])  # fmt: skip
            assert archive.check().sound
    assert found[0] == found[1]


def test_a_second_run_beside_the_first_is_refused(archive, folder, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("indexer.keeping.PATIENCE", 0.1)
    with WriterLock(tmp_path / "archive").held(timeout=0), pytest.raises(ArchiveLockedError):
        index_paths(archive, [folder])


def test_rebuilding_needs_no_files_and_keeps_ids_and_settled_metadata(archive, folder) -> None:
    (folder / "manifest.csv").write_text("path,place\n杭州市2021年工作总结.txt,上海市\n", encoding="utf-8")
    index_paths(archive, [folder])
    before = [(archive.report(info.id), archive.figures_of(info.id)) for info in archive.reports()]
    for file in folder.iterdir():
        file.unlink()
    result = rebuild(archive)
    assert len(result.replaced) == 3
    assert [(archive.report(info.id), archive.figures_of(info.id)) for info in archive.reports()] == before
    assert archive.check().sound


def die_over_three(number: int) -> int:
    if number == 3:
        os._exit(9)
    return number * number


def learn() -> object:
    return die_over_three


def test_results_come_in_order_and_a_dead_worker_costs_one_task() -> None:
    expected = [(number, None if number == 3 else number * number) for number in range(40)]
    assert list(work_through(learn, range(40), workers=2)) == expected


def test_work_without_workers_is_done_here() -> None:
    assert list(work_through(learn, range(3), workers=0)) == [(0, 0), (1, 1), (2, 4)]


def test_invariants_hold_over_real_reports(archive, shared) -> None:
    result = index_paths(archive, [shared / "seeds"])
    assert (len(result.added), result.failed) == (2, [])
    report = archive.check()  # sections tile, passages and figures equal their slices
    assert report.sound
    assert report.figures > 200
