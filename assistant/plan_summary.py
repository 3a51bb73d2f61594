"""What became of a whole year's plan: how many of its numbers were reached, and which were not, each cited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.commitments import Pair
from assistant.fulfilment import Verdict
from assistant.plan_words import label_of, planned_words, subject_of
from assistant.plans import Outcome, PlanReview, review_pair
from assistant.types import Answer, AnsweredFigure, Citation, Computed, Language, Question, Searched, Status
from indexer.archive import Archive
from indexer.types import ReportInfo

SHOWN = 8  # commitments named one by one
FIRST_SHOWN = (Verdict.MISSED, Verdict.PARTLY, Verdict.EXCEEDED, Verdict.DONE)
OFFICES = 8


def state_summary(question: Question, archive: Archive, pairs: Sequence[Pair]) -> Answer:
    """The answer to 2023年定的目标实现了没有: the counts, then what fell short, with both citations of each."""
    if len(pairs) > 1:
        return _which(question, pairs)
    review = review_pair(archive, pairs[0], only_numbers=True)
    shown = [item for verdict in FIRST_SHOWN for item in review.outcomes if item.verdict is verdict][:SHOWN]
    figures, citations = _cited(shown)
    lines = [_line(item, archive, question.language) for item in shown]
    text = f"{_counts(review, question.language)}{_joined(lines, question.language)}"
    searched = searched_in((review.pair.planning, *review.pair.later))
    status = Status.ANSWERED if shown else Status.NOT_FOUND
    counted = (len(review.outcomes), *review.counts.values())
    computed = tuple(Computed("count", Decimal(count), "", ()) for count in dict.fromkeys(counted) if count)
    return Answer(status, text, question, figures, computed, citations, searched=searched)


def searched_in(reports: Sequence[ReportInfo]) -> Searched:
    """What was searched: these reports, their years and places."""
    years = tuple(sorted({report.year for report in reports if report.year}))
    return Searched(len(reports), years, tuple(sorted({report.place for report in reports if report.place})))


def office_name(report: ReportInfo) -> str:
    """The office that a report is of, else its place, else its title."""
    return report.issuer or report.place or report.title


def _which(question: Question, pairs: Sequence[Pair]) -> Answer:
    """That several offices have a plan for the time."""
    names = [office_name(pair.planning) for pair in pairs][:OFFICES]
    listed = "、".join(dict.fromkeys(names))
    english = question.language is Language.ENGLISH
    text = (
        f"Which office do you mean? {listed}" if english else f"有{len(pairs)}个单位有这一年的计划，请指明：{listed}。"
    )
    return Answer(Status.AMBIGUOUS, text, question, searched=Searched(len(pairs), (pairs[0].year,), ()))


def _counts(review: PlanReview, language: Language) -> str:
    counts, year = review.counts, review.pair.year
    total = len(review.outcomes)
    told = [f"{label_of(verdict, language)}{_gap(language)}{count}" for verdict, count in counts.items() if count]
    if language is Language.ENGLISH:
        return f"Of {total} planned figures for {year}: {', '.join(told)}. "
    return f"{year}年计划中有数的{total}项：{'、'.join(f'{item}项' for item in told)}。"


def _gap(language: Language) -> str:
    return " " if language is Language.ENGLISH else ""


def _line(item: Outcome, archive: Archive, language: Language) -> str:
    planned, result = item.commitment.planned, item.result
    if planned is None or result is None:
        return ""
    plan = planned_words(planned.figure, archive.report(item.commitment.report.id).text)
    done = planned_words(result.figure, archive.report(result.evidence.report.id).text)
    return f"{subject_of(planned.figure)}{plan}→{done}（{label_of(item.verdict, language)}）"


def _joined(lines: Sequence[str], language: Language) -> str:
    kept = [line for line in lines if line]
    return ("; " if language is Language.ENGLISH else "；").join(kept) + ("." if language is Language.ENGLISH else "。")


def _cited(outcomes: Sequence[Outcome]) -> tuple[tuple[AnsweredFigure, ...], tuple[Citation, ...]]:
    """The figures of the outcomes, plan and result in turn, and their citations numbered as one list."""
    found: dict[tuple[str, int, int], Citation] = {}
    figures = []
    for item in outcomes:
        for citation, source in ((item.planned, item.commitment.planned), (item.done, item.result)):
            if citation is None or source is None:
                continue
            key = (citation.report.id, citation.start, citation.end)
            kept = found.setdefault(key, replace(citation, number=len(found) + 1))
            figures.append(AnsweredFigure(source.figure, citation.report, kept.number))
    return tuple(figures), tuple(found.values())
