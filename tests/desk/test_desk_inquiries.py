"""From a question handed over to the answer that is read by its reference."""

from __future__ import annotations

import io
import re
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import docx
import pypdfium2
import pytest
from desk_parts import QUESTIONS, Clock, Signed, done, problem
from starlette.testclient import TestClient

from assistant.types import Language
from assistant.workspace import Workspace

REFERENCE = re.compile(r"[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}")


def hand_over(visitor: TestClient, question: str, **more: Any) -> str:
    """Hand a question over; returns its reference."""
    return str(done(visitor.post("/api/inquiries", json={"question": question, **more}), 201)["reference"])


def opened(client: Signed, reference: str) -> dict[str, Any]:
    """The inquiry of a reference, opened at the desk."""
    queue = done(client.get("/api/desk/inquiries", params={"limit": 100}))["inquiries"]
    inquiry_id = next(one["inquiry_id"] for one in queue if one["reference"] == reference)
    return done(client.get(f"/api/desk/inquiries/{inquiry_id}"))


def places(draft: dict[str, Any], claim: dict[str, Any]) -> list[dict[str, Any]]:
    """Where a claim's citations are, as an edit names them."""
    return [
        {key: citation[key] for key in ("document_id", "page", "start", "end")}
        for number in claim["citations"]
        for citation in draft["citations"]
        if citation["number"] == number
    ]


def edited(draft: dict[str, Any]) -> list[dict[str, Any]]:
    """The draft's sentences as an edit sends them back."""
    return [{"text": claim["text"], "citations": places(draft, claim)} for claim in draft["claims"]]


# --- The public side ---


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_reference_looks_the_inquiry_up_and_tells_nothing_personal(visitor: TestClient, language: Language) -> None:
    contact = {"email": "asker@example.org", "phone": "010-1234-5678", "consent": True, "consent_version": "2026-11"}
    reference = hand_over(visitor, QUESTIONS[language], **contact)
    assert REFERENCE.fullmatch(reference)
    for written in (reference, reference.lower(), reference.replace("-", "")):
        looked_up = visitor.get(f"/api/inquiries/{written}")
        told = done(looked_up)
        assert (told["status"], told["language"], told["answer"]) == ("received", language, None)
        assert "asker" not in looked_up.text
        assert "1234" not in looked_up.text
        assert QUESTIONS[language] not in looked_up.text


def test_an_unknown_reference_is_not_found(visitor: TestClient) -> None:
    for reference in ("AAAA-AAAA", "x", "0000-0000", "%27%20OR%201=1", "A" * 500):
        problem(visitor.get(f"/api/inquiries/{reference}"), 404)


def test_asked_for_by_a_reader_an_unknown_reference_is_an_empty_list(visitor: TestClient) -> None:
    reference = hand_over(visitor, QUESTIONS["ko"])
    found = done(visitor.get("/api/inquiries", params={"reference": reference.lower()}))
    assert [inquiry["reference"] for inquiry in found["inquiries"]] == [reference]
    for unknown in ("AAAA-AAAA", "", "' OR 1=1", "A" * 500):
        assert done(visitor.get("/api/inquiries", params={"reference": unknown}))["inquiries"] == []


@pytest.mark.parametrize(
    "body",
    [
        {"question": "  "},
        {"question": "q" * 2001},
        {"question": "q", "email": "not an address"},
        {"question": "q", "email": "a@example.org"},
        {"question": "q", "phone": "010-1234-5678", "consent": True},
        {"question": "q", "consent": "yes"},
        {"question": "q", "admin": True},
        {},
    ],
)
def test_what_cannot_be_handed_over_is_refused(visitor: TestClient, body: dict[str, Any]) -> None:
    assert problem(visitor.post("/api/inquiries", json=body), 422)["errors"]


def test_the_conversation_comes_along(visitor: TestClient, officer: Signed) -> None:
    answer = done(visitor.post("/api/chat", json={"question": QUESTIONS["ko"]}))
    reference = hand_over(visitor, QUESTIONS["ko"], conversation_id=answer["conversation_id"])
    conversation = opened(officer, reference)["conversation"]
    assert [turn["role"] for turn in conversation] == ["user", "assistant"]
    assert conversation[0]["content"] == QUESTIONS["ko"]


