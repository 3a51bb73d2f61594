"""Where else the archive holds what was not found: other times, other places; or which words no report says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from assistant.concepts import make_wanted
from assistant.matching import Wanted, match
from assistant.read_figures import STRONG, Weighed
from assistant.retrieve import word_groups
from assistant.types import Question
from indexer.archive import Archive
from indexer.fold import fold
from indexer.types import Measure, Period, ReportInfo, Role

SAID = 0.45  # as well as this a passage must say a word to mention it
LOOKED_AT = 12  # passages in which a word is looked for
ASKED_PLACES = 3  # places whose times are looked up one by one
NEAR_WORD = 0.35  # cosine from which on two words may mean the same: 车祸 and 交通事故, 贫困户 and 脱贫
WORD = re.compile(r"[\u4e00-\u9fff]{2,6}")

SURE, SURE_WEAKEST = 0.6, 0.5  # of what is asked, and of each telling word, that a figure held elsewhere must say

Find = Callable[[Question], Sequence[Weighed]]  # the figures that surely answer a question (`is_sure`)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What is held beside what was asked; all empty where nothing is."""

    periods: tuple[Period, ...] = ()  # times for which the same is stated, of the place asked, oldest first
    places: tuple[str, ...] = ()  # places of which the same is stated, for the time asked
    both: tuple[tuple[str, Period], ...] = ()  # of another place and time, those of a place together, newest first
    planned: tuple[Weighed, ...] = ()  # what is only planned for the time asked
    counted: tuple[Weighed, ...] = ()  # what the archive counts otherwise, where the question names a sort of unit
    unsaid: tuple[str, ...] = ()  # telling words of the question that no report says
    nearly: tuple[str, ...] = ()  # telling words that no report says, though one may say them in other words

    @property
    def units(self) -> tuple[str, ...]:
        """The units of what the archive counts otherwise."""
        return tuple(dict.fromkeys(item.figure.unit for item in self.counted))


def look_elsewhere(question: Question, archive: Archive, find: Find) -> Elsewhere:
    """Where else the archive holds what `question` asks for and was not found for."""
    find = cache(find)
    if question.dimension and (counted := _counted_otherwise(question, find(_in_any_unit(question)))):
        return Elsewhere(counted=counted)
    if _asks_time(question) and question.role is Role.RESULT and (planned := _planned(question, find)):
        return Elsewhere(planned=planned)
    return _at_other_times_and_places(question, find) or _unsaid(question, archive)


def _at_other_times_and_places(question: Question, find: Find) -> Elsewhere | None:
    timed, placed = _asks_time(question), bool(question.places or question.levels or question.unknown_places)

    def held(asked: Question) -> tuple[tuple[ReportInfo, Period | None], ...]:
        return _held(find(asked))

    def pairs(asked: Question) -> tuple[tuple[str, Period], ...]:
        """Of the first places the times of each; of one whose report names no place what is found at once."""
        found = held(asked)
        named = [place for place in _places(found) if any(report.place == place for report, _ in found)]
        each = (held(replace(asked, places=(place,))) for place in named[:ASKED_PLACES])
        return tuple(pair for those in each for pair in _pairs(those)) or _pairs(found)

    anytime = held(_at_any_time(question)) if timed else ()
    periods = sorted({period for _, period in anytime if period and period not in question.periods})
    if periods:
        if placed or len(_places(anytime)) < 2:
            return Elsewhere(tuple(periods))
        return Elsewhere(both=tuple(pair for pair in pairs(_at_any_time(question)) if pair[1] not in question.periods))
    if placed:
        there = held(_of_any_place(question))
        if places := tuple(place for place in _places(there) if place and place not in question.places):
            return Elsewhere(places=places)
        if timed and (both := pairs(_of_any_place(_at_any_time(question)))):
            return Elsewhere(both=both)
    return None


