"""Parsing: the sections of a report. They tile its text; order and words decide, numbers do not."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from indexer.fold import fold
from indexer.headings import Heading, Style, find_headings
from indexer.kinds import INTENDED, first_kind, kind_by_vote, turns
from indexer.labels import find_labels
from indexer.types import Genre, Report, Section, SectionKind, Span

LINE: Final = re.compile(r"\S[^\n]*")
ADDRESS: Final = re.compile(r"各位(?:代表|委员|同志)")  # turns from a chapter to the whole


@dataclass(slots=True)
class Open:
    """A heading whose section is still open: the lines seen under it, and how many siblings before it were one line."""

    heading: Heading
    lines: int
    one_line_siblings: int
    is_last: bool  # no further item of its list follows

    @property
    def has_ended(self) -> bool:
        """Whether it is the last of a list of one-line items: a line that follows it belongs to what is above."""
        return self.is_last and self.heading.run_in and self.lines <= 1 and self.one_line_siblings > 0


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of text with the headings above it, the outermost first."""

    span: Span
    headings: tuple[Heading, ...]


def parse(report: Report) -> tuple[Section, ...]:
    """The sections of the report in reading order; every character of its text is in exactly one of them.

    What stands before the first heading has the path (). A section that goes on after a list within it, or whose
    paragraphs do different things, is given in parts with the same path.
    """
    folded = fold(report.text)
    headings = find_headings(report.text)
    headings = sorted([*headings, *_labels(report, folded, headings)], key=lambda heading: heading.start)
    stretches = [*_stretches(folded, headings)]
    sections: list[Section] = []
    for span, kind, stretch in _kinds(report, folded, stretches):
        path = tuple(heading.words for heading in stretch.headings)
        sections.append(Section(report.id, len(sections), path, kind, span.start, span.end))
    return tuple(sections)


def _labels(report: Report, folded: str, headings: Sequence[Heading]) -> Iterator[Heading]:
    """The run-in labels between the numbered headings; work reports are full of short sentences that are none."""
    within = report.genre is not Genre.WORK_REPORT
    blocks = [heading for heading in headings if not heading.style.is_weak]
    if not blocks:
        return
    taken = {heading.start for heading in headings if heading.style.is_weak}
    for heading, end in zip(blocks, [*(heading.start for heading in blocks[1:]), len(folded)], strict=True):
        yield from find_labels(report.text, folded, Span(heading.end, end), taken, within_paragraphs=within)


def _stretches(folded: str, headings: Sequence[Heading]) -> Iterator[Stretch]:
    """The text cut at its headings, and where a list of one-line items has ended."""
    stack: list[Open] = []
    begin = 0
    above: tuple[Heading, ...] = ()
    for position, coming in _events(folded, headings):
        if coming is None:
            depth = _depth_of_text(folded, position, stack)
            for item in stack[:depth]:
                item.lines += 1
            if depth == len(stack):
                continue
            del stack[depth:]
        else:
            _push(stack, headings, coming)
        if position > begin:
            yield Stretch(Span(begin, position), above)
        begin, above = position, tuple(item.heading for item in stack)
    if begin < len(folded):
        yield Stretch(Span(begin, len(folded)), above)


def _events(folded: str, headings: Sequence[Heading]) -> list[tuple[int, int | None]]:
    """The places where a heading or a line of plain text begins, in order, with the heading's index."""
    starts = {heading.start: i for i, heading in enumerate(headings)}
    lines = {line.start(): None for line in LINE.finditer(folded)}
    return sorted((lines | starts).items())


def _push(stack: list[Open], headings: Sequence[Heading], coming: int) -> None:
    heading = headings[coming]
    depth = _depth_of_heading(stack, heading)
    siblings = 0
    if depth < len(stack) and stack[depth].heading.style is heading.style:
        before = stack[depth]
        siblings = before.one_line_siblings + 1 if before.heading.run_in and before.lines <= 1 else 0
    for item in stack[:depth]:
        item.lines += 1
    styles = {item.heading.style for item in stack[:depth]}
    stack[depth:] = [Open(heading, 1, siblings, _is_last(headings, coming, styles))]


