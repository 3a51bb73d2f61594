"""A comparison as a table of cells and as JSON."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from assistant.compare_notes import obstacle_words, period_name
from assistant.comparison import Axis, Change, Comparison, Held, Obstacle, Row
from assistant.types import Language
from assistant.wording import decimal_words
from ui.text import say

HEADINGS = ("place", "period", "role", "written", "value", "difference", "percentage", "remark", "citation")


def headings(made: Comparison) -> list[str]:
    """The headings of `table_row`."""
    return [say(made.language, f"compare_{key}") for key in HEADINGS]


def stated_words(row: Row, language: Language) -> str:
    """The figure as written, the correction before it where there is one; or that it is masked or missing."""
    if row.held is not Held.STATED:
        return say(language, f"compare_{row.held.value}")
    if row.correction is None:
        return row.written
    return say(language, "compare_corrected", value=row.correction.value, written=row.written)


def table_row(made: Comparison, number: int) -> list[str]:
    """The cells of one row: as written, in the common unit, with its change from the row before."""
    row, change = made.rows[number], made.change_into(number)
    return [
        row.place or "",
        period_name(row, made.language),
        say(made.language, f"compare_{row.role.value}"),
        stated_words(row, made.language),
        value_words(row),
        signed(change.difference, change.unit) if change else "",
        signed(change.percentage, "%") if change else "",
        remark(made, row, change),
        "" if row.citation is None else f"[{row.citation}]",
    ]


def value_words(row: Row) -> str:
    """The figure in the common unit: 600—, 6.5—7, ≤5.5; empty for a gap."""
    if row.held is not Held.STATED or row.value is None:
        return ""
    if row.low is None or row.high is None:
        return f"{'≥' if row.high is None else '≤'}{decimal_words(row.value)}{row.unit}"
    if row.low != row.high:
        return f"{decimal_words(row.low)}—{decimal_words(row.high)}{row.unit}"
    return f"{'≈' if row.approximate else ''}{decimal_words(row.low)}{row.unit}"


def signed(value: Decimal | None, unit: str) -> str:
    """+19, −27.3%, 0; empty for none."""
    if value is None:
        return ""
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{decimal_words(abs(value))}{unit}"


def remark(made: Comparison, row: Row, change: Change | None) -> str:
    """What must be said of a row: hedged, disagreeing, why no change is computed."""
    said = []
    if row.disagrees:
        said.append(say(made.language, "compare_disagrees"))
    if row.held is Held.STATED and row.approximate:
        said.append(say(made.language, "compare_approximate"))
    bound_said = change is not None and change.obstacle is Obstacle.BOUND
    if row.held is Held.STATED and row.low != row.high and not bound_said:
        said.append(say(made.language, "compare_bound"))
    if change is not None and change.obstacle is not None:
        said.append(obstacle_words(change.obstacle, made.language))
    if change is not None and change.difference is not None and _skips(made, change):
        said.append(say(made.language, "compare_since", period=period_name(made.rows[change.first], made.language)))
    return ("；" if made.language.value == "zh" else "; ").join(said)


def _skips(made: Comparison, change: Change) -> bool:
    """Whether a period without a figure lies between the two that are compared."""
    if change.axis is not Axis.PERIODS:
        return False
    first = made.rows[change.first]
    between = made.rows[change.first + 1 : change.second]
    return any(row.held is not Held.STATED and (row.place, row.role) == (first.place, first.role) for row in between)


def title_of(made: Comparison) -> str:
    """The subject with the unit of the rows."""
    return say(
        made.language, "compare_title" if made.unit else "compare_title_bare", subject=made.subject, unit=made.unit
    )


def source_lines(made: Comparison) -> list[str]:
    """The citations, one a line: number, report, section, sentence."""
    return [
        f"[{one.number}] {one.report.title or one.report.file_name} › {' › '.join(one.section)}：{' '.join(one.quote.split())}"
        for one in made.citations
    ]


def ends_lines(made: Comparison) -> list[str]:
    """From the first period to the last of each place and role, where it can be computed."""
    lines = []
    for change in made.changes:
        if change.axis is Axis.ENDS and change.difference is not None:
            first, last = made.of_change(change)
            words = signed(change.difference, change.unit)
            words += f"（{signed(change.percentage, '%')}）" if change.percentage is not None else ""
            names = {"first": period_name(first, made.language), "last": period_name(last, made.language)}
            place = f"{first.place} " if len(made.places) > 1 else ""
            role = say(made.language, f"compare_{first.role.value}")
            lines.append(f"{place}{role} " + say(made.language, "compare_ends", change=words, **names))
    return lines


def state_line(made: Comparison) -> str:
    """From which state of the archive it was made."""
    return say(made.language, "compare_state", number=made.log_number, reports=made.searched.reports)


def comparison_json(made: Comparison) -> dict[str, Any]:
    """The comparison as plain JSON values; decimals are strings."""
    return {
        "subject": made.subject,
        "unit": made.unit,
        "rows": [_row(row) for row in made.rows],
        "changes": [
            {
                "axis": change.axis.value,
                "from": change.first,
                "to": change.second,
                "difference": _text(change.difference),
                "unit": change.unit,
                "percentage": _text(change.percentage),
                "obstacle": change.obstacle and change.obstacle.value,
            }
            for change in made.changes
        ],
        "aside": [_row(row) for row in made.aside],
        "names": list(made.names),
        "notes": [{"kind": note.kind.value, "text": note.text} for note in made.notes],
        "citations": [
            {
                "number": one.number,
                "report": one.report.file_name,
                "report_id": one.report.id,
                "section": " › ".join(one.section),
                "quote": one.quote,
                "start": one.start,
                "end": one.end,
            }
            for one in made.citations
        ],
        "suggestions": list(made.suggestions),
        "searched": {"reports": made.searched.reports, "years": list(made.searched.years)},
        "log_number": made.log_number,
    }


def _row(row: Row) -> dict[str, Any]:
    return {
        "place": row.place,
        "period": [row.period.start.isoformat(), row.period.end.isoformat()],
        "label": row.period.label,
        "role": row.role.value,
        "held": row.held.value,
        "written": row.written,
        "corrected": None if row.correction is None else row.correction.value,
        "name": row.name,
        "low": _text(row.low),
        "high": _text(row.high),
        "unit": row.unit,
        "approximate": row.approximate,
        "disagrees": row.disagrees,
        "report": row.report.file_name if row.report else None,
        "citation": row.citation,
    }


def _text(value: Decimal | None) -> str | None:
    return None if value is None else format(value.normalize() if value == value.to_integral() else value, "f")
