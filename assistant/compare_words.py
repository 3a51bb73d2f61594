"""What a comparison says in an answer: its rows, what is computed from two of them, and who states another number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.changes import change_between
from assistant.compare_notes import obstacle_words
from assistant.comparing import Asked
from assistant.comparison import Axis, Change, Comparison, Held, NoteKind, Row
from assistant.english import english_figure, english_period
from assistant.series_subject import same_names
from assistant.types import Answer, AnsweredFigure, Computed, Language, Question, Status
from assistant.wording import decimal_words, figure_words
from indexer.archive import Archive
from indexer.types import Measure, Role


def worded(question: Question, asked: Asked, made: Comparison, archive: Archive) -> Answer:
    """The rows in words, what is computed from two of them, and why nothing is."""
    made, others = _without_disagreeing(made)
    stated = [row for row in made.rows if row.figure is not None and row.held is Held.STATED]
    figures = tuple(
        AnsweredFigure(row.figure, row.report, row.citation)
        for row in (*made.rows, *others)
        if row.figure is not None and row.report is not None and row.citation is not None
    )
    used = {item.citation for item in figures}
    english = question.language is Language.ENGLISH
    lines = [_line(row, made, archive, english=english) for row in made.rows]
    text = ("; " if english else "；").join(lines)
    computed: tuple[Computed, ...] = ()
    notes = [note.text for note in made.notes if note.kind is NoteKind.CORRECTED]
    notes += [_disagreement(row, english=english) for row in others]
    notes += [note.text for note in made.notes if note.kind.value in {"masked", "renamed"}][:2]
    if len(made.rows) == 2 and len(stated) == 2:
        axis = Axis.PERIODS if made.rows[0].place == made.rows[1].place else Axis.PLACES
        names = [row.name for row in made.rows if row.name]
        first, second = _order(made.rows, axis, asked)
        change = change_between(made.rows, first, second, axis, same_names(archive, names))
        if change.difference is not None:
            change = _of_falls(made, change)
            computed = _computed(change)
            text += _change_words(made, change, english=english)
        elif change.obstacle is not None and asked.wants_change:
            why = obstacle_words(change.obstacle, question.language)
            text += f". No difference is computed: {why}" if english else f"。{why}，不相减"
    elif asked.wants_rank and len(stated) > 2 and all(row.value is not None for row in stated):
        text += _ranked(stated, english=english)
    masked = any(row.held is Held.MASKED for row in made.rows)
    status = Status.ANSWERED if stated else Status.MASKED if masked else Status.NOT_FOUND
    return Answer(
        status,
        text + ("." if english else "。"),
        question,
        figures,
        computed,
        tuple(one for one in made.citations if one.number in used),
        searched=made.searched,
        notes=tuple(notes),
    )


def _without_disagreeing(made: Comparison) -> tuple[Comparison, tuple[Row, ...]]:
    """The comparison with one row for each that is asked for, and the rows that state another value for one of them."""
    kept: list[Row] = []
    others: list[Row] = []
    for row in made.rows:
        last = kept[-1] if kept else None
        same = last is not None and (last.place, last.period, last.role) == (row.place, row.period, row.role)
        if row.disagrees and same:
            others.append(row)
        else:
            kept.append(row)
    return replace(made, rows=tuple(replace(row, disagrees=False) for row in kept)), tuple(others)


def _disagreement(row: Row, *, english: bool) -> str:
    title = "" if row.report is None else row.report.title or row.report.file_name
    if english:
        return f"Another report disagrees on {english_period(row.period)}: {title} states {row.written}."
    return f"{row.period.label}另一份报告与此不一致：《{title}》写的是{row.written}。"


def _line(row: Row, made: Comparison, archive: Archive, *, english: bool) -> str:
    """One row: 湖北省2024年60013亿元, 2025年计划65万人, 2021年没有写到."""
    several = len(made.places) > 1
    place = row.place if several and row.place else ""
    period = english_period(row.period) if english else row.period.label
    role = ROLES[row.role][english]
    label = " ".join(part for part in (place, period, role) if part) if english else f"{place}{period}{role}"
    if row.figure is None or row.report is None or row.held is not Held.STATED:
        said = NOTHING[row.held][english]
    else:
        text = archive.report(row.report.id).text
        hedged = figure_words(row.figure, text[max(0, row.figure.start - 4) : row.figure.start])
        behind = row.written[len(row.written.rstrip("以上下内之左右")) :]
        said = english_figure(row.figure, hedged) if english else f"{hedged}{behind}"
    return f"{label}: {said}" if english else f"{label}：{said}"


ROLES = {
    Role.RESULT: ("", ""),
    Role.PLAN: ("计划", "planned"),
    Role.ESTIMATE: ("预计", "estimated"),
    Role.REQUIREMENT: ("要求", "required"),
}
NOTHING = {Held.MASKED: ("原文已脱敏", "masked in the source"), Held.MISSING: ("没有写到", "not in the archive")}


def _order(rows: Sequence[Row], axis: Axis, asked: Asked) -> tuple[int, int]:
    """Which of two rows is less which: the later less the earlier year; of places as the question puts it."""
    if axis is Axis.PERIODS:
        return (1, 0) if rows[1].period.end < rows[0].period.end else (0, 1)
    return (1, 0) if asked.first_less_second else (0, 1)


def _fall(row: Row) -> bool:
    """Whether a row states by how much something fell: its value stands below zero."""
    return row.low is not None and row.low < 0 and row.figure is not None and row.figure.measure in FALLING


def _of_falls(made: Comparison, change: Change) -> Change:
    """The change between two falls as that of what was written: of 5.6 and then 5 per cent it is −0.6."""
    if change.difference is None or not all(map(_fall, made.of_change(change))):
        return change
    return replace(change, difference=-change.difference)


FALLING = frozenset({Measure.GROWTH, Measure.CHANGE})


def _computed(change: Change) -> tuple[Computed, ...]:
    operands = (change.first, change.second)
    found = [Computed("difference", change.difference or Decimal(0), change.unit, operands)]
    if change.percentage is not None:
        found.append(Computed("percentage", change.percentage, "%", operands))
    return tuple(found)


def _change_words(made: Comparison, change: Change, *, english: bool) -> str:
    first, second = made.of_change(change)
    difference = change.difference or Decimal(0)
    amount = f"{decimal_words(abs(difference))}{change.unit}"
    share = "" if change.percentage is None else f"{decimal_words(abs(change.percentage))}%"
    if english:
        unit = " percentage points" if change.unit == "个百分点" else change.unit
        sign = "+" if difference >= 0 else "−"
        return f". Computed: {sign}{decimal_words(abs(difference))}{unit}{f' ({sign}{share})' if share else ''}"
    between = change.axis is Axis.PLACES
    one, two = (row.place if between else row.period.label for row in (first, second))
    kind = "falls" if _fall(first) and _fall(second) else "places" if between else "periods"
    verb = VERBS[kind, change.unit == "个百分点"][difference < 0]
    return f"。计算：{two}比{one}{verb}{amount}{f'（{share}）' if share else ''}"


VERBS = {  # what rose and what fell, by what is compared and whether in percentage points
    ("falls", True): ("多降", "少降"),
    ("falls", False): ("多减", "少减"),
    ("places", True): ("高", "低"),
    ("places", False): ("多", "少"),
    ("periods", True): ("高", "低"),
    ("periods", False): ("增加", "减少"),
}


def _ranked(rows: Sequence[Row], *, english: bool) -> str:
    """The names from high to low."""
    several = len({row.place for row in rows}) > 1
    ordered = sorted(rows, key=lambda row: row.value or Decimal(0), reverse=True)
    names = [str(row.place) if several else row.period.label for row in ordered]
    return f". From high to low: {', '.join(names)}" if english else f"。从高到低：{'、'.join(names)}"
