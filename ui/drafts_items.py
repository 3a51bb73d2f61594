"""What stands in a draft: how each kind of item is kept as JSON, called by a name, and made afresh from the archive."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from assistant.commitments import pairs_of
from assistant.comparison import Comparison
from assistant.plans import PlanReview, review_pair
from assistant.types import Answer, Language, Status
from indexer.errors import YoujuError
from ui.ask_scope import Chosen
from ui.compare_choice import choice_of, comparisons_of
from ui.text import say

if TYPE_CHECKING:
    from indexer.archive import Archive
    from indexer.basket import DraftItem
    from ui.site import Chain

ANSWER, COMPARISON, PLANS = "answer", "comparison", "plans"
KINDS = (ANSWER, COMPARISON, PLANS)
LONGEST_SAID = 200  # characters of an answer kept beside its question
Made = Answer | tuple[Comparison, ...] | PlanReview


def answer_item(answer: Answer, chosen: Chosen) -> dict[str, Any]:
    """A question, what it was kept to, and what was answered when it was added."""
    said = " ".join(answer.text.split())
    asked = answer.question.standalone
    return {"kind": ANSWER, "question": asked, "scope": chosen.sent(), "said": said[:LONGEST_SAID]}


def comparison_item(subjects: Sequence[str], first: str, last: str, places: Sequence[str]) -> dict[str, Any]:
    """What the page 比较 was asked for: indicators, years ("" for open), places."""
    chosen = {"subjects": list(subjects), "first": first, "last": last, "places": list(places)}
    return {"kind": COMPARISON, **chosen}


def plans_item(plan: str, title: str, *, numbers: bool) -> dict[str, Any]:
    """What the page 计划与完成 was asked for: the id of the report that plans, its title, whether only numbers."""
    return {"kind": PLANS, "report_id": plan, "title": title, "numbers": numbers}


def name_of(item: DraftItem, language: Language) -> str:
    """What an item is called in the list and in the document."""
    content = item.content
    if item.kind == ANSWER:
        return str(content.get("question") or "")
    if item.kind == COMPARISON:
        comma = say(language, "list_comma")
        subjects, places = (comma.join(map(str, _listed(content, name))) for name in ("subjects", "places"))
        years = "—".join(dict.fromkeys(str(content.get(end) or "") for end in ("first", "last"))).strip("—")
        return " · ".join(part for part in (subjects, years, places) if part)
    return str(content.get("title") or say(language, "drafts_kind_unknown"))


@dataclass(frozen=True, slots=True)
class Maker:
    """What items are made afresh with: the archive as the viewer sees it, and its chain."""

    archive: Archive
    chain: Chain
    language: Language
    today: date

    def make(self, item: DraftItem) -> Made | None:
        """What the item shows now; None where the archive does not hold it any more."""
        try:
            if item.kind == ANSWER:
                return self._answer(item.content)
            if item.kind == COMPARISON:
                return self._comparisons(item.content)
            return self._plans(item.content) if item.kind == PLANS else None
        except YoujuError:
            return None

    def _answer(self, content: Mapping[str, Any]) -> Answer | None:
        scope = Chosen.of(content.get("scope")).ids(self.archive.reports())
        asked = {"question": str(content.get("question") or ""), "turns": [], "today": self.today, "scope": scope}
        answer = self.chain.invoke(asked)
        return None if answer.status is Status.NOT_FOUND else answer

    def _comparisons(self, content: Mapping[str, Any]) -> tuple[Comparison, ...] | None:
        subjects, first, last, places = (content.get(name) for name in ("subjects", "first", "last", "places"))
        choice = choice_of(subjects, first, last, places, self.language)
        made = comparisons_of(self.archive, choice, self.language, self.today)
        return tuple(one for one in made if one.citations) or None

    def _plans(self, content: Mapping[str, Any]) -> PlanReview | None:
        plan = content.get("report_id")
        pair = next((one for one in pairs_of(self.archive.reports()) if one.planning.id == plan and one.later), None)
        review = pair and review_pair(self.archive, pair, only_numbers=bool(content.get("numbers")))
        return review if review and review.outcomes else None


def _listed(content: Mapping[str, Any], name: str) -> list[Any]:
    found = content.get(name)
    return found if isinstance(found, list) else []
