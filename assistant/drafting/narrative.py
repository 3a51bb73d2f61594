"""What rose and what fell, in sentences made by rules from the rows and changes of a comparison."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.comparison import Axis, Change, Comparison, Row
from assistant.drafting.model import Run
from assistant.drafting.series import POINT_UNITS, Numbers, Series, series_of
from assistant.drafting.words import word
from assistant.types import Language

EXTREMES_FROM = 3  # exact values, from which on the highest and the lowest are named
WHOLE = "全"  # 全省, 全市: the place itself
MOST_PLACES = 6  # compared one by one; of more places the highest and the lowest are named


def narrative(comparison: Comparison, numbers: Numbers) -> list[list[Run]]:
    """One list of runs a paragraph: of each series how it went, then how the places differ."""
    paragraphs = []
    one_by_one = len(comparison.places) <= MOST_PLACES
    for series in series_of(comparison):
        if not one_by_one and len({row.period for row in series.stated}) < 2:
            continue
        sentences = [
            *_course(series, numbers),
            *_turns(series),
            *_extremes(series, numbers),
        ]
        if sentences:
            paragraphs.append([run for sentence in sentences for run in sentence])
    if not comparison.stated:
        return [[Run(word(comparison.language, "nothing", subject=comparison.subject))]]
    return [*paragraphs, *_between_places(comparison, numbers)]


def _course(series: Series, numbers: Numbers) -> list[list[Run]]:
    """From the first period to the last: 由2014年的470万套增加到2016年的606万套，增加136万套，增长28.9%。"""
    comparison, stated = series.comparison, series.stated
    name = _name(series)
    english = comparison.language is Language.ENGLISH
    if not stated:
        return []
    change = _whole_change(series)
    if change is None or change.difference is None:
        return [_listed(series, numbers, change)]
    first, second = comparison.of_change(change)
    difference = numbers.difference(comparison, change, signed=False, unit=True)
    if difference is None:
        return [_listed(series, numbers, None)]
    if not change.difference:
        same = f" was the same in {first.period.label} and {second.period.label}: " if english else (
            f"{second.period.label}与{first.period.label}持平，均为"
        )  # fmt: skip
        return [[Run(f"{name}{same}"), numbers.stated(comparison, second), _stop(comparison)]]
    up = change.difference is not None and change.difference > 0
    runs = _from_to(name, comparison, (first, second), numbers, up=up, rate=change.unit in POINT_UNITS)
    percentage = numbers.percentage(comparison, change, signed=False)
    verb = ("rate_" if change.unit in POINT_UNITS else "") + ("rose" if up else "fell")
    runs += [Run(word(comparison.language, verb)), difference]
    if percentage is not None:
        share = word(comparison.language, "rose_share" if up else "fell_share")
        runs += [Run(f" ({share}"), percentage, Run(")")] if english else [Run(f"，{share}"), percentage]
    return [[*runs, _stop(comparison)]]


def _from_to(
    name: str, comparison: Comparison, rows: tuple[Row, Row], numbers: Numbers, *, up: bool, rate: bool
) -> list[Run]:
    first, second = rows
    one, two = numbers.stated(comparison, first), numbers.stated(comparison, second)
    if comparison.language is Language.ENGLISH:
        verb = "rose" if up else "fell"
        return [
            Run(f"{name} {verb} from "),
            one,
            Run(f" ({first.period.label}) to "),
            two,
            Run(f" ({second.period.label}), "),
        ]
    verb = ("提高到" if up else "回落到") if rate else ("增加到" if up else "减少到")
    return [Run(f"{name}由{first.period.label}的"), one, Run(f"{verb}{second.period.label}的"), two, Run("，")]


def _whole_change(series: Series) -> Change | None:
    """The change from the first stated row of the series to the last, computed or not."""
    comparison = series.comparison
    index = {id(row): at for at, row in enumerate(comparison.rows)}
    ends = (index[id(series.stated[0])], index[id(series.stated[-1])])
    whole = [change for change in comparison.changes if (change.first, change.second) == ends]
    return next((change for change in whole if change.axis in {Axis.ENDS, Axis.PERIODS}), None)


def _listed(series: Series, numbers: Numbers, change: Change | None) -> list[Run]:
    """The first and the last period's figures without a change between them, and why there is none where it is known."""
    comparison, stated = series.comparison, series.stated
    english = comparison.language is Language.ENGLISH
    periods = list(dict.fromkeys((stated[0].period, stated[-1].period)))
    runs = [Run(f"{_name(series)}: " if english else _name(series))]
    for number, period in enumerate(periods):
        rows = [row for row in series.at(period) if row in stated]
        lead = ("; " if english else "，") if number else ""
        runs.append(Run(f"{lead}{period.label} " if english else f"{lead}{period.label}为"))
        for at, row in enumerate(rows):
            runs += [Run(", another report: " if english else "（另有报告写")] if at else []
            runs += [numbers.stated(comparison, row), *([Run("）")] if at and not english else [])]
    if change is not None and change.obstacle is not None and len(periods) > 1:
        why = word(comparison.language, f"obstacle_{change.obstacle.value}")
        runs.append(Run(f"; not subtracted: {why}" if english else f"；{why}，不作增减计算"))
    return [*runs, _stop(comparison)]


