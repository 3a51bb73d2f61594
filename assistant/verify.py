"""Checking a draft (核稿): every number of it beside what the archive says, with its source."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant.checking.claims import ClaimReader
from assistant.checking.computed import fits, recompute, right_words
from assistant.checking.corrected import corrected_verdict
from assistant.checking.draft_text import DraftText
from assistant.checking.english_claims import EnglishClaimReader, is_english
from assistant.checking.likeness import Words
from assistant.checking.matching import Match, Matcher
from assistant.checking.neighbours import beside
from assistant.checking.other_units import unit_mistaken
from assistant.checking.over_years import from_levels
from assistant.checking.values import Fit, with_unit
from assistant.checking.verdicts import Judged, Verdict, judge
from assistant.checking.wheres import Wheres
from assistant.cite import Citations
from assistant.types import Citation
from indexer.archive import Archive
from indexer.figures import Grammar
from indexer.figures.measures import DOWN_WORDS, UP_WORDS
from indexer.types import Measure


@dataclass(frozen=True, slots=True)
class Checked:
    """A number of a draft with its verdict, what the archive says instead or likewise, and where."""

    judged: Judged
    right: str | None  # the archive's number with its unit; None where it holds none
    citation: Citation | None
    computed: str = ""  # how it was computed from figures of the archive, where it was

    @property
    def verdict(self) -> Verdict:
        """What the archive says of it."""
        return self.judged.verdict


@dataclass(frozen=True, slots=True)
class Verification:
    """The numbers of a draft in reading order, each checked."""

    draft: DraftText
    numbers: tuple[Checked, ...]

    def count(self, verdict: Verdict) -> int:
        """How many numbers have a verdict."""
        return sum(number.verdict is verdict for number in self.numbers)

    @property
    def contradicts(self) -> bool:
        """Whether any number contradicts the archive."""
        return self.count(Verdict.CONTRADICTS) > 0


def verify(
    archive: Archive,
    draft: DraftText,
    *,
    today: date | None = None,
    step: Callable[[int, int], None] = lambda done, total: None,
    reading: Callable[[int, int], None] = lambda done, total: None,
) -> Verification:
    """Every number of a draft, checked against the ledger of the archive; 去年 and 今年 count from `today`.

    `reading` is told how many of how many characters are read, then `step` how many of how many numbers are checked.
    """
    lexicon, segmenter = archive.lexicon, archive.segmenter
    wheres = Wheres.of(archive.reports(), lexicon, segmenter)
    grammar = Grammar.load()
    reader: ClaimReader | EnglishClaimReader = ClaimReader(grammar, lexicon, segmenter, wheres, today or date.today())
    if is_english(draft.text):
        reader = EnglishClaimReader(grammar.units, lexicon, wheres)
    matcher = Matcher(archive, Words(lexicon, segmenter))
    judged: list[Judged] = []
    numbers: list[Checked] = []
    claims = reader.read(draft.text, draft.title, step=reading)
    for at, claim in enumerate(claims, 1):
        one = judge(claim, matcher.matches(claim))
        recomputed = _recomputed(archive, one, judged, draft.text, matcher)
        if recomputed is None and one.verdict is Verdict.NOT_HELD:
            one = unit_mistaken(claim, matcher) or beside(claim, judged, archive) or one
        numbers.append(recomputed or _checked(archive, one))
        judged.append(one)
        step(at, len(claims))
    return Verification(draft, tuple(numbers))


def _recomputed(
    archive: Archive, judged: Judged, earlier: Sequence[Judged], text: str, matcher: Matcher
) -> Checked | None:
    """A number that no report states, computed from figures that the archive holds, rightly or wrongly; else None.

    A change that a report states otherwise (at constant prices, or of numbers not rounded) is right where it is that of
    the two amounts beside it.
    """
    stated = judged.verdict is Verdict.CONTRADICTS
    found = recompute(judged, earlier, text) if stated or judged.verdict is Verdict.NOT_HELD else None
    if judged.verdict is Verdict.NOT_HELD and (found is None or not (found.sure or fits(judged, found.value))):
        found = from_levels(judged, matcher, text) or found
    if found is None or (citation := _citation(archive, found.match)) is None:
        return None
    if stated and not found.of_both:
        return None
    right = right_words(judged, found)
    if fits(judged, found.value) and not found.turned:
        agreed = Judged(judged.claim, Verdict.AGREES, found.match)
        return Checked(agreed, with_unit(judged.claim.figure), citation, computed=found.how)
    if not found.sure or stated:
        return None
    return Checked(Judged(judged.claim, Verdict.CONTRADICTS, found.match), right, citation, computed=found.how)


def _checked(archive: Archive, judged: Judged) -> Checked:
    if judged.match is None:
        return Checked(judged, None, None)
    citation = _citation(archive, judged.match)
    if citation is None:  # a number without its sentence is not stated
        return Checked(Judged(judged.claim, Verdict.NOT_HELD), None, None)
    if (corrected := corrected_verdict(archive, judged)) is not None:
        told = with_unit(judged.match.figure)
        right = f"{corrected.correction.value}（已更正，报告原文为{told}）"
        return Checked(Judged(judged.claim, corrected.verdict, judged.match), right, citation)
    return Checked(judged, _right(judged.match), citation)


def _citation(archive: Archive, match: Match) -> Citation | None:
    """The sentence that states the figure; None where it does not hold it as the ledger says."""
    figure, report = match.figure, archive.report(match.report.id)
    if report.text[figure.start : figure.end] != figure.written:
        return None
    section = next(one for one in archive.sections(report.id) if one.start <= figure.start < one.end)
    citations = Citations()
    citations.add(report, match.report, section, figure.sentence, figure.clause)
    (citation,) = citations.all()
    return citation if citation.start <= figure.start and figure.end <= citation.end else None


def _right(match: Match) -> str:
    """The archive's number in digits, with its unit."""
    figure = match.figure
    written = f"{_moved(match)}{with_unit(figure)}"
    in_digits = any(char.isdigit() for char in written) and "分之" not in written
    if figure.masked or figure.low != figure.high or in_digits:
        return written
    return f"{figure.low}{figure.unit}"


def _moved(match: Match) -> str:
    """That the archive's number is a rise or a fall, where the draft has the same number and says otherwise; else ""."""
    figure = match.figure
    if match.fit is not Fit.SAME or figure.measure not in {Measure.GROWTH, Measure.CHANGE}:
        return ""
    falls = any(word in DOWN_WORDS for word in figure.qualifiers)
    if match.claim.figure.measure is figure.measure and match.claim.falls == falls:
        return ""
    return next((word for word in figure.qualifiers if word in UP_WORDS | DOWN_WORDS), "")


def verification_json(verification: Verification) -> dict[str, Any]:
    """The verification as the JSON of the outside contract: numbers in reading order, tables row by row."""
    return {"numbers": [_number_json(number) for number in verification.numbers]}


def _number_json(number: Checked) -> dict[str, Any]:
    figure, citation = number.judged.claim.figure, number.citation
    value = figure.value
    return {
        "written": figure.written + with_unit(figure)[len(figure.written) :],
        "value": None if value is None else format(value, "f"),
        "unit": figure.unit,
        "verdict": number.verdict.value,
        "right": number.right,
        "report": citation.report.file_name if citation else None,
        "quote": citation.quote if citation else None,
        "report_id": citation.report.id if citation else None,
        "section": " › ".join(citation.section) if citation else None,
        "start": citation.start if citation else None,
        "end": citation.end if citation else None,
        "computed": number.computed or None,
    }
