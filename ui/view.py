"""What is shown of an answer, wherever it is shown: the number apart from its unit, labels, highlights."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.types import Answer, AnsweredFigure, Language, Searched, Status
from assistant.wording import figure_words, unit_of_head, written_words
from indexer.types import PartLink, Period, ReportInfo, Role
from ui.text import say

_MASKS = "*＊×"
_WHOLE = "全"  # 全市, 全区: the report's own place
_LABELS = tuple(say(language, key) for language in Language for key in ("parts_stated", "parts_inferred"))
LONGEST_SUBJECT = 40  # characters; of a longer one the end is shown, where its noun stands
MOST_PLACES = 6  # places named one by one
MOST_LEFT = 4  # characters that a sentence may have beyond what the figure above it says


@dataclass(frozen=True, slots=True)
class Number:
    """A figure as written, in three: what stands before its digits, the digits, and what stands after them."""

    before: str
    digits: str
    after: str


def number_of(answer: Answer, stated: AnsweredFigure) -> Number:
    """The figure in three, nothing reformatted: 约168.4万辆 is 约, 168.4, 万辆; 三分之一 has digits only.

    What stands before the number in its quote and changes its sense (不低于, 下降) is kept.
    """
    figure = stated.figure
    written = written_words(figure)
    head = unit_of_head(figure)  # of a table
    before = figure_words(figure, text_before(answer, stated)).removesuffix(f"{written}{head}")
    unit = figure.unit if figure.unit and written.endswith(figure.unit) else ""
    body = written.removesuffix(unit) if unit else written
    places = [place for place, character in enumerate(body) if character.isdigit() or character in _MASKS]
    if not places:
        return Number(before, body, unit or head)
    first, last = places[0], places[-1] + 1
    return Number(before + body[:first], body[first:last], body[last:] + (unit or head))


def text_before(answer: Answer, stated: AnsweredFigure) -> str:
    """What stands before a figure in its quote."""
    for citation in answer.citations:
        here = stated.figure.start - citation.start
        if citation.report.id == stated.report.id and 0 <= here <= len(citation.quote):
            return citation.quote[:here]
    return ""


def period_label(period: Period | None, language: Language) -> str:
    """The period as a reader of `language` writes it; where it is not known, the text that says so."""
    if period is None:
        return say(language, "period_unknown")
    if language is Language.CHINESE:
        return period.label
    first, last = period.start, period.end
    if period == Period.of_years(first.year, last.year):
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    return f"{first:%b %Y}" if (first.year, first.month) == (last.year, last.month) else f"{first:%b %Y} – {last:%b %Y}"


def place_label(answered: AnsweredFigure) -> str:
    """Whose figure it is: the report's place, else its issuer, with the scope that the text gives; else ""."""
    place, scope = answered.report.place or answered.report.issuer or "", answered.figure.scope or ""
    is_whole = scope.startswith(_WHOLE) and bool(place)
    return place if is_whole or scope in place else f"{place} {scope}".strip()


def role_label(answered: AnsweredFigure, language: Language) -> str:
    """The word for a figure that is not a result (计划, 预计, 要求); "" for a result."""
    role = answered.figure.role
    return "" if role is Role.RESULT else say(language, f"role_{role.value}")


def facts_of(answered: AnsweredFigure, language: Language, *, place: bool = True) -> tuple[str, ...]:
    """What is said beneath a figure, as far as it is known: subject, role where it is no result, period, place."""
    subject, period = answered.figure.subject_text, answered.figure.period or answered.report.period
    facts = (
        subject if len(subject) <= LONGEST_SUBJECT else "…" + subject[-LONGEST_SUBJECT:],
        role_label(answered, language),
        period_label(period, language),
        place_label(answered) if place else "",
    )
    return tuple(fact for fact in facts if fact)


def parts_label(parts: Iterable[AnsweredFigure], language: Language) -> str:
    """分项合计相符 where any part is only inferred from the sum; 其中 only where the source says it of every part."""
    stated = all(part.figure.part_link is PartLink.STATED for part in parts)
    return say(language, "parts_stated" if stated else "parts_inferred")


def title_of(report: ReportInfo, language: Language) -> str:
    """The report's title, else its file name, else the text that says it has none."""
    return report.title or report.file_name or say(language, "untitled")


