from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import ConfigurationError
from assistant.ingest.manifest import MANIFEST_NAME, read_manifest
from assistant.ingest.metadata import Metadata, parse_period
from assistant.types import DocumentKind


def _write(folder: Path, text: str) -> Path:
    (folder / MANIFEST_NAME).write_text(text, encoding="utf-8")
    return folder


def test_a_folder_without_a_manifest_has_none(tmp_path: Path) -> None:
    assert read_manifest(tmp_path) is None


def test_every_key_of_an_entry_is_read(tmp_path: Path) -> None:
    entry = (
        "- file: 공고/notice.pdf\n  title: 지원 공고\n  publisher: 국토교통부\n  published: 2026-H1\n"
        "  language: ko\n  kind: tender_notice\n  url: https://example.org/1\n  sample: true\n"
    )
    assert read_manifest(_write(tmp_path, entry)) == {
        "공고/notice.pdf": Metadata(
            "지원 공고",
            "국토교통부",
            parse_period("2026-H1"),
            "ko",
            DocumentKind.TENDER_NOTICE,
            "https://example.org/1",
        )
    }


@pytest.mark.parametrize("published", ["2026-03-02", "'2026-03-02'", "2026", "2026-03"])
def test_dates_may_be_written_with_or_without_quotes(tmp_path: Path, published: str) -> None:
    manifest = read_manifest(_write(tmp_path, f"- file: a.txt\n  published: {published}\n"))
    assert manifest is not None
    assert manifest["a.txt"].published == parse_period(published.strip("'"))


def test_what_an_entry_leaves_out_is_unknown(tmp_path: Path) -> None:
    assert read_manifest(_write(tmp_path, "- file: a.txt\n")) == {"a.txt": Metadata()}


def test_an_unknown_key_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"a\.txt.*publshed"):
        read_manifest(_write(tmp_path, "- file: a.txt\n  publshed: 2026\n"))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("file: a.txt\n", "not a list"),
        ("- title: no file\n", "names no file"),
        ("- just a string\n", "names no file"),
        ("- file: [unclosed\n", "not YAML"),
        ("- file: a.txt\n  published: next spring\n", "next spring"),
        ("- file: a.txt\n  kind: poem\n", "poem"),
        ("- file: a.txt\n  language: fr\n", "fr"),
        ("- file: a.txt\n  title: 2026\n", "title"),
        ("- file: a.txt\n- file: a.txt\n", "twice"),
    ],
)
def test_a_wrong_manifest_is_refused_with_the_reason(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(ConfigurationError, match=named):
        read_manifest(_write(tmp_path, text))


def test_a_manifest_that_is_no_utf8_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / MANIFEST_NAME).write_bytes("- file: 가.txt\n".encode("cp949"))
    with pytest.raises(ConfigurationError, match=MANIFEST_NAME):
        read_manifest(tmp_path)
