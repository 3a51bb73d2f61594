"""Office packages whose bytes depend on nothing but what is in them: fixed order, fixed times."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from assistant.word.marks import DECLARATION, text_of

EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the earliest time that a ZIP archive can name
CORE: Final = "docProps/core.xml"


def package_bytes(parts: Mapping[str, bytes]) -> bytes:
    """The parts by name as a ZIP archive, in their order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            package.writestr(entry, content)
    return buffer.getvalue()


def made_again(content: bytes, core: bytes) -> bytes:
    """A package with the core properties `core` and fixed times."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: core if name == CORE else package.read(name) for name in package.namelist()}
    return package_bytes(parts)


def core_xml(title: str, at: datetime | None) -> bytes:
    """The core properties: title, and the time of the archive's state as the time of writing."""
    moment = (at or datetime(1980, 1, 1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{text_of(title)}</dc:title><dc:creator>有据</dc:creator><cp:lastModifiedBy>有据</cp:lastModifiedBy>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified></cp:coreProperties>'
    ).encode()
