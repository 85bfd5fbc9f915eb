"""From settings to an answer: a real workspace with papers of the corpus, and a scripted model."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hashing_embedder import HashingEmbedder
from llm_parts import AS_OF
from pydantic import SecretStr
from scripted_model_server import Reply, ScriptedModelServer, claims_json

from assistant.assistant import PolicyAssistant
from assistant.contract.answers import AnswerModel
from assistant.ingest.pipeline import IngestReport
from assistant.service import build_assistant
from assistant.settings import Settings, load_settings
from assistant.types import AnswerStatus, Language, Question
from assistant.workspace import Workspace

DOCUMENTS = Path(__file__).parents[3] / "corpus" / "documents"
ALL = [1, 2, 3, 4, 5, 6, 7, 8]
QUESTIONS: dict[Language, str] = {
    "ko": "시장개척자금은 한 사업에 얼마까지 지원하나요?",
    "en": "Where are the smart city cooperation centers?",
}
TRUE: dict[Language, tuple[str, list[int]]] = {
    "ko": ("시장개척자금은 한 사업에 2억원 이내로 지원합니다.", ALL),
    "en": ("The centers are in Bangkok, Hanoi, Jakarta and Istanbul, four cities in four countries.", ALL),
}
FALSE: dict[Language, tuple[str, list[int]]] = {
    "ko": ("시장개척자금은 한 사업에 20억원 이내로 지원합니다.", ALL),
    "en": ("The centers are in Bangkok, Hanoi, Jakarta, Istanbul and Paris, four cities in four countries.", ALL),
}


@pytest.fixture(scope="module")
def server() -> Iterator[ScriptedModelServer]:
    with ScriptedModelServer() as running:
        yield running


@pytest.fixture(scope="module")
def assistant(server: ScriptedModelServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PolicyAssistant]:
    source = tmp_path_factory.mktemp("papers")
    for name in ("ko-market-pioneering-fund.html", "en-cooperation-centers-release.html"):
        (source / name).write_bytes((DOCUMENTS / name).read_bytes())
    settings = Settings(
        data_dir=tmp_path_factory.mktemp("data"),
        llm_model="scripted",
        llm_base_url=server.base_url,
        llm_api_key=SecretStr("k"),
        llm_max_retries=0,
        llm_record_calls=0,
    )
    with Workspace(settings, HashingEmbedder()) as workspace:
        report = IngestReport()
        list(workspace.pipeline.ingest([source], report))
        assert report.failures == []
        yield build_assistant(workspace)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_model_writes_and_the_false_claim_is_gone(
    server: ScriptedModelServer, assistant: PolicyAssistant, language: Language
) -> None:
    server.script(claims_json(TRUE[language], FALSE[language]))
    answer = assistant.ask(Question(QUESTIONS[language], AS_OF))
    assert (answer.mode, answer.status) == ("llm", AnswerStatus.ANSWERED)
    assert [claim.text for claim in answer.claims] == [TRUE[language][0]]
    assert answer.citations
    assert AnswerModel.of(answer).mode == "llm"


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_failing_model_leaves_the_extractive_answer_and_a_notice(
    server: ScriptedModelServer, assistant: PolicyAssistant, language: Language
) -> None:
    server.script(Reply(status=500))
    events = list(assistant.stream(Question(QUESTIONS[language], AS_OF)))
    answer = events[-1].answer
    assert answer is not None
    assert answer.mode == "extractive"
    assert answer.claims
    assert "llm_fallback" in [notice.kind for notice in answer.notices]
    assert [event.step for event in events if event.kind == "status"][-1] == "falling_back"
    assert [event.claim for event in events if event.kind == "claim"] == list(answer.claims)


@pytest.mark.parametrize("question", ["김치찌개 맛있게 끓이는 비법은?", "Who won the 1998 football world cup final?"])
def test_what_the_documents_do_not_answer_is_not_put_to_the_model(
    server: ScriptedModelServer, assistant: PolicyAssistant, question: str
) -> None:
    server.requests.clear()
    server.script(claims_json(TRUE["ko"], TRUE["en"]))
    answer = assistant.ask(Question(question, AS_OF))
    assert answer.mode == "extractive"
    assert answer.claims == ()
    assert server.requests == []


def test_the_key_is_hidden_in_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANNAE_LLM_API_KEY", "sk-hidden")
    settings = load_settings()
    assert settings.llm_api_key is not None
    assert "sk-hidden" not in f"{settings!r} {settings} {settings.model_dump_json()}"
