"""Answers in several items: the points of a part that a report sets apart (problems, plans), or what stands under a heading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.answer_kinds import ReportPart
from assistant.matching import coverage, match
from assistant.text_asked import Asked
from assistant.text_runs import bare, is_of_period
from assistant.types import Evidence
from indexer.archive import Archive
from indexer.fold import fold
from indexer.sentences import split_clauses, split_sentences
from indexer.types import Report, Section, Span

REPORTS_READ = 3
LONGEST_LIST = 130  # characters of all items
SHORTEST_ITEM = 4
MOST_ITEMS = 6
HEADING_COVERAGE = 0.55  # a heading that says so much of the question has the answer under it
MARKER = re.compile(
    r"(?:^|(?<=[。;；:：,，\n]))\s*(?:[一二三四五六七八九十]是(?!否)|第[一二三四五六七八九十][,，、]|\([一二三四五六七八九十]\)|(?:[一二三四五六七八九十]、)|\d{1,2}[.、](?!\d)|[①-⑨])"
)
OPENING = re.compile(r"[^。;；\n]*?[:：]")
CIRCUMSTANCE = re.compile(r"[受在对由因从按随]|[^,，。;；]{2,16}[后时中下](?=[,，])")
LABEL_END = re.compile(r"[,，。;；\n]")

Item = tuple[Section, Span]


def part_items(
    archive: Archive, part: ReportPart, asked: Asked, evidence: Sequence[Evidence]
) -> tuple[Evidence | None, list[Item]]:
    """The points of a part in the report that fits best, with a piece of evidence from that report; nothing where none has it."""
    for item in _by_report(asked, evidence):
        report = archive.report(item.report.id)
        sections = archive.sections(report.id)
        for region in (*_under_heading(part, sections), *_after_opening(part, report)):
            items = _located(_points(report.text, region), sections)
            if len(items) > 1:
                return item, items
    return None, []


def heading_items(archive: Archive, asked: Asked, evidence: Sequence[Evidence]) -> tuple[Evidence | None, list[Item]]:
    """What stands under the heading that says most of the question: its own headings, else the first clause of each sentence."""
    best: tuple[float, Evidence, int] | None = None
    for item in evidence:
        for depth, heading in enumerate(item.section.path):
            words = fold(heading).lower()
            value = coverage(asked.wanted, [match(wanted, words) for wanted in asked.wanted])
            value += 0.1 if is_of_period(asked.question, item) else 0.0
            if value >= HEADING_COVERAGE and (best is None or value > best[0]):
                best = (value, item, depth + 1)
    if best is None:
        return None, []
    _, item, depth = best
    report, sections = archive.report(item.report.id), archive.sections(item.report.id)
    under = [section for section in sections if section.path[:depth] == item.section.path[:depth]]
    found = _headings_below(report, under, depth)
    if len(found) < 2:
        found = _located(_first_clauses(report, under), sections)
    return (item, _shortened(found)) if len(found) > 1 else (None, [])


def _by_report(asked: Asked, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The best evidence of each report; reports about the time asked for come first."""
    best: dict[str, Evidence] = {}
    for item in evidence:
        best.setdefault(item.report.id, item)
    return sorted(best.values(), key=lambda item: not is_of_period(asked.question, item))[:REPORTS_READ]


def _under_heading(part: ReportPart, sections: Sequence[Section]) -> Iterable[Span]:
    for section in sections:
        if section.path and part.heading.search(fold(section.path[-1])):
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
    if len(starts) < 2:
        starts = _parts(folded)
    labels = [_label(folded, start) for start in starts]
    return _shortened_spans([Span(region.start + label.start, region.start + label.end) for label in labels])


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


def _headings_below(report: Report, under: Sequence[Section], depth: int) -> list[Item]:
    found: dict[str, Item] = {}
    for section in under:
        if len(section.path) <= depth or section.path[depth] in found:
            continue
        label = bare(section.path[depth])
        at = fold(report.text).find(label, section.start, section.end)
        if at >= 0:
            found[section.path[depth]] = (section, Span(at, at + len(label)))
    return list(found.values())


def _first_clauses(report: Report, under: Sequence[Section]) -> list[Span]:
    spans = []
    for section in under:
        for sentence in split_sentences(report.text, section.start, section.end):
            words = report.text[sentence.start : sentence.end]
            if any(bare(words) == bare(heading) for heading in section.path):
                continue
            clause = split_clauses(report.text, sentence.start, sentence.end)[0]
            spans.append(_label(fold(report.text), clause.start))
    return spans


def _located(spans: Sequence[Span], sections: Sequence[Section]) -> list[Item]:
    return [
        (section, span)
        for span in spans
        for section in sections
        if section.start <= span.start < section.end and span.end - span.start >= SHORTEST_ITEM
    ]


def _shortened(items: Sequence[Item]) -> list[Item]:
    kept: list[Item] = []
    for section, span in items[:MOST_ITEMS]:
        if sum(other.end - other.start + 1 for _, other in kept) + span.end - span.start <= LONGEST_LIST:
            kept.append((section, span))
    return kept


def _shortened_spans(spans: Sequence[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in spans[:MOST_ITEMS]:
        if sum(other.end - other.start + 1 for other in kept) + span.end - span.start <= LONGEST_LIST:
            kept.append(span)
    return kept
