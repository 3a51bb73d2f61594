"""How likely the best figure is the right one: a logistic model over what speaks for it and over its lead.

The weights are trained by `assistant.train_reader` on questions made from the ledger; only their JSON is read here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from importlib.resources import files
from math import exp
from typing import Final, Self

from assistant.read_figures import Weighed

FILE_NAME: Final = "reader_weights.json"
WIDE_LEAD: Final = 3.0  # in score; who leads by more is no surer
OWN: Final = ("coverage", "head", "meaning", "extra", "measure", "role", "period", "retrieved")  # features of the figure
LEAD: Final = ("share", "margin", "meaning_lead", "unit_rare")  # features of `lead_of`
AGAINST: Final = frozenset({"extra"})  # features that speak against a figure; all others speak for it


@dataclass(frozen=True, slots=True)
class Confidence:
    """The trained model."""

    intercept: float
    weights: Mapping[str, float]

    @classmethod
    def load(cls) -> Self:
        """The weights that ship with the product."""
        source = json.loads((files("assistant") / FILE_NAME).read_text(encoding="utf-8"))
        return cls(source["intercept"], source["weights"])

    def of_best(self, weighed: Sequence[Weighed]) -> float:
        """The probability, 0–1, that the first of the figures (best first) answers; 0 of none."""
        if not weighed:
            return 0.0
        told = features_of_best(weighed)
        return 1.0 / (1.0 + exp(-self.intercept - sum(weight * told[name] for name, weight in self.weights.items())))


def features_of_best(weighed: Sequence[Weighed]) -> dict[str, float]:
    """The named features, each 0–1, that the probability of the first figure is made of."""
    best = weighed[0]
    return {name: best.features[name] for name in OWN} | lead_of(weighed)


def lead_of(weighed: Sequence[Weighed]) -> dict[str, float]:
    """By how much the first figure is ahead of those that state another value.

    share: of exp(score) over all figures, that of its value; margin: in score, 1 for WIDE_LEAD and more; meaning_lead: in
    cosine, 0 where another has more; unit_rare: the share of the others whose unit fits the question less well.
    """
    best, value = weighed[0], _value(weighed[0])
    powers = [exp(item.score - best.score) for item in weighed]
    same = [_value(item) == value for item in weighed]
    others = [item for item, is_same in zip(weighed, same, strict=True) if not is_same]
    margin = best.score - others[0].score if others else WIDE_LEAD
    nearest = max((item.features["meaning"] for item in others), default=0.0)
    rarer = sum(item.features["unit"] < best.features["unit"] for item in others)
    return {
        "share": sum(power for power, is_same in zip(powers, same, strict=True) if is_same) / sum(powers),
        "margin": min(margin, WIDE_LEAD) / WIDE_LEAD,
        "meaning_lead": max(0.0, best.features["meaning"] - nearest),
        "unit_rare": rarer / len(others) if others else 1.0,
    }


def _value(item: Weighed) -> tuple[str, Decimal | int]:
    """What tells figures that state the same from others; a masked one states only itself."""
    figure = item.figure
    if figure.value is None:
        return (item.evidence.report.id, figure.ordinal)
    return (figure.base_unit, figure.value * figure.scale)
