"""Follow-ups: a question that leaves out what the one before it said is filled in to stand alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from assistant.periods import asked_time
from assistant.places import asked_places
from assistant.question import language_of
from assistant.types import Language
from indexer.fold import fold
from indexer.lexicon.terms import Lexicon
from indexer.types import Span

FOLLOW_UP = re.compile(
    r"^\s*(?:那么?|那|还有|再|另外|换成|改成|如果是)|^\s*(?:and|what about|how about|then|same for)\b|^.{0,14}呢[？?]?\s*$",
    re.IGNORECASE,
)
LEAD = re.compile(
    r"^\s*(?:那么|那|还有|另外|换成|改成|如果是)[，,]?\s*|^\s*(?:and(?: what about| how about| for| in)?|what about|how about|then|same for)\s+(?:in\s+|for\s+|the\s+)?|呢?[？?。!！]*\s*$",
    re.IGNORECASE,
)
YEAR_BEFORE = re.compile(
    r"(?:上|前)一?年度?(?:的(?:报告|总结))?|the (?:year before|previous year)|(?:the )?year earlier", re.IGNORECASE
)
YEAR_AFTER = re.compile(
    r"(?:下|后|次)一?年度?(?:的(?:报告|总结))?|the (?:year after|following year|next year)", re.IGNORECASE
)
YEAR = re.compile(r"(?:1[89]|20)\d\d")
GROWTH = re.compile(
    r"^(?:同比)?(?:增长|增速|增幅|下降)(?:了?多少|率|情况)?(?:是多少)?$|^同比(?:多少|如何|怎样)?$|^(?:by how much did (?:it|that) grow|growth)$",
    re.IGNORECASE,
)
TOTAL = re.compile(r"^(?:总数|总量|总共|一共|合计|总计)(?:是?多少)?$|^(?:in total|the total)$", re.IGNORECASE)
ASKED_UNIT = re.compile(
    r"(?:是|有|为|达到?|完成)?(?:多少|几)[^，。？?,]{0,4}[？?]?\s*$|增长(?:了)?(?:多少|百分之几)[？?]?\s*$"
)


def stand_alone(turns: Sequence[str], text: str, *, lexicon: Lexicon, today: date) -> str:
    """`text` with what it leaves out taken from the turns before it; `text` itself where it stands alone."""
    if not turns or not FOLLOW_UP.search(text):
        return text
    previous = stand_alone(turns[:-1], turns[-1], lexicon=lexicon, today=today)
    said = _said(fold(text))
    shift = -1 if YEAR_BEFORE.fullmatch(said) else 1 if YEAR_AFTER.fullmatch(said) else 0
    if shift:
        return YEAR.sub(lambda match: str(int(match.group()) + shift), fold(previous))
    for change in (_other_time, _other_place):
        if (changed := change(fold(previous), said, lexicon, today)) is not None:
            return changed
    return _other_measure(fold(previous), said) or _other_subject(fold(previous), said, lexicon, today)


def _said(text: str) -> str:
    """What a follow-up says without the words that only mark it as one."""
    before = ""
    while before != text:
        before, text = text, LEAD.sub("", text).strip()
    return text


def _other_time(previous: str, said: str, lexicon: Lexicon, today: date) -> str | None:
    """The previous question for another time, where the follow-up names nothing else."""
    time = asked_time(said, today=today)
    if not time.spans or _rest(said, time.spans):
        return None
    old = asked_time(previous, today=today).spans
    return _replaced(previous, old, said) if old else f"{said}{previous}"


def _other_place(previous: str, said: str, lexicon: Lexicon, today: date) -> str | None:
    """The previous question for another place, where the follow-up names nothing else."""
    where = asked_places(said, lexicon)
    if not where.spans or _rest(said, where.spans):
        return None
    old = asked_places(previous, lexicon).spans
    return _replaced(previous, old, said) if old else f"{said}{previous}"


def _other_measure(previous: str, said: str) -> str | None:
    """The growth or the total of what the previous question asked for."""
    if GROWTH.match(said):
        return f"{ASKED_UNIT.sub('', previous).rstrip('？?')}同比增长多少？"
    return f"{previous.rstrip('？?')}（总数）？" if TOTAL.match(said) else None


def _other_subject(previous: str, said: str, lexicon: Lexicon, today: date) -> str:
    """The same time, place and way of asking, for another thing."""
    english = language_of(previous) is Language.ENGLISH
    spans = sorted((*asked_time(previous, today=today).spans, *asked_places(previous, lexicon).spans))
    scope = (" " if english else "").join(previous[span.start : span.end] for span in spans)
    growth = re.search(r"增长(?:了)?(?:多少|百分之几)|增速|下降(?:了)?(?:多少|百分之几)", previous)
    tail = growth.group() if growth else (ASKED_UNIT.search(previous) or re.match("", "")).group().rstrip("？?")  # type: ignore[union-attr]
    if english:
        return f"{said} {scope}?"
    return f"{scope}{said}{tail}？" if not re.search(r"多少|几|哪|什么", said) else f"{scope}{said}"


def _rest(said: str, spans: Sequence[Span]) -> str:
    """What a follow-up says beside these stretches and words that carry nothing."""
    kept = "".join(char for at, char in enumerate(said) if not any(span.start <= at < span.end for span in spans))
    return re.sub(r"[的年在于里中时？?，,。\s]|报告|总结|in|for|the|report", "", kept)


def _replaced(previous: str, spans: Sequence[Span], said: str) -> str:
    """The previous question with the first of these stretches replaced and the others taken out."""
    first, *others = sorted(spans)
    kept = [char for at, char in enumerate(previous) if not any(span.start <= at < span.end for span in others)]
    shift = sum(span.end - span.start for span in others if span.end <= first.start)
    start, end = first.start - shift, first.end - shift
    return "".join(kept[:start]) + said + "".join(kept[end:])
