from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def formats() -> Path:
    """Real office files, which are not part of the repository."""
    folder = Path(__file__).parents[3].parent / "shared" / "formats"
    if not folder.is_dir():
        pytest.skip("the folder with real office files is not there")
    return folder
