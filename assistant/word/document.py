"""A draft as a Word document: the parts of the package in reading order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from assistant.drafting.model import Chart, Draft, Paragraph, Run, Style, Table
from assistant.word.chart import chart_cells, chart_xml, drawing_xml
from assistant.word.footnotes import Notes, reference
from assistant.word.marks import DECLARATION, NAMESPACES, R, paragraph, run
from assistant.word.package import core_xml, package_bytes
from assistant.word.page import footer_xml, section_xml, settings_xml
from assistant.word.styles import font_table_xml, styles_xml
from assistant.word.tables import table_xml
from assistant.workbook import cells_bytes

STYLES: Final = {
    Style.HEADING_1: "Heading1",
    Style.HEADING_2: "Heading2",
    Style.HEADING_3: "Heading3",
    Style.BODY: "Normal",
    Style.NOTE: "TableNote",
    Style.STATE: "State",
}
TITLE_LINE: Final = 19  # characters of 二号 in a line
ENDINGS: Final = ("完成情况对照", "情况对比", "情况")
_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONS: Final = f'{DECLARATION}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'


def word_bytes(draft: Draft) -> bytes:
    """The bytes of the .docx: the same draft gives the same bytes."""
    notes = Notes(draft.language)
    charts: list[Chart] = []
    body = [paragraph("Title", "<w:r><w:br/></w:r>".join(run(line) for line in title_lines(draft.title)))]
    for block in draft.blocks:
        if isinstance(block, Paragraph):
            body.append(paragraph(STYLES[block.style], runs_xml(block.runs, notes)))
        elif isinstance(block, Table):
            body.append(table_xml(block, lambda runs: runs_xml(runs, notes)))
        else:
            charts.append(block)
            body.append(paragraph("ChartLine", drawing_xml(block, len(charts))))
            body.append(paragraph("ChartCaption", run(block.caption)))
    document = f"{DECLARATION}<w:document {NAMESPACES}><w:body>{''.join(body)}{section_xml()}</w:body></w:document>"
    parts = {
        "[Content_Types].xml": _content_types(len(charts)),
        "_rels/.rels": _package_relations(),
        "word/document.xml": document,
        "word/_rels/document.xml.rels": _document_relations(len(charts)),
        "word/styles.xml": styles_xml(),
        "word/fontTable.xml": font_table_xml(),
        "word/settings.xml": settings_xml(),
        "word/footnotes.xml": notes.xml(),
        "word/footer1.xml": footer_xml(even=False),
        "word/footer2.xml": footer_xml(even=True),
    }
    content = {name: part.encode() for name, part in parts.items()}
    for number, chart in enumerate(charts, start=1):
        content |= _chart_parts(chart, number)
    return package_bytes({**content, "docProps/core.xml": core_xml(draft.title, draft.state.changed)})


def title_lines(title: str) -> list[str]:
    """The title in lines that keep its words whole: what it is of, then 情况对比."""
    if _width(title) <= TITLE_LINE:
        return [title]
    for ending in ENDINGS:
        if title.endswith(ending):
            return [title.removesuffix(ending), ending]
    return [title]


def _width(text: str) -> float:
    """In Chinese characters; a Latin letter or a digit is half of one."""
    return sum(0.5 if ord(one) < 0x2000 else 1 for one in text)


def runs_xml(runs: Sequence[Run], notes: Notes) -> str:
    """The runs, each that has a source followed by the mark of its note."""
    return "".join(
        run(one.text) + (reference(notes.add(one)) if one.sources or one.calculation else "") for one in runs
    )


def _chart_parts(chart: Chart, number: int) -> dict[str, bytes]:
    workbook = f"../embeddings/chart{number}.xlsx"
    relations = f'{_RELATIONS}<Relationship Id="rId1" Type="{R}/package" Target="{workbook}"/></Relationships>'
    return {
        f"word/charts/chart{number}.xml": chart_xml(chart).encode(),
        f"word/charts/_rels/chart{number}.xml.rels": relations.encode(),
        f"word/embeddings/chart{number}.xlsx": cells_bytes("Sheet1", chart_cells(chart)),
    }


def _content_types(charts: int) -> str:
    kinds = {
        "document": "document.main",
        "styles": "styles",
        "fontTable": "fontTable",
        "settings": "settings",
        "footnotes": "footnotes",
        "footer1": "footer",
        "footer2": "footer",
    }
    parts = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{kind}+xml"/>' for name, kind in kinds.items()
    )
    drawn = "".join(
        f'<Override PartName="/word/charts/chart{number}.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.drawingml.chart+xml"/>'
        for number in range(1, charts + 1)
    )
    return (
        f'{DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="xlsx" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"/>'
        f"{parts}{drawn}"
        '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        "</Types>"
    )


def _package_relations() -> str:
    core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    return (
        f'{_RELATIONS}<Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{core}" Target="docProps/core.xml"/></Relationships>'
    )


def _document_relations(charts: int) -> str:
    targets = {
        "rIdStyles": ("styles", "styles.xml"),
        "rIdFonts": ("fontTable", "fontTable.xml"),
        "rIdSettings": ("settings", "settings.xml"),
        "rIdNotes": ("footnotes", "footnotes.xml"),
        "rIdOdd": ("footer", "footer1.xml"),
        "rIdEven": ("footer", "footer2.xml"),
    }
    targets |= {f"rIdChart{number}": ("chart", f"charts/chart{number}.xml") for number in range(1, charts + 1)}
    relations = "".join(
        f'<Relationship Id="{identity}" Type="{R}/{kind}" Target="{target}"/>'
        for identity, (kind, target) in targets.items()
    )
    return f"{_RELATIONS}{relations}</Relationships>"
