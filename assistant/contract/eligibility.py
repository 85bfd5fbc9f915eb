"""``POST /api/eligibility`` and ``annae eligibility --json``: the profile asked with, and the judgements told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, Field

from assistant.contract.citations import CitationModel, document_url
from assistant.contract.fields import IsoDay, RequestModel, Text
from assistant.generation.eligibility.judge import EligibilityJudge, JudgedCriterion, Judgement
from assistant.generation.eligibility.profile import Profile
from assistant.text.language import detect_language
from assistant.types import (
    Citation,
    DeadlineKind,
    Document,
    Evidence,
    Language,
    ProfileField,
    Record,
    RecordStatus,
    RecordType,
)

_YES = {
    "yes": True,
    "true": True,
    "some": True,
    "있음": True,
    "no": False,
    "none": False,
    "false": False,
    "없음": False,
}
_ShortText = Annotated[Text, Field(min_length=1, max_length=200)]


def _export(value: object) -> object:
    """``yes`` and ``none`` are what people write in a form; everything else is checked as it is."""
    return _YES.get(value.strip().lower(), value) if isinstance(value, str) else value


class ProfileModel(RequestModel):
    """What is known of a company; every field may be left out."""

    size: Annotated[Literal["startup", "sme", "midsize", "large"] | None, Field(description="Its size class.")] = None
    region: Annotated[
        _ShortText | None, Field(description="City or province of its head office or site, in either language.")
    ] = None
    sector: Annotated[_ShortText | None, Field(description="What it makes or does, in either language.")] = None
    years_in_business: Annotated[
        float | None, Field(ge=0, le=1000, strict=True, description="Completed years; 2.5 is two and a half.")
    ] = None
    export_record: Annotated[
        Annotated[bool, Field(strict=True)] | Annotated[float, Field(ge=0, le=1e15, strict=True)] | None,
        BeforeValidator(_export),
        Field(description="false: none; true: some; a number: US dollars in the period that the notice counts."),
    ] = None
    consortium_with_large: Annotated[
        bool | None, Field(strict=True, description="Whether it applies in a consortium with a large company.")
    ] = None
    target_country: Annotated[_ShortText | None, Field(description="Where the project is, in either language.")] = None
    country_income: Annotated[
        Literal["low", "lower_middle", "upper_middle", "high"] | None,
        Field(description="Income class of the target country; from its name if left out."),
    ] = None
    other: Annotated[
        bool | None,
        Field(strict=True, description="true: all conditions that no other field settles are met (no tax arrears …)."),
    ] = None

    def to_profile(self) -> Profile:
        """The profile in our own words."""
        return Profile(**{field.name: getattr(self, field.name) for field in fields(Profile)})

    def language(self) -> Language:
        """The language of what the company wrote; Korean where it wrote nothing."""
        written = " ".join(text for text in (self.region, self.sector, self.target_country) if text)
        return detect_language(written) if written else "ko"


class EligibilityRequest(RequestModel):
    """A company, and what it asks about."""

    profile: ProfileModel = ProfileModel()
    document_id: Annotated[
        str | None, Field(pattern=r"^[A-Za-z0-9_-]{1,32}$", description="Only this document; all if null.")
    ] = None
    as_of: Annotated[IsoDay | None, Field(description="The date that counts as today; today if null.")] = None
    language: Annotated[
        Language | None, Field(description="Of texts and questions; the profile's own if null, else Korean.")
    ] = None


class RecordProofModel(CitationModel):
    """A citation as records have it: without a number."""

    number: Annotated[int, Field(exclude=True)] = 0


class CriterionModel(BaseModel):
    """One condition and how the company stands to it."""

    text: str
    state: Annotated[
        Literal["met", "not_met", "ask", "not_stated"],
        Field(
            description="`ask`: the profile does not tell; `not_stated`: the profile tells, the document does not ask."
        ),
    ]
    fields: Annotated[list[ProfileField], Field(description="The profile's fields that settle it.")]
    citations: list[RecordProofModel]


class EligibilityResult(BaseModel):
    """What the rules say of one program, tender or event."""

    record_id: str
    type: RecordType
    title: str
    document_id: str
    source: Annotated[str, Field(description="The ingested file's name.")]
    verdict: Literal["eligible", "not_eligible", "more_needed"]
    criteria: list[CriterionModel]
    questions: Annotated[list[str], Field(description="At most three that would settle an open verdict.")]
    asks: Annotated[list[ProfileField], Field(description="The profile's field that answers each question.")]
    changes: Annotated[list[str], Field(description="What alone would change the verdict from not eligible.")]
    status: Annotated[RecordStatus, Field(description="A closed program is judged too; `closed` says so.")]
    deadline: date | None
    deadline_kind: DeadlineKind


class EligibilityResponse(BaseModel):
    """Programs first, then tenders and events that state conditions; eligible before open before not eligible."""

    results: list[EligibilityResult]

    @classmethod
    def of(
        cls, request: EligibilityRequest, records: Sequence[Record], documents: Mapping[str, Document], today: date
    ) -> EligibilityResponse:
        """The judgements of all programs, and of the tenders and events that state conditions."""
        chosen = [
            record
            for record in records
            if record.type is RecordType.PROGRAM
            or (record.criteria and record.type in (RecordType.TENDER, RecordType.EVENT))
        ]
        language = request.language or request.profile.language()
        as_of = request.as_of or today
        judged = EligibilityJudge().judge_all(chosen, request.profile.to_profile(), as_of, language)
        return cls(results=[_result(judgement, documents) for judgement in judged])


def _result(judgement: Judgement, documents: Mapping[str, Document]) -> EligibilityResult:
    record = judgement.record
    document = documents[record.document_id]
    return EligibilityResult(
        record_id=record.record_id,
        type=record.type,
        title=record.title,
        document_id=record.document_id,
        source=document.source,
        verdict=judgement.verdict,
        criteria=[_criterion(item, document) for item in judgement.criteria],
        questions=list(judgement.questions),
        asks=[item.field for item in judgement.asked],
        changes=list(judgement.changes),
        status=judgement.status,
        deadline=record.deadline,
        deadline_kind=record.deadline_kind,
    )


def _criterion(item: JudgedCriterion, document: Document) -> CriterionModel:
    return CriterionModel(
        text=item.text,
        state=item.state,
        fields=list(item.fields),
        citations=[_proof(evidence, document) for evidence in item.evidence],
    )


def _proof(evidence: Evidence, document: Document) -> RecordProofModel:
    cited = CitationModel.of(
        Citation(
            0,
            document,
            evidence.chunk_id,
            evidence.page,
            evidence.section,
            evidence.quote,
            evidence.start,
            evidence.end,
        )
    )
    return RecordProofModel(**cited.model_dump())


# --- Examples for the OpenAPI page, one per language ---

ELIGIBILITY_REQUEST_EXAMPLES: dict[str, Any] = {
    "ko": {
        "summary": "강원도의 중소기업",
        "value": {"profile": {"size": "sme", "region": "강원", "years_in_business": 5, "export_record": False}},
    },
    "en": {
        "summary": "A mid-sized company, as of a given day",
        "value": {
            "profile": {"size": "midsize", "consortium_with_large": True},
            "as_of": "2026-11-22",
            "language": "en",
        },
    },
}


def _example(language: Language) -> dict[str, Any]:
    title, source, text, quote, question = {
        "ko": (
            "수주교섭 비용 지원사업",
            "bid-cost.hwpx",
            "(규모) 중소기업 또는 중견기업",
            "ㅇ (규모) 중소기업 또는 중견기업",
            "사업을 시작한 지 몇 년 되었습니까?",
        ),
        "en": (
            "Export Starter",
            "starter.md",
            "Size: SMEs and start-ups.",
            "Size: SMEs and start-ups.",
            "How many years has your company been in business?",
        ),
    }[language]
    proof = RecordProofModel(
        document_id="717d3a4d49cb8e3d",
        chunk_id="5330c72204690125fe4c",
        title=title,
        publisher=None,
        published="2026-11-16",
        language=language,
        page=1,
        section=[title],
        quote=quote,
        start=120,
        end=120 + len(quote),
        url=document_url("717d3a4d49cb8e3d", 1, 120, 120 + len(quote)),
    )
    result = EligibilityResult(
        record_id="41c0a7c07a1b2c3d",
        type=RecordType.PROGRAM,
        title=title,
        document_id="717d3a4d49cb8e3d",
        source=source,
        verdict="more_needed",
        criteria=[CriterionModel(text=text, state="met", fields=["size"], citations=[proof])],
        questions=[question],
        asks=["years_in_business"],
        changes=[],
        status=RecordStatus.OPEN,
        deadline=date(2027, 1, 22),
        deadline_kind=DeadlineKind.FIXED,
    )
    return EligibilityResponse(results=[result]).model_dump(mode="json")


ELIGIBILITY_EXAMPLES: dict[str, Any] = {
    "ko": {"summary": "한국어 판정", "value": _example("ko")},
    "en": {"summary": "A judgement in English", "value": _example("en")},
}
