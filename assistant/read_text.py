"""The text reader: the shortest run of whole clauses that answers a question which wants words, not a number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.answer_kinds import AnswerKinds
from assistant.features import names_required
from assistant.matching import Wanted
from assistant.text_asked import Asked
from assistant.text_confidence import assurance
from assistant.text_lists import Item, heading_items, part_items
from assistant.text_runs import Run, find_runs
from assistant.text_widen import widened
from assistant.types import Evidence, Intent, Question
from indexer.archive import Archive
from indexer.types import Span

PASSAGES_READ = 10
COMPARED = 30  # so many runs, by words and by their sentence, are also compared by meaning
WIDENED = 6  # so many of the best runs are widened to what was asked for
MEANING_WEIGHT = 1.0
SENTENCE_WEIGHT = 0.3  # of the meaning of the whole sentence
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
    best: dict[tuple[str, int], Run] = {}
    for run in sorted(_by_meaning(archive, question, find_runs(asked, kept)), key=lambda run: -run.score):
        if not _asks(run):
            best.setdefault(_passage(run), run)
    runs = list(best.values())
    readings = [_reading(asked, run, number < WIDENED, runs) for number, run in enumerate(runs)]
    return [*_in_items(archive, asked, kept), *readings]


def _asks(run: Run) -> bool:
    """Whether the run is itself a question (这一年干了什么？), which answers none."""
    return run.evidence.passage.text[run.span.start : run.span.end].rstrip().endswith(("？", "?"))


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


def _reading(asked: Asked, run: Run, widen: bool, best: Sequence[Run]) -> Reading:
    shown = widened(run, asked) if widen else run
    words = run.evidence.passage.text[shown.span.start : shown.span.end]
    start = run.evidence.passage.start + shown.span.start + len(words) - len(words.lstrip())
    words = words.strip().rstrip(MARKS)
    item = (run.evidence.section, Span(start, start + len(words)))
    sure = assurance(asked, shown, [other for other in best if other is not run])
    return Reading(run.evidence, (item,), words, sure, run.score)


def _by_meaning(archive: Archive, question: Question, runs: Sequence[Run]) -> list[Run]:
    """The best of the runs with the cosine of their sentence and their own to the question, which raise their score."""
    if not runs:
        return []
    asked = archive.embedder.encode_questions([question.subject or question.standalone])[0]
    sentences = list(dict.fromkeys((*_passage(run), run.sentence) for run in runs))
    held = {_passage(run): run.evidence.passage.text for run in runs}
    texts = [held[report, ordinal][span.start : span.end] for report, ordinal, span in sentences]
    cosines = np.clip(archive.embedder.encode_passages(texts) @ asked, 0.0, 1.0)
    near = {sentence: float(cosine) for sentence, cosine in zip(sentences, cosines, strict=True)}
    compared = _compared([(run, near[*_passage(run), run.sentence]) for run in runs])
    texts = [run.evidence.passage.text[run.span.start : run.span.end] for run, _ in compared]
    cosines = np.clip(archive.embedder.encode_passages(texts) @ asked, 0.0, 1.0)
    return [
        replace(
            run,
            meaning=float(cosine),
            sentence_meaning=of_sentence,
            score=run.score + SENTENCE_WEIGHT * of_sentence + MEANING_WEIGHT * float(cosine),
        )
        for (run, of_sentence), cosine in zip(compared, cosines, strict=True)
    ]


def _compared(runs: Sequence[tuple[Run, float]]) -> list[tuple[Run, float]]:
    """The best of all runs, each with the cosine of its sentence: COMPARED of them, and the best of every passage."""
    ordered = sorted(runs, key=lambda item: -item[0].score - SENTENCE_WEIGHT * item[1])
    best = ordered[:COMPARED]
    seen = {_passage(run) for run, _ in best}
    for run, cosine in ordered[COMPARED:]:
        if _passage(run) not in seen:
            seen.add(_passage(run))
            best.append((run, cosine))
    return best


def _passage(run: Run) -> tuple[str, int]:
    return run.evidence.report.id, run.evidence.passage.ordinal
