"""The words of a report's passages and figures, as the keyword index is given them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from indexer.lexicon.terms import Lexicon
from indexer.search.protocol import FigureWords, PassageWords, ReportWords
from indexer.segment import Segmenter
from indexer.types import Figure, Passage, Report, Section, Span


def load_segmenter(lexicon: Lexicon | None = None) -> Segmenter:
    """The segmenter with all words of the lexicon: what is indexed and what is asked is cut by an equal one."""
    return Segmenter((lexicon or Lexicon.load()).words())


def report_words(
    report: Report,
    sections: Sequence[Section],
    passages: Sequence[Passage],
    figures: Sequence[Figure],
    segmenter: Segmenter,
) -> ReportWords:
    """The words of one report; what stands in several places is segmented once."""

    def spaced(text: str) -> str:
        return " ".join(segmenter.terms(text))

    title = spaced(report.title)
    headings = {section.ordinal: spaced("\n".join(section.path)) for section in sections}
    clause = _once(lambda span: spaced(report.text[span.start : span.end]))
    return ReportWords(
        tuple(PassageWords(spaced(passage.text), headings.get(passage.section, ""), title) for passage in passages),
        tuple(
            FigureWords(
                subject=spaced(figure.subject_text),
                clause=clause(figure.clause),
                heading=headings.get(figure.section, ""),
                role=figure.role.value,
                dimension=figure.dimension,
                years=tuple(figure.period.years) if figure.period else (0,),
            )
            for figure in figures
        ),
    )


def _once(make: Callable[[Span], str]) -> Callable[[Span], str]:
    made: dict[Span, str] = {}

    def look_up(span: Span) -> str:
        if span not in made:
            made[span] = make(span)
        return made[span]

    return look_up
