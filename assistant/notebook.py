"""What is looked up while one question is answered, and used again when it is asked again of other times and places."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

import numpy as np

from assistant.matching import Listener, Wanted
from assistant.types import Concept, Evidence, Question
from indexer.embed import Embedder, Vectors


class Notebook:
    """The notes on one question; they are thrown away with it, and no other thread sees them."""

    def __init__(self) -> None:
        self._listeners: dict[tuple[Concept, ...], Listener] = {}
        self._vectors: dict[str, Vectors] = {}
        self._evidence: dict[tuple[Hashable, ...], tuple[Evidence, ...]] = {}

    def listener(self, wanted: Sequence[Wanted]) -> Listener:
        """What hears these concepts in texts."""
        concepts = tuple(item.concept for item in wanted)
        found = self._listeners.get(concepts)
        if found is None:
            found = self._listeners[concepts] = Listener(wanted)
        return found

    def vectors(self, texts: Sequence[str], embedder: Embedder) -> Vectors:
        """One row per text, as `encode_passages` gives it."""
        missing = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        if missing:
            self._vectors.update(zip(missing, embedder.encode_passages(missing), strict=True))
        return np.array([self._vectors[text] for text in texts], dtype=np.float32).reshape(-1, embedder.dimension)

    def evidence(
        self, question: Question, reports: Sequence[str], gather: Callable[[], Sequence[Evidence]]
    ) -> tuple[Evidence, ...]:
        """What `gather` finds for a question in these reports, which neither its unit nor its role decides."""
        sought = (question.standalone, question.subject, question.concepts, *reports)
        found = self._evidence.get(sought)
        if found is None:
            found = self._evidence[sought] = tuple(gather()) if reports else ()
        return found
