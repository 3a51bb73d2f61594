"""The figures of the archive that a number of a draft may be, with how surely each is of the very same thing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from assistant.checking.claims import Claim
from assistant.checking.likeness import Words
from assistant.checking.said import INTENDED
from assistant.checking.values import Fit, comparable, fit
from assistant.places import ancestors, names_of
from indexer.archive import Archive
from indexer.fold import fold
from indexer.search.protocol import FigureFilter, Group
from indexer.types import Figure, Genre, Measure, Period, ReportInfo, Role

LOOKED_AT = 90  # figures of the ledger for one claim
ADMINISTRATIVE = ("全", "我", "本")
PARTIAL = frozenset({Measure.LEVEL, Measure.SHARE})
PIECES = frozenset({"其中"})
TREND = re.compile(r"(?:上涨|下跌|下降|上升|增长|减少|增加|回落|提高|降低|涨幅|降幅|增幅|增速|减幅)+$")
MOVING = frozenset({Measure.GROWTH, Measure.CHANGE})
YEARLY = ("年均", "平均每年", "每年平均")
AVERAGED = ("平均", "人均", "日均", "户均", "亩均", "年均")


@dataclass(frozen=True)
class Match:
    """A figure of the archive beside a claim; the shares say how far the words of each are those of the other, 0–1."""

    claim: Claim
    figure: Figure
    report: ReportInfo
    forward: float  # of the claim's subject, in the words about the figure alone
    around: float  # of the claim's subject, in the figure's sentence
    backward: float  # of the figure's subject, in the claim's words
    held: str  # the words about the figure alone, folded
    close: float  # of the figure's subject, in the words of the claim about its number alone
    near: float  # of the figure's subject, in these, its sentence, the headings and the title
    in_place: bool  # whether the report is of the claim's place, or the figure's sentence names it
    fit: Fit | None  # None where the figure is masked

    @cached_property
    def same_time(self) -> bool:
        """Whether the figure is of the claim's very period."""
        return self.figure.period is not None and self.figure.period in self.claim.when.periods[:1]

    @cached_property
    def may_be_time(self) -> bool:
        """Whether the figure may be of the claim's period, where the draft or the ledger is not sure of it."""
        periods = self.claim.when.periods
        if not periods or self.figure.period in periods:
            return True
        return any(_reviewed(self.figure, self.report, period) for period in periods)

    @cached_property
    def same_role(self) -> bool:
        """Whether both are reached, or both intended."""
        return (self.figure.role in INTENDED) == (self.claim.role is Role.PLAN)

    @cached_property
    def same_measure(self) -> bool:
        """Whether both measure in one way, and in one direction."""
        mine, theirs = self.claim.figure.measure, self.figure.measure
        return mine is theirs or {mine, theirs} <= PARTIAL

    @cached_property
    def same_extent(self) -> bool:
        """Whether nothing says that the figure is of a part, a sum over years or an average, where the claim is not."""
        figure, said = self.figure, "".join((self.claim.own, *self.claim.near[:1]))
        scope = figure.scope
        if (
            scope
            and not scope.startswith(ADMINISTRATIVE)
            and scope not in "".join((*self.claim.near, *self.claim.context))
        ):
            return False
        mine, theirs = self.claim.figure.qualifiers, f"{''.join(figure.qualifiers)}{figure.base_period or ''}"
        unlike = [word for word in figure.qualifiers if word in {"其中", "累计", *AVERAGED} and word not in mine]
        averaged = any(word in self.claim.own and word not in theirs + self.held for word in YEARLY)
        return all(word in said for word in unlike) and not averaged

    @property
    def first_place(self) -> bool:
        """Whether the report is of the likeliest of the places that the claim may be about, or of none of them."""
        places = self.claim.where.places
        return self.report.place not in places or self.report.place == places[0]

    @property
    def at_first_hand(self) -> bool:
        """Whether the report looks back on the figure's very time, or plans it, and does not only recall it."""
        period = self.figure.period
        if self.figure.role in INTENDED:
            return period is not None and period.start.year == self.report.year
        return period is not None and self.report.period is not None and period.end == self.report.period.end

    @property
    def likeness(self) -> float:
        """How far the two subjects are worded alike, 0–1, whatever stands around them."""
        return (self.forward + self.close) / 2

    @property
    def score(self) -> float:
        """How well the words fit, 0–1."""
        return 0.4 * self.forward + 0.2 * self.around + 0.4 * self.backward


