"""The fonts and styles of GB/T 9704-2012: 小标宋 for the title, 仿宋 for the text, 黑体 and 楷体 for the headings.

Sizes are half points: 二号 44, 三号 32, 四号 28, 小四 24, 五号 21, 小五 18.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from assistant.word.marks import DECLARATION, NAMESPACES

LATIN: Final = "Times New Roman"
BODY_SIZE: Final = 32  # half points: 三号
LINE: Final = 579  # twentieths of a point: 22 lines in 225 mm
CLOSER: Final = -5  # twentieths of a point between the characters of the body: 28 of them in 156 mm


@dataclass(frozen=True, slots=True)
class Font:
    """A Chinese font, and those that take its place where it is not installed, best first."""

    name: str
    fallbacks: tuple[str, ...]
    family: str = "auto"


TITLE_FONT: Final = Font(
    "方正小标宋简体", ("方正小标宋_GBK", "小标宋", "华文中宋", "宋体", "SimSun", "Noto Serif CJK SC"), "roman"
)
BODY_FONT: Final = Font(
    "仿宋", ("仿宋_GB2312", "FangSong", "华文仿宋", "STFangsong", "宋体", "Noto Serif CJK SC"), "modern"
)
HEADING_FONT: Final = Font("黑体", ("SimHei", "华文黑体", "STHeiti", "Noto Sans CJK SC"), "swiss")
SECOND_FONT: Final = Font(
    "楷体", ("楷体_GB2312", "KaiTi", "华文楷体", "STKaiti", "宋体", "Noto Serif CJK SC"), "modern"
)
NOTE_FONT: Final = Font("宋体", ("SimSun", "华文宋体", "STSong", "Noto Serif CJK SC"), "roman")
FONTS: Final = (TITLE_FONT, BODY_FONT, HEADING_FONT, SECOND_FONT, NOTE_FONT)

_INDENT: Final = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
_EXACT: Final = f'<w:spacing w:before="0" w:after="0" w:line="{LINE}" w:lineRule="exact"/>'
_TIGHT: Final = (
    '<w:snapToGrid w:val="0"/><w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="{rule}"/>'
)


def font_table_xml() -> str:
    """The fonts with their fallbacks, as Word looks them up where one is not installed."""
    chinese = "".join(
        f'<w:font w:name="{font.name}"><w:altName w:val="{",".join(font.fallbacks)}"/><w:charset w:val="86"/>'
        f'<w:family w:val="{font.family}"/><w:pitch w:val="variable"/></w:font>'
        for font in FONTS
    )
    latin = (
        f'<w:font w:name="{LATIN}"><w:altName w:val="Liberation Serif"/><w:charset w:val="00"/>'
        '<w:family w:val="roman"/><w:pitch w:val="variable"/></w:font>'
    )
    return f"{DECLARATION}<w:fonts {NAMESPACES}>{chinese}{latin}</w:fonts>"


def styles_xml() -> str:
    """Every style of a draft; Normal is the text of the body."""
    headings = (
        _style("Heading1", "heading 1", HEADING_FONT, 32, f"<w:keepNext/>{_EXACT}{_INDENT}", outline=0),
        _style("Heading2", "heading 2", SECOND_FONT, 32, f"<w:keepNext/>{_EXACT}{_INDENT}", outline=1),
        _style("Heading3", "heading 3", BODY_FONT, 32, f"<w:keepNext/>{_EXACT}{_INDENT}", outline=2),
    )
    small = (
        _style("Caption", "caption", HEADING_FONT, 24, f'<w:keepNext/>{_tight(120, 60)}<w:jc w:val="center"/>'),
        _style("TableHead", "Table Head", HEADING_FONT, 21, f'<w:keepNext/>{_tight(30, 30)}<w:jc w:val="center"/>'),
        _style("TableText", "Table Text", BODY_FONT, 21, f'{_tight(30, 30)}<w:jc w:val="left"/>'),
        _style("TableNumber", "Table Number", BODY_FONT, 21, f'{_tight(30, 30)}<w:jc w:val="right"/>'),
        _style("TableNote", "Table Note", NOTE_FONT, 18, _tight(60, 120)),
        _style("ChartLine", "Chart Line", BODY_FONT, 24, f'<w:keepNext/>{_tight(60, 0)}<w:jc w:val="center"/>'),
        _style("ChartCaption", "Chart Caption", HEADING_FONT, 24, f'{_tight(0, 120)}<w:jc w:val="center"/>'),
        _style("State", "Archive State", NOTE_FONT, 21, f"<w:keepLines/>{_tight(240, 0)}"),
        _style("Footer", "footer", NOTE_FONT, 28, _tight(0, 0), latin=NOTE_FONT.name),
        _style(
            "FootnoteText",
            "footnote text",
            NOTE_FONT,
            18,
            f'{_tight(0, 0, line=230, rule="exact")}<w:jc w:val="both"/>',
        ),
    )
    title = _style(
        "Title",
        "Title",
        TITLE_FONT,
        44,
        f'<w:keepNext/><w:spacing w:before="0" w:after="{LINE}" w:line="{LINE * 5 // 4}" w:lineRule="exact"/>'
        '<w:jc w:val="center"/>',
    )
    reference = (
        '<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/>'
        '<w:basedOn w:val="DefaultParagraphFont"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    )
    return (
        f"{DECLARATION}<w:styles {NAMESPACES}>{_defaults()}{_normal()}"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/></w:style>'
        f"{_normal_table()}{title}{''.join(headings)}{''.join(small)}{reference}</w:styles>"
    )


def _defaults() -> str:
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{_fonts(BODY_FONT, LATIN)}"
        '<w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
    )


def _normal() -> str:
    return (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f'<w:pPr><w:widowControl w:val="0"/>{_EXACT}{_INDENT}<w:jc w:val="both"/></w:pPr>'
        f'<w:rPr>{_fonts(BODY_FONT, LATIN)}<w:spacing w:val="{CLOSER}"/><w:sz w:val="32"/><w:szCs w:val="32"/></w:rPr></w:style>'
    )


def _normal_table() -> str:
    return (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
        '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="70" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )


def _tight(before: int, after: int, *, line: int = 240, rule: str = "auto") -> str:
    return (
        _TIGHT.format(before=before, after=after, line=line, rule=rule)
        + '<w:ind w:firstLineChars="0" w:firstLine="0"/>'
    )


def _fonts(font: Font, latin: str) -> str:
    return f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{font.name}" w:cs="{LATIN}"/>'


def _style(
    identity: str, name: str, font: Font, size: int, paragraph: str, *, outline: int | None = None, latin: str = LATIN
) -> str:
    level = "" if outline is None else f'<w:outlineLvl w:val="{outline}"/>'
    closer = f'<w:spacing w:val="{CLOSER if size == BODY_SIZE else 0}"/>'
    if identity == "Title" and "<w:ind " not in paragraph:
        paragraph = paragraph.replace("<w:jc ", '<w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc ')
    return (
        f'<w:style w:type="paragraph" w:styleId="{identity}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>'
        f'<w:next w:val="{"Normal" if outline is not None else identity}"/><w:qFormat/><w:pPr>{paragraph}{level}</w:pPr>'
        f'<w:rPr>{_fonts(font, latin)}<w:b w:val="0"/>{closer}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
    )
