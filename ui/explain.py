"""How the reader chose, for a terminal of 100 columns: the candidates, what each feature adds, and why it answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.explain import Explanation, Refusal, contributions
from assistant.read_figures import WEIGHTS, Weighed
from assistant.types import Answer, Candidate, Language
from ui.columns import Column, aligned, clip
from ui.terminal import Style, plain
from ui.text import TEXTS, say
from ui.view import period_label

WIDTH = 100  # cells
MEANING, SAID, REPORT = 22, 50, 24  # cells for what a feature means, for what a candidate says, for a report's id
VALUE = re.compile(r"(?<![.\d+-])\d\.\d\d(?!\d)")  # of a feature, in a line of the table


def explanation_lines(
    explained: Sequence[Explanation], language: Language, style: Style, answer: Answer | None = None
) -> list[str]:
    """The reading of each part of a question as lines; of a question that words answer, its `answer`'s candidates."""
    lines: list[str] = []
    for part in explained:
        if lines:
            lines.append("")
        if len(explained) > 1:
            lines.append(style.bold(f"— {_asked(part, language)} —"))
        lines += _part(part, language, style)
    if not explained and answer is not None and answer.candidates:
        lines = [style.bold(say(language, "explained_candidates")), *_texts(answer.candidates)]
    return lines


def _part(part: Explanation, language: Language, style: Style) -> list[str]:
    if not part.first:
        return [_why(part, language)]
    first = part.first
    head, *rows = aligned(_candidate_columns(language), [_candidate_row(item, part, language) for item in first])
    table = aligned(_feature_columns(len(first), language), list(_feature_rows(first, language)))
    return [
        style.bold(say(language, "explained_candidates")),
        style.dim(head),
        *rows,
        "",
        style.dim(table[0]),
        *(style.dim(line) if _tells_nothing(line) else line for line in table[1:]),
        style.dim(say(language, "explained_cells")),
        style.bold(_why(part, language)),
    ]


def _asked(part: Explanation, language: Language) -> str:
    """What one part of a question asks that the others do not: its time, its place, planned or done."""
    question = part.room.question
    said = [period_label(period, language) for period in question.periods] + list(question.places)
    said += [str(year) for year in question.report_years] + ([question.role.value] if question.role else [])
    return plain(" · ".join(said)) or plain(question.standalone)


def _tells_nothing(line: str) -> bool:
    """Whether a feature has the same value for all candidates, so that it did not decide between them."""
    values = VALUE.findall(line)
    return len(values) > 1 and len(set(values)) == 1


def _candidate_columns(language: Language) -> list[Column]:
    said, score = say(language, "explained_candidate"), say(language, "explained_score")
    return [Column("#"), Column(score, right=True), Column("id", most=REPORT), Column(said, most=SAID), Column("")]


def _candidate_row(item: Weighed, part: Explanation, language: Language) -> list[str]:
    figure, report = item.figure, item.evidence.report
    said = plain(f"{figure.written} · {period_label(figure.period or report.period, language)} · {figure.subject_text}")
    mark = f"← {say(language, 'explained_chosen')}" if item in part.decision.chosen else ""
    return [str(part.first.index(item) + 1), f"{item.score:.2f}", report.id, said, mark]


def _feature_columns(count: int, language: Language) -> list[Column]:
    names = ("feature", "means", "weight")
    columns = [Column(say(language, f"explained_{name}"), most=MEANING, right=name == "weight") for name in names]
    return [*columns, *(Column(f"#{number}", right=True) for number in range(1, count + 1))]


def _feature_rows(first: Sequence[Weighed], language: Language) -> Iterable[list[str]]:
    """A row for each feature that adds to the score, those that weigh most first; the scores; and the other features."""
    added = [contributions(item) for item in first]
    for name in sorted(WEIGHTS, key=lambda name: -abs(WEIGHTS[name])):
        cells = (_cell(item.features.get(name, 0.0), adds[name][1]) for item, adds in zip(first, added, strict=True))
        yield [name, _meaning(name, language), f"{WEIGHTS[name]:+.1f}", *cells]
    yield [say(language, "explained_score"), "", "", *(f"{item.score:.2f}" for item in first)]
    for name in (name for name in first[0].features if name not in WEIGHTS):
        yield [name, _meaning(name, language), "", *(_cell(item.features.get(name, 0.0)) for item in first)]


def _cell(value: float, adds: float | None = None) -> str:
    return f"{value:.2f} " + (" " * 5 if adds is None else f"{adds:+5.2f}")


def _meaning(name: str, language: Language) -> str:
    return TEXTS[language].get(f"feature_{name}", "")


def _why(part: Explanation, language: Language) -> str:
    refusal, best = part.refusal, part.best
    if best is None or part.confidence is None or refusal in {Refusal.SCOPE, Refusal.NOTHING}:
        return say(language, "explained_scope" if refusal is Refusal.SCOPE else "explained_nothing")
    numbers = {"confidence": f"{part.confidence:.2f}", "threshold": f"{part.threshold:.2f}"}
    if refusal is Refusal.UNSAID:
        return say(language, "explained_unsaid", said=f"{best.coverage:.0%}", **numbers)
    if refusal is Refusal.UNSURE:
        return say(language, "explained_unsure", **numbers)
    sure = part.confidence >= part.threshold
    return say(language, "explained_answers" if sure else "explained_plainly", **numbers)


def _texts(candidates: Sequence[Candidate]) -> list[str]:
    """The spans of text that were weighed, one a line."""
    rows = [[f"{item.score:.2f}", _features(item), item.report, plain(item.text)] for item in candidates]
    columns = [Column("", right=True), Column(""), Column("", most=REPORT), Column("")]
    return [clip(line, WIDTH) for line in aligned(columns, rows)[1:]]


def _features(item: Candidate) -> str:
    return " ".join(f"{name} {value:.2f}" for name, value in item.features.items())
