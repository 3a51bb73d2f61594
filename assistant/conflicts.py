"""Reports that disagree: the same indicator of the same period, place and scope, stated with another value elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.likeness import likeness, same_thing, says_all
from assistant.read_figures import Look, Weighed, weigh_figures
from assistant.retrieve import archive_evidence, word_groups
from indexer.archive import Archive
from indexer.search.protocol import FigureFilter
from indexer.types import Figure, Period, ReportInfo

LIKE_CHARACTERS = 0.75  # of the shorter subject
COVERAGE_MARGIN = 0.12  # of what is asked: a figure that says so much less is of something else
EXTRA_MARGIN = 0.34  # so much more of its subject may be beside what is asked
WIDEST = Decimal("1.6")  # values further apart are hardly of one indicator
WHOLE = "全"  # 全市, 全区: the place itself
YEARS_BACK = 2  # reports this many years on still look back
LOOKED_AT = 20  # figures of later reports
NEAR = 16  # characters before a number in which its subject may stand
LOOSE = Decimal("0.03")  # of a value that its report hedges: 约, 余, 以上


def conflicts_with(chosen: Weighed, weighed: Sequence[Weighed], look: Look) -> tuple[Weighed, ...]:
    """The figures of other reports that state otherwise what `chosen` states, best first, one for each value.

    Beside what was weighed, the reports that come after are looked into: they may look back (在2022年1860个的基础上).
    """
    if chosen.figure.masked or chosen.figure.value is None:
        return ()
    found: dict[Decimal, Weighed] = {}
    for item in (*weighed, *_looking_back(chosen, look)):
        if _same_indicator(item, chosen) and _differ(item.figure, chosen.figure) and _alike(item, chosen, look.archive):
            found.setdefault(_base(item.figure), item)
    return tuple(found.values())


def _looking_back(chosen: Weighed, look: Look) -> list[Weighed]:
    """The figures of later reports of the same place that are of the chosen one's very period and unit."""
    period, archive = _period(chosen), look.archive
    later = [report.id for report in archive.reports() if period and _follows(report, chosen, period)]
    if not later or period is None:
        return []
    hits = archive.ledger(
        word_groups(look.wanted), reports=later, k=LOOKED_AT, only=FigureFilter(years=(period.end.year,))
    )
    passages = dict.fromkeys(archive.passage_ids_of_figures([hit.id for hit in hits]).values())
    evidence = [
        replace(item, figures=figures)
        for item in archive_evidence(archive, [(passage, 1.0, {}) for passage in passages])
        if (figures := tuple(figure for figure in item.figures if _is_of(figure, period, chosen.figure)))
    ]
    return weigh_figures(replace(look, periods=(period,)), evidence) if evidence else []


def _follows(report: ReportInfo, chosen: Weighed, period: Period) -> bool:
    """Whether a report of the same place reviews a time after the period, so shortly that it may look back on it."""
    if (report.place or report.issuer) != _place(chosen) or report.period is None:
        return False
    return period.end < report.period.start and report.period.start.year - period.end.year <= YEARS_BACK


def _is_of(figure: Figure, period: Period, chosen: Figure) -> bool:
    return figure.period == period and figure.base_unit == chosen.base_unit and figure.measure is chosen.measure


def _same_indicator(item: Weighed, chosen: Weighed) -> bool:
    """Whether all but the subject is the same, and both are about as well asked for."""
    one, two = item.figure, chosen.figure
    if item.evidence.report.id == chosen.evidence.report.id or one.masked or one.value is None:
        return False
    same = all(
        getattr(one, name) == getattr(two, name) for name in ("dimension", "measure", "role", "basis", "base_unit")
    )
    if not same or (one.part_of is None) != (two.part_of is None) or _scope(one) != _scope(two):
        return False
    if _period(item) is None or _period(item) != _period(chosen) or _place(item) != _place(chosen):
        return False
    return item.coverage >= chosen.coverage - COVERAGE_MARGIN


def _alike(item: Weighed, chosen: Weighed, archive: Archive) -> bool:
    """Whether both count the same thing: by their subjects, or because one names the other's subject before its number."""
    one, two = item.figure.subject_text, chosen.figure.subject_text
    if not one or not two:
        return False
    if likeness(one, two) >= LIKE_CHARACTERS or same_thing(one, two, archive.lexicon, archive.segmenter):
        return item.features["extra"] <= chosen.features["extra"] + EXTRA_MARGIN
    return says_all(two, _before(item), archive.lexicon, archive.segmenter)


def _before(item: Weighed) -> str:
    """What stands before the number, in its clause and near to it."""
    passage, figure = item.evidence.passage, item.figure
    start = max(figure.clause.start, figure.start - NEAR, passage.start)
    return passage.text[start - passage.start : figure.start - passage.start]


def _differ(one: Figure, two: Figure) -> bool:
    """Whether two values cannot be one number, rounded or hedged in either place."""
    low, high = sorted((_base(one), _base(two)))
    if low <= 0 or high > low * WIDEST:
        return False
    slack = max(_slack(one), _slack(two))
    return high - low > slack


def _slack(figure: Figure) -> Decimal:
    """By how much the value may be off: half a unit of its last digit; more where it is hedged or a bound."""
    value = figure.value or Decimal(0)
    exponent = value.as_tuple().exponent
    digit = Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(0)
    rounding = digit * figure.scale / 2 if exponent or figure.scale > 1 else Decimal(0)
    hedged = figure.approximate or figure.low != figure.high
    return max(rounding, abs(value) * figure.scale * LOOSE if hedged else Decimal(0))


def _base(figure: Figure) -> Decimal:
    return (figure.value or Decimal(0)) * figure.scale


def _scope(figure: Figure) -> str | None:
    return None if figure.scope and figure.scope.startswith(WHOLE) else figure.scope


def _period(item: Weighed) -> Period | None:
    return item.figure.period or item.evidence.report.period


def _place(item: Weighed) -> str | None:
    report: ReportInfo = item.evidence.report
    return report.place or report.issuer
