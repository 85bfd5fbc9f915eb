"""Drafts: made by the assistant, edited by officers, every sentence with its check."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from assistant.assistant import PolicyAssistant
from assistant.contract.answers import NoticeModel
from assistant.contract.citations import CitationModel
from assistant.desk.claim_check import ClaimCheck, Finding
from assistant.desk.contract.drafts import CheckedClaim, DraftModel, EditedClaim, SpanModel
from assistant.desk.messages import message
from assistant.desk.places import Places, place_of
from assistant.errors import NotFoundError, RefusedError
from assistant.types import LANGUAGES, AnswerStatus, Citation, Claim, Language, Question, Turn

_ANSWERS = (AnswerStatus.ANSWERED, AnswerStatus.PARTIAL)
_STALE = Finding("not", ("stale",))
# Document, page, start, end, older version.
_Key = tuple[str, int, int, int, int | None]


class Drafts:
    """Makes and edits drafts; nothing here is stored."""

    def __init__(self, assistant: PolicyAssistant, places: Places, check: ClaimCheck) -> None:
        self._assistant = assistant
        self._places = places
        self._check = check

    def ask(
        self, question: str, language: Language, as_of: date, history: Sequence[Turn], conversation_id: str
    ) -> DraftModel:
        """What the documents say to a question, as a draft.

        Args:
            conversation_id: under which the assistant remembers the exchange; erased with the inquiry.
        """
        answer = self._assistant.ask(
            Question(question, as_of, tuple(history), language=language, conversation_id=conversation_id)
        )
        cited = {citation.number: citation for citation in answer.citations}
        claims = answer.claims if answer.status in _ANSWERS else ()
        checked = [_checked(c.text, list(c.citations), self._verified(c, cited), edited=False) for c in claims]
        citations = [CitationModel.of(citation) for citation in answer.citations]
        return DraftModel(
            language=language,
            question=question,
            status=answer.status,
            mode=answer.mode,
            as_of=as_of,
            text=draft_text(checked) or answer.text,
            claims=checked,
            citations=citations,
            notices=[NoticeModel(kind=notice.kind, text=notice.text) for notice in answer.notices],
        )

    def edit(self, before: DraftModel, claims: Sequence[EditedClaim]) -> DraftModel:
        """The draft with these sentences; those that changed are checked anew, the others keep their check.

        Raises:
            NotFoundError: a sentence cites a page that is not there and was not cited before.
            RefusedError: a cited place holds no quotation.
        """
        checked, citations = self._number(before.language, claims, before)
        cites = any(claim.citations for claim in checked)
        return before.model_copy(
            update={
                "status": AnswerStatus.ANSWERED if cites and before.status not in _ANSWERS else before.status,
                "mode": "edited" if any(claim.edited for claim in checked) else before.mode,
                "text": draft_text(checked),
                "claims": checked,
                "citations": citations,
            }
        )

    def check(
        self, language: Language, claims: Sequence[EditedClaim]
    ) -> tuple[list[CheckedClaim], list[CitationModel]]:
        """Check sentences without a draft; citations are numbered in order of first use."""
        return self._number(language, claims, None)

    def with_stale(self, draft: DraftModel) -> DraftModel:
        """The draft with what is no longer at its place named, and the sentences that rest on it."""
        stale = [citation.number for citation in draft.citations if not self._places.stands(citation)]
        draft = draft.model_copy(update={"citations": [self._places.marked(citation) for citation in draft.citations]})
        if not stale:
            return draft.model_copy(update={"stale": []})
        claims = [
            _checked(claim.text, claim.citations, _STALE, edited=claim.edited)
            if set(claim.citations) & set(stale)
            else claim
            for claim in draft.claims
        ]
        return draft.model_copy(update={"stale": stale, "claims": claims})

    def _verified(self, claim: Claim, cited: dict[int, Citation]) -> Finding:
        """The assistant has verified its claims; the draft says so only of those that pass once more."""
        return Finding("supported") if self._check.is_sound(claim, cited) else Finding("not", ("verifier",))

    def _number(
        self, language: Language, claims: Sequence[EditedClaim], before: DraftModel | None
    ) -> tuple[list[CheckedClaim], list[CitationModel]]:
        known = {_key(place_of(citation)): citation for citation in before.citations} if before else {}
        kept = {_claim_key(claim.text, before, claim.citations): claim for claim in before.claims} if before else {}
        numbers: dict[_Key, int] = {}
        shown: list[CitationModel] = []
        found: dict[int, Citation] = {}
        checked: list[CheckedClaim] = []
        for claim in claims:
            cited: list[int] = []
            for place in (_known_place(place, known) for place in claim.citations):
                key = _key(place)
                if key not in numbers:
                    numbers[key] = number = len(numbers) + 1
                    citation = self._citation(number, place, known.get(key))
                    if isinstance(citation, Citation):
                        found[number] = citation
                        shown.append(CitationModel.of(citation))
                    else:
                        shown.append(citation)
                if numbers[key] not in cited:
                    cited.append(numbers[key])
            text = " ".join(claim.text.split())
            same = kept.get((text, tuple(_key(_known_place(place, known)) for place in claim.citations)))
            if not set(cited) <= found.keys():
                checked.append(_checked(text, cited, _STALE, edited=same is None or same.edited))
            elif same is not None and "stale" not in same.reasons:
                checked.append(same.model_copy(update={"citations": cited}))
            else:
                finding = self._check.check(text, language, [found[number] for number in cited])
                checked.append(_checked(text, cited, finding, edited=True))
        return checked, shown

    def _citation(self, number: int, place: SpanModel, before: CitationModel | None) -> Citation | CitationModel:
        """The citation of a place; where its words have gone, the old one, so that the sentence can be seen and mended."""
        try:
            citation = self._places.citation(number, place)
        except (NotFoundError, RefusedError):
            if before is None:
                raise
            return before.model_copy(update={"number": number})
        if before is not None and before.quote != citation.quote:
            return before.model_copy(update={"number": number})
        return citation


def draft_text(claims: Sequence[CheckedClaim]) -> str:
    """The sentences with their numbers, one a line."""
    return "\n".join(f"{claim.text} {''.join(f'[{number}]' for number in claim.citations)}".strip() for claim in claims)


def _checked(text: str, citations: list[int], finding: Finding, *, edited: bool) -> CheckedClaim:
    return CheckedClaim(
        text=text,
        citations=citations,
        check=finding.check,
        reasons=list(finding.reasons),
        explanation={language: _explanation(finding, language) for language in LANGUAGES},
        edited=edited,
    )


def _explanation(finding: Finding, language: Language) -> str:
    if not finding.reasons:
        return message(language, "check_note" if finding.check == "note" else "check_supported")
    return " ".join(dict.fromkeys(message(language, f"reason_{reason}") for reason in finding.reasons))


def _key(place: SpanModel) -> _Key:
    return place.document_id, place.page, place.start, place.end, place.older_version


def _known_place(place: SpanModel, known: Collection[_Key]) -> SpanModel:
    """The place, of an older version only where the draft was about it: what a new version no longer says is stale."""
    return place if _key(place) in known else place.model_copy(update={"older_version": None})


def _claim_key(text: str, draft: DraftModel, numbers: Sequence[int]) -> tuple[str, tuple[_Key, ...]]:
    by_number = {citation.number: citation for citation in draft.citations}
    return text, tuple(_key(place_of(by_number[number])) for number in numbers)
