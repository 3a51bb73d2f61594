"""The figures of tables: each number cell counts what its column's and row's headers and the caption say."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby
from typing import Final

from indexer.figures.measures import DOWN_WORDS, UP_WORDS, measure_by_subject
from indexer.figures.quantities import FRACTION
from indexer.figures.roles import role_of
from indexer.figures.tables import Cell
from indexer.figures.timing import Timing
from indexer.types import Basis, Figure, Measure, PartLink, Passage, Period, Report, Role, Section, SectionKind, Span

_AGAINST: Final = r"同比|环比|[比较](?:上年|去年|上期|上月|年初)"
_CHANGE: Final = re.compile(rf"{_AGAINST}|增减|增[长幅速]|[降减涨]幅|增加|减少|下降|上升")
_BASE: Final = re.compile(rf"(?:{_AGAINST})[一-龥]{{0,2}}")
_SHARE: Final = re.compile(r"占比|比重|占")
_RANK: Final = re.compile(r"排名|排位|位次|名次")
_ROLES: Final = (
    (Role.RESULT, re.compile(r"完成|实际|实绩|达成|执行")),
    (Role.ESTIMATE, re.compile(r"预计|预测|估计")),
    (Role.PLAN, re.compile(r"计划|目标|任务|预算|安排")),
)
_PARTIAL: Final = frozenset({"percent", "tenths", FRACTION, "multiple"})
_TIMES: Final = re.compile(
    r"\d{4}年(?:度|末|底)?|\d{1,2}[-—至]?\d{0,2}月份?|[上下]半年|第?[一二三四]季度|"
    r"今年|上年|去年|本年|年度"
)
_OPENING: Final = re.compile(
    r"^(?:附?表\s*[\d一二三四五六七八九十]*\s*[:.、]?|[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\))\s*"
)
_NOTE: Final = re.compile(r"\([^()]*\)")
_SPREAD: Final = re.compile(
    r"分?各[一-龥]{0,3}(?:县|区|市|乡镇|街道|单位)(?:\([^()]*\))?|分[县区市地行乡][一-龥]{0,3}(?:\([^()]*\))?"
)
_CLOSING: Final = re.compile(
    r"(?:基本|主要|完成|有关|分布|变化|进展|统计|汇总|明细|一览|对比|对照|数据|指标|情况|如下|见下|表|[:。])+$"
)
# 计划 and 完成 over a column tell the role, not what is counted.
_PLAIN: Final = re.compile(
    r"(?:年度?|全年)?(?:计划|目标|任务|(?:实际)?完成|实际|实绩|数量|数值|绝对)[数值量]?(?:情况)?|数[值量]?|总量|变化"
)
_UNIT: Final = re.compile(r"[(]?单位[::].*$|\([^()]*\)$")
LONGEST_NAME: Final = 20  # characters of a caption that goes into a subject


@dataclass(frozen=True, slots=True)
class RowPlace:
    """Where a table's row stands: its report, section, passage and sentence; `text` is the report's, folded."""

    report: Report
    text: str
    timing: Timing
    section: Section
    passage: Passage
    sentence: Span


def table_figures(place: RowPlace, cells: Sequence[Cell], *, first: int) -> list[Figure]:
    """The figures of the cells of one row, numbered from `first`."""
    inside = [c for c in cells if place.sentence.start <= c.quantity.start and c.quantity.end <= place.sentence.end]
    return [replace(_figure(place, cell), ordinal=ordinal) for ordinal, cell in enumerate(inside, first)]


def _figure(place: RowPlace, cell: Cell) -> Figure:
    report, section = place.report, place.section
    quantity = cell.quantity
    heads = [cell.column, *cell.rows]
    named = " ".join(head.words for head in heads)
    span, words = _subject(place.text, cell)
    measure = _measure(cell, named, words)
    stretches = [*(head.span for head in heads), *([cell.caption] if cell.caption else [])]
    period = place.timing.of_headers(section, stretches)
    changing = measure in {Measure.GROWTH, Measure.CHANGE}
    base = _BASE.search(named)
    return Figure(
        report=report.id,
        ordinal=0,
        section=place.passage.section,
        passage=place.passage.ordinal,
        start=quantity.start,
        end=quantity.end,
        written=report.text[quantity.start : quantity.end],
        low=quantity.low,
        high=quantity.high,
        approximate=quantity.approximate,
        masked=quantity.masked,
        unit=quantity.unit,
        base_unit=quantity.base_unit,
        scale=quantity.scale,
        dimension=quantity.dimension,
        measure=measure,
        role=_role(cell.column.words, section, period, report.period),
        subject=span,
        subject_text=words,
        qualifiers=_qualifiers(cell, named, changing=changing),
        period=period,
        scope=cell.place,
        basis=Basis.CUMULATIVE if "累计" in named else Basis.FLOW,
        base_period=base[0] if changing and base is not None else None,
        part_of=None,
        part_link=None,
        clause=place.sentence,
        sentence=place.sentence,
    )


def _role(column: str, section: Section, period: Period | None, review: Period | None) -> Role:
    """By the words of the column's header, else a result where the period is over, else by the section."""
    said = [role for role, words in _ROLES if words.search(column)]
    if said:
        return said[0]
    over = period is not None and review is not None and period.end <= review.end
    return role_of("", "", SectionKind.REVIEW if over else section.kind)


