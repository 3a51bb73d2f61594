"""What a draft claims: each of its numbers with what it counts, when, where and in which role, in its own words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import takewhile

from assistant.checking.blocks import TABLE_MARK, Block, blocks_of
from assistant.checking.carried import as_before, as_row, carried, falls_here, like_subjects
from assistant.checking.claim_words import (
    ANSWERED,
    ASIDE,
    BEHIND,
    CAPTION,
    EMPTY,
    HELD,
    NUMBER_ALONE,
    NUMBERED,
    OF_TARGET,
    PLAN_WORDS,
    QUOTES,
    TRENDS,
    WHOSE,
)
from assistant.checking.said import AHEAD, as_compared, role_said
from assistant.checking.whens import When, Whens
from assistant.checking.wheres import Where, Wheres
from indexer.figures import Grammar, extract_figures
from indexer.fold import fold
from indexer.lexicon.terms import Lexicon
from indexer.segment import Segmenter
from indexer.types import (
    Figure,
    Genre,
    Level,
    Passage,
    Period,
    Report,
    Role,
    Section,
    Visibility,
)

PARAGRAPH = 300  # characters before a number that may still tell what it counts
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年)")
LONGEST_OWN = 16  # characters before a number that may be a subject as they are


@dataclass(frozen=True, slots=True)
class Claim:
    """A number of a draft with what it says of what; `figure` has offsets of the draft's text."""

    figure: Figure
    subjects: tuple[str, ...]  # what may be counted, without place and time, the likeliest first; none where not said
    own: str  # the words about this number alone
    near: tuple[str, ...]  # what else may tell what is counted: its sentence, the headings, the title
    context: tuple[str, ...]  # and further off: the paragraph up to it, the subjects of earlier numbers
    when: When
    where: Where
    role: Role
    said_role: bool  # whether the draft says that it is a plan, or that it was reached
    clear: bool  # whether the words at the number leave no doubt what is counted
    falls: bool | None  # whether it went down; None where it is no change

    @property
    def subject(self) -> str:
        """What is counted, as far as the draft says it at the number."""
        return self.subjects[0] if self.subjects else ""

    @property
    def written(self) -> str:
        """The number as the draft writes it, with its unit."""
        return self.figure.written


@dataclass(frozen=True, slots=True)
class _Draft:
    """A draft while it is read."""

    title: str
    whens: Whens
    wheres: Wheres


@dataclass(frozen=True, slots=True)
class _Place:
    """A number in its block; offsets are the block's own."""

    draft: _Draft
    block: Block
    folded: str
    figures: Sequence[Figure]
    at: int

    @property
    def figure(self) -> Figure:
        """The number."""
        return self.figures[self.at]

    @property
    def in_table(self) -> bool:
        """Whether it stands in a row of a table."""
        return TABLE_MARK in self.block.text[self.figure.sentence.start : self.figure.sentence.end]

    @property
    def before(self) -> str:
        """The words before it that are about it alone."""
        last = self.figures[self.at - 1].end if self.at else 0
        return self.folded[min(max(last, self.figure.clause.start), self.figure.start) : self.figure.start]

    @property
    def after(self) -> str:
        """The words behind it in its clause, up to the next number."""
        following = self.figures[self.at + 1].start if self.at + 1 < len(self.figures) else self.figure.clause.end
        return self.folded[self.figure.end : max(self.figure.end, min(following, self.figure.clause.end))]

    @property
    def sentence(self) -> str:
        """The sentence that it stands in."""
        return self.folded[self.figure.sentence.start : self.figure.sentence.end]

    @property
    def paragraph(self) -> str:
        """The end of the paragraph before it."""
        return self.folded[self.block.skipped : self.figure.start][-PARAGRAPH:]


