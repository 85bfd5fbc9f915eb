"""What an officer sees of drafts and approved answers whose document has a newer version."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_parts import PASSWORD, Clock, Signed, done, take_in
from hashing_embedder import HashingEmbedder

from assistant.api import create_app
from assistant.desk.desk import Desk
from assistant.desk.inquiries import NewInquiry
from assistant.service import build_assistant
from assistant.settings import Settings
from assistant.workspace import Workspace

_QUESTION = "중견기업은 물순환 시장개척자금을 몇 %까지 지원받나요?"
_SHARE = "중견기업의 물순환 시장개척자금 지원 비율은 최대 {share}%입니다.\n"
_TEXT = f"# 물순환 시장개척자금 안내\n\n{_SHARE}"


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    file = tmp_path / "papers" / "guide.md"
    file.parent.mkdir()
    file.write_text(_TEXT.format(share=80), encoding="utf-8")
    return file


@pytest.fixture
def small(tmp_path: Path, paper: Path) -> Iterator[Workspace]:
    with Workspace(Settings(data_dir=tmp_path / "data", parse_processes=0), HashingEmbedder()) as workspace:
        take_in(workspace, paper.parent)
        yield workspace


@pytest.fixture
def officers(small: Workspace) -> Iterator[Desk]:
    clock = Clock()
    built = Desk(build_assistant(small), small, clock, clock.today)
    built.accounts.create("tests", "editor", "Editor", "editor", PASSWORD)
    yield built
    built.close()


@pytest.fixture
def client(small: Workspace, officers: Desk) -> Signed:
    signed = Signed(create_app(build_assistant(small), small, officers))
    signed.sign_in("editor")
    return signed


def _receive(desk: Desk, question: str) -> str:
    return desk.inquiries.receive(NewInquiry(question, "ko", "programs")).inquiry_id


def test_a_draft_that_cites_an_older_version_says_which_and_opens_it(
    client: Signed, officers: Desk, small: Workspace, paper: Path
) -> None:
    inquiry = f"/api/desk/inquiries/{_receive(officers, _QUESTION)}"
    asked = done(client.get(inquiry))["drafts"]["ko"]
    assert "older_version" not in asked["citations"][0]
    paper.write_text(_TEXT.format(share=90), encoding="utf-8")
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
    inquiry = f"/api/desk/inquiries/{_receive(officers, _QUESTION)}"
    done(client.get(inquiry))
    paper.write_text(f"{_TEXT.format(share=80)}\n신청은 상시 받습니다.\n", encoding="utf-8")
    take_in(small, paper.parent)
    draft = done(client.get(inquiry))["drafts"]["ko"]
    assert draft["stale"] == []
    page = client.get(draft["citations"][0]["url"].split("#")[0]).text
    assert "신청은 상시 받습니다" in page
    assert "이전 판(" not in page


def test_a_draft_about_the_earlier_version_cites_it_and_can_be_edited(
    client: Signed, officers: Desk, small: Workspace, paper: Path
) -> None:
    paper.write_text(_TEXT.format(share=90), encoding="utf-8")
    take_in(small, paper.parent)
    question = "이전 판에서는 중견기업의 물순환 시장개척자금 지원 비율이 몇 %였나요?"
    inquiry = f"/api/desk/inquiries/{_receive(officers, question)}"
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
