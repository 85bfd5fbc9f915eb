"""A seeded share of the damaged files of ``benchmarks/fuzz.py``: no crash, no hang, and an outcome for each."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.ingest.loaders.pdf import loader as pdf_loader
from benchmarks.fuzz import fuzz


@pytest.mark.parametrize("first_seed", [0, 1_000_000])
def test_every_damaged_file_has_an_outcome(first_seed: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    # The recogniser is another program, with limits of its own; a pool that runs already may still find it.
    monkeypatch.setattr(pdf_loader, "ocr_languages", tuple)
    figures = fuzz(120, first_seed, timeout_seconds=60)
    assert figures["without_outcome"] == 0
    assert figures["fault_of_ours"] == 0
    assert figures["crashed"] == figures["over_time"] == 0
