"""Question understanding: what is asked about, for which time and place, and what would answer it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.asking import AskingWords, UnitAt, asked, dimension_of, without_phrases
from assistant.concepts import SINGLE_CHARACTER_WEIGHT, find_concepts
from assistant.english import chinese_amounts
from assistant.held_names import HeldNames
from assistant.periods import asked_time
from assistant.places import asked_places, english_terms, names_of
from assistant.types import Concept, Language, Question
from indexer.errors import QuestionError
from indexer.fold import fold
from indexer.lexicon.terms import SAME, Lexicon
from indexer.segment import Segmenter
from indexer.types import Span

CHINESE = re.compile(r"[\u3400-\u9fff]")
NOTHING_HELD = HeldNames({}, {})
NEGATED = re.compile(  # set off from what is asked: （不含…）, ，不是出栏; 不是非花不可的 asks for just that
    r"(?:[，,（(。？?！!；;]\s*|^)(?:注意)?(?:不要(?![求钱])|不是|而不是|别给|不问|不看)[^，,。？?；;）)]*[）)]?"
    r"|[，,（(]?(?:注意)?(?:不算|不包括|不含)[^，,。？?；;）)]*[）)]?|\b(?:not|excluding|rather than)\b[^,.?;()]*",
    re.IGNORECASE,
)
SOURCE_HINT = re.compile(
    r"[，,（(。？?]\s*(?:请?看|请?查|按|以|见|根据|就看)[^，,。？?（()）]*(?:总结|报告|口径|统计|表|数据)[^，,。？?（()）]*?(?=[，,。？?）)]|$)[）)]?"
)
PEOPLE = frozenset("人户")
COUNTED_ITSELF = frozenset({"人", "万人", "人次", "万人次"})  # 多少人: who is counted, and no counter of what follows
LATIN_WORD = re.compile(r"[A-Za-z]{2,}")


@dataclass(frozen=True, slots=True)
class Tools:
    """What understanding a question needs: the lexicon, the segmenter, the words of asking and the unit table."""

    lexicon: Lexicon
    segmenter: Segmenter
    asking: AskingWords
    unit_at: UnitAt


def understand(
    text: str,
    *,
    today: date,
    tools: Tools,
    held: HeldNames = NOTHING_HELD,
    limit: int = 2000,
    standalone: str | None = None,
) -> Question:
    """The question that `text` puts; `standalone` is what a follow-up means in full.

    Raises QuestionError where there is nothing to ask, or more than `limit` characters.
    """
    _check(text, limit)
    whole = fold(standalone or text)
    meant = _blank(NEGATED, whole)
    full = _blank(SOURCE_HINT, meant)
    language = language_of(full)
    is_english = language is Language.ENGLISH
    time = asked_time(meant, today=today)  # 见2022年报告 is only a hint, and yet names the report
    want = asked(full, tools.asking, is_english=is_english, unit_at=tools.unit_at)
    where = asked_places(_cut(full, (*time.spans, *want.spans), keep=True), tools.lexicon, held)
    offices = held.keys_in(whole)
    places, required = held.whose(where.places, offices)
    cut = _cut(full, (*time.spans, *where.spans, *want.spans))
    subject = without_phrases(
        cut, tools.asking, want, is_english=is_english, terms=lambda said: english_terms(said, tools.lexicon)
    )
    subject = chinese_amounts(subject)
    concepts = tuple(_unbound(item, tools.lexicon) for item in find_concepts(subject, tools.lexicon, tools.segmenter))
    return Question(
        text=text,
        standalone=standalone or text,
        language=language,
        intent=want.intent,
        periods=time.periods,
        report_years=time.report_years,
        recent_years=time.recent_years,
        spans_years=time.spans_years,
        places=places,
        places_listed=where.listed and len(places) > 1,
        required=tuple(names_of(place, tools.lexicon) for place in required),
        levels=where.levels,
        offices=offices,
        unknown_places=where.unknown,
        role=want.role,
        measure=want.measure,
        unit=want.unit,
        dimension=want.dimension or dimension_of(want.unit, tools.unit_at),
        subject=subject,
        concepts=concepts,
        head=None if want.unit in COUNTED_ITSELF else _head(full, want.counted_at, concepts),
    )


def _unbound(concept: Concept, lexicon: Lexicon) -> Concept:
    """The concept, no verb where its English word may stand for several that do not mean the same: receive."""
    if not concept.is_verb or not concept.word.isascii():
        return concept
    terms = [term for match in lexicon.english_to_chinese(concept.word) for term, _ in match.chinese]
    same = {terms[0], *(term for term, weight in lexicon.synonyms(terms[0]) if weight >= SAME)} if terms else set()
    return concept if same.issuperset(terms) else replace(concept, is_verb=False)


def _blank(pattern: re.Pattern[str], text: str) -> str:
    """The text with blank space for what matches, as long as before; unchanged where nothing would be left."""
    blanked = pattern.sub(lambda match: " " * len(match.group()), text)
    return blanked if any(map(str.isalnum, blanked)) else text


def language_of(text: str) -> Language:
    """English where Latin words outnumber half the Chinese characters; Chinese otherwise."""
    return Language.ENGLISH if len(LATIN_WORD.findall(text)) * 2 > len(CHINESE.findall(text)) else Language.CHINESE


def _check(text: str, limit: int) -> None:
    if any(0xD800 <= ord(character) <= 0xDFFF for character in text):
        raise QuestionError(
            "问题里有无法识别的字符，请重新输入。(The question holds bytes that are no text; type it anew.)"
        )
    if not any(map(str.isalnum, text)):
        raise QuestionError("问题是空的，请输入要查的内容，例如：2023年查扣了多少气瓶？ (The question is empty.)")
    if len(text) > limit:
        raise QuestionError(
            f"问题有{len(text)}个字，最多{limit}个字，请缩短后再问。(The question is longer than {limit} characters.)"
        )


def _head(text: str, counted_at: int | None, concepts: Sequence[Concept]) -> str | None:
    """The concept whose number is asked for: of those right behind 多少 and its unit the one that tells most."""
    if counted_at is None:
        return None
    run = re.split(r"[，。？！,.?!；;的]|进行|\bwere\b|\bwas\b|\bdid\b|\bare\b|\bhad\b|\bhave\b", text[counted_at:])[
        0
    ].lower()
    behind = [concept for concept in concepts if concept.word.rpartition(" ")[2] in run and _may_be_counted(concept)]
    return max(behind, key=lambda concept: concept.weight).word if behind else None


def _may_be_counted(concept: Concept) -> bool:
    """Whether a number may be asked of a concept: not of a lone character that says nothing by itself (几家能看)."""
    return len(concept.word) > 1 or concept.weight > SINGLE_CHARACTER_WEIGHT or concept.word in PEOPLE


def _cut(text: str, spans: tuple[Span, ...], *, keep: bool = False) -> str:
    """`text` with a space for each stretch; with `keep`, for each of its characters, so that offsets stay."""
    characters = list(text)
    for span in spans:
        for offset in range(span.start, span.end):
            characters[offset] = " " if keep or offset == span.start else ""
    return "".join(characters)
