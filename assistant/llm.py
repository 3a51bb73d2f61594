"""The optional language model: it may word an answer better, and may never change a number."""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from decimal import Decimal
from importlib.resources import files
from typing import TYPE_CHECKING

from assistant.grounding import numbers_in, stated_years, ungrounded
from assistant.types import Answer, Status
from indexer.figures.quantities import read_quantities
from indexer.figures.units import UnitTable
from indexer.fold import fold
from indexer.settings import Llm

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

LOG = logging.getLogger(__name__)
LONGEST_WORDING = 300
DENIALS = ("没有", "未", "不", "无", "非", "并非", "not ", "no ", "never")


def open_model(settings: Llm) -> BaseChatModel | None:
    """The chat model of the endpoint that is set; None where none is."""
    if not settings.url:
        return None
    from langchain.chat_models import init_chat_model

    return init_chat_model(
        settings.model,
        model_provider="openai",
        base_url=settings.url,
        api_key=os.environ.get(settings.key_env, "none"),
        timeout=settings.timeout_s,
        max_retries=1,
        temperature=0,
    )


def prompt_for(answer: Answer) -> list[tuple[str, str]]:
    """The messages that ask for a wording of an answer: instructions, then the draft and its quotes as data."""
    language = answer.question.language.value
    template = (files("prompts") / f"answer.{language}.md").read_text(encoding="utf-8")
    instructions, _, data = template.partition("\n---\n")
    quotes = "\n".join(f"[{citation.number}] {citation.quote}" for citation in answer.citations)
    filled = (
        data.replace("{question}", answer.question.standalone)
        .replace("{draft}", answer.text)
        .replace("{quotes}", quotes)
    )
    return [("system", instructions.strip()), ("user", filled.strip())]


def wording_of(model: BaseChatModel, answer: Answer) -> str | None:
    """The model's wording of an answer where it may stand; None where it may not, or the endpoint does not answer."""
    from openai import OpenAIError

    try:
        wording = model.invoke(prompt_for(answer)).text.strip()
    except OpenAIError as error:
        LOG.warning("the language model did not answer (%s); the extractive answer stands", error)
        return None
    return wording if accepted(answer, wording) else None


def worth_wording(answer: Answer) -> bool:
    """Whether there is something to word: only what was answered and cited."""
    return answer.status is Status.ANSWERED and bool(answer.citations)


def accepted(answer: Answer, wording: str) -> bool:
    """Whether a wording may stand: short, its quantities those of the draft in the draft's order, nothing denied anew.

    Value and unit must be equal, and the figure asked for must come first; parts may be left out. Other numbers may only
    be those of the quotes, of the question, or years that the answer is about.
    """
    wording = wording.strip()
    if not wording or len(wording) > LONGEST_WORDING:
        return False
    quotes = [citation.quote for citation in answer.citations]
    if ungrounded(wording, quotes, stated_years(answer)):
        return False
    source = "".join((answer.text, *quotes, answer.question.standalone))
    if any(word in wording and word not in source for word in DENIALS):
        return False
    return _in_order(_quantities(wording), _quantities(answer.text))


def _quantities(text: str) -> list[tuple[Decimal, str]]:
    """The quantities of a text with their units, in order, brought to base units; bare numbers have the unit ""."""
    units = UnitTable.load()
    found = [
        (item.low * item.scale, item.base_unit) for item in read_quantities(fold(text), units) if item.low is not None
    ]
    return found or [(value, "") for value in numbers_in(text)]


def _in_order(wording: Sequence[tuple[Decimal, str]], draft: Sequence[tuple[Decimal, str]]) -> bool:
    """Whether the wording's quantities begin with the draft's first and follow the draft's order."""
    if wording[:1] != draft[:1]:
        return False
    rest = iter(draft)
    return all(quantity in rest for quantity in wording)
