"""What is too old goes: conversations and closed inquiries, from the disk too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_parts import PASSWORD, Clock
from hashing_embedder import HashingEmbedder

from assistant.desk.accounts import Account
from assistant.desk.audit import AuditFilter
from assistant.desk.desk import Desk
from assistant.desk.inquiries import Inquiry, NewInquiry
from assistant.desk.retention import Purged
from assistant.errors import NotFoundError
from assistant.service import build_assistant
from assistant.settings import Settings
from assistant.workspace import Workspace


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Workspace]:
    settings = Settings(data_dir=tmp_path, conversation_retention_days=10, inquiry_retention_days=20)
    with Workspace(settings, HashingEmbedder()) as workspace:
        yield workspace


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(empty: Workspace, clock: Clock) -> Iterator[Desk]:
    built = Desk(build_assistant(empty), empty, clock, clock.today)
    yield built
    built.close()


@pytest.fixture
def officer(desk: Desk) -> Account:
    return desk.accounts.create("tests", "officer", "Officer", "officer", PASSWORD)


def on_disk(workspace: Workspace, words: str) -> bool:
    return any(words.encode() in file.read_bytes() for file in workspace.settings.data_dir.glob("annae.sqlite3*"))


def handed_over(desk: Desk, question: str, conversation: str | None = None) -> Inquiry:
    return desk.inquiries.receive(
        NewInquiry(question, "ko", "other", conversation, (("user", question),), email="someone@example.org")
    )


def closed(desk: Desk, officer: Account, inquiry: Inquiry) -> None:
    desk.casework.give_back(officer, inquiry.inquiry_id, inquiry.version, "inquirer", "담당이 아닙니다")


def days_of(desk: Desk, clock: Clock, days: int) -> list[Purged]:
    purged = []
    for _ in range(days):
        clock.forward(days=1)
        purged.append(desk.retention.purge())
    return purged


def test_a_conversation_goes_when_nobody_went_on_with_it(desk: Desk, empty: Workspace, clock: Clock) -> None:
    empty.store.conversations.append("quiet", [("user", "oldconversationwords"), ("assistant", "a")])
    empty.store.conversations.append("lively", [("user", "b")])
    assert desk.retention.purge().conversations == 0
    assert sum(purged.conversations for purged in days_of(desk, clock, 5)) == 0
    empty.store.conversations.append("lively", [("user", "c")])
    assert [purged.conversations for purged in days_of(desk, clock, 6)] == [0, 0, 0, 0, 0, 1]
    assert empty.store.conversations.turns("quiet") == []
    assert [content for _, content in empty.store.conversations.turns("lively")] == ["b", "c"]
    assert not on_disk(empty, "oldconversationwords")
    assert sum(purged.conversations for purged in days_of(desk, clock, 6)) == 1
    assert empty.store.conversations.first_questions() == []


def test_a_closed_inquiry_goes_with_its_conversations_and_contact(
    desk: Desk, empty: Workspace, officer: Account, clock: Clock
) -> None:
    empty.store.conversations.append("theirs", [("user", "closedinquirywords")])
    inquiry = handed_over(desk, "closedinquirywords", "theirs")
    empty.store.conversations.append(inquiry.draft_conversation_id, [("user", "drafted")])
    closed(desk, officer, inquiry)
    purged = days_of(desk, clock, 21)
    assert [day.inquiries for day in purged] == [0] * 20 + [1]
    with pytest.raises(NotFoundError):
        desk.inquiries.inquiry(inquiry.inquiry_id)
    assert empty.store.conversations.turns(inquiry.draft_conversation_id) == []
    assert not on_disk(empty, "closedinquirywords")
    assert not on_disk(empty, "someone@example.org")


def test_an_open_inquiry_stays_and_the_conversation_of_its_draft_too(
    desk: Desk, empty: Workspace, officer: Account, clock: Clock
) -> None:
    waiting, reopened = handed_over(desk, "기다립니다"), handed_over(desk, "다시 봅니다")
    closed(desk, officer, reopened)
    back = desk.inquiries.inquiry(reopened.inquiry_id)
    desk.casework.give_back(officer, back.inquiry_id, back.version, "officer", "다시 봐 주십시오")
    empty.store.conversations.append(waiting.draft_conversation_id, [("user", "초안")])
    assert {(day.inquiries, day.conversations) for day in days_of(desk, clock, 30)} == {(0, 0)}
    assert desk.inquiries.inquiry(waiting.inquiry_id) == waiting
    assert empty.store.conversations.turns(waiting.draft_conversation_id)


def test_the_audit_log_keeps_what_was_deleted_but_none_of_its_words(
    desk: Desk, empty: Workspace, officer: Account, clock: Clock
) -> None:
    empty.store.conversations.append("quiet", [("user", "a")])
    closed(desk, officer, handed_over(desk, "질문"))
    desk.retention.purge()
    days_of(desk, clock, 25)
    entries = {entry.action: entry for entry in desk.audit.entries(AuditFilter(actor="system"), 10)}
    assert entries["conversation.purge"].details["deleted"] == 1
    assert entries["inquiry.erase"].subject.startswith("inquiry:")
