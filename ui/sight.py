"""What a viewer saw when some work for him began: its outcome is his only as long as he still sees all of that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.errors import NotPermittedError
from indexer.viewer import Viewer

if TYPE_CHECKING:
    from indexer.archive import Archive


@dataclass(frozen=True, slots=True)
class Sight:
    """A viewer as he was, and the reports that he saw."""

    viewer: Viewer
    seen: str

    @classmethod
    def of(cls, whole: Archive, viewer: Viewer) -> Sight:
        """What the viewer sees now of the whole archive."""
        return cls(viewer, whole.seen_by(viewer).sight)

    def hold(self, whole: Archive) -> None:
        """Nothing, while it is so still. Raises NotPermittedError where the account, or a report seen then, is not."""
        if not whole.is_still(self.viewer):
            raise NotPermittedError(
                "账号的权限刚有变动，没有做完；请重新打开这一页再做。(Your account was changed; open the page again.)"
            )
        if not whole.seen_by(self.viewer).still_sees(self.seen):
            raise NotPermittedError(
                "档案刚有报告移除或限定了查阅范围，没有做完；请再做一次。(A report was removed or limited; do it once more.)"
            )
