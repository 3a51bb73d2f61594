"""The verdict on each number of a draft: it agrees with the archive, contradicts it, is not held, or is masked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.checking.claims import Claim
from assistant.checking.matching import Match
from assistant.checking.values import Fit, near_miss, one_digit_off, rescaled, telling_digits
from indexer.figures.measures import DOWN_WORDS
from indexer.fold import fold
from indexer.types import Measure, Role

STRONG = 0.8  # of the words of either side, said by the other: surely the same thing
LIKELY = 0.5
FAINT = 0.3
ROUND = 0.01
BUDGETED = re.compile(r"赤字|专项债|国债")
INCREASE = re.compile(r"增|减|新|净|多|少|升|降")
SET = re.compile(r"安排|拟|预算|目标|任务|计划|预期|确定|设定")
GENERIC = re.compile(
    r"(?:中央|地方|各级|财政|专项|补助|国债|建设|新增|资金|投入|投资|支出|收入|贷款|补贴|重点|重大|工程|项目|城市|企业|单位|部门|机构|"
    r"地区|里程|面积|人口|人数|群众|职工|居民|农民|学生|干部|人员|数量|总量|开展|活动|试点|任务|实施|完成|事项|措施|行政审批|各类|有关|一批|的|、|和)+"
)
NAMED = re.compile(r"(?:[^,，]{0,6}财政(?:总)?(?:收入|支出))")  # counted by name, however general its words
OVER_YEARS = re.compile(r"[近过去这前]?[两二三四五六七八九十\d]+年(?:来|间|以来|累计|合计|共|平均)|累计")
SAME_MARGIN = 0.12  # a figure that agrees goes before one that is worded only so much more alike


class Verdict(StrEnum):
    """What the archive says of a number."""

    AGREES = "agrees"
    CONTRADICTS = "contradicts"
    NOT_HELD = "not_held"
    MASKED = "masked"


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim with its verdict and the figure of the archive that it rests on."""

    claim: Claim
    verdict: Verdict
    match: Match | None = None


def judge(claim: Claim, found: Iterable[Sequence[Match]]) -> Judged:
    """The verdict on a claim by the figures that may be it, the best words first, for each thing that it may count."""
    known = False
    for every in found:
        matches = [match for match in every if match.in_place]
        judged = _judge(claim, matches)
        if judged.verdict is Verdict.AGREES or (judged.verdict is not Verdict.NOT_HELD and not known):
            return judged
        known = known or any(match.around >= LIKELY for match in matches)
    return Judged(claim, Verdict.NOT_HELD)


def _judge(claim: Claim, matches: Sequence[Match]) -> Judged:
    roles = _of_role(claim, matches)
    swapped = next((match for match in roles if _is_swapped(match, roles)), None)
    if swapped is not None:
        return Judged(claim, Verdict.CONTRADICTS, swapped)
    agreeing = min((match for match in roles if _agrees(match)), key=_is_rounded, default=None)
    against = next((match for match in roles if _contradicts(match, roles)), None)
    if agreeing is not None and (against is None or agreeing.likeness >= against.likeness - SAME_MARGIN):
        return Judged(claim, Verdict.AGREES, agreeing)
    if against is not None:
        return Judged(claim, Verdict.CONTRADICTS, against)
    confused = next((match for match in roles if _confused(match, matches)), None)
    if confused is not None:
        return Judged(claim, Verdict.CONTRADICTS, confused)
    loose = next((match for match in matches if _agrees_loosely(match)), None)
    if loose is not None:
        return Judged(claim, Verdict.AGREES, loose)
    increase = next((match for match in roles if _is_increase(match)), None)
    if increase is not None:
        return Judged(claim, Verdict.CONTRADICTS, increase)
    missed = next((match for match in matches if _missed(match)), None)
    if missed is not None:
        return Judged(claim, Verdict.CONTRADICTS, missed)
    masked = next((match for match in roles if match.fit is None and _is_it(match)), None)
    return Judged(claim, Verdict.MASKED, masked) if masked is not None else Judged(claim, Verdict.NOT_HELD)


def _of_role(claim: Claim, matches: Sequence[Match]) -> list[Match]:
    """The matches of the claim's role; plans too where it is not said to be reached and no result is held."""
    mine = [match for match in matches if match.same_role]
    reached = any(_is_it(match) for match in mine)
    return mine if reached or claim.said_role or claim.role is Role.PLAN else list(matches)


def _of_its_years(match: Match) -> bool:
    """Whether claim and figure are both over several years that end together: 近三年累计下降10.08%."""
    mine, theirs = match.claim.when.first, match.figure.period
    if mine is None or theirs is None or len(theirs.years) < 2:
        return False
    return OVER_YEARS.search(match.claim.own) is not None and mine.end.year == theirs.end.year


def _agrees(match: Match) -> bool:
    if (
        match.fit is not Fit.SAME
        or not (match.same_time or _of_its_years(match))
        or not match.same_measure
        or turned(match)
    ):
        return False
    told = match.around >= LIKELY and (match.backward >= LIKELY or match.forward >= STRONG)
    digits = telling_digits(match.figure)
    by_words = match.backward >= STRONG and match.forward >= FAINT and digits >= 2
    return told or by_words or (digits >= 3 and match.around >= LIKELY)


