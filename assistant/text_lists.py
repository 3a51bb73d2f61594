"""Answers in several items: the points of a part that a report sets apart, or what stands under a heading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.answer_kinds import ReportPart
from assistant.matching import coverage, match
from assistant.text_asked import Asked
from assistant.text_runs import PERIOD_BONUS, PLAN_BONUS, PLANNED, bare, is_of_period
from assistant.types import Evidence
from indexer.archive import Archive
from indexer.fold import fold
from indexer.sentences import split_sentences
from indexer.types import Report, Section, Span

REPORTS_READ = 3
LONGEST_LIST = 130  # characters of all items
SLIGHT = 0.2  # a concept of less weight (主要, 工作) is said anywhere
MAIN_SHARE = 0.7  # of the weight of the concept that tells most
MAIN_SAID = 0.4  # so well said, one of the concepts that tell most is there
SHORTEST_ITEM = 4
MOST_ITEMS = 6
HEADING_COVERAGE = 0.55  # a heading that says so much of the question has the answer under it
MARKER = re.compile(
    r"(?:^|(?<=[。;；:：,，\n]))\s*(?:[一二三四五六七八九十]是(?!否)|第[一二三四五六七八九十][,，、]|\([一二三四五六七八九十]\)|(?:[一二三四五六七八九十]、)|\d{1,2}[.、](?!\d)|[①-⑨])"
)
OPENING = re.compile(r"[^。;；\n]*?[:：]")
CIRCUMSTANCE = re.compile(r"[受在对由因从按随]|[^,，。;；]{2,16}[后时中下](?=[,，])")
SHARED = re.compile(r"[与和及、]")  # 问题与下步打算
LABEL_END = re.compile(r"[,，。;；\n]")

Item = tuple[Section, Span]


def part_items(
    archive: Archive, part: ReportPart, asked: Asked, evidence: Sequence[Evidence]
) -> tuple[Evidence | None, list[Item]]:
    """The points of a part (problems, plans) in the report that fits best, with evidence from that report."""
    for item in _by_report(asked, evidence):
        if not _is_about(asked, part, [other for other in evidence if other.report.id == item.report.id]):
            continue
        report = archive.report(item.report.id)
        sections = archive.sections(report.id)
        for region in _regions(part, report, sections):
            items = _located(_points(report.text, region), sections)
            if len(items) > 1:
                return item, items
    return None, []


def heading_items(archive: Archive, asked: Asked, evidence: Sequence[Evidence]) -> tuple[Evidence | None, list[Item]]:
    """What stands under the heading that says most of the question: headings, else first clauses of sentences."""
    best: tuple[float, Evidence, int] | None = None
    for item in evidence:
        for depth, heading in enumerate(item.section.path):
            words = fold(heading).lower()
            value = coverage(asked.wanted, [match(wanted, words) for wanted in asked.wanted])
            value += PERIOD_BONUS if is_of_period(asked.question, item) else 0.0
            value -= PLAN_BONUS if item.section.kind in PLANNED and not asked.is_plan else 0.0
            if value >= HEADING_COVERAGE and (best is None or value > best[0]):
                best = (value, item, depth + 1)
    if best is None:
        return None, []
    _, item, depth = best
    report, sections = archive.report(item.report.id), archive.sections(item.report.id)
    under = [section for section in sections if section.path[:depth] == item.section.path[:depth]]
    found = _headings_below(report, under, depth)
    if len(found) < 2:
        found = _first_clauses(report, under)
    items = _located(_shortened(found), sections)
    return (item, items) if len(items) > 1 else (None, [])


def _by_report(asked: Asked, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The best evidence of each report; only of reports about the time asked for, where there are any."""
    best: dict[str, Evidence] = {}
    for item in evidence:
        best.setdefault(item.report.id, item)
    of_time = [item for item in best.values() if is_of_period(asked.question, item)]
    return (of_time or list(best.values()))[:REPORTS_READ]


def _is_about(asked: Asked, part: ReportPart, evidence: Sequence[Evidence]) -> bool:
    """Whether a report says any of what the question asks about besides the part itself."""
    others = [item for item in asked.wanted if not part.heading.search(item.concept.word)]
    most = max((item.weight for item in others), default=0.0)
    main = [item for item in others if item.weight >= MAIN_SHARE * most and item.weight > SLIGHT]
    texts = [fold(" ".join((*item.section.path, item.report.title, item.passage.text))).lower() for item in evidence]
    return not main or any(match(item, text) >= MAIN_SAID for item in main for text in texts)


