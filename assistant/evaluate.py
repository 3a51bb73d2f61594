"""The measured quality of answers: each question of a set asked, judged by fixed rules, and counted with intervals."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.chain import answer_chain
from assistant.judge import Judgement, judge
from assistant.types import Answer
from indexer.archive import Archive
from indexer.errors import QuestionError

Z95 = 1.959964  # the 0.975 quantile of the standard normal distribution


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


def read_questions(path: Path) -> list[dict[str, Any]]:
    """The questions of a JSONL file. Raises QuestionError naming the line that is not one."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        if not line.strip():
            continue
        try:
            question = json.loads(line)
        except json.JSONDecodeError as error:
            raise QuestionError(
                f"{path.name}, line {number} is not JSON: {error.msg}; correct or remove the line."
            ) from error
        if not isinstance(question, dict) or not ({"q", "turns"} & question.keys()) or "kind" not in question:
            raise QuestionError(f'{path.name}, line {number} lacks "q" or "kind"; a question has both.')
        found.append(question)
    return found


def ask_all(
    questions: Sequence[Mapping[str, Any]], archive: Archive, on_asked: Callable[[int], None] | None = None
) -> list[Answer]:
    """The answer to each question, in order."""
    chain = answer_chain(archive)
    answers = []
    for number, question in enumerate(questions, 1):
        turns = list(question.get("turns") or [question.get("q", "")])
        answers.append(chain.invoke({"question": turns[-1], "turns": turns[:-1]}))
        if on_asked:
            on_asked(number)
    return answers


def judged(questions: Sequence[Mapping[str, Any]], answers: Sequence[Answer]) -> list[Judgement]:
    """Each answer judged against its question."""
    return [judge(question, answer) for question, answer in zip(questions, answers, strict=True)]


def metrics(judgements: Sequence[Judgement]) -> list[Rate]:
    """The metrics over all judgements, in the order in which they are shown."""
    figure = [item for item in judgements if item.kind in {"figure", "dialog"} and item.has_value]
    text = [item for item in judgements if item.kind == "text"]
    masked = [item for item in judgements if item.kind == "masked"]
    absent = [item for item in judgements if item.kind == "absent"]
    several = [item for item in judgements if item.kind in {"comparison", "plan_vs_done"}]
    answerable = [item for item in judgements if item.kind not in {"masked", "absent"}]
    rates = [
        _rate("figure right", figure, lambda item: item.right),
        _rate("figure right and rightly cited", figure, lambda item: item.right and item.cited),
        _rate("wrong number stated", figure, lambda item: item.wrong_number),
        _rate("text right", text, lambda item: item.right),
        _rate("comparison and plan points right", several, lambda item: item.right),
        _rate("masked said as masked", masked, lambda item: item.right),
        _rate("absent said as absent", absent, lambda item: item.right),
        _rate("answerable refused", answerable, lambda item: item.refused),
        _rate("answerable called ambiguous", answerable, lambda item: item.ambiguous),
        _rate("right passage first", answerable, lambda item: item.rank == 1),
        _rate("right passage in first five", answerable, lambda item: item.rank is not None and item.rank <= 5),
    ]
    groups = sorted({(item.language, item.kind, item.sub) for item in judgements})
    rates += [
        _rate(
            f"  {kind}{'/' + sub if sub else ''} {language}",
            [item for item in judgements if (item.language, item.kind, item.sub) == (language, kind, sub)],
            lambda item: item.right,
        )
        for language, kind, sub in groups
    ]
    return [rate for rate in rates if rate.of]


def run(path: Path, archive: Archive, on_asked: Callable[[int, int], None] | None = None) -> str:
    """The metrics of a question file over an archive, as a table to print.

    Raises QuestionError for a file that is not one of questions.
    """
    questions = read_questions(path)
    answers = ask_all(questions, archive, (lambda number: on_asked(number, len(questions))) if on_asked else None)
    judgements = judged(questions, answers)
    return table(metrics(judgements), answers, judgements)


def failures(
    questions: Sequence[Mapping[str, Any]], answers: Sequence[Answer], judgements: Sequence[Judgement]
) -> list[str]:
    """One line for each question that was not answered as it should be."""
    lines = []
    for question, answer, item in zip(questions, answers, judgements, strict=True):
        if not item.right:
            asked = " / ".join(question.get("turns") or [question.get("q", "")])
            wanted = question.get("values") or question.get("contains") or question["kind"]
            lines.append(f"{question.get('id')}\t{asked}\twanted {wanted}\t{answer.status.value}: {answer.text}")
    return lines


def _rate(name: str, items: Sequence[Judgement], test: Callable[[Judgement], bool]) -> Rate:
    return Rate(name, sum(map(test, items)), len(items))


def table(rates: Iterable[Rate], answers: Sequence[Answer], judgements: Sequence[Judgement]) -> str:
    """The rates with their intervals and counts, answer lengths and times, as lines to print."""
    lines = [f"{'metric':42} {'value':>7}  {'95 % interval':>15}  count"]
    for rate in rates:
        low, high = rate.interval
        lines.append(f"{rate.name:42} {rate.value:7.1%}  {low:6.1%} – {high:6.1%}  {rate.hits}/{rate.of}")
    for kind in ("figure", "text"):
        lengths = [len(answer.text) for answer, item in zip(answers, judgements, strict=True) if item.kind == kind]
        if lengths:
            lines.append(f"{kind + ' answers, mean characters':42} {sum(lengths) / len(lengths):7.0f}")
    times = sorted(answer.took_ms for answer in answers)
    if times:
        p50, p99 = times[len(times) // 2], times[min(len(times) - 1, int(len(times) * 0.99))]
        lines.append(f"{'a question, ms (p50 / p99)':42} {p50:7.1f} / {p99:.1f}")
    return "\n".join(lines)
