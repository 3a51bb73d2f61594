"""What a clerk should look at in a report: cut off, garbled, repeated, without title or year, named for something else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from indexer.disagreements import Disagreement
from indexer.metadata import disagreements
from indexer.parsed import Provenance
from indexer.types import Report


class Flaw(StrEnum):
    """What may be wrong with a report."""

    NO_TITLE = "no_title"
    NO_YEAR = "no_year"
    NO_PLACE = "no_place"  # neither place nor office: nobody's report
    SHORT = "short"
    NO_FIGURES = "no_figures"
    CUT_OFF = "cut_off"
    GARBLED = "garbled"
    REPEATED = "repeated"
    OTHER_PLACE = "other_place"  # its file name or title names another place than its text
    OTHER_YEAR = "other_year"
    OTHER_OFFICE = "other_office"
    NEAR = "near"  # another report holds most of it


@dataclass(frozen=True, slots=True)
class Warned:
    """A flaw with what shows it: the end, the garbled stretch, what is named (`shown`) where `other` is said."""

    flaw: Flaw
    shown: str = ""
    other: str = ""
    count: int = 0


SHORT: Final = 200  # characters
EXCERPT: Final = 24
LONG_PARAGRAPH: Final = 60  # characters; shorter ones may well stand twice
GARBLED: Final = re.compile(
    r"\ufffd+|(?:锟斤拷|锘|烫烫|屯屯){1,}|[\ue000-\uf8ff]+|(?:[ÃÂ][\u0080-\u00bf]|â€.|Ð.|[\u00c0-\u00ff]{4,})+|[\u0080-\u009f]+"
)
NEIGHBOURS: Final = 6  # lines before the last: where most of them end in no full stop either, they are a list
LONGEST_NAME: Final = 12  # characters of a name below the last sentence
GOING_ON: Final = "，、：:,"
CELLS: Final = " | "  # as tables are read
FEW_GARBLED: Final = 2  # stretches that a report may have by chance: a picture font's bullet
ENDED: Final = re.compile(r"[。！？!?.…；;”’」』》）)\]】*|│-]\s*$")
SIGNED: Final = re.compile(
    r"^[^，,、：:]{0,24}(?:局|委|办|府|院|厅|处|中心|部|会|队|站|所|公司|馆|组|社|校|镇|乡|街道)\s*$"
    r"|^[\d一二三四五六七八九十〇○零]{2,4}\s*年.{0,12}$|^[（(]?(?:完|全文完|附件|附表|附：).*$|^第?\s*[-—]?\s*\d+\s*[-—]?\s*页?$"
)
HEADING: Final = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.、]|第[一二三四五六七八九十]{1,3}部分"
)
FIELDS: Final = {"place": Flaw.OTHER_PLACE, "year": Flaw.OTHER_YEAR, "issuer": Flaw.OTHER_OFFICE}


def flaws_of(report: Report, figures: int, guesses: Mapping[str, Provenance] | None = None) -> tuple[Warned, ...]:
    """What should be looked at in a report of so many figures, the gravest first.

    What a person has set, by the `guesses`, is not doubted.
    """
    text = report.text
    settled = {name for name, guess in (guesses or {}).items() if guess.source in {"edited", "manifest"}}
    found = [
        *(_said_otherwise(one) for one in disagreements(report.path, text) if one.field not in settled),
        _garbled(text),
        _cut_off(text),
        _repeated(text),
        None if report.title else Warned(Flaw.NO_TITLE),
        None if report.year else Warned(Flaw.NO_YEAR),
        None if report.place or report.issuer else Warned(Flaw.NO_PLACE),
        Warned(Flaw.SHORT, count=len(text.strip())) if len(text.strip()) < SHORT else None,
        None if figures else Warned(Flaw.NO_FIGURES),
    ]
    return tuple(one for one in found if one is not None)


def _said_otherwise(one: Disagreement) -> Warned:
    return Warned(FIELDS[one.field], shown=one.named, other=one.followed)


def _garbled(text: str) -> Warned | None:
    found = [match[0] for match in GARBLED.finditer(text)]
    if len(found) <= FEW_GARBLED and sum(map(len, found)) < 4:
        return None
    return Warned(Flaw.GARBLED, shown=found[0][:EXCERPT], count=len(found))


def _cut_off(text: str) -> Warned | None:
    """Where the last line is no whole sentence, no signature, no date, and no row of a table or a list."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    last = lines[-1] if lines else ""
    if len(lines) < 2 or ENDED.search(last) or SIGNED.match(last) or CELLS in last:
        return None
    before = lines[-1 - NEIGHBOURS : -1]
    in_list = 2 * sum(ENDED.search(line) is not None for line in before) < len(before)
    is_name = len(last) <= LONGEST_NAME and last[-1] not in GOING_ON and HEADING.match(last) is None
    return None if in_list or is_name else Warned(Flaw.CUT_OFF, shown=last[-EXCERPT:])


def _repeated(text: str) -> Warned | None:
    seen: set[str] = set()
    twice = []
    for line in (line.strip() for line in text.splitlines()):
        if len(line) >= LONG_PARAGRAPH:
            if line in seen:
                twice.append(line)
            seen.add(line)
    return Warned(Flaw.REPEATED, shown=twice[0][:EXCERPT], count=len(twice)) if twice else None
