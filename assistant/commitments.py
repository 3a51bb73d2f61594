"""What a report commits itself to for the time ahead: the numbers and the sentences of its plan part."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.held_names import bureau_of
from assistant.office_names import office_key
from assistant.plan_reports import PLAN_PARTS, PLANNED_ROLES, Planned, ReadReport
from assistant.settled import settled
from assistant.types import Evidence
from indexer.fold import fold
from indexer.sentences import split_clauses, split_sentences
from indexer.types import Figure, Genre, Measure, Period, ReportInfo, Role, Section, Span

SHORTEST = 10  # characters of a sentence that commits to something
HEADING = re.compile(r"^\s*(?:[一二三四五六七八九十]+、|[(（][一二三四五六七八九十\d]+[)）]|\d+[.、．])")
CREED = re.compile(
    r"^(?:各位代表|同志们|我们(?:坚信|相信|要更加紧密)|让我们|总体要求|指导思想|必须清醒|要清醒)|高举.{0,30}旗帜|以习近平|新时代中国特色社会主义思想"
)
ADMITS = re.compile(
    r"(?:困难|问题|不足|短板|挑战|制约)(?:和|与|、|仍|还|依然|较|主要|突出|有)|没有根本解决|仍存在|尚未"
)
ACTS = re.compile(
    r"^(?:[一二三四五六七八九十]是|[（(][一二三四五六七八九十\d]+[)）]|(?:今年|明年|下一步|全年|同时|此外|我们|要|将|拟|力争|确保|继续|进一步|积极|大力|深入|全面|"
    r"扎实|切实|着力|加快|稳步|有序|持续|认真|严格|统筹|重点|抓紧|坚决|依法|协同|努力|尽快|适时|逐步|稳妥|多渠道|[，、,]|\d{4}年)+)*"
    r"(?:推进|推动|实施|建设|建立|建成|新建|改造|完善|加强|深化|启动|开展|制定|编制|出台|落实|支持|发展|扩大|提高|提升|优化|健全|打造|培育|整治|治理|修复|"
    r"完成|实现|新增|增加|降低|减少|取消|规范|强化|促进|保障|保护|做好|办好|抓好|打好|引导|鼓励|探索|改革|调整|组织|设立|创建|争取|推广|推行|开放|治|清理|"
    r"巩固|拓展|严厉|打击|防范|化解|解决|搞好|管好|用好|建好|筹集|加装|打通|更换|安排|举办|开工|竣工|投用|修订|试行|试点|严管|狠抓|抓)"
)
BEYOND = re.compile(r"到(?:20)\d\d年|今后[三四五十]年|未来[三四五十]年|[“\"]?十[一二三四五]五[”\"]?时期|五年内|三年内")
OPENS = re.compile(r"(?:以下|下列|如下|几(?:项|个方面))[^，。]{0,12}[:：。]$|^(?:现将|现把)")
FULL_YEAR_MONTH = 10  # a review that ends in or after October is one of the year


@dataclass(frozen=True, slots=True)
class Commitment:
    """One thing that a report says will be done; `planned` is None where it is said without a number."""

    report: ReportInfo
    section: Section
    span: Span  # the clause or sentence that says it
    text: str
    period: Period
    planned: Planned | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """A report with a plan, and the reports of the same office that tell what became of it."""

    planning: ReportInfo
    later: tuple[ReportInfo, ...]
    year: int  # that is planned for


def planned_year(report: ReportInfo) -> int | None:
    """The year that a report plans for: its own for a 政府工作报告, the next for a summary of a whole year."""
    if report.genre is Genre.WORK_REPORT:
        return report.year
    period = report.period
    if period is None:
        return None if report.year is None else report.year + 1
    return period.end.year + 1 if period.end.month >= FULL_YEAR_MONTH else None


def reviewed_year(report: ReportInfo) -> int | None:
    """The last year whose results a report states in full."""
    year = planned_year(report)
    return None if year is None else year - 1


def office_of(report: ReportInfo) -> tuple[str, str]:
    """Equal for the reports of one office, by whatever of its names."""
    bureau = "" if report.genre is Genre.WORK_REPORT else office_key(bureau_of(report))
    if not report.place and not bureau:
        return ("", report.id)  # an unknown office is nobody else's
    return (report.place or "", bureau)


def pairs_of(reports: Sequence[ReportInfo], years: Sequence[int] | None = None) -> list[Pair]:
    """The reports that plan for one of `years` (any where None), each with those that review it, oldest first."""
    found = []
    for report in reports:
        year = planned_year(report)
        if year is None or (years is not None and year not in years):
            continue
        later = (other for other in reports if office_of(other) == office_of(report) and reviewed_year(other) == year)
        found.append(Pair(report, tuple(other for other in later if other.id != report.id), year))
    return sorted(found, key=lambda pair: (pair.year, office_of(pair.planning), pair.planning.id))


def planned_figures(read: ReadReport, year: int, *, loosely: bool = False) -> list[Planned]:
    """The numbers that a report plans for a year, in reading order; with `loosely` also those that seem past."""
    period = Period.of_year(year)
    found = [
        Planned(figure, item, period)
        for item in read.evidence
        for figure in item.figures
        if _is_planned(figure, item, period) or (loosely and _seems_past(figure, item, period))
    ]
    return sorted(found, key=lambda planned: planned.figure.start)


def commitments_of(read: ReadReport, year: int) -> list[Commitment]:
    """All that a report commits itself to for a year, in reading order: planned numbers, and sentences without one."""
    planned = planned_figures(read, year)
    numbered = [
        Commitment(
            read.info, item.evidence.section, item.figure.clause, _slice(read, item.figure.clause), item.period, item
        )
        for item in planned
    ]
    taken = [item.figure.sentence for item in planned]
    taken += [figure.sentence for item in read.evidence for figure in item.figures if figure.role is Role.PLAN]
    worded = [item for item in _worded(read, year) if not any(_overlap(item.span, span) for span in taken)]
    return sorted(
        [*numbered, *worded], key=lambda item: (item.span.start, item.planned.figure.start if item.planned else 0)
    )


def clauses_of(read: ReadReport, year: int) -> Iterator[Commitment]:
    """Every clause, then every sentence of the plan part, with a number or without."""
    text = read.archive.report(read.info.id).text
    for split in (split_clauses, split_sentences):
        for section in read.archive.sections(read.info.id):
            if section.kind in PLAN_PARTS:
                for span in split(text, section.start, section.end):
                    words = text[span.start : span.end].strip()
                    yield Commitment(read.info, section, span, words, Period.of_year(year))


def _worded(read: ReadReport, year: int) -> Iterator[Commitment]:
    """The sentences of the plan part that say what will be done."""
    archive, info = read.archive, read.info
    text = archive.report(info.id).text
    for section in archive.sections(info.id):
        if section.kind not in PLAN_PARTS or not any(section.path):
            continue
        for span in split_sentences(text, section.start, section.end):
            words = text[span.start : span.end].strip()
            if commits(words) and acts(words) and not any(_bare(words) == _bare(heading) for heading in section.path):
                yield Commitment(info, section, span, words, Period.of_year(year))


def commits(sentence: str) -> bool:
    """Whether a sentence of a plan part says that something will be done: no heading, no creed, no problem named."""
    body = HEADING.sub("", sentence)
    if len(body) < SHORTEST or (HEADING.match(sentence) and not re.search(r"[，。；,;]", body)):
        return False
    return not (CREED.search(body) or ADMITS.search(body) or OPENS.search(body))


def acts(sentence: str) -> bool:
    """Whether a sentence says first of all what will be done, and within the year."""
    return ACTS.search(fold(sentence)) is not None and BEYOND.search(fold(sentence)) is None


def _is_planned(figure: Figure, item: Evidence, period: Period) -> bool:
    stated, role = settled(figure, item)
    if role not in PLANNED_ROLES or stated is None or not period.contains(stated):
        return False
    in_plan = item.section.kind in PLAN_PARTS
    return figure.measure is not Measure.RANK and (in_plan or role is Role.PLAN)


def _seems_past(figure: Figure, item: Evidence, period: Period) -> bool:
    """Whether a figure of a plan part is taken for one of the year before the plan's."""
    before = Period.of_year(period.start.year - 1)
    return figure.role is Role.PLAN and item.section.kind in PLAN_PARTS and figure.period == before


def _slice(read: ReadReport, span: Span) -> str:
    return read.archive.report(read.info.id).text[span.start : span.end].strip()


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, fold(text)))
