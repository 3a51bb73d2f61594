"""An evaluation kept beside the archive, so that the next one says what became better and what worse."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from assistant.evaluate import metrics
from assistant.judge import Judgement
from assistant.question_sets import asked_text
from indexer.errors import YoujuError

FOLDER: Final = "eval"  # in the archive's folder
VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class KeptRun:
    """What is kept of an evaluation: the counts of each metric, and of each question whether it went well."""

    rates: Mapping[str, tuple[int, int]]  # metric → hits, of
    sound: Mapping[str, bool]  # question id → nothing amiss
    asked: Mapping[str, str]  # question id → hash of question and what it expects


@dataclass(frozen=True, slots=True)
class Changes:
    """What is otherwise than in the last run, as ids of questions in the order of the file."""

    became_right: tuple[str, ...]
    became_wrong: tuple[str, ...]
    new: int  # questions that the last run did not ask, or asked otherwise
    gone: int  # questions that only the last run asked


def kept_run(questions: Sequence[Mapping[str, Any]], judgements: Sequence[Judgement]) -> KeptRun:
    """What is to be kept of this run."""
    pairs = list(zip(questions, judgements, strict=True))
    return KeptRun(
        {rate.name: (rate.hits, rate.of) for rate in metrics(judgements)},
        {question["id"]: item.sound for question, item in pairs},
        {question["id"]: _hash(question) for question, _ in pairs},
    )


def run_path(archive: Path, questions: Path) -> Path:
    """Where the last run of a question file over an archive is kept."""
    return archive / FOLDER / f"{questions.stem}.json"


def read_run(path: Path) -> KeptRun | None:
    """The run kept in a file; None where there is none yet. Raises YoujuError for a file that is none."""
    amiss = f"{path} is not a kept evaluation; delete it, or name another file with --save."
    try:
        source = json.loads(path.read_text(encoding="utf-8"))
        if source["version"] != VERSION:
            raise YoujuError(amiss)
        rates = {name: (int(hits), int(of)) for name, (hits, of) in source["rates"].items()}
        rows = source["questions"].items()
        return KeptRun(rates, {id_: bool(row[0]) for id_, row in rows}, {id_: str(row[1]) for id_, row in rows})
    except FileNotFoundError:
        return None
    except OSError as error:
        raise YoujuError(f"{path} cannot be read ({error.strerror}); name another file with --save.") from error
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise YoujuError(amiss) from error


def save_run(path: Path, run: KeptRun) -> None:
    """Keep a run in a file, whole or not at all. Raises YoujuError where it cannot be written."""
    rows = {id_: [sound, run.asked[id_]] for id_, sound in run.sound.items()}
    source = {"version": VERSION, "rates": dict(run.rates), "questions": rows}
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps(source, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
        part.replace(path)
    except OSError as error:
        raise YoujuError(f"{path} cannot be written ({error.strerror}); name another file with --save.") from error
    finally:
        part.unlink(missing_ok=True)


def changes(before: KeptRun, now: KeptRun) -> Changes:
    """What changed between two runs, of the questions that both asked alike."""
    both = [id_ for id_ in now.sound if before.asked.get(id_) == now.asked[id_]]
    return Changes(
        tuple(id_ for id_ in both if now.sound[id_] and not before.sound[id_]),
        tuple(id_ for id_ in both if before.sound[id_] and not now.sound[id_]),
        len(now.sound) - len(both),
        sum(id_ not in now.sound for id_ in before.sound),
    )


def _hash(question: Mapping[str, Any]) -> str:
    expected = [question.get(name) for name in ("kind", "values", "unit", "contains", "points", "plan", "done")]
    text = json.dumps([asked_text(question), expected], ensure_ascii=False, sort_keys=True)
    return sha256(text.encode()).hexdigest()[:12]
