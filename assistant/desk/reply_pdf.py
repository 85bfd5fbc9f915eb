"""A reply as a PDF."""

from __future__ import annotations

import importlib.util
import io
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

from assistant.desk.messages import message
from assistant.desk.reply import Reply

_EMBEDDED = "NanumGothic"
# A font that PDF viewers bring for Korean; used where the package with the other is not installed.
_VIEWERS_OWN = "HYGothic-Medium"


def as_pdf(reply: Reply) -> bytes:
    """The bytes of an A4 PDF with the question, the answer and the list of sources; Korean needs no font of the reader's."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.lib.units import mm
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

    font = _font()
    body = ParagraphStyle("body", fontName=font, fontSize=10.5, leading=16, spaceAfter=4, wordWrap="CJK")
    title = ParagraphStyle("title", parent=body, fontSize=17, leading=24, spaceAfter=8)
    heading = ParagraphStyle("heading", parent=body, fontSize=12.5, leading=18, spaceBefore=10)
    quote = ParagraphStyle("quote", parent=body, fontSize=9.5, leading=14, leftIndent=6 * mm, textColor="#444444")

    def line(text: str, style: ParagraphStyle) -> Paragraph:
        # Reportlab reads tags: a document's text is not to be read as such.
        return Paragraph(escape(text), style)

    story = [line(reply.title, title)]
    if reply.mark:
        story.append(line(reply.mark, heading))
    story.append(line(f"{reply.reference} · {reply.as_of}", body))
    story += [line(message(reply.language, "reply_question"), heading), line(reply.question, body)]
    story.append(line(message(reply.language, "reply_answer"), heading))
    story += [line(sentence, body) for sentence in reply.sentences]
    if reply.sources:
        story.append(line(message(reply.language, "reply_sources"), heading))
        for source in reply.sources:
            story += [line(source.label, body), line(f"“{source.quote}”", quote)]
    story += [Spacer(1, 4 * mm), line(reply.closing, body)]
    buffer = io.BytesIO()
    margins = {"leftMargin": 22 * mm, "rightMargin": 22 * mm, "topMargin": 20 * mm, "bottomMargin": 20 * mm}
    SimpleDocTemplate(buffer, pagesize=A4, title=reply.title, invariant=True, **margins).build(story)
    return buffer.getvalue()


@cache
def _font() -> str:
    """Register a font with Korean letters and return its name; found without importing the package that carries it."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfbase.ttfonts import TTFont

    spec = importlib.util.find_spec("koreanize_matplotlib")
    file = Path(spec.origin).parent / "fonts" / f"{_EMBEDDED}.ttf" if spec and spec.origin else None
    if file is not None and file.is_file():
        pdfmetrics.registerFont(TTFont(_EMBEDDED, str(file)))
        return _EMBEDDED
    pdfmetrics.registerFont(UnicodeCIDFont(_VIEWERS_OWN))
    return _VIEWERS_OWN
