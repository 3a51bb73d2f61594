"""The figure reader: which figure of the ledger answers the question, by named features and their weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from assistant.features import (
    basis_fit,
    is_of_another_grade,
    measure_fit,
    names_another,
    names_required,
    period_fit,
    repeats_question,
    role_fit,
    scope_fit,
    unasked_average,
    unit_fit,
    usual_fit,
    whole_over_part,
)
from assistant.grounding import numbers_in
from assistant.indicators import Likely
from assistant.matching import Listener, Wanted
from assistant.meaning import meanings_of
from assistant.notebook import Notebook
from assistant.reader_weights import read_weights
from assistant.types import Candidate, Evidence, Language, Question
from assistant.unit_nouns import SAID, unit_says
from assistant.zones import Setting, Zones, concept_matches, extra_subject
from indexer.archive import Archive
from indexer.types import Figure, Measure, Period

WEIGHTS: Final[Mapping[str, float]] = read_weights().ranking
REQUIRED = ("unit", "measure", "period", "role")  # a figure for which one of these is 0 cannot be meant
LEAST_TELLING = 20  # a smaller number in a question (两条, 5A) says nothing of what is asked
TRANSLATED = 0.4  # words that an English question seems not to ask for may only be translated otherwise
TELLING_VERB = 0.3  # a verb that tells less (给, 搞, 达) may be said in any other way
TELLING = 0.3  # a noun that tells so much may be what is asked for
STRONG = 0.45  # a concept that tells so much must be said
OTHER_UNIT = 0.6
RERANKED = 40  # so many candidates, by words, are also compared by meaning


@dataclass(frozen=True, slots=True)
class Weighed:
    """A figure with what speaks for it."""

    figure: Figure
    evidence: Evidence
    score: float
    features: Mapping[str, float]
    own: dict[str, float] = field(default_factory=dict)  # how well each concept is said right at it, 0–1

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
    likely: Sequence[Likely] = ()  # indicators that the question may mean
    usual: Mapping[str, float] = field(
        default_factory=dict
    )  # the kinds of unit in which what is asked is usually counted
    notes: Notebook = field(default_factory=Notebook)


def weigh_figures(look: Look, evidence: Sequence[Evidence]) -> list[Weighed]:
    """All figures of the evidence that can answer, best first. A unit, measure, role or period that cannot be is left out."""
    return by_meaning(look, by_words(look, evidence))


def by_words(look: Look, evidence: Sequence[Evidence]) -> list[tuple[Weighed, Zones]]:
    """The figures that can answer, weighed by what they are and by the words around them, best first."""
    best_retrieved = max((item.score for item in evidence), default=1.0) or 1.0
    listener = look.notes.listener(look.wanted)
    stated = {value for value in numbers_in(look.question.standalone) if value > LEAST_TELLING}
    weighed = []
    for item in evidence:
        if not item.figures or not names_required(look.question, item):
            continue
        setting = Setting.of(item)
        for figure in item.figures:
            if repeats_question(stated, figure) or is_of_another_grade(look.question, figure):
                continue
            if names_another(look.question, figure, item, look.archive.lexicon):
                continue
            if (fits := _fits(look, figure, item)) is None:
                continue
            zones = setting.zones(figure)
            features = fits | _features(look, listener, figure, zones) | {"retrieved": item.score / best_retrieved}
            weighed.append((Weighed(figure, item, _score(features), features, _own(listener, zones)), zones))
    weighed.sort(key=lambda pair: _order(pair[0]))
    return weighed[:RERANKED]


def by_meaning(look: Look, weighed: Sequence[tuple[Weighed, Zones]]) -> list[Weighed]:
    """The same with what the embedding model says of each, best first."""
    listener = look.notes.listener(look.wanted)
    figures = [(item.figure, item.evidence) for item, _ in weighed]
    meanings = meanings_of(look.archive, look.question, listener, figures, look.notes)
    likely = [(meant, look.notes.listener(meant.wanted)) for meant in look.likely]
    found = []
    for (item, zones), meaning in zip(weighed, meanings, strict=True):
        words = look.archive.segmenter.pieces(zones.subject)
        features = {**item.features, **meaning, "likely": _likely(likely, item, zones, words)}
        found.append(replace(item, score=_score(features), features=features))
    return sorted(found, key=_order)


def as_candidate(weighed: Weighed) -> Candidate:
    """A weighed figure as `--explain` shows it."""
    figure = weighed.figure
    text = f"{figure.subject_text} {figure.written}".strip()
    return Candidate(text, weighed.evidence.report.id, weighed.score, dict(weighed.features))


def _own(listener: Listener, zones: Zones) -> dict[str, float]:
    """How well the figure's subject, or the stretch between its neighbours, says each concept: 0–1."""
    said = map(max, listener.matches(zones.subject), listener.matches(zones.near))
    return {item.concept.word: value for item, value in zip(listener.wanted, said, strict=True)}