# --- The draft ---


@pytest.mark.parametrize("language", ["ko", "en"])
def test_opening_makes_a_cited_draft_in_which_every_sentence_is_checked(
    visitor: TestClient, officer: Signed, filled: Workspace, language: Language
) -> None:
    inquiry = opened(officer, hand_over(visitor, QUESTIONS[language]))
    assert inquiry["status"] == "in_progress"
    draft = inquiry["drafts"][language]
    assert draft["status"] in ("answered", "partial")
    assert draft["claims"]
    for claim in draft["claims"]:
        assert claim["check"] == "supported"
        assert claim["citations"]
        assert set(claim["explanation"]) == {"ko", "en"}
    for citation in draft["citations"]:
        text = filled.store.page(citation["document_id"], citation["page"]).text
        assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_opening_again_changes_nothing(visitor: TestClient, officer: Signed) -> None:
    inquiry = opened(officer, hand_over(visitor, QUESTIONS["ko"]))
    assert opened(officer, inquiry["reference"]) == inquiry


def test_an_edited_number_is_caught_and_cannot_be_approved(visitor: TestClient, officer: Signed) -> None:
    inquiry = opened(officer, hand_over(visitor, QUESTIONS["ko"]))
    wrong = {**edited(inquiry["drafts"]["ko"])[0], "text": "시장개척자금 지원 비율은 최대 97%입니다."}
    path = f"/api/desk/inquiries/{inquiry['inquiry_id']}"
    saved = done(officer.put(f"{path}/drafts/ko", json={"version": inquiry["version"], "claims": [wrong]}))
    claim = saved["drafts"]["ko"]["claims"][0]
    assert claim["check"] == "not"
    assert claim["edited"]
    assert {"number", "verifier"} & set(claim["reasons"])
    assert claim["explanation"]["ko"] != claim["explanation"]["en"]
    refused = problem(officer.post(f"{path}/approve", json={"version": saved["version"], "language": "ko"}), 422)
    assert refused["errors"][0]["where"] == "claims.0"


def test_an_unchanged_sentence_keeps_its_check_and_a_sentence_without_a_place_is_a_note(
    visitor: TestClient, officer: Signed
) -> None:
    inquiry = opened(officer, hand_over(visitor, QUESTIONS["ko"]))
    claims = [{"text": "문의해 주셔서 감사합니다."}, *edited(inquiry["drafts"]["ko"])]
    path = f"/api/desk/inquiries/{inquiry['inquiry_id']}/drafts/ko"
    draft = done(officer.put(path, json={"version": inquiry["version"], "claims": claims}))["drafts"]["ko"]
    assert [claim["check"] for claim in draft["claims"]] == ["note"] + ["supported"] * (len(claims) - 1)
    assert [claim["edited"] for claim in draft["claims"]] == [True] + [False] * (len(claims) - 1)
    assert draft["text"].startswith("문의해 주셔서 감사합니다.\n")


def test_a_quotation_is_read_from_the_page_and_never_taken_from_the_request(
    visitor: TestClient, officer: Signed, filled: Workspace
) -> None:
    inquiry = opened(officer, hand_over(visitor, QUESTIONS["ko"]))
    path = f"/api/desk/inquiries/{inquiry['inquiry_id']}/drafts/ko"
    place = edited(inquiry["drafts"]["ko"])[0]["citations"][0]
    forged = {"version": inquiry["version"], "claims": [{"text": "x", "citations": [{**place, "quote": "forged"}]}]}
    problem(officer.put(path, json=forged), 422)
    beyond = {**place, "start": 10**6, "end": 10**6 + 5}
    problem(
        officer.put(path, json={"version": inquiry["version"], "claims": [{"text": "x", "citations": [beyond]}]}), 422
    )
    nowhere = {**place, "document_id": "0" * 16}
    problem(
        officer.put(path, json={"version": inquiry["version"], "claims": [{"text": "x", "citations": [nowhere]}]}), 404
    )


