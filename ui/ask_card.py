"""The pieces that the cards of answers are made of, as HTML: numbers, facts, the buttons that open a citation."""

from __future__ import annotations

import html
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.types import Answer, AnsweredFigure, Citation, Language
from indexer.types import ReportInfo, Span
from ui import view
from ui.marks import cut, marks_of
from ui.text import say

# The page's component fills templates: what a report writes must never be read as one.
_TEMPLATE = str.maketrans({"{": "&#123;", "}": "&#125;", "$": "&#36;", "`": "&#96;"})


def escape(text: str) -> str:
    """The text as HTML that shows exactly it, in an element or a quoted attribute."""
    return html.escape(text, quote=True).translate(_TEMPLATE)


def text_html(language: Language, key: str, **values: object) -> str:
    """The text of a key as HTML."""
    return escape(say(language, key, **values))


def version_of(report: ReportInfo) -> str:
    """A short mark of the report's bytes: offsets in an answer hold only as long as it stays the same."""
    return report.source_hash[:12]


def marked_html(text: str, offset: int, marks: Iterable[Span]) -> str:
    """The text escaped, with the marked stretches in `<mark>`; `offset` is where it starts in the report."""
    return "".join(
        f"<mark>{escape(piece.text)}</mark>" if piece.marked else escape(piece.text)
        for piece in cut(text, offset, marks)
    )


def ask_button(question: str, inner: str, *, kind: str = "yj-ask", label: str = "") -> str:
    """A button with `inner` (HTML) that asks a question; `label` is what it is called where `inner` does not say it."""
    said = f' aria-label="{escape(label)}"' if label else ""
    return f'<button type="button" class="{kind}" data-question="{escape(question)}"{said}>{inner}</button>'


@dataclass(frozen=True, slots=True)
class Card:
    """An answer about to be shown, with the language of its labels."""

    answer: Answer
    language: Language

    def label(self, key: str, **values: object) -> str:
        """The text of a key, escaped."""
        return text_html(self.language, key, **values)

    def citation(self, number: int) -> Citation | None:
        """The citation with that number."""
        return next((one for one in self.answer.citations if one.number == number), None)

    def chip(self, number: int) -> str:
        """The button with a citation's number; "" where there is no such citation."""
        citation = self.citation(number)
        if citation is None:
            return ""
        return f'<button type="button" class="yj-chip" {self._opens(citation)}>{number}</button>'

    def cell(self, stated: AnsweredFigure) -> str:
        """The number as a button that opens its citation, for tables; plain where it has none."""
        citation, number = self.citation(stated.citation), self.number(stated)
        return (
            f'<button type="button" class="yj-cell" {self._opens(citation)}>{number}</button>' if citation else number
        )

    def source(self, citation: Citation) -> str:
        """What the page's script needs to fetch the source: the report, the cited stretch, what to mark in it."""
        marks = ",".join(f"{mark.start}-{mark.end}" for mark in marks_of(self.answer, citation))
        return (
            f'data-cite="{citation.number}" data-report="{escape(citation.report.id)}" '
            f'data-span="{citation.start}-{citation.end}" data-marks="{marks}" '
            f'data-version="{version_of(citation.report)}"'
        )

    def number(self, stated: AnsweredFigure) -> str:
        """The figure as written, its digits apart from what stands around them."""
        number = view.number_of(self.answer, stated)
        masked = " yj-hidden" if stated.figure.masked else ""
        before = f"<i>{escape(number.before)}</i>" if number.before else ""
        after = f"<i>{escape(number.after)}</i>" if number.after else ""
        return f'<span class="yj-number{masked}">{before}<b>{escape(number.digits)}</b>{after}</span>'

    def facts(self, stated: AnsweredFigure, *, place: bool = True) -> str:
        """What is said beneath a figure."""
        facts = view.facts_of(stated, self.language, place=place)
        return "".join(f"<span>{escape(fact)}</span>" for fact in facts)

    def _opens(self, citation: Citation) -> str:
        title = view.title_of(citation.report, self.language)
        label = self.label("citation_open", number=citation.number, title=title)
        return f'aria-label="{label}" title="{escape(title)}" {self.source(citation)}'
