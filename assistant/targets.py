"""Questions for a plan and its result that state the plan (目标7.5%左右，完成了吗): the number is no topic, its measure is."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.types import Answer, Question, Status
from indexer.types import Measure, Role

STATED = re.compile(
    r"[(（]?(?:约|近|不低于|不超过|不少于)?\d[\d.,]*\s*(?:万亿|亿|万)?(?:%|个百分点|亿?元|人次|人|户|套|个|家|公里|亩|公顷|平方米|立方米|万?吨|斤|辆|座|条|部|台|项|件|处|所|栋|宗|千瓦)"
    r"(?:左右|以上|以内|以下|之内)?[)）]?"
)
ENDS_ASKING = re.compile(
    r"[，,]?(?:后来|结果|最后)?(?:算不算|算)?(?:完成|实现|达到|达成|兑现|守住|做到|落实|超额)(?:得|了)?(?:没有?|吗|多少|怎样|怎么样|情况|完成)*[？?。\s]*$"
)


def without_stated(text: str) -> str:
    """The question (folded) without the planned number that it states and 完成了吗 at its end: 2014年GDP增长的目标."""
    rest = ENDS_ASKING.sub("", STATED.sub("", text))
    return rest if sum(map(str.isalpha, rest)) > 1 else text


def as_planned(done: Question, plan: Answer) -> Question:
    """The question for a result, of the same measure and sort of unit as the plan that was found."""
    after_plan = plan.question.role is Role.PLAN and done.role is Role.RESULT
    if not after_plan or plan.status is not Status.ANSWERED or not plan.figures:
        return done
    figure = plan.figures[0].figure
    measure = figure.measure if figure.measure is not Measure.LEVEL else done.measure
    return replace(done, measure=measure, unit=done.unit or figure.unit, dimension=done.dimension or figure.dimension)
