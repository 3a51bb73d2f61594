"""An opened archive with what goes with it: settings, records, lock, index, and the models loaded when first needed."""

from __future__ import annotations

import copy
import threading
from collections.abc import Collection
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from indexer.errors import ModelError, NotPermittedError
from indexer.follow import Follower
from indexer.lock import WriterLock
from indexer.narrowed import NarrowedReading
from indexer.reading import Reading
from indexer.recent import Recent
from indexer.records import Records
from indexer.settings import Settings
from indexer.viewer import LOCAL, Role, Viewer

if TYPE_CHECKING:
    from indexer.embed import Embedder
    from indexer.lexicon.terms import Lexicon
    from indexer.segment import Segmenter

VIEWS_KEPT = 64  # of viewers who see different reports


class Models:
    """What is slow to load and the same for every viewer: each is loaded once, when first asked for."""

    def __init__(self, settings: Settings, embedder: Embedder | None) -> None:
        self._settings = settings
        self._loading = threading.RLock()
        self._embedder = embedder
        self._segmenter: Segmenter | None = None
        self._lexicon: Lexicon | None = None

    def embedder(self) -> Embedder:
        """The embedding model of the settings."""
        with self._loading:
            if self._embedder is None:
                from indexer.embed import open_embedder  # slow to load, not needed to list reports

                self._embedder = open_embedder(self._settings.embedding.model)
            return self._embedder

    def segmenter(self) -> Segmenter:
        """The segmenter."""
        with self._loading:
            if self._segmenter is None:
                from indexer.search.words import load_segmenter  # its dictionary is slow to load

                self._segmenter = load_segmenter(self.lexicon())
            return self._segmenter

    def lexicon(self) -> Lexicon:
        """The words of the field."""
        with self._loading:
            if self._lexicon is None:
                from indexer.lexicon.terms import Lexicon  # slow to load

                self._lexicon = Lexicon.load()
            return self._lexicon


class OpenedArchive:
    """What an archive holds open."""

    def __init__(self, folder: Path, settings: Settings, records: Records, embedder: Embedder | None = None) -> None:
        self.folder = folder
        self.settings = settings
        self.viewer = LOCAL  # whose permission all that is done needs; no account where several share the view
        self._records = records
        self._lock = WriterLock(folder)
        self._models = Models(settings, embedder)
        self._follower = Follower(folder, records, self._lock, self._models.segmenter)
        self._reading = Reading(records)
        self._whole: Self | None = None  # what this is a view of
        self._views: Recent[Viewer, Self] = Recent(VIEWS_KEPT)
        self._viewing = threading.Lock()

    def seen_by(self, viewer: Viewer) -> Self:
        """The archive as the viewer sees it: what he may not see is nowhere, as if it had never been added.

        It shares all that is open and loaded. The same object comes back for viewers who see the same: administrators
        get the archive itself; others by their role and, while they are on the list of any report, by their account.
        """
        whole = self if self._whole is None else self._whole
        if viewer.role is Role.ADMINISTRATOR:
            return whole
        is_listed = viewer.account in whole._reading.snapshot().listed
        key = Viewer(viewer.account if is_listed else "", viewer.role)
        with whole._viewing:
            view = whole._views.get(key)
            if view is None:
                view = copy.copy(whole)
                view.viewer = key
                view._whole = whole
                view._reading = whole._reading.seen_by(key)
                whole._views.put(key, view)
            return view

    def within(self, reports: Collection[str]) -> Self:
        """The archive with those of its reports whose ids are given, and no others; it shares all that is open."""
        view = copy.copy(self)
        view._whole = self if self._whole is None else self._whole
        view._reading = NarrowedReading(self._reading, self._records, frozenset(reports))
        return view

    def close(self) -> None:
        """Give everything back; a viewer's view has nothing of its own to give."""
        if self._whole is None:
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
        return self._models.embedder()

    @property
    def segmenter(self) -> Segmenter:
        """The segmenter that the passages were and questions are cut into words with."""
        return self._models.segmenter()

    @property
    def lexicon(self) -> Lexicon:
        """The words of the field."""
        return self._models.lexicon()

    def _require(self, role: Role) -> None:
        """Raises NotPermittedError where the viewer's role is less than `role`."""
        if not self.viewer.role.at_least(role):
            raise NotPermittedError(
                f"这项操作需要“{role.chinese}”权限，请联系管理员。(This needs the role {role.value}.)"
            )
