"""The paragraphs and tables of a draft, each with the headings above it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.fold import fold
from indexer.kinds import first_kind
from indexer.parse import parse
from indexer.types import Report, Section, SectionKind

TABLE_MARK = " | "
LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a table with its caption: a slice of the draft's text from `start`.

    The first `skipped` characters are a caption, which is a block of its own too.
    """

    start: int
    text: str
    skipped: int
    headings: tuple[str, ...]
    kind: SectionKind


def blocks_of(report: Report, text: str) -> Iterator[Block]:
    """The blocks of a draft in reading order; together, without the captions that tables repeat, they are its lines."""
    sections = parse(report)
    lines = [(match.start(), match.end()) for match in LINE.finditer(text)]
    at = 0
    while at < len(lines):
        start, end = lines[at]
        last = at
        if TABLE_MARK in text[start:end]:
            while last + 1 < len(lines) and _goes_on(text, lines[last], lines[last + 1]):
                last += 1
        captioned = last > at > 0 and TABLE_MARK not in text[slice(*lines[at - 1])]
        begin = lines[at - 1][0] if captioned else start
        headings = _headings(sections, start, text[start:end])
        kind = first_kind([fold(words) for words in headings], report.genre, report.year) or SectionKind.REVIEW
        yield Block(begin, text[begin : lines[last][1]], start - begin, headings, kind)
        at = last + 1


def _goes_on(text: str, line: tuple[int, int], following: tuple[int, int]) -> bool:
    """Whether a table goes on in the line that follows: an empty line between them ends it."""
    return TABLE_MARK in text[slice(*following)] and following[0] == line[1] + 1


def _headings(sections: tuple[Section, ...], position: int, line: str) -> tuple[str, ...]:
    path = next((section.path for section in sections if section.start <= position < section.end), ())
    return tuple(words for words in path if words not in line)
