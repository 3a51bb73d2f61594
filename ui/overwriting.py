"""A file that is there already: it is written over only where somebody says so."""

from __future__ import annotations

import sys
from pathlib import Path

from indexer.errors import ExportError


def may_write(path: Path, *, force: bool) -> None:
    """Asks on a terminal before a file is written over; elsewhere `force` must say so. Raises ExportError."""
    if force or not path.is_file():
        return
    if sys.stdin.isatty() and sys.stderr.isatty():
        print(f"{path} 已经存在，覆盖吗？(It exists; write over it?) [y/N] ", end="", file=sys.stderr, flush=True)
        if sys.stdin.readline().strip().lower() in {"y", "yes", "是"}:
            return
        raise ExportError(f"{path} 保留原样，没有写。(The file was left as it is.)")
    raise ExportError(
        f"{path} 已经存在；要覆盖请加 --force，或另写文件名。(It exists; add --force or name another file.)"
    )
