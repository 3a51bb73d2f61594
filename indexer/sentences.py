"""Sentences and clauses: where a quotation may begin and end.

Both functions tile their range: the spans follow one another without a gap, so that nothing between them is lost.
"""

from __future__ import annotations

import re
from typing import Final

from indexer.types import Span

LONGEST: Final = 300  # characters; a longer sentence is broken after ；

_PAIRS: Final = ("（）", "()", "“”", "‘’", "「」", "『』", "《》", "〈〉", "【】", "〔〕", "[]")
_CLOSERS: Final = re.escape('”’」』）)】》〉〕]"')
# What stands in brackets or quotes belongs together; a bracket that stays open on its line holds nothing.
_PAIRED: Final = "|".join(rf"{re.escape(o)}[^{re.escape(o + c)}\n]{{0,160}}{re.escape(c)}" for o, c in _PAIRS)
_CONTINUES: Final = r"(?![ \t]*[，、；：,;:的地得等和与及或之])"  # “安全第一！”的口号 goes on
_FULL_STOP: Final = rf"[。！？]+[{_CLOSERS}]*|[!?]+(?![\w/=&.])[{_CLOSERS}]*|(?<=[a-z])\.(?=\s+[A-Z“\"])"
_QUOTED_STOP: Final = r"[。！？!?][”’」』]"

_SENTENCE_END: Final = re.compile(rf"(?P<pair>{_PAIRED})|(?P<stop>{_FULL_STOP})|(?P<line>\n+)")
_SEMICOLON: Final = re.compile(rf"(?:{_PAIRED})|(?P<stop>[；;])")
_CLAUSE_END: Final = re.compile(rf"(?P<pair>{_PAIRED})|(?P<stop>{_FULL_STOP}|[，；;]|,(?!\d))|(?P<line>\n+)")
_ENDS_QUOTED: Final = re.compile(rf"{_QUOTED_STOP}\Z")
_GOES_ON: Final = re.compile(_CONTINUES)


def split_sentences(text: str, start: int = 0, end: int | None = None, *, longest: int = LONGEST) -> list[Span]:
    """The sentences of `text[start:end]`, tiling it; each keeps its closing mark, quotes and the blank space behind it.

    A sentence ends after 。！？ outside of brackets and quotes, after a quotation that ends so, and at every line end.
    One of more than `longest` characters is broken after its ；; one without ； stays whole.
    """
    end = len(text) if end is None else end
    spans: list[Span] = []
    for span in _tile(_SENTENCE_END, text, start, end):
        spans.extend([span] if span.end - span.start <= longest else _break_long(text, span, longest))
    return spans


def split_clauses(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The clauses of `text[start:end]`, tiling it: they end after ，；。！？ and at line ends.

    、 and ： do not end a clause, a comma between digits does not, and brackets and quotes are kept whole.
    """
    return _tile(_CLAUSE_END, text, start, len(text) if end is None else end)


def _tile(pattern: re.Pattern[str], text: str, start: int, end: int) -> list[Span]:
    spans: list[Span] = []
    begin = start
    for match in pattern.finditer(text, start, end):
        if match["pair"] is not None and not _quotation_ends(text, match):
            continue
        stop = _skip_blank(text, match.end(), end)
        if stop > begin and not text[begin:stop].isspace():
            spans.append(Span(begin, stop))
            begin = stop
    if begin < end:
        spans = _close(spans, text, begin, end)
    return spans


def _close(spans: list[Span], text: str, begin: int, end: int) -> list[Span]:
    """The spans with the rest of the range: blank space joins the last span, words make one of their own."""
    if spans and text[begin:end].isspace():
        return [*spans[:-1], Span(spans[-1].start, end)]
    return [*spans, Span(begin, end)]


def _quotation_ends(text: str, match: re.Match[str]) -> bool:
    return _ENDS_QUOTED.search(match[0]) is not None and _GOES_ON.match(text, match.end()) is not None


def _skip_blank(text: str, position: int, end: int) -> int:
    while position < end and text[position].isspace():
        position += 1
    return position


def _break_long(text: str, span: Span, longest: int) -> list[Span]:
    """The span cut after as few ； as keep every part within `longest`, where there are enough of them."""
    cuts = [match.end() for match in _SEMICOLON.finditer(text, span.start, span.end) if match["stop"]]
    parts: list[Span] = []
    begin, last = span.start, span.start
    for cut in [*(cut for cut in cuts if cut < span.end), span.end]:
        if cut - begin > longest and last > begin:
            parts.append(Span(begin, last))
            begin = last
        last = cut
    parts.append(Span(begin, span.end))
    return parts
