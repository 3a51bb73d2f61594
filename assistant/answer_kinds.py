"""What sort of words a question wants (a reason, a place, a name, a way of doing), and what shows them in a report."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Self

from indexer.fold import fold

SORT_ASKED = re.compile(
    r"(?:哪|什么|啥)(?:[一二两三四五六七八九十几些]{0,2})(?:个|条|座|家|项|位|所|种|类|支|款|颗|部|本|届|次)?(?P<sort>[\u4e00-\u9fff]{1,6})"
)
NUMBER_ASKED = re.compile(
    r"哪(?P<chinese>[两二三四五六七八九十])|\b(?:which|what) (?P<english>two|three|four|five|six)\b"
)
NOT_AMONG = "about|of|for|in|on|to|at|by|with|from|did|do|does|is|are|was|were|has|had"
SEVERAL_ASKED = re.compile(  # 哪些, 哪三个, which newly founded counties
    r"哪(?:些|几|[两二三四五六七八九十])|有哪|分别(?:是|为)|"
    rf"\b(?:which|what) (?:(?!(?:{NOT_AMONG})\b)[a-z-]+ ){{0,3}}"
    rf"(?!(?:{NOT_AMONG}|this|its|as|us)\b)[a-z-]{{3,}}(?<!s)s\b"
)
NUMBERS = {
    "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10,
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
}  # fmt: skip
STRICT_KINDS = frozenset({"reason", "person", "time", "ordinal"})
LONGEST_SORT = 4
NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class AnswerKind:
    """A sort of answer: how it is asked for and what shows it."""

    name: str
    asked: re.Pattern[str]
    said: re.Pattern[str] | None
    is_open: bool  # what follows belongs to the answer too: how something was done


@dataclass(frozen=True, slots=True)
class ReportPart:
    """A part that reports set apart, such as the problems that remain."""

    name: str
    asked: re.Pattern[str]
    heading: re.Pattern[str]
    opening: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Expected:
    """What one question expects: the kind, what shows it, how many things, and the part of a report it asks for."""

    kind: str
    is_open: bool
    said: re.Pattern[str] | None
    number: int | None  # 哪八个字, 哪两条河
    several: bool  # 哪些, which rivers: more than one may be meant
    part: ReportPart | None

    @property
    def is_strict(self) -> bool:
        """Whether what shows the kind is nearly always recognised."""
        return self.kind in STRICT_KINDS


@dataclass(frozen=True, slots=True)
class AnswerKinds:
    """The kinds, sorts and parts of lexicon/answer_kinds.toml, ready to be looked for."""

    kinds: tuple[AnswerKind, ...]
    sorts: tuple[tuple[re.Pattern[str], str], ...]
    parts: tuple[ReportPart, ...]

    @classmethod
    def load(cls) -> Self:
        """The kinds that ship with the product."""
        source = tomllib.loads((files("indexer") / "lexicon" / "answer_kinds.toml").read_text(encoding="utf-8"))
        return cls(
            tuple(_kind(entry) for entry in source["kind"]),
            tuple((re.compile(rf"(?:{names})"), said) for names, said in source["sorts"].items()),
            tuple(_part(entry) for entry in source["part"]),
        )

    def expected(self, text: str) -> Expected:
        """What a question of this wording expects; the kind is "content" where nothing tells."""
        lower = fold(text).lower()
        kind = next((kind for kind in self.kinds if kind.asked.search(lower)), self.kinds[-1])
        said = self._sort(lower) if kind.name == "thing" else kind.said
        number = NUMBER_ASKED.search(lower)
        count = NUMBERS[number["chinese"] or number["english"]] if number else None
        part = next((part for part in self.parts if part.asked.search(lower)), None)
        several = SEVERAL_ASKED.search(lower) is not None
        return Expected(kind.name, kind.is_open, said, count, several, part)

    def _sort(self, text: str) -> re.Pattern[str] | None:
        """What shows a thing of the sort asked for: 大桥 in 哪座大桥, or what reports say for it."""
        found = SORT_ASKED.search(text)
        if found is None:
            return None
        sort = found["sort"][:LONGEST_SORT]
        own = [re.escape(sort[:size]) for size in range(len(sort), 1, -1)]
        other = [said for names, said in self.sorts if names.match(sort)]
        return re.compile("|".join([*own, *other])) if own or other else None


def _kind(entry: Mapping[str, Any]) -> AnswerKind:
    return AnswerKind(
        entry["name"], _any(entry["asked"]), _any(entry["said"]) if entry["said"] else None, entry["open"]
    )


def _part(entry: Mapping[str, Any]) -> ReportPart:
    return ReportPart(entry["name"], _any(entry["asked"]), _any(entry["heading"]), _any(entry["opening"]))


def _any(lines: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(lines)) if lines else NEVER