def _is_rounded(match: Match) -> bool:
    """Whether the two agree only as the one is rounded or hedged: 1.53万户 and 1.5万户."""
    mine, theirs = match.claim.figure, match.figure
    return mine.value is None or theirs.value is None or mine.value * mine.scale != theirs.value * theirs.scale


def _is_swapped(match: Match, matches: Sequence[Match]) -> bool:
    """Whether the very thing has another value in a list, and the claim gives the one beside it: 分别减少4.42%和5.95%."""
    if match.fit is not Fit.OTHER or not match.same_time or not match.same_role or match.forward < STRONG:
        return False
    if not _is_named(match) or match.claim.figure.measure is not match.figure.measure:
        return False
    return any(
        other.fit is Fit.SAME
        and other.report.id == match.report.id
        and other.figure.clause == match.figure.clause
        and other.figure.measure is match.figure.measure
        and not _is_named(other)
        and telling_digits(other.figure) >= 2
        for other in matches
    )


def _is_named(match: Match) -> bool:
    """Whether the figure's own subject is the claim's, to the letter."""
    return fold(match.figure.subject_text).lower() == match.claim.subject.lower()


def _is_increase(match: Match) -> bool:
    """Whether the claim gives as the amount what the archive gives as its increase: 1501亿元 of 比上年增加1501亿元."""
    mine, theirs = match.claim.figure, match.figure
    if mine.measure is not Measure.LEVEL or theirs.measure is not Measure.CHANGE or match.fit is not Fit.SAME:
        return False
    if INCREASE.search(match.claim.own) or not match.claim.clear:
        return False
    return match.same_time and _strong(match) and telling_digits(theirs) >= 3 and match.same_role


def _agrees_loosely(match: Match) -> bool:
    """Whether the ledger, which may have its time or role wrong, holds the very number of the very thing."""
    if match.fit is not Fit.SAME or not match.same_measure or turned(match):
        return False
    if not match.may_be_time:  # the draft does not say the time, and the number is hardly another's by chance
        return not match.claim.when.sure and _strong(match) and telling_digits(match.figure) >= 3
    return match.forward >= LIKELY and match.backward >= LIKELY and telling_digits(match.figure) >= 2


def _confused(match: Match, matches: Sequence[Match]) -> bool:
    """Whether the claim gives the value that the very thing has in another time, role, extent or measure."""
    if match.fit is not Fit.OTHER or not _strong(match) or not match.may_be_time or not match.first_place:
        return False
    if match.claim.figure.measure is not match.figure.measure or not match.claim.where.sure:
        return False
    if not match.claim.when.sure or not match.claim.clear or match.near < FAINT or _is_generic(match):
        return False
    return any(
        other.figure.role is match.figure.role or (match.same_role and match.same_time)
        for other in matches
        if other is not match and other.fit is Fit.SAME and _strong(other) and other.report.id == match.report.id
    )  # fmt: skip


def _strong(match: Match) -> bool:
    return match.forward >= STRONG and match.backward >= STRONG


def _is_it(match: Match) -> bool:
    """Whether the figure is surely what the claim speaks of."""
    in_time = match.same_time or _of_its_years(match)
    same = in_time and match.same_extent and match.claim.figure.measure is match.figure.measure
    sure = match.claim.when.sure and match.claim.where.sure
    return same and sure and match.forward >= STRONG and match.backward >= STRONG


def _contradicts(match: Match, matches: Sequence[Match]) -> bool:
    if (
        match.fit is None
        or not match.first_place
        or not _is_it(match)
        or not match.claim.clear
        or _is_generic(match)
        or match.near < FAINT
    ):
        return False
    if OVER_YEARS.search(match.claim.own) and match.figure.period is not None and match.figure.period.is_year:
        return False  # 近三年累计 beside one year
    if not match.same_role and match.claim.role is Role.RESULT and not _is_of_a_budget(match):
        return False  # what came of a plan may differ from it
    return match.fit is Fit.OTHER or (match.fit is Fit.SAME and turned(match))


def _is_of_a_budget(match: Match) -> bool:
    """Whether the draft speaks of what was set, or of what is only ever set."""
    said = (match.claim.own, *match.claim.near[-1:])
    return BUDGETED.search(match.held) is not None or any(SET.search(words) for words in said)


def _is_generic(match: Match) -> bool:
    """Whether either side counts what anything may be: 资金, 项目."""
    subjects = (match.claim.subject, match.figure.subject_text)
    return all(GENERIC.fullmatch(subject) and not NAMED.fullmatch(subject) for subject in subjects)


def turned(match: Match) -> bool:
    """Whether the one rises and the other falls."""
    falls = match.claim.falls
    if falls is None or match.figure.measure not in {Measure.GROWTH, Measure.CHANGE}:
        return False
    return falls != any(word in DOWN_WORDS for word in match.figure.qualifiers)


def _missed(match: Match) -> bool:
    """Whether the number is the figure's, misread: another scale, digits swapped."""
    if match.fit is not Fit.OTHER or not match.may_be_time or not match.same_measure or not match.first_place:
        return False
    likely = match.forward >= LIKELY - ROUND and match.backward >= LIKELY
    around = match.around >= LIKELY and match.backward >= STRONG and match.same_time and match.same_role
    if not (likely or around):
        return False
    if match.forward >= STRONG and match.same_role and one_digit_off(match.claim.figure, match.figure):
        return True
    return near_miss(match.claim.figure, match.figure) and (
        match.same_role or rescaled(match.claim.figure, match.figure)
    )
