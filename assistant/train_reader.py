"""Trains the reader: `python -m assistant.train_reader --archive DIR --data DIR --seed N`.

Questions are made from the ledger of the archive (`reader_pairs`), put through the real question understanding, scope,
retrieval and weighing. From them are learned the weights of the features, and when the best figure is the right one. A
third of the reports is kept for measuring: the reliability table that is printed comes from questions on those.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from pathlib import Path
from random import Random

import numpy as np

from assistant.chain import ChainSteps
from assistant.choose import best_of
from assistant.concepts import make_wanted
from assistant.confidence import NAMES, features_of
from assistant.fitting import HAND_SET, Choice, Examples, fit, fit_ranking, probabilities, report_lines
from assistant.indicators import open_indicators
from assistant.read_figures import RERANKED, Look, Weighed, rescored, weigh_figures
from assistant.reader_pairs import PHRASES_ASKED, Made, Maker, make_questions, written_questions
from assistant.reader_weights import FILE_NAME
from assistant.retrieve import gather
from assistant.scope import resolve_scope
from assistant.several import split
from assistant.types import Intent
from indexer.archive import Archive
from indexer.lexicon.indicators import Indicator, read_indicators
from indexer.training.dictionary import Dictionary
from indexer.training.everyday import is_kept_out
from indexer.training.pairs import read_rows
from indexer.types import Figure, ReportInfo

READ = frozenset({Intent.FIGURE, Intent.COMPARISON, Intent.PLAN_VS_DONE})  # the intents that figures answer
HELD_OUT = 3  # one report of so many is kept for measuring
WRITTEN = 0.4  # of the questions are hand-written ones in everyday words
ABSENT = 0.3  # of the questions have no answer
TODAY = date(2025, 12, 31)  # so that made questions read the same on every day


@dataclass(frozen=True, slots=True)
class Asked:
    """A made question and the figures that were weighed for it, best first."""

    made: Made
    weighed: Sequence[Weighed]


def main(arguments: Sequence[str] | None = None) -> None:
    """Make questions, train, measure on reports kept apart, and write the weights."""
    options = _parser().parse_args(arguments)
    archive, random = Archive.open(options.archive), Random(options.seed)
    dictionary = Dictionary((row["zh"], row["en"]) for row in read_rows(options.data / "cedict.jsonl.gz"))
    maker = Maker(archive, random, dictionary)
    reports = sorted(archive.reports(), key=lambda report: report.id)
    random.shuffle(reports)
    kept = reports[: len(reports) // HELD_OUT]
    trained = _asked(maker, reports[len(kept) :], options.questions)
    measured = _asked(maker, kept, options.questions // 2)
    ranking = fit_ranking([choice for asked in trained if (choice := _choice(asked)) is not None])
    weights = fit(_examples(trained, ranking))
    examples = _examples(measured, ranking)
    print(report_lines(examples, probabilities(examples.features, weights)))
    for name, of_ranking in (("by hand", HAND_SET), ("learned", ranking)):
        print(f"right figure first, weights {name}: {_share_first(measured, of_ranking):.3f}")
    named = dict(zip(NAMES, (round(float(weight), 3) for weight in weights[1:]), strict=True))
    source = {
        "embedder": archive.embedder.fingerprint,
        "ranking": ranking,
        "intercept": round(float(weights[0]), 3),
        "weights": named,
    }
    options.out.write_text(json.dumps(source, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{len(trained)} questions trained on, {options.out} written: {source}")


def _asked(maker: Maker, reports: Sequence[ReportInfo], count: int) -> list[Asked]:
    """`count` questions on these reports with what was weighed for them; one that brings no figure teaches nothing."""
    steps = ChainSteps(maker.archive)
    indicators = read_indicators()
    steps.indicators = open_indicators(maker.archive, [_known(item) for item in indicators])
    kept = [item for item in indicators if is_kept_out(item)]
    written = written_questions(maker, reports, kept, int(count * WRITTEN), ABSENT)
    made = chain(make_questions(maker, reports, int(count * (1 - WRITTEN)), ABSENT), written)
    return [Asked(one, weighed[:RERANKED]) for one in made for weighed in _weighed(steps, one) if weighed]


def _choice(asked: Asked) -> Choice | None:
    """The question as one to learn ranking from; None where none of its figures is right."""
    right = np.array([_is_right(asked.made, item) for item in asked.weighed])
    features = np.array([[item.features[name] for name in HAND_SET] for item in asked.weighed], dtype=np.float64)
    return Choice(features, right) if asked.made.figure is not None and right.any() else None


def _examples(questions: Sequence[Asked], ranking: Mapping[str, float]) -> Examples:
    """What the figure that comes first by these weights shows, for each question."""
    rows = []
    for asked in questions:
        weighed = rescored(asked.weighed, ranking)
        if (best := best_of(weighed)) is not None:
            rows.append((features_of(best, weighed), _is_right(asked.made, best), asked.made.figure is not None))
    features = np.array([[told[name] for name in NAMES] for told, _, _ in rows], dtype=np.float64)
    return Examples(
        features, np.array([right for _, right, _ in rows], float), np.array([held for _, _, held in rows], float)
    )


def _share_first(questions: Sequence[Asked], ranking: Mapping[str, float]) -> float:
    """Of the questions that have an answer the share for which it comes first by these weights."""
    answerable = [asked for asked in questions if asked.made.figure is not None]
    first = [best_of(rescored(asked.weighed, ranking)) for asked in answerable]
    right = [best is not None and _is_right(asked.made, best) for asked, best in zip(answerable, first, strict=True)]
    return sum(right) / len(right)


def _weighed(steps: ChainSteps, made: Made) -> Iterator[list[Weighed]]:
    """The figures that the product weighs for a made question; none where it is read as another sort of question."""
    archive = steps.archive
    parts = split(steps.question_of(made.text, TODAY))
    if len(parts) != 1 or parts[0].intent not in READ:
        return
    question = parts[0]
    scope = resolve_scope(question, archive.reports(), archive.told_periods())
    reports = [report.id for report in scope.reports if report.id != made.left_out]
    likely = steps.indicators.likely(question.subject)
    evidence = gather(archive, question, reports, archive.settings.answer.candidates, likely)
    wanted = make_wanted(question.concepts, archive.segmenter)
    yield weigh_figures(
        Look(archive, question, wanted, scope.periods, likely, steps.indicators.usual_kinds(question.subject)), evidence
    )


def _known(item: Indicator) -> Indicator:
    """The indicator as the product may know it when it is asked about: half of those asked are unknown, half known by
    other phrasings than the ones asked.
    """
    if not is_kept_out(item):
        return item
    others = () if len(item.official) % 2 else item.everyday[PHRASES_ASKED:]
    return replace(item, everyday=others, english=())


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
