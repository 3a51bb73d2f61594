"""Questions with one thing changed: the same for another time or another place, as a text that stands alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.asking import asked
from assistant.held_names import HeldNames
from assistant.periods import asked_time
from assistant.places import asked_places
from assistant.question import Tools, language_of
from assistant.types import Language
from indexer.fold import fold
from indexer.lexicon.terms import Lexicon
from indexer.types import Span

TIME_AT_END = re.compile(
    r"\s+(?:in|for|during|by|since) (?:the )?(?:[a-z]+ (?:half|quarter) of )?\d{4}$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Known:
    """What it takes to see what a question says of time, place and number: its tools, what is held, and the day."""

    tools: Tools
    held: HeldNames
    today: date

    @property
    def lexicon(self) -> Lexicon:
        """The lexicon of the archive."""
        return self.tools.lexicon

    def times(self, text: str) -> tuple[Span, ...]:
        """Where the text (folded) says a time."""
        return asked_time(text, today=self.today).spans

    def places(self, text: str) -> tuple[Span, ...]:
        """Where the text (folded) names a place or an office."""
        blanked = blank(text, self.times(text))
        return asked_places(blanked, self.lexicon, self.held).spans

    def numbers(self, text: str) -> tuple[Span, ...]:
        """Where the text (folded) asks for a number, the unit with it: 了多少个."""
        tools = self.tools
        return asked(text, tools.asking, is_english=is_english(text), unit_at=tools.unit_at).spans


def with_time(question: str, time: str, known: Known) -> str:
    """The question asked for the time that `time` says (2022年; 2022)."""
    return _put(question.strip(), known.times(fold(question.strip())), time)


def with_place(question: str, place: str, known: Known) -> str:
    """The question asked of the place that `place` names, in the question's language."""
    return _put(question.strip(), known.places(fold(question.strip())), place)


def is_english(text: str) -> bool:
    """Whether the text is put in English."""
    return language_of(text) is Language.ENGLISH


def without(text: str, spans: Sequence[Span]) -> str:
    """The text without these stretches."""
    kept, at = [], 0
    for span in sorted(spans):
        if span.start >= at:
            kept.append(text[at : span.start])
        at = max(at, span.end)
    return "".join([*kept, text[at:]])


def blank(text: str, spans: Sequence[Span]) -> str:
    """The text with blank space for these stretches, as long as before."""
    characters = list(text)
    for span in spans:
        characters[span.start : span.end] = " " * (span.end - span.start)
    return "".join(characters)


def _put(question: str, spans: Sequence[Span], said: str) -> str:
    """The question with the first of these stretches replaced and the others taken out; else with `said` added."""
    if not spans:
        return _added(question, said)
    first, *others = sorted(spans)
    before, after = question[: first.start], question[first.end :]
    return before + said + without(after, [Span(span.start - first.end, span.end - first.end) for span in others])


def _added(question: str, said: str) -> str:
    """`said` in front of a Chinese question, behind what an English one asks for: in Wuhan in 2022?"""
    if not is_english(question):
        return f"{said}{question}"
    body = question.rstrip("？?. ")
    when = TIME_AT_END.search(body)
    cut = when.start() if when and not said[0].isdigit() else len(body)
    return f"{body[:cut]} in {said}{body[cut:]}?"
