"""Comparisons as a draft: an opening sentence, the table, what rose and fell with a chart of each, and the remarks."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.comparison import Comparison, Held, NoteKind
from assistant.drafting.grid import tables_of
from assistant.drafting.model import ArchiveState, Block, Chart, Draft, Line, Paragraph, Point, Run, Style
from assistant.drafting.narrative import narrative
from assistant.drafting.series import Numbers, Series, periods_of, series_of
from assistant.drafting.sheets import comparison_sheets
from assistant.drafting.sources import Sources
from assistant.drafting.words import word
from assistant.types import Language
from indexer.types import Period

CHART_FROM = 3  # stated values of one series
MOST_LINES = 8  # in one chart
TOLD_IN_THE_TABLE = frozenset({NoteKind.HEDGED, NoteKind.ROLE, NoteKind.MISSING, NoteKind.UNIT})
HAN = "一二三四五六七八九十"


def comparison_draft(comparisons: Sequence[Comparison], sources: Sources, state: ArchiveState) -> Draft:
    """The draft of one or more comparisons, in the order given."""
    language = comparisons[0].language
    numbers = Numbers(sources)
    all_series = [series for comparison in comparisons for series in series_of(comparison)]
    title = title_of(comparisons, language)
    blocks: list[Block] = [Paragraph(Style.BODY, (Run(_opening(comparisons, language)),))]
    blocks.append(heading(Style.HEADING_1, 1, word(language, "data"), language))
    tables = tables_of(all_series, numbers, language, title)
    named = ("、" if language is Language.CHINESE else ", ").join(table.name for table in tables)
    blocks += [Paragraph(Style.BODY, (Run(word(language, "see_table", tables=named)),)), *tables]
    blocks.append(Paragraph(Style.NOTE, (Run(word(language, "legend")),)))
    blocks.append(heading(Style.HEADING_1, 2, word(language, "trend"), language))
    charts = 0
    for number, comparison in enumerate(comparisons, start=1):
        if len(comparisons) > 1:
            blocks.append(heading(Style.HEADING_2, number, comparison.subject, language))
        blocks += [Paragraph(Style.BODY, tuple(runs)) for runs in narrative(comparison, numbers)]
        chart = _chart(comparison, charts + 1)
        if chart is not None:
            charts += 1
            blocks.append(chart)
    blocks += _remarks(comparisons, sources, numbers)
    return Draft(title, language, tuple(blocks), comparison_sheets(comparisons, sources), state)


def heading(style: Style, number: int, text: str, language: Language) -> Paragraph:
    """A numbered heading: 一、 or （一） or 1. in Chinese, 1. in English."""
    marks = {Style.HEADING_1: f"{han(number)}、", Style.HEADING_2: f"（{han(number)}）"}
    mark = f"{number}. " if language is Language.ENGLISH else marks.get(style, f"{number}. ")
    return Paragraph(style, (Run(f"{mark}{text}"),))


def han(number: int) -> str:
    """A number from 1 to 99 as a Chinese numeral."""
    tens, ones = divmod(number, 10)
    if not tens:
        return HAN[ones - 1]
    return f"{HAN[tens - 1] if tens > 1 else ''}十{HAN[ones - 1] if ones else ''}"


def title_of(comparisons: Sequence[Comparison], language: Language) -> str:
    """What is compared, where and over which years."""
    first = comparisons[0]
    subject = first.subject if len(comparisons) == 1 else word(language, "subjects_more", subject=first.subject)
    key = "compare_title" if sum(len(one.rows) for one in comparisons) > 1 else "compare_title_one"
    return word(language, key, places=_places(comparisons), subject=subject, span=_span(comparisons))


def _opening(comparisons: Sequence[Comparison], language: Language) -> str:
    comma = ", " if language is Language.ENGLISH else "、"
    subjects = comma.join(dict.fromkeys(comparison.subject for comparison in comparisons))
    return word(language, "opening", places=_places(comparisons), span=_span(comparisons), subjects=subjects)


def _places(comparisons: Sequence[Comparison]) -> str:
    """The places, where there are few of them."""
    places = list(dict.fromkeys(place for one in comparisons for place in one.places if place))
    english = comparisons[0].language is Language.ENGLISH
    if not places or len(places) > 3:
        return ""
    return f" of {', '.join(places)}" if english else "、".join(places)


def _span(comparisons: Sequence[Comparison]) -> str:
    years = [year for one in comparisons for row in one.rows for year in row.period.years]
    if not years:
        return ""
    first, last = min(years), max(years)
    if comparisons[0].language is Language.ENGLISH:
        return f", {first}" if first == last else f", {first}–{last}"
    return f"{first}年" if first == last else f"{first}—{last}年"


def _chart(comparison: Comparison, number: int) -> Chart | None:
    """The chart of a comparison: a gap where nothing is stated, hollow points where something was planned."""
    all_series = [series for series in series_of(comparison) if len(series.stated) >= CHART_FROM][:MOST_LINES]
    if not all_series or not comparison.unit:
        return None
    periods = periods_of(all_series)
    masked = {row.period for series in all_series for row in series.rows if row.held is Held.MASKED}
    categories = tuple(f"{period.label}{'*' if period in masked else ''}" for period in periods)
    lines = []
    for series in all_series:
        points = tuple(Point(_value(series, period), series.planned) for period in periods)
        lines.append(Line(_line_name(series, comparison), points))
    caption = word(comparison.language, "chart", number=number, name=comparison.subject, unit=comparison.unit)
    return Chart(caption, comparison.unit, categories, tuple(lines))


def _value(series: Series, period: Period) -> Decimal | None:
    """The one value of a period in the unit of the comparison; none where reports disagree on the unit."""
    values = [row.value for row in series.at(period) if row.held is Held.STATED and row.unit == series.comparison.unit]
    return values[0] if values else None


def _line_name(series: Series, comparison: Comparison) -> str:
    role = word(comparison.language, "plan" if series.planned else "result")
    place = (series.place or "") if len(comparison.places) > 1 else ""
    return f"{place}{role}" if not place or series.planned else place


def _remarks(comparisons: Sequence[Comparison], sources: Sources, numbers: Numbers) -> list[Block]:
    """What must be said beside the numbers, as far as its own numbers have a source."""
    language = comparisons[0].language
    found: list[Block] = []
    for comparison in comparisons:
        calculations: dict[Decimal, Run] = {}
        for change in comparison.changes:
            for run in (
                numbers.difference(comparison, change, signed=False, unit=True),
                numbers.percentage(comparison, change, signed=False),
            ):
                if run is not None and change.difference is not None:
                    calculations[change.percentage if run.unit == "%" and change.percentage else change.difference] = (
                        run
                    )
        runs: list[Run] = []
        for note in comparison.notes:
            if note.kind in TOLD_IN_THE_TABLE or (note.kind is NoteKind.ASIDE and len(comparisons) > 1):
                continue
            if note.kind is NoteKind.CORRECTED:
                runs.append(Run(note.text, calculation=word(language, "corrected")))
                continue
            runs += sources.cited_text(note.text, comparison.citations, calculations) or []
        if runs:
            lead = f"{len(found) + 1}. " + (f"{comparison.subject}：" if len(comparisons) > 1 else "")
            found.append(Paragraph(Style.BODY, (Run(lead), *runs)))
    if sources.left_out:
        found.append(Paragraph(Style.BODY, (Run(f"{len(found) + 1}. {word(language, 'left_out')}"),)))
    return [heading(Style.HEADING_1, 3, word(language, "remarks"), language), *found] if found else []
