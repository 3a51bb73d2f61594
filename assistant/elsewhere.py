"""Where else the archive holds what was not found: other times, other places; or which words no report says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.concepts import make_wanted
from assistant.matching import Wanted, match
from assistant.read_figures import STRONG, Weighed
from assistant.retrieve import word_groups
from assistant.types import Question
from indexer.archive import Archive
from indexer.fold import fold
from indexer.types import Measure, Period, ReportInfo

SAID = 0.45  # as well as this a passage must say a word to mention it
LOOKED_AT = 12  # passages in which a word is looked for

SURE, SURE_WEAKEST = 0.6, 0.5  # of what is asked, and of each telling word, that a figure held elsewhere must say

Find = Callable[[Question], Sequence[Weighed]]  # the figures that answer a question, by the thresholds for answers


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What is held beside what was asked; all empty where nothing is."""

    periods: tuple[Period, ...] = ()  # times for which the same is stated, of the place asked, oldest first
    places: tuple[str, ...] = ()  # places of which the same is stated, for the time asked
    both: tuple[tuple[str, Period], ...] = ()  # of another place and time
    units: tuple[str, ...] = ()  # what the archive counts it in, where the question names another sort of unit
    unsaid: tuple[str, ...] = ()  # telling words of the question that no report says


def look_elsewhere(question: Question, archive: Archive, find: Find) -> Elsewhere:
    """Where else the archive holds what `question` asks for and was not found for."""
    if question.dimension and (units := _units(question, find(_in_any_unit(question)))):
        return Elsewhere(units=units)
    timed, placed = _asks_time(question), bool(question.places or question.levels or question.unknown_places)

    def held(asked: Question) -> tuple[tuple[ReportInfo, Period | None], ...]:
        return _held(item for item in find(asked) if _is_sure(item))

    anytime = held(_at_any_time(question)) if timed else ()
    if anytime:
        periods = sorted({period for _, period in anytime if period and period not in question.periods})
        if periods:
            places = _places(anytime) if not placed else ()
            return Elsewhere(tuple(periods)) if len(places) < 2 else Elsewhere(both=_pairs(anytime))
    if placed:
        there = held(_of_any_place(question))
        if places := tuple(place for place in _places(there) if place not in question.places):
            return Elsewhere(places=places)
        if timed and (pairs := _pairs(held(_of_any_place(_at_any_time(question))))):
            return Elsewhere(both=pairs)
    return Elsewhere(unsaid=unsaid(question, archive))


def unsaid(question: Question, archive: Archive) -> tuple[str, ...]:
    """The telling words of the question that no report of the archive says, in any wording known for them."""
    wanted = make_wanted(question.concepts, archive.segmenter)
    reports = [report.id for report in archive.reports()]
    telling = [item for item in wanted if item.weight >= STRONG and not item.concept.is_verb and _is_understood(item)]
    return tuple(item.concept.word for item in telling if not _is_said(item, archive, reports))


def _is_sure(item: Weighed) -> bool:
    return item.coverage >= SURE and item.features["weakest"] >= SURE_WEAKEST


def _is_understood(item: Wanted) -> bool:
    """Whether a word is Chinese or has a Chinese wording: of other words nobody can tell whether they are said."""
    return any(not wording.text.isascii() for wording in item.wordings)


def _is_said(item: Wanted, archive: Archive, reports: Sequence[str]) -> bool:
    hits = archive.keyword(word_groups([item]), reports=reports, k=LOOKED_AT)
    passages = archive.passages([hit.id for hit in hits]).values()
    return any(match(item, fold(passage.text).lower()) >= SAID for passage in passages)


def _asks_time(question: Question) -> bool:
    return bool(question.periods or question.report_years or question.recent_years or question.spans_years)


def _at_any_time(question: Question) -> Question:
    return replace(question, periods=(), report_years=(), recent_years=None, spans_years=None)


def _of_any_place(question: Question) -> Question:
    return replace(question, places=(), places_listed=False, required=(), levels=(), offices=(), unknown_places=())


def _in_any_unit(question: Question) -> Question:
    return replace(question, unit=None, dimension=None)


def _units(question: Question, found: Iterable[Weighed]) -> tuple[str, ...]:
    """The units of what was found, as far as they are of another sort than the one asked for."""
    sure = (item.figure for item in found if _is_sure(item) and item.figure.measure is Measure.LEVEL)
    return tuple(
        dict.fromkeys(figure.unit for figure in sure if figure.dimension != question.dimension and figure.unit)
    )


def _held(found: Iterable[Weighed]) -> tuple[tuple[ReportInfo, Period | None], ...]:
    reports = ((item.evidence.report, item.figure.period) for item in found)
    return tuple((report, period or report.period) for report, period in reports)


def _places(held: Iterable[tuple[ReportInfo, Period | None]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(report.place or report.issuer or "" for report, _ in held))


def _pairs(held: Iterable[tuple[ReportInfo, Period | None]]) -> tuple[tuple[str, Period], ...]:
    return tuple(dict.fromkeys((report.place or report.issuer or "", period) for report, period in held if period))
