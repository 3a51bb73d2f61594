"""The figure ledger of a report: every figure of its passages with what it counts, when, where, and in which role."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from indexer.figures.above import Topics
from indexer.figures.alignment import Subject
from indexer.figures.headings import run_in_heading, thing_over
from indexer.figures.measures import base_period_of, basis_of, measure_by_subject, measures_of
from indexer.figures.parts import link_parts
from indexer.figures.quantities import Quantity, read_quantities
from indexer.figures.role_reading import Roles
from indexer.figures.scopes import is_attached, opening_scope, scope_of, scope_pattern
from indexer.figures.section_of import as_read
from indexer.figures.spots import Spot, spots_of
from indexer.figures.subject_words import SubjectWords
from indexer.figures.subjects import subjects_of
from indexer.figures.table_figures import RowPlace, link_totals, table_figures
from indexer.figures.tables import find_cells
from indexer.figures.timing import Timing
from indexer.figures.units import UnitTable
from indexer.fold import fold
from indexer.sentences import split_sentences
from indexer.types import Figure, Measure, Passage, Period, Report, Role, Section, SectionKind, Span

_QUALIFYING: Final = re.compile(
    r"累计|总计|共计|合计|总共|一共|(?<![公中])共(?![同享建有产和治赢识])|其中|新增|净增|首次|平均|人均|日均|户均|亩均"
)
_NO_SECTION: Final = Section("", 0, (), SectionKind.OTHER, 0, 0)


@dataclass(frozen=True, slots=True)
class Grammar:
    """The word lists and patterns that extraction needs, loaded once and used for any number of reports."""

    units: UnitTable
    words: SubjectWords
    scopes: re.Pattern[str]

    @classmethod
    def load(cls) -> Grammar:
        """The grammar that ships with the product."""
        words = SubjectWords.load()
        return cls(UnitTable.load(), words, scope_pattern(words.scopes))


def extract_figures(
    report: Report, sections: Sequence[Section], passages: Sequence[Passage], *, grammar: Grammar | None = None
) -> tuple[Figure, ...]:
    """The figures of a report in reading order; each lies within its passage and `written` equals its slice."""
    text = fold(report.text)
    source = _Source(report, text, Timing(report, text), grammar or Grammar.load())
    by_ordinal = {section.ordinal: section for section in sections}
    rows = find_cells(text, source.grammar.units)
    figures: list[Figure] = []
    for passage in passages:
        section = by_ordinal.get(passage.section, _NO_SECTION)
        for sentence in split_sentences(report.text, passage.start, passage.end):
            row = rows.get(text.rfind("\n", 0, sentence.start) + 1) if rows else None
            if row is not None:
                place = RowPlace(report, text, source.timing, section, passage, sentence)
                figures.extend(table_figures(place, row, first=len(figures)))
                continue
            quantities = read_quantities(text, source.grammar.units, sentence.start, sentence.end)
            spots = spots_of(report.text, sentence, quantities)
            figures.extend(_sentence_figures(source, section, passage, spots, figures))
    cells = {cell.quantity.start: cell for row in rows.values() for cell in row}
    return tuple(link_totals(link_parts(text, figures), cells))


@dataclass(frozen=True, slots=True)
class _Source:
    """A report while it is being read: its folded text and what its words mean."""

    report: Report
    text: str
    timing: Timing
    grammar: Grammar


def _sentence_figures(
    source: _Source, section: Section, passage: Passage, spots: Sequence[Spot], earlier: Sequence[Figure]
) -> list[Figure]:
    """The figures of one sentence, numbered on from the `earlier` ones, not yet linked to their wholes."""
    if not spots:
        return []
    text = source.text
    befores = _own_stretches(text, spots)
    trends = measures_of(text, spots, befores)
    sentence, words = spots[0].sentence, source.grammar.words
    last = _last_subject(text, sentence, earlier)
    unit = earlier[-1].base_unit if last is not None else ""
    topics = Topics(
        run_in_heading(text, sentence, words) or last, thing_over(text, sentence, section, words), last, unit
    )
    subjects = subjects_of(text, spots, [measure for measure, _ in trends], topics, words)
    subjects = [_in_full(text, subject, sentence, earlier) for subject in subjects]
    read = as_read(source.report, text, section, sentence)
    roles = Roles(text, read.kind, spots, [measure for measure, _ in trends])
    said = roles.said(source.timing)
    periods = source.timing.periods(read, spots, said)
    settled = roles.settled(said, periods, source.timing, source.timing.default(read, at=sentence.start))
    rows = zip(spots, befores, trends, subjects, settled, periods, strict=True)
    return [_figure(source, passage, len(earlier) + index, *row) for index, row in enumerate(rows)]


def _figure(  # noqa: PLR0917  one argument for each thing that was read of it
    source: _Source,
    passage: Passage,
    ordinal: int,
    spot: Spot,
    before: str,
    trend: tuple[Measure, str | None],
    subject: Subject | None,
    role: Role,
    period: Period | None,
) -> Figure:
    quantity, measure = spot.quantity, trend[0]
    counted, words = (None, "") if subject is None else (subject.span, subject.text)
    if measure is Measure.LEVEL:
        measure = measure_by_subject(quantity, counted, words)
    return Figure(
        report=source.report.id,
        ordinal=ordinal,
        section=passage.section,
        passage=passage.ordinal,
        start=quantity.start,
        end=quantity.end,
        written=source.report.text[quantity.start : quantity.end],
        low=quantity.low,
        high=quantity.high,
        approximate=quantity.approximate,
        masked=quantity.masked,
        unit=quantity.unit,
        base_unit=quantity.base_unit,
        scale=quantity.scale,
        dimension=quantity.dimension,
        measure=measure,
        role=role,
        subject=counted,
        subject_text=words,
        qualifiers=_qualifiers(quantity, before, trend[1]),
        period=period,
        scope=_scope(source, spot, subject),
        basis=basis_of(before, measure),
        base_period=base_period_of(before) if measure in {Measure.GROWTH, Measure.CHANGE} else None,
        part_of=None,
        part_link=None,
        clause=spot.clause,
        sentence=spot.sentence,
    )


def _own_stretches(text: str, spots: Sequence[Spot]) -> list[str]:
    """The text that is about each quantity alone; what only continues a list takes the words of the list's first."""
    stretches: list[str] = []
    for spot in spots:
        own = text[spot.before.start : spot.before.end]
        stretches.append(stretches[-1] if spot.continues and stretches else own)
    return stretches