def _measure(cell: Cell, named: str, words: str) -> Measure:
    partial = cell.quantity.dimension in _PARTIAL
    if _RANK.search(cell.column.words):
        return Measure.RANK
    if _CHANGE.search(cell.column.words):
        return Measure.GROWTH if partial else Measure.CHANGE
    if partial and _SHARE.search(named):
        return Measure.SHARE
    return measure_by_subject(cell.quantity, None, words)


def _qualifiers(cell: Cell, named: str, *, changing: bool) -> tuple[str, ...]:
    """The hedges, and the word of change: 下降 where the cell is negative or its header says so."""
    if not changing:
        return cell.quantity.words
    said = next((word for word in (*sorted(DOWN_WORDS), *sorted(UP_WORDS)) if len(word) > 1 and word in named), "")
    trend = "下降" if cell.negative else said if said and "增减" not in named else "增长"
    return (trend, *cell.quantity.words)


def _subject(text: str, cell: Cell) -> tuple[Span | None, str]:
    """What the cell counts: its row's header where that is a thing, else the caption's, with its column's header."""
    column = _bare(_CHANGE.sub("", cell.column.words) if _CHANGE.search(cell.column.words) else cell.column.words)
    rows = [_bare(row.words) for row in cell.rows]
    above = "".join(rows) or _name(text, cell.caption)
    if above and _PLAIN.fullmatch(column):
        column = ""
    words = _joined(above, column)
    span = cell.rows[-1].span if cell.rows else cell.column.span
    return (span, words) if words and span.start < span.end else (None, words)


def _bare(words: str) -> str:
    """The words of a header without the times in it, which tell the period, and without notes in brackets."""
    return _TIMES.sub("", _NOTE.sub("", words)).strip(" :、")


def _name(text: str, caption: Span | None) -> str:
    """What a table is about: 生产安全事故 of 2023年各县（区）生产安全事故情况."""
    if caption is None:
        return ""
    words = _OPENING.sub("", text[caption.start : caption.end].strip())
    words = _CLOSING.sub("", _UNIT.sub("", words).strip())
    words = _SPREAD.sub("", _TIMES.sub("", words)).strip(" :、,的")
    return words if len(words) <= LONGEST_NAME and not re.search(r"[,。;:]", words) else ""


def _joined(above: str, column: str) -> str:
    """生产安全事故 and 事故起数 as 生产安全事故起数: what both share is written once."""
    if column in above:
        return above
    for size in range(min(len(above), len(column)), 0, -1):
        if above.endswith(column[:size]):
            return above + column[size:]
    return above + column


def link_totals(figures: Sequence[Figure], cells: Mapping[int, Cell]) -> list[Figure]:
    """The figures with those of a table's column made parts of its 合计 where they add up to it exactly.

    `cells` are the cells of the tables by where their quantity begins.
    """
    linked = list(figures)
    rows = [(cells[figure.start].table, cells[figure.start].index, place)
            for place, figure in enumerate(figures) if figure.start in cells]  # fmt: skip
    for _, column in groupby(sorted(rows), key=lambda row: row[:2]):
        places = [place for _, _, place in column]
        totals = [place for place in places if cells[figures[place].start].total]
        parts = [place for place in places if place not in totals and figures[place].value is not None]
        if len(totals) != 1 or len(parts) < 2 or len(parts) + 1 != len(places):
            continue
        whole = figures[totals[0]]
        if whole.measure is Measure.LEVEL and _sum(figures, parts) == _sum(figures, totals):
            for part in parts:
                link = PartLink.INFERRED_BY_SUM
                linked[part] = replace(figures[part], part_of=whole.ordinal, part_link=link)
    return linked


def _sum(figures: Sequence[Figure], places: Sequence[int]) -> Decimal:
    return sum(((figures[place].value or Decimal(0)) * figures[place].scale for place in places), Decimal(0))
