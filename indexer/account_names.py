"""Names of accounts: what is allowed as one, and which are known."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from sqlalchemy import Connection, select

from indexer.errors import AccountError
from indexer.schema import people

LONGEST = 32  # characters
MARKS = "._-@"  # allowed beside letters and digits, not in front


def account_name(text: str) -> str:
    """The name as it is kept: full-width and capital letters do not make another account. Raises AccountError."""
    name = folded_name(text)
    fits = all(character.isalnum() or character in MARKS for character in name) and name[:1] not in MARKS
    if not name or len(name) > LONGEST or not fits:
        raise AccountError(
            f"账号名请用1至{LONGEST}个汉字、字母、数字或 . _ - @，以字或数字开头。"
            f"(An account's name has 1 to {LONGEST} letters, digits or . _ - @ and begins with none of these marks.)"
        )
    return name


def folded_name(text: str) -> str:
    """The text in the form in which names are kept, whether or not it is allowed as one."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def known_accounts(connection: Connection, names: Iterable[str]) -> tuple[str, ...]:
    """The names in their order as they are kept, each once. Raises AccountError where one is no account."""
    wanted = tuple(dict.fromkeys(account_name(name) for name in names))
    table = people.accounts
    known = set(connection.execute(select(table.c.name).where(table.c.name.in_(wanted))).scalars())
    for name in wanted:
        if name not in known:
            raise AccountError(f"没有账号“{name}”，请先新建或核对名称。(There is no such account.)")
    return wanted
