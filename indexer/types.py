"""The data that flows through the indexer: report, section, passage, figure, and the periods they speak of.

All offsets count characters of `Report.text`; every end is exclusive. Everything that is ever quoted is a slice of that text.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Genre(StrEnum):
    """What sort of document a report is."""

    WORK_REPORT = "work_report"  # 政府工作报告
    WORK_SUMMARY = "work_summary"  # 工作总结
    OTHER = "other"


class Level(StrEnum):
    """The administrative level that a report speaks for."""

    NATION = "nation"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    DISTRICT = "district"
    TOWN = "town"
    UNKNOWN = "unknown"


class Visibility(StrEnum):
    """Who may see a report."""

    PUBLIC = "public"  # 公开
    INTERNAL = "internal"  # 内部
    LISTED = "listed"  # named persons


class SectionKind(StrEnum):
    """What a section does, told by its words, not by its position."""

    REVIEW = "review"  # 工作回顾
    PLAN = "plan"  # 下一步工作思路
    TARGETS = "targets"  # 主要预期目标
    GUIDELINES = "guidelines"  # 总体要求
    OTHER = "other"


class Measure(StrEnum):
    """What a figure measures of its subject."""

    LEVEL = "level"
    GROWTH = "growth"  # 增长5.5%
    SHARE = "share"  # 占60.76%
    RANK = "rank"  # 居全省第2位
    CHANGE = "change"  # 减少63万人, 提高2.1个百分点


class Role(StrEnum):
    """Whether a figure was reached, is intended, is estimated, or is demanded by somebody."""

    RESULT = "result"
    PLAN = "plan"
    ESTIMATE = "estimate"  # 预计
    REQUIREMENT = "requirement"  # 要求不低于


class Basis(StrEnum):
    """Over what a figure adds up."""

    FLOW = "flow"  # within its period
    STOCK = "stock"  # at the end of its period
    CUMULATIVE = "cumulative"  # 累计


class PartLink(StrEnum):
    """How it is known that one figure is a part of another."""

    STATED = "stated"  # the source says 其中, or brackets the parts
    INFERRED_BY_SUM = "inferred_by_sum"  # the parts add up exactly: 分项合计相符


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a report's text; `end` is exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A stretch of time; both days belong to it."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a period ends before it starts: {self.start} – {self.end}")

    @classmethod
    def of_year(cls, year: int) -> Period:
        """The whole calendar year."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def of_years(cls, first: int, last: int) -> Period:
        """From 1 January of `first` to 31 December of `last`."""
        return cls(date(first, 1, 1), date(last, 12, 31))

    @classmethod
    def of_months(cls, year: int, first: int, last: int) -> Period:
        """The months `first` to `last` (1–12) of one year: 上半年 is 1 to 6."""
        return cls(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]))

    @property
    def years(self) -> range:
        """The calendar years that the period touches."""
        return range(self.start.year, self.end.year + 1)

    @property
    def is_year(self) -> bool:
        """Whether the period is exactly one calendar year."""
        return self == Period.of_year(self.start.year)

    def contains(self, other: Period) -> bool:
        """Whether `other` lies wholly within this period."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Period) -> bool:
        """Whether the two share at least a day."""
        return self.start <= other.end and other.start <= self.end

    @property
    def label(self) -> str:
        """How a Chinese reader writes it: 2023年, 2022年上半年, 2018—2022年, 2022年1—5月."""
        first, last = self.start, self.end
        if self == Period.of_years(first.year, last.year):
            return f"{first.year}年" if first.year == last.year else f"{first.year}—{last.year}年"
        if first.year != last.year:
            return f"{first.year}年{first.month}月—{last.year}年{last.month}月"
        if self == Period.of_months(first.year, first.month, last.month):
            halves = {
                (1, 6): "上半年",
                (7, 12): "下半年",
                (1, 3): "第一季度",
                (4, 6): "第二季度",
                (7, 9): "第三季度",
                (10, 12): "第四季度",
            }
            months = f"{first.month}月" if first.month == last.month else f"{first.month}—{last.month}月"
            return f"{first.year}年{halves.get((first.month, last.month), months)}"
        if first == last:
            return f"{first.year}年{first.month}月{first.day}日"
        return f"{first.year}年{first.month}月{first.day}日—{last.month}月{last.day}日"


@dataclass(frozen=True, slots=True)
class ReportInfo:
    """What is known of a report, without its text.

    `path` (relative to what was indexed) is the report's identity; `id` is the readable name that it was given once.
    """

    id: str
    path: str
    title: str
    genre: Genre
    issuer: str | None
    place: str | None  # canonical name (山东省, 全国); None where unknown or masked
    level: Level
    year: int | None  # the title's
    period: Period | None  # what the review covers
    visibility: Visibility
    source_hash: str  # SHA-256 of the original bytes, hexadecimal

    @property
    def file_name(self) -> str:
        """The last part of the path."""
        return self.path.rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class Report(ReportInfo):
    """A report with its text, stored as written."""

    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a report under one heading; the sections of a report tile its text."""

    report: str
    ordinal: int  # from 0, in reading order
    path: tuple[str, ...]  # headings from the outermost in, as written
    kind: SectionKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """Whole sentences of one section: what is retrieved. `text` equals the report's slice."""

    report: str
    ordinal: int  # from 0, in reading order
    section: int  # the section's ordinal
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a report with what it counts: a line of the figure ledger (指标台账).

    `low` and `high` are in the written unit: 168.4万辆 has low = high = 168.4 and unit 万辆; 100余家 has low = 100 and no
    high; 5.5%以内 has high only; a masked figure has neither. value × `scale` is the value in `base_unit`.
    """

    report: str
    ordinal: int  # from 0, in reading order
    section: int
    passage: int
    start: int
    end: int
    written: str  # the slice: number, unit and what is glued to them
    low: Decimal | None
    high: Decimal | None
    approximate: bool
    masked: bool
    unit: str  # as written with its multiplier, folded: 万辆, %, 平方米; "" where there is none
    base_unit: str  # 辆, %, 平方米
    scale: Decimal
    dimension: str  # the class of the unit: count, length, area, money, mass, volume, percent, …
    measure: Measure
    role: Role
    subject: Span | None  # what is counted, where the text says it
    subject_text: str
    qualifiers: tuple[str, ...]  # 累计, 以上, 余, 约, 其中 …
    period: Period | None
    scope: str | None  # 全市, 城区, 市属: the extent, where the text says it
    basis: Basis
    base_period: str | None  # 同比, 比2019年
    part_of: int | None  # ordinal of the whole
    part_link: PartLink | None
    clause: Span  # the clause it stands in
    sentence: Span  # the sentence it stands in

    @property
    def value(self) -> Decimal | None:
        """The number to state: the lower end, else the upper; None where masked."""
        return self.low if self.low is not None else self.high
