"""A center's own set: taken from a spreadsheet, checked, drafted."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from assistant.ingest.pipeline import IngestReport
from assistant.workspace import Workspace
from evals.own_sets import completed, drafts, validate, write_set
from evals.own_tables import from_table, table_text
from evals.run import as_question, read_questions

TABLE = (
    "id,lang,question,must_contain,doc,evidence\n"
    'a-1,ko,한도는 얼마인가요?,2억|200 million;70%,guide,"한도는 2억원입니다."\n'
    "a-2,en,Who is the director?,,,\n"
)


def test_a_spreadsheet_becomes_a_set(tmp_path: Path) -> None:
    rows = [completed(row) for row in from_table(TABLE).rows]
    assert rows[0]["must_contain"] == [["2억", "200 million"], ["70%"]]
    assert rows[1]["expected_status"] == ["no_evidence"]
    assert validate(rows) == []
    path = tmp_path / "own.jsonl"
    write_set(rows, path)
    assert [row["id"] for row in read_questions([str(path)])] == ["a-1", "a-2"]
    with pytest.raises(FileExistsError):
        write_set(rows, path)


def test_an_excel_sheet_reads_like_its_csv(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["id", "lang", "question", "as_of", "profile"])
    book.active.append(["a-1", "en", "May we apply?", datetime(2026, 12, 1), '{"size": "sme", "years_in_business": 3}'])
    book.active.append(["a-2", "ko", "신청할 수 있나요?", None, None])
    book.save(tmp_path / "own.xlsx")
    first, second = (completed(row) for row in from_table(table_text(tmp_path / "own.xlsx")).rows)
    assert (first["as_of"], first["profile"]) == ("2026-12-01", {"size": "sme", "years_in_business": 3})
    assert (second["id"], second["question"], second["as_of"]) == ("a-2", "신청할 수 있나요?", None)
    assert validate([first, second]) == []
    assert as_question(first).profile == {"size": "sme", "years_in_business": 3}


def test_a_file_that_only_claims_to_be_a_sheet_is_named(tmp_path: Path) -> None:
    pytest.importorskip("openpyxl")
    (tmp_path / "own.xlsx").write_bytes(b"no sheet")
    with pytest.raises(ValueError, match=r"own\.xlsx"):
        table_text(tmp_path / "own.xlsx")


def test_a_table_without_questions_is_refused() -> None:
    with pytest.raises(ValueError, match="question"):
        from_table("id,lang\n1,ko\n")


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"lang": "fr"}, "neither ko nor en"),
        ({"question": ""}, "question is missing"),
        ({"must_contain": ["2억"]}, "list of lists"),
        ({"must_contain": []}, "needs key facts"),
        ({"expected_status": ["yes"]}, "expected status"),
        ({"as_of": "tomorrow"}, "not a date"),
        ({"profile": {"shoe_size": 42}}, "profile is not an object"),
        ({"colour": "red"}, "unknown fields"),
    ],
)
def test_what_is_wrong_is_named(change: dict[str, Any], problem: str) -> None:
    row = completed({"id": "a-1", "lang": "ko", "question": "한도는?", "must_contain": [["2억"]]}) | change
    found = validate([row])
    assert len(found) == 1
    assert problem in found[0]


def test_an_id_stands_once() -> None:
    row = completed({"id": "a-1", "lang": "ko", "question": "한도는?", "must_contain": [["2억"]]})
    assert validate([row, row]) == ["a-1: stands twice"]


def test_a_documents_records_are_asked_for_first(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "fair.md"
    path.write_text(
        "---\nkind: event_notice\nlanguage: en\n---\n# Harbour Fair 2027: call for participants\n\n"
        "## The event\n\n| Item | Content |\n|---|---|\n"
        "| Dates | November 9, 2027 |\n| Place | Example Hall, Busan |\n",
        encoding="utf-8",
    )
    for _ in workspace.pipeline.ingest([path], IngestReport()):
        pass
    [document] = workspace.store.documents()
    if not workspace.store.records(document_id=document.document_id):
        pytest.fail("the notice has no record")
    rows = drafts(workspace, document)
    [begins] = [row for row in rows if row["question"].startswith("When does")]
    assert begins["must_contain"] == [["2027년 11월 9일", "November 9, 2027", "9 November 2027", "2027-11-09"]]
    assert any(row["question"].startswith("Where") and "Example Hall" in row["must_contain"][0][0] for row in rows)
    assert validate(rows, workspace) == []


def test_drafts_hold_in_the_document_they_come_from(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "guide.md"
    path.write_text(
        "# 지원 안내\n\n## 내용\n\n한도: 사업당 2억원 이내\n\n## 일정\n\n접수 마감: 2027년 3월 31일\n", encoding="utf-8"
    )
    for _ in workspace.pipeline.ingest([path], IngestReport()):
        pass
    rows = drafts(workspace, workspace.store.documents()[0])
    assert [row["must_contain"][0][0] for row in rows] == ["2억원", "2027년 3월 31일"]
    assert validate(rows, workspace) == []
    wrong = rows[0] | {"evidence": ["한도는 백억원입니다"], "doc": ["guide", "nowhere"]}
    assert validate([wrong], workspace) == [
        f"{wrong['id']}: there is no document nowhere",
        f"{wrong['id']}: no document listed holds '한도는 백억원입니다'",
    ]
