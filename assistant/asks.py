"""Several questions in one: 有几个，完工了几个; each becomes a question that stands alone."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.breakdown import breakdown_asked
from assistant.question import NEGATED
from indexer.fold import fold

MOST = 4  # questions answered of one text
CLAUSE = re.compile(r"[，,；;。？?！!]+|\s+and\s+(?=(?:by )?how (?:many|much)\b)", re.IGNORECASE)
ASKS = re.compile(
    r"多少|(?<![哪第])几(?!乎|何|经|年)|百分之几|多[长远大高宽深重](?=[？?。，,\s]|$)|\bhow (?:many|much)\b|呢$|(?:增速|增幅|率|总数|总量|总额)(?:是|为|有)?(?:多少)?$",
    re.IGNORECASE,
)
CHANGE = re.compile(  # computed from what is asked before it, not asked of its own
    r"^(?:\d{4}年?)?[\u4e00-\u9fff]{0,4}?(?:比[\u4e00-\u9fff\d]{1,8})?(?:相差|差距?|相比|多|少|高|低|快|慢|长|短)(?:出|了)?(?:多少|几)"
    r"|^(?:\d+年(?:间|里|来)?)?(?:相差|差|相比|各|分别|两者|之间|(?:增加|减少|增长|提高|下降|上升|增产|减产)了?(?:多少|几|百分))"
    r"|^by how much$|^how much (?:more|less|higher|lower)|^give the difference",
    re.IGNORECASE,
)
SEVERAL = re.compile(
    r"\d{4}年?比\d{4}|\d{4}年?(?:[、和与及跟—–\-~至到]+)(?:\d{4})|分别|各|对比|相比|比较|哪个|谁|和.{1,6}[县市区省]|\bcompare|\bbetween\b|\bversus\b",
    re.IGNORECASE,
)
YEAR = re.compile(r"\d{4}")
LISTED = re.compile(r"、(?=[^、]*(?:多少|几))")

EXTENT = re.compile(r"^多([长大远高宽重])$")  # what is asked of the same thing: 有几条，多长
EXTENTS = {"长": "长度", "大": "面积", "远": "里程", "高": "高度", "宽": "宽度", "重": "重量"}

Fill = Callable[[str, str], str]  # (a question, what is asked after it) → the second in full


def split_asks(text: str, fill: Fill) -> tuple[str, ...]:
    """The questions that `text` puts one after another, each in full; `text` alone where it puts one.

    `fill` fills a later one in from the one before it, as a follow-up is. What is asked of the difference of the others
    (相差多少) is no question of its own.
    """
    if breakdown_asked(fold(text)) is not None:
        return (text,)
    asked: list[str] = []
    waiting = ""
    for clause in _clauses(text):
        if NEGATED.fullmatch(fold(clause)):
            continue  # ，不是增速
        if asked and not waiting and CHANGE.match(fold(clause)) and (len(asked) > 1 or SEVERAL.search(fold(text))):
            continue
        waiting += clause
        if ASKS.search(fold(clause)):
            asked.append(waiting)
            waiting = ""
        else:
            waiting += "，"
    if len(asked) < 2 or waiting or len(asked) > MOST:
        return (text,)
    full = [asked[0]]
    for ask in asked[1:]:
        full.append(fill(full[-1], ask))
    return tuple(dict.fromkeys(full))


def asks_change(text: str) -> bool:
    """Whether the difference between what is asked before is asked for as well: ，相差多少？"""
    clauses = _clauses(text)
    return len(clauses) > 1 and CHANGE.match(fold(clauses[-1])) is not None


def without_change(text: str) -> str:
    """The text without a last clause that asks for the difference of what is asked before it: ，相差多少？"""
    if not asks_change(text) or not SEVERAL.search(fold(text)) or YEAR.search(fold(_clauses(text)[-1])):
        return text  # 2024年比2023年高多少 names the years that are asked for
    return text[: text.rindex(_clauses(text)[-1])].rstrip("，,；;。？?！! ") + "？"


def _clauses(text: str) -> list[str]:
    pieces = [clause.strip() for clause in CLAUSE.split(text)]
    listed = (piece for clause in pieces for piece in (LISTED.split(clause) if _all_ask(clause) else [clause]))
    return [re.sub(r"^and\s+", "", piece) for piece in listed if piece]


def _all_ask(clause: str) -> bool:
    pieces = LISTED.split(clause)
    return len(pieces) > 1 and all(re.search("多少|几", piece) for piece in pieces)
