"""What somebody asked, said or drafted and which reports it shows something of; erased with the report."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from typing import Any, Protocol

from sqlalchemy import Connection, Table, delete, select, update

from indexer.schema import people

REPORT_KEY = "report_id"  # where JSON names a report, as in the answers of `youju ask --json`


class Holder(Protocol):
    """An archive as somebody sees it."""

    def holds(self, report_ids: Iterable[str]) -> bool:
        """Whether all of these reports are held and may be seen."""


def plain_json(content: object) -> str:
    """The content as JSON, Chinese as it is. Raises TypeError for what is no JSON."""
    return json.dumps(content, ensure_ascii=False, allow_nan=False)


def reports_in(content: Any, cites: Iterable[str] = ()) -> list[str]:
    """The ids of the reports that JSON names under "report_id" at any depth, and those in `cites`; each once."""
    return sorted({*cites, *_named(content)})


def erase_what_cites(connection: Connection, report_ids: Collection[str]) -> None:
    """Erase history, feedback and items of drafts that show something of any of these reports."""
    gone = set(report_ids)
    for table in (people.history, people.feedback):
        _erase_rows(connection, table, gone)
    drafts = people.drafts
    for number, text in connection.execute(select(drafts.c.id, drafts.c["items"])).all():
        items = json.loads(text)
        kept = [item for item in items if gone.isdisjoint(item["cites"])]
        if len(kept) < len(items):
            connection.execute(update(drafts).where(drafts.c.id == number).values(items=plain_json(kept)))


def _erase_rows(connection: Connection, table: Table, gone: set[str]) -> None:
    rows = connection.execute(select(table.c.id, table.c.cites)).all()
    for number, cites in rows:
        if not gone.isdisjoint(json.loads(cites)):
            connection.execute(delete(table).where(table.c.id == number))


def _named(content: Any) -> Iterator[str]:
    if isinstance(content, dict):
        for key, value in content.items():
            if key == REPORT_KEY and isinstance(value, str):
                yield value
            else:
                yield from _named(value)
    elif isinstance(content, list | tuple):
        for value in content:
            yield from _named(value)
