"""What an evaluation found, as aligned lines of text: the metrics by language, then every kind of question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import isnan

from assistant.evaluate import Group, Rate, groups, mean_length, metrics, times
from assistant.judge import Judgement
from assistant.types import Answer, Language
from ui.columns import Column, aligned
from ui.text import say

LANGUAGES = ("zh", "en")
KIND_COLUMNS = ("kind", "lang", "count", "right", "interval", "cited", "wrong", "refused", "ambiguous", "length")


def metrics_text(
    judgements: Sequence[Judgement],
    answers: Sequence[Answer],
    language: Language,
    before: Mapping[str, tuple[int, int]] | None = None,
) -> str:
    """The metrics of all questions with their intervals, of each language, and (`before`) against the last run."""
    held = [name for name in LANGUAGES if any(item.language == name for item in judgements)]
    columns = [Column(say(language, "eval_metric")), *(Column(say(language, f"eval_{name}"), right=True) for name in
        ("share", "interval", "count"))]  # fmt: skip
    columns += [Column(say(language, f"eval_{name}"), right=True) for name in held if len(held) > 1]
    if before is not None:
        columns.append(Column(say(language, "eval_since"), right=True))
    of_language = {name: _by_name(item for item in judgements if item.language == name) for name in held}
    rows = []
    for rate in metrics(judgements):
        row = [metric_name(rate.name, language), percent(rate.value), interval(rate), f"{rate.hits}/{rate.of}"]
        if len(held) > 1:
            row += [_share_of(of_language[name].get(rate.name)) for name in held]
        if before is not None:
            row.append(_since(rate, before))
        rows.append(row)
    lines = aligned(columns, rows)
    return "\n".join([*lines, *_measures(judgements, answers, language)])


def kinds_text(judgements: Sequence[Judgement], language: Language) -> str:
    """Every kind of question in each language: how many, right, cited, wrong, refused, asked back, mean length."""
    columns = [Column(say(language, f"eval_{name}"), right=name not in {"kind", "lang"}) for name in KIND_COLUMNS]
    return "\n".join(aligned(columns, [_kind_row(group, language) for group in groups(judgements)]))


def metric_name(name: str, language: Language) -> str:
    """The metric as a reader of `language` calls it."""
    return say(language, f"metric_{name.replace(' ', '_')}")


def percent(share: float) -> str:
    """A share as `62.1%`; an empty text for NaN."""
    return "" if isnan(share) else f"{share:.1%}"


def interval(rate: Rate) -> str:
    """The 95 % interval as `52.1–71.0%`."""
    low, high = rate.interval
    return f"{low * 100:.1f}–{high * 100:.1f}%" if rate.of else ""


def _by_name(judgements: Iterable[Judgement]) -> dict[str, Rate]:
    return {rate.name: rate for rate in metrics(list(judgements))}


def _share_of(rate: Rate | None) -> str:
    return f"{percent(rate.value)} {rate.hits}/{rate.of}" if rate else ""


def _since(rate: Rate, before: Mapping[str, tuple[int, int]]) -> str:
    hits, of = before.get(rate.name, (0, 0))
    if not of:
        return ""
    points = (rate.value - hits / of) * 100
    return "=" if (hits, of) == (rate.hits, rate.of) else f"{points:+.1f}"


def _measures(judgements: Sequence[Judgement], answers: Sequence[Answer], language: Language) -> list[str]:
    """The lines of what is no share: how long answers are, and how long they take."""
    lines = []
    for kind in ("figure", "text"):
        if (length := mean_length(judgements, kind)) is not None:
            lines.append(say(language, f"eval_length_{kind}", length=f"{length:.0f}"))
    if took := times(answers):
        lines.append(say(language, "eval_times", p50=f"{took.p50:.1f}", p99=f"{took.p99:.1f}"))
    return ["", *lines] if lines else []


def _kind_row(group: Group, language: Language) -> list[str]:
    right = group.rate(lambda item: item.right)
    sub = f"/{group.sub}" if group.sub and group.sub != group.kind else ""
    return [
        say(language, f"kind_{group.kind}") + sub,
        group.language,
        str(right.of),
        percent(right.value),
        interval(right),
        _count(group.rate(lambda item: item.right and item.cited)),
        _count(group.rate(lambda item: item.wrong_number or item.fabricated)),
        _count(group.rate(lambda item: item.refused)),
        _count(group.rate(lambda item: item.ambiguous)),
        f"{group.length:.0f}",
    ]


def _count(rate: Rate) -> str:
    return str(rate.hits)
