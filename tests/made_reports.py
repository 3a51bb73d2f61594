"""Reports for tests: made of a text, or all those at hand (the sample corpus and, where present, the shared ones)."""

from __future__ import annotations

from pathlib import Path

from indexer.load import SUPPORTED, load
from indexer.metadata import guess_metadata
from indexer.types import Genre, Level, Report, Visibility

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"


def make_report(text: str, *, genre: Genre = Genre.WORK_SUMMARY, year: int | None = 2023) -> Report:
    return Report(
        id="made",
        path="made.txt",
        title="",
        genre=genre,
        issuer=None,
        place=None,
        level=Level.UNKNOWN,
        year=year,
        period=None,
        visibility=Visibility.PUBLIC,
        source_hash="",
        text=text,
    )


def files_at_hand() -> list[Path]:
    folders = [ROOT / "corpus", SHARED / "seeds", SHARED / "archive"]
    files = (file for folder in folders for file in sorted(folder.rglob("*")) if file.suffix in SUPPORTED)
    return [file for file in files if file.name != "README.md"]


def reports_at_hand() -> list[Report]:
    return [read_report(file) for file in files_at_hand()]


def read_report(file: Path) -> Report:
    text = load(file).text
    metadata = guess_metadata(file.name, text)
    return Report(
        id=file.stem,
        path=file.name,
        title=metadata.title.value,
        genre=metadata.genre.value,
        issuer=metadata.issuer.value,
        place=metadata.place.value,
        level=metadata.level.value,
        year=metadata.year.value,
        period=metadata.period.value,
        visibility=metadata.visibility.value,
        source_hash="",
        text=text,
    )
