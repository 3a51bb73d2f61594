"""Who looks at an archive, and which reports that person may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from indexer.types import ReportInfo, Visibility

Owner: TypeAlias = "tuple[str, datetime | None]"  # whose something is: an account, and when that one was made


class Role(StrEnum):
    """What an account may do; each role may do all that the ones before it may."""

    READER = "reader"  # 读者: asks, reads, exports
    CLERK = "clerk"  # 档案员: adds, describes and removes reports
    ADMINISTRATOR = "administrator"  # 管理员: keeps accounts, erases for good, sees every report

    def at_least(self, other: Role) -> bool:
        """Whether this role may do all that `other` may."""
        order = tuple(Role)
        return order.index(self) >= order.index(other)

    @property
    def chinese(self) -> str:
        """What the role is called: 读者, 档案员, 管理员."""
        return ("读者", "档案员", "管理员")[tuple(Role).index(self)]


@dataclass(frozen=True, slots=True)
class Viewer:
    """An account with its role; an empty account stands for somebody who is on no report's list."""

    account: str
    role: Role
    made: datetime | None = None  # the account; one that is made later under the same name is another one

    @property
    def owner(self) -> Owner:
        """Whose the things are that the viewer makes and leaves behind."""
        return (self.account, self.made)

    def stands_for(self, former: Viewer) -> bool:
        """Whether this is the same account as it was, in a role that may still do all that it might."""
        return self.owner == former.owner and self.role.at_least(former.role)

    def may_see(self, info: ReportInfo, listed: frozenset[str]) -> bool:
        """Whether a report may be seen; `listed` are the accounts on its list, which counts where it is LISTED."""
        if self.role is Role.ADMINISTRATOR or info.visibility is Visibility.PUBLIC:
            return True
        if info.visibility is Visibility.INTERNAL:
            return self.role.at_least(Role.CLERK)
        return bool(self.account) and self.account in listed


LOCAL = Viewer("", Role.ADMINISTRATOR)
"""Who works without accounts: on this machine's own address, and on the command line."""
