"""Markdown: its text, rid of what is certainly markup.

`*` is a masked figure in our reports: a lone `*` is never touched, and `**` only where a pair of them encloses text.
"""

from __future__ import annotations

import re
from typing import Final

from indexer.readers.text import read_text

HEADING: Final = re.compile(r"^ {0,3}#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$", re.MULTILINE)
QUOTE: Final = re.compile(r"^ {0,3}(?:> ?)+", re.MULTILINE)
RULE: Final = re.compile(r"^[ \t]*(?:-[ \t]*){3,}$\n?", re.MULTILINE)  # not ***, which may be masked
TABLE_RULE: Final = re.compile(r"^[ \t]*\|?(?:[ \t]*:?-{2,}:?[ \t]*\|)+(?:[ \t]*:?-{2,}:?)?[ \t]*$\n?", re.MULTILINE)
TABLE_ROW: Final = re.compile(r"^[ \t]*\|[ \t]*(.+?)[ \t]*\|[ \t]*$", re.MULTILINE)
CELL_BORDER: Final = re.compile(r"[ \t]*(?<!\\)\|[ \t]*")
IMAGE: Final = re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)")
LINK: Final = re.compile(r"\[([^\]\n]+)\]\((?:https?://|mailto:|\.{0,2}/|#)[^)\s]*\)")
# 投资**亿元，完成**万元 is masked, not bold: bold begins at a word's edge and ends at one or with a label's full stop.
BOLD: Final = re.compile(r"(?<![\w\\*%％])\*\*(?![\s*])([^*\n]+)(?<![\s\\])\*\*(?:(?<=[。：:！]\*\*)|(?![\w*%％]))")
ESCAPE: Final = re.compile(r"\\([\\*_#.\-+`\[\]()>|])")


def read_markdown(content: bytes, name: str) -> str:
    """The text of the file without heading signs, bold signs, table rules, link targets and escapes.

    Table rows are written as cells joined with ` | `. Raises ReadError where the bytes are not text.
    """
    text = read_text(content, name).replace("\r\n", "\n").replace("\r", "\n")
    text = TABLE_ROW.sub(_row, TABLE_RULE.sub("", text))
    text = RULE.sub("", QUOTE.sub("", HEADING.sub(r"\1", text)))
    text = LINK.sub(r"\1", IMAGE.sub("", text))
    return ESCAPE.sub(r"\1", BOLD.sub(r"\1", text))


def _row(match: re.Match[str]) -> str:
    return CELL_BORDER.sub(" | ", match[1])
