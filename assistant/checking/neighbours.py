"""A number that stands in the draft beside one that the archive holds, found in the archive beside that one.

增长4.8%、总量达5.3亿元: 总量 names nothing, but the report goes on after its 4.8% with 总量达5.3万亿元.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.checking.claims import Claim
from assistant.checking.matching import Match
from assistant.checking.values import Fit, comparable, fit, near_miss, rescaled, same_digits, telling_digits
from assistant.checking.verdicts import Judged, Verdict, turned
from indexer.archive import Archive
from indexer.types import Figure, Measure, Role

AROUND, NEXT = 120, 60  # characters behind the neighbour's sentence in which the number, or it misread, may stand
SENTENCES = 2  # numbers of the draft's sentence that may be the neighbour
RELATIVE = frozenset({Measure.GROWTH, Measure.CHANGE, Measure.RANK})


def beside(claim: Claim, earlier: Sequence[Judged], archive: Archive) -> Judged | None:
    """The verdict on a number by what stands beside its neighbour's figure; None where nothing there is like it."""
    start = claim.figure.sentence.start
    near = [one for one in earlier if one.claim.figure.start >= start][-SENTENCES:]
    used = {(one.match.report.id, one.match.figure.ordinal) for one in earlier if one.match is not None}
    for one in reversed(near):
        if one.match is None or one.verdict is not Verdict.AGREES:
            continue
        if found := _beside(claim, one.match, archive, used):
            return found
    return None


def _beside(claim: Claim, match: Match, archive: Archive, used: set[tuple[str, int]]) -> Judged | None:
    sentence = match.figure.sentence
    figures = [
        figure
        for figure in archive.figures(archive.figure_ids_of(match.report.id)).values()
        if sentence.start <= figure.start <= sentence.end + AROUND
        and (match.report.id, figure.ordinal) not in used
        and _is_like(claim, figure)
    ]
    same = [figure for figure in figures if fit(claim.figure, figure) is Fit.SAME and telling_digits(figure) > 1]
    if same:
        found = replace(match, claim=claim, figure=same[0], fit=Fit.SAME)
        return Judged(claim, Verdict.CONTRADICTS if turned(found) else Verdict.AGREES, found)
    missed = [one for one in figures if one.start <= sentence.end + NEXT and _is_misread(claim.figure, one)]
    if len(missed) != 1:
        return None
    return Judged(claim, Verdict.CONTRADICTS, replace(match, claim=claim, figure=missed[0], fit=Fit.OTHER))


def _is_like(claim: Claim, figure: Figure) -> bool:
    mine = claim.figure
    same = mine.measure is figure.measure or not {mine.measure, figure.measure} & RELATIVE
    plan = figure.role in {Role.PLAN, Role.REQUIREMENT}
    return not figure.masked and same and comparable(mine, figure) and plan == (claim.role is Role.PLAN)


def _is_misread(mine: Figure, theirs: Figure) -> bool:
    """Whether the one is the other with its digits on another scale, or two of three and more changed about."""
    return rescaled(mine, theirs) or same_digits(mine, theirs) or (telling_digits(mine) > 2 and near_miss(mine, theirs))
