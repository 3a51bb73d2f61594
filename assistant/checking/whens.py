"""The time that a number of a draft is about: by its sentence, else its paragraph, its headings, the title."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from indexer.figures.periods import Clock, PeriodMention, find_periods
from indexer.fold import fold
from indexer.sentences import split_sentences
from indexer.types import Figure, Period

FROM = re.compile(r"[从由自](?!来水)[^,。;、]{0,24}$")
REPORT = re.compile(r"((?:19|20)\d\d)年[^,。;()]{0,14}政府工作报告")
LAST_YEAR = ("去年", "上年", "上一年", "前年")
TO = re.compile(r"[^,。;]{0,4}?(?:[增提降上下升减扩]\w{0,2}|到|至|为)")
BASE = re.compile(r"[比较](?:(?P<year>(?:19|20)\d\d)年|上年|上一年|去年)(?:同期|末|底)?的?$")
MOVED_TO = re.compile(r"[从由自][^,。;]{0,30}\d[^,。;]{0,10}(?:到|至|为)(?:约|近)?$")
ANY_YEAR = re.compile(r"(?:19|20)\d\d年")
LONGEST_BASE = 12  # characters
YEAR_BEFORE = re.compile(r"(?:19|20)\d\d年[^,。;]{0,6}$")


@dataclass(frozen=True, slots=True)
class When:
    """The periods that a number may be about, the likeliest first; `sure` where the draft leaves no other."""

    periods: tuple[Period, ...]
    sure: bool

    @property
    def first(self) -> Period | None:
        """The likeliest period."""
        return self.periods[0] if self.periods else None


@dataclass(frozen=True)
class Whens:
    """The times that a draft names; `now` is the year that its 今年 means."""

    text: str  # folded
    mentions: tuple[PeriodMention, ...]
    starts: tuple[int, ...]  # of the mentions
    years: tuple[PeriodMention, ...]  # of them, those of a whole year
    year_starts: tuple[int, ...]
    named: frozenset[Period]  # the years that are named
    title: Period | None
    now: int

    @classmethod
    def of(cls, text: str, title: str, today: date) -> Whens:
        """The times of a draft. A title that names one year tells its 今年, else `today` does."""
        folded, head = fold(text), fold(title)
        named = [
            m for m in find_periods(head, 0, len(head), Clock(today.year, None, None, today.year - 1)) if not m.base
        ]
        period = named[0].period if len({m.period for m in named}) == 1 else None
        report = REPORT.search(head)
        if report is not None:  # the report of a year looks back on the year before
            year = int(report[1])
            return cls._with(folded, Period.of_year(year - 1), year)
        now = period.end.year if period is not None and len(period.years) == 1 else today.year
        return cls._with(folded, period, now)

    @classmethod
    def _with(cls, folded: str, title: Period | None, now: int) -> Whens:
        mentions = tuple(_mentions(folded, now, title))
        years = tuple(m for m in mentions if m.period.is_year)
        starts = tuple(m.span.start for m in mentions)
        named = frozenset(m.period for m in years)
        return cls(folded, mentions, starts, years, tuple(m.span.start for m in years), named, title, now)

    def before(self, position: int, headings: Sequence[str]) -> When:
        """What a paragraph at `position` is about where it does not say: its headings' time, the title's, the one."""
        clock = Clock(self.now, None, None, self.now - 1)
        for words in reversed(headings):
            folded = fold(words)
            named = {m.period for m in find_periods(folded, 0, len(folded), clock) if not m.base}
            if len(named) == 1:
                return When(tuple(named), True)
        if self.title is not None:
            return When((self.title,), True)
        if len(self.named) == 1:
            return When(tuple(self.named), True)
        past = bisect_right(self.year_starts, position)
        earlier = [m.period for m in self.years[max(0, past - 2) : past]]
        return When(tuple(dict.fromkeys(reversed(earlier))), False)

    def of_figure(self, figure: Figure, line: int, headings: Sequence[str], *, in_table: bool) -> When:
        """The time of a figure (offsets of the draft) in the paragraph that starts at `line`."""
        fallback = self.before(line, headings)
        from_to = FROM.search(self.text, figure.clause.start, figure.start) and TO.match(self.text, figure.end)
        if (end := self._end_of_span(figure, fallback, starts=bool(from_to))) is not None:
            return When((end,), True)
        if from_to and figure.period is not None:
            return When((figure.period,), bool(YEAR_BEFORE.search(self.text, figure.clause.start, figure.start)))
        if in_table:
            return When((figure.period,), True) if figure.period is not None else fallback
        near = self.mentions[bisect_left(self.starts, line) : bisect_right(self.starts, figure.start)]
        here = [m for m in near if m.span.end <= figure.start]
        if (base := self._base(figure, here)) is not None:
            return When((base,), True)
        mine = [m for m in here if m.span.start >= figure.sentence.start and figure.start < m.reach]
        if mine:
            last = mine[-1]
            if last.relative:
                said = self.text[last.span.start : last.span.end]
                if self.title is not None and said.startswith(LAST_YEAR):  # of the title's year, or of today's
                    return When(tuple(dict.fromkeys([last.period, self.title])), False)
                return When((last.period,), True)
            return When((figure.period or last.period,), True)
        if not here:
            return fallback
        named = tuple(dict.fromkeys([here[-1].period, here[0].period, *fallback.periods]))
        return When(named, len(named) == 1)

    def _end_of_span(self, figure: Figure, fallback: When, *, starts: bool) -> Period | None:
        """The first or the last year of a span that a number moved over: 1997—2002年…由8651亿元增加到18914亿元."""
        span = figure.period or fallback.first
        before = self.text[figure.clause.start : figure.start]
        ends = MOVED_TO.search(before) is not None
        if span is None or len(span.years) < 2 or not (starts or ends) or ANY_YEAR.search(before):
            return None
        return Period.of_year(span.start.year if starts else span.end.year)

    def _base(self, figure: Figure, here: Sequence[PeriodMention]) -> Period | None:
        """The year that a number is compared with: 比2005年的3255元增加, 较上年的3255元增加; None for any other number."""
        found = BASE.search(self.text, max(0, figure.start - LONGEST_BASE), figure.start)
        if found is None:
            return None
        if found["year"]:
            return Period.of_year(int(found["year"]))
        years = [m.period for m in here if m.period.is_year and m.span.end <= found.start()]
        return Period.of_year(years[-1].start.year - 1) if years else None


def _mentions(text: str, now: int, title: Period | None) -> list[PeriodMention]:
    """The times named in the draft; 全年 and 年末 are of the year named last before them."""
    found: list[PeriodMention] = []
    year = title.end.year if title is not None and len(title.years) == 1 else None
    for sentence in split_sentences(text, 0, len(text)):
        clock = Clock(now, title, year, now - 1)
        plain = [m for m in find_periods(text, sentence.start, sentence.end, clock) if _counts(text, m)]
        fixed = [m for m in plain if not m.relative]
        bounds = [sentence.start, *(m.span.end for m in fixed), sentence.end]
        for at in range(len(bounds) - 1):
            if at:
                found.append(fixed[at - 1])
                year = fixed[at - 1].period.end.year
            clock = Clock(now, title, year, now - 1)
            end = fixed[at].span.start if at < len(fixed) else sentence.end
            loose = find_periods(text, bounds[at], end, clock)
            found += [m for m in loose if m.relative and _counts(text, m)]
    return found


def _counts(text: str, mention: PeriodMention) -> bool:
    """Whether the mention is no comparison and does not stand within the name of a document."""
    if mention.base:
        return False
    opening = max(text.rfind(mark, max(0, mention.span.start - 40), mention.span.start) for mark in "《(")
    return opening < 0 or any(mark in text[opening : mention.span.start] for mark in "》)")
