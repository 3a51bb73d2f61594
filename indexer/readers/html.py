"""Web pages: the report without the navigation around it, tables row by row."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from indexer.errors import ReadError
from indexer.readers.text import read_text

if TYPE_CHECKING:
    from lxml.html import HtmlElement
else:
    HtmlElement = Any

DECLARED: Final = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
CHINESE: Final = frozenset({"gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936"})  # GB18030 reads them all
LONGEST_CELL: Final = 300  # characters; a longer cell holds the page's layout, not a table's value
MARKED_CHARACTER: Final = re.compile(r"<\?xml[^>]*\?>")


def read_html(content: bytes, name: str) -> str:
    """The main text of the page, or all text of its body where no main text stands out.

    Raises ReadError where the file is not a page or holds no text.
    """
    import trafilatura

    page = _parse(_decode(content, name), name)
    _write_out_tables(page)
    text = trafilatura.extract(page, include_comments=False, include_tables=True, favor_recall=True, deduplicate=False)
    return _with_heading(page, text) if text else _body_text(page)


def _decode(content: bytes, name: str) -> str:
    declared = DECLARED.search(content[:4096])
    if declared:
        encoding = declared[1].decode("ascii").lower()
        try:
            return content.decode("gb18030" if encoding in CHINESE else encoding)
        except (LookupError, UnicodeDecodeError):
            pass  # what a page says of itself is often wrong; its bytes tell
    return read_text(content, name)


def _parse(markup: str, name: str) -> HtmlElement:
    from lxml import html
    from lxml.etree import LxmlError

    try:
        return html.document_fromstring(MARKED_CHARACTER.sub("", markup, count=1))
    except (LxmlError, ValueError) as error:
        raise ReadError(
            f"{name}不是能读的网页，请重新存为 HTML 或文本。"
            f"({name} is not a web page that can be read; save it anew as HTML or as text.)"
        ) from error


def _write_out_tables(page: HtmlElement) -> None:
    """Puts a paragraph in the place of each table: a row a line, cells joined by ` | `."""
    from lxml.html import builder

    for table in [*page.iter("table")]:
        rows = [[" ".join(cell.text_content().split()) for cell in row.iter("td", "th")] for row in table.iter("tr")]
        if table.find(".//table") is not None or any(len(cell) > LONGEST_CELL for row in rows for cell in row):
            continue
        lines = builder.DIV(*(builder.P(" | ".join(row)) for row in rows if any(row)))
        lines.tail = table.tail
        table.getparent().replace(table, lines)


def _with_heading(page: HtmlElement, text: str) -> str:
    """The text below the page's main heading, which counts as navigation where it stands apart from the article."""
    headings = (" ".join(heading.text_content().split()) for heading in page.iter("h1"))
    missing = next((heading for heading in headings if heading and heading not in text), "")
    return f"{missing}\n{text}" if missing else text


def _body_text(page: HtmlElement) -> str:
    for element in [*page.iter("script", "style", "noscript", "template", "head")]:
        element.drop_tree()
    for element in page.iter("p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "section"):
        element.tail = "\n" + (element.tail or "")
    lines = (" ".join(line.split()) for line in page.text_content().splitlines())
    return "\n".join(line for line in lines if line)
