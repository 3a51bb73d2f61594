"""An answer as HTML for the page: the figure large, its parts, numbered citations; what reports say is escaped."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.types import Answer, AnsweredFigure, Citation, Computed, Language, Status
from indexer.types import ReportInfo, Span
from ui import view
from ui.marks import cut, marks_of
from ui.text import say

_MARKER = re.compile(r"\[(\d{1,3})\]")  # a citation number within an answer's text
# The page's component fills templates: what a report writes must never be read as one.
_TEMPLATE = str.maketrans({"{": "&#123;", "}": "&#125;", "$": "&#36;", "`": "&#96;"})
LONGEST_QUESTION = 400  # characters shown
_OPERATIONS = ("sum", "difference", "percentage", "share", "fulfilment", "count")


@dataclass(frozen=True, slots=True)
class _Card:
    """An answer about to be shown, with the language of its labels."""

    answer: Answer
    language: Language

    def label(self, key: str, **values: object) -> str:
        return escape(say(self.language, key, **values))

    def citation(self, number: int) -> Citation | None:
        return next((one for one in self.answer.citations if one.number == number), None)


def escape(text: str) -> str:
    """The text as HTML that shows exactly it, in an element or a quoted attribute."""
    return html.escape(text, quote=True).translate(_TEMPLATE)


def answer_html(answer: Answer) -> str:
    """The answer as one `<article>`: status, figure, text, parts, citations, notes, suggestions, what was searched."""
    card = _Card(answer, view.language_of(answer))
    blocks = (
        _understood(card),
        _status(card),
        _figures(card),
        _text(card),
        _computed(card),
        _notes(card),
        _citations(card),
        suggestions_html(answer.suggestions, say(card.language, "suggestions")),
        _foot(card),
    )
    tag = "zh-CN" if card.language is Language.CHINESE else "en"
    return f'<article class="yj-answer yj-{answer.status.value}" lang="{tag}">{"".join(blocks)}</article>'


def turn_html(question: str, reply: str) -> str:
    """A question with the HTML of its reply, as one turn of the conversation; an endless question is cut short."""
    shown = question if len(question) <= LONGEST_QUESTION else question[:LONGEST_QUESTION] + "……"
    return (
        f'<section class="yj-turn"><h2 class="yj-question">{escape(shown)}</h2>'
        f'<div class="yj-reply">{reply}</div></section>'
    )


def error_html(sentence: str) -> str:
    """A sentence that says what is wrong with what was asked, in the place of an answer."""
    return f'<article class="yj-answer yj-error" role="alert"><p class="yj-text">{escape(sentence)}</p></article>'


def suggestions_html(questions: Iterable[str], label: str) -> str:
    """The questions as buttons that ask them; "" for none."""
    buttons = "".join(
        f'<li><button type="button" class="yj-ask" data-question="{escape(question)}">{escape(question)}</button></li>'
        for question in questions
    )
    return f'<div class="yj-suggest"><h3>{escape(label)}</h3><ul>{buttons}</ul></div>' if buttons else ""


def marked_html(text: str, offset: int, marks: Iterable[Span]) -> str:
    """The text escaped, with the marked stretches in `<mark>`; `offset` is where it starts in the report."""
    return "".join(
        f"<mark>{escape(piece.text)}</mark>" if piece.marked else escape(piece.text)
        for piece in cut(text, offset, marks)
    )


def version_of(report: ReportInfo) -> str:
    """A short mark of the report's bytes: offsets in an answer hold only as long as it stays the same."""
    return report.source_hash[:12]


def computed_line(computed: Computed, answer: Answer, language: Language) -> str:
    """A computed value with what it was computed from: 差 331个（390个，59个）; an unknown operation keeps its name."""
    name = say(language, f"op_{computed.op}") if computed.op in _OPERATIONS else computed.op
    operands = [answer.figures[place].figure.written for place in computed.operands if place < len(answer.figures)]
    return f"{name} {computed.value:f}{computed.unit}" + (f"（{'，'.join(operands)}）" if operands else "")


def _understood(card: _Card) -> str:
    sentence = view.understood_as(card.answer, card.language)
    return f'<p class="yj-understood">{escape(sentence)}</p>' if sentence else ""


def _status(card: _Card) -> str:
    if card.answer.status is Status.ANSWERED:
        return ""  # the figure or the sentence says it
    return f'<p class="yj-status">{escape(view.status_label(card.answer, card.language))}</p>'


def _figures(card: _Card) -> str:
    figures = card.answer.figures
    if not view.is_headline(card.answer):
        return _places(card, figures) if figures else ""
    return _headline(card, figures[0]) + _others(card, figures[1:])


def _headline(card: _Card, stated: AnsweredFigure) -> str:
    chip = _chip(card, stated.citation)
    is_said = card.language is Language.ENGLISH and view.says_more(card.answer)  # in English, in the sentence below
    facts = "" if is_said else f'<p class="yj-facts">{_facts(card, stated)}</p>'
    return f'<div class="yj-headline">{_number(card, stated)}{chip}</div>{facts}{_parts(card, stated.parts)}'


