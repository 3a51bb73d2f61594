"""Follow-ups in English: the thing, the time or the growth that a short question changes in the one before it."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.follow_turn import Turn
from indexer.types import Span

HOW_MANY = re.compile(
    r"^(?P<ask>how (?:many|much)|what (?:was|is|were|are) the (?:number|amount|total number|total) of)\s+(?P<thing>.+?)"
    r"(?P<verb>\s+(?:did|does|do|was|were|are|is|has|have|had|there)\b.*)?$",
    re.IGNORECASE,
)
GREW = re.compile(
    r"^(?P<ask>(?:by )?how (?:much|fast)) (?P<aux>did|has|have) (?P<thing>.+?) (?P<verb>(?:grow|grown|rise|risen|increase|increased|fall|fallen|decline|change)\b.*)$",
    re.IGNORECASE,
)
WHAT = re.compile(r"^(?P<ask>what (?:was|is|were|are))\s+(?P<thing>.+)$", re.IGNORECASE)
AUXILIARY = re.compile(r"^\s*(?:did|does|do|was|were|are|is|has|have|had|been|there)\b\s*", re.IGNORECASE)
INDICATOR = re.compile(  # what is measured of a thing: it stays when only the thing changes
    r"\b(?:output|production|yield|income|revenue|area|investment|rate|coverage|exports|imports|value|length|consumption|volume|turnover|capacity|population)\b",
    re.IGNORECASE,
)
LINKS = re.compile(r"\b(?:in|for|during|of|at|by)\s*(?=$|[,.?])|\s{2,}|^\s*(?:the|in)\s+|\s+'s\b", re.IGNORECASE)
ASKS = re.compile(r"^(?:by )?(?:how|what|which|who|when|where|why)\b", re.IGNORECASE)
ASKS_NUMBER = re.compile(r"^how (?:many|much)\s+(?P<thing>[a-z][a-z -]*)$", re.IGNORECASE)


def _growth(turn: Turn) -> str | None:
    """How much did it grow: the growth of what the question before asked for."""
    if not turn.words.ask["growth"].fullmatch(turn.said):
        return None
    scope = turn.scope(told=True)
    return f"By how much did {_noun(turn)} grow{f' ({scope})' if scope else ''}?"


def _total(turn: Turn) -> str | None:
    """The total: of what the question before asked for."""
    if not turn.words.ask["total"].fullmatch(turn.said):
        return None
    noun, scope = _noun(turn), turn.scope(told=True)
    counted = "" if INDICATOR.search(noun) else "number of "
    return f"What was the total {counted}{noun}{f' ({scope})' if scope else ''}?"


def _plan_or_done(turn: Turn) -> str | None:
    """What was the plan; was it met."""
    for name, words in (("plan", "planned"), ("done", "actually achieved")):
        if turn.words.ask[name].fullmatch(turn.said):
            return f"How many {_noun(turn)} were {words} ({turn.scope(told=True)})?"
    return None


def _part(turn: Turn) -> str | None:
    """Of which women: a part of what the question before asked for."""
    part = turn.words.ask["part"].match(turn.said)
    rest = turn.said[part.end() :].strip() if part else ""
    if not rest:
        return None
    asked = rest if ASKS.match(rest) else f"how many {rest}"
    return f"Of {_noun(turn)} ({turn.scope(told=True)}), {asked}?"


def _asked_anew(turn: Turn) -> str | None:
    """A question of its own, or one that leaves out the time, the place or what was done."""
    if not ASKS.match(turn.said):
        return None
    times, places = turn.known.times(turn.said), turn.known.places(turn.said)
    if times and places:
        return turn.text
    thing = ASKS_NUMBER.match(turn.said)
    if thing and not times and not places and (full := _with_thing(turn, thing["thing"])):
        return full
    scope = turn.scope(time=not times, place=not places)
    return f"{turn.text.rstrip('？?. ')} ({scope})?" if scope else turn.text


def _other_thing(turn: Turn) -> str | None:
    """And hospitals: another thing, asked about as the one before."""
    if not turn.is_marked and len(turn.said.split()) > 3:
        return None
    if not turn.is_marked and turn.known.times(turn.said) and turn.known.places(turn.said):
        return None
    return _with_thing(turn, re.sub(r"^the\s+", "", turn.said))


def _with_thing(turn: Turn, thing: str) -> str | None:
    """The question before, asked of another thing; its time and place are kept."""
    question = turn.previous.rstrip("？?. ")
    for pattern in (GREW, HOW_MANY, WHAT):
        if match := pattern.match(question):
            kept = _place_in(turn, match.start("thing"), match.end("thing"))
            behind = question[match.end("thing") :]
            measured = INDICATOR.search(match["thing"])
            named = f"{thing} {measured.group()}" if measured and not INDICATOR.search(thing) else thing
            return f"{question[: match.start('thing')]}{kept(named)}{behind}?"
    return None


def _place_in(turn: Turn, start: int, end: int) -> Callable[[str], str]:
    """How the stretch of the question before names the place of its thing: China's, … in Wuhan in 2022."""
    stretch = turn.previous[start:end]
    scope = [span for span in sorted((*turn.places, *turn.times)) if start <= span.start and span.end <= end]
    owner = re.match(r"(?:the\s+)?[\w ]+?'s\s+", stretch)
    if owner and scope and scope[0].start - start < owner.end():
        scope = [span for span in scope if span.start - start >= owner.end()]
        before = owner.group()
    else:
        before = ""
    if not scope:
        return lambda thing: f"{before}{thing}"
    tail = _with_preposition(stretch, Span(scope[0].start - start, end - start))
    return lambda thing: f"{before}{thing}{tail}"


def _with_preposition(stretch: str, span: Span) -> str:
    """The words from the preposition in front of a time or place on."""
    found = re.search(r"[,\s]*\b(?:in|for|of|during|by|at)\s+(?:the\s+)?$", stretch[: span.start], re.IGNORECASE)
    return stretch[found.start() :] if found else f" {stretch[span.start :]}"


def _noun(turn: Turn) -> str:
    """What the question before asks about, without time and place: gas cylinders seized."""
    question = turn.previous.rstrip("？?. ")
    cut = "".join(
        " " if any(span.start <= at < span.end for span in (*turn.times, *turn.places)) else char
        for at, char in enumerate(question)
    )
    match = GREW.match(cut) or HOW_MANY.match(cut) or WHAT.match(cut)
    if match is None:
        return turn.told.subject or cut
    verb = match.groupdict().get("verb") or ""
    done = "" if match.re is GREW else AUXILIARY.sub("", re.sub(r"^\s*did\b.*", "", verb, flags=re.IGNORECASE))
    words = f"{match['thing']} {done}"
    for _ in range(3):
        words = LINKS.sub(" ", words.strip())
    return " ".join(words.split()).removeprefix("the ")


ENGLISH_RULES = (_growth, _total, _plan_or_done, _part, _asked_anew, _other_thing)
