"""Older versions and replaced notices, end to end: the newest answers, older ones are cited as older, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hashing_embedder import HashingEmbedder

from assistant.api import create_app
from assistant.generation.earlier import present_question
from assistant.ingest.pipeline import IngestReport
from assistant.service import build_assistant
from assistant.settings import Settings
from assistant.workspace import Workspace

_OLD, _NEW = {"ko": "2027년 1월 15일", "en": "15 January 2027"}, {"ko": "2027년 2월 26일", "en": "26 February 2027"}


def _call(language: str, deadline: str) -> str:
    if language == "ko":
        told = f"- 신청 마감은 {deadline}입니다.\n- 지원 한도는 기업당 2억원입니다.\n"
        return f"# 누리시 상수도 시범사업 참가기업 모집\n\n## 신청 안내\n\n{told}"
    told = f"- The deadline for applications is {deadline}.\n- The grant is up to KRW 200 million per company.\n"
    return f"# Call for partners: Miru Water Pilot\n\n## How to apply\n\n{told}"


_PAPERS = {
    "guide.md": "---\ntitle: 하람시 해외진출 지원사업 안내\ndate: 2026-01-10\n---\n\n"
    "하람시 해외진출 지원사업의 지원 한도는 3억원입니다.\n\n신청은 온라인으로 합니다.",
    "guide-2.md": "---\ntitle: 하람시 해외진출 지원사업 안내(수정)\ndate: 2026-03-02\n---\n\n"
    "하람시 해외진출 지원사업의 지원 한도는 5억원입니다.",
    "sheet.md": "---\ntitle: Solbat Export Support Sheet\ndate: 2026-01-10\n---\n\n"
    "Solbat Export Support pays up to KRW 30 million per company.\n\nApplications are made by e-mail.",
    "sheet-2.md": "---\ntitle: Solbat Export Support Sheet (revised)\ndate: 2026-03-02\n---\n\n"
    "Solbat Export Support pays up to KRW 50 million per company.",
    "tender.md": "---\ndate: 2026-11-10\n---\n# 입찰공고: 예시시 수질 감시 용역\n\n"
    "- 발주처: 예시시\n- 추정가격: 1억 2천만원\n- 제출 마감: 2027. 1. 15.(금) 17:00\n",
    "tender-fix.md": "---\ndate: 2026-11-20\n---\n# [정정공고] 예시시 수질 감시 용역 입찰공고\n\n"
    "| 항목 | 당초 | 정정 |\n|---|---|---|\n"
    "| 제출 마감 | 2027. 1. 15.(금) 17:00 | 2027. 1. 29.(금) 17:00 |\n",
}  # fmt: skip


def _ingest(workspace: Workspace, folder: Path) -> IngestReport:
    report = IngestReport()
    for _ in workspace.pipeline.ingest([folder], report):
        pass
    assert not report.failures
    return report


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    folder = tmp_path_factory.mktemp("papers")
    for name, text in _PAPERS.items():
        (folder / name).write_text(text, encoding="utf-8")
    data = tmp_path_factory.mktemp("versions") / "data"
    with Workspace(Settings(data_dir=data), HashingEmbedder()) as workspace, workspace.writing():
        for deadline in (_OLD, _NEW):
            for language in ("ko", "en"):
                (folder / f"{language}.md").write_text(_call(language, deadline[language]), encoding="utf-8")
            report = _ingest(workspace, folder)
        assert report.replaced == ["en.md", "ko.md"]
        with TestClient(create_app(build_assistant(workspace), workspace)) as opened:
            yield opened


def _ask(client: Any, question: str) -> dict[str, Any]:
    sent = {"question": question, "as_of": "2026-11-22"}
    answer: dict[str, Any] = client.post("/api/chat", json=sent).raise_for_status().json()
    for claim in answer["claims"]:
        assert claim["citations"]
    for citation in answer["citations"]:
        assert _cited_text(client, citation) == citation["quote"]
    return answer


def _cited_text(client: Any, citation: dict[str, Any]) -> str:
    """The words at a citation's place, in the version that it cites."""
    version = f"versions/{citation['older_version']}/" if "older_version" in citation else ""
    page = client.get(f"/api/documents/{citation['document_id']}/{version}pages/{citation['page']}").json()
    return str(page["text"][citation["start"] : citation["end"]])


