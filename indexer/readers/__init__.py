"""Readers: one per file format, each turning the bytes of a file into text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from indexer.readers.docx import read_docx
from indexer.readers.html import read_html
from indexer.readers.markdown import read_markdown
from indexer.readers.text import read_text

Reader = Callable[[bytes, str], str]  # the content and the file's name for messages; raises ReadError

READERS: Final[Mapping[str, Reader]] = MappingProxyType(
    {
        ".txt": read_text,
        ".md": read_markdown,
        ".docx": read_docx,
        ".html": read_html,
        ".htm": read_html,
    }
)
