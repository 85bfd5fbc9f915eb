"""Words to cite, found by searching."""

from __future__ import annotations

from assistant.contract.citations import CitationModel
from assistant.desk.contract.drafts import PassageModel, PassagesResponse
from assistant.retrieval.hybrid import HybridRetriever
from assistant.text.morphemes import forms
from assistant.types import Citation, Filters, Language, ScoredChunk


def find_passages(retriever: HybridRetriever, text: str, top_k: int, language: Language | None) -> PassagesResponse:
    """The best passages for a query, each line of them as a citation that can be put into a draft as it is."""
    query = retriever.query_builder.build(text)
    hits = retriever.search(query, top_k, Filters(language=language))
    wanted = {
        form
        for concept in query.concepts
        for alternatives in concept.alternatives.values()
        for alternative in alternatives
        for form in alternative.forms
    }
    return PassagesResponse(passages=[_passage(hit, wanted) for hit in hits])


def _passage(hit: ScoredChunk, wanted: set[str]) -> PassageModel:
    lines = hit.chunk.text.split("\n")
    said = [len(wanted & set(forms(line))) for line in lines]
    return PassageModel(
        title=hit.document.title,
        section=list(hit.chunk.section),
        score=hit.score,
        lines=[
            CitationModel.of(
                Citation(0, hit.document, hit.chunk.chunk_id, span.page, hit.chunk.section, line, span.start, span.end)
            )
            for line, span in zip(lines, hit.chunk.spans, strict=True)
        ],
        best=said.index(max(said)),
    )
