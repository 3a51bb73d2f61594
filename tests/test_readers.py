"""Each format gives its text: tables row by row, insertions kept, markup dropped, masked figures untouched."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import ReadError
from indexer.readers import READERS
from indexer.readers.docx import read_docx
from indexer.readers.html import read_html
from indexer.readers.layout import tidy
from indexer.readers.markdown import read_markdown
from indexer.readers.text import read_text

REPORT = "一、工作总结\n累计查扣燃气行业各类违规气瓶449个，①5个，10⁴亩，投资*.*亿元，占60.76％。\n" * 3


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gbk"]
)
def test_text_in_every_encoding_it_comes_in(encoding: str) -> None:
    text = REPORT.replace("⁴", "4") if encoding == "gbk" else REPORT
    assert read_text(text.encode(encoding), "a.txt") == text


@pytest.mark.parametrize("content", ["449个", "县", "查扣气瓶", "a", "1,2"])
def test_short_texts_are_read_too(content: str) -> None:
    for encoding in ("utf-8", "gb18030", "utf-16"):
        assert read_text(content.encode(encoding), "a.txt") == content


@pytest.mark.parametrize(
    "content", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" * 9, bytes(range(32)) * 40, b"PK\3\4\24\0\0\0\10\0" * 20]
)
def test_a_binary_file_is_refused_by_name(content: bytes) -> None:
    with pytest.raises(ReadError, match=r"scan\.txt does not hold text"):
        read_text(content, "scan.txt")


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("# 一、工作总结 #\n### （一）抓手", "一、工作总结\n（一）抓手"),
        ("**一是抓项目。**投资*万元，完成率*%。", "一是抓项目。投资*万元，完成率*%。"),
        ("- **住房保障**：*户", "- 住房保障：*户"),
        ("投资**亿元，完成**万元，**户。", "投资**亿元，完成**万元，**户。"),
        ("（**亿元，**万元）", "（**亿元，**万元）"),
        ("*月*日，“*+*”体系", "*月*日，“*+*”体系"),
        ("查扣\\*个，约1\\.5万", "查扣*个，约1.5万"),
        ("| 项目 | 数量 |\n|---|:--:|\n| 气瓶 | *个 |", "项目 | 数量\n气瓶 | *个"),
        ("上段\n\n---\n\n***\n\n> 引文", "上段\n\n\n***\n\n引文"),
        ("见[通知](https://example.org/a)和[1]。", "见通知和[1]。"),
    ],
)
def test_markdown_loses_only_what_is_certainly_markup(written: str, text: str) -> None:
    assert read_markdown(written.encode(), "a.md") == text


@given(st.text(alphabet="*资亿元完成，。个 1", max_size=30))
def test_markdown_never_loses_a_lone_star(text: str) -> None:
    if "**" not in text:
        assert read_markdown(text.encode(), "a.md") == text


def make_docx() -> bytes:
    document = docx.Document()
    document.add_paragraph("某县2023年工作总结")
    document.add_paragraph("一、工作总结").add_run("（续）")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip([*table.rows[0].cells, *table.rows[1].cells], ["项目", "数量", "气瓶", "449个"], strict=True):
        cell.text = text
    body = document.element.body
    body.insert(
        len(body) - 1,
        parse_xml(
            f"<w:p {nsdecls('w')}><w:r><w:t>共</w:t></w:r>"
            "<w:ins w:id='1' w:author='a'><w:r><w:t>检查31</w:t></w:r></w:ins>"
            "<w:del w:id='2' w:author='a'><w:r><w:delText>检查30</w:delText></w:r></w:del>"
            "<w:moveFrom w:id='3' w:author='a'><w:r><w:t>搬走</w:t></w:r></w:moveFrom>"
            "<w:r><w:t>次</w:t><w:br/><w:t>另起</w:t></w:r></w:p>"
        ),
    )
    body.insert(
        len(body) - 1,
        parse_xml(
            f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>控件内*.*亿元</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        ),
    )
    document.sections[0].header.paragraphs[0].text = "页眉"
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def test_docx_gives_the_body_in_order_with_tables_insertions_and_controls() -> None:
    assert read_docx(make_docx(), "a.docx").split("\n") == [
        "某县2023年工作总结",
        "一、工作总结（续）",
        "项目 | 数量",
        "气瓶 | 449个",
        "共检查31次",
        "另起",
        "控件内*.*亿元",
    ]


@pytest.mark.parametrize("content", [b"not a zip", make_docx()[:-200], b"PK\5\6" + bytes(18)])
def test_a_broken_docx_is_refused_by_name(content: bytes) -> None:
    with pytest.raises(ReadError, match=r"a\.docx is not a Word document"):
        read_docx(content, "a.docx")


def test_an_old_or_locked_word_file_says_how_to_save_it() -> None:
    with pytest.raises(ReadError, match="without a password"):
        read_docx(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "a.docx")


PAGE = """<html><head><meta charset="{charset}"><title>网站</title></head><body>
<div class="nav"><a href="/">首页</a><a href="/n">新闻</a></div><div class="article">
<h1>某县住建局2023年工作总结</h1><p>一、工作总结</p>
<p>累计查扣燃气行业各类违规气瓶449个，出动245人次对餐饮场所及全区19家液化气供应站点开展燃气安全执法检查，投资*.*亿元。</p>
<table><tr><th>项目</th><th>数量</th></tr><tr><td>气瓶</td><td>449个</td></tr></table>
<p>（二）狠抓安全生产。督促燃气经营企业落实主体责任，关停2家违规经营的供应站点，发现整改隐患137个，①5个。</p>
</div><div class="footer">版权所有</div></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "no-such-charset"])
def test_html_gives_the_article_with_its_table_rows(charset: str) -> None:
    encoding = "gb18030" if charset == "gb2312" else "utf-8"
    lines = read_html(PAGE.format(charset=charset).encode(encoding), "a.html").split("\n")
    for line in ("某县住建局2023年工作总结", "一、工作总结", "项目 | 数量", "气瓶 | 449个"):
        assert line in lines
    assert "投资*.*亿元" in "".join(lines)
    assert "①5个" in "".join(lines)


