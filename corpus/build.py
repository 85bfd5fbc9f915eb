"""Make the sample documents in their real formats from the texts in ``corpus/texts``.

Run ``python -m corpus.build`` after changing a text, and ``python -m corpus.build --check`` to see whether the
documents are up to date. The same texts give the same bytes on every machine: nothing here reads the clock.
"""

from __future__ import annotations

import argparse
import html
import importlib.util
import io
import re
import sys
import unicodedata
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import docx
import yaml
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]
from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
from reportlab.pdfbase.ttfonts import TTFont  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

_FOLDER = Path(__file__).resolve().parent
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_FRONT_MATTER = re.compile(r"---\n(.*?)\n---\n(.*)\Z", re.DOTALL)
_TABLE_RULE = re.compile(r"\|(?:\s*:?-+:?\s*\|)+")
_MANIFEST_FIELDS = ("title", "publisher", "published", "language", "kind", "sample")
_TXT_COLUMNS = 80  # a Hangul syllable takes two
_TXT_LINES_PER_PAGE = 40


@dataclass(frozen=True, slots=True)
class Text:
    """One source text: its front matter, and its body in Markdown with Korean outline lines written out."""

    fields: dict[str, Any]
    body: str

    @property
    def title(self) -> str:
        """The document's title."""
        return str(self.fields["title"])

    @property
    def korean(self) -> bool:
        """Whether the text is in Korean."""
        return bool(self.fields["language"] == "ko")

    @property
    def file_name(self) -> str:
        """The name of the document made from it."""
        return f"{self.fields['id']}.{self.fields['format']}"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a body: ``kind`` is heading, item, paragraph or table; ``level`` is its depth from 1."""

    kind: str
    text: str = ""
    level: int = 1
    rows: tuple[tuple[str, ...], ...] = ()


def read_texts(folder: Path) -> list[Text]:
    """The texts in ``folder`` in the order of their names.

    Raises:
        ValueError: a text has no front matter or lacks a field.
    """
    texts: list[Text] = []
    for path in sorted(folder.glob("*.md")):
        match = _FRONT_MATTER.match(unicodedata.normalize("NFC", path.read_text("utf-8")))
        if match is None:
            raise ValueError(f"{path.name}: it does not begin with front matter between two --- lines")
        fields = yaml.safe_load(match[1])
        missing = {"id", "format", *_MANIFEST_FIELDS} - fields.keys()
        if missing or fields["format"] not in _WRITERS:
            problem = f"the front matter lacks {sorted(missing)}" if missing else f"no format {fields['format']!r}"
            raise ValueError(f"{path.name}: {problem}")
        texts.append(Text(fields, match[2].strip() + "\n"))
    return texts


def parts(body: str) -> Iterator[Part]:
    """The parts of a body in order; each source line that is not a table row is a part of its own."""
    rows: list[tuple[str, ...]] = []
    for line in [*body.splitlines(), ""]:
        text = _plain(line.strip())
        if text.startswith("|"):
            if not _TABLE_RULE.fullmatch(text):
                rows.append(tuple(cell.strip() for cell in text.strip("|").split("|")))
            continue
        if rows:
            yield Part("table", rows=tuple(rows))
            rows = []
        if not text:
            continue
        heading = re.match(r"(#{1,6})\s+(.*)", text)
        item = re.match(r"-\s+(.*)", text)
        if heading:
            yield Part("heading", heading[2], len(heading[1]))
        elif item:
            indent = len(line) - len(line.lstrip(" "))
            yield Part("item", item[1], 1 + indent // 2)
        else:
            yield Part("paragraph", text)


def _plain(text: str) -> str:
    """Without Markdown's marks inside a line."""
    return re.sub(r"\*\*(.+?)\*\*|`(.+?)`", lambda match: match[1] or match[2], text)


def _outlined(text: Text) -> bool:
    """Whether ``-`` is a level of a Korean outline in this text and so must stay written out."""
    return any(part.text[:1] in "□ㅇ" for part in parts(text.body) if part.kind == "paragraph" and part.text)


