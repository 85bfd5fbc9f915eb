"""Both legs and the hybrid over a small bilingual library, with the bundled termbase and lexicon."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hashing_embedder import HashingEmbedder
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever

from assistant.index.lexical import LexicalIndex
from assistant.index.vectors import VectorIndex
from assistant.ingest.pipeline import IngestReport
from assistant.retrieval.dense import DenseRetriever
from assistant.retrieval.lexical import LexicalRetriever
from assistant.settings import Settings
from assistant.types import DocumentKind, Filters
from assistant.workspace import Workspace

_PAPERS = {
    "ko-guarantee.txt": "Ⅰ. 무보 특별계정 안내\n\n□ 무보는 초고위험국 사업의 수출 대금을 보증\n\n   * 한도는 사업비의 85%",
    "en-guarantee.txt": "Guarantees of K-SURE\n\nK-SURE guarantees payments for exports to high-risk countries up to a limit.",
    "ko-center.txt": "Ⅰ. 협력 센터 개소\n\n□ 하노이와 방콕에 스마트시티 협력 센터를 개소\n\n□ 현지 발주 정보를 기업에 제공",
    "en-center.txt": "New help desk in Hanoi\n\nA help desk in Hanoi answers questions on local permits and tenders.",
    "ko-fund.txt": "Ⅰ. 시장개척자금 지원\n\n□ 중견기업은 자부담 30%로 시장개척자금을 신청",
    "en-statistics.txt": "Waste bins of the year\n\nSolar waste bins were sold in many towns.",
}
_MANIFEST = """\
- {file: ko-guarantee.txt, publisher: 산업통상자원부, published: 2019-H2, kind: policy}
- {file: en-guarantee.txt, publisher: K-SURE, published: 2020-03-02, kind: guide}
- {file: ko-center.txt, publisher: 국토교통부, published: "2020", kind: press_release}
- {file: en-center.txt, publisher: KOTRA, kind: guide}
- {file: ko-fund.txt, publisher: 국토교통부, published: 2021-05, kind: policy}
- {file: en-statistics.txt, kind: press_release}
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("papers")
    for name, text in _PAPERS.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "manifest.yaml").write_text(_MANIFEST, encoding="utf-8")
    with Workspace(Settings(data_dir=tmp_path_factory.mktemp("data")), HashingEmbedder()) as workspace:
        report = IngestReport()
        for _ in workspace.pipeline.ingest([folder], report):
            pass
        assert not report.failures
        yield workspace


def _sources(workspace: Workspace, question: str, filters: Filters | None = None, top_k: int = 10) -> list[str]:
    return [hit.document.source for hit in workspace.retriever.retrieve(question, top_k, filters or Filters())]


def _lexical(workspace: Workspace, question: str) -> list[str]:
    """Sources that the lexical leg alone finds, best first."""
    retriever = workspace.retriever
    found = retriever.lexical.retrieve(retriever.query_builder.build(question), 10)
    stored = workspace.store.chunks([chunk_id for chunk_id, _ in found])
    return list(dict.fromkeys(stored[chunk_id][1].source for chunk_id, _ in found))


# --- The lexical leg ---


@pytest.mark.parametrize(
    ("question", "same", "other"),
    [
        ("무보 보증", "ko-guarantee.txt", "en-guarantee.txt"),
        ("K-SURE guarantee", "en-guarantee.txt", "ko-guarantee.txt"),
        ("k-sure", "en-guarantee.txt", "ko-guarantee.txt"),
        ("하노이", "ko-center.txt", "en-center.txt"),
        ("Hanoi", "en-center.txt", "ko-center.txt"),
    ],
)
def test_a_term_is_found_in_both_languages(library: Workspace, question: str, same: str, other: str) -> None:
    found = _lexical(library, question)
    assert same in found
    assert other in found


@pytest.mark.parametrize("question", ["시장개척자금", "시장 개척 자금", "시장개척 자금"])
def test_spacing_of_a_compound_makes_no_difference(library: Workspace, question: str) -> None:
    assert _lexical(library, question)[0] == "ko-fund.txt"


