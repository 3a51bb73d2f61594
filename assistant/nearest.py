"""The subjects of the ledger that come nearest to one that it does not hold."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from indexer.archive import Archive

LOOKED_AT = 24  # passages near to the subject in meaning
OFFERED = 5
LEAST_ALIKE = 0.15  # cosine


def nearest_subjects(archive: Archive, subject: str, reports: Sequence[str]) -> tuple[str, ...]:
    """At most OFFERED subjects of figures in these reports that mean about the same, the nearest first."""
    if not reports or not subject.strip():
        return ()
    vector = archive.embedder.encode_questions([subject])[0]
    hits = [hit.id for hit in archive.dense(vector, reports=reports, k=LOOKED_AT)]
    named = [figure.subject_text for figures in archive.figures_of_passages(hits).values() for figure in figures]
    subjects = list(dict.fromkeys(name for name in named if len(name) > 1))
    if not subjects:
        return ()
    cosines = archive.embedder.encode_passages(subjects) @ vector
    order = np.argsort(-cosines, kind="stable")[:OFFERED]
    return tuple(subjects[number] for number in order if cosines[number] >= LEAST_ALIKE)
