"""How sure the reader says it is, against how often it is right: a table of ten bins and a drawing.

    python -m benchmarks.reliability [--questions N] [--seed N] [--svg docs/images/reliability.svg]

Asked are the figure questions of the working halves, and questions made from the ledgers of reports that training the
confidence kept for measuring (`assistant.train_reader`, with the same seed). Counted is the best candidate of each,
whether it was stated or refused.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from assistant.chain import ChainSteps
from assistant.evaluate import Rate, asked_of
from assistant.expected import is_figure
from assistant.explain import Explanation, explain
from assistant.judge import FIGURE_KINDS, is_report
from assistant.reader_pairs import Made, Maker, make_questions
from assistant.train_reader import ABSENT, HELD_OUT, TODAY
from benchmarks.exams import ROOT, SHARED, ExamSet, Question, bureaus_sets, gov_sets
from benchmarks.reliability_svg import drawing
from indexer.archive import Archive
from indexer.training.dictionary import Dictionary
from indexer.training.pairs import read_rows
from ui.columns import Column, aligned
from ui.evaluation import interval, percent

BINS: Final = 10
TRAINED_ON: Final = ("archive/national", "archive/provinces-2025")  # in ../shared; with the corpus


@dataclass(frozen=True, slots=True)
class Told:
    """How sure the reader was of its best candidate, and whether that is the right one."""

    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """The questions whose confidence lies within a tenth."""

    low: float
    stated: float  # mean confidence
    right: Rate


def bins(told: Sequence[Told]) -> list[Bin]:
    """The tenths that hold any question, from the least sure on."""
    found = []
    for number in range(BINS):
        inside = [one for one in told if min(int(one.confidence * BINS), BINS - 1) == number]
        if inside:
            mean = sum(one.confidence for one in inside) / len(inside)
            found.append(Bin(number / BINS, mean, Rate("right", sum(one.right for one in inside), len(inside))))
    return found


def expected_calibration_error(told: Sequence[Told]) -> float:
    """Σ n_b / N · |stated_b − right_b| over the bins b (Naeini, Cooper and Hauskrecht 2015); 0 is perfect."""
    return sum(one.right.of * abs(one.stated - one.right.value) for one in bins(told)) / len(told)


def told_by_exam(sets: Sequence[ExamSet]) -> Iterator[Told]:
    """What the reader says of the figure questions of some sets."""
    for one in sets:
        with Archive.open(one.archive()) as archive:
            steps = ChainSteps(archive)
            for question in one.questions:
                if question["kind"] in FIGURE_KINDS and question["values"]:
                    for part in explain(steps, asked_of(question, None))[:1]:
                        if part.confidence is not None:
                            yield Told(part.confidence, _is_wanted(question, part))


def told_by_made(archive: Archive, seed: int, count: int) -> Iterator[Told]:
    """What the reader says of made questions on the reports that training keeps for measuring."""
    random = Random(seed)
    dictionary = Dictionary((row["zh"], row["en"]) for row in read_rows(SHARED / "training" / "cedict.jsonl.gz"))
    maker, steps = Maker(archive, random, dictionary), ChainSteps(archive)
    reports = sorted(archive.reports(), key=lambda report: report.id)
    random.shuffle(reports)
    for made in make_questions(maker, reports[: len(reports) // HELD_OUT], count, ABSENT):
        if made.left_out is None:  # the others have an answer as long as their report is held
            parts = explain(steps, {"question": made.text, "today": TODAY})
            if len(parts) == 1 and parts[0].confidence is not None:
                yield Told(parts[0].confidence, _is_made(made, parts[0]))


def table(told: Sequence[Told]) -> str:
    """The bins as aligned lines, with the expected calibration error."""
    columns = [Column("stated")] + [
        Column(name, right=True) for name in ("questions", "mean stated", "right", "95 % interval")
    ]
    rows = [
        [f"{one.low:.1f}–{one.low + 1 / BINS:.1f}", str(one.right.of), f"{one.stated:.3f}", percent(one.right.value), interval(one.right)]
        for one in bins(told)
    ]  # fmt: skip
    mean = sum(one.right for one in told) / len(told)
    error = (
        f"expected calibration error {expected_calibration_error(told):.3f}, {len(told)} questions, {mean:.1%} right"
    )
    return "\n".join([*aligned(columns, rows), error])


def _is_wanted(question: Question, part: Explanation) -> bool:
    """Whether the best candidate is the figure that a question of an exam wants, in the report it wants it from."""
    best, unit, evidence = part.best, question.get("unit"), question.get("evidence") or ""
    if best is None or not is_report(best.evidence.report.path, question["report"]):
        return False
    return any(is_figure(value, unit, evidence, best.figure) for value in question["values"])


def _is_made(made: Made, part: Explanation) -> bool:
    """Whether the best candidate is the figure that a question was made from, or states the same elsewhere."""
    wanted, best = made.figure, part.best
    if wanted is None or best is None:
        return False
    figure = best.figure
    same = (figure.measure, figure.base_unit) == (wanted.measure, wanted.base_unit)
    if made.timeless and figure.subject_text == wanted.subject_text:
        return same  # of any time
    if best.evidence.report.id == made.report and figure.ordinal == wanted.ordinal:
        return True
    equal = figure.value is not None and wanted.value is not None
    equal = equal and figure.value * figure.scale == wanted.value * wanted.scale  # type: ignore[operator]
    return same and equal and figure.period == wanted.period and bool({*figure.subject_text} & {*wanted.subject_text})


def _trained_archive(folder: Path) -> ExamSet:
    """The reports that the confidence is trained on; no questions."""
    return ExamSet([], (*(SHARED / name for name in TRAINED_ON), ROOT / "corpus"), folder / "trained")


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask, print and draw; returns the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--questions", type=int, default=1500, help="made questions (default 1500)")
    parser.add_argument("--seed", type=int, default=1, help="that of assistant.train_reader (default 1)")
    parser.add_argument("--svg", type=Path, default=ROOT / "docs" / "images" / "reliability.svg")
    options = parser.parse_args(arguments)
    measured: dict[str, list[Told]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder, has_shared = Path(name), (SHARED / "archive").is_dir()
        sets = [*(gov_sets("working", folder)[:1] if has_shared else []), *bureaus_sets("working", folder)]
        measured["exam questions"] = list(told_by_exam(sets))
        if has_shared:
            with Archive.open(_trained_archive(folder).archive()) as archive:
                measured["made questions"] = list(told_by_made(archive, options.seed, options.questions))
    for title, told in measured.items():
        print(f"{title}\n{table(told)}\n")
    panels: Mapping[str, Sequence[Bin]] = {title: bins(told) for title, told in measured.items()}
    options.svg.write_text(drawing(panels), encoding="utf-8")
    print(f"{options.svg} drawn")
    return 0


if __name__ == "__main__":
    sys.exit(main())
