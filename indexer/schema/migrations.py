"""The steps that bring the tables of an older archive to the present format, in order and in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy import Connection, func, select, text, update

from indexer.errors import ArchiveError
from indexer.schema import people
from indexer.schema.tables import FORMAT, corrections, counters, figures, reports

Step = Callable[[Connection], None]


def _add_corrections(connection: Connection) -> None:
    """Format 2: figures that a clerk has corrected, and each figure's clause beside it."""
    corrections.create(connection, checkfirst=True)
    connection.execute(text("ALTER TABLE figures ADD COLUMN said TEXT NOT NULL DEFAULT ''"))
    clause = func.substr(reports.c.text, figures.c.clause_start + 1, figures.c.clause_end - figures.c.clause_start)
    of_report = select(clause).where(reports.c.row == figures.c.report).scalar_subquery()
    connection.execute(update(figures).values(said=func.coalesce(of_report, "")))


def _add_people(connection: Connection) -> None:
    """Format 3: accounts, who may see which report, and what belongs to each account."""
    for table in people.PEOPLE:
        table.create(connection, checkfirst=True)
    known = set(connection.execute(select(counters.c.name)).scalars())
    for name in people.COUNTERS:
        if name not in known:
            connection.execute(counters.insert().values(name=name, next=1))


STEPS: Mapping[int, Step] = {1: _add_corrections, 2: _add_people}
"""Format → the step that leads from it to the next."""


def migrate(
    connection: Connection, found: int, where: str, *, steps: Mapping[int, Step] = STEPS, present: int = FORMAT
) -> None:
    """Run each step from format `found` to `present`. Raises ArchiveError for a newer format, or one never made."""
    if found > present:
        raise ArchiveError(
            f"{where} was made by a newer version of Youju (format {found}, this one knows {present}); update Youju"
        )
    for number in range(found, present):
        if number not in steps:
            raise ArchiveError(f"{where} has the unknown format {found}; make a new archive from the originals")
        steps[number](connection)
