"""Questions made from the figure ledger, to train the reader on: each with the figure that answers it, or with none.

A question is put as by somebody who remembers the figure badly: its subject and some words around it, of which some
are left out and some are said otherwise (by the lexicon, or by a dictionary that the lexicon does not know); with or
without unit and time; in Chinese or, by glossary and dictionary, in English.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from assistant.english import UNITS, english_period
from assistant.reader_everyday import IndicatorIndex
from indexer.archive import Archive
from indexer.fold import fold
from indexer.lexicon.indicators import Indicator
from indexer.training.dictionary import Dictionary
from indexer.types import Figure, Measure, Report, ReportInfo, Role, Span

ENGLISH_SHARE = 0.2
EVERYDAY_SHARE = 0.45  # of the Chinese questions: most of their words are said otherwise
RENAMED, RENAMED_EVERYDAY = 0.2, 0.6  # of the words, where another wording is known
DROPPED, DROPPED_EVERYDAY = 0.12, 0.3
AROUND = 4  # words around the subject that may come into a question, at most
BEFORE, BEHIND = 40, 25  # characters around a figure that its words are taken from
UNIT_ASKED = 0.6
TIMELESS = 0.15  # of the questions name no time
OF_WHOLE = 0.6  # of the questions on a part say what it is a part of
REPORT_PERIOD = 0.2  # of the questions ask for the time of the report: who asks does not know the ledger's reading
LEFT_OUT, ELSEWHERE = 0.2, 0.3  # of the questions without an answer; in the others one word is exchanged
NUMBER = re.compile(r"[0-9０-９.．,，％%]+|[一二三四五六七八九十百千万亿两〇零]{2,}")
USABLE = re.compile(r"[一-鿿]")

ASKED: Mapping[Measure, tuple[str, ...]] = {
    Measure.LEVEL: (
        "{t}{p}{s}是多少{u}？", "{p}{t}{s}有多少{u}？", "{t}{p}一共{s}多少{u}", "{p}{t}的{s}达到多少{u}？",
        "{t}{p}{s}了多少{u}", "{t}{p}有多少{u}{s}？", "请问{p}{t}{s}多少{u}？",
    ),
    Measure.GROWTH: (
        "{t}{p}{s}{v}百分之几？", "{p}{t}{s}{v}了多少？", "{t}{p}{s}比上年{v}多少", "{p}{t}{s}增速是多少？",
    ),
    Measure.CHANGE: ("{t}{p}{s}{v}了多少{u}？", "{p}{s}{t}{v}多少{u}"),
    Measure.SHARE: ("{t}{p}{s}占百分之多少？", "{p}{t}{s}占比是多少？", "{t}{p}{s}的比重是多少"),
    Measure.RANK: ("{t}{p}{s}排第几？", "{p}{t}{s}居第几位？"),
}  # fmt: skip
PLANNED = ("{t}{p}{s}的目标是多少{u}？", "{t}{p}计划{s}多少{u}？", "{p}{t}打算{s}多少{u}？")
ASKED_IN_ENGLISH: Mapping[Measure, tuple[str, ...]] = {
    Measure.LEVEL: (
        "How many {u} of {s} were there in {p} in {t}?", "What was the {s} of {p} in {t}?",
        "How much {s} did {p} have in {t}?", "In {t}, what was {p}'s {s}?", "How many {s} did {p} report for {t}?",
    ),
    Measure.GROWTH: ("By how much did {s} grow in {p} in {t}?", "What was the growth of {s} in {p} in {t}?"),
    Measure.CHANGE: ("By how much did {s} change in {p} in {t}?",),
    Measure.SHARE: ("What share was {s} in {p} in {t}?", "What percentage of {s} was there in {p} in {t}?"),
    Measure.RANK: ("What was the rank of {p} in {s} in {t}?",),
}  # fmt: skip
PLANNED_IN_ENGLISH = ("What was the target for {s} in {p} for {t}?", "How many {s} did {p} plan for {t}?")
QUESTION_WORDS = frozenset({"how", "what", "which", "by"})
AMOUNT_WORDS = ("多少", "几", "多大", "多长", "多高", "什么")
ASKED_PLAINLY = frozenset({Role.RESULT, Role.ESTIMATE})  # hand-written phrasings ask for what was done
PHRASES_ASKED = 3  # of an indicator's phrasings; the others may be known to the product
FALLS = ("下降", "减少", "降低", "回落")


@dataclass(frozen=True, slots=True)
class Made:
    """A made question; `figure` None where the archive, without the report `left_out`, does not hold the answer."""

    text: str
    report: str
    figure: Figure | None
    left_out: str | None = None
    timeless: bool = False  # names no time, so that the same indicator of any time answers


@dataclass(frozen=True, slots=True)
class Maker:
    """What making questions needs."""

    archive: Archive
    random: Random
    dictionary: Dictionary

    def words(self, text: str) -> list[str]:
        """The telling words of a text, in order, without numbers."""
        tokens = (token.word for token in self.archive.segmenter.tokens(fold(NUMBER.sub(" ", text))))
        return [word for word in tokens if USABLE.search(word) and not self.archive.lexicon.is_stopword(word)]


def written_questions(
    maker: Maker, reports: Sequence[ReportInfo], indicators: Sequence[Indicator], count: int, absent: float
) -> Iterator[Made]:
    """`count` questions in hand-written everyday words on figures of `reports`; the share `absent` has no answer."""
    random, archive = maker.random, maker.archive
    index = IndicatorIndex(indicators, archive.segmenter)
    held = [one for one in index.stated(archive, reports, _askable) if one.figure.role in ASKED_PLAINLY]
    missing = [(info, item) for info in reports for item in index.unmentioned(archive, info)]
    if not held or not missing:
        return
    for _ in range(count):
        if random.random() < absent:
            info, indicator = random.choice(missing)
            yield Made(_put_written(maker, indicator, None, info), info.id, None)
        else:
            one = random.choice(held)
            timeless = random.random() < TIMELESS
            asked = _put_written(maker, one.indicator, one.figure, one.info, timeless=timeless)
            yield Made(asked, one.info.id, one.figure, timeless=timeless)


def _put_written(
    maker: Maker, indicator: Indicator, figure: Figure | None, info: ReportInfo, *, timeless: bool = False
) -> str:
    """One of the indicator's phrasings as a question about a place and, if not `timeless`, a time."""
    random = maker.random
    english = random.random() < ENGLISH_SHARE
    time = ""
    if not timeless and figure is not None:
        time = _time(maker, figure, info, english=english)
    elif not timeless and info.period is not None:
        time = english_period(info.period) if english else info.period.label
    place = _place(maker, info, english=english)
    phrase = random.choice((indicator.english if english else indicator.everyday)[:PHRASES_ASKED])
    if english:
        asked = phrase if phrase.split(" ")[0].lower() in QUESTION_WORDS else f"what was the figure for {phrase}"
        return f"In {time}, {asked} in {place}?" if time else f"{asked} in {place}?"
    if not any(word in phrase for word in AMOUNT_WORDS):
        phrase = random.choice(("{}有多少", "{}是多少", "{}一共多少", "多少{}")).format(phrase)
    return random.choice(("{t}{p}{s}", "{p}{t}{s}？", "{p}{s}，{t}的")).format(t=time, p=place, s=phrase)


