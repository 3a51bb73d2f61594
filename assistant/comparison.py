"""What a comparison is: rows of one figure each, the changes between them, and what must be said beside them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from assistant.types import Citation, Language, Searched
from indexer.corrections import Correction
from indexer.types import Figure, Period, ReportInfo, Role

NOTHING_SEARCHED = Searched(0, (), ())


class Held(StrEnum):
    """What the archive holds for a row."""

    STATED = "stated"
    MASKED = "masked"  # the source has `*` where the digits were
    MISSING = "missing"  # no report states it: a gap


class Axis(StrEnum):
    """Between which rows a change is computed."""

    PERIODS = "periods"  # from one period to the next stated one of the same place and role
    ENDS = "ends"  # from the first period to the last, where more than two are stated
    PLACES = "places"  # from the first place to another, of the same period and role


class Obstacle(StrEnum):
    """Why two figures are not subtracted."""

    ROLE = "role"  # a plan beside a result
    UNIT = "unit"
    MEASURE = "measure"  # a growth beside a level
    SCOPE = "scope"  # 全市 beside 城区
    BASIS = "basis"  # 累计 beside 当年
    PERIOD = "period"  # half a year, or several years, beside a year
    BOUND = "bound"  # 以上, 余, 以内: one end is open
    APPROXIMATE = "approximate"  # 约, 近, 左右
    SUBJECT = "subject"  # 职工家庭 beside 城镇居民
    CORRECTED = "corrected"  # another value holds than the report states
    DISAGREEMENT = "disagreement"  # two reports state different figures for one of them


class NoteKind(StrEnum):
    """What a note of a comparison is about."""

    CORRECTED = "corrected"  # what holds instead of a number, and why: by a clerk
    CONFLICT = "conflict"
    MASKED = "masked"
    MISSING = "missing"
    HEDGED = "hedged"  # approximate figures and bounds
    RENAMED = "renamed"  # the series has another name in some years
    UNIT = "unit"  # units were converted
    OBSTACLE = "obstacle"  # a difference is not computed, and why
    ASIDE = "aside"  # a total over years, a part of a year, another scope: kept out of the rows
    ROLE = "role"  # plans stand among the rows
    PERIODS = "periods"  # years turned round, in the future, or cut off


@dataclass(frozen=True, slots=True)
class Row:
    """One period of one place in one role: the figure that a report states, or that it is masked or missing.

    `low` and `high` are the figure in the unit of the comparison: equal for an exact or approximate figure, one of them
    None for a bound (600多万套 has no high), both None where masked, missing, or of a unit that cannot be converted.
    """

    place: str | None  # canonical name, else the office's; None where unknown
    period: Period
    role: Role  # of a gap: the role that was looked for
    held: Held
    figure: Figure | None = None
    report: ReportInfo | None = None  # that states the figure
    citation: int | None = None  # number in the comparison's citations; None for a gap only
    written: str = ""  # as the source writes it with its hedge: 600多万套, 约1.3万亿元
    name: str = ""  # the subject as the report words it: 经济增长 where 国内生产总值增长 is asked for
    unit: str = ""  # of `low` and `high`; the comparison's, or the figure's own where that cannot be converted
    low: Decimal | None = None
    high: Decimal | None = None
    approximate: bool = False
    correction: Correction | None = None  # 已更正，以…为准: the figure stays as its report states it
    disagrees: bool = False  # another row of the same place, period and role has another value from another report

    @property
    def value(self) -> Decimal | None:
        """The number to show or draw: the lower end, else the upper; None where masked or missing."""
        return self.low if self.low is not None else self.high

    @property
    def is_plan(self) -> bool:
        """Whether the figure is intended or demanded, not reached: drawn hollow."""
        return self.role in {Role.PLAN, Role.REQUIREMENT}

    @property
    def is_exact(self) -> bool:
        """Whether the figure is one number without a hedge."""
        return self.low is not None and self.low == self.high and not self.approximate


@dataclass(frozen=True, slots=True)
class Change:
    """The change from one row to another: computed, or with the obstacle that forbids it.

    `difference` = second − first in `unit` (个百分点 for shares and rates), `percentage` = difference ÷ first × 100,
    rounded half up to one place; None for shares and rates, for a first value of zero or below, and where there is
    an obstacle (then `difference` is None as well).
    """

    axis: Axis
    first: int  # indexes into the comparison's rows
    second: int
    unit: str = ""
    difference: Decimal | None = None
    percentage: Decimal | None = None
    obstacle: Obstacle | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """Something that must be said beside the rows, in the comparison's language."""

    kind: NoteKind
    text: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """A subject over periods and places.

    Rows come by place as asked, then by period, then results before plans; figures that disagree stand next to each
    other. Citations are numbered from 1 and each quote is its report's slice.
    """

    subject: str  # as asked, without what is said of time and place
    language: Language
    unit: str  # of the rows; "" where nothing is stated
    rows: tuple[Row, ...]
    changes: tuple[Change, ...] = ()
    citations: tuple[Citation, ...] = ()
    notes: tuple[Note, ...] = ()
    aside: tuple[Row, ...] = ()  # of the same subject, but no row: totals over years, parts of a year
    names: tuple[str, ...] = ()  # the subject as the reports write it, the most frequent first
    searched: Searched = NOTHING_SEARCHED
    suggestions: tuple[str, ...] = ()  # where nothing is stated: the nearest subjects held
    log_number: int = 0  # the archive's state: the number of its last change

    def of_change(self, change: Change) -> tuple[Row, Row]:
        """The two rows of a change."""
        return self.rows[change.first], self.rows[change.second]

    @property
    def stated(self) -> tuple[Row, ...]:
        """The rows with a figure that is not masked."""
        return tuple(row for row in self.rows if row.held is Held.STATED)

    @property
    def places(self) -> tuple[str | None, ...]:
        """The places of the rows, in their order."""
        return tuple(dict.fromkeys(row.place for row in self.rows))

    def change_into(self, number: int) -> Change | None:
        """The change that ends in a row: over time or, in a comparison of one period, from the first place."""
        over_time = len({row.period for row in self.rows}) > 1
        axis = Axis.PERIODS if over_time else Axis.PLACES
        return next((change for change in self.changes if change.second == number and change.axis is axis), None)
