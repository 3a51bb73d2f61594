"""What page and terminal show of an answer: every figure, its source, and nothing that a report could inject."""

from __future__ import annotations

import json
import re
from dataclasses import fields, replace
from decimal import Decimal
from html.parser import HTMLParser
from string import Formatter

import made_answers as made
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.types import Answer, AnsweredFigure, Computed, Intent, Language
from indexer.types import Genre, PartLink, Period, Report, ReportInfo, Role, Section, SectionKind, Span
from ui import view
from ui.ask_copy import copied_text
from ui.ask_kept import answer_again, answer_kept
from ui.ask_scope import Chosen
from ui.marks import cut, marks_of
from ui.render import answer_html, error_html, escape, marked_html, suggestions_html, turn_html
from ui.source import ENOUGH, Cited, context_of, source_html
from ui.terminal import Style, answer_text, plain
from ui.text import TEXTS, say


class _Seen(HTMLParser):
    """What a browser makes of some HTML: its text, its elements, and whether they are closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def of_class(self, name: str) -> list[dict[str, str | None]]:
        return [attrs for _, attrs in self.elements if name in (attrs.get("class") or "").split()]


def info_of(report: Report) -> ReportInfo:
    """What is known of a report without its text."""
    return ReportInfo(**{field.name: getattr(report, field.name) for field in fields(ReportInfo)})


def shown(answer: Answer) -> str:
    """The words of the answer's card, without spaces."""
    return re.sub(r"\s", "", "".join(_Seen(answer_html(answer)).text))


def test_the_figure_its_facts_and_its_parts_are_shown() -> None:
    words = shown(made.gas_cylinders())
    assert words.startswith("449个1没收煤气罐2023年青禾区分项合计相符59个经营门店煤气罐2390个居民家中煤气罐2")


def test_parts_are_called_of_which_only_where_the_source_says_so() -> None:
    assert "其中" in shown(made.gas_cylinders(PartLink.STATED))
    assert "其中" not in shown(made.gas_cylinders(PartLink.INFERRED_BY_SUM))
    assert "分项合计相符" not in shown(made.gas_cylinders(PartLink.STATED))


def test_a_sentence_that_repeats_the_figure_is_left_out_and_any_other_is_kept() -> None:
    answer = made.gas_cylinders()
    assert not view.says_more(answer)
    assert view.says_more(replace(answer, text="经过专项整治，2023年青禾区共没收煤气罐449个，比上年更多。"))
    assert view.says_more(made.gas_cylinders(language=Language.ENGLISH)) is False
    assert view.says_more(made.masked())
    assert view.says_more(made.not_found())


def test_each_citation_can_be_opened_at_its_stretch_with_its_figures_marked() -> None:
    answer = made.gas_cylinders()
    seen = _Seen(answer_html(answer))
    second = answer.citations[1]
    cites = seen.of_class("yj-cite")
    assert [cite["data-span"] for cite in cites] == [f"{one.start}-{one.end}" for one in answer.citations]
    marks = [f"{made.TEXT.index(part)}-{made.TEXT.index(part) + len(part)}" for part in ("59个", "390个")]
    assert cites[1]["data-marks"] == ",".join(marks)
    assert {cite["data-report"] for cite in cites} == {made.REPORT.id}
    assert [chip["data-cite"] for chip in seen.of_class("yj-chip")] == ["1", "2", "2"]
    assert "<mark>59个</mark>，没收居民家中煤气罐<mark>390个</mark>" in answer_html(answer)
    assert second.quote in "".join(seen.text)


def test_a_text_answer_has_a_button_for_each_number_in_brackets() -> None:
    answer = replace(made.gas_cylinders(), figures=(), text="查了用户[1]，没收了气瓶[2]，另见[7]。")
    seen = _Seen(answer_html(answer))
    assert [chip["data-cite"] for chip in seen.of_class("yj-chip")] == ["1", "2"]
    assert "另见[7]。" in "".join(seen.text)
    without = replace(answer, text="查了用户。")
    assert [chip["data-cite"] for chip in _Seen(answer_html(without)).of_class("yj-chip")] == ["1", "2"]


