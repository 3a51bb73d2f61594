"""The reader's confidence: the weights that ship, what they are made of, and the training behind them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from importlib.resources import files
from math import exp
from types import MappingProxyType

import numpy as np
import pytest

from assistant.confidence import AGAINST, NAMES, Confidence, features_of
from assistant.fitting import HAND_SET, Choice, Examples, fit, fit_ranking, probabilities, report_lines
from assistant.read_figures import WEIGHTS, Weighed
from assistant.reader_weights import FILE_NAME
from assistant.types import Evidence
from indexer.embed import open_embedder
from indexer.types import Figure, Period
from tests.made_archive import made_report

OWN: Mapping[str, float] = MappingProxyType(
    {
        "coverage": 0.9, "head": 0.8, "meaning": 0.5, "extra": 0.2,
        "measure": 1.0, "period": 1.0, "retrieved": 1.0, "unit": 1.0, "scope": 0.6, "named_alike": 0.5, "alike": 0.6,
        "least_alike": 0.25, "likely": 0.0, "weakest": 1.0, "usual": 1.0, "another": 0.3,
    }
)  # fmt: skip


def weighed(figure: Figure, score: float, **features: float) -> Weighed:
    parsed = made_report()
    evidence = Evidence(parsed.passages[0], parsed.report, parsed.sections[0], (), 1.0)
    return Weighed(figure, evidence, score, {**OWN, **features})


@pytest.fixture
def figures() -> tuple[Figure, Figure]:
    one, two = made_report().figures
    return one, replace(two, subject_text="河道")


def test_the_weights_that_ship_cover_the_features_each_in_its_sense() -> None:
    weights = Confidence.load().weights
    assert tuple(weights) == NAMES
    assert all(weight <= 0 if name in AGAINST else weight >= 0 for name, weight in weights.items())


def test_the_probability_is_the_logistic_of_the_weighted_features(figures: tuple[Figure, Figure]) -> None:
    best = weighed(figures[0], 10.0)
    model = Confidence(-1.0, {"coverage": 2.0, "margin": 0.5})
    assert model.of(best, [best]) == pytest.approx(1 / (1 + exp(1.0 - 2.0 * 0.9 - 0.5 * 1.0)))


def test_a_figure_without_a_rival_leads_by_all(figures: tuple[Figure, Figure]) -> None:
    best = weighed(figures[0], 10.0)
    told = features_of(best, [best])
    assert (told["margin"], told["meaning_lead"], told["unit_rare"]) == (1.0, 0.5, 1.0)


def test_how_well_the_question_is_said_in_any_way(figures: tuple[Figure, Figure]) -> None:
    plain = weighed(figures[0], 10.0)
    told = features_of(plain, [plain])
    assert told["said"] == pytest.approx(0.81)
    assert told["hardly_said"] == 0.0
    assert told["few"] == pytest.approx(39 / 40)
    assert told["another"] == 0.3
    odd = weighed(figures[0], 10.0, coverage=0.1, alike=0.2, likely=0.3)
    assert features_of(odd, [odd])["hardly_said"] == pytest.approx(0.2)


def test_ranking_learns_what_decides_and_stays_near_what_is_set_by_hand_for_the_rest() -> None:
    draw = np.random.default_rng(2)
    names = list(HAND_SET)
    choices = []
    for _ in range(400):
        features = draw.random((8, len(names)))
        right = features[:, names.index("meaning")] == features[:, names.index("meaning")].max()
        choices.append(Choice(features, right))
    weights = fit_ranking(choices)
    assert weights["meaning"] > 4 * HAND_SET["meaning"]
    assert all(weights[name] * HAND_SET[name] >= 0 for name in names)
    assert weights["coverage"] < HAND_SET["coverage"]


def test_the_ranking_weights_that_ship_are_those_of_the_features_and_keep_their_signs() -> None:
    assert list(WEIGHTS) == list(HAND_SET)
    assert all(WEIGHTS[name] * HAND_SET[name] >= 0 for name in HAND_SET)


def test_the_weights_that_ship_were_learned_with_the_bundled_model() -> None:
    source = json.loads((files("assistant") / FILE_NAME).read_text(encoding="utf-8"))
    assert source["embedder"] == open_embedder().fingerprint


def test_a_rival_near_in_score_takes_the_lead_away(figures: tuple[Figure, Figure]) -> None:
    best, rival = weighed(figures[0], 10.0), weighed(figures[1], 9.7, meaning=0.4, unit=0.8)
    told = features_of(best, [best, rival])
    assert told["margin"] == pytest.approx(0.3 / 3.0)
    assert told["meaning_lead"] == pytest.approx(0.1)
    assert told["unit_rare"] == 1.0


@pytest.mark.parametrize(
    "harmless",
    ["the same value", "a part", "another time"],
)
def test_what_would_not_make_the_best_wrong_is_no_rival(figures: tuple[Figure, Figure], harmless: str) -> None:
    one, two = figures
    other = {
        "the same value": replace(two, low=one.low, high=one.high, base_unit=one.base_unit, scale=one.scale),
        "a part": replace(two, part_of=one.ordinal),
        "another time": replace(
            two, subject_text=one.subject_text, dimension=one.dimension, period=Period.of_year(2020)
        ),
    }[harmless]
    best = weighed(one, 10.0)
    assert features_of(best, [best, weighed(other, 10.0)])["margin"] == 1.0


def made_examples(count: int) -> Examples:
    """Rows that are right with a probability that `meaning` raises and `extra` lowers; nothing else tells."""
    draw = np.random.default_rng(1)
    features = draw.random((count, len(NAMES)))
    logit = 4.0 * features[:, NAMES.index("meaning")] - 3.0 * features[:, NAMES.index("extra")]
    right = (draw.random(count) < 1 / (1 + np.exp(-logit))).astype(float)
    return Examples(features, right, np.maximum(right, draw.random(count) < 0.5))


def test_training_finds_what_tells_and_keeps_to_the_sense_of_each_feature() -> None:
    examples = made_examples(8000)
    weights = dict(zip(("intercept", *NAMES), fit(examples), strict=True))
    assert weights["meaning"] == pytest.approx(4.0, abs=0.8)
    assert weights["extra"] == pytest.approx(-3.0, abs=0.8)
    assert all(abs(weights[name]) < 0.3 for name in NAMES if name not in {"meaning", "extra"})
    against = replace(examples, right=1 - examples.right)
    assert dict(zip(NAMES, fit(against)[1:], strict=True))["meaning"] == 0.0


def test_the_reliability_table_sets_what_is_stated_against_what_is_right() -> None:
    examples = made_examples(4000)
    stated = probabilities(examples.features, fit(examples))
    assert float(stated.mean()) == pytest.approx(float(examples.right.mean()), abs=0.01)
    lines = report_lines(examples, stated).splitlines()
    rows = [line.split() for line in lines[1:] if "–" in line]
    assert sum(int(row[1]) for row in rows) == 4000
    assert all(abs(float(row[2]) - float(row[3])) < 0.12 for row in rows if int(row[1]) > 100)
