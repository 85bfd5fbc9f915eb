"""A search for passages and what it finds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import BaseModel, Field

from assistant.contract.citations import document_url
from assistant.contract.fields import IsoDay, RequestModel, Text
from assistant.types import Concept, DocumentKind, Filters, Language, Query, ScoredChunk


class FiltersModel(RequestModel):
    """Limits on the documents searched."""

    language: Language | None = None
    kind: DocumentKind | None = None
    publisher: Annotated[Text | None, Field(description="The publisher's name, exactly as documents give it.")] = None
    published_from: Annotated[
        IsoDay | None, Field(description="Published on this day or later; undated ones drop out.")
    ] = None
    published_to: Annotated[
        IsoDay | None, Field(description="Published on this day or earlier; undated ones drop out.")
    ] = None

    def to_filters(self) -> Filters:
        """The filters in our own words."""
        return Filters(self.language, self.kind, self.publisher, self.published_from, self.published_to)


class SearchRequest(RequestModel):
    """A search for passages."""

    query: Annotated[Text, Field(description="Words or a question, in Korean or English.")]
    top_k: Annotated[int, Field(ge=1, le=100, strict=True, description="Most passages to return.")] = 10
    filters: FiltersModel = FiltersModel()
    as_of: Annotated[IsoDay | None, Field(description="The date that counts as today; today if null.")] = None
    explain: Annotated[bool, Field(strict=True, description="Also say how the query was understood.")] = False


class HitModel(BaseModel):
    """A passage found."""

    document_id: str
    chunk_id: str
    source: Annotated[str, Field(description="The ingested file's name.")]
    title: str
    page: int
    section: list[str]
    text: str
    score: Annotated[float, Field(description="0 to 1; compares across queries.")]
    ranks: Annotated[
        dict[str, int],
        Field(
            description="Rank in each leg that found it, and ``fused``: in both together, before the second look; from 1."
        ),
    ]
    leg_scores: dict[str, float]
    url: str

    @classmethod
    def of(cls, hit: ScoredChunk) -> HitModel:
        """The hit as HTTP and ``annae search --json`` show it."""
        first = hit.chunk.spans[0]
        return cls(
            document_id=hit.document.document_id,
            chunk_id=hit.chunk.chunk_id,
            source=hit.document.source,
            title=hit.document.title,
            page=hit.chunk.page,
            section=list(hit.chunk.section),
            text=hit.chunk.text,
            score=hit.score,
            ranks=hit.ranks,
            leg_scores=hit.leg_scores,
            url=document_url(hit.document.document_id, first.page, first.start, first.end, digest=hit.document.digest),
        )


class ConceptModel(BaseModel):
    """One thing the query asks for, and the words by which each language may say it."""

    text: str
    alternatives: Annotated[
        dict[Language, list[str]], Field(description="By language: words, their origin, their weight.")
    ]

    @classmethod
    def of(cls, concept: Concept) -> ConceptModel:
        """The concept as HTTP and ``annae search --explain`` show it."""
        ways = {
            language: list(dict.fromkeys(f"{a.text} ({a.origin} {a.weight:.2f})" for a in alternatives))
            for language, alternatives in concept.alternatives.items()
        }
        return cls(text=concept.text, alternatives=ways)


class SearchResponse(BaseModel):
    """Passages, best first; the rest only where an explanation was asked for (it is left out, not null)."""

    hits: list[HitModel]
    concepts: list[ConceptModel] | None = None
    versions: Annotated[
        dict[str, str] | None, Field(description="Of the learned parts: ``lexicon`` (word translations), ``embedder``.")
    ] = None

    @classmethod
    def of(
        cls, query: Query, hits: Sequence[ScoredChunk], *, versions: Mapping[str, str], explain: bool
    ) -> SearchResponse:
        """The result as HTTP and ``annae search --json`` show it."""
        found = [HitModel.of(hit) for hit in hits]
        if not explain:
            return cls(hits=found)
        understood = [ConceptModel.of(concept) for concept in query.concepts]
        return cls(hits=found, concepts=understood, versions=dict(versions))


# --- Examples for the OpenAPI page, one per language ---

SEARCH_REQUEST_EXAMPLES: dict[str, Any] = {
    "ko": {
        "summary": "한국어 검색",
        "value": {"query": "무보 특별계정", "top_k": 5, "filters": {"published_from": "2019-01-01"}},
    },
    "en": {
        "summary": "A search in English, in English documents only",
        "value": {"query": "K-City Network", "filters": {"language": "en"}},
    },
}


def _example_hits(language: Language) -> dict[str, Any]:
    text, source, title = {
        "ko": ("무역보험공사에 특별계정을 두어 보증합니다.", "special-accounts.docx", "특별계정 안내"),
        "en": ("K-City Network pays for master plans.", "network.html", "K-City Network"),
    }[language]
    hit = HitModel(
        document_id="717d3a4d49cb8e3d",
        chunk_id="5330c72204690125fe4c",
        source=source,
        title=title,
        page=1,
        section=[title],
        text=text,
        score=0.82,
        ranks={"lexical": 3, "dense": 1},
        leg_scores={"lexical": 0.77, "dense": 0.94},
        url=document_url("717d3a4d49cb8e3d", 1, 0, len(text)),
    )
    return SearchResponse(hits=[hit]).model_dump(mode="json", exclude_unset=True)


SEARCH_RESPONSE_EXAMPLES: dict[str, Any] = {
    "ko": {"summary": "한국어 검색 결과", "value": _example_hits("ko")},
    "en": {"summary": "A result in English", "value": _example_hits("en")},
}
