"""What a question wants back: a number or words, in which unit, of which measure, planned or reached."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Self

from assistant.types import Intent
from indexer.figures.units import UnitTable
from indexer.types import Measure, Role, Span

SCALES = "万亿|百亿|千亿|百万|千万|亿|万|千|百"
ENGLISH_SCALES = r"(?:(?:ten |hundred )?(?:thousand|million|billion|trillion)s?(?: of)? |hundreds? of |tens of |100 million |10,?000 |hundred )*"
ENGLISH_UNITS = (
    r"per ?cent(?:age(?: points?)?)?|%|(?:us )?dollars?|us\$|usd|yuan|rmb|euros?|(?:metric )?tonn?e?s?|(?:square |cubic )?kilomet(?:re|er)s?"
    r"|(?:square |cubic )?met(?:re|er)s?|km|square km|hectares|mu|piculs?|dan|jin|catties|kilowatt[ -]hours?|kwh|kilowatts?|megawatts?|gigawatts?"
    r"|people|persons|households|kilograms?|years|days|vehicles|person-times"
)
ENGLISH_COUNT = re.compile(
    rf"\bhow many (?:out )?(?P<unit>{ENGLISH_SCALES}(?:of )?(?:square |cubic |us |per ?centage |metric |passenger )?(?:kilowatt[ -]hours?|[a-z-]+))"
    rf"|\bin (?P<in>{ENGLISH_SCALES}(?:{ENGLISH_UNITS}))(?![\w-])(?! (?:bills|bonds|loans|deposits|terms))"
    rf"|[,(]\s*(?P<told>{ENGLISH_SCALES}(?:{ENGLISH_UNITS}))\)?\s*\??\s*$",
    re.IGNORECASE,
)
COUNT_NOUN = re.compile(r"[，,]?要?(?P<unit>[件台户家起只辆座次])数(?!量|据|字)")  # 举报件数, 要台数
PERSON = "人"
OF_THING = re.compile(
    r"[里内中外上下间的]|[民委庄]|集体|干部|居民|职工|学生"
)  # behind a noun that counts nothing: 村里的垃圾
MONEY = "钱"  # 多少钱 asks for an amount: 钱 is no topic
SCALE_WORDS = re.compile(rf"^{ENGLISH_SCALES}(?:of )?")
LATIN = re.compile(r"[A-Za-z]{2,}")
FIRST_INTENTS = (Intent.OVERVIEW, Intent.COVERAGE, Intent.PLAN_VS_DONE)

UnitAt = Callable[[str, int], tuple[str, str, int] | None]  # (text, offset) → unit, its class, where it ends
TermsIn = Callable[[str], Sequence[tuple[Span, str]]]  # text → where its terms of several words stand, their Chinese
Patterns = Mapping[str, re.Pattern[str]]


@dataclass(frozen=True, slots=True)
class AskingWords:
    """The words of asking (lexicon/asking.toml), ready to be looked for."""

    number: Patterns
    dimension: Patterns
    noun: Patterns  # the class of unit that an English noun implies
    measure: Patterns
    role: Patterns
    intent: Patterns
    phrases: Patterns
    units: Mapping[str, str]
    rewrites: tuple[tuple[re.Pattern[str], str], ...]
    measured: frozenset[str]  # Chinese terms that only say how something is measured
    things: frozenset[
        str
    ]  # nouns that reports put right behind a number (13市, 400企业): in a question they are the topic

    @classmethod
    def load(cls) -> Self:
        """The words that ship with the product."""
        home = files("indexer") / "lexicon"
        source = tomllib.loads((home / "asking.toml").read_text(encoding="utf-8"))
        units = tomllib.loads((home / "units.toml").read_text(encoding="utf-8"))
        measured = frozenset(source["phrases"].pop("measured").split())
        groups = {
            group: {name: _compile(lines) for name, lines in source[group].items()}
            for group in ("number", "dimension", "noun", "measure", "role", "intent", "phrases")
        }
        rewrites = tuple((_compile([said]), meant) for said, meant in source["rewrite"].items())
        things = frozenset(units["counters"]["loose"].split())
        return cls(**groups, units=source["unit"], rewrites=rewrites, measured=measured, things=things)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question wants back, and the stretches of it that only say so."""

    intent: Intent
    unit: str | None
    dimension: str | None
    measure: Measure | None
    role: Role | None
    spans: tuple[Span, ...]
    counted_at: int | None  # where what is counted begins: behind 多少 and its unit


def unit_reader(units: UnitTable) -> UnitAt:
    """What reads a unit of the table at a place of a text."""

    def unit_at(text: str, offset: int) -> tuple[str, str, int] | None:
        unit = units.find(text, offset, len(text))
        return (unit.written, unit.dimension, offset + len(unit.written)) if unit else None

    return unit_at


def asked(text: str, words: AskingWords, *, is_english: bool, unit_at: UnitAt) -> Asked:
    """What `text` (folded) wants back; `unit_at(text, offset)` reads a unit of the unit table."""
    unit, dimension, spans = _english_unit(text, words) if is_english else _unit(text, words, unit_at)
    if not spans and not is_english and LATIN.search(text):
        unit, dimension, spans = _english_unit(text, words)
    if unit is None and dimension is None:
        dimension = _named(words.dimension, text)
    measure = _measure(text, words, unit, dimension)
    if unit is None and dimension is None and measure is None:
        dimension = _named(words.noun, text)
    numeric = bool(spans) or measure is not None or dimension is not None
    numeric = numeric or any(words.number[name].search(text) for name in ("noun_at_end", "english"))
    counted_at = next((span.end for span in spans if text[span.end - 1] != "数"), None)
    return Asked(
        _intent(text, words, numeric=numeric), unit, dimension, measure, _role(text, words), tuple(spans), counted_at
    )


