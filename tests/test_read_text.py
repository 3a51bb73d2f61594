"""Questions that want words: the kind of answer, the run of clauses that gives it, lists in items, and silence."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answer_kinds import AnswerKinds
from assistant.chain import answer_chain
from assistant.judge import judge
from assistant.text_asked import Asked
from assistant.text_confidence import assurance, leads
from assistant.text_runs import Clause, Run, bare, speaks_of_period
from assistant.types import Answer, Evidence, Intent, Language, Question, Status
from indexer.archive import Archive
from indexer.build import index_paths
from indexer.load import load
from indexer.segment import Segmenter
from indexer.types import Genre, Level, Passage, Period, ReportInfo, Section, SectionKind, Span, Visibility

Ask = Callable[[str], Answer]
DATA = Path(__file__).parent / "data"

REPORT = """青禾县水利局2023年工作总结

一、2023年工作回顾
（一）抓好防汛抗旱
1.严密防范洪水。全年发生超警洪水3次，比上年多2次，主要受台风连续登陆影响，未发生人员伤亡。在山洪易发村设置简易雨量站46处，推广“敲锣预警”，由村干部逐户叫醒群众，做到人员先转移、洪水后到达。
2.加强水库管理。南溪水库除险加固于9月18日完工，北渡水库因石料供应不足推迟到次年。水库巡查实行“早看水、午看坝、晚看网”，巡查员每天三次上传照片。
（二）推进河湖治理
白沙河入选全省美丽河湖名单，清除阻水构筑物。开展第三次全县水资源调查。毛竹岭调水工程投入运行，干流从此可以向西延伸，到达石门镇。
（三）深化节水行动
推广土渠防渗、管道输水、喷灌、微灌等节水措施，也就是群众常说的农田“节水四法”。水价改革专班由副局长陈大河同志牵头。
二、存在的主要问题
一是基层水管员年龄偏大，50岁以上的占六成；二是部分小水库缺少监测设备；三是受地方财力影响，灌区续建进度偏慢。
三、2024年工作打算
（一）新建标准堤防12公里，完成投资2600万元。
（二）南溪水库完善监测平台，力争6月底前完工。
"""

BRIEF = """青禾县水利局2022年工作总结

