"""What officers do with an inquiry, step by step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

from assistant.desk.accounts import Account, Accounts
from assistant.desk.answers import ApprovedAnswers
from assistant.desk.contract.accounts import OfficerModel
from assistant.desk.contract.drafts import DraftModel, EditedClaim
from assistant.desk.contract.inquiries import Channel, ContactModel, ConversationTurn, InquiryModel, InquirySummary
from assistant.desk.contract.public import InquiryLookup, PublicStatus
from assistant.desk.database import DeskDatabase
from assistant.desk.drafts import Drafts
from assistant.desk.inquiries import Inquiries, Inquiry, conflict
from assistant.desk.presence import Presence
from assistant.errors import ConflictError, NotFoundError, RefusedError
from assistant.types import Language, Turn

_PUBLIC: dict[str, PublicStatus] = {
    "new": "received",
    "in_progress": "in_progress",
    "approved": "in_progress",
    "sent": "answered",
    "returned": "returned",
}
_NOT_APPROVED: dict[str, Any] = {"approved_by": None, "approved_language": None}


class Casework:
    """Opens inquiries, keeps their drafts, approves and sends. Each change names the version it was made on."""

    def __init__(
        self,
        database: DeskDatabase,
        inquiries: Inquiries,
        answers: ApprovedAnswers,
        drafts: Drafts,
        accounts: Accounts,
        presence: Presence,
        today: Callable[[], date],
    ) -> None:
        self._database = database
        self._inquiries = inquiries
        self._answers = answers
        self._drafts = drafts
        self._accounts = accounts
        self._presence = presence
        self._today = today

    def open(self, officer: Account, inquiry_id: str) -> InquiryModel:
        """An inquiry opened; the first opening makes its draft. Raises NotFoundError."""
        inquiry = self._inquiries.inquiry(inquiry_id)
        if inquiry.status == "new" and not inquiry.drafts:
            drafts = {inquiry.language: self._asked(inquiry, inquiry.question, inquiry.language)}
            # Two officers may open it at once: the draft of the first is the one.
            with suppress(ConflictError):
                self._save(officer, "inquiry.open", inquiry, {"status": "in_progress", "drafts": drafts})
        elif not self._presence.is_here(inquiry_id, officer.account_id):
            self._inquiries.note_opening(officer.name, inquiry_id)
        return self.model(inquiry_id, officer)

    def assign(self, officer: Account, inquiry_id: str, version: int, values: dict[str, Any]) -> InquiryModel:
        """Give the inquiry to an officer or to nobody, or correct its topic.

        Raises:
            NotFoundError: no such inquiry, or no active account of this id.
        """
        inquiry = self._at(inquiry_id, version)
        assigned = values.get("assigned_to")
        if assigned is not None and not self._accounts.account(assigned).active:
            raise NotFoundError(assigned, "this account is not active", "Choose another officer")
        if assigned is not None and inquiry.status == "new":
            values = values | {"status": "in_progress"}
        self._save(officer, "inquiry.change", inquiry, values, fields=sorted(values))
        return self.model(inquiry_id, officer)

    def ask(
        self, officer: Account, inquiry_id: str, version: int, question: str | None, language: Language | None
    ) -> InquiryModel:
        """A fresh draft from the documents in one language; the other language's stays beside it."""
        inquiry = self._at(inquiry_id, version)
        self._refuse_sent(inquiry)
        wanted = language or inquiry.language
        draft = self._asked(inquiry, question or inquiry.question, wanted)
        values = {"drafts": inquiry.drafts | {wanted: draft}, "status": "in_progress"} | _NOT_APPROVED
        self._save(officer, "inquiry.ask", inquiry, values, language=wanted, status=draft.status.value)
        return self.model(inquiry_id, officer)

    def edit(
        self, officer: Account, inquiry_id: str, version: int, language: Language, claims: Sequence[EditedClaim]
    ) -> InquiryModel:
        """The draft in one language with these sentences; takes an approval back."""
        inquiry = self._at(inquiry_id, version)
        self._refuse_sent(inquiry)
        draft = self._drafts.edit(inquiry.draft(language), claims)
        values = {"drafts": inquiry.drafts | {language: draft}, "status": "in_progress"} | _NOT_APPROVED
        checks = [claim.check for claim in draft.claims]
        counts = {check: checks.count(check) for check in sorted(set(checks))}
        self._save(officer, "inquiry.edit", inquiry, values, language=language, checks=counts)
        return self.model(inquiry_id, officer)

    def use(self, officer: Account, inquiry_id: str, version: int, answer_id: str) -> InquiryModel:
        """An approved answer as the draft in its language."""
        inquiry = self._at(inquiry_id, version)
        self._refuse_sent(inquiry)
        answer = self._answers.answer(answer_id)
        language = answer.draft.language
        draft = answer.draft.model_copy(update={"mode": "reused", "question": inquiry.question})
        values = {"drafts": inquiry.drafts | {language: draft}, "status": "in_progress"} | _NOT_APPROVED
        with self._database.writing() as connection:
            self._inquiries.change(connection, officer.name, "inquiry.use", inquiry, values, answer=answer_id)
            self._answers.count_use(connection, answer_id)
        return self.model(inquiry_id, officer)

    def approve(
        self,
        officer: Account,
        inquiry_id: str,
        version: int,
        language: Language,
        *,
        reusable: bool,
        valid_until: date | None,
    ) -> InquiryModel:
        """Approve one language's draft.

        Raises:
            RefusedError: a sentence's check says ``not``, or nothing in the draft cites a document; every such sentence is named.
        """
        inquiry = self._at(inquiry_id, version)
        self._refuse_sent(inquiry)
        draft = self._drafts.with_stale(inquiry.draft(language))
        wrong = tuple(
            (f"claims.{place}", claim.explanation["en"])
            for place, claim in enumerate(draft.claims)
            if claim.check == "not"
        )
        if wrong or not any(claim.citations for claim in draft.claims):
            problem = "a sentence is not borne out" if wrong else "no sentence cites a document"
            raise RefusedError(inquiry.reference, problem, "Correct the draft and save it", parts=wrong)
        values = {"status": "approved", "approved_by": officer.account_id, "approved_language": language}
        with self._database.writing() as connection:
            self._inquiries.change(
                connection,
                officer.name,
                "inquiry.approve",
                inquiry,
                values | {"return_reason": None, "returned_to": None},
                language=language,
                reusable=reusable,
            )
            if reusable:
                self._answers.keep(connection, officer.name, inquiry_id, draft, valid_until)
        return self.model(inquiry_id, officer)

    def send(self, officer: Account, inquiry_id: str, version: int, channel: Channel, now: str) -> InquiryModel:
        """Say that the approved answer was sent; the inquirer can read it by the reference from then on."""
        inquiry = self._at(inquiry_id, version)
        if inquiry.status != "approved":
            raise RefusedError(inquiry.reference, "it is not approved", "Approve a draft first")
        values = {"status": "sent", "sent_at": now, "channel": channel}
        self._save(officer, "inquiry.send", inquiry, values, channel=channel)
        return self.model(inquiry_id, officer)

    def give_back(self, officer: Account, inquiry_id: str, version: int, to: str, reason: str) -> InquiryModel:
        """Give the inquiry back, to a colleague or to the inquirer; an approval and a sent answer are taken back."""
        inquiry = self._at(inquiry_id, version)
        values: dict[str, Any] = {"return_reason": reason, "returned_to": to, "sent_at": None, "channel": None}
        values |= {"status": "returned" if to == "inquirer" else "in_progress"} | _NOT_APPROVED
        self._save(officer, "inquiry.return", inquiry, values, to=to)
        return self.model(inquiry_id, officer)

    def erase(self, officer: Account, inquiry_id: str) -> None:
        """Delete the inquiry and the conversations that belong to it, for good."""
        self._inquiries.erase(officer.name, inquiry_id)

    def lookup(self, reference: str) -> InquiryLookup:
        """How far an inquiry is, for whoever has its reference. Raises NotFoundError."""
        inquiry = self._inquiries.by_reference(reference)
        language = inquiry.approved_language
        draft = inquiry.drafts[language] if inquiry.status == "sent" and language else None
        return InquiryLookup(
            reference=inquiry.reference,
            status=_PUBLIC[inquiry.status],
            language=inquiry.language,
            created=inquiry.created,
            answered=inquiry.sent_at if draft else None,
            answer=draft.text if draft else None,
            sources=draft.citations if draft else [],
            reason=inquiry.return_reason if inquiry.status == "returned" else None,
        )

    def model(self, inquiry_id: str, officer: Account) -> InquiryModel:
        """The inquiry as it is now, its citations compared with the pages as they are now."""
        inquiry = self._inquiries.inquiry(inquiry_id)
        people = self.people()
        has_contact = bool(inquiry.email or inquiry.phone)
        contact = ContactModel(email=inquiry.email, phone=inquiry.phone, consent_version=inquiry.consent_version)
        return InquiryModel(
            **self.summary(inquiry, people).model_dump(),
            contact=contact if has_contact else None,
            conversation=[
                ConversationTurn(role="user" if role == "user" else "assistant", content=content)
                for role, content in inquiry.conversation
            ],
            drafts={language: self._drafts.with_stale(draft) for language, draft in inquiry.drafts.items()},
            approved_by=people.get(inquiry.approved_by or ""),
            approved_language=inquiry.approved_language,
            sent_at=inquiry.sent_at,
            channel=inquiry.channel,
            return_reason=inquiry.return_reason,
            present=self._presence.others(inquiry_id, officer.account_id),
        )

    def summary(self, inquiry: Inquiry, people: dict[str, OfficerModel]) -> InquirySummary:
        """The inquiry as the queue shows it."""
        return InquirySummary(
            inquiry_id=inquiry.inquiry_id,
            reference=inquiry.reference,
            status=inquiry.status,
            language=inquiry.language,
            topic=inquiry.topic,
            question=inquiry.question,
            created=inquiry.created,
            updated=inquiry.updated,
            assigned_to=people.get(inquiry.assigned_to or ""),
            has_contact=bool(inquiry.email or inquiry.phone),
            version=inquiry.version,
        )

    def people(self) -> dict[str, OfficerModel]:
        """Everybody at the desk by account id."""
        return {account.account_id: account.officer() for account in self._accounts.all()}

    def _asked(self, inquiry: Inquiry, question: str, language: Language) -> DraftModel:
        turns = [Turn("user" if role == "user" else "assistant", content) for role, content in inquiry.conversation]
        own = [place for place, turn in enumerate(turns) if turn.role == "user" and turn.content == inquiry.question]
        # What came after the question handed over cannot explain it.
        before = turns[: own[-1]] if own else turns
        return self._drafts.ask(question, language, self._today(), before, inquiry.draft_conversation_id)

    def _at(self, inquiry_id: str, version: int) -> Inquiry:
        inquiry = self._inquiries.inquiry(inquiry_id)
        if inquiry.version != version:
            raise conflict(inquiry.reference, inquiry.version)
        return inquiry

    def _save(self, officer: Account, action: str, inquiry: Inquiry, values: dict[str, Any], **details: Any) -> None:
        with self._database.writing() as connection:
            self._inquiries.change(connection, officer.name, action, inquiry, values, **details)

    @staticmethod
    def _refuse_sent(inquiry: Inquiry) -> None:
        if inquiry.status == "sent":
            raise RefusedError(inquiry.reference, "the answer was sent", "Return it to work on it again")
