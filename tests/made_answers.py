"""Answers made by hand over one small report, for the tests of what is shown."""

from __future__ import annotations

from decimal import Decimal

from assistant.types import Answer, AnsweredFigure, Citation, Intent, Language, Question, Searched, Status
from indexer.types import (
    Basis,
    Figure,
    Genre,
    Level,
    Measure,
    PartLink,
    Period,
    Report,
    Role,
    Section,
    SectionKind,
    Span,
    Visibility,
)

TEXT = (
    "青禾区住房和城乡建设局2023年工作总结\n"
    "一、工作回顾\n"
    "（一）燃气安全\n"
    "一是开展专项整治。全年排查用户1200余户，累计没收煤气罐449个。\n"
    "没收经营门店煤气罐59个，没收居民家中煤气罐390个。\n"
    "二是完成投资*.*亿元，占总投资额的60.76％。\n"
)

REPORT = Report(
    id="qinghe-2023",
    path="青禾/2023年工作总结.txt",
    title="青禾区住房和城乡建设局2023年工作总结",
    genre=Genre.WORK_SUMMARY,
    issuer="青禾区住房和城乡建设局",
    place="青禾区",
    level=Level.DISTRICT,
    year=2023,
    period=Period.of_year(2023),
    visibility=Visibility.PUBLIC,
    source_hash="0" * 64,
    text=TEXT,
)
HEADINGS = ("一、工作回顾", "（一）燃气安全")
SECTIONS = (
    Section(REPORT.id, 0, (), SectionKind.OTHER, 0, TEXT.index("一、")),
    Section(REPORT.id, 1, HEADINGS, SectionKind.REVIEW, TEXT.index("一、"), len(TEXT)),
)


def figure(written: str, *, subject: str = "", unit: str = "", **changes: object) -> Figure:
    """The figure that is written so in `TEXT`, a result of 2023; `changes` replace any field."""
    start = TEXT.index(written)
    digits = "".join(character for character in written if character.isdigit() or character == ".")
    value = None if "*" in written else Decimal(digits)
    here = Span(start, start + len(written))
    fields: dict[str, object] = {
        "report": REPORT.id, "ordinal": start, "section": 1, "passage": 0, "start": here.start, "end": here.end,
        "written": written, "low": value, "high": value, "approximate": False, "masked": value is None, "unit": unit,
        "base_unit": unit, "scale": Decimal(1), "dimension": "count", "measure": Measure.LEVEL, "role": Role.RESULT,
        "subject": None, "subject_text": subject, "qualifiers": (), "period": Period.of_year(2023), "scope": None,
        "basis": Basis.FLOW, "base_period": None, "part_of": None, "part_link": None, "clause": here, "sentence": here,
    }  # fmt: skip
    return Figure(**{**fields, **changes})  # type: ignore[arg-type]


def citation(number: int, quote: str) -> Citation:
    """A citation of the stretch of `TEXT` that reads `quote`."""
    start = TEXT.index(quote)
    return Citation(number, REPORT, HEADINGS, quote, start, start + len(quote))


def question(text: str, language: Language = Language.CHINESE) -> Question:
    """A question for one figure."""
    return Question(text, text, language, Intent.FIGURE)


def gas_cylinders(link: PartLink = PartLink.INFERRED_BY_SUM, language: Language = Language.CHINESE) -> Answer:
    """449 cylinders with 59 and 390 as parts, cited to two sentences."""
    parts = tuple(
        AnsweredFigure(figure(written, subject=subject, unit="个", part_link=link), REPORT, 2)
        for written, subject in (("59个", "经营门店煤气罐"), ("390个", "居民家中煤气罐"))
    )
    whole = AnsweredFigure(figure("449个", subject="没收煤气罐", unit="个"), REPORT, 1, parts)
    return Answer(
        status=Status.ANSWERED,
        text="449个（没收煤气罐，青禾区，2023年）；分项合计相符：经营门店煤气罐59个、居民家中煤气罐390个",
        question=question("一共没收了多少煤气罐？", language),
        figures=(whole,),
        citations=(
            citation(1, "全年排查用户1200余户，累计没收煤气罐449个。"),
            citation(2, "没收经营门店煤气罐59个，没收居民家中煤气罐390个。"),
        ),
        searched=Searched(8, (2021, 2022, 2023, 2024), ("青禾区",)),
        suggestions=("2022年没收了多少煤气罐？",),
        notes=("没有指明年份，取最新一份写明结果的报告。",),
        took_ms=12.4,
    )


def masked() -> Answer:
    """An answer whose figure is hidden in the source."""
    hidden = AnsweredFigure(figure("*.*亿元", subject="完成投资", unit="亿元"), REPORT, 1)
    return Answer(
        status=Status.MASKED,
        text="原文已脱敏（以*代替），档案中没有这个数字：完成投资，青禾区，2023年。",
        question=question("完成投资多少？"),
        figures=(hidden,),
        citations=(citation(1, "二是完成投资*.*亿元，占总投资额的60.76％。"),),
        searched=Searched(8, (2023,), ()),
        took_ms=9.0,
    )


def not_found() -> Answer:
    """An answer that says what was searched and offers what is near."""
    return Answer(
        status=Status.NOT_FOUND,
        text="档案里没有写到地铁里程。",
        question=question("地铁多少公里？"),
        searched=Searched(8, (2021, 2022, 2023, 2024), ("青禾区", "临川县"), "未含2020年"),
        suggestions=("2023年绿道多少公里？",),
    )


def ambiguous() -> Answer:
    """An answer of two places, none preferred."""
    here = AnsweredFigure(figure("449个", subject="没收煤气罐", unit="个"), REPORT, 1)
    there = AnsweredFigure(figure("390个", subject="没收煤气罐", unit="个", scope="临川县"), REPORT, 2)
    return Answer(
        status=Status.AMBIGUOUS,
        text="有2个地方的报告写到，请指明地区：青禾区 449个；临川县 390个",
        question=question("没收了多少煤气罐？"),
        figures=(here, there),
        citations=(citation(1, "累计没收煤气罐449个。"), citation(2, "没收居民家中煤气罐390个。")),
        suggestions=("青禾区没收了多少煤气罐？",),
    )
