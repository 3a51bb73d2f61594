"""Planned beside done on the page: the pairs of reports to choose from, and a table with status and both sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from assistant.commitments import Pair, office_of
from assistant.fulfilment import Verdict
from assistant.plan_summary import office_name
from assistant.plan_words import label_of
from assistant.plans import Outcome, PlanReview
from assistant.types import Citation, Language
from indexer.archive import Archive
from indexer.types import Figure, Span
from ui.controls import Place, open_html, save_html
from ui.plans import degree_of, done_of, item_of, planned_of, title_of
from ui.render import escape
from ui.text import say
from ui.view import title_of as title_of_report

KINDS = ("docx", "xlsx", "csv")
ICONS = {
    Verdict.EXCEEDED: "▲",
    Verdict.DONE: "✓",
    Verdict.PARTLY: "◐",
    Verdict.MISSED: "✕",
    Verdict.NOT_MENTIONED: "–",
    Verdict.MASKED: "＊",
}


def form_html(pairs: Sequence[Pair], language: Language) -> str:
    """The offices and, for each, the years of which the archive holds the plan and the report that tells of it."""
    if not pairs:
        return f'<p class="yj-said">{escape(say(language, "plans_none"))}</p>'
    offices: dict[tuple[str, str], str] = {}
    for pair in sorted(pairs, key=lambda one: -one.year):
        offices.setdefault(office_of(pair.planning), office_name(pair.planning))
    keys = {key: str(number) for number, key in enumerate(offices)}
    shown = "".join(f'<option value="{keys[key]}">{escape(name)}</option>' for key, name in offices.items())
    plans = "".join(
        f'<option value="{escape(pair.planning.id)}" data-office="{keys[office_of(pair.planning)]}">'
        f"{escape(_pair_words(pair, language))}</option>"
        for pair in sorted(pairs, key=lambda one: -one.year)
    )
    return (
        '<form class="yj-choose" data-form="plans">'
        f'<label>{escape(say(language, "plans_pick_office"))}<select name="office">{shown}</select></label>'
        f'<label>{escape(say(language, "plans_pick_pair"))}<select name="plan">{plans}</select></label>'
        f'<label class="yj-check"><input type="checkbox" name="numbers">{escape(say(language, "plans_only_numbers"))}</label>'
        f'<button type="submit" class="yj-button yj-main">{escape(say(language, "plans_go"))}</button></form>'
    )


def _pair_words(pair: Pair, language: Language) -> str:
    later = max((report.year or 0) for report in pair.later)
    return say(language, "plans_pair", year=pair.year, planning=pair.planning.year, later=later)


def review_html(review: PlanReview, archive: Archive, language: Language) -> str:
    """The review as a table that can be filtered by status; each cell with a number or sentence opens its source."""
    if not review.outcomes:
        title = title_of_report(review.pair.planning, language)
        return f'<p class="yj-said">{escape(say(language, "plans_no_items", title=title))}</p>'
    numbers = count(1)
    heads = "".join(
        f'<th scope="col"{" class=yj-right" if key == "degree" else ""}>{escape(say(language, f"plans_{key}"))}</th>'
        for key in ("item", "planned", "done", "degree", "verdict")
    )
    rows = "".join(_row(outcome, archive, language, numbers) for outcome in review.outcomes)
    return (
        f'<div class="yj-result">{save_html(KINDS, language)}<section class="yj-block">'
        f"<h3>{escape(title_of(review, language))}</h3>{_filters(review, language)}"
        f'<div class="yj-scroll" tabindex="0"><table class="yj-table yj-plans yj-cards"><thead><tr>{heads}</tr></thead>'
        f'<tbody>{rows}</tbody></table></div><p class="yj-foot">{escape(say(language, "plans_rule"))}</p></section></div>'
    )


def _filters(review: PlanReview, language: Language) -> str:
    every = escape(say(language, "plans_all", count=len(review.outcomes)))
    buttons = f'<button type="button" data-only="" aria-pressed="true">{every}</button>'
    for verdict, number in review.counts.items():
        if number:
            label = f"{ICONS[verdict]} {label_of(verdict, language)} {number}"
            buttons += (
                f'<button type="button" data-only="{verdict.value}" aria-pressed="false">{escape(label)}</button>'
            )
    label = escape(say(language, "plans_status_filter"))
    return f'<div class="yj-filters" role="group" aria-label="{label}" data-filters>{buttons}</div>'


def _row(outcome: Outcome, archive: Archive, language: Language, numbers: Iterator[int]) -> str:
    """A commitment: what it is, planned and done as ways to their sentences, how far it was reached, its status."""
    planned = outcome.commitment.planned
    plan = planned_of(outcome, archive, language)
    item = escape(item_of(outcome))
    if not plan:  # a sentence without a number is its own way to the source
        item, plan = _way(outcome.planned, None, item, language, numbers), ""
    else:
        plan = _way(outcome.planned, planned.figure if planned else None, escape(plan), language, numbers)
    done = ""
    if outcome.done is not None:
        figure = outcome.result.figure if outcome.result else None
        done = _way(outcome.done, figure, escape(done_of(outcome, archive)), language, numbers)
    verdict = outcome.verdict
    state = (
        f'<span class="yj-state yj-is-{verdict.value}"><span aria-hidden="true">{ICONS[verdict]}</span>'
        f"{escape(label_of(verdict, language))}</span>"
    )
    named = {key: f' data-label="{escape(say(language, f"plans_{key}"))}"' for key in ("planned", "done", "degree")}
    return (
        f'<tr data-kind="{verdict.value}"><td>{item}</td><td class="yj-said-in"{named["planned"]}>{plan}</td>'
        f'<td class="yj-said-in"{named["done"]}>{done}</td>'
        f'<td class="yj-right"{named["degree"]}>{escape(degree_of(outcome))}</td><td>{state}</td></tr>'
    )


def _way(citation: Citation, figure: Figure | None, inner: str, language: Language, numbers: Iterator[int]) -> str:
    marks = [Span(figure.start, figure.end)] if figure is not None else []
    return open_html(Place.of(citation, marks), next(numbers), inner, language)