def _qualifiers(quantity: Quantity, before: str, trend: str | None) -> tuple[str, ...]:
    """The words that qualify the figure, as written: 累计, 其中, 下降, 约, 余, 以上."""
    words = [match[0] for match in _QUALIFYING.finditer(before)]
    if trend is not None:
        words.append(trend)
    return tuple(dict.fromkeys([*words, *quantity.words]))


def _scope(source: _Source, spot: Spot, subject: Subject | None) -> str | None:
    text, pattern = source.text, source.grammar.scopes
    if subject is not None and subject.place is not None:
        return subject.place
    begin, stop = spot.before.start, spot.quantity.start
    named = subject is not None and begin <= subject.span.start < stop
    own = scope_of(pattern, text[begin : subject.span.start if subject is not None and named else stop])
    if own is not None:
        return own
    before = spot.clause.start <= subject.span.start < begin if subject is not None else False
    held = scope_of(pattern, text[spot.clause.start : subject.span.start if subject is not None and before else begin])
    if held is not None and not (named and is_attached(held)):
        return held
    return opening_scope(pattern, text[spot.sentence.start : spot.clause.start])


def _in_full(text: str, subject: Subject | None, sentence: Span, earlier: Sequence[Figure]) -> Subject | None:
    """The bare head of a list of places (安装率) by the name that the paragraph gave it before (报警装置安装率)."""
    if subject is None or subject.place is None:
        return subject
    for figure in reversed(earlier):
        if "\n" in text[figure.end : sentence.start]:
            break
        if figure.subject_text.endswith(subject.text):
            return replace(subject, text=figure.subject_text)
    return subject


def _last_subject(text: str, sentence: Span, earlier: Sequence[Figure]) -> Subject | None:
    """What the last figure of the same paragraph counted, for a sentence that says only 增长24.7%."""
    last = earlier[-1] if earlier else None
    if last is None or last.subject is None or "\n" in text[last.end : sentence.start]:
        return None
    own = text[last.subject.start : last.subject.end]
    core = last.subject_text.removesuffix(own) if last.subject_text != own else ""
    return Subject(last.subject, last.subject_text, "" if core == last.subject_text else core)