def make_questions(maker: Maker, reports: Sequence[ReportInfo], count: int, absent: float) -> Iterator[Made]:
    """`count` questions on figures of `reports`, of which the share `absent` has no answer."""
    random, archive = maker.random, maker.archive
    ledgers = {info.id: [f for f in archive.figures_of(info.id) if _askable(f)] for info in reports}
    usable = [info for info in reports if ledgers[info.id]]
    texts = {info.id: archive.report(info.id) for info in usable}
    wholes = {info.id: {figure.ordinal: figure for figure in archive.figures_of(info.id)} for info in usable}
    subjects = [maker.words(figure.subject_text) for info in usable for figure in ledgers[info.id]]
    for _ in range(count):
        info = random.choice(usable)
        figure = random.choice(ledgers[info.id])
        words = _remembered(maker, figure, texts[info.id])
        whole = wholes[info.id].get(-1 if figure.part_of is None else figure.part_of)
        if whole is not None and random.random() < OF_WHOLE:
            words = [*(word for word in maker.words(whole.subject_text) if word not in words), *words]
        if random.random() >= absent:
            timeless = random.random() < TIMELESS
            yield Made(_put(maker, words, figure, info, timeless=timeless), info.id, figure, timeless=timeless)
            continue
        kind = random.random()
        if kind < LEFT_OUT:
            yield Made(_put(maker, words, figure, info), info.id, None, info.id)
        elif kind < LEFT_OUT + ELSEWHERE:
            yield from _asked_elsewhere(maker, words, figure, random.choice(usable), texts)
        else:
            foreign = [word for word in random.choice(subjects) if len(word) > 1 and word not in texts[info.id].text]
            told = [at for at, word in enumerate(words) if word in figure.subject_text and len(word) > 1]
            if foreign and told:
                words[random.choice(told)] = random.choice(foreign)
                yield Made(_put(maker, words, figure, info), info.id, None)


def _asked_elsewhere(
    maker: Maker, words: Sequence[str], figure: Figure, info: ReportInfo, texts: Mapping[str, Report]
) -> Iterator[Made]:
    """The question put to a report that says nothing of it."""
    if words and not any(all(word in text for word in words) for text in _sentences(texts[info.id])):
        told = maker.words(figure.subject_text)
        if not all(word in texts[info.id].text for word in told):
            yield Made(_put(maker, words, figure, info), info.id, None)


def _sentences(report: Report) -> list[str]:
    return re.split(r"[。\n]", report.text)


def _askable(figure: Figure) -> bool:
    return bool(figure.subject_text) and len(USABLE.findall(figure.subject_text)) > 1 and figure.value is not None


