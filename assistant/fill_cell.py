"""One empty cell of a table: the figure that belongs there with its source, or why it stays empty.

A cell is asked as a question is, through the same reader, but nothing is filled that the reader is not sure of: a table
shows no doubt, so the least doubt leaves the cell to a person.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from assistant.answering import Room, decide_in, look_of
from assistant.chain import Asking, ChainSteps
from assistant.choose import decide
from assistant.conflicts import conflicts_with
from assistant.fill_grid import Asked
from assistant.fill_labels import Unit
from assistant.fill_sure import accepted, fits, is_doubtful
from assistant.read_figures import Weighed
from assistant.types import Status
from assistant.wording import FALLS, figure_words
from indexer.corrections import Correction
from indexer.types import Figure, Measure, ReportInfo, Role


class Left(StrEnum):
    """Why a cell stays empty."""

    NO_REPORT = "no_report"
    NOT_FOUND = "not_found"
    MASKED = "masked"
    CONFLICT = "conflict"
    PLACES = "places"
    RANGE = "range"
    UNIT = "unit"
    ROLE = "role"
    PERIOD = "period"
    UNSURE = "unsure"


FALL_ASKED = re.compile("|".join((*sorted(FALLS), "降幅", "减幅", "减排", "脱贫")))


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure stands: `quote == report.text[start:end]`."""

    report: ReportInfo
    section: tuple[str, ...]
    quote: str
    start: int
    end: int
    figure: Figure
    words: str  # the figure as written with its hedge


@dataclass(frozen=True, slots=True)
class Filled:
    """What goes into a cell, in `unit`."""

    asked: Asked
    value: Decimal
    unit: str
    source: Source
    converted: bool = False
    correction: Correction | None = None


@dataclass(frozen=True, slots=True)
class NotFilled:
    """A cell that stays empty, and what is known all the same."""

    asked: Asked
    why: Left
    sources: tuple[Source, ...] = ()


def answer_cell(steps: ChainSteps, asked: Asked, *, today: date) -> Filled | NotFilled:
    """The figure for a cell, or why it stays empty."""
    found = _answer(steps, asked, asked.indicator, today)
    if isinstance(found, NotFilled) and found.why is Left.NOT_FOUND and asked.context:
        return _answer(steps, asked, asked.context + asked.indicator, today)
    return found


def question_text(asked: Asked, indicator: str) -> str:
    """The question that a cell puts."""
    when = asked.period.label if asked.period else ""
    plan = "计划" if asked.role is Role.PLAN else ""
    unit = asked.unit.written if asked.unit and asked.unit.dimension != "percent" else ""
    much = f"多少{unit}" if unit else "百分之多少" if asked.unit else "多少"
    return f"{asked.place or ''}{when}{plan}{indicator}{much}？"


def _answer(steps: ChainSteps, asked: Asked, indicator: str, today: date) -> Filled | NotFilled:
    question = steps.question_of(question_text(asked, indicator), today)
    question = replace(question, role=asked.role)
    if asked.period is not None:
        question = replace(question, periods=(asked.period,), report_years=(), recent_years=None)
    room = steps.room_of(question, Asking(question, today, False, 0.0))
    if room.scope.missing is not None:
        return NotFilled(asked, Left.NO_REPORT)
    _, weighed = decide_in(room)
    fitting = [item for item in weighed if fits(room, asked, item)]
    decision = decide(question, fitting, room.confidence, room.archive.settings.answer)
    if decision.status is Status.NOT_FOUND:
        return _not_found(room, asked, weighed)
    if decision.status is Status.AMBIGUOUS:
        return NotFilled(asked, Left.PLACES, tuple(_source(room, item) for item in decision.chosen))
    return _judged(room, asked, indicator, fitting)


def _not_found(room: Room, asked: Asked, weighed: Sequence[Weighed]) -> NotFilled:
    """Why nothing fits, and what comes nearest where it is of another time or role."""
    decision = decide(room.question, weighed, room.confidence, room.archive.settings.answer)
    if decision.status is not Status.ANSWERED:
        return NotFilled(asked, Left.NOT_FOUND)
    nearest = decision.chosen[0]
    planned = nearest.figure.role in {Role.PLAN, Role.REQUIREMENT}
    why = Left.ROLE if planned is not (asked.role is Role.PLAN) else Left.PERIOD
    if asked.unit is not None and nearest.figure.base_unit != asked.unit.base:
        return NotFilled(asked, Left.NOT_FOUND)
    return NotFilled(asked, why, (_source(room, nearest),))


def _judged(room: Room, asked: Asked, indicator: str, fitting: Sequence[Weighed]) -> Filled | NotFilled:
    """The figure that says all that is asked, unless something speaks against putting it into a table."""
    best = max(fitting, key=lambda item: item.score)
    sure = accepted(room, indicator, fitting)
    if not sure:
        return NotFilled(asked, Left.UNSURE, (_source(room, best),))
    chosen = sure[0]
    figure, source = chosen.figure, _source(room, chosen)
    correction = room.archive.corrections(source.report.id)[0].get(figure.ordinal)
    if correction is None and (why := _against(chosen, sure)) is not None:
        return NotFilled(asked, why, (source,))
    others = conflicts_with(chosen, sure, look_of(room)) if correction is None else ()
    if others:
        return NotFilled(asked, Left.CONFLICT, (source, *(_source(room, other) for other in others)))
    value = _value(figure, correction, asked)
    if value is None:
        return NotFilled(asked, Left.UNIT, (source,))
    unit = asked.unit.written if asked.unit else figure.unit
    converted = asked.unit is not None and asked.unit.scale != figure.scale
    return Filled(asked, value, unit, source, converted, correction)


def _against(chosen: Weighed, sure: Sequence[Weighed]) -> Left | None:
    """What speaks against a figure; None where nothing does."""
    figure = chosen.figure
    if figure.masked:
        return Left.MASKED
    if is_doubtful(chosen, sure):
        return Left.UNSURE
    if figure.low is not None and figure.high is not None and figure.low != figure.high:
        return Left.RANGE
    return None


def _value(figure: Figure, correction: Correction | None, asked: Asked) -> Decimal | None:
    """The number in the table's unit; None where the units do not convert.

    What fell is below zero, unless the table asks by how much it fell (农村贫困人口减少, 能耗下降).
    """
    low, high = (correction.low, correction.high) if correction else (figure.low, figure.high)
    scale = correction.scale if correction else figure.scale
    value = low if low is not None else high
    if value is None:
        return None
    falls = figure.measure in {Measure.GROWTH, Measure.CHANGE} and FALLS & set(figure.qualifiers)
    if falls and not FALL_ASKED.search(f"{asked.context}{asked.indicator}"):
        value = -value
    if asked.unit is None:
        return value
    return _converted(value, scale, figure, asked.unit)


def _converted(value: Decimal, scale: Decimal, figure: Figure, unit: Unit) -> Decimal | None:
    """The value in another unit of the same kind, without idle zeros."""
    if figure.base_unit != unit.base:
        return None
    if scale == unit.scale:
        return value
    return Decimal(format((value * scale / unit.scale).normalize(), "f"))


def _source(room: Room, item: Weighed) -> Source:
    report = room.archive.report(item.evidence.report.id)
    span, figure = item.figure.sentence, item.figure
    quote = report.text[span.start : span.end]
    start = span.start + len(quote) - len(quote.lstrip())
    quote = quote.strip()
    section = room.archive.sections(report.id)[figure.section].path
    words = figure_words(figure, report.text[max(0, figure.start - 4) : figure.start])
    return Source(item.evidence.report, section, quote, start, start + len(quote), figure, words)
