"""How it is said that the archive does not hold what was asked, and what it holds instead; no figure is stated."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.elsewhere import Elsewhere
from assistant.offers import MOST, of_both, of_periods, of_places, of_units, period_label, place_words
from assistant.rewrite import Known
from assistant.types import Answer, Language, Missing, Question
from indexer.types import Period

LISTED = 3  # places or periods named one by one
SENTENCES = {
    "period": ("档案中有{held}的数，没有{asked}的。", "The archive has this for {held}, not for {asked}."),
    "place": ("{asked}没有这项，档案中有{held}的。", "{asked} does not state this; the archive has it for {held}."),
    "unit": ("这项没有以“{asked}”计的数，档案中以“{held}”计。", "The archive counts this in {held}, not in {asked}."),
    "unsaid": (
        "档案中没有提到{held}，可以换个说法再问。",
        "No report in the archive mentions {held}; try other words.",
    ),
    "also": ("这项有{held}的数。", "This is held for {held}."),
}
SCOPE_MISSING = frozenset({Missing.PLACE, Missing.PERIOD, Missing.REPORT_YEAR})  # said already


def with_elsewhere(answer: Answer, found: Elsewhere, known: Known) -> Answer:
    """The answer that nothing was found, saying what is held instead, and offering to ask for it."""
    question = answer.question
    offers = (
        *of_periods(question, reversed(found.periods), known),
        *of_places(question, found.places, known),
        *of_both(question, reversed(found.both), known),
        *of_units(question, found.units),
        *answer.suggestions,
    )
    text = _sentence(answer, found, known)
    return replace(answer, text=text, suggestions=tuple(dict.fromkeys(offers))[:MOST])


def asked_time(question: Question) -> str:
    """The time that the question names, in its language; "" where it names none."""
    english = question.language is Language.ENGLISH
    if question.periods:
        return period_ranges(question.periods, question.language)
    if question.report_years:
        years = "、".join(map(str, question.report_years))
        return f"the {years.replace('、', ', ')} report" if english else f"{years}年报告"
    return ("the years asked for" if english else "所问年份") if question.recent_years or question.spans_years else ""


def period_ranges(periods: Iterable[Period], language: Language) -> str:
    """The periods in short, years that follow one another as a range: 2021—2023年、2024年上半年."""
    runs: list[Period] = []
    for period in sorted(set(periods)):
        if runs and _is_years(period) and _is_years(runs[-1]) and period.start.year == runs[-1].end.year + 1:
            runs[-1] = Period(runs[-1].start, period.end)
        else:
            runs.append(period)
    english = language is Language.ENGLISH
    if len(runs) > LISTED:
        first, last = runs[0].start.year, runs[-1].end.year
        count = len({year for period in runs for year in period.years})
        return f"{count} years from {first} to {last}" if english else f"{first}—{last}年间{count}个年份"
    return (", " if english else "、").join(period_label(period, language) for period in runs)


def _is_years(period: Period) -> bool:
    return period == Period.of_years(period.start.year, period.end.year)


def _sentence(answer: Answer, found: Elsewhere, known: Known) -> str:
    question = answer.question
    held = _held(found, question.language, known)
    if answer.missing in SCOPE_MISSING:
        gap = " " if question.language is Language.ENGLISH else ""
        return f"{answer.text}{gap}{_say(question, 'also', held=held)}" if held else answer.text
    places = _list(
        [place_words(place, question.language, known.lexicon) for place in question.places], question.language
    )
    time = asked_time(question)
    if found.periods:
        return _say(question, "period", held=_joined(places, held, question.language), asked=time)
    if found.places:
        here = places or ("This place" if question.language is Language.ENGLISH else "本地")
        return _say(question, "place", held=held, asked=here)
    if found.both:
        return _say(question, "period", held=held, asked=_joined(places, time, question.language))
    if found.units:
        return _say(
            question, "unit", held="、".join(found.units[:LISTED]), asked=question.unit or question.dimension or ""
        )
    if found.unsaid:
        quoted = [f"“{word}”" for word in found.unsaid]
        return _say(question, "unsaid", held=_list(quoted, question.language))
    return answer.text


def _held(found: Elsewhere, language: Language, known: Known) -> str:
    if found.periods:
        return period_ranges(found.periods, language)
    pairs: Sequence[tuple[str, Period | None]] = found.both or [(place, None) for place in found.places]
    words = [
        _joined(place_words(place, language, known.lexicon), period_label(period, language) if period else "", language)
        for place, period in pairs
    ]
    return _list(words, language)


def _joined(place: str, time: str, language: Language) -> str:
    """云岭县2023年; Yunling County in 2023."""
    if language is Language.CHINESE:
        return f"{place}{time}"
    return f"{place} in {time}" if place and time else place or time


def _list(words: Sequence[str], language: Language) -> str:
    shown = list(words[:LISTED])
    if language is Language.CHINESE:
        return "、".join(shown) + ("等地" if len(words) > LISTED else "")
    return ", ".join(shown) + (" and others" if len(words) > LISTED else "")


def _say(question: Question, key: str, **values: str) -> str:
    chinese, english = SENTENCES[key]
    return (english if question.language is Language.ENGLISH else chinese).format(**values)
