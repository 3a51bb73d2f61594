"""The words of an answer, made by rules from cited figures: nothing is said that its citation does not hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from assistant.choose import Decision
from assistant.english import english_figure, english_period, english_subject
from assistant.offers import place_words
from assistant.scope import Scope
from assistant.types import AnsweredFigure, Intent, Language, Missing, Question
from indexer.fold import fold
from indexer.lexicon.terms import Lexicon
from indexer.types import Figure, Measure, PartLink, ReportInfo, Role

HEDGES = ("约", "近", "超过", "突破", "超", "不低于", "不少于", "至少", "不超过", "低于", "高于", "逾", "达")
SHOWN_HEDGES = frozenset(HEDGES) - {"达"}
FALLS = frozenset({"下降", "减少", "降低", "回落", "下跌", "缩短", "压减", "收窄", "降幅", "减幅", "跌幅"})
SPREAD = re.compile(r"(?<=[\d.．·])\s+(?=[\d.．·％%])|(?<=\d)\s+(?=[\u4e00-\u9fff])")  # 1 3 9 9 亿美元
RISES = frozenset({"增长", "增加", "新增", "净增", "提高", "上升", "扩大", "上涨"})
MULTIPLIERS = tuple("千百万亿")
MOST_ROWS = 8  # places named one by one
ROLE_WORDS = {Role.PLAN: "计划", Role.ESTIMATE: "预计", Role.REQUIREMENT: "要求"}
LONGEST_SUBJECT = 30
MISSING = {
    Missing.ARCHIVE_EMPTY: ("档案是空的，请先加入报告。", "The archive is empty; add reports first."),
    Missing.PLACE: ("档案中没有{places}的报告。", "The archive holds no report of {places}."),
    Missing.REPORT_YEAR: (
        "档案中没有{years}年的报告，现有{held}。",
        "The archive holds no report of {years}; it holds {held}.",
    ),
    Missing.PERIOD: (
        "档案中没有{years}的报告，最新为{newest}。",
        "The archive holds no report on {years}; the newest is on {newest}.",
    ),
}


def figure_words(figure: Figure, text_before: str) -> str:
    """The figure as written with the hedge in front of it: 约270栋, 增长25.2%, 减少6起, and 12部 where a table's head has 部."""
    hedge = next((word for word in HEDGES if text_before.endswith(word)), "")
    shown = hedge if hedge in SHOWN_HEDGES else ""
    verb = ""
    if figure.measure is Measure.GROWTH:
        verb = next((word for word in figure.qualifiers if word in FALLS), "增长")
    if figure.measure is Measure.CHANGE:
        verb = next((word for word in figure.qualifiers if word in FALLS | RISES), "")
    return f"{verb}{shown}{written_words(figure)}{unit_of_head(figure)}"


def written_words(figure: Figure) -> str:
    """The figure as its report writes it, without the blanks that set its characters apart."""
    return SPREAD.sub("", " ".join(figure.written.split()))


def unit_of_head(figure: Figure) -> str:
    """The unit that stands in the head of a table and not with the number; "" where the number has its own."""
    written = fold(figure.written).replace(" ", "")
    return "" if written.endswith(figure.unit) or "分之" in written else figure.unit


def state_figure(question: Question, item: AnsweredFigure, hedged: str, lexicon: Lexicon) -> str:
    """One figure with what it counts, where, when, and its parts, in the language of the question."""
    if question.language is Language.ENGLISH:
        return _state_in_english(question, item, hedged, lexicon)
    unit = unit_of_head(item.figure)
    if unit.startswith(MULTIPLIERS):  # 1.53万户 is not what the cited row of the table says
        return f"{hedged.removesuffix(unit)}（单位：{unit}；{_about(item.figure, item.report)}）{_parts(item.parts, item.figure)}"
    return f"{hedged}（{_about(item.figure, item.report)}）{_parts(item.parts, item.figure)}"


def state_masked(question: Question, figure: Figure, report: ReportInfo) -> str:
    """That the source masks the number."""
    if question.language is Language.ENGLISH:
        when = english_period(figure.period or report.period)
        return (
            f"The number is masked (*) in the source: {figure.subject_text or figure.written}{when and f' ({when})'}."
        )
    return f"原文已脱敏（以*代替），档案中没有这个数字：{_about(figure, report)}。"


def state_missing(question: Question, scope: Scope) -> str:
    """That no report may answer, and why."""
    english = question.language is Language.ENGLISH
    chinese_text, english_text = MISSING[scope.missing or Missing.PERIOD]
    years = sorted({report.year for report in scope.held if report.year})
    newest = max((report.period for report in scope.held if report.period), default=None, key=lambda period: period.end)
    periods = [english_period(period) if english else period.label for period in scope.periods]
    asked = periods or [str(year) for year in question.report_years]
    joiner = ", " if english else "、"
    return (english_text if english else chinese_text).format(
        places=joiner.join(question.places or question.unknown_places),
        years=joiner.join(asked),
        held=_ranges(years, english=english),
        newest=(english_period(newest) if english else newest.label) if newest else "—",
    )


def state_not_found(question: Question, reports: int) -> str:
    """That none of the reports searched says it."""
    if question.language is Language.ENGLISH:
        return f"Not in the archive: none of the {reports} reports searched states this."
    return f"不在档案中：所查{reports}份报告没有这项内容。"