def test_masked_not_found_and_ambiguous_have_their_own_look() -> None:
    assert [attrs["class"] for _, attrs in _Seen(answer_html(made.masked())).elements[:1]] == ["yj-answer yj-masked"]
    assert "原文已脱敏" in shown(made.masked())
    assert _Seen(answer_html(made.masked())).of_class("yj-hidden")
    assert "档案中没有找到档案里没有写到地铁里程。还可以问2023年绿道多少公里？检索了8份报告" in shown(made.not_found())
    ambiguous = _Seen(answer_html(made.ambiguous()))
    assert not ambiguous.of_class("yj-headline")
    assert "有2个地方的报告写到，请指明地区。青禾区449个没收煤气罐2023年1" in shown(made.ambiguous())
    assert {button["data-question"] for button in ambiguous.of_class("yj-pick")} == {"青禾区没收了多少煤气罐？"}
    assert not ambiguous.of_class("yj-ask")  # the rows ask it already


def test_reports_that_disagree_are_shown_side_by_side_and_only_they() -> None:
    other = replace(made.REPORT, id="other", title="青禾区2024年工作总结")
    rival = AnsweredFigure(replace(made.figure("390个", unit="个"), report="other"), other, 2)
    answer = made.gas_cylinders()
    answer = replace(answer, figures=(replace(answer.figures[0], parts=()), rival))
    note = "另一份报告与此不一致：《青禾区2024年工作总结》写的是390个。"
    assert not view.is_conflict(answer)  # nothing says that they are about the same
    disagreeing = replace(answer, notes=(note,))
    seen = _Seen(answer_html(disagreeing))
    assert [attrs["class"] for _, attrs in seen.elements[:1]] == ["yj-answer yj-conflict"]
    assert "两份报告写得不一样449个1青禾区住房和城乡建设局2023年工作总结390个2青禾区2024年工作总结" in shown(
        disagreeing
    )
    assert note not in "".join(seen.text)


def test_several_figures_make_a_table_of_what_differs_with_a_source_in_each_cell() -> None:
    answer = replace(made.gas_cylinders(), text="", notes=(), suggestions=())
    stated = [
        AnsweredFigure(made.figure(written, subject=subject, unit="个", period=Period.of_year(year)), made.REPORT, 1)
        for year, subject, written in (
            (2022, "甲", "449个"),
            (2022, "乙", "59个"),
            (2023, "甲", "390个"),
            (2023, "乙", "59个"),
        )
    ]
    crossed = _Seen(answer_html(replace(answer, figures=tuple(stated))))
    assert re.sub(r"\s", "", "".join(crossed.text)).startswith("时段甲乙2022年449个59个2023年390个59个")
    assert [cell["data-cite"] for cell in crossed.of_class("yj-cell")] == ["1"] * 4
    one_by_one = _Seen(answer_html(replace(answer, figures=(stated[0], stated[2]))))
    assert re.sub(r"\s", "", "".join(one_by_one.text)).startswith("时段数值2022年449个2023年390个")
    assert "<table" not in answer_html(replace(answer, figures=(stated[0],)))


def test_plans_stand_beside_what_was_done_with_the_verdict() -> None:
    answer = made.gas_cylinders()
    plan = AnsweredFigure(made.figure("390个", subject="气瓶", unit="个", role=Role.PLAN), made.REPORT, 2)
    done = AnsweredFigure(made.figure("449个", subject="气瓶", unit="个"), made.REPORT, 1)
    left = AnsweredFigure(made.figure("59个", subject="门店", unit="个", role=Role.PLAN), made.REPORT, 2)
    question = replace(answer.question, intent=Intent.PLAN_VS_DONE)
    told = replace(answer, question=question, figures=(plan, done, left), text="完成了。")
    assert "指标计划完成结果气瓶390个449个超额完成门店59个—" in shown(told)


def test_what_a_question_was_kept_to_is_said_with_a_way_to_ask_all_reports() -> None:
    chosen = Chosen((2023,), ("青禾区住建局",), (Genre.WORK_SUMMARY,))
    seen = _Seen(answer_html(made.gas_cylinders(), chosen))
    assert "只查了：2023年、青禾区住建局、工作总结" in "".join(seen.text)
    assert [button["data-question"] for button in seen.of_class("yj-widen")] == ["一共没收了多少煤气罐？"]
    assert not _Seen(answer_html(made.gas_cylinders())).of_class("yj-widen")