def test_a_passage_found_can_be_cited_as_it_is(visitor: TestClient, officer: Signed) -> None:
    inquiry = opened(officer, hand_over(visitor, QUESTIONS["ko"]))
    found = done(officer.post("/api/desk/passages", json={"query": "무역보험공사 특별계정", "language": "ko"}))
    passage = found["passages"][0]
    line = passage["lines"][passage["best"]]
    place = {key: line[key] for key in ("document_id", "page", "start", "end")}
    claims = [*edited(inquiry["drafts"]["ko"]), {"text": line["quote"], "citations": [place]}]
    path = f"/api/desk/inquiries/{inquiry['inquiry_id']}/drafts/ko"
    draft = done(officer.put(path, json={"version": inquiry["version"], "claims": claims}))["drafts"]["ko"]
    added = draft["claims"][-1]
    assert added["check"] in ("supported", "partly")
    assert next(c for c in draft["citations"] if c["number"] == added["citations"][0])["quote"] == line["quote"]


def test_sentences_can_be_checked_without_saving(visitor: TestClient, officer: Signed) -> None:
    inquiry = opened(officer, hand_over(visitor, QUESTIONS["ko"]))
    claim = edited(inquiry["drafts"]["ko"])[0]
    false = {**claim, "text": "지원 비율은 최대 12%이고 한국은행이 지급합니다."}
    told = done(officer.post("/api/desk/check", json={"language": "ko", "claims": [claim, false, {"text": "인사말"}]}))
    assert [one["check"] for one in told["claims"]][1:] == ["not", "note"]
    assert opened(officer, inquiry["reference"])["version"] == inquiry["version"]


def test_the_other_language_stands_beside(visitor: TestClient, officer: Signed) -> None:
    inquiry = opened(officer, hand_over(visitor, QUESTIONS["ko"]))
    path = f"/api/desk/inquiries/{inquiry['inquiry_id']}/ask"
    both = done(officer.post(path, json={"version": inquiry["version"], "language": "en"}))
    assert set(both["drafts"]) == {"ko", "en"}
    assert both["drafts"]["ko"] == inquiry["drafts"]["ko"]
    assert both["drafts"]["en"]["language"] == "en"


def test_asking_again_takes_a_changed_question(visitor: TestClient, officer: Signed) -> None:
    inquiry = opened(officer, hand_over(visitor, "안녕하세요"))
    path = f"/api/desk/inquiries/{inquiry['inquiry_id']}/ask"
    asked = done(officer.post(path, json={"version": inquiry["version"], "question": QUESTIONS["ko"]}))
    assert asked["question"] == "안녕하세요"
    assert asked["drafts"]["ko"]["question"] == QUESTIONS["ko"]
    assert asked["drafts"]["ko"]["claims"]


# --- Versions and presence ---


def test_a_change_of_an_older_version_is_refused_with_the_version_now(
    visitor: TestClient, officer: Signed, editor: Signed
) -> None:
    inquiry = opened(officer, hand_over(visitor, QUESTIONS["ko"]))
    path = f"/api/desk/inquiries/{inquiry['inquiry_id']}"
    changed = done(editor.patch(path, json={"version": inquiry["version"], "topic": "events"}))
    assert changed["version"] == inquiry["version"] + 1
    for method, where, body in (
        ("PATCH", "", {"topic": "other"}),
        ("PUT", "/drafts/ko", {"claims": edited(inquiry["drafts"]["ko"])}),
        ("POST", "/ask", {}),
        ("POST", "/approve", {"language": "ko"}),
        ("POST", "/send", {"channel": "copy"}),
        ("POST", "/return", {"to": "officer", "reason": "다시"}),
    ):
        answered = officer.request(method, f"{path}{where}", json={"version": inquiry["version"], **body})
        assert problem(answered, 409)["version"] == changed["version"]
    assert done(officer.get(path))["topic"] == "events"


