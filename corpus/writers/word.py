"""Word documents."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from corpus.source import Text, is_outlined, parts, written_line
from corpus.writers.stored_zip import stored_zip


def write_docx(text: Text) -> bytes:
    """Real heading styles, lists and tables with a marked header row."""
    document = docx.Document()
    document.core_properties.title = text.title
    document.core_properties.author = str(text.fields["publisher"])
    document.core_properties.comments = ""
    normal = document.styles["Normal"]
    normal.font.size = Pt(10.5)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "맑은 고딕")
    outlined = is_outlined(text)
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
            document.add_paragraph(written_line(part, outlined))
    _slim(document)
    buffer = io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as package:
        return stored_zip([(name, package.read(name)) for name in package.namelist()])


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
