"""Whether a figure may stand in a table's cell: it is of the very time, kind and unit, says all that is asked, and no other says it as well."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering import Room
from assistant.fill_grid import Asked
from assistant.likeness import says_all
from assistant.read_figures import Weighed
from indexer.types import Basis, Measure, Role

BEHIND = 3.0  # in score: a figure further behind the best is of something else
TOO_NEAR = 0.3  # in score: another value so near makes both doubtful
NEAR, ALIKE = 1.0, 0.06  # in score and in coverage: as good in words, and not far behind
PLAINLY_SAID, LITTLE_ELSE = 0.8, 0.5  # of what is asked, and of the subject beside it
FROM = re.compile(r"[由从自]$")
TO = re.compile(r"^[^,，。;；]{0,8}?[到至为成]\s*\d")
OVER_YEARS = re.compile(
    r"连续[\d一二两三四五六七八九十]+年|年均|平均每年|每年平均|[三四五十35]年(?:来|间|里|内|累计|总体|共|平均)"
)
EACH = frozenset({"户均", "人均", "平均", "年均"})
TOTAL = "累计"
TOTAL_NEAR = 12  # characters before a number in which 累计 belongs to it
NEWLY = re.compile(r"新(?!能源|型|区)")
BASE_YEAR = re.compile(r"(\d{4})年")


def fits(room: Room, asked: Asked, item: Weighed) -> bool:
    """Whether a figure is of the time, role, unit and kind that the cell asks for."""
    figure = item.figure
    if asked.period is not None and (figure.period or item.evidence.report.period) != asked.period:
        return False
    if (figure.role in {Role.PLAN, Role.REQUIREMENT}) is not (asked.role is Role.PLAN):
        return False
    if asked.unit is not None and figure.base_unit != asked.unit.base:
        return False
    growth = room.question.measure is Measure.GROWTH
    if growth is not (figure.measure is Measure.GROWTH) or figure.measure is Measure.RANK:
        return False
    per_head = any(word in EACH and word not in asked.indicator for word in figure.qualifiers)
    return not (per_head or item.features["average"] or _of_another_time(room, asked, item))


def _of_another_time(room: Room, asked: Asked, item: Weighed) -> bool:
    """Whether the words around a number say that it is of a time before, or of many years."""
    figure = item.figure
    text = room.archive.report(figure.report).text
    before = text[max(figure.clause.start, figure.start - 24) : figure.start]
    if FROM.search(before) and TO.match(text[figure.end : figure.end + 16]):
        return True
    if asked.period is None or not asked.period.is_year:
        return False
    base = BASE_YEAR.search(figure.base_period or "")
    old_base = base is not None and figure.measure is Measure.GROWTH and int(base[1]) < asked.period.start.year - 1
    return old_base or bool(OVER_YEARS.search(before))


def accepted(room: Room, indicator: str, fitting: Sequence[Weighed]) -> list[Weighed]:
    """The figures that say all that is asked, best first; sums over the years only where they are asked for."""
    best = max(item.score for item in fitting)
    said = [item for item in fitting if _said(room, indicator, item) and not _only_a_part(room, indicator, item)]
    totals = [item for item in said if _is_total(room, item)]
    near = [item for item in said if item.score >= best - BEHIND]
    if TOTAL in indicator:
        return [item for item in near if item in totals]
    if NEWLY.search(indicator):
        return [item for item in near if item not in totals]
    return [item for item in near if item not in totals or not _stands_for_years(item, said, totals)]


def _only_a_part(room: Room, indicator: str, item: Weighed) -> bool:
    """Whether the figure is a stated part of another that says all that is asked by itself: 新建 of 危房改造."""
    figure = item.figure
    if figure.part_of is None:
        return False
    whole = next((one for one in room.archive.figures_of(figure.report) if one.ordinal == figure.part_of), None)
    return whole is not None and says_all(indicator, whole.subject_text, room.archive.lexicon, room.archive.segmenter)


def _stands_for_years(item: Weighed, found: Sequence[Weighed], totals: Sequence[Weighed]) -> bool:
    """Whether another figure that is no part of it counts the year alone."""
    report, ordinal = item.figure.report, item.figure.ordinal
    return any(
        other not in totals
        and other.figure.measure is Measure.LEVEL
        and not (other.figure.report == report and other.figure.part_of == ordinal)
        for other in found
    )


def _is_total(room: Room, item: Weighed) -> bool:
    figure = item.figure
    text = room.archive.report(figure.report).text
    before = text[max(figure.clause.start, figure.start - TOTAL_NEAR) : figure.start]
    return figure.basis is Basis.CUMULATIVE or TOTAL in before or TOTAL in figure.subject_text


def _said(room: Room, indicator: str, item: Weighed) -> bool:
    """Whether the figure's sentence and headings say every word that is asked, as it is or otherwise."""
    figure, features = item.figure, item.features
    text = room.archive.report(figure.report).text
    sentence = text[figure.sentence.start : figure.sentence.end]
    around = "".join((*item.evidence.section.path, sentence, figure.subject_text))
    if says_all(indicator, around, room.archive.lexicon, room.archive.segmenter):
        return True
    told = min(features["coverage"], features["weakest"])
    return told >= PLAINLY_SAID and features["extra"] < LITTLE_ELSE


def is_doubtful(chosen: Weighed, others: Sequence[Weighed]) -> bool:
    """Whether another of the accepted figures, of another value, says about as well what is asked."""
    return any(_rivals(other, chosen) for other in others if other is not chosen)


def _rivals(other: Weighed, chosen: Weighed) -> bool:
    one, two = other.figure, chosen.figure
    if (one.low, one.high, one.scale) == (two.low, two.high, two.scale) or one.report != two.report:
        return False
    if one.part_of is not None and one.part_of == two.ordinal:
        return False
    if one.measure is not two.measure:
        return False
    behind = chosen.score - other.score
    alike = all(other.features[name] >= chosen.features[name] - ALIKE for name in ("coverage", "named"))
    return behind < TOO_NEAR or (behind < NEAR and alike)