def test_an_answer_is_copied_with_each_of_its_sources() -> None:
    lines = copied_text(made.gas_cylinders()).splitlines()
    assert lines[0].startswith("449个（没收煤气罐，青禾区，2023年）")
    assert lines[-2:] == [
        "[1] 《青禾区住房和城乡建设局2023年工作总结》一、工作回顾 › （一）燃气安全：“全年排查用户1200余户，累计没收煤气罐449个。”",
        "[2] 《青禾区住房和城乡建设局2023年工作总结》一、工作回顾 › （一）燃气安全："
        "“没收经营门店煤气罐59个，没收居民家中煤气罐390个。”",
    ]


@pytest.mark.parametrize("answer", [made.gas_cylinders(), made.masked(), made.not_found(), made.ambiguous()])
def test_an_answer_is_kept_as_json_and_shown_again_as_it_was(answer: Answer) -> None:
    infos = {made.REPORT.id: info_of(made.REPORT)}
    kept = json.loads(json.dumps(answer_kept(answer)))
    again = answer_again(kept, infos)
    assert again is not None
    assert answer_html(again) == answer_html(answer)
    assert "source_hash" not in json.dumps(kept)
    if answer.citations:
        assert answer_again(kept, {}) is None  # the report may not be seen any more
        newer = {made.REPORT.id: replace(info_of(made.REPORT), source_hash="f" * 64)}
        old = answer_again(kept, newer)
        assert old is not None
        assert 'data-version="000000000000"' in answer_html(old)  # its source says that the report has changed
    assert answer_again({"status": "?", "text": 1}, infos) is None


def test_a_follow_up_can_be_edited() -> None:
    answer = made.gas_cylinders()
    follow_up = replace(answer.question, text="那2022年呢？", standalone="2022年没收了多少煤气罐？")
    pencils = _Seen(answer_html(replace(answer, question=follow_up))).of_class("yj-edit")
    assert [pencil["data-question"] for pencil in pencils] == ["2022年没收了多少煤气罐？"]


def test_a_follow_up_says_how_it_was_understood() -> None:
    answer = made.gas_cylinders()
    follow_up = replace(answer.question, text="那2022年呢？", standalone="2022年没收了多少煤气罐？")
    assert "理解为：2022年没收了多少煤气罐？" in shown(replace(answer, question=follow_up))
    assert answer_text(replace(answer, question=follow_up)).startswith("理解为：2022年没收了多少煤气罐？")
    assert "理解为" not in shown(answer) + answer_text(answer)


def test_the_words_of_a_text_answer_are_marked_in_their_quotes() -> None:
    answer = replace(
        made.gas_cylinders(), figures=(), text="全年排查用户1200余户；没收居民家中煤气罐390个；别处没有的话"
    )
    marked = [
        "".join(piece.text for piece in cut(one.quote, one.start, marks_of(answer, one)) if piece.marked)
        for one in answer.citations
    ]
    assert marked == ["全年排查用户1200余户", "没收居民家中煤气罐390个"]


def test_computed_values_say_what_they_come_from() -> None:
    answer = made.ambiguous()
    answer = replace(answer, computed=(Computed("difference", Decimal("-59.0"), "个", (1, 0)),))
    assert "差-59.0个（390个，449个）" in shown(answer)


@pytest.mark.parametrize(
    ("written", "unit", "expected"),
    [
        ("449个", "个", ("", "449", "个")),
        ("1200余户", "户", ("", "1200", "余户")),
        ("60.76％", "％", ("", "60.76", "％")),
        ("*.*亿元", "亿元", ("", "*.*", "亿元")),
        ("449个", "", ("", "449", "个")),
    ],
)
def test_a_number_is_set_apart_from_its_unit(written: str, unit: str, expected: tuple[str, str, str]) -> None:
    stated = AnsweredFigure(made.figure(written, unit=unit), made.REPORT, 9)
    number = view.number_of(made.not_found(), stated)
    assert (number.before, number.digits, number.after) == expected


