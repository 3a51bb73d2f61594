"""Checking drafts: verdicts over the sample corpus and the real reports, the copy in Word, the command."""

from __future__ import annotations

import io
import json
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest

from assistant.checking.draft_text import LONGEST, DraftText, open_draft
from assistant.checking.word_draft import WordDraft
from assistant.compare import Request, compare
from assistant.draft import write_draft
from assistant.types import Language
from assistant.verify import Verification, verification_json, verify
from benchmarks.drafts import drafts_of, outcomes
from indexer.archive import Archive
from indexer.build import index_paths
from indexer.errors import ReadError
from ui.checked import commented
from ui.cli import main

TODAY = date(2025, 3, 1)


@pytest.fixture(scope="module")
def samples(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """An archive of the sample corpus."""
    with Archive.open(tmp_path_factory.mktemp("samples") / "archive", create=True) as archive:
        index_paths(archive, [corpus])
        yield archive


def checked(archive: Archive, text: str) -> Verification:
    return verify(archive, DraftText(Path("稿.txt"), text, text.partition("\n")[0]), today=TODAY)


def verdicts(archive: Archive, text: str) -> list[tuple[str, str, str | None]]:
    return [(n.judged.claim.written, n.verdict.value, n.right) for n in checked(archive, text).numbers]


def test_a_true_number_agrees_with_its_sentence(samples: Archive) -> None:
    verification = checked(samples, "澜江区2023年燃气安全情况\n\n2023年查扣违规气瓶449个。")
    (number,) = verification_json(verification)["numbers"]
    assert (number["written"], number["value"], number["unit"]) == ("449个", "449", "个")
    assert (number["verdict"], number["right"]) == ("agrees", "449个")
    assert number["report"] == "澜江区城乡建设局2023年工作总结.txt"
    report = samples.report(number["report_id"])
    assert number["quote"] == report.text[number["start"] : number["end"]]
    assert "449个" in number["quote"]
    assert not verification.contradicts


def test_twice_the_draft_takes_about_twice_the_time(samples: Archive) -> None:
    line = "2021年，澜江区新建道路12公里，云岭县新建道路9公里。\n"
    took = []
    for lines in (100, 800):
        started = time.process_time()
        assert len(checked(samples, line * lines).numbers) == 2 * lines
        took.append(time.process_time() - started)
    assert took[1] < 8 * took[0] * 2


def test_a_wrong_number_contradicts_and_the_right_one_is_told(samples: Archive) -> None:
    told = verdicts(samples, "澜江区2023年燃气安全情况\n\n2023年查扣违规气瓶494个。")
    assert told == [("494个", "contradicts", "449个")]


def test_what_no_report_states_is_not_held(samples: Archive) -> None:
    told = verdicts(samples, "澜江区2023年工作情况\n\n2023年新建幼儿园12所，种植水稻3500亩。")
    assert [verdict for _, verdict, _ in told] == ["not_held", "not_held"]


def test_a_difference_and_a_sum_are_computed_anew(samples: Archive) -> None:
    text = "澜江区两年更换燃气软管情况\n\n2023年更换燃气软管1.26万户，2024年更换燃气软管1.53万户，增加{}万户。"
    right, wrong = checked(samples, text.format("0.27")), checked(samples, text.format("0.72"))
    assert [one.verdict.value for one in right.numbers] == ["agrees"] * 3
    assert [one.verdict.value for one in wrong.numbers][:2] == ["agrees"] * 2
    assert wrong.numbers[2].verdict.value != "agrees"
    summed = checked(samples, text.format("0.27") + "两年共更换2.79万户。").numbers[-1]
    assert (summed.verdict.value, summed.computed) == ("agrees", "1.26万户 + 1.53万户")


@pytest.mark.parametrize(
    ("said", "verdict", "right"),
    [
        ("2021年建筑业总产值42.3亿元，2022年44.5亿元，增加2.2亿元。", "agrees", "2.2亿元"),
        ("2021年建筑业总产值42.3亿元，2022年44.5亿元，增加3.2亿元。", "contradicts", "2.2亿元"),
        ("2021年建筑业总产值42.3亿元，2022年44.5亿元，减少2.2亿元。", "contradicts", "2.2亿元"),  # it rose
        ("2022年建筑业总产值44.5亿元，比2021年的42.3亿元增加2.3亿元。", "contradicts", "2.2亿元"),
        ("2022年建筑业总产值44.5亿元，比上年的42.3亿元增加2.2亿元。", "agrees", "2.2亿元"),
        ("2021年建筑业总产值42.3亿元，2022年44.5亿元，两年相差2.6亿元。", "contradicts", "2.2亿元"),
        (
            "2021年建筑业总产值42.3亿元，2022年44.5亿元，其中装配式建筑增加3.6亿元。",
            "not_held",
            None,
        ),  # of another thing
    ],
)
def test_a_computed_number_is_held_against_its_two_figures(
    samples: Archive, said: str, verdict: str, right: str | None
) -> None:
    told = verdicts(samples, f"云岭县建筑业情况\n\n{said}")
    assert [one[1] for one in told[:2]] == ["agrees", "agrees"]
    assert told[2][1:] == (verdict, right)


def test_years_dates_and_list_numbers_are_not_listed(samples: Archive) -> None:
    assert verdicts(samples, "2023年工作情况\n\n1.2023年12月5日，第三次会议召开。\n2.十四五时期继续推进。") == []


def test_a_masked_figure_is_said_to_be_masked(samples: Archive) -> None:
    told = verdicts(samples, "澜江区2023年情况\n\n2023年建筑业总产值210.5亿元。")
    assert told == [("210.5亿元", "masked", "*.*亿元")]


def test_a_table_is_read_row_by_row(samples: Archive) -> None:
    text = "澜江区两年对比\n\n指标 | 单位 | 2023年 | 2024年\n累计开放内河 | 条 | 53 | 65\n更换燃气软管 | 万户 | 1.26 | 1.53\n"
    told = verdicts(samples, text)
    assert [written for written, _, _ in told] == ["53", "65", "1.26", "1.53"]
    assert [verdict for _, verdict, _ in told] == ["agrees", "contradicts", "agrees", "agrees"]
    assert told[1][2] == "56条"


def test_the_copy_in_word_carries_a_comment_on_each_number(samples: Archive) -> None:
    document = docx.Document()
    document.add_paragraph("澜江区2023年燃气安全情况")
    paragraph = document.add_paragraph("2023年查扣违规")
    paragraph.add_run("气瓶4").bold = True
    paragraph.add_run("94个，居民更换燃气软管1.26万户。")
    stream = io.BytesIO()
    document.save(stream)
    word = WordDraft.read(stream.getvalue(), "稿.docx")
    draft = DraftText(Path("稿.docx"), word.text, word.text.partition("\n")[0], word)
    content, unplaced = commented(verify(samples, draft, today=TODAY), Language.CHINESE)
    copy = docx.Document(io.BytesIO(content))
    assert [one.text for one in copy.paragraphs] == [one.text for one in document.paragraphs]
    assert unplaced == 0
    comments = list(copy.comments)
    assert [one.author for one in comments] == ["有据", "有据"]
    texts = sorted(one.text for one in comments)
    assert any("不符" in text and "449个" in text for text in texts)
    assert any("相符" in text and "1.26万户" in text for text in texts)
    assert _marked(copy) == ["494个", "1.26万户"]


TEXT_BOX = (
    '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml">'
    "<w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>澜江区2023年查扣违规气瓶494个。</w:t></w:r></w:p>"
    "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)


def test_numbers_in_text_boxes_and_footnotes_are_checked(samples: Archive, tmp_path: Path) -> None:
    request = Request("建筑业总产值", places=("云岭县",))
    write_draft(compare(samples, request), tmp_path / "表.docx", samples)  # with real footnotes
    document = docx.Document(str(tmp_path / "表.docx"))
    document.add_paragraph("燃气安全情况见框。")._p.append(docx.oxml.parse_xml(TEXT_BOX))
    document.save(str(tmp_path / "稿.docx"))
    draft = open_draft(tmp_path / "稿.docx")
    body, _, beside = draft.text.partition("澜江区2023年查扣违规气瓶494个。")
    assert "同比增长6.8%" in beside  # the quote in a footnote
    assert "同比增长6.8%" not in body
    verification = verify(samples, draft, today=TODAY)
    (wrong,) = (one for one in verification.numbers if one.verdict.value == "contradicts")
    assert (wrong.judged.claim.written, wrong.right) == ("494个", "449个")
    content, unplaced = commented(verification, Language.CHINESE)
    assert unplaced == 0
    copy = docx.Document(io.BytesIO(content))
    assert len(list(copy.comments)) == len(verification.numbers)
    (marked,) = (one for one in copy.element.body.iter(f"{W}commentReference") if _of(copy, one) == "不符")
    assert next(marked.getparent().itersiblings(preceding=True)).tag == f"{W}commentRangeEnd"


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _of(document: docx.document.Document, reference: Any) -> str:
    """The verdict that a comment begins with."""
    comment = next(one for one in document.comments if str(one.comment_id) == reference.get(f"{W}id"))
    return comment.text[1:3]


def _marked(document: docx.document.Document) -> list[str]:
    """The words that the comments stand on, in reading order."""
    found: dict[str, str] = {}
    open_now: set[str] = set()
    for element in document.element.body.iter():
        tag = element.tag.rsplit("}", 1)[-1]
        if tag == "commentRangeStart":
            open_now.add(element.values()[0])
            found[element.values()[0]] = ""
        elif tag == "commentRangeEnd":
            open_now.discard(element.values()[0])
        elif tag == "t":
            for key in open_now:
                found[key] += element.text or ""
    return list(found.values())


def test_a_text_draft_becomes_a_document_with_comments(samples: Archive) -> None:
    content, unplaced = commented(checked(samples, "澜江区情况\n\n2023年查扣违规气瓶494个。"), Language.ENGLISH)
    assert unplaced == 0
    assert "the archive says 449个" in next(iter(docx.Document(io.BytesIO(content)).comments)).text


def test_a_draft_of_twenty_pages_is_checked_in_ten_seconds(samples: Archive) -> None:
    lines = [
        line
        for report in samples.reports()
        if report.id.startswith("lanjiang")
        for line in samples.report(report.id).text.split("\n")
        if len(line) > 60
    ]
    text = "\n".join(["澜江区四年工作情况", *lines, *lines])
    started = time.perf_counter()
    verification = checked(samples, text)
    assert len(verification.numbers) >= 500
    assert len(text) >= 12_000
    assert time.perf_counter() - started < 10


def test_drafts_with_planted_errors_over_real_reports(shared: Path, tmp_path: Path) -> None:
    names = [*(f"{year}年国务院政府工作报告.txt" for year in range(2014, 2020)), "2021年国务院政府工作报告.txt"]
    with Archive.open(tmp_path / "archive", create=True) as archive:
        index_paths(archive, [next((shared / "archive").rglob(name)) for name in names])
        found = {
            draft["draft"]: [(one.truth["verdict"], one.verdict) for one in outcomes(archive, draft)]
            for draft in drafts_of("working")
            if draft["draft"] in {"d05_penggai.txt", "d23_2014wancheng.txt"}
        }
    assert [len(verdicts) for verdicts in found.values()] == [9, 10]
    assert all(true == said for verdicts in found.values() for true, said in verdicts)


@pytest.mark.parametrize(("words", "status"), [("449个", 0), ("494个", 3)])
def test_the_command_ends_with_3_where_something_contradicts(
    samples: Archive, tmp_path: Path, capsys: pytest.CaptureFixture[str], words: str, status: int
) -> None:
    draft, copy = tmp_path / "稿.md", tmp_path / "核.docx"
    draft.write_text(f"# 澜江区燃气安全\n\n2023年查扣违规气瓶{words}。\n", encoding="utf-8")
    place = ["--archive", str(samples.folder)]
    assert main(["verify", str(draft), "--json", *place]) == status
    assert json.loads(capsys.readouterr().out)["numbers"][0]["written"] == words
    assert main(["verify", str(draft), "--out", str(copy), *place]) == status
    assert copy.exists()
    assert words in capsys.readouterr().out


def test_bad_use_is_2_and_a_draft_that_cannot_be_read_is_1(
    samples: Archive, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = ["--archive", str(samples.folder)]
    draft = tmp_path / "稿.docx"
    docx.Document().save(str(draft))
    assert main(["verify", str(draft), "--out", str(tmp_path / "x.pdf"), *place]) == 2
    assert main(["verify", str(draft), "--out", str(draft), *place]) == 2
    assert main(["verify", str(tmp_path / "没有.docx"), *place]) == 1
    (tmp_path / "坏.docx").write_bytes(b"not a zip")
    assert main(["verify", str(tmp_path / "坏.docx"), *place]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 4
    with pytest.raises(ReadError, match=r"\.docx, \.txt, \.md"):
        open_draft(tmp_path / "表.xlsx")
    (tmp_path / "长.txt").write_text("2023年新建道路12公里。\n" * (LONGEST // 10), encoding="utf-8")
    with pytest.raises(ReadError, match=r"长\.txt 有30万字，一次最多核对20万字"):
        open_draft(tmp_path / "长.txt")
