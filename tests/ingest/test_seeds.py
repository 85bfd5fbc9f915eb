"""The real documents, when they are there: what the outline and the chunks make of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from hashing_embedder import HashingEmbedder

from assistant.ingest.pipeline import IngestReport
from assistant.settings import Settings
from assistant.types import Block, BlockKind, Chunk, Document, Page
from assistant.workspace import Workspace


@dataclass(frozen=True)
class _Ingested:
    document: Document
    pages: list[tuple[Page, list[Block]]]
    chunks: list[Chunk]

    @property
    def text(self) -> str:
        return "\n".join(page.text for page, _ in self.pages)

    def blocks(self, kind: BlockKind) -> list[str]:
        return [page.text[b.start : b.end] for page, blocks in self.pages for b in blocks if b.kind is kind]


@pytest.fixture(scope="module")
def seeds(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, _Ingested]]:
    """The five documents by the first three letters of their names."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("seeds"))
    with Workspace(settings, HashingEmbedder()) as workspace:
        report = IngestReport()
        for _ in workspace.pipeline.ingest([shared / "seeds"], report):
            pass
        assert not report.failures
        store = workspace.store
        yield {
            document.source[:3]: _Ingested(
                document, store.pages(document.document_id), store.document_chunks(document.document_id)
            )
            for document in store.documents()
        }


@pytest.fixture(scope="module")
def plan(seeds: dict[str, _Ingested]) -> _Ingested:
    return seeds["002"]


def test_all_five_go_in_whole(seeds: dict[str, _Ingested]) -> None:
    assert sorted(seeds) == ["000", "001", "002", "003", "004"]
    assert {name: item.document.language for name, item in seeds.items()} == {
        "000": "en",
        "001": "en",
        "002": "ko",
        "003": "en",
        "004": "en",
    }
    assert all(item.document.status == "ready" for item in seeds.values())


def test_every_line_of_every_chunk_is_a_quotation_of_its_page(seeds: dict[str, _Ingested]) -> None:
    for item in seeds.values():
        texts = {page.number: page.text for page, _ in item.pages}
        for chunk in item.chunks:
            assert chunk.text == "\n".join(texts[span.page][span.start : span.end] for span in chunk.spans)


def test_no_text_of_a_seed_is_lost(seeds: dict[str, _Ingested]) -> None:
    for item in seeds.values():
        for page, blocks in item.pages:
            covered = {n for c in item.chunks for s in c.spans if s.page == page.number for n in range(s.start, s.end)}
            for block in blocks:
                if block.kind is not BlockKind.HEADING:
                    missing = [
                        n for n in range(block.start, block.end) if n not in covered and not page.text[n].isspace()
                    ]
                    assert not missing, page.text[block.start : block.end]


def test_the_25_tasks_are_table_rows_with_due_time_and_owner(plan: _Ingested) -> None:
    rows = plan.blocks(BlockKind.TABLE_ROW)
    assert len(rows) == 25
    assert rows[0] == "PIS 펀드 조성 ‘19下 기재·국토부"
    assert rows[3] == "무보 특별계정 신설 ‘19下 산업부"
    assert rows[19] == "Team Korea 스마트시티 수주지원 강화 계속 범부처"
    assert rows[24] == "스마트시티 민간 대외협력관 임명 ‘20上 국토·외교부"


def test_rows_are_retrieved_with_their_column_names(plan: _Ingested) -> None:
    holding = [chunk for chunk in plan.chunks if "무보 특별계정 신설 ‘19下" in chunk.text]
    assert len(holding) == 1
    assert {"과제", "기한", "담당"} <= set(holding[0].text.split("\n")[0].split())


def test_page_numbers_are_no_text(seeds: dict[str, _Ingested]) -> None:
    for item in seeds.values():
        assert not [line for line in item.text.split("\n") if re.fullmatch(r"-\s?\d+\s?-", line)]
        assert "[bookmark" not in item.text


def test_footnotes_stay_with_their_bullets(plan: _Ingested) -> None:
    notes = 0
    for page, blocks in plan.pages:
        for before, note in pairwise(blocks):
            if note.kind is BlockKind.NOTE and before.kind is not BlockKind.HEADING:
                notes += 1
                (holding,) = [c for c in plan.chunks if any(s.start == note.start for s in c.spans)]
                assert any(s.start <= before.start < s.end or s.end == before.end for s in holding.spans), page.text[
                    note.start : note.end
                ]
    assert notes > 30


def test_lines_wrapped_in_mid_phrase_are_joined(plan: _Ingested) -> None:
    assert "신도시를 단기간 내 개발한 경험을 해당국에 접목하는 방식으로" in plan.text
    assert "관련 글로벌 시장도 큰 폭으로 확대될 전망" in plan.text


def test_the_chapters_are_the_outermost_headings(plan: _Ingested) -> None:
    chapters = {chunk.section[0] for chunk in plan.chunks if chunk.section}
    assert {"Ⅰ. 추진배경", "Ⅱ. 해외진출 현황 및 평가", "Ⅳ. 스마트시티 해외진출 활성화 방안"} <= chapters


def test_titles_and_dates_are_derived(seeds: dict[str, _Ingested]) -> None:
    assert seeds["002"].document.title == "스마트시티 해외진출 활성화 방안"
    assert seeds["000"].document.title == "New bases for frontline promotion of K-Smart City Model"
    published = {name: item.document.published.isoformat() for name, item in seeds.items() if item.document.published}
    assert published["001"] == "2018"
    assert published["003"] == "2013-11-06"