# --- Text formats ------------------------------------------------------------------------------


def write_markdown(text: Text) -> bytes:
    """The body as it is."""
    return text.body.encode()


def write_plain_text(text: Text) -> bytes:
    """Hard-wrapped lines with page marks, as text comes out of a scanner or a viewer."""
    lines: list[str] = []
    for part in parts(text.body):
        if part.kind == "heading":
            lines += ["", *_wrapped(part.text, _columns, _TXT_COLUMNS), ""]
        elif part.kind == "item":
            lines += _wrapped("  " * (part.level - 1) + "- " + part.text, _columns, _TXT_COLUMNS)
        elif part.kind == "table":
            head, *rows = part.rows
            for label, *cells in rows:
                pairs = [f"{name}: {cell}" for name, cell in zip(head[1:], cells, strict=False)]
                line = f"- {label}: {cells[0]}" if len(cells) == 1 else f"- {label} ({', '.join(pairs)})"
                lines += _wrapped(line, _columns, _TXT_COLUMNS)
            lines.append("")
        else:
            lines += _wrapped(part.text, _columns, _TXT_COLUMNS)
    marked: list[str] = []
    for number, start in enumerate(range(0, len(lines), _TXT_LINES_PER_PAGE), start=1):
        marked += [*lines[start : start + _TXT_LINES_PER_PAGE], "", " " * 36 + f"- {number} -", ""]
    return ("\n".join(marked).strip("\n") + "\n").encode()


def _columns(text: str) -> float:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _wrapped(text: str, width: Callable[[str], float], limit: float) -> list[str]:
    """``text`` cut at blanks into lines no wider than ``limit``; a longer word is cut anywhere."""
    lines = [""]
    for word in re.findall(r"\s*\S+", text):
        if lines[-1] and width(lines[-1] + word) > limit:
            lines.append("")
            word = word.lstrip()
        while width(lines[-1] + word) > limit and len(word) > 1:
            cut = next(size for size in range(len(word), 0, -1) if size == 1 or width(lines[-1] + word[:size]) <= limit)
            lines[-1] += word[:cut]
            word = word[cut:]
            lines.append("")
        lines[-1] += word
    return [line for line in lines if line.strip()]


# --- HTML --------------------------------------------------------------------------------------

_CHROME = {
    True: {
        "skip": "본문 바로가기",
        "menu": ["정책자료", "보도자료", "알림마당", "기관소개"],
        "trail": ["홈", "알림마당", "자료실"],
        "share": ["공유하기", "인쇄하기"],
        "before": "이전 글",
        "list": "목록으로",
        "foot": ["개인정보처리방침", "저작권정책", "찾아오시는 길", "누리집 이용 만족도를 평가해 주시기 바랍니다."],
    },
    False: {
        "skip": "Skip to content",
        "menu": ["Policy", "Press releases", "Notices", "About us"],
        "trail": ["Home", "Notices", "Library"],
        "share": ["Share", "Print"],
        "before": "Previous post",
        "list": "Back to list",
        "foot": ["Privacy policy", "Copyright", "Directions", "Please rate this page."],
    },
}


