"""What the embedding model says of a figure as the answer: nearness of the whole question and of its single words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from assistant.matching import Wanted, match
from assistant.types import Evidence, Question
from indexer.archive import Archive
from indexer.embed import Vectors
from indexer.fold import fold
from indexer.types import Figure

TELLING = 0.3  # a concept that tells so much and is not a verb names what is counted
WORDINGS = 2  # of a concept, its best ones, that are compared word by word


def meanings_of(
    archive: Archive, question: Question, wanted: Sequence[Wanted], figures: Sequence[tuple[Figure, Evidence]]
) -> list[dict[str, float]]:
    """For each figure, each 0–1: `meaning`, the cosine between the question and subject with clause; `named_alike`, that
    between the question and the subject alone; `alike`, the mean over the question's concepts of how near the nearest
    word of the subject is, 1 where it is said.
    """
    if not figures:
        return []
    asked = archive.embedder.encode_questions([question.subject or question.standalone])[0]
    subjects = [fold(figure.subject_text).lower() for figure, _ in figures]
    clauses = [f"{figure.subject_text} {_clause(figure, evidence)}" for figure, evidence in figures]
    near = archive.embedder.encode_passages([*clauses, *subjects]) @ asked
    cosines = np.clip(near, 0.0, 1.0)
    words = [tuple(dict.fromkeys(archive.segmenter.pieces(subject))) for subject in subjects]
    alike = _alike(archive, wanted, subjects, words)
    return [
        {"meaning": float(cosines[at]), "named_alike": float(cosines[len(figures) + at])} | alike[at]
        for at in range(len(figures))
    ]


def _alike(
    archive: Archive, wanted: Sequence[Wanted], subjects: Sequence[str], words: Sequence[Sequence[str]]
) -> list[dict[str, float]]:
    """For each subject the mean and the least over the concepts of their nearness to its nearest word."""
    if not wanted:
        return [{"alike": 0.0, "least_alike": 1.0, "another": 0.0}] * len(subjects)
    wordings = [wording.text for item in wanted for wording in item.wordings[:WORDINGS]]
    owners = [at for at, item in enumerate(wanted) for _ in item.wordings[:WORDINGS]]
    every = list(dict.fromkeys(word for of_one in words for word in of_one))
    nearness = _nearness(archive, wordings, owners, every, len(wanted))
    at = {word: number for number, word in enumerate(every)}
    found = []
    for subject, of_one in zip(subjects, words, strict=True):
        columns = [at[word] for word in of_one]
        nearest = nearness[:, columns].max(axis=1) if columns else np.zeros(len(wanted))
        stated = [match(item, subject) for item in wanted]
        said = [max(one, float(near)) for one, near in zip(stated, nearest, strict=True)]
        telling = [value for item, value in zip(wanted, said, strict=True) if _is_telling(item)]
        least = min(telling, default=1.0)
        alien = [1.0 - float(nearness[:, at[word]].max()) for word in of_one if len(word) > 1]
        another = max(stated) * (1.0 - least) * max(alien, default=0.0)
        found.append({"alike": sum(said) / len(said), "least_alike": least, "another": another})
    return found


def _is_telling(item: Wanted) -> bool:
    return item.weight >= TELLING and not item.concept.is_verb


def _nearness(
    archive: Archive, wordings: Sequence[str], owners: Iterable[int], words: Sequence[str], concepts: int
) -> Vectors:
    """The cosine of each concept (its best wording) with each word, at least 0: [concepts, words]."""
    nearness = np.zeros((concepts, len(words)), dtype=np.float32)
    if words and wordings:
        vectors = archive.embedder.encode_passages([*wordings, *words])
        np.maximum.at(nearness, list(owners), vectors[: len(wordings)] @ vectors[len(wordings) :].T)
    return nearness


def _clause(figure: Figure, evidence: Evidence) -> str:
    passage = evidence.passage
    return passage.text[figure.clause.start - passage.start : figure.clause.end - passage.start]
