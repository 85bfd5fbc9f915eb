"""The second stage, with a tiny cross-encoder of random weights: the real class and real files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
from hashing_embedder import HashingEmbedder
from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

from assistant.errors import ConfigurationError
from assistant.ingest.pipeline import IngestReport
from assistant.retrieval.reranker import CrossEncoderReranker
from assistant.settings import Settings
from assistant.types import ScoredChunk
from assistant.workspace import Workspace

_PAPERS = {
    "ko-fund.txt": "Ⅰ. 시장개척자금 지원\n\n□ 중견기업은 자부담 30%로 시장개척자금을 신청",
    "ko-center.txt": "Ⅰ. 협력 센터 개소\n\n□ 하노이와 방콕에 스마트시티 협력 센터를 개소",
    "ko-guarantee.txt": "Ⅰ. 특별계정 안내\n\n□ 초고위험국 사업의 수출 대금을 보증",
    "en-guarantee.txt": "Guarantees of K-SURE\n\nK-SURE guarantees payments for exports to high-risk countries.",
    "en-center.txt": "New help desk in Hanoi\n\nA help desk in Hanoi answers questions on local permits.",
    "en-waste.txt": "Waste bins of the year\n\nSolar waste bins were sold in many towns.",
}
_QUESTIONS = {"ko": "하노이 협력 센터와 보증", "en": "help desk in Hanoi and guarantees"}


def _cross_encoder(folder: Path, labels: int = 1) -> Path:
    letters = sorted(set("".join(_PAPERS.values()).lower()) - set(" \n"))
    folder.mkdir()
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *(f"##{letter}" for letter in letters)]
    (folder / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    torch.manual_seed(7)
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=512,
        num_labels=labels,
        initializer_range=1.0,
    )
    BertForSequenceClassification(config).eval().save_pretrained(folder)
    BertTokenizerFast(str(folder / "vocab.txt"), model_max_length=512).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _cross_encoder(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, model: Path) -> Iterator[Workspace]:
    papers = tmp_path_factory.mktemp("papers")
    for name, text in _PAPERS.items():
        (papers / name).write_text(text, encoding="utf-8")
    settings = Settings(data_dir=tmp_path_factory.mktemp("data"), reranker=str(model), rerank_candidates=4)
    with Workspace(settings, HashingEmbedder()) as workspace:
        report = IngestReport()
        for _ in workspace.pipeline.ingest([papers], report):
            pass
        assert not report.failures
        yield workspace


def _plain(library: Workspace, question: str, top_k: int) -> list[ScoredChunk]:
    # The second look is taken instead of the model's reading, not before it.
    return library.retriever.model_copy(update={"reranker": None, "looks_twice": False}).retrieve(question, top_k)


def test_it_is_off_by_default(workspace: Workspace) -> None:
    assert workspace.retriever.reranker is None


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_best_are_ordered_by_the_models_score(library: Workspace, model: Path, language: str) -> None:
    question = _QUESTIONS[language]
    hits = library.retriever.retrieve(question, 4)
    assert {hit.chunk.chunk_id for hit in hits} == {hit.chunk.chunk_id for hit in _plain(library, question, 4)}
    assert [hit.ranks["rerank"] for hit in hits] == [1, 2, 3, 4]
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert len(set(scores)) > 1
    assert all(hit.leg_scores["rerank"] == hit.score for hit in hits)
    tokenizer = BertTokenizerFast.from_pretrained(model)
    network = BertForSequenceClassification.from_pretrained(model).eval()
    for hit in hits:
        passage = "\n".join((" > ".join(hit.chunk.section), hit.chunk.text)).strip()
        with torch.no_grad():
            logit = float(network(**tokenizer(question, passage, return_tensors="pt")).logits[0, 0])
        assert hit.score == pytest.approx(1 / (1 + np.exp(-logit)), abs=1e-4)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_what_it_did_not_read_comes_after_in_the_old_order(library: Workspace, language: str) -> None:
    plain = _plain(library, _QUESTIONS[language], 10)
    hits = library.retriever.retrieve(_QUESTIONS[language], 10)
    assert len(hits) == len(plain) > 4
    assert [hit.chunk.chunk_id for hit in hits[4:]] == [hit.chunk.chunk_id for hit in plain[4:]]
    assert all("rerank" not in hit.ranks for hit in hits[4:])
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_few_hits_are_chosen_among_all_it_read(library: Workspace, language: str) -> None:
    question = _QUESTIONS[language]
    assert library.retriever.retrieve(question, 1) == library.retriever.retrieve(question, 4)[:1]


def test_the_ranks_of_the_legs_stay(library: Workspace) -> None:
    legs = ("lexical", "dense")
    before = {hit.chunk.chunk_id: hit.ranks for hit in _plain(library, _QUESTIONS["ko"], 4)}
    for hit in library.retriever.retrieve(_QUESTIONS["ko"], 4):
        plain = before[hit.chunk.chunk_id]
        assert {leg: hit.ranks.get(leg) for leg in legs} == {leg: plain.get(leg) for leg in legs}


def test_no_hits_need_no_model(tmp_path: Path) -> None:
    assert CrossEncoderReranker(str(tmp_path / "none")).rerank("보증", []) == []


def test_the_arguments_are_left_as_they_were(library: Workspace, model: Path) -> None:
    hits = _plain(library, _QUESTIONS["en"], 4)
    before = [(hit.score, dict(hit.ranks)) for hit in hits]
    CrossEncoderReranker(str(model)).rerank("guarantees", hits)
    assert [(hit.score, hit.ranks) for hit in hits] == before


def test_a_model_is_not_loaded_before_the_first_question(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data", reranker=str(tmp_path / "none"))
    with Workspace(settings, HashingEmbedder()) as workspace:
        assert workspace.retriever.retrieve("보증", 3) == []


def test_a_model_that_is_not_there_is_named_with_the_setting(library: Workspace, tmp_path: Path) -> None:
    hits = _plain(library, _QUESTIONS["ko"], 2)
    with pytest.raises(ConfigurationError, match=r"ANNAE_RERANKER=.*none.*cannot be loaded"):
        CrossEncoderReranker(str(tmp_path / "none")).rerank("보증", hits)


@pytest.mark.parametrize("damaged", ["config.json", "model.safetensors"])
def test_a_damaged_model_is_named_with_the_setting(library: Workspace, tmp_path: Path, damaged: str) -> None:
    folder = _cross_encoder(tmp_path / "damaged")
    (folder / damaged).write_bytes(b"{")
    hits = _plain(library, _QUESTIONS["ko"], 2)
    with pytest.raises(ConfigurationError, match=r"ANNAE_RERANKER=.*cannot be loaded"):
        CrossEncoderReranker(str(folder)).rerank("보증", hits)


def test_a_model_of_several_scores_is_refused(library: Workspace, tmp_path: Path) -> None:
    folder = _cross_encoder(tmp_path / "three", labels=3)
    assert len(json.loads((folder / "config.json").read_text(encoding="utf-8"))["id2label"]) == 3
    hits = _plain(library, _QUESTIONS["ko"], 2)
    with pytest.raises(ConfigurationError, match="3 scores"):
        CrossEncoderReranker(str(folder)).rerank("보증", hits)
