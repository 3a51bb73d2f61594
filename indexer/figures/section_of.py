"""The section as a sentence reads it: what its paragraph turns to, and what a heading of a plan cannot mean."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from indexer.fold import fold
from indexer.kinds import INTENDED, heading_kind
from indexer.types import Genre, Report, Section, SectionKind, Span

_MARKER: Final = r"\s*(?:[(]?[一二三四五六七八九十\d]{1,3}[)、.]|[●★■◆▲※【])?\s*"
_PROBLEMS: Final = re.compile(
    rf"{_MARKER}(?:目前)?(?:还|仍)?(?:存在)?(?:的|主要)*(?:问题|困难|不足|短板)(?:主要)?[是有:】。]"
)
_NEXT: Final = re.compile(rf"{_MARKER}(?:下一?步|下一?阶段|明年|来年|接下来)(?:,|我们|我局|将|要|工作|重点|打算|拟)")
_YEAR: Final = re.compile(r"\s*(\d{4})年(?:度)?(?=[,:将拟要计])")
_SENTENCE_END: Final = re.compile("。")
_TOWARDS: Final = re.compile(r"取得.{0,8}(?:成效|成绩|进展|突破|成就)")  # in a plan: what is to be reached
_PASSED: Final = re.compile(
    r"(?:超过|超额|完成|实现|达到|好于|高于|优于)[^,。]{0,8}目标"
)  # in a review: what was reached


def as_read(report: Report, text: str, section: Section, sentence: Span) -> Section:
    """The section with the kind that it has for a sentence of folded `text`; where that is not its own, without headings.

    存在问题: turns a paragraph of a plan to what is, 下一步 a paragraph of a review to what will be.
    """
    line = text.rfind("\n", 0, sentence.start) + 1
    turned = _turned(report, text, line, sentence)
    if turned is not None and turned is not section.kind:
        return replace(section, kind=turned, path=())
    return replace(section, kind=_kind(report, section))


def _turned(report: Report, text: str, line: int, sentence: Span) -> SectionKind | None:
    """What a sentence turns to, or the paragraph before it: one that tells problems, or begins with what comes next."""
    if _is_next(report, text, sentence.start, sentence.end):
        return SectionKind.PLAN
    if _PROBLEMS.match(text, sentence.start, sentence.end):
        return SectionKind.REVIEW
    if _NEXT.match(text, line, sentence.start):
        return SectionKind.PLAN
    if _PROBLEMS.match(text, line, sentence.start) is None:
        return None
    ends = (found.end() for found in _SENTENCE_END.finditer(text, line, sentence.start))
    planned = any(_is_next(report, text, end, sentence.start) for end in ends)
    return SectionKind.PLAN if planned else SectionKind.REVIEW


def _is_next(report: Report, text: str, start: int, end: int) -> bool:
    """Whether a sentence begins with what comes next: 下一步, or the year after the one that a summary reviews."""
    if _NEXT.match(text, start, end):
        return True
    year = _YEAR.match(text, start, end)
    summary = report.genre is Genre.WORK_SUMMARY and report.period is not None
    return year is not None and report.period is not None and summary and int(year[1]) > report.period.end.year


def _kind(report: Report, section: Section) -> SectionKind:
    """What the section does; what a summary does not say to be planned, it reviews.

    推动绿色发展取得新突破 under 2016年重点工作 plans; 就业超过预期目标 under 一年来工作回顾 reviews.
    """
    if section.kind is SectionKind.OTHER and report.genre is Genre.WORK_SUMMARY:
        return SectionKind.REVIEW
    if len(section.path) < 2:
        return section.kind
    chapter = heading_kind(fold(section.path[0]), report.genre, report.year)
    inner = " ".join(fold(heading) for heading in section.path[1:])
    if section.kind is SectionKind.REVIEW and chapter in INTENDED and _TOWARDS.search(inner):
        return SectionKind.PLAN
    if section.kind in INTENDED and chapter is SectionKind.REVIEW and _PASSED.search(inner):
        return SectionKind.REVIEW
    return section.kind
