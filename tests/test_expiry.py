"""What was removed 30 days ago is erased when the server starts and while it runs, and who writes is waited for."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import update

from indexer.archive import Archive
from indexer.audit import SERVER
from indexer.keeping import RESTORABLE
from indexer.schema import tables
from tests.made_archive import MadeEmbedder, made_report
from ui.expiry import erase_expired, erasing_daily


def removed_days_ago(archive: Archive, report_id: str, days: float) -> None:
    """Remove a report as if it had been so many days ago."""
    archive.remove(report_id)
    at = datetime.now(UTC).replace(tzinfo=None) - timedelta(days=days)
    with archive._records.writing() as connection:
        connection.execute(update(tables.reports).where(tables.reports.c.id == report_id).values(removed_at=at))
    archive.catch_up()


def until_gone(archive: Archive, report_id: str) -> None:
    deadline = time.monotonic() + 10
    while any(one.info.id == report_id for one in archive.removed()):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_what_becomes_due_while_the_server_runs_is_erased_and_recorded(tmp_path: Path) -> None:
    with Archive.open(tmp_path, create=True, embedder=MadeEmbedder()) as archive:
        archive.add(made_report("a.txt", year=2021), made_report("b.txt", year=2022), made_report("c.txt", year=2023))
        removed_days_ago(archive, "hangzhou-2021", RESTORABLE.days + 1)
        removed_days_ago(archive, "hangzhou-2023", RESTORABLE.days - 1)
        with erasing_daily(archive, every=0.05):
            until_gone(archive, "hangzhou-2021")  # at the start
            removed_days_ago(archive, "hangzhou-2022", RESTORABLE.days + 1)
            until_gone(archive, "hangzhou-2022")  # later
        assert [one.info.id for one in archive.removed()] == ["hangzhou-2023"]
        assert [(one.account, one.action, one.object) for one in archive.audit.newest(9)] == [
            (SERVER, "expire", "hangzhou-2022"),
            (SERVER, "expire", "hangzhou-2021"),
        ]


def test_where_another_process_writes_it_is_tried_again(tmp_path: Path, monkeypatch) -> None:
    from indexer import keeping

    monkeypatch.setattr(keeping, "PATIENCE", 0.05)
    with Archive.open(tmp_path, create=True, embedder=MadeEmbedder()) as archive, Archive.open(tmp_path) as other:
        archive.add(made_report("a.txt", year=2021))
        removed_days_ago(archive, "hangzhou-2021", RESTORABLE.days + 1)
        with other.writing():
            assert not erase_expired(archive)
            assert len(archive.removed()) == 1
        with erasing_daily(archive, every=3600, again=0.05):
            until_gone(archive, "hangzhou-2021")
