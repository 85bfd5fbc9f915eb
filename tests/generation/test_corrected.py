"""What a later notice corrects row by row is told from that notice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from answer_parts import hit
from record_parts import a_tender

from assistant.generation.corrected import without_corrected
from assistant.types import Change, Chunk, Record, ScoredChunk

TENDER = hit(
    "입찰서 제출 마감 | 2027년 1월 15일 18:00까지 | 하노이 시각\n질의 접수 마감 | 2026년 12월 17일(목) 17:00까지 | 전자우편\n"
    "현장설명회 | 2026년 12월 10일(목) 10:00 | 온라인 병행",
    title="교통신호 입찰",
)
NOTICE = hit(
    "구분 | 당초 | 정정\n입찰서 제출 마감 | 2027년 1월 15일 18:00까지 | 2027년 2월 5일(금) 18:00까지\n"
    "질의 접수 마감 | 2026년 12월 17일(목) 17:00까지 | 2027년 1월 8일(금) 17:00까지",
    title="[정정공고] 교통신호 입찰",
)
ENGLISH = hit(
    "Item | Before | Now\nLast day for questions | December 17, 2026 | January 8, 2027",
    title="Correction: traffic tender",
)
QUESTIONS = hit("Last day for questions | December 17, 2026\nSite visit | December 10, 2026", title="Traffic tender")


def _changed(tender: ScoredChunk, notice: ScoredChunk) -> Record:
    record = a_tender("교통신호 입찰", date(2027, 2, 5))
    change = Change("deadline", "2027-01-15", "2027-02-05", notice.document.document_id, record.evidence[0])
    return replace(record, document_id=tender.document.document_id, changes=(change,))


def _kept(hits: list[ScoredChunk], tender: ScoredChunk, notice: ScoredChunk) -> list[ScoredChunk]:
    documents = {one.document.document_id: one.document for one in (tender, notice)}

    def chunks(document_id: str) -> list[Chunk]:
        return [one.chunk for one in (tender, notice) if one.document.document_id == document_id]

    return without_corrected(hits, [_changed(tender, notice)], documents, chunks)


@pytest.mark.parametrize(
    ("tender", "notice", "left"),
    [
        (TENDER, NOTICE, "현장설명회 | 2026년 12월 10일(목) 10:00 | 온라인 병행"),
        (QUESTIONS, ENGLISH, "Site visit | December 10, 2026"),
    ],
)
def test_lines_with_an_old_value_are_left_out_and_the_notice_comes_in_their_place(
    tender: ScoredChunk, notice: ScoredChunk, left: str
) -> None:
    kept = _kept([tender], tender, notice)
    assert [one.chunk.text for one in kept] == [left, notice.chunk.text]
    assert len(kept[0].chunk.spans) == 1
    assert kept[1].document == notice.document


def test_a_notice_that_was_found_is_not_told_twice() -> None:
    kept = _kept([NOTICE, TENDER], TENDER, NOTICE)
    assert [one.chunk.chunk_id for one in kept] == [NOTICE.chunk.chunk_id, TENDER.chunk.chunk_id]
    assert kept[0] == NOTICE


def test_papers_that_no_notice_changes_stay_whole() -> None:
    documents = {one.document.document_id: one.document for one in (TENDER, NOTICE)}
    assert without_corrected([TENDER, NOTICE], [], documents, lambda _: []) == [TENDER, NOTICE]
