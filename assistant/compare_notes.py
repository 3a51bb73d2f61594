"""What must be said beside the rows of a comparison: conflicts, masks, gaps, hedges, names, units, what is not computed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from assistant.comparison import Axis, Comparison, Held, Note, NoteKind, Obstacle, Row
from assistant.corrected import correction_words
from assistant.english import english_period
from assistant.types import Language
from assistant.wording import decimal_words
from indexer.types import ReportInfo

OBSTACLES = {
    Obstacle.ROLE: ("计划与结果", "a plan and a result"),
    Obstacle.UNIT: ("单位不同", "the units differ"),
    Obstacle.MEASURE: ("总量与增幅、占比", "an amount beside a growth or a share"),
    Obstacle.SCOPE: ("范围不同", "they are of different extent"),
    Obstacle.BASIS: ("累计数与当期数", "a cumulative figure beside one of its period"),
    Obstacle.PERIOD: ("时间长短不同", "they cover different stretches of time"),
    Obstacle.BOUND: ("原文只给出范围", "the source gives only a bound or a range"),
    Obstacle.APPROXIMATE: ("原文是约数", "the source gives an approximate number"),
    Obstacle.SUBJECT: ("名称所指的指标不同", "they go by names of different indicators"),
    Obstacle.CORRECTED: ("其中有的数已更正", "one of them has been corrected"),
    Obstacle.DISAGREEMENT: ("各报告的数不一致", "the reports disagree"),
}
NOT_COMPUTED = ("{pairs}不相减：{why}。", "No difference is computed for {pairs}: {why}.")
LISTED = 8  # of like things in one note
FEW_PAIRS = 3  # of plans, named one by one


def notes_of(made: Comparison, reports: Sequence[ReportInfo]) -> tuple[Note, ...]:
    """The notes of a comparison, in its language, the gravest first."""
    return (
        *_corrected(made),
        *_conflicts(made),
        *_masked(made),
        *_obstacles(made),
        *_roles(made),
        *_units(made),
        *_hedged(made),
        *_renamed(made),
        *_missing(made, reports),
        *_aside(made),
    )


def obstacle_words(obstacle: Obstacle, language: Language) -> str:
    """Why two figures are not subtracted, as a clause."""
    return OBSTACLES[obstacle][language is Language.ENGLISH]


def period_name(row: Row, language: Language) -> str:
    """The period of a row as a reader of the language writes it."""
    return english_period(row.period) if language is Language.ENGLISH else row.period.label


def row_name(made: Comparison, row: Row) -> str:
    """What tells a row from the others: its place where there are several, and its period."""
    period = period_name(row, made.language)
    glue = " " if made.language is Language.ENGLISH else ""
    return f"{row.place}{glue}{period}" if len(made.places) > 1 and row.place else period


def _named(made: Comparison, row: Row) -> str:
    glue = " " if made.language is Language.ENGLISH else ""
    return f"{row_name(made, row)}{glue}{row.written}"


def _say(made: Comparison, chinese: str, english: str, **words: object) -> str:
    return (english if made.language is Language.ENGLISH else chinese).format(**words)


def _join(made: Comparison, words: Iterable[str]) -> str:
    listed = list(dict.fromkeys(words))
    more = len(listed) - LISTED
    glue = ", " if made.language is Language.ENGLISH else "、"
    return glue.join(listed[:LISTED]) + ((" …" if made.language is Language.ENGLISH else "等") if more > 0 else "")


def _corrected(made: Comparison) -> Iterator[Note]:
    """What holds instead of the number of a row: 2023年已更正，以1860个为准（报告原文为1680个；理由：统计口径）。"""
    for row in made.rows:
        if row.correction is not None and row.figure is not None:
            words = correction_words(row.correction, row.figure, made.language)
            glue = ": " if made.language is Language.ENGLISH else ""
            yield Note(NoteKind.CORRECTED, f"{row_name(made, row)}{glue}{words}")


def _conflicts(made: Comparison) -> Iterator[Note]:
    of_disagreement = [row for row in made.rows if row.disagrees]
    for _, group in groupby(of_disagreement, key=lambda row: (row.place, row.period, row.is_plan)):
        rows = list(group)
        said = _join(made, (f"《{_title(row)}》{row.written}" for row in rows))
        name = row_name(made, rows[0])
        text = _say(
            made, "{name}各报告不一致：{said}。", "The reports disagree on {name}: {said}.", name=name, said=said
        )
        yield Note(NoteKind.CONFLICT, text)


def _masked(made: Comparison) -> Iterator[Note]:
    names = [row_name(made, row) for row in made.rows if row.held is Held.MASKED]
    if names:
        text = _say(made, "{names}原文已脱敏（*）。", "Masked (*) in the source: {names}.", names=_join(made, names))
        yield Note(NoteKind.MASKED, text)


def _obstacles(made: Comparison) -> Iterator[Note]:
    pairs: dict[tuple[Obstacle, bool], list[str]] = {}
    for change in made.changes:
        if change.obstacle is not None and change.axis is not Axis.ENDS:
            one, two = made.of_change(change)
            glue = " / " if made.language is Language.ENGLISH else "与"
            plans = one.is_plan and two.is_plan and any(not row.is_plan for row in made.stated)
            pairs.setdefault((change.obstacle, plans), []).append(f"{row_name(made, one)}{glue}{row_name(made, two)}")
    for (obstacle, plans), names in pairs.items():
        why = obstacle_words(obstacle, made.language)
        yield Note(NoteKind.OBSTACLE, _say(made, *NOT_COMPUTED, pairs=_of_plans(made, names, plans=plans), why=why))


def _of_plans(made: Comparison, names: Sequence[str], *, plans: bool) -> str:
    """The pairs that are not subtracted; where they are the plans beside results, said to be so, many of them shortly."""
    if not plans:
        return _join(made, names)
    if len(names) > FEW_PAIRS:
        return _say(made, "各年计划数", "the plans of the years")
    return _say(made, "计划数{names}", "the plans of {names}", names=_join(made, names))


def _roles(made: Comparison) -> Iterator[Note]:
    if any(row.is_plan for row in made.stated) and any(not row.is_plan for row in made.rows):
        text = _say(
            made, "计划数与完成数分列，不混算。", "Plans and results stand in rows of their own and are never mixed."
        )
        yield Note(NoteKind.ROLE, text)


def _units(made: Comparison) -> Iterator[Note]:
    converted = [row for row in made.stated if row.figure is not None and row.unit == made.unit != row.figure.unit]
    if converted and made.unit != "%":
        said = _join(
            made, (f"{row.written}＝{decimal_words(row.value)}{row.unit}" for row in converted if row.value is not None)
        )
        text = _say(made, "统一为{unit}：{said}。", "Converted to {unit}: {said}.", unit=made.unit, said=said)
        yield Note(NoteKind.UNIT, text)


def _hedged(made: Comparison) -> Iterator[Note]:
    hedged = [_named(made, row) for row in made.stated if not row.is_exact]
    if hedged:
        text = _say(
            made,
            "原文为约数或范围：{said}。",
            "Approximate, or a bound, in the source: {said}.",
            said=_join(made, hedged),
        )
        yield Note(NoteKind.HEDGED, text)


def _renamed(made: Comparison) -> Iterator[Note]:
    if len(made.names) > 1:
        said = _join(made, (f"“{name}”" for name in made.names))
        text = _say(made, "各处叫法不同：{said}。", "The reports name it differently: {said}.", said=said)
        yield Note(NoteKind.RENAMED, text)


def _missing(made: Comparison, reports: Sequence[ReportInfo]) -> Iterator[Note]:
    reviewed = {year for report in reports if report.period for year in report.period.years}
    stated = {(row.place, row.period) for row in made.rows if row.held is not Held.MISSING}
    gaps = [row for row in made.rows if row.held is Held.MISSING and (row.place, row.period) not in stated]
    unheld = [row_name(made, row) for row in gaps if row.period.end.year not in reviewed]
    silent = [row_name(made, row) for row in gaps if row.period.end.year in reviewed]
    if silent:
        text = _say(
            made, "{names}报告没有写到。", "The reports do not state it for {names}.", names=_ranges(made, silent)
        )
        yield Note(NoteKind.MISSING, text)
    if unheld:
        text = _say(
            made, "档案中没有{names}的报告。", "The archive holds no report on {names}.", names=_ranges(made, unheld)
        )
        yield Note(NoteKind.MISSING, text)


def _ranges(made: Comparison, names: Sequence[str]) -> str:
    """The names, years that follow one another drawn together: 2004—2008年."""
    glue = ", " if made.language is Language.ENGLISH else "、"
    runs: list[list[int]] = []
    others: list[str] = []
    for name in names:
        bare = name.removesuffix("年")
        if not bare.isdecimal():
            others.append(name)
        elif runs and int(bare) == runs[-1][1] + 1:
            runs[-1][1] = int(bare)
        else:
            runs.append([int(bare)] * 2)
    dash, end = ("–", "") if made.language is Language.ENGLISH else ("—", "年")
    shown = [f"{first}{end}" if first == last else f"{first}{dash}{last}{end}" for first, last in runs]
    return glue.join([*shown, *others[: LISTED * 4]])


def _aside(made: Comparison) -> Iterator[Note]:
    if made.aside:
        rows = made.aside
        said = _join(made, (_named(made, row) for row in rows))
        text = _say(
            made,
            "多年合计、年均等不列入各年：{said}。",
            "Kept out of the yearly rows, being of several years or an average: {said}.",
            said=said,
        )
        yield Note(NoteKind.ASIDE, text)


def _title(row: Row) -> str:
    return (row.report.title or row.report.file_name) if row.report else ""