@pytest.mark.parametrize("question", ["중견기업이 신청하려면?", "중견기업도 되나요", "중견기업의 자부담은 얼마인가요?"])
def test_particles_and_endings_make_no_difference(library: Workspace, question: str) -> None:
    assert _lexical(library, question)[0] == "ko-fund.txt"


@pytest.mark.parametrize("question", ["PERMITS", "permit", "Is a permit needed?"])
def test_case_and_number_make_no_difference(library: Workspace, question: str) -> None:
    assert _lexical(library, question)[0] == "en-center.txt"


@pytest.mark.parametrize("question", ["", "?", "the of what", "그것은 무엇인가요?", "어디에서 누가 하나요"])
def test_a_question_without_content_finds_no_words(library: Workspace, question: str) -> None:
    assert _lexical(library, question) == []


def test_the_people_of_a_country_are_the_country_in_korean(library: Workspace) -> None:
    dutch = library.retriever.query_builder.build("Dutch cities").concepts[0]
    assert "네덜란드" in {alternative.text for alternative in dutch.alternatives["ko"]}


def test_an_abbreviation_spelt_as_it_is_said_is_the_term(library: Workspace) -> None:
    said = library.retriever.query_builder.build("엠오유는 언제 맺었나요?").concepts[0]
    assert said.text == "MOU"
    assert "memorandum of understanding" in {alternative.text for alternative in said.alternatives["en"]}


def test_a_verb_of_two_words_finds_what_says_it_in_one_in_either_language(library: Workspace) -> None:
    query = library.retriever.query_builder.build("Until when must papers be handed in?")
    [handed] = [concept for concept in query.concepts if concept.text == "handed in"]
    assert ("submit",) in [way.forms for way in handed.alternatives["en"]]
    assert ("제출",) in [way.forms for way in handed.alternatives["ko"]]
    assert handed.alternatives["en"][0].forms == ("hand",)


@pytest.mark.parametrize("question", ["무보", "K-SURE"])
def test_an_abbreviation_of_a_name_weighs_more_than_any_single_word(library: Workspace, question: str) -> None:
    [abbreviated] = library.retriever.query_builder.build(question).concepts
    [unknown] = library.retriever.query_builder.build("콘서트").concepts
    assert abbreviated.weight > 1.0 > unknown.weight


@pytest.mark.parametrize("question", ["로드쇼는 일 년에 몇 번 하나요?", "로드쇼는 몇 번 하나"])
def test_the_end_of_a_question_is_no_number(library: Workspace, question: str) -> None:
    concepts = library.retriever.query_builder.build(question).concepts
    assert [concept.text for concept in concepts] == ["로드쇼"]


def test_lexical_scores_compare_across_queries(library: Workspace) -> None:
    retriever = library.retriever
    good, poor = (
        retriever.lexical.retrieve(retriever.query_builder.build(text), 1)[0][1]
        for text in ("시장개척자금 중견기업 자부담", "중견기업 관광 세금 도로 학교 공원 축제")
    )
    assert good > 0.5 > poor > 0


# --- The hybrid ---


@pytest.mark.parametrize(
    ("question", "source"),
    [
        ("중견기업 시장개척자금 자부담", "ko-fund.txt"),
        ("특별계정의 보증 한도", "ko-guarantee.txt"),
        ("questions on local permits", "en-center.txt"),
        ("solar waste bins", "en-statistics.txt"),
    ],
)
def test_the_right_document_comes_first(library: Workspace, question: str, source: str) -> None:
    assert _sources(library, question)[0] == source


@pytest.mark.parametrize(("question", "language"), [("하노이 협력 센터", "ko"), ("help desk in Hanoi", "en")])
def test_chunks_in_the_other_language_are_weighed_apart(library: Workspace, question: str, language: str) -> None:
    def scores(foreign_lexical_weight: float) -> dict[str, dict[str, float]]:
        changed = library.retriever.model_copy(
            update={"foreign_lexical_weight": foreign_lexical_weight, "looks_twice": False}
        )
        found: dict[str, dict[str, float]] = {"ko": {}, "en": {}}
        for hit in changed.retrieve(question, 20):
            found[hit.chunk.language][hit.chunk.chunk_id] = hit.score
        return found

    low, high = scores(0.1), scores(0.8)
    other = "en" if language == "ko" else "ko"
    assert low[language]
    assert low[language] == high[language]
    assert low[other] != high[other]


