"""An opened archive with what goes with it: settings, records, lock, index, and the models loaded when first needed."""

from __future__ import annotations

import threading
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from indexer.errors import ModelError
from indexer.follow import Follower
from indexer.lock import WriterLock
from indexer.reading import Reading
from indexer.records import Records
from indexer.settings import Settings

if TYPE_CHECKING:
    from indexer.embed import Embedder
    from indexer.lexicon.terms import Lexicon
    from indexer.segment import Segmenter


class OpenedArchive:
    """What an archive holds open."""

    def __init__(self, folder: Path, settings: Settings, records: Records, embedder: Embedder | None = None) -> None:
        self.folder = folder
        self.settings = settings
        self._records = records
        self._lock = WriterLock(folder)
        self._loading = threading.RLock()
        self._embedder = embedder
        self._segmenter: Segmenter | None = None
        self._lexicon: Lexicon | None = None
        self._follower = Follower(folder, records, self._lock, lambda: self.segmenter)
        self._reading = Reading(records)

    def close(self) -> None:
        """Give everything back."""
        self._follower.close()
        self._records.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def embedder(self) -> Embedder:
        """The embedding model of the settings. Raises ModelError where the archive was indexed with another one."""
        embedder = self.open_embedder()
        model = self._reading.snapshot().model
        if model and model != embedder.fingerprint:
            raise ModelError(
                f"{self.folder} was indexed with the model {model}, the setting embedding.model names "
                f"{embedder.fingerprint}; set it back, or embed anew with: youju check --repair"
            )
        return embedder

    def open_embedder(self) -> Embedder:
        """The embedding model of the settings, whether or not the archive was indexed with it."""
        with self._loading:
            if self._embedder is None:
                from indexer.embed import open_embedder  # slow to load, not needed to list reports

                self._embedder = open_embedder(self.settings.embedding.model)
            return self._embedder

    @property
    def segmenter(self) -> Segmenter:
        """The segmenter that the passages were and questions are cut into words with."""
        with self._loading:
            if self._segmenter is None:
                from indexer.search.words import load_segmenter  # its dictionary is slow to load

                self._segmenter = load_segmenter()
            return self._segmenter

    @property
    def lexicon(self) -> Lexicon:
        """The words of the field."""
        with self._loading:
            if self._lexicon is None:
                from indexer.lexicon.terms import Lexicon  # slow to load

                self._lexicon = Lexicon.load()
            return self._lexicon
