"""Which files an indexing run takes in, and the path by which the archive knows each of them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import ManifestError
from indexer.manifest import FILE_NAME as MANIFEST
from indexer.manifest import ManifestRow, missing_files, read_manifest

NO_REPORTS = (".", "~$", "__")  # hidden, locks of office programs, __MACOSX and __pycache__


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to take in."""

    file: Path
    path: str  # relative to the folder that was named, with forward slashes; the name of a file that was named itself
    named: bool  # whether the file itself was named, not a folder above it
    row: ManifestRow | None  # what the manifest of the named folder says of it


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file or folder that cannot be taken in, and why: one sentence."""

    file: Path
    why: str
    missing: bool = False  # only the manifest speaks of it: nothing that was there is left out


def find_files(paths: Iterable[Path]) -> Iterator[FoundFile | Refusal]:
    """The files in `paths`, folders walked in the order of names.

    Hidden files, manifest.csv, README files and what programs leave behind are left out. Two files of one path are one report to the archive, so
    the second is refused. A folder whose manifest cannot be used is refused as a whole: what it says of its files
    would be missed.
    """
    seen: dict[str, Path] = {}
    for found in (one for path in paths for one in _find(path)):
        if isinstance(found, Refusal):
            yield found
        elif found.path not in seen:
            seen[found.path] = found.file
            yield found
        elif seen[found.path].resolve() != found.file.resolve():
            why = f"{found.file} would replace {seen[found.path]}, known by the same path; index a folder above both."
            yield Refusal(found.file, why)


def _find(path: Path) -> Iterator[FoundFile | Refusal]:
    if path.is_dir():
        yield from _walk(path)
        return
    try:
        row = read_manifest(path.parent).get(path.name)
    except ManifestError as error:
        yield Refusal(path, str(error))
    else:
        yield FoundFile(path, path.name, named=True, row=row)


def _walk(folder: Path) -> Iterator[FoundFile | Refusal]:
    try:
        manifest = read_manifest(folder)
    except ManifestError as error:
        yield Refusal(folder, str(error))
        return
    for why in missing_files(folder, manifest.values()):
        yield Refusal(folder / MANIFEST, why, missing=True)
    for directory, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(NO_REPORTS))
        for name in sorted(names):
            if not _is_left_out(name):
                file = Path(directory, name)
                path = file.relative_to(folder).as_posix()
                if not path.isprintable() or any(0xD800 <= ord(character) <= 0xDFFF for character in path):
                    shown = path.encode("utf-8", "replace").decode()
                    yield Refusal(
                        Path(shown), f"{shown} has a name that is not readable text; rename the file and run again."
                    )
                else:
                    yield FoundFile(file, path, named=False, row=manifest.get(path))


def _is_left_out(name: str) -> bool:
    return name.startswith(NO_REPORTS) or name == MANIFEST or name.upper().startswith("README")
