import numpy as np
import pytest

from evals.datasets import Question, bare_text, sample
from evals.systems import PARTS, SYSTEMS, Bm25, CachedEmbedder, LexicalSystem, rrf, weighted
from evals.tuning import Trial, adaptive, fixed, measure, sweep


def _question(number: int, relevant: str = "a") -> Question:
    return Question(f"q{number}", "질문", "ko→ko", "development", frozenset({relevant}))


def _trial(coverage: float) -> Trial:
    languages = {"a": "ko", "b": "ko"}
    return Trial(
        "g", _question(1), (("a", 0.9), ("b", 0.1)), (("b", 0.8), ("a", 0.2)), {"ko": coverage, "en": 0.0}, languages
    )


def test_bm25_prefers_the_rare_word_and_the_short_text():
    index = Bm25({"a": ["시장", "개척", "자금"], "b": ["시장"], "c": ["시장", "조사", "보고", "결과", "요약"]})

    assert index.search(["개척"], 10)[0][0] == "a"
    assert [found for found, _ in index.search(["시장"], 10)] == ["b", "a", "c"]
    assert index.search(["없는말"], 10) == []


def test_bm25_is_the_formula():
    score = Bm25({"a": ["x"], "b": ["y"]}).search(["x"], 1)[0][1]

    assert score == pytest.approx(np.log(1 + 1.5 / 1.5) * 2.2 / (1 + 1.2))


def test_weighted_fusion_follows_its_weight():
    legs = {"lexical": [("a", 0.9), ("b", 0.1)], "dense": [("b", 0.9), ("a", 0.1)]}

    assert weighted(0.9)(legs)[0][0] == "a"
    assert weighted(0.1)(legs)[0][0] == "b"
    assert {found for found, _ in rrf(legs)} == {"a", "b"}


def test_the_ablation_adds_one_part_at_a_time():
    rows = [system for system in SYSTEMS if isinstance(system, LexicalSystem)]

    assert [len(row.parts) for row in rows] == list(range(len(PARTS) + 1))
    assert len({system.name for system in SYSTEMS}) == len(SYSTEMS)


def test_a_passage_is_embedded_once():
    class Counting:
        name = "counting"
        texts = 0

        def embed(self, texts):
            self.texts += len(texts)
            return np.ones((len(texts), 2), dtype=np.float32)

        def embed_query(self, text):
            return self.embed([text])[0]

    inner = Counting()
    embedder = CachedEmbedder(inner)
    embedder.embed(["하나", "둘", "하나"])
    embedder.embed(["둘", "셋"])
    embedder.fetch(["물음"])
    embedder.embed_query("물음")

    assert inner.texts == 4


def test_sampling_takes_the_same_questions_every_time():
    questions = [_question(n) for n in range(30)]

    assert sample(questions, 7) == sample(list(questions), 7)
    assert len(sample(questions, 7)) == 7
    assert sample(questions, None) == tuple(questions)


def test_quotations_are_compared_without_blanks_and_punctuation():
    assert bare_text("| 총 규모 | 1.5조원 |") == bare_text("총규모 1.5 조원")


@pytest.mark.parametrize(("coverage", "first"), [(1.0, "a"), (0.0, "b")])
def test_the_adaptive_rule_follows_what_the_index_knows(coverage, first):
    assert adaptive(_trial(coverage), 0.1, 0.9)[0][0] == first


def test_measures_of_a_fused_ranking():
    assert measure(_trial(1.0), fixed(_trial(1.0), 1.0)) == (1.0, 1.0, 1.0)
    assert measure(_trial(1.0), fixed(_trial(1.0), 0.0)) == (0.0, 1.0, 0.5)


def test_the_sweep_covers_every_weight():
    results = sweep([_trial(1.0), _trial(0.0)])

    assert len(results["fixed"]) == 21
    assert results["fixed"]["1.00"]["mean"][0] == 1.0
    assert results["fixed"]["0.00"]["g"][0] == 0.0
