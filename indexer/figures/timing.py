"""The period of each figure: from the nearest words, else from its paragraph, its headings, or its section's kind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from indexer.figures.periods import Clock, PeriodMention, find_periods
from indexer.figures.quantities import Quantity
from indexer.figures.spots import Spot
from indexer.fold import fold
from indexer.types import Genre, Period, Report, Role, Section, SectionKind, Span

_PLANS: Final = frozenset({SectionKind.PLAN, SectionKind.TARGETS})
_FROM_TO: Final = re.compile(
    r"从(?![事业而严容属军])|(?<![自理缘])由(?!于|此)|自(?![行来然主有动治贸营身己产愿驾助筹学查建备用由])"
)
_TO: Final = tuple("到至为增提降上下升减扩延压缩")
# What was set in a year, or goes on from it, is only named by it: 去年出台的, 上年续建2个.
_OF_A_NAME: Final = re.compile(
    r"[^,。;、\d]{0,8}(?:出台|到期|确定|制定|推出|批准|签订|签署|结转|下达|提出|公布|发布|部署|承诺|实施|推迟|遗留)的|[^,。;、\d]{0,4}(?:续建|结转|遗留|跨年)"
)
_OF_ITSELF: Final = frozenset({"全年", "当年"})  # in a heading, the year of whatever the section is about
_COMPARED: Final = re.compile(r"(?:比|较|与|同)$")
_OF_BOTH: Final = re.compile(r"过去一年和[^,。]{0,4}五年")
_TERM: Final = re.compile(r"\n\s*(?:过去五年|五年来)")
_NOW: Final = re.compile(r"目前|截至|现已|现有")
_TURNS_BACK: Final = re.compile(r"(?<=。)(?:过去[一五]年|[一五]年来)")
GIVEN_EARLY: Final = 1985
_YEARLY: Final = re.compile(r"年均|平均每年|每年平均|逐年")
_REACHED: Final = re.compile(r"(?:达到|达|为|提高到|增加到|降到|降至|增至)(?:了)?(?:约|近|超)?$")
OWN_YEAR: Final = 6  # characters between a year and the quantity that is of it
_FROM_REACH: Final = 24  # characters between 从 and its number
_TO_REACH: Final = 40  # characters between the first number and the second


class Timing:
    """Gives figures their periods; holds the report, its folded text and what its relative words mean."""

    def __init__(self, report: Report, text: str) -> None:
        self._report = report
        self._text = text

    def periods(self, section: Section, spots: Sequence[Spot], roles: Sequence[Role]) -> list[Period | None]:
        """The period of each quantity of one sentence."""
        sentence = spots[0].sentence
        default = self.default(section, at=sentence.start)
        clock = self.clock(section, default)
        named = find_periods(self._text, sentence.start, sentence.end, clock)
        mentions = [mention for mention in named if self._counts(mention)]
        leads = not mentions or mentions[0].span.start >= spots[0].quantity.start
        lead = self._lead(sentence, clock, section) if leads else None
        result: list[Period | None] = []
        for index, spot in enumerate(spots):
            mention = _nearest(mentions, spot.quantity)
            period = _within((lead or default) if mention is None else mention.period, default)
            if mention is not None and mention.relative and roles[index] is Role.RESULT:
                period = None if period is None else self._reached(period)
            if self._closes_from_to(mentions, spots, index):
                period = _later(period, lead or default)
            if mention is not None and roles[index] is Role.RESULT and self._is_now(mention, spot):
                period = self._report.period or period
            by_now = mention is None and lead is None and roles[index] is Role.RESULT and self.is_ahead(period)
            if by_now and not self.opens_from_to(spots, index):
                period = self._report.period or period  # 已建成的有 in a plan
            longer = [m.period for m in mentions if len(m.period.years) > 1 and m.span.end <= spot.quantity.start]
            period = self._on_average(period, (*longer, lead, default, self._report.period), spot)
            base = self._own_base(named, spot.quantity)
            result.append(base or (None if period is None else self._shifted(period, mentions, spots, index)))
        return result

    def _is_now(self, mention: PeriodMention, spot: Spot) -> bool:
        """Whether a time to come is named before (“十四五”末达到50万千瓦), but the number is said to be of now (目前已建成)."""
        review = self._report.period
        ahead = review is not None and mention.period.start > review.end
        return ahead and _NOW.search(self._text, mention.span.end, spot.quantity.start) is not None

    def _on_average(self, period: Period | None, wider: Sequence[Period | None], spot: Spot) -> Period | None:
        """The years that a yearly average is of, where its own words name only the last: 到1992年,平均每年增长7.5%.

        Of the `wider` periods around it the first that ends with that year.
        """
        if period is None or not period.is_year:
            return period
        if not _YEARLY.search(self._text, spot.before.start, spot.before.end):
            return period
        long = (one for one in wider if one is not None and len(one.years) > 1 and one.end == period.end)
        return next(long, period)

    def _own_base(self, named: Sequence[PeriodMention], quantity: Quantity) -> Period | None:
        """The year of a base that is stated itself: 1957 of 比一九五七年的七百零四亿元增长66%."""
        for mention in named:
            compared = (
                _COMPARED.search(self._text, max(0, mention.span.start - 1), mention.span.start)
                if mention.base
                else None
            )
            between = self._text[mention.span.end : quantity.outer_start]
            if compared and mention.period.is_year and between == "的" and quantity.dimension != "multiple":
                return mention.period
        return None

    def is_ahead(self, period: Period | None) -> bool:
        """Whether the period begins only after what the report can look back on.

        A government report is given in the first months of its year (before 1985 often later): all of that lies ahead.
        """
        review, now = self._report.period, self._now()
        last = None if review is None else review.end.year
        given_early = self._report.genre is Genre.WORK_REPORT and now is not None and now >= GIVEN_EARLY
        if self._report.genre is not Genre.WORK_SUMMARY:
            last = last if given_early and last is not None and period is not None and _whole_years(period) else now
        return last is not None and period is not None and period.start.year > last

    def is_past(self, period: Period | None) -> bool:
        """Whether the period had ended before the year that the report plans for."""
        planned = self._planned()
        return planned is not None and period is not None and period.end < planned.start

    def of_headers(self, section: Section, stretches: Sequence[Span]) -> Period | None:
        """The period of a table's cell: the one that the first of its headers names, else that of its section."""
        default = self.default(section)
        clock = self.clock(section, default)
        for stretch in stretches:
            named = [m for m in find_periods(self._text, stretch.start, stretch.end, clock) if not m.base]
            if named:
                return named[-1].period
        return default

    def _counts(self, mention: PeriodMention) -> bool:
        """Whether the mention is no comparison, nor of a document (《2022年度方案》), nor of 去年出台的政策."""
        if mention.base or _OF_A_NAME.match(self._text, mention.span.end):
            return False
        opening = self._text.rfind("《", max(0, mention.span.start - 40), mention.span.start)
        return opening < 0 or "》" in self._text[opening : mention.span.start]

    def _shifted(self, period: Period, mentions: Sequence[PeriodMention], spots: Sequence[Spot], index: int) -> Period:
        """The period as the words narrow it: the ends of 从…到…, 平均每年 between two years, a stock at the end."""
        quantity = spots[index].quantity
        years = _years_before(mentions, quantity)
        if self.opens_from_to(spots, index):
            if _has_own_year(mentions, quantity):
                return period
            return Period.of_year(years[-2] if len(years) > 1 else period.start.year - 1)
        if index and self.opens_from_to(spots, index - 1) and not _has_own_year(mentions, quantity):
            return Period.of_year(period.end.year) if len(period.years) > 1 and _whole_years(period) else period
        before = self._text[spots[index].before.start : spots[index].before.end]
        if _YEARLY.search(before) and len(years) > 1 and years[0] < years[-1]:
            return Period.of_years(years[0] + 1, years[-1])
        if len(period.years) > 1 and _whole_years(period) and _REACHED.search(before):
            return Period.of_year(period.end.year)
        return period

    def _closes_from_to(self, mentions: Sequence[PeriodMention], spots: Sequence[Spot], index: int) -> bool:
        """Whether the quantity is the second of 由1978年的36.5%降为33.6%: the year that is named is the first one's."""
        if not index or _has_own_year(mentions, spots[index].quantity):
            return False
        return self.opens_from_to(spots, index - 1) and _has_own_year(mentions, spots[index - 1].quantity)

    def _reached(self, period: Period) -> Period:
        """What a result's 今年 can cover: in a report on the first half of a year it ends with June."""
        review = self._report.period
        return review if review is not None and period.is_year and period.contains(review) else period

    def default(self, section: Section, *, at: int | None = None) -> Period | None:
        """What figures of a section are about where they do not say: its headings' period, else by its kind.

        A section on 过去一年和五年 is about the five years from the paragraph on that begins with them, of which `at` tells.
        """
        report, at = self._report, section.start if at is None else at
        clock = Clock(self._now(), report.period, report.year, self._last())
        for heading in reversed(section.path):
            folded = fold(heading)
            found = find_periods(folded, 0, len(folded), clock)
            found = [m for m in found if not m.base and folded[m.span.start : m.span.end] not in _OF_ITSELF]
            named = [mention.period for mention in found]
            term = report.period if report.period is not None and len(report.period.years) > 1 else None
            if term is not None and _OF_BOTH.search(folded) and _TERM.search(self._text, 0, at + 1):
                return term
            if named:  # of 2019年和今年以来工作回顾, the year that the report reviews
                return report.period if report.period is not None and report.period in named else named[-1]
        if section.kind in _PLANS:
            return self._planned()
        return report.period if report.period is not None else self._year()

    def clock(self, section: Section, default: Period | None) -> Clock:
        """What 今年, 一年来 and 上半年 mean in a section."""
        months_of = default.end.year if default is not None else self._report.year
        review = self._report.period or self._year()
        return Clock(self._now(), review, months_of, self._last())

    def _now(self) -> int | None:
        return self._report.year if self._report.year is not None else _last_year(self._report.period)

    def _last(self) -> int | None:
        now = self._now()
        return None if now is None else now - 1

    def _year(self) -> Period | None:
        year = self._now()
        return None if year is None else Period.of_year(year)

    def _planned(self) -> Period | None:
        """The year of a work report; the next year of a work summary, or the second half where it covers the first."""
        year, period = self._now(), self._report.period
        if year is None:
            return None
        if self._report.genre is not Genre.WORK_SUMMARY:
            return Period.of_year(year)
        if period is not None and period.end < date(period.end.year, 12, 31):
            return Period(date(period.end.year, period.end.month + 1, 1), date(period.end.year, 12, 31))
        return Period.of_year(year + 1)

    def _lead(self, sentence: Span, clock: Clock, section: Section) -> Period | None:
        """The period of the paragraph's first clause (五年来, 2022年上半年); in a plan, of what turns back (过去一年)."""
        line = begin = self._text.rfind("\n", 0, sentence.start) + 1
        backs = _TURNS_BACK.finditer(self._text, line, sentence.start) if section.kind in _PLANS else ()
        for back in backs:
            begin = back.start()
        if begin >= sentence.start:
            return None
        ends = (self._text.find(mark, begin, sentence.start) for mark in ",。;")
        stop = min((end for end in ends if end >= 0), default=sentence.start)
        named = [mention for mention in find_periods(self._text, begin, stop, clock) if not mention.base]
        return named[-1].period if named else None

    def opens_from_to(self, spots: Sequence[Spot], index: int) -> bool:
        """Whether the quantity is the first of 从…增加到…."""
        if index + 1 >= len(spots):
            return False
        quantity, following = spots[index].quantity, spots[index + 1].quantity
        before = self._text[max(spots[index].sentence.start, quantity.outer_start - _FROM_REACH) : quantity.outer_start]
        opening = max((found.start() for found in _FROM_TO.finditer(before)), default=-1)
        between = self._text[quantity.outer_end : following.outer_start]
        if opening < 0 or any(mark in before[opening:] for mark in ",。;、") or len(between) > _TO_REACH:
            return False
        return between.lstrip(", ").startswith(_TO) and following.base_unit == quantity.base_unit


