"""The rows of a draft as sheets: numbers as numbers, their units, periods, reports and quotes in columns of their own."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.comparison import Comparison, Held, Row
from assistant.drafting.model import Sheet, SheetValue
from assistant.drafting.series import citation_of
from assistant.drafting.sources import Sources
from assistant.drafting.words import word
from assistant.types import Citation, Language

ROWS_ZH = (
    "指标", "地区", "时期", "口径", "数值", "上限", "单位", "约数", "原文写法", "状态", "报告", "章节", "原句",
)  # fmt: skip
ROWS_EN = (
    "Indicator", "Place", "Period", "Role", "Value", "Upper end", "Unit", "Approximate", "As written", "State",
    "Report", "Section", "Quote",
)  # fmt: skip
CHANGES_ZH = (
    "指标",
    "地区",
    "从",
    "到",
    "起始值",
    "终了值",
    "单位",
    "增减",
    "增减单位",
    "增减幅度（％）",
    "未计算原因",
)
CHANGES_EN = (
    "Indicator", "Place", "From", "To", "First value", "Second value", "Unit", "Change", "Unit of change", "Change (%)",
    "Not computed because of",
)  # fmt: skip
WIDTHS = (18, 12, 14, 8, 12, 12, 10, 8, 16, 10, 30, 30, 60)
STATES = {
    Held.STATED: ("有", "stated"),
    Held.MASKED: ("原文已脱敏", "masked"),
    Held.MISSING: ("没有写到", "not stated"),
}
UNVERIFIED = ("出处未通过核对", "source not verified")


def comparison_sheets(comparisons: Sequence[Comparison], sources: Sources) -> tuple[Sheet, ...]:
    """The rows with what was set aside, the changes, and the notes of comparisons."""
    language = comparisons[0].language
    english = language is Language.ENGLISH
    rows = [
        _row(comparison, row, sources) for comparison in comparisons for row in (*comparison.rows, *comparison.aside)
    ]
    changes = [line for comparison in comparisons for line in _changes(comparison, sources)]
    notes = [(comparison.subject, note.text) for comparison in comparisons for note in comparison.notes]
    sheets = [Sheet(word(language, "rows"), ROWS_EN if english else ROWS_ZH, tuple(rows), WIDTHS)]
    if changes:
        of_changes = CHANGES_EN if english else CHANGES_ZH
        sheets.append(Sheet(word(language, "changes"), of_changes, tuple(changes), (18, 12, 14, 14, *[12] * 6, 16)))
    if notes:
        of_notes = (word(language, "subject"), word(language, "notes"))
        sheets.append(Sheet(word(language, "notes"), of_notes, tuple(notes), (18, 100)))
    return tuple(sheets)


def state_sheet(language: Language, text: str) -> Sheet:
    """The sheet that says from which archive the workbook was made."""
    return Sheet(word(language, "archive"), (word(language, "archive"),), ((text,),), (100,))


def citation_cells(citation: Citation | None) -> tuple[SheetValue, ...]:
    """Report, section and quote; empty without a citation."""
    if citation is None:
        return None, None, None
    return citation.report.title or citation.report.file_name, " › ".join(citation.section), citation.quote


def _row(comparison: Comparison, row: Row, sources: Sources) -> tuple[SheetValue, ...]:
    english = comparison.language is Language.ENGLISH
    citation = citation_of(comparison, row)
    held = row.held is Held.STATED and sources.cited(row.written, citation, unit=row.unit) is not None
    state = STATES[row.held][english] if held or row.held is not Held.STATED else UNVERIFIED[english]
    low, high = (row.low, row.high if row.high != row.low else None) if held else (None, None)
    about = (comparison.subject, row.place, row.period.label, word(comparison.language, row.role.value))
    hedge = ("yes" if english else "是") if row.approximate else None
    written = row.written if held or row.held is not Held.STATED else None
    return (*about, low, high, row.unit or None, hedge, written or None, state, *citation_cells(citation))


def _changes(comparison: Comparison, sources: Sources) -> list[tuple[SheetValue, ...]]:
    found: list[tuple[SheetValue, ...]] = []
    for change in comparison.changes:
        rows = comparison.of_change(change)
        verified = all(sources.cited(row.written, citation_of(comparison, row), unit=row.unit) for row in rows)
        computed = change.difference is not None and verified
        where = " → ".join(dict.fromkeys(row.place or "" for row in rows))
        values = [row.value if verified else None for row in rows]
        found.append(
            (
                comparison.subject,
                where or None,
                *(row.period.label for row in rows),
                *values,
                rows[1].unit or None,
                change.difference if computed else None,
                change.unit if computed else None,
                change.percentage if computed else None,
                change.obstacle.value if change.obstacle else None,
            )
        )
    return found
