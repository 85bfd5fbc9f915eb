"""Hancom documents (OWPML)."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from corpus.source import Text, is_outlined, parts, written_line
from corpus.writers.stored_zip import stored_zip

_OWPML = "http://www.hancom.co.kr/hwpml/2011"
_NAMESPACES = (
    f'xmlns:ha="{_OWPML}/app" xmlns:hp="{_OWPML}/paragraph" xmlns:hs="{_OWPML}/section" xmlns:hc="{_OWPML}/core" '
    f'xmlns:hh="{_OWPML}/head" xmlns:hpf="http://www.hancom.co.kr/schema/2011/hpf" '
    'xmlns:opf="http://www.idpf.org/2007/opf/"'
)
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes" ?>'
_MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
_TEXT_WIDTH = 42520  # of an A4 page, in units of 1/7200 inch
_LANGUAGES = ("HANGUL", "LATIN", "HANJA", "JAPANESE", "OTHER", "SYMBOL", "USER")


def write_hwpx(text: Text) -> bytes:
    """An OWPML package with outline styles for headings and a marked header row in tables."""
    outlined = is_outlined(text)
    paragraphs: list[str] = []
    for number, part in enumerate(parts(text.body)):
        if part.kind == "heading":
            paragraphs.append(_paragraph(part.text, style=min(part.level, 3), shape=min(part.level, 3), char=1))
        elif part.kind == "table":
            paragraphs.append(_table(part.rows, number + 1))
        elif part.kind == "item" and not outlined:
            paragraphs.append(_paragraph(part.text, shape=4))
        else:
            paragraphs.append(_paragraph(written_line(part, outlined)))
    section = f"{_XML}<hs:sec {_NAMESPACES}>{_page_setup()}{''.join(paragraphs)}</hs:sec>"
    preview = "\r\n".join(part.text for part in parts(text.body) if part.text)[:1000]
    entries = [
        ("mimetype", "application/hwp+zip"),
        ("version.xml", _version()),
        ("Contents/header.xml", _header()),
        ("Contents/section0.xml", section),
        ("Preview/PrvText.txt", preview),
        ("settings.xml", f'{_XML}<ha:HWPApplicationSetting {_NAMESPACES}><ha:CaretPosition listIDRef="0" '
         'paraIDRef="0" pos="0"/></ha:HWPApplicationSetting>'),
        ("Contents/content.hpf", _package(text)),
        ("META-INF/container.xml", _container()),
        ("META-INF/manifest.xml", f'{_XML}<odf:manifest xmlns:odf="{_MANIFEST}"/>'),
    ]  # fmt: skip
    return stored_zip([(name, content.encode()) for name, content in entries])


def _version() -> str:
    return (
        f'{_XML}<hv:HCFVersion xmlns:hv="{_OWPML}/version" tagetApplication="WORDPROCESSOR" major="5" minor="1" '
        'micro="0" buildNumber="1" os="1" xmlVersion="1.4" application="annae corpus" appVersion="1, 0, 0, 0"/>'
    )


def _container() -> str:
    return (
        f'{_XML}<ocf:container xmlns:ocf="urn:oasis:names:tc:opendocument:xmlns:container">'
        '<ocf:rootfiles><ocf:rootfile full-path="Contents/content.hpf" media-type="application/hwpml-package+xml"/>'
        "</ocf:rootfiles></ocf:container>"
    )


def _package(text: Text) -> str:
    files = [("header", "Contents/header.xml"), ("section0", "Contents/section0.xml"), ("settings", "settings.xml")]
    items = "".join(f'<opf:item id="{name}" href="{path}" media-type="application/xml"/>' for name, path in files)
    return (
        f'{_XML}<opf:package {_NAMESPACES} version="" unique-identifier="" id=""><opf:metadata>'
        f"<opf:title>{escape(text.title)}</opf:title><opf:language>{text.fields['language']}</opf:language>"
        f'<opf:meta name="creator" content="text">{escape(str(text.fields["publisher"]))}</opf:meta></opf:metadata>'
        f"<opf:manifest>{items}</opf:manifest>"
        '<opf:spine><opf:itemref idref="header" linear="yes"/><opf:itemref idref="section0" linear="yes"/></opf:spine>'
        "</opf:package>"
    )


def _header() -> str:
    def each(element: str, value: int) -> str:
        values = " ".join(f'{language.lower()}="{value}"' for language in _LANGUAGES)
        return f"<hh:{element} {values}/>"

    def char(number: int, height: int, bold: bool) -> str:
        return (
            f'<hh:charPr id="{number}" height="{height}" textColor="#000000" shadeColor="none" useFontSpace="0" '
            'useKerning="0" symMark="NONE" borderFillIDRef="1">'
            + each("fontRef", 0) + each("ratio", 100) + each("spacing", 0) + each("relSz", 100) + each("offset", 0)
            + ("<hh:bold/>" if bold else "") + "</hh:charPr>"
        )  # fmt: skip

    def shape(number: int, heading: str, level: int, left: int = 0) -> str:
        sides = "".join(
            f'<hc:{side} value="{value}" unit="HWPUNIT"/>'
            for side, value in (("intent", 0), ("left", left), ("right", 0), ("prev", 0), ("next", 0))
        )
        return (
            f'<hh:paraPr id="{number}" tabPrIDRef="0" condense="0" fontLineHeight="0" snapToGrid="1" '
            'suppressLineNumbers="0" checked="0"><hh:align horizontal="JUSTIFY" vertical="BASELINE"/>'
            f'<hh:heading type="{heading}" idRef="{1 if heading == "BULLET" else 0}" level="{level}"/>'
            '<hh:breakSetting breakLatinWord="KEEP_WORD" breakNonLatinWord="KEEP_WORD" widowOrphan="0" '
            'keepWithNext="0" keepLines="0" pageBreakBefore="0" lineWrap="BREAK"/>'
            f'<hh:margin>{sides}</hh:margin><hh:lineSpacing type="PERCENT" value="160" unit="HWPUNIT"/>'
            '<hh:border borderFillIDRef="1" offsetLeft="0" offsetRight="0" offsetTop="0" offsetBottom="0" connect="0" '
            'ignoreMargin="0"/></hh:paraPr>'
        )

    def border(number: int, line: str) -> str:
        sides = "".join(
            f'<hh:{side}Border type="{line}" width="0.12 mm" color="#000000"/>'
            for side in ("left", "right", "top", "bottom")
        )
        return (
            f'<hh:borderFill id="{number}" threeD="0" shadow="0" centerLine="NONE" breakCellSeparateLine="0">'
            '<hh:slash type="NONE" Crooked="0" isCounter="0"/><hh:backSlash type="NONE" Crooked="0" isCounter="0"/>'
            f"{sides}</hh:borderFill>"
        )

    fonts = "".join(
        f'<hh:fontface lang="{language}" fontCnt="1"><hh:font id="0" face="함초롬바탕" type="TTF" isEmbedded="0"/>'
        "</hh:fontface>"
        for language in _LANGUAGES
    )
    styles = "".join(
        f'<hh:style id="{number}" type="PARA" name="{name}" engName="{english}" paraPrIDRef="{number}" '
        f'charPrIDRef="{min(number, 1)}" nextStyleIDRef="0" langID="1042" lockForm="0"/>'
        for number, (name, english) in enumerate(
            [("바탕글", "Normal")] + [(f"개요 {level}", f"Outline {level}") for level in (1, 2, 3)]
        )
    )
    shapes = shape(0, "NONE", 0) + "".join(shape(level, "OUTLINE", level - 1) for level in (1, 2, 3))
    return (
        f'{_XML}<hh:head {_NAMESPACES} version="1.4" secCnt="1">'
        '<hh:beginNum page="1" footnote="1" endnote="1" pic="1" tbl="1" equation="1"/><hh:refList>'
        f'<hh:fontfaces itemCnt="{len(_LANGUAGES)}">{fonts}</hh:fontfaces>'
        f'<hh:borderFills itemCnt="2">{border(1, "NONE")}{border(2, "SOLID")}</hh:borderFills>'
        f'<hh:charProperties itemCnt="2">{char(0, 1000, False)}{char(1, 1300, True)}</hh:charProperties>'
        '<hh:tabProperties itemCnt="1"><hh:tabPr id="0" autoTabLeft="0" autoTabRight="0"/></hh:tabProperties>'
        '<hh:bullets itemCnt="1"><hh:bullet id="1" char="•" useImage="0"><hh:paraHead level="0" align="LEFT" '
        'useInstWidth="0" autoIndent="1" widthAdjust="0" textOffsetType="PERCENT" textOffset="50" '
        'numFormat="DIGIT" charPrIDRef="0" checkable="0"/></hh:bullet></hh:bullets>'
        f'<hh:paraProperties itemCnt="5">{shapes}{shape(4, "BULLET", 0, 800)}</hh:paraProperties>'
        f'<hh:styles itemCnt="4">{styles}</hh:styles></hh:refList>'
        '<hh:compatibleDocument targetProgram="HWP201X"><hh:layoutCompatibility/></hh:compatibleDocument></hh:head>'
    )


def _page_setup() -> str:
    return (
        '<hp:p id="0" paraPrIDRef="0" styleIDRef="0" pageBreak="0" columnBreak="0" merged="0"><hp:run charPrIDRef="0">'
        '<hp:secPr id="" textDirection="HORIZONTAL" spaceColumns="1134" tabStop="8000" outlineShapeIDRef="0" '
        'memoShapeIDRef="0" textVerticalWidthHead="0" masterPageCnt="0">'
        '<hp:pagePr landscape="WIDELY" width="59528" height="84188" gutterType="LEFT_ONLY">'
        '<hp:margin header="4252" footer="4252" gutter="0" left="8504" right="8504" top="5668" bottom="4252"/>'
        "</hp:pagePr></hp:secPr></hp:run></hp:p>"
    )


def _paragraph(text: str, *, style: int = 0, shape: int = 0, char: int = 0) -> str:
    return (
        f'<hp:p id="0" paraPrIDRef="{shape}" styleIDRef="{style}" pageBreak="0" columnBreak="0" merged="0">'
        f'<hp:run charPrIDRef="{char}"><hp:t>{escape(text)}</hp:t></hp:run></hp:p>'
    )


def _table(rows: Sequence[Sequence[str]], number: int) -> str:
    columns = max(len(row) for row in rows)
    width = _TEXT_WIDTH // columns
    body: list[str] = []
    for down, row in enumerate(rows):
        cells = "".join(
            f'<hp:tc name="" header="{int(down == 0)}" hasMargin="0" protect="0" editable="0" dirty="0" '
            'borderFillIDRef="2"><hp:subList id="" textDirection="HORIZONTAL" lineWrap="BREAK" vertAlign="CENTER" '
            'linkListIDRef="0" linkListNextIDRef="0" textWidth="0" textHeight="0" hasTextRef="0" hasNumRef="0">'
            f'{_paragraph(cell)}</hp:subList><hp:cellAddr colAddr="{across}" rowAddr="{down}"/>'
            f'<hp:cellSpan colSpan="1" rowSpan="1"/><hp:cellSz width="{width}" height="1400"/>'
            '<hp:cellMargin left="141" right="141" top="141" bottom="141"/></hp:tc>'
            for across, cell in enumerate([*row, *[""] * (columns - len(row))])
        )
        body.append(f"<hp:tr>{cells}</hp:tr>")
    return (
        '<hp:p id="0" paraPrIDRef="0" styleIDRef="0" pageBreak="0" columnBreak="0" merged="0"><hp:run charPrIDRef="0">'
        f'<hp:tbl id="{number}" zOrder="{number}" numberingType="TABLE" textWrap="TOP_AND_BOTTOM" '
        'textFlow="BOTH_SIDES" lock="0" dropcapstyle="None" pageBreak="CELL" repeatHeader="1" '
        f'rowCnt="{len(rows)}" colCnt="{columns}" cellSpacing="0" borderFillIDRef="2" noAdjust="0">'
        f'<hp:sz width="{width * columns}" widthRelTo="ABSOLUTE" height="{1400 * len(rows)}" heightRelTo="ABSOLUTE" '
        'protect="0"/><hp:pos treatAsChar="1" affectLSpacing="0" flowWithText="1" allowOverlap="0" '
        'holdAnchorAndSO="0" vertRelTo="PARA" horzRelTo="PARA" vertAlign="TOP" horzAlign="LEFT" vertOffset="0" '
        'horzOffset="0"/><hp:outMargin left="0" right="0" top="0" bottom="0"/>'
        f'<hp:inMargin left="141" right="141" top="141" bottom="141"/>{"".join(body)}</hp:tbl></hp:run></hp:p>'
    )
