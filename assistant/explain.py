"""Why the reader answered a question as it did: what it weighed, how sure it was, and what kept it from answering."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from assistant.answering import Room, decide_in
from assistant.chain import ChainSteps
from assistant.choose import Decision, best_of
from assistant.read_figures import WEIGHTS, Weighed
from assistant.types import Intent, Status

READ: Final = frozenset({Intent.FIGURE, Intent.COMPARISON, Intent.PLAN_VS_DONE})  # the intents that figures answer
SHOWN: Final = 5  # candidates


class Refusal(StrEnum):
    """What kept the reader from answering."""

    SCOPE = "scope"  # no report of the time or place
    NOTHING = "nothing"  # no figure of that unit, measure, role and period in what was retrieved
    UNSURE = "unsure"  # the best figure is less likely right than the threshold
    UNSAID = "unsaid"  # likely enough, yet what is asked is not said near it


@dataclass(frozen=True, slots=True)
class Explanation:
    """The reading of a question that a figure answers, or of one part of it."""

    room: Room
    decision: Decision
    weighed: tuple[Weighed, ...]  # best first
    best: Weighed | None
    confidence: float | None  # that the best is right, 0–1; None where there is none

    @property
    def threshold(self) -> float:
        """The confidence from which on a figure answers."""
        return self.room.archive.settings.answer.figure_threshold

    @property
    def refusal(self) -> Refusal | None:
        """What kept it from answering; None where it answered or asked back."""
        if self.room.scope.missing is not None:
            return Refusal.SCOPE
        if self.decision.status is not Status.NOT_FOUND:
            return None
        if self.confidence is None:
            return Refusal.NOTHING
        return Refusal.UNSURE if self.confidence < self.threshold else Refusal.UNSAID

    @property
    def first(self) -> tuple[Weighed, ...]:
        """The candidates that are shown: those of the highest score, among them the best and what was chosen."""
        always = [item for item in (self.best, *self.decision.chosen[:1]) if item is not None]
        others = [item for item in self.weighed if item not in always][: SHOWN - len(always)]
        return tuple(item for item in self.weighed if item in always or item in others)


def explain(steps: ChainSteps, asked: str | Mapping[str, Any]) -> list[Explanation]:
    """How each part of a question was read; nothing for one that figures do not answer. `asked` is what a chain takes.

    Raises QuestionError.
    """
    asking = steps.understand(asked)
    return [_explained(steps.room_of(part, asking)) for part in steps.parts_of(asking) if part.intent in READ]


def contributions(weighed: Weighed) -> dict[str, tuple[float, float]]:
    """The weight of each feature and what it adds to the score; what all add is the score."""
    return {name: (weight, weight * weighed.features.get(name, 0.0)) for name, weight in WEIGHTS.items()}


def _explained(room: Room) -> Explanation:
    decision, weighed = decide_in(room)
    best = best_of(weighed)
    confidence = room.confidence.of(best, weighed) if best is not None else None
    return Explanation(room, decision, tuple(weighed), best, confidence)