def _regions(part: ReportPart, report: Report, sections: Sequence[Section]) -> Iterable[Span]:
    """Where the part may stand: under its own heading, behind opening words, under a heading shared with others."""
    named = [section for section in sections if section.path and part.heading.search(fold(section.path[-1]))]
    yield from _under_heading([section for section in named if not SHARED.search(section.path[-1])], sections)
    yield from _after_opening(part, report)
    yield from _under_heading([section for section in named if SHARED.search(section.path[-1])], sections)


def _under_heading(named: Sequence[Section], sections: Sequence[Section]) -> Iterable[Span]:
    for section in named:
        under = [other for other in sections if other.path[: len(section.path)] == section.path]
        yield Span(min(section.start + len(section.path[-1]), section.end), under[-1].end)


def _after_opening(part: ReportPart, report: Report) -> Iterable[Span]:
    for sentence in split_sentences(report.text):
        words = fold(report.text[sentence.start : sentence.end])
        if part.opening.search(words):
            line = report.text.find("\n", sentence.end - 1)
            yield Span(sentence.start, line if line >= 0 else len(report.text))


def _points(text: str, region: Span) -> list[Span]:
    """The labels of the points in a region: behind 一是, （一） or 1.; between ；; or else one a sentence."""
    folded = fold(text[region.start : region.end])
    marks = list(MARKER.finditer(folded))
    kind = marks[0].group().strip()[-1:] if marks else ""
    starts = [mark.end() for mark in marks if mark.group().strip()[-1:] == kind]
    parts = _parts(folded)
    if len(starts) < 2 or (len(parts) > 1 and parts[-1] < marks[0].start()):
        starts = parts
    labels = [_label(folded, start) for start in starts]
    return _shortened([Span(region.start + label.start, region.start + label.end) for label in labels])


def _parts(folded: str) -> list[int]:
    """Where the parts of the first sentence with ；  begin (behind its colon), or those of each sentence."""
    text = folded.lstrip()
    begin = len(folded) - len(text)
    stop = re.compile(r"[。\n]").search(folded, begin)
    end = stop.start() if stop else len(folded)
    if opening := OPENING.match(folded, begin, end):
        begin = opening.end()
    cuts = [cut.end() for cut in re.finditer(r"[;；]", folded[:end]) if cut.start() > begin]
    if cuts:
        return [begin, *cuts]
    after = [cut.end() for cut in re.finditer(r"。(?=[^\n])", folded)]
    return after if end > begin and len(after) > 1 else [begin]


def _label(folded: str, start: int) -> Span:
    """The first clause, with the next one where it is only a circumstance: 受资金影响，个别道路未能如期通车."""
    end = LABEL_END.search(folded, start)
    stop = end.start() if end else len(folded)
    begin = start + len(folded[start:stop]) - len(folded[start:stop].lstrip())
    if end and end.group() in ",，" and CIRCUMSTANCE.match(folded, begin):
        further = LABEL_END.search(folded, end.end())
        stop = further.start() if further else len(folded)
    return Span(begin, max(begin, stop))


def _headings_below(report: Report, under: Sequence[Section], depth: int) -> list[Span]:
    found: dict[str, Span] = {}
    for section in under:
        if len(section.path) > depth and section.path[depth] not in found:
            label = bare(section.path[depth])
            at = fold(report.text[section.start : section.end]).find(label)
            if at >= 0:
                found[section.path[depth]] = Span(section.start + at, section.start + at + len(label))
    return list(found.values())


def _first_clauses(report: Report, under: Sequence[Section]) -> list[Span]:
    spans = []
    for section in under:
        folded = fold(report.text[section.start : section.end])
        for sentence in split_sentences(folded):
            if not any(bare(folded[sentence.start : sentence.end]) == bare(heading) for heading in section.path):
                label = _label(folded, sentence.start)
                spans.append(Span(section.start + label.start, section.start + label.end))
    return spans


def _located(spans: Sequence[Span], sections: Sequence[Section]) -> list[Item]:
    return [
        (section, span)
        for span in spans
        for section in sections
        if section.start <= span.start < section.end and span.end - span.start >= SHORTEST_ITEM
    ]


def _shortened(spans: Sequence[Span]) -> list[Span]:
    """As many of the first items as LONGEST_LIST holds."""
    kept: list[Span] = []
    for span in spans[:MOST_ITEMS]:
        if sum(other.end - other.start + 1 for other in kept) + span.end - span.start <= LONGEST_LIST:
            kept.append(span)
    return kept
