"""Line charts that Word draws itself: a gap where nothing is stated, hollow points and a dashed line for what was planned."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from assistant.drafting.model import Chart, Line, Point
from assistant.word.marks import DECLARATION, R, attribute, text_of
from assistant.word.page import TEXT_WIDTH
from assistant.word.styles import BODY_FONT, LATIN

C: Final = "http://schemas.openxmlformats.org/drawingml/2006/chart"
A: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
EMU: Final = 635  # in a twentieth of a point
HEIGHT: Final = 3_600  # twentieths of a point: 63 mm
COLOURS: Final = ("1F4E79", "B23B3B", "4B7F52", "8A6D1F", "5B4A8A", "2E8B8B", "7F4F24", "5A5A5A")
MARKERS: Final = ("circle", "square", "triangle", "diamond", "circle", "square", "triangle", "diamond")
MOST_LABELS: Final = 12  # along the axis; of more every second or third is shown


def drawing_xml(chart: Chart, number: int) -> str:
    """The place of a chart in the text; its relation is rIdChart and its number."""
    described = f"{chart.caption}：{'、'.join(line.name for line in chart.lines)}"
    return (
        '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        f'distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{TEXT_WIDTH * EMU}" cy="{HEIGHT * EMU}"/>'
        f'<wp:docPr id="{number}" name={attribute(f"Chart {number}")} descr={attribute(described)}/>'
        f'<a:graphic xmlns:a="{A}"><a:graphicData uri="{C}"><c:chart xmlns:c="{C}" r:id="rIdChart{number}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def chart_xml(chart: Chart) -> str:
    """The part of a chart, with the relation rId1 to the workbook that holds its values."""
    lines = "".join(_line(line, at, chart.categories) for at, line in enumerate(chart.lines))
    skip = -(-len(chart.categories) // MOST_LABELS)
    legend = '<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>' if len(chart.lines) > 1 else ""
    return (
        f'{DECLARATION}<c:chartSpace xmlns:c="{C}" xmlns:a="{A}" xmlns:r="{R}"><c:roundedCorners val="0"/>'
        '<c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>'
        f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{lines}<c:marker val="1"/>'
        '<c:axId val="111"/><c:axId val="222"/></c:lineChart>'
        '<c:catAx><c:axId val="111"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/>'
        '<c:axPos val="b"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="out"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="low"/>{_stroke("7F7F7F", 9525)}<c:crossAx val="222"/>'
        f'<c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/>'
        f'<c:tickLblSkip val="{skip}"/><c:noMultiLvlLbl val="1"/></c:catAx>'
        '<c:valAx><c:axId val="222"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="l"/><c:majorGridlines>{_stroke("D9D9D9", 6350)}</c:majorGridlines>'
        '<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="nextTo"/>{_stroke("7F7F7F", 9525)}<c:crossAx val="111"/><c:crosses val="autoZero"/>'
        '<c:crossBetween val="between"/></c:valAx></c:plotArea>'
        f'{legend}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f'<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="1000"><a:latin typeface="{LATIN}"/>'
        f'<a:ea typeface="{BODY_FONT.name}"/></a:defRPr></a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
        '<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def chart_cells(chart: Chart) -> list[list[str | Decimal | None]]:
    """The values of a chart as the rows of a worksheet, the lines' names first."""
    head: list[str | Decimal | None] = ["", *(line.name for line in chart.lines)]
    body = [
        [category, *(line.points[at].value for line in chart.lines)] for at, category in enumerate(chart.categories)
    ]
    return [head, *body]


def _line(line: Line, at: int, categories: tuple[str, ...]) -> str:
    colour = COLOURS[at % len(COLOURS)]
    hollow = any(point.hollow for point in line.points)
    column = chr(ord("B") + at)
    last = len(categories) + 1
    names = "".join(f'<c:pt idx="{i}"><c:v>{text_of(name)}</c:v></c:pt>' for i, name in enumerate(categories))
    return (
        f'<c:ser><c:idx val="{at}"/><c:order val="{at}"/><c:tx><c:strRef><c:f>Sheet1!${column}$1</c:f><c:strCache>'
        f'<c:ptCount val="1"/><c:pt idx="0"><c:v>{text_of(line.name)}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
        f"{_stroke(colour, 19050, dashed=hollow)}{_marker(at, colour, hollow=hollow)}"
        f'<c:cat><c:strRef><c:f>Sheet1!$A$2:$A${last}</c:f><c:strCache><c:ptCount val="{len(categories)}"/>{names}'
        f"</c:strCache></c:strRef></c:cat><c:val><c:numRef><c:f>Sheet1!${column}$2:${column}${last}</c:f><c:numCache>"
        f'<c:formatCode>General</c:formatCode><c:ptCount val="{len(categories)}"/>{_values(line.points)}</c:numCache>'
        '</c:numRef></c:val><c:smooth val="0"/></c:ser>'
    )


def _values(points: tuple[Point, ...]) -> str:
    return "".join(
        f'<c:pt idx="{at}"><c:v>{format(point.value, "f")}</c:v></c:pt>'
        for at, point in enumerate(points)
        if point.value is not None
    )


def _marker(at: int, colour: str, *, hollow: bool) -> str:
    fill = "<a:noFill/>" if hollow else f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
    return (
        f'<c:marker><c:symbol val="{MARKERS[at % len(MARKERS)]}"/><c:size val="7"/><c:spPr>{fill}'
        f'<a:ln w="12700"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></a:ln></c:spPr></c:marker>'
    )


def _stroke(colour: str, width: int, *, dashed: bool = False) -> str:
    dash = '<a:prstDash val="dash"/>' if dashed else ""
    return f'<c:spPr><a:ln w="{width}"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>{dash}</a:ln></c:spPr>'
