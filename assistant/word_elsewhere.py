"""How it is said that the archive does not hold what was asked, and what it holds instead; no figure is stated."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.elsewhere import Elsewhere
from assistant.english import UNITS
from assistant.offers import (
    MOST,
    newest,
    of_both,
    of_figures,
    of_periods,
    of_places,
    of_units,
    period_label,
    place_words,
)
from assistant.rewrite import Known
from assistant.types import Answer, Language, Missing, Question
from indexer.types import Period

LISTED = 3  # places or periods named one by one
SENTENCES = {
    "period": ("档案中有{held}的数，没有{asked}的。", "The archive has this for {held}, not for {asked}."),
    "place": ("{asked}没有这项，档案中有{held}的。", "{asked} does not state this; the archive has it for {held}."),
    "planned": ("{asked}只有计划数，没有完成数。", "For {asked} the archive holds only what was planned."),
    "unit": ("这项没有以“{asked}”计的数，档案中以“{held}”计。", "The archive states this {held}, not {asked}."),
    "sort": ("这项没有{asked}，档案中以“{held}”计。", "The archive states this {held}, not {asked}."),
    "unsaid": (
        "档案中没有提到{held}，可以换个说法再问。",
        "No report in the archive mentions {held}; try other words.",
    ),
    "nearly": (
        "没有找到确定的数：报告里没有{held}这样的说法，可以换个说法再问。",
        "Nothing certain was found: the reports do not use the words {held}; try others.",
    ),
    "near": (
        "没有找到确定的数，最接近的是下面这些。",
        "Nothing certain was found; what comes nearest is offered below.",
    ),
    "also": ("这项有{held}的数。", "This is held for {held}."),
}
SORTS = {  # classes of units as a reader names them
    "count": ("个数", "as a count"), "money": ("金额", "as an amount of money"), "length": ("长度", "as a length"),
    "area": ("面积", "as an area"), "percent": ("比例", "as a share"), "points": ("百分点", "in percentage points"),
    "mass": ("重量", "as a weight"), "volume": ("体积", "as a volume"), "energy": ("电量", "as an amount of energy"),
    "power": ("功率", "as a capacity"), "duration": ("时长", "as a length of time"), "age": ("年龄", "as an age"),
    "rank": ("名次", "as a rank"), "multiple": ("倍数", "as a multiple"), "temperature": ("温度", "as a temperature"),
}  # fmt: skip
OTHER_SORT = ("这样的数", "in that way")
MULTIPLIERS = "十百千万亿"
SCOPE_MISSING = frozenset({Missing.PLACE, Missing.PERIOD, Missing.REPORT_YEAR})  # said already


def with_elsewhere(answer: Answer, found: Elsewhere, known: Known) -> Answer:
    """The answer that nothing was found, saying what is held instead, and offering to ask for it."""
    question = answer.question
    offers = (
        *of_periods(question, reversed(found.periods), known),
        *of_places(question, found.places, known),
        *of_both(question, _newest_first(found.both), known),
        *of_units(question, found.units),
        *of_figures(question, sorted((*found.planned, *found.counted), key=newest), known.lexicon),
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
    if found.planned:
        return _say(question, "planned", asked=_joined(places, time, question.language))
    if found.units:
        return _otherwise_counted(question, found.units)
    if answer.suggestions:
        return _say(question, "near")
    for key, words in (("unsaid", found.unsaid), ("nearly", found.nearly)):
        if words:
            return _say(question, key, held=_list([f"“{word}”" for word in words], question.language))
    return answer.text


def _otherwise_counted(question: Question, units: Sequence[str]) -> str:
    """In which units the archive states it, and not in the one asked for or in the sort of it."""
    sort = SORTS.get(question.dimension or "", OTHER_SORT)
    if question.language is Language.CHINESE:
        key = "unit" if question.unit else "sort"
        return _say(question, key, held="、".join(units[:LISTED]), asked=question.unit or sort[0])
    held = list(dict.fromkeys(_in_english(unit) for unit in units[:LISTED]))
    return _say(
        question, "unit", held=" and ".join(held), asked=_in_english(question.unit) if question.unit else sort[1]
    )


def _in_english(unit: str) -> str:
    """How English says in which unit something is stated: in yuan, as a count."""
    name = UNITS.get(unit.lstrip(MULTIPLIERS), "").strip()
    return f"in {name}" if name else SORTS["count"][1]


def _newest_first(pairs: Sequence[tuple[str, Period]]) -> list[tuple[str, Period]]:
    """The newest of each place before the others."""
    first: dict[str, tuple[str, Period]] = {}
    for place, period in pairs:
        first.setdefault(place, (place, period))
    return list(dict.fromkeys([*first.values(), *pairs]))


def _held(found: Elsewhere, language: Language, known: Known) -> str:
    if found.periods:
        return period_ranges(found.periods, language)
    times: dict[str, list[Period]] = {place: [] for place in found.places}
    for place, period in found.both:
        times.setdefault(place, []).append(period)
    words = [
        _joined(
            place_words(place, language, known.lexicon) if place else "", period_ranges(periods, language), language
        )
        for place, periods in times.items()
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
