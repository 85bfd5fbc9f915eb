"""Other pipelines beside ours: what counts as found, and that each library's pipeline works where it is installed."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hashing_embedder import HashingEmbedder

from assistant.errors import ConfigurationError
from evals.peer_pipelines import PEERS, Piece, make_peers
from evals.peers import OWN, Asked, groups_of, holding, run_peers, score, standalone, table
from evals.peers_page import peers_page

KOREAN = "# 시장개척자금\n\n중소기업은 총비용의 70%까지 지원받습니다.\n\n신청은 매년 3월에 받습니다.\n"
ENGLISH = "# Export fund\n\nThe fund invests 1.5 trillion won in projects abroad.\n\nApplications close on May 2.\n"
QUESTIONS: list[dict[str, Any]] = [
    {
        "id": "q-1", "lang": "ko", "question": "중소기업은 얼마나 지원받나요?", "history": [], "as_of": None, "cross_lingual": False,
        "doc": ["fund-ko.md"], "evidence": ["중소기업은 총비용의 70%까지 지원받습니다."],
    },
    {
        "id": "q-2", "lang": "en", "question": "And when do applications close?", "as_of": None, "cross_lingual": False,
        "history": [{"role": "user", "content": "How much does the fund invest?"}, {"role": "assistant", "content": "1.5 trillion won."}],
        "doc": ["fund-en.md"], "evidence": ["Applications close on May 2."],
    },
    {"id": "q-3", "lang": "en", "question": "Who won?", "history": [], "as_of": None, "cross_lingual": False, "doc": [], "evidence": []},
]  # fmt: skip
PIECES = [Piece("a", "one", "가나다라마바사. 첫째 문장"), Piece("b", "one", "둘째 문장은 여기 있습니다.")]
OTHERS = [Piece("y", "two", "다른 문서의 글입니다."), Piece("z", "two", "또 다른 글입니다.")]


class Reversed:
    """The simplest pipeline there is: lines in their order, the last one first."""

    name = "reversed"

    def index(self, texts: Mapping[str, str]) -> list[Piece]:
        self.pieces = [
            Piece(f"{source}-{number}", source, line)
            for source, text in texts.items()
            for number, line in enumerate(text.split("\n"))
            if line.strip()
        ]
        return self.pieces

    def search(self, question: str, top_k: int) -> list[str]:
        return [piece.piece_id for piece in reversed(self.pieces)][:top_k]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "fund-ko.md").write_text(KOREAN, encoding="utf-8")
    (folder / "fund-en.md").write_text(ENGLISH, encoding="utf-8")
    return folder


def test_a_piece_holds_evidence_if_they_share_more_than_half_of_the_shorter_one() -> None:
    assert holding(PIECES, "둘째 문장은, 여기 있습니다") == {"b"}
    assert holding(PIECES, "셋째 문장은 없는 말입니다") == frozenset()


def test_a_table_row_that_was_taken_apart_is_found_by_its_words() -> None:
    taken_apart = [Piece("t", "one", "융자\n한도\n70억원\n기간\n10년"), Piece("u", "one", "융자 신청")]
    assert holding(taken_apart, "| 융자 | 기간 10년 | 한도 70억원 |") == {"t"}


def test_measures_are_those_of_the_ranking() -> None:
    row = {"id": "q", "doc": ["one"], "evidence": ["가나다라마바사. 첫째 문장", "둘째 문장은 여기 있습니다."]}
    found = score(Asked("x", [*PIECES, *OTHERS], 0.0, {"q": ["z", "b", "y", "a"]}, [0.1]), [row])["q"]
    assert (found["S@1"], found["S@3"], found["R@3"], found["R@5"]) == (0.0, 1.0, 0.5, 1.0)
    assert found["RR@10"] == 0.5


def test_reading_by_length_stops_in_the_middle_of_a_long_piece() -> None:
    long = [Piece("a", "one", "가" * 600 + " 둘째 문장은 여기 있습니다."), Piece("b", "one", "셋째 문장도 있습니다.")]
    rows = [{"id": "q", "doc": ["one"], "evidence": ["둘째 문장은 여기 있습니다."]}]
    found = score(Asked("x", long, 0.0, {"q": ["a", "b"]}, [0.1]), rows)["q"]
    assert (found["S@1"], found["S@500c"], found["S@1000c"]) == (1.0, 0.0, 1.0)


def test_a_question_without_results_scores_nothing() -> None:
    row = {"id": "q", "doc": ["one"], "evidence": ["둘째 문장은 여기 있습니다."]}
    assert set(score(Asked("x", PIECES, 0.0, {"q": []}, [0.1]), [row])["q"].values()) == {0.0}


def test_a_follow_up_goes_to_a_peer_with_the_exchange_before_it() -> None:
    assert (
        standalone(QUESTIONS[1]) == "How much does the fund invest? 1.5 trillion won. And when do applications close?"
    )
    assert groups_of(QUESTIONS[1]) == ("all", "en", "follow-up")


def test_all_pipelines_are_measured_on_the_same_questions(corpus: Path) -> None:
    found = run_peers(corpus, QUESTIONS, HashingEmbedder(), lambda embedder, depth: [Reversed()], say=lambda text: None)
    own, other = found["pipelines"]
    assert (own["name"], other["name"], found["questions"]) == (OWN, "reversed", 2)
    assert own["groups"]["all"]["S@10"]["mean"] == 1.0
    assert set(found["by_question"]) == {"q-1", "q-2"}
    assert other["p50_ms"] <= other["p95_ms"]
    assert [row[0] for row in table(found, "all")[2]] == [OWN, "reversed"]


def test_the_page_is_one_file_in_both_languages(corpus: Path) -> None:
    found = run_peers(corpus, QUESTIONS, HashingEmbedder(), lambda embedder, depth: [Reversed()], say=lambda text: None)
    page = peers_page({**found, "corpus": "<papers>"})
    assert "&lt;papers&gt;" in page
    assert "<papers>" not in page
    assert "나란히" in page
    assert "Side by side" in page
    assert "<script" not in page
    assert "http://" not in page.replace("http://www.w3.org/2000/svg", "")


def test_an_unknown_peer_is_named() -> None:
    with pytest.raises(ValueError, match="wizard: there is no such peer"):
        make_peers(["wizard"], HashingEmbedder(), 10)


@pytest.mark.parametrize(
    ("peer", "library"),
    [("haystack", "haystack"), ("llamaindex", "llama_index.core"), ("langchain", "langchain_chroma")],
)
def test_a_missing_library_names_the_extra(peer: str, library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(ConfigurationError, match=r"\[peers\]"):
        make_peers([peer], HashingEmbedder(), 10)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("peer", "libraries"),
    [
        ("langchain", ["langchain_chroma", "langchain_classic", "langchain_community", "rank_bm25"]),
        ("haystack", ["haystack"]),
        ("haystack-hybrid", ["haystack"]),
        ("llamaindex", ["llama_index.core"]),
    ],
)
def test_each_pipeline_finds_what_its_documents_say(peer: str, libraries: Sequence[str]) -> None:
    for library in libraries:
        pytest.importorskip(library, reason="the extra peers is not installed")
    [pipeline] = make_peers([peer], HashingEmbedder(), 10)
    # BM25 tells words apart only where most documents lack them.
    texts = {"fund-ko": KOREAN, "fund-en": ENGLISH, "other": "Road works begin in June.", "more": "도로 공사 안내"}
    pieces = pipeline.index(texts)
    found = pipeline.search("중소기업은 총비용의 70%까지 지원받습니다.", 10)
    assert {piece.source for piece in pieces} == set(texts)
    assert {piece.piece_id for piece in pieces} >= set(found)
    assert next(piece for piece in pieces if piece.piece_id == found[0]).source == "fund-ko"


def test_every_peer_has_a_name_to_be_chosen_by() -> None:
    assert set(PEERS) >= {"langchain", "haystack", "llamaindex"}
