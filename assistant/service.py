"""Puts a working assistant together from settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.assistant import PolicyAssistant
from assistant.generation.composition import AnswerComposer
from assistant.generation.quoting.clause_ranker import ClauseRanker
from assistant.generation.quoting.evidence import EvidenceJudge
from assistant.generation.quoting.extractive import ExtractiveComposer
from assistant.generation.quoting.gloss import Glossary
from assistant.generation.quoting.premise import PremiseChecker
from assistant.generation.quoting.wording import ClaimWriter
from assistant.generation.reading.reader import QuestionReader
from assistant.generation.verification import Verifier
from assistant.retrieval.dialogue import DialogueRetriever
from assistant.text.lexicon import Lexicon
from assistant.workspace import Workspace

if TYPE_CHECKING:
    from assistant.generation.llm.composer import LlmComposer


def build_assistant(workspace: Workspace) -> PolicyAssistant:
    """The assistant over a workspace."""
    settings = workspace.settings
    ranker = ClauseRanker(workspace.embedder, workspace.cross_encoder)
    composer = ExtractiveComposer(
        ranker,
        EvidenceJudge(settings.min_evidence),
        ClaimWriter(Glossary(workspace.termbase)),
        PremiseChecker(ranker, workspace.termbase),
        workspace.termbase,
    )
    verifier = Verifier(workspace.termbase)
    writer = _writer(workspace, settings.llm_model, composer, verifier) if settings.llm_model else None
    return PolicyAssistant(
        workspace.store,
        QuestionReader(workspace.spelling, workspace.termbase),
        DialogueRetriever(workspace.retriever, settings.answer_chunks),
        AnswerComposer(workspace.store, composer, verifier, writer, workspace.termbase),
    )


def _writer(workspace: Workspace, model: str, composer: ExtractiveComposer, verifier: Verifier) -> LlmComposer:
    """The composer with a language model. Its packages are imported only here, where one is configured."""
    from assistant.generation.grounding.grounder import ClaimGrounder
    from assistant.generation.llm.composer import LlmComposer, Patience
    from assistant.generation.llm.usage import UsageMeter

    settings = workspace.settings
    return LlmComposer(
        workspace.chat_model(model, settings.llm_max_tokens),
        composer,
        verifier,
        ClaimGrounder(workspace.termbase, Lexicon()),
        usage=UsageMeter(settings.llm_input_price, settings.llm_output_price),
        patience=Patience(settings.llm_timeout_seconds, settings.llm_max_retries),
    )
