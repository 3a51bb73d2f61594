"""The changes of the records: each is one transaction that also appends to the numbered log.

Every change begins by taking its number from `counters`. That row stays locked until the transaction ends, so that
numbers become visible in their order, in SQLite as in PostgreSQL: who has seen number n has seen all below it.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from enum import StrEnum

import numpy as np
from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from indexer.errors import ArchiveError
from indexer.naming import readable_id
from indexer.parsed import ParsedReport, Provenance
from indexer.records_rows import Row, figure_row, guesses_text, info_row, passage_row, section_row
from indexer.schema import people, tables
from indexer.search.protocol import Vectors
from indexer.types import ReportInfo

NO_REPORT = 0  # in the log: the change concerns the archive as a whole


class Change(StrEnum):
    """What happened to a report."""

    ADD = "add"
    REPLACE = "replace"
    REMOVE = "remove"
    RESTORE = "restore"
    PURGE = "purge"
    METADATA = "metadata"
    VECTORS = "vectors"  # embedded anew
    CORRECT = "correct"  # a figure corrected, or a correction undone


def put_report(connection: Connection, parsed: ParsedReport, vectors: Vectors, model: str) -> int:
    """Add a report, or replace the one that has its path; its row. What was hidden is visible again.

    Raises ArchiveError where passages or figures are not numbered from 0, or vectors and passages do not match.
    """
    _check(parsed, vectors)
    number = take_number(connection, "change")
    known = select(tables.reports.c.row).where(tables.reports.c.path == parsed.report.path)
    row = connection.execute(known).scalar_one_or_none()
    kind = Change.ADD if row is None else Change.REPLACE
    values = _report_values(connection, parsed)
    if row is None:
        row = take_number(connection, "report")
        name = readable_id(parsed.report, lambda wanted: _is_taken(connection, wanted))
        connection.execute(insert(tables.reports).values(row=row, id=name, path=parsed.report.path, **values))
    else:
        _erase_parts(connection, row)
        connection.execute(update(tables.reports).where(tables.reports.c.row == row).values(**values))
    _insert_parts(connection, row, values, parsed)
    _insert_vectors(connection, values["first_passage"], vectors, model)
    _log(connection, number, kind, row)
    return row


def put_vectors(connection: Connection, row: int, first_passage: int, vectors: Vectors, model: str) -> None:
    """Replace a report's vectors by one model; those by another stay until `use_model`."""
    number = take_number(connection, "change")
    _erase_vectors(connection, row, tables.vectors.c.model == model)
    _insert_vectors(connection, first_passage, vectors, model)
    _log(connection, number, Change.VECTORS, row)


def use_model(connection: Connection, model: str, dimension: int) -> None:
    """Say by which model the passages are found from now on, and drop the vectors of every other."""
    number = take_number(connection, "change")
    put_meta(connection, "model", model)
    put_meta(connection, "dimension", str(dimension))
    connection.execute(delete(tables.vectors).where(tables.vectors.c.model != model))
    _log(connection, number, Change.VECTORS, NO_REPORT)


def hide_report(connection: Connection, row: int) -> None:
    """Take a report out of everything that is shown; nothing of it is lost."""
    number = take_number(connection, "change")
    now = datetime.now(UTC).replace(tzinfo=None)
    connection.execute(update(tables.reports).where(tables.reports.c.row == row).values(removed_at=now))
    _log(connection, number, Change.REMOVE, row)


def show_report(connection: Connection, row: int) -> None:
    """Bring a hidden report back."""
    number = take_number(connection, "change")
    connection.execute(update(tables.reports).where(tables.reports.c.row == row).values(removed_at=None))
    _log(connection, number, Change.RESTORE, row)


def purge_report(connection: Connection, row: int) -> None:
    """Erase a report but for its id and path, so that neither is ever given to another report."""
    number = take_number(connection, "change")
    _erase_parts(connection, row)
    for table in (tables.corrections, people.report_readers):
        connection.execute(delete(table).where(table.c.report == row))
    nothing: Row = {
        "title": "",
        "issuer": None,
        "place": None,
        "year": None,
        "period_start": None,
        "period_end": None,
        "source_hash": "",
        "made_from": "",
        "passages": 0,
        "figures": 0,
        "guesses": "{}",
        "text": "",
        "removed_at": datetime.now(UTC).replace(tzinfo=None),
    }
    connection.execute(update(tables.reports).where(tables.reports.c.row == row).values(**nothing))
    _log(connection, number, Change.PURGE, row)


def put_metadata(connection: Connection, row: int, info: ReportInfo, guesses: Mapping[str, Provenance]) -> None:
    """Describe a report anew; its id and path stay."""
    number = take_number(connection, "change")
    values = info_row(info) | {"guesses": guesses_text(guesses)}
    connection.execute(update(tables.reports).where(tables.reports.c.row == row).values(**values))
    _log(connection, number, Change.METADATA, row)


def put_readers(connection: Connection, row: int, names: Iterable[str]) -> None:
    """Replace the list of accounts that may see a report where its visibility asks for one."""
    number = take_number(connection, "change")
    table = people.report_readers
    connection.execute(delete(table).where(table.c.report == row))
    rows = [{"report": row, "account": name} for name in sorted(set(names))]
    if rows:
        connection.execute(insert(table), rows)
    _log(connection, number, Change.METADATA, row)


