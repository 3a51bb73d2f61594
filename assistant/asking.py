"""What a question wants back: a number or words, in which unit, of which measure, planned or reached."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Self

from assistant.types import Intent
from indexer.types import Measure, Role, Span

SCALES = "万亿|百亿|千亿|百万|千万|亿|万|千|百"
ENGLISH_COUNT = re.compile(
    r"\bhow many (?P<unit>(?:square |cubic |us |percentage |million |billion |thousand )*[a-z-]+)"
    r"|\bin (?P<in>percent|percentage|yuan|tonnes|kilomet(?:re|er)s|hectares|mu)\b",
    re.IGNORECASE,
)
COUNT_NOUN = re.compile(r"[，,]?要?(?P<unit>[件台户家起只辆座次])数(?!量|据|字)")  # 举报件数, 要台数
PERSON = "人"
SCALE_WORDS = re.compile(r"^(?:million |billion |thousand )+")
FIRST_INTENTS = (Intent.OVERVIEW, Intent.COVERAGE, Intent.PLAN_VS_DONE)

UnitAt = Callable[[str, int], tuple[str, str, int] | None]  # (text, offset) → unit, its class, where it ends
Patterns = Mapping[str, re.Pattern[str]]


@dataclass(frozen=True, slots=True)
class AskingWords:
    """The words of asking (lexicon/asking.toml), ready to be looked for."""

    number: Patterns
    dimension: Patterns
    measure: Patterns
    role: Patterns
    intent: Patterns
    phrases: Patterns
    units: Mapping[str, str]
    rewrites: tuple[tuple[re.Pattern[str], str], ...]

    @classmethod
    def load(cls) -> Self:
        """The words that ship with the product."""
        source = tomllib.loads((files("indexer") / "lexicon" / "asking.toml").read_text(encoding="utf-8"))
        groups = {
            group: {name: _compile(lines) for name, lines in source[group].items()}
            for group in ("number", "dimension", "measure", "role", "intent", "phrases")
        }
        rewrites = tuple((_compile([said]), meant) for said, meant in source["rewrite"].items())
        return cls(**groups, units=source["unit"], rewrites=rewrites)


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


def asked(text: str, words: AskingWords, *, is_english: bool, unit_at: UnitAt) -> Asked:
    """What `text` (folded) wants back; `unit_at(text, offset)` reads a unit of the unit table."""
    unit, dimension, spans = _english_unit(text, words) if is_english else _unit(text, words, unit_at)
    if unit is None and dimension is None:
        dimension = next((name for name, pattern in words.dimension.items() if pattern.search(text)), None)
    measure = _measure(text, words, unit)
    numeric = bool(spans) or measure is not None or dimension is not None
    numeric = numeric or any(words.number[name].search(text) for name in ("noun_at_end", "english"))
    counted_at = next((span.end for span in spans if text[span.end - 1] != "数"), None)
    return Asked(
        _intent(text, words, numeric=numeric), unit, dimension, measure, _role(text, words), tuple(spans), counted_at
    )


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


def _measure(text: str, words: AskingWords, unit: str | None) -> Measure | None:
    if words.measure["rank"].search(text):
        return Measure.RANK
    if unit in {None, "%", "个百分点"} and words.measure["growth"].search(text):
        return Measure.GROWTH
    return Measure.SHARE if words.measure["share"].search(text) else None


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
        if found and unit is None:
            unit, dimension, end = (match["scale"] or "") + found[0], found[1], found[2]
        spans.append(Span(match.start(), end))
    return unit, dimension, spans


def _english_unit(text: str, words: AskingWords) -> tuple[str | None, str | None, list[Span]]:
    """The unit that an English question names, its class (left to the unit table), and the asking words."""
    spans = [Span(match.start(), match.end()) for match in re.finditer(r"\bhow m(?:any|uch)\b", text, re.IGNORECASE)]
    match = ENGLISH_COUNT.search(text)
    if match is None:
        return None, None, spans
    counted = "count" if match["unit"] else None
    named: str = SCALE_WORDS.sub("", (match["unit"] or match["in"]).lower())
    unit = words.units.get(named) or words.units.get(named.removesuffix("s"))
    if unit is None:
        return None, counted, spans
    return unit, None, [Span(match.start(), match.end()), *spans[1:]]


def dimension_of(unit: str | None, unit_at: UnitAt) -> str | None:
    """The class of a unit by the unit table; None where there is no unit or the table does not hold it."""
    found = unit_at(unit, 0) if unit else None
    return found[1] if found else None


def without_phrases(text: str, words: AskingWords, want: Asked, *, is_english: bool) -> str:
    """The text without what is only said while asking, for a number, for growth, for a target or for a comparison."""
    for said, meant in words.rewrites:
        text = said.sub(meant, text)
    names = ["english" if is_english else "chinese"]
    if want.measure is Measure.GROWTH or want.intent is Intent.COMPARISON:
        names.append("change")
    if want.role is not None or want.intent is Intent.PLAN_VS_DONE:
        names.append("role")
    for name in names:
        text = words.phrases[name].sub(" ", text)
    return " ".join(text.split())
