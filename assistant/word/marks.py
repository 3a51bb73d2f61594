"""The XML of Word: names of its parts, text that XML can hold, paragraphs and runs."""

from __future__ import annotations

import re
from typing import Final
from xml.sax.saxutils import escape, quoteattr

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES: Final = f'xmlns:w="{W}" xmlns:r="{R}"'
DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def text_of(text: str) -> str:
    """The text escaped, without what XML cannot hold; breaks and tabs become blanks."""
    return escape(_FORBIDDEN.sub("", re.sub(r"[\r\n\t]+", " ", text)))


def attribute(text: str) -> str:
    """The text as a quoted attribute."""
    return quoteattr(_FORBIDDEN.sub("", text))


def run(text: str, properties: str = "") -> str:
    """A run of text with run properties (the inside of w:rPr)."""
    formatted = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{formatted}<w:t xml:space="preserve">{text_of(text)}</w:t></w:r>' if text else ""


def paragraph(style: str, runs: str, properties: str = "") -> str:
    """A paragraph of a style, with what stands in w:pPr behind the style."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{runs}</w:p>'
