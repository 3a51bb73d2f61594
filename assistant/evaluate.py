"""The measured quality of answers: each question of a set asked, judged by fixed rules, and counted with intervals."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from langchain_core.runnables import Runnable

from assistant.judge import FIGURE_KINDS, SEVERAL_KINDS, UNANSWERABLE, Judgement, judge
from assistant.question import language_of
from assistant.types import Answer, Intent, Question, Status
from assistant.unquoted import STATING
from indexer.errors import QuestionError

Z95: Final = 1.959964  # the 0.975 quantile of the standard normal distribution
FIRST: Final = 5  # "in the first five"

Questions = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of so many."""

    name: str
    hits: int
    of: int

    @property
    def value(self) -> float:
        """The share, 0–1; NaN of none."""
        return self.hits / self.of if self.of else math.nan

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of Wilson (1927), "Probable inference, the law of succession, and statistical inference"."""
        if not self.of:
            return math.nan, math.nan
        p, n, z2 = self.value, self.of, Z95 * Z95
        middle = (p + z2 / (2 * n)) / (1 + z2 / n)
        half = Z95 * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n)
        return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True, slots=True)
class Metric:
    """What is counted: `hits(item)` of `of(item)` over all judgements."""

    name: str
    of: Callable[[Judgement], int]
    hits: Callable[[Judgement], int]
    less_is_better: bool = False

    def rate(self, judgements: Sequence[Judgement]) -> Rate:
        """The rate over these judgements."""
        counted = [(self.of(item), self.hits(item)) for item in judgements]
        return Rate(self.name, sum(hits for of, hits in counted if of), sum(of for of, _ in counted))


@dataclass(frozen=True, slots=True)
class Group:
    """The questions of one kind in one language."""

    kind: str
    sub: str
    language: str
    judgements: tuple[Judgement, ...]

    def rate(self, test: Callable[[Judgement], bool]) -> Rate:
        """How many of the group pass `test`."""
        return Rate(f"{self.kind}/{self.sub} {self.language}", sum(map(test, self.judgements)), len(self.judgements))

    @property
    def length(self) -> float:
        """The mean length of the answers, in characters."""
        return sum(item.length for item in self.judgements) / len(self.judgements)


@dataclass(frozen=True, slots=True)
class Times:
    """How long the answers took, in milliseconds."""

    p50: float
    p99: float


def _figure(item: Judgement) -> bool:
    return item.kind in FIGURE_KINDS and item.has_value


def _answerable(item: Judgement) -> bool:
    return item.kind not in UNANSWERABLE


def _retrievable(item: Judgement) -> bool:
    return _answerable(item) and item.has_evidence and item.kind not in SEVERAL_KINDS


def _of_kind(*kinds: str) -> Callable[[Judgement], bool]:
    return lambda item: item.kind in kinds


_text, _several = _of_kind("text"), _of_kind(*SEVERAL_KINDS)

METRICS: Final = (  # in the order in which they are shown
    Metric("figure right", _figure, lambda item: item.right),
    Metric("figure right and rightly cited", _figure, lambda item: item.right and item.cited),
    Metric("wrong number stated", _figure, lambda item: item.wrong_number, True),
    Metric("unit errors", _figure, lambda item: item.wrong_unit, True),
    Metric("sign errors", _figure, lambda item: item.wrong_sign, True),
    Metric(
        "number in no cited quote",
        lambda item: item.status in STATING,
        lambda item: bool(item.unquoted),
        True,
    ),
    Metric("text right", _text, lambda item: item.right),
    Metric("text right and rightly cited", _text, lambda item: item.right and item.cited),
    Metric("dialogues right", _of_kind("dialog"), lambda item: item.right),
    Metric("comparison and plan points right", lambda item: len(item.points), lambda item: sum(item.points)),
    Metric("comparison and plan questions right", _several, lambda item: item.right),
    Metric("changes stated right", lambda item: item.change is not None, lambda item: bool(item.change)),
    Metric("masked said as masked", _of_kind("masked"), lambda item: item.right),
    Metric("absent said as absent", _of_kind("absent"), lambda item: item.right),
    Metric("masked or absent, yet answered", lambda item: not _answerable(item), lambda item: item.fabricated, True),
    Metric("answerable refused", _answerable, lambda item: item.refused, True),
    Metric("answerable called ambiguous", _answerable, lambda item: item.ambiguous, True),
    Metric("right passage first", _retrievable, lambda item: item.rank == 1),
    Metric("right passage in first five", _retrievable, lambda item: item.rank is not None and item.rank <= FIRST),
)


def ask_all(
    questions: Questions,
    chain: Runnable[Any, Answer],
    on_asked: Callable[[int, int], None] | None = None,
    today: date | None = None,
) -> list[Answer]:
    """The answer to each question, in order; the first is asked twice, so that loading the models counts for none.

    `on_asked` is told after each how many of how many are done.
    """
    answers: list[Answer] = []
    for number, question in enumerate([*questions[:1], *questions]):
        answer = _ask(question, chain, today)
        if number:
            answers.append(answer)
            if on_asked:
                on_asked(number, len(questions))
    return answers


def asked_of(question: Mapping[str, Any], today: date | None) -> dict[str, Any]:
    """A question of a set as a chain takes it."""
    *earlier, text = question.get("turns") or [question["q"]]
    return {"question": text, "turns": earlier, "today": today, "explain": True}


def _ask(question: Mapping[str, Any], chain: Runnable[Any, Answer], today: date | None) -> Answer:
    """The answer; what cannot be asked (far too long, no text) counts as not found."""
    asked = asked_of(question, today)
    text = str(asked["question"])
    try:
        return chain.invoke(asked)
    except QuestionError as error:
        return Answer(Status.NOT_FOUND, str(error), Question(text, text, language_of(text), Intent.FIGURE))


def judged(questions: Questions, answers: Sequence[Answer]) -> list[Judgement]:
    """Each answer judged against its question."""
    return [judge(question, answer) for question, answer in zip(questions, answers, strict=True)]


def metrics(judgements: Sequence[Judgement]) -> list[Rate]:
    """The rates of `METRICS`, in their order, without those of which there is nothing to count."""
    return [rate for rate in (metric.rate(judgements) for metric in METRICS) if rate.of]


def groups(judgements: Sequence[Judgement]) -> list[Group]:
    """The judgements by kind, sub-kind and language, in that order."""
    keys = sorted({(item.kind, item.sub, item.language) for item in judgements})
    return [
        Group(*key, tuple(item for item in judgements if (item.kind, item.sub, item.language) == key)) for key in keys
    ]


def mean_length(judgements: Sequence[Judgement], kind: str) -> float | None:
    """The mean characters of what was answered to the questions of a kind; None where nothing was."""
    lengths = [item.length for item in judgements if item.kind == kind and item.status is Status.ANSWERED]
    return sum(lengths) / len(lengths) if lengths else None


def times(answers: Sequence[Answer]) -> Times | None:
    """The median and the 99th percentile of the time that the answers took; None of none."""
    took = sorted(answer.took_ms for answer in answers if answer.took_ms)
    return Times(took[len(took) // 2], took[min(len(took) - 1, int(len(took) * 0.99))]) if took else None
