"""A run of clauses widened to its neighbours where it lacks what is asked for, or only repeats the question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from assistant.text_asked import CHINESE, Asked
from assistant.text_runs import RUN_CHARACTERS, Run
from indexer.fold import fold

OPEN_CHARACTERS = 70  # an open answer goes on to about this length
REACH = 2  # so many clauses to either side may hold what was asked for
PARALLEL = 0.9  # a clause that says so much of what the run says of the question is another answer
NEW_CHARACTERS = 3  # a run with fewer only repeats the question, unless it names the thing asked for: 延河
KINDS_OF_NUMBERS = frozenset({"time", "ordinal", "content"})  # a number answers them: 9月18日
EMPTY_CHARACTERS = frozenset("的了和与及在是有对为等也就将要各个其中从向到以并还又而或我们全年今年去年着地得被把于之所")


def widened(run: Run, asked: Asked) -> Run:
    """The run with the clauses beside it that bring what it lacks: the thing asked for, or anything new at all.

    The way of doing something goes on in the clauses that follow, to OPEN_CHARACTERS.
    """
    first, last = run.first, run.last
    if not asked.is_shown(run.text):
        before = max(0, first - 1) if asked.expected.is_open else first  # how often stands before what it brought about
        first, last = _nearest(run, asked.is_shown) or (before, last)
    elif asked.expected.several and not asked.is_listed(run.text) and not asked.expected.is_open:
        first, last = _nearest(run, asked.is_listed) or (first, last)
    if not _is_new(asked, run.joined(first, last)):
        first, last = _one_more(run, first, last)
    while last + 1 < len(run.clauses) and _length(run, first, last + 1) <= OPEN_CHARACTERS:
        if not (asked.expected.is_open or _is_parallel(asked, run, last + 1)):
            break
        last += 1
    return replace(run, first=first, last=last)


def _nearest(run: Run, shows: Callable[[str], bool]) -> tuple[int, int] | None:
    """The run with the nearest clauses that show what was asked for, the following ones first; None where none does."""
    for step in range(1, REACH + 1):
        for first, last in ((run.first, run.last + step), (run.first - step, run.last)):
            if first < 0 or last >= len(run.clauses) or _length(run, first, last) > RUN_CHARACTERS:
                continue
            if shows(run.joined(first, last)):
                return first, last
    return None


def _one_more(run: Run, first: int, last: int) -> tuple[int, int]:
    if last + 1 < len(run.clauses):
        return first, last + 1
    return max(0, first - 1), last


def _is_parallel(asked: Asked, run: Run, at: int) -> bool:
    """Whether a clause says of the question just what the run does: 建设大熊猫国家公园，加快创建若尔盖国家公园."""
    if asked.expected.kind != "thing":
        return False
    own = [max(values) for values in zip(*(c.matches for c in run.clauses[run.first : run.last + 1]), strict=True)]
    said = asked.share(own)
    return said > 0 and asked.share(run.clauses[at].matches) >= PARALLEL * said


def _is_new(asked: Asked, text: str) -> bool:
    """Whether a run says more than the question does."""
    left = text
    for item in asked.wanted:
        for wording in item.wordings[:3]:
            left = left.replace(wording.text, "")
    known = fold(asked.question.standalone)
    fresh = [c for c in left if CHINESE.match(c) and c not in known and c not in EMPTY_CHARACTERS]
    enough = 1 if asked.is_particular and asked.is_shown(text) else NEW_CHARACTERS
    tells = asked.expected.kind in KINDS_OF_NUMBERS and any(c.isdigit() for c in left)
    return len(fresh) >= enough or tells


def _length(run: Run, first: int, last: int) -> int:
    return run.clauses[last].span.end - run.clauses[first].span.start
