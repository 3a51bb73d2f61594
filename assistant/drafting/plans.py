"""Reviews of plans as a draft: what was planned beside what was done, each with its sentence, and the degree reached."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.drafting.compare import heading
from assistant.drafting.model import (
    ArchiveState,
    Block,
    Cell,
    Column,
    Draft,
    Paragraph,
    Run,
    Sheet,
    SheetValue,
    Source,
    Style,
    Table,
)
from assistant.drafting.series import digits
from assistant.drafting.sheets import citation_cells
from assistant.drafting.sources import Sources, quote_of
from assistant.drafting.words import word
from assistant.fulfilment import Verdict
from assistant.plan_words import label_of, shortened
from assistant.plans import Outcome, PlanReview
from assistant.types import Citation, Language

GAP = "—"
HEADER_ZH = (
    "计划年度",
    "计划",
    "结果",
    "完成程度（％）",
    "与计划之差",
    "单位",
    "计划出自",
    "章节",
    "原句",
    "完成情况出自",
    "章节",
    "原句",
)
HEADER_EN = (
    "Planned for", "Plan", "Verdict", "Degree (%)", "Gap", "Unit", "Plan from", "Section", "Quote", "Result from",
    "Section", "Quote",
)  # fmt: skip


def plans_draft(reviews: Sequence[PlanReview], sources: Sources, state: ArchiveState, language: Language) -> Draft:
    """The draft of one review or several, each with its table."""
    title = _title(reviews, language)
    blocks: list[Block] = [Paragraph(Style.BODY, (Run(word(language, "plans_opening_all")),))]
    for number, review in enumerate(reviews, start=1):
        pair = review.pair
        name = pair.planning.title or pair.planning.file_name
        blocks.append(heading(Style.HEADING_1, number, word(language, "plans_of", title=name), language))
        blocks += [Paragraph(Style.BODY, tuple(_counts(review, language))), _table(review, number, sources, language)]
    if sources.left_out:
        blocks.append(Paragraph(Style.NOTE, (Run(word(language, "left_out")),)))
    rows = tuple(_row(review, outcome, sources) for review in reviews for outcome in review.outcomes)
    header = HEADER_EN if language is Language.ENGLISH else HEADER_ZH
    widths = (10, 40, 12, 12, 12, 10, 30, 30, 60, 30, 30, 60)
    return Draft(title, language, tuple(blocks), (Sheet(word(language, "rows"), header, rows, widths),), state)


def _title(reviews: Sequence[PlanReview], language: Language) -> str:
    years = sorted({review.pair.year for review in reviews})
    places = list(dict.fromkeys(review.pair.planning.place or "" for review in reviews))
    span = f"{years[0]}年" if len(years) == 1 else f"{years[0]}—{years[-1]}年"
    if language is Language.ENGLISH:
        return word(language, "plans_title", span=f"{years[0]}" if len(years) == 1 else f"{years[0]}–{years[-1]}")
    return word(language, "plans_title", span=span, place=places[0] if len(places) == 1 else "")


def _counts(review: PlanReview, language: Language) -> list[Run]:
    """How many commitments ended in each verdict, counted in the table."""
    english = language is Language.ENGLISH
    parts = [
        f"{label_of(verdict, language)} {count}" if english else f"{label_of(verdict, language)}{count}项"
        for verdict, count in review.counts.items()
        if count
    ]
    total = len(review.outcomes)
    text = f"Commitments: {total}; {', '.join(parts)}" if english else f"计划共{total}项，其中{'、'.join(parts)}"
    return [Run(text, calculation=word(language, "counted_table")), Run("." if english else "。")]


def _table(review: PlanReview, number: int, sources: Sources, language: Language) -> Table:
    name = word(language, "table", number=number)
    columns = (
        Column(word(language, "plan_column"), width=5),
        Column(word(language, "done_column"), width=7),
        Column(word(language, "verdict_column"), width=2),
        Column(word(language, "degree_column"), right=True, width=2),
    )
    rows = tuple(_cells(outcome, sources, language) for outcome in review.outcomes)
    told = word(language, "plans_caption", year=review.pair.year)
    return Table(name, word(language, "caption", table=name, name=told), columns, rows)


def _cells(outcome: Outcome, sources: Sources, language: Language) -> tuple[Cell, ...]:
    planned, result = outcome.commitment.planned, outcome.result
    plan = _quoted(
        shortened(outcome.commitment.text), planned.figure.written if planned else None, outcome.planned, sources
    )
    written = result.figure.written if result is not None else None
    done = _quoted("", written, outcome.done, sources) if outcome.done is not None else Run(GAP)
    unchecked = Run(word(language, "unchecked"))
    verdict = Run(label_of(outcome.verdict, language))
    return tuple(
        Cell((run,)) for run in (plan or unchecked, done or unchecked, verdict, _degree(outcome, plan, done, sources))
    )


def _quoted(text: str, written: str | None, citation: Citation, sources: Sources) -> Run | None:
    """The clause of a citation that holds the figure, or its beginning, as one run whose note quotes it."""
    if not sources.is_verbatim(citation):
        sources.left_out += 1
        return None
    said = text if text and text in citation.quote else ""
    if not said and written:
        said = quote_of(citation.quote, written) or ""
    said = said or shortened(citation.quote)
    return Run(" ".join(said.split()), (Source(citation, said),))


def _degree(outcome: Outcome, planned_run: Run | None, done_run: Run | None, sources: Sources) -> Run:
    """The degree of fulfilment, or the gap, with its reckoning from both figures; checked once more."""
    told, planned, result = outcome.fulfilled, outcome.commitment.planned, outcome.result
    if told is None or planned is None or result is None or outcome.done is None:
        return Run(GAP)
    plan, done = planned.figure, result.figure
    cited = [sources.cited(plan.written, outcome.planned), sources.cited(done.written, outcome.done)]
    if plan.value is None or done.value is None or not all(cited):
        return Run(GAP)
    shown = [
        run if run and any(figure.written in source.quote for source in run.sources) else other
        for run, other, figure in zip((planned_run, done_run), cited, (plan, done), strict=True)
    ]
    both = tuple(source for run in shown if run for source in run.sources)
    reached, wanted = done.value * done.scale, plan.value * plan.scale
    if told.degree is not None and wanted and abs(reached / wanted * 100 - told.degree) <= Decimal("0.05"):
        return Run(f"{digits(told.degree)}%", both, f"{done.written}÷{plan.written}×100%≈{digits(told.degree)}%")
    if told.gap is not None and abs(abs(reached - wanted) - abs(told.gap * plan.scale)) <= abs(wanted) * Decimal(
        "1e-6"
    ):
        text = f"{'+' if told.gap > 0 else ''}{digits(told.gap)}{told.gap_unit}"
        return Run(text, both, f"{done.written}－{plan.written}＝{text.lstrip('+')}")
    return Run(GAP)


def _row(review: PlanReview, outcome: Outcome, sources: Sources) -> tuple[SheetValue, ...]:
    told, planned = outcome.fulfilled, outcome.commitment.planned
    sound = sources.is_verbatim(outcome.planned) and (outcome.done is None or sources.is_verbatim(outcome.done))
    known = told if sound and outcome.verdict is not Verdict.MASKED else None
    return (
        review.pair.year,
        shortened(outcome.commitment.text),
        label_of(outcome.verdict, Language.CHINESE),
        known.degree if known else None,
        known.gap if known else None,
        (known.gap_unit or None) if known else (planned.figure.unit if planned else None),
        *citation_cells(outcome.planned if sound else None),
        *citation_cells(outcome.done if sound else None),
    )