def test_of_changes_at_the_same_moment_exactly_one_is_kept(
    visitor: TestClient, signed: Callable[[str], Signed]
) -> None:
    inquiry = opened(signed("officer"), hand_over(visitor, QUESTIONS["ko"]))
    path = f"/api/desk/inquiries/{inquiry['inquiry_id']}"
    clients = [signed(name) for name in ("officer", "editor", "admin")]
    start = threading.Barrier(len(clients))

    def change(client: Signed) -> int:
        start.wait()
        return client.patch(path, json={"version": inquiry["version"], "topic": "events"}).status_code

    with ThreadPoolExecutor(len(clients)) as pool:
        statuses = sorted(pool.map(change, clients))
    assert statuses == [200, 409, 409]
    assert opened(clients[0], inquiry["reference"])["version"] == inquiry["version"] + 1


def test_two_officers_on_one_inquiry_see_each_other(
    visitor: TestClient, officer: Signed, editor: Signed, clock: Clock
) -> None:
    inquiry = opened(officer, hand_over(visitor, QUESTIONS["ko"]))
    path = f"/api/desk/inquiries/{inquiry['inquiry_id']}/presence"
    assert done(officer.post(path, json={"state": "editing"}))["present"] == []
    seen = done(editor.post(path, json={}))["present"]
    assert [(one["officer"]["name"], one["state"]) for one in seen] == [("officer", "editing")]
    assert [one["officer"]["name"] for one in opened(officer, inquiry["reference"])["present"]] == ["editor"]
    clock.forward(seconds=31)
    assert done(officer.post(path, json={}))["present"] == []
    done(editor.post(path, json={}))
    assert editor.delete(path).status_code == 204
    assert done(officer.post(path, json={}))["present"] == []


# --- Out of the desk ---


@pytest.mark.parametrize("language", ["ko", "en"])
def test_an_approved_answer_is_read_by_the_reference_once_it_was_sent(
    visitor: TestClient, officer: Signed, language: Language
) -> None:
    reference = hand_over(visitor, QUESTIONS[language])
    inquiry = opened(officer, reference)
    path = f"/api/desk/inquiries/{inquiry['inquiry_id']}"
    problem(officer.post(f"{path}/send", json={"version": inquiry["version"], "channel": "email"}), 422)
    approved = done(officer.post(f"{path}/approve", json={"version": inquiry["version"], "language": language}))
    assert approved["approved_by"]["name"] == "officer"
    assert done(visitor.get(f"/api/inquiries/{reference}"))["answer"] is None
    sent = done(officer.post(f"{path}/send", json={"version": approved["version"], "channel": "email"}))
    assert (sent["status"], sent["channel"]) == ("sent", "email")
    told = done(visitor.get(f"/api/inquiries/{reference}"))
    assert told["status"] == "answered"
    assert told["answer"] == inquiry["drafts"][language]["text"]
    assert told["sources"] == inquiry["drafts"][language]["citations"]
    # What was sent is not changed behind the reader's back.
    problem(officer.post(f"{path}/ask", json={"version": sent["version"]}), 422)


def test_an_edit_takes_the_approval_back(visitor: TestClient, officer: Signed) -> None:
    inquiry = opened(officer, hand_over(visitor, QUESTIONS["ko"]))
    path = f"/api/desk/inquiries/{inquiry['inquiry_id']}"
    approved = done(officer.post(f"{path}/approve", json={"version": inquiry["version"], "language": "ko"}))
    body = {"version": approved["version"], "claims": edited(approved["drafts"]["ko"])}
    changed = done(officer.put(f"{path}/drafts/ko", json=body))
    assert (changed["status"], changed["approved_by"]) == ("in_progress", None)


def test_a_draft_that_cites_nothing_cannot_be_approved(visitor: TestClient, officer: Signed) -> None:
    inquiry = opened(officer, hand_over(visitor, QUESTIONS["ko"]))
    path = f"/api/desk/inquiries/{inquiry['inquiry_id']}"
    body = {"version": inquiry["version"], "claims": [{"text": "전화로 안내드리겠습니다."}]}
    noted = done(officer.put(f"{path}/drafts/ko", json=body))
    problem(officer.post(f"{path}/approve", json={"version": noted["version"], "language": "ko"}), 422)


