"""Questions for a plan and its result: the planned number that they state and 完成了吗 are no topic."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.types import Answer, Question, Status
from indexer.figures.numbers import NUMBER_START, read_number
from indexer.types import Measure, Role

STARTS = re.compile(rf"[{NUMBER_START}]")
COUNTED = (
    "%|％|个?百分点|美元|元|人次|人|户|套|个|家|平方公里|公里|千米|平方米|立方米|米|亩|公顷|公?斤|吨标准煤|吨|辆|座|条|部|台|项|件|"
    "处|所|栋|宗|千瓦时|千瓦|度|头|名|张|批次|场"
)
COUNTED_ENGLISH = r"km\b|kilomet(?:re|er)s?|mu\b|yuan\b|per ?cent\b|million\b|billion\b|people\b|households?\b|tonn?e?s?\b|hectares?\b"
UNIT = re.compile(
    rf"\s*[多余几]?(?:万亿|千亿|百亿|亿|千万|百万|万|千)?[多余]?(?:{COUNTED}|{COUNTED_ENGLISH})?(?:左右|以上|以内|以下|之内)?[)）]?"
)
HEDGES = re.compile(
    r"[(（]?(?:大?约|近|将近|超过?|不低于|不超过|不少于|至少|about|around|some|nearly|at least|over)?\s*$",
    re.IGNORECASE,
)
ASKS = (  # said in asking whether a plan was fulfilled, never what was planned
    r"[，,、]?(?:后来|结果|最后|最终|到底|究竟|实际上?|真正?)(?:呢|如何|怎样|怎么样)?(?:是|有)?"
    rf"(?:(?:完成|建|退|投|降|增长|改造|新增|实现|达到)了?)?多少(?:万|亿)?(?:{COUNTED})?",
    r"[，,、]?(?:算不算|算是?|是否|有没有|是不是)?(?:都|全部|按期|如期|已经?|真的?|给)?"
    r"(?:完成|实现|达到|达成|兑现|守住|管住|保住|稳住|压住|控制住|做到|办到|办成|落实|落地|超额|达标|交代|交账|履行|落空|如愿)"
    r"(?:得|了|到位|到)?"
    r"(?:没有?|吗|多少|怎样|怎么样|如何|情况|完成|了)*",
    r"执行(?:下来|结果|情况|得(?:怎样|怎么样|如何))?(?:是|为)?(?:多少)?",
    r"[，,]?(?:第二年|次年|下一年|来年|转年)的?(?:报告|总结)?(?:里|中)?(?:说|提|写|交代)?",
    r"(?:报告|总结)(?:里|中)?(?:怎么说|怎么写|怎么交代|如何说|交代|提到|说)(?:完成情况)?(?:了)?(?:没有|没|吗)?",
    r"(?:(?<=\s)把|^把|(?<=年)把)|(?:管|控制|控|压|稳|守)在|(?:分别|各)?(?:是|为)?(?:多少|怎样|怎么样)(?=$|[，,？?])",
    r"怎么说的?|[，,、]?后来(?=$|[，,])",
    r"(?:计划|目标|任务|实际|预期|完成)(?:数|值)(?:和|与|跟|、)?",
    r"的?(?:上限|下限|底线)(?:和|与|跟|、)?(?:实际|最后)?的?(?:结果|情况)?",
    r"的?(?:预期|年度|年初|主要|各项|工作)*(?:目标|任务|计划|指标|承诺)"
    r"(?=$|[，,？?。\s]|是|的|算|有|完成|实现|兑现|落实|达到|达成|都|全部|呢)",
    r"(?<![纲需主重])要(?:求)?(?=把|将|扩大|提高|降|达到|增|建|完成|实现|新|改|控制|减|退|在)",
    r"(?:提出|承诺|安排|部署|定下?)(?:的|了|要|在)?",
    r"(?:计划|拟|打算|力争)(?!生育|单列)(?:的|要|在)?",
    r"(?:扩大|提高|增加|降低|达到|控制在?)(?:到|至)?\s*(?=$|[，,？?])",
    r"超额了?(?:没有|吗)?|退了?多少",
    r"\b(?:was|were|is|has|have|had|did|does) (?:it|that|this|they|he|she|the (?:target|goal|plan|promise|pledge))\b",
    r"\b(?:premier|president|minister|mayor)\b(?: [A-Z][a-z]+){0,3}",
    r"\b(?:met|meet|achieved?|reached|fulfilled|exceeded|kept|delivered|missed|hit|honou?red|reali[sz]ed|accomplished)\b",
    r"\b(?:promised?|pledged?|planned|targeted|aimed|target|goal|pledge|plan)s?\b(?: (?:for|of|to|that))?",
    r"\bhow many were\b|\bactually\b|\bin the end\b",
)
ASKING = re.compile("|".join(ASKS), re.IGNORECASE)


def without_stated(text: str) -> str:
    """The question (folded) without the planned number that it states and without 完成了吗: 2014年GDP增长."""
    rest = " ".join(ASKING.sub(" ", without_quantities(text)).split()).strip("，,、？?。 ")
    return rest if sum(map(str.isalpha, rest)) > 1 else text


def without_quantities(text: str) -> str:
    """The text (folded) without its numbers that have a unit, with the words that hedge them; years stay."""
    kept, at, copied = "", 0, 0
    while (match := STARTS.search(text, at)) is not None:
        number = read_number(text, match.start(), len(text))
        if number is None:
            at = match.end()
            continue
        at = max(number.end, match.end())
        unit = UNIT.match(text, number.end)
        if unit is None or not unit.group().strip():
            continue
        hedge = HEDGES.search(text[copied : match.start()])
        kept += text[copied : copied + hedge.start() if hedge else match.start()]
        at = copied = unit.end()
    return kept + text[copied:]


def as_planned(done: Question, plan: Answer) -> Question:
    """The question for a result, of the same measure and sort of unit as the plan that was found."""
    after_plan = plan.question.role is Role.PLAN and done.role is Role.RESULT
    if not after_plan or plan.status is not Status.ANSWERED or not plan.figures:
        return done
    figure = plan.figures[0].figure
    measure = figure.measure if figure.measure is not Measure.LEVEL else done.measure
    return replace(done, measure=measure, unit=done.unit or figure.unit, dimension=done.dimension or figure.dimension)
