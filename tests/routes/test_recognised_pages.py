"""What rests on a page that was read from a picture says so, with its confidence, wherever it is shown."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from hashing_embedder import HashingEmbedder
from PIL import Image
from reportlab.pdfgen.canvas import Canvas
from routes_parts import chat
from starlette.testclient import TestClient

from assistant.api import create_app
from assistant.ingest.loaders.pdf import render_page
from assistant.ingest.loaders.pdf.ocr import ocr_languages
from assistant.ingest.pipeline import IngestReport
from assistant.service import build_assistant
from assistant.settings import Settings
from assistant.workspace import Workspace

pytestmark = pytest.mark.skipif("eng" not in ocr_languages(), reason="tesseract is not installed")

QUESTION = "How much will the overseas city fund invest?"


def _written() -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.setFont("Helvetica", 14)
    canvas.drawString(72, 760, "Overseas city fund")
    canvas.drawString(72, 720, "The overseas city fund will invest 300 million dollars in ten cities.")
    canvas.save()
    return buffer.getvalue()


@pytest.fixture(scope="module")
def scans(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    papers = tmp_path_factory.mktemp("papers")
    picture = Image.open(io.BytesIO(render_page(_written(), 1, dots_per_inch=200))).convert("L")
    picture.save(papers / "scan.pdf", "PDF", resolution=200)
    (papers / "typed.md").write_text("# Guarantees\n\nThe agency guarantees half of a loan.\n", encoding="utf-8")
    with Workspace(Settings(data_dir=tmp_path_factory.mktemp("data")), HashingEmbedder()) as workspace:
        report = IngestReport()
        for _ in workspace.pipeline.ingest([Path(papers)], report):
            pass
        assert report.failures == []
        yield TestClient(create_app(build_assistant(workspace), workspace))


def test_a_citation_from_a_scan_carries_its_confidence(scans: TestClient) -> None:
    (citation, *_) = chat(scans, QUESTION)["citations"]
    assert "300 million" in citation["quote"]
    assert 0.5 < citation["ocr_confidence"] <= 1


def test_a_citation_from_a_text_carries_none(scans: TestClient) -> None:
    (citation, *_) = chat(scans, "What share of a loan does the agency guarantee?")["citations"]
    assert "ocr_confidence" not in citation


@pytest.mark.parametrize(("language", "words"), [("en", "read by OCR"), ("ko", "문자 인식(OCR)으로 읽음")])
def test_the_plain_pages_say_it_in_the_readers_language(scans: TestClient, language: str, words: str) -> None:
    citation = chat(scans, QUESTION)["citations"][0]
    shown = scans.get(citation["url"].replace("#cited", f"&lang={language}"))
    assert words in shown.text
    assert words in scans.post(f"/?lang={language}", data={"question": QUESTION}).text