def write_html(text: Text) -> bytes:
    """The article inside a site's menus, trail, share buttons and footer."""
    chrome: dict[str, Any] = _CHROME[text.korean]
    title, publisher = html.escape(text.title), html.escape(str(text.fields["publisher"]))
    menu = "".join(f'<li><a href="#">{name}</a></li>' for name in chrome["menu"])
    trail = " &gt; ".join(f'<a href="#">{name}</a>' for name in chrome["trail"])
    share = "".join(f'<button type="button">{name}</button>' for name in chrome["share"])
    foot = "".join(f"<li>{name}</li>" for name in chrome["foot"])
    return f"""<!DOCTYPE html>
<html lang="{text.fields["language"]}">
<head>
<meta charset="utf-8">
<title>{title} | {publisher}</title>
<meta property="og:title" content="{title}">
<meta property="og:site_name" content="{publisher}">
<meta property="article:published_time" content="{text.fields["published"]}">
<style>.blind {{ position: absolute; left: -9999px }}</style>
</head>
<body>
<div id="skip-nav"><a href="#content">{chrome["skip"]}</a></div>
<header id="header"><a class="logo" href="#">{publisher}</a><nav id="gnb"><ul>{menu}</ul></nav></header>
<div class="breadcrumb">{trail}</div>
<div id="content">
<article>
{_html_body(text)}
</article>
<div class="sns-share">{share}</div>
<div class="paging"><a href="#">{chrome["before"]}</a> <a href="#">{chrome["list"]}</a></div>
</div>
<footer id="footer"><ul>{foot}</ul><p>{publisher}</p></footer>
<script>document.documentElement.className = "js";</script>
</body>
</html>
""".encode()


def _html_body(text: Text) -> str:
    lines: list[str] = []
    outlined = _outlined(text)
    depth = 0
    for part in [*parts(text.body), Part("end")]:
        target = part.level if part.kind == "item" and not outlined else 0
        while depth > target:
            lines.append("</li></ul>")
            depth -= 1
        if part.kind == "heading":
            lines.append(f"<h{part.level}>{html.escape(part.text)}</h{part.level}>")
        elif part.kind == "table":
            head, *rows = part.rows
            lines.append("<table>\n<thead><tr>" + "".join(f"<th>{html.escape(cell)}</th>" for cell in head))
            lines.append("</tr></thead>\n<tbody>")
            lines += ["<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in rows]
            lines.append("</tbody>\n</table>")
        elif part.kind == "item" and not outlined:
            lines.append("</li>" if depth == target else "")
            while depth < target:
                lines.append("<ul>")
                depth += 1
            lines.append(f"<li>{html.escape(part.text)}")
        elif part.kind != "end":
            lines.append(f"<p>{html.escape(_line(part, outlined))}</p>")
    return "\n".join(line for line in lines if line)


def _line(part: Part, outlined: bool) -> str:
    return f"- {part.text}" if part.kind == "item" and outlined else part.text


# --- Word --------------------------------------------------------------------------------------


def write_docx(text: Text) -> bytes:
    """Real heading styles, lists and tables with a marked header row."""
    document = docx.Document()
    document.core_properties.title = text.title
    document.core_properties.author = str(text.fields["publisher"])
    document.core_properties.comments = ""
    normal = document.styles["Normal"]
    normal.font.size = Pt(10.5)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "맑은 고딕")
    outlined = _outlined(text)
    for part in parts(text.body):
        if part.kind == "heading":
            document.add_heading(part.text, level=part.level)
        elif part.kind == "table":
            columns = max(len(row) for row in part.rows)
            table = document.add_table(rows=0, cols=columns, style="Table Grid")
            for row in part.rows:
                for cell, content in zip(table.add_row().cells, row, strict=False):
                    cell.text = content
            table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        elif part.kind == "item" and not outlined:
            document.add_paragraph(part.text, style="List Bullet" if part.level == 1 else "List Bullet 2")
        else:
            document.add_paragraph(_line(part, outlined))
    _slim(document)
    buffer = io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as package:
        return _zipped([(name, package.read(name)) for name in package.namelist()])


def _slim(document: Any) -> None:
    """Take out what the library's template carries along and no document here uses."""
    for part in (document.part, document.part.package):
        for name, relation in list(part.rels.items()):
            if relation.reltype.endswith(("/stylesWithEffects", "/thumbnail", "/customXml")):
                del part.rels[name]
    styles = document.styles.element
    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:type")) == "table" and style.get(qn("w:styleId")) not in ("TableNormal", "TableGrid"):
            styles.remove(style)


