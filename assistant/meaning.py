"""What the embedding model says of a figure as the answer: nearness of the whole question and of its single words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from assistant.matching import Listener, Wanted
from assistant.notebook import Notebook
from assistant.types import Evidence, Question
from assistant.zones import subject_with_whole
from indexer.archive import Archive
from indexer.embed import Vectors
from indexer.fold import fold
from indexer.types import Figure

TELLING = 0.3  # a concept that tells so much and is not a verb names what is counted
WORDINGS = 2  # of a concept, its best ones, that are compared word by word


def meanings_of(
    archive: Archive,
    question: Question,
    listener: Listener,
    figures: Sequence[tuple[Figure, Evidence]],
    notes: Notebook,
) -> list[dict[str, float]]:
    """For each figure, each 0–1: `meaning`, the cosine between the question and subject with clause; `named_alike`, that
    between the question and the subject alone, either in its own words or in those of reports; `alike`, the mean over the
    question's concepts of how near the nearest word of the subject is, 1 where it is said.
    """
    if not figures:
        return []
    asked = archive.embedder.encode_questions(_askings(question))
    counted = [subject_with_whole(figure, evidence) for figure, evidence in figures]
    subjects = [fold(one).lower() for one in counted]
    clauses = [f"{one} {_clause(figure, evidence)}" for one, (figure, evidence) in zip(counted, figures, strict=True)]
    near = notes.vectors([*clauses, *subjects], archive.embedder) @ asked.T
    cosines = np.clip(near.max(axis=1), 0.0, 1.0)
    words = [tuple(dict.fromkeys(archive.segmenter.pieces(subject))) for subject in subjects]
    alike = _alike(archive, listener, subjects, words, notes)
    return [
        {"meaning": float(cosines[at]), "named_alike": float(cosines[len(figures) + at])} | alike[at]
        for at in range(len(figures))
    ]


def _alike(
    archive: Archive, listener: Listener, subjects: Sequence[str], words: Sequence[Sequence[str]], notes: Notebook
) -> list[dict[str, float]]:
    """For each subject the mean and the least over the concepts of their nearness to its nearest word."""
    wanted = listener.wanted
    if not wanted:
        return [{"alike": 0.0, "least_alike": 1.0, "another": 0.0}] * len(subjects)
    wordings = [wording.text for item in wanted for wording in item.wordings[:WORDINGS]]
    owners = [at for at, item in enumerate(wanted) for _ in item.wordings[:WORDINGS]]
    every = list(dict.fromkeys(word for of_one in words for word in of_one))
    nearness = _nearness(notes.vectors([*wordings, *every], archive.embedder), owners, len(wanted))
    of_word = dict(zip(every, nearness.T.tolist(), strict=True))
    found = []
    for subject, of_one in zip(subjects, words, strict=True):
        stated = listener.matches(subject)
        said = list(map(max, stated, *(of_word[word] for word in of_one))) if of_one else list(stated)
        telling = [value for item, value in zip(wanted, said, strict=True) if _is_telling(item)]
        least = min(telling, default=1.0)
        alien = [1.0 - max(of_word[word]) for word in of_one if len(word) > 1]
        another = max(stated) * (1.0 - least) * max(alien, default=0.0)
        found.append({"alike": sum(said) / len(said), "least_alike": least, "another": another})
    return found


def _askings(question: Question) -> list[str]:
    """What is asked, in the words of the question and, where some are everyday or English ones, in those of reports."""
    own = question.subject or question.standalone
    if not any(concept.official for concept in question.concepts):
        return [own]
    return [own, "".join(concept.official or concept.word for concept in question.concepts)]


def _is_telling(item: Wanted) -> bool:
    return item.weight >= TELLING and not item.concept.is_verb


def _nearness(vectors: Vectors, owners: Sequence[int], concepts: int) -> Vectors:
    """The cosine of each concept with each word, at least 0: [concepts, words].

    `vectors`: first those of the concepts' wordings, whose best one counts, each of the concept in `owners`, then those
    of the words.
    """
    wordings, words = vectors[: len(owners)], vectors[len(owners) :]
    nearness = np.zeros((concepts, len(words)), dtype=np.float32)
    np.maximum.at(nearness, list(owners), wordings @ words.T)
    return nearness


def _clause(figure: Figure, evidence: Evidence) -> str:
    passage = evidence.passage
    return passage.text[figure.clause.start - passage.start : figure.clause.end - passage.start]
