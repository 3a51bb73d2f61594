"""What speaks for one figure as the answer to a question: named features, each 0–1, larger is better.

A figure is described by zones that lie around it like rings: its subject, the stretch between its neighbours, its clause,
its sentence, its headings, its passage. The nearer a zone in which a concept of the question stands, the more it counts.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.matching import Wanted, match
from assistant.types import Evidence, Question
from indexer.fold import fold
from indexer.types import Basis, Figure, Genre, Measure, PartLink, Period, ReportInfo, Role, Span

ZONE_FACTORS = {"subject": 1.0, "near": 0.95, "clause": 0.85, "sentence": 0.7, "heading": 0.65, "passage": 0.5}
ALIEN_FACTORS = {"subject": 1.0, "near": 0.95, "clause": 0.8, "sentence": 0.45, "heading": 0.5, "passage": 0.25}
VERB_FACTORS = {"subject": 1.0, "near": 1.0, "clause": 0.85, "sentence": 0.4, "heading": 0.4, "passage": 0.1}
ELLIPTIC_FACTORS = {"subject": 1.0, "near": 0.95, "clause": 0.9, "sentence": 0.85, "heading": 0.85, "passage": 0.6}
PREDICATES = frozenset(
    (
        *(
            "",
            "完成",
            "完工",
            "竣工",
            "建成",
            "开工",
            "累计",
            "合计",
            "总计",
            "总数",
            "总量",
            "总长",
            "总长度",
            "总面积",
            "达到",
        ),
        *(
            "新增",
            "实施",
            "启动",
            "办结",
            "整改",
            "验收",
            "交付",
            "投用",
            "投入使用",
            "基本完成",
            "已完成",
            "其余",
            "剩余",
        ),
    )
)  # subjects that only say what was done; what it was done to stands before
ELLIPTIC = 2  # characters; so short a subject (改造, 完工, 总长) leaves out what its sentence or heading says
ALIEN = 0.5  # where so much of a subject is not asked for, what stands further off belongs to something else
LIKE_UNITS = (  # counters that people use for one another
    frozenset({"人", "名", "位", "口"}),
    frozenset({"家", "户", "所", "个"}),
    frozenset({"辆", "台", "部", "架", "艘"}),
    frozenset({"件", "项", "起", "宗", "例", "个", "条", "份"}),
    frozenset({"处", "个", "座", "片", "块", "间", "栋", "幢"}),
    frozenset({"次", "场", "场次", "批", "批次", "轮"}),
    frozenset({"个", "只", "支", "枚", "瓶"}),
)
ROLE_FIT = {
    (None, Role.RESULT): 1.0, (None, Role.ESTIMATE): 0.9, (None, Role.REQUIREMENT): 0.4, (None, Role.PLAN): 0.3,
    (Role.RESULT, Role.RESULT): 1.0, (Role.RESULT, Role.ESTIMATE): 0.9, (Role.RESULT, Role.REQUIREMENT): 0.1,
    (Role.RESULT, Role.PLAN): 0.0,
    (Role.PLAN, Role.PLAN): 1.0, (Role.PLAN, Role.REQUIREMENT): 0.8, (Role.PLAN, Role.ESTIMATE): 0.4,
    (Role.PLAN, Role.RESULT): 0.1,
}  # fmt: skip
STOCK_ASKED = re.compile(
    r"累计|总数|总量|实有|现有|存量|保有|一共有|共有|总里程|历年|\btotal number\b|\bcumulative|\baltogether\b",
    re.IGNORECASE,
)
FLOW_ASKED = re.compile(r"新增|新建|新开|净增|增加了|当年|新改扩建|新发展|\bnew(?:ly)?\b|\badded\b", re.IGNORECASE)
MULTIPLIER_CHARACTERS = "百千万亿"
MULTIPLIERS = (("万亿", 12), ("亿", 8), ("万", 4))
UNSURE_PERIOD = 0.25  # a figure that is given the year of its report may be of the year that the report reviews
AVERAGE_ASKED = re.compile(
    r"年均|平均每年|每年平均|a year on average|annual(?:ly)? average|average annual", re.IGNORECASE
)
UNIT_NOUNS = {"金": "金牌", "银": "银牌", "铜": "铜牌"}  # units that are themselves what is counted
RELATIVE_MEASURES = frozenset({Measure.GROWTH, Measure.CHANGE, Measure.RANK})


@dataclass(frozen=True, slots=True)
class Zones:
    """The folded text of each ring around a figure."""

    subject: str
    near: str
    clause: str
    sentence: str
    heading: str
    passage: str


def zones_of(figure: Figure, evidence: Evidence) -> Zones:
    """The rings around a figure of `evidence`."""
    passage = fold(evidence.passage.text).lower()
    offset = evidence.passage.start

    def cut(start: int, end: int) -> str:
        return passage[max(0, start - offset) : max(0, end - offset)]

    near = _between_neighbours(figure, evidence.figures)
    heading = fold(" ".join((*evidence.section.path, evidence.report.title))).lower()
    return Zones(
        fold(f"{figure.subject_text} {UNIT_NOUNS.get(figure.unit, '')}").lower(),
        cut(near.start, near.end),
        cut(figure.clause.start, figure.clause.end),
        cut(figure.sentence.start, figure.sentence.end),
        heading,
        passage,
    )


def concept_matches(wanted: Sequence[Wanted], zones: Zones, extra: float) -> list[float]:
    """For each concept how near to the figure it is said, times how well: 0–1; `extra` is that of `extra_subject`."""
    bare = zones.subject.strip()
    elliptic = bare in PREDICATES or (len(bare) <= ELLIPTIC and extra < ALIEN)
    factors = ELLIPTIC_FACTORS if elliptic else ALIEN_FACTORS if extra >= ALIEN else ZONE_FACTORS
    return [
        max(
            factor * match(item, getattr(zones, name))
            for name, factor in (VERB_FACTORS if item.concept.is_verb else factors).items()
        )
        for item in wanted
    ]


def unit_fit(question: Question, figure: Figure) -> float:
    """1 the unit asked for, 0.8 another of its class, 0.5 where none is asked, 0 where it cannot be."""
    if question.unit is None and question.dimension is None:
        if question.measure is not None:
            return 0.7
        return 0.35 if figure.measure in RELATIVE_MEASURES or figure.dimension == "percent" else 0.6
    if question.unit and question.unit == figure.unit:
        return 1.0
    bare = (figure.unit.lstrip(MULTIPLIER_CHARACTERS), (question.unit or "").lstrip(MULTIPLIER_CHARACTERS))
    if bare[0] and bare[0] == bare[1]:
        return 0.95
    if question.dimension is None or question.dimension != figure.dimension:
        return 0.0
    if bare[0] and bare[0] in _head_wordings(question):
        return 1.0  # how many buildings: 栋
    if figure.dimension != "count" or question.unit is None:
        return 0.8
    return 0.8 if any(set(bare) <= like for like in LIKE_UNITS) else 0.4


def _head_wordings(question: Question) -> frozenset[str]:
    head = next((concept for concept in question.concepts if concept.word == question.head), None)
    return frozenset(text for text, _ in head.alternatives) if head else frozenset()


def basis_fit(question: Question, figure: Figure) -> float:
    """Whether a total held (累计, 总数) or what came within the period (新增, 当年) is asked for and stated."""
    if STOCK_ASKED.search(question.standalone):
        return 0.3 if figure.basis is Basis.FLOW else 1.0
    if FLOW_ASKED.search(question.standalone):
        return 1.0 if figure.basis is Basis.FLOW else 0.3
    return 0.6


def repeats_question(asked: Collection[Decimal], figure: Figure) -> bool:
    """Whether the figure is a number that the question itself states: it asks for another (生产总值超200亿元的县有几个)."""
    return figure.value is not None and figure.value * _multiplier(figure) in asked


def measure_fit(question: Question, figure: Figure) -> float:
    """Whether growth, a share or a rank is asked for and stated; a level where none of them is."""
    if question.measure is None:
        if (
            figure.measure is Measure.CHANGE
            and figure.dimension != "percent"
            and FLOW_ASKED.search(question.standalone)
        ):
            return 1.0
        if figure.measure is Measure.RANK:
            return 0.0
        return 0.3 if figure.measure in RELATIVE_MEASURES else 1.0
    if question.measure is figure.measure:
        return 1.0
    if question.measure is Measure.GROWTH:
        return 0.7 if figure.measure is Measure.CHANGE else 0.3 if figure.dimension == "percent" else 0.0
    if question.measure is Measure.SHARE and figure.dimension == "percent":
        return 0.7 if figure.measure is Measure.LEVEL else 0.2
    return 0.0


def role_fit(question: Question, figure: Figure) -> float:
    """Whether a plan or a result is asked for and stated."""
    return ROLE_FIT[question.role if question.role in {Role.RESULT, Role.PLAN} else None, figure.role]


def period_fit(question: Question, figure: Figure, evidence: Evidence, periods: Sequence[Period]) -> float:
    """1 for the very period, less for one within or around it, 0 for another."""
    stated = figure.period or evidence.report.period
    long = stated is not None and len(stated.years) > 1
    if question.spans_years:
        return 1.0 if stated is not None and len(stated.years) >= question.spans_years else 0.3
    if not periods:
        if question.report_years and question.role is not Role.PLAN:
            return 1.0 if stated in _own_periods(evidence.report) else 0.6
        return 0.7 if long else 1.0
    if stated is None:
        return 0.5
    if (
        stated not in periods
        and stated == Period.of_year(evidence.report.year or 1)
        and set(periods) & _own_periods(evidence.report)
    ):
        return UNSURE_PERIOD
    return max(_period_fit(period, stated) for period in periods)


def _multiplier(figure: Figure) -> Decimal:
    """What 万 and 亿 in the written unit are worth."""
    power = next((power for word, power in MULTIPLIERS if figure.unit.startswith(word)), 0)
    return Decimal(10) ** power


def _own_periods(report: ReportInfo) -> set[Period | None]:
    """What a report is about where nothing else is said: a work report the year before it, a summary its own period."""
    year = report.year - 1 if report.year and report.genre is Genre.WORK_REPORT else None
    return {Period.of_year(year)} if year else {report.period}


def extra_subject(wanted: Sequence[Wanted], subject_words: Sequence[str]) -> float:
    """The share of the subject's own words that the question does not ask for: 0–1, smaller is better."""
    told = [word for word in subject_words if len(word) > 1]
    if not told:
        return 0.0
    alien = [word for word in told if not any(_says(item, word) for item in wanted)]
    return len(alien) / len(told)


