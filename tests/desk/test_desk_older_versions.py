"""What an officer sees of drafts and approved answers whose document has a newer version."""

from __future__ import annotations

import re
from pathlib import Path

from desk_parts import GUIDE, GUIDE_QUESTION, Signed, done, receive, take_in

from assistant.desk.desk import Desk
from assistant.workspace import Workspace


def test_a_draft_that_cites_an_older_version_says_which_and_opens_it(
    client: Signed, officers: Desk, small: Workspace, paper: Path
) -> None:
    inquiry = f"/api/desk/inquiries/{receive(officers, GUIDE_QUESTION)}"
    asked = done(client.get(inquiry))["drafts"]["ko"]
    assert "older_version" not in asked["citations"][0]
    paper.write_text(GUIDE.format(share=90), encoding="utf-8")
    take_in(small, paper.parent)
    draft = done(client.get(inquiry))["drafts"]["ko"]
    citation = next(c for c in draft["citations"] if c["number"] in draft["stale"])
    assert citation["older_version"] == 1
    page = client.get(citation["url"].split("#")[0]).text
    assert "최대 80%입니다" in page
    assert "이전 판(제1판)입니다" in page


def test_a_draft_that_a_new_version_still_bears_out_cites_the_new_one(
    client: Signed, officers: Desk, small: Workspace, paper: Path
) -> None:
    inquiry = f"/api/desk/inquiries/{receive(officers, GUIDE_QUESTION)}"
    done(client.get(inquiry))
    paper.write_text(f"{GUIDE.format(share=80)}\n신청은 상시 받습니다.\n", encoding="utf-8")
    take_in(small, paper.parent)
    draft = done(client.get(inquiry))["drafts"]["ko"]
    assert draft["stale"] == []
    page = client.get(draft["citations"][0]["url"].split("#")[0]).text
    assert "신청은 상시 받습니다" in page
    assert "이전 판(" not in page


def test_a_draft_about_the_earlier_version_cites_it_and_can_be_edited(
    client: Signed, officers: Desk, small: Workspace, paper: Path
) -> None:
    paper.write_text(GUIDE.format(share=90), encoding="utf-8")
    take_in(small, paper.parent)
    question = "이전 판에서는 중견기업의 물순환 시장개척자금 지원 비율이 몇 %였나요?"
    inquiry = f"/api/desk/inquiries/{receive(officers, question)}"
    draft = done(client.get(inquiry))
    kept = draft["drafts"]["ko"]
    assert kept["stale"] == []
    old = kept["citations"][0]
    assert old["older_version"] == 1
    claims = [
        {
            "text": "중견기업의 물순환 시장개척자금 지원 비율은 최대 80%였습니다.",
            "citations": [{name: old[name] for name in ("document_id", "page", "start", "end", "older_version")}],
        }
    ]
    edited = done(client.put(f"{inquiry}/drafts/ko", json={"version": draft["version"], "claims": claims}))
    (claim,) = edited["drafts"]["ko"]["claims"]
    assert claim["check"] == "supported", claim
    assert edited["drafts"]["ko"]["citations"][0]["older_version"] == 1


def test_the_health_report_says_when_the_document_was_replaced_as_people_do(
    client: Signed, officers: Desk, small: Workspace, paper: Path
) -> None:
    paper.write_text(GUIDE.format(share=90), encoding="utf-8")
    take_in(small, paper.parent)
    (document,) = small.store.documents()
    report = done(client.get(f"/api/documents/{document.document_id}/health"))
    text = next(finding["text"] for finding in report["findings"] if finding["kind"] == "older_versions")
    assert re.search(r"\(마지막 교체 \d{4}년 \d{1,2}월 \d{1,2}일\)$", text["ko"])
    assert re.search(r"\(last replaced \d{1,2} [A-Z][a-z]+ \d{4}\)$", text["en"])
