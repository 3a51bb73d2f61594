"""The figure reader: which figure of the ledger answers the question, by named features and their weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.features import (
    basis_fit,
    concept_matches,
    extra_subject,
    measure_fit,
    names_required,
    period_fit,
    repeats_question,
    role_fit,
    unasked_average,
    unit_fit,
    whole_over_part,
    zones_of,
)
from assistant.grounding import numbers_in
from assistant.matching import Wanted, coverage
from assistant.types import Candidate, Evidence, Question
from indexer.archive import Archive
from indexer.types import Figure, Period

WEIGHTS: Mapping[str, float] = {
    "coverage": 4.0,
    "head": 1.0,
    "meaning": 1.5,
    "unit": 1.2,
    "measure": 1.2,
    "role": 1.2,
    "period": 2.0,
    "extra": -0.8,
    "whole": 0.5,
    "retrieved": 0.4,
    "exact": 0.3,
    "average": -0.8,
    "weakest": 0.8,
    "basis": 0.6,
}
LEAST_TELLING = 20  # a smaller number in a question (两条, 5A) says nothing of what is asked
STRONG = 0.45  # a concept that tells so much must be said
RERANKED = 40  # so many candidates, by words, are also compared by meaning


@dataclass(frozen=True, slots=True)
class Weighed:
    """A figure with what speaks for it."""

    figure: Figure
    evidence: Evidence
    score: float
    features: Mapping[str, float]

    @property
    def coverage(self) -> float:
        """The share of the question that the figure's surroundings say, 0–1."""
        return self.features["coverage"]


def weigh_figures(
    archive: Archive,
    question: Question,
    wanted: Sequence[Wanted],
    evidence: Sequence[Evidence],
    periods: Sequence[Period],
) -> list[Weighed]:
    """All figures of the evidence that can answer, best first. A unit, measure or period that cannot be is left out."""
    best_retrieved = max((item.score for item in evidence), default=1.0) or 1.0
    stated = {value for value in numbers_in(question.standalone) if value > LEAST_TELLING}
    weighed = []
    for item in evidence:
        if not names_required(question, item):
            continue
        for figure in item.figures:
            if repeats_question(stated, figure):
                continue
            features = _features(archive, question, wanted, figure, item, periods)
            if features["unit"] and features["measure"] and features["period"]:
                features["retrieved"] = item.score / best_retrieved
                weighed.append(Weighed(figure, item, _score(features), features))
    weighed.sort(key=_order)
    return sorted(_with_meaning(archive, question, weighed[:RERANKED]), key=_order)


def as_candidate(weighed: Weighed) -> Candidate:
    """A weighed figure as `--explain` shows it."""
    figure = weighed.figure
    text = f"{figure.subject_text} {figure.written}".strip()
    return Candidate(text, weighed.evidence.report.id, weighed.score, dict(weighed.features))


def _features(
    archive: Archive,
    question: Question,
    wanted: Sequence[Wanted],
    figure: Figure,
    evidence: Evidence,
    periods: Sequence[Period],
) -> dict[str, float]:
    features = {
        "unit": unit_fit(question, figure),
        "measure": measure_fit(question, figure),
        "period": period_fit(question, figure, evidence, periods),
    }
    if not all(features.values()):
        return features
    zones = zones_of(figure, evidence)
    matches = concept_matches(wanted, zones)
    head = next(
        (value for item, value in zip(wanted, matches, strict=True) if item.concept.word == question.head), None
    )
    words = archive.segmenter.pieces(zones.subject)
    return features | {
        "coverage": coverage(wanted, matches),
        "head": coverage(wanted, matches) if head is None else head,
        "role": role_fit(question, figure),
        "extra": extra_subject(wanted, words),
        "whole": whole_over_part(figure),
        "basis": basis_fit(question, figure),
        "exact": float(figure.masked or figure.low == figure.high),
        "average": unasked_average(question, figure),
        "weakest": min((value for item, value in zip(wanted, matches, strict=True) if item.weight >= STRONG), default=1.0),
        "meaning": 0.0,
    }


def _with_meaning(archive: Archive, question: Question, weighed: Sequence[Weighed]) -> list[Weighed]:
    """The same with the cosine between the question and each figure's subject and clause."""
    if not weighed:
        return []
    texts = []
    for item in weighed:
        passage, clause = item.evidence.passage, item.figure.clause
        words = passage.text[clause.start - passage.start : clause.end - passage.start]
        texts.append(f"{item.figure.subject_text} {words}")
    asked = archive.embedder.encode_questions([question.subject or question.standalone])[0]
    cosines = np.clip(archive.embedder.encode_passages(texts) @ asked, 0.0, 1.0)
    found = []
    for item, cosine in zip(weighed, cosines, strict=True):
        features = {**item.features, "meaning": float(cosine)}
        found.append(Weighed(item.figure, item.evidence, _score(features), features))
    return found


def _score(features: Mapping[str, float]) -> float:
    return sum(weight * features.get(name, 0.0) for name, weight in WEIGHTS.items())


def _order(item: Weighed) -> tuple[float, str, int]:
    return (-item.score, item.evidence.report.id, item.figure.ordinal)
