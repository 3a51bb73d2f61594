"""Sections follow the headings as written, in the order written; their kind is told by words."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_reports import make_report, read_report

from indexer.parse import parse
from indexer.types import Genre, SectionKind

REVIEW, PLAN, TARGETS = SectionKind.REVIEW, SectionKind.PLAN, SectionKind.TARGETS
GUIDELINES, OTHER = SectionKind.GUIDELINES, SectionKind.OTHER


def paths(text: str, *, genre: Genre = Genre.WORK_SUMMARY, year: int | None = 2023) -> list[tuple[str, ...]]:
    return [section.path for section in parse(make_report(text, genre=genre, year=year))]


def kinds(text: str, *, genre: Genre = Genre.WORK_SUMMARY, year: int | None = 2023) -> dict[str, SectionKind]:
    sections = parse(make_report(text, genre=genre, year=year))
    return {section.path[-1] if section.path else "": section.kind for section in sections}


def test_the_usual_hierarchy() -> None:
    text = (
        "某局工作总结\n今年情况如下：\n一、工作总结\n（一）抓项目，惠民生\n1.住房。完成5套。\n（1）加梯。9部。\n①一期。完成。\n"
        "2.道路。完成。\n(二)抓安全\n一是查隐患。查出137个。\n二是关窝点，打非法。5起。\n二、下一步计划\n推进3项。"
    )
    top, first = "一、工作总结", "（一）抓项目，惠民生"
    assert paths(text) == [
        (),
        (top,),
        (top, first),
        (top, first, "1.住房"),
        (top, first, "1.住房", "（1）加梯"),
        (top, first, "1.住房", "（1）加梯", "①一期"),
        (top, first, "2.道路"),
        (top, "(二)抓安全"),
        (top, "(二)抓安全", "一是查隐患"),
        (top, "(二)抓安全", "二是关窝点"),
        ("二、下一步计划",),
    ]


def test_order_decides_where_numbers_are_wrong() -> None:
    text = "一、总结\n（六）甲\n完成1项。\n（六）乙\n完成2项。\n三、计划\n3.丙。做。\n3.丁。做。\n"
    assert [path[-1] for path in paths(text)] == ["一、总结", "（六）甲", "（六）乙", "三、计划", "3.丙", "3.丁"]


def test_run_in_headings_and_items_within_a_paragraph() -> None:
    text = (
        "一、上半年工作总结\n（一）加强支部建设，强化引领。一是开展活动。共5次。二是狠抓规范，讲求实效。共9次。\n"
        "（二）完善设施\n投资5万元。"
    )
    top, first = "一、上半年工作总结", "（一）加强支部建设，强化引领"
    assert paths(text) == [
        (top,),
        (top, first),
        (top, first, "一是开展活动"),
        (top, first, "二是狠抓规范"),
        (top, "（二）完善设施"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "一、二、三产业增加值分别增长3.5%。",
        "1.5万户居民受益。",
        "3．10种有色金属：铜。",
        "其中一是旧管、二是新管，都已完成。",
        "（见附表）完成。",
        "2023年，完成5项。",
    ],
)
def test_what_only_looks_like_a_heading(line: str) -> None:
    assert paths(f"一、工作总结\n{line}\n") == [("一、工作总结",)]


def test_lines_without_a_mark_are_headings_where_text_follows() -> None:
    text = "某省报告\n省长 某某\n各位代表：\n2024年工作回顾\n过去一年，完成5项。\n2025年工作安排建议\n今年要做3项。"
    sections = kinds(text, genre=Genre.WORK_REPORT, year=2025)
    assert sections == {"": OTHER, "2024年工作回顾": REVIEW, "2025年工作安排建议": PLAN}


def test_text_behind_a_list_of_one_line_items_belongs_to_what_is_above() -> None:
    text = (
        "一、回顾\n——经济向好。增长5%。\n——民生改善。新增9所。\n一年来，抓了以下工作：\n一是抓项目。建成5个。\n二是抓创新。新增6家。\n"
        "我们也看到不足。\n二、今年安排\n要做好工作。"
    )
    assert paths(text) == [
        ("一、回顾",),
        ("一、回顾", "——经济向好"),
        ("一、回顾", "——民生改善"),
        ("一、回顾",),
        ("一、回顾", "一是抓项目"),
        ("一、回顾", "二是抓创新"),
        ("一、回顾",),
        ("二、今年安排",),
    ]


def test_a_second_paragraph_in_the_middle_of_a_list_belongs_to_its_item() -> None:
    text = "一、回顾\n（一）甲。1项。\n（二）乙。2项。\n乙的续段。\n（三）丙。3项。\n"
    assert [path[-1] for path in paths(text)] == ["一、回顾", "（一）甲", "（二）乙", "（三）丙"]


def test_a_report_on_one_line_has_its_sections() -> None:
    text = (
        "现将情况报告如下：一、工作总结（一）以项目为抓手，惠及民生一是狠抓竞赛。完成5项。二是推动更新。完成6项。（二）以安全为基础"
        "一是强化监管。查出7项。二、下一步思路1.推进品质提升。以竞赛为抓手。2.加强治理。"
    )
    assert [path[-1] for path in paths(text)[1:]] == [
        "一、工作总结",
        "（一）以项目为抓手，惠及民生",
        "一是狠抓竞赛",
        "二是推动更新",
        "（二）以安全为基础",
        "一是强化监管",
        "二、下一步思路",
        "1.推进品质提升",
        "2.加强治理",
    ]


def test_labels_of_a_summary() -> None:
    text = (
        "一、工作总结\n（一）完善基础设施\n加强燃气行业管理。2022年上半年，供应*万立方米。全部正常运行。改造提升供热管网。供热面积*万平方米。"
        "物业管理工作。已有*家公司。\n（二）行业管理\n建筑业：加强实名制管理。房地产业：落实意见。\n（三）其他\n加强宣传。共5次。\n"
    )
    assert [path[-1] for path in paths(text)] == [
        "一、工作总结",
        "（一）完善基础设施",
        "加强燃气行业管理",
        "改造提升供热管网",
        "物业管理工作",
        "（二）行业管理",
        "建筑业",
        "房地产业",
        "（三）其他",
    ]


@pytest.mark.parametrize(
    ("heading", "genre", "kind"),
    [
        ("一、2023年工作完成情况", Genre.WORK_SUMMARY, REVIEW),
        ("二、存在的主要问题", Genre.WORK_SUMMARY, REVIEW),
        ("三、下一步工作思路", Genre.WORK_SUMMARY, PLAN),
        ("三、2022年下半年工作计划", Genre.WORK_SUMMARY, PLAN),
        ("一、去年工作回顾", Genre.WORK_REPORT, REVIEW),
        ("二、今年主要预期目标", Genre.WORK_REPORT, TARGETS),
        ("二、今年工作的总体要求", Genre.WORK_REPORT, GUIDELINES),
        ("三、今年重点工作", Genre.WORK_REPORT, PLAN),
        ("二、对今年政府工作的建议", Genre.WORK_REPORT, PLAN),
        ("二、关于2023年工作", Genre.WORK_REPORT, PLAN),
        ("一、关于2022年工作", Genre.WORK_REPORT, REVIEW),
        ("一、2023年工作", Genre.WORK_SUMMARY, REVIEW),
        ("名词解释", Genre.WORK_REPORT, OTHER),
        ("注释：", Genre.WORK_REPORT, OTHER),
        ("五、其他", Genre.WORK_REPORT, OTHER),
    ],
)
def test_the_kind_that_a_heading_tells_is_inherited(heading: str, genre: Genre, kind: SectionKind) -> None:
    told = kinds(f"各位代表：\n{heading}\n（一）小节\n正文内容。\n", genre=genre)
    assert told[heading.rstrip("：")] is kind
    assert told["（一）小节"] is kind


def test_chapters_that_no_heading_explains_are_judged_by_their_words() -> None:
    text = (
        "一、牢记嘱托\n过去一年，建成5条线路，完成了改造，新增9所，同比增长5.5%，累计投入3亿元。\n"
        "二、奋勇争先\n今年要继续推进改造，力争建成9条，确保增长5%左右。必须进一步加快。\n"
    )
    assert kinds(text, genre=Genre.WORK_REPORT) == {"一、牢记嘱托": REVIEW, "二、奋勇争先": PLAN}


def test_paragraphs_that_set_targets_stand_apart_in_a_plan() -> None:
    text = "二、2023年工作部署\n今年形势复杂。\n今年发展主要预期目标是：增长5%左右。\n要做好工作。\n"
    sections = parse(make_report(text, genre=Genre.WORK_REPORT))
    assert [(section.kind, text[section.start : section.end]) for section in sections] == [
        (PLAN, "二、2023年工作部署\n今年形势复杂。\n"),
        (TARGETS, "今年发展主要预期目标是：增长5%左右。\n"),
        (PLAN, "要做好工作。\n"),
    ]


def test_a_review_that_recalls_its_targets_is_a_review() -> None:
    text = "一、2022年工作回顾\n主要预期目标是：增长5%，已经完成。\n"
    assert kinds(text, genre=Genre.WORK_REPORT) == {"一、2022年工作回顾": REVIEW}


def test_seed_with_labels(shared: Path) -> None:
    report = read_report(shared / "seeds/004_07b2d86835c8b848.txt")
    sections = parse(report)
    tops = [section.path[0] for section in sections if len(section.path) == 1]
    assert tops == ["一、2022年上半年工作总结", "三、2022年下半年工作计划"]
    labels = [
        section.path[2]
        for section in sections
        if len(section.path) == 3 and section.path[1].startswith("（二）完善") and section.kind is REVIEW
    ]
    assert labels == [
        "统筹东城新区市政道路建设",
        "推进全县重点建设项目",
        "加强燃气行业管理",
        "改造提升供热管网",
        "改造提升供水设施",
        "加强城市排水管理",
        "全力保障城市防汛",
    ]
    assert [section.path[1][:3] for section in sections if len(section.path) == 2 and section.kind is REVIEW] == [
        "（一）",
        "（二）",
        "（三）",
        "（四）",
        "（五）",
        "（六）",
        "（六）",
        "（七）",
    ]
    assert {section.kind for section in sections if section.path[:1] == ("三、2022年下半年工作计划",)} == {PLAN}


def test_seed_with_two_threes(shared: Path) -> None:
    sections = parse(read_report(shared / "seeds/000_07e980acf0e4cf36.txt"))
    plans = [section.path[-1] for section in sections if section.kind is PLAN]
    assert plans[1:] == [
        "1.推进城市品质提升",
        "2.加强水系综合治理",
        "3.加快污水提质增效",
        "3.保护管理历史建筑",
        "4.狠抓安全消防工作",
        "5.优化营商环境",
    ]
    cylinders = next(section for section in sections if section.path[-1:] == ("三是加强燃气安全专项整治",))
    assert cylinders.path[:2] == ("一、工作总结", "（四）以安全生产工作为基础，推动建设行业稳健发展")


def test_provincial_reports_of_2025_review_2024_and_plan_2025(shared: Path) -> None:
    """In each, 2024年工作回顾 is a review, 2025 a plan, and the glossary neither; no chapter is left unexplained."""
    for file in sorted((shared / "archive/provinces-2025").glob("*.txt")):
        sections = parse(read_report(file))
        said = {section.path[0]: section.kind for section in sections if len(section.path) == 1}
        assert REVIEW in said.values(), file.name
        assert PLAN in said.values(), file.name
        for heading, kind in said.items():
            if "回顾" in heading:
                assert kind is REVIEW, (file.name, heading)
            if heading.startswith(("附", "名词", "《")):
                assert kind in (OTHER, PLAN), (file.name, heading)
        glossary = [section for section in sections if "名词" in "".join(section.path)]
        assert all(section.kind is OTHER for section in glossary), file.name


@given(st.text(alphabet="一二三、（）1.是，。：；\n 甲加强管理工作——第附件", max_size=120))
def test_sections_tile_any_text(text: str) -> None:
    sections = parse(make_report(text))
    assert "".join(text[section.start : section.end] for section in sections) == text
    assert all(section.start < section.end for section in sections)
