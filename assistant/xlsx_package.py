"""The parts of an .xlsx file: a zip of XML (ECMA-376), of which only what changes is written anew."""

from __future__ import annotations

import zipfile
from pathlib import Path, PurePosixPath
from typing import Any

from lxml import etree

from indexer.errors import TableError

REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
BOOK = "xl/workbook.xml"
Element = Any  # of lxml, which has no types


class Package:
    """The parts of a workbook file by name; those that were parsed are written anew when it is saved."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            with zipfile.ZipFile(path) as archive:
                self._infos = archive.infolist()
                self._bytes = {info.filename: archive.read(info) for info in self._infos}
        except (zipfile.BadZipFile, EOFError, RuntimeError, NotImplementedError) as error:
            raise TableError(
                f"{path.name} 打不开，不是完好的 .xlsx 文件；请用表格软件另存一份。(It is broken.)"
            ) from error
        if BOOK not in self._bytes or STRICT in self._bytes[BOOK]:
            raise TableError(f"{path.name} 不是普通的 .xlsx 工作簿；请用表格软件另存为 .xlsx。(It is no plain .xlsx.)")
        self._parsed: dict[str, Element] = {}

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return name in self._bytes or name in self._parsed

    def part(self, name: str) -> Element:
        """The root element of a part, to be changed in place. Raises TableError where it is no XML."""
        if name not in self._parsed:
            try:
                self._parsed[name] = etree.fromstring(self._bytes[name], etree.XMLParser(resolve_entities=False))
            except (etree.XMLSyntaxError, KeyError) as error:
                raise TableError(
                    f"{self.path.name} 里的 {name} 已损坏，请用表格软件修复后另存。(It is broken.)"
                ) from error
        return self._parsed[name]

    def put(self, name: str, root: Element) -> None:
        """Add a part."""
        self._parsed[name] = root

    def free(self, pattern: str) -> str:
        """The first name of this pattern, with a number from 1 on for {}, that no part has."""
        number = 1
        while self.has(pattern.format(number)):
            number += 1
        return pattern.format(number)

    def formulas(self) -> bool:
        """Whether any sheet computes something."""
        return any(b"<f" in text for name, text in self._bytes.items() if name.startswith("xl/worksheets/"))

    def save(self, path: Path) -> None:
        """Write the workbook; parts that nobody changed are written as they were."""
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for info in self._infos:
                archive.writestr(info, self._content(info.filename), zipfile.ZIP_DEFLATED)
            for name in self._parsed:
                if name not in self._bytes:
                    stamp = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))  # the same file every time
                    archive.writestr(stamp, self._content(name), zipfile.ZIP_DEFLATED)

    def _content(self, name: str) -> bytes:
        root = self._parsed.get(name)
        if root is None:
            return self._bytes[name]
        return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))

    def relations(self, part: str) -> Element:
        """The relations of a part; made where it has none."""
        name = rels_name(part)
        if not self.has(name):
            self.put(name, etree.Element(f"{{{PACKAGE}}}Relationships", nsmap={None: PACKAGE}))
        return self.part(name)

    def relate(self, part: str, kind: str, target: str) -> str:
        """Relate a part to another; the id of the relation."""
        relations = self.relations(part)
        taken = {one.get("Id") for one in relations}
        number = next(n for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
        relation = etree.SubElement(relations, f"{{{PACKAGE}}}Relationship")
        relation.set("Id", f"rId{number}")
        relation.set("Type", f"{REL}/{kind}")
        relation.set("Target", f"/{target}")
        return f"rId{number}"

    def related(self, part: str, kind: str) -> dict[str, str]:
        """The parts of a kind that a part is related to, by the id of the relation."""
        if not self.has(rels_name(part)):
            return {}
        found = {}
        for one in self.relations(part):
            if one.get("Type", "").endswith(f"/{kind}") and one.get("TargetMode") != "External":
                found[one.get("Id")] = _resolved(part, one.get("Target"))
        return found

    def declare(self, part: str, content_type: str) -> None:
        """Say of what type a part is."""
        override = etree.SubElement(self.part("[Content_Types].xml"), f"{{{TYPES}}}Override")
        override.set("PartName", f"/{part}")
        override.set("ContentType", content_type)

    def declare_suffix(self, suffix: str, content_type: str) -> None:
        """Say of what type the parts with a suffix are, where nothing says it yet."""
        types = self.part("[Content_Types].xml")
        if not any(one.get("Extension", "").lower() == suffix for one in types):
            default = etree.Element(f"{{{TYPES}}}Default")
            default.set("Extension", suffix)
            default.set("ContentType", content_type)
            types.insert(0, default)


def rels_name(part: str) -> str:
    """The name of the part that holds a part's relations."""
    path = PurePosixPath(part)
    return str(path.parent / "_rels" / f"{path.name}.rels")


def _resolved(part: str, target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    steps: list[str] = list(PurePosixPath(part).parent.parts)
    for step in target.split("/"):
        if step == "..":
            steps.pop()
        elif step != ".":
            steps.append(step)
    return "/".join(steps)
