"""The page of GB/T 9704-2012: A4, 22 lines of 28 characters in 156 mm × 225 mm, the page number as — 1 —."""

from __future__ import annotations

from typing import Final

from assistant.word.marks import DECLARATION, NAMESPACES, run

WIDTH: Final = 11906  # twentieths of a point, as all lengths here: 210 mm
HEIGHT: Final = 16838  # 297 mm
TOP: Final = 2098  # 天头 37 mm
BOTTOM: Final = 1984  # 35 mm
LEFT: Final = 1588  # 订口 28 mm
RIGHT: Final = 1474  # 26 mm
TEXT_WIDTH: Final = WIDTH - LEFT - RIGHT
FOOTER: Final = 1304  # the page number stands 7 mm below the text
LINE_PITCH: Final = 579  # 22 lines in the height of the text


def section_xml() -> str:
    """The properties of the one section: page, margins, grid, footers for odd and for even pages."""
    return (
        '<w:sectPr><w:footerReference w:type="default" r:id="rIdOdd"/><w:footerReference w:type="even" r:id="rIdEven"/>'
        '<w:footnotePr><w:numFmt w:val="decimal"/><w:numRestart w:val="continuous"/></w:footnotePr>'
        f'<w:pgSz w:w="{WIDTH}" w:h="{HEIGHT}"/>'
        f'<w:pgMar w:top="{TOP}" w:right="{RIGHT}" w:bottom="{BOTTOM}" w:left="{LEFT}" w:header="851" w:footer="{FOOTER}" w:gutter="0"/>'
        f'<w:docGrid w:type="lines" w:linePitch="{LINE_PITCH}"/></w:sectPr>'
    )


def footer_xml(*, even: bool) -> str:
    """The page number between two dashes: one character from the right edge on odd pages, from the left on even ones."""
    side = '<w:ind w:leftChars="100" w:left="280" w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="left"/>'
    if not even:
        side = '<w:ind w:rightChars="100" w:right="280" w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="right"/>'
    number = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    inside = f"{run('— ')}{number}{run(' —')}"
    return (
        f'{DECLARATION}<w:ftr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="Footer"/>{side}</w:pPr>{inside}</w:p></w:ftr>'
    )


def settings_xml() -> str:
    """Odd and even footers, the separators of footnotes, and Chinese line breaking."""
    return (
        f'{DECLARATION}<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:bordersDoNotSurroundHeader/>'
        '<w:bordersDoNotSurroundFooter/><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>'
        '<w:drawingGridVerticalSpacing w:val="579"/><w:characterSpacingControl w:val="compressPunctuation"/>'
        '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
        "<w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/>"
        "<w:doNotExpandShiftReturn/><w:useFELayout/>"
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    )
