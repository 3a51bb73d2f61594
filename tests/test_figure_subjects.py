"""What a figure counts: behind it, before it, in an earlier clause, and one by one in lists."""

from __future__ import annotations

import pytest
from figure_texts import figures_of, made_report, read


def subjects(text: str) -> list[tuple[str, str]]:
    """Each figure of the text with the words of its subject."""
    return [(figure.written, figure.subject_text) for figure in figures_of(f"一、工作回顾\n{text}\n")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("推动5处老厝保护修缮和10处老厝活化利用项目。", [("5处", "老厝保护修缮"), ("10处", "老厝活化利用项目")]),
        ("下发47份书面整改通知，整改各类隐患问题162条。", [("47份", "书面整改通知"), ("162条", "隐患问题")]),
        ("关停2家违规经营的供应站点。", [("2家", "违规经营的供应站点")]),
        ("建成4100公里高速铁路。", [("4100公里", "高速铁路")]),
        (
            "棚户区住房改造620多万套，农村危房改造190万户。",
            [("620多万套", "棚户区住房改造"), ("190万户", "农村危房改造")],
        ),
        ("城镇新增就业1361万人。", [("1361万人", "城镇新增就业")]),
        ("粮食总产量保持在1.3万亿斤以上。", [("1.3万亿斤", "粮食总产量")]),
        ("全县累计排查农户厕所300户。", [("300户", "农户厕所")]),
        ("专项资金（省级财政资金）20万元。", [("20万元", "专项资金")]),
        ("90%以上的政务服务实现网上可办。", [("90%", "政务服务")]),
    ],
)
def test_the_noun_phrase_beside_the_number_is_counted(text: str, expected: list[tuple[str, str]]) -> None:
    assert subjects(text) == expected


def test_a_growth_counts_what_its_level_counts() -> None:
    level, growth = subjects("地区生产总值3339亿元、增长5.5%。")
    assert (level[1], growth[1]) == ("地区生产总值", "地区生产总值")


def test_what_it_is_compared_with_is_not_its_subject() -> None:
    assert subjects("进出口总额1201亿元，比上年增长39.7%。")[1] == ("39.7%", "进出口总额")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("城镇和农村居民收入分别增长4.6%、6.6%。", ["城镇居民收入", "农村居民收入"]),
        ("原煤、原油、天然气产量达到6640.8万吨、1253.6万吨、9.1亿立方米。", ["原煤产量", "原油产量", "天然气产量"]),
        ("设备购置和技术改造投资分别增长7.1%、87.7%。", ["设备购置投资", "技术改造投资"]),
        ("快递业务量和收入增速分别居全国第3位、第2位。", ["快递业务量", "收入增速"]),
    ],
)
def test_a_list_gives_each_figure_its_own_subject(text: str, expected: list[str]) -> None:
    assert [subject for _, subject in subjects(text)] == expected


def test_a_second_list_goes_on_with_the_subjects_of_the_first() -> None:
    found = subjects("科技、教育投入分别为774亿元、536亿元，分别增长29.2%、39.4%。")
    assert [subject for _, subject in found[:2]] == [subject for _, subject in found[2:]]


def test_a_bare_head_takes_the_topic_before_it() -> None:
    assert subjects("城区建成开放53条河道，总长度约120公里。")[1] == ("120公里", "河道总长度")


def test_a_note_in_brackets_is_read_with_what_it_breaks_down() -> None:
    found = subjects("消防备案32件（其中7件抽中，19件未抽中，办理中6件）。")
    assert [subject for _, subject in found] == ["消防备案", "消防备案抽中", "消防备案未抽中", "消防备案办理中"]


def test_an_activity_is_told_with_the_thing_it_is_done_to() -> None:
    found = subjects("危房改造150户，竣工146户。")
    assert [subject for _, subject in found] == ["危房改造", "危房改造竣工"]


def test_a_verb_stands_for_a_noun_that_is_only_implied() -> None:
    assert subjects("出动245人次对餐饮场所开展检查。") == [("245人次", "出动人次")]


def test_the_subject_is_a_span_of_the_text() -> None:
    report = made_report("一、工作回顾\n新增公园３５个，全市公园总数达1100个。\n")
    for figure in read(report)[2]:
        assert figure.subject is not None
        assert report.text[figure.subject.start : figure.subject.end] in figure.subject_text
