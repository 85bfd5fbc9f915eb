"""A reply as a Word file."""

from __future__ import annotations

import io
import re

from assistant.desk.messages import message
from assistant.desk.reply import Reply

# XML 1.0 has no place for these; a document's text may still hold them.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_docx(reply: Reply) -> bytes:
    """The bytes of a DOCX with the question, the answer and the list of sources."""
    from docx import Document

    document = Document()
    document.core_properties.title = _clean(reply.title)
    document.core_properties.author = ""
    document.add_heading(_clean(reply.title), level=1)
    if reply.mark:
        document.add_paragraph().add_run(_clean(reply.mark)).bold = True
    document.add_paragraph(_clean(f"{reply.reference} · {reply.as_of}"))
    document.add_heading(message(reply.language, "reply_question"), level=2)
    document.add_paragraph(_clean(reply.question))
    document.add_heading(message(reply.language, "reply_answer"), level=2)
    for sentence in reply.sentences:
        document.add_paragraph(_clean(sentence))
    if reply.sources:
        document.add_heading(message(reply.language, "reply_sources"), level=2)
        for source in reply.sources:
            document.add_paragraph(_clean(source.label))
            document.add_paragraph(_clean(f"“{source.quote}”"), style="Quote")
    document.add_paragraph(_clean(reply.closing))
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text)
