"""What speaks for one figure as the answer to a question by what it is: unit, measure, role, period, scope; each 0–1."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from assistant.places import NATION
from assistant.types import Evidence, Question
from indexer.lexicon.terms import Lexicon
from indexer.types import Basis, Figure, Genre, Measure, PartLink, Period, ReportInfo, Role

LIKE_UNITS = (  # counters that people use for one another
    frozenset({"人", "名", "位", "口"}),
    frozenset({"家", "户", "所", "个"}),
    frozenset({"辆", "台", "部", "架", "艘"}),
    frozenset({"件", "项", "起", "宗", "例", "个", "条", "份"}),
    frozenset({"处", "个", "座", "片", "块", "间", "栋", "幢"}),
    frozenset({"次", "场", "场次", "批", "批次", "轮"}),
    frozenset({"个", "只", "支", "枚", "瓶"}),
)
PEOPLE = frozenset({"人", "名", "位", "口", "人次"})
PERSON_ENDINGS = frozenset("员民工生者师兵客姓众妇童胞人士孩娃")  # of nouns for people
THINGS = ("机器人", "卫生", "发生", "产生", "民生", "化工", "加工", "施工", "手工")  # that end like them
ANY_COUNTER = "个"  # counts people as well as things: 几个博士
UNIT_LEFT_OUT = 0.7  # 旅居人数达600万: of whatever is counted
OTHER_KIND = 0.15  # people are not counted as things are
OWN_SCOPE = frozenset("全我本该各")  # 全市, 我区: the place of the report itself
PLACE_ENDINGS = frozenset("省市区县旗镇乡村州")
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
UNDONE = re.compile(r"在施工|在建|施工中|未完|剩余|尚未|续建|结转")
MONTHS = 62  # days; by so short a time it may be said when something came: opened in December 2023
UNDONE_FIT = 0.5
GRADE = re.compile(r"\d(?=a级)")  # 3A级, 5A级
FLOW_ASKED = re.compile(
    r"新增|新建|本年度|新开|净增|增加了|当年|新改扩建|新发展|\bnew(?:ly)?\b|\badded\b", re.IGNORECASE
)
MULTIPLIER_CHARACTERS = "百千万亿"
MULTIPLIERS = (("万亿", 12), ("亿", 8), ("万", 4))
UNSURE_PERIOD = 0.25  # a figure that is given the year of its report may be of the year that the report reviews
AVERAGE_ASKED = re.compile(
    r"年均|平均每年|每年平均|a year on average|annual(?:ly)? average|average annual", re.IGNORECASE
)
MONEY = "money"
RELATIVE_MEASURES = frozenset({Measure.GROWTH, Measure.CHANGE, Measure.RANK})


def unit_fit(question: Question, figure: Figure) -> float:
    """1 the unit asked for, 0.8 another of its class, 0.5 where none is asked, 0 where it cannot be."""
    if question.unit is None and question.dimension is None:
        if question.measure is not None:
            return 0.7
        if figure.measure in RELATIVE_MEASURES or figure.dimension == "percent":
            return 0.35
        return 0.35 if _counts_people(question) and figure.unit.lstrip(MULTIPLIER_CHARACTERS) not in PEOPLE else 0.6
    if question.unit and question.unit == figure.unit:
        return 1.0
    bare = (figure.unit.lstrip(MULTIPLIER_CHARACTERS), (question.unit or "").lstrip(MULTIPLIER_CHARACTERS))
    if figure.unit and not bare[0] and question.dimension == figure.dimension:
        return UNIT_LEFT_OUT
    if bare[0] and bare[0] == bare[1]:
        return 0.95
    if question.dimension is None or not _like_dimension(question, figure.dimension):
        return 0.0
    if bare[0] and bare[0] in _head_wordings(question):
        return 1.0  # how many buildings: 栋
    if figure.dimension != "count":
        return 0.8
    if question.unit is None:
        return OTHER_KIND if _counts_people(question) and bare[0] not in PEOPLE else 0.8
    if any(set(bare) <= like for like in LIKE_UNITS):
        return 0.8
    people = _is_person(bare[1]) or (bare[1] == ANY_COUNTER and _counts_people(question))
    if people != _is_person(bare[0]):
        return OTHER_KIND
    return 0.8 if people else 0.4


def unit_kind(dimension: str, unit: str) -> str:
    """The class of a unit; what counts people is a class of its own, and so is every currency one of money."""
    if dimension == "count":
        return "people" if _is_person(unit.lstrip(MULTIPLIER_CHARACTERS)) else "count"
    return MONEY if dimension.startswith(MONEY) else dimension


def usual_fit(question: Question, figure: Figure, usual: Mapping[str, float]) -> float:
    """How usual the figure's kind of unit is for what is asked, 0–1; 1 where the question names a unit that fits."""
    if question.unit is not None or question.dimension is not None or question.measure is not None:
        return 1.0
    return usual.get(unit_kind(figure.dimension, figure.unit), 0.0)


