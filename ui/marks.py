"""Which stretches of a quote answer the question, and text cut at them: what the page and the terminal highlight."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.types import Answer, Citation
from indexer.types import Span
from ui.view import all_figures

_CLAUSE_ENDS = re.compile(r"[；;\n]|\[\d+\]")  # between the spans of a text answer


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that is marked, or is not."""

    text: str
    marked: bool


def marks_of(answer: Answer, citation: Citation) -> tuple[Span, ...]:
    """What answers in a citation's quote: the stated figures, or else the words of the answer that stand in it.

    Offsets into the report's text, apart and in order.
    """
    if not answer.figures:
        starts = {citation.quote.find(words): words for words in _CLAUSE_ENDS.split(answer.text) if words.strip()}
        spans = sorted(
            Span(citation.start + place, citation.start + place + len(words))
            for place, words in starts.items()
            if place >= 0
        )
        return _apart(spans)
    spans = sorted(
        {
            Span(stated.figure.start, stated.figure.end)
            for stated in all_figures(answer.figures)
            if stated.report.id == citation.report.id
            and citation.start <= stated.figure.start
            and stated.figure.end <= citation.end
        }
    )
    return _apart(spans)


def _apart(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans without those that overlap one before them."""
    apart: list[Span] = []
    for span in spans:
        if not apart or span.start >= apart[-1].end:
            apart.append(span)
    return tuple(apart)


def cut(text: str, offset: int, marks: Iterable[Span]) -> list[Piece]:
    """The text in pieces, marked and unmarked by turns; `offset` is where the text starts in the report.

    Marks that lie outside the text, or overlap one before them, are left out; the pieces joined are the text.
    """
    pieces: list[Piece] = []
    at = 0
    for mark in sorted(marks):
        start, end = mark.start - offset, mark.end - offset
        if start < at or end > len(text) or start >= end:
            continue
        if start > at:
            pieces.append(Piece(text[at:start], marked=False))
        pieces.append(Piece(text[start:end], marked=True))
        at = end
    if at < len(text):
        pieces.append(Piece(text[at:], marked=False))
    return pieces
