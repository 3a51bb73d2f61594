"""Corrections: 已更正，以…为准, kept in the records beside a figure that never changes."""

import sqlite3
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.chain import answer_chain
from indexer.archive import Archive
from indexer.build import index_paths
from indexer.errors import CorrectionError, UnknownReportError
from indexer.ledger_query import FigureQuery
from indexer.records import FILE_NAME
from tests.made_archive import MadeEmbedder, made_report


@pytest.fixture
def archive(tmp_path: Path):
    with Archive.open(tmp_path, create=True, embedder=MadeEmbedder()) as opened:
        opened.add(made_report(sentences=("全年查扣气瓶449个。", "整治河道53条。", "全年查扣气瓶449个。")))
        yield opened


def the_report(archive: Archive) -> str:
    return archive.reports()[0].id


def test_a_correction_stands_beside_the_figure_which_stays(archive: Archive) -> None:
    report = the_report(archive)
    made = archive.correct(report, 0, value="451", reason="复核  后更正")
    assert (made.value, made.low, made.unit, made.reason) == ("451个", Decimal(451), "个", "复核 后更正")
    assert archive.figures_of(report)[0].low == Decimal(449)
    rows = archive.find_figures(FigureQuery(), limit=10)
    assert [row.correction.value if row.correction else None for row in rows] == ["451个", None, None]


def test_of_two_like_sentences_only_the_one_meant_is_corrected(archive: Archive) -> None:
    report = the_report(archive)
    archive.correct(report, 2, value="440个", reason="重复计数")
    assert list(archive.corrections(report)[0]) == [2]


def test_a_new_correction_replaces_the_old_and_undoing_leaves_none(archive: Archive) -> None:
    report = the_report(archive)
    archive.correct(report, 0, value="451个", reason="一")
    archive.correct(report, 0, value="452个", reason="二")
    fit, _ = archive.corrections(report)
    assert fit[0].value == "452个"
    archive.undo_correction(report, fit[0])
    assert archive.corrections(report) == ({}, ())


def test_it_survives_indexing_anew_and_says_when_it_no_longer_fits(archive: Archive) -> None:
    report = the_report(archive)
    archive.correct(report, 0, value="451个", reason="复核")
    archive.add(made_report(sentences=("新的一句写5个。", "全年查扣气瓶449个。")))
    assert archive.corrections(report)[0][1].value == "451个"
    archive.add(made_report(sentences=("全年查扣气瓶460个。",)))
    fit, unfit = archive.corrections(report)
    assert fit == {}
    assert [(one.written, one.value) for one in unfit] == [("449个", "451个")]


def test_a_purge_erases_corrections_too(archive: Archive) -> None:
    report = the_report(archive)
    archive.correct(report, 0, value="451个", reason="复核")
    archive.remove(report, purge=True)
    with sqlite3.connect(archive.folder / FILE_NAME) as database:
        assert database.execute("SELECT COUNT(*) FROM corrections").fetchone() == (0,)


@pytest.mark.parametrize(
    ("ordinal", "value", "reason"),
    [
        (99, "1个", "x"),
        (0, "很多", "x"),
        (0, "3公里", "x"),
        (0, "", "x"),
        (0, "1个2个", "x"),
        (0, "1个", "  "),
        (0, "1个", "因" * 501),
    ],
)
def test_what_is_no_correction_is_refused(archive: Archive, ordinal: int, value: str, reason: str) -> None:
    with pytest.raises(CorrectionError):
        archive.correct(the_report(archive), ordinal, value=value, reason=reason)
    assert archive.corrections(the_report(archive)) == ({}, ())


def test_an_unknown_report_is_named(archive: Archive) -> None:
    with pytest.raises(UnknownReportError):
        archive.correct("nowhere", 0, value="1个", reason="x")


def test_an_archive_of_format_1_is_brought_up(tmp_path: Path) -> None:
    with Archive.open(tmp_path, create=True, embedder=MadeEmbedder()) as opened:
        opened.add(made_report())
    with sqlite3.connect(tmp_path / FILE_NAME) as database:
        database.execute("DROP TABLE corrections")
        database.execute("ALTER TABLE figures DROP COLUMN said")
        database.execute("UPDATE meta SET value = '1' WHERE key = 'format'")
    database.close()
    with Archive.open(tmp_path, embedder=MadeEmbedder()) as opened:
        report = the_report(opened)
        assert [row.quote for row in opened.find_figures(FigureQuery(subject=(("气瓶",),)), limit=5)] == [
            "全年查扣气瓶449个。"
        ]
        assert opened.correct(report, 0, value="451个", reason="复核").value == "451个"


def test_an_answer_says_the_correction_first(tmp_path: Path, corpus: Path) -> None:
    with Archive.open(tmp_path / "archive", create=True) as opened:
        index_paths(opened, [corpus / "澜江区城乡建设局2023年工作总结.txt"])
        report = the_report(opened)
        figure = next(one for one in opened.figures_of(report) if one.written == "449个")
        opened.correct(report, figure.ordinal, value="451个", reason="复核后更正")
        answer = answer_chain(opened).invoke("2023年查扣了多少气瓶？")
        assert answer.figures[0].figure.low == Decimal(449)
        assert answer.notes[0].startswith("已更正：")
        assert "以451个为准（报告原文为449个；理由：复核后更正）" in answer.notes[0]
        english = answer_chain(opened).invoke("How many gas cylinders were seized in 2023?")
        assert english.notes[0].startswith("Corrected: 451个 holds")
        assert replace(answer, notes=()).text.startswith("449个")