def test_html_without_an_article_gives_the_text_of_its_body() -> None:
    assert read_html("<html><body><script>x</script>气瓶<br>*个</body></html>".encode(), "a.html") == "气瓶\n*个"


def test_an_html_file_without_markup_is_refused() -> None:
    with pytest.raises(ReadError, match=r"a\.html"):
        read_html(b"  ", "a.html")


def wrap(paragraph: str, width: int, indent: str = "") -> str:
    text = indent + paragraph
    return "\n".join(text[i : i + width] for i in range(0, len(text), width))


PARAGRAPHS = (
    "2023年，我局累计查扣燃气行业各类违规气瓶449个，出动245人次对餐饮场所及全区19家液化气供应站点开展燃气安全执法检查，发现整改隐患137个",
    "进一步规范燃气市场经营秩序，督促燃气经营企业落实主体责任，关停2家违规经营的供应站点，查扣供应站超量存放气瓶59个，打击查处黑气窝点5起",
)


@pytest.mark.parametrize("width", [23, 30, 40])
@pytest.mark.parametrize("indent", ["", "　　"])
def test_sentences_that_a_wrap_broke_are_made_whole(width: int, indent: str) -> None:
    text = "一、工作总结\n" + "\n".join(wrap(paragraph, width, indent) + "。" for paragraph in PARAGRAPHS)
    expected = ["一、工作总结", *(f"{indent}{paragraph}。" for paragraph in PARAGRAPHS)]
    assert tidy(text.replace("\n", "\r\n")).split("\n") == expected


def test_headings_and_list_lines_are_never_joined() -> None:
    lines = [
        "一、关于城乡建设重点项目推进情况",
        "二、关于老旧小区改造工作推进情况",
        "（一）全面推进城市更新行动计划",
        "1.持续推进老旧小区改造项目",
    ]
    assert tidy("\n".join(lines)) == "\n".join(lines)


def test_unwrapped_paragraphs_stay_as_they_are() -> None:
    text = "\n".join(["短行", *(f"{paragraph}{end}" for paragraph in PARAGRAPHS for end in "。：；")])
    assert tidy(text) == text


def test_page_numbers_and_running_headers_go_and_the_sentence_across_the_page_is_whole() -> None:
    text = (
        "某区工作总结\n\n累计查扣燃气行业各类违规气瓶449个，出动\n\n- 1 -\n\n"
        "某区工作总结\n245人次开展执法检查。\n各位代表：\n"
        "第 2 页 共 10 页\n某区工作总结\n全年完成投资5亿元。\n各位代表：\n\f某区工作总结\n结束。\n3\n"
    )
    assert tidy(text).split("\n") == [
        "某区工作总结",
        "",
        "累计查扣燃气行业各类违规气瓶449个，出动245人次开展执法检查。",
        "各位代表：",
        "全年完成投资5亿元。",
        "各位代表：",
        "结束。",
        "3",
        "",
    ]


def test_a_lone_number_is_a_page_number_only_in_a_count() -> None:
    assert tidy("甲。\n1\n乙。\n2\n丙。\n3\n丁。") == "甲。\n乙。\n丙。\n丁。"
    assert tidy("合计\n449\n390\n59") == "合计\n449\n390\n59"


@given(st.text(alphabet="甲，。\n1 *-（一）、\r\f", max_size=60))
def test_tidying_loses_no_words(text: str) -> None:
    assert set(tidy(text)) >= {character for character in text if character in "甲，。*"} - set("*")


def test_every_reader_says_which_file_is_at_fault(tmp_path: Path) -> None:
    for suffix, reader in READERS.items():
        if suffix not in (".htm", ".html"):
            with pytest.raises(ReadError, match="some name"):
                reader(b"\0\1\2\3" * 50, "some name")
