"""The filters of the ledger in a person's words: which figures they mean, and what was understood beside the words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from assistant.periods import asked_time
from indexer.archive import Archive
from indexer.errors import QuestionError
from indexer.fold import fold
from indexer.ledger_query import FigureQuery
from indexer.lexicon.terms import SAME, Lexicon
from indexer.types import Role

ROLES = {
    Role.RESULT: ("result", "完成", "结果", "实际", "完成情况", "实绩"),
    Role.PLAN: ("plan", "计划", "目标", "安排"),
    Role.ESTIMATE: ("estimate", "预计", "预期"),
    Role.REQUIREMENT: ("requirement", "要求", "任务"),
}
YEARS = re.compile(r"(\d{4})\s*年?\s*(?:[-—–~～至到]+\s*(\d{4})\s*年?)?")


@dataclass(frozen=True, slots=True)
class Filters:
    """What a person asks of the ledger, as typed; None where it is not asked."""

    subject: str | None = None
    year: str | None = None
    place: str | None = None
    role: str | None = None
    unit: str | None = None
    masked: bool = False
    report: str | None = None


@dataclass(frozen=True, slots=True)
class Understood:
    """The query that filters mean, and which other words stand for those of the subject."""

    query: FigureQuery
    synonyms: tuple[tuple[str, tuple[str, ...]], ...] = ()  # word → what was looked for as well


def understand_filters(filters: Filters, archive: Archive, *, today: date) -> Understood:
    """The query of these filters. Raises QuestionError for a year or a role that is none, UnknownReportError."""
    if filters.report is not None:
        archive.report(filters.report)  # must be held
    subject, phrases, synonyms = _subject(filters.subject, archive) if filters.subject else ((), (), ())
    query = FigureQuery(
        subject=subject,
        phrases=phrases,
        years=_years(filters.year, today) if filters.year else None,
        places=_places(filters.place, archive.lexicon) if filters.place else (),
        role=_role(filters.role) if filters.role else None,
        units=(fold(filters.unit).strip(),) if filters.unit else (),
        masked=True if filters.masked else None,
        report=filters.report,
    )
    return Understood(query, synonyms)


def _subject(
    text: str, archive: Archive
) -> tuple[tuple[tuple[str, ...], ...], tuple[str, ...], tuple[tuple[str, tuple[str, ...]], ...]]:
    """The words of a subject with their synonyms, the phrases that stand for the whole, and which synonyms those are."""
    folded, lexicon = fold(text).strip(), archive.lexicon
    if not folded:
        raise QuestionError("指标名是空的，请写成 --subject 停车泊位。(The subject is empty.)")
    english = [match.chinese[0][0] for match in lexicon.english_to_chinese(folded)] if folded.isascii() else []
    said = "".join(english) or folded
    words = dict.fromkeys(archive.segmenter.pieces(said) or [said])
    phrases = (said, *_same(said, lexicon))
    found: dict[str, tuple[str, ...]] = {said: phrases[1:]}
    found |= {word: _same(word, lexicon) for word in words}
    wordings = tuple((word, *found[word]) for word in words)
    told = {folded: (said,)} if said != folded else {}
    return wordings, phrases, tuple((told | {word: others for word, others in found.items() if others}).items())


def _same(word: str, lexicon: Lexicon) -> tuple[str, ...]:
    """What is interchangeable with the word, in Chinese."""
    return tuple(other for other, weight in lexicon.synonyms(word) if weight >= SAME and not other.isascii())


def _places(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The names of a place: as typed, and the official one."""
    folded = fold(text).strip()
    return tuple(dict.fromkeys((folded, *(mention.canonical for mention in lexicon.places(folded)))))


def _years(text: str, today: date) -> tuple[int, int]:
    """The first and last year of 2023, 2019-2022, 2019—2022年, 去年."""
    folded = fold(text).strip()
    if match := YEARS.fullmatch(folded):
        first, last = sorted((int(match[1]), int(match[2] or match[1])))
        return first, last
    periods = asked_time(folded, today=today).periods
    if len(periods) == 1:
        return periods[0].start.year, periods[0].end.year
    raise QuestionError(f"年份“{text}”看不懂，请写成 2023 或 2019-2022。(The year is not understood.)")


def _role(text: str) -> Role:
    folded = fold(text).strip().lower()
    for role, words in ROLES.items():
        if folded in words:
            return role
    raise QuestionError(f"口径“{text}”看不懂，请写 计划、完成、预计 或 要求。(The role is not understood.)")
