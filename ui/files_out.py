"""Files made for one viewer, kept a while in memory and handed to that viewer only."""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from indexer.viewer import Owner, Viewer

if TYPE_CHECKING:
    from indexer.archive import Archive

KEPT_BYTES = 256 * 1024 * 1024
KEPT_SECONDS = 3600.0
MEDIA = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
    ".csv": "text/csv; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".json": "application/json",
}


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file to be saved by whoever asked for it."""

    owner: Owner
    name: str
    content: bytes
    made_at: float  # time.monotonic()
    shows: str = ""  # reports: who may not see all of them gets it no more

    @property
    def media_type(self) -> str:
        """The type by the name's suffix; bytes where it is not known."""
        return MEDIA.get(PurePosixPath(self.name).suffix.lower(), "application/octet-stream")


class Outbox:
    """The files that wait to be saved; the oldest go first when there are too many, or nobody came for them."""

    def __init__(self) -> None:
        self._files: OrderedDict[str, MadeFile] = OrderedDict()
        self._lock = threading.Lock()

    def put(self, viewer: Viewer, name: str, content: bytes, *, shows: str = "") -> str:
        """Keep the file for the viewer, with the reports it may show something of; the address to save it from."""
        token = secrets.token_urlsafe(24)
        now = time.monotonic()
        with self._lock:
            while self._files and now - next(iter(self._files.values())).made_at > KEPT_SECONDS:
                self._files.popitem(last=False)
            self._files[token] = MadeFile(viewer.owner, name, content, now, shows)
            while len(self._files) > 1 and sum(len(file.content) for file in self._files.values()) > KEPT_BYTES:
                self._files.popitem(last=False)
        return f"/download/{token}"

    def get(self, viewer: Viewer, token: str, *, seen: Archive) -> MadeFile | None:
        """The viewer's file; None where there is none, it is another's or too old, or shows what is not `seen` now."""
        with self._lock:
            file = self._files.get(token)
            if file is None or time.monotonic() - file.made_at > KEPT_SECONDS:
                self._files.pop(token, None)
                return None
        return file if file.owner == viewer.owner and seen.still_sees(file.shows) else None
