"""Comments on cells of a workbook, beside those it has: a comments part with the text, a drawing part with the boxes."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from assistant.xlsx_package import REL, Element, Package
from assistant.xlsx_patch import MAIN, all_of, printable, split_reference

COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
VML = "urn:schemas-microsoft-com:vml"
OFFICE = "urn:schemas-microsoft-com:office:office"
EXCEL = "urn:schemas-microsoft-com:office:excel"
AFTER_LEGACY = frozenset(
    {"legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst"}
)
AUTHOR = "有据"
BOX_COLUMNS, BOX_ROWS = 5, 9  # cells that a comment's box covers


def add_comments(package: Package, sheet: str, texts: Mapping[str, str]) -> None:
    """Put comments on cells of a sheet's part, by reference; a cell that has one keeps it, and the text comes below."""
    if not texts:
        return
    comments = _comments(package, sheet)
    shapes = _shapes(package, sheet)
    author = _author(comments)
    listed = comments.find(f"{{{MAIN}}}commentList")
    held = {one.get("ref"): one for one in listed}
    for reference in all_of(texts):
        if reference in held:
            _add_text(held[reference].find(f"{{{MAIN}}}text"), "\n" + texts[reference])
            continue
        comment = etree.Element(f"{{{MAIN}}}comment", ref=reference, authorId=str(author))
        _add_text(etree.SubElement(comment, f"{{{MAIN}}}text"), texts[reference])
        place = split_reference(reference)[::-1]
        after = next((one for one in listed if split_reference(one.get("ref"))[::-1] > place), None)
        if after is None:
            listed.append(comment)
        else:
            after.addprevious(comment)
        _add_shape(shapes, reference)


def _comments(package: Package, sheet: str) -> Element:
    held = package.related(sheet, "comments")
    if held:
        return package.part(next(iter(held.values())))
    root = etree.Element(f"{{{MAIN}}}comments", nsmap={None: MAIN})
    etree.SubElement(root, f"{{{MAIN}}}authors")
    etree.SubElement(root, f"{{{MAIN}}}commentList")
    name = package.free("xl/comments{}.xml")
    package.put(name, root)
    package.declare(name, COMMENTS_TYPE)
    package.relate(sheet, "comments", name)
    return root


def _shapes(package: Package, sheet: str) -> Element:
    root = package.part(sheet)
    legacy = root.find(f"{{{MAIN}}}legacyDrawing")
    held = package.related(sheet, "vmlDrawing")
    if legacy is not None and legacy.get(f"{{{REL}}}id") in held:
        return package.part(held[legacy.get(f"{{{REL}}}id")])
    drawing = etree.Element("xml", nsmap={"v": VML, "o": OFFICE, "x": EXCEL})
    kind = etree.SubElement(
        drawing, f"{{{VML}}}shapetype", id="_x0000_t202", coordsize="21600,21600", path="m,l,21600r21600,l21600,xe"
    )
    kind.set(f"{{{OFFICE}}}spt", "202")
    etree.SubElement(kind, f"{{{VML}}}stroke", joinstyle="miter")
    path = etree.SubElement(kind, f"{{{VML}}}path", gradientshapeok="t")
    path.set(f"{{{OFFICE}}}connecttype", "rect")
    name = package.free("xl/drawings/vmlDrawing{}.vml")
    package.put(name, drawing)
    package.declare_suffix("vml", VML_TYPE)
    relation = package.relate(sheet, "vmlDrawing", name)
    legacy = etree.Element(f"{{{MAIN}}}legacyDrawing", nsmap={"r": REL})
    legacy.set(f"{{{REL}}}id", relation)
    after = next((one for one in root if etree.QName(one).localname in AFTER_LEGACY), None)
    if after is None:
        root.append(legacy)
    else:
        after.addprevious(legacy)
    return drawing


def _author(comments: Element) -> int:
    authors = comments.find(f"{{{MAIN}}}authors")
    names = [one.text for one in authors]
    if AUTHOR not in names:
        etree.SubElement(authors, f"{{{MAIN}}}author").text = AUTHOR
        names.append(AUTHOR)
    return names.index(AUTHOR)


def _add_text(holder: Element, text: str) -> None:
    run = etree.SubElement(holder, f"{{{MAIN}}}r")
    written = etree.SubElement(run, f"{{{MAIN}}}t")
    written.text = printable(text)
    written.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _add_shape(drawing: Element, reference: str) -> None:
    """The hidden box of a comment, beside its cell."""
    column, row = split_reference(reference)
    shape = etree.SubElement(
        drawing, f"{{{VML}}}shape", id=f"_youju_{reference}", type="#_x0000_t202", fillcolor="#ffffe1"
    )
    shape.set(
        "style",
        "position:absolute;margin-left:80pt;margin-top:5pt;width:240pt;height:120pt;z-index:1;visibility:hidden",
    )
    shape.set(f"{{{OFFICE}}}insetmode", "auto")
    etree.SubElement(shape, f"{{{VML}}}fill", color2="#ffffe1")
    etree.SubElement(shape, f"{{{VML}}}shadow", on="t", color="black", obscured="t")
    etree.SubElement(shape, f"{{{VML}}}textbox", style="mso-direction-alt:auto")
    note = etree.SubElement(shape, f"{{{EXCEL}}}ClientData", ObjectType="Note")
    etree.SubElement(note, f"{{{EXCEL}}}MoveWithCells")
    etree.SubElement(note, f"{{{EXCEL}}}SizeWithCells")
    anchor = (column, 15, max(0, row - 2), 10, column + BOX_COLUMNS, 15, max(0, row - 2) + BOX_ROWS, 4)
    etree.SubElement(note, f"{{{EXCEL}}}Anchor").text = ", ".join(map(str, anchor))
    etree.SubElement(note, f"{{{EXCEL}}}AutoFill").text = "False"
    etree.SubElement(note, f"{{{EXCEL}}}Row").text = str(row - 1)
    etree.SubElement(note, f"{{{EXCEL}}}Column").text = str(column - 1)
