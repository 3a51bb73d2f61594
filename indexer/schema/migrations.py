"""The steps that bring the tables of an older archive to the present format, in order and in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy import Connection

from indexer.errors import ArchiveError
from indexer.schema.tables import FORMAT

Step = Callable[[Connection], None]

STEPS: Mapping[int, Step] = {}
"""Format → the step that leads from it to the next. Format 1 is the first, so there is none yet."""


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