def heading_of(section: tuple[str, ...], language: Language) -> str:
    """The heading path in one line, outermost first."""
    return " › ".join(heading.strip() for heading in section if heading.strip()) or say(language, "heading_none")


def status_label(answer: Answer, language: Language) -> str:
    """The word for how the answer ended."""
    return say(language, f"status_{answer.status.value}")


def language_of(answer: Answer) -> Language:
    """The language that the labels around an answer are in: that of its question."""
    return answer.question.language


def is_headline(answer: Answer) -> bool:
    """Whether the answer has one figure that is shown large; with several places none is preferred."""
    return bool(answer.figures) and answer.status is not Status.AMBIGUOUS


def is_ambiguous(answer: Answer) -> bool:
    """Whether several places answer, each with its own figure."""
    return bool(answer.figures) and answer.status is Status.AMBIGUOUS


def questions_of_places(answer: Answer) -> dict[str, str]:
    """For an ambiguous answer: report → the suggested question that asks about its place."""
    if not is_ambiguous(answer):
        return {}
    named = {one.report.id: one.report.place for one in answer.figures if one.report.place}
    places = list(dict.fromkeys(named.values()))
    offered = answer.suggestions
    by_place = {place: next((one for one in offered if place in one), "") for place in places}
    if not any(by_place.values()) and len(places) == len(offered):  # in another language, in the same order
        by_place = dict(zip(places, offered, strict=True))
    return {report: by_place[place] for report, place in named.items() if by_place[place]}


def is_conflict(answer: Answer) -> bool:
    """Whether reports disagree on the figure: a note names each of the others with what it states instead."""
    others = answer.figures[1:]
    if answer.status is not Status.ANSWERED or not others or answer.computed:
        return False
    return all(
        any(
            other.figure.written in note and (other.report.title or other.report.file_name) in note
            for note in answer.notes
        )
        and other.report.id != answer.figures[0].report.id
        and other.figure.period == answer.figures[0].figure.period
        for other in others
    )


def says_more(answer: Answer) -> bool:
    """Whether the answer's sentence says anything that the figure, its facts and its parts do not show already."""
    if is_ambiguous(answer):
        return False  # its rows are the sentence
    if answer.status is not Status.ANSWERED or not answer.figures:
        return True
    shown = [answer.figures[0].figure.subject_text, answer.figures[0].report.place or ""]
    for stated in all_figures(answer.figures[:1]):
        number = number_of(answer, stated)
        shown += [stated.figure.written, number.before, stated.figure.subject_text]
        shown += [part for part in facts_of(stated, Language.CHINESE) if part]
    left = answer.text
    for words in sorted({*shown, *_LABELS}, key=len, reverse=True):
        left = left.replace(words, "") if words else left
    return sum(character.isalnum() for character in left) > MOST_LEFT


def all_figures(figures: Iterable[AnsweredFigure]) -> Iterator[AnsweredFigure]:
    """The figures with all their parts, a whole before its parts."""
    for answered in figures:
        yield answered
        yield from all_figures(answered.parts)


def understood_as(answer: Answer, language: Language) -> str:
    """How a follow-up was understood, where it says more than what was typed; "" otherwise."""
    asked, standalone = answer.question.text.strip(), answer.question.standalone.strip()
    return "" if standalone in {"", asked} else say(language, "understood", question=standalone)


def years_label(years: Iterable[int]) -> str:
    """Years in short: 2019—2022、2024; "" for none."""
    runs: list[list[int]] = []
    for year in sorted(set(years)):
        if runs and year == runs[-1][1] + 1:
            runs[-1][1] = year
        else:
            runs.append([year, year])
    return "、".join(str(first) if first == last else f"{first}—{last}" for first, last in runs)


def searched_label(searched: Searched, language: Language) -> str:
    """One line on what was searched: how many reports, which years, which places (many are counted), and the note."""
    facts = [say(language, "searched" if searched.reports else "searched_none", reports=searched.reports)]
    if searched.years:
        facts.append(say(language, "searched_years", years=years_label(searched.years)))
    if len(searched.places) > MOST_PLACES:
        facts.append(say(language, "searched_many_places", count=len(searched.places)))
    elif searched.places:
        facts.append(say(language, "searched_places", places=say(language, "list_comma").join(searched.places)))
    if searched.note:
        facts.append(searched.note)
    return " · ".join(facts)
