"""A set of answers as a draft: each question under its heading, what was answered, and the sentence it stands in."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.drafting.compare import heading
from assistant.drafting.model import ArchiveState, Block, Draft, Paragraph, Run, Sheet, SheetValue, Source, Style
from assistant.drafting.series import digits
from assistant.drafting.sheets import citation_cells
from assistant.drafting.sources import LONGEST_QUOTE, Sources
from assistant.drafting.words import word
from assistant.grounding import numbers_in
from assistant.types import Answer, AnsweredFigure, Citation, Computed, Intent, Language, Status

HEADER_ZH = ("问题", "状态", "数值", "上限", "单位", "约数", "原文写法", "时期", "口径", "报告", "章节", "原句")
HEADER_EN = (
    "Question", "Status", "Value", "Upper end", "Unit", "Approximate", "As written", "Period", "Role", "Report",
    "Section", "Quote",
)  # fmt: skip
WIDTHS = (40, 12, 12, 12, 10, 8, 16, 14, 8, 30, 30, 60)


def answers_draft(answers: Sequence[Answer], sources: Sources, state: ArchiveState, language: Language) -> Draft:
    """The draft of answers, in the order of the questions."""
    blocks: list[Block] = [Paragraph(Style.BODY, (Run(word(language, "answers_opening")),))]
    for number, answer in enumerate(answers, start=1):
        blocks.append(heading(Style.HEADING_1, number, answer.question.standalone, language))
        blocks += [Paragraph(Style.BODY, tuple(runs)) for runs in _paragraphs(answer, sources)]
    if sources.left_out:
        blocks.append(Paragraph(Style.NOTE, (Run(word(language, "left_out")),)))
    sheet = Sheet(
        word(language, "rows"),
        HEADER_EN if language is Language.ENGLISH else HEADER_ZH,
        tuple(row for answer in answers for row in _rows(answer, sources)),
        WIDTHS,
    )
    return Draft(word(language, "answers_title"), language, tuple(blocks), (sheet,), state)


def _paragraphs(answer: Answer, sources: Sources) -> list[list[Run]]:
    """The answer and its notes, as far as their numbers have a source; else the quotes themselves."""
    if not answer.citations:
        return [_uncited(answer, sources)]
    calculations = _calculations(answer, sources)
    said = sources.cited_text(answer.text, answer.citations, calculations)
    if said is None:
        quotes = [run for citation in answer.citations for run in _quoted(citation, sources)]
        return [[Run(word(answer.question.language, "not_answered")), *quotes]]
    noted = {source.citation.number for run in said for source in run.sources}
    rest = [one for one in answer.citations if one.number not in noted and sources.is_verbatim(one)]
    end = "." if answer.question.language is Language.ENGLISH else "。"
    stop = Run("" if answer.text.endswith(("。", ".", "？", "！")) else end)
    if rest:
        behind = tuple(Source(one, one.quote[: LONGEST_QUOTE * 3].strip()) for one in rest)
        said = [*said[:-1], *_with_note(said[-1], behind)]
    notes = [sources.cited_text(note, answer.citations, calculations) for note in answer.notes]
    return [[*said, stop], *(note for note in notes if note is not None)]


def _with_note(last: Run, quotes: tuple[Source, ...]) -> list[Run]:
    """The last run of an answer with a note of the sentences that no number stands for."""
    if last.sources:
        return [last, Run("", quotes)]
    return [Run(last.text, quotes)] if not any(one.isdigit() for one in last.text) else [last, Run("", quotes)]


def _uncited(answer: Answer, sources: Sources) -> list[Run]:
    """An answer that quotes nothing: that nothing was found, or what was counted in the archive itself."""
    counted = answer.question.intent in {Intent.OVERVIEW, Intent.COVERAGE}
    note = Run("", calculation=word(answer.question.language, "counted_archive"))
    counts = dict.fromkeys(numbers_in(answer.text), note) if counted else {}
    runs = sources.cited_text(answer.text, (), counts)
    return runs or [Run(word(answer.question.language, "nothing_found"))]


def _quoted(citation: Citation, sources: Sources) -> list[Run]:
    return (
        (sources.cited_text(f"“{citation.quote.strip()}”", (citation,)) or []) if sources.is_verbatim(citation) else []
    )


def _calculations(answer: Answer, sources: Sources) -> dict[Decimal, Run]:
    """The computed values of an answer, each with its reckoning, as far as it adds up once more."""
    counts = {answer.searched.reports, len(answer.figures), len({one.report.place for one in answer.figures})}
    note = Run("", calculation=word(answer.question.language, "counted"))
    found = {Decimal(count): note for count in counts}
    for item in answer.computed:
        run = _reckoned(item, [answer.figures[at] for at in item.operands], answer, sources)
        if run is not None:
            found[item.value] = run
    return found


def _reckoned(item: Computed, operands: Sequence[AnsweredFigure], answer: Answer, sources: Sources) -> Run | None:
    by_number = {citation.number: citation for citation in answer.citations}
    cited = [sources.cited(one.figure.written, by_number.get(one.citation)) for one in operands]
    values = [one.figure.value * one.figure.scale for one in operands if one.figure.value is not None]
    if len(values) != len(operands) or not values or not all(cited):
        return None
    scale, written = operands[0].figure.scale, [one.figure.written for one in operands]
    if item.op == "sum" and sum(values) == item.value * scale:
        says = f"{'＋'.join(written)}＝{digits(item.value)}{item.unit}"
    elif item.op == "difference" and values[1] - values[0] == item.value * scale:
        says = f"{written[1]}－{written[0]}＝{digits(item.value)}{item.unit}"
    elif item.op == "percentage" and abs((values[1] - values[0]) / values[0] * 100 - item.value) <= Decimal("0.05"):
        says = f"（{written[1]}－{written[0]}）÷{written[0]}×100%≈{digits(item.value)}%"
    else:
        return None
    return Run(digits(item.value), tuple(source for run in cited if run for source in run.sources), says)


def _rows(answer: Answer, sources: Sources) -> list[tuple[SheetValue, ...]]:
    """A row for each figure whose source is verified; one row for an answer without figures."""
    english = answer.question.language is Language.ENGLISH
    question, by_number = answer.question.standalone, {one.number: one for one in answer.citations}
    rows: list[tuple[SheetValue, ...]] = []
    for item in answer.figures:
        figure, citation = item.figure, by_number.get(item.citation)
        period = figure.period or item.report.period
        about = (period.label if period else None, word(answer.question.language, figure.role.value))
        if figure.masked:
            rows.append((question, Status.MASKED.value, *[None] * 5, *about, *citation_cells(citation)))
        elif sources.cited(figure.written, citation) is not None:
            high = figure.high if figure.high != figure.low else None
            hedge = ("yes" if english else "是") if figure.approximate else None
            values = (figure.value, high, figure.unit or None, hedge, figure.written)
            rows.append((question, answer.status.value, *values, *about, *citation_cells(citation)))
    if not rows:
        cited = [one for one in answer.citations if sources.is_verbatim(one)]
        rows = [(question, answer.status.value, *[None] * 7, *citation_cells(one)) for one in cited]
    return rows or [(question, answer.status.value, *[None] * 10)]