def _is_last(headings: Sequence[Heading], index: int, above: Collection[Style]) -> bool:
    """Whether no heading goes on with the list of this one before one of the styles `above` ends it."""
    heading = headings[index]
    for other in headings[index + 1 :]:
        if other.style in above or other.style is Style.APPENDIX:
            return True
        if other.style is heading.style:
            return other.number == 1
    return True


def _depth_of_heading(stack: Sequence[Open], heading: Heading) -> int:
    """How many open headings stand above a new one: those before the first of its style or of a lower one."""
    style = heading.style
    styles = [item.heading.style for item in stack]
    if style is Style.APPENDIX:
        return 0
    if style in styles:
        return styles.index(style)
    closed = _first_inline(stack) if not heading.inline else len(stack)
    opens_list = heading.number == 1 and style > Style.CHINESE
    if style.is_numbered and not (opens_list and styles[-1:] == [Style.ORDINAL]):
        lower = (i for i, other in enumerate(styles) if other.is_weak or (other.is_numbered and other > style))
        return min(next(lower, len(stack)), closed)
    if style is Style.PLAIN:
        return min(next((i for i, other in enumerate(styles) if other.is_weak), len(stack)), closed)
    return closed


def _first_inline(stack: Sequence[Open]) -> int:
    """How many open headings stand above the first whose text began within a line: it ended with that line."""
    return next((i for i, item in enumerate(stack) if item.heading.inline and item.heading.run_in), len(stack))


def _depth_of_text(folded: str, position: int, stack: Sequence[Open]) -> int:
    """How many headings stay open above a line of text."""
    if ADDRESS.match(folded, position):
        return min(1, len(stack))
    ended = next((i for i, item in enumerate(stack) if item.has_ended), len(stack))
    return min(ended, _first_inline(stack))


def _kinds(report: Report, folded: str, stretches: Sequence[Stretch]) -> Iterator[tuple[Span, SectionKind, Stretch]]:
    """The stretches with their kinds: as a heading says, else as the words of the part or of its chapter tell."""
    chapters, parts = _votes(folded, stretches, 1), _votes(folded, stretches, 2)
    ahead = _planned_from(report, stretches)
    for stretch in stretches:
        words = [fold(heading.words) for heading in stretch.headings]
        said = first_kind(words, report.genre, report.year)
        kind = said or parts[stretch.headings[:2]]
        if kind is SectionKind.OTHER and said is None:
            kind = chapters[stretch.headings[:1]]
        if kind is SectionKind.PLAN and not stretch.headings and len(chapters) > 1:
            kind = SectionKind.OTHER  # an introduction may announce, it does not plan
        if kind is SectionKind.PLAN and said is None and ahead is not None and stretch.span.start < ahead:
            kind = SectionKind.OTHER  # 一、疫情防控 of a summary whose last chapter is 七、2023年打算
        for span, turned in turns(folded, stretch.span, kind, decided=said is not None):
            yield span, turned, stretch


def _planned_from(report: Report, stretches: Sequence[Stretch]) -> int | None:
    """Where the chapter of a summary begins whose heading says that it plans; None where none says so."""
    if report.genre is not Genre.WORK_SUMMARY:
        return None
    for stretch in stretches:
        words = [fold(heading.words) for heading in stretch.headings[:1]]
        if first_kind(words, report.genre, report.year) in INTENDED:
            return stretch.span.start
    return None


def _votes(folded: str, stretches: Sequence[Stretch], depth: int) -> dict[tuple[Heading, ...], SectionKind]:
    """What the words tell of all that stands under the same first `depth` headings."""
    texts: dict[tuple[Heading, ...], list[str]] = {}
    for stretch in stretches:
        texts.setdefault(stretch.headings[:depth], []).append(folded[stretch.span.start : stretch.span.end])
    return {headings: kind_by_vote("".join(text)) for headings, text in texts.items()}
