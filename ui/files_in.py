"""Files that a viewer sends from the page, kept on disk until the page has worked on them."""

from __future__ import annotations

import secrets
import shutil
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from indexer.errors import UploadError
from indexer.viewer import Owner, Viewer

KEPT_SECONDS = 6 * 3600.0
KEPT_BYTES = 4 << 30  # of one account
BLOCK = 1 << 20
LONGEST_NAME = 120  # characters


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as it was sent: the name it had, shown only as text, and where it lies now."""

    token: str
    owner: Owner
    name: str
    path: Path
    size: int  # bytes
    sent_at: float  # time.monotonic()


class Inbox:
    """The files sent and not yet done with, in a folder of this process that goes with it."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="youju-")
        self._files: dict[str, SentFile] = {}
        self._lock = threading.Lock()

    def take(self, viewer: Viewer, name: str, stream: BinaryIO, *, limit_mb: int) -> SentFile:
        """Keep what is sent. Raises UploadError where it is larger than the limit, or too much waits already."""
        self._forget_old()
        if self._kept_bytes(viewer.owner) >= KEPT_BYTES:
            raise UploadError(
                f"已有{KEPT_BYTES >> 30}GB文件等着处理，没有接收；请先处理完，或过几小时再传。"
                "(Too much waits already: finish that first, or send this in some hours.)"
            )
        token = secrets.token_urlsafe(24)
        folder = Path(self._folder.name) / token
        folder.mkdir()
        path = folder / plain_name(name)
        size = 0
        with path.open("wb") as out:
            while block := stream.read(BLOCK):
                size += len(block)
                if size > limit_mb << 20:
                    break
                out.write(block)
        if size > limit_mb << 20:
            shutil.rmtree(folder, ignore_errors=True)
            raise UploadError(
                f"{plain_name(name)}超过{limit_mb}MB，没有接收；请分成几份再传。"
                f"({plain_name(name)} is larger than {limit_mb} MB: send it in several parts.)"
            )
        sent = SentFile(token, viewer.owner, path.name, path, size, time.monotonic())
        with self._lock:
            self._files[token] = sent
        return sent

    def get(self, viewer: Viewer, token: str) -> SentFile:
        """The viewer's file. Raises UploadError where there is none such, or it is another's."""
        with self._lock:
            sent = self._files.get(token)
        if sent is None or sent.owner != viewer.owner:
            raise UploadError("这份文件已不在，请重新上传。(The file is gone: send it once more.)")
        return sent

    def drop(self, sent: SentFile) -> None:
        """Be done with a file."""
        with self._lock:
            self._files.pop(sent.token, None)
        shutil.rmtree(sent.path.parent, ignore_errors=True)

    def close(self) -> None:
        """Remove all that is left."""
        self._folder.cleanup()

    def _kept_bytes(self, owner: Owner) -> int:
        with self._lock:
            return sum(sent.size for sent in self._files.values() if sent.owner == owner)

    def _forget_old(self) -> None:
        oldest = time.monotonic() - KEPT_SECONDS
        with self._lock:
            old = [sent for sent in self._files.values() if sent.sent_at < oldest]
        for sent in old:
            self.drop(sent)


def plain_name(name: str) -> str:
    """The last part of a file's name without what no file system takes; never empty, never a path."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(character for character in last if character.isprintable() and character not in '<>:"|?*\0').strip(
        " ."
    )
    stem, dot, suffix = kept.rpartition(".")
    while (kept and len(kept.encode()) > 240) or len(kept) > LONGEST_NAME:
        stem = stem[:-1] if dot else kept[:-1]
        kept = f"{stem}{dot}{suffix}" if dot else stem
    return kept or "file"