def _zipped(entries: Sequence[tuple[str, bytes]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, content in entries:
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            # Packed sizes differ between versions of zlib, so nothing is packed.
            entry.compress_type = zipfile.ZIP_STORED
            package.writestr(entry, content)
    return buffer.getvalue()


# --- Hancom ------------------------------------------------------------------------------------

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
    outlined = _outlined(text)
    paragraphs: list[str] = []
    for number, part in enumerate(parts(text.body)):
        if part.kind == "heading":
            paragraphs.append(_hwp_paragraph(part.text, style=min(part.level, 3), shape=min(part.level, 3), char=1))
        elif part.kind == "table":
            paragraphs.append(_hwp_table(part.rows, number + 1))
        elif part.kind == "item" and not outlined:
            paragraphs.append(_hwp_paragraph(part.text, shape=4))
        else:
            paragraphs.append(_hwp_paragraph(_line(part, outlined)))
    section = f"{_XML}<hs:sec {_NAMESPACES}>{_hwp_page_setup()}{''.join(paragraphs)}</hs:sec>"
    preview = "\r\n".join(part.text for part in parts(text.body) if part.text)[:1000]
    entries = [
        ("mimetype", "application/hwp+zip"),
        ("version.xml", _hwp_version()),
        ("Contents/header.xml", _hwp_header()),
        ("Contents/section0.xml", section),
        ("Preview/PrvText.txt", preview),
        ("settings.xml", f'{_XML}<ha:HWPApplicationSetting {_NAMESPACES}><ha:CaretPosition listIDRef="0" '
         'paraIDRef="0" pos="0"/></ha:HWPApplicationSetting>'),
        ("Contents/content.hpf", _hwp_package(text)),
        ("META-INF/container.xml", _hwp_container()),
        ("META-INF/manifest.xml", f'{_XML}<odf:manifest xmlns:odf="{_MANIFEST}"/>'),
    ]  # fmt: skip
    return _zipped([(name, content.encode()) for name, content in entries])


def _hwp_version() -> str:
    return (
        f'{_XML}<hv:HCFVersion xmlns:hv="{_OWPML}/version" tagetApplication="WORDPROCESSOR" major="5" minor="1" '
        'micro="0" buildNumber="1" os="1" xmlVersion="1.4" application="annae corpus" appVersion="1, 0, 0, 0"/>'
    )


def _hwp_container() -> str:
    return (
        f'{_XML}<ocf:container xmlns:ocf="urn:oasis:names:tc:opendocument:xmlns:container">'
        '<ocf:rootfiles><ocf:rootfile full-path="Contents/content.hpf" media-type="application/hwpml-package+xml"/>'
        "</ocf:rootfiles></ocf:container>"
    )


def _hwp_package(text: Text) -> str:
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


def _hwp_header() -> str:
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


def _hwp_page_setup() -> str:
    return (
        '<hp:p id="0" paraPrIDRef="0" styleIDRef="0" pageBreak="0" columnBreak="0" merged="0"><hp:run charPrIDRef="0">'
        '<hp:secPr id="" textDirection="HORIZONTAL" spaceColumns="1134" tabStop="8000" outlineShapeIDRef="0" '
        'memoShapeIDRef="0" textVerticalWidthHead="0" masterPageCnt="0">'
        '<hp:pagePr landscape="WIDELY" width="59528" height="84188" gutterType="LEFT_ONLY">'
        '<hp:margin header="4252" footer="4252" gutter="0" left="8504" right="8504" top="5668" bottom="4252"/>'
        "</hp:pagePr></hp:secPr></hp:run></hp:p>"
    )


def _hwp_paragraph(text: str, *, style: int = 0, shape: int = 0, char: int = 0) -> str:
    return (
        f'<hp:p id="0" paraPrIDRef="{shape}" styleIDRef="{style}" pageBreak="0" columnBreak="0" merged="0">'
        f'<hp:run charPrIDRef="{char}"><hp:t>{escape(text)}</hp:t></hp:run></hp:p>'
    )


def _hwp_table(rows: Sequence[Sequence[str]], number: int) -> str:
    columns = max(len(row) for row in rows)
    width = _TEXT_WIDTH // columns
    body: list[str] = []
    for down, row in enumerate(rows):
        cells = "".join(
            f'<hp:tc name="" header="{int(down == 0)}" hasMargin="0" protect="0" editable="0" dirty="0" '
            'borderFillIDRef="2"><hp:subList id="" textDirection="HORIZONTAL" lineWrap="BREAK" vertAlign="CENTER" '
            'linkListIDRef="0" linkListNextIDRef="0" textWidth="0" textHeight="0" hasTextRef="0" hasNumRef="0">'
            f'{_hwp_paragraph(cell)}</hp:subList><hp:cellAddr colAddr="{across}" rowAddr="{down}"/>'
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


# --- PDF ---------------------------------------------------------------------------------------

_REGULAR, _BOLD = "NanumGothic", "NanumGothicBold"
_MARGIN = 56.0
_BODY_SIZE = 10.0
_HEADING_SIZES = {1: 18.0, 2: 14.0, 3: 12.5}
_TABLE_SIZES = (9.0, 8.0, 7.5, 7.0)
_CELL_PADDING = 7.0
_INDENTS = {"ㅇ": 12.0, "-": 24.0, "*": 30.0, "※": 12.0}


def write_pdf(text: Text) -> bytes:
    """A4 pages with an embedded Korean font, ruled tables and page numbers."""
    _register_fonts()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1, pageCompression=0, lang="ko" if text.korean else "en")
    canvas.setTitle(text.title)
    canvas.setAuthor(str(text.fields["publisher"]))
    canvas.setCreator("annae corpus")
    layout = _PdfLayout(canvas)
    outlined = _outlined(text)
    for part in parts(text.body):
        if part.kind == "heading":
            size = _HEADING_SIZES.get(part.level, 12.5)
            layout.paragraph(part.text, _BOLD, size, 0.0, before=size * 0.8)
        elif part.kind == "table":
            layout.table(part.rows)
        else:
            bulleted = part.kind == "item" and not outlined
            line = f"• {part.text}" if bulleted else _line(part, outlined)
            indent = 10.0 * part.level if bulleted else _INDENTS.get(line[0], 0.0)
            layout.paragraph(line, _REGULAR, _BODY_SIZE, indent, before=3.0)
    layout.end_page()
    canvas.save()
    return buffer.getvalue()


def _register_fonts() -> None:
    # The package is found without importing it: importing it would load matplotlib.
    spec = importlib.util.find_spec("koreanize_matplotlib")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("koreanize-matplotlib: it brings the Korean font. Install the dev dependencies")
    for name in (_REGULAR, _BOLD):
        # Anew for each file: a font remembers the characters of the file before.
        pdfmetrics.registerFont(TTFont(name, str(Path(spec.origin).parent / "fonts" / f"{name}.ttf")))


class _PdfLayout:
    def __init__(self, canvas: Any) -> None:
        self._canvas = canvas
        self._width, self._height = A4
        self._number = 1
        self._y = self._height - _MARGIN

    def paragraph(self, text: str, font: str, size: float, indent: float, *, before: float) -> None:
        self._y -= before
        lines = _wrapped(text, _measure(font, size), self._width - 2 * _MARGIN - indent)
        for line in lines:
            self._make_room(size * 1.5)
            self._canvas.setFont(font, size)
            self._canvas.drawString(_MARGIN + indent, self._y - size, line)
            self._y -= size * 1.5

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        """Rows drawn line by line across the columns; the letters shrink before a cell has to wrap."""
        room = self._width - 2 * _MARGIN
        columns = max(len(row) for row in rows)
        for size in _TABLE_SIZES:
            measure = _measure(_BOLD, size)
            natural = [
                max(measure(row[column]) if column < len(row) else 0.0 for row in rows) + 2 * _CELL_PADDING + 2
                for column in range(columns)
            ]
            if sum(natural) <= room:
                break
        widths = _fitted(natural, room)
        self._y -= 4
        for number, row in enumerate(rows):
            font = _BOLD if number == 0 else _REGULAR
            cells = [
                _wrapped(cell, _measure(font, size), width - 2 * _CELL_PADDING)
                for cell, width in zip(row, widths, strict=False)
            ]
            lines = max((len(cell) for cell in cells), default=1) or 1
            height = lines * size * 1.4 + 6
            self._make_room(height)
            self._canvas.setFont(font, size)
            for line in range(lines):
                left = _MARGIN
                for cell, width in zip(cells, widths, strict=False):
                    if line < len(cell):
                        self._canvas.drawString(left + _CELL_PADDING, self._y - 3 - size * (1 + line * 1.4), cell[line])
                    left += width
            left = _MARGIN
            for width in widths:
                self._canvas.rect(left, self._y - height, width, height, stroke=1, fill=0)
                left += width
            self._y -= height
        self._y -= 6

    def end_page(self) -> None:
        self._canvas.setFont(_REGULAR, 8)
        self._canvas.drawCentredString(self._width / 2, _MARGIN / 2, f"- {self._number} -")
        self._canvas.showPage()

    def _make_room(self, height: float) -> None:
        if self._y - height < _MARGIN:
            self.end_page()
            self._number += 1
            self._y = self._height - _MARGIN


def _measure(font: str, size: float) -> Callable[[str], float]:
    return lambda text: float(pdfmetrics.stringWidth(text, font, size))


def _fitted(natural: Sequence[float], room: float) -> list[float]:
    """Column widths within ``room``: narrow columns keep theirs, the wide ones share what is left."""
    widths = list(natural)
    if sum(widths) <= room:
        return widths
    wide: set[int] = set(range(len(widths)))
    while True:
        left = room - sum(widths[column] for column in range(len(widths)) if column not in wide)
        fitting = {column for column in wide if widths[column] <= left / len(wide)}
        if not fitting or fitting == wide:
            break
        wide -= fitting
    total = sum(widths[column] for column in wide)
    return [left * width / total if column in wide else width for column, width in enumerate(widths)]


# --- The whole corpus --------------------------------------------------------------------------

_WRITERS: dict[str, Callable[[Text], bytes]] = {
    "pdf": write_pdf,
    "docx": write_docx,
    "hwpx": write_hwpx,
    "html": write_html,
    "md": write_markdown,
    "txt": write_plain_text,
}


def build(texts: Sequence[Text]) -> dict[str, bytes]:
    """Every file of the corpus by its path under ``corpus/``: the documents and their manifest."""
    files = {f"documents/{text.file_name}": _WRITERS[text.fields["format"]](text) for text in texts}
    entries = []
    for text in texts:
        entry = {name: text.fields[name] for name in _MANIFEST_FIELDS}
        entry["published"] = None if entry["published"] is None else str(entry["published"])
        entries.append({"file": f"documents/{text.file_name}", **entry})
    files["manifest.yaml"] = yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=1000).encode()
    return files


def main(arguments: Sequence[str] | None = None, *, folder: Path = _FOLDER) -> int:
    """Write the corpus, or with ``--check`` only compare; exit code 1 means that something differs."""
    parser = argparse.ArgumentParser(prog="python -m corpus.build", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare without writing; exit with 1 on a difference")
    check = parser.parse_args(arguments).check
    files = build(read_texts(folder / "texts"))
    documents = folder / "documents"
    stale = sorted(path for path in documents.glob("*") if f"documents/{path.name}" not in files)
    differences = len(stale)
    for path in stale:
        print(f"stale    {path.name}")
        if not check:
            path.unlink()
    for name, content in files.items():
        path = folder / name
        same = path.is_file() and path.read_bytes() == content
        differences += not same
        print(f"{'same' if same else 'differs' if check else 'written':8} {name} ({len(content):,} bytes)")
        if not same and not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    return 1 if check and differences else 0


if __name__ == "__main__":
    sys.exit(main())
