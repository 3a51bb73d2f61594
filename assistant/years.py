"""Questions over several years: which years 近三年 and 每年 mean, and when a total over years is put together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.periods import MOST_YEARS, TOTAL_ASKED
from assistant.scope import of_places
from assistant.types import Answer, Question, Status
from indexer.types import Period, ReportInfo, Role

LEAST_RUN = 3  # years that follow one another; of two, each is asked for
EACH_YEAR = re.compile(
    r"(?<!平均)每一?年|历年|逐年|各年|年年|分年度?|分别|各(?=[是为有多几])|\b(?:each|every|per) year\b|\byear by year\b|\bannually\b",
    re.IGNORECASE,
)
AVERAGE = re.compile(r"年均|平均|\baverage\b", re.IGNORECASE)
SUM_ASKED = re.compile(
    r"累计|一共|总共|合计|加起来|共(?:有|计)?多少|\bin total\b|\baltogether\b|\bcombined\b", re.IGNORECASE
)
ONLY_EACH_YEAR = re.compile(
    r"(?<!平均)每一?年(?!平均|均)|历年|逐年|各年|\b(?:each|every) year\b|\byear by year\b", re.IGNORECASE
)


def by_years(question: Question, reports: Sequence[ReportInfo]) -> Question:
    """The question with the years that 近三年, 过去五年每年 and 历年 mean, the newest that its reports review."""
    text = question.standalone
    if question.recent_years and not TOTAL_ASKED.search(text):
        return _with_years(question, newest_years(question, reports, question.recent_years))
    if question.spans_years and EACH_YEAR.search(text) and not question.periods:
        return _with_years(question, newest_years(question, reports, question.spans_years))
    if ONLY_EACH_YEAR.search(text) and not (question.periods or question.report_years):
        return _with_years(question, newest_years(question, reports, MOST_YEARS, held_only=True))
    if ONLY_EACH_YEAR.search(text) and len(question.periods) == 1 and 1 < len(question.periods[0].years) <= MOST_YEARS:
        return _with_years(question, [Period.of_year(year) for year in question.periods[0].years])
    return question


def over_all_years(question: Question) -> Question | None:
    """The question asked of all its years as one (2003至2007年); None where it asks of each, or of no run of years.

    What is planned for each of many years (每年至少增长多少) is planned once for all of them.
    """
    years = [period.start.year for period in question.periods if period.is_year]
    is_run = len(years) == len(question.periods) >= LEAST_RUN and years == list(range(years[0], years[0] + len(years)))
    if not is_run or (question.role is not Role.PLAN and EACH_YEAR.search(question.standalone)):
        return None
    return replace(question, periods=(Period.of_years(years[0], years[-1]),))


def states_all_years(answer: Answer) -> bool:
    """Whether an answer's figure is of the very years asked."""
    if answer.status not in {Status.ANSWERED, Status.MASKED} or not answer.figures:
        return False
    stated = answer.figures[0]
    return (stated.figure.period or stated.report.period) in answer.question.periods


def asks_for_sum(question: Question) -> bool:
    """Whether one number over all the years or places is wanted: 2023年和2024年一共."""
    return bool(SUM_ASKED.search(question.standalone)) and not AVERAGE.search(question.standalone)


def years_of_total(question: Question, answer: Answer, reports: Sequence[ReportInfo]) -> tuple[Question, ...]:
    """The question for each of its years, where it asks for a total over them and no figure that spans them answers it."""
    whole = question.periods[0] if len(question.periods) == 1 and len(question.periods[0].years) > 1 else None
    count = question.spans_years or question.recent_years
    if (whole is None and not count) or spans_years(answer) or _is_average(question, answer):
        return ()
    periods = [Period.of_year(year) for year in whole.years] if whole else newest_years(question, reports, count or 0)
    if len(periods) > MOST_YEARS:
        return ()
    single = _with_years(question, periods)
    return tuple(replace(single, periods=(period,)) for period in single.periods)


def _is_average(question: Question, answer: Answer) -> bool:
    """Whether a yearly average is asked for, and the sentence that answers says one."""
    return bool(AVERAGE.search(question.standalone)) and any(AVERAGE.search(item.quote) for item in answer.citations)


def spans_years(answer: Answer) -> bool:
    """Whether an answer's figure is of more than one year."""
    if answer.status not in {Status.ANSWERED, Status.MASKED} or not answer.figures:
        return answer.status is Status.AMBIGUOUS
    period = answer.figures[0].figure.period or answer.figures[0].report.period
    return period is None or len(period.years) > 1


def newest_years(
    question: Question, reports: Sequence[ReportInfo], count: int, *, held_only: bool = False
) -> list[Period]:
    """The newest `count` years (MOST_YEARS at most) up to the last that the question's reports review; with `held_only`, those they review."""
    ends = {report.period.end.year for report in of_places(question, reports) if report.period}
    if not ends:
        return []
    count = min(count, MOST_YEARS)
    years = sorted(ends)[-count:] if held_only else range(max(ends) - count + 1, max(ends) + 1)
    return [Period.of_year(year) for year in years]


def _with_years(question: Question, periods: Sequence[Period]) -> Question:
    return replace(question, periods=tuple(periods), recent_years=None, spans_years=None) if periods else question