def asked_noun(question: Question, wanted: Sequence[Wanted]) -> Wanted | None:
    """What is counted: the noun behind 多少, in Chinese else the last telling one before it (街道自筹多少); None of none."""
    named = next((item for item in wanted if item.concept.word == question.head), None)
    if named is not None or question.language is Language.ENGLISH or question.measure is Measure.SHARE:
        return named
    telling = (item for item in reversed(wanted) if item.weight >= TELLING and not item.concept.is_verb)
    return next(telling, None)


def _fits(look: Look, figure: Figure, evidence: Evidence) -> dict[str, float] | None:
    """The features without which a figure cannot be meant; None where one of them is 0."""
    question = look.question
    if not (role := role_fit(question, figure)) or not (unit := unit_fit(question, figure)):
        return None
    if not (measure := measure_fit(question, figure)):
        return None
    period = period_fit(question, figure, evidence, look.periods)
    return {"unit": unit, "measure": measure, "period": period, "role": role} if period else None


def _features(look: Look, listener: Listener, figure: Figure, zones: Zones) -> dict[str, float]:
    question, wanted = look.question, listener.wanted
    extra = extra_subject(listener, look.archive.segmenter.pieces(zones.subject))
    heard = concept_matches(listener, zones, extra)
    matches = [
        max(value, SAID) if unit_says(item.concept.word, figure) else value
        for item, value in zip(wanted, heard, strict=True)
    ]
    told, asked = listener.coverage(matches), asked_noun(question, wanted)
    strong = (value for item, value in zip(wanted, matches, strict=True) if item.weight >= STRONG)
    telling = (item.concept.is_verb and item.weight >= TELLING_VERB for item in wanted)
    done = (value for value, tells in zip(matches, telling, strict=True) if tells)
    return {
        "coverage": told,
        "head": next((value for item, value in zip(wanted, matches, strict=True) if item is asked), told),
        "named": listener.coverage(listener.matches(zones.subject)),
        "weakest": min(strong, default=1.0),
        "verb": min(done, default=1.0),
        "extra": extra * (TRANSLATED if question.language is Language.ENGLISH else 1.0),
        "whole": whole_over_part(figure),
        "basis": basis_fit(question, figure),
        "scope": scope_fit(question, figure),
        "usual": usual_fit(question, figure, look.usual),
        "exact": float(figure.masked or figure.low == figure.high),
        "average": unasked_average(question, figure),
    }


def _likely(likely: Sequence[tuple[Likely, Listener]], item: Weighed, zones: Zones, words: Sequence[str]) -> float:
    """How well the figure states an indicator that the question may mean, times how likely it means it: 0–1."""
    best = 0.0
    for meant, listener in likely:
        most = meant.likelihood * (1.0 if _like_unit(meant.indicator.unit, item.figure.unit) else OTHER_UNIT)
        if most > best:
            matches = concept_matches(listener, zones, extra_subject(listener, words))
            best = max(best, most * listener.coverage(matches))
    return best


def _like_unit(usual: str, unit: str) -> bool:
    """Whether two written units are the same but for 万 and 亿 in front."""
    return usual.lstrip("百千万亿") == unit.lstrip("百千万亿")


def rescored(weighed: Sequence[Weighed], weights: Mapping[str, float]) -> list[Weighed]:
    """The same by other weights, best first."""
    return sorted((replace(item, score=_score(item.features, weights)) for item in weighed), key=_order)


def _score(features: Mapping[str, float], weights: Mapping[str, float] = WEIGHTS) -> float:
    return sum([weight * features.get(name, 0.0) for name, weight in weights.items()])


def _order(item: Weighed) -> tuple[float, str, int]:
    return (-item.score, item.evidence.report.id, item.figure.ordinal)
