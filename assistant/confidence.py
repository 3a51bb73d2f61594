"""How likely the best figure is the right one: a logistic model over what speaks for it and over its lead.

The weights are trained by `assistant.train_reader` on questions made from the ledger; only their JSON is read here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import exp
from typing import Final, Self

from assistant.read_figures import Weighed
from assistant.reader_weights import read_weights
from indexer.types import Period

WIDE_LEAD: Final = 3.0  # in score; who leads by more is no surer
SUBJECT_LIKENESS: Final = 0.5  # share of characters that two subjects of one indicator have in common, at least
OWN: Final = (  # of the figure itself
    "coverage", "head", "meaning", "named_alike", "alike", "likely", "extra", "unit", "measure", "period", "scope", "usual", "retrieved",
)  # fmt: skip
NAMES: Final = (*OWN, "margin", "meaning_lead", "unit_rare", "few", "said", "hardly_said", "another")
AGAINST: Final = frozenset({"extra", "hardly_said", "another"})  # what speaks against a figure; all else speaks for it
MANY: Final = 40  # figures weighed; fewer leave less to confuse
HARDLY: Final = 0.5  # of the question, said in one way or another


@dataclass(frozen=True, slots=True)
class Confidence:
    """The trained model."""

    intercept: float
    weights: Mapping[str, float]

    @classmethod
    def load(cls) -> Self:
        """The weights that ship with the product."""
        weights = read_weights()
        return cls(weights.intercept, weights.confidence)

    def of(self, best: Weighed, weighed: Sequence[Weighed]) -> float:
        """The probability, 0–1, that `best` answers, seen among all that were weighed."""
        told = features_of(best, weighed)
        return 1.0 / (1.0 + exp(-self.intercept - sum(weight * told[name] for name, weight in self.weights.items())))


def features_of(best: Weighed, weighed: Sequence[Weighed]) -> dict[str, float]:
    """The named features, each 0–1, that the probability of a figure is made of.

    few: how many figures there were to choose from, 1 for none else; said: the best of the ways in which the question is
    said; hardly_said: what that lacks to half; another: it seems to be of another thing of the same sort;
    margin: by how much its score is above that of its best rival, 1 for WIDE_LEAD and more; meaning_lead: the same in
    cosine, at least 0; unit_rare: the share of its rivals whose unit fits the question less well.
    """
    rivals = [item for item in weighed if _is_rival(item, best)]
    margin = min(best.score - max((item.score for item in rivals), default=-WIDE_LEAD), WIDE_LEAD)
    nearest = max((item.features["meaning"] for item in rivals), default=0.0)
    rarer = sum(item.features["unit"] < best.features["unit"] for item in rivals)
    said = max(best.features[name] for name in ("coverage", "likely", "alike"))
    return {name: best.features[name] for name in OWN} | {
        "few": 1.0 - min(len(weighed), MANY) / MANY,
        "said": said * said,
        "hardly_said": max(0.0, HARDLY - said),
        "another": best.features["another"],
        "margin": max(0.0, margin) / WIDE_LEAD,
        "meaning_lead": max(0.0, best.features["meaning"] - nearest),
        "unit_rare": rarer / len(rivals) if rivals else 1.0,
    }


def same_indicator(item: Weighed, other: Weighed) -> bool:
    """Whether two figures measure the same, as far as their subjects tell, perhaps of different times and places."""
    one, two = item.figure, other.figure
    alike = one.measure is two.measure and one.dimension == two.dimension and one.role is two.role
    return alike and _likeness(one.subject_text, two.subject_text) >= SUBJECT_LIKENESS


def _is_rival(item: Weighed, best: Weighed) -> bool:
    """Whether `item`, if it were the right one, would make `best` wrong.

    A figure of the same value would not, nor a part or the whole of the best, nor the same indicator of another time or
    place: where a question leaves those open, each of them is an answer.
    """
    one, two = item.figure, best.figure
    if item is best or (one.value is not None and _states(item) == _states(best)):
        return False
    same_report = item.evidence.report.id == best.evidence.report.id
    if same_report and (one.part_of == two.ordinal or two.part_of == one.ordinal):
        return False
    return _whose(item) == _whose(best) or not same_indicator(item, best)


def _states(item: Weighed) -> tuple[str, Decimal | None]:
    figure = item.figure
    return figure.base_unit, None if figure.value is None else figure.value * figure.scale


def _whose(item: Weighed) -> tuple[Period | None, str | None]:
    report = item.evidence.report
    return item.figure.period or report.period, report.place


def _likeness(one: str, other: str) -> float:
    """The share of characters that two subjects have in common."""
    shared = set(one) & set(other)
    return len(shared) / max(1, min(len(set(one)), len(set(other))))
