"""What a question asks to be compared: the subject without the words of comparing, and a slot for each year and place."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from importlib.resources import files

from assistant.features import unit_kind
from assistant.grounding import numbers_in
from assistant.question import language_of
from assistant.types import Intent, Question
from assistant.years import asks_for_sum
from indexer.fold import fold
from indexer.types import Measure, Period, Role

WORDS = tomllib.loads((files("indexer.lexicon") / "comparing.toml").read_text(encoding="utf-8"))
FILLERS = re.compile("|".join(WORDS["fillers"]), re.IGNORECASE)
ENGLISH_FILLERS = re.compile(rf"\b(?:{'|'.join(WORDS['english_fillers'])})\b", re.IGNORECASE)
YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")
OF_REPORT = re.compile(
    r"年?(?:(?:[、和与及]\s*\d{4}年?)+)?(?:份)?(?:的)?(?:国务院|[\u4e00-\u9fff]{2,8}[省市区县])?(?:的)?(?:政府工作)?报告|\s+(?:\w+\s+)?reports?\b"
)
EACH = re.compile(r"每一?年|历年|逐年|各年|年年|走势|趋势|\b(?:each|every) year\b|\btrend\b", re.IGNORECASE)
SEVERAL = re.compile("|".join(WORDS["several"]), re.IGNORECASE)
CHANGE = re.compile("|".join(WORDS["change"]), re.IGNORECASE)
RANKED = re.compile(
    r"谁最|哪个最|哪一?年|最[多高大快低少小]|从[低高少多小大快慢]到|排(?:一下|序|个序|个?名|队)|\brank\b|\b(?:most|highest|lowest|largest)\b",
    re.IGNORECASE,
)
MOVED = re.compile(r"怎么?样?变|变化|走势|趋势")
POINTS_ASKED = re.compile(r"(?:几|多少)个?(?:百分)?点")
YEAR_BEFORE = re.compile(WORDS["year_before"], re.IGNORECASE)
TWO_BEFORE = re.compile(r"[比较同跟和与]前年")
AGAINST = re.compile(r"(?<![对相之])比(?=[\u4e00-\u9fff])(?![重例率一较个起出上前])")  # 重庆比湖北: 重庆 less 湖北
JOINED = re.compile(r"年?[、和与及]| and (?:the )?|, ")
PLAN_ASKED = re.compile(r"要达到|目标|计划|预期|拟|打算")
IN_BRACKETS = re.compile(r"\([^()]*\)")
MOST_SLOTS = 40
POINTS = "个百分点"


@dataclass(frozen=True, slots=True)
class Wish:
    """One row that a question asks for: a place (None: any) and a period, or what the report of a year states."""

    place: str | None
    period: Period | None = None
    report_year: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks to be compared."""

    subject: str
    wishes: tuple[Wish, ...]
    role: Role | None
    measure: Measure | None
    unit_class: str | None
    unit: str | None
    stated: frozenset[Decimal]  # numbers that the question itself states
    wants_change: bool
    wants_rank: bool
    of_year_before: bool = False  # 比上年: the base is a year that the question does not name
    first_less_second: bool = False  # 四川比辽宁多多少: the place named first less the other


def asked_to_compare(question: Question) -> tuple[Asked, ...]:
    """The readings of a question that asks for several years, reports or places, the likelier first; empty for any other."""
    text = fold(question.standalone)
    ranks = question.intent is Intent.TEXT and len(question.periods) > 1 and (RANKED.search(text) or MOVED.search(text))
    if (question.intent not in {Intent.FIGURE, Intent.COMPARISON} and not ranks) or asks_for_sum(question):
        return ()
    subject = subject_of(question)
    base = _year_before(question, text)
    if subject and base is not None:
        return (replace(_asked(question, text, subject, base), wants_change=True, of_year_before=True),)
    if not subject or not _asks_several(question, text):
        return ()
    found: list[Asked] = []
    for wishes in _readings(question, text):
        if 2 <= len(wishes) <= MOST_SLOTS and wishes not in [one.wishes for one in found]:
            found.append(_asked(question, text, subject, wishes))
    return tuple(found)


def _year_before(question: Question, text: str) -> tuple[Wish, ...] | None:
    """The year before and the one that is asked about, where a difference from it is: 2011年的国内生产总值比上年多多少.

    None where the growth that reports state is asked for (比上年增长多少), or no year is named.
    """
    back = 2 if TWO_BEFORE.search(text) else 1
    if not (YEAR_BEFORE.search(text) or back > 1) or not CHANGE.search(text) or len(question.places) > 1:
        return None
    years = [period.start.year for period in question.periods if period.is_year]
    if len(question.periods) != 1 or len(years) != 1 or question.report_years or question.spans_years:
        return None
    if question.measure is Measure.GROWTH and question.unit != POINTS:
        return None
    place = question.places[0] if question.places else None
    return tuple(Wish(place, Period.of_year(year)) for year in (years[0] - back, years[0]))