def whole_over_part(figure: Figure) -> float:
    """1 for a total, less for a figure known as a part of another."""
    if figure.part_of is None:
        return 1.0
    return 0.4 if figure.part_link is PartLink.STATED else 0.3


def unasked_average(question: Question, figure: Figure) -> float:
    """1 where the figure is a yearly average (年均) and the question asks for none."""
    average = any("年均" in word for word in (*figure.qualifiers, figure.base_period or ""))
    return float(average and not AVERAGE_ASKED.search(question.standalone))


def names_required(question: Question, evidence: Evidence) -> bool:
    """Whether the passage or its headings name all that the question requires to be named."""
    around = " ".join((*evidence.section.path, evidence.passage.text))
    return all(any(name in around for name in names) for names in question.required)


def _says(item: Wanted, word: str) -> bool:
    return any(word in wording.text or wording.text in word for wording in item.wordings)


def _period_fit(asked: Period, stated: Period) -> float:
    if asked == stated:
        return 1.0
    if asked.contains(stated):
        return 0.3
    if stated.contains(asked) and asked.is_year:
        return 0.2
    return 0.0


def _between_neighbours(figure: Figure, others: Sequence[Figure]) -> Span:
    """From the end of the figure before to the start of the one after, within the clause."""
    start, end = figure.clause.start, figure.clause.end
    for other in others:
        if other.end <= figure.start:
            start = max(start, other.end)
        elif other.start >= figure.end:
            end = min(end, other.start)
    return Span(start, end)