2022年，全县供水保证率稳步提高。
工作中还有不少短板：灌溉渠道老化，渗漏损失超过三成；山洪预警未到户，仍有11个村没有喇叭；水质检测力量弱。
"""


def made_evidence(genre: Genre, year: int, reviewed: int, kind: SectionKind) -> Evidence:
    """A passage of a section of a kind, of the report of a year that reviews another."""
    text = "龙滩特大桥获奖。"
    info = ReportInfo(
        "made", "made.txt", "", genre, None, None, Level.PROVINCE, year, Period.of_year(reviewed), Visibility.PUBLIC, ""
    )
    return Evidence(Passage("made", 0, 0, 0, 8, text), info, Section("made", 0, (), kind, 0, 8), (), 1.0)


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    folder = tmp_path_factory.mktemp("text")
    for name, text in (("青禾县水利局2023年工作总结.txt", REPORT), ("青禾县水利局2022年工作总结.txt", BRIEF)):
        (folder / name).write_text(text, encoding="utf-8")
    with Archive.open(folder / "archive", create=True) as archive:
        index_paths(archive, [folder / "青禾县水利局2023年工作总结.txt", folder / "青禾县水利局2022年工作总结.txt"])
        yield answer_chain(archive).invoke


@pytest.fixture(scope="module")
def ask_corpus(tmp_path_factory: pytest.TempPathFactory, corpus: Path) -> Iterator[Ask]:
    with Archive.open(tmp_path_factory.mktemp("corpus") / "archive", create=True) as archive:
        index_paths(archive, [corpus])
        yield answer_chain(archive).invoke


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("青石路为什么没通车", "reason"),
        ("14台老电梯为啥没换成", "reason"),
        ("Why was it delayed?", "reason"),
        ("哪一年建成", "time"),
        ("要开展第几次人口普查", "ordinal"),
        ("报告由谁来作", "person"),
        ("先在哪个省试点", "place"),
        ("In which city is it?", "place"),
        ("铺轨到什么地方", "place"),
        ("对矿山是怎么查的", "method"),
        ("How did the bureau look after recruits?", "method"),
        ("火箭叫什么名字", "name"),
        ("哪座大桥获奖", "thing"),
        ("扫码能看到什么", "content"),
        ("户厕没改完是咋回事", "reason"),
        ("学杂费啥时候全免", "time"),
        ("打算在哪些产煤的地方盖电站", "place"),
    ],
)
def test_the_kind_of_answer_is_read_from_the_question(question: str, kind: str) -> None:
    assert AnswerKinds.load().expected(question).kind == kind


@pytest.mark.parametrize(
    ("question", "text", "shown"),
    [
        ("哪座大桥获奖", "龙滩特大桥获国际最高奖", True),
        ("哪座大桥获奖", "黄茅海隧道获国际最高奖", False),
        ("哪部片子获奖", "《大河之洲》获奖", True),
        ("哪两条河入选", "延河和渭河入选", True),
        ("哪两条河入选", "延河入选", False),
        ("农业八字宪法是哪八个字", "土、肥、水、种、密、保、管、工", True),
        ("农业八字宪法是哪八个字", "也就是农业“八字宪法”", False),
        ("兰州到新疆的铁路铺轨到什么地方", "兰州到新疆维吾尔自治区的铁路继续铺轨", False),
        ("兰州到新疆的铁路铺轨到什么地方", "继续向西铺轨三百公里，到达哈密", True),
        ("为什么推迟", "因石料供应不足推迟到次年", True),
        ("为什么推迟", "因地制宜推迟开工", False),
        ("工程由谁验收", "工程由居民代表共同验收", True),
    ],
)
def test_what_shows_an_answer_is_recognised(question: str, text: str, shown: bool) -> None:
    understood = Question(question, question, Language.CHINESE, Intent.TEXT)
    asked = Asked.of(understood, AnswerKinds.load().expected(question), (), Segmenter())
    assert asked.is_shown(text) is shown


@pytest.mark.parametrize(
    ("question", "several", "number"),
    [
        ("哪些医院接收病人", True, None),
        ("哪三个实验室挂牌", True, 3),
        ("Which newly founded counties get roads?", True, None),
        ("哪座大桥获奖", False, None),
        ("What documentary about families was made?", False, None),
        ("Which city is it?", False, None),
        ("What was the cause?", False, None),
    ],
)
def test_whether_several_things_are_asked_for(question: str, several: bool, number: int | None) -> None:
    expected = AnswerKinds.load().expected(question)
    assert (expected.several, expected.number) == (several, number)


@pytest.mark.parametrize(
    ("title", "year", "kind", "asked", "of_time"),
    [
        ("work_report", 2024, "plan", 2024, True),
        ("work_report", 2025, "plan", 2024, False),
        ("work_report", 2025, "review", 2024, True),
        ("work_summary", 2023, "plan", 2024, True),
        ("work_summary", 2024, "plan", 2024, False),
        ("work_summary", 2024, "review", 2024, True),
    ],
)
def test_what_is_planned_is_of_the_year_to_come(title: str, year: int, kind: str, asked: int, of_time: bool) -> None:
    genre = Genre(title)
    reviewed = year - 1 if genre is Genre.WORK_REPORT else year
    question = Question("", "", Language.CHINESE, Intent.TEXT, periods=(Period.of_year(asked),))
    assert speaks_of_period(question, made_evidence(genre, year, reviewed, SectionKind(kind))) is of_time


def test_a_run_is_sure_by_its_lead_over_other_passages() -> None:
    understood = Question("哪座大桥获奖", "哪座大桥获奖", Language.CHINESE, Intent.TEXT)
    asked = Asked.of(understood, AnswerKinds.load().expected("哪座大桥获奖"), (), Segmenter())
    evidence = made_evidence(Genre.WORK_REPORT, 2025, 2024, SectionKind.REVIEW)
    clause = Clause(Span(0, 8), "龙滩特大桥获奖", (), frozenset(), True, False)
    best = Run(evidence, (clause,), 0, 0, 0.5, 2.0, sentence_meaning=0.6)
    near, far = (replace(best, score=score, sentence_meaning=cosine) for score, cosine in ((1.9, 0.55), (0.9, 0.1)))
    assert leads(asked, best, [far, far]) == pytest.approx((2.0 - 0.9, 0.6 - 0.1))
    assert leads(asked, best, [near, far]) == pytest.approx((2.0 - 1.4, 0.6 - 0.325))
    assert assurance(asked, best, [far]) > 0.9 > 0.3 > assurance(asked, best, [near])


def test_a_heading_is_known_without_its_number() -> None:
    assert bare("（二）推进河湖治理。") == bare("二、推进河湖治理") == "推进河湖治理"


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("青禾县2023年超警洪水为什么比上年多", "全年发生超警洪水3次，比上年多2次，主要受台风连续登陆影响"),
        ("青禾县2023年北渡水库为啥推迟了", "北渡水库因石料供应不足推迟到次年"),
        ("2023年青禾县南溪水库除险加固什么时候完工", "南溪水库除险加固于9月18日完工"),
        ("2023年青禾县哪条河入选全省美丽河湖名单", "白沙河入选全省美丽河湖名单"),
        ("2023年青禾县开展了第几次水资源调查", "开展第三次全县水资源调查"),
        ("2023年青禾县水价改革专班由谁牵头", "水价改革专班由副局长陈大河同志牵头"),
    ],
)
def test_the_shortest_run_that_holds_the_answer(question: str, answer: str, ask: Ask) -> None:
    given = ask(question)
    assert (given.status, given.text) == (Status.ANSWERED, answer)
    assert answer in given.citations[0].quote


def test_an_answer_in_the_next_clause_is_reached(ask: Ask) -> None:
    assert ask("2023年青禾县毛竹岭调水工程干流向西延伸到什么地方").text.endswith("到达石门镇")


def test_an_answer_in_the_clause_before_is_reached(ask: Ask) -> None:
    assert "土渠防渗、管道输水、喷灌、微灌" in ask("青禾县2023年农田节水四法是哪四种措施").text


def test_a_way_of_doing_goes_on_in_the_clauses_that_follow(ask: Ask) -> None:
    text = ask("2023年青禾县水库巡查怎么做").text
    assert text == "水库巡查实行“早看水、午看坝、晚看网”，巡查员每天三次上传照片"


def test_the_problems_are_given_as_a_list_of_their_labels(ask: Ask) -> None:
    given = ask("2023年青禾县水利工作存在哪些主要问题")
    assert given.text == "基层水管员年龄偏大；部分小水库缺少监测设备；受地方财力影响，灌区续建进度偏慢"
    assert given.citations[0].section == ("二、存在的主要问题", *given.citations[0].section[1:])


def test_problems_behind_a_colon_are_taken_one_by_one(ask: Ask) -> None:
    text = ask("青禾县水利局2022年还有哪些短板").text
    assert text == "灌溉渠道老化；山洪预警未到户；水质检测力量弱"


def test_what_stands_under_a_heading_is_listed(ask: Ask) -> None:
    given = ask("2023年青禾县在防汛抗旱方面做了哪些工作")
    assert given.question.intent is Intent.LIST
    assert given.text == "严密防范洪水；加强水库管理"
    assert all(citation.quote for citation in given.citations)


@pytest.mark.parametrize(
    "question",
    [
        "2023年青禾县在哪里发现了恐龙化石",
        "2023年青禾县哪家医院被评为三甲",
        "谁获得了2023年青禾县科技进步奖",
        "2023年青禾县为什么更换自来水公司",
        "2023年青禾县怎么治理蝗虫",
        "Which football club of 青禾县 won the championship in 2023?",
    ],
)
def test_what_is_not_there_is_not_answered(question: str, ask: Ask) -> None:
    assert ask(question).status is Status.NOT_FOUND


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("云岭县2022年青石路北延为什么没通车", "青石路北延受箱涵施工影响结转下年"),
        ("云岭县2022年第三污水处理厂什么时候投入运行", "9月26日"),
        ("云岭县2022年老旧小区改造工程由谁验收", "由居民代表、社区干部和监理人员共同验收"),
        ("云岭县2022年租赁补贴怎么发放", "按季发放"),
        ("云岭县2022年有哪些主要问题", "个别道路未能如期通车；房地产市场信心不足"),
    ],
)
def test_answers_over_the_sample_corpus(question: str, held: str, ask_corpus: Ask) -> None:
    given = ask_corpus(question)
    assert held in given.text
    assert len(given.text) <= 110
    assert any(held[:8] in citation.quote for citation in given.citations)


def test_questions_over_bureau_summaries(tmp_path: Path) -> None:
    rows = [json.loads(line) for line in (DATA / "text_own.jsonl").read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if row["set"] == "bureaus"]
    for row in rows:
        if row["kind"] == "text":
            path = DATA / "bureaus" / row["report"]
            text = load(path).text if path.suffix == ".docx" else path.read_text(encoding="utf-8")
            row["evidence"] = text[row["start"] : row["end"]]
    with Archive.open(tmp_path / "archive", create=True) as archive:
        index_paths(archive, [DATA / "bureaus"])
        chain = answer_chain(archive)
        judged = [judge(row, chain.invoke(row["q"])) for row in rows]
    answered = [item for item in judged if item.kind == "text"]
    assert (len(answered), len(judged)) == (28, 35)
    assert sum(item.sound for item in answered) >= 22
    assert sum(item.sound for item in judged if item.kind == "absent") >= 5
    assert sum(item.length for item in answered) <= 100 * len(answered)
