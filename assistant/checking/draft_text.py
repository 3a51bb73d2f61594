"""The text of a draft: a Word document, plain text or Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from assistant.checking.word_draft import WordDraft
from indexer.errors import ReadError
from indexer.load import load

SUFFIXES = (".docx", ".txt", ".md")
MARKS = re.compile(r"^[#*\s>]+|[#*\s]+$")


@dataclass(frozen=True, slots=True)
class DraftText:
    """A draft: its file, its text, its title, and the document where it is one of Word."""

    path: Path
    text: str
    title: str
    word: WordDraft | None = None


def open_draft(path: Path) -> DraftText:
    """The draft in a file. Raises ReadError where it cannot be read or is of another type."""
    if path.suffix.lower() not in SUFFIXES:
        kind = path.suffix or "without a type in its name"
        raise ReadError(f"{path} is a file {kind}; a draft is one of {', '.join(SUFFIXES)}; save it as .docx.")
    loaded = load(path)
    word = WordDraft.read(loaded.original, str(path)) if path.suffix.lower() == ".docx" else None
    text = loaded.text if word is None else word.text
    first = next((line for line in text.splitlines() if line.strip()), "")
    return DraftText(path, text, MARKS.sub("", first), word)
