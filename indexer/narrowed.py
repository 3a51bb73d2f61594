"""The records as far as a choice of reports goes: for a question that is kept to some of them."""

from __future__ import annotations

from indexer.reading import Reading, View
from indexer.records import Records
from indexer.snapshot import Snapshot


class NarrowedReading(Reading):
    """What another reading gives, of the chosen reports only: the others are nowhere, as if they had never been added."""

    def __init__(self, wide: Reading, records: Records, chosen: frozenset[str]) -> None:
        super().__init__(records)
        self._wide = wide
        self._chosen = chosen  # readable ids
        self._pair = (self._view, self._view)  # a view of the wide reading, and what is chosen of it

    def view(self) -> View:
        """What is chosen of the newest log number."""
        wide = self._wide.view()
        source, narrow = self._pair
        if source is not wide:
            narrow = View(_chosen(wide.snapshot, self._chosen), wide)
            self._pair = (wide, narrow)
        return narrow

    def forget(self) -> None:
        """Look at the log the next time whatever the hour."""
        self._wide.forget()


def _chosen(snapshot: Snapshot, chosen: frozenset[str]) -> Snapshot:
    held = (one for one in snapshot.held if one.info.id in chosen)
    return Snapshot(snapshot.log, held, snapshot.model, snapshot.dimension, whole=False)
