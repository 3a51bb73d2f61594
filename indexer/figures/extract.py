"""The figure ledger of a report: every figure of its passages with what it counts, when, where, and in which role."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from indexer.figures.measures import DOWN_WORDS, base_period_of, basis_of, measure_of
from indexer.figures.parts import OF_WHICH, link_parts
from indexer.figures.phrases import SubjectWords
from indexer.figures.quantities import Quantity, read_quantities
from indexer.figures.roles import role_of
from indexer.figures.scopes import opening_scope, scope_of, scope_pattern
from indexer.figures.spots import Spot, spots_of
from indexer.figures.subjects import Subject, subjects_of
from indexer.figures.timing import Timing
from indexer.figures.units import UnitTable
from indexer.fold import fold
from indexer.sentences import split_sentences
from indexer.types import Figure, Measure, Passage, Report, Role, Section, SectionKind, Span

_CUMULATIVE_WORDS: Final = re.compile(r"累计|总计|共计|合计|总共|一共|共(?![同享建有产和治赢识])|其中|新增|净增|首次|平均|人均|日均|户均|亩均")
_RUN_IN: Final = re.compile(r"\s*(?:[一二三四五六七八九十]+是|——|[(]?[一二三四五六七八九十\d]{1,3}[)、.．])?\s*([^,。;:\n]{2,24})[。:\n]")
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
    grammar = grammar or Grammar.load()
    text = fold(report.text)
    by_ordinal = {section.ordinal: section for section in sections}
    figures: list[Figure] = []
    timing = Timing(report, text)
    for passage in passages:
        section = by_ordinal.get(passage.section, _NO_SECTION)
        for sentence in split_sentences(report.text, passage.start, passage.end):
            quantities = read_quantities(text, grammar.units, sentence.start, sentence.end)
            if quantities:
                spots = spots_of(report.text, sentence, quantities)
                figures.extend(_sentence_figures(report, text, section, passage, spots, timing, grammar, len(figures)))
    return tuple(link_parts(text, figures))


def _sentence_figures(
    report: Report,
    text: str,
    section: Section,
    passage: Passage,
    spots: Sequence[Spot],
    timing: Timing,
    grammar: Grammar,
    first: int,
) -> list[Figure]:
    befores = _own_stretches(text, spots)
    measures: list[Measure] = []
    trends: list[str | None] = []
    for spot, before in zip(spots, befores, strict=True):
        measure, trend = measure_of(text, spot, before, measures[-1] if measures else None)
        trends.append(trend if trend is not None or not (spot.continues and trends) else trends[-1])
        measures.append(measure)
    topic = topic_of(text, spots[0].sentence, section)
    subjects = subjects_of(text, spots, measures, topic, grammar.words)
    roles = [_role(text, spot, section) for spot in spots]
    periods = timing.periods(section, spots, roles)
    figures: list[Figure] = []
    for index, spot in enumerate(spots):
        before, subject, measure = befores[index], subjects[index], measures[index]
        quantity = spot.quantity
        figures.append(
            Figure(
                report=report.id,
                ordinal=first + index,
                section=passage.section,
                passage=passage.ordinal,
                start=quantity.start,
                end=quantity.end,
                written=report.text[quantity.start : quantity.end],
                low=quantity.low,
                high=quantity.high,
                approximate=quantity.approximate,
                masked=quantity.masked,
                unit=quantity.unit,
                base_unit=quantity.base_unit,
                scale=quantity.scale,
                dimension=quantity.dimension,
                measure=measure,
                role=roles[index],
                subject=subject.span if subject is not None else None,
                subject_text=subject.text if subject is not None else "",
                qualifiers=_qualifiers(quantity, before, trends[index]),
                period=periods[index],
                scope=_scope(text, spot, before, subject, grammar),
                basis=basis_of(before, measure),
                base_period=base_period_of(before) if measure in {Measure.GROWTH, Measure.CHANGE} else None,
                part_of=None,
                part_link=None,
                clause=spot.clause,
                sentence=spot.sentence,
            )
        )
    return figures


def _own_stretches(text: str, spots: Sequence[Spot]) -> list[str]:
    """The text that is about each quantity alone; what only continues a list takes the words of the list's first."""
    stretches: list[str] = []
    for spot in spots:
        own = text[spot.before.start : spot.before.end]
        stretches.append(stretches[-1] if spot.continues and stretches else own)
    return stretches


def _role(text: str, spot: Spot, section: Section) -> Role:
    clause_before = text[spot.clause.start : spot.quantity.start]
    return role_of(clause_before, text[spot.sentence.start : spot.clause.start], section.kind)


def _qualifiers(quantity: Quantity, before: str, trend: str | None) -> tuple[str, ...]:
    """The words that qualify the figure, as written: 累计, 其中, 下降, 约, 余, 以上."""
    words = [match[0] for match in _CUMULATIVE_WORDS.finditer(before)]
    if trend is not None:
        words.append(trend)
    return tuple(dict.fromkeys([*words, *quantity.words]))


def _scope(text: str, spot: Spot, before: str, subject: Subject | None, grammar: Grammar) -> str | None:
    counted = subject.text if subject is not None else ""
    clause = text[spot.clause.start : spot.quantity.start]
    sentence = text[spot.sentence.start : spot.clause.start]
    return scope_of(grammar.scopes, counted, before, clause) or opening_scope(grammar.scopes, sentence)


def topic_of(text: str, sentence: Span, section: Section) -> Subject | None:
    """What stands over a sentence: the run-in heading at the start of its paragraph, else the section's heading."""
    line = text.rfind("\n", 0, sentence.start) + 1
    found = _RUN_IN.match(text, line, sentence.start)
    if found is not None:
        return Subject(Span(*found.span(1)), found[1])
    return None
