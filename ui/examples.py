"""Example questions made from the archive at hand; each has been asked once, and finds what it was made from."""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.types import Answer, Language, Status
from indexer.errors import YoujuError
from indexer.types import Figure, Measure, ReportInfo, Role, Section, SectionKind
from ui.text import say

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable

    from indexer.archive import Archive

FIGURES, MASKED, TEXTS = 4, 1, 1  # how many examples of each sort
TRIED = 8  # candidates of one sort that are asked of one report at most
REPORTS = 6  # reports looked at, the newest first

_SUBJECT = re.compile(r"[\u4e00-\u9fff]{4,12}")
_UNIT = re.compile(r"[万亿]?[\u4e00-\u9fff]{1,3}")
# Words that lean on what stands before them: a question with them does not read by itself.
_LEANING = re.compile(r"[的了其该各等这那以]|方面|问题|年度|计划|以上|分别|目前")
_HEADING_NUMBER = re.compile(r"^[（(]?[一二三四五六七八九十\d]+[）)、.．]\s*|^[一二三四五六七八九十]+是")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question with what its answer must turn out to be."""

    question: str
    status: Status
    subject: str  # no two examples share it
    figure: Figure | None = None  # the one that must answer


class Examples:
    """The example questions of an archive, made again only when its reports have changed."""

    def __init__(self, archive: Archive, chain: Runnable[dict[str, object], Answer]) -> None:
        self._archive, self._chain = archive, chain
        self._made_for: int | None = None  # the number of the archive's last change
        self._making = threading.Lock()
        self._questions: tuple[str, ...] = ()

    def ready(self) -> tuple[str, ...] | None:
        """The questions where they are made already; None where that takes a moment."""
        return self._questions if self._made_for == self._archive.log_number else None

    def questions(self) -> tuple[str, ...]:
        """Up to six questions: figures, one masked, one text; fewer where the archive offers no more."""
        with self._making:  # many who open the page at once wait for one
            now = self._archive.log_number
            if now != self._made_for:
                self._questions = tuple(self._made(self._archive.reports()))
                self._made_for = now
            return self._questions

    def _made(self, reports: Sequence[ReportInfo]) -> Iterator[str]:
        newest = sorted(reports, key=lambda report: (-(report.year or 0), report.id))[:REPORTS]
        named = len({report.place for report in reports}) > 1
        figures = [self._archive.figures_of(report.id) for report in newest]
        sections = [self._archive.sections(report.id) for report in newest]
        pairs = list(zip(newest, figures, strict=True))
        known = Counter(subject for ledger in figures for subject in {figure.subject_text for figure in ledger})
        whole = [figure_candidates(report, ledger, known, name_place=named) for report, ledger in pairs]
        masked = [masked_candidates(report, ledger, name_place=named) for report, ledger in pairs]
        texts = [text_candidates(*pair, name_place=named) for pair in zip(newest, sections, strict=True)]
        for by_report, wanted in ((whole, FIGURES), (masked, MASKED), (texts, TEXTS)):
            yield from self._answered(by_report, wanted)

    def _answered(self, by_report: Sequence[Sequence[Candidate]], wanted: int) -> Iterator[str]:
        """The questions of the first candidates that answer as they must, taking the reports by turns."""
        subjects: set[str] = set()
        for place in range(TRIED):
            for candidates in by_report:
                if len(subjects) == wanted or place >= len(candidates):
                    continue
                candidate = candidates[place]
                if candidate.subject not in subjects and self._holds(candidate):
                    subjects.add(candidate.subject)
                    yield candidate.question

    def _holds(self, candidate: Candidate) -> bool:
        asked: dict[str, object] = {"question": candidate.question, "turns": [], "today": None, "explain": False}
        try:
            answer = self._chain.invoke(asked)
        except YoujuError:
            return False
        if answer.status is not candidate.status or candidate.figure is None:
            return answer.status is candidate.status
        found = answer.figures[0].figure if answer.figures else None
        return found is not None and (found.report, found.ordinal) == (
            candidate.figure.report,
            candidate.figure.ordinal,
        )


def figure_candidates(
    report: ReportInfo, figures: Sequence[Figure], known: Mapping[str, int], *, name_place: bool
) -> list[Candidate]:
    """Questions for figures reached in the year that the report is about.

    First those with parts, then those whose subject stands in many reports (`known`: in how many), then short ones.
    """
    wholes = {figure.part_of for figure in figures if figure.part_of is not None}
    fit = [one for one in figures if not one.masked and one.low is not None and _reads_by_itself(one, report)]
    fit.sort(
        key=lambda one: (one.ordinal not in wholes, -known.get(one.subject_text, 0), len(one.subject_text), one.ordinal)
    )
    return _asking(report, fit, Status.ANSWERED, name_place=name_place)


def masked_candidates(report: ReportInfo, figures: Sequence[Figure], *, name_place: bool) -> list[Candidate]:
    """Questions for figures that are masked in the source."""
    fit = [figure for figure in figures if figure.masked and _reads_by_itself(figure, report)]
    return _asking(report, fit, Status.MASKED, name_place=name_place)


def text_candidates(report: ReportInfo, sections: Sequence[Section], *, name_place: bool) -> list[Candidate]:
    """Questions on what was done under a heading of the review."""
    place, year = _scope(report, name_place=name_place)
    headings = dict.fromkeys(
        _HEADING_NUMBER.sub("", section.path[-1].strip()).strip("。：: ")
        for section in sections
        if section.kind is SectionKind.REVIEW and len(section.path) > 1
    )
    return [
        Candidate(
            say(Language.CHINESE, "example_text", place=place, year=year, heading=heading), Status.ANSWERED, heading
        )
        for heading in headings
        if _SUBJECT.fullmatch(heading)
    ]


def _asking(report: ReportInfo, figures: Iterable[Figure], status: Status, *, name_place: bool) -> list[Candidate]:
    place, year = _scope(report, name_place=name_place)
    return [
        Candidate(
            say(
                Language.CHINESE,
                "example_figure",
                place=place,
                period=figure.period.label if figure.period else year,
                subject=figure.subject_text,
                unit=figure.unit,
            ),
            status,
            figure.subject_text,
            figure,
        )
        for figure in figures
    ]


def _reads_by_itself(figure: Figure, report: ReportInfo) -> bool:
    return (
        figure.role is Role.RESULT
        and figure.measure is Measure.LEVEL
        and figure.period == report.period
        and _SUBJECT.fullmatch(figure.subject_text) is not None
        and _LEANING.search(figure.subject_text) is None
        and _UNIT.fullmatch(figure.unit) is not None
    )


def _scope(report: ReportInfo, *, name_place: bool) -> tuple[str, str]:
    """The place to name, where the archive holds several, and the period that the report is about."""
    return report.place if name_place and report.place else "", report.period.label if report.period else ""
