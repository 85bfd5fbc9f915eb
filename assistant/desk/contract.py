"""The objects that the desk's HTTP routes speak (v1). The public routes' objects are in ``assistant/contract.py``.

Times are ISO 8601 in UTC with seconds; days are ISO 8601 days. Offsets count characters of a stored page's text.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from assistant.citation_contract import CitationModel, IsoDay, Text
from assistant.contract import DocumentModel, NoticeModel
from assistant.types import AnswerStatus, DocumentKind, Language

Role = Literal["officer", "editor", "admin"]
InquiryStatus = Literal["new", "in_progress", "approved", "sent", "returned"]
PublicStatus = Literal["received", "in_progress", "answered", "returned"]
Check = Literal["supported", "partly", "not", "note"]
Channel = Literal["copy", "email", "docx", "pdf", "phone"]
ExportFormat = Literal["text", "email", "docx", "pdf"]
AnswerState = Literal["current", "flagged", "expired", "retired"]
JobState = Literal["waiting", "running", "done", "failed"]
PresenceState = Literal["viewing", "editing"]
Topic = Literal["financing", "eligibility", "programs", "tenders", "events", "contacts", "other"]

ROLES: tuple[Role, ...] = ("officer", "editor", "admin")
"""Each role may do what the ones before it may."""
REFERENCE_PATTERN = r"^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$"
MAX_CLAIMS = 60
MAX_CLAIM_CHARS = 2000

Name = Annotated[
    str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._@-]{1,63}$", description="What the person signs in with.")
]
DisplayName = Annotated[Text, Field(min_length=1, max_length=80)]
NewPassword = Annotated[str, Field(min_length=10, max_length=200, description="At least ten characters.")]
Version = Annotated[int, Field(ge=1, strict=True, description="The version that was edited; another one is a 409.")]


class _Request(BaseModel):
    model_config = ConfigDict(extra="forbid")


# --- Sessions and accounts ---


class OfficerModel(BaseModel):
    """A person at the desk, as colleagues see them."""

    account_id: str
    name: str
    display_name: str
    role: Role


class SessionModel(BaseModel):
    """Who is signed in; all null for nobody."""

    officer: OfficerModel | None
    csrf_token: Annotated[str | None, Field(description="To send as X-CSRF-Token with everything but GET.")]
    expires: Annotated[datetime | None, Field(description="When the session ends even if it is used.")]
    idle_minutes: Annotated[int, Field(description="The session ends after this long without a request.")]
    oidc: Annotated[
        bool, Field(description="Whether GET /api/desk/oidc/start signs in with the organisation's account.")
    ]


class SignInRequest(_Request):
    """A name and its password."""

    name: Annotated[str, Field(max_length=64)]
    password: Annotated[str, Field(max_length=200)]


class PasswordRequest(_Request):
    """A new password for oneself; every other session of the account ends."""

    current: Annotated[str, Field(max_length=200)]
    new: NewPassword


class AccountModel(OfficerModel):
    """An account, as admins see it. There is no password in it, nor its hash."""

    active: bool
    has_password: bool
    created: datetime
    last_sign_in: datetime | None
    locked_until: datetime | None


class AccountsResponse(BaseModel):
    """All accounts, by name."""

    accounts: list[AccountModel]


class OfficersResponse(BaseModel):
    """Those to whom an inquiry can be given, by name."""

    officers: list[OfficerModel]


class NewAccountRequest(_Request):
    """A new account. Without a password it can sign in only with the organisation's account (OIDC)."""

    name: Name
    display_name: DisplayName
    role: Role
    password: NewPassword | None = None


class AccountChange(_Request):
    """What is to change; what is left out stays. A new password or ``active: false`` ends the account's sessions."""

    display_name: DisplayName | None = None
    role: Role | None = None
    active: Annotated[bool | None, Field(strict=True)] = None
    password: NewPassword | None = None


