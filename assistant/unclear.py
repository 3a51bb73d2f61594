"""Questions that name nothing to look for: only a time, only a number, a follow-up to nothing, characters of no language."""

from __future__ import annotations

import re

from assistant.follow_words import FollowUpWords
from assistant.types import Concept, Intent, Language, Question
from indexer.fold import fold

SENTENCES = {
    Language.CHINESE: "没有看出要查什么。请写明指标，最好带上地区和年份，例如：2023年查扣了多少气瓶？",
    Language.ENGLISH: "It is not clear what to look for. Name the indicator, such as: How many gas cylinders were seized in 2023?",
}
ASKED_OF_OTHERS = (Intent.FIGURE, Intent.COMPARISON, Intent.PLAN_VS_DONE)
NAMELESS = ("growth", "total", "level", "plan", "done")


def unclear(question: Question, words: FollowUpWords) -> str | None:
    """The sentence that asks for an indicator where the question names none; None where it names one."""
    if question.intent not in ASKED_OF_OTHERS or _asks_of_a_plan(question):
        return None
    said = words.said(fold(question.standalone).strip()).strip("？?。.!！ ")
    bare = words.marks["all_of_it"].sub("", said)
    leans = any(words.ask[name].fullmatch(said) for name in NAMELESS)
    leans = leans or any(words.time[name].fullmatch(bare) for name in ("before", "after", "part", "whole"))
    if leans or not any(_names_a_thing(concept) for concept in question.concepts):
        return SENTENCES[question.language]
    return None


def _asks_of_a_plan(question: Question) -> bool:
    """Whether a whole plan is meant: 2023年定的目标实现了没有."""
    return question.intent is Intent.PLAN_VS_DONE and bool(question.periods or question.report_years)


def _names_a_thing(concept: Concept) -> bool:
    """Whether a concept can be looked for: a Chinese word, a word that has one, or a long number."""
    if any(any(map(_is_han, text)) for text, _ in concept.alternatives):
        return concept.word.isascii() is False or len(concept.word) > 1
    return bool(re.fullmatch(r"\d{5,}|[a-z][a-z\d& -]{2,}", concept.word.lower()))


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"
