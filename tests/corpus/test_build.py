from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest
import yaml

from assistant.ingest.loaders import load_document
from assistant.types import LineKind, SourceFile
from corpus import build
from corpus.source import Text, parts

ROOT = Path(__file__).parents[2]


TEXTS = build.read_texts(ROOT / "corpus" / "texts")


def first_of_each_format() -> list[Text]:
    return list({text.fields["format"]: text for text in reversed(TEXTS)}.values())


def test_rebuilding_gives_identical_bytes() -> None:
    texts = first_of_each_format()
    assert {text.fields["format"] for text in texts} == {"pdf", "docx", "hwpx", "html", "md", "txt"}
    first, second = build.build(texts), build.build(texts)
    assert [name for name in first if first[name] != second[name]] == []


def test_the_documents_in_the_repository_are_up_to_date() -> None:
    assert build.main(["--check"]) == 0


def test_check_reports_a_difference_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "texts").mkdir()
    source = next(path for path in (ROOT / "corpus" / "texts").glob("*.md") if "format: md" in path.read_text("utf-8"))
    shutil.copy(source, tmp_path / "texts")
    assert build.main(["--check"], folder=tmp_path) == 1
    assert not (tmp_path / "documents").exists()
    assert build.main([], folder=tmp_path) == 0
    assert build.main(["--check"], folder=tmp_path) == 0
    (tmp_path / "documents" / "old.md").write_text("x", "utf-8")
    assert build.main(["--check"], folder=tmp_path) == 1
    assert "stale    old.md" in capsys.readouterr().out


def test_the_manifest_lists_every_document_once() -> None:
    manifest = yaml.safe_load((ROOT / "corpus" / "manifest.yaml").read_text("utf-8"))
    names = [entry["file"] for entry in manifest]
    assert sorted(names) == sorted(f"documents/{path.name}" for path in (ROOT / "corpus" / "documents").iterdir())
    assert max(Counter(names).values()) == 1
    assert all({"title", "publisher", "published", "language", "kind", "sample"} <= entry.keys() for entry in manifest)


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.file_name)
def test_every_document_loads_with_all_its_words_and_nothing_else(text: Text) -> None:
    path = ROOT / "corpus" / "documents" / text.file_name
    document = load_document(SourceFile(path, path.name, path.read_bytes(), "x"))
    lines = [line for page in document.pages for line in page.lines if line.text]
    found = "".join(line.text for line in lines).replace(" ", "").replace("|", "")
    assert "publisher:" not in found
    for part in parts(text.body):
        if part.kind != "table" and text.fields["format"] not in ("txt", "pdf"):
            assert part.text.replace(" ", "").replace("|", "") in found
    if text.fields["format"] in ("docx", "hwpx", "html", "md"):
        tables = sum(part.kind == "table" for part in parts(text.body))
        assert sum(line.kind is LineKind.TABLE_HEADER for line in lines) == tables
    for chrome in ("저작권정책", "본문 바로가기", "Skip to content", "Privacy policy"):
        assert chrome not in found