class AuditEntry(BaseModel):
    """One thing that was done."""

    entry_id: int
    at: datetime
    actor: Annotated[
        str, Field(description="The account's name; - for nobody signed in, system for the server itself.")
    ]
    action: Annotated[str, Field(description="Such as inquiry.approve; docs/desk.md lists them.")]
    subject: Annotated[str, Field(description="On what: a kind and an id, such as inquiry:1f….")]
    details: Annotated[dict[str, Any], Field(description="Never a secret and never an inquirer's words.")]


class AuditResponse(BaseModel):
    """Newest first."""

    entries: list[AuditEntry]
    next_before: Annotated[int | None, Field(description="Send as `before` for the next page; null on the last.")]


# --- Inquiries, public side ---


class InquiryRequest(_Request):
    """A question handed over to the center."""

    question: Annotated[Text, Field(min_length=1, description="Limited by ANNAE_MAX_QUESTION_CHARS.")]
    language: Annotated[Language | None, Field(description="Language of the reply; the question's if null.")] = None
    conversation_id: Annotated[str | None, Field(pattern=r"^[A-Za-z0-9_-]{1,32}$")] = None
    email: Annotated[str | None, Field(max_length=254, pattern=r"^[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;]+$")] = None
    phone: Annotated[str | None, Field(max_length=30, pattern=r"^[0-9+() .-]{7,30}$")] = None
    consent: Annotated[
        bool, Field(strict=True, description="Required to be true where an e-mail or phone is given.")
    ] = False
    consent_version: Annotated[
        str | None, Field(max_length=40, description="Which consent text was shown, such as 2026-11.")
    ] = None

    @model_validator(mode="after")
    def _contact_needs_consent(self) -> Self:
        if (self.email or self.phone) and not (self.consent and self.consent_version):
            raise ValueError("to keep an e-mail address or telephone number, consent and consent_version are needed")
        return self


class InquiryReceipt(BaseModel):
    """Where to look the inquiry up. It is shown once; nobody can guess it."""

    reference: Annotated[str, Field(description="Such as A7K2-9QXM.")]
    status: PublicStatus
    created: datetime


class InquiryLookup(BaseModel):
    """How far an inquiry is; no personal data. ``answer`` once it was sent, ``reason`` if it was returned."""

    reference: str
    status: PublicStatus
    language: Language
    created: datetime
    answered: datetime | None
    answer: str | None
    sources: Annotated[list[CitationModel], Field(description="In the answer's numbering.")]
    reason: str | None


# --- Inquiries at the desk ---


class SpanModel(_Request):
    """A place in a stored page. The server reads the words there itself."""

    document_id: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,32}$")]
    page: Annotated[int, Field(ge=1, le=2**31 - 1)]
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=1)]


class EditedClaim(_Request):
    """A sentence and the places it rests on. A sentence with no place is the officer's own word (``note``)."""

    text: Annotated[Text, Field(min_length=1, max_length=MAX_CLAIM_CHARS)]
    citations: Annotated[list[SpanModel], Field(max_length=20)] = []


class CheckedClaim(BaseModel):
    """A sentence of a draft and what its check found."""

    text: str
    citations: Annotated[list[int], Field(description="Numbers of the draft's citations.")]
    check: Annotated[
        Check, Field(description="`note`: the officer's own word, which cites nothing. `not` cannot be approved.")
    ]
    reasons: Annotated[list[str], Field(description="Why it is not `supported`: codes, see docs/desk.md.")]
    explanation: Annotated[dict[Language, str], Field(description="The same for people, in both languages.")]
    edited: Annotated[bool, Field(description="Whether an officer wrote or changed it.")]


class DraftModel(BaseModel):
    """A cited draft in one language."""

    language: Language
    question: Annotated[str, Field(description="The question as it was asked of the documents.")]
    status: AnswerStatus
    mode: Annotated[str, Field(description="extractive, llm, edited or reused.")]
    as_of: date
    text: Annotated[str, Field(description="The sentences with their numbers, ready to be read.")]
    claims: list[CheckedClaim]
    citations: list[CitationModel]
    notices: list[NoticeModel]
    stale: Annotated[
        list[int], Field(description="Numbers of citations whose words no longer stand at their place.")
    ] = []


