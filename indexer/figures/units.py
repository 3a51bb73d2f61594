"""Units behind a number: the table of measures and counters (lexicon/units.toml) and the longest match in it.

A unit is read with its multiplier (万辆 is 万 and 辆) and with the 余, 多 that stand inside (620多万套, 100余家).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from importlib.resources import files
from types import MappingProxyType
from typing import Final

RATE: Final = "rate"
COUNT: Final = "count"

_MULTIPLIER: Final = re.compile(r"[百千]?[十百千]?万亿|万万|[十百千]?[十百千]?[万亿]|百|千")
_VALUES: Final = MappingProxyType({"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8})
_TRAILED: Final = frozenset({"multiple", "tenths", "length", "area", "mass", "money"})
_TRAILING_MORE: Final = re.compile(r"[多余](?=[,。;、)的]|$)")  # 1倍多
_MORE: Final = re.compile(r"[余多来]")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure or a counter: how it is written, what it measures, and its factor to the base unit."""

    written: str
    dimension: str
    base: str
    factor: Decimal
    strong: bool = True  # counts by itself, also behind a mask or a single Chinese digit


@dataclass(frozen=True, slots=True)
class UnitMatch:
    """A unit found behind a number: `unit` has the multiplier, `scale` the value of one of it in `base` units."""

    end: int
    unit: str
    base: str
    scale: Decimal
    dimension: str
    multiplier: str
    more: bool  # 余, 多 or 来 stands inside
    strong: bool


@dataclass(frozen=True, slots=True)
class UnitTable:
    """All units, by their first character, the longest first; with the word lists of units.toml."""

    by_first: Mapping[str, tuple[Unit, ...]]
    guards: Mapping[str, tuple[str, ...]]
    abstract: frozenset[str]
    names: frozenset[str]

    @classmethod
    def load(cls) -> UnitTable:
        """The table that ships with the product."""
        source = tomllib.loads((files("indexer.lexicon") / "units.toml").read_text(encoding="utf-8"))
        by_first: dict[str, list[Unit]] = {}
        for unit in sorted(_units(source), key=lambda unit: -len(unit.written)):
            by_first.setdefault(unit.written[0], []).append(unit)
        words = {name: frozenset(words.split()) for name, words in source["words"].items()}
        frozen = MappingProxyType({first: tuple(units) for first, units in by_first.items()})
        guards = {unit: tuple(words.split()) for unit, words in source["guards"].items()}
        return cls(frozen, MappingProxyType(guards), words["abstract"], words["names"])

    def find(self, text: str, start: int, end: int) -> Unit | None:
        """The longest unit at `start` of folded text that no guard turns into another word."""
        if start >= end:
            return None
        for unit in self.by_first.get(text[start], ()):
            stop = start + len(unit.written)
            if stop <= end and text.startswith(unit.written, start) and self._stands(unit, text, stop):
                return unit
        return None

    def read(self, text: str, start: int, end: int, *, numeral: bool) -> UnitMatch | None:
        """The unit with multiplier behind a number that ends at `start`; `numeral` says that it is a Chinese one.

        A bare multiplier (1386万) is a unit of its own, with an empty base.
        """
        position = _skip_space(text, start, end)
        more = _more_end(text, position, end)
        plain = self.find(text, more, end)
        found = _MULTIPLIER.match(text, more, end)
        if plain is not None and plain.written == "个" and _MORE.match(text, more + 1, end):
            return self._split(text, more, end) or self._match(text, plain, more, end, "", more=more > position)
        if plain is not None and (found is None or len(plain.written) > len(found[0])):
            return self._match(text, plain, more, end, "", more=more > position)
        if found is None:
            return None
        multiplier = found[0]
        if multiplier in "百千" and (numeral or self.find(text, found.end(), end) is None):
            return None
        after = _more_end(text, _skip_space(text, found.end(), end), end)
        has_more = more > position or after > found.end()
        unit = self.find(text, after, end)
        if unit is None:
            stop = after if text[found.end() : after].strip() else found.end()
            return UnitMatch(stop, multiplier, "", multiplier_value(multiplier), COUNT, multiplier, has_more, True)
        return self._match(text, unit, after, end, multiplier, more=has_more)

    def _split(self, text: str, start: int, end: int) -> UnitMatch | None:
        """个百分点 of 2个多百分点: a unit with 多 in its middle."""
        joined = f"个{text[start + 2 : min(end, start + 6)]}"
        unit = self.find(joined, 0, len(joined))
        if unit is None or len(unit.written) < 2:
            return None
        stop = start + 1 + len(unit.written)
        return UnitMatch(stop, unit.written, unit.base, unit.factor, unit.dimension, "", more=True, strong=True)

    def _match(self, text: str, unit: Unit, start: int, end: int, multiplier: str, *, more: bool) -> UnitMatch:
        """The match of `unit` at `start`, extended over a rate: 元/平方米, 微克/立方米, 吨标准煤/万元."""
        stop, written, base, dimension = start + len(unit.written), unit.written, unit.base, unit.dimension
        scale = unit.factor * multiplier_value(multiplier)
        while stop + 1 < end and text[stop] in "/每":
            below_start = stop + 1
            below_multiplier = _MULTIPLIER.match(text, below_start, end)
            if below_multiplier is not None and self.find(text, below_start, end) is None:
                below_start = below_multiplier.end()
            below = self.find(text, below_start, end)
            if below is None or (text[stop] == "每" and not _is_density(unit, below)):
                break
            below_written = text[stop + 1 : below_start + len(below.written)]
            scale /= below.factor * multiplier_value(text[stop + 1 : below_start])
            written, base, dimension = f"{written}/{below_written}", f"{base}/{below.base}", RATE
            stop = below_start + len(below.written)
        if dimension in _TRAILED and _TRAILING_MORE.match(text, stop, end):
            stop, more = stop + 1, True
        return UnitMatch(stop, multiplier + written, base, scale, dimension, multiplier, more, unit.strong)

    def _stands(self, unit: Unit, text: str, stop: int) -> bool:
        following = text[stop : stop + 1]
        if unit.written[-1].isascii() and unit.written[-1].isalnum():
            return not (following.isascii() and following.isalnum())
        return not (following and text.startswith(self.guards.get(unit.written, ()), stop))


def multiplier_value(multiplier: str) -> Decimal:
    """What a multiplier is worth: 万亿 is 10 to the 12th, "" is 1."""
    value = 1
    for char in multiplier:
        value *= _VALUES[char]
    return Decimal(value)


def _is_density(unit: Unit, below: Unit) -> bool:
    return unit.dimension == "mass" and below.dimension in {"volume", "area"}


def _units(source: dict[str, dict[str, str]]) -> Iterable[Unit]:
    measures: list[dict[str, dict[str, str]]] = source["measure"]  # type: ignore[assignment]
    for measure in measures:
        for written, factor in measure["units"].items():
            yield Unit(written, str(measure["dimension"]), str(measure["base"]), _factor(factor))
    same_as = source["same_as"]
    for name, strong in (("strong", True), ("loose", False)):
        for written in dict.fromkeys(source["counters"][name].split()):
            yield Unit(written, COUNT, same_as.get(written, written), Decimal(1), strong)


def _factor(written: str) -> Decimal:
    above, _, below = written.partition("/")
    return Decimal(above) / Decimal(below or 1)


def _skip_space(text: str, position: int, end: int) -> int:
    """Past one space, which dirty reports leave between number and unit."""
    return position + 1 if position + 1 < end and text[position] == " " else position


def _more_end(text: str, position: int, end: int) -> int:
    found = _MORE.match(text, position, end)
    return position if found is None else found.end()
