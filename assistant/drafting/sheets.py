"""The rows of a draft as sheets: numbers as numbers, their units, periods, reports and quotes in columns of their own."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.compare_notes import obstacle_words
from assistant.comparison import Change, Comparison, Held, Row
from assistant.drafting.model import Sheet, SheetValue
from assistant.drafting.series import citation_of
from assistant.drafting.sources import Sources
from assistant.drafting.words import word
from assistant.types import Citation, Language

ROWS_ZH = (
    "指标", "地区", "时期", "口径", "数值", "上限", "单位", "约数", "原文写法", "状态", "比上期增减", "增减单位",
    "增减幅度（％）", "说明", "报告中的名称", "报告", "章节", "原句",
)  # fmt: skip
ROWS_EN = (
    "Indicator", "Place", "Period", "Role", "Value", "Upper end", "Unit", "Approximate", "As written", "State", "Change",
    "Unit of change", "Change (%)", "Remark", "Name in the report", "Report", "Section", "Quote",
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
WIDTHS = (18, 12, 14, 8, 12, 12, 10, 8, 16, 10, 12, 10, 12, 22, 18, 30, 30, 60)
STATES = {
    Held.STATED: ("有", "stated"),
    Held.MASKED: ("原文已脱敏", "masked"),
    Held.MISSING: ("没有写到", "not stated"),
}
DISAGREES = ("各报告不一致", "reports disagree")
UNVERIFIED = ("出处未通过核对", "source not verified")


def comparison_sheets(comparisons: Sequence[Comparison], sources: Sources) -> tuple[Sheet, ...]:
    """The rows with what was set aside, the changes, and the notes of comparisons."""
    language = comparisons[0].language
    english = language is Language.ENGLISH
    rows = [
        _row(comparison, row, sources, comparison.change_into(number) if number < len(comparison.rows) else None)
        for comparison in comparisons
        for number, row in enumerate((*comparison.rows, *comparison.aside))
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


def _row(comparison: Comparison, row: Row, sources: Sources, change: Change | None) -> tuple[SheetValue, ...]:
    english = comparison.language is Language.ENGLISH
    citation = citation_of(comparison, row)
    held = row.held is Held.STATED and _is_verified(comparison, row, sources)
    state = STATES[row.held][english] if held or row.held is not Held.STATED else UNVERIFIED[english]
    low, high = (row.low, row.high if row.high != row.low else None) if held else (None, None)
    about = (comparison.subject, row.place, row.period.label, word(comparison.language, row.role.value))
    hedge = ("yes" if english else "是") if row.approximate else None
    written = row.written if held or row.held is not Held.STATED else None
    number = (low, high, row.unit or None, hedge, written or None, state)
    return (
        *about,
        *number,
        *_change_cells(comparison, row, change, sources),
        row.name or None,
        *citation_cells(citation),
    )


def _change_cells(
    comparison: Comparison, row: Row, change: Change | None, sources: Sources
) -> tuple[SheetValue, SheetValue, SheetValue, SheetValue]:
    """The change that ends in a row with its unit and percentage, and what must be said of the row."""
    english = comparison.language is Language.ENGLISH
    said = [DISAGREES[english]] if row.disagrees else []
    if change is None:
        return None, None, None, said[0] if said else None
    if change.obstacle is not None:
        said.append(obstacle_words(change.obstacle, comparison.language))
    remark = ("; " if english else "；").join(said) or None
    if change.difference is None or not all(
        _is_verified(comparison, one, sources) for one in comparison.of_change(change)
    ):
        return None, None, None, remark
    return change.difference, change.unit or None, change.percentage, remark


def _is_verified(comparison: Comparison, row: Row, sources: Sources) -> bool:
    return sources.cited(row.written, citation_of(comparison, row), unit=row.unit) is not None


def _changes(comparison: Comparison, sources: Sources) -> list[tuple[SheetValue, ...]]:
    found: list[tuple[SheetValue, ...]] = []
    for change in comparison.changes:
        rows = comparison.of_change(change)
        verified = all(_is_verified(comparison, row, sources) for row in rows)
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