def state_ambiguous(
    question: Question, decision: Decision, hedged: Sequence[str], lexicon: Lexicon | None = None
) -> str:
    """One figure a place, none preferred, each with its period; `hedged` may say fewer than were chosen."""
    pairs = list(zip(decision.chosen, hedged, strict=False))
    english, count = question.language is Language.ENGLISH, len(decision.chosen)
    rows = [_row(question, item.figure, item.evidence.report, words, lexicon) for item, words in pairs[:MOST_ROWS]]
    if english:
        return f"Several places state it; which one do you mean? {'; '.join(rows)}{' …' if count > MOST_ROWS else ''}"
    return f"有{count}个地方的报告写到，请指明地区：{'；'.join(rows)}{'……' if count > MOST_ROWS else ''}"


def _row(question: Question, figure: Figure, report: ReportInfo, words: str, lexicon: Lexicon | None) -> str:
    """澜江区2024年30个; Lanjiang District, 2024: 30. A time that the question names is not said again."""
    place = report.place or report.issuer or ""
    period = figure.period or report.period
    is_asked = period in question.periods
    if question.language is Language.ENGLISH:
        place = place_words(place, question.language, lexicon) if lexicon and place else place
        when = "" if is_asked else english_period(period)
        shown = english_figure(figure, words)
        return f"{', '.join(part for part in (place or _named(report), when) if part)}: {shown}"
    when = "" if is_asked or period is None else period.label
    return f"{place or f'《{_named(report)}》'}{when} {words}"


def _named(report: ReportInfo) -> str:
    return report.title or report.file_name


def state_other_periods(question: Question, stated: Sequence[tuple[Figure, ReportInfo]]) -> str:
    """Which other periods are held, newest first: 2022年 50条; 2022: 50."""
    dated = sorted(stated, key=lambda pair: _ends(*pair), reverse=True)
    if question.language is Language.ENGLISH:
        rows = (
            f"{english_period(figure.period or report.period)}: {english_figure(figure, figure.written) or figure.written}"
            for figure, report in dated
        )
        return f"Other periods held: {'; '.join(rows)}"
    rows = (f"{period_words(figure, report)} {figure_words(figure, '')}" for figure, report in dated)
    return f"档案中还有其他时期的数：{'；'.join(rows)}"


def _ends(figure: Figure, report: ReportInfo) -> date:
    period = figure.period or report.period
    return period.end if period else date.min


def period_words(figure: Figure, report: ReportInfo) -> str:
    """The figure's period, else the report's; empty where neither is known."""
    period = figure.period or report.period
    return period.label if period else ""


def _about(figure: Figure, report: ReportInfo) -> str:
    subject = figure.subject_text
    subject = subject if len(subject) <= LONGEST_SUBJECT else subject[-LONGEST_SUBJECT:]
    when = period_words(figure, report) + ROLE_WORDS.get(figure.role, "")
    return "，".join(part for part in (subject, report.place or "", when) if part)


def _parts(parts: Sequence[AnsweredFigure], whole: Figure) -> str:
    """其中新建5.1公里、改造8.7公里; the numbers alone where no name tells the parts apart."""
    if not parts:
        return ""
    names = [_own_name(part.figure, whole) for part in parts]
    if names.count("") > 1 or len(set(names)) < len(names):
        names = [""] * len(parts)
    label = "其中" if parts[0].figure.part_link is PartLink.STATED else "分项合计相符："
    said = (f"{name}{figure_words(part.figure, '')}" for name, part in zip(names, parts, strict=True))
    return f"；{label}" + "、".join(said)


def _own_name(part: Figure, whole: Figure) -> str:
    """What a part is called beside its whole: 未抽中 of 消防备案未抽中 beside 消防备案."""
    return part.subject_text.removeprefix(whole.subject_text)


def _state_in_english(question: Question, item: AnsweredFigure, hedged: str, lexicon: Lexicon) -> str:
    figure, place = item.figure, item.report.place or ""
    subject = english_subject(figure.subject_text, lexicon)
    where = place_words(place, Language.ENGLISH, lexicon) if place else ""
    if place and (question.places_listed or question.intent is Intent.COMPARISON):
        where = f"{where} {place}"  # the lines of an answer on several places are told apart by the name as reported
    when = english_period(figure.period or item.report.period)
    role = {Role.PLAN: "planned", Role.ESTIMATE: "estimated", Role.REQUIREMENT: "required"}.get(figure.role, "")
    about = ", ".join(part for part in (subject, where, when, role) if part)
    text = f"{english_figure(figure, hedged)} ({about})"
    if item.parts:
        label = "of which" if item.parts[0].figure.part_link is PartLink.STATED else "parts that add up"
        text += f"; {label}: " + ", ".join(_part_in_english(part.figure, lexicon) for part in item.parts)
    return text


def _part_in_english(figure: Figure, lexicon: Lexicon) -> str:
    number = english_figure(figure, "") or figure.written
    return f"{number} {english_subject(figure.subject_text, lexicon)}".rstrip()


def _ranges(years: Sequence[int], *, english: bool) -> str:
    """1954–1960、2023 for the years held."""
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][1] + 1:
            runs[-1][1] = year
        else:
            runs.append([year, year])
    shown = [str(first) if first == last else f"{first}–{last}" for first, last in runs]
    return (", " if english else "、").join(shown) or "—"


def decimal_words(value: Decimal) -> str:
    """A decimal without exponent or idle zeros, with thousands separators from 10,000 on."""
    text = format(value.normalize(), "f") if value != 0 else "0"
    return f"{Decimal(text):,}" if abs(value) >= 10000 else text
