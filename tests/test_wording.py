"""The words of an answer: units of table heads, changes, parts, places; and the same in English."""

from __future__ import annotations

from decimal import Decimal

import made_answers as made
import pytest

from assistant.choose import Decision
from assistant.english import english_figure, english_period, english_subject
from assistant.read_figures import Weighed
from assistant.types import AnsweredFigure, Evidence, Language, Status
from assistant.wording import figure_words, state_ambiguous, state_figure, state_other_periods
from indexer.lexicon.terms import Lexicon
from indexer.types import Measure, Passage, Period, ReportInfo


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load()


@pytest.mark.parametrize(
    ("written", "unit", "before", "changes", "said"),
    [
        ("449", "个", "", {}, "449个"),  # the unit stands in the head of the table
        ("449个", "个", "", {}, "449个"),
        ("60.76％", "%", "", {}, "60.76％"),  # full-width in the source
        ("59个", "个", "约", {}, "约59个"),
        ("59个", "个", "", {"measure": Measure.CHANGE, "qualifiers": ("减少",)}, "减少59个"),
        ("59个", "个", "", {"measure": Measure.CHANGE, "qualifiers": ("新增",)}, "新增59个"),
        ("59个", "个", "", {"measure": Measure.CHANGE, "qualifiers": ("超过",)}, "59个"),
        ("60.76％", "%", "", {"measure": Measure.GROWTH, "qualifiers": ("下降",)}, "下降60.76％"),
    ],
)
def test_a_number_is_said_with_its_unit_and_what_it_did(
    written: str, unit: str, before: str, changes: dict[str, object], said: str
) -> None:
    assert figure_words(made.figure(written, unit=unit, **changes), before) == said


def test_a_scaled_unit_of_a_table_head_is_said_apart_from_the_number(lexicon: Lexicon) -> None:
    figure = made.figure("449", subject="更换软管", unit="万户")
    stated = state_figure(made.question("换了多少户"), AnsweredFigure(figure, made.REPORT, 1), "449万户", lexicon)
    assert stated == "449（单位：万户；更换软管，青禾区，2023年）"


def parts(*subjects: str) -> tuple[AnsweredFigure, ...]:
    written = ("59个", "390个")
    return tuple(
        AnsweredFigure(made.figure(words, subject=subject, unit="个"), made.REPORT, 2)
        for words, subject in zip(written, subjects, strict=True)
    )


@pytest.mark.parametrize(
    ("subjects", "said"),
    [
        (("门店煤气罐", "居民煤气罐"), "；分项合计相符：门店煤气罐59个、居民煤气罐390个"),
        (
            ("没收煤气罐门店", "没收煤气罐居民"),
            "；分项合计相符：门店59个、居民390个",
        ),  # the whole's name is not said again
        (("煤气罐", "煤气罐"), "；分项合计相符：59个、390个"),  # no name tells them apart
    ],
)
def test_parts_are_said_shortly(subjects: tuple[str, str], said: str, lexicon: Lexicon) -> None:
    whole = AnsweredFigure(made.figure("449个", subject="没收煤气罐", unit="个"), made.REPORT, 1, parts(*subjects))
    assert state_figure(made.question("多少"), whole, "449个", lexicon) == f"449个（没收煤气罐，青禾区，2023年）{said}"


def in_places(*places: str | None, year: int = 2023) -> Decision:
    chosen = []
    for place in places:
        period = Period.of_year(year)
        info = ReportInfo(
            "x", f"来件/{place or '无名'}.txt", "", made.REPORT.genre, None, place, made.REPORT.level, year, period,
            made.REPORT.visibility, "",
        )  # fmt: skip
        passage = Passage("x", 0, 0, 0, 1, "略")
        figure = made.figure("449个", unit="个", period=period)
        chosen.append(Weighed(figure, Evidence(passage, info, (), (), 1.0), 1.0, {}))
    return Decision(Status.AMBIGUOUS, tuple(chosen))


def test_each_place_is_said_with_its_period_and_a_nameless_report_by_its_file() -> None:
    text = state_ambiguous(made.question("多少"), in_places("青禾区", None), ["449个", "59个"])
    assert text == "有2个地方的报告写到，请指明地区：青禾区2023年 449个；《无名.txt》2023年 59个"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (Language.CHINESE, "档案中还有其他时期的数：2022年 390个；2021年 59个"),
        (Language.ENGLISH, "Other periods held: 2022: 390; 2021: 59"),
    ],
)
def test_other_periods_are_said_newest_first(language: Language, said: str) -> None:
    stated = [
        (made.figure(written, unit="个", period=Period.of_year(year)), made.REPORT)
        for written, year in (("59个", 2021), ("390个", 2022))
    ]
    assert state_other_periods(made.question("多少", language), stated) == said


def test_more_places_than_are_stated_are_counted() -> None:
    places = [f"第{number}县" for number in range(13)]
    text = state_ambiguous(made.question("多少"), in_places(*places), ["449个"] * 12)
    assert text.startswith("有13个地方的报告写到")
    assert text.count("449个") == 8
    assert text.endswith("……")


def test_an_english_question_gets_english_places(lexicon: Lexicon) -> None:
    asked = made.question("how many", Language.ENGLISH)
    text = state_ambiguous(asked, in_places("山东省", "青禾区"), ["449个", "59个"], lexicon)
    assert text == "Several places state it; which one do you mean? Shandong, 2023: 449; Qinghe District, 2023: 449"


@pytest.mark.parametrize(
    ("unit", "changes", "hedged", "said"),
    [
        ("个", {}, "449个", "449"),
        ("盏", {}, "449盏", "449"),
        ("万户", {}, "449万户", "4.49 million households [449万户]"),
        ("公顷", {}, "449公顷", "449 ha"),
        ("架次", {}, "449架次", "449 架次 [449架次]"),  # no English for it: the source's own
        ("起", {"measure": Measure.CHANGE, "qualifiers": ("减少",)}, "减少449起", "down 449"),
        ("件", {"low": Decimal(449), "high": None}, "449余件", "more than 449"),
        ("万元", {}, "", "4.49 million yuan"),
    ],
)
def test_a_figure_in_english(unit: str, changes: dict[str, object], hedged: str, said: str) -> None:
    assert english_figure(made.figure("449", unit=unit, **changes), hedged) == said


@pytest.mark.parametrize(
    ("subject", "said"),
    [("口袋公园", "pocket park"), ("新装路灯", "street lamp 新装路灯"), ("双井香菇", "双井香菇")],
)
def test_a_subject_is_in_english_as_far_as_the_lexicon_goes(subject: str, said: str, lexicon: Lexicon) -> None:
    assert english_subject(subject, lexicon) == said


def test_a_single_month_in_english() -> None:
    assert english_period(Period.of_months(2022, 6, 6)) == "Jun 2022"