@pytest.mark.parametrize("written", ["约20000平方米", "8.5—10万亩", "三分之一", "第2位", "168.4 万辆", "10⁴亩"])
def test_nothing_of_a_written_number_but_its_blanks_is_lost_or_changed(written: str) -> None:
    figure = replace(made.figure("449个", unit=written[-1]), written=written)
    number = view.number_of(made.not_found(), AnsweredFigure(figure, made.REPORT, 1))
    assert number.before + number.digits + number.after == written.replace(" ", "")
    assert number.digits


def test_words_before_a_number_that_change_its_sense_are_shown_with_it() -> None:
    answer = made.gas_cylinders()
    quote = answer.citations[0].quote.replace("累计没收煤气罐449个", "没收煤气罐不低于449个")
    start = answer.figures[0].figure.start - quote.index("449个")
    answer = replace(answer, citations=(replace(answer.citations[0], quote=quote, start=start), answer.citations[1]))
    assert shown(answer).startswith("不低于449个")


@pytest.mark.parametrize(("scope", "shown_as"), [(None, "青禾区"), ("全区", "青禾区"), ("城区", "青禾区 城区")])
def test_a_figure_is_shown_with_its_place_and_a_narrower_scope(scope: str | None, shown_as: str) -> None:
    assert view.place_label(AnsweredFigure(made.figure("449个", scope=scope), made.REPORT, 1)) == shown_as


def test_a_plan_is_not_shown_as_a_result() -> None:
    stated = AnsweredFigure(made.figure("449个", role=Role.PLAN, subject="没收煤气罐"), made.REPORT, 1)
    assert view.facts_of(stated, Language.CHINESE) == ("没收煤气罐", "计划", "2023年", "青禾区")


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        (Period.of_year(2023), "2023"),
        (Period.of_years(2018, 2022), "2018–2022"),
        (Period.of_months(2022, 1, 6), "Jan 2022 – Jun 2022"),
        (Period.of_months(2022, 5, 5), "May 2022"),
        (None, "period not stated"),
    ],
)
def test_periods_are_written_for_english_readers_too(period: Period | None, expected: str) -> None:
    assert view.period_label(period, Language.ENGLISH) == expected


def test_years_searched_are_given_as_runs() -> None:
    assert view.years_label((2024, 2019, 2020, 2021)) == "2019—2021、2024"
    assert view.years_label(()) == ""


HOSTILE = '</p><script>alert(1)</script><img src=x onerror="alert(2)">${alert(3)}{{value}}`\'&lt;'


def test_whatever_a_report_or_a_question_says_is_shown_as_text() -> None:
    report = replace(made.REPORT, title=HOSTILE, id=HOSTILE, path=HOSTILE, place=HOSTILE, text=HOSTILE + made.TEXT)
    answer = made.gas_cylinders()
    figure = replace(answer.figures[0].figure, subject_text=HOSTILE, written=HOSTILE)
    citation = replace(answer.citations[0], report=report, section=(HOSTILE,), quote=HOSTILE)
    hostile = replace(
        answer,
        text=HOSTILE,
        figures=(AnsweredFigure(figure, report, 1, (AnsweredFigure(figure, report, 1),)),),
        citations=(citation,),
        notes=(HOSTILE,),
        suggestions=(HOSTILE,),
    )
    section = Section(HOSTILE, 0, (HOSTILE,), SectionKind.OTHER, 0, len(report.text))
    cited = Cited(report, (section,), Span(0, len(HOSTILE)), (), Language.CHINESE)
    for html in (turn_html(HOSTILE, answer_html(hostile)), source_html(cited), error_html(HOSTILE)):
        seen = _Seen(html)
        assert {tag for tag, _ in seen.elements}.isdisjoint({"script", "img"})
        assert not any(name.startswith("on") for _, attrs in seen.elements for name in attrs)
        assert not set("${}`") & set(html)
        assert HOSTILE in "".join(seen.text)


@given(st.text(max_size=60))
def test_escaping_shows_exactly_the_text(text: str) -> None:
    seen = _Seen(f'<p title="{escape(text)}">{escape(text)}</p>')
    assert "".join(seen.text) == text
    assert seen.elements == [("p", {"title": text})]


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6))
def test_marking_keeps_the_text_whole(text: str, pairs: list[tuple[int, int]]) -> None:
    marks = [Span(10 + start, 10 + end) for start, end in pairs]
    assert "".join(piece.text for piece in cut(text, 10, marks)) == text
    assert "".join(_Seen(marked_html(text, 10, marks)).text) == text


