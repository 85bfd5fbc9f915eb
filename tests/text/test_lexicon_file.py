"""What the loader makes of lexicon files that are not as it expects."""

import gzip
import json
from pathlib import Path

import pytest

from assistant.errors import ConfigurationError
from assistant.text.lexicon import FORMAT, Lexicon


def _file(folder: Path, content: object) -> Lexicon:
    path = folder / "lexicon.json.gz"
    path.write_bytes(gzip.compress(json.dumps(content).encode()))
    return Lexicon(path)


def _about(layout: int) -> dict[str, object]:
    return {"format": layout, "version": 7, "inputs_sha256": "0123456789abcdef"}


def test_a_file_tells_its_version_and_translates(tmp_path: Path) -> None:
    lexicon = _file(tmp_path, {"about": _about(FORMAT), "ko": {"기금": [["fund", 0.9]]}, "en": {}})
    assert lexicon.version == "7+01234567"
    assert lexicon.translations("기금", "ko") == [["fund", 0.9]]
    assert lexicon.translations("은행", "ko") == []


@pytest.mark.parametrize(
    "content", [{"about": _about(FORMAT + 1), "ko": {}, "en": {}}, {"ko": {}, "en": {}}], ids=["newer", "older"]
)
def test_another_layout_is_refused_with_the_remedy(tmp_path: Path, content: object) -> None:
    with pytest.raises(ConfigurationError, match=rf"reads format {FORMAT}.*training\.lexicon"):
        _file(tmp_path, content).translations("기금", "ko")


@pytest.mark.parametrize(
    "content", [[], {"about": _about(FORMAT), "ko": {}}, {"about": 3}], ids=["list", "half", "number"]
)
def test_a_file_of_something_else_is_refused_by_name(tmp_path: Path, content: object) -> None:
    with pytest.raises(ConfigurationError, match=r"lexicon\.json\.gz: no readable lexicon"):
        _file(tmp_path, content).translations("기금", "ko")


def test_a_damaged_or_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    lexicon = _file(tmp_path, {"about": _about(FORMAT), "ko": {}, "en": {}})
    path = tmp_path / "lexicon.json.gz"
    whole = path.read_bytes()
    for damaged in (b"", b"no gzip", whole[: len(whole) // 2], whole[:12] + b"\xff" * 8 + whole[20:]):
        path.write_bytes(damaged)
        with pytest.raises(ConfigurationError, match="no readable lexicon"):
            Lexicon(path).translations("기금", "ko")
    path.unlink()
    with pytest.raises(ConfigurationError, match="FileNotFoundError"):
        lexicon.translations("기금", "ko")
