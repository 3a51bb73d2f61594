"""Questions that are offered beside an answer, each complete in itself and in the language of the question asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assistant.english import english_period
from assistant.read_figures import Weighed
from assistant.rewrite import Known, with_place, with_time
from assistant.types import Language, Question
from indexer.lexicon.terms import Lexicon
from indexer.naming import english_name
from indexer.types import Figure, Measure, Period, Role

MOST = 4  # questions offered
LEAST_NEAR, LEAST_HEAD = 0.3, 0.4  # of what is asked, and of what is counted, that a near indicator must say
LEAST_NAMED, LEAST_MEANT = 0.25, 0.3  # of what is asked, that its subject must say; how likely it must be meant else
SUBJECT = re.compile(r"[\u4e00-\u9fff]{2,14}")  # one that reads by itself
LEANING = re.compile(r"^[的了其该各等这那以和与及对]|方面|问题|年度|以上|分别|目前|有$|为$|达$|共$")
ROLE_WORDS = {Role.PLAN: "计划", Role.ESTIMATE: "预计", Role.REQUIREMENT: "要求"}


def place_words(place: str, language: Language, lexicon: Lexicon) -> str:
    """The name of a place in a language: 云岭县, Yunling County."""
    if language is Language.CHINESE:
        return place
    known = lexicon.place(place)
    return known.english[0] if known and known.english else english_name(place)


def period_label(period: Period, language: Language) -> str:
    """The name of a period in a language: 2022年上半年, first half of 2022."""
    return period.label if language is Language.CHINESE else english_period(period)


def of_places(question: Question, places: Iterable[str], known: Known) -> tuple[str, ...]:
    """The question asked of each of these places."""
    names = (place_words(place, question.language, known.lexicon) for place in dict.fromkeys(places))
    return tuple(with_place(question.standalone, name, known) for name in names)


def of_periods(question: Question, periods: Iterable[Period], known: Known) -> tuple[str, ...]:
    """The question asked for each of these periods."""
    labels = (period_label(period, question.language) for period in dict.fromkeys(periods))
    return tuple(with_time(question.standalone, label, known) for label in labels)


def of_both(question: Question, pairs: Iterable[tuple[str, Period]], known: Known) -> tuple[str, ...]:
    """The question asked of each of these places for its period."""
    return tuple(
        with_place(asked, place_words(place, question.language, known.lexicon), known)
        for place, period in dict.fromkeys(pairs)
        for asked in of_periods(question, [period], known)
    )


def of_units(question: Question, units: Iterable[str]) -> tuple[str, ...]:
    """The question asked in each of these units, where it names one in Chinese."""
    text, unit = question.standalone, question.unit or ""
    return tuple(text.replace(unit, other) for other in units) if unit and text.count(unit) == 1 else ()


def of_near(question: Question, near: Iterable[Weighed], lexicon: Lexicon) -> tuple[str, ...]:
    """Questions for the indicators that come nearest to what was asked; none for what nobody could read by itself."""
    return of_figures(question, (item for item in near if _is_near(item)), lexicon)


def of_figures(question: Question, figures: Iterable[Weighed], lexicon: Lexicon) -> tuple[str, ...]:
    """A question for each of these figures, in the language of `question`."""
    found = (_of_figure(item, question.language, lexicon) for item in figures)
    return tuple(dict.fromkeys(text for text in found if text))


def newest(item: Weighed) -> int:
    """A key that sorts figures by their period, the newest first."""
    period = item.figure.period or item.evidence.report.period
    return -period.end.toordinal() if period else 0


def _is_near(item: Weighed) -> bool:
    """Whether the figure may be what is meant: its subject says some of it, or it seems meant in other words."""
    told = item.features
    plainly = max(told["head"], told["weakest"]) >= LEAST_HEAD
    said = item.coverage >= LEAST_NEAR and plainly and told["named"] >= LEAST_NAMED
    return said or told.get("likely", 0.0) >= LEAST_MEANT


def _of_figure(item: Weighed, language: Language, lexicon: Lexicon) -> str:
    figure, report = item.figure, item.evidence.report
    subject, period = figure.subject_text.strip(), figure.period or report.period
    if period is None or not SUBJECT.fullmatch(subject) or LEANING.search(subject) or figure.masked:
        return ""
    place = place_words(report.place, language, lexicon) if report.place else ""
    if language is Language.CHINESE:
        return f"{place}{period.label}{subject}{ROLE_WORDS.get(figure.role, '')}{_how_much(figure)}？"
    name = lexicon.chinese_to_english(subject)
    if name is None or figure.role not in {Role.RESULT, Role.PLAN}:
        return ""
    start = "What was the growth of" if figure.measure is Measure.GROWTH else "What was the figure for"
    start = f"{start} planned" if figure.role is Role.PLAN else start
    return " ".join(_words(start, name, place and f"in {place}", f"in {english_period(period)}")) + "?"


def _how_much(figure: Figure) -> str:
    """How Chinese asks for the number: 多少公里, 是多少 of a share or of what counts one thing by another (公斤/亩)."""
    if figure.measure is Measure.GROWTH:
        return "增长多少"
    return "是多少" if figure.dimension == "percent" or "/" in figure.unit else f"多少{figure.unit}"


def _words(*words: str) -> Iterator[str]:
    return (word for word in words if word)
