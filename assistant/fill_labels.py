"""What the labels of a table say: times, places, plan or result, units, and the words that are left as an indicator."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assistant.held_names import HeldNames
from assistant.periods import asked_time
from indexer.figures.quantities import read_quantities
from indexer.figures.units import UnitTable
from indexer.fold import fold
from indexer.lexicon.terms import Lexicon
from indexer.types import Period, Role, Span

PLAN = re.compile(r"年?度?(?:计划|目标|预期|任务)(?:数|值|目标)?")
RESULT = re.compile(r"(?:实际)?(?:完成|实绩|实际|执行)(?:数|值|情况)?")
YEAR_NUMBER = re.compile(r"(?:19|20)\d\d(?:\.0)?")
BRACKETS = re.compile(r"[(（\[【]([^()（）\[\]【】]{1,16})[)）\]】]")
UNIT_SAID = re.compile(r"(?:计量)?单位\s*[:：]\s*(\S{1,16})")
UNIT_AFTER = re.compile(r"[,，/、\s](\S{1,8})$")
NOISE = re.compile(r"[\s:：,，。、;；*＊]+|年度?(?=$)")
UNIT_HEADS = frozenset({"单位", "计量单位", "unit", "units"})
ASIDE_HEADS = re.compile(
    r"^(?:序号|编号|代码|行次|备注|说明|数据?来源|来源|出处|责任单位|牵头单位|no\.?|notes?|source)$", re.I
)
GENERIC_HEADS = re.compile(
    r"^(?:指标|指标名称|项目|名称|内容|年份|年度|时间|时期|地区|区域|单位名称|市县|区县|item|indicator|year|place)$",
    re.I,
)
SUMS = re.compile(r"^(?:合计|总计|小计|总和|平均|total|sum|average)$", re.I)
LONGEST_RANGE = 12  # years of a span like 2016—2020年


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of a table: as written in it, what one of it is in its base unit, and what it measures."""

    written: str
    base: str
    scale: Decimal
    dimension: str


@dataclass(frozen=True, slots=True)
class Label:
    """A label taken apart; `rest` is what is left of it, `whole` whether it names nothing but a time or a place."""

    period: Period | None = None
    place: str | None = None
    role: Role | None = None
    unit: Unit | None = None
    rest: str = ""

    @property
    def is_axis(self) -> bool:
        """Whether it heads a row or column of values: a time or a place."""
        return self.period is not None or self.place is not None


class LabelReader:
    """Reads the labels of tables in the terms of one archive."""

    def __init__(self, lexicon: Lexicon, held: HeldNames, today: date) -> None:
        self._lexicon, self._held, self._today = lexicon, held, today
        self._units = UnitTable.load()
        self._read: dict[str, Label] = {}  # labels come again and again

    def read(self, value: object) -> Label:
        """The label of a cell; empty for a cell that holds none, and for numbers that are no years."""
        text = _text_of(value)
        if text not in self._read:
            self._read[text] = self._label(fold(text)) if text else Label()
        return self._read[text]

    def _label(self, folded: str) -> Label:
        unit, folded = self._unit_in(folded)
        period, spans = self._period_in(folded)
        folded = _cut(folded, spans)
        place, spans = self._place_in(folded)
        folded = _cut(folded, spans)
        role, folded = _role_in(folded) if period is not None or not folded.strip() else _role_alone(folded)
        rest = NOISE.sub("", BRACKETS.sub(lambda found: found[0] if found[1].strip() else "", folded))
        return Label(period, place, role, unit, rest)

    def unit(self, text: str) -> Unit | None:
        """The unit that the whole text is: 万元, %, 万平方米; None where it is none, or several."""
        folded = fold(text).strip()
        if not folded or len(folded) > 16 or folded[0].isdigit():
            return None
        found = read_quantities(f"1{folded}", self._units)
        if len(found) != 1 or found[0].end != len(folded) + 1 or not found[0].base_unit:
            return None
        read = found[0]
        return Unit(folded, read.base_unit, read.scale, read.dimension)

    def _unit_in(self, text: str) -> tuple[Unit | None, str]:
        """The unit that a label names in brackets, behind 单位：, or behind a comma at its end; the label without it."""
        if said := UNIT_SAID.search(text):
            return self.unit(said[1].strip("()[]（）")), text[: said.start()].rstrip("(（") + text[said.end() :]
        for match in BRACKETS.finditer(text):
            if unit := self.unit(match[1]):
                return unit, text[: match.start()] + text[match.end() :]
        if (after := UNIT_AFTER.search(text)) and (unit := self.unit(after[1])):
            return unit, text[: after.start()]
        return None, text

    def _period_in(self, text: str) -> tuple[Period | None, tuple[Span, ...]]:
        time = asked_time(text, today=self._today)
        periods = sorted(time.periods, key=lambda period: period.start)
        if not periods or (time.relative and len(text) > LONGEST_RANGE):
            return None, ()
        if len(periods) == 1:
            return periods[0], time.spans
        years = [period.start.year for period in periods]
        if all(period.is_year for period in periods) and years == list(range(years[0], years[-1] + 1)):
            return Period.of_years(years[0], years[-1]), time.spans
        return None, ()

    def _place_in(self, text: str) -> tuple[str | None, tuple[Span, ...]]:
        """The one place that the text names; None where it names none, or several."""
        found = self._held.places_in(text)
        found = found or [(Span(one.start, one.end), one.canonical) for one in self._lexicon.places(text)]
        places = {place for _, place in found}
        return (places.pop(), tuple(span for span, _ in found)) if len(places) == 1 else (None, ())


def is_year(value: object) -> bool:
    """Whether a cell holds a bare year: 2021, as a number or as text."""
    return bool(YEAR_NUMBER.fullmatch(str(value).strip())) if value is not None else False


def _text_of(value: object) -> str:
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, int | float | Decimal) and not is_year(value):
        return ""
    if isinstance(value, int | float | Decimal):
        return f"{int(value)}年"
    text = str(value).strip()
    return "" if text.startswith("=") else f"{text}年" if is_year(text) else text


def _role_in(text: str) -> tuple[Role | None, str]:
    """Plan or result beside a time: 2023年计划, 2023年完成."""
    for pattern, role in ((PLAN, Role.PLAN), (RESULT, Role.RESULT)):
        if found := pattern.search(text):
            return role, text[: found.start()] + text[found.end() :]
    return None, text


def _role_alone(text: str) -> tuple[Role | None, str]:
    """Plan or result as a label of its own, below a time."""
    stripped = NOISE.sub("", text)
    for pattern, role in ((PLAN, Role.PLAN), (RESULT, Role.RESULT)):
        if pattern.fullmatch(stripped):
            return role, ""
    return None, text


def _cut(text: str, spans: tuple[Span, ...]) -> str:
    for span in sorted(spans, reverse=True):
        text = text[: span.start] + " " + text[span.end :]
    return text
