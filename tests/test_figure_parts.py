"""Parts of a whole: said so, bracketed, or adding up exactly."""

from __future__ import annotations

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