def _is_person(unit: str) -> bool:
    """Whether a unit counts people, be it a noun that stands for one (学生)."""
    return unit in PEOPLE or _is_noun_for_people(unit)


def _counts_people(question: Question) -> bool:
    """Whether the noun whose number is asked for is one for people: 队员, 游客, 老百姓."""
    return any(_is_noun_for_people(text) for text in _head_wordings(question))


def _is_noun_for_people(text: str) -> bool:
    return len(text) > 1 and text[-1] in PERSON_ENDINGS and not text.endswith(THINGS)


def _like_dimension(question: Question, dimension: str) -> bool:
    """Whether the class of unit is the one asked for; 多少钱 asks for money of any currency."""
    if question.dimension == MONEY and question.unit is None:
        return dimension.startswith(MONEY)
    return question.dimension == dimension


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


def scope_fit(question: Question, figure: Figure) -> float:
    """1 where the figure is of the very extent that the question names, 0.2 where of another place, 0.6 of neither."""
    scope = figure.scope
    if not scope:
        return 0.6
    if scope in question.standalone:
        return 1.0
    return 0.2 if scope[0] not in OWN_SCOPE and scope[-1] in PLACE_ENDINGS and len(scope) > 2 else 0.6


def repeats_question(asked: Collection[Decimal], figure: Figure) -> bool:
    """Whether the figure is a number that the question itself states: it asks for another (生产总值超200亿元的县有几个)."""
    return bool(asked) and figure.value is not None and figure.value * _multiplier(figure) in asked


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
    if question.measure is Measure.CHANGE and figure.measure is Measure.GROWTH:
        return 0.6  # how much more: 13.3 % more
    if question.measure is Measure.SHARE and figure.dimension == "percent":
        return 0.7 if figure.measure is Measure.LEVEL else 0.2
    return 0.0


def role_fit(question: Question, figure: Figure) -> float:
    """Whether a plan or a result is asked for and stated; what is still to be done is no result."""
    undone = UNDONE.search(figure.subject_text)
    if question.role is not Role.PLAN and undone is not None and undone.group() not in question.standalone:
        return UNDONE_FIT
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
        and figure.role is not Role.PLAN
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


def whole_over_part(figure: Figure) -> float:
    """1 for a total, less for a figure known as a part of another."""
    if figure.part_of is None:
        return 1.0
    return 0.4 if figure.part_link is PartLink.STATED else 0.3


def unasked_average(question: Question, figure: Figure) -> float:
    """1 where the figure is a yearly average (年均) and the question asks for none."""
    average = any("年均" in word for word in (*figure.qualifiers, figure.base_period or ""))
    return float(average and not AVERAGE_ASKED.search(question.standalone))


def is_of_another_grade(question: Question, figure: Figure) -> bool:
    """Whether the question names a grade and the figure counts things of another: 3A级景区 asked, 4A级景区 counted."""
    asked = set(GRADE.findall(question.standalone.lower()))
    counted = set(GRADE.findall(figure.subject_text.lower()))
    return bool(asked and counted) and not asked & counted


def names_required(question: Question, evidence: Evidence) -> bool:
    """Whether the passage or its headings name all that the question requires to be named."""
    around = " ".join((*evidence.section.path, evidence.passage.text))
    return all(any(name in around for name in names) for names in question.required)


def names_another(question: Question, figure: Figure, evidence: Evidence, lexicon: Lexicon) -> bool:
    """Whether another place than the one required is named for the figure: by its subject (厦门机场), or in its sentence
    up to it, later than the one required (庆阳…，酒泉达到1042亿元).
    """
    if not question.required:
        return False
    own = {evidence.report.place, NATION, *(name for names in question.required for name in names)}
    counted = figure.subject_text
    names_ours = any(name in counted for names in question.required for name in names)
    if not names_ours and any(mention.canonical not in own for mention in lexicon.places(counted)):
        return True
    passage = evidence.passage
    said = passage.text[max(0, figure.sentence.start - passage.start) : max(0, figure.end - passage.start)]
    last = max((said.rfind(name) for names in question.required for name in names), default=-1)
    return any(mention.start > last and mention.canonical not in own for mention in lexicon.places(said))


def _period_fit(asked: Period, stated: Period) -> float:
    if asked == stated:
        return 1.0
    if asked.contains(stated):
        return 0.3
    if stated.contains(asked) and stated.is_year and (asked.end - asked.start).days > MONTHS:
        return 0.0  # what a whole year brought is not what its first half did
    if stated.contains(asked):
        return 0.2 if asked.is_year else 0.6  # 6月末 in what is told of the first half of a year
    return 0.0
