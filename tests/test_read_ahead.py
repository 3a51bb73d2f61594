"""What is read before anybody asks is what would be read for a question, no more than is kept, and no one else's."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from indexer.archive import Archive
from indexer.types import Visibility
from indexer.viewer import Role, Viewer

READER = Viewer("", Role.READER)


@pytest.fixture
def archive(tmp_path: Path, sample_folder: Path) -> Iterator[Archive]:
    shutil.copytree(sample_folder, tmp_path / "archive")
    with Archive.open(tmp_path / "archive") as opened:
        yield opened


def asked_of(archive: Archive) -> list[str]:
    """The tables' names in what the database is asked from now on."""
    asked: list[str] = []

    @event.listens_for(archive._records.engine, "before_cursor_execute")
    def keep(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.extend(name for name in ("figures", "passages", "sections", "reports.text") if name in statement)

    return asked


def parts(archive: Archive) -> tuple[object, ...]:
    infos = archive.reports()
    passages = [number for info in infos for number in archive.passage_ids_of(info.id)]
    figures = [number for info in infos for number in archive.figure_ids_of(info.id)]
    return (
        archive.passages(passages),
        archive.figures(figures),
        archive.figures_of_passages(passages),
        [archive.sections(info.id) for info in infos],
        [archive.report(info.id) for info in infos],
    )


def test_what_was_read_ahead_is_the_same_and_is_not_read_again(archive: Archive) -> None:
    with Archive.open(archive.folder) as other:
        expected = parts(other)
    archive.read_ahead()
    asked = asked_of(archive)
    assert parts(archive) == expected
    assert asked == []


def test_no_more_is_read_than_is_kept(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    newest, *_, oldest = archive.reports()[::-1]
    monkeypatch.setattr("indexer.reading.KEPT_PARTS", len(archive.passage_ids_of(newest.id)) + 100)
    archive.read_ahead()
    asked = asked_of(archive)
    archive.sections(newest.id)
    assert asked == []
    archive.sections(oldest.id)
    assert asked == ["sections"]


def test_a_viewer_gets_only_what_he_may_see_of_it(archive: Archive) -> None:
    archive.set_visibility("lanjiang-2023", Visibility.INTERNAL)
    hidden = archive.figure_ids_of("lanjiang-2023")
    archive.read_ahead()
    assert len(archive.figures(hidden)) == len(hidden)
    assert archive.seen_by(READER).figures(hidden) == {}


def test_what_has_changed_since_is_read_anew(archive: Archive) -> None:
    archive.read_ahead()
    gone = archive.passage_ids_of("lanjiang-2023")
    archive.remove("lanjiang-2023")
    assert archive.passages(gone) == {}
