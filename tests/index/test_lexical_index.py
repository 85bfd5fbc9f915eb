from __future__ import annotations

from pathlib import Path

import pytest

from assistant.index.lexical import LexicalEntry, LexicalIndex, WeightedTerms
from assistant.types import Language


def _entry(chunk_id: str, forms: str, language: Language = "ko") -> LexicalEntry:
    return LexicalEntry(chunk_id, f"doc-{chunk_id}", language, forms.split())


@pytest.fixture
def index(tmp_path: Path) -> LexicalIndex:
    index = LexicalIndex(tmp_path / "lexical")
    index.upsert(
        [
            _entry("a", "보증 한도 기업"),
            _entry("b", "보증 보증 신청"),
            _entry("c", "센터 하노이"),
            _entry("e", "guarante limit", "en"),
        ]
    )
    index.commit()
    return index


def _ids(
    index: LexicalIndex, *concepts: str, language: Language = "ko", documents: set[str] | None = None
) -> list[str]:
    wanted = [[WeightedTerms((form,), 1.0)] for form in concepts]
    return [chunk_id for chunk_id, _ in index.search(language, wanted, 10, documents)]


def test_a_language_is_searched_alone(index: LexicalIndex) -> None:
    assert set(_ids(index, "보증")) == {"a", "b"}
    assert _ids(index, "guarante") == []
    assert _ids(index, "guarante", language="en") == ["e"]


def test_a_chunk_is_known_with_its_language(index: LexicalIndex) -> None:
    assert [index.language(chunk_id) for chunk_id in ("a", "e", "nobody")] == ["ko", "en", None]


def test_chunks_that_say_more_of_the_query_come_first(index: LexicalIndex) -> None:
    assert _ids(index, "보증", "한도")[0] == "a"


def test_the_best_alternative_of_a_concept_counts_alone(index: LexicalIndex) -> None:
    one = index.search("ko", [[WeightedTerms(("보증",), 1.0)]], 10)
    both = index.search("ko", [[WeightedTerms(("보증",), 1.0), WeightedTerms(("보증",), 0.4)]], 10)
    assert both == one


def test_a_weight_scales_the_score(index: LexicalIndex) -> None:
    whole, half = (index.search("ko", [[WeightedTerms(("하노이",), weight)]], 10)[0][1] for weight in (1.0, 0.5))
    assert half == pytest.approx(whole / 2, rel=1e-5)


def test_hits_are_limited_to_documents(index: LexicalIndex) -> None:
    assert _ids(index, "보증", documents={"doc-b", "doc-c"}) == ["b"]
    assert _ids(index, "보증", documents=set()) == []


def test_rare_forms_tell_more(index: LexicalIndex) -> None:
    rare, common = index.idf("ko", "하노이"), index.idf("ko", "보증")
    assert rare is not None
    assert common is not None
    assert rare > common > 0
    assert index.idf("ko", "없는말") is None
    assert rare == pytest.approx(index.max_idf("ko"))


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    index = LexicalIndex(tmp_path / "empty")
    assert _ids(index, "보증") == []
    assert index.max_idf("ko") == 0.0
    assert index.ids() == set()
    assert index.count() == 0


def test_an_entry_put_twice_is_there_once(index: LexicalIndex) -> None:
    index.upsert([_entry("a", "새로운 낱말")])
    index.commit()
    assert index.count() == 4
    assert _ids(index, "낱말") == ["a"]
    assert "a" not in _ids(index, "한도")


def test_deleted_chunks_are_gone_from_hits_and_from_the_list(index: LexicalIndex) -> None:
    index.delete(["a", "e", "unknown"])
    index.commit()
    assert index.ids() == {"b", "c"}
    assert index.count() == 2
    assert _ids(index, "한도") == []


def test_what_was_committed_is_there_when_opened_again(index: LexicalIndex, tmp_path: Path) -> None:
    index.upsert([_entry("late", "미완성")])
    again = LexicalIndex(tmp_path / "lexical")
    assert again.ids() == {"a", "b", "c", "e"}
    assert set(_ids(again, "보증")) == {"a", "b"}


def test_cleared_index_can_be_filled_again(index: LexicalIndex) -> None:
    index.clear()
    assert index.count() == 0
    index.upsert([_entry("n", "새말")])
    index.commit()
    assert index.ids() == {"n"}


def test_forms_are_listed_by_prefix_the_most_frequent_first(index: LexicalIndex) -> None:
    assert index.vocabulary("ko", "하노") == ["하노이"]
    assert index.vocabulary("ko", "")[0] == "보증"
