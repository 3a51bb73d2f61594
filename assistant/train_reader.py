"""Trains the reader's confidence: `python -m assistant.train_reader --archive DIR --data DIR --seed N`.

Questions are made from the ledger of the archive (`reader_pairs`), put through the real question understanding, scope,
retrieval and weighing, and a logistic model learns when the best figure is the right one. A third of the reports is
kept for measuring: the reliability table that is printed comes from questions on those.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

from assistant.chain import ChainSteps
from assistant.choose import best_of
from assistant.concepts import make_wanted
from assistant.confidence import AGAINST, FILE_NAME, NAMES, features_of
from assistant.read_figures import Look, Weighed, weigh_figures
from assistant.reader_pairs import Made, Maker, make_questions
from assistant.retrieve import gather
from assistant.scope import resolve_scope
from assistant.several import split
from assistant.types import Intent
from indexer.archive import Archive
from indexer.training.dictionary import Dictionary
from indexer.training.pairs import read_rows
from indexer.types import Figure, ReportInfo

READ = frozenset({Intent.FIGURE, Intent.COMPARISON, Intent.PLAN_VS_DONE})  # the intents that figures answer
HELD_OUT = 3  # one report of so many is kept for measuring
ABSENT = 0.3  # of the questions have no answer
DECAY = 0.001  # keeps weights small: the penalty on their squares
STEPS = 20_000
TODAY = date(2025, 12, 31)  # so that made questions read the same on every day
BINS = 10
THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8)

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Examples:
    """What the best figure of each question shows, whether it is the right one, and whether there is one."""

    features: Matrix  # [questions, NAMES]
    right: Matrix  # 1 or 0
    answerable: Matrix  # 1 or 0


def main(arguments: Sequence[str] | None = None) -> None:
    """Make questions, train, measure on reports kept apart, and write the weights."""
    options = _parser().parse_args(arguments)
    archive, random = Archive.open(options.archive), Random(options.seed)
    dictionary = Dictionary((row["zh"], row["en"]) for row in read_rows(options.data / "cedict.jsonl.gz"))
    maker = Maker(archive, random, dictionary)
    reports = sorted(archive.reports(), key=lambda report: report.id)
    random.shuffle(reports)
    kept = reports[: len(reports) // HELD_OUT]
    trained = _examples(maker, reports[len(kept) :], options.questions)
    measured = _examples(maker, kept, options.questions // 2)
    weights = fit(trained)
    print(report_lines(measured, probabilities(measured.features, weights)))
    named = dict(zip(NAMES, (round(float(weight), 3) for weight in weights[1:]), strict=True))
    source = {"embedder": archive.embedder.fingerprint, "intercept": round(float(weights[0]), 3), "weights": named}
    options.out.write_text(json.dumps(source, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{len(trained.right)} questions trained on, {options.out} written: {named}")


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


def _examples(maker: Maker, reports: Sequence[ReportInfo], count: int) -> Examples:
    """The examples of `count` questions on these reports; a question that brings no figure at all teaches nothing."""
    steps = ChainSteps(maker.archive)
    rows = [
        (features_of(best, weighed), _is_right(made, best), made.figure is not None)
        for made in make_questions(maker, reports, count, ABSENT)
        for weighed in _weighed(steps, made)
        if (best := best_of(weighed)) is not None
    ]
    features = np.array([[told[name] for name in NAMES] for told, _, _ in rows], dtype=np.float64)
    return Examples(
        features, np.array([right for _, right, _ in rows], float), np.array([held for _, _, held in rows], float)
    )


def _weighed(steps: ChainSteps, made: Made) -> Iterator[list[Weighed]]:
    """The figures that the product weighs for a made question; none where it is read as another sort of question."""
    archive = steps.archive
    parts = split(steps.question_of(made.text, TODAY))
    if len(parts) != 1 or parts[0].intent not in READ:
        return
    question = parts[0]
    scope = resolve_scope(question, archive.reports())
    reports = [report.id for report in scope.reports if report.id != made.left_out]
    evidence = gather(archive, question, reports, archive.settings.answer.candidates)
    wanted = make_wanted(question.concepts, archive.segmenter)
    yield weigh_figures(Look(archive, question, wanted, scope.periods), evidence)


def _is_right(made: Made, best: Weighed) -> bool:
    """Whether a figure is the one asked for, or states the same of the same elsewhere."""
    wanted, figure = made.figure, best.figure
    if wanted is None:
        return False
    if best.evidence.report.id == made.report and figure.ordinal == wanted.ordinal:
        return True
    if made.timeless and figure.subject_text == wanted.subject_text:
        return (figure.measure, figure.base_unit) == (wanted.measure, wanted.base_unit)
    return _states(figure) == _states(wanted) and bool(set(figure.subject_text) & set(wanted.subject_text))


def _states(figure: Figure) -> tuple[object, ...]:
    value = None if figure.value is None else figure.value * figure.scale
    return value, figure.base_unit, figure.measure, figure.period


def _logistic(values: Matrix) -> Matrix:
    result: Matrix = 1.0 / (1.0 + np.exp(-values))
    return result


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Train when the reader answers and when it says that nothing is held.")
    parser.add_argument("--archive", type=Path, required=True, help="an archive folder, made with youju index")
    parser.add_argument("--data", type=Path, default=Path("../shared/training"), help="the folder of cedict.jsonl.gz")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--questions", type=int, default=6000)
    parser.add_argument("--out", type=Path, default=Path(__file__).with_name(FILE_NAME))
    return parser


if __name__ == "__main__":
    main()
