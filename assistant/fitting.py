"""Fitting the reader's weights: which figure is preferred, and how likely the preferred one is right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from assistant.confidence import AGAINST, NAMES

DECAY = 0.001  # keeps the weights of the confidence small: the penalty on their squares
STEPS = 20_000
BINS = 10
THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
HAND_SET: Final[Mapping[str, float]] = {  # the weights that the learned ones are drawn to
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
    "scope": 1.0,
    "likely": 3.0,
    "alike": 1.5,
    "named_alike": 1.0,
    "usual": 1.5,
    "named": 0.8,
    "verb": 0.5,
    "another": -0.5,
}
DRAWN = 0.01  # the penalty on the squares of the distances from the weights set by hand
RANKING_STEPS = 2_000
RATE, MOMENT, SQUARES = 0.02, 0.9, 0.999  # of Adam (Kingma and Ba, 2015)

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Choice:
    """The figures of a question that has an answer: their features, in the order of HAND_SET, and which are right."""

    features: Matrix  # [figures, HAND_SET]
    right: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Examples:
    """What the best figure of each question shows, whether it is the right one, and whether there is one."""

    features: Matrix  # [questions, NAMES]
    right: Matrix  # 1 or 0
    answerable: Matrix  # 1 or 0


def fit_ranking(choices: Sequence[Choice]) -> dict[str, float]:
    """The weight of each feature in a figure's score: softmax regression over the figures of each question.

    The weights are drawn to those set by hand and keep their signs. Adam, a fixed number of steps.
    """
    prior = np.array(list(HAND_SET.values()))
    most = max(len(choice.features) for choice in choices)
    features = np.zeros((len(choices), most, len(prior)))
    there, right = np.zeros((len(choices), most), bool), np.zeros((len(choices), most), bool)
    for row, choice in enumerate(choices):
        count = len(choice.features)
        features[row, :count], there[row, :count], right[row, :count] = choice.features, True, choice.right
    weights, mean, square = prior.copy(), np.zeros_like(prior), np.zeros_like(prior)
    for step in range(1, RANKING_STEPS + 1):
        scores = np.where(there, features @ weights, -np.inf)
        chance = np.exp(scores - scores.max(axis=1, keepdims=True))
        chance /= chance.sum(axis=1, keepdims=True)
        wanted = np.where(right, chance, 0.0)
        wanted /= np.maximum(wanted.sum(axis=1, keepdims=True), 1e-12)
        slope = np.einsum("qf,qfn->n", chance - wanted, features) / len(choices) + DRAWN * (weights - prior)
        mean, square = MOMENT * mean + (1 - MOMENT) * slope, SQUARES * square + (1 - SQUARES) * slope * slope
        ahead = RATE * (mean / (1 - MOMENT**step)) / (np.sqrt(square / (1 - SQUARES**step)) + 1e-8)
        weights = weights - ahead
        weights = np.where(weights * prior < 0, 0.0, weights)
    return dict(zip(HAND_SET, (round(float(weight), 3) for weight in weights), strict=True))


def fit(examples: Examples) -> Matrix:
    """The intercept and one weight a feature: logistic regression, no weight against the sense of its feature.

    Nesterov's accelerated gradient (1983) with the step 1/L, L a bound of the curvature, and clipping to the signs.
    """
    design = np.hstack([np.ones((len(examples.right), 1)), examples.features])
    step = 1.0 / (0.25 * float(np.linalg.eigvalsh(design.T @ design / len(design)).max()) + DECAY)
    low = np.array([-np.inf, *(-np.inf if name in AGAINST else 0.0 for name in NAMES)])
    high = np.array([np.inf, *(0.0 if name in AGAINST else np.inf for name in NAMES)])
    penalty = np.array([0.0, *(DECAY for _ in NAMES)])
    weights = ahead = np.zeros(design.shape[1])
    for number in range(1, STEPS + 1):
        slope = design.T @ (_logistic(design @ ahead) - examples.right) / len(design) + penalty * ahead
        following = np.clip(ahead - step * slope, low, high)
        ahead = following + (number - 1) / (number + 2) * (following - weights)
        weights = following
    return weights


def probabilities(features: Matrix, weights: Matrix) -> Matrix:
    """The probability of each row by the weights of `fit`."""
    return _logistic(features @ weights[1:] + weights[0])


def report_lines(examples: Examples, stated: Matrix) -> str:
    """The reliability table (stated against observed probability) and what each threshold would do, as text."""
    lines = ["stated probability  questions  mean stated  right"]
    for number in range(BINS):
        inside = (stated >= number / BINS) & (stated < (number + 1) / BINS + (number == BINS - 1))
        if inside.any():
            span = f"{number / BINS:.1f}–{(number + 1) / BINS:.1f}"
            means = f"{stated[inside].mean():11.3f}  {examples.right[inside].mean():5.3f}"
            lines.append(f"{span:18}  {inside.sum():9}  {means}")
    lines.append("threshold  answered and right  wrong number  refused, answerable  absent answered")
    answerable = examples.answerable > 0
    for threshold in THRESHOLDS:
        given = stated >= threshold
        counts = (
            (examples.right[given & answerable].sum() / answerable.sum()),
            ((1 - examples.right)[given & answerable].sum() / answerable.sum()),
            (~given)[answerable].mean(),
            given[~answerable].mean(),
        )
        lines.append(f"{threshold:9.1f}  {counts[0]:18.3f}  {counts[1]:12.3f}  {counts[2]:19.3f}  {counts[3]:15.3f}")
    return "\n".join(lines)


def _logistic(values: Matrix) -> Matrix:
    result: Matrix = 1.0 / (1.0 + np.exp(-values))
    return result