def put_correction(connection: Connection, row: int, values: Row) -> None:
    """Correct a figure of a report; one that was in force for the same figure is undone."""
    number = take_number(connection, "change")
    _undo(connection, row, values)
    now = datetime.now(UTC).replace(tzinfo=None)
    connection.execute(insert(tables.corrections).values(number=number, report=row, at=now, **values))
    _log(connection, number, Change.CORRECT, row)


def undo_correction(connection: Connection, row: int, key: Row) -> None:
    """Put the correction of a figure out of force; it is kept. `key`: its quote, written and nth."""
    number = take_number(connection, "change")
    _undo(connection, row, key)
    _log(connection, number, Change.CORRECT, row)


def _undo(connection: Connection, row: int, key: Row) -> None:
    table = tables.corrections
    of_figure = [table.c[name] == key[name] for name in ("quote", "written", "nth")]
    now = datetime.now(UTC).replace(tzinfo=None)
    in_force = update(table).where(table.c.report == row, table.c.undone_at.is_(None), *of_figure)
    connection.execute(in_force.values(undone_at=now))


def put_meta(connection: Connection, key: str, value: str) -> None:
    """Set a value of the table `meta`."""
    changed = connection.execute(update(tables.meta).where(tables.meta.c.key == key).values(value=value))
    if changed.rowcount == 0:
        connection.execute(insert(tables.meta).values(key=key, value=value))


def _check(parsed: ParsedReport, vectors: Vectors) -> None:
    path = parsed.report.path
    for name, ordinals in (
        ("sections", [section.ordinal for section in parsed.sections]),
        ("passages", [passage.ordinal for passage in parsed.passages]),
        ("figures", [figure.ordinal for figure in parsed.figures]),
    ):
        if ordinals != list(range(len(ordinals))):
            raise ArchiveError(f"{path}: its {name} are not numbered from 0 on; report this as a defect")
    if len(vectors) != len(parsed.passages):
        counts = f"{len(vectors)} vectors for {len(parsed.passages)} passages"
        raise ArchiveError(f"{path}: {counts}; report this as a defect")
    if "\x00" in parsed.report.text:
        raise ArchiveError(f"{path}: its text holds a NUL character, which no database keeps; is it a text?")


def _report_values(connection: Connection, parsed: ParsedReport) -> Row:
    return info_row(parsed.report) | {
        "made_from": parsed.made_from or parsed.report.source_hash,
        "first_passage": take_number(connection, "passage", len(parsed.passages)),
        "passages": len(parsed.passages),
        "first_figure": take_number(connection, "figure", len(parsed.figures)),
        "figures": len(parsed.figures),
        "removed_at": None,
        "guesses": guesses_text(parsed.guesses),
        "text": parsed.report.text,
    }


def _insert_parts(connection: Connection, row: int, values: Row, parsed: ParsedReport) -> None:
    original = {
        "report": row,
        "size": len(parsed.original),
        "sha256": hashlib.sha256(parsed.original).hexdigest(),
        "compressed": zlib.compress(parsed.original),
    }
    connection.execute(insert(tables.originals), [original])
    if parsed.sections:
        connection.execute(insert(tables.sections), [section_row(row, section) for section in parsed.sections])
    if parsed.passages:
        first = values["first_passage"]
        connection.execute(insert(tables.passages), [passage_row(row, first, passage) for passage in parsed.passages])
    if parsed.figures:
        firsts = values["first_figure"], values["first_passage"]
        text = parsed.report.text
        connection.execute(
            insert(tables.figures), [figure_row(row, *firsts, figure, text) for figure in parsed.figures]
        )


def _insert_vectors(connection: Connection, first: int, vectors: Vectors, model: str) -> None:
    halves = np.ascontiguousarray(vectors, dtype="<f2")
    rows = [{"passage": first + i, "model": model, "halves": half.tobytes()} for i, half in enumerate(halves)]
    if rows:
        connection.execute(insert(tables.vectors), rows)


def _erase_vectors(connection: Connection, row: int, *which: ColumnElement[bool]) -> None:
    of_report = select(tables.passages.c.id).where(tables.passages.c.report == row)
    connection.execute(delete(tables.vectors).where(tables.vectors.c.passage.in_(of_report), *which))


def _erase_parts(connection: Connection, row: int) -> None:
    _erase_vectors(connection, row)
    for table in (tables.figures, tables.passages, tables.sections, tables.originals):
        connection.execute(delete(table).where(table.c.report == row))


def _is_taken(connection: Connection, name: str) -> bool:
    return connection.execute(select(tables.reports.c.row).where(tables.reports.c.id == name)).first() is not None


def take_number(connection: Connection, name: str, count: int = 1) -> int:
    """The first of `count` new numbers of the counter `name`; who else takes one waits until the transaction ends."""
    row = tables.counters.c.name == name
    connection.execute(update(tables.counters).where(row).values(next=tables.counters.c.next + count))
    return int(connection.execute(select(tables.counters.c.next).where(row)).scalar_one()) - count


def _log(connection: Connection, number: int, kind: Change, row: int) -> None:
    now = datetime.now(UTC).replace(tzinfo=None)
    connection.execute(insert(tables.changes).values(number=number, kind=kind.value, report=row, at=now))