def test_the_source_shows_the_section_with_the_sentence_and_its_figures_marked() -> None:
    quote = "累计没收煤气罐449个。"
    start = made.TEXT.index(quote)
    mark = Span(made.TEXT.index("449个"), made.TEXT.index("449个") + 4)
    cited = Cited(made.REPORT, made.SECTIONS, Span(start, start + len(quote)), (mark, Span(0, 3)), Language.CHINESE)
    html = source_html(cited)
    assert '<span class="yj-cited" title="引用的句子">累计没收煤气罐<mark>449个</mark>。</span>' in html
    assert html.count("<mark>") == 1
    assert '<p class="yj-heading">（一）燃气安全</p>' in html
    assert 'href="/original/qinghe-2023"' in html
    assert "没收经营门店煤气罐59个" in html  # its neighbours are there
    assert "一、工作回顾 › （一）燃气安全" in html


def test_a_short_section_is_shown_with_its_neighbours_under_the_same_heading() -> None:
    sections = (
        Section("r", 0, ("甲", "1"), SectionKind.OTHER, 0, 50),
        Section("r", 1, ("乙", "1"), SectionKind.OTHER, 50, 100),
        Section("r", 2, ("乙", "2"), SectionKind.OTHER, 100, 130),
        Section("r", 3, ("丙",), SectionKind.OTHER, 130, 130 + 2 * ENOUGH),
    )
    assert context_of(sections, sections[1], Span(60, 70)) == Span(50, 130)
    assert context_of(sections, sections[3], Span(140, 150)) == Span(130, 130 + 2 * ENOUGH)
    assert context_of(sections, None, Span(60, 70)) == Span(60, 70)
    assert context_of(sections, sections[0], Span(45, 120)) == Span(0, 120)


def test_the_terminal_shows_figure_parts_citations_and_what_was_searched() -> None:
    lines = answer_text(made.gas_cylinders()).splitlines()
    assert lines[0] == "  449 个  [1]"
    assert lines[1] == "  没收煤气罐 · 2023年 · 青禾区"
    assert lines[2] == "  分项合计相符"
    assert lines[3] == "    59 个  经营门店煤气罐  [2]"
    assert "  [1] 青禾区住房和城乡建设局2023年工作总结 › 一、工作回顾 › （一）燃气安全" in lines
    assert "      “全年排查用户1200余户，累计没收煤气罐449个。”" in lines
    assert lines[-1] == "检索了 8 份报告 · 年份 2021—2024 · 地区 青禾区 · 用时 12 毫秒"


def test_the_terminal_marks_the_number_only_in_colour() -> None:
    coloured = answer_text(made.gas_cylinders(), style=Style(colour=True))
    assert "累计没收煤气罐\x1b[1;34m449个\x1b[0m。" in coloured
    assert "\x1b" not in answer_text(made.gas_cylinders())


def test_a_report_cannot_steer_the_terminal() -> None:
    answer = replace(made.not_found(), text="档案\x1b]0;owned\x07没有\r\n这个", notes=("\x1b[2Jx",))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", answer_text(answer))
    assert plain("a\u202eb\tc") == "a b c"


def test_english_questions_get_english_labels() -> None:
    answer = made.gas_cylinders(language=Language.ENGLISH)
    assert "parts that add up" in answer_text(answer)
    assert 'lang="en"' in answer_html(answer)


def test_no_suggestions_leave_no_heading() -> None:
    assert suggestions_html((), "还可以问") == ""


def test_both_languages_have_the_same_texts_with_the_same_placeholders() -> None:
    chinese, english = TEXTS[Language.CHINESE], TEXTS[Language.ENGLISH]
    assert chinese.keys() == english.keys()
    for key in chinese:
        names = [{name for _, name, _, _ in Formatter().parse(texts[key]) if name} for texts in (chinese, english)]
        assert names[0] == names[1], key
    assert say(Language.ENGLISH, "searched", reports=3) == "3 reports searched"
    with pytest.raises(KeyError):
        say(Language.CHINESE, "searched")
