"""The sources of a draft's numbers: the shortest quote that holds one, and the check that it stands in the report."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from assistant.drafting.model import Run, Source
from assistant.grounding import REFERENCE, STARTS, numbers_in, ungrounded
from assistant.types import Citation
from indexer.figures.numbers import read_number
from indexer.figures.units import UnitTable
from indexer.fold import fold
from indexer.types import Report

LONGEST_QUOTE = 48  # characters: a footnote of two lines
ENOUGH = 16  # characters of the clause that holds the number; to a shorter one its neighbours are added
CLAUSE_ENDS = "，。；！？、\n"
TIMES = re.compile(  # what names a time or a place in the text, and counts nothing
    r"^\d{1,2}\. |\d{4}\s*(?:年)?\s*[—–\-~至到]\s*\d{4}(?:年|\b)|\d{4}年(?:\d{1,2}(?:[—\-]\d{1,2})?月)?(?:\d{1,2}日)?|[表图注]\s?\d+"
    r"|(?:Table|Figure|Note|note)\s\d+|\b(?:19|20)\d{2}\b"
)
HEDGES_BEHIND = ("以上", "以下", "以内", "左右", "多", "余")
NUMERAL = re.compile(r"[一二两三四五六七八九十百千万亿]")
DIGIT = re.compile(r"[0-9０-９]")


@dataclass(frozen=True, slots=True)
class Spot:
    """A number in a text with the unit behind it."""

    start: int
    end: int
    text: str


class Sources:
    """Finds and checks the sources of numbers, against the reports as the archive holds them."""

    def __init__(self, report_of: Callable[[str], Report]) -> None:
        self._report_of = report_of
        self._units = UnitTable.load()
        self._texts: dict[str, str] = {}
        self.left_out = 0  # numbers that were refused

    def cited(self, text: str, citation: Citation | None, *, unit: str = "", shown: str | None = None) -> Run | None:
        """The run of a figure as its report writes it, with its quote; None, and counted, where the check fails.

        `text` is what the source writes, `shown` what the draft writes in its place, `unit` that of the column.
        """
        if citation is not None and self.is_verbatim(citation):
            quote = quote_of(citation.quote, text) or quote_of(citation.quote, text, by_value=True)
            if quote is not None and not ungrounded(with_unit(shown, unit) if shown else text, [quote]):
                return Run(shown or text, (Source(citation, quote),), unit=unit)
        self.left_out += 1
        return None

    def is_verbatim(self, citation: Citation) -> bool:
        """Whether the quote is the slice of its report."""
        name = citation.report.id
        if name not in self._texts:
            self._texts[name] = self._report_of(name).text
        return self._texts[name][citation.start : citation.end] == citation.quote

    def spots(self, text: str) -> list[Spot]:
        """The numbers of a text with their units, in order; times and the numbers of citations are none."""
        folded = _blanked(fold(text))
        found: list[Spot] = []
        at = 0
        while (match := STARTS.search(folded, at)) is not None:
            number = read_number(folded, match.start(), len(folded))
            if number is None:
                at = match.end()
                continue
            end = self._end_of_unit(folded, number.end)
            found.append(Spot(number.start, end, text[number.start : end]))
            at = max(end, match.end())
        return found

    def cited_text(
        self, text: str, citations: Sequence[Citation], calculations: Mapping[Decimal, Run] | None = None
    ) -> list[Run] | None:
        """A text as runs, each number with the citation that holds it; None, and counted, where one has none.

        A number that no citation holds may be a key of `calculations`: its run gives the sources and the reckoning.
        Numerals in words (三个方面) that no citation holds are words.
        """
        verbatim = [citation for citation in citations if self.is_verbatim(citation)]
        runs: list[Run] = []
        at = 0
        for spot in self.spots(text):
            run = self._run_of(spot, verbatim, calculations or {})
            if not DIGIT.search(spot.text) and len(NUMERAL.findall(spot.text)) < 2:
                continue  # 一户一档, 三个方面
            if run is None and DIGIT.search(spot.text):
                self.left_out += 1
                return None
            if run is not None:
                runs += [Run(text[at : spot.start]), run]
                at = spot.end
        return [run for run in (*runs, Run(text[at:])) if run.text]

    def _run_of(self, spot: Spot, citations: Sequence[Citation], calculations: Mapping[Decimal, Run]) -> Run | None:
        for by_value in (False, True):
            for citation in citations:
                quote = quote_of(citation.quote, spot.text, by_value=by_value)
                if quote is not None:
                    return Run(spot.text, (Source(citation, quote),))
        computed = [
            run for value in numbers_in(spot.text) for key, run in calculations.items() if abs(key) == abs(value)
        ]
        return replace(computed[0], text=spot.text) if computed else None

    def _end_of_unit(self, folded: str, at: int) -> int:
        unit = self._units.find(folded, at, len(folded))
        multiplier = re.match(r"[余多]?(?:万亿|万|亿)?", folded[at:])
        after = at + (multiplier.end() if multiplier else 0)
        inner = self._units.find(folded, after, len(folded))
        ends = [one for one in ((at, unit), (after, inner)) if one[1] is not None]
        end = max((start + len(found.written) for start, found in ends if found is not None), default=after)
        return end + next((len(hedge) for hedge in HEDGES_BEHIND if folded.startswith(hedge, end)), 0)


def with_unit(text: str, unit: str) -> str:
    """The text with the unit of its column behind each number: 900以上 is 900万人以上."""
    return re.sub(r"\d[\d,.]*", lambda match: f"{match.group()}{unit}", text)


def numbers_left(text: str) -> list[str]:
    """The digits in a text that name no time: what may not be written without a source."""
    return DIGIT.findall(_blanked(fold(text)))


def quote_of(sentence: str, written: str, *, by_value: bool = False) -> str | None:
    """The slice of the sentence around what is written, whole clauses as far as they fit; None where it holds no such.

    With `by_value` the number alone counts, in whatever form: 1.2万亿元 holds 12000亿元.
    """
    spot = _place_of(sentence, written, by_value=by_value)
    if spot is None:
        return None
    if len(sentence) <= LONGEST_QUOTE:
        return sentence.strip()
    start, end = _clause(sentence, *spot)
    while end - start < ENOUGH:
        wider = _wider(sentence, start, end)
        if wider is None or wider[1] - wider[0] > LONGEST_QUOTE:
            break
        start, end = wider
    return sentence[start:end].strip(CLAUSE_ENDS + " \u3000")


def _place_of(sentence: str, written: str, *, by_value: bool) -> tuple[int, int] | None:
    if not by_value:
        for match in re.finditer(re.escape(written), sentence):
            before, after = sentence[: match.start()][-1:], sentence[match.end() :][:1]
            cut = (written[0].isdigit() and (before.isdigit() or before in {".", "．"})) or (
                written[-1].isdigit() and after.isdigit()
            )
            if not cut:
                return match.start(), match.end()
        return None
    values = numbers_in(written)
    if not values or ungrounded(written, [sentence]):
        return None
    start, end = 0, len(sentence)
    for piece_start, piece_end in _clauses(sentence):
        if not ungrounded(written, [sentence[piece_start:piece_end]]):
            return piece_start, piece_end
    return start, end


def _clauses(sentence: str) -> list[tuple[int, int]]:
    cuts = [0, *(match.end() for match in re.finditer(f"[{CLAUSE_ENDS}]", sentence)), len(sentence)]
    return [(start, end) for start, end in pairwise(cuts) if end > start]


def _clause(sentence: str, start: int, end: int) -> tuple[int, int]:
    touched = [(first, last) for first, last in _clauses(sentence) if first < end and start < last]
    return touched[0][0], touched[-1][1]


def _wider(sentence: str, start: int, end: int) -> tuple[int, int] | None:
    """One more clause before, else one after; None where the whole sentence is taken."""
    clauses = _clauses(sentence)
    before = [first for first, last in clauses if last <= start]
    after = [last for first, last in clauses if first >= end]
    if before:
        return before[-1], end
    return (start, after[0]) if after else None


def _blanked(text: str) -> str:
    """The text with what names times blanked out, so that places in it stay."""
    blank = lambda match: " " * len(match.group())  # noqa: E731
    return TIMES.sub(blank, REFERENCE.sub(blank, text))
