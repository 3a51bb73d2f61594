"""The text reader: the shortest run of whole clauses that answers a question which wants words, not a number."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.answer_kinds import AnswerKinds
from assistant.features import names_required
from assistant.matching import Wanted
from assistant.text_asked import Asked
from assistant.text_lists import Item, heading_items, part_items
from assistant.text_runs import Run, find_runs
from assistant.text_widen import widened
from assistant.types import Evidence, Intent, Question
from indexer.archive import Archive
from indexer.types import Span

PASSAGES_READ = 20
COMPARED = 40  # so many runs, by words, are also compared by meaning
WIDENED = 6  # so many of the best runs are widened to what was asked for
MEANING_WEIGHT = 0.6
UNSHOWN_FACTOR = 0.8  # a run without anything of the kind asked for answers less surely
STRICT_FACTOR = 0.4  # one without anything of a kind that is nearly always recognised
WITHOUT_MAIN_FACTOR = 0.7  # what tells most of the question is not said anywhere around
MEANING_SURE = 0.4  # so much of the cosine beyond that of chance speaks for a run
CHANCE_MEANING = 0.2
MARKS = "，,；;。 \u3000"


@dataclass(frozen=True, slots=True)
class Reading:
    """A run of clauses, or several items, with what speaks for it."""

    evidence: Evidence
    items: tuple[Item, ...]  # where it stands: each section and span of the report
    text: str
    coverage: float  # how surely it answers: 0–1
    score: float


def read_text(
    archive: Archive, kinds: AnswerKinds, question: Question, wanted: Sequence[Wanted], evidence: Sequence[Evidence]
) -> list[Reading]:
    """The readings that may answer, best first, the best of each passage; a list in items comes before single runs."""
    asked = Asked.of(question, kinds.expected(question.standalone), wanted, archive.segmenter)
    kept = [item for item in evidence[:PASSAGES_READ] if names_required(question, item)]
    found = find_runs(asked, kept)
    runs = _with_meaning(archive, question, sorted(found, key=lambda run: -run.score)[:COMPARED])
    best: dict[tuple[str, int], Run] = {}
    for run in sorted(runs, key=lambda run: -run.score):
        best.setdefault((run.evidence.report.id, run.evidence.passage.ordinal), run)
    readings = [_reading(asked, run, number < WIDENED) for number, run in enumerate(best.values())]
    return [*_in_items(archive, asked, kept), *readings]


def _in_items(archive: Archive, asked: Asked, evidence: Sequence[Evidence]) -> list[Reading]:
    source, items = None, list[Item]()
    if asked.expected.part is not None:
        source, items = part_items(archive, asked.expected.part, asked, evidence)
    elif asked.question.intent is Intent.LIST:
        source, items = heading_items(archive, asked, evidence)
    if source is None:
        return []
    report = archive.report(source.report.id)
    words = [report.text[span.start : span.end].strip(MARKS) for _, span in items]
    return [Reading(source, tuple(items), "；".join(words), 1.0, 1.0)]


def _reading(asked: Asked, run: Run, widen: bool) -> Reading:
    shown = widened(run, asked) if widen else run
    words = run.evidence.passage.text[shown.span.start : shown.span.end]
    start = run.evidence.passage.start + shown.span.start + len(words) - len(words.lstrip())
    words = words.strip().rstrip(MARKS)
    item = (run.evidence.section, Span(start, start + len(words)))
    return Reading(run.evidence, (item,), words, _assurance(asked, shown), run.score)


def _assurance(asked: Asked, run: Run) -> float:
    """How surely a run answers: what it says of the question, less where the kind or the main thing is missing.

    0–1, by the words as far as they can be matched, and by the meaning.
    """
    sure = asked.certainty * run.coverage + (1 - asked.certainty) * run.overlap
    sure = sure * math.sqrt(asked.known) + MEANING_SURE * max(0.0, run.meaning - CHANCE_MEANING)
    if not asked.is_shown(run.text):
        sure *= STRICT_FACTOR if asked.expected.is_strict else UNSHOWN_FACTOR
    return min(1.0, sure * (1.0 if run.says_main(asked) else WITHOUT_MAIN_FACTOR))


def _with_meaning(archive: Archive, question: Question, runs: Sequence[Run]) -> list[Run]:
    if not runs:
        return []
    asked = archive.embedder.encode_questions([question.subject or question.standalone])[0]
    texts = [run.evidence.passage.text[run.span.start : run.span.end] for run in runs]
    cosines = np.clip(archive.embedder.encode_passages(texts) @ asked, 0.0, 1.0)
    return [
        replace(run, meaning=float(cosine), score=run.score + MEANING_WEIGHT * float(cosine))
        for run, cosine in zip(runs, cosines, strict=True)
    ]