def _turns(series: Series) -> list[list[Run]]:
    """In which periods it rose, fell or stayed, beside the period stated before."""
    comparison = series.comparison
    steps = [change for change in comparison.changes if _is_step(change, series)]
    if len(steps) < 2:
        return []
    rate = any(change.unit in POINT_UNITS for change in steps)
    groups: list[tuple[str, str, list[Change]]] = [
        ("提高" if rate else "增加", "up in", [one for one in steps if (one.difference or 0) > 0]),
        ("回落" if rate else "减少", "down in", [one for one in steps if (one.difference or 0) < 0]),
        ("持平", "level in", [one for one in steps if one.difference == 0]),
    ]
    english = comparison.language is Language.ENGLISH
    parts = []
    for chinese, said, changes in groups:
        years = [comparison.rows[change.second].period.label for change in changes]
        if years:
            parts.append(f"{said} {', '.join(years)}" if english else f"{chinese}的有{'、'.join(years)}")
    text = (
        f"Beside the period stated before it was {'; '.join(parts)}. "
        if english
        else f"与上一个有数的时期相比，{'；'.join(parts)}。"
    )
    return [[Run(text)]]


def _is_step(change: Change, series: Series) -> bool:
    if change.axis is not Axis.PERIODS or change.difference is None:
        return False
    first, second = series.comparison.of_change(change)
    return any(row is first for row in series.rows) and any(row is second for row in series.rows)


def _extremes(series: Series, numbers: Numbers) -> list[list[Run]]:
    """The highest and the lowest value, where all that is stated is exact and of one unit and scope."""
    stated = series.stated
    comparison = series.comparison
    if len(stated) < EXTREMES_FROM or not all(row.is_exact and row.unit == stated[0].unit for row in stated):
        return []
    if any(row.disagrees for row in stated) or not _alike(stated):
        return []
    found = _highest_and_lowest(stated, [row.period.label for row in stated], comparison, numbers)
    return [found] if found else []


def _alike(rows: Sequence[Row], *, whole_places: bool = False) -> bool:
    """Whether the figures are of one scope, basis and measure; 全省 and 全市 are one scope beside other places."""
    figures = [row.figure for row in rows if row.figure is not None]
    scopes = {None if whole_places and (one.scope or "").startswith(WHOLE) else one.scope for one in figures}
    return len(scopes) == 1 and len({(one.basis, one.measure) for one in figures}) == 1


