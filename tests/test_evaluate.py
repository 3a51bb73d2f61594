"""Measuring: what counts as right, as wrong, as proven; what is printed, kept and compared."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from assistant.chain import ChainSteps
from assistant.evaluate import Rate, ask_all, groups, judged, metrics
from assistant.expected import Move, in_text, is_figure, move_in, quantities
from assistant.explain import Refusal, contributions, explain
from assistant.failures import Problem, Stage, find_failures
from assistant.judge import is_report, judge
from assistant.kept_run import changes, kept_run, read_run, save_run
from assistant.question_sets import read_questions
from assistant.types import Answer, AnsweredFigure, Computed, Language, Status
from assistant.unquoted import unquoted
from indexer.archive import Archive
from indexer.build import index_paths
from indexer.errors import QuestionError, YoujuError
from tests import made_answers as made
from ui.cli import main
from ui.columns import Column, aligned, clip
from ui.evaluation import kinds_text, metrics_text
from ui.explain import WIDTH, explanation_lines
from ui.terminal import Style

EVIDENCE = "累计没收煤气罐449个"
REPORT = "2023年工作总结.txt"
D23 = "澜江区城乡建设局2023年工作总结.txt"


def wanted(**changes: Any) -> dict[str, Any]:
    """A question for the 449 cylinders."""
    plain = {"id": "q", "kind": "figure", "q": "没收了多少煤气罐？", "values": ["449"], "unit": "个"}
    return {**plain, "report": REPORT, "evidence": EVIDENCE, **changes}


def answer(written: str = "449个", unit: str = "个", text: str | None = None, **changes: Any) -> Answer:
    """An answer that states one figure of the made report."""
    item = AnsweredFigure(made.figure(written, unit=unit), made.REPORT, 1)
    given = Answer(
        Status.ANSWERED,
        text or written,
        made.question("没收了多少煤气罐？"),
        (item,),
        (),
        (made.citation(1, EVIDENCE),),
    )
    return replace(given, **changes)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, corpus: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path_factory.mktemp("evaluate") / "archive", create=True) as opened:
        index_paths(opened, [corpus / D23])
        yield opened


@pytest.fixture(scope="module")
def steps(archive: Archive) -> ChainSteps:
    return ChainSteps(archive)


# What is the value, and in which unit


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("全年1.36万亿元", [(Decimal("1.36"), "万亿元")]),
        ("增长百分之八", [(Decimal(8), "%")]),
        ("１，２００户", [(Decimal(1200), "户")]),
        ("三十七家", [(Decimal(37), "家")]),
    ],
)
def test_numbers_are_read_in_whatever_digits(text: str, found: list[tuple[Decimal, str]]) -> None:
    assert [(quantity.value, quantity.tail) for quantity in quantities(text)] == found


@pytest.mark.parametrize(
    ("expected", "unit", "value", "stated", "right"),
    [
        ("1.36", "万亿元", "1.36", "万亿元", True),
        ("1.36", "万亿元", "13600", "亿元", True),
        ("1.36", "万亿元", "1.36", "亿元", False),
        ("12", "千套", "1.2", "万套", True),
        ("5", "千瓦", "5000", "瓦", False),
        ("62.7", "%", "62.7", "亿元", False),
        ("62.7", "%", "62.7", "个百分点", False),
        ("449", "公里", "449", "个", False),
        ("70", "万㎡", "70", "万平方米", True),
        ("70", "万㎡", "70", "平方米", False),
        ("5", "吨", "5", "斤", False),
        ("12", "家", "12", "户", True),
        ("3|三", "家", "3", "家", True),
        ("3", "家", "4", "家", False),
    ],
)
def test_a_figure_is_the_value_in_its_unit(expected: str, unit: str, value: str, stated: str, right: bool) -> None:
    figure = made.figure("449个", unit=stated, low=Decimal(value), high=Decimal(value))
    assert is_figure(expected, unit, "", figure) is right


def test_without_a_unit_the_evidence_tells_it() -> None:
    level = made.figure("449个", unit="亿元", low=Decimal("62.7"), high=Decimal("62.7"))
    assert not is_figure("62.7", None, "达93.4亿元，增长62.7%", level)
    assert is_figure("62.7", None, "达62.7亿元", level)


def test_a_text_states_a_value_with_its_unit_or_bare() -> None:
    assert in_text("700", "万个", "", "The target was 7 million.")
    assert in_text("449", "个", "", "共449。")
    assert not in_text("449", "个", "", "共449公里")
    assert not in_text("8", "%", "", "8座")


@pytest.mark.parametrize(
    ("text", "move"),
    [
        ("失业率下降2.1%", Move.FALL),
        ("同比增长2.1%", Move.RISE),
        ("贫困发生率降至2.1%", None),
        ("减税降费2.1%", None),
        ("增长5%，占2.1%", None),
        ("down 2.1% [下降2.1%]", Move.FALL),
        ("up about 2.1%", Move.RISE),
    ],
)
def test_which_way_a_number_moved(text: str, move: Move | None) -> None:
    assert move_in("2.1", "%", text) is move


# What is right, and what is wrong with what is not


def test_the_right_figure_rightly_cited_is_sound() -> None:
    item = judge(wanted(), answer())
    assert (item.right, item.cited, item.wrong_number, item.unquoted, item.sound) == (True, True, False, (), True)


def test_only_the_first_figure_counts() -> None:
    other = AnsweredFigure(made.figure("1200余户", unit="户", low=Decimal(1200), high=None), made.REPORT, 1)
    item = judge(wanted(), answer(figures=(other, *answer().figures)))
    assert (item.right, item.wrong_number) == (False, True)


def test_a_first_number_in_words_counts_where_no_figure_is_given() -> None:
    assert judge(wanted(), answer(text="2023年没收449个", figures=())).right
    stated = judge(wanted(), answer(text="2023年没收59个、449个", figures=()))
    assert (stated.right, stated.wrong_number) == (False, True)


def test_further_values_must_be_said_not_only_be_parts() -> None:
    several = wanted(values=["449", "59"])
    parted = made.gas_cylinders()
    assert judge(several, parted).right  # its text names the parts
    assert not judge(several, replace(parted, text="449个")).right


def test_a_wrong_unit_is_counted_apart() -> None:
    item = judge(wanted(values=["449"], unit="公里", evidence="长449公里"), answer())
    assert (item.right, item.wrong_number, item.wrong_unit) == (False, True, True)
    assert not judge(wanted(values=["7"]), answer()).wrong_unit


def test_growth_stated_as_fall_is_a_sign_error() -> None:
    evidence = "占总投资额的比重提高60.76％"
    asked = wanted(values=["60.76"], unit="%", evidence=evidence, q="比重变化多少？")
    fallen = answer("60.76％", "%", "下降60.76%")
    assert judge(asked, fallen).wrong_sign
    assert not judge(asked, replace(fallen, text="提高60.76%")).wrong_sign
    assert not judge(asked, replace(fallen, text="60.76%")).wrong_sign  # nothing is said of the way
    fell = {**asked, "evidence": "比重下降60.76％"}
    assert judge(fell, replace(fallen, text="60.76%")).wrong_sign  # a fall must be said to be one
    assert not judge({**fell, "q": "比重下降多少？"}, replace(fallen, text="60.76%")).wrong_sign


@pytest.mark.parametrize(
    ("report", "quote", "cited"),
    [
        (REPORT, "累计没收煤气罐449个", True),
        ("2022年工作总结.txt", "累计没收煤气罐449个", False),
        ("23年工作总结.txt", "累计没收煤气罐449个", False),  # a part of a name is no name
        (REPORT, "没收经营门店煤气罐59个", False),
    ],
)
def test_a_citation_is_of_the_report_and_holds_evidence_and_number(report: str, quote: str, cited: bool) -> None:
    given = answer(citations=(made.citation(1, quote),))
    assert judge(wanted(report=report), given).cited is cited


def test_evidence_without_the_number_proves_nothing() -> None:
    given = answer(citations=(made.citation(1, "没收经营门店煤气罐59个"),))
    assert not judge(wanted(evidence="没收经营门店煤气罐"), given).cited


def test_a_citation_counts_among_the_first_three() -> None:
    far = tuple(made.citation(number, "没收经营门店煤气罐59个") for number in (1, 2, 3))
    assert not judge(wanted(), answer(citations=(*far, made.citation(4, EVIDENCE)))).cited


def test_numbers_name_reports_that_begin_with_them() -> None:
    assert is_report("a/004_07b2.txt", "004")
    assert not is_report("a/0041_07b2.txt", "004")


def test_too_long_an_answer_is_wrong() -> None:
    assert judge(wanted(), answer(text="449个" + "。" * 296)).right
    assert not judge(wanted(), answer(text="449个" + "。" * 297)).right


def test_a_text_must_hold_every_word_wanted() -> None:
    asked = wanted(kind="text", values=[], contains=["煤气罐|气瓶", "没收"], evidence=EVIDENCE)
    assert judge(asked, answer(text="没收 气瓶")).right
    assert not judge(asked, answer(text="气瓶")).right


@pytest.mark.parametrize(
    ("kind", "status", "right", "refused", "fabricated"),
    [
        ("masked", Status.MASKED, True, False, False),
        ("masked", Status.NOT_FOUND, False, False, False),
        ("absent", Status.NOT_FOUND, True, False, False),
        ("absent", Status.ANSWERED, False, False, True),
        ("absent", Status.AMBIGUOUS, False, False, False),
        ("figure", Status.MASKED, False, True, False),
        ("figure", Status.NOT_FOUND, False, True, False),
    ],
)
def test_saying_that_it_is_not_there(kind: str, status: Status, right: bool, refused: bool, fabricated: bool) -> None:
    item = judge(wanted(kind=kind), answer(status=status))
    assert (item.right, item.refused, item.fabricated) == (right, refused, fabricated)


def comparison(**changes: Any) -> dict[str, Any]:
    points = [
        {"report": REPORT, "value": value, "unit": "个", "evidence": f"煤气罐{value}个"} for value in ("59", "390")
    ]
    change = {"diff": "331", "unit": "个", "pct": str(round(331 / 59 * 100, 1))}
    return {"id": "c", "kind": "comparison", "q": "各多少？", "points": points, "change": change, **changes}


def compared(**changes: Any) -> Answer:
    given = made.gas_cylinders()
    figures = given.figures[0].parts
    computed = (Computed("difference", Decimal(390 - 59), "个", (0, 1)),)
    return replace(given, text="59个；390个。多331个", figures=figures, computed=computed, **changes)


def test_each_point_of_a_comparison_counts() -> None:
    item = judge(comparison(), compared())
    assert (item.points, item.right, item.change) == ((True, True), True, True)
    half = replace(compared(), figures=compared().figures[:1], text="59个")
    assert judge(comparison(), half).points == (True, False)
    assert judge(comparison(), half).change is False
    assert not judge(comparison(), half).wrong_number
    assert judge(comparison(), answer(text="449个")).wrong_number  # its first figure is none of the points


def test_a_difference_that_may_not_be_computed_is_wrong() -> None:
    assert not judge(comparison(no_difference=True), compared()).right
    assert judge(comparison(no_difference=True), replace(compared(), text="59个；390个", computed=())).right


def test_numbers_that_no_quote_holds_are_found() -> None:
    assert unquoted(answer()) == ()
    assert unquoted(answer(text="2023年449个，占35%")) == (Decimal(35),)
    assert unquoted(compared()) == ()
    wrong = (Computed("difference", Decimal(330), "个", (0, 1)),)
    assert unquoted(replace(compared(), text="差330个", computed=wrong)) == (Decimal(330),)
    astray = replace(made.gas_cylinders(), citations=made.gas_cylinders().citations[:1], text="449个")
    assert unquoted(astray) == (Decimal(59), Decimal(390))  # the parts' citation is gone
    assert unquoted(made.not_found()) == ()


# Counting


def test_the_interval_is_wilsons() -> None:
    low, high = Rate("r", 8, 10).interval
    z2 = 1.959964**2
    middle, half = (0.8 + z2 / 20) / (1 + z2 / 10), (0.16 / 10 + z2 / 400) ** 0.5 * z2**0.5 / (1 + z2 / 10)
    assert (low, high) == pytest.approx((middle - half, middle + half))
    assert Rate("r", 0, 5).interval[0] == 0
    assert Rate("r", 5, 5).interval[1] == 1


def test_metrics_count_what_they_name() -> None:
    questions = [wanted(), wanted(values=["7"]), wanted(kind="absent"), comparison()]
    answers = [answer(), answer(), answer(status=Status.NOT_FOUND), compared()]
    found = {rate.name: (rate.hits, rate.of) for rate in metrics(judged(questions, answers))}
    assert found["figure right and rightly cited"] == (1, 2)
    assert found["wrong number stated"] == (1, 2)
    assert found["absent said as absent"] == (1, 1)
    assert found["answerable refused"] == (0, 3)
    assert found["comparison and plan points right"] == (2, 2)
    assert found["number in no cited quote"] == (0, 3)
    assert "text right" not in found
    kinds = [(group.kind, len(group.judgements)) for group in groups(judged(questions, answers))]
    assert kinds == [("absent", 1), ("comparison", 1), ("figure", 2)]


def test_columns_stand_straight_with_chinese_in_them() -> None:
    lines = aligned([Column("指标"), Column("n", right=True)], [["数字答对", "8"], ["text", "10"]])
    assert lines == ["指标       n", "数字答对   8", "text      10"]
    assert clip("数字答对", 6) == "数字…"
    assert clip("abc", 3) == "abc"


def test_the_tables_name_every_metric_in_both_languages() -> None:
    questions = [wanted(), wanted(lang="en"), wanted(kind="masked"), comparison()]
    answers = [answer(), answer(), made.masked(), compared()]
    items = judged(questions, answers)
    chinese, english = (metrics_text(items, answers, language) for language in Language)
    assert chinese.splitlines()[0].split() == ["指标", "比例", "95%区间", "题数", "中文", "英文"]
    assert "数字答对且出处对" in chinese
    assert "figure right and rightly cited" in english
    assert "100.0% 1/1" in english
    assert "较上次" in metrics_text(items, answers, Language.CHINESE, {"figure right": (1, 2)})
    assert "+50.0" in metrics_text(items, answers, Language.CHINESE, {"figure right": (1, 2)})
    assert [line.split()[0] for line in kinds_text(items, Language.ENGLISH).splitlines()[1:]] == [
        "comparison", "figure", "figure", "masked",
    ]  # fmt: skip


# Question files


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "line 2 is not JSON"),
        ("[]", "line 2 is no object"),
        ('{"kind": "figure", "values": ["1"]}', 'line 2: lacks "q"'),
        ('{"kind": "guess", "q": "?"}', "line 2: its \"kind\" is 'guess'"),
        ('{"kind": "figure", "q": "?"}', 'line 2: a question of kind figure needs "values"'),
        ('{"kind": "figure", "q": "?", "values": ["many"]}', 'line 2: "values" holds what is no number'),
        ('{"kind": "figure", "q": "?", "values": "1"}', 'line 2: "values" is no list'),
        ('{"kind": "text", "q": "?"}', "line 2: expects nothing"),
        ('{"kind": "comparison", "q": "?"}', 'line 2: needs "points"'),
        ('{"kind": "absent", "q": "?", "lang": "fr"}', "line 2: its \"lang\" is 'fr'"),
        ('{"kind": "absent", "q": "?", "id": "a"}', "line 2: the id 'a' stands twice"),
    ],
)
def test_a_bad_line_is_named_with_its_number(line: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text(f'{{"id": "a", "kind": "absent", "q": "?"}}\n{line}\n', encoding="utf-8")
    with pytest.raises(QuestionError, match=r"q\.jsonl, ") as raised:
        read_questions(path)
    assert said in str(raised.value)


def test_files_that_are_none_are_named(tmp_path: Path) -> None:
    with pytest.raises(YoujuError, match="cannot be read"):
        read_questions(tmp_path / "none.jsonl")
    (tmp_path / "gbk.jsonl").write_bytes("问".encode("gb18030"))
    with pytest.raises(YoujuError, match="not UTF-8"):
        read_questions(tmp_path / "gbk.jsonl")
    (tmp_path / "empty.jsonl").write_text("\n", encoding="utf-8")
    with pytest.raises(QuestionError, match="holds no question"):
        read_questions(tmp_path / "empty.jsonl")


# The last run


def test_runs_are_kept_and_compared(tmp_path: Path) -> None:
    questions = [wanted(id="a"), wanted(id="b"), wanted(id="c"), wanted(id="d")]
    before = kept_run(questions, judged(questions, [answer(), made.not_found(), answer(), answer()]))
    path = tmp_path / "eval" / "q.json"
    assert read_run(path) is None
    save_run(path, before)
    assert read_run(path) == before
    now = [wanted(id="a"), wanted(id="b"), wanted(id="c", values=["7"]), wanted(id="e")]
    found = changes(before, kept_run(now, judged(now, [made.not_found(), answer(), answer(), answer()])))
    assert (found.became_right, found.became_wrong, found.new, found.gone) == (("b",), ("a",), 2, 1)


@pytest.mark.parametrize("content", ["", "[]", '{"version": 9}', '{"version": 1, "rates": 3}'])
def test_a_damaged_run_is_named(content: str, tmp_path: Path) -> None:
    path = tmp_path / "q.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(YoujuError, match="not a kept evaluation"):
        read_run(path)


# Why: failures and explanations, over a real report


def test_the_features_add_up_to_the_score(steps: ChainSteps) -> None:
    (part,) = explain(steps, "2023年查扣了多少气瓶？")
    assert part.best is not None
    assert part.best.figure.written == "449个"
    assert part.refusal is None
    assert part.best in part.first
    for item in part.first:
        assert sum(added for _, added in contributions(item).values()) == pytest.approx(item.score)


def test_a_missing_scope_and_a_missing_figure_are_told_apart(steps: ChainSteps) -> None:
    (part,) = explain(steps, "2019年查扣了多少气瓶？")
    assert (part.refusal, part.best) == (Refusal.SCOPE, None)
    (part,) = explain(steps, "2023年查扣气瓶的费用是多少欧元？")
    assert part.refusal is Refusal.NOTHING


@pytest.mark.parametrize("question", ["2023年查扣了多少气瓶？", "how many gas cylinders were seized in 2023"])
def test_an_explanation_fits_a_hundred_columns(question: str, steps: ChainSteps) -> None:
    explained = explain(steps, question)
    language = explained[0].room.question.language
    lines = explanation_lines(explained, language, Style())
    widths = [sum(2 if character >= "\u1100" else 1 for character in line) for line in lines]
    assert max(widths) <= WIDTH
    assert any("449个" in line and "←" in line for line in lines)
    assert any(line.startswith("coverage") for line in lines)
    assert "0." in lines[-1]


def test_failures_come_worst_first_with_the_step_that_lost_them(steps: ChainSteps, tmp_path: Path) -> None:
    base = {"kind": "figure", "report": D23, "unit": "个"}
    seized = "今年以来，累计查扣燃气行业违规气瓶449个"
    questions = [
        {**base, "id": "scope", "q": "2019年查扣了多少气瓶？", "values": ["449"], "evidence": seized},
        {**base, "id": "fine", "q": "2023年查扣了多少气瓶？", "values": ["449"], "evidence": seized},
        {**base, "id": "ledger", "q": "2023年查扣了多少气瓶？", "values": ["777"], "evidence": seized},
        {"id": "made up", "kind": "absent", "q": "2023年查扣了多少气瓶？"},
    ]
    answers = ask_all(questions, steps.chain())
    found = find_failures(questions, answers, judged(questions, answers), steps, None)
    assert [(one.question["id"], one.problem, one.stage) for one in found] == [
        ("made up", Problem.FABRICATED, Stage.REFUSAL),
        ("ledger", Problem.WRONG_NUMBER, Stage.LEDGER),
        ("scope", Problem.REFUSED, Stage.SCOPE),
    ]


# The command


def test_the_command_prints_keeps_and_compares(
    archive: Archive, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, failed = tmp_path / "问题.jsonl", tmp_path / "错题.txt"
    row = {"id": "a", "kind": "figure", "q": "2023年查扣了多少气瓶？", "values": ["450"], "unit": "个", "report": D23}
    row["evidence"] = "今年以来，累计查扣燃气行业违规气瓶449个"
    arguments = ["eval", str(path), "--archive", str(archive.folder)]
    path.write_text(json.dumps(row), encoding="utf-8")
    assert main([*arguments, "--failures", str(failed)]) == 0
    out = capsys.readouterr().out
    assert "说出错数" in out
    assert "上次" not in out
    told = failed.read_text(encoding="utf-8")
    assert told.startswith("1. a [figure zh] 说出错数 · 台账")
    assert "450个" in told
    assert "449个 · 2023年" in told
    assert main([*arguments, "--json", "--failures", str(tmp_path / "f.jsonl")]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["metrics"]["wrong number stated"] | {"low": 0} == {"hits": 1, "of": 1, "share": 1, "low": 0, "high": 1}
    assert found["since_last"] == {"became_right": [], "became_wrong": [], "new": 0, "gone": 0}
    failure = json.loads((tmp_path / "f.jsonl").read_text(encoding="utf-8"))
    assert (failure["id"], failure["stage"]) == ("a", "ledger")
    assert failure["candidates"][0].keys() >= {"report", "written", "score", "features", "adds"}
    assert (archive.folder / "eval" / "问题.json").exists()


def test_a_run_goes_where_it_is_told(archive: Archive, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, kept = tmp_path / "q.jsonl", tmp_path / "kept.json"
    path.write_text('{"id": "a", "kind": "absent", "q": "地铁多少公里？"}', encoding="utf-8")
    arguments = ["eval", str(path), "--archive", str(archive.folder), "--lang", "en", "--save", str(kept)]
    assert main(arguments) == 0
    assert main(arguments) == 0
    assert "No question became right or wrong" in capsys.readouterr().out
    assert main([*arguments[:-1], str(tmp_path / "q.jsonl" / "x.json")]) == 1
    assert "--save" in capsys.readouterr().err
    assert main(["eval", str(tmp_path / "none.jsonl"), "--archive", str(archive.folder)]) == 1
