"""The place of a report that names it only in short comes from the other reports of the archive."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.archive import Archive
from indexer.build import index_paths

FULL = "岚浦区民政局2023年工作总结\n一、工作回顾\n2023年，全区新建养老机构3家。\n"
SHORT = "民政工作小结\n2024年以来，岚浦民政守住底线，新建养老机构5家。\n"
SIGNED = "区卫健局2024年度工作总结\n（岚浦区卫生健康局 二〇二四年十二月）\n\n2024年，新设门诊7个。\n"
OTHER = "远山县民政局2024年工作总结\n2024年，全县新建养老机构2家。\n"


@pytest.fixture
def placed(tmp_path: Path) -> dict[str, str | None]:
    for name, text in {"full.txt": FULL, "民政2024.txt": SHORT, "wjj.txt": SIGNED, "other.txt": OTHER}.items():
        (tmp_path / "in").mkdir(exist_ok=True)
        (tmp_path / "in" / name).write_text(text, encoding="utf-8")
    with Archive.open(tmp_path / "archive", create=True) as archive:
        index_paths(archive, [tmp_path / "in"])
        return {report.path: report.place for report in archive.reports()}


def test_a_short_name_in_the_opening_means_the_place_that_another_report_names(placed: dict[str, str | None]) -> None:
    assert placed["民政2024.txt"] == "岚浦区"


def test_a_signature_under_the_title_names_the_place(placed: dict[str, str | None]) -> None:
    assert placed["wjj.txt"] == "岚浦区"


def test_a_report_that_names_two_held_places_stays_without(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(FULL, encoding="utf-8")
    (folder / "b.txt").write_text(OTHER, encoding="utf-8")
    (folder / "c.txt").write_text("民政交流材料\n2024年，岚浦与远山两地结对，走访12次。\n", encoding="utf-8")
    with Archive.open(tmp_path / "archive", create=True) as archive:
        index_paths(archive, [folder])
        assert next(report.place for report in archive.reports() if report.path == "c.txt") is None


def test_where_it_was_taken_from_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(FULL, encoding="utf-8")
    (folder / "b.txt").write_text(SHORT, encoding="utf-8")
    with Archive.open(tmp_path / "archive", create=True) as archive:
        index_paths(archive, [folder])
        report = next(report for report in archive.reports() if report.path == "b.txt")
        guesses = archive.metadata(report.id)
        assert (guesses["place"].value, guesses["place"].source) == ("岚浦区", "other reports")
