"""A review of plans as rows, as JSON values and as Markdown: each commitment with its verdict and both citations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from assistant.plan_summary import office_name
from assistant.plan_words import label_of, planned_words, shortened, subject_of
from assistant.plans import Outcome, PlanReview
from assistant.types import Citation, Language
from indexer.archive import Archive
from indexer.types import Figure
from ui.text import say

SHOWN = ("item", "planned", "done", "verdict", "degree")  # keys of the terminal's headings
LONGEST_ITEM = 36  # characters of a commitment in the terminal


def title_of(review: PlanReview, language: Language) -> str:
    """Whose plan it is, and for which year."""
    return say(language, "plans_title", office=office_name(review.pair.planning), year=review.pair.year)


def counts_line(review: PlanReview, language: Language) -> str:
    """How many commitments ended in each verdict."""
    gap = " " if language is Language.ENGLISH else ""
    told = [f"{label_of(verdict, language)}{gap}{count}" for verdict, count in review.counts.items() if count]
    joiner = ", " if language is Language.ENGLISH else "、"
    return say(language, "plans_counts", total=len(review.outcomes), counts=joiner.join(told))


def headings(language: Language) -> list[str]:
    """The headings of `table_row`."""
    return [say(language, f"plans_{key}") for key in SHOWN]


def table_row(outcome: Outcome, archive: Archive, language: Language, *, numbers: bool = False) -> list[str]:
    """A commitment in one line; with `numbers` the citations follow the figures as [1]."""
    item = item_of(outcome)
    cut = item if len(item) <= LONGEST_ITEM or numbers else f"{item[:LONGEST_ITEM]}…"
    return [
        cut,
        planned_of(outcome, archive, language),
        done_of(outcome, archive),
        label_of(outcome.verdict, language),
        degree_of(outcome),
    ]


def item_of(outcome: Outcome) -> str:
    """What is committed to: the subject of its number, else its sentence."""
    planned = outcome.commitment.planned
    return (subject_of(planned.figure) if planned else "") or shortened(outcome.commitment.text)


def planned_of(outcome: Outcome, archive: Archive, language: Language) -> str:
    """The planned number in the words of its report; "" where there is none."""
    planned = outcome.commitment.planned
    if planned is None:
        return ""
    ceiling = outcome.fulfilled is not None and outcome.fulfilled.is_ceiling
    words = planned_words(planned.figure, archive.report(outcome.commitment.report.id).text)
    return f"{words}（{say(language, 'plans_ceiling')}）" if ceiling else words


def done_of(outcome: Outcome, archive: Archive) -> str:
    """The result in the words of its report, else the sentence that tells; "" where nothing does."""
    if outcome.result is not None:
        return planned_words(outcome.result.figure, archive.report(outcome.result.evidence.report.id).text)
    return shortened(outcome.done.quote) if outcome.done else ""


def degree_of(outcome: Outcome) -> str:
    """How far the plan was reached: 104.5%, else by how much the result differs from it; "" where neither is known."""
    fulfilled = outcome.fulfilled
    return f"{_text(fulfilled.degree)}%" if fulfilled and fulfilled.degree is not None else gap_of(outcome)


def gap_of(outcome: Outcome) -> str:
    """By how much the result is above (+) or below (−) the plan, where no ratio is given."""
    fulfilled = outcome.fulfilled
    if fulfilled is None or fulfilled.gap is None or fulfilled.degree is not None:
        return ""
    sign = "+" if fulfilled.gap > 0 else "−" if fulfilled.gap < 0 else ""
    return f"{sign}{_text(abs(fulfilled.gap))}{fulfilled.gap_unit}"


def review_json(review: PlanReview, archive: Archive) -> dict[str, Any]:
    """A review as JSON values: decimals as strings, null where nothing is known."""
    return {
        "office": office_name(review.pair.planning),
        "year": review.pair.year,
        "planned_in": review.pair.planning.file_name,
        "reported_in": [report.file_name for report in review.pair.later],
        "counts": {verdict.value: count for verdict, count in review.counts.items()},
        "commitments": [_outcome_json(outcome, archive) for outcome in review.outcomes],
    }


def _outcome_json(outcome: Outcome, archive: Archive) -> dict[str, Any]:
    fulfilled, planned = outcome.fulfilled, outcome.commitment.planned
    return {
        "text": " ".join(outcome.commitment.text.split()),
        "verdict": outcome.verdict.value,
        "planned": _figure_json(planned.figure) if planned else None,
        "done": _figure_json(outcome.result.figure) if outcome.result else None,
        "ceiling": fulfilled.is_ceiling if fulfilled else None,
        "degree": _text(fulfilled.degree) if fulfilled else None,
        "gap": _text(fulfilled.gap) if fulfilled else None,
        "gap_unit": fulfilled.gap_unit if fulfilled else None,
        "said": {"planned": planned_of(outcome, archive, Language.CHINESE), "done": done_of(outcome, archive)},
        "planned_citation": _citation_json(outcome.planned),
        "done_citation": _citation_json(outcome.done) if outcome.done else None,
    }


def _figure_json(figure: Figure) -> dict[str, Any]:
    return {
        "value": _text(figure.value),
        "low": _text(figure.low),
        "high": _text(figure.high),
        "unit": figure.unit,
        "written": figure.written,
        "subject": figure.subject_text,
        "measure": figure.measure.value,
        "approximate": figure.approximate,
        "masked": figure.masked,
        "period": figure.period.label if figure.period else None,
    }


def _citation_json(citation: Citation) -> dict[str, Any]:
    return {
        "report": citation.report.file_name,
        "report_id": citation.report.id,
        "section": " › ".join(citation.section),
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
    }


def markdown(reviews: Sequence[PlanReview], archive: Archive, language: Language) -> str:
    """The reviews as Markdown: for each a table with numbered sources, and the sentences below it."""
    lines: list[str] = []
    for review in reviews:
        lines += [f"## {title_of(review, language)}", "", counts_line(review, language), ""]
        lines += _table(review, archive, language)
        lines += ["", f"### {say(language, 'plans_sources')}", ""]
        for number, citation in enumerate(_citations(review), 1):
            title = citation.report.title or citation.report.file_name
            lines.append(f"{number}. 《{title}》{' › '.join(citation.section)}：“{' '.join(citation.quote.split())}”")
        lines.append("")
    return "\n".join([*lines, say(language, "plans_rule"), ""])


def _table(review: PlanReview, archive: Archive, language: Language) -> Iterator[str]:
    numbers = {_key(citation): number for number, citation in enumerate(_citations(review), 1)}
    heads = headings(language)
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for outcome in review.outcomes:
        cells = table_row(outcome, archive, language, numbers=True)
        cells[1] = f"{cells[1]} [{numbers[_key(outcome.planned)]}]".strip()
        cells[2] = f"{cells[2]} [{numbers[_key(outcome.done)]}]".strip() if outcome.done else ""
        yield f"| {' | '.join(' '.join(cell.split()).replace('|', '／') for cell in cells)} |"


def _citations(review: PlanReview) -> list[Citation]:
    """The citations of a review in reading order, each once."""
    every = [one for outcome in review.outcomes for one in (outcome.planned, outcome.done) if one is not None]
    return list({_key(citation): citation for citation in every}.values())


def _key(citation: Citation) -> tuple[str, int, int]:
    return citation.report.id, citation.start, citation.end


def _text(value: Decimal | None) -> str | None:
    return None if value is None else format(value.normalize() if value == value.to_integral() else value, "f")