def _named(patterns: Patterns, text: str) -> str | None:
    """The name of the first pattern that the text fits."""
    return next((name for name, pattern in patterns.items() if pattern.search(text)), None)


def _compile(lines: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(line.replace("{scale}", SCALES) for line in lines), re.IGNORECASE)


def _intent(text: str, words: AskingWords, *, numeric: bool) -> Intent:
    for intent in FIRST_INTENTS:
        if words.intent[intent.value].search(text):
            return intent
    if words.intent["list"].search(text):
        return Intent.LIST
    if numeric:
        return Intent.FIGURE
    if words.intent["comparison"].search(text):
        return Intent.COMPARISON
    return Intent.TEXT if words.intent["words"].search(text) else Intent.FIGURE


def _measure(text: str, words: AskingWords, unit: str | None, dimension: str | None) -> Measure | None:
    if words.measure["rank"].search(text):
        return Measure.RANK
    is_percent = unit in {"%", "个百分点"}
    if not is_percent and words.measure["change"].search(text):
        return Measure.CHANGE
    if (is_percent or (unit is None and dimension != "count")) and words.measure["growth"].search(text):
        return Measure.GROWTH
    return Measure.SHARE if (unit is None or is_percent) and words.measure["share"].search(text) else None


def _role(text: str, words: AskingWords) -> Role | None:
    plan, result = (bool(words.role[name].search(text)) for name in ("plan", "result"))
    if plan == result:
        return None
    return Role.PLAN if plan else Role.RESULT


def _unit(text: str, words: AskingWords, unit_at: UnitAt) -> tuple[str | None, str | None, list[Span]]:
    """The unit after 多少 or 几, its class, and the asking words with it."""
    if match := words.number["percent"].search(text):
        return "个百分点" if "百分点" in match.group() else "%", "percent", [Span(match.start(), match.end())]
    spans: list[Span] = []
    unit: str | None = None
    dimension: str | None = None
    if match := COUNT_NOUN.search(text):
        unit, dimension = match["unit"], "count"
        spans.append(Span(match.start(), match.end()))
    for match in words.number["counted"].finditer(text):
        end = match.end()
        found = unit_at(text, end)
        if found and found[0] == "个" and text[found[2] : found[2] + 1] == PERSON:
            found = unit_at(text, found[2])  # 几个人
        if found and found[0] in words.things:  # 多少企业, but 多少村里的垃圾: the noun stays with the topic
            dimension = dimension or (None if OF_THING.match(text, found[2]) else found[1])
        elif found and unit is None:
            unit, dimension, end = (match["scale"] or "") + found[0], found[1], found[2]
        elif text.startswith(MONEY, end):
            end += len(MONEY)
        spans.append(Span(match.start(), end))
    return unit, dimension, spans


def _english_unit(text: str, words: AskingWords) -> tuple[str | None, str | None, list[Span]]:
    """The unit that an English question names, its class (left to the unit table), and the asking words."""
    spans = [Span(match.start(), match.end()) for match in re.finditer(r"\bhow m(?:any|uch)\b", text, re.IGNORECASE)]
    unit: str | None = None
    dimension: str | None = None
    for match in ENGLISH_COUNT.finditer(text):
        named = SCALE_WORDS.sub("", (match["unit"] or match["in"] or match["told"]).lower())
        known = words.units.get(named) or words.units.get(named.removesuffix("s"))
        if match["unit"] and known is None:
            dimension = dimension or "count"
        elif known is not None:
            unit = unit or known
            spans.append(Span(match.start(), match.end()))
    return unit, None if unit else dimension, sorted(spans)


def dimension_of(unit: str | None, unit_at: UnitAt) -> str | None:
    """The class of a unit by the unit table; None where there is no unit or the table does not hold it."""
    found = unit_at(unit, 0) if unit else None
    return found[1] if found else None


def without_phrases(text: str, words: AskingWords, want: Asked, *, is_english: bool, terms: TermsIn) -> str:
    """The text without what is only said while asking, for a number, for growth, for a target or for a comparison.

    `terms(text)` gives the stretches that are terms of several English words, which stay whole, with their Chinese.
    """
    for said, meant in words.rewrites:
        text = said.sub(meant, text)
    names = ["english"] if is_english else ["chinese"]
    if want.measure in {Measure.GROWTH, Measure.CHANGE} or want.intent is Intent.COMPARISON:
        names.append("change")
    if want.role is not None or want.intent is Intent.PLAN_VS_DONE:
        names.append("role")
    if LATIN.search(text):
        text = words.phrases["source"].sub(" ", text)
        names += [name for name in ("english", "share") if name not in names and (name == "english" or _is_share(want))]
    kept = [span for span, chinese in terms(text) if chinese not in words.measured]
    for name in names:
        text = _blanked(words.phrases[name], text, kept)
    return " ".join(text.split())


def _is_share(want: Asked) -> bool:
    return want.measure is Measure.SHARE or want.unit == "%" or want.dimension == "percent"


def _blanked(pattern: re.Pattern[str], text: str, kept: Sequence[Span]) -> str:
    """The text, as long as before, with blank space for what matches outside the stretches that stay."""

    def blank(match: re.Match[str]) -> str:
        held = any(span.start < match.end() and match.start() < span.end for span in kept)
        held = held or "-" in (text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1])
        return match.group() if held else " " * len(match.group())

    return pattern.sub(blank, text)
