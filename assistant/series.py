"""The figures that state one subject, wherever they stand: found in the ledger, each with how well it says the subject."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.features import unit_kind
from assistant.matching import Listener, Wanted
from assistant.retrieve import archive_evidence, word_groups
from assistant.settled import settled
from assistant.types import Evidence
from assistant.zones import ELLIPTIC, PREDICATES, extra_subject
from indexer.archive import Archive
from indexer.fold import fold
from indexer.search.protocol import FigureFilter
from indexer.types import Figure, Measure, Period, ReportInfo, Role, Span

PER_REPORT, MOST = 24, 4000  # figures looked at
PASSAGES = 3  # a report, whose elliptic figures are looked at
FACTORS = {
    "subject": 1.0,
    "near": 0.97,
    "run": 0.93,
    "clause": 0.88,
    "sentence": 0.7,
}  # said further off, it counts less
ELLIPTIC_FACTORS = {"subject": 1.0, "near": 1.0, "run": 0.95, "clause": 0.95, "sentence": 0.9}  # of what was done only
ALIEN = 0.5  # so much of the figure's own subject is not asked for: 单位国内生产总值能耗
ALIEN_FACTORS = {"subject": 0.8, "near": 0.8, "run": 0.87, "clause": 0.7, "sentence": 0.4}
DIVIDED_FACTORS = dict.fromkeys(FACTORS, 0.5)
PER = ("人均", "单位", "户均", "亩均", "日均")  # what is so divided is another thing
RUN_BREAK = re.compile(r"[;。]|——")
CHANGES = frozenset({Measure.GROWTH, Measure.CHANGE})
FALLS = frozenset({"下降", "减少", "降低", "回落", "下跌", "缩短", "压减", "收窄"})


@dataclass(frozen=True, slots=True)
class Found:
    """A figure with what it says of the subject."""

    figure: Figure
    evidence: Evidence
    fit: float  # 0–1: how well the subject is said
    extra: float  # 0–1: the share of its own subject that is not asked for
    name: str  # the wording of the subject that is said
    period: Period | None  # what the figure is about, else what its report is
    role: Role

    @property
    def report(self) -> ReportInfo:
        """The report that states it."""
        return self.evidence.report

    @property
    def is_plan(self) -> bool:
        """Whether the figure is intended or demanded."""
        return self.role in {Role.PLAN, Role.REQUIREMENT}


@dataclass(frozen=True, slots=True)
class Kind:
    """What sort of number a figure is: only those of one kind stand in one series."""

    measure: str  # level, rate, growth, change, rank
    unit: str  # people, count, money, mass …

    @classmethod
    def of(cls, figure: Figure) -> Kind:
        """The kind of a figure."""
        if figure.measure in CHANGES or figure.measure is Measure.RANK:
            return cls(figure.measure.value, "%" if figure.dimension == "percent" else figure.dimension)
        if figure.dimension == "percent":
            return cls("rate", "%")
        return cls("level", unit_kind(figure.dimension, figure.unit))


def find_figures(
    archive: Archive,
    subjects: Sequence[Sequence[Wanted]],
    reports: Sequence[str],
    years: Sequence[int] | None = None,
) -> list[Found]:
    """The figures of `reports` that say one of the subjects in some measure, best first.

    `years`: of periods that touch one of them, or that have none.
    """
    best: dict[tuple[str, int], Found] = {}
    k = min(MOST, PER_REPORT * len(reports) + PER_REPORT)
    only = FigureFilter(years=None if years is None else (*_around(years), 0))
    for wanted in subjects:
        groups = word_groups(wanted)
        if not groups or not reports:
            continue
        hits = [hit.id for hit in archive.ledger(groups, reports=reports, k=k, only=only)]
        near = [hit.id for hit in archive.keyword(groups, reports=reports, k=PASSAGES * len(reports) + PER_REPORT)]
        for found in _weighed(archive, Listener(wanted), hits, near):
            key = (found.report.id, found.figure.ordinal)
            if key not in best or found.fit > best[key].fit:
                best[key] = found
    return sorted(best.values(), key=lambda item: (-item.fit, item.extra, item.report.id, item.figure.ordinal))


def _around(years: Sequence[int]) -> list[int]:
    """The years with those after them: a figure that looks back may have been given the year of its report."""
    return sorted({*years, *(year + 1 for year in years)})


def _weighed(archive: Archive, listener: Listener, hits: Sequence[int], near: Sequence[int]) -> Iterator[Found]:
    """What the figures of `hits` say of the subject, and the elliptic ones of the passages `near`."""
    figures = archive.figures(hits)
    owners = archive.passage_ids_of_figures(hits)
    numbers = list(dict.fromkeys((*owners.values(), *near)))
    gathered = archive_evidence(archive, [(number, 1.0, {}) for number in numbers])
    first = {item.report.id: archive.passage_ids_of(item.report.id).start for item in gathered}
    evidence = {first[item.report.id] + item.passage.ordinal: item for item in gathered}
    texts = {one: fold(item.passage.text).lower() for one, item in evidence.items()}
    asked = [(owners[hit], figure) for hit, figure in figures.items() if hit in owners]
    known = {(figure.report, figure.ordinal) for figure in figures.values()}
    asked += [
        (number, figure)
        for number in near
        if number in evidence
        for figure in evidence[number].figures
        if _is_elliptic(figure.subject_text) and (figure.report, figure.ordinal) not in known
    ]
    for number, figure in asked:
        if number in evidence:
            found = _look_at(archive, listener, figure, evidence[number], texts[number])
            if found is not None:
                yield found


def _is_elliptic(subject: str) -> bool:
    """Whether the subject only says what was done, and the sentence says to what."""
    return subject in PREDICATES or len(subject) <= ELLIPTIC


def _look_at(archive: Archive, listener: Listener, figure: Figure, evidence: Evidence, text: str) -> Found | None:
    """What a figure says of the subject; None where it says nothing of it."""
    wanted = listener.wanted
    offset = evidence.passage.start
    subject = fold(figure.subject_text).lower()
    near = _near(figure, evidence, text)
    extra = extra_subject(listener, archive.segmenter.pieces(subject))
    factors = _factors(subject, extra, wanted)
    stretches: Mapping[str, str] = {
        "subject": subject,
        "near": text[near.start : near.end],
        "run": _run(figure, evidence, text),
        "clause": text[max(0, figure.clause.start - offset) : max(0, figure.clause.end - offset)],
        "sentence": text[max(0, figure.sentence.start - offset) : max(0, figure.sentence.end - offset)],
    }
    heard = [[factor * said for said in listener.matches(stretches[ring])] for ring, factor in factors.items()]
    fit = listener.coverage([max(said) for said in zip(*heard, strict=True)])
    if fit <= 0:
        return None
    return Found(figure, evidence, fit, extra, _name(wanted, list(stretches.values())), *settled(figure, evidence))


def _factors(subject: str, extra: float, wanted: Sequence[Wanted]) -> Mapping[str, float]:
    """How much a word counts by where it stands."""
    if subject in PREDICATES or (len(subject) <= ELLIPTIC and extra < 1):
        return ELLIPTIC_FACTORS
    per = any(word in subject and not any(word in item.concept.word for item in wanted) for word in PER)
    return DIVIDED_FACTORS if per else ALIEN_FACTORS if extra > ALIEN else FACTORS


def _near(figure: Figure, evidence: Evidence, text: str) -> Span:
    """The stretch of the clause between the figures before and after, in the passage."""
    start, end = figure.clause.start, figure.clause.end
    for other in evidence.figures:
        if other.end <= figure.start:
            start = max(start, other.end)
        elif other.start >= figure.end:
            end = min(end, other.start)
    return Span(max(0, start - evidence.passage.start), max(0, end - evidence.passage.start))


def _run(figure: Figure, evidence: Evidence, text: str) -> str:
    """What leads up to the number since the figure before it, or since a full stop: 粮食连续四年增产，2007年产量达到."""
    offset = evidence.passage.start
    start = figure.sentence.start
    if figure.measure is not Measure.SHARE:  # 赤字9500亿元，占国内生产总值比重在3%以内
        start = max((other.end for other in evidence.figures if start <= other.end <= figure.start), default=start)
    begin, end = max(0, start - offset), max(0, figure.start - offset)
    breaks = [match.end() for match in RUN_BREAK.finditer(text, begin, end)]
    return text[breaks[-1] if breaks else begin : end]


def _name(wanted: Sequence[Wanted], stretches: Sequence[str]) -> str:
    """The wording of what tells most of the subject, as said nearest to the figure; empty where only parts are."""
    told = max(wanted, key=lambda item: item.weight)
    for stretch in stretches:
        said = [wording.text for wording in told.wordings if wording.text in stretch]
        if said:
            return max(said, key=len)
    return ""
