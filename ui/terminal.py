"""An answer as text for the terminal: the figure in bold, its parts, numbered citations with the number marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.types import Answer, AnsweredFigure, Citation, Language, Status
from ui import view
from ui.marks import cut, marks_of
from ui.render import computed_line
from ui.text import say


@dataclass(frozen=True, slots=True)
class Style:
    """How words are set apart on a terminal; without colour nothing is added to the text."""

    colour: bool = False

    def bold(self, text: str) -> str:
        """The text in bold."""
        return self._set(text, "1")

    def dim(self, text: str) -> str:
        """The text in a fainter colour."""
        return self._set(text, "2")

    def strong(self, text: str) -> str:
        """The text in bold and blue: the figure itself."""
        return self._set(text, "1;34")

    def _set(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour and text else text


def plain(text: str) -> str:
    """The text on one line without control characters: what a report holds cannot steer the terminal."""
    kept = "".join(character if character.isprintable() else " " for character in text)
    return " ".join(kept.split()) if "  " in kept else kept.strip()


def answer_text(answer: Answer, *, style: Style | None = None, explained: Sequence[str] = ()) -> str:
    """The answer as lines of text: status, figure, parts, sentence, citations, notes, suggestions, the search.

    `explained`: the lines (`ui.explain`) that say how the reader chose, put before the last.
    """
    language, style = view.language_of(answer), style or Style()
    blocks = [
        [style.dim(plain(line)) for line in [view.understood_as(answer, language)] if line],
        _status(answer, language, style),
        _figures(answer, language, style),
        _text(answer, style),
        _list(say(language, "computed"), (computed_line(one, answer, language) for one in answer.computed), style),
        _citations(answer, language, style),
        _list(say(language, "notes"), answer.notes, style),
        _list(say(language, "suggestions"), answer.suggestions, style),
        list(explained),
        [style.dim(_foot(answer, language))],
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block)


def _status(answer: Answer, language: Language, style: Style) -> list[str]:
    return [] if answer.status is Status.ANSWERED else [style.bold(f"〔{view.status_label(answer, language)}〕")]


def _text(answer: Answer, style: Style) -> list[str]:
    if view.is_ambiguous(answer):
        return [say(view.language_of(answer), "choose_place", count=len(answer.figures))]
    if not answer.text or not view.says_more(answer):
        return []
    return [plain(answer.text) if answer.figures else style.bold(plain(answer.text))]


def _figures(answer: Answer, language: Language, style: Style) -> list[str]:
    lines: list[str] = []
    for stated in answer.figures:
        lines.append(f"  {_number(answer, stated, style)}  [{stated.citation}]")
        lines.append(f"  {style.dim(plain(' · '.join(view.facts_of(stated, language))))}")
        if stated.parts:
            lines.append(f"  {view.parts_label(stated.parts, language)}")
            lines.extend(_parts(answer, stated.parts, style))
    return lines


def _parts(answer: Answer, parts: Iterable[AnsweredFigure], style: Style) -> Iterator[str]:
    for part in parts:
        yield f"    {_number(answer, part, style)}  {plain(part.figure.subject_text)}  [{part.citation}]".rstrip()


def _number(answer: Answer, stated: AnsweredFigure, style: Style) -> str:
    number = view.number_of(answer, stated)
    return plain(number.before) + style.strong(plain(number.digits)) + " " + plain(number.after)


def _list(label: str, entries: Iterable[str], style: Style) -> list[str]:
    lines = [f"  · {plain(entry)}" for entry in entries]
    return [style.bold(label), *lines] if lines else []


def _citations(answer: Answer, language: Language, style: Style) -> list[str]:
    lines: list[str] = []
    for citation in answer.citations:
        title = plain(view.title_of(citation.report, language))
        heading = plain(view.heading_of(citation.section, language))
        lines.append(f"  [{citation.number}] {title} › {heading}")
        lines.append(f"      “{_quote(answer, citation, style)}”")
        lines.append(f"      {style.dim(plain(citation.report.file_name))}")
    return [style.bold(say(language, "citations")), *lines] if lines else []


def _quote(answer: Answer, citation: Citation, style: Style) -> str:
    pieces = cut(citation.quote, citation.start, marks_of(answer, citation))
    return "".join(style.strong(plain(piece.text)) if piece.marked else plain(piece.text) for piece in pieces)


def _foot(answer: Answer, language: Language) -> str:
    took = say(language, "took", ms=f"{answer.took_ms:.0f}") if answer.took_ms else ""
    return " · ".join(part for part in (plain(view.searched_label(answer.searched, language)), took) if part)
