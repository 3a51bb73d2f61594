"""From weighed figures to a decision: answer, say masked, ask which place, or say that the archive does not hold it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from assistant.confidence import Confidence, same_indicator
from assistant.read_figures import Weighed
from assistant.types import Question, Status
from indexer.settings import AnswerSettings
from indexer.types import Figure, Period, ReportInfo

CONTENDER_MARGIN = 0.6  # a figure this much below the best, in score, says something else
OTHER_PLACE_MARGIN = 2.5  # another office words the same indicator in its own way
WHOLE_MARGIN = 0.02
PLAIN_COVERAGE, PLAIN_WEAKEST = 0.7, 0.5
LEAST_UNIT = 0.2  # what is counted so is of another kind: 21家 is no number of people
LEAST_USUAL = 0.05  # so rarely is what is asked counted in such a unit that the figure may count something else
COVERAGE_MARGIN = 0.08
CLEARLY_SAID = 0.6  # from here on a word asked for is said at a figure
SAID_ALIKE = 0.04
OTHER_BASIS = 0.3  # how much better 当年 or 累计 fits one of them
LIKE_UNIT = 0.5  # counters that may stand for one another fit at least so well: 家 and 户, not 家 and 项
MOST_EXTRA = 0.5  # of what a figure counts may be unasked
VERB_SAID = 0.2  # a verb that is said less well than this is not said
MOSTLY_SAID = 0.75  # of all that is asked
LEAST_SAID = 0.3  # of what is asked, as it is or in other words
ANOTHER = 0.6  # from here on a figure seems to be of another thing of the same sort: 粮食产量 for 苹果产量
FAIRLY_SURE = 0.7  # the confidence that such a figure needs
MASKED = 0.4  # the confidence that a masked figure needs: to say that it is masked states no number
SURE = 0.8  # the confidence that a figure needs around which less is said
MEANT = 0.4  # from here on an indicator seems meant


@dataclass(frozen=True, slots=True)
class Decision:
    """What to say: the chosen figures (several where ambiguous or in conflict) and what else is held."""

    status: Status
    chosen: tuple[Weighed, ...] = ()
    conflicting: tuple[Weighed, ...] = ()  # the same indicator of the same period, stated otherwise elsewhere
    other_periods: tuple[Weighed, ...] = ()  # where no period was asked: the same indicator of other periods
    nearest: tuple[Weighed, ...] = ()  # where nothing was found: what comes closest


def decide(
    question: Question, weighed: Sequence[Weighed], confidence: Confidence, settings: AnswerSettings
) -> Decision:
    """The decision over all weighed figures, best first; where the best is less likely right than set, none answers."""
    best = best_of(weighed)
    if best is None or not _answers(question, best, weighed, confidence, settings.figure_threshold):
        return Decision(Status.NOT_FOUND, nearest=tuple(weighed[:3]))
    contenders = [item for item in weighed if _contends(item, best, CONTENDER_MARGIN)]
    stated = [item for item in weighed if _contends(item, best, OTHER_PLACE_MARGIN)]
    by_place = _first_by(stated, lambda item: _place(item.evidence.report))
    if len(by_place) > 1 and not _names_office(question):
        return Decision(Status.AMBIGUOUS, tuple(by_place))
    same_place = [item for item in contenders if _place(item.evidence.report) == _place(best.evidence.report)]
    chosen = best if _asks_time(question) else _newest(same_place, best)
    others = [] if _asks_time(question) else _first_by(_other_periods(same_place, chosen), _period)
    conflicting = _first_by((item for item in same_place if _conflict(item, chosen)), lambda item: item.figure.value)
    status = Status.MASKED if chosen.figure.masked else Status.ANSWERED
    return Decision(status, (chosen,), tuple(conflicting), tuple(others))


def best_of(weighed: Sequence[Weighed]) -> Weighed | None:
    """The figure that answers best, or the whole that it is a part of, or the one of their sentence that says most of what
    is asked; None of none.
    """
    return _says_most(_whole_of(weighed[0], weighed), weighed) if weighed else None


def parts_of(chosen: Weighed, figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """The figures of the same report that are parts of the chosen one, in reading order."""
    return tuple(figure for figure in figures if figure.part_of == chosen.figure.ordinal)


def _answers(
    question: Question, best: Weighed, weighed: Sequence[Weighed], confidence: Confidence, threshold: float
) -> bool:
    """Whether the best figure may answer: it says nearly all that is asked, or it is likely enough to be right."""
    if best.features["unit"] < LEAST_UNIT:
        return False
    told = min(best.coverage, best.features["head"])
    plain = told >= PLAIN_COVERAGE and best.features["weakest"] >= PLAIN_WEAKEST
    if (
        plain
        and best.features["usual"] >= LEAST_USUAL
        and (question.unit is None or best.features["unit"] >= LIKE_UNIT)
    ):
        return True
    if _leaves_out_what_was_done(best):
        return False
    if best.figure.masked:
        threshold = min(threshold, MASKED)
    said = max(best.coverage if question.head is None else told, best.features["likely"])
    if said < LEAST_SAID:
        threshold = max(threshold, SURE)
    elif best.features["another"] > ANOTHER and told < PLAIN_COVERAGE:
        threshold = max(threshold, FAIRLY_SURE)
    return confidence.of(best, weighed) >= threshold


def _leaves_out_what_was_done(best: Weighed) -> bool:
    """Whether what was done (查扣 in 查扣了多少气瓶) is not said, and no indicator that may be meant is stated.

    Made questions cannot teach this: there a word that is not said is mostly a word that was said otherwise.
    """
    unsaid = best.features["verb"] < VERB_SAID and best.coverage < MOSTLY_SAID
    return unsaid and best.features["likely"] < MEANT


def _says_most(best: Weighed, weighed: Sequence[Weighed]) -> Weighed:
    """The figure beside the best that says what is asked and the best does not, and leaves out nothing that the best says.

    What stands before a figure in its sentence need not be said again: of 新增学位6840个，其中初中2520个 the second is
    the one of 新增学位里初中有多少, the first that of 新增学位有多少.
    """
    beside = [item for item in weighed if _is_beside(item, best) and _fits_as_well(item, best)]
    more = [item for item in beside if _gains(item, best) and not _lacks(item, best)]
    most = max(more, key=lambda item: (_gains(item, best), item.score), default=best)
    return next((item for item in weighed if _states_exactly(item, most)), most)


def _states_exactly(item: Weighed, bound: Weighed) -> bool:
    """Whether the item states the number itself, of which the other is only a bound: 突破10亿吨大关，达到10.4亿吨."""
    one, other = item.figure, bound.figure
    if one.sentence != other.sentence or item.evidence.report.id != bound.evidence.report.id:
        return False
    same = all(
        getattr(one, name) == getattr(other, name)
        for name in ("subject_text", "base_unit", "period", "role", "measure")
    )
    is_bound = other.low is None or other.high is None
    return same and is_bound and one.low is not None and one.low == one.high and one.scope == other.scope


def _is_beside(item: Weighed, best: Weighed) -> bool:
    one, other = item.figure, best.figure
    if item is best or item.evidence.report.id != best.evidence.report.id:
        return False
    is_part = other.ordinal == one.part_of or one.ordinal == other.part_of
    return is_part or (one.sentence == other.sentence and (one.clause != other.clause or other.start < one.start))


def _fits_as_well(item: Weighed, best: Weighed) -> bool:
    fits = all(
        item.features[name] >= best.features[name] for name in ("unit", "measure", "role", "period", "basis", "exact")
    )
    return fits and item.features["extra"] <= MOST_EXTRA


def _gains(item: Weighed, best: Weighed) -> int:
    """How many of the words asked for the item says and the best does not."""
    said = sum(value >= CLEARLY_SAID > best.own.get(word, 0.0) for word, value in item.own.items())
    of_the_year = item.features["basis"] > best.features["basis"] + OTHER_BASIS
    return said + of_the_year + _is_just_that_part(item, best)


def _is_just_that_part(item: Weighed, best: Weighed) -> bool:
    """Whether a part counts nothing but what is asked last, and its whole more: 举报 of 接收投诉举报咨询."""
    if item.figure.part_of != best.figure.ordinal or item.features["extra"] or not best.features["extra"]:
        return False
    return item.figure.subject_text.lower() == next(reversed(item.own), None)


def _lacks(item: Weighed, best: Weighed) -> bool:
    """Whether the best says a word asked for better than the item, which does not stand behind it either.

    A part need not say again what its whole says. What goes on about another thing need not either, but for the last word
    asked for, which tells which of them is meant: 领养 in 收容的流浪犬被领养了多少 of 收容1583只，领养427只.
    """
    lost = [word for word, value in best.own.items() if value > item.own.get(word, 0.0) + SAID_ALIKE]
    if item.figure.part_of == best.figure.ordinal:
        return False
    return next(reversed(best.own), None) in lost if _goes_on(item.figure, best.figure) else bool(lost)


def _goes_on(figure: Figure, before: Figure) -> bool:
    """Whether a figure may go on about what one before it counts; of the parts of a whole none does."""
    return before.start < figure.start and figure.part_of is None and before.part_of is None


def _whole_of(best: Weighed, weighed: Sequence[Weighed]) -> Weighed:
    """The total where the best is a part of it and the question asks for nothing that only the part is: 气瓶, not 黑气瓶."""
    if best.figure.part_of is None:
        return best
    report, ordinal = best.evidence.report.id, best.figure.part_of
    of_report = (item for item in weighed if item.evidence.report.id == report)
    whole = next((item for item in of_report if item.figure.ordinal == ordinal), None)
    return (
        whole
        if whole is not None and all(_as_good(name, whole, best) for name in ("coverage", "named", "basis"))
        else best
    )


def _as_good(name: str, item: Weighed, other: Weighed) -> bool:
    return item.features[name] >= other.features[name] - WHOLE_MARGIN


def _contends(item: Weighed, best: Weighed, margin: float) -> bool:
    """Whether an item states the same indicator as the best about as well."""
    if item is best:
        return True
    close = item.score >= best.score - margin and item.coverage >= best.coverage - COVERAGE_MARGIN
    return close and same_indicator(item, best)


def _place(report: ReportInfo) -> tuple[str, str]:
    """Whose report it is; masked places are unknown and never equal, so there the office and the level tell."""
    if report.place:
        return ("place", report.place)
    return ("office", f"{report.issuer or report.id}/{report.level}")


def _names_office(question: Question) -> bool:
    return bool(question.places or question.levels)


def _asks_time(question: Question) -> bool:
    return bool(question.periods or question.report_years or question.recent_years)


def _period(item: Weighed) -> Period | None:
    return item.figure.period or item.evidence.report.period


def _newest(items: Sequence[Weighed], best: Weighed) -> Weighed:
    """Of the same indicator the one of the newest period, of equal ones the best; unmasked before masked within a period."""
    dated = [item for item in items if _period(item) is not None]
    if not dated or _period(best) is None:
        return best
    newest = max(_end(item) for item in dated)
    if _end(best) == newest and not best.figure.masked:
        return best
    of_newest = [item for item in dated if _end(item) == newest]
    return _whole_of(max(of_newest, key=lambda item: (not item.figure.masked, item.score)), of_newest)


def _end(item: Weighed) -> tuple[int, int]:
    period = _period(item)
    return (period.end.toordinal(), period.start.toordinal()) if period else (0, 0)


def _other_periods(items: Iterable[Weighed], chosen: Weighed) -> list[Weighed]:
    return [item for item in items if _period(item) != _period(chosen)]


def _conflict(item: Weighed, chosen: Weighed) -> bool:
    """Whether another report states another value of the same indicator for the same period."""
    figure, other = item.figure, chosen.figure
    if item.evidence.report.id == chosen.evidence.report.id or figure.masked or other.masked:
        return False
    same = figure.unit == other.unit and figure.scope == other.scope and _period(item) == _period(chosen)
    return same and (figure.low, figure.high) != (other.low, other.high) and figure.subject_text == other.subject_text


def _first_by(items: Iterable[Weighed], key: Callable[[Weighed], Hashable]) -> list[Weighed]:
    """The first item for each key, in order."""
    found: dict[Hashable, Weighed] = {}
    for item in items:
        found.setdefault(key(item), item)
    return list(found.values())