def test_what_is_given_back_to_the_inquirer_says_why(visitor: TestClient, officer: Signed) -> None:
    reference = hand_over(visitor, "우리 회사 일을 대신 해 주세요")
    inquiry = opened(officer, reference)
    path = f"/api/desk/inquiries/{inquiry['inquiry_id']}/return"
    reason = "저희 센터에서 다루지 않는 내용입니다."
    done(officer.post(path, json={"version": inquiry["version"], "to": "inquirer", "reason": reason}))
    told = done(visitor.get(f"/api/inquiries/{reference}"))
    assert (told["status"], told["reason"]) == ("returned", reason)


def test_what_is_given_back_to_a_colleague_stays_inside(visitor: TestClient, officer: Signed) -> None:
    reference = hand_over(visitor, QUESTIONS["ko"])
    inquiry = opened(officer, reference)
    path = f"/api/desk/inquiries/{inquiry['inquiry_id']}"
    approved = done(officer.post(f"{path}/approve", json={"version": inquiry["version"], "language": "ko"}))
    body = {"version": approved["version"], "to": "officer", "reason": "출처를 하나 더 넣어 주세요."}
    back = done(officer.post(f"{path}/return", json=body))
    assert (back["status"], back["return_reason"]) == ("in_progress", body["reason"])
    assert body["reason"] not in visitor.get(f"/api/inquiries/{reference}").text


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_export_holds_the_answer_and_its_sources(
    visitor: TestClient, officer: Signed, language: Language
) -> None:
    inquiry = opened(officer, hand_over(visitor, QUESTIONS[language]))
    path = f"/api/desk/inquiries/{inquiry['inquiry_id']}"
    unapproved = officer.get(f"{path}/export").text
    assert {"ko": "초안", "en": "Draft"}[language] in unapproved
    done(officer.post(f"{path}/approve", json={"version": inquiry["version"], "language": language}))
    draft = inquiry["drafts"][language]
    title = draft["citations"][0]["title"]
    text = officer.get(f"{path}/export").text
    email = officer.get(f"{path}/export", params={"format": "email"}).text
    word = officer.get(f"{path}/export", params={"format": "docx"})
    pdf = officer.get(f"{path}/export", params={"format": "pdf"})
    in_word = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(word.content)).paragraphs)
    read = pypdfium2.PdfDocument(pdf.content)
    in_pdf = "".join(page.get_textpage().get_text_range() for page in read)
    read.close()
    for content in (text, email, in_word, in_pdf):
        squeezed = "".join(content.split())
        assert "".join(draft["claims"][0]["text"].split()) in squeezed
        assert "".join(title.split()) in squeezed
        assert {"ko": "초안", "en": "Draft"}[language] not in content
    assert inquiry["reference"] in email
    for file in (word, pdf):
        assert file.headers["content-disposition"].startswith("attachment")


def test_tags_in_a_question_are_words_to_every_export(visitor: TestClient, officer: Signed) -> None:
    hostile = "<b>중견기업</b>은 <script>alert(1)</script> & <img src=x> 시장개척자금을 몇 %까지 지원받나요? <para>"
    inquiry = opened(officer, hand_over(visitor, hostile))
    path = f"/api/desk/inquiries/{inquiry['inquiry_id']}/export"
    for file_format in ("text", "email", "docx", "pdf"):
        assert officer.get(path, params={"format": file_format}).status_code == 200
    read = pypdfium2.PdfDocument(officer.get(path, params={"format": "pdf"}).content)
    assert "<script>" in "".join(page.get_textpage().get_text_range() for page in read)
    read.close()


# --- The queue ---


