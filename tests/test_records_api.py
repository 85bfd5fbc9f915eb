"""Records over HTTP, as a calendar and on the command line."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from fastapi.testclient import TestClient
from hashing_embedder import HashingEmbedder
from icalendar import Calendar
from typer.testing import CliRunner

from assistant.api import create_app
from assistant.cli import app
from assistant.ingest.pipeline import IngestReport
from assistant.service import build_assistant
from assistant.settings import Settings
from assistant.workspace import Workspace

_PAPERS = {
    "fair.md": "# 예시 물산업 박람회 참가기업 모집\n\n- 일시: 2027. 3. 9.(화)~10.(수)\n- 장소: 예시관\n"
    "- 신청 기한: 2027. 2. 12.(금) 18:00\n",
    "webinar.md": "# Example Water Webinar\n\n- Date: 21 January 2027, 14:00–16:30\n- Venue: online\n- Register by: 14 January 2027\n",
    "abroad.md": "# Example Roadshow Bangkok\n\n- Date: 4 May 2027, 10:00\n- Venue: Example Hall, Bangkok, Thailand\n",
    "plan.md": "# 예시 로드쇼 안내\n\n- 일시: 2027년 하반기 예정\n- 장소: 예시시\n",
    "past.md": "# 예시 세미나 안내\n\n- 일시: 2025. 6. 10.(화)\n- 장소: 예시관\n",
    "gone.md": "# 예시 상담회 안내\n\n- 일시: 2027. 4. 6.(화)\n- 장소: 예시관\n",
    "gone-cancelled.md": "# [취소] 예시 상담회 취소 안내\n\n「예시 상담회」를 취소합니다.\n",
    "tender.md": "# 입찰공고: 예시시 수질 감시 용역\n\n- 발주처: 예시시\n- 추정가격: 1억 2천만원\n- 제출 마감: 2027. 1. 15.(금) 17:00\n",
    "tender-fix.md": "# [정정공고] 예시시 수질 감시 용역 입찰공고\n\n| 항목 | 당초 | 정정 |\n|---|---|---|\n"
    "| 제출 마감 | 2027. 1. 15.(금) 17:00 | 2027. 1. 29.(금) 17:00 |\n",
}  # fmt: skip
_AS_OF = "2026-11-22"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("papers")
    lines = []
    for name, text in _PAPERS.items():
        (folder / name).write_text(text, encoding="utf-8")
        published = "2026-11-20" if name in ("gone-cancelled.md", "tender-fix.md") else "2026-11-10"
        lines.append(f"- {{file: {name}, publisher: 예시진흥원, published: '{published}'}}")
    (folder / "manifest.yaml").write_text("\n".join(lines), encoding="utf-8")
    data = tmp_path_factory.mktemp("filled") / "data"
    with Workspace(Settings(data_dir=data), HashingEmbedder()) as workspace, workspace.writing():
        report = IngestReport()
        for _ in workspace.pipeline.ingest([folder], report):
            pass
        assert not report.failures
    return data


@pytest.fixture(scope="module")
def client(filled: Path) -> Any:
    with Workspace(Settings(data_dir=filled), HashingEmbedder()) as workspace:
        yield TestClient(create_app(build_assistant(workspace), workspace))


def _records(client: TestClient, path: str, **parameters: str) -> list[dict[str, Any]]:
    response = client.get(path, params={"as_of": _AS_OF, **parameters})
    assert response.status_code == 200, response.text
    return list(response.json()["records"])


def test_events_come_soonest_first_then_plans_then_what_is_over(client: TestClient) -> None:
    found = [(r["title"], r["status"], r["days_left"]) for r in _records(client, "/api/events")]
    assert found == [
        ("Example Water Webinar", "upcoming", 60),
        ("예시 물산업 박람회", "upcoming", 107),
        ("Example Roadshow Bangkok", "upcoming", 163),
        ("예시 로드쇼", "planned", 221),
        ("예시 세미나", "past", None),
        ("예시 상담회", "cancelled", None),
    ]


def test_a_record_has_every_field_of_the_contract_and_quotes_its_page(client: TestClient) -> None:
    fair = next(r for r in _records(client, "/api/records", type="event") if r["source"] == "fair.md")
    contract = (
        "record_id type title start end precision deadline deadline_kind place online organiser amount_krw rate share eligible owner "
        "status document_id source citations amended_by"
    )
    assert set(contract.split()) <= fair.keys()
    assert (fair["start"], fair["end"], fair["precision"]) == ("2027-03-09", "2027-03-10", "day")
    assert (fair["deadline"], fair["deadline_time"], fair["deadline_kind"]) == ("2027-02-12", "18:00", "fixed")
    assert fair["organiser"] is None
    for citation in fair["citations"]:
        assert "number" not in citation
        page = client.get(f"/api/documents/{citation['document_id']}/pages/{citation['page']}").json()["text"]
        assert page[citation["start"] : citation["end"]] == citation["quote"]


def test_a_later_notice_changes_the_tender_and_says_so(client: TestClient) -> None:
    (tender,) = _records(client, "/api/tenders")
    assert (tender["deadline"], tender["status"], tender["amount_krw"]) == ("2027-01-29", "open", 120_000_000)
    assert tender["amount_said"] == {"ko": "1억 2천만 원", "en": "KRW 120 million"}
    (change,) = tender["changes"]
    assert (change["field"], change["old"], change["new"]) == ("deadline", "2027-01-15", "2027-01-29")
    assert tender["amended_by"] == change["document_id"] != tender["document_id"]
    proving = [c for c in tender["citations"] if "deadline" in c["fields"]]
    assert [c["document_id"] for c in proving] == [tender["amended_by"]]


@pytest.mark.parametrize(
    ("limits", "titles"),
    [
        ({"from": "2027-03-10"}, ["예시 물산업 박람회", "Example Roadshow Bangkok", "예시 로드쇼", "예시 상담회"]),
        ({"from": "2027-03-10", "to": "2027-03-10"}, ["예시 물산업 박람회"]),
        ({"to": "2025-12-31"}, ["예시 세미나"]),
        ({"from": "2030-01-01"}, []),
    ],
)
def test_days_select_by_overlap(client: TestClient, limits: dict[str, str], titles: list[str]) -> None:
    assert [r["title"] for r in _records(client, "/api/events", **limits)] == titles


def test_as_of_decides_what_is_past(client: TestClient) -> None:
    later = {r["title"]: r["status"] for r in _records(client, "/api/events", as_of="2027-03-10")}
    assert (later["예시 물산업 박람회"], later["Example Water Webinar"]) == ("open", "past")


@pytest.mark.parametrize(
    ("path", "where"),
    [
        ("/api/records?kind=event", "query.kind"),
        ("/api/records?type=party", "query.type"),
        ("/api/events?type=event", "query.type"),
        ("/api/programs?from=tomorrow", "query.from"),
        ("/api/tenders?as_of=1700000000", "query.as_of"),
        ("/api/events.ics?until=2027-01-01", "query.until"),
    ],
)
def test_unknown_parameters_and_values_are_named(client: TestClient, path: str, where: str) -> None:
    response = client.get(path)
    assert (response.status_code, response.headers["content-type"]) == (422, "application/problem+json")
    assert [error["where"] for error in response.json()["errors"]] == [where]


# --- The calendar ---


def _calendar(client: TestClient, as_of: str = _AS_OF) -> list[Any]:
    response = client.get("/api/events.ics", params={"as_of": as_of})
    assert response.headers["content-type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(response.content).walk("VEVENT")


def test_the_calendar_holds_dated_events_that_are_ahead_and_not_cancelled(client: TestClient) -> None:
    titles = [str(event["summary"]) for event in _calendar(client)]
    assert titles == ["Example Water Webinar", "예시 물산업 박람회", "Example Roadshow Bangkok"]
    assert [str(event["summary"]) for event in _calendar(client, "2027-05-05")] == []


def test_hours_are_seouls_and_days_without_them_are_whole(client: TestClient) -> None:
    webinar, fair, roadshow = _calendar(client)
    assert webinar.decoded("dtstart") == datetime(2027, 1, 21, 14, tzinfo=ZoneInfo("Asia/Seoul"))
    assert webinar.decoded("dtend") == datetime(2027, 1, 21, 16, 30, tzinfo=ZoneInfo("Asia/Seoul"))
    assert (fair.decoded("dtstart"), fair.decoded("dtend")) == (date(2027, 3, 9), date(2027, 3, 11))
    # An hour in Bangkok is not one in Seoul.
    assert roadshow.decoded("dtstart") == date(2027, 5, 4)


def test_the_calendar_is_the_same_each_time_and_quotes_its_sources(client: TestClient) -> None:
    first = client.get("/api/events.ics", params={"as_of": _AS_OF}).content
    assert client.get("/api/events.ics", params={"as_of": "2026-11-23"}).content == first
    fair = _calendar(client)[1]
    assert str(fair["uid"]).endswith("@annae")
    assert "일시: 2027. 3. 9.(화)~10.(수)" in str(fair["description"])
    assert "예시진흥원, 2026-11-10" in str(fair["description"])


# --- The command ---


def test_the_command_prints_the_same_object_and_readable_lines(client: TestClient, filled: Path) -> None:
    run = CliRunner().invoke
    arguments = ["events", "--as-of", _AS_OF, "--data-dir", str(filled)]
    printed = json.loads(run(app, [*arguments, "--json"]).stdout)
    assert printed == client.get("/api/events", params={"as_of": _AS_OF}).json()
    shown = run(app, arguments).stdout
    assert "2027-03-09 to 2027-03-10  [upcoming, in 107 days]  예시 물산업 박람회  예시관" in shown
    assert "예시 세미나" not in shown
    assert "예시 세미나" in run(app, [*arguments, "--all"]).stdout
    assert (
        "No event in these documents is ahead of 2030-01-01"
        in run(app, ["events", "--as-of", "2030-01-01", "--data-dir", str(filled)]).stdout
    )
