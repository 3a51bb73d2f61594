"""Planned against done: each commitment of a report's plan part, and what the office's next report says of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.cite import Citations
from assistant.commitments import Commitment, Pair, commitments_of, pairs_of
from assistant.fulfilment import Fulfilment, Verdict, fulfilment
from assistant.plan_match import results_for
from assistant.plan_mentions import Mention, Reviews
from assistant.plan_reports import ReadReport
from assistant.read_figures import Weighed
from assistant.types import Citation
from indexer.archive import Archive
from indexer.types import ReportInfo, Section, Span


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a commitment, with the sentence that commits and, where there is one, the sentence that tells."""

    commitment: Commitment
    verdict: Verdict
    planned: Citation
    done: Citation | None = None
    result: Weighed | None = None
    fulfilled: Fulfilment | None = None


@dataclass(frozen=True, slots=True)
class PlanReview:
    """The plan of one report and its outcomes, in reading order; without a later report there are none."""

    pair: Pair
    outcomes: tuple[Outcome, ...]

    @property
    def counts(self) -> dict[Verdict, int]:
        """How many commitments ended in each verdict, zeros included."""
        found = Counter(outcome.verdict for outcome in self.outcomes)
        return {verdict: found[verdict] for verdict in Verdict}


def review_plans(
    archive: Archive, reports: Sequence[ReportInfo], years: Sequence[int] | None = None
) -> list[PlanReview]:
    """The review of every plan for one of `years` (any where None) that a later report of the office tells about."""
    return [review_pair(archive, pair) for pair in pairs_of(reports, years) if pair.later]


def review_pair(archive: Archive, pair: Pair, *, only_numbers: bool = False) -> PlanReview:
    """What became of each commitment of a plan; with `only_numbers` of each planned number."""
    planning = ReadReport(archive, pair.planning)
    later = [ReadReport(archive, report) for report in pair.later]
    reviews = Reviews(later, archive)
    taken: set[tuple[str, int]] = set()
    outcomes = []
    for commitment in commitments_of(planning, pair.year):
        if commitment.planned is None and only_numbers:
            continue
        outcome = outcome_of(archive, commitment, later, reviews, taken)
        outcomes.append(outcome)
        if outcome.result is not None:
            taken.add((outcome.result.evidence.report.id, outcome.result.figure.ordinal))
    return PlanReview(pair, tuple(outcomes))


def outcome_of(
    archive: Archive,
    commitment: Commitment,
    later: Sequence[ReadReport],
    reviews: Reviews,
    taken: set[tuple[str, int]],
) -> Outcome:
    """What became of one commitment; figures in `taken` already tell of another."""
    planned = commitment.planned
    focus = Span(planned.figure.start, planned.figure.end) if planned else commitment.span
    sentence = planned.figure.sentence if planned else commitment.span
    plan = _cited(archive, commitment.report, commitment.section, sentence, focus)
    if planned is None:
        mention = reviews.mention(commitment.text)
        if mention is None:
            return Outcome(commitment, Verdict.NOT_MENTIONED, plan)
        return Outcome(commitment, mention.verdict, plan, cite_mention(archive, mention))
    found = [item for item in results_for(planned, later, archive) if _key(item) not in taken]
    if not found:
        return Outcome(commitment, Verdict.NOT_MENTIONED, plan)
    best = found[0]
    told = fulfilment(planned.figure, best.figure, planned.before)
    return Outcome(commitment, told.verdict, plan, cite_figure(archive, best), best, told)


def cite_figure(archive: Archive, item: Weighed) -> Citation:
    """The citation of a figure's sentence."""
    figure, evidence = item.figure, item.evidence
    return _cited(archive, evidence.report, evidence.section, figure.sentence, Span(figure.start, figure.end))


def cite_mention(archive: Archive, mention: Mention) -> Citation:
    """The citation of a sentence that comes back to a commitment."""
    return _cited(archive, mention.report, mention.section, mention.span, mention.span)


def _cited(archive: Archive, info: ReportInfo, section: Section, sentence: Span, focus: Span) -> Citation:
    citations = Citations()
    citations.add(archive.report(info.id), info, section, sentence, focus)
    return citations.all()[0]


def _key(item: Weighed) -> tuple[str, int]:
    return item.evidence.report.id, item.figure.ordinal
