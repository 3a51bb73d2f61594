"""Passages are whole sentences of one section and hold everything that is not blank."""

from __future__ import annotations

import pytest
from made_reports import make_report, reports_at_hand

from indexer.chunk import chunk
from indexer.parse import parse
from indexer.types import Passage, Report, Section, SectionKind


def chunk_text(text: str, **limits: int) -> list[str]:
    report = make_report(text)
    section = Section(report.id, 0, (), SectionKind.OTHER, 0, len(text))
    return [passage.text for passage in chunk(report, [section], **limits)]


def test_sentences_are_grouped_to_about_the_target() -> None:
    sentence = "全年完成供水量一千二百万立方。"  # 15 characters
    assert chunk_text(sentence * 20, target=60, limit=100) == [sentence * 4] * 5


def test_a_sentence_is_not_cut_while_it_is_within_the_limit() -> None:
    sentence = "甲" * 150 + "，" + "乙" * 140 + "。"
    assert chunk_text(sentence, target=60, limit=300) == [sentence]


def test_a_longer_sentence_is_cut_after_semicolons_then_after_commas() -> None:
    first, second = "甲" * 50 + "，" + "乙" * 30 + "；", "丙" * 70 + "，" + "丁" * 60 + "。"
    assert chunk_text(first + second, target=60, limit=100) == [first, "丙" * 70 + "，", "丁" * 60 + "。"]


def test_a_clause_without_a_break_stays_whole_however_long() -> None:
    assert chunk_text("长" * 500, target=120, limit=300) == ["长" * 500]


def test_blank_space_is_in_no_passage_and_a_heading_is_in_the_first() -> None:
    text = "　　一、工作总结\n\n  全年完成投资5亿元。\n"
    report = make_report(text)
    passages = chunk(report, parse(report))
    assert [passage.text for passage in passages] == ["一、工作总结\n\n  全年完成投资5亿元。"]


def test_passages_never_cross_sections() -> None:
    report = make_report("一、工作总结\n完成5项。\n二、下一步计划\n推进3项。")
    passages = chunk(report, parse(report))
    assert [(passage.section, passage.text) for passage in passages] == [
        (0, "一、工作总结\n完成5项。"),
        (1, "二、下一步计划\n推进3项。"),
    ]


@pytest.mark.parametrize("report", reports_at_hand(), ids=lambda report: report.path)
def test_over_every_report_at_hand(report: Report) -> None:
    sections = parse(report)
    passages = chunk(report, sections)
    assert "".join(report.text[section.start : section.end] for section in sections) == report.text
    assert [section.ordinal for section in sections] == list(range(len(sections)))
    assert all(section.start < section.end for section in sections)
    assert [passage.ordinal for passage in passages] == list(range(len(passages)))
    _check_passages(report, sections, passages)


def _check_passages(report: Report, sections: tuple[Section, ...], passages: tuple[Passage, ...]) -> None:
    end = 0
    for passage in passages:
        section = sections[passage.section]
        assert section.start <= passage.start < passage.end <= section.end
        assert passage.text == report.text[passage.start : passage.end]
        assert passage.text == passage.text.strip()
        assert not report.text[end : passage.start].strip()
        end = passage.end
    assert not report.text[end:].strip()
