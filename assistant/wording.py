"""The words of an answer, made by rules from cited figures: nothing is said that its citation does not hold."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.choose import Decision
from assistant.english import english_figure, english_period, english_subject
from assistant.scope import Scope
from assistant.types import AnsweredFigure, Language, Missing, Question
from indexer.lexicon.terms import Lexicon
from indexer.types import Figure, Measure, PartLink, ReportInfo, Role

HEDGES = ("约", "近", "超过", "突破", "超", "不低于", "不少于", "至少", "不超过", "低于", "高于", "逾", "达")
SHOWN_HEDGES = frozenset(HEDGES) - {"达"}
FALLS = frozenset({"下降", "减少", "降低", "回落", "下跌", "缩短", "压减", "收窄"})
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
    """The figure as written with the hedge in front of it: 约270栋, 增长25.2%, 下降3.1%."""
    hedge = next((word for word in HEDGES if text_before.endswith(word)), "")
    shown = hedge if hedge in SHOWN_HEDGES else ""
    verb = ""
    if figure.measure is Measure.GROWTH:
        verb = next((word for word in figure.qualifiers if word in FALLS), "增长")
    return f"{verb}{shown}{' '.join(figure.written.split())}"


def state_figure(question: Question, item: AnsweredFigure, hedged: str, lexicon: Lexicon) -> str:
    """One figure with what it counts, where, when, and its parts, in the language of the question."""
    if question.language is Language.ENGLISH:
        return _state_in_english(item, hedged, lexicon)
    return f"{hedged}（{_about(item.figure, item.report)}）{_parts(item.parts)}"


def state_masked(question: Question, figure: Figure, report: ReportInfo) -> str:
    """That the source masks the number."""
    if question.language is Language.ENGLISH:
        return f"The number is masked (*) in the source: {figure.subject_text or figure.written} ({english_period(figure.period)})."
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


def state_ambiguous(question: Question, decision: Decision, hedged: Sequence[str]) -> str:
    """One figure a place, none preferred."""
    rows = [
        f"{item.evidence.report.place or item.evidence.report.issuer or item.evidence.report.title} {words}"
        for item, words in zip(decision.chosen, hedged, strict=True)
    ]
    if question.language is Language.ENGLISH:
        return f"Several places state it; which one do you mean? {'; '.join(rows[:8])}"
    return f"有{len(rows)}个地方的报告写到，请指明地区：{'；'.join(rows[:8])}{'……' if len(rows) > 8 else ''}"


def period_words(figure: Figure, report: ReportInfo) -> str:
    """The figure's period, else the report's; empty where neither is known."""
    period = figure.period or report.period
    return period.label if period else ""


def _about(figure: Figure, report: ReportInfo) -> str:
    subject = figure.subject_text
    subject = subject if len(subject) <= LONGEST_SUBJECT else subject[-LONGEST_SUBJECT:]
    when = period_words(figure, report) + ROLE_WORDS.get(figure.role, "")
    return "，".join(part for part in (subject, report.place or "", when) if part)


def _parts(parts: Sequence[AnsweredFigure]) -> str:
    if not parts:
        return ""
    label = "其中" if parts[0].figure.part_link is PartLink.STATED else "分项合计相符："
    return f"；{label}" + "、".join(f"{part.figure.subject_text}{part.figure.written}" for part in parts)


def _state_in_english(item: AnsweredFigure, hedged: str, lexicon: Lexicon) -> str:
    figure = item.figure
    subject = english_subject(figure.subject_text, lexicon)
    where = item.report.place or ""
    when = english_period(figure.period or item.report.period)
    role = {Role.PLAN: "planned", Role.ESTIMATE: "estimated", Role.REQUIREMENT: "required"}.get(figure.role, "")
    about = ", ".join(part for part in (subject, where, when, role) if part)
    text = f"{english_figure(figure, hedged)} ({about})"
    if item.parts:
        label = "of which" if item.parts[0].figure.part_link is PartLink.STATED else "parts that add up"
        text += f"; {label}: " + ", ".join(f"{part.figure.subject_text} {part.figure.written}" for part in item.parts)
    return text


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