def _planned(question: Question, find: Find) -> tuple[Weighed, ...]:
    """What is planned for the time asked, where a result is asked for."""
    found = find(replace(question, role=Role.PLAN))
    return tuple(item for item in found if item.figure.role is Role.PLAN and item.figure.period in question.periods)


def _unsaid(question: Question, archive: Archive) -> Elsewhere:
    words = unsaid(question, archive)
    nearly = tuple(word for word in words if _may_be_said_otherwise(word, archive))
    return Elsewhere(nearly=words) if nearly else Elsewhere(unsaid=words)


def unsaid(question: Question, archive: Archive) -> tuple[str, ...]:
    """The telling words of the question that no report of the archive says, in any wording known for them."""
    wanted = make_wanted(question.concepts, archive.segmenter)
    reports = [report.id for report in archive.reports()]
    telling = [item for item in wanted if item.weight >= STRONG and not item.concept.is_verb and _is_understood(item)]
    return tuple(item.concept.word for item in telling if not _is_said(item, archive, reports))


def is_sure(item: Weighed) -> bool:
    """Whether what surrounds a figure says so much of a question that it surely is what is asked."""
    return item.coverage >= SURE and item.features["weakest"] >= SURE_WEAKEST


def _is_understood(item: Wanted) -> bool:
    """Whether a word is Chinese or has a Chinese wording: of other words nobody can tell whether they are said."""
    return any(not wording.text.isascii() for wording in item.wordings)


def _is_said(item: Wanted, archive: Archive, reports: Sequence[str]) -> bool:
    hits = archive.keyword(word_groups([item]), reports=reports, k=LOOKED_AT)
    passages = archive.passages([hit.id for hit in hits]).values()
    return any(match(item, fold(passage.text).lower()) >= SAID for passage in passages)


def _may_be_said_otherwise(word: str, archive: Archive) -> bool:
    """Whether a passage near in meaning to the word holds a word that may mean the same."""
    if word.isascii():
        return False
    sense = archive.embedder.encode_questions([word])[0]
    hits = archive.dense(sense, reports=[report.id for report in archive.reports()], k=LOOKED_AT)
    texts = (fold(passage.text) for passage in archive.passages([hit.id for hit in hits]).values())
    words = sorted(
        {token.word for text in texts for token in archive.segmenter.tokens(text) if WORD.fullmatch(token.word)}
    )
    return bool(words) and float((archive.embedder.encode_questions(words) @ sense).max()) >= NEAR_WORD


def _asks_time(question: Question) -> bool:
    return bool(question.periods or question.report_years or question.recent_years or question.spans_years)


def _at_any_time(question: Question) -> Question:
    return replace(question, periods=(), report_years=(), recent_years=None, spans_years=None)


def _of_any_place(question: Question) -> Question:
    return replace(question, places=(), places_listed=False, required=(), levels=(), offices=(), unknown_places=())


def _in_any_unit(question: Question) -> Question:
    return replace(question, unit=None, dimension=None)


def _counted_otherwise(question: Question, found: Iterable[Weighed]) -> tuple[Weighed, ...]:
    """What was found in units of another sort than the one asked for."""
    levels = (item for item in found if item.figure.measure is Measure.LEVEL)
    return tuple(
        item
        for item in levels
        if item.figure.dimension != question.dimension and item.figure.unit and not item.figure.masked
    )


def _held(found: Iterable[Weighed]) -> tuple[tuple[ReportInfo, Period | None], ...]:
    reports = ((item.evidence.report, item.figure.period) for item in found)
    return tuple((report, period or report.period) for report, period in reports)


def _places(held: Iterable[tuple[ReportInfo, Period | None]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(report.place or report.issuer or "" for report, _ in held))


def _pairs(held: Iterable[tuple[ReportInfo, Period | None]]) -> tuple[tuple[str, Period], ...]:
    pairs = dict.fromkeys((report.place or report.issuer or "", period) for report, period in held if period)
    return tuple(sorted(pairs, key=lambda pair: pair[1].end, reverse=True))