_PRESENT = {
    "ko": "누리시 상수도 시범사업의 신청 마감은 언제입니까?",
    "en": "What is the deadline of the Miru Water Pilot?",
}
_EARLIER = {
    "ko": "누리시 상수도 시범사업 이전 공고에서는 신청 마감이 언제였습니까?",
    "en": "What was the deadline of the Miru Water Pilot in the previous version?",
}


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_newest_version_answers(client: Any, language: str) -> None:
    answer = _ask(client, _PRESENT[language])
    assert _NEW[language] in answer["claims"][0]["text"]
    assert _OLD[language] not in answer["text"]
    assert not [citation for citation in answer["citations"] if "older_version" in citation]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_who_asks_for_the_earlier_version_is_told_it_as_earlier_with_what_holds_now(client: Any, language: str) -> None:
    answer = _ask(client, _EARLIER[language])
    first, second = answer["claims"]
    assert _OLD[language] in first["text"]
    assert first["text"].startswith({"ko": "이전 판의 내용:", "en": "In the earlier version:"}[language])
    assert _NEW[language] in second["text"]
    assert second["text"].startswith({"ko": "지금 판의 내용:", "en": "Now:"}[language])
    old, new = answer["citations"]
    assert old["document_id"] == new["document_id"]
    assert old["older_version"] == 1
    assert "older_version" not in new
    assert {"ko": "이전 판(제1판)", "en": "(version 1)"}[language] in " ".join(n["text"] for n in answer["notices"])


@pytest.mark.parametrize("language", ["ko", "en"])
def test_what_did_not_change_is_said_to_be_the_same(client: Any, language: str) -> None:
    question = {
        "ko": "변경 전 누리시 상수도 시범사업의 지원 한도는 얼마였습니까?",
        "en": "How much was the grant of the Miru Water Pilot originally?",
    }[language]
    answer = _ask(client, question)
    (claim,) = answer["claims"]
    assert {"ko": "같습니다", "en": "say the same"}[language] in claim["text"]
    assert len(claim["citations"]) == 2


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("interface", ["ko", "en"])
def test_an_older_citation_opens_its_version_marked_with_the_way_to_the_newest(
    client: Any, language: str, interface: str
) -> None:
    old, new = _ask(client, _EARLIER[language])["citations"]
    address, _ = old["url"].split("#")
    page = client.get(f"{address}&lang={interface}").text
    assert f'<mark id="cited">{old["quote"]}</mark>' in page
    assert {"ko": "이전 판(제1판)입니다", "en": "This is an older version (version 1)"}[interface] in page
    assert f'href="/documents/{old["document_id"]}?lang={interface}"' in page
    (original,) = set(re.findall(r'href="(/documents/\w+/original\?file=\w+)"', page))
    assert _OLD[language] in client.get(original).text
    newest = client.get(f"{new['url'].split('#')[0]}&lang={interface}").text
    assert f'<mark id="cited">{new["quote"]}</mark>' in newest
    assert {"ko": "이전 판(", "en": "This is an older"}[interface] not in newest


@pytest.mark.parametrize("interface", ["ko", "en"])
def test_a_version_that_is_no_longer_kept_is_not_passed_off_as_another(client: Any, interface: str) -> None:
    new = _ask(client, _PRESENT["ko"])["citations"][0]
    address = re.sub(r"file=\w+", f"file={'0' * 12}", new["url"].split("#")[0])
    page = client.get(f"{address}&lang={interface}").text
    assert '<mark id="cited">' not in page
    assert {"ko": "더 이상 보관되어 있지 않습니다", "en": "no longer kept"}[interface] in page
    assert client.get(f"/documents/{new['document_id']}/original?file={'0' * 12}").status_code == 404
    assert client.get(f"/documents/{new['document_id']}?file=%25").status_code == 422


@pytest.mark.parametrize(
    ("question", "new", "old"),
    [
        ("하람시 해외진출 지원사업의 지원 한도는 얼마인가요?", "5억원", "3억원"),
        ("How much does Solbat Export Support pay per company?", "KRW 50 million", "KRW 30 million"),
    ],
)
def test_a_paper_that_a_later_one_replaces_does_not_answer(client: Any, question: str, new: str, old: str) -> None:
    answer = _ask(client, question)
    assert new in answer["text"]
    assert old not in answer["text"]


@pytest.mark.parametrize(
    ("question", "told", "language"),
    [
        ("하람시 해외진출 지원사업은 어떻게 신청하나요?", "이전 판의 내용: 신청은 온라인으로 합니다.", "ko"),
        ("How are applications for Solbat Export Support made?", "In the earlier version: Applications are made by e-mail.", "en"),
    ],
)  # fmt: skip
def test_what_only_the_replaced_paper_says_is_cited_as_older(
    client: Any, question: str, told: str, language: str
) -> None:
    answer = _ask(client, question)
    assert answer["claims"][0]["text"] == told
    assert {"ko": "이전 자료", "en": "the older one"}[language] in " ".join(n["text"] for n in answer["notices"])
    page = client.get(answer["citations"][0]["url"].split("#")[0] + f"&lang={language}").text
    assert {"ko": "나중에 나온 문서가 있습니다", "en": "takes the place of this one"}[language] in page


