"""``annae ask`` says of a page that was read from a picture that it was, and how sure the reading is."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas
from typer.testing import CliRunner

from assistant.cli import app
from assistant.ingest.loaders.pdf import render_page
from assistant.ingest.loaders.pdf.ocr import ocr_languages

pytestmark = pytest.mark.skipif("eng" not in ocr_languages(), reason="tesseract is not installed")

LINES = ("PIS fund", "The PIS fund will invest KRW 1.5 trillion in smart city projects.")


def _scan() -> Image.Image:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.setFont("Helvetica", 14)
    for row, line in enumerate(LINES):
        canvas.drawString(72, 760 - 40 * row, line)
    canvas.save()
    return Image.open(io.BytesIO(render_page(buffer.getvalue(), 1, dots_per_inch=200))).convert("L")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    papers, folder = tmp_path_factory.mktemp("papers"), tmp_path_factory.mktemp("data")
    _scan().save(papers / "scan.pdf", "PDF", resolution=200)
    (papers / "typed.md").write_text("# Guarantees\n\nThe agency guarantees half of a loan.\n", encoding="utf-8")
    done = CliRunner().invoke(app, ["ingest", str(papers), "--data-dir", str(folder)])
    assert done.exit_code == 0, done.output
    return folder


@pytest.mark.parametrize(
    ("question", "mark"),
    [
        ("How much will the PIS fund invest?", r"page 1, read by OCR, \d+% sure\)"),
        ("PIS 펀드는 얼마를 투자하나요?", r"1쪽, 문자 인식\(OCR\)으로 읽음, 신뢰도 \d+%\)"),
    ],
)
def test_a_source_that_was_read_from_a_picture_is_marked(data: Path, question: str, mark: str) -> None:
    told = CliRunner().invoke(app, ["ask", question, "--data-dir", str(data)])
    assert told.exit_code == 0, told.output
    assert "[1] " in told.stdout
    assert re.search(mark, told.stdout)


def test_a_source_that_was_written_is_not(data: Path) -> None:
    question = "What share of a loan does the agency guarantee?"
    told = CliRunner().invoke(app, ["ask", question, "--data-dir", str(data)])
    assert "(page 1)" in told.stdout
    assert "OCR" not in told.stdout
