"""``annae terms``: what it prints, where, with which exit code, and what a running server makes of it."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hashing_embedder import HashingEmbedder
from typer.testing import CliRunner, Result

from assistant.cli import app
from assistant.ingest.pipeline import IngestReport
from assistant.settings import Settings
from assistant.text.term_check import read_rows_file
from assistant.text.termbase import COLUMNS, Termbase
from assistant.workspace import Workspace

_HEADER = ",".join(COLUMNS)
_SOUND = f"{_HEADER}\nfund,가나기금,Gana Fund,GNF,unofficial,,\nplace,다라시,Dara City,,unofficial,,\n"
_BROKEN = f"{_HEADER}\nfund,가나기금,Gana Fund,,official,,\nfund,가나 기금,or more,,unofficial,,\nfnud,다라기금,,,unofficial,,\n"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def terms(*arguments: str | Path, data: Path) -> Result:
    return CliRunner().invoke(app, ["terms", *map(str, arguments), "--data-dir", str(data)])


def _file(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "mine.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("command", ["check", "export", "import", "add", "candidates"])
def test_every_command_explains_itself(command: str) -> None:
    assert command in CliRunner().invoke(app, ["terms", "--help"]).stdout
    shown = CliRunner().invoke(app, ["terms", command, "--help"])
    assert shown.exit_code == 0
    assert "--data-dir" in shown.stdout


# --- check ---


def test_the_bundled_termbase_passes_and_nothing_is_made(data: Path) -> None:
    result = terms("check", data=data)
    assert result.exit_code == 0, result.stdout
    assert result.stdout == ""
    assert "0 problems" in result.stderr
    assert not data.exists()


def test_problems_are_named_a_line_each_and_the_exit_code_is_1(tmp_path: Path, data: Path) -> None:
    result = terms("check", _file(tmp_path, _BROKEN), data=data)
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert [line.split(":")[0] for line in lines] == ["line 2", "line 3", "line 3", "line 4", "line 4"]
    assert "3 entries, 5 problems" in result.stderr


@pytest.mark.parametrize("content", [None, "kind,ko\n"])
def test_a_file_that_is_no_termbase_is_wrong_use(tmp_path: Path, data: Path, content: str | None) -> None:
    file = tmp_path / "none.csv" if content is None else _file(tmp_path, content)
    for command in ("check", "import"):
        result = terms(command, file, data=data)
        assert result.exit_code == 2
        assert str(file) in result.stderr
    assert not data.exists()


# --- import and export ---


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_what_is_imported_is_in_effect(tmp_path: Path, data: Path, encoding: str) -> None:
    result = terms("import", _file(tmp_path, _SOUND, encoding), data=data)
    assert result.exit_code == 0, result.stderr
    assert "2 entries in effect" in result.stdout
    assert [item.name for item in data.iterdir()] == ["termbase.csv"]
    with Workspace(Settings(data_dir=data), HashingEmbedder()) as workspace:
        assert [match.term.name("en") for match in workspace.termbase.find("가나기금과 Dara City")] == [
            "Gana Fund",
            "Dara City",
        ]


def test_a_file_with_problems_is_refused_with_all_of_them_and_the_old_one_stays(tmp_path: Path, data: Path) -> None:
    assert terms("import", _file(tmp_path, _SOUND), data=data).exit_code == 0
    before = (data / "termbase.csv").read_bytes()
    result = terms("import", _file(tmp_path, _BROKEN), data=data)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.count("line ") >= 5
    assert "nothing was imported" in result.stderr
    assert (data / "termbase.csv").read_bytes() == before


def test_a_file_without_entries_is_refused(tmp_path: Path, data: Path) -> None:
    result = terms("import", _file(tmp_path, f"{_HEADER}\n"), data=data)
    assert result.exit_code == 1
    assert "no entries" in result.stderr
    assert not data.exists()


def test_export_edit_import_is_a_round_trip(tmp_path: Path, data: Path) -> None:
    file = tmp_path / "out" / "terms.csv"
    assert terms("export", file, data=data).exit_code == 0
    # The mark by which spreadsheets know UTF-8.
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    assert Termbase.load(file).terms == Termbase.load().terms
    assert terms("import", file, data=data).exit_code == 0
    again = tmp_path / "again.csv"
    assert terms("export", again, data=data).exit_code == 0
    assert again.read_bytes() == file.read_bytes()


def test_a_file_that_cannot_be_written_is_wrong_use(tmp_path: Path, data: Path) -> None:
    (tmp_path / "folder").mkdir()
    result = terms("export", tmp_path / "folder", data=data)
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr


# --- add ---


@pytest.mark.parametrize("bars", [False, True])
def test_an_entry_is_added_to_the_ones_in_effect(data: Path, bars: bool) -> None:
    forms = ["--ko", "가나기금|가나펀드"] if bars else ["--ko", "가나기금", "--ko", "가나펀드"]
    official = ["--official", "--source", "its own site"]
    result = terms("add", *forms, "--en", "Gana Fund", "--abbr", "GNF", "--kind", "fund", *official, data=data)
    assert result.exit_code == 0, result.stderr
    rows = read_rows_file(data / "termbase.csv")
    assert len(rows) == len(Termbase.load().terms) + 1
    assert rows[-1].cells == ("fund", "가나기금|가나펀드", "Gana Fund", "GNF", "official", "its own site", "")
    assert terms("check", data=data).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--ko", "국토교통부", "--en", "some ministry"], "국토교통부"),
        (["--ko", "가나기금", "--en", "MOLIT"], "MOLIT"),
        (["--ko", "가나기금", "--en", "Gana Fund", "--official"], "source"),
        (["--ko", "가나기금", "--en", "Gana Fund", "--kind", "fnud"], "fnud"),
        (["--ko", "가나기금", "--en", "up to"], "up to"),
        (["--ko", " ", "--en", "Gana Fund"], "Korean"),
    ],
)
def test_an_entry_with_problems_is_refused(data: Path, arguments: list[str], told: str) -> None:
    result = terms("add", *arguments, data=data)
    assert result.exit_code == 1
    assert told in result.stderr
    assert "nothing was added" in result.stderr
    assert not data.exists()


def test_an_entry_needs_both_languages(data: Path) -> None:
    assert terms("add", "--ko", "가나기금", data=data).exit_code == 2
    assert terms("add", "--en", "Gana Fund", data=data).exit_code == 2


# --- candidates ---


@pytest.fixture
def filled(data: Path, tmp_path: Path) -> Path:
    papers = tmp_path / "papers"
    papers.mkdir()
    (papers / "계획.txt").write_text("□ 가람물순환기금(GWCF)을 조성\n\n□ 국토교통부(MOLIT)가 맡음\n", encoding="utf-8")
    (papers / "plan.txt").write_text("The Garam Water Cycle Fund (GWCF) lends to companies.\n", encoding="utf-8")
    with Workspace(Settings(data_dir=data), HashingEmbedder()) as workspace:
        report = IngestReport()
        for _ in workspace.pipeline.ingest([papers], report):
            pass
        assert not report.failures
    return data


def test_candidates_of_the_documents_are_listed(filled: Path) -> None:
    shown = terms("candidates", data=filled)
    assert shown.exit_code == 0, shown.stderr
    assert "가람물순환기금 = Garam Water Cycle Fund = GWCF" in shown.stdout
    listed = json.loads(terms("candidates", "--json", data=filled).stdout)
    assert len(listed) == 1
    assert listed[0]["example"]
    assert {name: listed[0][name] for name in ("ko", "en", "abbr", "count", "known_as")} == {
        "ko": "가람물순환기금",
        "en": "Garam Water Cycle Fund",
        "abbr": "GWCF",
        "count": 2,
        "known_as": "",
    }


def test_a_candidate_that_was_added_is_no_candidate_any_more(filled: Path) -> None:
    added = terms("add", "--ko", "가람물순환기금", "--en", "Garam Water Cycle Fund", "--abbr", "GWCF", data=filled)
    assert added.exit_code == 0, added.stderr
    assert json.loads(terms("candidates", "--json", data=filled).stdout) == []


# --- Live ---


def test_an_open_workspace_follows_an_import(filled: Path) -> None:
    with Workspace(Settings(data_dir=filled), HashingEmbedder()) as workspace:
        builder = workspace.retriever.query_builder
        question = "물나라기금은 어디에 있나요?"

        def english() -> set[str]:
            return {a.text for concept in builder.build(question).concepts for a in concept.alternatives["en"]}

        assert "Watershed Reserve" not in english()
        # A writer's lock is not needed: the server that runs holds it.
        with workspace.writing():
            added = terms("add", "--ko", "물나라기금", "--en", "Watershed Reserve", data=filled)
        assert added.exit_code == 0, added.stderr
        end = time.monotonic() + 30
        while "Watershed Reserve" not in english() and time.monotonic() < end:
            time.sleep(0.2)
        assert "Watershed Reserve" in english()
