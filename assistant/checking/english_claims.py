"""What an English draft claims: its numbers with their units in Chinese, and the Chinese terms of what they count."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.checking.claims import Claim
from assistant.checking.whens import When
from assistant.checking.wheres import Wheres
from indexer.figures.units import UnitTable
from indexer.lexicon.english import EnglishMatch
from indexer.lexicon.terms import Lexicon
from indexer.types import Basis, Figure, Measure, Period, Role, Span

SCALES = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}
UNITS = (  # the words of a unit, and its Chinese one
    (r"(?:US|U\.S\.)\s?dollars?|dollars?|USD", "美元"),
    (r"yuan|RMB|renminbi", "元"),
    (r"percentage points?", "个百分点"),
    (r"%|per\s?cent", "%"),
    (r"(?:metric )?ton(?:ne)?s?", "吨"),
    (r"square kilomet(?:er|re)s?|km²", "平方公里"),
    (r"square met(?:er|re)s?|m²", "平方米"),
    (r"cubic met(?:er|re)s?|m³", "立方米"),
    (r"kilomet(?:er|re)s?|km", "公里"),
    (r"kilowatt[- ]hours?|kWh", "千瓦时"),
    (r"kilowatts?|kW", "千瓦"),
    (r"kilograms?|kg", "公斤"),
    (r"hectares?|ha", "公顷"),
    (r"mu", "亩"),
    (r"jin", "斤"),
    (r"people|persons?|workers|residents|jobs|students", "人"),
    (r"households?|families", "户"),
    (r"vehicles?|cars", "辆"),
    (r"(?:housing )?units", "套"),
)
UNIT = "|".join(f"(?P<u{at}>(?:{words}))" for at, (words, _) in enumerate(UNITS))
QUANTITY = re.compile(
    r"(?<![\w.,/-])(?:(?:US)?\$\s?(?P<money>))?(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?![\d-])"
    rf"(?:\s?(?P<scale>thousand|million|billion|trillion))?(?:[\s-]?(?:{UNIT})(?!\w))?",
    re.IGNORECASE,
)
YEAR = re.compile(r"(?<![\d.,])(?:1[89]|20)\d\d(?!\d|,\d|\.\d)")
YEAR_AFTER = re.compile(r"\s*,?\s*(?:in|for|of|during|by the end of|at the end of|by)\s+((?:1[89]|20)\d\d)\b")
DATE = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|No\.|Article|Section|Chapter|item|page|table|figure)\s*$",
    re.IGNORECASE,
)
NOUN_AFTER = re.compile(r"\s+[a-z]{3,}")
RISES = re.compile(
    r"\b(?:grew|grow|growing|growth|rising|increas\w+|rose|rise|up|expand\w*|gain\w*|climb\w*)\b", re.IGNORECASE
)
FALLS = re.compile(
    r"\b(?:fell|fall|falling|declin\w+|dropp?\w*|decreas\w+|down|reduc\w+|cut|lower\w*|shr[aiu]nk\w*)\b", re.IGNORECASE
)
LEVEL = re.compile(r"\b(?:to|at|reached|stood|totall?ed|was|were|hit)\s*$", re.IGNORECASE)
PLANS = re.compile(r"\b(?:targets?|plan(?:s|ned)?|aims?|goals?|will|expected|budget(?:ed)?|set at)\b", re.IGNORECASE)
ABOUT = re.compile(
    r"\b(?:about|around|nearly|almost|some|roughly|approximately|close to)\s*(?:US)?\$?\s*$", re.IGNORECASE
)
OVER = re.compile(
    r"\b(?:over|more than|above|at least|exceed(?:ed|ing)?|upwards of|no less than)\s*(?:US)?\$?\s*$", re.IGNORECASE
)
UNDER = re.compile(r"\b(?:under|less than|below|at most|no more than|within)\s*(?:US)?\$?\s*$", re.IGNORECASE)
SENTENCE = re.compile(r"(?:[^.!?\n]|\.(?=\S))+[.!?]?")
NO_SUBJECT = frozenset(
    {
        "达到",
        "覆盖",
        "部分",
        "超过",
        "以上",
        "左右",
        "以下",
        "美元",
        "增长",
        "下降",
        "百分之",
        "增加",
        "减少",
        "目标",
        "计划",
        "报告",
        "全年",
        "总",
    }
)
CHINESE = re.compile(r"[\u4e00-\u9fff]")
LATIN = re.compile(r"[A-Za-z]")
CLAUSE_END = re.compile(r"[,;:]|\band\b|\bwhile\b|\bwith\b")
GOES_ON = re.compile(
    r"^[\s,;(]*(?:up|down|growing|rising|falling|an? (?:increase|rise|decrease|drop|fall) of|or)\s*$", re.IGNORECASE
)
FEW = 0.15  # of the letters of an English draft may be Chinese


def is_english(text: str) -> bool:
    """Whether a draft is written in English."""
    chinese, latin = len(CHINESE.findall(text)), len(LATIN.findall(text))
    return latin > 0 and chinese < FEW * (chinese + latin)


@dataclass(frozen=True, slots=True)
class EnglishClaimReader:
    """Reads the numbers of an English draft."""

    units: UnitTable
    lexicon: Lexicon
    wheres: Wheres

    def read(self, text: str, title: str, step: Callable[[int, int], None] = lambda done, total: None) -> list[Claim]:
        """The claims of a draft in reading order; `step` is told how many of how many characters are read."""
        wheres = self.wheres.over(text, title)
        claims: list[Claim] = []
        for sentence in SENTENCE.finditer(text):
            step(sentence.start(), len(text))
            found = list(self._quantities(text, Span(sentence.start(), sentence.end())))
            for at in range(len(found)):
                claims.append(
                    self._claim(text, Span(sentence.start(), sentence.end()), found, at, earlier=claims, wheres=wheres)
                )
        return claims

    def _quantities(self, text: str, sentence: Span) -> Iterator[re.Match[str]]:
        for match in QUANTITY.finditer(text, sentence.start, sentence.end):
            plain = match.lastgroup in {None, "number"}
            year = plain and YEAR.fullmatch(match["number"])
            noun = NOUN_AFTER.match(text, match.end()) is not None
            if not year and not DATE.search(text[sentence.start : match.start()]) and (not plain or noun):
                yield match

    def _claim(
        self,
        text: str,
        sentence: Span,
        found: Sequence[re.Match[str]],
        at: int,
        *,
        earlier: Sequence[Claim],
        wheres: Wheres,
    ) -> Claim:
        match = found[at]
        begin = found[at - 1].end() if at else sentence.start
        end = found[at + 1].start() if at + 1 < len(found) else sentence.end
        before, after = text[begin : match.start()], text[match.end() : end]
        falls = _falls(text[sentence.start : match.start()], before)
        figure = self._figure(match, sentence, before, falls)
        line = text.rfind("\n", 0, sentence.start) + 1
        own = self._subjects(_last_clause(before)) or self._subjects(_clause(after))
        own = own or self._subjects(before)
        here = [c for c in earlier if c.figure.start >= sentence.start]
        moved = here if falls is not None or GOES_ON.search(before) else []
        carried = next((c.subjects for c in reversed(moved) if c.subjects), ())
        carried = carried or next((c.subjects for c in reversed(earlier) if c.figure.base_unit == figure.base_unit), ())
        subjects = own or (carried if figure.start - line > 0 else ())
        return Claim(
            figure=figure,
            subjects=subjects,
            own=" ".join(self._subjects(before + " " + after)),
            near=(" ".join(self._subjects(text[sentence.start : sentence.end])),),
            context=tuple(one.subject for one in earlier[-3:]),
            when=_when(text, sentence, begin, match, after),
            where=wheres.of_figure(figure, line, (), in_table=False),
            role=Role.PLAN if PLANS.search(text[sentence.start : match.start()]) else Role.RESULT,
            said_role=PLANS.search(before) is not None,
            clear=True,
            falls=falls,
        )

    def _subjects(self, words: str) -> tuple[str, ...]:
        """The Chinese terms of the last thing that English words name, with the other renderings of the same."""
        matches = [one for one in self.lexicon.english_to_chinese(words) if self._counts(one)]
        if not matches:
            return ()
        return tuple(term for term, _ in max(matches, key=lambda one: (len(one.english.split()), one.start)).chinese)

    def _counts(self, match: EnglishMatch) -> bool:
        term = match.chinese[0][0]
        return term not in NO_SUBJECT and len(term) > 1 and self.units.find(term, 0, len(term)) is None

    def _figure(self, match: re.Match[str], sentence: Span, before: str, falls: bool | None) -> Figure:
        value = Decimal(match["number"].replace(",", ""))
        unit = next((chinese for at, (_, chinese) in enumerate(UNITS) if match[f"u{at}"]), "")
        unit = "美元" if match["money"] is not None else unit
        known = self.units.find(unit, 0, len(unit)) if unit else None
        scale = Decimal(10) ** SCALES.get((match["scale"] or "").lower(), 0) * (known.factor if known else 1)
        dimension = known.dimension if known else "count"
        partial = dimension in {"percent", "points"}
        measure = Measure.LEVEL
        if falls is not None:
            measure = Measure.GROWTH if dimension == "percent" else Measure.CHANGE
        word = () if falls is None else ("下降" if falls else "增长",)
        return Figure(
            report="",
            ordinal=0,
            section=0,
            passage=0,
            start=match.start(),
            end=match.end(),
            written=match.group(),
            low=None if UNDER.search(before) else value,
            high=None if OVER.search(before) else value,
            approximate=ABOUT.search(before) is not None,
            masked=False,
            unit=match.group()[match.end("number") - match.start() :].strip(),
            base_unit=known.base if known else "",
            scale=scale,
            dimension="points" if partial and unit == "个百分点" else dimension,
            measure=measure,
            role=Role.RESULT,
            subject=None,
            subject_text="",
            qualifiers=word,
            period=None,
            scope=None,
            basis=Basis.FLOW,
            base_period=None,
            part_of=None,
            part_link=None,
            clause=sentence,
            sentence=sentence,
        )


def _last_clause(words: str) -> str:
    """What stands behind the last comma or "and" before a number; all of it where that says little."""
    ends = [match.end() for match in CLAUSE_END.finditer(words)]
    last = words[ends[-1] :] if ends else words
    return last if len(re.findall(r"[A-Za-z]{3,}", last)) > 1 else words if not ends else last


def _clause(words: str) -> str:
    """What stands behind a number up to the next comma or "and"."""
    end = CLAUSE_END.search(words)
    return words[: end.start()] if end else words


def _falls(said: str, before: str) -> bool | None:
    """Whether a number tells a fall or a rise; None where it tells a level."""
    if LEVEL.search(before):
        return None
    words = (
        before
        if RISES.search(before) or FALLS.search(before)
        else said
        if re.fullmatch(r".{0,16}(?:and|,) by ", before)
        else ""
    )
    words = said if not words and re.search(r"\bby\s*$", before) else words
    last = [(m.start(), fell) for pattern, fell in ((RISES, False), (FALLS, True)) for m in pattern.finditer(words)]
    return max(last)[1] if last else None


def _when(text: str, sentence: Span, begin: int, match: re.Match[str], after: str) -> When:
    """The year right behind a number, else the last before it in its sentence."""
    following = YEAR_AFTER.match(after)
    if following is not None:
        return When((Period.of_year(int(following[1])),), True)
    named = YEAR.findall(text[sentence.start : match.start()])
    if named:
        return When((Period.of_year(int(named[-1])),), True)
    earlier = YEAR.findall(text[: match.start()])
    return When(tuple(Period.of_year(int(year)) for year in dict.fromkeys(reversed(earlier[-2:]))), False)
