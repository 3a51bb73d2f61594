"""The drafts that each account gathers: items in an order of its own, erased with the reports they show."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update

from indexer.cited import Holder, plain_json, reports_in
from indexer.errors import DraftError
from indexer.records import Records
from indexer.records_write import take_number
from indexer.schema import people

LONGEST_TITLE, MOST_DRAFTS, MOST_ITEMS = 100, 200, 300
table = people.drafts
Items = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class DraftItem:
    """A piece of a draft."""

    id: str
    kind: str  # what the page makes of it: answer, comparison, plans, …
    content: Mapping[str, Any]
    cites: tuple[str, ...]  # ids of the reports that it shows something of
    place: int = 0  # among all items of the draft, those that may not be seen too


@dataclass(frozen=True, slots=True)
class DraftTitle:
    """A draft as it is listed."""

    id: int
    title: str
    items: int
    updated: datetime  # UTC


@dataclass(frozen=True, slots=True)
class KeptDraft(DraftTitle):
    """A draft with the items that may be seen; `items` counts all of them."""

    content: tuple[DraftItem, ...]


class Basket:
    """The drafts of every account of one archive. Each method raises DraftError where the account has no such draft."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def new(self, account: str, title: str) -> int:
        """An empty draft; its number. Raises DraftError for an empty title, or one draft too many."""
        values = {"account": account, "title": _title(title), "items": "[]", "updated": _now()}
        with self._records.noting() as connection:
            count = select(func.count()).select_from(table).where(table.c.account == account)
            if connection.execute(count).scalar_one() >= MOST_DRAFTS:
                raise DraftError(f"草稿已有{MOST_DRAFTS}份，请先删除不用的。(There are too many drafts.)")
            number = take_number(connection, "draft")
            connection.execute(insert(table).values(id=number, **values))
        return number

    def list(self, account: str) -> tuple[DraftTitle, ...]:
        """The account's drafts, the last changed first."""
        query = select(table).where(table.c.account == account).order_by(table.c.updated.desc(), table.c.id.desc())
        with self._records.reading() as connection:
            rows = connection.execute(query).mappings()
            return tuple(DraftTitle(row["id"], row["title"], len(_items(row)), row["updated"]) for row in rows)

    def get(self, account: str, draft: int, *, seen: Holder) -> KeptDraft:
        """A draft. `seen` is the archive as the account sees it now: items that show anything else are left out."""
        with self._records.reading() as connection:
            row = _row(connection, account, draft)
        items = _items(row)
        made = (
            DraftItem(item["id"], item["kind"], item["content"], tuple(item["cites"]), place)
            for place, item in enumerate(items)
        )
        content = tuple(item for item in made if seen.holds(item.cites))
        return KeptDraft(row["id"], row["title"], len(items), row["updated"], content)

    def add(self, account: str, draft: int, kind: str, content: Mapping[str, Any], *, cites: Iterable[str] = ()) -> str:
        """Put an item at the end; its id. Reports that `content` names by "report_id" count as cited."""
        item = {"id": secrets.token_hex(6), "kind": kind, "content": content, "cites": reports_in(content, cites)}

        def change(items: Items) -> Items:
            if len(items) >= MOST_ITEMS:
                raise DraftError(f"一份草稿最多{MOST_ITEMS}项，请另建一份。(The draft is full.)")
            return [*items, item]

        self._change(account, draft, change)
        return str(item["id"])

    def move(self, account: str, draft: int, item: str, place: int) -> None:
        """Put an item at a place from 0; beyond the end is the end."""

        def change(items: Items) -> Items:
            moved, others = _parted(items, item)
            at = max(0, min(place, len(others)))
            return [*others[:at], moved, *others[at:]]

        self._change(account, draft, change)

    def remove(self, account: str, draft: int, item: str) -> None:
        """Take an item out."""
        self._change(account, draft, lambda items: _parted(items, item)[1])

    def rename(self, account: str, draft: int, title: str) -> None:
        """Give a draft another title. Raises DraftError for an empty one."""
        with self._records.noting() as connection:
            _row(connection, account, draft, for_change=True)
            values = {"title": _title(title), "updated": _now()}
            connection.execute(update(table).where(table.c.id == draft).values(**values))

    def delete(self, account: str, draft: int) -> None:
        """Erase a draft."""
        with self._records.noting() as connection:
            _row(connection, account, draft, for_change=True)
            connection.execute(delete(table).where(table.c.id == draft))

    def _change(self, account: str, draft: int, change: Callable[[Items], Items]) -> None:
        with self._records.noting() as connection:
            items = change(_items(_row(connection, account, draft, for_change=True)))
            values = {"items": plain_json(items), "updated": _now()}
            connection.execute(update(table).where(table.c.id == draft).values(**values))


def _row(connection: Connection, account: str, draft: int, *, for_change: bool = False) -> RowMapping:
    query = select(table).where(table.c.account == account, table.c.id == draft)
    row = connection.execute(query.with_for_update() if for_change else query).mappings().first()
    if row is None:
        raise DraftError("没有这份草稿，可能已被删除；请刷新页面。(There is no such draft.)")
    return row


def _items(row: RowMapping) -> Items:
    found: Items = json.loads(row["items"])
    return found


def _parted(items: Items, item: str) -> tuple[dict[str, Any], Items]:
    """An item and the others. Raises DraftError."""
    for place, one in enumerate(items):
        if one["id"] == item:
            return one, [*items[:place], *items[place + 1 :]]
    raise no_such_item()


def no_such_item() -> DraftError:
    """What is raised for an item that a draft does not hold, or whoever asks may not see."""
    return DraftError("草稿里没有这一项，可能已被删除；请刷新页面。(There is no such item.)")


def _title(text: str) -> str:
    title = " ".join(text.split())
    if not title or len(title) > LONGEST_TITLE or not title.isprintable():
        raise DraftError(f"草稿名请用1至{LONGEST_TITLE}个字。(A draft's title has 1 to {LONGEST_TITLE} characters.)")
    return title


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
