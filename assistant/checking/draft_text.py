"""The text of a draft: a Word document, plain text or Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from assistant.checking.word_draft import WordDraft
from indexer.errors import ReadError
from indexer.load import LIMIT, load

SUFFIXES = (".docx", ".txt", ".md")
LONGEST = 200_000  # characters of a draft: three times the longest report at hand
MARKS = re.compile(r"^[#*\s>]+|[#*\s]+$")


@dataclass(frozen=True, slots=True)
class DraftText:
    """A draft: its file, its text, its title, and the document where it is one of Word."""

    path: Path
    text: str
    title: str
    word: WordDraft | None = None


def open_draft(path: Path) -> DraftText:
    """The draft in a file. Raises ReadError where it cannot be read, holds no text or is of another type."""
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        kinds = ", ".join(SUFFIXES)
        raise ReadError(
            f"{path.name} 不是 .docx、.txt 或 .md，请另存为 .docx。(A draft is one of {kinds}; save it as .docx.)"
        )
    word = WordDraft.read(_bytes_of(path), path.name) if suffix == ".docx" else None
    text = _plain_text(path) if word is None else word.text
    if not text.strip():
        raise ReadError(f"{path.name} 里没有文字，没有可核对的内容。(The draft holds no text.)")
    if len(text) > LONGEST:
        raise ReadError(
            f"{path.name} 有{len(text) // 10_000}万字，一次最多核对{LONGEST // 10_000}万字，请分成几份再传。"
            f"(The draft has {len(text):,} characters; at most {LONGEST:,} are checked at once: split it.)"
        )
    first = next(line for line in text.splitlines() if line.strip())
    return DraftText(path, text, MARKS.sub("", first), word)


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > LIMIT:
            raise ReadError(f"{path.name} 超过{LIMIT // 1_000_000}MB，请分成几份。(The draft is too large.)")
        return path.read_bytes()
    except OSError as error:
        raise ReadError(f"{path} 读不了（{error.strerror}）。(The draft cannot be read: {error.strerror}.)") from error


def _plain_text(path: Path) -> str:
    """The text of a plain file, "" where it is empty. Raises ReadError where it is not text."""
    if not _bytes_of(path).strip():
        return ""
    try:
        return load(path).text
    except ReadError as error:
        why = str(error).replace(str(path), path.name)
        raise ReadError(f"{path.name} 读不出文字，请另存为 .docx 或 UTF-8 编码的 .txt。({why})") from error
