"""The role of each figure of a sentence: what its words say, else what its section does and when its period lies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from indexer.figures.quantities import FRACTION
from indexer.figures.roles import cue_of, role_of
from indexer.figures.spots import Spot
from indexer.figures.timing import Timing
from indexer.types import Measure, Period, Role, SectionKind

# 5万亩建设任务已开工, 未达到85亿元的目标; but 30项任务 are counted, and 实现翻两番目标 is done.
_OF_A_PLAN: Final = re.compile(
    r"(?P<of>的)?(?:[一-龥]{0,6}?(?:目标|任务)|(?:建设|年度|全年|投资)?计划)(?![的书内外])"
    r"(?![^,。;]{0,8}(?:完成|实现|达成|落实))"
)
# 年初确定的44项民生实事全部完成
_ALL_DONE: Final = re.compile(
    r"[^,。;\d]{1,12},?(?:已?全部|均已?|如期|圆满)(?:高标准|高质量|顺利)?(?:完成|办结|兑现|建成|落实|交付)"
)
_TASKS: Final = frozenset({"个", "项", "件", "大类"})
_REACHED: Final = re.compile(r"(?<!未)(?<!未能)(?:完成|实现|达到|提前|落实)")
_RELATIVE: Final = frozenset({"percent", "tenths", FRACTION})
_DONE: Final = re.compile(r"已|截至|目前|[成到现]了")
_BASE: Final = re.compile(r"[比较](?:上年|去年|[^,。;、比较]{2,8}年)(?:同期)?的(?:约|近)?$")
_INTENDING: Final = frozenset({SectionKind.PLAN, SectionKind.TARGETS})


class Roles:
    """Gives the figures of one sentence their roles, before their periods are known (`said`) and after (`settled`)."""

    def __init__(self, text: str, kind: SectionKind, spots: Sequence[Spot], measures: Sequence[Measure]) -> None:
        self._text = text
        self._kind = kind
        self._spots = spots
        self._measures = measures

    def said(self, timing: Timing) -> list[Role]:
        """The roles as the words and the kind of the section tell them; the first of 从…到… was reached."""
        return [Role.RESULT if self._is_base(index, timing) else self._role(index) for index in range(len(self._spots))]

    def _is_base(self, index: int, timing: Timing) -> bool:
        """Whether the number is what another is compared with: of 从…到…, of 比一九五七年的七百零四亿元增长66%."""
        spot = self._spots[index]
        compared = _BASE.search(self._text, spot.clause.start, spot.quantity.outer_start)
        return compared is not None or timing.opens_from_to(self._spots, index)

    def told(self) -> list[bool]:
        """Whether the words around each figure tell its role, so that its section does not."""
        return [self._cue(index) is not None for index in range(len(self._spots))]

    def settled(
        self, roles: Sequence[Role], periods: Sequence[Period | None], timing: Timing, default: Period | None
    ) -> list[Role]:
        """The roles with those changed that the period rules out.

        A plan where nothing can have been done yet (2025年工作思路 in the report of 2024), a result where a plan section
        recalls the past (过去一年,国内生产总值增长10.3%) and no word says that it was planned.
        """
        rows = zip(self._spots, roles, periods, self.told(), strict=True)
        return [self._settled(*row, timing=timing) for row in rows]

    def _settled(self, spot: Spot, role: Role, period: Period | None, told: bool, *, timing: Timing) -> Role:
        if role is Role.RESULT and timing.is_ahead(period):
            done = _DONE.search(self._text, spot.sentence.start, spot.quantity.outer_start)
            return Role.PLAN if done is None else role
        recalls = role is Role.PLAN and not told and self._kind in _INTENDING
        return Role.RESULT if recalls and timing.is_past(period) else role

    def _role(self, index: int) -> Role:
        spot = self._spots[index]
        before = self._before(index)
        if self._is_of_a_plan(index):
            return Role.PLAN
        if self._kind is SectionKind.REVIEW and _ALL_DONE.match(self._text, spot.quantity.outer_end, spot.sentence.end):
            return Role.RESULT
        return role_of(before, self._text[spot.sentence.start : spot.clause.start], self._kind)

    def _cue(self, index: int) -> Role | None:
        spot = self._spots[index]
        if self._is_of_a_plan(index):
            return Role.PLAN
        return cue_of(self._before(index), self._text[spot.sentence.start : spot.clause.start], self._kind)

    def _before(self, index: int) -> str:
        spot = self._spots[index]
        before = self._text[spot.clause.start : spot.quantity.outer_start]
        if self._measures[index] is Measure.SHARE:
            return before.rpartition("占")[0]  # 占计划投资的60% plans nothing
        return before

    def _is_of_a_plan(self, index: int) -> bool:
        """Whether the number is that of a 目标, 任务 or 计划 that stands behind it and is not said to be reached."""
        spot = self._spots[index]
        found = _OF_A_PLAN.match(self._text, spot.quantity.outer_end, spot.clause.end)
        if found is None or self._measures[index] is not Measure.LEVEL or spot.quantity.dimension in _RELATIVE:
            return False
        counts_plans = found["of"] is None and spot.quantity.base_unit in _TASKS
        return not counts_plans and _REACHED.search(self._before(index)) is None
