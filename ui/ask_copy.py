"""An answer as plain text to be pasted into a document: what is stated, then the sentences it stands in."""

from __future__ import annotations

import re

from assistant.types import Answer
from ui import view
from ui.text import say

_MARKER = re.compile(r"\[\d{1,3}\]")


def copied_text(answer: Answer) -> str:
    """The answer in one line, its notes, then each source in a line: 《title》section：“quote”."""
    language = view.language_of(answer)
    several = len(answer.citations) > 1
    said = answer.text if several else _MARKER.sub("", answer.text)
    sources = [
        (f"[{one.number}] " if several else "")
        + say(
            language,
            "copy_source",
            title=view.title_of(one.report, language),
            section=view.heading_of(one.section, language),
            quote=" ".join(one.quote.split()),
        )
        for one in answer.citations
    ]
    return "\n".join(" ".join(line.split()) for line in (said, *answer.notes, *sources) if line.strip())