@dataclass(frozen=True, slots=True)
class ClaimReader:
    """Reads the numbers of a draft; `now` is the day that 去年 and 今年 count from."""

    grammar: Grammar
    lexicon: Lexicon
    segmenter: Segmenter
    wheres: Wheres
    now: date

    def read(self, text: str, title: str, step: Callable[[int, int], None] = lambda done, total: None) -> list[Claim]:
        """The claims of a draft in reading order; what stands in a table, row by row.

        `step` is told how many of how many characters are read.
        """
        whens = Whens.of(text, title, self.now)
        draft = _Draft(title, whens, self.wheres.over(text, title))
        claims: list[Claim] = []
        for block in blocks_of(_report(text, title, whens, None), text):
            step(block.start, len(text))
            figures, folded = self._figures(block, draft), fold(block.text)
            for at in range(len(figures)):
                claims.append(self._claim(_Place(draft, block, folded, figures, at), claims))
        return claims

    def _figures(self, block: Block, draft: _Draft) -> list[Figure]:
        """The figures of a paragraph or a table, with offsets of the block's own text."""
        first = draft.whens.before(block.start, block.headings).first
        years = [int(year) for year in YEAR.findall(fold(block.text))]
        if first is not None and max(years, default=0) > first.end.year:
            first = None  # a year behind that of the paragraph before is no plan of it
        report = _report(block.text, draft.title, draft.whens, first)
        section = Section("", 0, block.headings, block.kind, 0, len(block.text))
        passage = Passage("", 0, 0, block.skipped, len(block.text), block.text[block.skipped :])
        return list(extract_figures(report, [section], [passage], grammar=self.grammar))

    def _claim(self, place: _Place, earlier: Sequence[Claim]) -> Claim:
        draft, block = place.draft, place.block
        figure = as_compared(place.figure, place.before)
        subject = self.bare(figure.subject_text, draft.wheres)
        subject = self._without_caption(subject, place) if place.in_table else subject
        own = subject if place.in_table else place.before + place.after
        role, said = role_said(figure, place.before, place.folded[figure.sentence.start : figure.start])
        if OF_TARGET.match(place.folded, figure.end):
            role, said = Role.PLAN, True
        if not said and ANSWERED.match(place.folded, figure.end) and HELD.search(place.before):
            role, said = Role.PLAN, True
        is_bare = self._is_bare(place)
        before = [one for one in earlier if one.figure.start >= block.start]
        figure = as_row(figure, subject) if place.in_table else as_before(figure, is_bare, before)
        shifted = _shifted(figure, block.start)
        when = draft.whens.of_figure(shifted, block.start, block.headings, in_table=place.in_table)
        if (
            not said
            and when.first is not None
            and when.first.start.year >= self.now.year
            and AHEAD.search(place.before)
        ):
            role, said = Role.PLAN, True
        here = list(takewhile(lambda item: item.figure.start >= block.start, reversed(earlier)))[::-1]
        return Claim(
            figure=shifted,
            subjects=self._subjects(place, figure, subject, earlier, here),
            own=own,
            near=(place.sentence, *block.headings, draft.title),
            context=(place.paragraph, *like_subjects(figure, earlier)),
            when=when,
            where=draft.wheres.of_figure(shifted, block.start, block.headings, in_table=place.in_table),
            role=role,
            said_role=said,
            clear=self._is_clear(place, subject),
            falls=falls_here(figure, is_bare, before),
        )

    def _without_caption(self, subject: str, place: _Place) -> str:
        """What a cell counts without a caption that only says that it is a table: 主要指标核对表, not 棚户区改造."""
        block = place.block
        for line in (*block.text[: block.skipped].splitlines(), *block.headings, place.draft.title):
            caption = self.bare(line.strip("# "), place.draft.wheres)
            stem = caption.removesuffix("表")
            if stem and CAPTION.search(caption) and subject.startswith(stem):
                return subject.removeprefix(stem).removeprefix("表").strip()
        return subject

    def _is_bare(self, place: _Place) -> bool:
        """Whether the words about a number only say when, or that it was planned or reached: 2013年预期7.5%，实际7.7%."""
        return not place.in_table and not self.bare(f"{place.before}", place.draft.wheres)

    def _subjects(
        self, place: _Place, figure: Figure, subject: str, earlier: Sequence[Claim], here: Sequence[Claim]
    ) -> tuple[str, ...]:
        """What a number may count: its own subject, that of an earlier number where its own is far off or missing."""
        far = figure.subject is None or figure.subject.start < figure.clause.start
        own = self.bare(place.before, place.draft.wheres)
        telling = subject or own
        if place.in_table and not subject:
            row = (
                one.subject for one in reversed(here) if one.figure.start >= figure.sentence.start + place.block.start
            )
            found: tuple[str | None, ...] = (next((one for one in row if one), None),)
        elif subject and subject != own and own.endswith(subject) and len(own) <= LONGEST_OWN:
            found = (own, subject)
        elif subject:
            found = (subject, carried(figure, here) if far else None)
        else:
            found = (carried(figure, here if telling else earlier), telling)
        return tuple(dict.fromkeys(word for word in found if word))

    def _is_clear(self, place: _Place, subject: str) -> bool:
        """Whether the words at the number name nothing but its subject: in 钢突破7000万吨 not the 石油 before it."""
        if place.in_table:
            return True
        own = self.bare(place.before, place.draft.wheres)
        rest = [word for word in self.segmenter.pieces(own) if word not in subject and not EMPTY.fullmatch(word)]
        rest = [word for word in rest if word not in TRENDS and not self.lexicon.is_stopword(word)]
        counted_behind = place.figure.dimension == "count" and BEHIND.match(place.after) is not None
        around = f"{place.before} {place.after}"
        said = bool(subject) and all(word in around for word in self.segmenter.pieces(subject))
        return said or not (rest or counted_behind)

    def bare(self, subject: str, wheres: Wheres) -> str:
        """A subject without places, times and words of planning; "" where nothing that tells is left."""
        words = NUMBERED.sub("", WHOSE.sub("", fold(subject)))
        words = PLAN_WORDS.sub("", QUOTES.sub("", ASIDE.sub("", wheres.without_places(words))))
        words = "" if EMPTY.fullmatch(words) or NUMBER_ALONE.fullmatch(words) else words
        telling = [word for word in self.segmenter.pieces(words) if len(word) > 1]
        return words.strip(" ,、。;:") if telling else ""


def _shifted(figure: Figure, by: int) -> Figure:
    """The figure with offsets of the whole draft."""
    move = type(figure.clause)
    return replace(
        figure,
        start=figure.start + by,
        end=figure.end + by,
        clause=move(figure.clause.start + by, figure.clause.end + by),
        sentence=move(figure.sentence.start + by, figure.sentence.end + by),
    )


def _report(text: str, title: str, whens: Whens, period: Period | None) -> Report:
    return Report(
        id="",
        path="",
        title=title,
        genre=Genre.OTHER,
        issuer=None,
        place=None,
        level=Level.UNKNOWN,
        year=whens.now,
        period=period,
        visibility=Visibility.PUBLIC,
        source_hash="",
        text=text,
    )
