"""Folding: a copy of a text, of the same length, in which spellings of one thing are equal.

Matching works on the folded copy; quoting works on the stored text. Because every character folds to exactly one
character, an offset in one is the same offset in the other. ①, ⑴, superscripts and Ⅱ are left alone: Unicode NFKC
would make `15个` of `①5个` and `104亩` of `10⁴亩`.
"""

from __future__ import annotations

from importlib.resources import files
from types import MappingProxyType
from typing import Final

FULL_WIDTH: Final = range(0xFF01, 0xFF5F)  # ！ to ～, each 0xFEE0 above its ASCII twin
SPACES: Final = "\u3000\u00a0\u2002\u2003\u2009\u202f"


def _traditional_to_simplified() -> dict[int, int]:
    """Code points by code point, from OpenCC's TSCharacters table; of several readings the first is taken."""
    lines = (files("opencc") / "dictionary" / "TSCharacters.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if "\t" in line)
    return {ord(traditional): ord(readings.split(" ")[0]) for traditional, readings in pairs if len(traditional) == 1}


def _table() -> MappingProxyType[int, int]:
    table = _traditional_to_simplified()
    table.update({code: code - 0xFEE0 for code in FULL_WIDTH})
    table.update({ord(space): ord(" ") for space in SPACES})
    table.update({ord("￥"): ord("¥"), ord("﹪"): ord("%")})
    return MappingProxyType(table)


_TABLE: Final = _table()


def fold(text: str) -> str:
    """The folded copy, character for character: half-width ASCII, plain spaces, simplified characters.

    Its length equals the length of `text`; letter case is kept.
    """
    return text if text.isascii() else text.translate(_TABLE)