def _parts(card: _Card, parts: tuple[AnsweredFigure, ...]) -> str:
    if not parts:
        return ""
    items = "".join(
        f"<li>{_number(card, part)}<span>{escape(part.figure.subject_text)}</span>{_chip(card, part.citation)}</li>"
        for part in parts
    )
    label = escape(view.parts_label(parts, card.language))
    return f'<div class="yj-parts"><h3>{label}</h3><ul>{items}</ul></div>'


def _number(card: _Card, stated: AnsweredFigure) -> str:
    number = view.number_of(card.answer, stated)
    masked = " yj-hidden" if stated.figure.masked else ""
    before = f"<i>{escape(number.before)}</i>" if number.before else ""
    after = f"<i>{escape(number.after)}</i>" if number.after else ""
    return f'<span class="yj-number{masked}">{before}<b>{escape(number.digits)}</b>{after}</span>'


def _facts(card: _Card, stated: AnsweredFigure, *, place: bool = True) -> str:
    facts = view.facts_of(stated, card.language, place=place)
    return "".join(f"<span>{escape(fact)}</span>" for fact in facts)


def _others(card: _Card, figures: Iterable[AnsweredFigure]) -> str:
    rows = "".join(
        f'<li>{_number(card, stated)}<span class="yj-facts">{_facts(card, stated)}</span>'
        f"{_chip(card, stated.citation)}</li>"
        for stated in figures
    )
    return f'<div class="yj-rows"><h3>{card.label("figures_more")}</h3><ul>{rows}</ul></div>' if rows else ""


def _places(card: _Card, figures: Sequence[AnsweredFigure]) -> str:
    """A row for each place, the place first: none is preferred."""
    rows = "".join(
        f"<li><strong>{escape(view.place_label(stated))}</strong>{_number(card, stated)}"
        f'<span class="yj-facts">{_facts(card, stated, place=False)}</span>{_chip(card, stated.citation)}</li>'
        for stated in figures
    )
    label = card.label("choose_place", count=len(figures))
    return f'<div class="yj-rows"><h3>{label}</h3><ul>{rows}</ul></div>'


def _text(card: _Card) -> str:
    """The answer's sentence with each [n] as a button; without any, and without a figure, the buttons follow it.

    A sentence that only repeats the figures above it is left out.
    """
    if not card.answer.text or not view.says_more(card.answer):
        return ""
    pieces = _MARKER.split(card.answer.text)  # text and numbers by turns
    shown = "".join(
        escape(piece) if place % 2 == 0 else _chip(card, int(piece)) or escape(f"[{piece}]")
        for place, piece in enumerate(pieces)
    )
    if len(pieces) == 1 and not card.answer.figures:
        shown += "".join(_chip(card, citation.number) for citation in card.answer.citations)
    beneath = " yj-beneath" if view.is_headline(card.answer) else ""
    return f'<p class="yj-text{beneath}">{shown}</p>'


def _chip(card: _Card, number: int) -> str:
    citation = card.citation(number)
    if citation is None:
        return ""
    label = card.label("citation_open", number=number, title=view.title_of(citation.report, card.language))
    return f'<button type="button" class="yj-chip" aria-label="{label}" {_source(card, citation)}>{number}</button>'


def _source(card: _Card, citation: Citation) -> str:
    """What the page's script needs to fetch the source: the report, the cited stretch, the stretches to mark in it."""
    marks = ",".join(f"{mark.start}-{mark.end}" for mark in marks_of(card.answer, citation))
    return (
        f'data-cite="{citation.number}" data-report="{escape(citation.report.id)}" '
        f'data-span="{citation.start}-{citation.end}" data-marks="{marks}" data-version="{version_of(citation.report)}"'
    )


def _computed(card: _Card) -> str:
    lines = (computed_line(one, card.answer, card.language) for one in card.answer.computed)
    rows = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f'<div class="yj-computed"><h3>{card.label("computed")}</h3><ul>{rows}</ul></div>' if rows else ""


def _citations(card: _Card) -> str:
    items = "".join(f"<li>{_cite(card, citation)}</li>" for citation in card.answer.citations)
    return f'<div class="yj-citations"><h3>{card.label("citations")}</h3><ol>{items}</ol></div>' if items else ""


def _cite(card: _Card, citation: Citation) -> str:
    quote = marked_html(citation.quote, citation.start, marks_of(card.answer, citation))
    return (
        f'<button type="button" class="yj-cite" {_source(card, citation)}><span class="yj-no">{citation.number}</span>'
        f'<span class="yj-where"><strong>{escape(view.title_of(citation.report, card.language))}</strong>'
        f"<span>{escape(view.heading_of(citation.section, card.language))}</span></span>"
        f'<span class="yj-quote">{quote}</span></button>'
    )


def _notes(card: _Card) -> str:
    items = "".join(f"<li>{escape(note)}</li>" for note in card.answer.notes)
    return f'<div class="yj-notes"><h3>{card.label("notes")}</h3><ul>{items}</ul></div>' if items else ""


def _foot(card: _Card) -> str:
    took = say(card.language, "took", ms=f"{card.answer.took_ms:.0f}") if card.answer.took_ms else ""
    is_out_of_scope = card.answer.missing is not None  # the sentence says which report is not held
    searched = "" if is_out_of_scope else view.searched_label(card.answer.searched, card.language)
    line = " · ".join(part for part in (searched, took) if part)
    return f'<p class="yj-foot">{escape(line)}</p>' if line else ""
