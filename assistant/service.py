"""Puts a working assistant together from settings."""

from __future__ import annotations

from assistant.assistant import PolicyAssistant
from assistant.generation.extractive import ExtractiveComposer
from assistant.generation.verification import Verifier
from assistant.workspace import Workspace


def build_assistant(workspace: Workspace) -> PolicyAssistant:
    """The assistant over a workspace."""
    settings = workspace.settings
    return PolicyAssistant(
        workspace.store,
        workspace.retriever,
        ExtractiveComposer(settings.min_answer_score),
        Verifier(),
        answer_chunks=settings.answer_chunks,
    )