@pytest.mark.parametrize(
    ("question", "old", "new"),
    [
        ("예시시 수질 감시 용역의 이전 공고에서는 제출 마감이 언제였나요?", "변경 전 2027년 1월 15일(금)", "변경 후 2027년 1월 29일(금)"),
        ("When was the original deadline of 예시시 수질 감시 용역?", "before the change Friday 15 January", "now Friday 29 January"),
    ],
)  # fmt: skip
def test_what_a_correction_replaced_is_told_as_the_old_value_with_both_papers(
    client: Any, question: str, old: str, new: str
) -> None:
    answer = _ask(client, question)
    (claim,) = answer["claims"]
    assert old in claim["text"]
    assert new in claim["text"]
    quotes = [citation["quote"] for citation in answer["citations"]]
    assert "제출 마감: 2027. 1. 15.(금) 17:00" in quotes
    assert "제출 마감 | 2027. 1. 15.(금) 17:00 | 2027. 1. 29.(금) 17:00" in quotes


@pytest.mark.parametrize(
    "question",
    ["예시시 수질 감시 용역 제출 마감은 언제인가요?", "Until when can bids for 예시시 수질 감시 용역 be submitted?"],
)
def test_a_corrected_notice_answers_with_the_new_value_and_names_the_old_only_as_old(
    client: Any, question: str
) -> None:
    answer = _ask(client, question)
    for claim in answer["claims"]:
        if re.search(r"1월 15일|1\. 15\.|15 January", claim["text"]):
            assert re.search(r"당초|before", claim["text"]), claim
    assert re.search(r"1월 29일|29 January", answer["claims"][0]["text"])


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("예시시 수질 감시 용역의 이전 공고에서는 발주처가 어디였나요?", "나중에 나온 공고는 물으신 내용을 바꾸지 않았습니다."),
        ("How much was the budget of 예시시 수질 감시 용역 in the earlier notice?", "Later notices changed nothing of what you asked."),
        ("하람시 해외진출 지원사업 안내의 이전 판에서는 신청 방법이 무엇이었나요?", "이전 판의 내용:"),
    ],
)  # fmt: skip
def test_what_no_notice_changed_is_said_not_to_have_changed(client: Any, question: str, told: str) -> None:
    answer = _ask(client, question)
    assert told in " ".join((*(notice["text"] for notice in answer["notices"]), answer["text"]))
    assert "지금 판의 내용: 이전 판의 내용" not in answer["text"]


def test_both_parts_of_a_question_are_told_of_both_versions(client: Any) -> None:
    answer = _ask(client, "누리시 상수도 시범사업의 이전 판에는 지원 한도가 얼마였고 언제 마감이었나요?")
    assert [claim["text"].split(":")[0] for claim in answer["claims"]] == ["이전 판의 내용"] * 2 + [
        "지금 판의 내용"
    ] * 2
    assert _OLD["ko"] in answer["text"]
    assert _NEW["ko"] in answer["text"]


@pytest.mark.parametrize(
    ("asked", "present"),
    [
        ("이전 공고에서는 마감이 언제였습니까?", "마감이 언제였습니까?"),
        ("PIS 펀드의 변경 전 한도는 얼마였나요?", "PIS 펀드의 한도는 얼마였나요?"),
        ("당초 마감은 언제였나요?", "마감은 언제였나요?"),
        ("바뀌기 전에는 장소가 어디였나요?", "장소가 어디였나요?"),
        ("What was the deadline in the previous version?", "What was the deadline ?"),
        ("What did the earlier notice say about the venue?", "What did say about the venue?"),
        ("When was the original deadline?", "When was the deadline?"),
        ("How much was it before the correction?", "How much was it ?"),
        ("이전 판은?", "이전 판은?"),
        ("기술 이전 안내 자료가 있나요?", None),
        ("이전 판매 실적이 필요한가요?", None),
        ("신청 마감 전에 무엇을 준비하나요?", None),
        ("What is the deadline before shipping?", None),
        ("Is there a version in English?", None),
        ("변전소 사업의 예산은 얼마인가요?", None),
    ],
)
def test_a_question_about_an_earlier_version_is_told_from_others(asked: str, present: str | None) -> None:
    assert present_question(asked) == present