def test_the_queue_filters_searches_and_counts(
    visitor: TestClient, signed: Callable[[str], Signed], clock: Clock
) -> None:
    clock.forward(hours=30)
    old = hand_over(visitor, "홍길동전시회 부스 비용은 얼마인가요?")
    clock.forward(hours=10)
    new = hand_over(visitor, "Which tender needs a zebra-stripe certificate?")
    officer = signed("officer")

    def found(**query: Any) -> list[str]:
        queue = done(officer.get("/api/desk/inquiries", params={"limit": 100, **query}))
        return [one["reference"] for one in queue["inquiries"]]

    assert found(q="홍길동전시회") == [old]
    assert found(q="ZEBRA-stripe tender") == [new]
    assert found(q="zebra 홍길동전시회") == []
    for written in (new, new.lower(), new.replace("-", ""), new.replace("-", " "), new[:4], f"{new} zebra"):
        assert found(q=written) == [new]
    assert found(q=f"{new} 홍길동전시회") == []
    assert found(q=new[:4], language="ko") == []
    assert found(q="%") == [] or old not in found(q="%")
    assert old in found(language="ko")
    assert old not in found(language="en")
    assert found(topic="tenders", q="zebra") == [new]
    assert new not in found(min_age_hours=5)
    assert old not in found(max_age_hours=5)
    assert new in found(status="new", assigned="none")
    assert found(sort="newest")[0] == new
    counts = done(officer.get("/api/desk/inquiries"))["counts"]
    assert counts["status"]["new"] >= 2
    assert counts["unassigned"] >= 2


def test_an_inquiry_is_given_to_an_officer_and_taken_back(visitor: TestClient, officer: Signed) -> None:
    reference = hand_over(visitor, QUESTIONS["ko"])
    inquiry = opened(officer, reference)
    path = f"/api/desk/inquiries/{inquiry['inquiry_id']}"
    people = {one["name"]: one["account_id"] for one in done(officer.get("/api/desk/officers"))["officers"]}
    given = done(officer.patch(path, json={"version": inquiry["version"], "assigned_to": people["officer"]}))
    assert given["assigned_to"]["name"] == "officer"
    mine = done(officer.get("/api/desk/inquiries", params={"assigned": "me", "limit": 100}))
    assert reference in [one["reference"] for one in mine["inquiries"]]
    assert mine["counts"]["mine"] >= 1
    free = done(officer.patch(path, json={"version": given["version"], "assigned_to": None}))
    assert free["assigned_to"] is None
    problem(officer.patch(path, json={"version": free["version"], "assigned_to": "0" * 16}), 404)


# --- Erasing ---


def test_an_erased_inquiry_is_gone_from_the_disk(
    visitor: TestClient, admin: Signed, signed: Callable[[str], Signed], filled: Workspace
) -> None:
    secret = "세상에하나뿐인문의번호칠삼오"
    answer = done(visitor.post("/api/chat", json={"question": f"{secret} {QUESTIONS['ko']}"}))
    contact = {"email": "only.here@example.org", "consent": True, "consent_version": "2026-11"}
    reference = hand_over(visitor, f"{secret} {QUESTIONS['ko']}", conversation_id=answer["conversation_id"], **contact)
    inquiry = opened(admin, reference)
    problem(signed("editor").delete(f"/api/desk/inquiries/{inquiry['inquiry_id']}"), 403)
    assert admin.delete(f"/api/desk/inquiries/{inquiry['inquiry_id']}").status_code == 204
    problem(visitor.get(f"/api/inquiries/{reference}"), 404)
    for file in filled.settings.data_dir.glob("annae.sqlite3*"):
        assert b"only.here@example.org" not in file.read_bytes()


def test_everything_done_is_in_the_history(visitor: TestClient, officer: Signed) -> None:
    inquiry = opened(officer, hand_over(visitor, QUESTIONS["ko"]))
    path = f"/api/desk/inquiries/{inquiry['inquiry_id']}"
    approved = done(officer.post(f"{path}/approve", json={"version": inquiry["version"], "language": "ko"}))
    done(officer.post(f"{path}/send", json={"version": approved["version"], "channel": "copy"}))
    entries = done(officer.get(f"{path}/history"))["entries"]
    assert [(entry["actor"], entry["action"]) for entry in entries] == [
        ("-", "inquiry.receive"),
        ("officer", "inquiry.open"),
        ("officer", "inquiry.approve"),
        ("officer", "inquiry.send"),
    ]
