"""Unpacks a zip of reports into a folder: what climbs, swells, nests or is no report is refused by name, the rest kept."""

from __future__ import annotations

import errno
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from indexer.errors import UploadError
from indexer.files import NO_REPORTS

ARCHIVES: Final = (".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz")
UTF8_FLAG, ENCRYPTED_FLAG = 0x800, 0x1
BLOCK = 1 << 16
DISK_FULL: Final = (errno.ENOSPC, errno.EDQUOT)
LONGEST_PART = 240  # bytes of one name, which every file system takes


@dataclass(frozen=True, slots=True)
class ZipLimits:
    """How large what is unpacked may become; sizes in bytes."""

    files: int = 3000
    each: int = 20_000_000
    total: int = 1_000_000_000
    ratio: int = 200  # unpacked : packed, of a file larger than `small`
    small: int = 1_000_000


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file of the zip that was not unpacked, and why: one sentence."""

    name: str
    why: str


def unpack(
    packed: Path, folder: Path, *, limits: ZipLimits | None = None, should_stop: Callable[[], bool] = lambda: False
) -> Iterator[LeftOut]:
    """Unpack the zip into `folder`, which exists; says what was left out. What all files lie in is left off their paths.

    Sizes are counted while unpacking, never believed. Raises UploadError where the file is no zip that can be opened,
    or holds more files or more bytes than the limits: nothing of it is to be used then; OSError where the disk is full.
    """
    limits = limits or ZipLimits()
    try:
        with zipfile.ZipFile(packed) as opened:
            yield from _unpack(opened, packed.name, folder, limits, should_stop)
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
        if isinstance(error, OSError) and error.errno in DISK_FULL:
            raise
        why = f"{packed.name}不是能打开的压缩包，请重新压缩成 .zip 再传。(The zip cannot be opened; pack it anew.)"
        raise UploadError(why) from error


def _unpack(
    opened: zipfile.ZipFile, name: str, folder: Path, limits: ZipLimits, should_stop: Callable[[], bool]
) -> Iterator[LeftOut]:
    entries = [(entry, name_of(entry)) for entry in opened.infolist() if not entry.is_dir()]
    entries = [(entry, path) for entry, path in entries if not _is_left_behind(path)]
    if len(entries) > limits.files:
        raise UploadError(
            f"{name}里有{len(entries)}个文件，一次最多{limits.files}个，请分成几个压缩包。(Too many files in the zip.)"
        )
    common = _common_folder([path for _, path in entries])
    spent = 0
    for entry, path in entries:
        if should_stop():
            return
        why = _refused(entry, path, limits)
        if why:
            yield LeftOut(path, why)
            continue
        size, why = _extract(opened, entry, folder / path.removeprefix(common), path, limits)
        spent += size
        if why:
            yield LeftOut(path, why)
        if spent > limits.total:
            raise UploadError(
                f"{name}解开后超过{limits.total // 1_000_000}MB，没有收入；请分成几个压缩包。(The zip is too large unpacked.)"
            )


def name_of(entry: zipfile.ZipInfo) -> str:
    """The path of an entry: where the zip does not say UTF-8, Chinese Windows wrote it in GBK."""
    if entry.flag_bits & UTF8_FLAG:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return entry.filename


def _refused(entry: zipfile.ZipInfo, path: str, limits: ZipLimits) -> str:
    """Why an entry is not even looked into; "" where it may be."""
    parts = path.split("/")
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if path.startswith("/") or "\\" in path or ":" in parts[0] or any(part in {"", ".", ".."} for part in parts):
        return f"{path}的路径指到压缩包之外，没有收入。(Its path leads out of the zip.)"
    if not path.isprintable() or any(len(part.encode("utf-8", "replace")) > LONGEST_PART for part in parts):
        return f"{path}的文件名不能用，请改名后再传。(Its name cannot be used; rename it.)"
    if kind not in {0, stat.S_IFREG}:
        return f"{path}不是普通文件（链接或设备），没有收入。(It is a link or a device.)"
    if path.lower().endswith(ARCHIVES):
        return f"{path}是压缩包里的压缩包，请解开后再传。(A zip within the zip; unpack it first.)"
    if entry.flag_bits & ENCRYPTED_FLAG:
        return f"{path}有密码，请去掉密码再传。(It is protected by a password.)"
    if entry.file_size > limits.each:
        return _too_large(path, limits)
    return ""


def _extract(
    opened: zipfile.ZipFile, entry: zipfile.ZipInfo, file: Path, path: str, limits: ZipLimits
) -> tuple[int, str]:
    """The bytes that were unpacked, and why the file was left out after all."""
    most = max(limits.small, limits.ratio * max(entry.compress_size, 1))
    size = 0
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with opened.open(entry) as packed, file.open("xb") as out:
            while block := packed.read(BLOCK):
                size += len(block)
                if size > min(most, limits.each):
                    break
                out.write(block)
    except (FileExistsError, NotADirectoryError):  # the name of a file is also that of a folder
        return 0, f"{path}在压缩包里不止一份，只收第一份。(The zip holds it more than once.)"
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, RuntimeError) as error:
        file.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.errno in DISK_FULL:
            raise
        return size, f"{path}已损坏，解不开；请重新压缩再传。(It is damaged.)"
    if size <= min(most, limits.each):
        return size, ""
    file.unlink(missing_ok=True)
    if size > limits.each:
        return size, _too_large(path, limits)
    return size, f"{path}压缩得异常厉害，像压缩炸弹，没有收入。(It swells suspiciously.)"


def _too_large(path: str, limits: ZipLimits) -> str:
    return f"{path}超过{limits.each // 1_000_000}MB，没有收入；请分成几份再传。(The file is too large.)"


def _is_left_behind(path: str) -> bool:
    """Whether a program left it there: __MACOSX, .DS_Store, ~$报告.docx, Thumbs.db. One that climbs is not passed over."""
    parts = path.replace("\\", "/").split("/")
    if ".." in parts or path.startswith("/"):
        return False
    return any(part.startswith(NO_REPORTS) for part in parts if part not in {"", "."}) or parts[-1] == "Thumbs.db"


def _common_folder(paths: list[str]) -> str:
    """The outer folder that all files lie in, with its slash; "" where they do not share one."""
    tops = {PurePosixPath(path).parts[0] for path in paths if "/" in path}
    if len(tops) != 1 or any("/" not in path for path in paths):
        return ""
    top = f"{tops.pop()}/"
    return "" if top in {"/", "../", "./"} else top
