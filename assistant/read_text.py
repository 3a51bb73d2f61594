"""The text reader: the shortest run of whole clauses that answers a question which wants words, not a number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.features import names_required
from assistant.matching import Wanted, coverage, match
from assistant.types import Evidence, Question
from indexer.archive import Archive
from indexer.fold import fold
from indexer.sentences import split_clauses, split_sentences
from indexer.types import Span

PASSAGES_READ = 20
RUN_CLAUSES = 3  # at most so many clauses side by side
RUN_CHARACTERS = 110
COMPARED = 60  # so many runs, by words, are also compared by meaning
CONTEXT_FACTOR = 0.55  # what stands in the sentence, the headings or the passage around the run counts so much
LENGTH_COST = 0.0025  # a character
MEANING_WEIGHT = 0.6
KIND_BONUS = 0.12
KIND_ASKED = re.compile(
    r"(?:哪|什么)(?:[一二两三几些]?)(?:个|条|座|家|项|位|所|种|类|支|款|颗|部)?(?P<kind>[\u4e00-\u9fff]{1,4})"
)
NUMBERING = re.compile(
    r"^(?:[一二三四五六七八九十]+[、.]|\([一二三四五六七八九十\d]+\)|\d+[.、]|第[一二三四五六七八九十]+[,，、]|[一二三四五六七八九十]是)\s*|\s"
)
TIME_ASKED = re.compile(r"何时|哪(?:一)?年|什么时候|哪天|几月|\bwhen\b", re.IGNORECASE)
TIME_SAID = re.compile(r"\d年|\d月|年底")


@dataclass(frozen=True, slots=True)
class Reading:
    """A run of clauses with what speaks for it."""

    evidence: Evidence
    span: Span
    text: str
    coverage: float
    score: float


def read_text(
    archive: Archive, question: Question, wanted: Sequence[Wanted], evidence: Sequence[Evidence]
) -> list[Reading]:
    """The runs of clauses that may answer, best first; runs of one sentence compete, the best of each is kept."""
    readings: list[Reading] = []
    for item in evidence[:PASSAGES_READ]:
        if names_required(question, item):
            readings += _runs(question, wanted, item)
    readings.sort(key=lambda reading: -reading.score)
    readings = _with_meaning(archive, question, readings[:COMPARED])
    best: dict[tuple[str, int], Reading] = {}
    for reading in sorted(readings, key=lambda reading: -reading.score):
        best.setdefault((reading.evidence.report.id, reading.evidence.passage.ordinal), reading)
    return list(best.values())


def _runs(question: Question, wanted: Sequence[Wanted], evidence: Evidence) -> list[Reading]:
    passage = evidence.passage
    text = passage.text
    lower = fold(text).lower()
    around = fold(" ".join((*evidence.section.path, evidence.report.title))).lower() + lower
    context = [match(item, around) * CONTEXT_FACTOR for item in wanted]
    kind = _kind(question)
    readings = []
    headings = {_bare(heading) for heading in (*evidence.section.path, evidence.report.title)}
    for sentence in split_sentences(text):
        if _bare(text[sentence.start : sentence.end]) in headings:
            continue
        clauses = [
            clause
            for clause in split_clauses(text, sentence.start, sentence.end)
            if text[clause.start : clause.end].strip()
        ]
        said = [match(item, lower[sentence.start : sentence.end]) * 0.8 for item in wanted]
        for first in range(len(clauses)):
            for last in range(first, min(first + RUN_CLAUSES, len(clauses))):
                span = Span(clauses[first].start, clauses[last].end)
                if last > first and span.end - span.start > RUN_CHARACTERS:
                    break
                run = lower[span.start : span.end]
                inside = [match(item, run) for item in wanted]
                total = coverage(wanted, [max(values) for values in zip(inside, said, context, strict=True)])
                own = coverage(wanted, inside)
                score = total + own - LENGTH_COST * (span.end - span.start) + _bonus(question, kind, run)
                readings.append(_reading(evidence, span, text, total, score))
    return readings


def _bare(text: str) -> str:
    """A heading without its number, its punctuation and blank space."""
    return NUMBERING.sub("", fold(text).strip()).strip("。:： ")


def _reading(evidence: Evidence, span: Span, text: str, total: float, score: float) -> Reading:
    words = text[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip())
    words = words.strip().rstrip("，,；;。 ")
    offset = evidence.passage.start
    return Reading(evidence, Span(offset + start, offset + start + len(words)), words, total, score)


def _kind(question: Question) -> str | None:
    """What sort of thing is asked for: 河 in 哪两条河, 平台 in 哪个平台."""
    found = KIND_ASKED.search(question.standalone)
    return found["kind"] if found else None


def _bonus(question: Question, kind: str | None, run: str) -> float:
    if TIME_ASKED.search(question.standalone):
        return KIND_BONUS if TIME_SAID.search(run) else 0.0
    return KIND_BONUS if kind and (kind in run or kind[:1] in run) else 0.0


def _with_meaning(archive: Archive, question: Question, readings: Sequence[Reading]) -> list[Reading]:
    if not readings:
        return []
    asked = archive.embedder.encode_questions([question.subject or question.standalone])[0]
    cosines = np.clip(archive.embedder.encode_passages([reading.text for reading in readings]) @ asked, 0.0, 1.0)
    return [
        Reading(item.evidence, item.span, item.text, item.coverage, item.score + MEANING_WEIGHT * float(cosine))
        for item, cosine in zip(readings, cosines, strict=True)
    ]
