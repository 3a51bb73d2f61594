"""How surely a run of clauses answers: by its lead over what the other passages say, in words and in meaning.

What a question and any sentence have in common by chance differs from question to question and from model to model; by
how much the best sentence stands out from its rivals does not. The weights are those of a logistic regression on text
questions over real reports, each asked once as it is and once with the passages that answer it withheld.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp
from statistics import fmean

from assistant.text_asked import Asked
from assistant.text_runs import Run

RIVALS = 7  # so many of the best other passages are led
LEAD_ALONE, MEANING_LEAD_ALONE = 1.0, 0.2  # what a run has where there is no other passage
NO_RIVAL = 0.8  # a rival without anything of a kind that is nearly always recognised is led by so much more
INTERCEPT = -3.0
LEAD = 1.9  # a unit of score
MEANING_LEAD = 7.9  # a unit of cosine
COVERAGE = 0.9
UNSHOWN, UNSHOWN_STRICT = -1.2, -6.7  # nothing of the kind asked for; nothing of one that is nearly always recognised
UNLISTED = -2.0  # several things are asked for, and none stand side by side


def assurance(asked: Asked, shown: Run, rivals: Sequence[Run]) -> float:
    """The probability, 0–1, that `shown` answers; `rivals` are the best runs of the other passages."""
    lead, meaning_lead = leads(asked, shown, rivals)
    told = INTERCEPT + LEAD * lead + MEANING_LEAD * meaning_lead + COVERAGE * asked.certainty * shown.coverage
    if not asked.is_shown(shown.text):
        told += UNSHOWN_STRICT if asked.expected.is_strict else UNSHOWN
    if asked.expected.several and not asked.expected.is_open and not asked.is_listed(shown.text):
        told += UNLISTED
    return 1.0 / (1.0 + exp(-told))


def leads(asked: Asked, run: Run, rivals: Sequence[Run]) -> tuple[float, float]:
    """By how much a run is above the mean of its best rivals: in score, and in the cosine of its sentence."""
    if not rivals:
        return LEAD_ALONE, MEANING_LEAD_ALONE
    scores = sorted((_against(asked, rival) for rival in rivals), reverse=True)[:RIVALS]
    cosines = sorted((rival.sentence_meaning for rival in rivals), reverse=True)[:RIVALS]
    return run.score - fmean(scores), run.sentence_meaning - fmean(cosines)


def _against(asked: Asked, rival: Run) -> float:
    """The score of a rival, less where it cannot be the answer."""
    return rival.score - (NO_RIVAL if asked.expected.is_strict and not asked.is_shown(rival.text) else 0.0)