class ContactModel(BaseModel):
    """How the inquirer may be reached; shown at the desk only."""

    email: str | None
    phone: str | None
    consent_version: str | None


class ConversationTurn(BaseModel):
    """One message of the conversation that was handed over."""

    role: Literal["user", "assistant"]
    content: str


class InquirySummary(BaseModel):
    """An inquiry in the queue."""

    inquiry_id: str
    reference: str
    status: InquiryStatus
    language: Language
    topic: Topic
    question: str
    created: datetime
    updated: datetime
    assigned_to: OfficerModel | None
    has_contact: bool
    version: int


class QueueCounts(BaseModel):
    """How many inquiries there are, whatever the filters."""

    status: dict[InquiryStatus, int]
    language: dict[Language, int]
    topic: dict[Topic, int]
    mine: int
    unassigned: Annotated[int, Field(description="Open ones that nobody has taken.")]


class QueueResponse(BaseModel):
    """Inquiries that pass the filters, oldest open ones first unless asked otherwise."""

    inquiries: list[InquirySummary]
    total: Annotated[int, Field(description="How many pass the filters, on all pages.")]
    counts: QueueCounts


class PresentOfficer(BaseModel):
    """Who else has the inquiry open now."""

    officer: OfficerModel
    state: PresenceState
    since: datetime


class InquiryModel(InquirySummary):
    """An inquiry opened."""

    contact: ContactModel | None
    conversation: list[ConversationTurn]
    drafts: Annotated[dict[Language, DraftModel], Field(description="At most one a language.")]
    approved_by: OfficerModel | None
    approved_language: Language | None
    sent_at: datetime | None
    channel: Channel | None
    return_reason: str | None
    present: Annotated[list[PresentOfficer], Field(description="The others, not oneself.")]


class InquiryChange(_Request):
    """What is to change; what is left out stays, and null empties ``assigned_to``."""

    version: Version
    assigned_to: Annotated[str | None, Field(max_length=32, description="An account's id.")] = None
    topic: Topic | None = None


class AskRequest(_Request):
    """A fresh draft from the documents; it replaces the draft in that language."""

    version: Version
    question: Annotated[Text | None, Field(min_length=1, description="The inquirer's if null.")] = None
    language: Annotated[Language | None, Field(description="Language of the draft; the inquiry's if null.")] = None


class DraftRequest(_Request):
    """The whole draft as edited. Every sentence that changed is checked anew against its citations."""

    version: Version
    claims: Annotated[list[EditedClaim], Field(max_length=MAX_CLAIMS)]


class CheckRequest(_Request):
    """Sentences to check without saving them."""

    language: Language
    claims: Annotated[list[EditedClaim], Field(min_length=1, max_length=MAX_CLAIMS)]


class CheckResponse(BaseModel):
    """The sentences in the same order, and their citations numbered through."""

    claims: list[CheckedClaim]
    citations: list[CitationModel]


class ApproveRequest(_Request):
    """Approve one language's draft; refused (422) while a sentence's check says ``not`` or nothing is cited."""

    version: Version
    language: Language
    reusable: Annotated[bool, Field(strict=True, description="Keep it as an approved answer.")] = True
    valid_until: Annotated[IsoDay | None, Field(description="Last day on which the approved answer is offered.")] = None


class SendRequest(_Request):
    """Say that the approved answer was sent, and how. The inquirer can read it by the reference from then on."""

    version: Version
    channel: Channel


class ReturnRequest(_Request):
    """Give the inquiry back: to a colleague to work on again, or to the inquirer with a reason they will read."""

    version: Version
    to: Literal["officer", "inquirer"]
    reason: Annotated[Text, Field(min_length=1, max_length=2000)]


class UseAnswerRequest(_Request):
    """Take an approved answer as this inquiry's draft in that answer's language."""

    version: Version
    answer_id: Annotated[str, Field(max_length=32)]


