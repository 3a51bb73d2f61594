"""What somebody chose to compare on the page or on the command line, and the comparisons that it asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.asked_years import FIRST, LAST
from assistant.compare import Request, compare
from assistant.compare_places import places_named
from assistant.comparison import Comparison, Held, Note, NoteKind
from assistant.types import Language
from indexer.archive import Archive
from indexer.errors import QuestionError
from indexer.types import Period
from ui.text import say

MOST_SUBJECTS, MOST_PLACES = 6, 60
LONGEST_SUBJECT = 40  # characters


@dataclass(frozen=True, slots=True)
class Choice:
    """Indicators over years and places; where years or places are left open, all that the archive holds."""

    subjects: tuple[str, ...] = ()
    first: int | None = None
    last: int | None = None
    places: tuple[str, ...] = ()

    def years(self, archive: Archive) -> tuple[int, ...]:
        """The years meant, none where they are left open; an open end reaches as far as the reports do."""
        if self.first is None and self.last is None:
            return ()
        held = [year for report in archive.reports() if (year := report.year) is not None]
        first = self.first if self.first is not None else min([*held, self.last or LAST])
        last = self.last if self.last is not None else max([*held, first])
        return tuple(range(min(first, last), max(first, last) + 1))


def choice_of(subjects: object, first: object, last: object, places: object, language: Language) -> Choice:
    """What a page sent, checked. Raises QuestionError where it cannot be worked on."""
    named = tuple(dict.fromkeys(text for one in _texts(subjects) if any(map(str.isalnum, text := one.strip()))))
    if len(named) > MOST_SUBJECTS:
        raise QuestionError(say(language, "compare_too_many", most=MOST_SUBJECTS))
    for subject in named:
        if len(subject) > LONGEST_SUBJECT:
            raise QuestionError(
                say(language, "compare_too_long", subject=f"{subject[:LONGEST_SUBJECT]}…", most=LONGEST_SUBJECT)
            )
    chosen = tuple(dict.fromkeys(one.strip() for one in _texts(places) if one.strip()))
    if len(chosen) > MOST_PLACES:
        raise QuestionError(say(language, "compare_too_many_places", most=MOST_PLACES))
    return Choice(named, _year(first, language), _year(last, language), chosen)


def comparisons_of(archive: Archive, choice: Choice, language: Language, today: date) -> list[Comparison]:
    """One comparison for each indicator, with what must be said of the years. Raises QuestionError for an unknown place."""
    years = choice.years(archive)
    places = tuple(dict.fromkeys(place for name in choice.places for place in places_named(archive, name)))
    turned = choice.first is not None and choice.last is not None and choice.last < choice.first
    periods = tuple(map(Period.of_year, years))
    made = [compare(archive, Request(subject, language, periods, places)) for subject in choice.subjects]
    return [replace(one, notes=(*notes_on_years(years, one, today, turned=turned), *one.notes)) for one in made]


def notes_on_years(years: Sequence[int], made: Comparison, today: date, *, turned: bool) -> list[Note]:
    """What must be said of the years: turned round, in the future, or only one."""
    notes, language = [], made.language
    if turned:
        notes.append(Note(NoteKind.PERIODS, say(language, "compare_turned", first=years[0], last=years[-1])))
    future = [str(year) for year in years if year > today.year]
    if future:
        joiner = "、" if language is Language.CHINESE else ", "
        notes.append(Note(NoteKind.PERIODS, say(language, "compare_future", years=joiner.join(future))))
    held = {row.period for row in made.rows if row.held is not Held.MISSING}
    if len(held) == 1 and len(made.places) < 2:
        notes.append(Note(NoteKind.PERIODS, say(language, "compare_one" if len(years) == 1 else "compare_only_one")))
    return notes


def _texts(given: object) -> list[str]:
    return [one for one in given if isinstance(one, str)] if isinstance(given, list | tuple) else []


def _year(given: object, language: Language) -> int | None:
    text = str(given or "").strip()
    if not text:
        return None
    year = int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else 0
    if not FIRST <= year <= LAST:
        raise QuestionError(say(language, "compare_bad_years", first=FIRST, last=LAST))
    return year
