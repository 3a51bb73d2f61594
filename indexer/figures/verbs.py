"""Verbs before a number: the one that the number completes, and whether it wants an object behind the number."""

from __future__ import annotations

from indexer.figures.subject_words import SubjectWords
from indexer.figures.word_kinds import is_noun, is_verb
from indexer.figures.words import tag_words
from indexer.types import Span


def verb_before(text: str, start: int, end: int, lists: SubjectWords) -> Span | None:
    """The verb that the number at `end` completes where no noun stands between (出动245人次, 竣工5户)."""
    for word in reversed(tag_words(text, max(start, end - 12), end)):
        if is_verb(word) and word.text not in lists.reach and len(word.text) > 1:
            return Span(word.start, word.end)
        if is_noun(word) and word.text not in lists.reach | lists.edges:
            return None
    return None


def ends_with_transitive(text: str, start: int, end: int, lists: SubjectWords) -> bool:
    """Whether a verb that wants an object stands right before the number: 建成4100公里高铁."""
    for word in reversed(tag_words(text, max(start, end - 12), end)):
        if word.text in lists.stop and word.text not in {"达", "达到", "超过", "增长", "下降", "增加", "减少", "提高"}:
            return True
        if not word.tag.startswith(("d", "u")) and word.text not in lists.edges:
            return False
    return False