class PresenceRequest(_Request):
    """A sign of life, to be sent every ten seconds while the inquiry is open."""

    state: PresenceState = "viewing"


class PresenceResponse(BaseModel):
    """Who else has it open, and its version now, so that a change by another is noticed."""

    present: list[PresentOfficer]
    version: int


class PassageRequest(_Request):
    """A search for words to cite."""

    query: Annotated[Text, Field(min_length=1)]
    top_k: Annotated[int, Field(ge=1, le=30, strict=True)] = 8
    language: Annotated[Language | None, Field(description="Only documents in this language.")] = None


class PassageModel(BaseModel):
    """A passage found, with each of its lines ready to be cited."""

    title: str
    section: list[str]
    score: float
    lines: Annotated[list[CitationModel], Field(description="Verbatim, in reading order; `number` is 0.")]
    best: Annotated[int, Field(description="Index of the line that says most of the query.")]


class PassagesResponse(BaseModel):
    """Passages, best first."""

    passages: list[PassageModel]


class InquiryHistory(BaseModel):
    """What was done with an inquiry, oldest first."""

    entries: list[AuditEntry]


# --- Approved answers ---


class AnswerFlag(BaseModel):
    """Why an approved answer should be looked at again."""

    code: Literal["document_changed", "quote_moved", "document_superseded", "document_removed", "expired"]
    document_id: str | None
    explanation: dict[Language, str]


class ApprovedAnswerModel(BaseModel):
    """An approved answer that can be used again."""

    answer_id: str
    inquiry_id: str | None
    language: Language
    question: str
    text: str
    claims: list[CheckedClaim]
    citations: list[CitationModel]
    state: AnswerState
    flags: list[AnswerFlag]
    valid_until: date | None
    approved_by: str
    approved_at: datetime
    used: Annotated[int, Field(description="How often it was taken for another inquiry.")]
    version: int


class ApprovedAnswersResponse(BaseModel):
    """Approved answers, newest first."""

    answers: list[ApprovedAnswerModel]
    total: int


class SimilarAnswer(BaseModel):
    """An approved answer to a similar question."""

    answer: ApprovedAnswerModel
    similarity: Annotated[float, Field(description="0 to 1; how alike the two questions are.")]


class SimilarAnswersResponse(BaseModel):
    """Best first; flagged ones are offered too, with their flags. Expired and retired ones are not."""

    answers: list[SimilarAnswer]


class ApprovedAnswerChange(_Request):
    """What is to change; what is left out stays, and null takes ``valid_until`` off."""

    version: Version
    valid_until: IsoDay | None = None
    retired: Annotated[bool | None, Field(strict=True)] = None
    confirmed: Annotated[
        bool,
        Field(
            strict=True, description="Looked at again: the documents as they are now count. 422 if a quotation is gone."
        ),
    ] = False


# --- Documents, records, jobs ---


class DocumentCorrection(_Request):
    """Corrections of what is known about a document; they survive taking it in again. Null takes a correction back."""

    title: Annotated[Text | None, Field(min_length=1, max_length=500)] = None
    publisher: Annotated[Text | None, Field(min_length=1, max_length=200)] = None
    published: Annotated[
        str | None, Field(max_length=20, description="As exact as it is known: 2019-07-08, 2019-07 or 2019.")
    ] = None
    kind: DocumentKind | None = None


class DeskDocument(BaseModel):
    """A document with what the desk knows of it."""

    document: DocumentModel
    corrected: Annotated[list[str], Field(description="Fields that an officer corrected.")]
    approved_answers: Annotated[int, Field(description="How many approved answers cite it.")]
    preview_url: str
    health_url: str


class DeskDocumentsResponse(BaseModel):
    """All documents, by source name."""

    documents: list[DeskDocument]


class JobItem(BaseModel):
    """One file of a job."""

    name: str
    state: Literal["waiting", "added", "replaced", "unchanged", "removed", "failed"]
    code: Annotated[str | None, Field(description="The error's name, such as EncryptedFileError.")]
    problem: Annotated[str | None, Field(description="What is wrong and what to do about it.")]


