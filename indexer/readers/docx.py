"""Word documents: the text of the body in document order, tables row by row, insertions kept and deletions dropped."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from indexer.errors import ReadError

if TYPE_CHECKING:
    from lxml.etree import _Element as Element
else:
    Element = Any

CELL_SEPARATOR: Final = " | "
LARGEST: Final = 400_000_000  # bytes of the unpacked document; more is a bomb or no report
OLE: Final = b"\xd0\xcf\x11\xe0"  # an old .doc, or a .docx under a password
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DROPPED: Final = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}pPr", f"{_W}rPr", f"{_W}sectPr", _FALLBACK})
_WRITTEN: Final = {
    f"{_W}tab": " ",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "-",
}


def read_docx(content: bytes, name: str) -> str:
    """The text of the body: one paragraph a line, one table row a line with its cells joined by ` | `.

    Text in content controls, text boxes and tracked insertions is kept; deletions, headers and footers are dropped;
    numbers that Word adds by itself are not in the text. Raises ReadError where the file is not a Word document.
    """
    return "\n".join(_lines(_open_body(content, name)))


def _open_body(content: bytes, name: str) -> Element:
    if content.startswith(OLE):
        raise ReadError(
            f"{name}是旧版或加了密码的 Word 文件，请另存为不带密码的 .docx。"
            f"({name} is an old or a password-protected Word file; save it as .docx without a password.)"
        )
    broken = ReadError(
        f"{name}不是能打开的 Word 文件，请在 Word 或 WPS 里打开后重新存为 .docx。"
        f"({name} is not a Word document that can be opened; open it in Word and save it as .docx anew.)"
    )
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            if sum(part.file_size for part in package.infolist()) > LARGEST:
                most = LARGEST // 1_000_000
                raise ReadError(
                    f"{name}解开后超过{most}MB，请分成几份。({name} unpacks to more than {most} MB; split it.)"
                )
        body: Element = docx.Document(io.BytesIO(content)).element.body
    except (zipfile.BadZipFile, OpcError, LxmlError, KeyError, ValueError, AttributeError, OSError) as error:
        raise broken from error
    if body is None:
        raise broken
    return body


def _lines(container: Element) -> Iterator[str]:
    """The lines of what holds paragraphs and tables: the body, a cell, a content control."""
    for child in container:
        if child.tag == f"{_W}p":
            yield _paragraph_text(child)
        elif child.tag == f"{_W}tbl":
            yield from _rows(child)
        elif child.tag not in _DROPPED:
            yield from _lines(child)


def _rows(container: Element) -> Iterator[str]:
    for child in container:
        if child.tag == f"{_W}tr":
            if child.find(f"{_W}trPr/{_W}del") is None:
                yield CELL_SEPARATOR.join(_cells(child))
        elif child.tag not in _DROPPED:
            yield from _rows(child)


def _cells(container: Element) -> Iterator[str]:
    for child in container:
        if child.tag == f"{_W}tc":
            yield " ".join(" ".join(_lines(child)).split())
        elif child.tag not in _DROPPED:
            yield from _cells(child)


def _paragraph_text(paragraph: Element) -> str:
    return "".join(_pieces(paragraph)).strip("\n")


def _pieces(element: Element) -> Iterator[str]:
    for child in element:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _WRITTEN:
            yield _WRITTEN[child.tag]
        elif child.tag == f"{_W}txbxContent":
            yield "\n" + "\n".join(_lines(child)) + "\n"
        elif child.tag not in _DROPPED:
            yield from _pieces(child)
