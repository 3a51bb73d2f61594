"""Questions that ask for the parts of a figure: 各类多少, 分行业, 构成, by type. Their words are structure, not topic."""

from __future__ import annotations

import re

from indexer.types import Span

KINDS = "类别|类型|种类|品种|用途|性质|级别|类|种|领域|行业|产业|部门|渠道|来源|科目|项目|阶段|季度|季|月份|地区|区域|区县|县区|乡镇|片区|项"
MANY = r"(?:各|分别)?(?:自)?(?:占|是|有|为)?(?:多少|几(?=[个件起台只家户人项处座]))(?:[个件起台只家户人项处座亿万元吨亩]+)?"
MARKS = r"，,、；;。？?\s"
LEAD = (
    rf"(?<![{MARKS}])[{MARKS}]*+(?:(?:以及|并|及其?|和|与|再)\s*+)?"  # possessive: a run of marks is passed over once
)
BREAK = rf"(?<![{MARKS}])(?:[{MARKS}]++(?:(?:以及|并|及其?|和|与|再)\s*+)?|(?:以及|及其?|和|与)\s*+)"
CLOSED = r"(?=[，,；;。？?（(\s]|$)"
SHOWN = r"(?:来)?(?:列[出举]?|拆[开分]?|统计|看|说|算|分开?)(?:一下|出来|开来)?"
PATTERNS = (
    rf"{LEAD}(?:它?们?的)?(?:具体)?(?:分[类项]|内部)?(?:的?(?:构成|组成|明细)(?:情况)?)(?:{MANY}|是?(?:什么|怎样|怎么样|如何)|{CLOSED})",
    rf"{LEAD}[按分][\u4e00-\u9fff]{{0,4}}?(?:{KINDS})(?:{SHOWN}(?:{MANY})?|{MANY}|(?=的)|{CLOSED})",
    rf"{LEAD}各个?(?:{KINDS}){MANY}|{BREAK}各个?(?:{KINDS})(?:[\u4e00-\u9fff]{{0,4}}?(?:{MANY}|数量?|情况)|{CLOSED})",
    rf"{BREAK}[^，,；;。？?\s]{{1,4}}[两二三四五六几各](?:季|类|项|种|部分|块){MANY}",
    rf"{LEAD}(?:分别|逐项|一一)(?:列[出举]?|拆[开分]|说明)(?:一下|出来)?",
    rf"{LEAD}(?:拆开|拆分)(?:来?看|列|说)?(?:{MANY})?{CLOSED}",
)
CHINESE = re.compile("|".join(PATTERNS))
NAMED = re.compile(  # 粮食总产及夏秋两季各多少: parts by name, behind their total
    r"(?:[，,；;。？?]|以及|及|和)\s*(?!同比|增长|\d{4})[^，,；;。？?]{1,14}?(?:各|分别)(?:占|是|有|为)?(?:多少|几)[^，,；;。？?]{0,4}"
)
TOTAL = re.compile(r"总(?!值)|共|合计|累计|多少|几")
ENGLISH = re.compile(
    r"[,;]?\s*(?:and )?(?:(?:broken|break(?:ing)?) (?:it |them )?down|split(?: up)?|itemi[sz]ed)(?: (?:by|into) [a-z ]{1,24})?"
    r"|[,;]?\s*(?:and )?by (?:type|category|kind|class|sector|industry|season|quarter|department|area|region|source)s?\b"
    r"|[,;]?\s*(?:and|with|including) (?:its|the|a|their) (?:breakdown|composition|parts|components|split)\b(?: by [a-z]+)?"
    r"|[,;]?\s*(?:and )?(?:how many )?(?:of|in|for) each (?:type|kind|category|class|sector|industry|season)\b",
    re.IGNORECASE,
)


def breakdown_asked(text: str) -> Span | None:
    """Where `text` (folded) says that it wants the parts beside the whole; None where it does not.

    What is left without the stretch asks for the whole: 2022年霁原县经营主体总数 of 2022年霁原县经营主体总数，分类构成.
    """
    for pattern in (CHINESE, ENGLISH):
        if match := pattern.search(text):
            return Span(match.start(), match.end()) if match.group().strip() else None
    named = next((found for found in NAMED.finditer(text) if TOTAL.search(text[: found.start()])), None)
    return Span(named.start(), named.end()) if named else None


def without_breakdown(text: str) -> str:
    """The question for the whole alone; `text` itself where it asks for no parts or for nothing else."""
    span = breakdown_asked(text)
    if span is None:
        return text
    rest = text[: span.start] + text[span.end :]
    return rest if sum(map(str.isalpha, rest)) >= 2 else text
