"""What a Word document says beside its body: text boxes, footnotes and endnotes, each with the run it hangs on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from docx.document import Document
    from lxml.etree import _Element as Element
else:
    Document = Element = Any

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_GONE: Final = frozenset({f"{_W}del", f"{_W}moveFrom", _FALLBACK})
NOTES: Final = {"/footnotes": "footnoteReference", "/endnotes": "endnoteReference"}  # ends of relations, their marks
Lines = Callable[[Element], Iterator[tuple[str, Element | None]]]


def asides(document: Document, lines: Lines) -> Iterator[tuple[str, Element]]:
    """The lines of text boxes, then of notes, each with the run of the body that a comment on it is put on."""
    body = document.element.body
    for box in body.iter(f"{_W}txbxContent"):
        anchor = next(box.iterancestors(f"{_W}r"), None)
        if anchor is not None and not _is_gone(box):
            yield from _lines_of(box, anchor, lines)
    for ending, mark in NOTES.items():
        anchors = {one.get(f"{_W}id"): one.getparent() for one in body.iter(f"{_W}{mark}") if not _is_gone(one)}
        for note in _notes(document, ending):
            anchor = anchors.get(note.get(f"{_W}id"))
            if anchor is not None:
                yield from _lines_of(note, anchor, lines)


def _lines_of(container: Element, anchor: Element, lines: Lines) -> Iterator[tuple[str, Element]]:
    text = "".join(words for words, _ in lines(container)).strip("\n")
    if text.strip():
        yield f"{text}\n", anchor


def _notes(document: Document, ending: str) -> Iterator[Element]:
    """The notes of a kind; the marks that only separate them are of no id that the body names."""
    from lxml.etree import XMLParser, fromstring

    parser = XMLParser(resolve_entities=False, no_network=True)
    for relation in document.part.rels.values():
        if relation.reltype.endswith(ending) and not relation.is_external:
            yield from fromstring(relation.target_part.blob, parser)


def _is_gone(element: Element) -> bool:
    """Whether the element is deleted in a tracked change, or only stands in for what older programs cannot show."""
    return any(one.tag in _GONE for one in element.iterancestors())
