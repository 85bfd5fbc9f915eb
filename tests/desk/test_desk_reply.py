"""A reply says of each source what its reader must know before trusting it, in every form in which it leaves the desk."""

from __future__ import annotations

import io
from datetime import date

import docx
import pypdfium2
import pytest

from assistant.contract.citations import CitationModel
from assistant.desk.contract.drafts import CheckedClaim, DraftModel
from assistant.desk.reply import Reply, as_email, as_text, reply_of
from assistant.desk.reply_docx import as_docx
from assistant.desk.reply_pdf import as_pdf
from assistant.types import AnswerStatus, Language

RECOGNISED = {"ko": "문자 인식(OCR)으로 읽음, 신뢰도 93%", "en": "read by OCR, 93% sure"}
OLDER = {"ko": "이전 판(제2판)", "en": "older version (no. 2)"}


def replied(language: Language, *, sure: float | None = None, older: int | None = None) -> Reply:
    citation = CitationModel(
        number=1,
        document_id="d1",
        chunk_id="c1",
        title="Harbour fund",
        publisher="Harbour Office",
        published="2026-11",
        language="en",
        page=3,
        section=[],
        quote="The fund invests in ten ports.",
        start=0,
        end=30,
        url="/documents/d1?page=3&start=0&end=30#cited",
        older_version=older,
        ocr_confidence=sure,
    )
    text = "The fund invests in ten ports."
    claim = CheckedClaim(text=text, citations=[1], check="supported", reasons=[], explanation={}, edited=False)
    draft = DraftModel(
        language=language,
        question="?",
        status=AnswerStatus.ANSWERED,
        mode="extractive",
        as_of=date(2026, 11, 22),
        text=f"{text} [1]",
        claims=[claim],
        citations=[citation],
        notices=[],
    )
    return reply_of(draft, "?", "AAAA-BBBB", approved=True)


def forms(reply: Reply) -> list[str]:
    """The words of a reply as text, e-mail, DOCX and PDF, without blanks."""
    in_word = "".join(paragraph.text for paragraph in docx.Document(io.BytesIO(as_docx(reply))).paragraphs)
    read = pypdfium2.PdfDocument(as_pdf(reply))
    in_pdf = "".join(page.get_textpage().get_text_range() for page in read)
    read.close()
    return ["".join(form.split()) for form in (as_text(reply), as_email(reply, "AAAA-BBBB"), in_word, in_pdf)]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_source_read_from_a_picture_or_of_an_older_version_is_marked_in_every_form(language: Language) -> None:
    for form in forms(replied(language, sure=0.931, older=2)):
        assert "".join(RECOGNISED[language].split()) in form
        assert "".join(OLDER[language].split()) in form


@pytest.mark.parametrize("language", ["ko", "en"])
def test_any_other_source_is_not(language: Language) -> None:
    for form in forms(replied(language)):
        assert "OCR" not in form
        assert "".join(OLDER[language].split())[:4] not in form
