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
from assistant.types import Candidate, Evidence, Language, Question
from indexer.archive import Archive
from indexer.types import Figure, Period

WEIGHTS: Mapping[str, float] = {
    "coverage": 4.0,
    "head": 1.8,
    "meaning": 1.5,
    "unit": 1.2,
    "measure": 1.2,
    "role": 2.5,
    "period": 2.0,
    "extra": -1.2,
    "whole": 0.5,
    "retrieved": 0.4,
    "exact": 0.3,
    "average": -0.8,
    "weakest": 0.8,
    "basis": 1.8,
}
REQUIRED = ("unit", "measure", "period", "role")  # a figure for which one of these is 0 cannot be meant
LEAST_TELLING = 20  # a smaller number in a question (两条, 5A) says nothing of what is asked
TRANSLATED = 0.4  # words that an English question seems not to ask for may only be translated otherwise
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


@dataclass(frozen=True, slots=True)
class Look:
    """What figures are weighed against: the question with its concepts, and the periods it may be answered for."""

    archive: Archive
    question: Question
    wanted: Sequence[Wanted]
    periods: Sequence[Period]


def weigh_figures(look: Look, evidence: Sequence[Evidence]) -> list[Weighed]:
    """All figures of the evidence that can answer, best first. A unit, measure, role or period that cannot be is left out."""
    best_retrieved = max((item.score for item in evidence), default=1.0) or 1.0
    stated = {value for value in numbers_in(look.question.standalone) if value > LEAST_TELLING}
    weighed = []
    for item in evidence:
        if not names_required(look.question, item):
            continue
        for figure in item.figures:
            if repeats_question(stated, figure):
                continue
            features = _features(look, figure, item)
            if all(features[name] for name in REQUIRED):
                features["retrieved"] = item.score / best_retrieved
                weighed.append(Weighed(figure, item, _score(features), features))
    weighed.sort(key=_order)
    return sorted(_with_meaning(look, weighed[:RERANKED]), key=_order)


def as_candidate(weighed: Weighed) -> Candidate:
    """A weighed figure as `--explain` shows it."""
    figure = weighed.figure
    text = f"{figure.subject_text} {figure.written}".strip()
    return Candidate(text, weighed.evidence.report.id, weighed.score, dict(weighed.features))


def _features(look: Look, figure: Figure, evidence: Evidence) -> dict[str, float]:
    question, wanted = look.question, look.wanted
    features = {
        "unit": unit_fit(question, figure),
        "measure": measure_fit(question, figure),
        "period": period_fit(question, figure, evidence, look.periods),
        "role": role_fit(question, figure),
    }
    if not all(features.values()):
        return features
    zones = zones_of(figure, evidence)
    extra = extra_subject(wanted, look.archive.segmenter.pieces(zones.subject))
    matches = concept_matches(wanted, zones, extra)
    told = coverage(wanted, matches)
    strong = (value for item, value in zip(wanted, matches, strict=True) if item.weight >= STRONG)
    done = (value for item, value in zip(wanted, matches, strict=True) if item.concept.is_verb)
    return features | {
        "coverage": told,
        "head": next(
            (value for item, value in zip(wanted, matches, strict=True) if item.concept.word == question.head), told
        ),
        "weakest": min(strong, default=1.0),
        "verb": min(done, default=1.0),
        "extra": extra * (TRANSLATED if question.language is Language.ENGLISH else 1.0),
        "whole": whole_over_part(figure),
        "basis": basis_fit(question, figure),
        "exact": float(figure.masked or figure.low == figure.high),
        "average": unasked_average(question, figure),
        "meaning": 0.0,
    }


def _with_meaning(look: Look, weighed: Sequence[Weighed]) -> list[Weighed]:
    """The same with the cosine between the question and each figure's subject and clause."""
    if not weighed:
        return []
    embedder, question = look.archive.embedder, look.question
    asked = embedder.encode_questions([question.subject or question.standalone])[0]
    cosines = np.clip(embedder.encode_passages([_told(item) for item in weighed]) @ asked, 0.0, 1.0)
    found = []
    for item, cosine in zip(weighed, cosines, strict=True):
        features = {**item.features, "meaning": float(cosine)}
        found.append(Weighed(item.figure, item.evidence, _score(features), features))
    return found


def _told(item: Weighed) -> str:
    """What a figure is about: its subject and its clause."""
    passage, clause = item.evidence.passage, item.figure.clause
    return f"{item.figure.subject_text} {passage.text[clause.start - passage.start : clause.end - passage.start]}"


def _score(features: Mapping[str, float]) -> float:
    return sum(weight * features.get(name, 0.0) for name, weight in WEIGHTS.items())


def _order(item: Weighed) -> tuple[float, str, int]:
    return (-item.score, item.evidence.report.id, item.figure.ordinal)
