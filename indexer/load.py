"""Loading: from a file to the text of a report, with the original bytes kept."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from indexer.errors import ReadError
from indexer.readers import READERS
from indexer.readers.layout import tidy

SUPPORTED: Final = tuple(READERS)
LIMIT: Final = 20_000_000  # bytes


@dataclass(frozen=True, slots=True)
class Document:
    """What a file holds: its text as it will be stored, and its bytes as they were."""

    text: str
    original: bytes


def load(path: Path, *, limit_bytes: int = LIMIT) -> Document:
    """The document in the file: text as written, with line ends unified, wraps repaired and page furniture dropped.

    Raises ReadError where the file is of an unknown type, larger than `limit_bytes`, gone, unreadable, empty or broken.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        if not path.exists():
            raise ReadError(
                f"{path}不存在，请核对文件名。({path} is not there; check the name, or run again if it was moved.)"
            )
        kind = f"of the type {path.suffix}" if path.suffix else "without a type in its name"
        types = ", ".join(SUPPORTED)
        raise ReadError(
            f"{path}的类型读不了，能读的是 {types}，请另存后再试。"
            f"({path} is a file {kind}; the types that can be read are {types}.)"
        )
    original = _read_bytes(path, limit_bytes)
    text = tidy(reader(original, str(path)))
    if not text.strip():
        raise ReadError(
            f"{path}里没有文字，请换成有内容的文件。({path} is empty: it holds no text; remove it or replace it.)"
        )
    return Document(text, original)


def _read_bytes(path: Path, limit_bytes: int) -> bytes:
    try:
        if path.exists() and not path.is_file():
            raise ReadError(
                f"{path}不是普通文件，读不了。"
                f"({path} cannot be read: it is not a regular file; remove it or replace it by one.)"
            )
        size = path.stat().st_size
        if size > limit_bytes:
            raise ReadError(
                f"{path}有{size / 1e6:.1f}MB，超过上限{limit_bytes / 1e6:g}MB，请分成几份，或调高设置 load.limit_mb。"
                f"({path} is {size / 1e6:.1f} MB large, the limit is {limit_bytes / 1e6:g} MB; "
                "split the file or raise the setting load.limit_mb.)"
            )
        return path.read_bytes()
    except FileNotFoundError as error:
        raise ReadError(
            f"{path}已不在原处，请重新选择。({path} is not there any more; index its folder again.)"
        ) from error
    except OSError as error:
        raise ReadError(
            f"{path}读不了（{error.strerror}），请检查权限。"
            f"({path} cannot be read ({error.strerror}); check its permissions.)"
        ) from error