def _remembered(maker: Maker, figure: Figure, report: Report) -> list[str]:
    """The words of the subject with some of those around it."""
    random = maker.random
    subject = maker.words(figure.subject_text)
    span = figure.clause if random.random() < 0.6 else figure.sentence
    around = [word for word in maker.words(_near(maker, report, span, figure)) if word not in subject]
    taken = random.sample(around, min(len(around), random.randint(0, AROUND)))
    before = [word for word in around if word in taken]
    return [*before, *subject] if random.random() < 0.7 else [*subject, *before]


def _near(maker: Maker, report: Report, span: Span, figure: Figure) -> str:
    """The text around the figure, without the numbers and units in it."""
    start, end = max(span.start, figure.start - BEFORE), min(span.end, figure.end + BEHIND)
    text = report.text[start:end]
    for other in maker.archive.figures_of(report.id):
        if start <= other.start and other.end <= end:
            text = text.replace(other.written, " ")
    return text


def _put(maker: Maker, words: Sequence[str], figure: Figure, info: ReportInfo, *, timeless: bool = False) -> str:
    """The question in words: as remembered, in everyday words, or in English."""
    random = maker.random
    if random.random() < ENGLISH_SHARE:
        time = "" if timeless else _time(maker, figure, info, english=True)
        return _in_english(maker, words, figure, info, time)
    everyday = random.random() < EVERYDAY_SHARE
    said = _reworded(maker, words, everyday=everyday)
    unit = figure.unit if random.random() < UNIT_ASKED else ""
    planned = figure.role is Role.PLAN and random.random() < 0.8 and figure.measure is Measure.LEVEL
    templates = PLANNED if planned else ASKED[figure.measure]
    fall = next((word for word in FALLS if word in figure.qualifiers), None)
    verb = fall or random.choice(("增长", "提高", "增加"))
    time = "" if timeless else _time(maker, figure, info, english=False)
    place = _place(maker, info, english=False)
    return random.choice(templates).format(t=time, p=place, s="".join(said), u=unit, v=verb)


def _reworded(maker: Maker, words: Sequence[str], *, everyday: bool) -> list[str]:
    """The words with some left out and some said otherwise; at least one is kept."""
    random = maker.random
    renamed, dropped = (RENAMED_EVERYDAY, DROPPED_EVERYDAY) if everyday else (RENAMED, DROPPED)
    said = []
    for word in words:
        chance = random.random()
        if chance < dropped:
            continue
        said.append(_otherwise(maker, word) if chance < dropped + renamed else word)
    return said or list(words[-1:])


def _otherwise(maker: Maker, word: str) -> str:
    """Another wording: by the lexicon or by a dictionary gloss that both share; the word itself where none is known."""
    near = [other for other, _ in maker.archive.lexicon.synonyms(word) if not other.isascii()]
    far = maker.dictionary.synonyms(word, _Known(maker.archive.segmenter.knows)) if len(word) > 1 else []
    pools = [pool for pool in (near, far) if pool]
    return maker.random.choice(maker.random.choice(pools)) if pools else word


class _Known(frozenset[str]):
    """The words that the segmenter knows, as a set to look in."""

    _knows: Callable[[str], bool]

    def __new__(cls, knows: Callable[[str], bool]) -> _Known:
        made = super().__new__(cls)
        made._knows = knows
        return made

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and self._knows(word)


def _in_english(maker: Maker, words: Sequence[str], figure: Figure, info: ReportInfo, time: str) -> str:
    """The question in English, word by word; a word that is in neither glossary nor dictionary is left out."""
    random, lexicon = maker.random, maker.archive.lexicon
    whole = lexicon.chinese_to_english(fold(figure.subject_text))
    told = [lexicon.chinese_to_english(word) or maker.dictionary.gloss(word, random) for word in words]
    subject = whole if whole and random.random() < 0.5 else " ".join(word for word in told if word)
    bare = figure.unit.lstrip("百千万亿")
    planned = figure.role is Role.PLAN and figure.measure is Measure.LEVEL
    templates = PLANNED_IN_ENGLISH if planned else ASKED_IN_ENGLISH[figure.measure]
    unit = UNITS.get(bare, "").strip() or "units"
    asked = random.choice(templates).format(t=time, p=_place(maker, info, english=True), s=subject, u=unit)
    return re.sub(r"^In , | (?:in|for) (?=\?)", "", asked)  # where no time is named


def _time(maker: Maker, figure: Figure, info: ReportInfo, *, english: bool) -> str:
    """The time asked for: the figure's own or, of one that is not planned, at times that of its whole report."""
    period = figure.period
    if info.period and figure.role is not Role.PLAN and maker.random.random() < REPORT_PERIOD:
        period = info.period
    if period is None:
        return str(info.year or "") if english else f"{info.year}年" if info.year else ""
    return english_period(period) if english else period.label


def _place(maker: Maker, info: ReportInfo, *, english: bool) -> str:
    """A name of the report's place, official or short."""
    known = maker.archive.lexicon.place(info.place or "")
    if known is None:
        return info.place or ""
    names = known.english if english else (known.canonical, *known.names)
    return maker.random.choice(names) if names else known.canonical
