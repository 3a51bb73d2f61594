"""Follow-ups: a question that leaves out what the one before it said is filled in to stand alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.follow_english import ENGLISH_RULES
from assistant.follow_turn import NOTHING_TOLD, Told, Turn, turn_of
from assistant.follow_words import FollowUpWords
from assistant.rewrite import Known, is_english, with_place, with_time
from indexer.fold import fold

MOST_TURNS = 8  # earlier questions that a follow-up may lean on
MOST_CHARACTERS = 500  # of each
LONGEST_BARE = 8  # characters of a thing that, said alone, is asked about in place of the one before
YEAR = re.compile(r"(?:1[89]|20)\d\d")
OF_REPORT = re.compile(r"的?(?:政府)?(?:工作)?报告")
THE_ASK = re.compile(r"了(?=(?:大?约)?(?:多少|几))")

EXTENTS = {"长": "长度", "远": "里程", "大": "面积", "宽": "宽度", "重": "重量"}
HOW_MANY_IN_ALL = re.compile(r"(?:一共|总共|共计)")

TellOf = Callable[[str], Told]  # a stand-alone question → what its answer is about
Rule = Callable[[Turn], str | None]  # the question in full; None where the rule is not for it


def stand_alone(
    turns: Sequence[str], text: str, *, known: Known, words: FollowUpWords, tell: TellOf | None = None
) -> str:
    """`text` with what it leaves out taken from the turns before it; `text` itself where it stands alone.

    `tell` gives what a question's answer is about, for follow-ups to a question that names no time or place.
    """
    if not turns:
        return text
    turns = [turn[:MOST_CHARACTERS] for turn in turns[-MOST_TURNS:]]
    previous = stand_alone(turns[:-1], turns[-1], known=known, words=words, tell=tell)
    turn = turn_of(previous, text, known, words, lambda: tell(previous) if tell else NOTHING_TOLD)
    if not turn.said or turn.is_courtesy or words.ask["about_archive"].search(turn.said):
        return text
    rules = (*SHARED_RULES, *(ENGLISH_RULES if is_english(fold(text)) and is_english(previous) else CHINESE_RULES))
    return next((full for rule in rules if (full := rule(turn)) is not None), text)


def _other_year(turn: Turn) -> str | None:
    """上一年呢: the same a year earlier or later than the question before, or than its answer."""
    shift = next((by for name, by in (("before", -1), ("after", 1)) if turn.words.time[name].fullmatch(turn.bare)), 0)
    if not shift:
        return None
    if turn.times:
        return YEAR.sub(lambda match: str(int(match.group()) + shift), turn.previous)
    told = YEAR.findall(turn.told.period)
    if not told:
        return turn.text
    year = str(int(told[-1]) + shift)
    return with_time(_of_told_place(turn), year if is_english(turn.previous) else f"{year}年", turn.known)


def _of_told_place(turn: Turn) -> str:
    """The previous question, of the place that it was answered for where it names none."""
    place = "" if turn.places else turn.told.place
    return with_place(turn.previous, place, turn.known) if place else turn.previous


def _part_of_year(turn: Turn) -> str | None:
    """上半年呢, 全年呢: another part of the same year."""
    part = turn.words.time["part"].fullmatch(turn.bare)
    if part is None and not turn.words.time["whole"].fullmatch(turn.bare):
        return None
    year = next(iter(YEAR.findall(turn.previous[turn.times[0].start :] if turn.times else turn.told.period)), None)
    if year is None:
        return turn.text
    said = next((group for group in part.groups() if group), "") if part else ""
    return with_time(turn.previous, year if is_english(turn.previous) else f"{year}年{said}", turn.known)


def _only_time_or_place(turn: Turn) -> str | None:
    """2022年呢, 云岭县的呢: nothing but another time, or place, or both."""
    times, places = turn.known.times(turn.bare), turn.known.places(turn.bare)
    place = turn.bare[places[0].start : places[-1].end] if places else ""
    if not places and turn.is_like_a_place:
        place = turn.bare
    elif turn.rest_of(turn.bare) or not (times or places):
        return None
    full = turn.previous
    if times:
        report = OF_REPORT.match(turn.bare, times[-1].end)
        end = report.end() if report and not OF_REPORT.search(full) else times[-1].end
        full = with_time(full, turn.bare[times[0].start : end].removesuffix("的"), turn.known)
    return with_place(full, place, turn.known) if place else full


def _growth(turn: Turn) -> str | None:
    """同比增长多少: the growth of what the question before asked for, of the time and place it was answered for."""
    if not turn.words.ask["growth"].fullmatch(turn.said):
        return None
    return f"{turn.scope(told=True)}{turn.core or turn.told.subject}同比增长多少？"


def _level(turn: Turn) -> str | None:
    """绝对数呢: the amount, where the question before asked for its growth."""
    asked = turn.words.ask["level"].fullmatch(turn.said) or turn.words.ask["total"].fullmatch(turn.said)
    if not asked or not turn.growth:
        return None
    return f"{turn.scope()}{turn.core}是多少？"


def _total(turn: Turn) -> str | None:
    """总数呢: the whole that the figure of the answer before is a part of, or of what the question before asked for."""
    if not turn.words.ask["total"].fullmatch(turn.said):
        return None
    part = turn.words.ask["part"].search(turn.core)
    whole = turn.core[: part.start()].rstrip("，,、 ") if part else turn.told.whole or turn.core or turn.told.subject
    return f"{turn.scope(told=True)}{whole}{'' if whole.endswith(('总数', '总量', '总额')) else '总数'}是多少？"


def _extent(turn: Turn) -> str | None:
    """多长, 完成计划的百分之几: another measure of the same thing."""
    asked = turn.words.ask["extent"].fullmatch(turn.said)
    core = turn.core or turn.told.subject
    if asked is None or not core:
        return None
    measure = "完成率" if asked["done"] else asked["of"] or EXTENTS[asked["how"]]
    return f"{turn.scope(told=True)}{HOW_MANY_IN_ALL.sub('', core)}{measure}是多少？"


def _plan_or_done(turn: Turn) -> str | None:
    """计划呢, 完成了吗: what was intended, or reached, of the same thing."""
    for name, word, other in (("plan", "计划", "result"), ("done", "实际", "plan")):
        if turn.words.ask[name].fullmatch(turn.said):
            body = turn.words.words[other].sub("", THE_ASK.sub("", turn.body))
            body = body if turn.words.words[name if name == "plan" else "result"].search(body) else f"{word}{body}"
            asked = "" if turn.words.ask["number"].search(body) else "多少"
            return f"{turn.scope(told=True)}{body}{asked}？"
    return None


def _part(turn: Turn) -> str | None:
    """其中女性呢: a part of what the question before asked for."""
    part = turn.words.ask["part"].match(turn.said)
    rest = turn.said[part.end() :].strip() if part else ""
    if not rest:
        return None
    asked = "" if turn.words.ask["any"].search(rest) else "有多少"
    return f"{turn.scope(told=True)}{turn.core or turn.told.subject}，其中{rest}{asked}？"


def _asked_anew(turn: Turn) -> str | None:
    """A question of its own: complete, without its time or place, or without the thing that it asks about."""
    if not turn.words.ask["any"].search(turn.said):
        return None
    times, places = turn.known.times(turn.said), turn.known.places(turn.said)
    rest = turn.said_rest
    if turn.words.ask["about"].fullmatch(rest):
        return f"{turn.own_scope()}{turn.core or turn.told.subject}{rest}？"
    if turn.words.ask["number"].search(rest) and turn.is_elliptic(rest):
        return f"{turn.own_scope()}{turn.thing or turn.told.subject}{rest}？"
    if times and places:
        return turn.text
    inherited = turn.scope(time=not times, place=not places)
    if not inherited:
        return turn.text
    return f"{inherited}{turn.said.rstrip('？?。 ')}？"


def _other_thing(turn: Turn) -> str | None:
    """农村居民呢: another thing, asked about as the one before."""
    rest = turn.said_rest
    if not rest or (not turn.is_marked and len(rest) > LONGEST_BARE):
        return None
    if turn.known.times(turn.said) and turn.known.places(turn.said) and not turn.is_marked:
        return None
    return f"{turn.own_scope()}{turn.in_its_place(rest)}？"


SHARED_RULES: tuple[Rule, ...] = (_other_year, _part_of_year, _only_time_or_place)
CHINESE_RULES: tuple[Rule, ...] = (_level, _growth, _total, _extent, _plan_or_done, _part, _asked_anew, _other_thing)
