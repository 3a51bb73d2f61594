"""Whether the next report comes back to a commitment that has no number: by its words, and by their meaning."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.commitments import commits
from assistant.concepts import find_concepts, make_wanted
from assistant.fulfilment import Verdict
from assistant.matching import Wanted, coverage, match
from assistant.plan_reports import PLAN_PARTS, ReadReport
from assistant.types import Concept
from indexer.archive import Archive
from indexer.embed import Vectors
from indexer.fold import fold
from indexer.sentences import split_sentences
from indexer.types import ReportInfo, Section, SectionKind, Span

SAID, ALIKE = 0.5, 0.45  # of a commitment's words, and the cosine, from which on a sentence is about it
ASKED = 0.7  # of what a question asks for, said in one clause of a plan
ANSWERED = 0.5  # of it said in one sentence of the next report
TOGETHER = 1.15  # of both
QUOTED = re.compile(r"[“\"「『]([^”\"」』]{2,16})[”\"」』]")
FAILED = re.compile(r"未能|没有(?:完成|实现|达到)|未(?:完成|实现|达到|落实)|尚未|搁置|暂停|取消")
UNDER_WAY = re.compile(r"正在|有序推进|稳步推进|加快推进|持续推进|抓紧|转入下年|转入下|在建|前期工作|序时")
REVIEWED = frozenset({SectionKind.REVIEW, SectionKind.OTHER})


@dataclass(frozen=True, slots=True)
class Mention:
    """A sentence of a later report that comes back to a commitment."""

    report: ReportInfo
    section: Section
    span: Span
    text: str
    verdict: Verdict
    score: float


class Reviews:
    """The sentences in which later reports say what was done, ready to be compared with."""

    def __init__(self, reports: Sequence[ReadReport], archive: Archive) -> None:
        self._archive = archive
        self._said = [item for report in reports for item in _sentences(report, archive)]
        self._folded = [fold(text).lower() for _, _, _, text in self._said]
        self._vectors: Vectors | None = None

    def mention(self, text: str, asked: Sequence[Concept] = ()) -> Mention | None:
        """The sentence that best tells what became of what `text` says or what was `asked`; None where none does."""
        if not self._said:
            return None
        wanted = self._wanted(text) if not asked else make_wanted(asked, self._archive.segmenter)
        names = [fold(name).lower() for name in QUOTED.findall(text)] if not asked else []
        cosines = self._matrix() @ self._archive.embedder.encode_passages([text])[0]
        best: tuple[float, int] | None = None
        for at, folded in enumerate(self._folded):
            said, near = coverage(wanted, [match(item, folded) for item in wanted]), float(cosines[at])
            named = all(name in folded for name in names)
            enough = said >= ANSWERED if asked else said >= SAID and near >= ALIKE and said + near >= TOGETHER
            if enough and named and (best is None or said + near > best[0]):
                best = (said + near, at)
        return None if best is None else self._mention(*best)

    def _mention(self, score: float, at: int) -> Mention:
        report, section, span, text = self._said[at]
        verdict = Verdict.MISSED if FAILED.search(text) else Verdict.PARTLY if UNDER_WAY.search(text) else Verdict.DONE
        return Mention(report, section, span, text, verdict, score)

    def _wanted(self, text: str) -> tuple[Wanted, ...]:
        concepts = find_concepts(fold(text).lower(), self._archive.lexicon, self._archive.segmenter)
        return make_wanted(concepts, self._archive.segmenter)

    def _matrix(self) -> Vectors:
        if self._vectors is None:
            self._vectors = np.asarray(self._archive.embedder.encode_passages([text for _, _, _, text in self._said]))
        return self._vectors


def _sentences(read: ReadReport, archive: Archive) -> list[tuple[ReportInfo, Section, Span, str]]:
    text = archive.report(read.info.id).text
    found = []
    for section in archive.sections(read.info.id):
        if section.kind in PLAN_PARTS or section.kind not in REVIEWED:
            continue
        for span in split_sentences(text, section.start, section.end):
            words = text[span.start : span.end].strip()
            if commits(words) or FAILED.search(words):
                found.append((read.info, section, span, words))
    return found
