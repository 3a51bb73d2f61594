"""Comparisons on the page: the form, and for each indicator a table whose figures open their sources, chart and words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from assistant.compare_notes import period_name
from assistant.comparison import Comparison, Held, NoteKind, Row
from assistant.drafting.model import Run
from assistant.drafting.narrative import narrative
from assistant.drafting.series import Numbers
from assistant.drafting.sources import Sources
from assistant.rows import place_of
from assistant.types import Language
from indexer.archive import Archive
from indexer.types import Span
from ui.chart import chart_svg
from ui.comparison import ends_lines, remark, signed, state_line, title_of, value_words
from ui.controls import Place, open_html, save_html
from ui.render import escape
from ui.text import say

SHOWN = 200  # rows of one table before the rest is asked for
KINDS = ("docx", "xlsx", "csv")
CHART_FROM = 2  # figures


def form_html(archive: Archive, language: Language) -> str:
    """What is chosen from: indicators by typing, years and places of the reports at hand."""
    reports = archive.reports()
    years = sorted({year for report in reports if (year := report.year)})
    if years:
        years = list(range(max(years[0] - 1, 1), years[-1] + 1))
    places = list(dict.fromkeys(place for report in reports if (place := place_of(report))))
    options = "".join(
        f'<li role="option" id="yj-place-{number}" data-value="{escape(place)}"><span>{escape(place)}</span></li>'
        for number, place in enumerate(places)
    )
    return (
        '<form class="yj-choose yj-compare" data-form="compare">'
        f"{_pick('s', 'compare_pick', '', language)}{_pick('p', 'compare_pick_places', options, language)}"
        f'<div class="yj-years">{_years("from", years, language)}{_years("to", years, language)}</div>'
        f'<button type="submit" class="yj-button yj-main">{escape(say(language, "compare_go"))}</button></form>'
    )


def _pick(name: str, key: str, options: str, language: Language) -> str:
    """A box to type in, with the list of what can be chosen and tags for what was."""
    label, hint = escape(say(language, key)), escape(say(language, f"{key}_hint"))
    remove = escape(say(language, "remove_tag", name="{0}"))
    return (
        f'<div class="yj-combo" data-pick="{name}" data-remove="{remove}"><label for="yj-combo-{name}">{label}</label>'
        f'<div class="yj-combo-box"><span class="yj-tags"></span><input id="yj-combo-{name}" type="text" role="combobox" '
        f'aria-expanded="false" aria-autocomplete="list" aria-controls="yj-options-{name}" autocomplete="off" '
        f'maxlength="40" placeholder="{hint}"></div>'
        f'<ul class="yj-options" id="yj-options-{name}" role="listbox" aria-label="{label}" hidden>{options}</ul></div>'
    )


def _years(name: str, years: Sequence[int], language: Language) -> str:
    options = "".join(f'<option value="{year}">{year}</option>' for year in reversed(years))
    return (
        f'<label>{escape(say(language, f"compare_{name}"))}<select name="{name}">'
        f'<option value="">{escape(say(language, "compare_years_all"))}</option>{options}</select></label>'
    )


def empty_html(examples: Sequence[str], language: Language) -> str:
    """What stands where the comparison will be: indicators of the archive to try."""
    if not examples:
        return f'<p class="yj-said">{escape(say(language, "compare_no_reports"))}</p>'
    return (
        f'<div class="yj-welcome yj-start"><p>{escape(say(language, "compare_empty"))}</p>'
        f"{_tries(examples, say(language, 'compare_try'))}</div>"
    )


def _tries(subjects: Sequence[str], label: str) -> str:
    items = "".join(
        f'<li><button type="button" class="yj-ask" data-try="{escape(subject)}">{escape(subject)}</button></li>'
        for subject in subjects
    )
    return f'<div class="yj-suggest"><h3>{escape(label)}</h3><ul>{items}</ul></div>'


def comparisons_html(comparisons: Sequence[Comparison], archive: Archive) -> str:
    """The comparisons one below the other, with the buttons that save them."""
    language = comparisons[0].language
    held = any(one.citations for one in comparisons)
    saves = save_html(KINDS, language) if held else ""
    numbers = count(1)
    numbered = Numbers(Sources(archive.report))
    parts = "".join(_comparison(one, numbered, numbers) for one in comparisons)
    return f'<div class="yj-result">{saves}<div class="yj-files"></div>{parts}</div>'


def _comparison(made: Comparison, numbered: Numbers, numbers: Iterator[int]) -> str:
    if not made.citations:
        return _nothing(made)
    chart = ""
    if len(made.stated) >= CHART_FROM:
        label = escape(say(made.language, "compare_chart"))
        chart = f'<div class="yj-chart" tabindex="0" aria-label="{label}">{chart_svg(made)}</div>'
    masked = sum(row.held is Held.MASKED for row in made.rows)
    key = "compare_summary_masked" if masked else "compare_summary"
    summary = say(made.language, key, rows=len(made.rows), held=len(made.stated), masked=masked)
    return (
        f'<section class="yj-block"><h3>{escape(title_of(made))}</h3><p class="yj-lead">{escape(summary)}</p>'
        f"{_table(made, numbers)}{chart}{_words(made, numbered, numbers)}{_notes(made)}"
        f'<p class="yj-foot">{escape(state_line(made))}</p></section>'
    )


def _nothing(made: Comparison) -> str:
    nothing = say(made.language, "compare_nothing", reports=made.searched.reports, subject=made.subject)
    said = " ".join([nothing, *(note.text for note in made.notes if note.kind is NoteKind.PERIODS)])
    nearest = _tries(made.suggestions, say(made.language, "compare_nearest", names="")) if made.suggestions else ""
    return f'<section class="yj-block"><p class="yj-said">{escape(said)}</p>{nearest}</section>'


def _table(made: Comparison, numbers: Iterator[int]) -> str:
    """One row for each place, period and role; what is past SHOWN is shown when it is asked for."""
    with_place = len(made.places) > 1
    keys = [*(["place"] if with_place else []), "period", "role", "value", "unit", "difference", "percentage", "remark"]
    right = {"value", "difference", "percentage"}
    heads = "".join(
        f'<th scope="col"{" class=yj-right" if key in right else ""}>{escape(say(made.language, f"compare_{key}"))}</th>'
        for key in keys
    )
    rows = [_row(made, number, with_place, numbers) for number in range(len(made.rows))]
    body = f"<tbody>{''.join(rows[:SHOWN])}</tbody>"
    if len(rows) > SHOWN:
        label = escape(say(made.language, "show_rest", count=len(rows) - SHOWN))
        more = f'<button type="button" class="yj-button" data-rest>{label}</button>'
        body += f'<tbody class="yj-rest"><tr><td colspan="{len(keys)}">{more}</td></tr></tbody>'
        body += f"<tbody hidden>{''.join(rows[SHOWN:])}</tbody>"
    return f'<div class="yj-scroll" tabindex="0"><table class="yj-table"><thead><tr>{heads}</tr></thead>{body}</table></div>'


def _row(made: Comparison, number: int, with_place: bool, numbers: Iterator[int]) -> str:
    row, change = made.rows[number], made.change_into(number)
    place = f'<th scope="row">{escape(row.place or "")}</th>' if with_place else ""
    computed = change is not None and change.difference is not None
    cells = (
        (escape(period_name(row, made.language)), ""),
        (escape(say(made.language, f"compare_{row.role.value}")), ""),
        (_figure(made, row, numbers), "yj-right"),
        (escape(row.unit if row.held is Held.STATED else ""), ""),
        (escape(signed(change.difference, change.unit if change.unit != row.unit else "")) if change and computed else "", "yj-right"),
        (escape(signed(change.percentage, "%")) if change and computed else "", "yj-right"),
        (escape(remark(made, row, change)), "yj-remark"),
    )  # fmt: skip
    shown = "".join(f'<td class="{kind}">{cell}</td>' if kind else f"<td>{cell}</td>" for cell, kind in cells)
    return f'<tr class="yj-{row.held.value}{" yj-planned" if row.is_plan else ""}">{place}{shown}</tr>'


def _figure(made: Comparison, row: Row, numbers: Iterator[int]) -> str:
    """The figure in the unit of the column, as a button that opens its source, with the written form where it differs."""
    citation = next((one for one in made.citations if one.number == row.citation), None)
    if citation is None or row.figure is None:
        return escape(say(made.language, "compare_missing_word"))
    figure, digits = row.figure, value_words(row).removesuffix(row.unit)
    if row.is_exact and figure.low is not None and figure.unit == row.unit:
        digits = format(figure.low, "f")  # as the report writes it: 47.0
    if row.held is Held.MASKED:
        digits = say(made.language, "compare_masked")
    mark = Span(figure.start, figure.end)
    opened = open_html(Place.of(citation, [mark]), next(numbers), escape(digits), made.language)
    written = "" if row.written in {f"{digits}{row.unit}", digits} else f"<small>{escape(row.written)}</small>"
    if row.correction is not None:  # 以…为准: the correction first, then what the report states
        first = f"<strong>{escape(row.correction.value)}</strong>"
        return f"{first}<small>{escape(say(made.language, 'compare_corrected_cell'))}</small>{opened}"
    return f"{opened}{written if row.held is Held.STATED else ''}"


def _words(made: Comparison, numbered: Numbers, numbers: Iterator[int]) -> str:
    """What rose and fell, each number a way to its source."""
    paragraphs = "".join(
        f"<p>{''.join(_run(run, made.language, numbers) for run in runs)}</p>" for runs in narrative(made, numbered)
    )
    if not paragraphs:
        return ""
    return f'<div class="yj-narrative"><h4>{escape(say(made.language, "compare_narrative"))}</h4>{paragraphs}</div>'


def _run(run: Run, language: Language, numbers: Iterator[int]) -> str:
    if not run.sources:
        return escape(run.text)
    return open_html(Place.of(run.sources[0].citation), next(numbers), escape(run.text), language, kind="yj-inline")


def _notes(made: Comparison) -> str:
    lines = [*ends_lines(made), *(note.text for note in made.notes)]
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    label = escape(say(made.language, "compare_notes"))
    return f'<div class="yj-remarks"><h4>{label}</h4><ul>{items}</ul></div>' if items else ""
