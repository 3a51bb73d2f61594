"""Runs of whole clauses as answers to a question that wants words: found, scored, and widened to what was asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer_kinds import Expected
from assistant.matching import Wanted, coverage, match
from assistant.types import Concept, Evidence, Question
from indexer.fold import fold
from indexer.segment import Segmenter
from indexer.sentences import split_clauses, split_sentences
from indexer.types import Span

RUN_CLAUSES = 3  # at most so many clauses side by side
RUN_CHARACTERS = 110
OPEN_CHARACTERS = 70  # an open answer goes on to about this length
REACH = 2  # so many clauses to either side may hold what was asked for
SENTENCE_FACTOR = 0.8  # what stands elsewhere in the sentence, around it or in the headings counts so much
CONTEXT_FACTOR = 0.55
ALIKE_FACTOR = 0.4  # only characters of a word are there: 降雨 for 下雨
COMMON_CHARACTER = 7.0  # information (nats) of a character that tells nothing
LENGTH_COST = 0.0025  # a character
KIND_BONUS = 0.15
PERIOD_BONUS = 0.1
OVERLAP_WEIGHT = 0.5
SURE_WEIGHT = 0.6  # of all concepts; with less, the wording of the question must help
MAIN_SHARE = 0.7  # of the weight of the concept that tells most
MAIN_SAID = 0.4
PARALLEL = 0.9  # a clause that says so much of what the run says of the question is another answer
NEW_CHARACTERS = 3  # a run with fewer only repeats the question
EMPTY_CHARACTERS = frozenset("的了和与及在是有对为等也就将要各个其中从向到以并还又而或我们全年今年去年着地得被把于之所")
ASKING_CHARACTERS = frozenset("哪谁何怎么什样几吗呢啥咋多少请问查看的了是在有")
CHINESE = re.compile(r"[\u3400-\u9fff]")
CHAIN = re.compile(r"[^、，,；;：:。]+(?:、[^、，,；;：:。]+)*")
JOINED = re.compile(r"以及|[和与及暨]")
NUMBERING = re.compile(
    r"^(?:[一二三四五六七八九十]+[、.]|\([一二三四五六七八九十\d]+\)|\d+[.、]|第[一二三四五六七八九十]+[,，、]|[一二三四五六七八九十]是)\s*|\s"
)
PLACE_ENDING = re.compile(r"(?<= )[\u4e00-\u9fff]{0,5}(?:自治[区州县]|[省市县区])")  # 新疆 goes on as 维吾尔自治区
TITLE = re.compile(r"^(?:来源|发布时间|发布日期|作者|单位|索引号)[:：]")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question made ready to be looked for in clauses."""

    question: Question
    expected: Expected
    wanted: tuple[Wanted, ...]
    characters: tuple[tuple[tuple[str, float], ...], ...]  # of each concept's word: character, how much it tells
    pairs: frozenset[str]  # of neighbouring characters in the question
    certainty: float  # 0–1: whether the concepts say enough to go by them alone
    known: float  # the share of the concepts that have a Chinese wording

    @classmethod
    def of(cls, question: Question, expected: Expected, wanted: Sequence[Wanted], segmenter: Segmenter) -> Asked:
        """The question with its characters and pairs of characters weighed."""
        characters = tuple(_characters(item.concept, segmenter) for item in wanted)
        held = [item for item in wanted if not _is_untranslated(item)]
        certainty = min(1.0, sum(item.weight for item in held) / SURE_WEIGHT)
        known = len(held) / len(wanted) if wanted else 0.0
        return cls(question, expected, tuple(wanted), characters, _pairs(question.standalone), certainty, known)


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a passage, folded, with how well it says each concept."""

    span: Span  # within the passage
    text: str
    matches: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """Clauses `first` to `last` of a sentence, with what speaks for them."""

    evidence: Evidence
    clauses: tuple[Clause, ...]
    first: int
    last: int
    coverage: float  # of the concepts, with what stands around the run
    overlap: float  # the share of the question's pairs of characters that the run holds
    score: float
    meaning: float  # the cosine of run and question
    said: tuple[float, ...]  # how well each concept is said in the run or around it

    @property
    def span(self) -> Span:
        """The run within the passage."""
        return Span(self.clauses[self.first].span.start, self.clauses[self.last].span.end)

    @property
    def text(self) -> str:
        """The folded text."""
        return self.joined(self.first, self.last)

    def joined(self, first: int, last: int) -> str:
        """The folded text of clauses `first` to `last`."""
        return "".join(clause.text for clause in self.clauses[first : last + 1])


def find_runs(asked: Asked, evidence: Evidence) -> list[Run]:
    """The runs of clauses of a passage, each within one sentence; headings and titles are none."""
    text = evidence.passage.text
    lower = fold(text).lower()
    around = fold(" ".join((*evidence.section.path, evidence.report.title))).lower()
    inside = [match(item, lower) for item in asked.wanted]
    context = [
        CONTEXT_FACTOR * max(value, match(item, around)) for item, value in zip(asked.wanted, inside, strict=True)
    ]
    headings = {bare(heading) for heading in (*evidence.section.path, evidence.report.title)}
    runs: list[Run] = []
    for sentence in split_sentences(text):
        words = text[sentence.start : sentence.end]
        if bare(words) in headings or TITLE.match(words):
            continue
        clauses = _clauses(asked, text, lower, sentence, inside)
        said = [
            SENTENCE_FACTOR * match(item, lower[sentence.start : sentence.end]) if known else 0.0
            for item, known in zip(asked.wanted, inside, strict=True)
        ]
        runs += _runs_of(asked, evidence, clauses, said, context)
    return runs


def bare(text: str) -> str:
    """A heading without its number, its punctuation and blank space."""
    return NUMBERING.sub("", fold(text).strip()).strip("。:： ")


def widened(run: Run, asked: Asked) -> Run:
    """The run with the clauses beside it that bring what it lacks: the thing asked for, or anything new at all."""
    first, last = run.first, run.last
    if not is_shown(asked, run.text):
        first, last = _nearest(run, asked) or (first, last)
    if not _is_new(asked, run.joined(first, last)):
        first, last = _one_more(run, first, last)
    while last + 1 < len(run.clauses) and _is_parallel(asked, run, last + 1, first):
        last += 1
    while asked.expected.is_open and last + 1 < len(run.clauses) and _length(run, first, last + 1) <= OPEN_CHARACTERS:
        last += 1
    return replace(run, first=first, last=last)


def is_shown(asked: Asked, text: str) -> bool:
    """Whether `text` (folded) shows a thing of the kind and, where a number of things is asked for, as many of them.

    What the question itself says shows nothing: 新疆 is no answer to 兰州到新疆的铁路铺轨到什么地方.
    """
    expected = asked.expected
    if expected.number and not _names_so_many(text, expected.number):
        return False
    return expected.said is None or expected.said.search(_without_said(asked, text)) is not None


def has_main(asked: Asked, run: Run) -> bool:
    """Whether the sentence or its context says one of the concepts that tell most of the question."""
    most = max((item.weight for item in asked.wanted), default=0.0)
    main = [at for at, item in enumerate(asked.wanted) if item.weight >= MAIN_SHARE * most]
    return any(run.said[at] >= MAIN_SAID for at in main)


def _clauses(asked: Asked, text: str, lower: str, sentence: Span, inside: Sequence[float]) -> tuple[Clause, ...]:
    clauses = []
    for span in split_clauses(text, sentence.start, sentence.end):
        words = lower[span.start : span.end]
        if words.strip():
            values = [
                (match(item, words) if known else 0.0) or _alike(letters, words)
                for item, known, letters in zip(asked.wanted, inside, asked.characters, strict=True)
            ]
            clauses.append(Clause(span, words, tuple(values)))
    return tuple(clauses)


def _runs_of(
    asked: Asked, evidence: Evidence, clauses: tuple[Clause, ...], said: Sequence[float], context: Sequence[float]
) -> list[Run]:
    runs = []
    period = PERIOD_BONUS if is_of_period(asked.question, evidence) else 0.0
    for first in range(len(clauses)):
        own = [0.0] * len(asked.wanted)
        for last in range(first, min(first + RUN_CLAUSES, len(clauses))):
            length = clauses[last].span.end - clauses[first].span.start
            if last > first and length > RUN_CHARACTERS:
                break
            own = [max(values) for values in zip(own, clauses[last].matches, strict=True)]
            around = tuple(max(values) for values in zip(own, said, context, strict=True))
            total = coverage(asked.wanted, around)
            run = Run(evidence, clauses, first, last, total, 0.0, 0.0, 0.0, around)
            overlap = _overlap(asked, run.text)
            score = asked.certainty * (total + coverage(asked.wanted, own)) + (2 - asked.certainty) * (
                OVERLAP_WEIGHT * overlap
            )
            score += period - LENGTH_COST * length + (KIND_BONUS if _speaks(asked, run.text) else 0.0)
            runs.append(replace(run, overlap=overlap, score=score))
    return runs


def is_of_period(question: Question, evidence: Evidence) -> bool:
    """Whether the report is about the time asked for, rather than about another that it only mentions."""
    report = evidence.report
    return report.period in question.periods or report.year in question.report_years


def _speaks(asked: Asked, text: str) -> bool:
    expected = asked.expected
    return (expected.said is not None or expected.number is not None) and is_shown(asked, text)


def _without_said(asked: Asked, text: str) -> str:
    """The text with spaces for what the question says too; a sort (大桥 in 哪座大桥) is part of its answer."""
    if asked.expected.kind == "thing":
        return text
    for place in asked.question.places:
        text = text.replace(place, " " * len(place))
    known = fold(asked.question.standalone).lower()
    said = [text[at : at + 2] in known for at in range(len(text) - 1)]
    hidden = [first or second for first, second in zip([*said, False], [False, *said], strict=True)]
    left = "".join(" " if hide else character for character, hide in zip(text, hidden, strict=True))
    return PLACE_ENDING.sub(" ", left) if asked.expected.kind == "place" else left


def _nearest(run: Run, asked: Asked) -> tuple[int, int] | None:
    """The run with the nearest clauses that show what was asked for, the following ones first; None where none does."""
    for step in range(1, REACH + 1):
        for first, last in ((run.first, run.last + step), (run.first - step, run.last)):
            if first < 0 or last >= len(run.clauses) or _length(run, first, last) > RUN_CHARACTERS:
                continue
            if is_shown(asked, run.joined(first, last)):
                return first, last
    return None


def _is_parallel(asked: Asked, run: Run, at: int, first: int) -> bool:
    """Whether a clause says of the question just what the run does: 建设大熊猫国家公园，加快创建若尔盖国家公园."""
    if asked.expected.kind != "thing" or _length(run, first, at) > OPEN_CHARACTERS:
        return False
    own = [
        max(values)
        for values in zip(*(clause.matches for clause in run.clauses[run.first : run.last + 1]), strict=True)
    ]
    said = coverage(asked.wanted, own)
    return said > 0 and coverage(asked.wanted, run.clauses[at].matches) >= PARALLEL * said


def _one_more(run: Run, first: int, last: int) -> tuple[int, int]:
    if last + 1 < len(run.clauses):
        return first, last + 1
    return max(0, first - 1), last


def _length(run: Run, first: int, last: int) -> int:
    return run.clauses[last].span.end - run.clauses[first].span.start


def _is_new(asked: Asked, text: str) -> bool:
    """Whether a run says more than the question does."""
    for item in asked.wanted:
        for wording in item.wordings[:3]:
            text = text.replace(wording.text, "")
    known = fold(asked.question.standalone)
    fresh = [c for c in text if CHINESE.match(c) and c not in known and c not in EMPTY_CHARACTERS]
    return len(fresh) >= NEW_CHARACTERS or any(c.isdigit() for c in text)


def _names_so_many(text: str, number: int) -> bool:
    """Whether a stretch without a comma lists so many things: 土、肥、水 are three, 银河和曙光 two."""
    for chain in CHAIN.finditer(text):
        parts = chain.group().split("、")
        if len(parts) + (1 if JOINED.search(parts[-1]) else 0) >= number:
            return True
    return False


def _characters(concept: Concept, segmenter: Segmenter) -> tuple[tuple[str, float], ...]:
    word = concept.alternatives[0][0] if concept.alternatives else concept.word
    if len(word) < 2 or not CHINESE.match(word):
        return ()
    return tuple((c, max(0.0, segmenter.information(c) - COMMON_CHARACTER)) for c in word)


def _alike(letters: Sequence[tuple[str, float]], text: str) -> float:
    total = sum(weight for _, weight in letters)
    return ALIKE_FACTOR * sum(weight for c, weight in letters if c in text) / total if total else 0.0


def _is_untranslated(item: Wanted) -> bool:
    """Whether an English word has no Chinese wording, so that only its meaning can find it."""
    return all(wording.text.isascii() and wording.text.isalpha() for wording in item.wordings)


def _pairs(text: str) -> frozenset[str]:
    folded = fold(text).lower()
    pairs = (folded[at : at + 2] for at in range(len(folded) - 1))
    return frozenset(pair for pair in pairs if all(CHINESE.match(c) and c not in ASKING_CHARACTERS for c in pair))


def _overlap(asked: Asked, text: str) -> float:
    return sum(pair in text for pair in asked.pairs) / len(asked.pairs) if asked.pairs else 0.0
