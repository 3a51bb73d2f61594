"""Follow-ups: a question that leaves out what the one before it said is filled in to stand alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from assistant.held_names import HeldNames
from assistant.periods import asked_time
from assistant.places import asked_places
from assistant.question import language_of
from assistant.types import Language
from indexer.fold import fold
from indexer.lexicon.terms import Lexicon
from indexer.types import Span

MOST_TURNS = 8  # earlier questions that a follow-up may lean on
MOST_CHARACTERS = 500  # of each
LEAD = re.compile(
    r"^\s*(?:那么|那|还有|另外|换成|改成|如果是|再看看?)[，,]?\s*"
    r"|^\s*(?:and(?: what about| how about| for| in)?|what about|how about|then|same for)\s+(?:in\s+|for\s+|the\s+)?"
    r"|呢?[？?。!！]*\s*$",
    re.IGNORECASE,
)
MARKED = re.compile(
    r"^\s*(?:那|还有|另外|换成|改成|如果是|再看)|^\s*(?:and|what about|how about|then|same for)\b|呢[？?]?\s*$",
    re.IGNORECASE,
)
YEAR_BEFORE = re.compile(
    r"(?:再?上|前)一?年度?的?(?:报告|总结)?|the (?:year before|previous year)|(?:the )?year earlier", re.IGNORECASE
)
YEAR_AFTER = re.compile(
    r"(?:下|后|次)一?年度?的?(?:报告|总结)?|the (?:year after|following year|next year)", re.IGNORECASE
)
YEAR = re.compile(r"(?:1[89]|20)\d\d")
GROWTH = re.compile(
    r"(?:它|这个数)?(?:比(?:上年|去年|上一年|前一年))?(?:同比)?(?:增长|增速|增幅|增加|下降|减少)(?:了?多少|了?百分之几|率|情况)?(?:是多少)?"
    r"|同比(?:多少|如何|怎样)?|(?:by how much did (?:it|that|they) (?:grow|rise|increase)|how (?:much|fast) did (?:it|that|they) grow|growth)",
    re.IGNORECASE,
)
TOTAL = re.compile(r"(?:总数|总量|总共|一共|合计|总计)(?:是?多少|有多少)?|(?:in total|the total)", re.IGNORECASE)
ASKED_UNIT = re.compile(
    r"(?:是|有|为|达到?|完成)?了?(?:多少|几)[^，。？?,]{0,4}[？?]?\s*$|增长了?(?:多少|百分之几)[？?]?\s*$"
)
ASKS = re.compile(r"多少|几|哪|什么|谁|如何|怎|\b(?:how|what|which|who|when|where)\b", re.IGNORECASE)
GROWTH_TAIL = re.compile(r"增长了?(?:多少|百分之几)|增速|下降了?(?:多少|百分之几)|提高了?多少")
ENGLISH_GROWTH = re.compile(r"\bgr[eo]w|\brise|\bincrease|\bgrowth", re.IGNORECASE)
INDICATORS = re.compile(  # what is measured of a thing: it stays when only the thing changes
    r"(?:人均)?(?:可支配|纯)?收入|(?:总)?产量|产值|增加值|总额|投资额?|面积|里程|人数|数量|占比|比重|覆盖率|普及率|[\u4e00-\u9fff]{1,3}率|吞吐量|浓度|价格"
)


def stand_alone(turns: Sequence[str], text: str, *, lexicon: Lexicon, held: HeldNames, today: date) -> str:
    """`text` with what it leaves out taken from the turns before it; `text` itself where it stands alone."""
    if not turns:
        return text
    turns = [turn[:MOST_CHARACTERS] for turn in turns[-MOST_TURNS:]]
    previous = fold(stand_alone(turns[:-1], turns[-1], lexicon=lexicon, held=held, today=today)).strip()
    said = _said(fold(text))
    shift = -1 if YEAR_BEFORE.fullmatch(said) else 1 if YEAR_AFTER.fullmatch(said) else 0
    if shift:
        return YEAR.sub(lambda match: str(int(match.group()) + shift), previous)
    if GROWTH.fullmatch(said):
        return _growth_of(previous)
    if TOTAL.fullmatch(said):
        return f"{previous.rstrip('？?')}（总数）？"
    time, place = asked_time(said, today=today).spans, asked_places(said, lexicon, held).spans
    if time and not _rest(said, time):
        return _put(previous, asked_time(previous, today=today).spans, said)
    if place and not _rest(said, place):
        return _put(previous, asked_places(previous, lexicon, held).spans, said)
    if ASKS.search(said):
        return _scoped(previous, text, lexicon, held, today, time=not time, place=not place)
    if time or place:
        return text
    return _other_subject(previous, said, lexicon, held, today) if MARKED.search(text) else text


def _said(text: str) -> str:
    """What a follow-up says without the words that only mark it as one."""
    before = ""
    while before != text:
        before, text = text, LEAD.sub("", text).strip()
    return text


def _growth_of(previous: str) -> str:
    """The growth of what the previous question asked for."""
    if language_of(previous) is Language.ENGLISH:
        return f"By how much did it grow: {previous}"
    return f"{ASKED_UNIT.sub('', previous).rstrip('？?')}同比增长多少？"


def _scoped(
    previous: str, text: str, lexicon: Lexicon, held: HeldNames, today: date, *, time: bool, place: bool
) -> str:
    """A question that lacks time or place, for those of the one before it."""
    scope = _scope(previous, lexicon, held, today, time=time, place=place)
    if not scope:
        return text
    return f"{text.rstrip('？?. ')} ({scope})?" if language_of(text) is Language.ENGLISH else f"{scope}{text}"


def _other_subject(previous: str, said: str, lexicon: Lexicon, held: HeldNames, today: date) -> str:
    """The same time, place and way of asking, for another thing."""
    scope = _scope(previous, lexicon, held, today)
    if language_of(previous) is Language.ENGLISH:
        growth = " growth" if ENGLISH_GROWTH.search(previous) and not ENGLISH_GROWTH.search(said) else ""
        return f"{said}{growth} ({scope})?" if scope else f"{said}{growth}?"
    indicator = None if INDICATORS.search(said) else next(iter(INDICATORS.findall(previous)), None)
    growth_tail = GROWTH_TAIL.search(previous)
    tail = growth_tail.group() if growth_tail else _asked_unit(previous)
    return f"{scope}{said}{indicator or ''}{tail}？"


def _asked_unit(previous: str) -> str:
    found = ASKED_UNIT.search(previous)
    return found.group().strip().rstrip("？?") if found else ""


def _scope(
    previous: str, lexicon: Lexicon, held: HeldNames, today: date, *, time: bool = True, place: bool = True
) -> str:
    """The words of a question that say its time and place."""
    times = asked_time(previous, today=today).spans if time else ()
    places = asked_places(previous, lexicon, held).spans if place else ()
    spans = sorted((*times, *places))
    report = re.search(r"(?:政府)?(?:工作)?报告|\breports?\b", previous)
    words = [previous[span.start : span.end] for span in spans]
    if time and report and asked_time(previous, today=today).report_years:
        words.append(report.group())
    return (", " if language_of(previous) is Language.ENGLISH else "").join(words)


def _rest(said: str, spans: Sequence[Span]) -> str:
    """What a follow-up says beside these stretches and words that carry nothing."""
    kept = "".join(char for at, char in enumerate(said) if not any(span.start <= at < span.end for span in spans))
    return re.sub(r"[的年在于里中时？?，,。\s]|报告|总结|\b(?:in|for|the|report)\b", "", kept)


def _put(previous: str, spans: Sequence[Span], said: str) -> str:
    """The previous question with the first of these stretches replaced and the others taken out; else led by `said`."""
    if not spans:
        return (
            f"{previous.rstrip('？?. ')} ({said})?"
            if language_of(previous) is Language.ENGLISH
            else f"{said}{previous}"
        )
    first, *others = sorted(spans)
    kept = [char for at, char in enumerate(previous) if not any(span.start <= at < span.end for span in others)]
    shift = sum(span.end - span.start for span in others if span.end <= first.start)
    start, end = first.start - shift, first.end - shift
    return "".join(kept[:start]) + said + "".join(kept[end:])
