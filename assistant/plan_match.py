"""Which figure of the next report tells what became of a planned one: the same thing, sort of unit, time and extent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.concepts import find_concepts, make_wanted
from assistant.fulfilment import ratio_of
from assistant.likeness import likeness
from assistant.plan_reports import INTENDED, NO_RESULTS, PLAN_PARTS, REACHED, Planned, ReadReport, text_before
from assistant.read_figures import Look, Weighed, weigh_figures
from assistant.types import Concept, Evidence, Intent, Language, Question
from indexer.archive import Archive
from indexer.fold import fold
from indexer.types import Basis, Figure, Measure, Period, Role

RELATIVE = frozenset({Measure.GROWTH, Measure.CHANGE, Measure.RANK})
WHOLE_PLACE = ("全", "我", "本")  # 全市, 我区: the place of the report itself
FIRST_HALF = 6  # a result up to a month not after it is none of the year
AROUND_FACTOR = 0.4  # a word beside the planned number tells less than one of its subject
SHORT = 2  # characters; so short a subject is only said in full with the words around it
SURE = 0.95  # of words and meaning together, from which on a figure is of what was planned
LEAST = 0.5  # of the words of the plan, or of its meaning
OTHER_THING, OTHER_LEAST = 0.3, 0.6  # a subject that says so much else must say so much of the plan
EXTRA_FACTOR = 0.6  # what else the subject of the result says speaks against it
PART_FACTOR = 0.3  # a part of a figure, where the plan is of a whole
LIKE_UNIT = 0.4  # people are not counted as things are
CONTEST = 0.75  # a figure that says so much less well than the best is of something else
FOLLOWS = 120  # characters behind a plan said once more in which its result may stand
LEAST_RATIO, MOST_RATIO = Decimal("0.1"), Decimal(4)  # result to plan: beyond these another thing is counted
PLAN_TALK = frozenset({
    "目标", "计划", "调控", "定为", "预期", "努力", "控制", "以内", "以上", "以下", "左右", "力争", "确保", "安排",
    "达到", "任务", "要求", "保持", "今年", "全年", "完成", "实现", "提高", "扩大", "降到", "争取", "约", "近", "拟", "要", "不低于", "不超过", "不少于", "再",
})  # fmt: skip  # said of any plan: what is planned is said by other words
SHOULD = re.compile(r"(?:应该|应当|应|必须|须|需|将)(?:有|达到|达|要)?[^，。；]{0,2}$")
DONE_WORDS = re.compile(r"完工|完成|建成|竣工|投入使用|投用|通车|开工|基本|目前|涨幅|高达?")
LIKE_SUBJECT = 0.75  # share of characters that two subjects of one thing have in common
DONE_BEFORE = re.compile(r"(?:建成|完成|完工|竣工|改造|投用|通车|新增|处置|整改|安装|更换|实际)了?$")
ELLIPTIC_LEAST = (
    0.4  # of the plan, said in the sentence or its opening, where the number's own clause only says it is done
)
FLOWS = re.compile(r"新增|新建|新开|新改建|净增|增加")
MOVED_FROM = re.compile(r"[从由]$")
STILL = re.compile(r"(?:仍|实际|为|高达|投入使用|投用|整改)[^，。；]{0,6}$")
TAKES_ON = re.compile(r"安排|编排|实施|启动|开工|确定|列入")
LISTED = re.compile(r"列入|编排|确定|选定|下达|应当|计划|安排")
HELD = re.compile(r"控制在|压在|保持在")
COMPLETED = re.compile(r"(?:全部|均|都|已经?|如期|基本|按期)(?:完成|处置|整改|办结|建成|投|通|竣|销号|改造)|完毕|全部")


def concepts_of(planned: Planned, archive: Archive) -> tuple[Concept, ...]:
    """What the planned number is of: the words of its subject, and with less weight those around it."""
    subject = fold(planned.figure.subject_text).lower()
    own = find_concepts(subject, archive.lexicon, archive.segmenter)
    said = {concept.word for concept in own}
    around = find_concepts(planned.near, archive.lexicon, archive.segmenter)
    factor = AROUND_FACTOR if len(subject) > SHORT else 1.0
    kept = (item for item in around if item.word not in said and item.word not in subject)
    every = (*own, *(replace(item, weight=item.weight * factor) for item in kept))
    return tuple(item for item in every if item.word not in PLAN_TALK)


def results_for(
    planned: Planned, reports: Sequence[ReadReport], archive: Archive, asked: Sequence[Concept] = ()
) -> list[Weighed]:
    """The figures of later reports that tell what became of a plan, best first; `asked`: what a question asks for.

    Left out is what is of another time, unit class, measure or size, a plan itself, or says another thing. Where
    nothing is left, a figure of the same value counts of which the later report says that all of it is done.
    """
    evidence = [item for report in reports for item in report.results]
    subject = concepts_of(planned, archive)
    said = find_concepts(planned.near, archive.lexicon, archive.segmenter)
    near = tuple(item for item in said if item.word not in PLAN_TALK)
    for concepts in (subject, near):
        found = _passing(planned, concepts, evidence, archive, asked)
        if found and _lists(found[0], planned) and (told := _told_after(found[:1])):
            return told
        kept = [item for item in found if not _restates(item, planned)]
        if kept:
            return _wholes_first(kept)
        if found:
            return _told_after(found)
    completed = _passing(planned, subject, evidence, archive, asked, anew=False)
    return completed or _elliptic(planned, subject, evidence, archive)


def _elliptic(
    planned: Planned, concepts: tuple[Concept, ...], evidence: Sequence[Evidence], archive: Archive
) -> list[Weighed]:
    """The figures that only say that it was done, in a sentence on what was planned: 加装电梯有序推进。……建成41部."""
    if not concepts:
        return []
    found = _weighed(_question(planned, concepts, (planned.period,)), evidence, archive)
    return [
        item
        for item in found
        if item.coverage >= ELLIPTIC_LEAST
        and item.figure.unit == planned.figure.unit
        and item.figure.basis is not Basis.CUMULATIVE
        and DONE_BEFORE.search(text_before(item.figure, item.evidence))
        and _ends_clause(item)
        and _is_possible(item, planned)
        and _is_of_time(item, planned)
    ]


def _ends_clause(item: Weighed) -> bool:
    """Whether nothing is named behind the number that it might count."""
    passage, figure = item.evidence.passage, item.figure
    after = passage.text[figure.end - passage.start : figure.end - passage.start + 1]
    return not after or not after.isalnum()


def _passing(
    planned: Planned,
    concepts: tuple[Concept, ...],
    evidence: Sequence[Evidence],
    archive: Archive,
    asked: Sequence[Concept],
    *,
    anew: bool = True,
) -> list[Weighed]:
    """The figures that say surely enough what is planned or asked, best first: of its time, else named as done."""
    if not concepts:
        return []
    question = _question(planned, concepts, (planned.period,) if anew else ())
    found = _weighed(question, evidence, archive)
    fits = {_key(item): _fit(item) for item in found}
    if asked:
        for item in _weighed(replace(question, concepts=tuple(asked)), evidence, archive):
            fits[_key(item)] = max(_fit(item), fits.get(_key(item), 0.0))
    tells = _is_of_time if anew else _is_completed
    passing = [
        item for item in found if fits[_key(item)] >= SURE and _is_possible(item, planned) and tells(item, planned)
    ]
    best = max((fits[_key(item)] for item in passing), default=0.0)
    kept = [item for item in passing if fits[_key(item)] >= best * CONTEST]
    return sorted(kept, key=lambda item: (-item.score - fits[_key(item)], item.figure.ordinal))


def _restates(item: Weighed, planned: Planned) -> bool:
    """Whether a report only says once more what was planned: 提出把涨幅控制在10%以内."""
    figure, plan = item.figure, planned.figure
    before = text_before(figure, item.evidence)
    same = (figure.low, figure.high, figure.base_unit) == (plan.low, plan.high, plan.base_unit)
    return same and bool(INTENDED.search(before) or HELD.search(before)) and REACHED.search(before) is None


def _lists(item: Weighed, planned: Planned) -> bool:
    """Whether a report names the planned number only as what was taken on: 列入修缮的古厝5处，目前完工2处."""
    same = item.figure.value == planned.figure.value and item.figure.base_unit == planned.figure.base_unit
    taken_on = LISTED.search(text_before(item.figure, item.evidence)) is not None
    return same and taken_on and TAKES_ON.search(planned.before) is None


def _told_after(restated: Sequence[Weighed]) -> list[Weighed]:
    """The result that follows a plan said once more, in the same passage: 控制在10%以内……涨幅仍然高达21.7%."""
    found = []
    for item in restated:
        figure = item.figure
        for other in item.evidence.figures:
            alike = other.measure is figure.measure and other.base_unit == figure.base_unit and _is_told(other, item)
            if alike and other.role not in NO_RESULTS and 0 < other.start - figure.end <= FOLLOWS:
                found.append(replace(item, figure=other))
                break
    return found


def _is_told(figure: Figure, item: Weighed) -> bool:
    """Whether what stands before a number says that it was reached, or still is."""
    before = text_before(figure, item.evidence)
    rest = DONE_WORDS.sub("", figure.subject_text)
    if rest and likeness(rest, item.figure.subject_text) < LIKE_SUBJECT:
        return False
    return REACHED.search(before) is not None or STILL.search(before) is not None


def _question(planned: Planned, concepts: tuple[Concept, ...], periods: tuple[Period, ...]) -> Question:
    """What the plan asks of the next report."""
    figure = planned.figure
    subject = fold(figure.subject_text) if len(figure.subject_text) > SHORT else planned.near
    return Question(
        text=subject,
        standalone=planned.near or subject,
        language=Language.CHINESE,
        intent=Intent.FIGURE,
        periods=periods,
        role=Role.RESULT,
        measure=figure.measure if figure.measure is not Measure.LEVEL else None,
        unit=figure.unit or None,
        dimension=figure.dimension,
        subject=subject,
        concepts=concepts,
    )


def _weighed(question: Question, evidence: Sequence[Evidence], archive: Archive) -> list[Weighed]:
    wanted = make_wanted(question.concepts, archive.segmenter)
    return weigh_figures(Look(archive, question, wanted, question.periods), evidence)


def _fit(item: Weighed) -> float:
    """How surely a figure is of what is asked, by its words and by its meaning: about 0–2."""
    told = item.features
    other = told["extra"] >= OTHER_THING and told["coverage"] < OTHER_LEAST
    if other or (told["coverage"] < LEAST and told["alike"] < LEAST):
        return 0.0
    return told["coverage"] + told["alike"] - EXTRA_FACTOR * told["extra"] - PART_FACTOR * (1.0 - told["whole"])


def _is_possible(item: Weighed, planned: Planned) -> bool:
    """Whether a figure can tell the outcome: no plan, of a like unit, measure, size and extent."""
    figure, plan = item.figure, planned.figure
    alike = figure.base_unit == plan.base_unit or figure.dimension == plan.dimension
    same = figure.measure is plan.measure or not {figure.measure, plan.measure} & RELATIVE
    told = figure.role not in NO_RESULTS and (item.features["unit"] >= LIKE_UNIT or not figure.base_unit)
    return (
        alike
        and same
        and told
        and _same_extent(figure, plan)
        and _same_basis(item, planned)
        and _same_size(item, planned)
    )


def _is_of_time(item: Weighed, planned: Planned) -> bool:
    period = item.figure.period or item.evidence.report.period
    return period is not None and planned.period.contains(period) and period.end.month > FIRST_HALF


def _is_completed(item: Weighed, planned: Planned) -> bool:
    """Whether the clause names the planned number once more and says that it is done: 留下的11栋危房全部处置完毕."""
    figure, plan = item.figure, planned.figure
    same = figure.value is not None and figure.value == plan.value and figure.base_unit == plan.base_unit
    passage = item.evidence.passage
    after = passage.text[figure.end - passage.start : figure.clause.end - passage.start]
    return same and item.evidence.section.kind not in PLAN_PARTS and bool(COMPLETED.search(after))


def _same_extent(figure: Figure, plan: Figure) -> bool:
    scopes = {None if scope is None or scope.startswith(WHOLE_PLACE) else scope for scope in (figure.scope, plan.scope)}
    return len(scopes) == 1 or None in scopes


def _same_basis(item: Weighed, planned: Planned) -> bool:
    """Whether what is to be added within the year is not compared with the total held, nor the reverse."""
    figure, plan = item.figure, planned.figure
    if plan.basis is Basis.CUMULATIVE or figure.basis is Basis.CUMULATIVE:
        return plan.basis is figure.basis or plan.basis is Basis.STOCK or figure.basis is Basis.STOCK
    adds = bool(FLOWS.search(planned.near)) and figure.dimension not in {"percent", "points"}
    return not (adds and figure.basis is Basis.STOCK and figure.measure is Measure.LEVEL and plan.basis is Basis.FLOW)


def _same_size(item: Weighed, planned: Planned) -> bool:
    """Whether the result is of the size of the plan; growth may be of any."""
    if planned.figure.measure in RELATIVE or planned.figure.dimension == "percent":
        return True
    ratio = ratio_of(planned.figure, item.figure)
    return ratio is None or LEAST_RATIO <= ratio <= MOST_RATIO


def _wholes_first(items: Sequence[Weighed]) -> list[Weighed]:
    """The figures, the whole before a part of it that stands first: 改造道路16条, 其中新建6条."""
    first = items[0]
    whole = next(
        (
            item
            for item in items
            if item.evidence.report.id == first.evidence.report.id and item.figure.ordinal == first.figure.part_of
        ),
        None,
    )
    return list(items) if whole is None else [whole, *(item for item in items if item is not whole)]


def _key(item: Weighed) -> tuple[str, int]:
    return item.evidence.report.id, item.figure.ordinal