@dataclass
class Matcher:
    """Finds the figures of an archive for the claims of a draft."""

    archive: Archive
    words: Words
    _found: dict[tuple[object, ...], list[tuple[Figure, ReportInfo]]] = field(default_factory=dict)
    _said: dict[tuple[str, int], tuple[str, str]] = field(default_factory=dict)

    @cached_property
    def reports(self) -> dict[str, ReportInfo]:
        """The reports held, by their ids."""
        return {report.id: report for report in self.archive.reports()}

    def matches(self, claim: Claim) -> Iterator[list[Match]]:
        """The figures that may be what the claim says, the best words first; for each thing that it may count."""
        for subject in claim.subjects if not claim.where.several else ():
            found = self._candidates(claim, subject)
            matches = [self._match(claim, subject, *item) for item in found if comparable(claim.figure, item[0])]
            yield sorted(matches, key=lambda match: (-match.score, not match.at_first_hand))

    def in_other_units(self, claim: Claim) -> Iterator[list[Match]]:
        """The figures that may be what the claim says but for its unit, the best words first; none has a fit."""
        for subject in claim.subjects if not claim.where.several else ():
            found = self._candidates(claim, subject, any_unit=True)
            matches = [self._match(claim, subject, *item) for item in found if not comparable(claim.figure, item[0])]
            yield sorted(matches, key=lambda match: (-match.score, not match.at_first_hand))

    def _match(self, claim: Claim, counted: str, figure: Figure, report: ReportInfo) -> Match:
        own, sentence = self._words_of(figure)
        growth = claim.figure.measure is Measure.GROWTH
        moves = claim.figure.measure in MOVING
        counted = _untrended(counted, growth=moves)
        forward = self.words.coverage(counted, [own], growth=growth)
        around = max(forward, self.words.coverage(counted, [own, sentence], growth=growth))
        said = [text.lower() for text in (counted, claim.own, *claim.near, *claim.context)]
        subject = _untrended(fold(figure.subject_text).lower(), growth=moves)
        backward = self.words.coverage(subject, said, growth=growth)
        close = self.words.coverage(subject, said[:2], growth=growth)
        near = self.words.coverage(subject, said[: 2 + len(claim.near)], growth=growth)
        named = self._names(claim, report, sentence)
        fitted = None if figure.masked else fit(claim.figure, figure)
        return Match(claim, figure, report, forward, around, backward, own, close, near, named, fitted)

    def _names(self, claim: Claim, report: ReportInfo, sentence: str) -> bool:
        places = claim.where.places
        if not places or report.place is None or report.place in places:
            return True
        return any(name in sentence for place in places for name in names_of(place, self.archive.lexicon))

    def _candidates(self, claim: Claim, counted: str, *, any_unit: bool = False) -> list[tuple[Figure, ReportInfo]]:
        places = claim.where.places
        reports = self._reports_of(places)
        years = tuple(sorted({year for p in claim.when.periods for year in (p.end.year, p.end.year + 1)}))
        dimensions = () if any_unit else (claim.figure.dimension,)
        key = (counted, places, years, dimensions)
        found = self._found.get(key)
        if found is None:
            only = FigureFilter(dimensions=dimensions or None, years=(*years, 0) if years else None)
            hits = self.archive.ledger(self._groups(counted, claim), reports=reports, k=LOOKED_AT, only=only)
            figures = self.archive.figures([hit.id for hit in hits]).values()
            found = [(figure, self.reports[figure.report]) for figure in figures if figure.report in self.reports]
            self._found[key] = found
        return found

    def _reports_of(self, places: Sequence[str]) -> list[str] | None:
        """The reports of the places, or of those they lie in where they have none; None: all."""
        if not places:
            return None
        held = {report.place for report in self.reports.values()}
        wanted: set[str] = set()
        for place in places:
            chain = [place, *ancestors(place, self.archive.lexicon)]
            wanted.update(next(([one] for one in chain if one in held), []))
        if held <= {None}:
            return None
        return [report.id for report in self.reports.values() if report.place in wanted]

    def _groups(self, counted: str, claim: Claim) -> list[Group]:
        groups: list[Group] = []
        for group, _ in self.words.terms(counted, growth=claim.figure.measure is Measure.GROWTH):
            said: dict[str, float] = {}
            for word, weight in group[:16]:
                for piece in self.archive.segmenter.terms(word):
                    said[piece] = max(weight, said.get(piece, 0.0))
            if said:
                groups.append(tuple(said.items()))
        return groups

    def _words_of(self, figure: Figure) -> tuple[str, str]:
        """The words about a figure alone, and those of its sentence; folded, in small letters."""
        key = (figure.report, figure.ordinal)
        said = self._said.get(key)
        if said is None:
            text = self.archive.report(figure.report).text
            clause = text[figure.clause.start : figure.clause.end]
            sentence = text[figure.sentence.start : figure.sentence.end]
            own = fold(f"{figure.subject_text} {clause}").lower()
            whole = fold(sentence).lower()
            said = self._said[key] = (own, whole + self.words.said_for(whole))
        return said


def _untrended(subject: str, *, growth: bool) -> str:
    """What grows or falls, without the word that says so: 居民消费价格 of 居民消费价格上涨 and of 居民消费价格下降."""
    bare = TREND.sub("", subject) if growth else subject
    return bare if len(bare) > 1 else subject


def _reviewed(figure: Figure, report: ReportInfo, period: Period) -> bool:
    """Whether a figure whose time the ledger may have wrong is of the year that its report looks back on."""
    review = report.period
    if review is None or report.genre is not Genre.WORK_REPORT:
        return figure.period is None and review == period
    own_year = figure.period is None or figure.period.end.year in {report.year, review.end.year}
    return own_year and review.end.year == period.end.year and figure.period != period and len(period.years) == 1
