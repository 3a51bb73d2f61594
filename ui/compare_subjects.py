"""The indicators of an archive's ledger as suggestions: found by a few characters, those held over most years first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.types import Language
from indexer.archive import Archive
from indexer.fold import fold
from indexer.ledger_subjects import LedgerSubject
from indexer.recent import Recent
from ui.render import escape
from ui.text import say

SHORTEST, LONGEST = 2, 18  # characters of a subject that is offered
OFFERED, EXAMPLES = 8, 3
EXAMPLE_FROM = 4  # characters of an example
LEAST_SAME = 0.8  # weight of a synonym that stands for the word
ARCHIVES_KEPT = 16
ODD = re.compile(r"[\d*＊()（）“”\"'。；;:：]")
LATIN = re.compile(r"[A-Za-z]")


class KnownSubjects:
    """The subjects of one state of an archive."""

    def __init__(self, archive: Archive) -> None:
        self._lexicon = archive.lexicon
        self._held = [(fold(one.text).lower(), one) for one in archive.subjects() if _is_plain(one.text)]
        self._held.sort(key=lambda entry: (-_reach(entry[1]), -entry[1].figures, len(entry[0]), entry[0]))

    def suggest(self, typed: str) -> list[LedgerSubject]:
        """At most OFFERED subjects that begin with what is typed, hold it, say it otherwise, or hold all its characters."""
        asked = "".join(fold(typed).lower().split())
        if not asked:
            return [one for _, one in self._held[:OFFERED]]
        others = [word for word, weight in self._lexicon.synonyms(asked) if weight >= LEAST_SAME]
        ranked = []
        for place, (text, one) in enumerate(self._held):
            tier = _tier(text, asked, others)
            if tier is not None:
                ranked.append((tier, place, one))
        return [one for _, _, one in sorted(ranked, key=lambda item: item[:2])[:OFFERED]]

    def examples(self) -> list[str]:
        """Indicators that are held over the most years, each another one."""
        found: list[str] = []
        for _, one in self._held:
            text = one.text
            if len(text) < EXAMPLE_FROM or any(_alike(text, other) for other in found):
                continue
            found.append(text)
            if len(found) == EXAMPLES:
                break
        return found


class SubjectShelf:
    """The known subjects of the archives that viewers see, each at its newest state."""

    def __init__(self) -> None:
        self._kept: Recent[tuple[Archive, int], KnownSubjects] = Recent(ARCHIVES_KEPT)

    def of(self, archive: Archive) -> KnownSubjects:
        """The subjects of an archive as it is now."""
        key = (archive, archive.log_number)
        known = self._kept.get(key)
        if known is None:
            known = KnownSubjects(archive)
            self._kept.put(key, known)
        return known


def options_html(found: Sequence[LedgerSubject], typed: str, language: Language) -> str:
    """The suggestions as the options of a list, with how many years and places hold each; `typed` tells what for."""
    items = "".join(_option(number, one, language) for number, one in enumerate(found))
    return f'<ul data-typed="{escape(typed)}">{items}</ul>'


def _option(number: int, one: LedgerSubject, language: Language) -> str:
    counts = [say(language, "compare_counts", years=len(one.years))] if one.years else []
    if len(one.places) > 1:
        counts.append(say(language, "compare_count_places", places=len(one.places)))
    text = escape(one.text)
    return (
        f'<li role="option" id="yj-option-{number}" data-value="{text}"><span>{text}</span>'
        f"<small>{escape(' · '.join(counts))}</small></li>"
    )


def _is_plain(text: str) -> bool:
    """Whether a subject reads as the name of an indicator."""
    return SHORTEST <= len(text) <= LONGEST and ODD.search(text) is None


def _reach(one: LedgerSubject) -> int:
    """Over how many years, and beside them in how many places, a subject is stated."""
    return len(one.years) + len(one.places) - 1


def _tier(text: str, asked: str, others: Iterable[str]) -> int | None:
    """How well a subject fits what is typed, 0 best; None where it does not."""
    if text == asked:
        return 0
    if text.startswith(asked):
        return 1
    if asked in text:
        return 2
    if any(other in text for other in others):
        return 3
    if len(asked) > 1 and not LATIN.search(asked) and _in_order(text, asked):
        return 4
    return None


def _in_order(text: str, asked: str) -> bool:
    """Whether the characters of `asked` stand in the text in this order: 新就业 in 新增就业."""
    rest = iter(text)
    return all(character in rest for character in asked)


def _alike(one: str, other: str) -> bool:
    """Whether half of the characters are the same."""
    shared = set(one) & set(other)
    return 2 * len(shared) >= min(len(set(one)), len(set(other)))
