"""An answer as HTML for the page: the figure large, its parts, numbered citations; what reports say is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.types import Answer, AnsweredFigure, Citation, Computed, Language, Status
from assistant.wording import decimal_words
from ui import view
from ui.ask_card import Card, ask_button, escape, marked_html, text_html, version_of
from ui.ask_scope import Chosen
from ui.ask_table import has_table, sentence_beside, table_html
from ui.marks import marks_of
from ui.text import say

__all__ = [
    "answer_html", "computed_line", "error_html", "escape", "marked_html", "suggestions_html", "text_html", "turn_html", "version_of",
]  # fmt: skip

_MARKER = re.compile(r"\[(\d{1,3})\]")  # a citation number within an answer's text
LONGEST_QUESTION = 400  # characters shown
_OPERATIONS = ("sum", "difference", "percentage", "share", "fulfilment", "count")
_COUNTED = "count"  # of reports or items: the sentence says it
_NOWHERE = Chosen()


def answer_html(answer: Answer, chosen: Chosen = _NOWHERE) -> str:
    """The answer as one `<article>`: status, figure, text, parts, citations, notes, suggestions, what was searched.

    `chosen` is what the question was kept to.
    """
    card = Card(answer, view.language_of(answer))
    blocks = (
        _understood(card),
        _status(card),
        _figures(card),
        _text(card),
        _computed(card),
        _notes(card),
        _citations(card),
        suggestions_html(_left_to_ask(answer), say(card.language, "suggestions")),
        _foot(card, chosen),
    )
    tag = "zh-CN" if card.language is Language.CHINESE else "en"
    kind = "conflict" if view.is_conflict(answer) else answer.status.value
    return f'<article class="yj-answer yj-{kind}" lang="{tag}">{"".join(blocks)}</article>'


def turn_html(question: str, reply: str, *, key: str = "", beneath: str = "") -> str:
    """A question with the HTML of its reply and of what stands beneath it; an endless question is cut short."""
    shown = question if len(question) <= LONGEST_QUESTION else question[:LONGEST_QUESTION] + "……"
    return (
        f'<section class="yj-turn" data-key="{escape(key)}" data-question="{escape(question)}">'
        f'<h2 class="yj-question">{escape(shown)}</h2><div class="yj-reply">{reply}{beneath}</div></section>'
    )


def error_html(sentence: str) -> str:
    """A sentence that says what is wrong with what was asked, in the place of an answer."""
    return f'<article class="yj-answer yj-error" role="alert"><p class="yj-text">{escape(sentence)}</p></article>'


def suggestions_html(questions: Iterable[str], label: str) -> str:
    """The questions as buttons that ask them; "" for none."""
    buttons = "".join(f"<li>{ask_button(question, escape(question))}</li>" for question in questions)
    return f'<div class="yj-suggest"><h3>{escape(label)}</h3><ul>{buttons}</ul></div>' if buttons else ""


def computed_line(computed: Computed, answer: Answer, language: Language) -> str:
    """A computed value with what it was computed from: 差 331个（390个，59个）; an unknown operation keeps its name."""
    name = say(language, f"op_{computed.op}") if computed.op in _OPERATIONS else computed.op
    operands = [answer.figures[place].figure.written for place in computed.operands if place < len(answer.figures)]
    return f"{name} {computed.value:f}{computed.unit}" + (f"（{'，'.join(operands)}）" if operands else "")


def _understood(card: Card) -> str:
    """How a follow-up was understood, with the pencil that puts it into the box."""
    sentence = view.understood_as(card.answer, card.language)
    if not sentence:
        return ""
    question = card.answer.question.standalone.strip()
    pencil = ask_button(question, "✎", kind="yj-edit", label=say(card.language, "understood_edit"))
    return f'<p class="yj-understood">{escape(sentence)}{pencil}</p>'


def _status(card: Card) -> str:
    if view.is_conflict(card.answer):
        return f'<p class="yj-status">{card.label("conflict")}</p>'
    if card.answer.status is Status.ANSWERED:
        return ""  # the figure or the sentence says it
    return f'<p class="yj-status">{escape(view.status_label(card.answer, card.language))}</p>'


def _figures(card: Card) -> str:
    answer = card.answer
    if has_table(answer):
        return table_html(card)
    if not view.is_headline(answer):
        return _places(card, answer.figures) if answer.figures else ""
    if view.is_conflict(answer):
        return _versus(card, answer.figures)
    return _headline(card, answer.figures[0]) + _others(card, answer.figures[1:])


def _headline(card: Card, stated: AnsweredFigure) -> str:
    chip = card.chip(stated.citation)
    is_said = card.language is Language.ENGLISH and view.says_more(card.answer)  # in English, in the sentence below
    facts = "" if is_said else f'<p class="yj-facts">{card.facts(stated)}</p>'
    return f'<div class="yj-headline">{card.number(stated)}{chip}</div>{facts}{_parts(card, stated.parts)}'


def _parts(card: Card, parts: tuple[AnsweredFigure, ...]) -> str:
    if not parts:
        return ""
    items = "".join(
        f"<li>{card.number(part)}<span>{escape(part.figure.subject_text)}</span>{card.chip(part.citation)}</li>"
        for part in parts
    )
    label = escape(view.parts_label(parts, card.language))
    return f'<div class="yj-parts"><h3>{label}</h3><ul>{items}</ul></div>'


def _versus(card: Card, figures: Sequence[AnsweredFigure]) -> str:
    """What each report states, side by side: the originals decide."""
    sides = "".join(
        f'<li><div class="yj-headline">{card.number(stated)}{card.chip(stated.citation)}</div>'
        f"<p>{escape(view.title_of(stated.report, card.language))}</p>{_parts(card, stated.parts)}</li>"
        for stated in figures
    )
    facts = f'<p class="yj-facts">{card.facts(figures[0])}</p>'
    return f'<ul class="yj-versus">{sides}</ul>{facts}<p class="yj-hint-line">{card.label("conflict_hint")}</p>'


def _others(card: Card, figures: Iterable[AnsweredFigure]) -> str:
    rows = "".join(
        f'<li>{card.number(stated)}<span class="yj-facts">{card.facts(stated)}</span>{card.chip(stated.citation)}</li>'
        for stated in figures
    )
    return f'<div class="yj-rows"><h3>{card.label("figures_more")}</h3><ul>{rows}</ul></div>' if rows else ""


def _places(card: Card, figures: Sequence[AnsweredFigure]) -> str:
    """A row for each place, the place first: none is preferred, and each can be asked about."""
    asking = view.questions_of_places(card.answer)
    rows = "".join(f"<li>{_place(card, stated, asking.get(stated.report.id, ''))}</li>" for stated in figures)
    label = card.label("choose_place", count=len(figures))
    return f'<div class="yj-rows yj-picks"><h3>{label}</h3><ul>{rows}</ul></div>'


def _place(card: Card, stated: AnsweredFigure, question: str) -> str:
    told = (
        f"<strong>{escape(view.place_label(stated))}</strong>{card.number(stated)}"
        f'<span class="yj-facts">{card.facts(stated, place=False)}</span>'
    )
    if question:
        told = ask_button(question, told, kind="yj-pick")
    return told + card.chip(stated.citation)


def _left_to_ask(answer: Answer) -> list[str]:
    """The suggestions that no row of a place asks already."""
    asked = set(view.questions_of_places(answer).values()) if not has_table(answer) else set()
    return [question for question in answer.suggestions if question not in asked]


def _text(card: Card) -> str:
    """The answer's sentence with each [n] as a button; without any, and without a figure, the buttons follow it.

    A sentence that only repeats the figures above it is left out.
    """
    has_rows = has_table(card.answer)
    text = sentence_beside(card.answer, card.language) if has_rows else card.answer.text
    if not text or not (has_rows or view.says_more(card.answer)):
        return ""
    pieces = _MARKER.split(text)  # text and numbers by turns
    shown = "".join(
        escape(piece) if place % 2 == 0 else card.chip(int(piece)) or escape(f"[{piece}]")
        for place, piece in enumerate(pieces)
    )
    if len(pieces) == 1 and not card.answer.figures:
        shown += "".join(card.chip(citation.number) for citation in card.answer.citations)
    beneath = " yj-beneath" if has_rows or view.is_headline(card.answer) else ""
    return f'<p class="yj-text{beneath}">{shown}</p>'


def _computed(card: Card) -> str:
    """What was computed from cited figures; not what the sentence beside a table says already."""
    said = sentence_beside(card.answer, card.language) if has_table(card.answer) else ""
    told = [one for one in card.answer.computed if one.op != _COUNTED and not _is_said(one, said)]
    rows = "".join(f"<li>{escape(computed_line(one, card.answer, card.language))}</li>" for one in told)
    return f'<div class="yj-computed"><h3>{card.label("computed")}</h3><ul>{rows}</ul></div>' if rows else ""


def _is_said(computed: Computed, sentence: str) -> bool:
    return f"{decimal_words(abs(computed.value))}{computed.unit}" in sentence


def _citations(card: Card) -> str:
    items = "".join(f"<li>{_cite(card, citation)}</li>" for citation in card.answer.citations)
    return f'<div class="yj-citations"><h3>{card.label("citations")}</h3><ol>{items}</ol></div>' if items else ""


def _cite(card: Card, citation: Citation) -> str:
    quote = marked_html(citation.quote, citation.start, marks_of(card.answer, citation))
    return (
        f'<button type="button" class="yj-cite" {card.source(citation)}><span class="yj-no">{citation.number}</span>'
        f'<span class="yj-where"><strong>{escape(view.title_of(citation.report, card.language))}</strong>'
        f"<span>{escape(view.heading_of(citation.section, card.language))}</span></span>"
        f'<span class="yj-quote">{quote}</span></button>'
    )


def _notes(card: Card) -> str:
    said = () if view.is_conflict(card.answer) else card.answer.notes  # both reports stand above already
    items = "".join(f"<li>{escape(note)}</li>" for note in said)
    return f'<div class="yj-notes"><h3>{card.label("notes")}</h3><ul>{items}</ul></div>' if items else ""


def _foot(card: Card, chosen: Chosen) -> str:
    """What was searched, what the question was kept to, how long it took."""
    took = say(card.language, "took", ms=f"{card.answer.took_ms:.0f}") if card.answer.took_ms else ""
    is_out_of_scope = card.answer.missing is not None  # the sentence says which report is not held
    is_untold = card.answer.citations and not card.answer.searched.reports  # it was more than may be seen now
    searched = "" if is_out_of_scope or is_untold else view.searched_label(card.answer.searched, card.language)
    labels = say(card.language, "list_comma").join(chosen.labels(card.language))
    kept_to = say(card.language, "scope_said", labels=labels) if labels else ""
    line = escape(" · ".join(part for part in (searched, kept_to, took) if part))
    return f'<p class="yj-foot">{line}{_widened(card) if labels else ""}</p>' if line else ""


def _widened(card: Card) -> str:
    """The button that asks the same of all reports."""
    question = card.answer.question.standalone
    return ask_button(question, card.label("scope_widen"), kind="yj-ask yj-widen")
