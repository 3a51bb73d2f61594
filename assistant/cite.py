"""Citations: each the verbatim sentence that an answer stands on, numbered in the order of the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.types import AnsweredFigure, Citation
from indexer.sentences import split_sentences
from indexer.types import Figure, Report, ReportInfo, Section, Span

LONGEST_QUOTE = 300  # characters; of a longer sentence the clauses around what is cited are quoted


class Citations:
    """Collects citations while an answer is put together; a sentence cited twice keeps its first number."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, Span], Citation] = {}

    def add(self, report: Report, info: ReportInfo, section: Section, span: Span, focus: Span) -> int:
        """The number of the citation of `span`, shortened around `focus` where it is too long."""
        trimmed = _trim(report.text, _shorten(report.text, span, focus))
        citation = self._found.get((report.id, trimmed))
        if citation is None:
            quote = report.text[trimmed.start : trimmed.end]
            citation = Citation(len(self._found) + 1, info, section.path, quote, trimmed.start, trimmed.end)
            self._found[report.id, trimmed] = citation
        return citation.number

    def all(self) -> tuple[Citation, ...]:
        """The citations by number."""
        return tuple(self._found.values())


def sentence_in(report: Report, section: Section, span: Span) -> Span:
    """The sentence of the section that `span` begins in, as far as `span` goes."""
    for sentence in split_sentences(report.text, section.start, section.end):
        if sentence.start <= span.start < sentence.end:
            return Span(sentence.start, max(sentence.end, span.end))
    return span


def without_uncited(figures: Sequence[AnsweredFigure], citations: Sequence[Citation]) -> tuple[AnsweredFigure, ...]:
    """The figures whose citation holds them, parts likewise."""
    spans = {citation.number: citation for citation in citations}
    kept = [item for item in figures if _holds(spans.get(item.citation), item.figure, item.report)]
    return tuple(replace(item, parts=without_uncited(item.parts, citations)) for item in kept)


def _holds(citation: Citation | None, figure: Figure, report: ReportInfo) -> bool:
    if citation is None or citation.report.id != report.id:
        return False
    return citation.start <= figure.start and figure.end <= citation.end


def _shorten(text: str, span: Span, focus: Span) -> Span:
    """At most LONGEST_QUOTE characters around `focus`, from one clause break to another."""
    if span.end - span.start <= LONGEST_QUOTE:
        return span
    room = max(0, LONGEST_QUOTE - (focus.end - focus.start)) // 2
    start, end = max(span.start, focus.start - room), min(span.end, focus.end + room)
    if start > span.start:
        start = next((at + 1 for at in range(start, focus.start) if text[at] in "，；。,;"), start)
    if end < span.end:
        end = next((at for at in range(end - 1, focus.end, -1) if text[at] in "，；。,;"), end)
    return Span(start, end)


def _trim(text: str, span: Span) -> Span:
    words = text[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip()))
