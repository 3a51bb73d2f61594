"""Chunking: the passages of a report, whole sentences of one section each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from indexer.sentences import split_clauses, split_sentences
from indexer.types import Passage, Report, Section, Span


def chunk(report: Report, sections: Sequence[Section], *, target: int = 120, limit: int = 300) -> tuple[Passage, ...]:
    """The passages of the sections in reading order: whole sentences, together about `target` characters.

    No passage exceeds `limit` characters unless a single clause does: a longer sentence is cut after ；, then after ，.
    Passages never cross sections and hold every character that is not blank; a heading goes with what follows it.
    """
    passages: list[Passage] = []
    for section in sections:
        for span in _group(_pieces(report.text, section, limit), target, limit):
            text = report.text[span.start : span.end]
            passages.append(Passage(report.id, len(passages), section.ordinal, span.start, span.end, text))
    return tuple(passages)


def _pieces(text: str, section: Section, limit: int) -> Iterator[Span]:
    """The sentences of the section without the blanks around them; over-long ones in parts."""
    for sentence in split_sentences(text, section.start, section.end, longest=limit):
        for part in _parts(text, _trim(text, sentence), limit):
            span = _trim(text, part)
            if span.start < span.end:
                yield span


def _parts(text: str, sentence: Span, limit: int) -> Iterable[Span]:
    if sentence.end - sentence.start <= limit:
        return [sentence]
    return _group(split_clauses(text, sentence.start, sentence.end), limit, limit)


def _group(spans: Iterable[Span], target: int, limit: int) -> Iterator[Span]:
    """Neighbours joined until the next would take the group further from `target` than it is, or over `limit`."""
    start = end = -1
    for span in spans:
        if start >= 0 and (span.end - start > limit or not _gets_closer(end - start, span.end - start, target)):
            yield Span(start, end)
            start = -1
        start, end = (span.start if start < 0 else start), span.end
    if start >= 0:
        yield Span(start, end)


def _gets_closer(length: int, longer: int, target: int) -> bool:
    return longer <= target or (length < target and longer - target <= target - length)


def _trim(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
