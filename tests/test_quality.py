"""What a clerk is told to look at in a report, and which reports are nearly the same."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.archive import Archive
from indexer.doubts import FRESH, Likenesses, SketchShelf
from indexer.metadata import disagreements
from indexer.near_duplicates import Sketches, sketch
from indexer.parsed import Provenance
from indexer.quality import Flaw, flaws_of
from indexer.types import Report
from tests.made_archive import made_report
from tests.made_files import report_text
from tests.made_reports import make_report, reports_at_hand

WHOLE = "澜江区水务局2023年工作总结\n一、工作回顾\n" + "".join(
    f"第{number}项工作已经完成，全年新建管网{number}公里，群众满意度持续提升。\n" for number in range(1, 12)
)


def made(text: str = WHOLE, **values: object) -> Report:
    about = {"title": "澜江区水务局2023年工作总结", "place": "澜江区", "path": "澜江区水务局2023年工作总结.txt"}
    return replace(make_report(text), **{**about, **values})


def flaws(report: Report, figures: int = 9, **guesses: Provenance) -> list[Flaw]:
    return [one.flaw for one in flaws_of(report, figures, guesses)]


def test_a_whole_report_has_nothing_to_look_at() -> None:
    assert flaws(made()) == []


@pytest.mark.parametrize(
    ("end", "is_cut"),
    [
        ("下一步，我们将继续推进城区供水管网改造，力争", True),
        ("二、下一步工作打算", True),
        ("我们将继续努力，", True),
        ("澜江区水务局", False),
        ("2023年12月20日", False),
        ("（完）", False),
        ("合计 | 157 | 88.4", False),
        ("谢谢大家！", False),
    ],
)
def test_a_report_that_breaks_off_is_told(end: str, is_cut: bool) -> None:
    assert flaws(made(WHOLE + end)) == ([Flaw.CUT_OFF] if is_cut else [])


def test_garbled_characters_are_told_with_an_example() -> None:
    (warned,) = flaws_of(made(WHOLE.replace("群众", "锟斤拷锟斤拷")), 9)
    assert (warned.flaw, warned.shown, warned.count) == (Flaw.GARBLED, "锟斤拷锟斤拷", 11)
    assert flaws(made(WHOLE.replace("群众", "\ufffd", 1))) == []  # one may happen


def test_what_is_missing_is_told() -> None:
    found = flaws(made("只有一句话，没有别的。", title="", year=None, place=None), figures=0)
    assert found == [Flaw.NO_TITLE, Flaw.NO_YEAR, Flaw.NO_PLACE, Flaw.SHORT, Flaw.NO_FIGURES]


def test_a_long_paragraph_that_stands_twice_is_told() -> None:
    paragraph = "全区持续推进老旧管网改造，" * 6 + "成效明显。\n"
    assert flaws(made(WHOLE + paragraph + paragraph)) == [Flaw.REPEATED]


def test_a_file_named_for_another_place_year_or_office_is_told_unless_a_person_has_settled_it() -> None:
    other = "靖川市城市管理局2021年工作总结.txt"
    assert flaws(made(path=other)) == [Flaw.OTHER_PLACE, Flaw.OTHER_YEAR, Flaw.OTHER_OFFICE]
    edited = Provenance("澜江区", 1.0, "edited")
    assert flaws(made(path=other), place=edited, year=edited, issuer=edited) == []


def test_a_short_name_of_an_office_is_no_other_office() -> None:
    text = WHOLE.replace("澜江区水务局", "澜江区住房和城乡建设局")
    assert disagreements("澜江区住建局2023年工作总结.txt", text) == ()


def test_the_reports_at_hand_are_named_for_what_they_are() -> None:
    for report in reports_at_hand():
        assert disagreements(report.path, report.text) == (), report.path


def test_revised_texts_are_near_and_others_are_not() -> None:
    first = report_text(2021, "杭州市", 40, length=30)
    texts = {
        "revised": first.replace("查扣气瓶", "查处气瓶", 4),
        "half": first[: len(first) // 2],
        "blanks": first.replace("，", "， "),
        "other": "全省粮食播种面积稳定，单产提高，总产再创新高，农民收入较快增长，乡村面貌焕然一新。" * 20,
    }
    sketches = Sketches((name, sketch(text)) for name, text in texts.items())
    near = {one.key: one for one in sketches.near(sketch(first))}
    assert set(near) == {"revised", "half", "blanks"}
    assert near["blanks"].likeness == 1.0
    assert near["half"].covered > 0.95 > near["half"].held


def test_no_two_reports_at_hand_are_near() -> None:
    reports = reports_at_hand()
    sketches = Sketches((report.path, sketch(report.text)) for report in reports)
    pairs = {(report.path, one.key) for report in reports for one in sketches.near(sketch(report.text))}
    assert [pair for pair in pairs if pair[0] != pair[1]] == []


def test_texts_too_short_to_tell_are_near_to_nothing() -> None:
    assert Sketches([("a", sketch("短"))]).near(sketch("短")) == []
    assert Sketches([]).near(sketch(WHOLE)) == []


def test_a_text_is_near_one_of_its_own_lot_however_many_came_between(tmp_path: Path) -> None:
    chance = random.Random(3)

    def text(number: int) -> str:
        return "".join(chr(chance.randrange(0x4E00, 0x9FA5)) for _ in range(400)) + f"第{number}份"

    made = [made_report(f"{number}.txt", (text(number),)).report for number in range(2 * FRESH + 5)]
    with Archive.open(tmp_path, create=True) as archive:
        likenesses = Likenesses(archive, SketchShelf())
        for report in made:
            assert likenesses.near(report) == []
            likenesses.add(report)
        for number in (0, FRESH - 1, FRESH, 2 * FRESH, len(made) - 1):
            again = replace(
                made[number], path="again.txt", source_hash=f"again-{number}", text=made[number].text + "（修订）"
            )
            assert [one.key for one in likenesses.near(again)] == [f"{number}.txt"]