@pytest.mark.parametrize("question", ["하노이 협력 센터", "help desk in Hanoi"])
def test_a_hit_carries_its_rank_and_score_in_each_leg(library: Workspace, question: str) -> None:
    hits = library.retriever.retrieve(question, 10)
    assert {name for hit in hits for name in hit.ranks} == {"lexical", "dense", "fused"}
    assert all(hit.ranks and hit.ranks.keys() == hit.leg_scores.keys() for hit in hits)
    for leg in ("lexical", "dense"):
        ranks = [hit.ranks[leg] for hit in hits if leg in hit.ranks]
        assert len(set(ranks)) == len(ranks)
        assert min(ranks) == 1
        by_rank = sorted((hit.ranks[leg], -hit.leg_scores[leg]) for hit in hits if leg in hit.ranks)
        assert [score for _, score in by_rank] == sorted(score for _, score in by_rank)


def test_hits_are_best_first_without_repeats_and_at_most_top_k(library: Workspace) -> None:
    for top_k in (1, 3, 100):
        hits = library.retriever.retrieve("센터 보증", top_k)
        assert len(hits) == min(top_k, len(hits)) <= top_k
        assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
        assert len({hit.chunk.chunk_id for hit in hits}) == len(hits)
    assert len(library.retriever.retrieve("센터 보증", 3)) == 3


def test_the_same_question_gives_the_same_hits(library: Workspace) -> None:
    assert library.retriever.retrieve("하노이 센터", 10) == library.retriever.retrieve("하노이 센터", 10)


@pytest.mark.parametrize("fusion", ["weighted", "rrf"])
def test_both_ways_of_fusion_find_it(library: Workspace, fusion: str) -> None:
    retriever = library.retriever.model_copy(update={"fusion": fusion})
    assert retriever.retrieve("중견기업 시장개척자금", 3)[0].document.source == "ko-fund.txt"


@pytest.mark.parametrize(
    ("filters", "passing"),
    [
        (Filters(language="ko"), {"ko-guarantee.txt", "ko-center.txt", "ko-fund.txt"}),
        (Filters(language="en"), {"en-guarantee.txt", "en-center.txt", "en-statistics.txt"}),
        (Filters(kind=DocumentKind.GUIDE), {"en-guarantee.txt", "en-center.txt"}),
        (Filters(publisher="국토교통부"), {"ko-center.txt", "ko-fund.txt"}),
        (Filters(published_from=date(2020, 6, 1)), {"ko-center.txt", "ko-fund.txt"}),
        (Filters(published_to=date(2020, 1, 1)), {"ko-guarantee.txt", "ko-center.txt"}),
        (
            Filters(published_from=date(2020, 3, 1), published_to=date(2020, 3, 31)),
            {"en-guarantee.txt", "ko-center.txt"},
        ),
        (Filters(language="en", kind=DocumentKind.PRESS_RELEASE), {"en-statistics.txt"}),
        (Filters(publisher="없는 기관"), set()),
    ],
)
@pytest.mark.parametrize("question", ["무보 하노이 센터 보증", "Hanoi K-SURE guarantee desk"])
def test_filters_let_matching_documents_pass_in_both_legs(
    library: Workspace, question: str, filters: Filters, passing: set[str]
) -> None:
    assert set(_sources(library, question, filters, top_k=50)) <= passing
    # The dense leg ranks everything that passes, so nothing that passes is missing either.
    assert set(_sources(library, question, filters, top_k=50)) == passing


def test_undated_documents_pass_no_date_filter(library: Workspace) -> None:
    every_year = Filters(published_from=date(1900, 1, 1))
    assert not {"en-center.txt", "en-statistics.txt"} & set(_sources(library, "Hanoi desk bins", every_year, 50))


