"""Plain text: from bytes in any of the encodings that reports come in to a string."""

from __future__ import annotations

import codecs
from typing import Final

from indexer.errors import ReadError

# UTF-32 first: its little-endian mark begins with that of UTF-16.
MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
TEXT_CONTROLS: Final = frozenset("\t\n\r\f\v\x85")
SAMPLE: Final = 100_000  # bytes or characters that are enough to tell what a file is


def read_text(content: bytes, name: str) -> str:
    """The text of the file, decoded as UTF-8, UTF-16, GB18030 or what its bytes look like most.

    Raises ReadError where the bytes are not text.
    """
    text = _decode(content)
    if text is None or _looks_binary(text):
        raise ReadError(
            f"{name}里不是文字（像是二进制文件），请另存为文本再试。"
            f"({name} does not hold text (it looks like a binary file); save it as text and try again.)"
        )
    return text


def _decode(content: bytes) -> str | None:
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return _strictly(content[len(mark) :], encoding)
    if b"\0" in content[:SAMPLE]:
        return _as_unmarked_utf16(content)
    text = _strictly(content, "utf-8")
    if text is None:
        text = _strictly(content, "gb18030")
    if text is None or not _looks_chinese(text):
        return _most_likely(content) or text
    return text


def _strictly(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _as_unmarked_utf16(content: bytes) -> str | None:
    """The content as UTF-16 of the byte order that makes Chinese or plain ASCII of it."""
    for encoding in ("utf-16-le", "utf-16-be"):
        text = _strictly(content, encoding)
        if text is not None and _looks_chinese(text):
            return text
    return None


def _most_likely(content: bytes) -> str | None:
    """What charset-normalizer takes the bytes for; it has no opinion on short texts."""
    from charset_normalizer import from_bytes

    best = from_bytes(content).best()
    return None if best is None else str(best)


def _looks_chinese(text: str) -> bool:
    """Whether nearly all of the text is common Chinese, its punctuation or ASCII: a wrong decoding makes neither."""
    sample = text[:SAMPLE]
    usual = sum(_is_usual(character) for character in sample)
    return usual >= 0.9 * len(sample)


def _is_usual(character: str) -> bool:
    code = ord(character)
    return (
        0x20 <= code < 0x7F
        or 0x4E00 <= code < 0xA000
        or 0x3000 <= code < 0x3040
        or code > 0xFF00
        or (character in TEXT_CONTROLS or 0x2000 <= code < 0x2700 or 0xA0 <= code < 0x100)
    )


def _looks_binary(text: str) -> bool:
    sample = text[:SAMPLE]
    controls = sum(character < " " and character not in TEXT_CONTROLS for character in sample)
    return controls > 0.02 * len(sample) or "\0" in sample
