"""A draft in Word: its text with the place of every character in the document, and comments on stretches of it."""

from __future__ import annotations

import copy
import io
import re
import zipfile
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from assistant.checking.word_asides import asides
from indexer.errors import ReadError

if TYPE_CHECKING:
    from docx.document import Document
    from lxml.etree import _Element as Element
else:
    Document = Element = Any

CELL_SEPARATOR: Final = " | "
AUTHOR: Final = "有据"
INITIALS: Final = "据"
UNPRINTABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DROPPED: Final = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}pPr", f"{_W}rPr", f"{_W}sectPr", _FALLBACK})
_WRITTEN: Final = {f"{_W}tab": " ", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text that stands in one w:t element, from `start`.

    `whole`: the element is the run in the body that a footnote's mark or a text box stands in, and takes the comments.
    """

    start: int
    words: str
    element: Element
    whole: bool = False


@dataclass
class WordDraft:
    """A Word document whose text is read with its places: one paragraph a line, one row of a table a line."""

    document: Document
    name: str
    text: str = ""
    pieces: list[Piece] = field(default_factory=list)

    @classmethod
    def read(cls, content: bytes, name: str) -> WordDraft:
        """The draft in the bytes of a .docx file, deletions left out, insertions kept. Raises ReadError."""
        import docx
        from docx.opc.exceptions import OpcError
        from lxml.etree import LxmlError

        try:
            draft = cls(docx.Document(io.BytesIO(content)), name)
        except (zipfile.BadZipFile, OpcError, LxmlError, KeyError, ValueError, AttributeError, OSError) as error:
            raise ReadError(
                f"{name} 打不开，可能已损坏或设了密码；请用 Word 打开后另存为 .docx。"
                "(It is no Word document that can be opened; save it as .docx anew.)"
            ) from error
        draft.find_text()
        return draft

    @classmethod
    def of_text(cls, text: str, name: str) -> WordDraft:
        """A new document that holds a text, one paragraph a line."""
        import docx

        draft = cls(docx.Document(), name)
        for line in UNPRINTABLE.sub(" ", text).split("\n"):
            draft.document.add_paragraph(line)
        draft.find_text()
        return draft

    def find_text(self) -> None:
        """Read the text of the body anew, then of text boxes and notes, with the place of every stretch."""
        parts: list[str] = []
        self.pieces.clear()
        length = 0
        for words, element in self._lines(self.document.element.body):
            if element is not None and words:
                self.pieces.append(Piece(length, words, element))
            parts.append(words)
            length += len(words)
        for words, anchor in asides(self.document, self._lines):
            self.pieces.append(Piece(length, words, anchor, whole=True))
            parts.append(words)
            length += len(words)
        self.text = "".join(parts)

    def comment(self, start: int, end: int, words: str) -> bool:
        """Put a comment on a stretch of the text as it was read; False where no run of the document holds it.

        Call it from the end of the text to its beginning: the runs behind the stretch are cut.
        """
        from docx.text.run import Run

        first, last = self._at(start), self._at(end - 1)
        if first is None or last is None:
            return False
        if first.whole:
            run = Run(first.element, self.document)
            self.document.add_comment([run], text=words, author=AUTHOR, initials=INITIALS)
            return True
        if _cut(last, end, keep_head=True) is None or (first_run := _cut(first, start, keep_head=False)) is None:
            return False
        last_run = first_run if first is last else last.element.getparent()
        runs = [Run(run, self.document) for run in (first_run, last_run)]
        self.document.add_comment(runs, text=words, author=AUTHOR, initials=INITIALS)
        return True

    def content(self) -> bytes:
        """The document as the bytes of a .docx file."""
        stream = io.BytesIO()
        self.document.save(stream)
        return stream.getvalue()

    def _at(self, position: int) -> Piece | None:
        found = bisect_right(self.pieces, position, key=lambda piece: piece.start) - 1
        piece = self.pieces[found] if found >= 0 else None
        return piece if piece is not None and position < piece.start + len(piece.words) else None

    def _lines(self, container: Element) -> Iterator[tuple[str, Element | None]]:
        for child in container:
            if child.tag == f"{_W}p":
                yield from _pieces(child)
                yield "\n", None
            elif child.tag == f"{_W}tbl":
                yield from self._rows(child)
            elif child.tag not in _DROPPED:
                yield from self._lines(child)

    def _rows(self, container: Element) -> Iterator[tuple[str, Element | None]]:
        for child in container:
            if child.tag == f"{_W}tr":
                if child.find(f"{_W}trPr/{_W}del") is None:
                    yield from self._cells(child)
                    yield "\n", None
            elif child.tag not in _DROPPED:
                yield from self._rows(child)

    def _cells(self, row: Element) -> Iterator[tuple[str, Element | None]]:
        for at, cell in enumerate(row.iter(f"{_W}tc")):
            if at:
                yield CELL_SEPARATOR, None
            for rank, paragraph in enumerate(cell.iter(f"{_W}p")):
                if rank:
                    yield " ", None
                yield from _pieces(paragraph)


def _pieces(element: Element) -> Iterator[tuple[str, Element | None]]:
    for child in element:
        if child.tag == f"{_W}t":
            yield child.text or "", child
        elif child.tag in _WRITTEN:
            yield _WRITTEN[child.tag], None
        elif child.tag not in _DROPPED and not child.tag.endswith("}txbxContent"):
            yield from _pieces(child)


def _cut(piece: Piece, at: int, *, keep_head: bool) -> Element | None:
    """The run that begins (or, with `keep_head`, ends) at a place within the piece; its run is cut in two there."""
    run = piece.element.getparent()
    if run is None or run.tag != f"{_W}r":
        return None
    offset = at - piece.start
    text = piece.element.text or ""
    if keep_head:
        if offset < len(text) or _after(piece.element):
            _split(run, piece.element, offset)
        return run
    if offset == 0 and not _before(piece.element):
        return run
    return _split(run, piece.element, offset)


def _before(element: Element) -> bool:
    before = element.getprevious()
    return before is not None and before.tag != f"{_W}rPr"


def _after(element: Element) -> bool:
    return element.getnext() is not None


def _split(run: Element, element: Element, offset: int) -> Element:
    """Cut a run in two at an offset of one of its texts; gives the second, which looks like the first."""
    second = run.makeelement(run.tag, dict(run.attrib))
    properties = run.find(f"{_W}rPr")
    if properties is not None:
        second.append(copy.deepcopy(properties))
    text = element.text or ""
    rest = element.makeelement(element.tag, {_SPACE: "preserve"})
    rest.text, element.text = text[offset:], text[:offset]
    element.set(_SPACE, "preserve")
    following = list(element.itersiblings())
    second.append(rest)
    for sibling in following:
        second.append(sibling)
    run.addnext(second)
    return second