@pytest.mark.parametrize(
    "question", ["보증", "guarantee", "", "🙂", "a" * 5000, "'; DROP TABLE chunks; --", "body:* AND (", "\x00"]
)
def test_any_question_is_answered_with_hits_not_with_an_error(library: Workspace, question: str) -> None:
    assert isinstance(library.retriever.retrieve(question, 5), list)


def test_an_empty_library_has_no_hits(workspace: Workspace) -> None:
    assert workspace.retriever.retrieve("보증 한도", 5) == []


def test_legs_over_empty_indexes_find_nothing(tmp_path: Path, library: Workspace) -> None:
    query = library.retriever.query_builder.build("보증")
    vectors = VectorIndex(tmp_path / "vectors")
    assert LexicalRetriever(LexicalIndex(tmp_path / "lexical")).retrieve(query, 5) == []
    assert DenseRetriever(vectors, HashingEmbedder()).retrieve(query, 5) == []
    vectors.close()


# --- LangChain ---


def test_the_retriever_is_a_langchain_retriever(library: Workspace) -> None:
    assert isinstance(library.retriever, BaseRetriever)
    documents = library.retriever.invoke("하노이 협력 센터")
    hits = library.retriever.retrieve("하노이 협력 센터", library.settings.answer_chunks)
    assert all(isinstance(document, LangChainDocument) for document in documents)
    assert [document.id for document in documents] == [hit.chunk.chunk_id for hit in hits]
    first = documents[0]
    assert first.page_content == hits[0].chunk.text
    assert first.metadata["source"] == "ko-center.txt"
    assert {"document_id", "title", "page", "section", "score"} <= first.metadata.keys()


def test_langchain_s_batch_and_top_k_work(library: Workspace) -> None:
    assert [len(documents) for documents in library.retriever.batch(["하노이", "Hanoi"])] == [
        len(library.retriever.invoke("하노이")),
        len(library.retriever.invoke("Hanoi")),
    ]
    assert len(library.retriever.invoke("하노이", top_k=2)) == 2


async def _ask(library: Workspace) -> list[LangChainDocument]:
    return await library.retriever.ainvoke("하노이 협력 센터")


def test_langchain_s_asynchronous_call_gives_the_same(library: Workspace) -> None:
    import asyncio

    assert asyncio.run(_ask(library)) == library.retriever.invoke("하노이 협력 센터")


@pytest.mark.parametrize(
    ("asked", "plain"),
    [
        ("특별계정이 정확히 어떤 상품인지 한 줄로 설명해 주세요", "특별계정 상품"),
        ("시장개척자금을 간단히 소개해 주세요", "시장개척자금"),
        ("시장개척자금은 얼마예요?", "시장개척자금"),
        ("시장개척자금은 몇 %예요?", "시장개척자금"),
        ("시장개척자금은 누구한테 물어봐야 하나요?", "시장개척자금"),
        ("What exactly is the special account, in one sentence?", "special account"),
        ("Briefly, explain the help desk", "help desk"),
    ],
)
def test_words_on_how_to_answer_are_no_concepts(library: Workspace, asked: str, plain: str) -> None:
    builder = library.retriever.query_builder
    assert {c.text for c in builder.build(asked).concepts} == {c.text for c in builder.build(plain).concepts}


def test_what_is_paid_for_a_thing_is_looked_for_by_the_thing_too(library: Workspace) -> None:
    concept = library.retriever.query_builder.build("호텔비도 주나요?").concepts[0]
    assert concept.text == "호텔비"
    assert ("호텔",) in {way.forms for way in concept.alternatives["ko"]}
    assert ("hotel",) in {way.forms for way in concept.alternatives["en"]}


def test_a_country_is_looked_for_by_its_cities_too_and_by_itself_first(library: Workspace) -> None:
    turkey = library.retriever.query_builder.build("Is there an office in Turkey?").concepts[-1]
    weights = {" ".join(way.forms): way.weight for way in turkey.alternatives["en"]}
    assert weights["turkey"] > weights["istanbul"] > 0
    korea = library.retriever.query_builder.build("Is there an office in Korea?").concepts[-1]
    assert not {"seoul", "busan"} & {form for way in korea.alternatives["en"] for form in way.forms}
