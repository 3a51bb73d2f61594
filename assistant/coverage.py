"""Which reports mention a topic: answered by reading all of them, with exact counts, never by searching for the nearest."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from assistant.cite import Citations
from assistant.plan_summary import office_name, searched_in
from assistant.scope import of_places
from assistant.topic import Said, Topic, count_in, said_in, topic_of
from assistant.types import Answer, Computed, Language, Question, Status
from indexer.archive import Archive
from indexer.types import ReportInfo

ASKED = (
    re.compile(
        r"(?:提到|提及|说到|写到|讲到|谈到|涉及|出现)了?(?:过)?(?P<what>[^？?。，,]{2,}?)(?:的?(?:内容|事))?(?:呢|吗|了)?[？?。\s]*$"
    ),
    re.compile(
        r"^(?P<what>[^，,？?]{2,}?)[，,]?(?:在|都|是|被|曾|先后|最早)*(?:哪|什么时候|多少)[^？?]*(?:提到|提及|说到|写到|出现|涉及)"
    ),
    re.compile(
        r"\b(?:mention|mentions|mentioned|refer to|speak of|talk about|discuss)\s+(?P<what>[^?.]+)", re.IGNORECASE
    ),
)
MOST_CITED = 60  # one sentence of each report


def coverage_of(question: Question, archive: Archive) -> Answer:
    """Every report in the question's scope that mentions its topic, how often, and the years of those that do not."""
    name = asked_topic(question)
    reports = _in_scope(question, archive)
    topic = topic_of(name, archive)
    found = {report.id: list(said_in(report, topic, archive)) for report in reports}
    holding = [report for report in reports if found[report.id]]
    counts = {report.id: count_in(found[report.id], topic) for report in holding}
    citations = Citations()
    for report in holding[:MOST_CITED]:
        first = found[report.id][0]
        citations.add(archive.report(report.id), report, first.section, first.span, first.span)
    text = _text(question, topic, reports, counts)
    numbers = {len(reports), len(holding), sum(counts.values()), *counts.values()}
    numbers |= set(_by_year(holding, counts).values())
    return Answer(
        Status.ANSWERED if holding else Status.NOT_FOUND,
        text,
        question,
        computed=tuple(Computed("count", Decimal(number), "", ()) for number in sorted(numbers)),
        citations=citations.all(),
        searched=searched_in(reports),
        notes=_notes(question, topic, [item for items in found.values() for item in items]),
    )


def asked_topic(question: Question) -> str:
    """What a question of Intent.COVERAGE asks for: 装配式建筑 in 哪几年提到装配式建筑？"""
    for pattern in ASKED:
        if (match := pattern.search(question.standalone.strip())) and match["what"].strip():
            return match["what"].strip()
    return question.subject or question.standalone


def _in_scope(question: Question, archive: Archive) -> list[ReportInfo]:
    """The reports of the places and years that the question names, oldest first."""
    reports = of_places(question, archive.reports())
    years = {year for period in question.periods for year in period.years} | set(question.report_years)
    kept = [report for report in reports if not years or report.year in years]
    return sorted(kept, key=lambda report: (report.year or 0, report.place or "", report.id))


def _by_year(holding: Sequence[ReportInfo], counts: dict[str, int]) -> dict[int, int]:
    """How often the topic is mentioned in the reports of each year."""
    found: dict[int, int] = defaultdict(int)
    for report in holding:
        found[report.year or 0] += counts[report.id]
    return dict(sorted(found.items()))


def _text(question: Question, topic: Topic, reports: Sequence[ReportInfo], counts: dict[str, int]) -> str:
    english = question.language is Language.ENGLISH
    holding = [report for report in reports if report.id in counts]
    if not holding:
        none = f"None of the {len(reports)} reports mentions {topic.name}."
        return none if english else f"所查{len(reports)}份报告都没有提到“{topic.name}”。"
    silent = sorted({report.year for report in reports if report.year} - {report.year for report in holding})
    years, total, without = _listed(holding, counts, english=english), sum(counts.values()), _runs(silent)
    if english:
        missing = f" Not mentioned in the reports of {', '.join(without)}." if silent else ""
        return f"{len(holding)} of {len(reports)} reports mention {topic.name}, {total} times: {years}.{missing}"
    missing = f"没有提到的年份：{'、'.join(without)}。" if silent else "各年都提到。"
    return f"{len(reports)}份报告中有{len(holding)}份提到“{topic.name}”，共{total}处：{years}。{missing}"


def _runs(years: Sequence[int]) -> list[str]:
    """Years in short, those that follow one another as a range: 1954—1960, 1964."""
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][1] + 1:
            runs[-1][1] = year
        else:
            runs.append([year, year])
    return [str(first) if first == last else f"{first}—{last}" for first, last in runs]


def _listed(holding: Sequence[ReportInfo], counts: dict[str, int], *, english: bool) -> str:
    """Year by year; with the office where reports of several are held."""
    if len({office_name(report) for report in holding}) == 1:
        told = [
            f"{year} ({count})" if english else f"{year}年{count}处"
            for year, count in _by_year(holding, counts).items()
        ]
    else:
        told = [
            f"{report.year} {office_name(report)} ({counts[report.id]})"
            if english
            else f"{report.year}年{office_name(report)}{counts[report.id]}处"
            for report in holding
        ]
    return (", " if english else "、").join(told)


def _notes(question: Question, topic: Topic, said: Sequence[Said]) -> tuple[str, ...]:
    """Which other wordings were counted, where any was found."""
    others = [word for word in topic.wordings[1:] if any(word in item.text.lower() for item in said)]
    if not others:
        return ()
    listed = "、".join(others)
    return (f"Also counted: {listed}." if question.language is Language.ENGLISH else f"同义说法一并计入：{listed}。",)
