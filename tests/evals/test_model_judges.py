"""Judges with a model behind the same interface: a tiny cross-encoder made here, and a server that says what it is told to."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from pydantic import SecretStr
from scripted_model_server import Reply, ScriptedModelServer
from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

from assistant.errors import ConfigurationError, GenerationError
from assistant.settings import Settings
from evals.judge import Judge, Passage, RuleJudge
from evals.model_judges import LlmJudge, NliJudge, open_judge

PASSAGE = Passage("사업당 2억원 이내로 지원합니다.", "시장개척자금 안내", ("지원 내용",))
LABELS = ("contradiction", "entailment", "neutral")


def _cross_encoder(folder: Path, says: str, labels: tuple[str, ...] = LABELS) -> Path:
    """A model of random weights that leans so far to one label that it always gives that."""
    folder.mkdir()
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"가나다라0123456789abcdefghij"]
    (folder / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    torch.manual_seed(3)
    config = BertConfig(
        vocab_size=len(vocabulary), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16,
        num_labels=len(labels), id2label=dict(enumerate(labels)), label2id={name: n for n, name in enumerate(labels)},
    )  # fmt: skip
    model = BertForSequenceClassification(config).eval()
    with torch.no_grad():
        model.classifier.bias[labels.index(says)] = 50.0
    model.save_pretrained(folder)
    BertTokenizerFast(str(folder / "vocab.txt"), model_max_length=512).save_pretrained(folder)
    return folder


@pytest.fixture
def server() -> Iterator[ScriptedModelServer]:
    with ScriptedModelServer() as running:
        yield running


@pytest.fixture
def llm(server: ScriptedModelServer) -> Judge:
    settings = Settings(llm_model="scripted", llm_base_url=server.base_url, llm_api_key=SecretStr("k-secret"))
    return open_judge("llm", settings)


@pytest.mark.parametrize(("says", "supported"), [("entailment", True), ("neutral", False), ("contradiction", False)])
def test_an_nli_model_supports_what_it_finds_entailed(tmp_path: Path, says: str, supported: bool) -> None:
    judge = open_judge(f"nli:{_cross_encoder(tmp_path / says, says)}", Settings())
    verdict = judge.judge("2억원까지 지원합니다.", [PASSAGE])
    assert (verdict.supported, verdict.reason) == (supported, says)


def test_a_model_without_entailment_is_refused(tmp_path: Path) -> None:
    folder = _cross_encoder(tmp_path / "ranker", "good", ("good", "bad"))
    with pytest.raises(ConfigurationError, match="good, bad"):
        NliJudge(str(folder)).judge("2억원", [PASSAGE])


def test_a_missing_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="none"):
        NliJudge(str(tmp_path / "none")).judge("2억원", [PASSAGE])


def test_nothing_is_supported_without_a_passage_and_no_model_is_asked(tmp_path: Path) -> None:
    assert not NliJudge(str(tmp_path / "none")).judge("2억원", []).supported


@pytest.mark.parametrize(
    ("answer", "supported"),
    [
        ('{"supported": true, "missing": ""}', True),
        ('```json\n{"supported": false, "missing": "the amount"}\n```', False),
        ('{"supported": false}', False),
    ],
)
def test_a_language_model_is_asked_once_with_the_claim_and_its_passages(
    server: ScriptedModelServer, llm: Judge, answer: str, supported: bool
) -> None:
    server.script(answer)
    assert llm.judge("2억원까지 지원합니다.", [PASSAGE]).supported is supported
    assert llm.judge("2억원까지 지원합니다.", [PASSAGE]).supported is supported
    assert len(server.requests) == 1
    told = json.loads(server.requests[0]["messages"][1]["content"])
    assert told == {
        "claim": "2억원까지 지원합니다.",
        "passages": [{"title": PASSAGE.title, "headings": ["지원 내용"], "text": PASSAGE.quote}],
    }


@pytest.mark.parametrize("answer", ["yes", '{"supported": "yes"}', "{broken", "[true]"])
def test_an_answer_that_is_no_verdict_is_an_error_and_not_a_verdict(
    server: ScriptedModelServer, llm: Judge, answer: str
) -> None:
    server.script(answer)
    with pytest.raises(GenerationError, match="no verdict"):
        llm.judge("2억원까지 지원합니다.", [PASSAGE])


def test_a_failing_server_is_an_error_that_tells_no_key(server: ScriptedModelServer, llm: Judge) -> None:
    server.script(Reply(status=401, error_text="bad key k-secret"))
    with pytest.raises(GenerationError) as caught:
        llm.judge("2억원까지 지원합니다.", [PASSAGE])
    assert "k-secret" not in str(caught.value)


def test_a_judge_is_chosen_by_name(llm: Judge) -> None:
    assert isinstance(open_judge("rules", Settings()), RuleJudge)
    assert isinstance(llm, LlmJudge)
    assert llm.name == "llm:scripted"
    with pytest.raises(ValueError, match="oracle"):
        open_judge("oracle", Settings())
    with pytest.raises(ConfigurationError, match="ANNAE_LLM_MODEL"):
        open_judge("llm", Settings())
