"""What docs/formats.md promises, held file by file: text that is kept, and cells in their places."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.ingest.loaders import load_document
from assistant.types import SourceFile
from benchmarks.formats import MAKERS, RAW, hangul, measure_tables, readable_files, tables_workbook


def _share_kept(path: Path) -> float:
    content = path.read_bytes()
    wanted = hangul(RAW[path.suffix.lower()](content))
    document = load_document(SourceFile(path, path.name, content, ""))
    found = hangul("\n".join(line.text for page in document.pages for line in page.lines))
    return (wanted & found).total() / wanted.total() if wanted else 1.0


@pytest.mark.parametrize("path", readable_files(), ids=lambda path: path.name)
def test_ninety_nine_of_a_hundred_syllables_are_kept(path: Path) -> None:
    assert _share_kept(path) >= 0.99


def test_a_workbook_keeps_all_its_sheets(tmp_path: Path) -> None:
    assert _share_kept(tables_workbook(tmp_path)) == 1


def test_cells_stand_in_their_row_and_column_in_every_format() -> None:
    scores = {label: right / total for label, (right, total, _) in measure_tables(3).items() if label in MAKERS}
    assert scores.keys() == MAKERS.keys()
    assert {label: share for label, share in scores.items() if share < 0.98} == {}
