"""`youju eval`: answer a file of questions whose answers are known, print the metrics, and compare with the last run."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from assistant.types import Answer, Language
from indexer.archive import Archive
from indexer.errors import YoujuError
from ui.console import progress
from ui.text import say

if TYPE_CHECKING:
    from assistant.judge import Judgement
    from assistant.kept_run import Changes, KeptRun

LISTED = 20  # questions that became right or wrong, shown one a line


@dataclass(frozen=True, slots=True)
class Asked:
    """The questions of a file with their answers and judgements, and the run before."""

    questions: Sequence[Mapping[str, Any]]
    answers: Sequence[Answer]
    judgements: Sequence[Judgement]
    before: KeptRun | None


def run(options: argparse.Namespace) -> int:
    """Ask, print, write the failures and keep the run; nothing is kept of a run that is interrupted."""
    from assistant.chain import ChainSteps
    from assistant.evaluate import ask_all, judged
    from assistant.failures import find_failures
    from assistant.kept_run import kept_run, read_run, run_path
    from assistant.question_sets import read_questions
    from ui.failed import write_failures

    language, today = Language(options.lang), options.today or date.today()
    questions = read_questions(options.questions)
    kept = options.save or run_path(options.archive, options.questions)
    before = read_run(kept)
    with Archive.open(options.archive) as archive:
        steps = ChainSteps(archive)
        with progress() as bar:
            answers = ask_all(questions, steps.chain(), lambda done, total: bar.step(done, total, ""), today)
        asked = Asked(questions, answers, judged(questions, answers), before)
        print(_as_json(asked) if options.json else _as_text(asked, language), flush=True)
        if options.failures is not None:
            failures = find_failures(questions, answers, asked.judgements, steps, today)
            write_failures(options.failures, failures, language)
            print(say(language, "eval_failures", count=len(failures), path=options.failures), file=sys.stderr)
    _keep(kept_run(questions, asked.judgements), options, language)
    return 0


def _keep(run: KeptRun, options: argparse.Namespace, language: Language) -> None:
    """Keep the run; an archive that cannot be written to is no failure, a file named with --save is."""
    from assistant.kept_run import run_path, save_run

    try:
        save_run(options.save or run_path(options.archive, options.questions), run)
    except YoujuError as error:
        if options.save is not None:
            raise
        print(say(language, "eval_not_kept", why=error), file=sys.stderr)


def _as_text(asked: Asked, language: Language) -> str:
    from ui.evaluation import kinds_text, metrics_text

    before = asked.before.rates if asked.before else None
    blocks = [metrics_text(asked.judgements, asked.answers, language, before), kinds_text(asked.judgements, language)]
    if (changed := _changes(asked)) is not None:
        blocks.append("\n".join(_changed_lines(changed, asked, language)))
    return "\n\n".join(blocks)


def _changes(asked: Asked) -> Changes | None:
    from assistant.kept_run import changes, kept_run

    return changes(asked.before, kept_run(asked.questions, asked.judgements)) if asked.before else None


def _changed_lines(changed: Changes, asked: Asked, language: Language) -> list[str]:
    from assistant.question_sets import asked_text

    texts = {question["id"]: asked_text(question) for question in asked.questions}
    lines = []
    for key, ids in (("eval_became_right", changed.became_right), ("eval_became_wrong", changed.became_wrong)):
        if ids:
            lines.append(say(language, key, count=len(ids)))
            lines += [f"  {id_}  {texts[id_]}" for id_ in ids[:LISTED]]
            lines += [f"  … {', '.join(ids[LISTED:])}"] if len(ids) > LISTED else []
    if changed.new or changed.gone:
        lines.append(say(language, "eval_other_questions", new=changed.new, gone=changed.gone))
    return lines or [say(language, "eval_unchanged")]


def _as_json(asked: Asked) -> str:
    """All that is measured as one JSON object; shares are numbers from 0 to 1."""
    from assistant.evaluate import groups, mean_length, metrics, times

    took, changed = times(asked.answers), _changes(asked)
    found: dict[str, Any] = {
        "questions": len(asked.questions),
        "metrics": {rate.name: _rate_json(rate) for rate in metrics(asked.judgements)},
        "languages": {
            name: {rate.name: _rate_json(rate) for rate in metrics(of_language)}
            for name in ("zh", "en")
            if (of_language := [item for item in asked.judgements if item.language == name])
        },
        "kinds": [
            {"kind": group.kind, "sub": group.sub, "lang": group.language}
            | {"right": _rate_json(group.rate(lambda item: item.right)), "characters": round(group.length, 1)}
            for group in groups(asked.judgements)
        ],
        "mean_characters": {kind: mean_length(asked.judgements, kind) for kind in ("figure", "text")},
        "ms": {"p50": round(took.p50, 1), "p99": round(took.p99, 1)} if took else None,
    }
    if changed is not None:
        found["since_last"] = {
            "became_right": changed.became_right,
            "became_wrong": changed.became_wrong,
            "new": changed.new,
            "gone": changed.gone,
        }
    return json.dumps(found, ensure_ascii=False)


def _rate_json(rate: Any) -> dict[str, Any]:
    low, high = rate.interval
    return {
        "hits": rate.hits,
        "of": rate.of,
        "share": round(rate.value, 4),
        "low": round(low, 4),
        "high": round(high, 4),
    }
