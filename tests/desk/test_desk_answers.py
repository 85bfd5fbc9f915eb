"""Approved answers: offered for similar questions, flagged when what they rest on changes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desk_parts import GUIDE, GUIDE_QUESTION, Clock, Signed, done, problem, receive, take_in

from assistant.desk.desk import Desk
from assistant.workspace import Workspace


def approved(client: Signed, desk: Desk, question: str = GUIDE_QUESTION, **more: Any) -> dict[str, Any]:
    """A question whose answer was approved; returns the approved answer."""
    path = f"/api/desk/inquiries/{receive(desk, question)}"
    opened = done(client.get(path))
    done(client.post(f"{path}/approve", json={"version": opened["version"], "language": "ko", **more}))
    answers: list[dict[str, Any]] = done(client.get("/api/desk/answers"))["answers"]
    return answers[0]


def now(client: Signed, answer: dict[str, Any]) -> dict[str, Any]:
    return done(client.get(f"/api/desk/answers/{answer['answer_id']}"))


def codes(answer: dict[str, Any]) -> list[str]:
    for flag in answer["flags"]:
        assert set(flag["explanation"]) == {"ko", "en"}
    return [flag["code"] for flag in answer["flags"]]


def test_an_approved_answer_is_offered_for_a_similar_question_and_can_be_taken(client: Signed, officers: Desk) -> None:
    answer = approved(client, officers)
    assert answer["state"] == "current"
    path = f"/api/desk/inquiries/{receive(officers, '중견기업은 물순환 시장개척자금을 최대 몇 % 지원받습니까?')}"
    offered = done(client.get(f"{path}/similar"))["answers"]
    assert [one["answer"]["answer_id"] for one in offered] == [answer["answer_id"]]
    assert 0.6 <= offered[0]["similarity"] <= 1
    opened = done(client.get(path))
    taken = done(client.post(f"{path}/use", json={"version": opened["version"], "answer_id": answer["answer_id"]}))
    assert taken["drafts"]["ko"]["text"] == answer["text"]
    assert taken["drafts"]["ko"]["mode"] == "reused"
    assert now(client, answer)["used"] == 1


def test_nothing_is_offered_for_another_question(client: Signed, officers: Desk) -> None:
    approved(client, officers)
    path = f"/api/desk/inquiries/{receive(officers, '전시회 부스는 어디에서 신청하나요?')}"
    assert done(client.get(f"{path}/similar"))["answers"] == []


def test_an_answer_not_to_be_reused_is_not_kept(client: Signed, officers: Desk) -> None:
    path = f"/api/desk/inquiries/{receive(officers, GUIDE_QUESTION)}"
    version = done(client.get(path))["version"]
    done(client.post(f"{path}/approve", json={"version": version, "language": "ko", "reusable": False}))
    assert done(client.get("/api/desk/answers"))["total"] == 0


def test_the_question_is_kept_without_personal_data(client: Signed, officers: Desk) -> None:
    answer = approved(client, officers, f"{GUIDE_QUESTION} 제 번호는 010-1234-5678입니다")
    assert "5678" not in answer["question"]
    assert "[전화번호]" in answer["question"]


def test_an_answer_is_flagged_when_its_document_changes_and_unflagged_when_it_is_confirmed(
    client: Signed, officers: Desk, small: Workspace, paper: Path
) -> None:
    answer = approved(client, officers)
    paper.write_text(GUIDE.format(share=80) + "\n문의는 담당 부서로 합니다.\n", encoding="utf-8")
    take_in(small, paper.parent)
    flagged = now(client, answer)
    assert codes(flagged) == ["document_changed"]
    assert flagged["state"] == "flagged"
    path = f"/api/desk/answers/{answer['answer_id']}"
    confirmed = done(client.patch(path, json={"version": flagged["version"], "confirmed": True}))
    assert (confirmed["state"], codes(confirmed)) == ("current", [])


def test_an_answer_whose_quotation_is_gone_is_flagged_and_cannot_be_confirmed(
    client: Signed, officers: Desk, small: Workspace, paper: Path
) -> None:
    answer = approved(client, officers)
    paper.write_text(GUIDE.format(share=70), encoding="utf-8")
    take_in(small, paper.parent)
    flagged = now(client, answer)
    assert set(codes(flagged)) == {"document_changed", "quote_moved"}
    path = f"/api/desk/answers/{answer['answer_id']}"
    problem(client.patch(path, json={"version": flagged["version"], "confirmed": True}), 422)
    # Taken over, the sentence is marked as well, and cannot go out.
    inquiry = f"/api/desk/inquiries/{receive(officers, GUIDE_QUESTION)}"
    version = done(client.get(inquiry))["version"]
    taken = done(client.post(f"{inquiry}/use", json={"version": version, "answer_id": answer["answer_id"]}))
    assert taken["drafts"]["ko"]["claims"][0]["reasons"] == ["stale"]
    problem(client.post(f"{inquiry}/approve", json={"version": taken["version"], "language": "ko"}), 422)


def test_a_removed_document_flags_the_answer_that_cites_it(client: Signed, officers: Desk, small: Workspace) -> None:
    answer = approved(client, officers)
    small.store.remove_document(answer["citations"][0]["document_id"])
    assert codes(now(client, answer)) == ["document_removed"]


def test_a_later_edition_flags_the_answer(client: Signed, officers: Desk, small: Workspace, paper: Path) -> None:
    answer = approved(client, officers)
    document_id = answer["citations"][0]["document_id"]
    path = f"/api/desk/documents/{document_id}"
    done(client.patch(path, json={"published": "2024-01-05"}))
    assert codes(now(client, answer)) == []
    later = paper.with_name("guide-2025.md")
    later.write_text(GUIDE.format(share=90), encoding="utf-8")
    take_in(small, paper.parent)
    newer = next(one for one in small.store.documents() if one.source == "guide-2025.md")
    done(client.patch(f"/api/desk/documents/{newer.document_id}", json={"published": "2025-02-01"}))
    assert codes(now(client, answer)) == ["document_superseded"]


def test_an_answer_expires_after_its_last_day(client: Signed, officers: Desk, turned: Clock) -> None:
    answer = approved(client, officers, valid_until="2026-11-23")
    path = f"/api/desk/inquiries/{receive(officers, GUIDE_QUESTION)}/similar"
    turned.forward(days=1)
    client.sign_in("editor")
    assert now(client, answer)["state"] == "current"
    turned.forward(days=1)
    client.sign_in("editor")
    expired = now(client, answer)
    assert expired["state"] == "expired"
    (flag,) = expired["flags"]
    assert flag["explanation"] == {
        "ko": "유효 기간이 2026년 11월 23일에 끝났습니다.",
        "en": "It was valid until 23 November 2026.",
    }
    assert done(client.get(path))["answers"] == []
    assert [one["state"] for one in done(client.get("/api/desk/answers", params={"state": "expired"}))["answers"]] == [
        "expired"
    ]


def test_a_retired_answer_is_offered_no_more(client: Signed, officers: Desk) -> None:
    answer = approved(client, officers)
    path = f"/api/desk/answers/{answer['answer_id']}"
    retired = done(client.patch(path, json={"version": answer["version"], "retired": True}))
    assert retired["state"] == "retired"
    problem(client.patch(path, json={"version": answer["version"], "retired": False}), 409)
    similar = f"/api/desk/inquiries/{receive(officers, GUIDE_QUESTION)}/similar"
    assert done(client.get(similar))["answers"] == []


def test_a_new_approval_of_the_same_inquiry_replaces_the_old_answer(client: Signed, officers: Desk) -> None:
    inquiry_id = receive(officers, GUIDE_QUESTION)
    path = f"/api/desk/inquiries/{inquiry_id}"
    opened = done(client.get(path))
    first = done(client.post(f"{path}/approve", json={"version": opened["version"], "language": "ko"}))
    done(client.post(f"{path}/approve", json={"version": first["version"], "language": "ko"}))
    states = [one["state"] for one in done(client.get("/api/desk/answers"))["answers"]]
    assert sorted(states) == ["current", "retired"]
