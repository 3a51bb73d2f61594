"""A follow-up beside the question before it: what each says of time, place, thing and number."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from assistant.follow_words import FollowUpWords
from assistant.offers import period_label, place_words
from assistant.rewrite import Known, blank, is_english, without
from assistant.types import Answer, Status
from indexer.fold import fold
from indexer.lexicon.terms import Lexicon
from indexer.types import Figure, Span

ENDS = "？?。.!！，,、 "
LINKS = re.compile(r"^[的在于，,、\s]+|[的，,、\s]+$")


@dataclass(frozen=True, slots=True)
class Told:
    """What an answer's figure is about, each "" where it is not known."""

    period: str = ""  # 2023年
    place: str = ""
    subject: str = ""
    whole: str = ""  # the subject of the figure that it is a part of


NOTHING_TOLD = Told()


def told_of(answer: Answer, figures: Iterable[Figure], lexicon: Lexicon) -> Told:
    """What an answer's first figure is about, in the answer's language; `figures` are those of its report."""
    if answer.status not in {Status.ANSWERED, Status.MASKED} or not answer.figures:
        return NOTHING_TOLD
    figure, report = answer.figures[0].figure, answer.figures[0].report
    period = figure.period or report.period
    whole = next((other.subject_text for other in figures if other.ordinal == figure.part_of), "")
    language = answer.question.language
    label = period_label(period, language) if period else ""
    place = place_words(report.place, language, lexicon) if report.place else ""
    return Told(label, place, figure.subject_text, whole)


