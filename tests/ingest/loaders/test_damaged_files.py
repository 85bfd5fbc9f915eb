"""Mutations of small valid files of every format: a result or an ``IngestError``, never anything else."""

from __future__ import annotations

import io
import random
from email.message import EmailMessage

import docx
import openpyxl
import pytest
from hwp5_samples import (
    COMPRESSED,
    DISTRIBUTION,
    NOTE_ANCHOR,
    TABLE_ANCHOR,
    control,
    hwp5,
    paragraph,
    paragraph_list,
    table,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from loader_samples import hwp_paragraph, hwpx, make_source, texts, zipped
from test_pdf_loader import make_pdf, written
from test_pdf_tables import ruled

from assistant.errors import IngestError
from assistant.ingest.loaders import expand, load_document
from assistant.ingest.loaders.pdf import loader as pdf_loader


def _docx() -> bytes:
    document = docx.Document()
    document.add_heading("해외진출 지원", 1)
    document.add_paragraph("시장개척자금을 지원합니다.")
    document.add_table(2, 2).cell(0, 0).text = "구분"
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _xlsx() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["구분", "값", 3.5])
    book.active.append(["펀드", "1.5조원", 4])
    book.active.merge_cells("A1:A2")
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _eml() -> bytes:
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["Date"] = "공고 송부", "a@example.org", "Fri, 15 Jan 2027 09:00:00 +0900"
    mail.set_content("공고문을 보냅니다.")
    mail.add_attachment("붙임 내용", filename="붙임.txt")
    return mail.as_bytes()


def _hwp(flags: int) -> bytes:
    cells = [(0, 0, 1, 1, "구분"), (0, 1, 1, 1, "값"), (1, 0, 1, 1, "펀드"), (1, 1, 1, 1, "1.5조원")]
    note = control("fn  ", 1, bytes(8)) + paragraph_list(2, "각주")
    return hwp5(
        paragraph(f"공고{NOTE_ANCHOR}", controls=note) + paragraph(TABLE_ANCHOR, controls=table(1, cells)), flags=flags
    )


HTML = (
    "<!doctype html><html><body><h1>공고</h1><table><tr><td>구분</td><td>값</td></tr></table><p>본문</p></body></html>"
)
FILES = {
    "a.hwp": _hwp(0),
    "packed.hwp": _hwp(COMPRESSED),
    "locked.hwp": _hwp(COMPRESSED | DISTRIBUTION),
    "a.hwpx": hwpx(hwp_paragraph("공고") * 3),
    "a.docx": _docx(),
    "a.xlsx": _xlsx(),
    "a.pdf": make_pdf(written("공고문"), ruled),
    "a.eml": _eml(),
    "a.zip": zipped({"a.txt": "하나", "b.html": HTML}),
    "a.html": HTML.encode(),
    "a.md": "# 공고\n\n| 구분 | 값 |\n|---|---|\n| 펀드 | 1.5조원 |\n".encode(),
    "a.txt": "공고\n□ 펀드 조성\n".encode(),
}


@pytest.fixture(autouse=True)
def _without_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_loader, "ocr_languages", tuple)


def survives(name: str, content: bytes) -> None:
    try:
        parts = expand(make_source(name, content))
    except IngestError:
        return
    for part in parts:
        try:
            assert any(texts(load_document(part)))
        except IngestError:
            continue


def mutated(content: bytes, seed: int) -> bytes:
    """One damage of a kind that ``seed`` chooses: bits flipped, cut short, a piece gone, doubled, zeroed or replaced."""
    dice = random.Random(seed)
    data = bytearray(content)
    place, length = dice.randrange(len(data)), dice.choice([1, 2, 4, 16, 64, 512])
    match dice.randrange(6):
        case 0:
            for _ in range(dice.choice([1, 3, 30])):
                data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
        case 1:
            del data[place:]
        case 2:
            del data[place : place + length]
        case 3:
            data[place:place] = data[place : place + length]
        case 4:
            data[place : place + length] = bytes(len(data[place : place + length]))
        case _:
            data[place : place + length] = dice.randbytes(length)
    return bytes(data)


@pytest.mark.parametrize("name", FILES)
def test_the_whole_file_is_read_and_its_halves_are_survived(name: str) -> None:
    (first, *_) = expand(make_source(name, FILES[name]))
    assert texts(load_document(first))
    for share in (1, 3, 7, 9):
        survives(name, FILES[name][: len(FILES[name]) * share // 10])


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=40)
@given(seed=st.integers(0, 2**32))
def test_a_damaged_file_gives_a_result_or_a_reason(name: str, seed: int) -> None:
    survives(name, mutated(FILES[name], seed))


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("called", ["x.hwp", "x.pdf", "x.txt", "x.eml", "x"])
def test_a_wrong_extension_changes_nothing(name: str, called: str) -> None:
    if name.endswith((".md", ".txt")) or (name == "a.html"):
        survives(called, FILES[name])
        return
    right = [texts(load_document(part)) for part in expand(make_source(name, FILES[name]))]
    assert [texts(load_document(part)) for part in expand(make_source(called, FILES[name]))] == right


def test_records_of_random_bytes_are_survived() -> None:
    for seed in range(60):
        survives("a.hwp", hwp5(random.Random(seed).randbytes(400), flags=0))
