"""The data that flows through the assistant: question, evidence, citation, answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from indexer.types import Figure, Level, Measure, Passage, Period, ReportInfo, Role, Section


class Language(StrEnum):
    """The language a question is put in, and so the language of its answer."""

    CHINESE = "zh"
    ENGLISH = "en"


class Intent(StrEnum):
    """What a question wants."""

    FIGURE = "figure"
    TEXT = "text"
    LIST = "list"
    COMPARISON = "comparison"
    PLAN_VS_DONE = "plan_vs_done"
    OVERVIEW = "overview"
    COVERAGE = "coverage"


class Status(StrEnum):
    """How an answer ended."""

    ANSWERED = "answered"
    MASKED = "masked"
    NOT_FOUND = "not_found"
    AMBIGUOUS = "ambiguous"


class Missing(StrEnum):
    """Why no report may answer a question."""

    ARCHIVE_EMPTY = "archive_empty"
    PLACE = "place"
    REPORT_YEAR = "report_year"
    PERIOD = "period"


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing that a question asks about, in every wording that may stand for it."""

    word: str  # as asked
    alternatives: tuple[tuple[str, float], ...]  # (Chinese wording, how well it stands for the word: 0–1), best first
    weight: float  # how much it tells: 0 (said everywhere) to 1 (rare)
    is_verb: bool = False  # what was done, which binds to its clause; what it was done to is carried on
    official: str = ""  # the word of reports for an everyday or English one; empty where it is one itself


@dataclass(frozen=True, slots=True)
class Question:
    """A question, understood."""

    text: str  # as asked
    standalone: str  # with what a follow-up leaves out filled in; equal to `text` otherwise
    language: Language
    intent: Intent
    periods: tuple[Period, ...] = ()  # the time the answer is to be about
    report_years: tuple[int, ...] = ()  # "2023年国务院报告": the year the report is of
    recent_years: int | None = None  # 近三年
    spans_years: int | None = None  # 五年累计: a figure over so many years is wanted
    places: tuple[str, ...] = ()  # canonical names
    places_listed: bool = False  # 甘肃与青海: each is asked about
    required: tuple[tuple[str, ...], ...] = ()  # names of which one each must stand near the answer
    levels: tuple[Level, ...] = ()  # 县里, 全区: an office of that level, not named
    offices: tuple[str, ...] = ()  # keys of offices (assistant.held_names)
    unknown_places: tuple[str, ...] = ()  # named like a place, but neither held nor known
    role: Role | None = None  # plan or result, where the question says so
    measure: Measure | None = None
    unit: str | None = None  # the unit asked for, as in 多少公里
    dimension: str | None = None  # the class of that unit
    subject: str = ""  # the text with scope and question words taken out
    concepts: tuple[Concept, ...] = ()  # what `subject` asks about
    head: str | None = None  # the concept whose number is asked for: 气瓶 in 查扣了多少气瓶


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage that may hold the answer, with the figures in it and its score by leg."""

    passage: Passage
    report: ReportInfo
    section: Section
    figures: tuple[Figure, ...]
    score: float
    legs: dict[str, float] = field(default_factory=dict)  # keyword, dense, figure: each 0–1


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim sentence of a report: `quote == report.text[start:end]`."""

    number: int  # from 1, as shown
    report: ReportInfo
    section: tuple[str, ...]
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class AnsweredFigure:
    """A figure that an answer states, with its parts and the number of its citation."""

    figure: Figure
    report: ReportInfo
    citation: int
    parts: tuple[AnsweredFigure, ...] = ()


@dataclass(frozen=True, slots=True)
class Computed:
    """A value computed from cited figures: a difference, a percentage, a sum."""

    op: str
    value: Decimal
    unit: str
    operands: tuple[int, ...]  # indexes into the answer's figures


@dataclass(frozen=True, slots=True)
class Searched:
    """What was searched, so that "not in the archive" can be judged."""

    reports: int
    years: tuple[int, ...]
    places: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A candidate that the reader weighed: what it says, its score and the features behind it (`--explain`)."""

    text: str
    report: str
    score: float
    features: dict[str, float]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the user gets."""

    status: Status
    text: str
    question: Question
    figures: tuple[AnsweredFigure, ...] = ()
    computed: tuple[Computed, ...] = ()
    citations: tuple[Citation, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    searched: Searched = Searched(0, (), ())
    suggestions: tuple[str, ...] = ()  # questions to offer: other years, places, nearest indicators
    notes: tuple[str, ...] = ()  # conflicts, other years held, how the question was understood
    candidates: tuple[Candidate, ...] = ()
    missing: Missing | None = None  # where the scope itself is not held
    took_ms: float = 0.0