def _within(period: Period | None, default: Period | None) -> Period | None:
    """The period that the section is about, where only a day or a month within it is named (12月末, 9月封场)."""
    if period is None or default is None or not default.contains(period):
        return period
    single = (period.start.year, period.start.month) == (period.end.year, period.end.month)
    return default if single else period


def _later(period: Period | None, other: Period | None) -> Period | None:
    """The one that ends later; the first where the other is not known."""
    return other if period is None or (other is not None and other.end > period.end) else period


def _nearest(mentions: Sequence[PeriodMention], quantity: Quantity) -> PeriodMention | None:
    found = None
    for mention in mentions:
        if mention.span.end <= quantity.start < mention.reach:
            found = mention
    return found


def _years_before(mentions: Sequence[PeriodMention], quantity: Quantity) -> list[int]:
    """The single years named before the quantity, in the order of their mention."""
    return [m.period.start.year for m in mentions if m.span.end <= quantity.start < m.reach and m.period.is_year]


def _has_own_year(mentions: Sequence[PeriodMention], quantity: Quantity) -> bool:
    """Whether a year stands right before the quantity: 从2012年的54万亿元."""
    nearest = range(quantity.outer_start - OWN_YEAR, quantity.outer_start + 1)
    return any(mention.period.is_year and mention.span.end in nearest for mention in mentions)


def _whole_years(period: Period) -> bool:
    return period == Period.of_years(period.start.year, period.end.year)


def _last_year(period: Period | None) -> int | None:
    return None if period is None else period.end.year
