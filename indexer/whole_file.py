"""Writes a file wholly or not at all: what stood there before stays until the new one is complete."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from indexer.errors import ExportError


def write_whole(path: Path, write: Callable[[Path], None]) -> None:
    """Let `write` make a file beside `path`, and put it in its place when it is complete.

    Raises ExportError where the folder is missing, or the disk is full or refuses; then `path` is as it was.
    """
    if path.is_dir():
        raise ExportError(f"{path} 是文件夹，请写明文件名。({path} is a folder; name a file.)")
    if not path.parent.is_dir():
        raise ExportError(f"文件夹 {path.parent} 不存在，请先建立或换个地方。(The folder does not exist.)")
    part: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.stem[:40]}-", suffix=path.suffix, dir=path.parent)
        os.close(handle)
        part = Path(name)
        write(part)
        part.chmod(_mode_of(path))
        part.replace(path)
    except OSError as error:
        why = error.strerror or str(error)
        raise ExportError(f"{path} 写不进去（{why}），请换个地方。(The file cannot be written.)") from error
    finally:
        if part is not None:
            part.unlink(missing_ok=True)


def _mode_of(path: Path) -> int:
    """The permissions of the file that is replaced; those of a new file otherwise."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