def _highest_and_lowest(
    rows: Sequence[Row], labels: Sequence[str], comparison: Comparison, numbers: Numbers
) -> list[Run]:
    values = [row.value or Decimal(0) for row in rows]
    highest, lowest = max(values), min(values)
    if highest == lowest:
        return []
    english = comparison.language is Language.ENGLISH
    runs: list[Run] = []
    for value, said, chinese in ((highest, "The highest was ", "最高为"), (lowest, "the lowest ", "最低为")):
        chosen = [row for row in rows if row.value == value]
        named = [label for row, label in zip(rows, labels, strict=True) if row.value == value]
        number = numbers.stated(comparison, chosen[0])
        runs += (
            [Run(said), number, Run(f" ({', '.join(named)})")]
            if english
            else [Run(f"{chinese}{'、'.join(named)}的"), number]
        )
        runs.append(Run(", " if english else "，"))
    return [*runs[:-1], _stop(comparison)]


def _between_places(comparison: Comparison, numbers: Numbers) -> list[list[Run]]:
    """How the places differ, period by period."""
    changes = [change for change in comparison.changes if change.axis is Axis.PLACES and change.difference is not None]
    if len(comparison.places) > MOST_PLACES:
        return _many_places(comparison, numbers)
    paragraphs = []
    for change in changes:
        first, second = comparison.of_change(change)
        difference = numbers.difference(comparison, change, signed=False, unit=True)
        if difference is not None and change.difference:
            paragraphs.append(_two_places(comparison, (first, second), change, difference, numbers))
    return paragraphs


def _two_places(
    comparison: Comparison, rows: tuple[Row, Row], change: Change, difference: Run, numbers: Numbers
) -> list[Run]:
    first, second = rows
    up = (change.difference or 0) > 0
    percentage = numbers.percentage(comparison, change, signed=False)
    english = comparison.language is Language.ENGLISH
    plan = (" (planned)" if english else "计划") if first.is_plan else ""
    one, two = f"{first.place or ''}{plan}", f"{second.place or ''}{plan}"
    values = (numbers.stated(comparison, first), numbers.stated(comparison, second))
    if comparison.language is Language.ENGLISH:
        runs = [Run(f"{second.period.label}: {one} "), values[0], Run(f", {two} "), values[1]]
        runs += [Run(f"; {two} is "), difference, Run(" higher" if up else " lower")]
        return [*runs, *([Run(" ("), percentage, Run(")")] if percentage else []), Run(". ")]
    runs = [Run(f"{second.period.label}，{one}为"), values[0], Run(f"，{two}为"), values[1]]
    verb = ("高" if up else "低") if change.unit in POINT_UNITS else ("多" if up else "少")
    runs += [Run(f"，{two}比{one}{verb}"), difference]
    return [*runs, *([Run("，相差幅度为"), percentage] if percentage else []), Run("。")]


def _many_places(comparison: Comparison, numbers: Numbers) -> list[list[Run]]:
    paragraphs = []
    for period in dict.fromkeys(row.period for row in comparison.rows):
        rows = [row for row in comparison.stated if row.period == period and not row.is_plan and row.is_exact]
        if len(rows) < EXTREMES_FROM or len({row.unit for row in rows}) > 1 or not _alike(rows, whole_places=True):
            continue
        runs = _highest_and_lowest(rows, [row.place or "" for row in rows], comparison, numbers)
        if runs:
            lead = (
                f"{period.label}: "
                if comparison.language is Language.ENGLISH
                else f"{period.label}，写明确数的地区中，"
            )
            paragraphs.append([Run(lead), *runs])
    return paragraphs


def _name(series: Series) -> str:
    comparison = series.comparison
    place = series.place if series.place and len(comparison.places) > 1 else ""
    if comparison.language is Language.ENGLISH:
        return f"{comparison.subject}{f' in {place}' if place else ''}{' (planned)' if series.planned else ''}"
    return f"{place}{comparison.subject}{'计划数' if series.planned else ''}"


def _stop(comparison: Comparison) -> Run:
    return Run(". " if comparison.language is Language.ENGLISH else "。")