class JobModel(BaseModel):
    """Work in the background."""

    job_id: str
    kind: Literal["ingest", "replace", "reindex", "remove"]
    state: JobState
    done: int
    total: int
    items: list[JobItem]
    problem: str | None
    started_by: str
    created: datetime
    finished: datetime | None


class JobsResponse(BaseModel):
    """Latest first."""

    jobs: list[JobModel]


class RecordCorrection(_Request):
    """Corrections of a record's fields. Null takes a correction back."""

    fields: Annotated[dict[str, Any], Field(min_length=1, max_length=20)]


class CorrectedRecord(BaseModel):
    """A record's corrections after the change."""

    record_id: str
    corrections: dict[str, Any]


# --- Termbase ---


class TermModel(BaseModel):
    """An entry of the termbase; preferred forms first."""

    term_id: Annotated[str, Field(description="Good for this digest of the termbase only.")]
    kind: str
    ko: list[str]
    en: list[str]
    abbr: list[str]
    official: bool
    source: str
    note: str


Forms = Annotated[list[Annotated[Text, Field(min_length=1, max_length=150)]], Field(max_length=30)]


class TermRequest(_Request):
    """An entry to add, or to put in another's place."""

    digest: Annotated[str, Field(max_length=64, description="Of the termbase that was shown; another one is a 409.")]
    kind: Annotated[Text, Field(max_length=30)] = "general"
    ko: Annotated[Forms, Field(min_length=1)]
    en: Annotated[Forms, Field(min_length=1)]
    abbr: Forms = []
    official: Annotated[bool, Field(strict=True)] = False
    source: Annotated[Text, Field(max_length=500)] = ""
    note: Annotated[Text, Field(max_length=500)] = ""


class TermsResponse(BaseModel):
    """Entries that hold the words searched for, in the file's order."""

    terms: list[TermModel]
    total: int
    digest: str
    kinds: Annotated[list[str], Field(description="What `kind` may be.")]


class TermsImported(BaseModel):
    """The termbase after an import or a change."""

    entries: int
    digest: str


# --- Insight ---


class StatusShare(BaseModel):
    """How questions of one group ended."""

    group: str
    total: int
    answered: int
    partial: int
    refused: Annotated[int, Field(description="No evidence, out of scope, declined or to be clarified.")]


class DayCount(BaseModel):
    """Questions of one day, in the service's time zone."""

    day: date
    total: int
    answered: int
    partial: int
    refused: int


class CitedDocument(BaseModel):
    """A document and how many answers cite it."""

    document_id: str
    title: str
    answers: int


class UnansweredCluster(BaseModel):
    """Questions alike that the documents did not answer."""

    label: Annotated[str, Field(description="What they ask for, in the words of the search.")]
    concepts: Annotated[list[str], Field(description="What was searched for, most frequent first.")]
    questions: Annotated[list[str], Field(description="Examples, personal data masked.")]
    size: int
    languages: dict[Language, int]
    last_asked: date
    would_answer: Annotated[
        dict[Language, str], Field(description="Which document would have answered these, in both languages.")
    ]
    nearest: Annotated[list[str], Field(description="Titles of the documents that came nearest.")]


class FeedbackCount(BaseModel):
    """What readers said of answers."""

    helpful: int
    not_helpful: int
    reasons: Annotated[list[str], Field(description="Latest first, personal data masked.")]


class InsightModel(BaseModel):
    """What people ask and how it ends."""

    since: date
    until: date
    retention_days: int
    total: int
    days: list[DayCount]
    by_language: list[StatusShare]
    by_topic: list[StatusShare]
    most_cited: list[CitedDocument]
    unanswered: list[UnansweredCluster]
    feedback: FeedbackCount
    inquiries: Annotated[dict[InquiryStatus, int], Field(description="Inquiries received in this time, by status.")]
