"""The answer to a question that asks for several years, reports or places: a row each, and what may be computed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.changes import change_between
from assistant.compare import Gathered, Request, comparison_of, gather_series
from assistant.compare_notes import obstacle_words
from assistant.comparing import Asked, Wish, asked_to_compare
from assistant.comparison import Axis, Change, Comparison, Held, Row
from assistant.english import english_figure, english_period
from assistant.kinds import near_best
from assistant.rows import Slot, fill, place_of
from assistant.series import Found
from assistant.series_subject import same_names
from assistant.types import Answer, AnsweredFigure, Computed, Language, Question, Status
from assistant.wording import decimal_words, figure_words
from indexer.archive import Archive
from indexer.types import Period, Role

MULTIPLIERS = "十百千万亿"
SURE = 0.8  # how well a figure of another kind must say the subject to stand in a row


@dataclass(frozen=True, slots=True)
class Compared:
    """An answer by comparison, and how many of the rows asked for it holds."""

    answer: Answer
    filled: int
    wanted: int


def compared(question: Question, archive: Archive, otherwise: Callable[[], Answer]) -> Answer:
    """The answer by comparison where all that is asked for is held; else the fuller of it and the other answer."""
    found = answer_comparison(question, archive)
    if found is None:
        return otherwise()
    plans = _plans_unasked(found.answer)
    if found.filled == found.wanted and not plans:
        return found.answer
    other = otherwise()
    stated = len(other.figures) if other.status is Status.ANSWERED else 0
    worse = found.filled < stated or (found.filled == stated and plans > _plans_unasked(other))
    return other if worse or found.filled == stated < found.wanted else found.answer


def _plans_unasked(answer: Answer) -> int:
    """How many of the figures are plans, where no plan was asked for."""
    return 0 if answer.question.role is Role.PLAN else sum(item.figure.role is Role.PLAN for item in answer.figures)


def answer_comparison(question: Question, archive: Archive) -> Compared | None:
    """The answer to a question that asks for a comparison, by its best reading; None for any other question."""
    best: Compared | None = None
    for asked in asked_to_compare(question):
        found = _answer(question, asked, archive)
        if best is None or found.filled > best.filled:
            best = found
        if best.filled == best.wanted:
            break
    return best if best is not None and best.filled else None


def _answer(question: Question, asked: Asked, archive: Archive) -> Compared:
    places = tuple(dict.fromkeys(wish.place for wish in asked.wishes if wish.place))
    years = {wish.period.start.year for wish in asked.wishes if wish.period}
    years |= {year for wish in asked.wishes if wish.report_year for year in (wish.report_year, wish.report_year - 1)}
    request = Request(
        asked.subject,
        question.language,
        () if any(wish.report_year for wish in asked.wishes) else tuple(map(Period.of_year, sorted(years))),
        places,
        role=asked.role,
        measure=asked.measure,
        unit_class=asked.unit_class,
    )
    series = _in_unit(gather_series(archive, request), asked.unit)
    if not places:
        asked = replace(asked, wishes=_placed(asked.wishes, series))
    taken: list[tuple[Slot, list[Found]]] = []
    for wish in asked.wishes:
        found = _pick(wish, asked, series, [item for _, items in taken for item in items])
        period = wish.period or Period.of_year((wish.report_year or 1) - 1)
        taken.append((Slot(wish.place, period, asked.role is Role.PLAN, wish.report_year), found[:1]))
    made = comparison_of(archive, request, series, taken)
    answer = _worded(question, asked, made, archive)
    return Compared(answer, sum(bool(items) for _, items in taken), len(taken))


def _in_unit(series: Gathered, unit: str | None) -> Gathered:
    """The series as counted in the unit that is asked for, where figures are."""
    bare = (unit or "").lstrip(MULTIPLIERS)
    if not bare or not any(item.figure.unit.lstrip(MULTIPLIERS) == bare for item in series.of_kind):
        return series

    def like(found: Sequence[Found]) -> tuple[Found, ...]:
        model = next(item.figure for item in series.of_kind if item.figure.unit.lstrip(MULTIPLIERS) == bare)
        return tuple(item for item in found if item.figure.base_unit == model.base_unit)

    return replace(series, of_kind=like(series.of_kind), annual=like(series.annual))


def _placed(wishes: Sequence[Wish], series: Gathered) -> tuple[Wish, ...]:
    """The wishes of the one place whose reports state most of them: where none is named, one is meant."""
    places = list(dict.fromkeys(place_of(item.report) for item in series.of_kind)) or [None]

    def count(place: str | None) -> int:
        return sum(bool(_fitting(replace(wish, place=place), series.annual)) for wish in wishes)

    best = max(places, key=count)
    return tuple(replace(wish, place=best) for wish in wishes)


def _fitting(wish: Wish, found: Sequence[Found]) -> list[Found]:
    return [
        item
        for item in found
        if place_of(item.report) == wish.place
        and (wish.report_year is None or item.report.year == wish.report_year)
        and (wish.period is None or item.period == wish.period)
    ]


def _pick(wish: Wish, asked: Asked, series: Gathered, taken: Sequence[Found]) -> list[Found]:
    """The figure for a wish, best first: what the question itself states, the result, the plan, another kind of number."""
    of_wish = [item for item in _fitting(wish, series.of_kind) if item not in taken]
    if stated := [item for item in of_wish if item.figure.value is not None and _worth(item) in asked.stated]:
        return stated
    annual = [item for item in _fitting(wish, series.annual) if item not in taken]
    year = wish.period.start.year if wish.period else (wish.report_year or 1) - 1
    plans = (
        [True] if asked.role is Role.PLAN else [False] if asked.role is Role.RESULT and wish.period else [False, True]
    )
    for is_plan in plans:
        of_year = year + 1 if is_plan and wish.report_year else year
        if found := fill(Slot(wish.place, Period.of_year(of_year), is_plan, wish.report_year), annual):
            return found
    if wish.report_year is not None and of_wish:
        return sorted(of_wish, key=lambda item: (item.is_plan, -item.fit, item.figure.start))
    others = [item for item in near_best(_fitting(wish, series.found)) if item.fit >= SURE and item not in taken]
    return [] if wish.period is None else [item for item in others if item.period == wish.period]


def _worth(item: Found) -> Decimal:
    """The value as a question states it: 71.9万人 is 719000."""
    figure = item.figure
    scale = next((power for word, power in SCALES if figure.unit.startswith(word)), Decimal(1))
    return (figure.value or Decimal(0)) * scale


SCALES = (("万亿", Decimal(10) ** 12), ("亿", Decimal(10) ** 8), ("万", Decimal(10) ** 4))


def _worded(question: Question, asked: Asked, made: Comparison, archive: Archive) -> Answer:
    """The rows in words, what is computed from two of them, and why nothing is."""
    stated = [row for row in made.rows if row.figure is not None and row.held is Held.STATED]
    figures = tuple(
        AnsweredFigure(row.figure, row.report, row.citation)
        for row in made.rows
        if row.figure is not None and row.report is not None and row.citation is not None
    )
    used = {item.citation for item in figures}
    english = question.language is Language.ENGLISH
    lines = [_line(row, made, archive, english=english) for row in made.rows]
    text = ("; " if english else "；").join(lines)
    computed: tuple[Computed, ...] = ()
    notes: list[str] = [note.text for note in made.notes if note.kind.value in {"masked", "renamed"}][:2]
    if len(made.rows) == 2 and len(stated) == 2:
        axis = Axis.PERIODS if made.rows[0].place == made.rows[1].place else Axis.PLACES
        names = [row.name for row in made.rows if row.name]
        change = change_between(made.rows, 0, 1, axis, same_names(archive, names))
        if change.difference is not None:
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


def _computed(change: Change) -> tuple[Computed, ...]:
    found = [Computed("difference", change.difference or Decimal(0), change.unit, (0, 1))]
    if change.percentage is not None:
        found.append(Computed("percentage", change.percentage, "%", (0, 1)))
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
    verb = ("多" if difference >= 0 else "少") if between else "增加" if difference >= 0 else "减少"
    if change.unit == "个百分点":
        verb = "高" if difference >= 0 else "低"
    return f"。计算：{two}比{one}{verb}{amount}{f'（{share}）' if share else ''}"


def _ranked(rows: Sequence[Row], *, english: bool) -> str:
    """The names from high to low."""
    several = len({row.place for row in rows}) > 1
    ordered = sorted(rows, key=lambda row: row.value or Decimal(0), reverse=True)
    names = [str(row.place) if several else row.period.label for row in ordered]
    return f". From high to low: {', '.join(names)}" if english else f"。从高到低：{'、'.join(names)}"
