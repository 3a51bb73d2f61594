"""Parts of a whole: said so, bracketed, or adding up exactly."""

from __future__ import annotations

import pytest
from figure_texts import figures_of

from indexer.types import PartLink

SUM = "累计查获违规气瓶449个。出动245人次检查站点19家，查获超量存放气瓶59个；打掉窝点5起，查获黑气瓶390个。"


def parts(text: str) -> list[tuple[str, str | None, PartLink | None]]:
    """Each figure with its whole as written, and how that is known."""
    figures = figures_of(f"一、工作回顾\n{text}\n")
    wholes = [None if figure.part_of is None else figures[figure.part_of].written for figure in figures]
    return [(figure.written, whole, figure.part_link) for figure, whole in zip(figures, wholes, strict=True)]


def test_later_figures_that_add_up_to_a_total_are_its_parts() -> None:
    found = parts(SUM)
    assert [row for row in found if row[1]] == [
        ("59个", "449个", PartLink.INFERRED_BY_SUM),
        ("390个", "449个", PartLink.INFERRED_BY_SUM),
    ]
    assert 59 + 390 == 449


def test_figures_that_do_not_add_up_exactly_are_no_parts() -> None:
    assert all(whole is None for _, whole, _ in parts(SUM.replace("390", "391")))


def test_figures_of_another_head_noun_are_no_parts() -> None:
    assert all(whole is None for _, whole, _ in parts(SUM.replace("黑气瓶390", "液化炉390")))


def test_a_sum_does_not_reach_into_the_next_paragraph() -> None:
    assert all(whole is None for _, whole, _ in parts(SUM.replace("。出动", "。\n出动")))


def test_of_which_names_parts_of_like_unit() -> None:
    assert parts("新增企业30.8万户，其中小微企业8.4万户、占27%。") == [
        ("30.8万户", None, None),
        ("8.4万户", "30.8万户", PartLink.STATED),
        ("27%", None, None),
    ]


def test_brackets_break_a_figure_down() -> None:
    found = parts("消防备案32件（其中7件抽中，19件未抽中，办理中6件），消防验收3件。")
    assert [whole for _, whole, _ in found] == [None, "32件", "32件", "32件", None]


def test_a_part_is_never_larger_than_its_whole() -> None:
    assert parts("新增企业5户，其中投产项目带动小微企业8户。")[1][1] is None


def test_masked_parts_are_parts_all_the_same() -> None:
    assert parts("处理信访*件，其中线上*件、线下*件。")[2] == ("*件", "*件", PartLink.STATED)


@pytest.mark.parametrize(
    ("text", "whole", "found"),
    [
        (
            "全年接报火情64起、伤5人，同比分别下降8.6%和16.7%。居民住宅31起，沿街商铺24起，其他场所9起。",
            "64起",
            ["31起", "24起", "9起"],
        ),
        ("水毁工程损失2350万元。堤防损失1120万元，渠道损失830万元，泵站损失400万元。", "2350万元",
         ["1120万元", "830万元", "400万元"]),
        ("油料总产8.36万吨，增长2.1%。夏油5.14万吨，秋油3.22万吨。", "8.36万吨", ["5.14万吨", "3.22万吨"]),
        ("在册船舶1286艘，比上年增加37艘：货船802艘，客船96艘，渔船388艘。", "1286艘", ["802艘", "96艘", "388艘"]),
        ("服务网点由1820个增加到1964个，邮政网点312个、快递网点1103个、供销网点549个。", "1964个",
         ["312个", "1103个", "549个"]),
        ("受理纠纷318件，涉案金额86万元。按类型分，邻里纠纷140件，土地纠纷97件，其他纠纷81件。", "318件",
         ["140件", "97件", "81件"]),
        ("排查隐患527处，整改509处，剩余18处正在整改。", "527处", ["509处", "18处"]),
        ("计划更换水表90万只，完成72万只，其余18万只推迟到明年。", "90万只", ["72万只", "18万只"]),
    ],
)  # fmt: skip
def test_figures_behind_a_total_that_add_up_to_it_are_its_parts(text: str, whole: str, found: list[str]) -> None:
    rows = parts(text)
    assert [part for part, of, _ in rows if of == whole] == found
    assert {link for _, of, link in rows if of} == {PartLink.INFERRED_BY_SUM}


@pytest.mark.parametrize(
    "text",
    [
        "建成学校3所，医院1所，体育馆2所。",  # small numbers add up by chance
        "新建水库12座，维修塘坝7座，加固水闸5座。",
        "全年收入860.5万元，支出812.3万元，结余48.2万元。",  # a balance is no breakdown
        "修路1520公里。植树320公里，绿化1210公里。",  # not exactly
        "修路1520公里。\n植树310公里，绿化1210公里。",  # another paragraph
    ],
)
def test_sums_that_may_be_chance_make_no_parts(text: str) -> None:
    assert all(whole is None for _, whole, _ in parts(text))
