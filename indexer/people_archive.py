"""What belongs to the people who use an archive: their accounts, what they asked, said and drafted, and the audit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from indexer.accounts import Accounts
from indexer.audit import Audit
from indexer.basket import Basket
from indexer.feedback import Feedback
from indexer.history import History
from indexer.ledger_archive import LedgerArchive
from indexer.open_sessions import OpenSessions
from indexer.records import Records
from indexer.settings import Settings
from indexer.viewer import Role, Viewer

if TYPE_CHECKING:
    from indexer.embed import Embedder


class PeopleArchive(LedgerArchive):
    """What an archive keeps for people. Only the whole archive gives it out: a viewer's view raises NotPermittedError.

    Whoever has the whole archive says which account is meant, and answers for that.
    """

    def __init__(self, folder: Path, settings: Settings, records: Records, embedder: Embedder | None = None) -> None:
        super().__init__(folder, settings, records, embedder)
        self._accounts = Accounts(records, settings.accounts)
        self._sessions = OpenSessions(records, settings.accounts)
        self._history = History(records, settings.accounts.history)
        self._feedback = Feedback(records)
        self._basket = Basket(records)
        self._audit = Audit(records)

    def is_still(self, viewer: Viewer) -> bool:
        """Whether the viewer's account is the one it was, in no lesser role, and not disabled since."""
        return self._accounts.is_still(viewer)

    @property
    def accounts(self) -> Accounts:
        """The accounts and their sessions."""
        self._require(Role.ADMINISTRATOR)
        return self._accounts

    @property
    def sessions(self) -> OpenSessions:
        """The sessions that are open."""
        self._require(Role.ADMINISTRATOR)
        return self._sessions

    @property
    def history(self) -> History:
        """What each account asked."""
        self._require(Role.ADMINISTRATOR)
        return self._history

    @property
    def feedback(self) -> Feedback:
        """What was said of answers."""
        self._require(Role.ADMINISTRATOR)
        return self._feedback

    @property
    def basket(self) -> Basket:
        """The drafts that each account gathers."""
        self._require(Role.ADMINISTRATOR)
        return self._basket

    @property
    def audit(self) -> Audit:
        """Who did what."""
        self._require(Role.ADMINISTRATOR)
        return self._audit
