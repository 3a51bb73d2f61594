"""What a report is, whose and of when: from title, file name and text, overridden by the manifest."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from indexer.load import load
from indexer.manifest import ManifestRow
from indexer.metadata import Source, apply_manifest, guess_metadata
from indexer.types import Genre, Level, Period

ASSEMBLY = "政府工作报告\n——2026年1月8日在{}第十八届人民代表大会第五次会议上\n区长 某某\n各位代表：\n"
NATIONAL = (
    "各位代表：\n现在，我代表国务院，向大会报告政府工作，请予审议。\n一、2025年工作回顾\n过去一年，成绩来之不易。"
)
FIVE_YEARS = {
    1983,
    1986,
    1988,
    1993,
    1996,
    1998,
    2001,
    2003,
    2008,
    2011,
    2013,
    2018,
    2023,
}


def test_the_seeds(shared: Path) -> None:
    untitled = guess_metadata("004_07b2d86835c8b848.txt", load(shared / "seeds/004_07b2d86835c8b848.txt").text)
    assert untitled.title.value == ""
    assert (untitled.year.value, untitled.genre.value) == (2022, Genre.WORK_SUMMARY)
    assert untitled.period.value == Period.of_months(2022, 1, 6)
    assert (untitled.level.value, untitled.place.value) == (Level.COUNTY, None)
    titled = guess_metadata("000_07e980acf0e4cf36.txt", load(shared / "seeds/000_07e980acf0e4cf36.txt").text)
    assert titled.title.value == "区城乡建设局2023年以来工作总结和下一步工作思路"
    assert (titled.year.value, titled.period.value) == (2023, Period.of_year(2023))
    assert (titled.issuer.value, titled.level.value) == ("区城乡建设局", Level.DISTRICT)
    assert titled.place.value is None


def test_every_report_of_the_archive(shared: Path) -> None:
    files = sorted((shared / "archive").rglob("*.txt"))
    assert len(files) == 88
    for file in files:
        year, place = re.fullmatch(r"(\d{4})年(.+?)政府工作报告", file.stem).groups()  # type: ignore[union-attr]
        metadata = guess_metadata(file.name, load(file).text)
        is_national = place == "国务院"
        assert metadata.year.value == int(year), file.name
        assert metadata.place.value == ("全国" if is_national else place), file.name
        assert metadata.level.value is (Level.NATION if is_national else Level.PROVINCE), file.name
        assert metadata.genre.value is Genre.WORK_REPORT, file.name
        first = int(year) - (5 if int(year) in FIVE_YEARS and is_national else 1)
        assert metadata.period.value == Period.of_years(first, int(year) - 1), file.name
        assert metadata.title.value == file.stem
        assert metadata.warnings == ()


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        (
            "a.txt",
            ASSEMBLY.format("福州市仓山区"),
            ("政府工作报告", "work_report", "仓山区人民政府", "仓山区", "district", 2026),
        ),
        (
            "2025年宁夏政府工作报告.txt",
            "各位代表：\n",
            ("2025年宁夏政府工作报告", "work_report", "宁夏回族自治区人民政府", "宁夏回族自治区", "province", 2025),
        ),
        (
            "x/IMG_1.txt",
            "山东省临沂市兰陵县住房和城乡建设局\n二〇二三年度工作总结\n今年以来，",
            (
                "山东省临沂市兰陵县住房和城乡建设局二〇二三年度工作总结",
                "work_summary",
                "山东省临沂市兰陵县住房和城乡建设局",
                "兰陵县",
                "county",
                2023,
            ),
        ),
        (
            "b.txt",
            "*县住建局2022年第一季度工作总结\n一、",
            ("*县住建局2022年第一季度工作总结", "work_summary", "*县住建局", None, "county", 2022),
        ),
        (
            "c.txt",
            "关于市教育局2021年工作情况的报告\n",
            ("关于市教育局2021年工作情况的报告", "work_summary", "市教育局", None, "unknown", 2021),
        ),
        ("1.txt", "随便写一点东西。没有什么。", ("", "other", None, None, "unknown", None)),
        (
            "１９８７.txt",
            "１９８７年国务院政府工作报告\n",
            ("１９８７年国务院政府工作报告", "work_report", "国务院", "全国", "nation", 1987),
        ),
        (
            "杭州市城乡建设委员会2024年工作总结-副本(1).docx",
            "一、主要工作\n完成。",
            ("杭州市城乡建设委员会2024年工作总结", "work_summary", "杭州市城乡建设委员会", "杭州市", "city", 2024),
        ),
    ],
)
def test_reports_of_many_kinds(path: str, text: str, expected: tuple[object, ...]) -> None:
    guess = guess_metadata(path, text)
    fields = (guess.title, guess.genre, guess.issuer, guess.place, guess.level, guess.year)
    assert tuple(field.value for field in fields) == expected
    assert all(0 <= field.confidence <= 1 for field in fields)


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("某局2024年上半年工作总结及下半年工作安排", Period.of_months(2024, 1, 6)),
        ("某局2024年下半年工作总结", Period.of_months(2024, 7, 12)),
        ("某局2024年第一季度工作总结", Period.of_months(2024, 1, 3)),
        ("某局2024年前三季度工作总结", Period.of_months(2024, 1, 9)),
        ("某局2024年1—5月工作总结", Period.of_months(2024, 1, 5)),
        ("某局2018—2022年工作总结", Period.of_years(2018, 2022)),
        ("某局2024年工作总结及2025年工作思路", Period.of_year(2024)),
        ("2025年某市政府工作报告", Period.of_year(2024)),
    ],
)
def test_the_period_that_a_title_names(title: str, period: Period) -> None:
    assert guess_metadata("a.txt", f"{title}\n\n正文。").period.value == period


def test_a_report_named_for_another_place_is_what_it_says_and_warns() -> None:
    guess = guess_metadata("2026年杭州市政府工作报告.txt", f"2026年杭州市政府工作报告\n\n{NATIONAL}")
    assert (guess.place.value, guess.place.source, guess.issuer.value) == ("全国", Source.TEXT, "国务院")
    assert guess.title.value == "2026年杭州市政府工作报告"
    assert any("file name names 杭州市, but the text 全国" in warning for warning in guess.warnings)


def test_a_year_in_the_file_name_that_the_text_denies_is_told() -> None:
    guess = guess_metadata("2024年仓山区政府工作报告.txt", ASSEMBLY.format("仓山区"))
    assert guess.year.value == 2026
    assert guess.warnings == ("2024年仓山区政府工作报告.txt: the file name names 2024, but the text 2026.",)


def test_home_fills_only_what_is_unknown() -> None:
    guess = guess_metadata(
        "a.txt", "2023年工作总结\n\n今年以来，全县平稳。", home_place="云岭县", home_office="云岭县住建局"
    )
    assert (guess.place.value, guess.place.source, guess.issuer.value) == ("云岭县", Source.HOME, "云岭县住建局")
    guess = guess_metadata(
        "a.txt", "澜江区住建局2023年工作总结\n\n全区平稳。", home_place="云岭县", home_office="云岭县住建局"
    )
    assert (guess.place.value, guess.issuer.value) == ("澜江区", "澜江区住建局")


def test_the_manifest_overrides_and_carries_level_and_period_along() -> None:
    guess = guess_metadata("2024年仓山区政府工作报告.txt", ASSEMBLY.format("仓山区"))
    row = ManifestRow("2024年仓山区政府工作报告.txt", 2, place="云岭县", year=2023, genre=Genre.WORK_SUMMARY)
    told = apply_manifest(guess, row)
    assert (told.place.value, told.level.value, told.year.value) == ("云岭县", Level.COUNTY, 2023)
    assert told.period.value == Period.of_year(2023)
    assert told.place.source is Source.MANIFEST
    assert told.title == guess.title
    assert told.warnings == ()
    assert apply_manifest(guess, ManifestRow("x", 3)) == guess


@pytest.mark.parametrize(
    ("opening", "issuer", "place"),
    [
        ("2022年，泽川县水务局在县委的坚强领导下，各项工作取得成绩。现将情况总结如下。", "泽川县水务局", "泽川县"),
        ("今年以来工作推进有力。\n泽川县水务局认真落实河长制，全年巡河。", "泽川县水务局", "泽川县"),
        ("2023年以来，鹿鸣区城市管理局围绕市容环境，全面推进整治。", "鹿鸣区城市管理局", "鹿鸣区"),
        ("水务局在县委领导下开展工作。", None, None),
        ("我县水务局认真落实河长制。", None, None),
        ("泽川县的各水务局，工作推进有力。", None, None),
    ],
)
def test_a_text_without_a_title_tells_its_office_in_its_first_sentence(
    opening: str, issuer: str | None, place: str | None
) -> None:
    metadata = guess_metadata("jy_final_2.txt", opening + "\n全年治理河道12公里。")
    assert (metadata.issuer.value, metadata.place.value) == (issuer, place)


def test_a_first_sentence_that_announces_a_summary_makes_it_one() -> None:
    text = "2022年，泽川县水务局在县委领导下取得成绩。现将有关情况总结如下。\n治理河道12公里。"
    metadata = guess_metadata("jy_final_2.txt", text)
    assert metadata.genre.value is Genre.WORK_SUMMARY
    assert metadata.year.value == 2022