def _asks_several(question: Question, text: str) -> bool:
    """Whether more than one number is meant, and the words say so: 1955年比1954年 names a base, not a second number."""
    times = len(question.periods) + len(question.report_years)
    if times * max(1, len(question.places)) < 2 or (question.spans_years and len(set(YEAR.findall(text))) < 2):
        return False
    return question.places_listed or bool(CHANGE.search(text) or RANKED.search(text) or SEVERAL.search(text))


def _asked(question: Question, text: str, subject: str, wishes: tuple[Wish, ...]) -> Asked:
    change = bool(CHANGE.search(text))
    measure = question.measure if question.measure is not Measure.CHANGE else None
    if measure is Measure.GROWTH and change and not GROWTH_SAID.search(text):
        measure = None  # 增加了多少: computed, not looked up
    unit = POINTS if POINTS_ASKED.search(text) else question.unit
    if measure is None and FASTER.search(text) and unit in {None, POINTS, "%"}:
        measure = Measure.GROWTH
    dimension = "points" if unit == POINTS else question.dimension
    unit_class = unit_kind(dimension, unit or "") if dimension and unit else None
    return Asked(
        subject,
        wishes,
        question.role if not PLAN_ASKED.search(text) or question.role is not Role.RESULT else None,
        measure,
        unit_class if unit_class not in {"points", "percent"} else None,
        unit,
        frozenset(value for value in numbers_in(_without_years(text)) if value > LEAST_STATED),
        change,
        bool(RANKED.search(text)),
        first_less_second=len(wishes) == 2 and AGAINST.search(text) is not None,
    )


LEAST_STATED = 20
FASTER = re.compile(
    r"[增长涨跑]得?(?:更|最)?[快慢]|[快慢]了?(?:多少|几)个?(?:百分)?点|[谁哪]\w{0,2}[更最]?[快慢]|\b(?:faster|slower)\b"
)
GROWTH_SAID = re.compile(r"增速|增长率|增幅|涨幅|降幅|同比|\bgrowth\b|\bgrew faster\b", re.IGNORECASE)


def subject_of(question: Question) -> str:
    """What is compared, without the words of comparing; growth that is asked for stays said."""
    subject = f" {question.subject} "
    cut = None
    while cut != subject:
        cut, subject = subject, FILLERS.sub(" ", subject)
    if language_of(question.standalone).value == "en":
        subject = ENGLISH_FILLERS.sub(" ", subject)
    return " ".join(subject.split()).strip(" ,，、;；:：。.?？()（）")


def _without_years(text: str) -> str:
    return YEAR.sub(" ", text)


def _readings(question: Question, text: str) -> list[tuple[Wish, ...]]:
    """The rows that are asked for, by years as they stand and by years as those of reports."""
    places: Sequence[str | None] = question.places or (None,)
    years = list(dict.fromkeys(int(year) for year in YEAR.findall(text)))
    of_reports = _report_years(text)
    periods = [period for period in question.periods if period.is_year]
    if len(periods) < len(question.periods):
        return []  # halves, quarters, spans
    if len(periods) > 2 and len(years) == 2 and CHANGE.search(text) and not EACH.search(text):
        periods = [periods[0], periods[-1]]  # 从1994年到2000年增加多少
    plain = [Period.of_year(year) for year in years if year not in of_reports]
    if not set(plain) <= set(periods):  # 20年增加了多少 is no year
        periods = plain
    periods = [period for period in periods if period.start.year not in of_reports]
    if periods:  # 去年…（两省2025年报告): the report that tells it
        of_reports = _report_years(IN_BRACKETS.sub(" ", text))
    wishes = [Wish(place, period) for place in places for period in periods]
    wishes += [
        Wish(place, None, year)
        for place in places
        for year in of_reports
        if len(periods) == 0 or len(of_reports) + len(periods) > 1
    ]
    readings = [tuple(wishes)]
    if of_reports:
        if not periods and len(places) > 1 and len(of_reports) == 1:
            readings.append(tuple(Wish(place, Period.of_year(of_reports[0] - 1)) for place in places))
        readings.append(tuple(Wish(place, Period.of_year(year)) for place in places for year in years))
    return readings


def _report_years(text: str) -> list[int]:
    """The years that a report is of: 2011年报告, the 2016 and 2017 reports."""
    found: list[int] = []
    for match in YEAR.finditer(text):
        rest = text[match.end() :]
        if OF_REPORT.match(rest) or (JOINED.match(rest) and _next_is_report(rest)):
            found.append(int(match[1]))
    return list(dict.fromkeys(found))


def _next_is_report(rest: str) -> bool:
    following = YEAR.search(rest)
    return following is not None and following.start() <= 10 and OF_REPORT.match(rest[following.end() :]) is not None