@dataclass(frozen=True)
class Turn:
    """A follow-up (`text` as typed, `said` without the words that only mark it) and the stand-alone question before it."""

    previous: str
    text: str
    said: str
    known: Known
    words: FollowUpWords
    tell: Callable[[], Told]

    @cached_property
    def told(self) -> Told:
        """What the answer before is about."""
        return self.tell()

    @property
    def is_marked(self) -> bool:
        """Whether the follow-up shows by its words that it is one."""
        return self.words.is_marked(fold(self.text))

    @property
    def is_courtesy(self) -> bool:
        """Whether nothing is asked: 谢谢, ok."""
        return self.words.marks["courtesy"].fullmatch(self.said) is not None

    @property
    def is_like_a_place(self) -> bool:
        """Whether nothing is said but what ends as the name of a place does: 陶垣县, but not 老旧小区."""
        marks = self.words.marks
        return bool(marks["like_a_place"].fullmatch(self.bare)) and not marks["no_place"].search(self.bare)

    @cached_property
    def bare(self) -> str:
        """What is said without 是多少 at its end."""
        return self.words.marks["all_of_it"].sub("", self.said).strip(ENDS)

    @cached_property
    def times(self) -> tuple[Span, ...]:
        """Where the question before says a time."""
        return self.known.times(self.previous)

    @cached_property
    def places(self) -> tuple[Span, ...]:
        """Where the question before names a place or an office."""
        return self.known.places(self.previous)

    @cached_property
    def growth(self) -> str:
        """How the question before asks for growth (增长多少); "" where it does not."""
        found = self.words.words["growth"].search(self.previous)
        return found.group() if found else ""

    @cached_property
    def body(self) -> str:
        """The question before without time, place and punctuation at its end."""
        return LINKS.sub("", without(self.previous, (*self.times, *self.places)).strip(ENDS))

    @cached_property
    def core(self) -> str:
        """What the question before asks about: its body without the words that ask for a number."""
        text = self.body.replace(self.growth, "") if self.growth else self.body
        return LINKS.sub("", without(text, self.known.numbers(text)).strip(ENDS))

    @cached_property
    def pieces(self) -> tuple[str, ...]:
        """The words of the core."""
        return tuple(token.word for token in self.known.tools.segmenter.tokens(self.core))

    @cached_property
    def verbs(self) -> str:
        """The words at the head of the core that say what was done: 新增 of 新增停车泊位."""
        count = next((at for at, word in enumerate(self.pieces) if not self._is_verb(word)), len(self.pieces))
        head = "".join(self.pieces[:count])
        return head if self.core.startswith(head) and count < len(self.pieces) else ""

    @cached_property
    def thing(self) -> str:
        """What the question before counts: its core without what was done to it."""
        words = list(self.pieces)
        while len(words) > 1 and self._is_verb(words[-1]):
            words.pop()
        thing = "".join(words)
        return thing[len(self.verbs) :] if thing in self.core and len(thing) > len(self.verbs) else self.core

    @cached_property
    def said_rest(self) -> str:
        """What is said beside time and place."""
        spans = (*self.known.times(self.said), *self.known.places(self.said))
        return LINKS.sub("", without(self.said, spans).strip(ENDS))

    def scope(self, *, time: bool = True, place: bool = True, told: bool = False) -> str:
        """The words of the question before that say its time and place; with `told`, else those of its answer."""
        spans = sorted((*(self.times if time else ()), *(self.places if place else ())))
        words = [self.previous[span.start : span.end] for span in spans]
        if time and (report := re.match(r"(?:的?(?:政府)?(?:工作)?报告)", self.previous[self._after_times() :])):
            words.append(report.group())
        if told and place and not self.places:
            words.insert(0, self.told.place)
        if told and time and not self.times:
            words.append(self.told.period)
        separator = ", " if is_english(self.previous) else ""
        return separator.join(word.removesuffix("的") for word in words if word)

    def own_scope(self) -> str:
        """The time and place that the follow-up names, and those of the question before that it leaves out."""
        times, places = self.known.times(self.said), self.known.places(self.said)
        own = "".join(self.said[span.start : span.end] for span in sorted((*times, *places))).removesuffix("的")
        before = self.scope(time=not times, place=not places)
        return f"{before}{own}"

    def is_elliptic(self, rest: str) -> bool:
        """Whether what is asked names no thing: 完工了几个, 要改造多少个以上."""
        left = without(rest, self.known.numbers(rest))
        left = self.words.marks["idle"].sub("", re.sub(r"以上|以下|左右|了", "", left))
        return re.fullmatch(f"(?:{self.words.words['verbs'].pattern})*", left) is not None

    def in_its_place(self, said: str) -> str:
        """The question before with `said` in the place of the thing it asks about, without time and place."""
        asked = self._asked(said)
        kin = self._kin_of(said)
        if kin is not None:
            start, end = kin
            verbs = self.verbs if start >= len(self.verbs) else ""
            return f"{verbs}{said}{self.core[end:]}{asked}"
        has_own = self.words.words["indicators"].search(said)
        indicator = None if has_own else self.words.words["indicators"].search(self.core)
        if indicator is None and not self.growth:
            asked = asked if asked == "是多少" else "有多少"  # the unit was that of the other thing
        verbs = "" if has_own or self._begins_with_a_verb(said) else self.verbs
        return f"{verbs}{said}{indicator.group() if indicator else ''}{asked}"

    def rest_of(self, said: str) -> str:
        """What is said beside time, place and words that carry nothing."""
        spans = (*self.known.times(said), *self.known.places(said))
        return self.words.marks["idle"].sub("", blank(said, spans)).replace(" ", "")

    def _after_times(self) -> int:
        return max((span.end for span in self.times), default=len(self.previous))

    def _is_verb(self, word: str) -> bool:
        return bool(self.words.words["verbs"].fullmatch(word)) or self.known.lexicon.is_verb(word)

    def _begins_with_a_verb(self, said: str) -> bool:
        found = self.words.words["verbs"].match(said)
        return found is not None and len(found.group()) > 1

    def _asked(self, said: str) -> str:
        """How a number of `said` is asked for, as the question before asks: 增长多少, 有几座."""
        if self.growth:
            return self.growth
        numbers = self.known.numbers(self.body)
        if not numbers or self.words.words["ends_as_share"].search(said[-3:]):
            return "是多少"
        stretch = self.body[numbers[0].start : numbers[0].end].removeprefix("了")
        at_end = not self.body[numbers[0].end :].strip(ENDS)
        return stretch if at_end else "有多少"

    def _kin_of(self, said: str) -> tuple[int, int] | None:
        """The stretch of the core that `said` stands for: it ends as 居民 in 城镇居民 does, for 农村居民."""
        for size in (2, 1):
            head, at = said[-size:], len(self.verbs)
            for word in self._words_behind_verbs():
                end = at + len(word)
                alike = len(word) == len(said) if size == 1 else True
                if word.endswith(head) and alike and len(said) > size:
                    begin = max(self.core.rfind(mark, 0, at) + 1 for mark in "，,、里中")
                    return (at if size == 1 else max(begin, len(self.verbs))), end
                at = end
        return None

    def _words_behind_verbs(self) -> tuple[str, ...]:
        behind = self.core[len(self.verbs) :]
        return tuple(token.word for token in self.known.tools.segmenter.tokens(behind))


def turn_of(previous: str, text: str, known: Known, words: FollowUpWords, tell: Callable[[], Told]) -> Turn:
    """The follow-up `text` beside the question before it, both seen folded."""
    folded = fold(previous).strip()
    full = folded if is_english(folded) else folded.rstrip("?") + ("？" if folded.endswith("?") else "")
    return Turn(full, text, words.said(fold(text).strip()).strip(ENDS), known, words, tell)
